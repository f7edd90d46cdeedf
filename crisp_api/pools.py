"""Pools: calls that are made ahead of the time when their results are wanted.

A pool starts calls and returns handles. The step of a handle results in what the call
returns; see `crisp_api.runners` for steps.

A call in a thread cannot be stopped from outside. When a `ThreadPool` is closed, its
threads learn it from `thread_scope`: whatever would send another request or wait there
raises `Cancelled` instead. An attempt that is on its way ends by its time-out, in a
daemon thread, which the interpreter does not wait for.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import queue
import threading
import typing as t

__all__ = [
    "TURN",
    "Cancelled",
    "Handle",
    "LazyPool",
    "Pool",
    "TaskPool",
    "ThreadPool",
    "first_done",
    "pause_in",
    "task_scope",
    "thread_scope",
]

T = t.TypeVar("T")

Call = t.Callable[[], t.Any]
TURN: t.Final = 0.5
"""Seconds after which a wait looks for signals."""

thread_scope: t.Final = contextvars.ContextVar[threading.Event | None](
    "crisp_api.thread_scope", default=None
)
"""In a thread of a pool, the event that is set when the pool is closed."""


task_scope: t.Final = contextvars.ContextVar[asyncio.Event | None](
    "crisp_api.task_scope", default=None
)
"""In a task of a batch, the event that is set when the batch is stopped."""


class Cancelled(BaseException):
    """Ends a call whose result is not needed any more.

    Not an Exception, so that no handler takes it for a failure of the call.
    """


async def pause_in(stopped: asyncio.Event, seconds: float) -> None:
    """Wait; raise `Cancelled` as soon as the batch is stopped."""
    if not stopped.is_set():
        try:
            async with asyncio.timeout(seconds):
                await stopped.wait()
        except TimeoutError:
            return
    raise Cancelled


def first_done(
    futures: t.Collection[concurrent.futures.Future[T]],
) -> tuple[set[concurrent.futures.Future[T]], set[concurrent.futures.Future[T]]]:
    """Wait until a future is done; return those that are, and those that are not.

    Python notices a signal between two operations of the main thread. If the signal
    arrives just before a wait begins, or in another thread, it does not end the wait,
    and Ctrl-C would seem to do nothing. So this waits in turns.
    """
    while True:
        done, pending = concurrent.futures.wait(
            futures, TURN, concurrent.futures.FIRST_COMPLETED
        )
        if done:
            return done, pending


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
        """Start a call, as soon as a place in the pool is free."""
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
        first_done([self.future])
        return self.future.result()

    @property
    def has_failed(self) -> bool:
        return _has_failed(self.future)


class ThreadPool:
    """Makes calls in so many daemon threads.

    Not a ``ThreadPoolExecutor``: the interpreter joins its threads when it exits, so a
    server that does not answer would keep a program alive after Ctrl-C.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._threads = 0
        self._closed = threading.Event()
        # Its methods are reentrant: `close` may run in a garbage collection, at any
        # point of any thread.
        self._calls: queue.SimpleQueue[_Queued | None] = queue.SimpleQueue()

    def start(self, call: Call) -> _Future:
        future: concurrent.futures.Future[t.Any] = concurrent.futures.Future()
        self._calls.put((future, call))
        if self._closed.is_set():
            # Maybe since the call was put there: a failed call closes the pool.
            self.close()
        elif self._threads < self._width:
            self._threads += 1
            arguments = self._calls, self._closed
            threading.Thread(target=_work, args=arguments, daemon=True).start()
        return _Future(future)

    def close(self) -> None:
        self._closed.set()
        try:
            while True:
                # Not to the first None, with which it may have been closed before.
                if queued := self._calls.get_nowait():
                    queued[0].cancel()
                    # Otherwise `concurrent.futures.wait` would wait for it.
                    queued[0].set_running_or_notify_cancel()
        except queue.Empty:
            pass
        for _ in range(self._width):
            self._calls.put(None)


_Queued = tuple[concurrent.futures.Future[t.Any], Call]


def _work(calls: queue.SimpleQueue[_Queued | None], closed: threading.Event) -> None:
    """Make calls in a thread until the pool is closed."""
    thread_scope.set(closed)
    while queued := calls.get():
        _make(*queued)
        # A thread that waits for the next call must not keep the last result alive.
        del queued


def _make(future: concurrent.futures.Future[t.Any], call: Call) -> None:
    future.set_running_or_notify_cancel()
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001 - raised where it is waited for
        future.set_exception(error)
    finally:
        # The traceback of the error refers to this frame.
        del future


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
        # Retrieve the error, or asyncio would log that it was never retrieved.
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
