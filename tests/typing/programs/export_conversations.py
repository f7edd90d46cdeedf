# pyright: strict
"""Export every conversation of a website, with its messages, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from crisp_api import Crisp
from crisp_api import types as ty


def export(client: Crisp, website_id: str, to: TextIO) -> int:
    """Write a line for each conversation, and count them."""
    count = 0
    for conversation in conversations(client, website_id):
        session_id = conversation["session_id"]
        messages = history(client, website_id, session_id)
        line = {"conversation": conversation, "messages": messages}
        print(json.dumps(line), file=to)
        count += 1
    return count


def conversations(client: Crisp, website_id: str) -> Iterator[ty.Conversation]:
    """Yield all conversations, page by page."""
    page_number = 1
    while page := client.website.list_conversations(
        website_id, page_number, per_page=50, order_date_created=True
    ):
        yield from page
        page_number += 1


def history(
    client: Crisp, website_id: str, session_id: str
) -> list[ty.ConversationMessage]:
    """Return all messages of a conversation, oldest first."""
    messages: list[ty.ConversationMessage] = []
    before: int | None = None
    while True:
        page = client.website.get_messages_in_conversation(
            website_id, session_id, timestamp_before=before
        )
        known = {message["fingerprint"] for message in messages}
        older = [one for one in page if one["fingerprint"] not in known]
        if not older:
            return messages
        messages[:0] = older
        # Others may be of the same millisecond: it is asked for again.
        before = older[0]["timestamp"] + 1
