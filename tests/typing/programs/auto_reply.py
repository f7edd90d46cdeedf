# pyright: strict
"""Answer every unread question, several conversations at a time."""

from __future__ import annotations

import asyncio

from crisp_api import AsyncCrisp
from crisp_api import types as ty

ANSWERS = {"price": "See https://acme.example/prices", "hours": "We open at nine."}


async def answer_all(client: AsyncCrisp, website_id: str) -> int:
    """Answer the first page of unread conversations, and count the answers."""
    unread = await client.website.list_conversations(website_id, filter_unread=True)
    answered = await asyncio.gather(
        *(answer(client, website_id, one["session_id"]) for one in unread)
    )
    return sum(answered)


async def answer(client: AsyncCrisp, website_id: str, session_id: str) -> bool:
    """Answer a conversation, if what was asked is known."""
    messages = await client.website.get_messages_in_conversation(website_id, session_id)
    found = find_answer(messages[-1])
    if found is None:
        return False
    message: ty.ConversationPickerMessageNew = {
        "type": "picker",
        "from": "operator",
        "origin": "chat",
        "automated": True,
        "content": {
            "id": "answered",
            "text": found,
            "choices": [
                {"value": "yes", "label": "That helps", "selected": False},
                {"value": "no", "label": "Call a human", "selected": False},
            ],
        },
    }
    await client.website.send_message_in_conversation(website_id, session_id, message)
    return True


def find_answer(message: ty.ConversationMessage) -> str | None:
    """Find the answer to what a visitor wrote."""
    if message["type"] == "text" and message["from"] == "user":
        asked = message["content"].casefold()
        return next((text for word, text in ANSWERS.items() if word in asked), None)
    return None
