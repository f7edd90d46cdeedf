"""One body for both faces: a job is a generator, which is driven from here.

It yields what a call gives: on the blocking face the answer itself, on the awaited one
what is to be awaited for it. Either way the answer is sent back, and an error is raised
where the call stands, so that a ``try`` or a ``with`` around a ``yield`` holds on both.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
import typing as t

__all__ = ["END", "Call", "Steps", "advance", "collect", "run", "together"]

T = t.TypeVar("T")

Steps = t.Generator[t.Any, t.Any, T]

Call = t.Callable[[t.Callable[[], bool]], t.Any]
"""One of many calls; it is given what tells whether all of them are over."""

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


def collect(iterator: t.Any, is_over: t.Callable[[], bool]) -> t.Any:
    """Give all items of an iterator to yield, in a list; fewer once it is over."""
    if hasattr(iterator, "__anext__"):
        return _collected(iterator)
    items: list[t.Any] = []
    for item in iterator:
        if is_over():
            break
        items.append(item)
    return items


async def _collected(iterator: t.AsyncIterator[T]) -> list[T]:
    return [item async for item in iterator]


def together(
    client: t.Any,
    calls: t.Sequence[Call],
    width: int,
    done: t.Callable[[t.Any], object],
) -> t.Any:
    """Make calls, so many at a time, and hand on what each gives as it comes; to yield.

    The first error ends all of them, and is raised.
    """
    make = _gathered if hasattr(client, "__aenter__") else _threaded
    return make(calls, width, done)


def _threaded(
    calls: t.Sequence[Call], width: int, done: t.Callable[[t.Any], object]
) -> None:
    is_over = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(width) as pool:
        waiting = [pool.submit(call, is_over.is_set) for call in calls]
        try:
            for one in concurrent.futures.as_completed(waiting):
                done(one.result())
        finally:
            is_over.set()
            pool.shutdown(wait=False, cancel_futures=True)


async def _gathered(
    calls: t.Sequence[Call], width: int, done: t.Callable[[t.Any], object]
) -> None:
    turns = asyncio.Semaphore(width)

    async def make(call: Call) -> None:
        async with turns:
            # Once it is over, this is cancelled.
            done(await call(lambda: False))

    waiting = [asyncio.ensure_future(make(call)) for call in calls]
    try:
        await asyncio.gather(*waiting)
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


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
