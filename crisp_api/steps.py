"""One body for both faces: a job is a generator, which is driven from here.

It yields what a call gives: on the blocking face the answer itself, on the awaited one
what is to be awaited for it. Either way the answer is sent back, and an error is raised
where the call stands, so that a ``try`` or a ``with`` around a ``yield`` holds on both.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import typing as t

__all__ = ["END", "Outcomes", "Steps", "advance", "collect", "run", "together"]

T = t.TypeVar("T")

Steps = t.Generator[t.Any, t.Any, T]

Outcomes = tuple[list[t.Any], Exception | None]
"""What calls gave, in their order up to one that failed, and its error."""

END: t.Final = object()
"""What `advance` gives after the last item."""


def run(client: t.Any, steps: Steps[T]) -> T | t.Coroutine[None, None, T]:
    """Do a job: at once with a `Crisp`, and with an `AsyncCrisp` when it is awaited."""
    return _awaited(steps) if hasattr(client, "__aenter__") else _driven(steps)


def advance(iterator: t.Any) -> t.Any:
    """Give the next item of an iterator to yield, and `END` after the last."""
    if hasattr(iterator, "__anext__"):
        return anext(iterator, END)
    return next(iterator, END)


def collect(iterator: t.Any) -> t.Any:
    """Give all items of an iterator to yield, in a list."""
    return _collected(iterator) if hasattr(iterator, "__anext__") else list(iterator)


async def _collected(iterator: t.AsyncIterator[T]) -> list[T]:
    return [item async for item in iterator]


def together(
    client: t.Any, calls: t.Sequence[t.Callable[[], t.Any]], width: int
) -> Outcomes | t.Coroutine[None, None, Outcomes]:
    """Make calls, so many at a time, and give what comes of them to yield."""
    make = _gathered if hasattr(client, "__aenter__") else _threaded
    return make(calls, width)


def _threaded(calls: t.Sequence[t.Callable[[], t.Any]], width: int) -> Outcomes:
    answers: list[t.Any] = []
    with concurrent.futures.ThreadPoolExecutor(width) as pool:
        waiting = [pool.submit(call) for call in calls]
        try:
            for one in waiting:
                answers += [one.result()]
        except Exception as error:  # noqa: BLE001 - the caller raises it
            return answers, error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return answers, None


async def _gathered(calls: t.Sequence[t.Callable[[], t.Any]], width: int) -> Outcomes:
    turns = asyncio.Semaphore(width)

    async def make(call: t.Callable[[], t.Any]) -> t.Any:
        async with turns:
            return await call()

    answers: list[t.Any] = []
    waiting = [asyncio.ensure_future(make(call)) for call in calls]
    try:
        for one in waiting:
            answers += [await one]
    except Exception as error:  # noqa: BLE001 - the caller raises it
        return answers, error
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return answers, None


def _driven(steps: Steps[T]) -> T:
    answer = None
    with contextlib.closing(steps):
        while True:
            try:
                answer = steps.send(answer)
            except StopIteration as end:
                return t.cast("T", end.value)


async def _awaited(steps: Steps[T]) -> T:
    with contextlib.closing(steps):
        try:
            waiting = next(steps)
            while True:
                try:
                    answer = await waiting
                except BaseException as error:  # noqa: BLE001 - raised in the job
                    waiting = steps.throw(error)
                else:
                    waiting = steps.send(answer)
        except StopIteration as end:
            return t.cast("T", end.value)
