"""Pages, walked through: `paginate` for lists, `history` for the messages of one.

What is asked next, and which items are given, is decided by a plan, without waiting
or sending; iterators for either face carry it out.
"""

from __future__ import annotations

import asyncio
import collections
import concurrent.futures
import dataclasses
import functools
import inspect
import math
import threading
import typing as t
import weakref

from crisp_api.declare import is_awaited
from crisp_api.errors import CrispError

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["history", "paginate"]

_USUAL_SIZE: t.Final = 20
_MESSAGES_A_PAGE: t.Final = 40
# Of the keys of items; those of one page come again in the next few, if at all.
_REMEMBERED: t.Final = 10_000

P = t.ParamSpec("P")
T = t.TypeVar("T")

Call = t.Callable[[], t.Any]
Pages = t.Callable[P, list[T]]
AwaitedPages = t.Callable[P, t.Coroutine[t.Any, t.Any, list[T]]]


@t.overload
def paginate(
    method: AwaitedPages[P, T], *args: P.args, **kwargs: P.kwargs
) -> t.AsyncIterator[T]: ...
@t.overload
def paginate(
    method: Pages[P, T], *args: P.args, **kwargs: P.kwargs
) -> t.Iterator[T]: ...
@t.overload
def paginate(
    method: AwaitedPages[..., T],
    *args: t.Any,
    limit: int | None = None,
    start_page: int = 1,
    prefetch: int = 1,
    stop_on_short_page: bool = False,
    key: str | None = None,
    **kwargs: t.Any,
) -> t.AsyncIterator[T]: ...
@t.overload
def paginate(
    method: Pages[..., T],
    *args: t.Any,
    limit: int | None = None,
    start_page: int = 1,
    prefetch: int = 1,
    stop_on_short_page: bool = False,
    key: str | None = None,
    **kwargs: t.Any,
) -> t.Iterator[T]: ...
def paginate(  # noqa: PLR0913 - named, but for the call's own
    method: t.Any,
    *args: t.Any,
    limit: t.Any = None,
    start_page: t.Any = 1,
    prefetch: t.Any = 1,
    stop_on_short_page: t.Any = False,
    key: t.Any = None,
    **kwargs: t.Any,
) -> t.Any:
    """Give the items of a list that comes in pages, page by page, as they are wanted.

    It ends at the first page without items. Crisp's lists move while they are walked:
    an item that comes again within ten thousand is left out, where its row says by
    what to know it. An item may also be missed, as one before it left the list; in an
    order that stays (``order_date_created``), only what is removed leaves it.

    After an error the iterator can be asked again: it goes on with the page that
    failed, whose number is the error's ``page_number``.

    Args:
        method: a call with a ``page_number``, such as
            ``client.website.list_conversations``; with an `AsyncCrisp`, iterate by
            ``async for``.
        args: its arguments, without the ``page_number``.
        limit: how many items to give at most.
        start_page: where to begin.
        prefetch: how many pages to ask for at once. Their items come in order; at the
            end, up to so many requests less one were in vain.
        stop_on_short_page: end at a page with fewer items than ``per_page``, which must
            be said, and save the request for the empty one.
        key: the field by which to know an item again, where the row says none.
        kwargs: its arguments by name.

    Raises:
        TypeError: the call has no ``page_number``, or not these arguments.
        ValueError: an option is out of range.
    """
    while isinstance(method, functools.partial):
        args, kwargs = (*method.args, *args), {**method.keywords, **kwargs}
        method = method.func
    name = getattr(method, "__qualname__", repr(method))
    _check_call(name, method, args, kwargs)
    least = {"limit": 0, "start_page": 1, "prefetch": 1}
    for option, value in zip(least, (limit, start_page, prefetch), strict=True):
        if value is not None and value < least[option]:
            message = f"{option} must be {least[option]} or more, not {value}"
            raise ValueError(message)
    per_page: int | None = kwargs.get("per_page")
    if stop_on_short_page and per_page is None:
        message = "stop_on_short_page needs per_page, to tell which page is short"
        raise ValueError(message)
    call = functools.partial(method, *args, **kwargs)
    plan = _Numbered(name, call, key or getattr(method, "key", None))
    plan.number = start_page
    plan.size = per_page
    plan.stop_on_short_page = stop_on_short_page
    return _walk(plan, limit, prefetch, awaits=is_awaited(method))


