"""Lists that change while they are walked, and those that never end."""

from __future__ import annotations

import asyncio
import datetime as dt
import pathlib
import typing as t
import warnings

import pytest

from crisp_api import CrispError, ServerError, history, paginate
from crisp_api.http import Request, Response
from crisp_api.jobs import export_people, resolve_stale
from crisp_api.paging import ListShrankWarning
from tests.support.clients import Side
from tests.support.doubles import envelope

Items = list[t.Any]


class Inbox:
    """Unread conversations, in pages of 20; those that are marked leave the list.

    Attributes:
        unread: the conversations in the list.
        numbers: the pages that were requested.
        failing: the number of requests after which all fail.
    """

    def __init__(self, count: int) -> None:
        self.unread = [f"s{number}" for number in range(count)]
        self.numbers: list[int] = []
        self.failing = 1000

    def send(self, request: Request, /) -> Response:
        number = int(request.path.rpartition("/")[2])
        self.numbers.append(number)
        if len(self.numbers) > self.failing:
            return Response(request, 500, envelope({}, error=True))
        page = self.unread[20 * number - 20 : 20 * number]
        return Response(request, 200, envelope([{"session_id": one} for one in page]))


def each(
    side: Side, pages: t.Callable[[], t.Any], change: t.Callable[[t.Any], object]
) -> Items:
    """Return the items of an iterator; each is changed before the next is wanted."""
    found: Items = []
    if not side.is_async:
        for item in pages():
            found.append(item)
            change(item)
        return found

    async def main() -> Items:
        async for item in pages():
            found.append(item)
            change(item)
        return found

    return asyncio.run(main())


def mark_all(side: Side, inbox: Inbox, **options: t.Any) -> list[str]:
    """Mark each conversation read as it comes; return those that came."""
    website = side.client(transport=inbox, retry=None).website
    options = {"filter_unread": True, **options}

    found = each(
        side,
        lambda: paginate(website.list_conversations, "w", **options),
        lambda item: inbox.unread.remove(item["session_id"]),
    )
    return [item["session_id"] for item in found]


@pytest.mark.parametrize("prefetch", [1, 4])
def test_a_snapshot_returns_all_items_of_a_list_that_the_loop_shrinks(
    side: Side, prefetch: int
) -> None:
    inbox = Inbox(100)

    found = mark_all(side, inbox, snapshot=True, prefetch=prefetch)

    assert found == [f"s{number}" for number in range(100)]
    assert inbox.unread == []


def test_a_snapshot_requests_no_more_pages_than_its_limit_needs(side: Side) -> None:
    inbox = Inbox(100)

    assert len(mark_all(side, inbox, snapshot=True, limit=30)) == 30
    assert inbox.numbers == [1, 2]


def test_a_snapshot_resumes_after_an_error(side: Side) -> None:
    inbox = Inbox(50)
    inbox.failing = 1
    website = side.client(transport=inbox, retry=None).website

    async def main() -> Items:
        pages: t.Any = paginate(website.list_conversations, "w", snapshot=True)
        with pytest.raises(ServerError):
            await anext(pages) if side.is_async else next(pages)
        inbox.failing = 1000
        if side.is_async:
            return [item async for item in pages]
        return list(pages)

    assert len(asyncio.run(main())) == 50
    assert inbox.numbers == [1, 2, 2, 3, 4]


@pytest.mark.parametrize(("count", "returned"), [(100, 60), (40, 20), (21, 20)])
def test_a_list_that_the_loop_shrinks_is_warned_of_at_its_end(
    side: Side, count: int, returned: int
) -> None:
    inbox = Inbox(count)

    with pytest.warns(ListShrankWarning, match="snapshot=True") as caught:
        found = mark_all(side, inbox)

    assert len(found) == returned
    assert len(caught) == 1
    assert pathlib.Path(caught[0].filename) == pathlib.Path(__file__)
    assert inbox.numbers[-1] == 1


def test_items_that_stay_do_not_hide_those_that_moved_up(side: Side) -> None:
    inbox = Inbox(60)
    website = side.client(transport=inbox).website

    def resolve(item: t.Any) -> None:
        if item["session_id"] in {"s3", "s4"}:
            inbox.unread.remove(item["session_id"])

    with pytest.warns(ListShrankWarning, match="2 items or more"):
        each(
            side,
            lambda: paginate(website.list_conversations, "w", filter_unread=True),
            resolve,
        )


def test_items_that_arrive_during_a_walk_are_no_reason_to_warn(side: Side) -> None:
    inbox = Inbox(50)
    website = side.client(transport=inbox).website

    def arrive(item: t.Any) -> None:
        if item["session_id"] == "s30":
            inbox.unread[:0] = ["new", "newer"]

    found = each(
        side,
        lambda: paginate(website.list_conversations, "w", filter_unread=True),
        arrive,
    )

    assert len(found) == 50
    assert inbox.numbers == [1, 2, 3, 4, 1]


