"""One client shared by threads, processes and event loops, with cancelled calls."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import gc
import json
import subprocess
import sys
import threading
import typing as t

import pytest

from crisp_api import AsyncCrisp, Crisp, ServerError
from tests.support.clients import Side
from tests.support.doubles import Recorder, envelope
from tests.support.platforms import needs_posix
from tests.support.servers import Recording, head, recording

THREADS = 32


@pytest.fixture(autouse=True)
def _nothing_is_left_open() -> t.Iterator[None]:
    """Collect garbage: an unclosed resource warns, and a warning is an error."""
    yield
    gc.collect()


class Echo:
    """Answers with the path that it is asked for, over HTTP, in a loop of its own.

    Attributes:
        silent: how many requests to take without a word before the first answer.
        status: of the answers.
        answered: how many there were.
        opened: how many connections came.
        open: how many of them are open.
    """

    def __init__(self, silent: int = 0, status: int = 200) -> None:
        self.silent = silent
        self.status = status
        self.answered = 0
        self.opened = 0
        self.open = 0
        self.asked = asyncio.Semaphore(0)

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.opened += 1
        self.open += 1
        with contextlib.closing(writer), contextlib.suppress(OSError):
            while line := await head(reader):
                self.asked.release()
                if self.silent:
                    self.silent -= 1
                    continue
                body = envelope({"path": line.split()[1].decode()})
                start = f"HTTP/1.1 {self.status} X\r\nRetry-After: 0\r\n"
                length = f"Content-Length: {len(body)}\r\n\r\n"
                writer.write(start.encode() + length.encode() + body)
                self.answered += 1
        self.open -= 1


@contextlib.asynccontextmanager
async def echoing(echo: Echo) -> t.AsyncIterator[str]:
    async with await asyncio.start_server(echo.answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1/"


@contextlib.contextmanager
def echoing_apart(echo: Echo) -> t.Iterator[str]:
    """The same in a thread, for clients that block."""
    started: concurrent.futures.Future[tuple[str, asyncio.AbstractEventLoop]] = (
        concurrent.futures.Future()
    )
    done = asyncio.Event()

    async def main() -> None:
        async with echoing(echo) as url:
            started.set_result((url, asyncio.get_running_loop()))
            await done.wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    url, loop = started.result()
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()


def in_threads(call: t.Callable[[int], object], count: int = THREADS) -> list[object]:
    """Call in so many threads, all of them at once."""
    barrier = threading.Barrier(count)

    def run(number: int) -> object:
        barrier.wait()
        return call(number)

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def asked(name: object) -> dict[str, str]:
    """Return the response of Echo about a website."""
    return {"path": f"/v1/website/{name}"}


def test_threads_get_their_own_answers() -> None:
    echo = Echo()

    with (
        echoing_apart(echo) as url,
        Crisp("i", "k", base_url=url, retry=None) as client,
    ):
        answers = in_threads(
            lambda n: [client.website.get_website(f"{n}-{i}") for i in range(20)]
        )

    assert answers == [[asked(f"{n}-{i}") for i in range(20)] for n in range(THREADS)]
    assert echo.opened <= THREADS


def test_threads_get_their_own_time_outs() -> None:
    recorder = Recorder()
    client = Crisp("i", "k", transport=recorder)

    in_threads(lambda n: client.with_options(timeout=n + 1).website.get_website(str(n)))

    assert {request.path: request.timeout for request in recorder.sent} == {
        f"/v1/website/{n}": n + 1 for n in range(THREADS)
    }
    assert client.get_timeout() == 10


def test_threads_share_one_budget() -> None:
    echo = Echo(status=503)

    with echoing_apart(echo) as url, Crisp("i", "k", base_url=url) as client:

        def call(number: int) -> None:
            with pytest.raises(ServerError):
                client.website.get_website(str(number))

        in_threads(call)

    # Each is sent once, and 20 retries are there for all of them.
    assert echo.answered == THREADS + 20


def test_threads_with_event_loops_share_an_async_client() -> None:
    echo = Echo()

    with echoing_apart(echo) as url:
        client = AsyncCrisp("i", "k", base_url=url, retry=None)

        async def main(number: int) -> list[t.Any]:
            async with asyncio.timeout(60):
                names = [f"{number}-{i}" for i in range(5)]
                return await asyncio.gather(*map(client.website.get_website, names))

        answers = in_threads(lambda n: asyncio.run(main(n)), 8)

    assert answers == [[asked(f"{n}-{i}") for i in range(5)] for n in range(8)]
    assert client._own is not None
    assert client._own._sessions == {}


FORKING = """
import json, os, sys
from crisp_api import Crisp

