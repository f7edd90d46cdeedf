"""The middleware before an MCP server: only signed requests reach it."""

from __future__ import annotations

import asyncio
import typing as t

import pytest

from crisp_api.testing import Delivery, signed_mcp_request
from crisp_api.webhooks import McpMiddleware

SECRET = "s3cret"
NOW = 1_700_000_000
BODY = b'{"jsonrpc":"2.0","method":"tools/list","id":1}'


class Server:
    """An application that notes what reaches it."""

    def __init__(self) -> None:
        self.scopes: list[str] = []
        self.messages: list[t.Any] = []

    async def __call__(self, scope: t.Any, receive: t.Any, send: t.Any) -> None:
        self.scopes.append(scope["type"])
        for _ in range(2):
            self.messages.append(await receive())
        await send({"type": "http.response.start", "status": 202, "headers": []})


def request(**changes: t.Any) -> Delivery:
    options: dict[str, t.Any] = {"website_id": "w", "timestamp": NOW, **changes}
    return signed_mcp_request(BODY, **{"secret": SECRET, **options})


def serve(
    delivery: Delivery, server: Server, *, kind: str = "http", **options: t.Any
) -> list[t.Any]:
    """Send a request through the middleware, in two pieces; return what is sent back."""
    middleware = McpMiddleware(
        server, **{"secret": SECRET, "clock": lambda: float(NOW), **options}
    )
    sent: list[t.Any] = []
    half = len(delivery.body) // 2
    messages: list[t.Any] = [
        {"type": "http.request", "body": delivery.body[:half], "more_body": True},
        {"type": "http.request", "body": delivery.body[half:]},
        {"type": "http.disconnect"},
    ]
    headers = [(k.lower().encode(), v.encode()) for k, v in delivery.headers.items()]

    async def receive() -> t.Any:
        return messages.pop(0)

    async def send(message: t.Any) -> None:
        sent.append(message)

    scope = {"type": kind, "method": "POST", "headers": headers}
    asyncio.run(middleware(scope, receive, send))
    return sent


def test_a_signed_request_reaches_the_server_whole() -> None:
    server = Server()

    (start,) = serve(request(session_id="session_1"), server)

    assert start["status"] == 202
    assert server.messages == [
        {"type": "http.request", "body": BODY, "more_body": False},
        {"type": "http.disconnect"},
    ]


@pytest.mark.parametrize(
    ("delivery", "problem"),
    [
        (request(secret="other"), b"does not match"),
        (request(timestamp=NOW - 301), b"not within 300 seconds"),
        (Delivery(BODY + b" ", request().headers), b"does not match"),
        (Delivery(BODY, {**request().headers, "X-Crisp-Website-Id": "v"}), b"match"),
        (Delivery(BODY, {}), b"needs the headers"),
    ],
)
def test_another_request_does_not_reach_the_server(
    delivery: Delivery, problem: bytes
) -> None:
    server = Server()

    start, body = serve(delivery, server)

    assert start["status"] == 401
    assert problem in body["body"]
    assert server.scopes == []


def test_a_body_that_is_too_large_does_not_reach_the_server() -> None:
    server = Server()

    start, _ = serve(request(), server, max_size=10)

    assert (start["status"], server.scopes) == (413, [])


def test_only_requests_and_the_lifespan_are_passed_on() -> None:
    server = Server()

    serve(request(), server, kind="lifespan")
    serve(request(), server, kind="websocket")

    assert server.scopes == ["lifespan"]


def test_a_client_that_is_gone_gets_no_response() -> None:
    server = Server()
    middleware = McpMiddleware(server, secret=[SECRET, "new"], max_age=None)

    async def receive() -> t.Any:
        return {"type": "http.disconnect"}

    async def send(message: t.Any) -> None:
        raise AssertionError(message)

    asyncio.run(middleware({"type": "http", "headers": []}, receive, send))
    assert server.scopes == []


def test_a_middleware_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="the secret is empty"):
        McpMiddleware(Server(), secret="")