def walked(side: Side, inbox: Inbox, **options: t.Any) -> list[int]:
    """Walk a list that does not change; return the pages that were requested."""
    website = side.client(transport=inbox, retry=None).website
    side.collect(lambda: paginate(website.list_conversations, "w", **options))
    return inbox.numbers


def test_the_first_page_is_requested_again_only_where_items_can_be_missed(
    side: Side,
) -> None:
    filtered: t.Any = {"filter_unread": True}

    assert walked(side, Inbox(50), **filtered) == [1, 2, 3, 4, 1]
    assert walked(side, Inbox(50), start_page=2, **filtered) == [2, 3, 4, 2]
    assert walked(side, Inbox(20), **filtered) == [1, 2, 1]
    assert walked(side, Inbox(50)) == [1, 2, 3, 4]
    assert walked(side, Inbox(50), filter_unread=None) == [1, 2, 3, 4]
    assert walked(side, Inbox(50), snapshot=True, **filtered) == [1, 2, 3, 4]
    assert walked(side, Inbox(50), limit=50, **filtered) == [1, 2, 3]
    assert walked(side, Inbox(19), **filtered) == [1, 2]
    one_page = {"per_page": 20, "stop_on_short_page": True, **filtered}
    assert walked(side, Inbox(19), **one_page) == [1]
    assert walked(side, Inbox(50), **one_page) == [1, 2, 3, 1]


def test_a_check_that_fails_is_ignored(side: Side) -> None:
    inbox = Inbox(50)
    inbox.failing = 4

    assert walked(side, inbox, filter_unread=True) == [1, 2, 3, 4, 1]


@pytest.mark.parametrize("last", [[], {}])
def test_a_first_page_that_is_empty_or_no_list_at_the_end_is_ignored(
    side: Side, last: object
) -> None:
    pages: Items = [KEYED, [], last]
    website = side.client(transport=Answers(pages)).website

    found = side.collect(
        lambda: paginate(website.list_conversations, "w", filter_unread=True)
    )

    assert found == KEYED
    assert pages == []


def test_keys_of_a_filtered_list_are_all_remembered(side: Side) -> None:
    inbox = Inbox(10_100)

    assert walked(side, inbox, filter_unread=True)[-1] == 1


class Answers:
    """Answers with one thing after another, and at the end with the last of them."""

    def __init__(self, answers: Items) -> None:
        self.answers = answers
        self.sent = 0

    def send(self, request: Request, /) -> Response:
        self.sent += 1
        assert self.sent < 100
        answer = self.answers.pop(0)
        return Response(request, 200, envelope(answer))


class Stuck:
    """Answers every request with the same page, as a cache does."""

    def __init__(self, page: Items) -> None:
        self.page = page
        self.sent = 0

    def send(self, request: Request, /) -> Response:
        self.sent += 1
        assert self.sent < 100
        return Response(request, 200, envelope(self.page))


KEYED = [{"session_id": f"s{number}"} for number in range(20)]


@pytest.mark.parametrize("prefetch", [1, 4])
@pytest.mark.parametrize("snapshot", [True, False])
def test_a_list_that_ignores_the_page_number_is_an_error(
    side: Side, prefetch: int, snapshot: bool
) -> None:
    stuck = Stuck(KEYED)
    website = side.client(transport=stuck).website
    found: Items = []
    options: t.Any = {"prefetch": prefetch, "snapshot": snapshot}

    def walk() -> Items:
        return each(
            side,
            lambda: paginate(website.list_conversations, "w", **options),
            found.append,
        )

    with pytest.raises(CrispError, match="same page 4 times") as caught:
        walk()

    assert caught.value.page_number == 4
    assert found == ([] if snapshot else KEYED)
    assert stuck.sent <= 4 + 3


def test_a_list_without_key_that_ignores_the_page_number_is_an_error(
    side: Side,
) -> None:
    def list_numbers(page_number: int) -> list[int]:
        assert page_number < 100
        return [1, 1]

    async def list_later(page_number: int) -> list[int]:
        return list_numbers(page_number)

    found: Items = []
    call: t.Any = list_later if side.is_async else list_numbers

    with pytest.raises(CrispError, match="same page 4 times"):
        each(side, lambda: paginate(call), found.append)
    assert found == [1, 1]


def test_a_list_that_still_ignores_the_page_number_is_an_error_again(
    side: Side,
) -> None:
    website = side.client(transport=Stuck(KEYED)).website

    async def main() -> None:
        pages: t.Any = paginate(website.list_conversations, "w", snapshot=True)
        for _ in range(3):
            with pytest.raises(CrispError, match="same page 4 times"):
                await anext(pages) if side.is_async else next(pages)

    asyncio.run(main())


def test_a_list_whose_pages_alternate_is_an_error(side: Side) -> None:
    pages = [KEYED, [{"session_id": "z"}]] * 50
    website = side.client(transport=Answers(pages)).website
    found: Items = []

    with pytest.raises(CrispError, match="same page 4 times") as caught:
        each(side, lambda: paginate(website.list_conversations, "w"), found.append)

    assert found == [*KEYED, {"session_id": "z"}]
    assert caught.value.page_number == 7


