"""The two kinds of client, behind one interface: a test is written once for both."""

from __future__ import annotations

import asyncio
import contextlib
import typing as t

from crisp_api import AsyncCrisp, Crisp
from crisp_api.runners import ASYNC, SYNC, Runner
from crisp_api.transport import AiohttpTransport, RequestsTransport
from tests.support.doubles import ENVELOPE, AsyncRecorder, Recorder


class Side:
    """Makes clients of one kind, sync or async, and runs their calls to the end.

    Attributes:
        kind: the class of the clients.
        transport: the class of the transport that such a client makes for itself.
        runner: the runner of such a client.
        is_async: whether its calls return awaitables.
    """

    def __init__(self, kind: t.Any, transport: t.Any, runner: Runner) -> None:
        self.kind = kind
        self.transport = transport
        self.runner = runner
        self.is_async = runner.is_async

    def client(self, **options: t.Any) -> t.Any:
        """Return a client; its credentials are "i" and "k" unless given."""
        return self.kind(**{"identifier": "i", "key": "k", **options})

    def recorder(self, body: bytes = ENVELOPE, status: int = 200) -> Recorder:
        """Return a recorder whose ``send`` is a coroutine on the async side."""
        return (AsyncRecorder if self.is_async else Recorder)(body, status)

    def run(self, call: t.Callable[[], t.Any]) -> t.Any:
        """Make a call, await what it returns on the async side, return the result."""
        if not self.is_async:
            return call()

        async def main() -> t.Any:
            return await call()

        return asyncio.run(main())

    def run_closing(self, closable: t.Any, call: t.Callable[[], t.Any]) -> t.Any:
        """Run a call, then close a client or a transport, in the same event loop."""
        if not self.is_async:
            with contextlib.closing(closable):
                return call()

        async def main() -> t.Any:
            try:
                return await call()
            finally:
                await closable.close()

        return asyncio.run(main())

    def collect(self, iterator: t.Callable[[], t.Any]) -> list[t.Any]:
        """Return all items of the iterator that ``iterator()`` makes."""
        if not self.is_async:
            return list(iterator())

        async def main() -> list[t.Any]:
            return [item async for item in iterator()]

        return asyncio.run(main())


SYNC_SIDE: t.Final = Side(Crisp, RequestsTransport, SYNC)
ASYNC_SIDE: t.Final = Side(AsyncCrisp, AiohttpTransport, ASYNC)
