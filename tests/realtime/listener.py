"""A real-time connection of either kind of client, driven from the test's thread."""

from __future__ import annotations

import asyncio
import threading
import time
import typing as t

import pytest

from crisp_api.realtime import Backoff
from tests.support.clients import Side
from tests.support.node import NodeRelay
from tests.support.relay import KEY, Relay

__all__ = ["QUICK", "AnyRelay", "Listener"]

AnyRelay = Relay | NodeRelay

QUICK = Backoff(floor=0.001, cap=0.01)


class Listener:
    """A connection on either side, driven from this thread."""

    def __init__(self, side: Side, server: AnyRelay, *names: str, **options: t.Any):
        self.side = side
        self._runner = asyncio.Runner() if side.is_async else None
        given = {"tier": "plugin", "base_url": server.url, "timeout": 20}
        given |= options.pop("client", {})
        self.client = side.kind("identifier", given.pop("key", KEY), **given)
        options = {"backoff": QUICK, "timeout": 60, **options}
        self.connection = self.run(lambda: self.client.listen(*names, **options))

    def run(self, call: t.Callable[[], t.Any]) -> t.Any:
        """Make a call; on the async side in the loop, and await its result."""

        async def main() -> t.Any:
            result = call()
            return await result if hasattr(result, "__await__") else result

        return self._runner.run(main()) if self._runner else call()

    def next(self) -> t.Any:
        call = anext if self.side.is_async else next
        return self.run(lambda: call(self.connection))

    def rest(self) -> list[t.Any]:
        return self.collect(lambda: self.connection)

    def collect(self, iterator: t.Callable[[], t.Any]) -> list[t.Any]:
        """Return all items of the iterator that ``iterator()`` makes."""

        async def main() -> list[t.Any]:
            return [item async for item in iterator()]

        return self.run(main) if self.side.is_async else list(iterator())

    def ready(self) -> t.Self:
        assert self.run(lambda: self.connection.wait_until_connected(60))
        return self

    def idle(self, seconds: float = 0.05) -> None:
        """Let the connection work."""
        pause = asyncio.sleep if self.side.is_async else time.sleep
        self.run(lambda: pause(seconds))

    def activities(self) -> int:
        """Return the number of threads and tasks."""

        def tasks() -> int:
            return len(asyncio.all_tasks()) if self.side.is_async else 0

        running: int = self.run(tasks)
        return threading.active_count() + running

    def until(self, condition: t.Callable[[], object]) -> None:
        for _ in range(6000):
            if condition():
                return
            self.idle(0.01)
        pytest.fail("it does not become true")

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.connection.close)
        self.run(self.client.close)
        if self._runner:
            self._runner.close()
