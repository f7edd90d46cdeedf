"""Time-outs and connections of the aiohttp transport.

The problem. aiohttp starts a timer for each call and for each read of it, and cancels
most of them soon after. These timers cost more than everything else that this transport
does. The one for the whole call also does not say whether the request was sent, which
decides whether a POST may be retried.

The mechanism. One `Watch` for each event loop holds the calls that wait, and one timer
for all of them. A call passes three states:

    state                       expires at                    since
    waiting for a connection    deadline                      None
    sending, and waiting for    deadline or since + time-out  when it connected, or
      the head                                                sent a piece of the body
    reading the body            deadline                      None

The time-outs for opening a connection and for each read of a body are not kept here:
the first is aiohttp's, the second is the transport's.

`Wait` is the context manager around a call. `Connector` tells the watch when the call
of the current task has its connection; aiohttp reports it in no other way. The timer is
set for the first call to expire. It is not moved when that call ends: it fires, finds
nothing late, and is set again for the next. So a busy loop starts about one timer in
each time-out period, instead of several for each call.

A call that has expired is cancelled, as ``asyncio.timeout`` would do, and
`Wait.__exit__` turns the ``CancelledError`` into one of aiohttp's time-outs:
``ConnectionTimeoutError`` if there never was a connection, so that nothing was sent,
and ``SocketTimeoutError`` otherwise.

A `Body` is sent piece by piece, as the connection lets it, so a large one may take as
long as the deadline allows, but no piece longer than the time-out.

Through a proxy, whose handshake they cover, and in the user's own session, aiohttp's
own timers are used. They do not end the sending of a body before the deadline, so there
the watch holds the calls that have a body, without their deadline.

Watch out for:

- The caller may cancel the task as well. A cancellation is ours only if, after ours is
  taken back, the task has no more of them than before the call. Otherwise the
  ``CancelledError`` must go on to the caller.
- `Watch.waits` is keyed by task, so a task can have one call under way at a time. That
  is always so, because the transport awaits it.
- An event loop that is closing must not be kept waiting, but a TLS connection closes by
  sending a message and waiting for the peer's. `Connector.abort` drops connections
  instead.
- An idle connection on which data has arrived must not be used again: the data would be
  taken for the response to the next request.
- ``TCPConnector._create_connection`` is private, and is overridden here. A test holds
  that it exists; see ``tests/project/test_private_names.py``.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import typing as t
import weakref

import aiohttp
from urllib3.util import wait_for_read

__all__ = ["PIECE", "AbortableConnector", "Body", "Connector", "Wait", "Watch"]

_NEVER: t.Final = float("inf")
# Bytes of a body that are written at once.
PIECE: t.Final = 65_536
# Turns of the event loop that reading may take: TLS reads in the second.
_TURNS: t.Final = 3


class Wait:
    """A call that waits, for a connection and then for the head of its response.

    Attributes:
        was_connected: whether the call ever had a connection.
    """

    def __init__(self, watch: Watch, deadline: float, timeout: float) -> None:
        self.was_connected = False
        self._watch = watch
        self._deadline = deadline
        self._timeout = timeout
        # Since when the time-out counts.
        self._since: float | None = None
        self._is_answered = False
        self._has_expired = False
        task: t.Any = asyncio.current_task()
        self._task = task
        self._cancellations: int = task.cancelling()

    def __enter__(self) -> None:
        self._watch.waits[self._task] = self

    def __exit__(self, kind: object, *error: object) -> None:
        del self._watch.waits[self._task]
        # Take our cancellation back. If there is another, it is the caller's.
        is_ours = self._has_expired and self._task.uncancel() <= self._cancellations
        if is_ours and kind is asyncio.CancelledError:
            if self.was_connected:
                message = "no response in time"
                raise aiohttp.SocketTimeoutError(message)
            message = "no connection in time"
            raise aiohttp.ConnectionTimeoutError(message)

    def restart(self) -> None:
        """Let the time-out count from now on: something can be sent."""
        if not self._is_answered:
            self.was_connected = True
            self._since = self._watch.time()
            self._watch.schedule(self.expires())

    def answered(self) -> None:
        """Stop the time-out: the head of the response is there."""
        self._is_answered, self._since = True, None

    def expires(self) -> float:
        """Return when the call will have waited too long, by the loop's clock."""
        if self._has_expired:
            return _NEVER
        timeout = _NEVER if self._since is None else self._since + self._timeout
        return min(self._deadline, timeout)

    def expire(self) -> None:
        """Cancel the call."""
        self._has_expired = True
        self._task.cancel()


