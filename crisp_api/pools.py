"""Pools: calls that are made ahead of the time when their results are wanted.

A pool starts calls and returns handles. The step of a handle results in what the call
returns; see `crisp_api.runners` for steps.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import typing as t

__all__ = ["Handle", "LazyPool", "Pool", "TaskPool", "ThreadPool"]

Call = t.Callable[[], t.Any]


class Handle(t.Protocol):
    """A call that was handed to a pool."""

    def wait(self) -> t.Any:
        """Return the step that results in what the call returns."""
        ...

    @property
    def has_failed(self) -> bool:
        """Whether the call has ended with an error already."""
        ...


class Pool(t.Protocol):
    """Makes calls ahead of the time when their results are wanted."""

    def start(self, call: Call) -> Handle:
        """Start a call, as soon as the pool has room for it."""
        ...

    def close(self) -> None:
        """Cancel what has not been waited for; callable from any thread."""
        ...


class _Later(t.NamedTuple):
    """A call that is made when it is waited for."""

    call: Call
    has_failed: bool = False

    def wait(self) -> t.Any:
        return self.call()


class LazyPool:
    """Makes a call when it is waited for, and none ahead."""

    def start(self, call: Call) -> Handle:
        return _Later(call)

    def close(self) -> None:
        pass


class _Future(t.NamedTuple):
    """A call in a thread."""

    future: concurrent.futures.Future[t.Any]

    def wait(self) -> t.Any:
        return self.future.result()

    @property
    def has_failed(self) -> bool:
        return _has_failed(self.future)


class ThreadPool:
    """Makes calls in so many threads."""

    def __init__(self, width: int) -> None:
        self._executor = concurrent.futures.ThreadPoolExecutor(width)

    def start(self, call: Call) -> Handle:
        return _Future(self._executor.submit(call))

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


class _Task(t.NamedTuple):
    """A call in a task."""

    task: asyncio.Task[t.Any]

    def wait(self) -> t.Awaitable[t.Any]:
        return self.task

    @property
    def has_failed(self) -> bool:
        return _has_failed(self.task)


class TaskPool:
    """Makes calls in tasks, all of them at once."""

    def __init__(self) -> None:
        self._tasks = set[asyncio.Task[t.Any]]()

    def start(self, call: Call) -> Handle:
        task: asyncio.Task[t.Any] = asyncio.ensure_future(call())
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return _Task(task)

    def _ended(self, task: asyncio.Task[t.Any]) -> None:
        self._tasks.discard(task)
        # Retrieve the error: asyncio would log one that nobody waits for any more.
        _has_failed(task)

    def close(self) -> None:
        for task in list(self._tasks):
            loop = task.get_loop()
            if not loop.is_closed():
                loop.call_soon_threadsafe(task.cancel)


def _has_failed(
    future: concurrent.futures.Future[t.Any] | asyncio.Future[t.Any],
) -> bool:
    if not future.done():
        return False
    return future.cancelled() or future.exception() is not None
