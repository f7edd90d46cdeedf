"""Pages, walked through."""

from __future__ import annotations

import asyncio
import collections
import concurrent.futures
import functools
import gc
import sys
import threading
import typing as t
import warnings

import pytest

from crisp_api import (
    AsyncCrisp,
    Crisp,
    CrispError,
    NotFoundError,
    ServerError,
    history,
    paginate,
    table,
)
from crisp_api.declare import Consumer, Mode, get
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from tests.support.clients import ASYNC_SIDE, SYNC_SIDE, Side
from tests.support.doubles import CountingTransport, Recorder, envelope

Items = list[dict[str, t.Any]]
Answer = t.Callable[[Request], list[t.Any]]


class Paged:
    """A transport that answers with the pages of a function, and can fail."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.sent: list[Request] = []
        self.failing: collections.Counter[int] = collections.Counter()

    def send(self, request: Request, /) -> Response:
        self.sent.append(request)
        number = int(request.path.rpartition("/")[2] or 0)
        if self.failing[number] > 0:
            self.failing[number] -= 1
            return Response(request, 500, envelope({}, error=True))
        return Response(request, 200, envelope(self.answer(request)))

    @property
    def numbers(self) -> list[int]:
        """The pages that were asked for, those of threads in any order."""
        return sorted(int(request.path.rpartition("/")[2]) for request in self.sent)


def numbered(count: int, size: int = 20) -> Answer:
    """Return a function of pages with so many conversations."""

    def answer(request: Request) -> Items:
        start = (int(request.path.rpartition("/")[2]) - 1) * size
        return [{"session_id": f"s{n}"} for n in range(start, min(start + size, count))]

    return answer


def walk(
    side: Side, transport: Paged | Sandbox, *args: t.Any, **options: t.Any
) -> list[t.Any]:
    """Return all conversations, from all pages."""
    list_all = side.client(transport=transport, retry=None).website.list_conversations
    return side.collect(lambda: paginate(list_all, *args, **options))


def walk_after_error(
    side: Side, transport: Paged, *args: t.Any, **options: t.Any
) -> list[t.Any]:
    """Return all conversations of an iterator that failed at its first page."""
    list_all = side.client(transport=transport, retry=None).website.list_conversations
    if not side.is_async:
        pages = paginate(list_all, *args, **options)
        with pytest.raises(ServerError):
            next(pages)
        return list(pages)

    async def main() -> list[t.Any]:
        pages: t.Any = paginate(list_all, *args, **options)
        with pytest.raises(ServerError):
            await anext(pages)
        return [item async for item in pages]

    return asyncio.run(main())


def names(items: t.Iterable[t.Any]) -> list[str]:
    return [item["session_id"] for item in items]


@pytest.mark.parametrize("prefetch", [1, 2, 8])
def test_all_items_come_in_order(side: Side, prefetch: int) -> None:
    transport = Paged(numbered(93))

    items = walk(side, transport, "w", prefetch=prefetch, include_empty=True)

    assert names(items) == [f"s{n}" for n in range(93)]
    assert set(transport.numbers) >= {1, 2, 3, 4, 5, 6}
    assert len(transport.numbers) < 6 + prefetch
    assert all(request.params == {"include_empty": "1"} for request in transport.sent)


def test_it_is_lazy(side: Side) -> None:
    transport = Paged(numbered(93))
    client = Crisp("i", "k", transport=transport)

    pages = paginate(client.website.list_conversations, "w")
    assert transport.numbers == []
    next(pages)
    assert transport.numbers == [1]

    transport.sent.clear()
    assert len(walk(side, transport, "w", limit=20)) == 20
    assert transport.numbers == [1]
    assert walk(side, transport, "w", limit=0) == []


def test_a_short_page_may_end_it(side: Side) -> None:
    transport = Paged(numbered(93, 50))

    assert len(walk(side, transport, "w", per_page=50, stop_on_short_page=True)) == 93
    assert transport.numbers == [1, 2]

    transport = Paged(numbered(100, 50))
    assert len(walk(side, transport, "w", per_page=50, stop_on_short_page=True)) == 100
    assert transport.numbers == [1, 2, 3]


def test_it_may_begin_elsewhere(side: Side) -> None:
    transport = Paged(numbered(93))

    assert names(walk(side, transport, "w", start_page=5)) == [
        f"s{n}" for n in range(80, 93)
    ]
    assert transport.numbers == [5, 6]


def test_a_limit_avoids_needless_pages(side: Side) -> None:
    transport = Paged(numbered(1000))

    assert len(walk(side, transport, "w", limit=50, prefetch=8)) == 50
    assert transport.numbers == [1, 2, 3]

    transport = Paged(numbered(1000, 50))
    assert len(walk(side, transport, "w", limit=50, prefetch=8, per_page=50)) == 50
    assert transport.numbers == [1]


def drifting(request: Request) -> Items:
    """Return pages that begin with the last three conversations of the page before."""
    number = int(request.path.rpartition("/")[2])
    start = (number - 1) * 20 - 3 * (number - 1)
    return [{"session_id": f"s{n}"} for n in range(start, min(start + 20, 90))]


def test_what_drifts_onto_the_next_page_is_given_once(side: Side) -> None:
    items = walk(side, Paged(drifting), "w")

    assert names(items) == [f"s{n}" for n in range(90)]


def test_no_more_keys_are_kept_than_are_needed() -> None:
    client = Crisp("i", "k", transport=Paged(numbered(30_000, 50)))

    pages: t.Any = paginate(client.website.list_conversations, "w", per_page=50)
    for _ in range(29_000):
        next(pages)

    assert len(pages._source._plan._seen) == 10_000


def test_an_item_without_its_key_is_given(side: Side) -> None:
    pages: list[Items] = [[{"state": "a"}, {"state": "a"}], []]
    transport = Paged(lambda request: pages[int(request.path[-1]) - 1])

    assert walk(side, transport, "w") == [{"state": "a"}, {"state": "a"}]


def test_items_that_are_text_are_known_by_it() -> None:
    pages = [["a", "b"], ["b", "c"], []]
    transport = Paged(lambda request: pages[int(request.path[-1]) - 1])
    client = Crisp("i", "k", transport=transport)

    found = paginate(client.website.list_people_conversations, "w", "p")

    assert list(found) == ["a", "b", "c"]


class Reports(Consumer[Mode]):
    """Custom endpoints."""

    @get("website/{website_id}/reports/{page_number}")
    def list_reports(self, website_id: str, page_number: int = 1) -> Items:
        """List Reports."""
        raise NotImplementedError


def test_custom_endpoints_can_be_paginated() -> None:
    pages: list[Items] = [[{"id": 1}, {"id": 2}], [{"id": 2}], []]
    transport = Paged(lambda request: pages[int(request.path[-1]) - 1])
    reports = Reports(Crisp("i", "k", transport=transport))

    assert list(paginate(reports.list_reports, "w")) == [*pages[0], *pages[1]]
    assert list(paginate(reports.list_reports, "w", key="id")) == [{"id": 1}, {"id": 2}]


def test_a_plain_function_can_be_paginated(side: Side) -> None:
    def list_numbers(page_number: int) -> list[int]:
        return [page_number] if page_number < 3 else []

    async def list_later(page_number: int) -> list[int]:
        return list_numbers(page_number)

    call: t.Any = list_later if side.is_async else list_numbers
    assert side.collect(lambda: paginate(call)) == [1, 2]


@pytest.mark.parametrize("prefetch", [1, 4])
def test_an_error_names_its_page_and_iteration_resumes_there(prefetch: int) -> None:
    transport = Paged(numbered(93))
    transport.failing[3] = 2
    client = Crisp("i", "k", transport=transport, retry=None)
    pages = paginate(client.website.list_conversations, "w", prefetch=prefetch)
    items = [next(pages) for _ in range(40)]

    for _ in range(2):
        with pytest.raises(ServerError) as caught:
            next(pages)
        assert caught.value.page_number == 3
        assert "This was page 3 of" in caught.value.__notes__[0]
        assert "start_page=3" in caught.value.__notes__[0]
    items += pages

    assert names(items) == [f"s{n}" for n in range(93)]
    assert max(collections.Counter(transport.numbers).values()) == 3


@pytest.mark.parametrize("prefetch", [1, 4])
def test_async_pages_resume_after_an_error(prefetch: int) -> None:
    async def walk() -> list[t.Any]:
        client = AsyncCrisp("i", "k", transport=transport, retry=None)
        pages = paginate(client.website.list_conversations, "w", prefetch=prefetch)
        items = [await anext(pages) for _ in range(40)]
        with pytest.raises(ServerError) as caught:
            await anext(pages)
        assert caught.value.page_number == 3
        return items + [item async for item in pages]

    transport = Paged(numbered(93))
    transport.failing[3] = 1

    assert names(asyncio.run(walk())) == [f"s{n}" for n in range(93)]


def test_an_error_that_is_not_ours_says_which_page_too() -> None:
    def broken(page_number: int) -> list[int]:
        raise OSError(page_number)

    with pytest.raises(OSError, match="1") as caught:
        next(paginate(broken))
    assert "This was page 1 of" in caught.value.__notes__[0]


def test_an_answer_that_is_no_list_is_an_error(side: Side) -> None:
    transport = Paged(lambda _: t.cast("t.Any", {"some": "thing"}))

    with pytest.raises(CrispError, match=r"returned {'some': 'thing'}, which is not"):
        walk(side, transport, "w")


def test_a_call_with_some_of_its_arguments_has_pages_too(side: Side) -> None:
    website = side.client(transport=Paged(numbered(30))).website
    call = functools.partial(website.list_conversations, "w")

    found = side.collect(lambda: paginate(call, per_page=20))

    assert names(found) == [f"s{n}" for n in range(30)]


def test_a_call_with_some_of_its_arguments_knows_its_items_again() -> None:
    client = Crisp("i", "k", transport=Paged(drifting))
    method = client.website.list_conversations
    call = functools.partial(functools.partial(method, "w"), per_page=20)

    found = list(paginate(call, stop_on_short_page=True))

    assert names(found) == [f"s{n}" for n in range(90)]


@pytest.mark.parametrize("prefetch", [1, 2, 4])
def test_threads_that_share_an_iterator_share_its_items(prefetch: int) -> None:
    client = Crisp("i", "k", transport=Paged(numbered(400)))
    pages = paginate(client.website.list_conversations, "w", prefetch=prefetch)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(list[t.Any], pages) for _ in range(4)]
        shares = [future.result() for future in futures]

    found = names(item for share in shares for item in share)
    assert sorted(found) == sorted(f"s{n}" for n in range(400))


def test_without_prefetch_pages_are_requested_in_the_thread_that_asks() -> None:
    threads: set[int] = set()

    class Noting(Paged):
        def send(self, request: Request, /) -> Response:
            threads.add(threading.get_ident())
            return super().send(request)

    assert len(walk(SYNC_SIDE, Noting(numbered(50)), "w")) == 50
    assert threads == {threading.get_ident()}


def test_a_finished_iterator_leaves_no_threads() -> None:
    before = set(threading.enumerate())
    client = Crisp("i", "k", transport=Paged(numbered(100)))
    pages = paginate(client.website.list_conversations, "w", prefetch=4)

    assert len(list(pages)) == 100

    for thread in set(threading.enumerate()) - before:
        thread.join(30)
        assert not thread.is_alive()
    # The iterator is still held.
    assert list(pages) == []


@pytest.mark.parametrize("prefetch", [1, 2, 4])
def test_tasks_that_share_an_iterator_share_its_items(prefetch: int) -> None:
    class Later(Paged):
        async def answered(self, request: Request) -> Response:
            await asyncio.sleep(0)
            return super().send(request)

        def send(self, request: Request, /) -> t.Any:
            return self.answered(request)

    async def walk() -> list[t.Any]:
        client = AsyncCrisp("i", "k", transport=Later(numbered(400)))
        pages = paginate(client.website.list_conversations, "w", prefetch=prefetch)

        async def share() -> list[t.Any]:
            return [item async for item in pages]

        shares = await asyncio.gather(*(share() for _ in range(4)))
        return [item for share in shares for item in share]

    found = names(asyncio.run(walk()))
    assert sorted(found) == sorted(f"s{n}" for n in range(400))


def test_failed_pages_are_requested_again_on_resumption() -> None:
    transport = Paged(numbered(100))
    transport.failing.update(range(1, 7))
    client = Crisp("i", "k", transport=transport, retry=None)
    pages = paginate(client.website.list_conversations, "w", prefetch=6)

    with pytest.raises(ServerError):
        next(pages)
    on_their_way = t.cast("t.Any", pages)._source._pages
    concurrent.futures.wait([p.handle.future for p in on_their_way if p.handle])

    assert len(list(pages)) == 100


def test_pages_that_did_not_fail_are_requested_once(side: Side) -> None:
    transport = Paged(numbered(100))
    transport.failing[1] = 1

    assert len(walk_after_error(side, transport, "w", prefetch=3, limit=60)) == 60
    assert transport.numbers == [1, 1, 2, 3]


def test_every_page_that_fails_ahead_is_an_error() -> None:
    async def walk() -> list[int]:
        client = AsyncCrisp("i", "k", transport=transport, retry=None)
        pages = paginate(client.website.list_conversations, "w", prefetch=2)
        failed: list[int] = []
        while True:
            try:
                await anext(pages)
            except ServerError as error:
                failed.append(t.cast("int", error.page_number))
            except StopAsyncIteration:
                return failed
            # Let the pages that were requested ahead arrive.
            await asyncio.sleep(0)

    transport = Paged(numbered(100))
    transport.failing.update([1, 4])

    assert asyncio.run(walk()) == [1, 4]


def test_a_limit_prefetches_all_the_pages_that_it_needs() -> None:
    async def walk() -> None:
        client = AsyncCrisp("i", "k", transport=transport)
        listing = client.website.list_conversations
        pages = paginate(listing, "w", prefetch=8, limit=61)
        await anext(pages)

    transport = Paged(numbered(100))
    asyncio.run(walk())

    assert transport.numbers == [1, 2, 3, 4]


@pytest.mark.parametrize("prefetch", [1, 4])
def test_a_walk_continues_after_its_task_was_cancelled(prefetch: int) -> None:
    class Slow(Paged):
        async def answered(self, request: Request) -> Response:
            await asyncio.sleep(0)
            return super().send(request)

        def send(self, request: Request, /) -> t.Any:
            return self.answered(request)

    async def walk(turns: int) -> list[t.Any]:
        client = AsyncCrisp("i", "k", transport=Slow(numbered(50, size=1)))
        pages = paginate(client.website.list_conversations, "w", prefetch=prefetch)
        found: list[t.Any] = []

        async def collect() -> None:
            async for item in pages:
                found.append(item)  # noqa: PERF401 - it is cancelled on the way

        task = asyncio.create_task(collect())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await collect()
        return found

    for turns in range(1, 20):
        assert names(asyncio.run(walk(turns))) == [f"s{n}" for n in range(50)]


def test_an_interrupted_page_is_asked_for_again() -> None:
    answers: list[t.Any] = [KeyboardInterrupt(), [1], []]

    def interrupted(page_number: int) -> list[int]:
        answer = answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return [page_number] if answer else []

    pages = paginate(interrupted)
    with pytest.raises(KeyboardInterrupt) as caught:
        next(pages)

    assert not hasattr(caught.value, "__notes__")
    assert list(pages) == [1]


def test_an_error_after_the_end_is_ignored(side: Side) -> None:
    transport = Paged(numbered(20))
    transport.failing.update({3: 9, 4: 9})

    assert len(walk(side, transport, "w", prefetch=4)) == 20


def test_pages_are_under_way_together() -> None:
    barrier = threading.Barrier(4, timeout=60)

    def together(request: Request) -> Items:
        barrier.wait()
        return numbered(160)(request)

    transport = Paged(together)
    client = Crisp("i", "k", transport=transport)
    pages = paginate(client.website.list_conversations, "w", prefetch=4)

    assert names(next(pages) for _ in range(20)) == [f"s{n}" for n in range(20)]


def test_async_pages_are_under_way_together() -> None:
    async def walk() -> int:
        client = AsyncCrisp("i", "k", transport=transport)
        pages = paginate(client.website.list_conversations, "w", prefetch=4)
        return len([item async for item in pages])

    transport = CountingTransport(
        lambda request: Response(request, 200, envelope(numbered(160)(request)))
    )
    assert asyncio.run(walk()) == 160
    assert transport.most_in_flight == 4


def test_an_iterator_that_is_let_go_of_asks_for_no_more() -> None:
    class Stuck:
        cancelled = 0

        async def send(self, request: Request, /) -> Response:
            if request.path.endswith("/1"):
                return Response(request, 200, envelope([{"session_id": "a"}]))
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
            raise NotImplementedError

    async def walk() -> None:
        client = AsyncCrisp("i", "k", transport=stuck)
        pages = paginate(client.website.list_conversations, "w", prefetch=4)
        await anext(pages)
        await asyncio.sleep(0)
        del pages
        gc.collect()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert stuck.cancelled == 3

    stuck = Stuck()
    asyncio.run(walk())


def test_tasks_of_a_loop_that_is_closed_are_left_alone() -> None:
    async def walk() -> t.Any:
        client = AsyncCrisp("i", "k", transport=Paged(numbered(93)))
        pages = paginate(client.website.list_conversations, "w", prefetch=4)
        await anext(pages)
        return pages

    loop = asyncio.new_event_loop()
    pages = loop.run_until_complete(walk())
    loop.close()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del pages
        gc.collect()

    assert [str(one.message) for one in caught] == []


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"limit": -1}, "limit must be a whole number, 0 or more, not -1"),
        ({"start_page": 0}, "start_page must be a whole number, 1 or more, not 0"),
        ({"prefetch": 0}, "prefetch must be a whole number, 1 or more, not 0"),
        ({"prefetch": True}, "prefetch must be a whole number, 1 or more, not True"),
        ({"prefetch": None}, "prefetch must be a whole number, 1 or more, not None"),
        ({"start_page": None}, "start_page must be a whole number, 1 or more"),
        ({"per_page": "50"}, "per_page must be a whole number, 1 or more, not '50'"),
        ({"stop_on_short_page": True}, "stop_on_short_page needs per_page"),
    ],
)
def test_an_option_out_of_range_is_refused(
    options: dict[str, t.Any], problem: str
) -> None:
    website: t.Any = Crisp("i", "k", transport=Paged(numbered(0))).website

    with pytest.raises(ValueError, match=problem):
        paginate(website.list_conversations, "w", **options)


@pytest.mark.parametrize(
    ("call", "args", "options", "problem"),
    [
        ("get_website", ("w",), {}, r"get_website has no page_number"),
        ("list_conversations", ("w",), {"page_number": 2}, "begin .* with start_page"),
        ("list_conversations", (), {}, r"missing a required argument: 'website_id'"),
        ("list_conversations", ("w", 1), {}, "leave out the page_number"),
        (
            *("search_people_profiles", ("w", "jane"), {"search_filter": "joe"}),
            r"search_people_profiles\(\) got multiple values for .* 'search_filter'",
        ),
    ],
)
def test_a_call_that_cannot_be_paged_is_refused(
    call: str, args: t.Any, options: dict[str, t.Any], problem: str
) -> None:
    website: t.Any = Crisp("i", "k", transport=Paged(numbered(0))).website

    with pytest.raises(TypeError, match=problem):
        paginate(getattr(website, call), *args, **options)


def test_every_key_is_a_field_of_its_items() -> None:
    keyed = [operation for operation in table.operations() if operation.key]

    assert len(keyed) >= 20
    for operation in keyed:
        (item,) = t.get_args(operation.answer)
        if item is not str:
            assert operation.key in item.__annotations__, operation.id


def conversation(timestamps: t.Iterable[int]) -> tuple[Sandbox, str, str]:
    """Return a sandbox with a conversation of messages at these milliseconds."""
    sandbox = Sandbox()
    client = Crisp("i", "k", transport=sandbox)
    website_id = sandbox.website_id
    session_id = client.website.create_new_conversation(website_id)["session_id"]
    for number, timestamp in enumerate(timestamps):
        message: t.Any = {
            "type": "text",
            "from": "user",
            "origin": "chat",
            "content": str(number),
            "timestamp": timestamp,
        }
        client.website.send_message_in_conversation(website_id, session_id, message)
    return sandbox, website_id, session_id


def told(place: tuple[Sandbox, str, str], **options: t.Any) -> list[str]:
    """Return what the messages of a history say, the same on both clients."""
    sandbox, *ids = place

    def walked(side: Side) -> list[t.Any]:
        client = side.client(transport=sandbox)
        return side.collect(lambda: history(client, *ids, **options))

    messages = walked(SYNC_SIDE)
    assert walked(ASYNC_SIDE) == messages
    return [str(message["content"]) for message in messages]


def texts(*numbers: int) -> list[str]:
    return list(map(str, range(*numbers)))


@pytest.mark.parametrize("count", [0, 1, 39, 40, 41, 80, 95])
def test_a_history_is_newest_first(count: int) -> None:
    place = conversation(range(1, count + 1))

    assert told(place) == texts(count - 1, -1, -1)
    assert told(place, oldest_first=True) == texts(count)
    assert told(place, stop_on_short_page=True) == texts(count - 1, -1, -1)


@pytest.mark.parametrize(
    "timestamps",
    [
        [1] * 39,
        [1] * 40,
        [1] * 79,
        [1] * 30 + [2] * 30 + [3] * 30,
        [1] * 10 + [2] * 60 + [3] * 10,
        [1] * 45 + [2] * 5 + [3] * 70 + [4],
        list(range(1, 36)) + [36] * 10 + list(range(37, 60)),
    ],
)
def test_none_is_lost_at_equal_milliseconds(timestamps: list[int]) -> None:
    place = conversation(timestamps)

    assert told(place) == texts(len(timestamps) - 1, -1, -1)
    assert told(place, stop_on_short_page=True) == texts(len(timestamps) - 1, -1, -1)


def test_more_of_one_millisecond_than_can_be_had_is_an_error() -> None:
    place = conversation([1] * 5 + [2] * 90 + [3] * 5)
    sandbox, website_id, session_id = place
    messages = history(Crisp("i", "k", transport=sandbox), website_id, session_id)

    with pytest.raises(CrispError, match="80 messages or more have the timestamp 2"):
        list(messages)
    with pytest.raises(CrispError, match="80 messages or more"):
        next(messages)
    assert told(place, timestamp_before=2) == texts(4, -1, -1)

    async def walk() -> None:
        client = AsyncCrisp("i", "k", transport=sandbox)
        pages = history(client, website_id, session_id)
        for _ in range(2):
            with pytest.raises(CrispError, match="80 messages or more"):
                [message async for message in pages]

    asyncio.run(walk())


@pytest.mark.parametrize(("count", "requests"), [(39, 1), (41, 2), (78, 2)])
def test_a_short_page_of_messages_saves_a_request(count: int, requests: int) -> None:
    sandbox, website_id, session_id = conversation(range(1, count + 1))
    client = Crisp("i", "k", transport=sandbox)

    for ends, asked in ((True, requests), (False, requests + 1)):
        sandbox.requests.clear()
        messages = history(client, website_id, session_id, stop_on_short_page=ends)
        assert len(list(messages)) == count
        assert len(sandbox.requests) == asked


def test_messages_that_never_go_back_are_an_error() -> None:
    page = [{"fingerprint": n, "timestamp": 1} for n in range(40)]
    client = Crisp("i", "k", transport=Recorder(envelope(page)))

    with pytest.raises(CrispError, match="no messages before the timestamp 1"):
        list(history(client, "w", "s"))


def test_a_history_may_be_cut_short() -> None:
    place = conversation(range(1, 96))

    assert told(place, limit=50) == texts(94, 44, -1)
    assert told(place, limit=50, oldest_first=True) == texts(50)
    assert told(place, timestamp_before=11) == texts(9, -1, -1)
    with pytest.raises(ValueError, match="limit must be a whole number, 0 or more"):
        told(place, limit=-1)


def test_a_history_resumes_after_an_error() -> None:
    sandbox, website_id, session_id = conversation(range(1, 96))

    class Failing:
        asked: t.ClassVar[list[dict[str, str]]] = []

        def send(self, request: Request, /) -> Response:
            self.asked.append(request.params)
            if len(self.asked) == 2:
                return Response(request, 500, envelope({}, error=True))
            return sandbox.send(request)

    client = Crisp("i", "k", transport=Failing(), retry=None)
    messages = history(client, website_id, session_id)
    found: list[t.Any] = [next(messages) for _ in range(40)]
    with pytest.raises(ServerError) as caught:
        next(messages)
    found += messages

    assert "the messages with timestamp_before=57" in caught.value.__notes__[0]
    assert [message["content"] for message in found] == texts(94, -1, -1)


def test_an_end_by_error_at_the_first_page_says_so() -> None:
    failing = Recorder(envelope({}, error=True), 500)
    client = Crisp("i", "k", transport=failing, retry=None)

    with pytest.raises(ServerError) as caught:
        next(history(client, "w", "s"))
    assert "These were the newest messages." in caught.value.__notes__[0]


def test_a_conversation_that_does_not_exist_has_no_advice_to_ask_again() -> None:
    client = Crisp("i", "k", transport=Sandbox(), retry=None)

    with pytest.raises(NotFoundError) as caught:
        next(history(client, "w", "s"))
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize("prefetch", [1, 4])
def test_threads_that_share_an_iterator_end_together(prefetch: int) -> None:
    before = sys.getswitchinterval()
    # As often as can be: a thread may take items that another has made ready.
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            client = Crisp("i", "k", transport=Paged(numbered(100, 1)))
            pages = paginate(client.website.list_conversations, "w", prefetch=prefetch)
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                parts: list[list[t.Any]] = list(pool.map(list, [pages] * 4))
            found = [name for part in parts for name in names(part)]
            assert sorted(found) == sorted(f"s{n}" for n in range(100))
    finally:
        sys.setswitchinterval(before)


def test_an_interrupt_between_two_steps_leaves_an_iterator_usable() -> None:
    transport = Paged(numbered(60))
    client = Crisp("i", "k", transport=transport)
    pages = paginate(client.website.list_conversations, "w")
    steps: t.Any = pages
    steps._source._plan.accept = interrupt_once(steps._source._plan.accept)

    with pytest.raises(KeyboardInterrupt):
        next(pages)

    assert names(pages) == [f"s{n}" for n in range(60)]


def interrupt_once(call: t.Callable[[t.Any], t.Any]) -> t.Callable[[t.Any], t.Any]:
    """Be interrupted before the first call."""
    interrupts = [KeyboardInterrupt()]

    def interrupted(page: t.Any) -> t.Any:
        if interrupts:
            raise interrupts.pop()
        return call(page)

    return interrupted


@pytest.mark.parametrize("limit", [2.5, "3", -1])
def test_a_limit_that_is_no_number_of_items_is_refused(limit: t.Any) -> None:
    website = Crisp("i", "k", transport=Paged(numbered(0))).website
    pages: t.Any = paginate

    with pytest.raises(ValueError, match="limit must be a whole number, 0 or more"):
        pages(website.list_conversations, "w", limit=limit)


def test_a_timestamp_of_a_message_is_no_mistake_of_the_caller(side: Side) -> None:
    place = conversation([1_700_000_000 + n // 3 for n in range(100)])
    sandbox, website_id, session_id = place
    client = side.client(transport=sandbox)

    messages = side.collect(lambda: history(client, website_id, session_id))

    assert len(messages) == 100


def test_arguments_after_the_page_number_keep_their_order(side: Side) -> None:
    transport = Paged(numbered(3))
    client = side.client(transport=transport)

    items = side.collect(
        lambda: paginate(client.website.search_people_profiles, "w", "jane", key="id")
    )

    assert len(items) == 3
    assert "search_filter=jane" in transport.sent[0].url


def test_a_call_without_an_answer_has_no_items(side: Side) -> None:
    client = side.client(transport=Paged(numbered(3)))

    with pytest.raises(TypeError, match="list_animation_medias returns nothing"):
        paginate(client.media.list_animation_medias, 7)


def test_a_page_number_can_be_keyword_only() -> None:
    def items(kind: str, *, page_number: int) -> list[dict[str, str]]:
        return [{"id": f"{kind} {page_number}"}] if page_number < 3 else []

    found = list(paginate(items, "item", key="id"))

    assert found == [{"id": "item 1"}, {"id": "item 2"}]
