"""Iterators that threads or tasks may share, and the steps that fill them.

A source gets items ready, as steps (see `crisp_api.runners`). The iterators hand them
out, and let one thread or task at a time fill the source.
"""

from __future__ import annotations

import asyncio
import collections
import threading
import typing as t
import weakref

__all__ = ["END", "SharedAsyncIterator", "SharedIterator", "Source", "Steps"]

T = t.TypeVar("T")

Steps = t.Generator[t.Any, t.Any, T]
"""A generator that yields steps and returns a T."""

END: t.Final = object()
"""The result of `Runner.next` after the last item."""


class Source(t.Protocol):
    """The source of the items of an iterator.

    Attributes:
        items: the items that are ready.
    """

    items: collections.deque[t.Any]

    def fill(self) -> Steps[bool]:
        """Get items ready; return whether there are any, or may be later.

        One thread or task at a time calls it, while others take items.
        """
        ...

    def close(self) -> None:
        """Release the resources of the source; callable from any thread."""
        ...


class Drives(t.Protocol):
    """A runner, as far as an iterator needs it."""

    def drive(self, steps: Steps[t.Any]) -> t.Any:
        """Drive steps to their end."""
        ...


class SharedIterator(t.Iterator[t.Any]):
    """Items of a source, for calls that block."""

    def __init__(self, source: Source, runner: Drives) -> None:
        self._runner = runner
        self._source = source
        # For threads that share it. Held by a ``with``, which no interrupt can leave.
        self._lock = threading.Lock()
        # Also when the iterator is dropped before its end.
        self._close = weakref.finalize(self, source.close)

    def __repr__(self) -> str:
        return f"<iterator over {self._source}>"

    def __next__(self) -> t.Any:
        items = self._source.items
        # Another thread may take the item that was made ready here.
        while not items or (item := _popped(items)) is END:
            with self._lock:
                is_over = not items and not self._runner.drive(self._source.fill())
            if is_over:
                self._close()
                raise StopIteration
        return item


class SharedAsyncIterator(t.AsyncIterator[t.Any]):
    """Items of a source, for calls that are awaited."""

    def __init__(self, source: Source, runner: Drives) -> None:
        self._runner = runner
        self._source = source
        # For tasks that share it.
        self._lock = asyncio.Lock()
        # Also when the iterator is dropped before its end.
        self._close = weakref.finalize(self, source.close)

    def __repr__(self) -> str:
        return f"<async iterator over {self._source}>"

    async def __anext__(self) -> t.Any:
        items = self._source.items
        # Another task may take the item that was made ready here.
        while not items or (item := _popped(items)) is END:
            async with self._lock:
                is_over = not items and not await self._runner.drive(
                    self._source.fill()
                )
            if is_over:
                self._close()
                raise StopAsyncIteration
        return item


def _popped(items: collections.deque[t.Any]) -> t.Any:
    """Take the first item, END where another thread was faster."""
    try:
        return items.popleft()
    except IndexError:
        return END
