"""Tools that record, replay, mock or trace requests work on both clients."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import http.server
import inspect
import logging
import pathlib
import subprocess
import sys
import textwrap
import threading
import types
import typing as t

import aiohttp
import pytest
import requests
import requests_mock
import responses
import vcr  # type: ignore[import-untyped]
import vcr.errors  # type: ignore[import-untyped]
from aioresponses import aioresponses
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_httpserver import HTTPServer

from crisp_api import AsyncCrisp, Crisp, TimeoutError
from crisp_api.transport import _adapter
from tests.support.doubles import ENVELOPE, envelope
from tests.support.servers import Recording, raw

MESSAGE: t.Any = {"type": "text", "from": "user", "origin": "chat", "content": "hi"}
MOCKED = "https://api.crisp.chat/v1/website/w"

Ask = t.Callable[..., list[t.Any]]


def blocking(url: str, session: t.Any = None, **options: t.Any) -> list[t.Any]:
    """Read, and write, on the sync client."""
    with Crisp(
        "i", "k", base_url=url, transport=session and requests.Session(), **options
    ) as client:
        got = client.website.get_website("w")
        sent = client.website.send_message_in_conversation("w", "s", MESSAGE)
        return [got, sent]


def awaited(url: str, session: t.Any = None, **options: t.Any) -> list[t.Any]:
    """The same, on the async client."""

    async def main() -> list[t.Any]:
        async with contextlib.AsyncExitStack() as stack:
            if session:
                options["transport"] = await stack.enter_async_context(
                    aiohttp.ClientSession()
                )
            client = AsyncCrisp("i", "k", base_url=url, **options)
            await stack.enter_async_context(client)
            got = await client.website.get_website("w")
            sent = await client.website.send_message_in_conversation("w", "s", MESSAGE)
            return [got, sent]

    return asyncio.run(main())


BOTH = pytest.mark.parametrize("ask", [blocking, awaited])
SESSIONS = pytest.mark.parametrize("session", [None, True], ids=["ours", "theirs"])
# By everything that the cassette records of a request.
MATCH = ("method", "uri", "headers", "raw_body")


@BOTH
@SESSIONS
def test_a_cassette_is_recorded_and_replayed(
    ask: Ask, session: object, server: Recording, tmp_path: pathlib.Path
) -> None:
    server.body = envelope({"name": "Acme"})
    cassette = tmp_path / "cassette.yaml"
    with vcr.use_cassette(str(cassette), record_mode="once", match_on=MATCH):
        recorded = ask(server.url, session)
    seen, connections = len(server.seen), server.connections

    with vcr.use_cassette(str(cassette), record_mode="none", match_on=MATCH):
        replayed = ask(server.url, session)

    assert recorded == replayed == [{"name": "Acme"}] * 2
    assert (len(server.seen), server.connections) == (seen, connections)
    assert seen == 2
    # No Python object that only an unsafe loader would read.
    assert "!!python" not in cassette.read_text(encoding="utf-8")


@BOTH
@pytest.mark.parametrize("status", [200, 204, 500])
def test_an_empty_response_is_replayed(
    ask: Ask, status: int, server: Recording, tmp_path: pathlib.Path
) -> None:
    def outcome() -> str:
        try:
            return str(ask(server.url, retry=None))
        except Exception as error:  # noqa: BLE001 - compared with the other
            return repr(error)

    server.status, server.body = status, b""
    cassette = str(tmp_path / "cassette.yaml")
    with vcr.use_cassette(cassette, record_mode="once"):
        recorded = outcome()

    with vcr.use_cassette(cassette, record_mode="none"):
        assert outcome() == recorded


@BOTH
@SESSIONS
def test_a_request_that_is_not_on_the_cassette_is_not_sent(
    ask: Ask, session: object, server: Recording, tmp_path: pathlib.Path
) -> None:
    cassette = str(tmp_path / "none.yaml")

    with (
        vcr.use_cassette(cassette, record_mode="none"),
        pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException),
    ):
        ask(server.url, session)
    assert server.connections == 0


def test_a_cassette_takes_no_connection_that_was_opened_before_it(
    server: Recording, tmp_path: pathlib.Path
) -> None:
    cassette = str(tmp_path / "none.yaml")

    with Crisp("i", "k", base_url=server.url) as client:
        client.website.get_website("w")
        with (
            vcr.use_cassette(cassette, record_mode="none"),
            pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException),
        ):
            client.website.get_website("w")
        assert len(server.seen) == 1
        client.website.get_website("w")

    assert len(server.seen) == 2


def test_a_deadline_holds_after_a_cassette(
    server: Recording, tmp_path: pathlib.Path
) -> None:
    with vcr.use_cassette(str(tmp_path / "cassette.yaml")):
        blocking(server.url)

    head = b"HTTP/1.1 200 OK\r\n"
    with (
        raw(head, silent=True) as url,
        Crisp("i", "k", base_url=url, deadline=0.1, retry=None) as client,
        pytest.raises(TimeoutError),
    ):
        client.website.get_website("w")


def test_the_package_may_be_imported_while_a_cassette_is_in_use(
    tmp_path: pathlib.Path,
) -> None:
    program = f"""
        import vcr
        import vcr.patch
        with vcr.use_cassette({str(tmp_path / "any.yaml")!r}):
            from crisp_api.transport import _adapter, aiohttp_
            assert _adapter._HTTPSPool.ConnectionCls is not _adapter._HTTPSConnection
            assert aiohttp_._REQUEST is not aiohttp_.aiohttp.ClientSession._request
        assert _adapter._HTTPSPool.ConnectionCls is _adapter._HTTPSConnection
        assert aiohttp_._REQUEST is aiohttp_.aiohttp.ClientSession._request
        bases = _adapter._HTTPConnection.__mro__ + _adapter._HTTPSConnection.__mro__
        assert not [base for base in bases if base.__module__.startswith("vcr")]
    """

    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True)


def test_pytest_recording_replays_with_the_network_blocked(
    server: Recording, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "test_recorded.py").write_text(
        textwrap.dedent(f"""
            import asyncio
            import pytest
            from crisp_api import AsyncCrisp, Crisp

            @pytest.mark.vcr
            def test_sync():
                with Crisp("i", "k", base_url={server.url!r}) as client:
                    client.website.get_website("w")

            @pytest.mark.vcr
            def test_async():
                async def main():
                    async with AsyncCrisp("i", "k", base_url={server.url!r}) as client:
                        await client.website.get_website("w")
                asyncio.run(main())
        """),
        encoding="utf-8",
    )

    def run(*options: str) -> None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        subprocess.run([*command, str(tmp_path), *options], check=True)

    run("--record-mode=once")
    assert len(server.seen) == 2
    run("--record-mode=none", "--block-network")
    assert len(server.seen) == 2


def test_responses_answers_the_sync_client() -> None:
    with responses.RequestsMock() as mock:
        mock.get(MOCKED, body=ENVELOPE)
        mock.post(f"{MOCKED}/conversation/s/message", body=ENVELOPE)

        assert blocking("https://api.crisp.chat/v1/") == [{}, {}]


@SESSIONS
def test_requests_mock_answers_the_sync_client(session: object) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(MOCKED, content=ENVELOPE)
        mock.post(f"{MOCKED}/conversation/s/message", content=ENVELOPE)

        assert blocking("https://api.crisp.chat/v1/", session) == [{}, {}]
        assert mock.last_request.json() == MESSAGE


class MockedResponse(aiohttp.ClientResponse):
    """A response that aioresponses can make: 0.7.9 lacks an argument of aiohttp 3.14."""

    def __init__(self, *args: t.Any, **kwargs: t.Any) -> None:
        parameters = inspect.signature(aiohttp.ClientResponse.__init__).parameters
        if "stream_writer" in parameters:
            kwargs.setdefault("stream_writer", types.SimpleNamespace(output_size=0))
        super().__init__(*args, **kwargs)


@SESSIONS
def test_aioresponses_answers_the_async_client(session: object) -> None:
    with aioresponses() as mock:
        mock.get(MOCKED, body=ENVELOPE, response_class=MockedResponse)
        mock.post(
            f"{MOCKED}/conversation/s/message",
            body=ENVELOPE,
            response_class=MockedResponse,
        )

        assert awaited("https://api.crisp.chat/v1/", session) == [{}, {}]


@BOTH
def test_pytest_httpserver_serves_both_clients(
    ask: Ask, httpserver: HTTPServer
) -> None:
    path = "/v1/website/w"
    httpserver.expect_ordered_request(path).respond_with_data(ENVELOPE)
    httpserver.expect_ordered_request(
        f"{path}/conversation/s/message", method="POST", json=MESSAGE
    ).respond_with_data(ENVELOPE)

    assert ask(httpserver.url_for("/v1/")) == [{}, {}]
    httpserver.check()


@SESSIONS
def test_opentelemetry_traces_the_sync_client(
    session: object, server: Recording
) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = RequestsInstrumentor()

    instrumentor.instrument(tracer_provider=provider)
    try:
        assert blocking(server.url, session) == [{}, {}]
    finally:
        instrumentor.uninstrument()

    assert [span.name for span in exporter.get_finished_spans()] == ["GET", "POST"]
    assert all("traceparent" in seen.headers for seen in server.seen)


def test_more_threads_than_kept_connections_log_no_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    everyone = threading.Barrier(64, timeout=60)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # All 64 requests are under way at once.
            everyone.wait()
            self.send_response(200)
            self.send_header("Content-Length", str(len(ENVELOPE)))
            self.end_headers()
            self.wfile.write(ENVELOPE)

        def log_message(self, format: str, *args: object) -> None: ...

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        Handler.protocol_version = "HTTP/1.1"
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        url = f"http://127.0.0.1:{server.server_port}/v1/"
        with (
            caplog.at_level(logging.WARNING),
            Crisp("i", "k", base_url=url, timeout=60) as client,
            concurrent.futures.ThreadPoolExecutor(64) as threads,
        ):
            calls = [threads.submit(client.website.get_website, "w") for _ in range(64)]
            assert [dict(call.result()) for call in calls] == [{}] * 64
        server.shutdown()
        serving.join()

    assert caplog.messages == []


def test_a_connection_that_a_closed_pool_gets_back_is_closed() -> None:
    pool = _adapter._HTTPPool("127.0.0.1")
    pool.close()
    connection = pool.ConnectionCls("127.0.0.1")

    pool._put_conn(connection)
    pool._put_conn(None)

    assert connection.sock is None
