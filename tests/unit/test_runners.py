"""The runners: one generator of steps, driven on the sync and on the async side."""

from __future__ import annotations

import asyncio
import collections
import concurrent.futures
import contextlib
import gc
import threading
import time
import typing as t

import pytest

from crisp_api.pools import Cancelled, first_done
from crisp_api.runners import ASYNC, END, SYNC, Steps
from tests.support.clients import ASYNC_SIDE, SYNC_SIDE, Side

# Seconds, within which a thread is sure to do what it is waited for.
GENEROUS = 60


def settle(outcome: object) -> object:
    """Return the outcome, or raise it."""
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def step(side: Side, outcome: object) -> t.Any:
    """Return a step that results in the outcome, or raises it."""

    async def settle_later() -> object:
        return settle(outcome)

    return settle_later() if side.is_async else settle(outcome)


def run(side: Side, steps: t.Callable[[], Steps[t.Any]]) -> t.Any:
    """Drive new steps to their end, on the runner of a side."""
    return side.run(lambda: side.runner.run(steps()))


# --- steps


def test_the_result_of_a_step_is_sent_back(side: Side) -> None:
    def steps() -> Steps[list[object]]:
        first = yield step(side, 1)
        second = yield step(side, first + 1)
        return [first, second]

    assert run(side, steps) == [1, 2]


def test_the_error_of_a_step_is_raised_at_its_yield(side: Side) -> None:
    def steps() -> Steps[None]:
        try:
            yield step(side, KeyError("caught"))
        except KeyError as error:
            again = error.args[0]
        yield step(side, ValueError(again))

    with pytest.raises(ValueError, match="caught"):
        run(side, steps)


def test_steps_are_closed_after_an_error(side: Side) -> None:
    ended: list[bool] = []

    def steps() -> Steps[None]:
        with contextlib.ExitStack() as stack:
            stack.callback(ended.append, True)
            yield step(side, LookupError("lost"))

    with pytest.raises(LookupError):
        run(side, steps)
    assert ended == [True]


def test_a_step_that_is_not_awaitable_is_its_own_result(side: Side) -> None:
    def steps() -> Steps[object]:
        return (yield "plain")

    assert run(side, steps) == "plain"


def test_steps_are_closed_when_their_task_is_cancelled() -> None:
    ended: list[bool] = []

    def steps() -> Steps[None]:
        try:
            yield asyncio.Event().wait()
        finally:
            ended.append(True)

    async def main() -> None:
        job: t.Any = ASYNC.run(steps())
        task = asyncio.create_task(job)
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert ended == [True]


def test_async_steps_begin_when_their_coroutine_runs() -> None:
    begun: list[bool] = []

    def steps() -> Steps[None]:
        begun.append(True)
        yield

    job: t.Any = ASYNC.run(steps())
    assert begun == []
    asyncio.run(job)
    assert begun == [True]


# --- steps that a runner makes


class InterruptedOnce:
    """Steps whose driver is interrupted before it sends the first result."""

    def __init__(self, steps: Steps[t.Any]) -> None:
        self._steps = t.cast("t.Any", steps)
        self.throw = self._steps.throw
        self.close = self._steps.close
        self.gi_frame = self._steps.gi_frame

    def __next__(self) -> t.Any:
        return next(self._steps)

    def send(self, _: object) -> t.Any:
        raise KeyboardInterrupt


def test_an_interrupt_between_two_steps_is_raised_in_the_steps() -> None:
    seen: list[BaseException] = []

    def steps() -> Steps[None]:
        try:
            yield
        except BaseException as error:
            seen.append(error)
            raise

    interrupted: t.Any = InterruptedOnce(steps())
    with pytest.raises(KeyboardInterrupt):
        SYNC.run(interrupted)

    assert [type(error) for error in seen] == [KeyboardInterrupt]


