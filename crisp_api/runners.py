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
import concurrent.futures
import functools
import inspect
import time
import typing as t

from crisp_api.iterators import (
    END,
    SharedAsyncIterator,
    SharedIterator,
    Source,
    Steps,
)
from crisp_api.pools import (
    Cancelled,
    LazyPool,
    Pool,
    TaskPool,
    ThreadPool,
    first_done,
    pause_in,
    task_scope,
    thread_scope,
)

__all__ = ["ASYNC", "END", "SYNC", "Runner", "Source", "Steps", "in_event_loop"]

T = t.TypeVar("T")

Call = t.Callable[[], t.Any]


class Runner(abc.ABC):
    """Drives steps, and makes the steps that differ between sync and async."""

    is_async: t.ClassVar[bool]

    @abc.abstractmethod
    def run(self, steps: Steps[t.Any], name: str = "") -> t.Any:
        """Drive steps to their end: at once, or when the coroutine is awaited.

        In a batch that was stopped, no steps are begun: `Cancelled` is raised.

        Args:
            steps: what to drive.
            name: of the coroutine, in the warning that it was never awaited.
        """

    @abc.abstractmethod
    def fail(self, error: Exception) -> t.Any:
        """Raise an error: at once, or when the coroutine is awaited."""

    @abc.abstractmethod
    def pause(self, seconds: float) -> t.Any:
        """Return a step that waits; in a batch that is stopped, it ends at once."""

    @abc.abstractmethod
    def offload(self, call: Call) -> t.Any:
        """Return a step that makes a call which may block for a while."""

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

        Each result is handed to ``done`` as it arrives. After the first error, no job
        sends another request. The results of attempts that are on their way are handed
        over as well, because they count against the quota, and then the error is
        raised. An interrupt is raised at once.
        """

    @abc.abstractmethod
    def _pool(self, width: int) -> Pool: ...

    def pool(self, width: int) -> Pool:
        """Return a pool for so many calls at a time; with 1, none is made ahead."""
        return LazyPool() if width == 1 else self._pool(width)


# --- sync ------------------------------------------------------------------


class SyncRunner(Runner):
    """For clients whose calls block."""

    is_async = False

    def run(self, steps: Steps[T], name: str = "") -> T:  # noqa: ARG002 - as above
        closed = thread_scope.get()
        if closed and closed.is_set():
            raise Cancelled
        return self.drive(steps)

    def drive(self, steps: Steps[T]) -> T:
        """Drive steps to their end, in a batch that was stopped, too."""
        try:
            result: t.Any = next(steps)
            while True:
                result = steps.send(result)
        except StopIteration as end:
            return t.cast("T", end.value)
        except BaseException as error:
            # An interrupt between two steps, such as Ctrl-C: the steps see it, too.
            if t.cast("t.Any", steps).gi_frame is not None:
                steps.throw(error)
            raise
        finally:
            # The traceback of an error refers to this frame, and this is the response
            # as it came. The steps have masked credentials that it repeats.
            result = None
            steps.close()

    def fail(self, error: Exception) -> t.NoReturn:
        raise error

    def pause(self, seconds: float) -> None:
        closed = thread_scope.get()
        if closed is None:
            time.sleep(seconds)
        elif closed.wait(seconds):
            raise Cancelled

    def offload(self, call: Call) -> t.Any:
        # A sync client blocks anyway.
        return call()

    def next(self, iterator: t.Iterator[T]) -> T | object:
        return next(iterator, END)

    def iterate(self, source: Source) -> SharedIterator:
        return SharedIterator(source, self)

    def gather(
        self,
        jobs: t.Sequence[Steps[T]],
        width: int,
        done: t.Callable[[T], object],
    ) -> None:
        pool = ThreadPool(width)

        def make(job: Steps[T]) -> T:
            try:
                return self.run(job)
            except BaseException:
                # At once, and not when the waiting thread comes to see the error.
                pool.close()
                raise

        pending: set[concurrent.futures.Future[T]] = set()
        error: BaseException | None = None
        try:
            futures = [pool.start(functools.partial(make, job)).future for job in jobs]
            pending.update(futures)
            while pending:
                ready, pending = first_done(pending)
                error = _hand_over(filter(ready.__contains__, futures), done, error)
                if error and not isinstance(error, Exception | _CANCELLED):
                    break
        except Exception:
            # Of `done`: the jobs must not go on behind the caller's back.
            pool.close()
            while pending:
                _, pending = first_done(pending)
            raise
        finally:
            pool.close()
        try:
            if error:
                raise error
        finally:
            # Its traceback refers to this frame.
            del error

    def _pool(self, width: int) -> Pool:
        return ThreadPool(width)


# --- async -----------------------------------------------------------------


class AsyncRunner(Runner):
    """The runner of clients whose calls are awaited."""

    is_async = True

    def run(self, steps: Steps[T], name: str = "") -> t.Coroutine[t.Any, t.Any, T]:
        coroutine: t.Any = self._run(steps)
        coroutine.__qualname__ = name or t.cast("t.Any", steps).__name__.lstrip("_")
        return t.cast("t.Coroutine[t.Any, t.Any, T]", coroutine)

    async def _run(self, steps: Steps[T]) -> T:
        stopped = task_scope.get()
        if stopped and stopped.is_set():
            raise Cancelled
        return await self.drive(steps)

    async def drive(self, steps: Steps[T]) -> T:
        """Drive steps to their end, in a batch that was stopped, too."""
        try:
            step = next(steps)
            while True:
                try:
                    result: t.Any = await step if _is_awaitable(step) else step
                except BaseException as error:  # noqa: BLE001 - raised at the yield
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as end:
            return t.cast("T", end.value)
        finally:
            # As for a sync client.
            step = result = None
            steps.close()

    async def fail(self, error: Exception) -> t.NoReturn:
        raise error

    def pause(self, seconds: float) -> t.Awaitable[None]:
        stopped = task_scope.get()
        return pause_in(stopped, seconds) if stopped else asyncio.sleep(seconds)

    def offload(self, call: Call) -> t.Awaitable[t.Any]:
        # In a thread, so that the event loop goes on.
        return asyncio.to_thread(call)

    def next(self, iterator: t.AsyncIterator[T]) -> t.Awaitable[T | object]:
        return anext(iterator, END)

    def iterate(self, source: Source) -> SharedAsyncIterator:
        return SharedAsyncIterator(source, self)

    async def gather(
        self,
        jobs: t.Sequence[Steps[T]],
        width: int,
        done: t.Callable[[T], object],
    ) -> None:
        room = asyncio.Semaphore(width)
        stopped = asyncio.Event()

        async def make(job: Steps[T]) -> T:
            task_scope.set(stopped)
            async with room:
                try:
                    return await self.run(job)
                except BaseException:
                    stopped.set()
                    raise

        tasks = [asyncio.ensure_future(make(job)) for job in jobs]
        pending = set(tasks)
        error: BaseException | None = None
        try:
            while pending:
                ready, pending = await asyncio.wait(
                    pending, return_when=asyncio.FIRST_COMPLETED
                )
                error = _hand_over(filter(ready.__contains__, tasks), done, error)
            if error:
                raise error
        finally:
            # Its traceback refers to this frame.
            del error
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _pool(self, width: int) -> Pool:  # noqa: ARG002 - the caller starts no more
        return TaskPool()


def _is_awaitable(step: object) -> bool:
    # The second knows generators made by types.coroutine, too, but is slow.
    return hasattr(step, "__await__") or inspect.isawaitable(step)


# Of calls that are cancelled because another one failed.
_CANCELLED: t.Final = Cancelled | asyncio.CancelledError


def _hand_over(
    ready: t.Iterable[t.Any],
    done: t.Callable[[T], object],
    error: BaseException | None,
) -> BaseException | None:
    """Hand over the results of futures or tasks; return the first error of all.

    The calls that are cancelled because of it may be seen before it.
    """
    for one in ready:
        failure = asyncio.CancelledError() if one.cancelled() else one.exception()
        if failure is None:
            done(one.result())
        elif error is None or isinstance(error, _CANCELLED):
            error = failure
    return error


def in_event_loop() -> bool:
    """Return whether an event loop is running in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


SYNC: t.Final = SyncRunner()
ASYNC: t.Final = AsyncRunner()
