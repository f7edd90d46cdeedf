"""Ask a visitor what it is about, and assign the conversation: a bot with buttons.

It sends a picker when a visitor writes first, and reacts to the choice. To run it on
Crisp, set ``CRISP_IDENTIFIER``, ``CRISP_KEY``, ``CRISP_TIER`` and ``CRISP_WEBSITE_ID``.
"""

from __future__ import annotations

import asyncio
import os
import typing as t

from crisp_api import AsyncCrisp
from crisp_api import types as ty
from crisp_api.events import Event, Router, from_visitor
from crisp_api.sandbox import Sandbox

ID: t.Final = "topic"
TOPICS: t.Final = {"order": "My order", "bill": "A bill", "other": "Something else"}


def message(content: str) -> ty.ConversationTextMessageNew:
    """Return a message of the bot."""
    return {
        "type": "text",
        "from": "operator",
        "origin": "chat",
        "content": content,
        "automated": True,
    }


def question() -> ty.ConversationPickerMessageNew:
    """Return the question, with a button for each topic."""
    return {
        "type": "picker",
        "from": "operator",
        "origin": "chat",
        "content": {
            "id": ID,
            "text": "What is it about?",
            "choices": [
                {"value": value, "label": label, "selected": False}
                for value, label in TOPICS.items()
            ],
        },
        "automated": True,
    }


def add_handlers(router: Router, client: AsyncCrisp) -> None:
    """Add the handlers of the bot."""
    website = client.website

    @router.on("message:send", where=from_visitor)
    async def ask(event: Event[ty.EventsMessageSend]) -> None:
        place = (event.website_id, event.data["session_id"])
        metas = await website.get_conversation_metas(*place)
        if not metas["segments"]:
            await website.send_message_in_conversation(*place, question())
            await website.update_conversation_metas(*place, {"segments": ["asked"]})

    @router.on("message:updated")
    async def assign(event: Event[ty.EventsMessageUpdated]) -> None:
        content = event.data["content"]
        if isinstance(content, str) or content.get("id") != ID:
            return
        picker = t.cast("ty.ConversationPickerMessageContentResponse", content)
        place = (event.website_id, event.data["session_id"])
        for choice in picker["choices"]:
            if choice.get("selected"):
                segments = [choice["value"]]
                await website.update_conversation_metas(*place, {"segments": segments})
                text = f"Thank you. A colleague for {choice['label'].lower()!r} comes."
                await website.send_message_in_conversation(*place, message(text))


async def run(client: AsyncCrisp, website_id: str) -> None:
    """Answer visitors until the program is interrupted."""
    router = Router()
    add_handlers(router, client)
    await router.run(client.listen(*router.names, website_id=website_id))


async def demonstrate() -> None:
    """Let a visitor write, and pick a topic."""
    sandbox = Sandbox()
    visitor = sandbox.visitor(nickname="Jane")
    async with AsyncCrisp("identifier", "key", transport=sandbox) as client:
        bot = asyncio.create_task(run(client, sandbox.website_id))
        await asyncio.sleep(0)  # now it listens

        visitor.say("Hello?")
        await visitor.wait_for_answer_async()
        visitor.pick("bill")
        await visitor.wait_for_answer_async()

        bot.cancel()
    for one in visitor.messages():
        content = one["content"]
        print(
            f"{one['from']}: {content if isinstance(content, str) else content['text']}"
        )


async def main() -> None:
    """Run the bot, on a sandbox unless a token is set in the environment."""
    if "CRISP_IDENTIFIER" not in os.environ:
        await demonstrate()
        return
    async with AsyncCrisp.from_env() as client:
        await run(client, os.environ["CRISP_WEBSITE_ID"])


if __name__ == "__main__":
    asyncio.run(main())
