"""The options of `listen`, their defaults, and what they may be."""

from __future__ import annotations

import typing as t

from crisp_api import wire
from crisp_api.realtime._plan import Backoff
from crisp_api.types import Tier

__all__ = ["ListenOptions", "checked"]


class ListenOptions(t.TypedDict, total=False):
    """The options of `listen`."""

    website_id: str | None
    """Only events of this website. A token of the tier ``website`` needs it."""
    rooms: t.Sequence[str]
    """Only events of these, which Crisp names ``rooms``."""
    inboxes: t.Sequence[str]
    """Only events of these inboxes."""
    timeout: float | None
    """End the iteration if no event arrives for so many seconds. By default, it does
    not end.
    """
    queue_size: int
    """How many events to keep for a slow reader: 1,000 by default."""
    when_full: t.Literal["block", "drop_oldest"]
    """The policy for a full queue: "block" reads no more, so that Crisp ends the
    connection after about 45 seconds, and you see a gap. "drop_oldest" drops an event,
    and counts it.
    """
    backoff: Backoff
    """How long to wait before a new connection."""
    websites_interval: float | None
    """How often to ask whether other websites have installed the plugin, in seconds.
    Each time costs one request; the default is 1,800. None for never.
    """


_DEFAULTS: t.Final[dict[str, t.Any]] = {
    "website_id": None,
    "rooms": (),
    "inboxes": (),
    "timeout": None,
    "queue_size": 1_000,
    "when_full": "block",
    "backoff": Backoff(),
    "websites_interval": 1_800.0,
}


def checked(options: ListenOptions, tier: Tier) -> dict[str, t.Any]:
    """Return all options of `listen`.

    Raises:
        TypeError: there is no such option, or it is of another type.
        ValueError: an option is out of range, or the tier needs a website.
    """
    for name in options.keys() - _DEFAULTS.keys():
        message = f"listen() has no option {name!r}; it has {', '.join(_DEFAULTS)}"
        raise TypeError(message)
    given: dict[str, t.Any] = {**_DEFAULTS, **options}
    if given["website_id"] is not None:
        wire.segment("website_id", given["website_id"])
    elif tier == "website":
        message = "with a token of the tier 'website', pass website_id"
        raise ValueError(message)
    for name in ("rooms", "inboxes"):
        value = given[name]
        if not isinstance(value, list | tuple) or not all(
            isinstance(one, str) for one in t.cast("list[object]", value)
        ):
            message = f"{name} must be a list of text, not {value!r}"
            raise TypeError(message)
    for name, least in {"timeout": 0, "websites_interval": 1}.items():
        if given[name] is not None:
            _check_number(name, given[name], least, (int, float))
    _check_number("queue_size", given["queue_size"], 1, (int,))
    if not isinstance(given["backoff"], Backoff):
        message = f"backoff must be a Backoff, not {given['backoff']!r}"
        raise TypeError(message)
    if given["when_full"] not in ("block", "drop_oldest"):
        message = (
            f"when_full must be 'block' or 'drop_oldest', not {given['when_full']!r}"
        )
        raise ValueError(message)
    return given


def _check_number(name: str, value: t.Any, least: int, kinds: tuple[type, ...]) -> None:
    if type(value) not in kinds:
        kind = " or ".join(one.__name__ for one in kinds)
        message = f"{name} must be {kind}, not {value!r}"
        raise TypeError(message)
    # Written so that NaN fails the comparison too.
    if not least <= value < float("inf"):
        message = f"{name} must be a number, {least} or more, not {value!r}"
        raise ValueError(message)
