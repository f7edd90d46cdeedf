"""Exports of odd answers, of websites that change, and under a quota."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from crisp_api import (
    CrispError,
    LimitError,
    QuotaExceededError,
    ServerError,
    TimeoutError,
)
from crisp_api.http import Request, Response
from crisp_api.jobs import export_conversations, export_people
from crisp_api.limits import Limit
from tests.support.clients import SYNC_SIDE, Side
from tests.support.doubles import envelope
from tests.support.platforms import needs_posix

Item = dict[str, t.Any]


class Site:
    """A website with conversations and contacts, which answers as it is set to.

    Attributes:
        items: the items of the lists, in order.
        messages: what is answered for the messages of a conversation, by its id: data,
            bytes, a status or an error. By default a list of one message.
        read: the ids of conversations whose messages were requested.
        pages: the numbers of pages that were requested.
        quota: how many requests are answered before 423.
        broken_page: the number of a page that fails.
        read_next: called with the id of each conversation that is read.
    """

    def __init__(self, *items: t.Any) -> None:
        self.items = list(items)
        self.messages: dict[str, t.Any] = {}
        self.read: list[str] = []
        self.pages: list[int] = []
        self.quota = 10_000
        self.broken_page = 0
        self.read_next: t.Callable[[str], object] = lambda _: None

    def send(self, request: Request, /) -> Response:
        self.quota -= 1
        if self.quota < 0:
            return refusal(request, 423)
        *_, before, last = request.path.split("/")
        if last == "messages":
            return self._messages(request, before)
        number = int(last)
        self.pages.append(number)
        if number == self.broken_page:
            return refusal(request, 500)
        size = int(request.params["per_page"])
        page = self.items[size * (number - 1) : size * number]
        return Response(request, 200, envelope(page))

    def _messages(self, request: Request, session_id: str) -> Response:
        self.read.append(session_id)
        self.read_next(session_id)
        message = {"fingerprint": 1, "timestamp": 1, "content": session_id}
        answer = self.messages.get(session_id, [message])
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return refusal(request, answer)
        body = answer if isinstance(answer, bytes) else envelope(answer)
        return Response(request, 200, body)


def refusal(request: Request, status: int) -> Response:
    return Response(request, status, envelope({}, error=True, reason="refused"))


def conversations(count: int, **fields: t.Any) -> list[Item]:
    return [{"session_id": f"s{n}", "updated_at": 1, **fields} for n in range(count)]


def export(
    side: Side,
    site: Site,
    path: pathlib.Path,
    job: t.Any = export_conversations,
    **options: t.Any,
) -> int:
    limit = options.pop("limit", None)
    client = side.client(transport=site, retry=None, limit=limit)
    count: int = side.run(lambda: job(client, "w", path, **options))
    return count


def lines(path: pathlib.Path) -> list[Item]:
    def refuse(constant: str) -> t.NoReturn:
        raise AssertionError(constant)

    return [
        json.loads(line, parse_constant=refuse)
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def ids(path: pathlib.Path) -> set[str]:
    found = [line["session_id"] for line in lines(path)]
    assert len(found) == len(set(found))
    return set(found)


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "all.jsonl"


# --- odd answers


def test_odd_messages_are_exported_as_they_came(side: Side, path: pathlib.Path) -> None:
    odd: list[t.Any] = [
        {"fingerprint": 1, "timestamp": 1},
        None,
        {"content": "neither timestamp nor fingerprint"},
        {"fingerprint": 2, "timestamp": "2"},
        {"timestamp": 3},
    ]
    site = Site(*conversations(3))
    site.messages["s1"] = odd

    assert export(side, site, path) == 3

    assert next(one for one in lines(path) if one["session_id"] == "s1") == {
        "session_id": "s1",
        "website_id": "w",
        "updated_at": 1,
        "messages": odd,
    }


@pytest.mark.parametrize(
    "answer",
    [
        *(None, {}, "text", [{"n": n} for n in range(40)]),
        b'{"error": false, "data": [{"fingerprint": 1, "timestamp": 1, "n": 1e400}]}',
    ],
)
def test_a_conversation_with_an_odd_answer_does_not_stop_the_others(
    side: Side, answer: t.Any, path: pathlib.Path
) -> None:
    site = Site(*conversations(3))
    site.messages["s0"] = answer

    with pytest.raises(CrispError) as caught:
        export(side, site, path)

    assert "s0" in str(caught.value)
    assert ids(path) == {"s1", "s2"}


@pytest.mark.parametrize(
    "odd",
    [
        *(None, "text", {}, {"session_id": None}, {"session_id": 7}),
        *({"session_id": ".."}, {"session_id": ""}, {"session_id": "\n"}),
    ],
)
def test_an_item_that_is_no_conversation_does_not_stop_the_others(
    side: Side, odd: t.Any, path: pathlib.Path
) -> None:
    site = Site(odd, *conversations(2))

    for _ in range(2):
        with pytest.raises(CrispError, match="session_id"):
            export(side, site, path)

    assert ids(path) == {"s0", "s1"}
    assert sorted(site.read) == ["s0", "s1"]


@pytest.mark.parametrize("text", [None, "\n"])
def test_many_items_that_are_no_conversations_do_not_stop_the_others(
    side: Side, text: str | None, path: pathlib.Path
) -> None:
    odd = [{"session_id": text and f"{n}{text}"} for n in range(60)]
    site = Site(*odd, *conversations(60))

    with pytest.raises(CrispError, match="session_id"):
        export(side, site, path)

    assert len(ids(path)) == 60


def test_a_contact_whose_number_has_no_json_is_an_error(
    side: Side, path: pathlib.Path
) -> None:
    class People(Site):
        def send(self, request: Request, /) -> Response:
            body = b'{"error": false, "data": [{"people_id": "a", "n": 1e400}, '
            body += b'{"people_id": "b"}]}'
            if request.path.endswith("/1"):
                return Response(request, 200, body)
            return Response(request, 200, envelope([]))

    with pytest.raises(CrispError, match="a cannot be written"):
        export(side, People(), path, export_people)

    assert lines(path) == [{"people_id": "b", "website_id": "w"}]


# --- answers that are paid for


@pytest.mark.parametrize("by_limit", [True, False])
def test_each_run_under_a_quota_adds_lines(
    side: Side, by_limit: bool, path: pathlib.Path
) -> None:
    site = Site(*conversations(30))

    for _ in range(10):
        before = len(lines(path)) if path.exists() else 0
        site.quota = 10_000 if by_limit else 10
        limit = Limit(daily=10) if by_limit else None
        try:
            assert export(side, site, path, limit=limit) == 30
            break
        except (LimitError, QuotaExceededError):
            # Two of the ten are pages of the list.
            assert len(lines(path)) == before + 8

    assert len(ids(path)) == 30
    assert len(site.read) == 30


def test_conversations_that_were_listed_are_exported_before_a_page_that_fails(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(150))
    site.broken_page = 2
    path.write_text('{"session_id": "s0", "updated_at": 1}\n', encoding="utf-8")

    with pytest.raises(ServerError):
        export(side, site, path)

    assert len(ids(path)) == 50


def test_contacts_that_were_listed_are_exported_before_a_page_that_fails(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*[{"people_id": f"p{number}"} for number in range(150)])
    site.broken_page = 2
    path.write_text('{"people_id": "p0"}\n', encoding="utf-8")

    with pytest.raises(ServerError):
        export(side, site, path, export_people)

    assert len(lines(path)) == 50


def test_a_quota_that_ends_at_a_list_is_not_tried_with_conversations(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(20))
    site.quota = 1

    with pytest.raises(QuotaExceededError):
        export(side, site, path)

    assert site.read == []
    assert site.quota == -1


# --- changes


def test_a_conversation_that_changed_is_exported_again(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(60))
    export(side, site, path)
    path.chmod(0o640)
    site.read.clear()
    site.items[7] = {"session_id": "s7", "updated_at": 2, "state": "resolved"}

    assert export(side, site, path) == 60

    assert site.read == ["s7"]
    assert len(ids(path)) == 60
    assert lines(path)[-1]["state"] == "resolved"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]
    assert export(side, site, path) == 60
    assert site.read == ["s7"]


def test_a_contact_that_changed_is_exported_again(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*[{"people_id": f"p{n}", "updated_at": 1} for n in range(3)])
    export(side, site, path, export_people)
    site.items[0] = {"people_id": "p0", "updated_at": 2, "email": "new"}

    assert export(side, site, path, export_people) == 3

    expected = [*site.items[1:], site.items[0]]
    assert lines(path) == [{**item, "website_id": "w"} for item in expected]


def test_a_conversation_that_changed_has_one_line_after_a_run_that_failed(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(3))
    export(side, site, path)
    site.items[0] = {"session_id": "s0", "updated_at": 2}
    site.items.append({"session_id": "bad", "updated_at": 1})
    site.messages["bad"] = 500

    with pytest.raises(ServerError) as caught:
        export(side, site, path)

    assert ids(path) == {"s0", "s1", "s2"}
    assert lines(path)[-1]["updated_at"] == 2
    assert caught.value.__notes__[-1].startswith("3 lines are in")


@pytest.mark.parametrize("updated", [None, "now", True, -1, 1e30, 1])
def test_a_conversation_whose_change_is_unknown_is_not_exported_again(
    side: Side, updated: t.Any, path: pathlib.Path
) -> None:
    site = Site(*conversations(3))
    export(side, site, path)
    site.items[0]["updated_at"] = updated

    export(side, site, path)

    assert len(site.read) == 3


def test_a_line_of_unknown_age_is_replaced(side: Side, path: pathlib.Path) -> None:
    path.write_text('{"session_id": "s0", "messages": []}\n', encoding="utf-8")

    assert export(side, Site(*conversations(1)), path) == 1
    assert lines(path)[0]["updated_at"] == 1


def test_of_two_lines_that_a_killed_run_left_the_later_one_stays(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(2))
    texts = [
        '{"session_id": "s0", "updated_at": 0}',
        '{"session_id": "s1", "updated_at": 1}',
        '{"session_id": "s0", "updated_at": 1, "is": "current"}',
    ]
    # Another run may have been killed while it wrote the new file.
    (path.parent / "all.jsonl.compact").write_text("half a li", encoding="utf-8")
    path.write_text("\n".join(texts), encoding="utf-8")

    assert export(side, site, path) == 2

    assert path.read_text(encoding="utf-8").splitlines() == texts[1:]
    assert list(path.parent.iterdir()) == [path]
    assert site.read == []


@needs_posix
def test_a_link_to_an_export_stays_a_link(path: pathlib.Path) -> None:
    site = Site(*conversations(2))
    link = path.with_name("link")
    link.symlink_to(path)
    export(SYNC_SIDE, site, link)
    site.items[0] = {"session_id": "s0", "updated_at": 2}

    export(SYNC_SIDE, site, link)

    assert link.is_symlink()
    assert ids(path) == {"s0", "s1"}


@pytest.mark.parametrize("failures", [1, 2])
def test_a_file_that_cannot_be_replaced_while_it_is_open_is_closed_first(
    failures: int, path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(*conversations(2))
    export(SYNC_SIDE, site, path)
    site.items[0] = {"session_id": "s0", "updated_at": 2}
    replace, left = pathlib.Path.replace, [PermissionError()] * failures

    def fail(self: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
        if left:
            raise left.pop()
        return replace(self, target)

    monkeypatch.setattr(pathlib.Path, "replace", fail)
    if failures == 1:
        assert export(SYNC_SIDE, site, path) == 2
    else:
        with pytest.raises(PermissionError):
            export(SYNC_SIDE, site, path)

    # Where it fails, nothing is lost.
    assert len(lines(path)) == 1 + failures
    assert list(path.parent.iterdir()) == [path]


@needs_posix
def test_a_file_that_another_run_has_just_replaced_is_not_written(
    path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not on Windows

    flock = fcntl.flock

    def replaced(file: t.Any, operation: int) -> None:
        flock(file, operation)
        path.unlink()
        path.write_text("", encoding="utf-8")

    monkeypatch.setattr(fcntl, "flock", replaced)

    with pytest.raises(BlockingIOError, match="another run is writing"):
        export(SYNC_SIDE, Site(*conversations(2)), path)


# --- what is refused


@pytest.mark.parametrize("job", [export_conversations, export_people])
def test_a_file_of_another_website_is_left_alone(
    side: Side, job: t.Any, path: pathlib.Path
) -> None:
    key = "session_id" if job is export_conversations else "people_id"
    text = f'{{"{key}": "a", "website_id": "W"}}\n{{"{key}": "b", "website_id": "v"}}\n'
    path.write_text(text, encoding="utf-8")
    site = Site(*conversations(1))

    with pytest.raises(ValueError, match=r"line 2 of .* is of the website v"):
        export(side, site, path, job)

    assert path.read_text(encoding="utf-8") == text
    assert site.pages == []


@pytest.mark.parametrize("job", [export_conversations, export_people])
def test_two_websites_do_not_share_a_file(
    side: Side, job: t.Any, path: pathlib.Path
) -> None:
    key = "session_id" if job is export_conversations else "people_id"
    client = side.client(transport=Site({key: "a"}))
    side.run(lambda: job(client, "w", path))

    with pytest.raises(ValueError, match=r"line 1 of .* is of the website w"):
        side.run(lambda: job(client, "v", path))


@pytest.mark.parametrize("job", [export_conversations, export_people])
def test_an_item_of_another_website_is_an_error_and_has_no_line(
    side: Side, job: t.Any, path: pathlib.Path
) -> None:
    key = "session_id" if job is export_conversations else "people_id"
    site = Site({key: "a", "website_id": "v"}, {key: "b", "website_id": "W"})

    for _ in range(2):
        with pytest.raises(CrispError, match="an item of the website v: a"):
            export(side, site, path, job)

    assert [line[key] for line in lines(path)] == ["b"]


@pytest.mark.parametrize("rest", [b"", b'{"people_id": "c"', b'{"people_id": "c"}\r'])
def test_zeros_that_a_failing_machine_left_are_removed(
    side: Side, rest: bytes, path: pathlib.Path
) -> None:
    path.write_bytes(b'{"people_id": "a"}\n' + rest + b"\0" * 100)

    export(side, Site({"people_id": "b"}), path, export_people)

    assert [line["people_id"] for line in lines(path)] == ["a", "b"]


def test_an_unknown_filter_is_refused_before_a_file_is_created(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(1))

    with pytest.raises(TypeError, match="no filter filter_unred; there are per_page"):
        export(side, site, path, filter_unred=True)

    assert not path.exists()
    assert site.pages == []


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\r\n", "  ", "\n \n"])
def test_blank_lines_at_the_end_of_a_file_are_removed(
    side: Side, blank: str, path: pathlib.Path
) -> None:
    site = Site(*conversations(2))
    export(side, site, path)
    text = path.read_bytes()
    path.write_bytes(text + blank.encode())
    site.items.append({"session_id": "new", "updated_at": 1})

    assert export(side, site, path) == 3

    assert path.read_bytes().startswith(text)
    assert ids(path) == {"s0", "s1", "new"}


@pytest.mark.parametrize("after", ['{"session_id": "b"}\n', "notes", '{"session'])
def test_a_file_with_lines_after_a_blank_one_is_left_alone(
    side: Side, after: str, path: pathlib.Path
) -> None:
    text = f'{{"session_id": "a"}}\n\n{after}'
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=r"line 3 of .* does not begin with"):
        export(side, Site(), path)

    assert path.read_text(encoding="utf-8") == text


# --- conversations that fail


@pytest.mark.parametrize("prefetch", [1, 8])
def test_a_conversation_that_always_times_out_does_not_stop_the_others(
    side: Side, prefetch: int, path: pathlib.Path
) -> None:
    site = Site(*conversations(60))
    site.messages.update({"s0": TimeoutError("slow"), "s55": TimeoutError("slow")})

    for _ in range(2):
        with pytest.raises(TimeoutError, match="slow"):
            export(side, site, path, prefetch=prefetch)
        assert len(ids(path)) == 58


def test_an_export_stops_after_three_conversations_in_a_row_without_response(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(60))
    for number in (0, 1, 5, 6, 7):
        site.messages[f"s{number}"] = TimeoutError("slow")

    with pytest.raises(TimeoutError, match="slow"):
        export(side, site, path, prefetch=1)

    assert site.read == [f"s{number}" for number in range(8)]
    assert ids(path) == {"s2", "s3", "s4"}


def test_conversations_that_fail_here_and_there_do_not_stop_the_others(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(130))
    site.messages = {f"s{number}": 500 for number in range(0, 130, 2)}

    with pytest.raises(ServerError) as caught:
        export(side, site, path, prefetch=1)

    assert len(ids(path)) == 65
    assert "It is the first of 65 that were not read." in caught.value.__notes__


def test_conversations_that_leave_a_filtered_list_during_an_export_are_exported(
    side: Side, path: pathlib.Path
) -> None:
    site = Site(*conversations(200))
    site.read_next = lambda _: site.items.pop(0)

    assert export(side, site, path, filter_unread=True) == 200