client = Crisp("i", "k", base_url=sys.argv[1], retry=None)
# A connection is open, and waits in the pool.
paths = [client.website.get_website("before")["path"]]
reader, writer = os.pipe()
ready, go = os.pipe()
child = os.fork()
if not child:
    os.read(ready, 1)
name = "parent" if child else "child"
if child:
    os.write(go, b"x")
for number in range(50):
    paths.append(client.website.get_website(f"{name}-{number}")["path"])
if not child:
    os.write(writer, json.dumps(paths).encode())
    os._exit(0)
_, status = os.waitpid(child, 0)
paths.append(client.website.get_website("after")["path"])
client.close()
print(json.dumps([status, paths, json.loads(os.read(reader, 65536))]))
"""


@needs_posix
def test_a_fork_shares_the_client_and_no_connection() -> None:
    echo = Echo()

    # In a process of its own, which has no other threads.
    with echoing_apart(echo) as url:
        command = [sys.executable, "-W", "error", "-c", FORKING, url]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=60
        )

    status, parent, child = json.loads(done.stdout)
    before = "/v1/website/before"
    assert status == 0
    assert child == [before, *(f"/v1/website/child-{n}" for n in range(50))]
    assert parent == [
        before,
        *(f"/v1/website/parent-{n}" for n in range(50)),
        "/v1/website/after",
    ]
    # One of the parent, and one of the child.
    assert echo.opened == 2


ASYNC_FORKING = """
import asyncio, os, sys
from crisp_api import AsyncCrisp

client = AsyncCrisp("i", "k", base_url=sys.argv[1], retry=None)

async def call(name):
    return (await client.website.get_website(name))["path"]

