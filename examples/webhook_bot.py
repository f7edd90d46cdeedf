"""Answer visitors as they write: a bot on webhooks, with FastAPI.

It answers each message of a visitor once, also if Crisp repeats the delivery, and never
its own messages. Its handlers are those of the bot in ``realtime_bot.py``, which
receives the same events over a real-time connection.

To serve it, write ``app = create_app(AsyncCrisp.from_env(), secret)`` in a module, run
it with uvicorn, and give Crisp its URL, which ends in ``/hook``.
"""

from __future__ import annotations

import contextlib
import os
import typing as t

from fastapi import FastAPI
from fastapi.testclient import TestClient
from realtime_bot import add_handlers
from starlette.routing import Route

from crisp_api import AsyncCrisp, Crisp
from crisp_api.events import Router
from crisp_api.jobs import open_conversation
from crisp_api.sandbox import Sandbox
from crisp_api.testing import signed_request
from crisp_api.webhooks import asgi

SECRET = os.environ.get("CRISP_HOOK_SECRET", "a secret for the first try")


def create_app(client: AsyncCrisp, secret: str) -> FastAPI:
    """Return an application that answers visitors."""
    router = Router()
    add_handlers(router, client)
    hook = asgi(router, secret=secret)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> t.AsyncGenerator[None]:
        async with client:
            yield
            # The events that were accepted still need the client.
            await hook.drain()

    app = FastAPI(lifespan=lifespan)
    app.router.routes.append(Route("/hook", hook))
    return app


def main() -> None:
    """Deliver a message twice to the bot, on a sandbox."""
    sandbox = Sandbox()
    crisp = Crisp("identifier", "key", transport=sandbox)
    website_id = sandbox.website_id
    opened = open_conversation(
        crisp,
        website_id,
        {"type": "text", "from": "user", "origin": "chat", "content": "Hello?"},
    )
    session_id = opened["session_id"]
    messages = crisp.website.get_messages_in_conversation(website_id, session_id)

    client = AsyncCrisp("identifier", "key", transport=sandbox)
    with TestClient(create_app(client, SECRET)) as server:
        for attempt in (1, 2):
            body, headers = signed_request(
                "message:send", messages[0], secret=SECRET, attempt=attempt
            )
            response = server.post("/hook", content=body, headers=headers)
            print(response.status_code, response.text)

    for message in crisp.website.get_messages_in_conversation(website_id, session_id):
        print(f"  {message['from']}: {message['content']}")


if __name__ == "__main__":
    main()
