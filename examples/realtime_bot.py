"""Answer visitors as they write: a bot on a real-time connection.

It answers each message of a visitor once, and never its own messages. Its handlers are
those of the bot on webhooks in ``webhook_bot.py``; only the source of the events is
another. It needs no public URL. To run it on Crisp, set ``CRISP_IDENTIFIER``,
``CRISP_KEY``, ``CRISP_TIER`` and ``CRISP_WEBSITE_ID``.
"""

from __future__ import annotations

import asyncio
import os

from crisp_api import AsyncCrisp, send_once
from crisp_api import types as ty
from crisp_api.events import Event, Gap, Router, from_visitor
from crisp_api.sandbox import Sandbox


def add_handlers(router: Router, client: AsyncCrisp) -> None:
    """Add the handlers of the bot, whatever the source of the events is."""

    @router.on("message:send", where=from_visitor)
    async def answer(event: Event[ty.EventsMessageSend]) -> None:
        message: ty.ConversationTextMessageNew = {
            "type": "text",
            "from": "operator",
            "origin": "chat",
            "content": "Thank you! We will be back soon.",
            "automated": True,
        }
        await send_once(client, event.website_id, event.data["session_id"], message)


async def run(client: AsyncCrisp, website_id: str) -> None:
    """Answer visitors until the program is interrupted."""
    router = Router()
    add_handlers(router, client)

    @router.on("crisp:reconnected")
    async def catch_up(event: Event[Gap]) -> None:
        async for missed in client.catch_up(website_id, event.data["since"]):
            await router.handle_async(missed)

    await router.run(client.listen(*router.names, website_id=website_id))


# --- a demonstration on a sandbox ------------------------------------------------


async def demonstrate() -> None:
    """Answer a message that arrives, and another that was written during a gap."""
    sandbox = Sandbox()
    visitor = sandbox.visitor(nickname="Jane")
    async with AsyncCrisp("identifier", "key", transport=sandbox) as client:
        bot = asyncio.create_task(run(client, sandbox.website_id))
        await asyncio.sleep(0)  # now it listens

        visitor.say("Hello?")
        await visitor.wait_for_answer_async()
        with sandbox.offline():
            visitor.say("Is somebody there?")
        await visitor.wait_for_answer_async()

        bot.cancel()
    for message in visitor.messages():
        print(f"{message['from']}: {message['content']}")


async def main() -> None:
    """Run the bot, on a sandbox unless a token is set in the environment."""
    if "CRISP_IDENTIFIER" not in os.environ:
        await demonstrate()
        return
    async with AsyncCrisp.from_env() as client:
        await run(client, os.environ["CRISP_WEBSITE_ID"])


if __name__ == "__main__":
    asyncio.run(main())