@t.overload
def history(
    client: Crisp,
    website_id: str,
    session_id: str,
    *,
    oldest_first: bool = False,
    limit: int | None = None,
    timestamp_before: int | None = None,
    stop_on_short_page: bool = False,
) -> t.Iterator[ty.ConversationMessage]: ...
@t.overload
def history(
    client: AsyncCrisp,
    website_id: str,
    session_id: str,
    *,
    oldest_first: bool = False,
    limit: int | None = None,
    timestamp_before: int | None = None,
    stop_on_short_page: bool = False,
) -> t.AsyncIterator[ty.ConversationMessage]: ...
def history(  # noqa: PLR0913 - named, but for three
    client: t.Any,
    website_id: str,
    session_id: str,
    *,
    oldest_first: bool = False,
    limit: int | None = None,
    timestamp_before: int | None = None,
    stop_on_short_page: bool = False,
) -> t.Any:
    """Give the messages of a conversation, newest first, as they are wanted.

    None is lost where several have the same millisecond, or given twice. After an
    error the iterator can be asked again.

    Args:
        client: a `Crisp`; with an `AsyncCrisp`, iterate by ``async for``.
        website_id: where the conversation is.
        session_id: the conversation.
        oldest_first: give the oldest first, once all of them are there.
        limit: how many to give at most.
        timestamp_before: milliseconds; begin with those before.
        stop_on_short_page: end at a page with fewer than 40 messages, as Crisp's own
            export does, and save the request for an empty one.

    Raises:
        CrispError: 80 messages or more are of one millisecond, which no request can
            tell apart.
    """
    if limit is not None and limit < 0:
        message = f"limit must be 0 or more, not {limit}"
        raise ValueError(message)
    method = client.website.get_messages_in_conversation
    call = functools.partial(method, website_id, session_id)
    plan = _Backwards(call, timestamp_before)
    plan.oldest_first = oldest_first
    plan.stop_on_short_page = stop_on_short_page
    return _walk(plan, limit, 1, awaits=is_awaited(method))


def _check_call(
    name: str, method: t.Any, args: tuple[t.Any, ...], kwargs: dict[str, t.Any]
) -> None:
    """Refuse what the pages of cannot be asked for."""
    signature = inspect.signature(method)
    if "page_number" not in signature.parameters:
        message = f"{name} has no page_number, and so no pages"
        raise TypeError(message)
    if "page_number" in kwargs:
        message = "paginate counts the page_number; begin elsewhere with start_page"
        raise TypeError(message)
    signature.bind(*args, page_number=1, **kwargs)


class _Asked(t.NamedTuple):
    """A page that is wanted."""

    where: dict[str, int]
    call: Call


class _Plan(t.Protocol):
    """What is asked next, and what is given of the answers."""

    is_over: bool
    size: int | None

    def ask(self) -> _Asked:
        """Say what to ask next, while it is not over."""
        ...

    def take(self, page: list[t.Any]) -> list[t.Any]:
        """Give what is new in an answer; they come in the order of the questions."""
        ...

    def note(self, where: dict[str, int], error: Exception) -> None:
        """Say in an error what could not be had."""
        ...


class _Numbered:
    """A list whose pages have numbers, until one is empty."""

    def __init__(self, name: str, call: Call, key: str | None) -> None:
        self.is_over = False
        self.number = 1
        self.size: int | None = None
        self.stop_on_short_page = False
        self._name = name
        self._call = call
        self._key = key
        self._seen: dict[t.Any, None] = {}

    def ask(self) -> _Asked:
        """Say which page to ask for next."""
        where = {"page_number": self.number}
        self.number += 1
        return _Asked(where, functools.partial(self._call, **where))

    def take(self, page: list[t.Any]) -> list[t.Any]:
        """Give the items that were not in the last pages."""
        if not isinstance(t.cast("object", page), list):
            message = f"{self._name} gives {page!r:.100}, which is no list of items"
            raise TypeError(message)
        fewest = (self.size or 1) if self.stop_on_short_page else 1
        self.is_over = len(page) < fewest
        return [item for item in page if self._is_new(item)]

    def _is_new(self, item: t.Any) -> bool:
        if self._key is None:
            return True
        is_object = isinstance(item, dict)
        known = t.cast("t.Any", item).get(self._key) if is_object else item
        if known is None:
            return True
        is_new = known not in self._seen
        self._seen.pop(known, None)
        self._seen[known] = None
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return is_new

    def note(self, where: dict[str, int], error: Exception) -> None:
        """Say in an error which page could not be had."""
        number = where["page_number"]
        error.add_note(
            f"This was page {number} of {self._name}. Ask the iterator again to go on "
            f"with it, or begin there with start_page={number}."
        )
        if isinstance(error, CrispError):
            error.page_number = number