assert asyncio.run(call("before")) == "/v1/website/before"
child = os.fork()
name = "parent" if child else "child"
assert asyncio.run(call(name)) == "/v1/website/" + name
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert asyncio.run(call("after")) == "/v1/website/after"
"""


@needs_posix
def test_a_fork_shares_an_async_client() -> None:
    echo = Echo()

    with echoing_apart(echo) as url:
        command = [sys.executable, "-W", "error", "-c", ASYNC_FORKING, url]
        subprocess.run(command, check=True, timeout=60)

    assert echo.opened == 4


def test_two_event_loops_take_turns(server: Recording) -> None:
    client = AsyncCrisp("i", "k", base_url=server.url)

    async def call() -> object:
        return await client.website.get_website("w")

    with asyncio.Runner() as first, asyncio.Runner() as second:
        answers = [runner.run(call()) for runner in (first, second, first, second)]

    assert answers == [{}] * 4
    # Each kept its own connection while the other ran.
    assert server.connections == 2
    assert client._own is not None
    assert client._own._sessions == {}


def test_a_cancelled_call_leaves_the_pool_usable() -> None:
    # More than fit into the pool: if one kept its place, the last could not be sent.
    silent = 120
    echo = Echo(silent)

    async def main() -> tuple[list[BaseException | t.Any], list[t.Any], int]:
        async with (
            asyncio.timeout(60),
            echoing(echo) as url,
            AsyncCrisp("i", "k", base_url=url, retry=None) as client,
        ):
            lost: list[BaseException | t.Any] = []
            for _ in range(4):
                calls = [
                    asyncio.create_task(client.website.get_website("lost"))
                    for _ in range(silent // 4)
                ]
                for _ in calls:
                    await echo.asked.acquire()
                for call in calls:
                    call.cancel()
                lost += await asyncio.gather(*calls, return_exceptions=True)
            good = [await client.website.get_website(str(n)) for n in range(5)]
            return lost, good, echo.open

    lost, good, still_open = asyncio.run(main())

    assert [type(error) for error in lost] == [asyncio.CancelledError] * silent
    assert good == [asked(n) for n in range(5)]
    # The connections of the lost calls were closed, and one served the good ones.
    assert still_open == 1
    assert echo.opened == silent + 1


def test_a_call_can_be_cancelled_between_two_attempts() -> None:
    waiting = asyncio.Event()
    recorder = Recorder(status=503)

    async def main() -> None:
        client = AsyncCrisp(
            "i", "k", transport=recorder, on_retry=lambda _: waiting.set()
        )
        call = asyncio.create_task(client.website.get_website("w"))
        await waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(main())

    assert len(recorder.sent) == 1


def test_closing_twice_is_closing(server: Recording) -> None:
    client = Crisp("i", "k", base_url=server.url)
    async_client = AsyncCrisp("i", "k", base_url=server.url)

    async def main() -> None:
        await async_client.website.get_website("w")
        await async_client.close()
        await async_client.close()

    client.website.get_website("w")
    client.close()
    client.close()
    client.with_options(timeout=1).close()
    asyncio.run(main())
    # Also from a loop that never called.
    asyncio.run(async_client.close())

    assert len(server.seen) == 2


Made = t.Callable[[t.Any], t.Any]
MADE = pytest.mark.parametrize(
    "made",
    [
        lambda client: client,
        lambda client: client.with_options(timeout=1),
        lambda client: client.with_options(retry=None).with_options(deadline=1),
    ],
    ids=["itself", "with a time-out", "without retries"],
)


@MADE
@pytest.mark.parametrize("which", [0, 1])
def test_a_closed_client_says_so(side: Side, made: Made, which: int) -> None:
    recorder = Recorder()
    first = side.client(transport=recorder)
    clients = first, made(first)

    # Whichever of both is closed, both are.
    side.run(clients[which].close)

    for client in clients:
        for call in (client.website.get_website, client.get):
            with pytest.raises(RuntimeError, match="the client is closed"):
                side.run(functools.partial(call, "w"))
    assert recorder.sent == []


def test_a_block_closes_its_client_when_it_fails() -> None:
    client = Crisp("i", "k", transport=Recorder())

    with pytest.raises(LookupError), client:
        raise LookupError
    with pytest.raises(RuntimeError, match="the client is closed"):
        client.website.get_website("w")


@pytest.mark.parametrize("options", [{}, {"timeout": 1}, {"retry": None}])
def test_a_client_that_is_not_closed_does_not_warn(options: dict[str, t.Any]) -> None:
    echo = Echo()

    async def call(url: str) -> None:
        client = AsyncCrisp("i", "k", base_url=url).with_options(**options)
        await client.website.get_website("w")

    with echoing_apart(echo) as url:
        client = Crisp("i", "k", base_url=url).with_options(**options)
        client.website.get_website("w")
        del client
        asyncio.run(call(url))
        gc.collect()

    assert echo.opened == 2


def test_an_error_keeps_no_connection_open() -> None:
    errors: list[ServerError] = []

    with recording() as server, Crisp("i", "k", base_url=server.url) as client:
        server.status = 500
        for _ in range(5):
            with pytest.raises(ServerError) as caught:
                client.with_options(retry=None).website.get_website("w")
            errors.append(caught.value)

    assert len(errors) == 5
    assert server.connections == 1
