"""The bounded queues between a real-time connection and its readers."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import threading
import time
import typing as t

from crisp_api.events import RECONNECTED
from crisp_api.pools import TURN
from crisp_api.runners import END

if t.TYPE_CHECKING:
    from crisp_api.events import Event

__all__ = ["AsyncEventQueue", "EventQueue"]


class EventQueue:
    """A queue for threads.

    Args:
        size: how many events to keep.
        drops_oldest: whether a full queue drops an event, or blocks.

    Attributes:
        dropped: how many events were dropped.
    """

    def __init__(self, size: int, *, drops_oldest: bool) -> None:
        self.dropped = 0
        self._size = size
        self._drops_oldest = drops_oldest
        self._events: collections.deque[Event[t.Any]] = collections.deque()
        self._changed = threading.Condition()
        self._latest = 0.0
        self._has_ended = self._is_closed = False

    def __len__(self) -> int:
        return len(self._events)

    def put(self, event: Event[t.Any]) -> None:
        """Add an event; if the queue is full, wait, or drop the oldest."""
        with self._changed:
            while len(self._events) >= self._size and not self._is_closed:
                if self._drops_oldest:
                    del self._events[_oldest(self._events)]
                    self.dropped += 1
                else:
                    self._changed.wait()
            if not self._is_closed:
                self._events.append(event)
                self._latest = time.monotonic()
                self._changed.notify_all()

    def get(self, seconds: float | None) -> t.Any:
        """Return the next event; END after the last, or if none comes in time.

        An event that another thread takes is one that came.
        """
        start = time.monotonic()
        with self._changed:
            while not self._events:
                # In turns, because a signal may not end a wait.
                wait = TURN
                if seconds is not None:
                    end = max(start, self._latest) + seconds
                    wait = min(TURN, end - time.monotonic())
                if self._has_ended or wait <= 0:
                    return END
                self._changed.wait(wait)
            if len(self._events) == self._size:
                self._changed.notify_all()
            return self._events.popleft()

    def end(self) -> None:
        """Let readers know that no more events come."""
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def close(self) -> None:
        """Drop the events, and take no more."""
        with self._changed:
            self._is_closed = self._has_ended = True
            self._events.clear()
            self._changed.notify_all()


class AsyncEventQueue:
    """A queue for the tasks of one event loop; see `EventQueue`."""

    def __init__(self, size: int, *, drops_oldest: bool) -> None:
        self.dropped = 0
        self._size = size
        self._drops_oldest = drops_oldest
        self._events: collections.deque[Event[t.Any]] = collections.deque()
        self._waiting: list[asyncio.Future[None]] = []
        self._latest = 0.0
        self._has_ended = self._is_closed = False

    def __len__(self) -> int:
        return len(self._events)

    async def put(self, event: Event[t.Any]) -> None:
        """Add an event; if the queue is full, wait, or drop the oldest."""
        while len(self._events) >= self._size and not self._is_closed:
            if self._drops_oldest:
                del self._events[_oldest(self._events)]
                self.dropped += 1
            else:
                await self._change()
        if not self._is_closed:
            self._events.append(event)
            self._latest = time.monotonic()
            self._notify()

    async def get(self, seconds: float | None) -> t.Any:
        """Return the next event; END after the last, or if none comes in time."""
        start = time.monotonic()
        while seconds is not None and not self._events:
            wait = max(start, self._latest) + seconds - time.monotonic()
            if wait <= 0:
                return END
            with contextlib.suppress(asyncio.TimeoutError):
                async with asyncio.timeout(wait):
                    return await self.get(None)
        while not self._events:
            if self._has_ended:
                return END
            await self._change()
        if len(self._events) == self._size:
            self._notify()
        return self._events.popleft()

    def end(self) -> None:
        """Let readers know that no more events come."""
        self._has_ended = True
        self._notify()

    def close(self) -> None:
        """Drop the events, and take no more."""
        self._is_closed = self._has_ended = True
        self._events.clear()
        self._notify()

    def _change(self) -> asyncio.Future[None]:
        """Return a future that is done at the next change, for all that wait."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        return future

    def _notify(self) -> None:
        for future in self._waiting:
            # Its task may have been cancelled.
            if not future.done():
                future.set_result(None)
        self._waiting.clear()


def _oldest(events: t.Sequence[Event[t.Any]]) -> int:
    """Return the index of the event to drop: not a gap, which nobody else reports."""
    return next((i for i, one in enumerate(events) if one.name != RECONNECTED), 0)
