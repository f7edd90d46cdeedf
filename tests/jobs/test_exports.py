"""Exports: every line once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import itertools
import json
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import typing as t

import pytest

from crisp_api import (
    AsyncCrisp,
    AuthenticationError,
    Crisp,
    NotFoundError,
    ServerError,
)
from crisp_api.http import Request, Response
from crisp_api.jobs import export_conversations, export_people
from crisp_api.sandbox import Sandbox
from tests.support.clients import ASYNC_SIDE, SYNC_SIDE, Side
from tests.support.doubles import CountingTransport, envelope
from tests.support.platforms import needs_posix

# Every sandbox begins with the same website.
WEBSITE_ID = Sandbox().website_id
HALF = '{"session_id": "a", "é'


def export(
    side: Side,
    transport: t.Any,
    path: pathlib.Path | str,
    job: t.Any = export_conversations,
    **options: t.Any,
) -> int:
    """Export the website of a sandbox; return how many lines there are."""
    client = side.client(transport=transport, retry=None)
    lines: int = side.run(lambda: job(client, WEBSITE_ID, path, **options))
    return lines


def filled(conversations: int, messages: int = 2) -> Sandbox:
    """Return a sandbox with so many conversations."""
    sandbox = Sandbox()
    website = Crisp("i", "k", transport=sandbox).website
    for number in range(conversations):
        opened = website.create_new_conversation(sandbox.website_id)
        session_id = opened.get("session_id", "")
        for at in range(messages):
            message: t.Any = {
                "type": "text",
                "from": "user",
                "origin": "chat",
                "content": f"{number}.{at}",
            }
            website.send_message_in_conversation(
                sandbox.website_id, session_id, message
            )
    sandbox.requests.clear()
    return sandbox


class Between:
    """A transport in front of a sandbox, which answers some requests itself."""

    def __init__(
        self, sandbox: Sandbox, instead: t.Callable[[Request], Response | None]
    ) -> None:
        self.sandbox = sandbox
        self.instead = instead
        self.read: list[str] = []

    def send(self, request: Request, /) -> Response:
        if request.path.endswith("/messages"):
            self.read.append(request.path.split("/")[-2])
        return self.instead(request) or self.sandbox.send(request)


def lines(path: pathlib.Path) -> list[dict[str, t.Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def said(path: pathlib.Path) -> list[list[str]]:
    return sorted(
        [message["content"] for message in line["messages"]] for line in lines(path)
    )


def expected(conversations: int, messages: int = 2) -> list[list[str]]:
    return sorted(
        [f"{number}.{at}" for at in range(messages)] for number in range(conversations)
    )


@pytest.mark.parametrize(("count", "messages"), [(0, 2), (1, 1), (130, 2), (3, 95)])
def test_every_conversation_has_a_line_with_its_messages(
    side: Side, count: int, messages: int, tmp_path: pathlib.Path
) -> None:
    sandbox, path = filled(count, messages), tmp_path / "all.jsonl"

    written = export(side, sandbox, path)

    assert written == count
    assert said(path) == expected(count, messages)
    assert all(line["session_id"].startswith("session_") for line in lines(path))


def test_a_second_run_adds_what_is_new_and_asks_for_no_more(
    side: Side, tmp_path: pathlib.Path
) -> None:
    sandbox, path = filled(60), tmp_path / "all.jsonl"
    between = Between(sandbox, lambda _: None)

    export(side, between, path)
    assert len(between.read) == 60
    assert export(side, between, path) == 60
    assert len(between.read) == 60
    assert said(path) == expected(60)


@pytest.mark.parametrize("cut", [0, 1, 17])
def test_a_failed_run_resumes(side: Side, cut: int, tmp_path: pathlib.Path) -> None:
    # Counted in one step: threads ask at once.
    numbers = itertools.count(1)

    def fail(request: Request) -> Response | None:
        down = request.path.endswith("/messages") and next(numbers) > 70
        return Response(request, 500, envelope({}, error=True)) if down else None

    sandbox, path = filled(130), tmp_path / "all.jsonl"
    between = Between(sandbox, fail)
    with pytest.raises(ServerError) as caught:
        export(side, between, path)
    kept = lines(path)
    assert len(kept) == 70
    # Threads may hand over a success behind the failures, and then it goes on.
    problem = r"the first of (30|60) that were not read"
    assert re.search(problem, caught.value.__notes__[-2])
    assert f"{len(kept)} lines are in {path}" in caught.value.__notes__[-1]
    with path.open("r+b") as file:
        # As if it had been ended while it wrote the last line.
        file.truncate(path.stat().st_size - cut)

    between = Between(sandbox, lambda _: None)
    assert export(side, between, path) == 130

    assert said(path) == expected(130)
    # Without its line end, a line is whole all the same.
    whole = len(kept) - (cut > 1)
    assert lines(path)[:whole] == kept[:whole]
    assert len(between.read) == 130 - whole


PROGRAM = """
import os, signal, sys
from crisp_api import Crisp
from crisp_api.jobs import export_conversations
from crisp_api.transport import RequestsTransport

