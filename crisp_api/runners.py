"""One body for sync and async: a generator of steps, and the two runners that drive it.

Whatever waits in this library (a call with its retries, the pages of a list, a job) is
written once, as a generator. It yields a step and receives the result of that step::

    def steps(runner):
        yield runner.pause(1.0)
        answer = yield client.website.get_website(website_id)
        return answer["name"]

On a sync client a step has already happened when it is yielded, so `SyncRunner` sends
its value straight back. On an async client a step may be awaitable, and `AsyncRunner`
awaits it first. Either way an error is raised at the ``yield``, so ``try`` and ``with``
work as in plain code.

A client has one runner, at ``client.core.runner``. It is the only place that knows
which kind of client it is.
"""

from __future__ import annotations

import abc
import asyncio
import collections
import concurrent.futures
import contextlib
import threading
import time
import typing as t
import weakref

__all__ = ["ASYNC", "END", "SYNC", "Handle", "Pool", "Runner", "Source", "Steps"]

T = t.TypeVar("T")

Steps = t.Generator[t.Any, t.Any, T]
"""A generator that yields steps and returns a T."""

Call = t.Callable[[], t.Any]

END: t.Final = object()
"""What `Runner.next` results in after the last item."""


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


class Source(t.Protocol):
    """Where an iterator takes its items from.

    Attributes:
        items: the items that are ready.
    """

    items: collections.deque[t.Any]

    def fill(self) -> Steps[bool]:
        """Get items ready; return whether there are any."""
        ...

    def close(self) -> None:
        """Release what the source holds; callable from any thread."""
        ...


class Runner(abc.ABC):
    """Drives steps, and makes the steps that differ between sync and async."""

    is_async: t.ClassVar[bool]

    @abc.abstractmethod
    def run(self, steps: Steps[t.Any]) -> t.Any:
        """Drive steps to their end: at once, or when the coroutine is awaited."""

    @abc.abstractmethod
    def pause(self, seconds: float) -> t.Any:
        """Return a step that waits."""

    @abc.abstractmethod
    def offload(self, call: Call) -> t.Any:
        """Return a step that makes a call which may block for a while."""

    @abc.abstractmethod
    def lock(self) -> t.Any:
        """Return a lock: ``acquire()`` is a step, ``release()`` is not."""

    @abc.abstractmethod
    def next(self, iterator: t.Any) -> t.Any:
        """Return a step that results in the next item, and `END` after the last."""

    @abc.abstractmethod
    def iterate(self, source: Source) -> t.Any:
        """Return an iterator over a source, which threads or tasks may share."""

    @abc.abstractmethod
    def gather(
        self,
        jobs: t.Sequence[Steps[T]],
        width: int,
        done: t.Callable[[T], object],
    ) -> t.Any:
        """Return a step that runs jobs, so many at a time.

        Each result is handed to ``done`` as it arrives. The first error stops all jobs
        at their next step, and is raised.
        """

    @abc.abstractmethod
    def _pool(self, width: int) -> Pool: ...

    def pool(self, width: int) -> Pool:
        """Return a pool for so many calls at a time; with 1, none is made ahead."""
        return _NoPool() if width == 1 else self._pool(width)


class _Later(t.NamedTuple):
    """A call that is made when it is waited for."""

    call: Call
    has_failed: bool = False

    def wait(self) -> t.Any:
        return self.call()


class _NoPool:
    def start(self, call: Call) -> Handle:
        return _Later(call)

    def close(self) -> None:
        pass


# --- sync ------------------------------------------------------------------


class SyncRunner(Runner):
    """For clients whose calls block."""

    is_async = False

    def run(self, steps: Steps[T]) -> T:
        try:
            result = next(steps)
            while True:
                result = steps.send(result)
        except StopIteration as end:
            return t.cast("T", end.value)
        finally:
            steps.close()

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    def offload(self, call: Call) -> t.Any:
        # A sync client blocks anyway.
        return call()

    def lock(self) -> threading.Lock:
        return threading.Lock()

    def next(self, iterator: t.Iterator[T]) -> T | object:
        return next(iterator, END)

    def iterate(self, source: Source) -> _Iterator:
        return _Iterator(source)

    def gather(
        self,
        jobs: t.Sequence[Steps[T]],
        width: int,
        done: t.Callable[[T], object],
    ) -> None:
        stop = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(width) as executor:
            futures = [executor.submit(self.run, _until(stop, job)) for job in jobs]
            try:
                for future in concurrent.futures.as_completed(futures):
                    done(t.cast("T", future.result()))
            finally:
                stop.set()
                executor.shutdown(wait=False, cancel_futures=True)

    def _pool(self, width: int) -> Pool:
        return _ThreadPool(width)


