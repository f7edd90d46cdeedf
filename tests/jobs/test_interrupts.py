"""Programs that are interrupted while a server does not answer."""

from __future__ import annotations

import contextlib
import http.server
import json
import pathlib
import signal
import subprocess
import sys
import threading
import typing as t

import pytest

from tests.support.doubles import envelope
from tests.support.platforms import needs_posix

GENEROUS = 60.0
# Longer than any test: what waits for a time-out fails.
HEAD = """
import sys
from crisp_api import Crisp, paginate
from crisp_api.jobs import export_conversations
client = Crisp("i", "k", base_url=sys.argv[1], timeout=600, deadline=None)
"""
# Does not end a wait of the main thread, like a signal just before the wait begins.
OTHER_THREAD = """
import signal, threading
def interrupt():
    sys.stdin.readline()
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)
threading.Thread(target=interrupt, daemon=True).start()
"""
EXPORT = "export_conversations(client, 'w', sys.argv[2], prefetch=4)"
WALK = "list(paginate(client.website.list_conversations, 'w', prefetch=4))"
BREAK = """
for _ in paginate(client.website.list_conversations, 'w', prefetch=4):
    break
"""
HELD = """
pages = paginate(client.website.list_conversations, 'w', prefetch=4)
next(pages)
"""


class Silent:
    """A server that answers some pages of a list, and nothing else.

    Attributes:
        url: its address.
        asked: the paths that were requested.
        arrived: released for each request that is not answered.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[str] = []
        self.arrived = threading.Semaphore(0)


@contextlib.contextmanager
def silent(*answered: int) -> t.Iterator[Silent]:
    """Serve; only page 1 has conversations."""
    server = Silent()
    over = threading.Event()
    listed = [{"session_id": f"s{number}"} for number in range(20)]
    pages = {
        f"/v1/website/w/conversations/{number}": envelope(listed[: 40 - 20 * number])
        for number in answered
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            server.asked.append(path)
            page = pages.get(path)
            if page is None:
                server.arrived.release()
                over.wait(GENEROUS)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None: ...

    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{served.server_port}/v1/"
    thread = threading.Thread(target=served.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        over.set()
        served.shutdown()
        thread.join()
        served.server_close()


@contextlib.contextmanager
def program(code: str, *arguments: str) -> t.Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", HEAD + code, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        try:
            yield running
        finally:
            running.kill()


@needs_posix
@pytest.mark.parametrize("code", [EXPORT, WALK], ids=["export", "walk"])
def test_an_interrupt_ends_a_program_whose_requests_are_not_answered(
    code: str, tmp_path: pathlib.Path
) -> None:
    answered = (1, 2) if code == EXPORT else ()
    with (
        silent(*answered) as server,
        program(code, server.url, str(tmp_path / "all.jsonl")) as running,
    ):
        for _ in range(4):
            assert server.arrived.acquire(timeout=GENEROUS)
        asked = len(server.asked)
        running.send_signal(signal.SIGINT)
        assert running.wait(GENEROUS / 2) != 0
        assert len(server.asked) == asked


@needs_posix
@pytest.mark.parametrize("code", [EXPORT, WALK], ids=["export", "walk"])
def test_an_interrupt_that_arrives_in_another_thread_ends_a_program(
    code: str, tmp_path: pathlib.Path
) -> None:
    answered = (1, 2) if code == EXPORT else ()
    with (
        silent(*answered) as server,
        program(OTHER_THREAD + code, server.url, str(tmp_path / "all")) as running,
    ):
        for _ in range(4):
            assert server.arrived.acquire(timeout=GENEROUS)
        assert running.stdin
        running.stdin.write(b"\n")
        running.stdin.flush()
        assert running.wait(GENEROUS / 2) != 0


@pytest.mark.parametrize("code", [BREAK, HELD], ids=["broken", "held"])
def test_pages_that_are_on_their_way_do_not_keep_a_program_alive(code: str) -> None:
    with silent(1) as server, program(code, server.url) as running:
        assert running.wait(GENEROUS / 2) == 0
        assert len(server.asked) <= 4


@needs_posix
def test_lines_of_an_interrupted_export_are_whole(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "all.jsonl"
    with silent(1, 2) as server, program(EXPORT, server.url, str(path)) as running:
        assert server.arrived.acquire(timeout=GENEROUS)
        running.send_signal(signal.SIGINT)
        running.wait(GENEROUS / 2)

    assert [json.loads(line) for line in path.read_text().splitlines()] == []
