# mypy: disable-error-code="empty-body"
"""Declare your own endpoints, and call them on both clients, on a sandbox.

The library has these routes already. They are declared again here with names and types
for a program that leaves notes on conversations.
"""

from __future__ import annotations

import asyncio

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty
from crisp_api.declare import Body, Consumer, Mode, Query, get, post
from crisp_api.sandbox import Sandbox


class Notes(Consumer[Mode]):
    """Notes on conversations."""

    @post("website/{website_id}/conversation/{session_id}/message")
    def leave(
        self,
        website_id: str,
        session_id: str,
        note: Body[ty.ConversationNoteMessageNew],
    ) -> ty.ConversationMessageDispatched:
        """Leave a note."""
        ...  # noqa: PIE790 - pyright asks for it

    @get("website/{website_id}/conversation/{session_id}/messages")
    def read(
        self,
        website_id: str,
        session_id: str,
        *,
        timestamp_before: Query[int | None] = None,
    ) -> list[ty.ConversationMessage]:
        """Read up to 40 notes and messages, oldest first."""
        ...  # noqa: PIE790 - pyright asks for it


def note(text: str) -> ty.ConversationNoteMessageNew:
    """Write a note."""
    return {"type": "note", "from": "operator", "origin": "chat", "content": text}


async def main(sandbox: Sandbox, session_id: str) -> None:
    """Leave a second note, with the async client."""
    async with AsyncCrisp("identifier", "key", transport=sandbox) as client:
        notes = Notes(client)
        await notes.leave(sandbox.website_id, session_id, note("Their plan is pro."))


if __name__ == "__main__":
    sandbox = Sandbox()
    client = Crisp("identifier", "key", transport=sandbox)
    created = client.website.create_new_conversation(sandbox.website_id)
    session_id = created["session_id"]

    notes = Notes(client)
    notes.leave(sandbox.website_id, session_id, note("Call them back."))
    asyncio.run(main(sandbox, session_id))
    for left in notes.read(sandbox.website_id, session_id):
        if left["type"] == "note":
            print(left["content"])
