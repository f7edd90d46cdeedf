"""An event, as webhooks and real-time connections deliver it."""

from __future__ import annotations

import dataclasses
import typing as t

__all__ = ["RECONNECTED", "Event", "Gap"]

P_co = t.TypeVar("P_co", covariant=True)
RECONNECTED: t.Final = "crisp:reconnected"
"""The name of the event that a real-time connection adds after it was lost."""


class Gap(t.TypedDict):
    """``crisp:reconnected``: the time for which a connection has heard nothing.

    Pass ``since`` to `Crisp.catch_up`.
    """

    since: int
    """A minute before the last sign of life of the lost connection, because clocks
    differ; in milliseconds since 1970.
    """
    until: int
    """The time of the new connection, in milliseconds since 1970."""


@dataclasses.dataclass(frozen=True)
class Event(t.Generic[P_co]):
    """Something that happened in Crisp.

    Attributes:
        name: the name of the event, such as ``message:send``.
        data: the payload; its type depends on the name.
        website_id: the website; empty if the event does not tell.
        timestamp: the time of the event, in milliseconds since 1970; None if unknown.
        attempt: for a webhook, the number of this delivery, from 1.
        attempt_limit: for a webhook, how often Crisp tries to deliver it.
        delivery: for a webhook, identifies the delivery: its repeats have the same.
    """

    name: str
    data: P_co
    website_id: str = ""
    timestamp: int | None = None
    attempt: int | None = None
    attempt_limit: int | None = None
    delivery: str = ""
