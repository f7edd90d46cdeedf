"""Measure what many calls leave behind: ``python benchmarks/soak.py [calls]``.

They go to a real server in another process, from threads and from an event loop in
turn. Some of them are refused, some are cut off or answered 503 and tried
again. Shown are memory, open files and threads of the calling process; at the end,
whether they grew. Reads ``/proc``, so it is for Linux.
"""

from __future__ import annotations

import asyncio
import collections
import concurrent.futures
import gc
import multiprocessing
import multiprocessing.connection
import pathlib
import re
import sys
import threading
import time

from crisp_api import AsyncCrisp, Crisp, CrispError, RetryPolicy
from crisp_api.transport.sender import Attempt

CALLS = 100_000
ROUNDS = 10
AT_ONCE = 16
PATIENT = RetryPolicy(initial_delay=0)
# The tolerance: of memory in MiB, of files and of threads.
SLACK = (4.0, 2, 0)
Seen = collections.Counter[str]


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests by their number: most well, some not."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            Server.asked += 1
            if Server.asked % 50 == 0:
                break
            body = b'{"error": false, "reason": "resolved", "data": {"name": "Acme"}}'
            status = 503 if Server.asked % 20 == 0 else 200
            if b"/nobody" in head:
                body, status = b'{"error": true, "reason": "not_found"}', 404
            lines = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(lines.encode() + body)
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


class Server:
    """The state of the server."""

    asked = 0


def serve(pipe: multiprocessing.connection.Connection) -> None:
    """Serve until the process is ended; say at which port."""

    async def main() -> None:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            pipe.send(server.sockets[0].getsockname()[1])
            await server.serve_forever()

    asyncio.run(main())


def website(number: int) -> str:
    """Return the website to request: one in ten does not exist."""
    return "nobody" if number % 10 == 0 else f"website-{number}"


def blocking(client: Crisp, calls: int, seen: Seen) -> None:
    """Call from several threads."""

    def call(number: int) -> str:
        try:
            client.website.get_website(website(number))
        except CrispError as error:
            return type(error).__name__
        return "good"

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        seen.update(pool.map(call, range(calls)))


def awaited(client: AsyncCrisp, calls: int, seen: Seen) -> None:
    """Call from several tasks, in an event loop of their own."""
    numbers = iter(range(calls))

    async def work() -> None:
        for number in numbers:
            try:
                await client.website.get_website(website(number))
                seen["good"] += 1
            except CrispError as error:
                seen[type(error).__name__] += 1

    async def main() -> None:
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))

    asyncio.run(main())


def measure() -> tuple[float, int, int]:
    """Return MiB of memory, open files, and threads."""
    gc.collect()
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    kibibytes = int(re.findall(r"VmRSS:\s+(\d+)", status)[0])
    files = len(list(pathlib.Path("/proc/self/fd").iterdir()))
    return kibibytes / 1024, files, threading.active_count()


def soak(url: str, calls: int) -> list[tuple[float, int, int]]:
    """Call and measure, in rounds."""
    seen: Seen = collections.Counter()
    retries: Seen = collections.Counter()
    measured: list[tuple[float, int, int]] = []

    def retried(_: Attempt) -> None:
        retries["all"] += 1

    client = Crisp("i", "k", base_url=url, retry=PATIENT, on_retry=retried)
    awaited_client = AsyncCrisp("i", "k", base_url=url, retry=PATIENT, on_retry=retried)
    start = time.perf_counter()
    print(f"{'calls':>8}{'seconds':>9}{'MiB':>8}{'files':>7}{'threads':>9}")
    with client:
        for number in range(1, ROUNDS + 1):
            blocking(client, calls // ROUNDS // 2, seen)
            awaited(awaited_client, calls // ROUNDS // 2, seen)
            measured.append(measure())
            done, seconds = calls // ROUNDS * number, time.perf_counter() - start
            memory, files, threads = measured[-1]
            print(f"{done:8}{seconds:9.1f}{memory:8.1f}{files:7}{threads:9}")
    print(dict(seen), "retries:", retries["all"])
    return measured


def main(calls: int = CALLS) -> int:
    """Make the calls, and print whether nothing has grown; return the exit status."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=serve, args=(there,))
    server.start()
    try:
        measured = soak(f"http://127.0.0.1:{here.recv()}/v1/", calls)
    finally:
        server.terminate()
        server.join()
    # The first rounds fill pools and caches.
    early, last = measured[ROUNDS // 5], measured[-1]
    names = ("MiB", "files", "threads")
    grown = False
    for name, before, after, slack in zip(names, early, last, SLACK, strict=True):
        grew = after - before > slack
        grown = grown or grew
        print(f"{name}: {before:g} to {after:g}, {'NOT FLAT' if grew else 'flat'}")
    return int(grown)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
