"""Lists in pages: `paginate` for any of them, `history` for messages.

A plan (`crisp_api.paging.plans`) decides which page to request next and which of its
items are new, without waiting or sending. A walk (`crisp_api.paging.walk`) requests the
pages, some ahead, and is iterated in the way of the client.
"""

from __future__ import annotations

import functools
import inspect
import typing as t

from crisp_api._renamed import refuse_old_options
from crisp_api.client import check_client
from crisp_api.declare import runner_of
from crisp_api.paging.plans import HistoryPlan, NumberedPlan
from crisp_api.paging.walk import ListShrankWarning, Walk
from crisp_api.types.values import Moment

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["ListShrankWarning", "history", "paginate"]

P = t.ParamSpec("P")
T = t.TypeVar("T")

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
    snapshot: bool = False,
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
    snapshot: bool = False,
    **kwargs: t.Any,
) -> t.Iterator[T]: ...
@refuse_old_options(short_page_ends="stop_on_short_page")
def paginate(  # noqa: PLR0913 - named, but for the call's own
    method: t.Any,
    *args: t.Any,
    limit: t.Any = None,
    start_page: t.Any = 1,
    prefetch: t.Any = 1,
    stop_on_short_page: t.Any = False,
    key: t.Any = None,
    snapshot: t.Any = False,
    **kwargs: t.Any,
) -> t.Any:
    """Iterate over the items of a list that comes in pages.

    Pages are requested as their items are wanted, until one is empty. Crisp's lists
    move meanwhile: a new conversation pushes others to the next page. Duplicates are
    dropped, by the field that the endpoint declares or the one you name with ``key``,
    as long as fewer than ten thousand items are between them.

    An item is missed if an item before it leaves the list during the walk. So if your
    loop changes what the list is filtered on, such as marking unread conversations
    read, pass ``snapshot=True``. Otherwise a `ListShrankWarning` tells you afterwards:
    at the end of a filtered list (with any ``filter_`` argument) of more than one page,
    the first page is requested once more, and compared. Without a ``filter_``
    argument, with ``snapshot`` or for items without a key, this request is not made.

    After an error, ask the iterator again: it resumes with the page that failed. Its
    number is the error's ``page_number``.

    Args:
        method: a call with a ``page_number``, such as
            ``client.website.list_conversations``; of an `AsyncCrisp`, iterate with
            ``async for``.
        args: its arguments, without the ``page_number``.
        limit: how many items to return at most.
        start_page: the number of the first page.
        prefetch: how many pages to request at once. Items keep their order. Up to
            ``prefetch - 1`` requests beyond the last page are wasted.
        stop_on_short_page: stop at a page with fewer items than ``per_page``, which
            you must then pass. It saves the request for the empty page.
        key: the field that identifies an item, if the endpoint declares none.
        snapshot: list all items first, up to the limit, and only then return the first
            one. Your loop may then change what the list is filtered on.
        kwargs: its keyword arguments.

    Raises:
        TypeError: the call has no ``page_number``, or not these arguments.
        ValueError: an option is out of range.
        CrispError: the same page came four times, for different numbers, or a page is
            not a list.
    """
    while isinstance(method, functools.partial):
        args, kwargs = (*method.args, *args), {**method.keywords, **kwargs}
        method = method.func
    name = getattr(method, "__qualname__", repr(method))
    args, kwargs = _call_arguments(name, method, args, kwargs)
    per_page: int | None = kwargs.get("per_page")
    _check_number("start_page", start_page, 1)
    _check_number("prefetch", prefetch, 1)
    if limit is not None:
        _check_number("limit", limit, 0)
    if per_page is not None:
        _check_number("per_page", per_page, 1)
    if stop_on_short_page and per_page is None:
        message = "stop_on_short_page needs per_page, to tell which page is short"
        raise ValueError(message)
    call = functools.partial(method, *args, **kwargs)
    plan = NumberedPlan(name, call, key or getattr(method, "key", None))
    plan.number = start_page
    plan.size = per_page
    plan.stop_on_short_page = stop_on_short_page
    runner = runner_of(method)
    walk = Walk(runner, plan, limit, prefetch, snapshot=snapshot)
    filters = [kwargs[name] for name in kwargs if name.startswith("filter_")]
    # The others are not sent.
    if not snapshot and any(value is not None and value != "" for value in filters):
        plan.is_filtered, walk.checked = True, plan
    return runner.iterate(walk)