class Killing:
    def __init__(self):
        self.inner, self.left = RequestsTransport(), int(sys.argv[4])

    def send(self, request):
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.inner.send(request)

client = Crisp("i", "k", base_url=sys.argv[1], transport=Killing())
export_conversations(client, sys.argv[2], sys.argv[3], prefetch=4)
"""


@needs_posix
def test_runs_that_are_killed_lose_and_repeat_nothing(tmp_path: pathlib.Path) -> None:
    sandbox, path = filled(70), tmp_path / "all.jsonl"
    ends: list[int] = []

    with sandbox.serve() as url:
        for requests in (30, 20, 1, 10, 1000):
            done = subprocess.run(
                [
                    *(sys.executable, "-c", PROGRAM, url, sandbox.website_id),
                    *(str(path), str(requests)),
                ],
                check=False,
            )
            ends.append(done.returncode)

    assert ends == [-signal.SIGKILL] * 4 + [0]
    assert said(path) == expected(70)


@pytest.mark.parametrize(
    "text",
    [
        *("no json\n", '{"people_id": "a"}\n', "[1]\n", '{"session_id": "a"}\n7\n'),
        *("{}\n", '{"people_id": "a", "session_id": "b"}\n', '["session_id"]\n'),
        # Without an end of line, which is no sign that it was cut off.
        *("notes", "7", '{"people_id": "a"}', '["a"', '{"session_id": "a"}\nnotes'),
        *('{"name": "a', '{"a": 1}{"b": 2}', '{"a": 1} // mine', '{"users": [{"id'),
    ],
)
def test_a_file_of_another_kind_is_left_alone(
    side: Side, text: str, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(text, encoding="utf-8")
    sandbox = filled(1)

    wrong = r"line \d of .*other.jsonl does not begin with a session_id"
    with pytest.raises(ValueError, match=wrong):
        export(side, sandbox, path)
    assert path.read_text(encoding="utf-8") == text
    assert sandbox.requests == []


@pytest.mark.parametrize("text", ["{", '{"ses', '{"session_id": "a', HALF])
def test_a_first_line_that_was_cut_off_is_written_again(
    side: Side, text: str, tmp_path: pathlib.Path
) -> None:
    sandbox, path = filled(2), tmp_path / "all.jsonl"
    # The last byte may be half a character.
    path.write_bytes(text.encode()[: None if text.isascii() else -1])

    export(side, sandbox, path)

    assert said(path) == expected(2)


def test_a_line_whose_end_alone_is_missing_stays(
    side: Side, tmp_path: pathlib.Path
) -> None:
    sandbox, path = filled(2), tmp_path / "all.jsonl"
    text = '{"session_id": "removed since", "messages": []}'
    path.write_text(text, encoding="utf-8")

    written = export(side, sandbox, path)

    assert written == 3
    assert path.read_text(encoding="utf-8").startswith(f"{text}\n")


@pytest.mark.parametrize("newest", [0, 49])
def test_a_conversation_that_cannot_be_read_does_not_stop_the_others(
    side: Side, newest: int, tmp_path: pathlib.Path
) -> None:
    def fail(request: Request) -> Response | None:
        if not request.path.endswith(f"{bad}/messages"):
            return None
        return Response(request, 500, envelope({}, error=True))

    sandbox, path = filled(60), tmp_path / "all.jsonl"
    website = Crisp("i", "k", transport=sandbox).website
    bad = website.list_conversations(sandbox.website_id, per_page=50)[newest][
        "session_id"
    ]

    with pytest.raises(ServerError) as caught:
        export(side, Between(sandbox, fail), path)

    assert len(lines(path)) == 59
    assert caught.value.__notes__[-3:] == [
        f"This was about {bad}.",
        "It is the first of 1 that were not read.",
        f"59 lines are in {path}; run it again to resume.",
    ]
    assert export(side, sandbox, path) == 60
    assert said(path) == expected(60)


def test_what_came_before_an_end_is_written(tmp_path: pathlib.Path) -> None:
    def end(_: Request) -> Response | None:
        if len(between.read) == 20:
            raise KeyboardInterrupt
        return None

    sandbox, path = filled(60), tmp_path / "all.jsonl"
    between = Between(sandbox, end)

    with pytest.raises(KeyboardInterrupt):
        export(SYNC_SIDE, between, path, prefetch=1)

    assert len(lines(path)) == 19


def test_an_error_waits_for_no_long_conversation(tmp_path: pathlib.Path) -> None:
    begun = threading.Event()

    def fail(request: Request) -> Response | None:
        if not request.path.endswith("/messages"):
            return None
        if request.path.split("/")[-2] == between.read[0]:
            begun.wait(60)
            return None
        begun.set()
        return Response(request, 401, envelope({}, error=True, reason="unauthorized"))

    sandbox, path = filled(2, 2000), tmp_path / "all.jsonl"
    between = Between(sandbox, fail)

    with pytest.raises(AuthenticationError):
        export(SYNC_SIDE, between, path, prefetch=2)
    assert len(between.read) < 50


def test_what_is_there_first_is_written_first(tmp_path: pathlib.Path) -> None:
    def hold(request: Request) -> None:
        if [request.path.split("/")[-2]] == between.read[:1]:
            until = time.monotonic() + 60
            while path.read_bytes().count(b"\n") < 2 and time.monotonic() < until:
                time.sleep(0.001)
            counts.append(path.read_bytes().count(b"\n"))

    sandbox, path = filled(3), tmp_path / "all.jsonl"
    counts: list[int] = []
    between = Between(sandbox, hold)

    export(SYNC_SIDE, between, path, prefetch=2)

    assert counts[0] == 2
    assert said(path) == expected(3)


@needs_posix
def test_two_runs_do_not_write_one_file(tmp_path: pathlib.Path) -> None:
    sandbox, path = filled(2), tmp_path / "all.jsonl"
    errors: list[str] = []

    def another(request: Request) -> None:
        if request.path.endswith("/messages") and not errors:
            errors.append("")
            with pytest.raises(BlockingIOError) as caught:
                export(SYNC_SIDE, sandbox, path)
            errors.append(str(caught.value))

    way = Between(sandbox, another)
    export(SYNC_SIDE, way, path, prefetch=1)

    assert f"another run is writing {path}" in errors[-1]
    assert said(path) == expected(2)


def test_without_locks_a_file_is_written_all_the_same(
    side: Side, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox, path = filled(2), tmp_path / "all.jsonl"
    monkeypatch.setitem(sys.modules, "fcntl", None)

    export(side, sandbox, path)

    assert said(path) == expected(2)


@pytest.mark.parametrize("prefetch", [0, -1])
def test_a_width_that_is_none_is_refused(
    side: Side, prefetch: int, tmp_path: pathlib.Path
) -> None:
    sandbox, path = filled(1), tmp_path / "all.jsonl"

    with pytest.raises(ValueError, match=f"prefetch must be 1 or more, not {prefetch}"):
        export(side, sandbox, path, prefetch=prefetch)
    assert sandbox.requests == []
    assert not path.exists()


def test_conversations_are_read_together(tmp_path: pathlib.Path) -> None:
    barrier = threading.Barrier(4, timeout=60)

    def together(request: Request) -> None:
        if request.path.endswith("/messages"):
            barrier.wait()

    sandbox, path = filled(8), tmp_path / "all.jsonl"
    way = Between(sandbox, together)

    export(SYNC_SIDE, way, path, prefetch=4)

    assert said(path) == expected(8)


def test_async_exports_read_as_many_conversations_at_once_as_prefetch_says(
    tmp_path: pathlib.Path,
) -> None:
    transport, path = CountingTransport(filled(20).send), tmp_path / "all.jsonl"

    export(ASYNC_SIDE, transport, path, prefetch=4)

    assert transport.most_in_flight == 4
    assert said(path) == expected(20)


def test_a_conversation_that_is_gone_by_then_has_no_line(
    side: Side, tmp_path: pathlib.Path
) -> None:
    def gone(request: Request) -> Response | None:
        if between.read[-1:] != [request.path.split("/")[-2]] or len(between.read) > 1:
            return None
        body = envelope({}, error=True, reason="conversation_not_found")
        return Response(request, 404, body)

    sandbox, path = filled(3), tmp_path / "all.jsonl"
    between = Between(sandbox, gone)

    written = export(side, between, path, prefetch=1)
    assert written == 2
    assert len(lines(path)) == 2


def test_another_404_is_an_error(side: Side, tmp_path: pathlib.Path) -> None:
    def refuse(request: Request) -> Response | None:
        if not request.path.endswith("/messages"):
            return None
        body = envelope({}, error=True, reason="not_subscribed")
        return Response(request, 404, body)

    sandbox, path = filled(3), tmp_path / "all.jsonl"

    with pytest.raises(NotFoundError, match="not_subscribed"):
        export(side, Between(sandbox, refuse), path)
    assert path.read_text(encoding="utf-8") == ""


def test_exports_can_be_filtered(tmp_path: pathlib.Path) -> None:
    sandbox, path = filled(3), tmp_path / "all.jsonl"
    client = Crisp("i", "k", transport=sandbox)
    first = client.website.list_conversations(sandbox.website_id)[0]["session_id"]
    client.website.change_conversation_state(
        sandbox.website_id, first, {"state": "resolved"}
    )

    written = export_conversations(
        client, sandbox.website_id, path, filter_resolved=True
    )

    assert written == 1
    assert lines(path)[0]["session_id"] == first


def test_any_text_can_be_written(side: Side, tmp_path: pathlib.Path) -> None:
    answers = {"1": [{"people_id": "a", "email": "é"}, {"people_id": "\ud800"}]}

    class People:
        def send(self, request: Request, /) -> Response:
            page = answers.get(request.path.rpartition("/")[2], [])
            return Response(request, 200, envelope(page))

    path = tmp_path / "people.jsonl"
    website = f'"website_id": "{WEBSITE_ID}"'
    first = f'{{"people_id": "a", {website}, "email": "é"}}\n'
    second = f'{{"people_id": "\\ud800", {website}}}\n'

    assert export(side, People(), path, export_people, progress=False) == 2
    assert path.read_bytes() == f"{first}{second}".encode()
    assert export(side, People(), path, export_people) == 2


def test_every_contact_has_a_line(side: Side, tmp_path: pathlib.Path) -> None:
    sandbox, path = Sandbox(), str(tmp_path / "people.jsonl")
    website = Crisp("i", "k", transport=sandbox).website
    emails = [f"{number}@acme.example" for number in range(110)]
    for email in emails:
        website.add_new_people_profile(sandbox.website_id, {"email": email})

    assert export(side, sandbox, path, export_people) == 110
    assert export(side, sandbox, path, export_people) == 110

    found = [line["email"] for line in lines(pathlib.Path(path))]
    assert sorted(found) == sorted(emails)


def test_an_async_export_that_is_cancelled_leaves_whole_lines(
    tmp_path: pathlib.Path,
) -> None:
    sandbox, path = filled(70), tmp_path / "all.jsonl"
    jobs: list[asyncio.Task[int]] = []

    class Stopping:
        read = 0

        async def send(self, request: Request, /) -> Response:
            self.read += request.path.endswith("/messages")
            if self.read > 55:
                jobs[0].cancel()
                await asyncio.sleep(0)
            return sandbox.send(request)

    async def main() -> None:
        client = AsyncCrisp("i", "k", transport=Stopping())
        job = export_conversations(client, sandbox.website_id, path)
        jobs.append(asyncio.ensure_future(job))
        with pytest.raises(asyncio.CancelledError):
            await jobs[0]

    asyncio.run(main())

    assert 50 <= len(lines(path)) <= 55
    export(SYNC_SIDE, sandbox, path)
    assert said(path) == expected(70)


def test_progress_is_shown_on_a_terminal(
    side: Side,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sandbox = filled(3)

    export(side, sandbox, tmp_path / "a.jsonl")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    export(side, sandbox, tmp_path / "b.jsonl")
    assert "3 lines" in capsys.readouterr().err
    options = {"progress": False}
    export(side, sandbox, tmp_path / "c", **options)
    odd = tmp_path / "x[" / "red]"
    odd.mkdir(parents=True)
    export(side, sandbox, odd / "c[bold].jsonl")
    capsys.readouterr()
    monkeypatch.setitem(sys.modules, "rich", None)
    export(side, sandbox, tmp_path / "d.jsonl")
    assert capsys.readouterr().err == ""
    assert said(tmp_path / "d.jsonl") == said(tmp_path / "c")
    with monkeypatch.context() as patch:
        # As under pythonw, or with 2>&-.
        patch.setattr(sys, "stderr", None)
        export(side, sandbox, tmp_path / "e.jsonl")
