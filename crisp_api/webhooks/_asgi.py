"""An ASGI application that receives webhooks."""

from __future__ import annotations

import asyncio
import typing as t

from crisp_api.events import Router
from crisp_api.webhooks._receiver import Accepted, Options, Receiver, Reply

__all__ = ["AsgiApp", "Receive", "Scope", "Send", "asgi", "read_body", "respond"]

P = t.ParamSpec("P")
R = t.TypeVar("R")
Scope = t.MutableMapping[str, t.Any]
Receive = t.Callable[[], t.Awaitable[t.MutableMapping[str, t.Any]]]
Send = t.Callable[[t.MutableMapping[str, t.Any]], t.Awaitable[None]]


def asgi(router: Router, **options: t.Unpack[Options]) -> AsgiApp:
    """Return an ASGI application that verifies webhooks, and handles their events.

    Serve it alone, or add it to an application of FastAPI or Starlette::

        app.router.routes.append(Route("/hook", asgi(router, secret=secret)))

    Do not use ``app.mount``: it redirects ``/hook`` to ``/hook/``, and Crisp does not
    follow redirects.

    It responds with 200 as soon as the request is verified, and handles the event
    afterwards: if the program crashes in between, the event is lost. With
    ``inline=True`` it responds after the handlers have run, with 500 if one failed.

    Args:
        router: has the handlers.
        options: see `Options`. A ``secret`` or a ``key`` is required.

    Raises:
        ValueError: there is neither a secret nor a key, or it is empty.
    """
    return AsgiApp(router, Receiver(options))


class AsgiApp:
    """The application that `asgi` returns."""

    def __init__(self, router: Router, receiver: Receiver) -> None:
        self._router = router
        self._receiver = receiver
        self._tasks = set[asyncio.Task[Reply]]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection of the ASGI server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._respond(scope, receive, send)

    async def drain(self) -> None:
        """Wait until all accepted events are handled.

        A server does this at its shutdown if it serves the application alone. If it is
        part of another application, await this in the lifespan of that one.
        """
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            kind = (await receive())["type"]
            if kind == "lifespan.shutdown":
                await self.drain()
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: list[tuple[bytes, bytes]] = list(scope["headers"])
        found = {name.lower(): value for name, value in headers}
        content_type = found.get(b"content-type", b"").decode("latin-1")
        result: Accepted | Reply | None
        result = self._receiver.check_head(scope["method"], content_type)
        if result is None:
            body = await read_body(receive, self._receiver.max_size)
            if isinstance(body, Reply):
                result = body
            elif body is None:
                # The client is gone.
                return
            else:
                query = scope.get("query_string", b"").decode("latin-1")
                result = await self._do(self._receiver.receive, body, headers, query)
        if isinstance(result, Reply):
            await respond(send, result)
        elif self._receiver.is_inline:
            await respond(send, await self._handle(result))
        else:
            # Before the response is sent, which may fail or be cancelled.
            task = asyncio.create_task(self._handle(result))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            await respond(send, Reply(200, "accepted"))

    async def _handle(self, accepted: Accepted) -> Reply:
        try:
            errors = await self._router.handle_async(accepted.event)
        except BaseException:
            # Cancelled: it was not handled.
            self._receiver.release(accepted)
            raise
        return await self._do(self._receiver.handled, accepted, errors)

    async def _do(self, call: t.Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Make a call that may change the store, in a thread if that blocks."""
        if self._receiver.blocks:
            return await asyncio.to_thread(call, *args, **kwargs)
        return call(*args, **kwargs)


async def read_body(receive: Receive, max_size: int) -> bytes | Reply | None:
    """Return the body of a request; None if the client is gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > max_size:
            return Reply(413, f"the body has more than {max_size} bytes")
        if not message.get("more_body"):
            return bytes(body)


async def respond(send: Send, reply: Reply) -> None:
    """Send a response."""
    content = reply.text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
    ]
    if reply.status == 405:
        headers.append((b"allow", b"POST"))
    start = {"type": "http.response.start", "status": reply.status}
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": content})
