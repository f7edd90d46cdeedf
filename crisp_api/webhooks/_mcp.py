"""An ASGI middleware that lets only signed requests through to an MCP server."""

from __future__ import annotations

import time
import typing as t

from crisp_api.errors import SignatureError
from crisp_api.webhooks._asgi import Receive, Scope, Send, read_body, respond
from crisp_api.webhooks._receiver import Reply
from crisp_api.webhooks._verify import Secrets, by_name, check_secrets, verify_mcp

__all__ = ["McpMiddleware"]

_MAX_SIZE: t.Final = 4_000_000


class McpMiddleware:
    """Lets only the requests through that Crisp's AI agent signed with your secret.

    For the application of an MCP server, or another of Starlette::

        app = server.streamable_http_app()
        app.add_middleware(McpMiddleware, secret=secret)

    Other requests are answered with 401. The header ``X-Crisp-Session-Id`` is not
    signed: do not trust it more than the request.

    Args:
        app: the ASGI application.
        secret: the signing secret, or several, while you replace one.
        max_age: how old the timestamp may be, in seconds; None for any.
        max_size: the largest body to accept, in bytes.
        clock: returns the seconds since 1970.

    Raises:
        ValueError: the secret is empty.
    """

    def __init__(
        self,
        app: t.Callable[[Scope, Receive, Send], t.Awaitable[None]],
        *,
        secret: Secrets,
        max_age: float | None = 300.0,
        max_size: int = _MAX_SIZE,
        clock: t.Callable[[], float] = time.time,
    ) -> None:
        # At once, and not at the first request.
        check_secrets(secret, None)
        self._app = app
        self._secret = secret
        self._max_age = max_age
        self._max_size = max_size
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection of the ASGI server."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive, self._max_size)
        if body is None:
            # The client is gone.
            return
        refused = body if isinstance(body, Reply) else self._refusal(scope, body)
        if refused:
            await respond(send, refused)
            return
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> t.MutableMapping[str, t.Any]:
            return messages.pop() if messages else await receive()

        await self._app(scope, receive_again, send)

    def _refusal(self, scope: Scope, body: t.Any) -> Reply | None:
        found = by_name(scope["headers"])
        try:
            verify_mcp(
                self._secret,
                body,
                found.get("x-crisp-timestamp"),
                found.get("x-crisp-website-id"),
                found.get("x-crisp-signature"),
                max_age=self._max_age,
                clock=self._clock,
            )
        except SignatureError as error:
            return Reply(401, str(error))
        return None
