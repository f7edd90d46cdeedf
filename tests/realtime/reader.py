"""A program that reads a flood of messages slowly: it begins when no more arrive.

It prints a line when it is connected, waits for a line of input and until the queue
does not change any more, and reads until another event than a message arrives. It
reports as JSON what it read. It is a process of its own, so that the memory of the
server and of other tests is not counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import pathlib
import re
import sys
import time
import typing as t

from crisp_api import AsyncCrisp, Crisp
from tests.support.relay import KEY

__all__ = ["END"]

END: t.Final = "session:set_state"
NAMES: t.Final = ("message:send", END)
STATUS: t.Final = pathlib.Path("/proc/self/status")


class Report:
    """The messages that were read.

    Attributes:
        count: the number of messages.
        is_ordered: whether each message was sent after the one read before it.
    """

    def __init__(self, connection: t.Any) -> None:
        self.count = 0
        self.is_ordered = True
        self._connection = connection
        self._latest = 0
        self._memory = peak_memory()

    def wait(self) -> None:
        """Wait for a line of input, and until the queue does not change any more."""
        print("connected", flush=True)
        sys.stdin.readline()
        queue, before = self._connection._side._queue, None
        while (now := (queue.qsize(), self._connection.state.dropped)) != before:
            before = now
            time.sleep(0.5)

    def add(self, event: t.Any) -> bool:
        """Count a message; return False at the end."""
        if event.name == END:
            return False
        self.count += 1
        self.is_ordered &= event.data["fingerprint"] > self._latest
        self._latest = event.data["fingerprint"]
        return True

    def show(self) -> None:
        fields = {
            "count": self.count,
            "is_ordered": self.is_ordered,
            "dropped": self._connection.state.dropped,
            "reconnects": self._connection.state.reconnects,
            "memory": peak_memory() - self._memory,
        }
        print(json.dumps(fields))


def peak_memory() -> float:
    """Return the most memory that this process has taken, in MiB; 0 if not on Linux."""
    with contextlib.suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text("ascii")):
            return int(found[1]) / 1024
    return 0.0


def read(url: str, options: t.Any) -> None:
    with (
        Crisp("i", KEY, tier="plugin", base_url=url) as client,
        client.listen(*NAMES, **options) as connection,
    ):
        connection.wait_until_connected(60)
        report = Report(connection)
        report.wait()
        for event in connection:
            if not report.add(event):
                break
        report.show()


async def read_async(url: str, options: t.Any) -> None:
    async with (
        AsyncCrisp("i", KEY, tier="plugin", base_url=url) as client,
        client.listen(*NAMES, **options) as connection,
    ):
        await connection.wait_until_connected(60)
        report = Report(connection)
        await asyncio.to_thread(report.wait)
        async for event in connection:
            if not report.add(event):
                break
        report.show()


def main(kind: str, loop: str, url: str, options: str) -> None:
    if loop == "uvloop":
        import uvloop  # noqa: PLC0415 - not on Windows

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    if kind == "async":
        asyncio.run(read_async(url, json.loads(options)))
    else:
        read(url, json.loads(options))


if __name__ == "__main__":
    main(*sys.argv[1:])