@t.overload
def history(
    client: Crisp,
    website_id: str,
    session_id: str,
    *,
    oldest_first: bool = False,
    limit: int | None = None,
    timestamp_before: Moment | None = None,
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
    timestamp_before: Moment | None = None,
    stop_on_short_page: bool = False,
) -> t.AsyncIterator[ty.ConversationMessage]: ...
def history(  # noqa: PLR0913 - named, but for three
    client: t.Any,
    website_id: str,
    session_id: str,
    *,
    oldest_first: bool = False,
    limit: int | None = None,
    timestamp_before: Moment | None = None,
    stop_on_short_page: bool = False,
) -> t.Any:
    """Iterate over the messages of a conversation, newest first.

    Messages of the same millisecond are neither lost nor repeated. A message without a
    timestamp is returned next to the one that it came after. After an error, ask the
    iterator again: it resumes.

    Args:
        client: a `Crisp`; of an `AsyncCrisp`, iterate with ``async for``.
        website_id: the website.
        session_id: the conversation.
        oldest_first: return the oldest first, after all of them were fetched.
        limit: how many messages to return at most.
        timestamp_before: return only older messages; a datetime, a date, or
            milliseconds since 1970.
        stop_on_short_page: stop at a page with fewer than 40 messages, as Crisp's own
            export does. It saves the request for the empty page.

    Raises:
        CrispError: 80 messages or more have the same millisecond, and Crisp offers no
            way to request them all. Or the response is not a list, or always the same.
    """
    check_client("history", client)
    if limit is not None:
        _check_number("limit", limit, 0)
    method = client.website.get_messages_in_conversation
    call = functools.partial(method, website_id, session_id)
    plan = HistoryPlan(call, session_id, timestamp_before)
    plan.oldest_first = oldest_first
    plan.stop_on_short_page = stop_on_short_page
    runner = runner_of(method)
    return runner.iterate(Walk(runner, plan, limit, prefetch=1))


def _check_number(name: str, value: object, least: int) -> None:
    """Raise a ValueError for an option that is not a whole number from ``least`` on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        message = f"{name} must be a whole number, {least} or more, not {value!r}"
        raise ValueError(message)


def _call_arguments(
    name: str, method: t.Any, args: tuple[t.Any, ...], kwargs: dict[str, t.Any]
) -> tuple[tuple[t.Any, ...], dict[str, t.Any]]:
    """Return the arguments of a call, those after its page_number by their names.

    Raises:
        TypeError: the call has no pages or no answer, or takes other arguments.
    """
    signature = inspect.signature(method)
    by_place = inspect.Parameter.POSITIONAL_OR_KEYWORD
    names = [one.name for one in signature.parameters.values() if one.kind is by_place]
    if "page_number" not in signature.parameters:
        message = f"{name} has no page_number, and so no pages"
        raise TypeError(message)
    if signature.return_annotation in {None, "None"}:
        message = f"{name} returns nothing, and so no items"
        raise TypeError(message)
    if "page_number" in kwargs:
        message = "paginate counts the page_number; begin elsewhere with start_page"
        raise TypeError(message)
    if "page_number" in names:
        # An argument after it would otherwise be taken for it.
        place = names.index("page_number")
        args, rest, later = args[:place], args[place:], names[place + 1 :]
        if len(rest) > len(later):
            message = f"{name} has too many arguments; leave out the page_number"
            raise TypeError(message)
        named = dict(zip(later, rest, strict=False))
        for twice in named.keys() & kwargs.keys():
            message = f"{name}() got multiple values for argument {twice!r}"
            raise TypeError(message)
        kwargs = {**named, **kwargs}
    signature.bind(*args, page_number=1, **kwargs)
    return args, kwargs