def test_next_results_in_each_item_and_then_in_end(side: Side) -> None:
    async def later() -> t.AsyncIterator[int]:
        yield 1
        yield 2

    def steps() -> Steps[list[int]]:
        items: t.Any = later() if side.is_async else iter([1, 2])
        found = []
        while (item := (yield side.runner.next(items))) is not END:
            found.append(item)
        assert (yield side.runner.next(items)) is END
        return found

    assert run(side, steps) == [1, 2]


def test_a_pause_sleeps_for_its_seconds(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep_later(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(asyncio, "sleep", sleep_later)

    def steps() -> Steps[object]:
        return (yield side.runner.pause(2.5))

    assert run(side, steps) is None
    assert slept == [2.5]


def test_an_async_pause_lets_other_tasks_run() -> None:
    order: list[str] = []

    def steps() -> Steps[None]:
        order.append("before")
        yield ASYNC.pause(0)
        order.append("after")

    async def other() -> None:
        order.append("other")

    async def main() -> None:
        job: t.Any = ASYNC.run(steps())
        await asyncio.gather(job, other())

    asyncio.run(main())
    assert order == ["before", "other", "after"]


def test_offload_results_in_what_the_call_returns_or_raises(side: Side) -> None:
    def fail() -> None:
        message = "offloaded"
        raise LookupError(message)

    def steps() -> Steps[object]:
        with pytest.raises(LookupError, match="offloaded"):
            yield side.runner.offload(fail)
        return (yield side.runner.offload(lambda: "done"))

    assert run(side, steps) == "done"


def test_offload_takes_another_thread_where_an_event_loop_must_go_on(
    side: Side,
) -> None:
    def steps() -> Steps[threading.Thread]:
        thread: threading.Thread = yield side.runner.offload(threading.current_thread)
        return thread

    is_another = run(side, steps) is not threading.current_thread()

    assert is_another is side.is_async


# --- pools


class Calls:
    """Makes calls for a pool, and keeps the outcomes of those that were made."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.made: list[object] = []

    def call(self, outcome: object) -> t.Callable[[], t.Any]:
        """Return a call that ends with the outcome."""

        def call() -> object:
            self.made.append(outcome)
            return settle(outcome)

        async def call_later() -> object:
            return call()

        return call_later if self.side.is_async else call


def test_a_pool_of_width_one_makes_a_call_when_it_is_waited_for(side: Side) -> None:
    calls = Calls(side)

    def steps() -> Steps[object]:
        handle = side.runner.pool(1).start(calls.call("a"))
        assert calls.made == []
        assert not handle.has_failed
        return (yield handle.wait())

    assert run(side, steps) == "a"
    assert calls.made == ["a"]


def test_a_pool_of_width_one_raises_where_it_is_waited_for(side: Side) -> None:
    calls = Calls(side)

    def steps() -> Steps[None]:
        handle = side.runner.pool(1).start(calls.call(LookupError("lost")))
        with pytest.raises(LookupError, match="lost"):
            yield handle.wait()

    run(side, steps)
    assert len(calls.made) == 1


def test_a_pool_of_width_one_that_is_closed_has_made_no_call(side: Side) -> None:
    calls = Calls(side)

    def steps() -> Steps[None]:
        pool = side.runner.pool(1)
        pool.start(calls.call("a"))
        pool.close()
        yield

    run(side, steps)
    assert calls.made == []


def test_a_pool_results_in_what_each_call_returns(side: Side) -> None:
    calls = Calls(side)

    def steps() -> Steps[list[object]]:
        pool = side.runner.pool(2)
        first, second, third = (pool.start(calls.call(one)) for one in "abc")
        results = [(yield third.wait()), (yield first.wait()), (yield second.wait())]
        pool.close()
        return results

    assert run(side, steps) == ["c", "a", "b"]
    assert sorted(map(str, calls.made)) == ["a", "b", "c"]


def test_a_pool_of_threads_starts_a_call_before_it_is_waited_for() -> None:
    begun = threading.Event()
    pool = SYNC.pool(2)

    handle = pool.start(begun.set)

    assert begun.wait(GENEROUS)
    assert handle.wait() is None
    pool.close()


def test_a_pool_of_threads_makes_as_many_calls_at_once_as_it_is_wide() -> None:
    together = threading.Barrier(2, timeout=GENEROUS)
    lock = threading.Lock()
    under_way, most = 0, 0

    def call() -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        together.wait()
        with lock:
            under_way -= 1

    pool = SYNC.pool(2)
    for handle in [pool.start(call) for _ in range(8)]:
        handle.wait()
    pool.close()

    assert most == 2


def test_a_pool_of_tasks_starts_a_call_before_it_is_waited_for() -> None:
    async def main() -> None:
        begun = asyncio.Event()

        async def call() -> None:
            begun.set()

        handle = ASYNC.pool(2).start(call)
        await asyncio.wait_for(begun.wait(), GENEROUS)
        assert await handle.wait() is None

    asyncio.run(main())


def test_a_call_has_failed_once_it_has_ended_with_an_error(side: Side) -> None:
    calls = Calls(side)

    def steps() -> Steps[tuple[bool, bool]]:
        pool = side.runner.pool(2)
        good = pool.start(calls.call("a"))
        bad = pool.start(calls.call(LookupError("lost")))
        yield good.wait()
        with pytest.raises(LookupError, match="lost"):
            yield bad.wait()
        pool.close()
        return good.has_failed, bad.has_failed

    assert run(side, steps) == (False, True)


def test_a_call_in_a_thread_has_not_failed_while_it_is_under_way() -> None:
    failing = threading.Event()

    def call() -> None:
        assert failing.wait(GENEROUS)
        raise LookupError

    pool = SYNC.pool(2)
    handle: t.Any = pool.start(call)
    assert not handle.has_failed
    failing.set()
    with pytest.raises(LookupError):
        handle.wait()
    assert handle.has_failed
    pool.close()


def test_a_call_in_a_task_has_not_failed_while_it_is_under_way() -> None:
    async def main() -> None:
        failing = asyncio.Event()

        async def call() -> None:
            await failing.wait()
            raise LookupError

        handle: t.Any = ASYNC.pool(2).start(call)
        assert not handle.has_failed
        failing.set()
        with pytest.raises(LookupError):
            await handle.wait()
        assert handle.has_failed

    asyncio.run(main())


def test_closing_a_pool_of_threads_cancels_the_calls_that_have_not_begun() -> None:
    together = threading.Barrier(3, timeout=GENEROUS)
    release = threading.Event()
    made: list[str] = []

    def hold() -> bool:
        together.wait()
        return release.wait(GENEROUS)

    pool = SYNC.pool(2)
    held = [pool.start(hold) for _ in range(2)]
    waiting = pool.start(lambda: made.append("waiting"))
    together.wait()
    pool.close()
    release.set()

    with pytest.raises(concurrent.futures.CancelledError):
        waiting.wait()
    assert waiting.has_failed
    assert made == []
    assert [handle.wait() for handle in held] == [True, True]


def test_a_pool_of_threads_does_not_keep_the_interpreter_alive() -> None:
    pool = SYNC.pool(2)

    assert pool.start(lambda: threading.current_thread().daemon).wait()

    pool.close()


def test_a_pool_of_threads_that_is_closed_makes_no_call() -> None:
    made: list[str] = []
    pool = SYNC.pool(2)
    pool.start(lambda: None).wait()
    pool.close()

    handles = [pool.start(lambda: made.append("late")) for _ in range(3)]

    for handle in handles:
        with pytest.raises(concurrent.futures.CancelledError):
            handle.wait()
    assert made == []


def test_closing_a_pool_of_threads_ends_the_waits_of_its_calls() -> None:
    begun = threading.Event()

    def wait() -> None:
        SYNC.pause(0)
        begun.set()
        SYNC.pause(100 * GENEROUS)

    pool = SYNC.pool(2)
    handle = pool.start(wait)
    assert begun.wait(GENEROUS)
    pool.close()

    with pytest.raises(Cancelled):
        handle.wait()


def test_in_a_pool_of_threads_that_is_closed_no_steps_are_begun() -> None:
    begun, release = threading.Event(), threading.Event()
    made: list[str] = []

    def steps(name: str) -> Steps[None]:
        made.append(name)
        yield

    def call() -> None:
        SYNC.run(steps("before"))
        begun.set()
        release.wait(GENEROUS)
        SYNC.run(steps("after"))

    pool = SYNC.pool(2)
    handle = pool.start(call)
    assert begun.wait(GENEROUS)
    pool.close()
    release.set()

    with pytest.raises(Cancelled):
        handle.wait()
    assert made == ["before"]


def test_closing_a_pool_of_tasks_from_another_thread_cancels_its_calls() -> None:
    async def main() -> None:
        pool = ASYNC.pool(2)
        handles = [pool.start(asyncio.Event().wait) for _ in range(3)]
        await asyncio.to_thread(pool.close)
        for handle in handles:
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(handle.wait(), GENEROUS)
            assert handle.has_failed

    asyncio.run(main())


def test_closing_a_pool_of_tasks_keeps_the_results_that_are_ready() -> None:
    async def call() -> str:
        return "ready"

    async def main() -> None:
        pool = ASYNC.pool(2)
        handle = pool.start(call)
        await handle.wait()
        pool.close()
        await asyncio.sleep(0)
        assert await handle.wait() == "ready"
        assert not handle.has_failed

    asyncio.run(main())


def test_a_pool_of_tasks_can_be_closed_after_its_event_loop() -> None:
    async def main() -> tuple[t.Any, t.Any]:
        pool = ASYNC.pool(2)
        handle = pool.start(asyncio.Event().wait)
        await asyncio.sleep(0)
        return pool, handle

    loop = asyncio.new_event_loop()
    # A pending task that is collected is reported to its loop.
    loop.set_exception_handler(lambda *_: None)
    pool, handle = loop.run_until_complete(main())
    loop.close()

    pool.close()

    assert not handle.task.done()


def test_an_error_in_an_abandoned_task_is_not_logged() -> None:
    reports: list[t.Any] = []

    async def call() -> None:
        raise LookupError

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, report: reports.append(report))
        ended = asyncio.Event()
        handle: t.Any = ASYNC.pool(2).start(call)
        handle.task.add_done_callback(lambda _: ended.set())
        del handle
        await asyncio.wait_for(ended.wait(), GENEROUS)

    asyncio.run(main())
    gc.collect()

    assert reports == []


# --- gather


def test_gather_hands_results_over_as_they_arrive(side: Side) -> None:
    first_arrived = threading.Event()
    results: list[str] = []

    def quick() -> Steps[str]:
        yield
        return "quick"

    def slow() -> Steps[str]:
        assert (yield side.runner.offload(lambda: first_arrived.wait(GENEROUS)))
        return "slow"

    def done(result: str) -> None:
        results.append(result)
        first_arrived.set()

    side.run(lambda: side.runner.gather([slow(), quick()], 2, done))

    assert results == ["quick", "slow"]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_gather_runs_as_many_jobs_at_a_time_as_its_width(
    side: Side, width: int
) -> None:
    together = threading.Barrier(width, timeout=GENEROUS)
    lock = threading.Lock()
    under_way, most = 0, 0

    def steps(number: int) -> Steps[int]:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        yield side.runner.offload(together.wait)
        with lock:
            under_way -= 1
        return number

    results: list[int] = []
    jobs = [steps(number) for number in range(6)]
    side.run(lambda: side.runner.gather(jobs, width, results.append))

    assert most == width
    assert sorted(results) == list(range(6))


def test_gather_without_jobs_hands_nothing_over(side: Side) -> None:
    results: list[object] = []

    side.run(lambda: side.runner.gather([], 2, results.append))

    assert results == []


class Endless:
    """A job that goes on from step to step until it is stopped."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.begun = threading.Event()
        self.closed = False
        self.ran_out = False

    def steps(self) -> Steps[str]:
        until = time.monotonic() + GENEROUS
        try:
            while time.monotonic() < until:
                self.begun.set()
                yield self.side.runner.pause(0)
            self.ran_out = True
        finally:
            self.closed = True
        return "was not stopped"

    def fail(self) -> Steps[str]:
        """Fail as soon as the other job has begun."""
        yield self.side.runner.offload(lambda: self.begun.wait(GENEROUS))
        raise LookupError


def test_the_first_error_stops_the_other_jobs_of_gather_and_is_raised(
    side: Side,
) -> None:
    endless = Endless(side)
    results: list[str] = []
    jobs = [endless.steps(), endless.fail()]

    with pytest.raises(LookupError):
        side.run(lambda: side.runner.gather(jobs, 2, results.append))

    assert endless.begun.is_set()
    assert endless.closed
    assert not endless.ran_out
    assert results == []


def test_an_error_of_done_stops_the_jobs_of_gather_and_is_raised(side: Side) -> None:
    endless = Endless(side)

    def quick() -> Steps[str]:
        yield side.runner.offload(lambda: endless.begun.wait(GENEROUS))
        return "quick"

    def done(result: str) -> None:
        raise LookupError(result)

    jobs = [endless.steps(), quick()]
    with pytest.raises(LookupError, match="quick"):
        side.run(lambda: side.runner.gather(jobs, 2, done))

    assert endless.closed
    assert not endless.ran_out


def test_results_that_arrive_after_the_first_error_of_gather_are_handed_over(
    side: Side,
) -> None:
    failed = threading.Event()
    begun = threading.Semaphore(0)

    def answered() -> Steps[str]:
        yield side.runner.offload(begun.release)
        yield side.runner.offload(lambda: failed.wait(GENEROUS))
        return "answered"

    def fail() -> Steps[str]:
        for _ in range(2):
            yield side.runner.offload(begun.acquire)
        failed.set()
        raise LookupError

    results: list[str] = []
    jobs = [answered(), fail(), answered()]
    with pytest.raises(LookupError):
        side.run(lambda: side.runner.gather(jobs, 3, results.append))

    assert results == ["answered"] * 2


def test_after_the_first_error_of_gather_no_calls_are_begun(side: Side) -> None:
    begun = threading.Event()
    ran_out = False

    def call() -> Steps[None]:
        begun.set()
        yield

    def calls() -> Steps[str]:
        nonlocal ran_out
        until = time.monotonic() + GENEROUS
        while time.monotonic() < until:
            yield side.runner.run(call())
            # Let the other job run.
            yield side.runner.offload(lambda: None)
        ran_out = True
        return "was not stopped"

    def fail() -> Steps[str]:
        yield side.runner.offload(lambda: begun.wait(GENEROUS))
        raise LookupError

    results: list[str] = []
    with pytest.raises(LookupError):
        side.run(lambda: side.runner.gather([calls(), fail()], 2, results.append))

    assert results == []
    assert not ran_out


def test_after_an_error_of_gather_no_job_is_begun(side: Side) -> None:
    made: list[str] = []

    def fail() -> Steps[None]:
        yield
        raise LookupError

    def late() -> Steps[None]:
        made.append("late")
        yield

    jobs = [fail(), late()]
    with pytest.raises(LookupError):
        side.run(lambda: side.runner.gather(jobs, 1, lambda _: None))

    assert made == []


def test_an_error_of_gather_ends_the_waits_of_its_jobs(side: Side) -> None:
    begun = threading.Event()

    def wait() -> Steps[str]:
        begun.set()
        yield side.runner.pause(100 * GENEROUS)
        return "waited"

    def fail() -> Steps[str]:
        yield side.runner.offload(lambda: begun.wait(GENEROUS))
        raise LookupError

    results: list[str] = []
    jobs = [wait(), fail()]
    with pytest.raises(LookupError):
        side.run(lambda: side.runner.gather(jobs, 2, results.append))

    assert results == []


def test_an_interrupt_of_a_job_of_gather_is_raised_at_once() -> None:
    release, begun = threading.Event(), threading.Event()

    def hold() -> Steps[None]:
        begun.set()
        yield release.wait(GENEROUS)

    def interrupt() -> Steps[None]:
        yield begun.wait(GENEROUS)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SYNC.gather([hold(), interrupt()], 2, lambda _: None)

    assert not release.is_set()
    release.set()


def test_an_interrupt_while_gather_starts_its_jobs_stops_them() -> None:
    endless = Endless(SYNC_SIDE)

    class Jobs(list[t.Any]):
        def __iter__(self) -> t.Iterator[t.Any]:
            yield endless.steps()
            assert endless.begun.wait(GENEROUS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SYNC.gather(Jobs(), 2, lambda _: None)

    until = time.monotonic() + GENEROUS
    while not endless.closed and time.monotonic() < until:
        time.sleep(0.001)
    assert endless.closed
    assert not endless.ran_out


def test_a_job_of_gather_that_is_cancelled_from_within_is_an_error() -> None:
    def steps() -> Steps[None]:
        yield
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(ASYNC.gather([steps()], 2, lambda _: None))


def test_cancelling_gather_closes_its_jobs() -> None:
    closed: list[str] = []

    def steps(name: str, begun: asyncio.Event) -> Steps[None]:
        try:
            begun.set()
            yield asyncio.Event().wait()
        finally:
            closed.append(name)

    async def main() -> None:
        events = [asyncio.Event(), asyncio.Event()]
        jobs = [steps(name, event) for name, event in zip("ab", events, strict=True)]
        job: t.Any = ASYNC.gather(jobs, 2, lambda _: None)
        task = asyncio.ensure_future(job)
        for event in events:
            await asyncio.wait_for(event.wait(), GENEROUS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert sorted(closed) == ["a", "b"]


# --- iterate


class Batches:
    """A source of batches, one for each time that it is filled."""

    def __init__(self, side: Side, *batches: t.Iterable[int] | Exception) -> None:
        self.side = side
        self.items: collections.deque[int] = collections.deque()
        self.closed = 0
        self._batches = iter(batches)
        self._lock = threading.Lock()

    def fill(self) -> Steps[bool]:
        yield self.side.runner.pause(0)
        with self._lock:
            batch = next(self._batches, None)
        if batch is None:
            return False
        if isinstance(batch, Exception):
            raise batch
        self.items.extend(batch)
        return True

    def close(self) -> None:
        self.closed += 1


def following(side: Side, iterator: t.Any) -> t.Any:
    """Return the next item of an iterator, or END."""
    return side.run(lambda: side.runner.next(iterator))


def test_an_iterator_results_in_all_items_in_order(side: Side) -> None:
    source = Batches(side, [1, 2], [3])

    assert side.collect(lambda: side.runner.iterate(source)) == [1, 2, 3]


def test_an_iterator_fills_its_source_when_an_item_is_wanted(side: Side) -> None:
    source = Batches(side, [1, 2], [3])
    iterator = side.runner.iterate(source)
    assert list(source.items) == []

    assert following(side, iterator) == 1
    assert list(source.items) == [2]


def test_an_iterator_fills_again_when_the_items_were_taken_meanwhile(
    side: Side,
) -> None:
    # An empty batch: another thread or task took what was filled.
    source = Batches(side, [1], [], [], [2])

    assert side.collect(lambda: side.runner.iterate(source)) == [1, 2]


def test_an_iterator_fills_again_when_the_last_item_is_taken_first(side: Side) -> None:
    class Contested(collections.deque[int]):
        """Another thread takes the first item between the look and the grasp."""

        def popleft(self) -> int:
            taken = super().popleft()
            if taken == 0:
                raise IndexError
            return taken

    source = Batches(side, [0], [1])
    source.items = Contested()

    assert side.collect(lambda: side.runner.iterate(source)) == [1]


def test_an_iterator_goes_on_after_an_error_of_its_source(side: Side) -> None:
    source = Batches(side, [1], LookupError("lost"), [2])
    iterator = side.runner.iterate(source)
    assert following(side, iterator) == 1

    with pytest.raises(LookupError, match="lost"):
        following(side, iterator)

    assert source.closed == 0
    assert following(side, iterator) == 2


def test_an_iterator_closes_its_source_once_at_its_end(side: Side) -> None:
    source = Batches(side, [1])
    iterator = side.runner.iterate(source)
    assert following(side, iterator) == 1
    assert source.closed == 0

    assert following(side, iterator) is END
    assert source.closed == 1
    assert following(side, iterator) is END
    del iterator
    gc.collect()
    assert source.closed == 1


def test_an_iterator_closes_its_source_when_it_is_dropped(side: Side) -> None:
    source = Batches(side, [1, 2])
    iterator = side.runner.iterate(source)
    assert following(side, iterator) == 1

    del iterator
    gc.collect()

    assert source.closed == 1


def test_threads_that_share_an_iterator_share_its_items() -> None:
    numbers = range(400)
    source = Batches(SYNC_SIDE, *([number] for number in numbers))
    iterator = SYNC.iterate(source)
    together = threading.Barrier(4, timeout=GENEROUS)

    def take(_: int) -> list[int]:
        together.wait()
        return list(iterator)

    with concurrent.futures.ThreadPoolExecutor(4) as executor:
        shares = list(executor.map(take, range(4)))

    assert sorted(item for share in shares for item in share) == list(numbers)
    assert source.closed == 1


def test_tasks_that_share_an_iterator_share_its_items() -> None:
    numbers = range(400)
    source = Batches(ASYNC_SIDE, *([number] for number in numbers))

    async def take(iterator: t.Any) -> list[int]:
        return [item async for item in iterator]

    async def main() -> list[list[int]]:
        iterator = ASYNC.iterate(source)
        return await asyncio.gather(*(take(iterator) for _ in range(4)))

    shares = asyncio.run(main())

    assert sorted(item for share in shares for item in share) == list(numbers)
    assert all(shares)
    assert source.closed == 1


def test_an_interrupt_between_two_steps_is_seen_by_the_steps() -> None:
    seen: list[BaseException] = []

    def steps() -> Steps[None]:
        try:
            yield 1
        except KeyboardInterrupt as error:
            seen.append(error)
            raise

    class Interrupted:
        """Steps whose runner is interrupted before it sends a result."""

        def __init__(self, steps: Steps[None]) -> None:
            self._steps = steps
            self.throw, self.close = steps.throw, steps.close

        @property
        def gi_frame(self) -> t.Any:
            return t.cast("t.Any", self._steps).gi_frame

        def __next__(self) -> t.Any:
            return next(self._steps)

        def send(self, result: object) -> t.NoReturn:
            raise KeyboardInterrupt(result)

    interrupted: t.Any = Interrupted(steps())

    with pytest.raises(KeyboardInterrupt) as caught:
        SYNC.run(interrupted)
    assert seen == [caught.value]


def test_a_wait_for_calls_looks_for_signals_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns: list[float] = []
    original = concurrent.futures.wait

    def wait(futures: t.Any, timeout: float, return_when: str) -> t.Any:
        turns.append(timeout)
        if len(turns) == 3:
            future.set_result("done")
        return original(futures, 0, return_when)

    future: concurrent.futures.Future[str] = concurrent.futures.Future()
    monkeypatch.setattr(concurrent.futures, "wait", wait)

    done, pending = first_done([future])

    assert ({one.result() for one in done}, pending) == ({"done"}, set())
    assert turns == [0.5, 0.5, 0.5]