class Body(aiohttp.BytesIOPayload):
    """A request body that is sent in pieces, each of which restarts the time-out.

    A server may answer before it has read the body, and close the connection. When
    asyncio then fails to write, it drops what it has not read yet, the response too. So
    each piece waits until the event loop has read what has arrived.

    Args:
        content: all of the body.
        wait: the wait of the call.
    """

    def __init__(self, content: bytes, wait: Wait) -> None:
        super().__init__(io.BytesIO(content))
        self._content = content
        self._wait = wait

    async def write_with_length(
        self,
        writer: t.Any,
        content_length: int | None = None,  # noqa: ARG002 - that of the body
    ) -> None:
        """Write the body."""
        for start in range(0, len(self._content), PIECE):
            if start:
                await _read_what_arrived(writer.transport)
            self._wait.restart()
            await writer.write(self._content[start : start + PIECE])


async def _read_what_arrived(transport: asyncio.Transport | None) -> None:
    """Let the event loop read what has arrived on a connection.

    It waits for a few turns of the loop only, because reading may be paused.
    """
    await asyncio.sleep(0)
    for _ in range(_TURNS):
        sock = transport.get_extra_info("socket") if transport else None
        if not sock or sock.fileno() < 0 or not wait_for_read(sock, timeout=0):
            return
        await asyncio.sleep(0)


class Watch:
    """Ends the calls of an event loop that wait too long, with one timer for all.

    Attributes:
        waits: the calls under way, by their tasks.
        time: the clock of the event loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.waits: dict[asyncio.Task[t.Any] | None, Wait] = {}
        self.time: t.Callable[[], float] = loop.time
        self._loop = loop
        self._next = _NEVER
        self._timer: asyncio.TimerHandle | None = None

    def new_wait(self, timeout: float | None, deadline: float | None) -> Wait:
        """Return a wait for a call of this task; the arguments are in seconds."""
        end = _NEVER if deadline is None else self.time() + deadline
        self.schedule(end)
        return Wait(self, end, _NEVER if timeout is None else timeout)

    def connected(self) -> None:
        """Start the time-out of this task's call: it has a connection."""
        self.waits[asyncio.current_task()].restart()

    def schedule(self, moment: float) -> None:
        """Set the timer, unless it fires before that moment."""
        if moment < self._next:
            if self._timer:
                self._timer.cancel()
            self._next = moment
            self._timer = self._loop.call_at(moment, self._expire_late)

    def _expire_late(self) -> None:
        """End the calls that have waited too long, and set the timer for the next."""
        now = self.time()
        for wait in self.waits.values():
            if wait.expires() <= now:
                wait.expire()
        self._next, self._timer = _NEVER, None
        self.schedule(min(map(Wait.expires, self.waits.values()), default=_NEVER))


class AbortableConnector(aiohttp.TCPConnector):
    """Can drop all its connections at once, those of web sockets too."""

    def __init__(self, **options: t.Any) -> None:
        t.cast("t.Any", super()).__init__(**options)
        self._opened = weakref.WeakSet[asyncio.Transport]()
        # The TLS transports of uvloop, to which there can be no weak reference.
        self._held: list[t.Any] = []

    async def _create_connection(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        protocol: t.Any = await super()._create_connection(*args, **kwargs)
        try:
            self._opened.add(protocol.transport)
        except TypeError:
            # Let go of those that are closed, or the list would only ever grow.
            self._held = [one for one in self._held if not one.is_closing()]
            self._held.append(protocol.transport)
        return protocol

    async def abort(self) -> None:
        """Drop all connections, without sending what is still in their buffers."""
        for transport in [*self._opened, *self._held]:
            # In Python 3.11.2, aborting a TLS connection that is gone raises this.
            with contextlib.suppress(AttributeError):
                transport.abort()
        # Plain connections close in the loop's next turn, TLS in the one after it.
        await asyncio.sleep(0)
        await asyncio.sleep(0)


class Connector(AbortableConnector):
    """Reports connections to a watch, and skips stale ones."""

    def __init__(self, watch: Watch, **options: t.Any) -> None:
        super().__init__(**options)
        self._watch = watch

    async def connect(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        connection: t.Any = await super().connect(*args, **kwargs)
        # Data that arrived on an idle connection belongs to no request.
        while connection.protocol.should_close:
            connection.close()
            connection = await super().connect(*args, **kwargs)
        self._watch.connected()
        return connection
