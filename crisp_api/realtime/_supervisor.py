"""Keeps a real-time connection up: connects, waits, and connects again, without end.

It is written once, as steps (see `crisp_api.runners`). The differences between sync and
async are in `crisp_api.realtime._sides`.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import logging
import random
import re
import threading
import time
import typing as t

from crisp_api import errors
from crisp_api.auth import Secret
from crisp_api.errors import (
    CrispError,
    InvalidResponseError,
    LimitError,
    QuotaExceededError,
    RateLimitError,
    RealtimeError,
    ServerError,
    TransportError,
)
from crisp_api.events import RECONNECTED, Event, Gap
from crisp_api.events._parse import website_of
from crisp_api.http import Request
from crisp_api.realtime._plan import (
    Backoff,
    Bind,
    Endpoint,
    Hello,
    bind_to,
    endpoint_of,
    wanted_names,
)
from crisp_api.runners import END, Steps
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.realtime._sides import AsyncSide, SyncSide

__all__ = ["State", "Supervisor", "credentials"]

log = logging.getLogger("crisp_api")
# Crisp's own client does not change its events more often.
_BIND_INTERVAL: t.Final = 2.5
# After so many seconds, a connection has been up, and failures start anew.
_STABLE: t.Final = 30.0
# Crisp's clock and this one may differ by so many seconds. The messages of that time
# are known, so that catching up does not repeat them.
_CLOCKS: t.Final = 60.0
# The connection is checked so often, in seconds, whatever happens.
_CHECK: t.Final = 15.0
# A plugin was installed or uninstalled: other websites are to be heard.
_SUBSCRIPTION: t.Final = "plugin:subscription:updated"
_MESSAGES: t.Final = frozenset({"message:send", "message:received"})
# A new attempt may succeed after these; after others of Crisp, it would not. A response
# that is not Crisp's own, such as a 403 of a proxy, does not refuse the token.
_TRANSIENT = (
    InvalidResponseError,
    TransportError,
    ServerError,
    RateLimitError,
    QuotaExceededError,
    LimitError,
)


@dataclasses.dataclass(frozen=True)
class State:
    """The state of a real-time connection.

    Attributes:
        is_connected: whether events arrive now.
        connected_since: the time of the latest connection; None before the first.
        reconnects: how often the connection was lost and made again.
        last_error: the error of the latest attempt that failed; None without one.
        dropped: how many events were dropped because the queue was full.
    """

    is_connected: bool = False
    connected_since: dt.datetime | None = None
    reconnects: int = 0
    last_error: Exception | None = None
    dropped: int = 0


class Supervisor:
    """Connects for as long as someone listens.

    Args:
        client: a `Crisp` or an `AsyncCrisp`.
        names: the events to receive.
        options: all of `ListenOptions`, checked.
        side: the queue, the thread or task, and the links.
    """

    def __init__(
        self,
        client: t.Any,
        names: tuple[str, ...],
        options: t.Mapping[str, t.Any],
        side: SyncSide | AsyncSide,
    ) -> None:
        self._state = State()
        # For threads that change the wanted events.
        self._lock = threading.Lock()
        self.failure: Exception | None = None
        self.wanted = wanted_names(names, client.core.auth.tier)
        self.website_id: str | None = options["website_id"]
        self._client = client
        self._is_all = not names
        self._filters = {
            name: list(options[name]) for name in ("rooms", "inboxes") if options[name]
        }
        self._backoff: Backoff = options["backoff"]
        self._interval: float | None = options["websites_interval"]
        self._side: t.Any = side
        self._link: t.Any = None
        self._bound: tuple[str, ...] = ()
        self._must_rebind = False
        self._bound_at = self._asked_at = 0.0
        # When the connection before this one was last heard of, in ms.
        self._heard_until: int | None = None

    @property
    def state(self) -> State:
        """The state of the connection."""
        return dataclasses.replace(self._state, dropped=self._side.queue.dropped)

    def want(self, change: t.Callable[[tuple[str, ...]], t.Collection[str]]) -> None:
        """Change the wanted events; without any, all of the tier."""
        with self._lock:
            names = change(self.wanted)
            self.wanted = wanted_names(names, self._client.core.auth.tier)
            self._is_all = not names
        self._side.wake()

    def steps(self) -> Steps[None]:
        """Connect again and again, until the token is refused or someone stops it."""
        try:
            yield from self._serve()
        except Exception as error:  # noqa: BLE001 - raised where events are read
            self.failure = error
        finally:
            # Again, if it was cancelled while it closed the connection.
            yield from self._disconnect()
            yield self._side.end()

    def _serve(self) -> Steps[None]:
        failures = 0
        while True:
            error = None
            try:
                yield from self._connect()
                since = time.monotonic()
                yield from self._stay()
                if time.monotonic() - since >= _STABLE:
                    failures = 0
            except CrispError as failed:
                if not _is_transient(failed):
                    raise
                # Without its traceback, which refers to this frame.
                error = failed.with_traceback(None)
            finally:
                yield from self._disconnect()
            failures += 1
            wait = self._backoff.delay(failures, random.random(), _retry_after(error))  # noqa: S311 - not a secret
            if error:
                self._change(last_error=error)
            level = logging.WARNING if error else logging.INFO
            reason = error or "the connection was lost"
            log.log(level, "real-time: connect again in %.1f s: %s", wait, reason)
            yield self._side.pause(wait)

    def _connect(self) -> Steps[None]:
        """Connect to the endpoint of now; if that fails, to the one for emergencies."""
        client = self._client.with_options(retry=None)
        self._bound = self.wanted = self._names()
        answer = yield _discovery(client, self.website_id)
        first, rescue = _address(answer), _address(_field(answer, "rescue"))
        if not first and not rescue:
            message = "Crisp named no endpoint for the real-time connection"
            raise errors.ConnectionError(message)
        try:
            yield from self._open(endpoint_of(first or rescue))
        except TransportError:
            if not rescue or not first:
                raise
            yield from self._disconnect()
            yield from self._open(endpoint_of(rescue))

    def _names(self) -> tuple[str, ...]:
        """Return the wanted events, for the tier of now."""
        tier = self._client.core.auth.tier
        return wanted_names(() if self._is_all else self.wanted, tier)

    def _open(self, endpoint: Endpoint) -> Steps[None]:
        core = self._client.core
        payload = {
            **credentials(core),
            "events": list(self._bound),
            **self._filters,
        }
        self._link = self._side.link(self.received, core.sender.transport)
        yield self._link.open(Hello(endpoint, payload, core.options.timeout or 10.0))
        self._bound_at = self._asked_at = time.monotonic()
        self._side.ready()
        log.info("real-time: connected to %s", endpoint.origin)

    def _disconnect(self) -> Steps[None]:
        if self._link is None:
            return
        if self._state.is_connected:
            self._heard_until = int((self._link.heard_at - _CLOCKS) * 1000)
        yield self._link.close()
        # Not before: the answer to the token may still have arrived.
        self._change(is_connected=False)
        self._link = None

    def _stay(self) -> Steps[None]:
        """Do what is to be done while the connection is up; return when it ends."""
        while self._link.is_open:
            self._link.check()
            now = time.monotonic()
            wait = _CHECK
            # Another thread may change it meanwhile.
            wanted = self.wanted
            bind = self._due_bind(wanted)
            if bind:
                due = self._bound_at + _BIND_INTERVAL - now
                if due <= 0:
                    self._bound_at, self._bound = now, wanted
                    self._must_rebind = False
                    yield self._link.send(bind.name, bind.payload)
                    continue
                wait = min(wait, due)
            if self._interval is not None and self._client.core.auth.tier == "plugin":
                due = self._asked_at + self._interval - now
                if due <= 0:
                    yield from self._ask_for_websites(self._interval)
                    self._asked_at = now
                    continue
                wait = min(wait, due)
            yield self._side.wait(wait)

    def _due_bind(self, wanted: tuple[str, ...]) -> Bind | None:
        bind = bind_to(self._bound, wanted)
        if bind is None and self._must_rebind:
            return Bind("socket:bind", {})
        return bind

    def _ask_for_websites(self, interval: float) -> Steps[None]:
        """Rebind if websites have installed the plugin: they are not heard before."""
        # A minute more than the interval, as the clocks may differ.
        span = dt.timedelta(seconds=interval + 60)
        since = dt.datetime.now(dt.UTC) - span
        try:
            changed = yield self._client.plugin.list_connect_websites_since(since)
        except CrispError as error:
            log.info("real-time: the websites are not known: %r", error)
        else:
            self._must_rebind |= bool(changed)

    def _change(self, **changes: t.Any) -> None:
        self._state = dataclasses.replace(self._state, **changes)

    # --- what arrives -------------------------------------------------------

    def received(self, name: str, payload: t.Any) -> Event[t.Any] | None:
        """Return the event to deliver for what the server sent, if there is one."""
        if name == "authenticated":
            return self._authenticated()
        if name == "unauthorized":
            return None
        if not isinstance(payload, dict):
            log.warning("real-time: %s has no object as its payload", name)
            return None
        return self._event(name, t.cast("dict[str, t.Any]", payload))

    def _event(self, name: str, data: dict[str, t.Any]) -> Event[t.Any] | None:
        if name == _SUBSCRIPTION:
            self._must_rebind = True
            self._side.wake()
        website_id = website_of(data)
        is_elsewhere = self.website_id and website_id not in {"", self.website_id}
        if is_elsewhere or not (self._is_all or name in self.wanted):
            return None
        timestamp = data.get("timestamp")
        return Event(
            name,
            data,
            website_id or self.website_id or "",
            timestamp if type(timestamp) is int else None,
        )

    def is_news(self, event: Event[t.Any]) -> bool:
        """Note that an event is read; return False for a message that was caught up."""
        return event.name not in _MESSAGES or self._client.core.heard.hear(event.data)

    def _authenticated(self) -> Event[t.Any] | None:
        """Return the event that reports for how long nothing was heard."""
        reconnects = self._state.reconnects + (self._heard_until is not None)
        now = dt.datetime.now(dt.UTC)
        self._change(is_connected=True, connected_since=now, reconnects=reconnects)
        if self._heard_until is None:
            return None
        gap = Gap(since=self._heard_until, until=int(now.timestamp() * 1000))
        return self._reconnected(gap)

    def _reconnected(self, gap: Gap) -> Event[Gap]:
        return Event(RECONNECTED, gap, self.website_id or "", gap["until"])

    # --- without a socket ---------------------------------------------------

    def pull(self, source: t.Any) -> Steps[None]:
        """Take events from a transport that has them itself, until it has no more."""
        try:
            self._change(is_connected=True, connected_since=dt.datetime.now(dt.UTC))
            self._side.ready()
            while (item := (yield self._side.next(source))) is not END:
                name, payload = _named(item)
                event = (
                    self._reconnected(payload)
                    if name == RECONNECTED
                    else self.received(name, payload)
                )
                if event:
                    yield self._side.queue.put(event)
        except Exception as error:  # noqa: BLE001 - raised where events are read
            self.failure = error
        finally:
            self._change(is_connected=False)
            yield self._side.end()


def _named(item: t.Any) -> tuple[str, t.Any]:
    """Return the name and the payload of an event of a transport.

    Raises:
        TypeError: it is not an event.
    """
    if isinstance(item, Event):
        event = t.cast("t.Any", item)
        return event.name, event.data
    pair = t.cast("tuple[t.Any, ...]", item)
    if isinstance(item, tuple) and [type(one) for one in pair] == [str, dict]:
        return pair[0], pair[1]
    message = (
        "events() of a transport must yield an Event, or a name and a dict, "
        f"not {item!r:.100}"
    )
    raise TypeError(message)


def _discovery(client: t.Any, website_id: str | None) -> t.Any:
    """Return the step that asks for the endpoint of now."""
    tier: Tier = client.core.auth.tier
    if tier == "plugin":
        return client.plugin.get_connect_endpoints()
    if tier == "website":
        return client.website.get_connect_endpoints(website_id)
    # It is not in the reference.
    return client.get("user/connect/endpoints")


def _field(value: t.Any, name: str) -> t.Any:
    """Return a field of what should be an object."""
    return t.cast("t.Any", value).get(name) if isinstance(value, dict) else None


def _address(answer: t.Any) -> t.Any:
    return _field(_field(answer, "socket"), "app")


def credentials(core: t.Any) -> dict[str, str]:
    """Return the credentials of now, as the auth hook puts them into a request.

    Raises:
        RealtimeError: there are none.
    """
    headers = core.sign(Request("GET", core.base_url.text)).headers
    known = re.fullmatch("Basic (.+)", headers.get("Authorization", ""))
    pair = re.fullmatch(b"(.*?):(.*)", base64.b64decode(known[1])) if known else None
    if pair is None:
        message = "no token is set: call client.authenticate(identifier, key)"
        raise RealtimeError(message)
    return {
        "tier": headers["X-Crisp-Tier"],
        "username": Secret(pair[1].decode()),
        "password": Secret(pair[2].decode()),
    }


def _is_transient(error: CrispError) -> bool:
    return isinstance(error, _TRANSIENT)


def _retry_after(error: Exception | None) -> float | None:
    seconds = getattr(error, "retry_after", None)
    return seconds if isinstance(seconds, int | float) else None