class _Backwards:
    """The messages of a conversation, from a moment back to the first.

    A page is asked for up to and with the oldest millisecond that is there: more
    messages may have it than came.
    """

    def __init__(self, call: Call, before: int | None) -> None:
        self.is_over = False
        self.size: int | None = _MESSAGES_A_PAGE
        self.oldest_first = False
        self.stop_on_short_page = False
        self._call = call
        self._where = {} if before is None else {"timestamp_before": before}
        # The oldest millisecond that was had, and the fingerprints there.
        self._at: float = math.inf
        self._looked_after: float = math.inf
        self._there: set[int] = set()
        self._kept: list[t.Any] = []

    def ask(self) -> _Asked:
        """Say which messages to ask for next."""
        return _Asked(self._where, functools.partial(self._call, **self._where))

    def take(self, page: list[t.Any]) -> list[t.Any]:
        """Give the new ones, or all of them at the end."""
        looked_after = "timestamp_after" in self._where
        full = len(page) >= _MESSAGES_A_PAGE
        if looked_after:
            page = [message for message in page if message["timestamp"] == self._at]
        new = sorted(
            (message for message in page if self._is_new(message)),
            key=lambda message: message["timestamp"],
        )
        if looked_after and len(page) == len(new) == _MESSAGES_A_PAGE:
            message = (
                f"{2 * _MESSAGES_A_PAGE} messages or more have the timestamp "
                f"{self._at}, and not all of them can be asked for; go on before "
                f"them with timestamp_before={self._at}"
            )
            raise CrispError(message)
        self._turn(new, full=full, looked_after=looked_after)
        if not self.oldest_first:
            return list(reversed(new))
        self._kept += reversed(new)
        return list(reversed(self._kept)) if self.is_over else []

    def _turn(self, new: list[t.Any], *, full: bool, looked_after: bool) -> None:
        """Decide what to ask next."""
        if new and new[0]["timestamp"] < self._at:
            self._at = new[0]["timestamp"]
            self._there = set()
        self._there |= {
            message["fingerprint"]
            for message in new
            if message["timestamp"] == self._at
        }
        if looked_after:
            self._where = {"timestamp_before": int(self._at)}
        elif new and (full or not self.stop_on_short_page):
            self._where = {"timestamp_before": int(self._at) + 1}
        elif full and not new:
            # As many as a page holds have this millisecond; the first of them may be
            # had from the other side.
            if self._looked_after == self._at:
                message = f"Crisp gives no messages before the timestamp {self._at}"
                raise CrispError(message)
            self._looked_after = self._at
            self._where = {"timestamp_after": int(self._at) - 1}
        else:
            self.is_over = True

    def _is_new(self, message: t.Any) -> bool:
        if message["timestamp"] == self._at:
            return message["fingerprint"] not in self._there
        return bool(message["timestamp"] < self._at)

    def note(self, where: dict[str, int], error: Exception) -> None:
        """Say in an error which messages could not be had."""
        asked = ", ".join(f"{name}={value}" for name, value in where.items())
        error.add_note(
            f"These were the messages with {asked or 'no timestamp'}. "
            "Ask the iterator again to go on with them."
        )


def _walk(plan: _Plan, limit: int | None, prefetch: int, *, awaits: bool) -> t.Any:
    return (_Awaited if awaits else _Blocking)(plan, limit, prefetch)


@dataclasses.dataclass
class _Waiting:
    """A page that is asked for; one that failed has no answer until it is again."""

    asked: _Asked
    answer: t.Any = None


def _is_lost(waiting: _Waiting) -> bool:
    """Tell whether a page that is asked for has failed."""
    known: t.Any = waiting.answer
    if not hasattr(known, "done"):
        return False
    return known.done() and (known.cancelled() or known.exception() is not None)


