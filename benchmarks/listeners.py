"""The clients that receive events; a "call" is an event.

Each starts a server of its own, and asks it for as many events as it is to receive.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import asyncio
import atexit
import importlib
import json
import subprocess
import sys
import threading
import typing as t

from benchmarks.flood import PATH
from benchmarks.run import ROOT

# It receives how many events to wait for, and a number that has no meaning here.
Work = t.Callable[[int, int], object]
TOKEN: t.Final[dict[str, t.Any]] = {
    "tier": "plugin",
    "username": "i",
    "password": "k",
    "events": [],
}


class Server:
    """A server in a process of its own, until this one ends."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        command = (sys.executable, "-m", "benchmarks.flood")
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT
        )
        atexit.register(self._process.kill)
        assert self._process.stdout  # noqa: S101 - for type checkers
        self.url = self._process.stdout.readline().strip()

    def send(self, number: int) -> None:
        """Send so many events."""
        assert self._process.stdin  # noqa: S101 - for type checkers
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()


def listeners(_url: str, kind: str) -> Work:
    """Return the client of this kind."""
    makers: dict[str, t.Callable[[Server], Work]] = {
        "bare": bare,
        "bare_awaited": bare_awaited,
        "codec": codec,
        "ours": ours,
        "ours_awaited": ours_awaited,
    }
    return makers[kind](Server())


def bare(server: Server) -> Work:
    """Count with python-socketio alone, which starts a thread for each event."""
    socketio: t.Any = importlib.import_module("socketio")
    client = socketio.Client(handle_sigint=False, reconnection=False)
    lock, done, answered = threading.Lock(), threading.Event(), threading.Event()
    left = 0

    def count(_: object) -> None:
        nonlocal left
        with lock:
            left -= 1
            if not left:
                done.set()

    def answer(_: object) -> None:
        answered.set()

    client.on("message:send", count)
    client.on("authenticated", answer)
    client.connect(server.url, transports=["websocket"])
    client.emit("authentication", TOKEN)
    answered.wait()

    def work(number: int, _: int) -> None:
        nonlocal left
        left = number
        done.clear()
        server.send(number)
        done.wait()

    return work


def ours(server: Server) -> Work:
    """Count with `Crisp.listen`."""
    from crisp_api import Crisp

    client = Crisp("i", "k", tier="plugin", base_url=f"{server.url}/v1/")
    connection = client.listen("message:send")
    connection.wait_until_connected()

    def work(number: int, _: int) -> None:
        server.send(number)
        for _event in range(number):
            next(connection)

    return work


def bare_awaited(server: Server) -> Work:
    """Count with python-socketio alone, which starts a task for each event."""
    socketio: t.Any = importlib.import_module("socketio")
    client = socketio.AsyncClient(handle_sigint=False, reconnection=False)
    left, done, answered = 0, asyncio.Event(), asyncio.Event()

    async def count(_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            done.set()

    async def answer(_: object) -> None:
        answered.set()

    async def start() -> None:
        client.on("message:send", count)
        client.on("authenticated", answer)
        await client.connect(server.url, transports=["websocket"])
        await client.emit("authentication", TOKEN)
        await answered.wait()

    async def work(number: int) -> None:
        nonlocal left
        left = number
        done.clear()
        server.send(number)
        await done.wait()

    return in_one_loop(start, work)


def ours_awaited(server: Server) -> Work:
    """Count with `AsyncCrisp.listen`."""
    from crisp_api import AsyncCrisp

    client = AsyncCrisp("i", "k", tier="plugin", base_url=f"{server.url}/v1/")
    connections: list[t.Any] = []

    async def start() -> None:
        connections.append(client.listen("message:send"))
        await connections[0].wait_until_connected()

    async def work(number: int) -> None:
        (connection,) = connections
        server.send(number)
        for _ in range(number):
            await anext(connection)

    return in_one_loop(start, work)


def codec(server: Server) -> Work:
    """Count with the few lines of the protocol that are needed, over aiohttp."""
    import aiohttp

    sockets: list[t.Any] = []

    async def start() -> None:
        session = aiohttp.ClientSession()
        socket = await session.ws_connect(f"{server.url}{PATH}")
        sockets.append(socket)
        await socket.receive_str()
        await socket.send_str("40")
        await socket.receive_str()
        await socket.send_str(f"42{json.dumps(['authentication', TOKEN])}")
        await socket.receive_str()

    async def work(number: int) -> None:
        (socket,) = sockets
        server.send(number)
        while number:
            text = await socket.receive_str()
            if text == "2":
                await socket.send_str("3")
                continue
            json.loads(text[2:])
            number -= 1

    return in_one_loop(start, work)


def in_one_loop(
    start: t.Callable[[], t.Coroutine[t.Any, t.Any, None]],
    work: t.Callable[[int], t.Coroutine[t.Any, t.Any, None]],
) -> Work:
    """Run both in one event loop, which stays open in between."""
    runner = asyncio.Runner()
    runner.run(start())
    return lambda number, _: runner.run(work(number))
