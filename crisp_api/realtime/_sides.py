"""The needs of a real-time connection on a sync and on an async client.

A side has the queue of events, the thread or the task that runs the supervisor, and
makes the links.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
import typing as t

from crisp_api.pools import TURN, Cancelled, thread_scope
from crisp_api.realtime._queues import AsyncEventQueue, EventQueue
from crisp_api.runners import ASYNC, END, SYNC, Steps

if t.TYPE_CHECKING:
    from crisp_api.events import Event
    from crisp_api.realtime._async_link import AsyncLink
    from crisp_api.realtime._link import SyncLink

__all__ = ["AsyncSide", "SyncSide"]

Received = t.Callable[[str, t.Any], "Event[t.Any] | None"]
# Seconds that closing waits for the thread, which may be waiting for a response.
_CLOSING: t.Final = 1.0


class SyncSide:
    """For connections that block.

    Args:
        size: how many events to keep.
        drops_oldest: whether a full queue drops an event, or blocks.

    Attributes:
        queue: the events that were not read.
    """

    _thread: threading.Thread

    def __init__(self, size: int, *, drops_oldest: bool) -> None:
        self.queue = EventQueue(size, drops_oldest=drops_oldest)
        self._wake = threading.Event()
        self._ready = threading.Event()
        self._stopped = threading.Event()
        self._source: t.Any = None
        self._link: SyncLink | None = None

    def start(self, steps: Steps[None], source: t.Any = None) -> None:
        """Run steps in a thread.

        Args:
            steps: what to run.
            source: what the steps read from, to be closed with the connection.
        """
        self._source = source
        self._thread = threading.Thread(
            target=self._drive, args=(steps,), name="crisp-listen", daemon=True
        )
        self._thread.start()

    def _drive(self, steps: Steps[None]) -> None:
        thread_scope.set(self._stopped)
        with contextlib.suppress(Cancelled):
            SYNC.drive(steps)

    def stop(self) -> None:
        """End the connection; callable from any thread, and does not wait."""
        self._stopped.set()
        self.queue.close()
        self._ready.set()
        self._wake.set()
        if self._link:
            self._link.abort()
        _close(self._source)

    def close(self) -> None:
        """End the connection, and wait until it has ended."""
        self.stop()
        self._thread.join(_CLOSING)

    def end(self) -> None:
        """Let readers know that no more events come."""
        self.queue.end()
        self._ready.set()

    def ready(self) -> None:
        """Let those know who wait for the connection."""
        self._ready.set()

    def wait_ready(self, seconds: float | None) -> bool:
        """Wait until there is a connection, or none any more."""
        deadline = None if seconds is None else time.monotonic() + seconds
        wait = TURN
        while deadline is None or (wait := min(TURN, deadline - time.monotonic())) > 0:
            if self._ready.wait(wait):
                return True
        return self._ready.is_set()

    def wake(self) -> None:
        """Let the supervisor look at the connection."""
        self._wake.set()

    def wait(self, seconds: float) -> None:
        """Wait until the connection is to be looked at."""
        self._wake.wait(seconds)
        self._wake.clear()
        if self._stopped.is_set():
            raise Cancelled

    def pause(self, seconds: float) -> None:
        """Wait; stopping ends it."""
        SYNC.pause(seconds)

    def next(self, source: t.Any) -> t.Any:
        """Return the next item of a source, END after the last."""
        return next(source, END)

    def link(self, received: Received, transport: object) -> SyncLink:
        """Return a link that hands over events."""
        if self._stopped.is_set():
            raise Cancelled
        # An extra, and heavy: imported where it is needed.
        from crisp_api.realtime._link import SyncLink  # noqa: PLC0415
        from crisp_api.transport.requests_ import RequestsTransport  # noqa: PLC0415

        def receive(name: str, payload: t.Any) -> None:
            event = received(name, payload)
            if event:
                self.queue.put(event)

        if not isinstance(transport, RequestsTransport):
            transport = RequestsTransport()
        self._link = SyncLink(receive, self.wake, transport)
        return self._link


class AsyncSide:
    """For connections that are awaited; see `SyncSide`."""

    _loop: asyncio.AbstractEventLoop
    _task: asyncio.Task[None]

    def __init__(self, size: int, *, drops_oldest: bool) -> None:
        self.queue = AsyncEventQueue(size, drops_oldest=drops_oldest)
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()

    def start(self, steps: Steps[None], source: t.Any = None) -> None:
        """Run steps in a task; see `SyncSide.start`."""
        self._source = source
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(ASYNC.drive(steps), name="crisp-listen")

    def stop(self) -> None:
        """End the connection; callable from any thread, and does not wait."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        self.queue.close()
        self._ready.set()
        self._task.cancel()
        # A thread may be waiting for its next event.
        _close(self._source)

    async def close(self) -> None:
        """End the connection, and wait until it has ended.

        In another event loop, this does not wait.
        """
        if self._loop is not asyncio.get_running_loop():
            self.stop()
            return
        self._stop()
        await asyncio.wait([self._task])

    def end(self) -> None:
        """Let readers know that no more events come."""
        self.queue.end()
        self._ready.set()

    def ready(self) -> None:
        """Let those know who wait for the connection."""
        self._ready.set()

    async def wait_ready(self, seconds: float | None) -> bool:
        """Wait until there is a connection, or none any more."""
        with contextlib.suppress(asyncio.TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ready.wait()
        return self._ready.is_set()

    def wake(self, *_: object) -> None:
        """Let the supervisor look at the connection."""
        self._wake.set()

    async def wait(self, seconds: float) -> None:
        """Wait until the connection is to be looked at."""
        with contextlib.suppress(asyncio.TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()

    def pause(self, seconds: float) -> t.Awaitable[None]:
        """Wait; stopping ends it."""
        return asyncio.sleep(seconds)

    def next(self, source: t.Any) -> t.Any:
        """Return the step for the next item of a source, END after the last."""
        if hasattr(source, "__anext__"):
            return anext(source, END)
        return asyncio.to_thread(next, source, END)

    def link(self, received: Received, transport: object) -> AsyncLink:
        """Return a link that hands over events."""
        # An extra, and heavy: imported where it is needed.
        from crisp_api.realtime._async_link import AsyncLink  # noqa: PLC0415
        from crisp_api.transport.aiohttp_ import AiohttpTransport  # noqa: PLC0415

        async def receive(name: str, payload: t.Any) -> None:
            event = received(name, payload)
            if event:
                await self.queue.put(event)

        if not isinstance(transport, AiohttpTransport):
            transport = AiohttpTransport()
        return AsyncLink(receive, self.wake, transport)


def _close(source: t.Any) -> None:
    """Close the source of a transport, if it can be closed."""
    close = getattr(source, "close", None)
    if close:
        # A generator that runs cannot be closed.
        with contextlib.suppress(ValueError):
            close()