class _Walk:
    """What iterators of both faces share: pages under way, and items that are there."""

    _end: t.Callable[[], object]

    def __init__(self, plan: _Plan, limit: int | None, prefetch: int) -> None:
        self._plan = plan
        self._left = math.inf if limit is None else limit
        self._prefetch = prefetch
        self._under_way: collections.deque[_Waiting] = collections.deque()
        self._items: collections.deque[t.Any] = collections.deque()
        self._has_failed = False

    if t.TYPE_CHECKING:

        def _start(self, call: Call) -> t.Any:
            """Begin to ask for a page."""

    def _wants(self) -> bool:
        """Tell whether another page must come before an item can be given."""
        return self._left > 0 and not self._items and not self._plan.is_over

    def _first(self) -> _Waiting:
        """Give the page that is next, and see that others are under way behind it."""
        if self._has_failed:
            # What failed before it was asked to go on is no news.
            for waiting in filter(_is_lost, self._under_way):
                waiting.answer = None
            self._has_failed = False
        pages = self._left / (self._plan.size or _USUAL_SIZE)
        while len(self._under_way) < min(self._prefetch, max(pages, 1)):
            self._under_way.append(_Waiting(self._plan.ask()))
        for waiting in self._under_way:
            if waiting.answer is None:
                waiting.answer = self._start(waiting.asked.call)
        return self._under_way[0]

    def _failed(self, waiting: _Waiting, error: BaseException) -> None:
        """Take note that a page did not come, and is to be asked for again."""
        waiting.answer = None
        self._has_failed = True
        if isinstance(error, Exception):
            self._plan.note(waiting.asked.where, error)

    def _came(self, page: list[t.Any]) -> None:
        """Take the page that was next."""
        self._items.extend(self._plan.take(page))
        self._under_way.popleft()

    def _item(self, end: type[Exception]) -> t.Any:
        """Give an item that is there, or say that there is no other."""
        if not self._left or not self._items:
            self._end()
            raise end
        self._left -= 1
        return self._items.popleft()


class _Blocking(_Walk, t.Iterator[t.Any]):
    """Pages from calls that block; those ahead are asked for in threads."""

    def __init__(self, plan: _Plan, limit: int | None, prefetch: int) -> None:
        super().__init__(plan, limit, prefetch)
        self._pool = concurrent.futures.ThreadPoolExecutor(prefetch)
        # The same once nobody asks any more.
        self._end = weakref.finalize(
            self, self._pool.shutdown, wait=False, cancel_futures=True
        )
        # For those who share it.
        self._turn = threading.Lock()

    def _start(self, call: Call) -> t.Any:
        return call if self._prefetch == 1 else self._pool.submit(call)

    def __next__(self) -> t.Any:
        with self._turn:
            while self._wants():
                waiting = self._first()
                ask = waiting.answer if self._prefetch == 1 else waiting.answer.result
                try:
                    self._came(ask())
                except BaseException as error:
                    self._failed(waiting, error)
                    raise
            return self._item(StopIteration)


class _Awaited(_Walk, t.AsyncIterator[t.Any]):
    """Pages from calls that are awaited; those ahead are asked for in tasks."""

    def __init__(self, plan: _Plan, limit: int | None, prefetch: int) -> None:
        super().__init__(plan, limit, prefetch)
        self._end = weakref.finalize(self, _cancel, self._under_way)
        # For those who share it.
        self._turn = asyncio.Lock()

    def _start(self, call: Call) -> t.Any:
        if self._prefetch == 1:
            return call()
        task: asyncio.Task[t.Any] = asyncio.ensure_future(call())
        # It may fail with nobody waiting for it any more.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task

    async def __anext__(self) -> t.Any:
        while self._wants():
            async with self._turn:
                if self._wants():
                    await self._read()
        return self._item(StopAsyncIteration)

    async def _read(self) -> None:
        """Take the next page."""
        waiting = self._first()
        try:
            self._came(await waiting.answer)
        except BaseException as error:
            self._failed(waiting, error)
            raise


def _cancel(under_way: t.Iterable[_Waiting]) -> None:
    """Cancel what is under way, from wherever its iterator was let go of."""
    for waiting in under_way:
        task: t.Any = waiting.answer
        if isinstance(task, asyncio.Task) and not task.get_loop().is_closed():
            task.get_loop().call_soon_threadsafe(task.cancel)
