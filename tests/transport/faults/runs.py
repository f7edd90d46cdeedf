"""The outcome of a fault, on both clients."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import dataclasses
import functools
import itertools
import time
import typing as t

import pytest

from crisp_api import AsyncCrisp, Crisp, RetryPolicy
from crisp_api.errors import InvalidResponseError, RouteError, TransportError
from crisp_api.runners import ASYNC
from crisp_api.transport import AiohttpTransport, RequestsTransport
from crisp_api.transport.retry import Times
from crisp_api.transport.sender import Sender

from .servers import Server, authority, serving
from .table import FAULTS, NOW, Cell, Fault

__all__ = ["SECRET", "Result", "Run", "results", "runs", "trusting"]

SECRET: t.Final = "s3cret"
_SLOW: t.Final = tuple(fault for fault in FAULTS if fault.is_slow)


class Run(t.NamedTuple):
    """One cell of the matrix, on one client."""

    fault: Fault
    verb: str
    client: str
    scheme: str

    def __str__(self) -> str:
        return f"{self.fault.name}, {self.verb}, {self.client}, {self.scheme}"

    @property
    def expected(self) -> Cell:
        read, write = self.fault.read, self.fault.write
        if self.fault.on_async and self.client == "AsyncCrisp":
            read, write = self.fault.on_async
        return read if self.verb == "GET" else write


class Result(t.NamedTuple):
    """The result of a run.

    Attributes:
        cell: the outcome for the caller, and what the server received.
        seconds: how long the call took.
        redirected: the number of connections to the other host.
        error: the error, if there was one.
    """

    cell: Cell
    seconds: float
    redirected: int
    error: Exception | None


def runs(fault: Fault) -> list[Run]:
    """Return the runs of one fault."""
    verbs = ("GET", "POST", "PATCH") if fault.patched else ("GET", "POST")
    clients = ("Crisp", "AsyncCrisp")
    return [
        Run(fault, *one) for one in itertools.product(verbs, clients, fault.schemes)
    ]


def results(fault: Fault) -> dict[Run, Result]:
    """Return the result of each run of a fault."""
    return _measured(_SLOW if fault.is_slow else (fault,))[fault]


@functools.cache
def _measured(faults: tuple[Fault, ...]) -> dict[Fault, dict[Run, Result]]:
    """Run faults on both clients, all at once: most of the time is waiting."""
    todo = {fault: runs(fault) for fault in faults}
    with concurrent.futures.ThreadPoolExecutor(sum(map(len, todo.values()))) as pool:
        measured = {fault: pool.map(_result, some) for fault, some in todo.items()}
        return {
            fault: dict(zip(todo[fault], measured[fault], strict=True))
            for fault in faults
        }


@contextlib.contextmanager
def trusting() -> t.Iterator[None]:
    """Trust the servers here, and use no proxy, while the block runs."""
    with pytest.MonkeyPatch.context() as patch, authority().cert_pem.tempfile() as path:
        patch.setenv("REQUESTS_CA_BUNDLE", path)
        patch.setenv("NO_PROXY", "*")
        yield


class _Delays:
    """A clock and a sleep: sleeping advances the clock at once."""

    def __init__(self, jitter: float) -> None:
        self.waited = 0.0
        self.times = Times(
            lambda: time.monotonic() + self.waited, lambda: NOW, lambda: jitter
        )

    def sleep(self, seconds: float) -> None:
        self.waited += seconds

    async def sleep_later(self, seconds: float) -> None:
        self.sleep(seconds)


@dataclasses.dataclass
class _Caught:
    """The outcome of a call, and its duration."""

    outcome: t.Any = None
    seconds: float = 0.0


def _result(run: Run) -> Result:
    secure, fault = run.scheme == "https", run.fault
    delays = _Delays(1.0 if fault.longest_delays else 0.0)
    with (
        serving(fault.answers, fault.manner, secure=secure) as server,
        serving((), secure=secure) as other,
    ):
        server.elsewhere = other.url.replace("127.0.0.1", "localhost")
        if run.client == "Crisp":
            caught = _sync_call(run, server, delays)
        else:
            caught = asyncio.run(_async_call(run, server, delays))
    cell = Cell(caught.outcome, server.seen, waited=delays.waited)
    error = caught.outcome if isinstance(caught.outcome, Exception) else None
    if error:
        cell = _failed(cell, error)
    return Result(cell, caught.seconds, other.connections, error)


def _failed(cell: Cell, error: Exception) -> Cell:
    kind = type(error)
    malformed = isinstance(error, InvalidResponseError) and isinstance(
        error, RouteError
    )
    return dataclasses.replace(
        cell,
        # An error of both classes is named by the first.
        outcome=kind.__bases__[0] if malformed else kind,
        malformed=malformed,
        unsent=isinstance(error, TransportError) and error.certainly_unsent,
    )


def _sync_call(run: Run, server: Server, delays: _Delays) -> _Caught:
    transport = RequestsTransport(max_size=run.fault.max_size)
    sender = Sender(transport, RetryPolicy(), times=delays.times, sleep=delays.sleep)
    with (
        contextlib.closing(transport),
        Crisp("i", SECRET, transport=sender, **_options(run, server)) as client,
    ):
        if run.fault.warm:
            client.website.get_website("w")
            server.settle()
        with _catching() as caught:
            caught.outcome = _call(client, run)
    return caught


async def _async_call(run: Run, server: Server, delays: _Delays) -> _Caught:
    transport = AiohttpTransport(max_size=run.fault.max_size)
    sender = Sender(
        transport,
        RetryPolicy(),
        runner=ASYNC,
        times=delays.times,
        sleep=delays.sleep_later,
    )
    async with AsyncCrisp(
        "i", SECRET, transport=sender, **_options(run, server)
    ) as client:
        if run.fault.warm:
            await client.website.get_website("w")
            await asyncio.to_thread(server.settle)
            await _run_callbacks()
        with _catching() as caught:
            caught.outcome = await _call(client, run)
    await transport.close()
    # An abandoned connection may last until the server closes it, but it must not
    # outlive its loop.
    await asyncio.to_thread(server.stop)
    await _run_callbacks()
    return caught


async def _run_callbacks() -> None:
    """Let the loop process the ends of its connections."""
    for _ in range(10):
        await asyncio.sleep(0)


def _options(run: Run, server: Server) -> dict[str, t.Any]:
    return {
        "base_url": server.url,
        "timeout": run.fault.timeout,
        "deadline": run.fault.deadline,
        # The sender that is passed retries.
        "retry": None,
    }


@contextlib.contextmanager
def _catching() -> t.Iterator[_Caught]:
    caught = _Caught()
    start = time.monotonic()
    try:
        yield caught
    except Exception as error:  # noqa: BLE001 - the test compares any error
        caught.outcome = error
    caught.seconds = time.monotonic() - start


def _call(client: t.Any, run: Run) -> t.Any:
    if run.verb == "GET":
        return client.website.get_website("w")
    if run.verb == "PATCH":
        return client.patch("website/w", {})
    content = "x" * run.fault.size
    message = {"type": "text", "from": "operator", "origin": "chat", "content": content}
    return client.website.send_message_in_conversation("w", "s", message)
