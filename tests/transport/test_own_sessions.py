"""Sessions of the user's own: their hooks, and what they would do differently."""

from __future__ import annotations

import asyncio
import gc
import gzip
import socket
import typing as t

import aiohttp
import pytest
import requests

from crisp_api import (
    AsyncCrisp,
    ConnectionError,
    Crisp,
    InvalidResponseError,
    NotFoundError,
    RetryPolicy,
    RouteError,
    TransportError,
)
from crisp_api.http import Request
from crisp_api.transport import RequestsTransport
from tests.support.clients import Side
from tests.support.doubles import envelope
from tests.support.servers import Recording, raw, scripted

FAST = RetryPolicy(initial_delay=0)


def hooked(url: str, hook: t.Callable[[requests.Response], object]) -> Crisp:
    """Return a client over a session with a hook for responses."""
    session = requests.Session()

    def call(response: requests.Response, **_: object) -> None:
        hook(response)

    session.hooks["response"].append(call)
    return Crisp("i", "k", base_url=url, transport=session, retry=FAST)


def test_a_hook_that_raises_for_status_leaves_the_error_of_the_status(
    server: Recording,
) -> None:
    server.status, server.body = 404, envelope({}, error=True, reason="not_found")
    client = hooked(server.url, lambda response: response.raise_for_status())

    with pytest.raises(NotFoundError, match="404 not_found"):
        client.website.get_website("w")
    assert len(server.seen) == 1


def test_an_error_of_a_hook_is_raised_unchanged_and_nothing_is_repeated(
    server: Recording,
) -> None:
    def fail(response: requests.Response) -> None:
        message = f"my hook: {response.status_code}"
        raise ValueError(message)

    with pytest.raises(ValueError, match="my hook: 200") as caught:
        hooked(server.url, fail).website.get_website("w")
    assert not isinstance(caught.value, TransportError)
    assert len(server.seen) == 1


def test_an_http_error_without_a_response_is_a_transport_error(
    server: Recording,
) -> None:
    def fail(response: requests.Response) -> None:
        raise requests.HTTPError(response.url)

    with pytest.raises(TransportError):
        hooked(server.url, fail).website.get_website("w")


def test_hooks_of_a_session_are_called_in_order(server: Recording) -> None:
    session = requests.Session()
    calls: list[str] = []

    def note(name: str) -> t.Any:
        return lambda response, **_: calls.append(f"{name} {response.status_code}")

    session.hooks["response"] = [note("first"), note("second")]
    Crisp("i", "k", base_url=server.url, transport=session).website.get_website("w")
    session.hooks["response"] = note("alone")
    Crisp("i", "k", base_url=server.url, transport=session).website.get_website("w")

    assert calls == ["first 200", "second 200", "alone 200"]


@pytest.mark.parametrize("location", ["http://[bad", "https://other.example/"])
def test_a_redirect_is_an_error_at_once(location: str) -> None:
    head = (
        f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 2\r\n\r\n{{}}"
    )
    with raw(head.encode()) as url:
        transport = RequestsTransport(requests.Session())
        response = transport.send(Request("GET", url))

    assert (response.status, response.header("location")) == (302, location)
    with raw(head.encode()) as url, pytest.raises(RouteError, match="302"):
        Crisp("i", "k", base_url=url, transport=requests.Session()).get("/x")


def test_the_body_of_a_redirect_is_limited() -> None:
    body = gzip.compress(b" " * 1_000_000)
    head = (
        "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with raw(head.encode() + body) as url:
        transport = RequestsTransport(requests.Session(), max_size=10_000)
        with pytest.raises(InvalidResponseError, match="more than 10000 bytes"):
            transport.send(Request("GET", url))


def run_with(make: t.Callable[[], aiohttp.ClientSession], url: str) -> None:
    """Send a POST by an async client over a session."""

    async def main() -> None:
        async with make() as session:
            client = AsyncCrisp("i", "k", base_url=url, transport=session, retry=FAST)
            await client.website.add_new_people_profile("w", {"email": "a@b.example"})

    asyncio.run(main())


# Older versions of aiohttp do not close the connection of a trace that fails.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", [ValueError, ZeroDivisionError, RuntimeError])
def test_an_error_of_a_trace_is_raised_unchanged_and_nothing_is_repeated(
    server: Recording, kind: type[Exception]
) -> None:
    def make() -> aiohttp.ClientSession:
        async def fail(*_: object) -> None:
            message = "my trace"
            raise kind(message)

        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(fail)
        return aiohttp.ClientSession(trace_configs=[trace])

    with pytest.raises(kind, match="my trace") as caught:
        run_with(make, server.url)
    del caught
    gc.collect()
    assert len(server.seen) == 1


def test_a_closed_session_is_named() -> None:
    async def main() -> None:
        session = aiohttp.ClientSession()
        await session.close()
        await AsyncCrisp("i", "k", transport=session).website.get_website("w")

    with pytest.raises(RuntimeError, match="Session is closed"):
        asyncio.run(main())


def test_a_proxy_that_refuses_the_tunnel_is_named_and_nothing_was_sent(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def refuse(connection: socket.socket) -> None:
        asked.append(connection.recv(65_536))
        connection.sendall(b"HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n")

    with scripted(refuse) as url:
        monkeypatch.setenv("https_proxy", url.removesuffix("/v1/"))
        client = side.kind("i", "k", base_url="https://crisp.example/", retry=FAST)
        with pytest.raises(
            ConnectionError, match="the proxy refused the connection"
        ) as caught:
            side.run_closing(
                client,
                lambda: client.website.send_message_in_conversation(
                    *("w", "s"),
                    {"type": "text", "from": "user", "origin": "chat", "content": "x"},
                ),
            )

    assert (caught.value.certainly_unsent, caught.value.attempts) == (True, 4)
    assert all(one.startswith(b"CONNECT crisp.example:443") for one in asked)