def _until(stop: threading.Event, steps: Steps[T]) -> Steps[T | None]:
    """Drive steps from within a job, and end them early once ``stop`` is set."""
    with contextlib.closing(steps):
        result = None
        while not stop.is_set():
            try:
                result = yield steps.send(result)
            except StopIteration as end:
                return t.cast("T", end.value)
    return None


class _Future(t.NamedTuple):
    """A call in a thread."""

    future: concurrent.futures.Future[t.Any]

    def wait(self) -> t.Any:
        return self.future.result()

    @property
    def has_failed(self) -> bool:
        return _has_failed(self.future)


class _ThreadPool:
    def __init__(self, width: int) -> None:
        self._executor = concurrent.futures.ThreadPoolExecutor(width)

    def start(self, call: Call) -> Handle:
        return _Future(self._executor.submit(call))

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


class _Iterator(t.Iterator[t.Any]):
    """Items of a source, for calls that block."""

    def __init__(self, source: Source) -> None:
        self._source = source
        # Also when the iterator is dropped before its end.
        self._close = weakref.finalize(self, source.close)

    def __next__(self) -> t.Any:
        items = self._source.items
        # Another thread may take the item that was made ready here.
        while not items or (item := _popped(items)) is END:
            if not SYNC.run(self._source.fill()):
                self._close()
                raise StopIteration
        return item


# --- async -----------------------------------------------------------------


class AsyncRunner(Runner):
    """For clients whose calls are awaited."""

    is_async = True

    async def run(self, steps: Steps[T]) -> T:
        try:
            step = next(steps)
            while True:
                try:
                    result = await step if hasattr(step, "__await__") else step
                except BaseException as error:  # noqa: BLE001 - raised at the yield
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as end:
            return t.cast("T", end.value)
        finally:
            steps.close()

    def pause(self, seconds: float) -> t.Awaitable[None]:
        return asyncio.sleep(seconds)

    def offload(self, call: Call) -> t.Awaitable[t.Any]:
        # In a thread, so that the event loop goes on.
        return asyncio.to_thread(call)

    def lock(self) -> asyncio.Lock:
        return asyncio.Lock()

    def next(self, iterator: t.AsyncIterator[T]) -> t.Awaitable[T | object]:
        return anext(iterator, END)

    def iterate(self, source: Source) -> _AsyncIterator:
        return _AsyncIterator(source)

    async def gather(
        self,
        jobs: t.Sequence[Steps[T]],
        width: int,
        done: t.Callable[[T], object],
    ) -> None:
        room = asyncio.Semaphore(width)

        async def make(job: Steps[T]) -> None:
            async with room:
                done(await self.run(job))

        tasks = [asyncio.ensure_future(make(job)) for job in jobs]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _pool(self, width: int) -> Pool:  # noqa: ARG002 - the caller starts no more
        return _TaskPool()


class _Task(t.NamedTuple):
    """A call in a task."""

    task: asyncio.Task[t.Any]

    def wait(self) -> t.Awaitable[t.Any]:
        return self.task

    @property
    def has_failed(self) -> bool:
        return _has_failed(self.task)


class _TaskPool:
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


class _AsyncIterator(t.AsyncIterator[t.Any]):
    """Items of a source, for calls that are awaited."""

    def __init__(self, source: Source) -> None:
        self._source = source
        # Also when the iterator is dropped before its end.
        self._close = weakref.finalize(self, source.close)

    async def __anext__(self) -> t.Any:
        items = self._source.items
        # Another task may take the item that was made ready here.
        while not items or (item := _popped(items)) is END:
            if not await ASYNC.run(self._source.fill()):
                self._close()
                raise StopAsyncIteration
        return item


def _popped(items: collections.deque[t.Any]) -> t.Any:
    """Take the first item, END where another thread was faster."""
    try:
        return items.popleft()
    except IndexError:
        return END


def _has_failed(
    future: concurrent.futures.Future[t.Any] | asyncio.Future[t.Any],
) -> bool:
    if not future.done():
        return False
    return future.cancelled() or future.exception() is not None


SYNC: t.Final = SyncRunner()
ASYNC: t.Final = AsyncRunner()
