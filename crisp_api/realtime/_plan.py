"""The decisions of a real-time connection, without clocks, randomness or sockets."""

from __future__ import annotations

import dataclasses
import typing as t
import urllib.parse

from crisp_api import wire
from crisp_api.errors import RealtimeError
from crisp_api.events import EVENTS, RECONNECTED
from crisp_api.events._table import check_name
from crisp_api.types import Tier

__all__ = [
    "Backoff",
    "Bind",
    "Endpoint",
    "Hello",
    "bind_to",
    "endpoint_of",
    "wanted_names",
]

# The longest wait that a server can ask for: a day, in seconds.
_LONGEST: t.Final = 86_400.0
_SCHEMES: t.Final = {"ws": "http", "wss": "https", "http": "http", "https": "https"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Backoff:
    """How long to wait before a new connection: exponential, with full jitter.

    A ``Retry-After`` of the server that is longer takes precedence, up to a day.

    Args:
        floor: the shortest wait, in seconds.
        cap: the longest wait, in seconds.
    """

    floor: float = 1.0
    cap: float = 30.0

    def __post_init__(self) -> None:
        # Written so that NaN fails the comparison too.
        if not 0 < self.floor <= self.cap < float("inf"):
            message = (
                "floor and cap must be seconds above 0, and floor not above cap, "
                f"not {self.floor!r} and {self.cap!r}"
            )
            raise ValueError(message)

    def delay(self, failures: int, jitter: float, retry_after: float | None) -> float:
        """Return how many seconds to wait after so many failures in a row.

        Args:
            failures: 1 or more.
            jitter: the fraction of the range to wait, 0 to 1.
            retry_after: the seconds that the server asks for, if it does.
        """
        # A larger power would overflow.
        ceiling = min(self.cap, self.floor * 2.0 ** min(failures, 100))
        asked = min(retry_after or 0.0, _LONGEST)
        return max(self.floor + jitter * (ceiling - self.floor), asked)


class Endpoint(t.NamedTuple):
    """The address of a Socket.IO server.

    Attributes:
        origin: its scheme, host and port.
        path: the path of Socket.IO, without slashes at its ends.
        query: a query that belongs to the address; mostly empty.
    """

    origin: str
    path: str
    query: str = ""

    @property
    def url(self) -> str:
        """The address as Socket.IO wants it: without the path."""
        return f"{self.origin}?{self.query}" if self.query else self.origin


class Hello(t.NamedTuple):
    """A request for a connection.

    Attributes:
        endpoint: its address.
        payload: the token and the wanted events.
        timeout: the seconds to wait for the connection, and for the answer.
    """

    endpoint: Endpoint
    payload: dict[str, t.Any]
    timeout: float


def endpoint_of(address: object) -> Endpoint:
    """Return the endpoint at an address that Crisp named.

    Raises:
        RealtimeError: it is not a URL, or the token would be sent without encryption.
    """
    parts = _parts(address)
    if parts is None:
        message = f"Crisp named an endpoint that is not a URL: {address!r}"
        raise RealtimeError(message)
    origin = f"{_SCHEMES[parts.scheme]}://{parts.netloc.rpartition('@')[2]}"
    if not wire.is_private(origin):
        message = f"the endpoint {origin} is not encrypted; the token was not sent"
        raise RealtimeError(message)
    # Without any path, it is the default of Socket.IO.
    path = parts.path.strip("/") if parts.path else "socket.io"
    return Endpoint(origin, path, parts.query)


def _parts(address: object) -> urllib.parse.SplitResult | None:
    """Return the parts of an address, None if it is not a URL of a server."""
    try:
        parts = urllib.parse.urlsplit(address if isinstance(address, str) else "")
        # A port that is not a number is a ValueError.
        is_url = bool(parts.hostname) and parts.port != 0 and parts.scheme in _SCHEMES
    except ValueError:
        return None
    return parts if is_url else None


def wanted_names(names: t.Iterable[str], tier: Tier) -> tuple[str, ...]:
    """Return the names of the events to receive; without any, all of the tier.

    Raises:
        TypeError: a name is not text.
        ValueError: tokens of this tier do not receive the event.
    """
    given = list(names)
    for name in given:
        check_name(name)
    # A connection adds that one itself.
    wanted = tuple(name for name in dict.fromkeys(given) if name != RECONNECTED)
    if given and not wanted:
        message = f"name an event of Crisp, besides {RECONNECTED!r}"
        raise ValueError(message)
    for name in wanted:
        known = EVENTS.get(name)
        if known and tier not in known.tiers:
            tiers = " or ".join(map(repr, known.tiers))
            message = (
                f"{name!r} is delivered to tokens of the tier {tiers}, and the client "
                f"has the tier {tier!r}"
            )
            raise ValueError(message)
    return wanted or tuple(n for n, kind in EVENTS.items() if tier in kind.tiers)


class Bind(t.NamedTuple):
    """A message that changes which events the server sends."""

    name: str
    payload: dict[str, list[str]]


def bind_to(bound: t.Sequence[str], wanted: t.Sequence[str]) -> Bind | None:
    """Return the message that changes these events to those, None if they are equal."""
    added = [name for name in wanted if name not in bound]
    removed = [name for name in bound if name not in wanted]
    if added and removed:
        return Bind("socket:bind", {"events": list(wanted)})
    if added:
        return Bind("socket:bind:push", {"events": added})
    if removed:
        return Bind("socket:bind:pop", {"events": removed})
    return None
