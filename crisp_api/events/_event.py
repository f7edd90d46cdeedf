"""An event, as web hooks and real-time connections deliver it."""

from __future__ import annotations

import dataclasses
import typing as t

__all__ = ["Event"]

P_co = t.TypeVar("P_co", covariant=True)


@dataclasses.dataclass(frozen=True)
class Event(t.Generic[P_co]):
    """Something that happened in Crisp.

    Attributes:
        name: the name of the event, such as ``message:send``.
        data: the payload; its type depends on the name.
        website_id: the website; empty if the event does not tell.
        timestamp: the time of the event, in milliseconds since 1970; None if unknown.
        attempt: for a web hook, the number of this delivery, from 1.
        attempt_limit: for a web hook, how often Crisp tries to deliver it.
        delivery: for a web hook, identifies the delivery: its repeats have the same.
    """

    name: str
    data: P_co
    website_id: str = ""
    timestamp: int | None = None
    attempt: int | None = None
    attempt_limit: int | None = None
    delivery: str = ""