def test_a_page_that_comes_again_once_is_skipped(side: Side) -> None:
    pages = [KEYED, KEYED, KEYED, [{"session_id": "a"}], [{"session_id": "a"}], []]
    website = side.client(transport=Answers(pages)).website

    found = side.collect(lambda: paginate(website.list_conversations, "w"))

    assert found == [*KEYED, {"session_id": "a"}]


def test_a_job_on_a_list_that_ignores_the_page_number_ends(
    side: Side, tmp_path: pathlib.Path
) -> None:
    stuck = Stuck(KEYED)
    client = side.client(transport=stuck)
    path = tmp_path / "all.jsonl"
    before = dt.datetime.now(dt.UTC)

    with pytest.raises(CrispError, match="same page 4 times"):
        side.run(lambda: resolve_stale(client, "w", before=before))
    assert stuck.sent == 4
    with pytest.raises(CrispError, match="same page 4 times"):
        side.run(lambda: export_people(client, "w", path))
    assert stuck.sent == 8


@pytest.mark.parametrize("prefetch", [1, 4])
def test_pages_are_requested_again_after_an_interrupt(prefetch: int) -> None:
    interrupts = [KeyboardInterrupt()]

    def list_numbers(page_number: int) -> list[int]:
        if page_number == 2 and interrupts:
            raise interrupts.pop()
        return [page_number] if page_number < 6 else []

    pages = paginate(list_numbers, prefetch=prefetch)
    assert next(pages) == 1
    with pytest.raises(KeyboardInterrupt):
        next(pages)

    assert list(pages) == [2, 3, 4, 5]


def test_items_whose_key_is_odd_are_returned(side: Side) -> None:
    odd: Items = [
        None,
        [1],
        {"session_id": {}},
        {"session_id": []},
        {"session_id": 7},
        1.5,
    ]
    website = side.client(transport=Answers([odd, []])).website

    found = side.collect(lambda: paginate(website.list_conversations, "w"))

    assert found == odd


# --- messages


def told(side: Side, pages: Items, **options: t.Any) -> Items:
    """Return the messages of a conversation with these pages."""
    client = side.client(transport=Answers(pages))
    return side.collect(lambda: history(client, "w", "session_1", **options))


def dated(*numbers: int) -> Items:
    return [{"fingerprint": number, "timestamp": number} for number in numbers]


def test_odd_messages_stay_next_to_those_that_they_came_after(side: Side) -> None:
    odd: Items = [
        {"fingerprint": 70, "content": "no timestamp"},
        None,
        {"fingerprint": 71, "timestamp": True},
        {"fingerprint": 72, "timestamp": {}},
        {"fingerprint": 73, "timestamp": 1e30},
        "text",
    ]
    no_fingerprint: Items = [{"timestamp": 5, "content": "a"}, {"timestamp": 5}]
    page = [*dated(1, 2), *odd, *dated(3), *no_fingerprint, *dated(6)]

    # The second page is that of the first millisecond, again.
    assert told(side, [page, page[:1]], oldest_first=True) == page


def test_odd_messages_that_come_again_are_returned_once(side: Side) -> None:
    odd: Items = [None, {"content": "a"}, {"timestamp": 1}]
    first = [*odd, *dated(*range(1, 38))]

    found = told(side, [first, odd, []], oldest_first=True)

    assert found == first


def test_a_timestamp_that_is_text_is_a_number(side: Side) -> None:
    page: Items = [
        {"fingerprint": 1, "timestamp": "2000"},
        {"fingerprint": 2, "timestamp": 1000},
        {"fingerprint": 3, "timestamp": "soon"},
    ]

    found = told(side, [page, []], oldest_first=True)

    assert [message["fingerprint"] for message in found] == [2, 3, 1]


def test_messages_without_any_timestamp_are_returned_in_order(side: Side) -> None:
    page: Items = [None, {"content": "b"}, {"content": "a"}]

    assert told(side, [page], oldest_first=True) == page


def test_a_whole_page_of_messages_without_timestamp_is_an_error(side: Side) -> None:
    with pytest.raises(CrispError, match="session_1: no message of a whole page"):
        told(side, [[{"content": number} for number in range(40)]])


@pytest.mark.parametrize("data", [None, {}, "text"])
def test_messages_that_are_no_list_are_an_error_that_names_the_conversation(
    side: Side, data: t.Any
) -> None:
    with pytest.raises(CrispError, match=r"session_1: Crisp returned .* not a list"):
        told(side, [data])


def test_a_history_that_ignores_the_timestamp_is_an_error(side: Side) -> None:
    stuck = Stuck([*dated(*range(39)), None])
    client = side.client(transport=stuck)

    with pytest.raises(CrispError, match=r"session_1: .* may ignore timestamp_before"):
        side.collect(lambda: history(client, "w", "session_1"))
    assert stuck.sent <= 5


def test_a_warning_that_is_an_error_is_raised_at_the_end(side: Side) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", ListShrankWarning)
        with pytest.raises(ListShrankWarning):
            mark_all(side, Inbox(100))
