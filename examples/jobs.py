"""Jobs, on a sandbox: the first ones sync, and the last one async."""

from __future__ import annotations

import asyncio
import datetime as dt

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty
from crisp_api.jobs import open_conversation, resolve_stale, upsert_contact
from crisp_api.sandbox import Sandbox

QUESTION: ty.ConversationMessageNew = {
    "type": "text",
    "from": "user",
    "origin": "chat",
    "content": "Where is my parcel?",
}


async def clean_up(sandbox: Sandbox, before: dt.datetime) -> None:
    """Resolve stale conversations, with the async client."""
    async with AsyncCrisp("identifier", "key", transport=sandbox) as client:
        resolved = await resolve_stale(client, sandbox.website_id, before=before)
    print(f"Resolved {len(resolved)} conversation")


def main() -> None:
    """Add a contact with a question that stays unanswered."""
    sandbox = Sandbox()
    client = Crisp("identifier", "key", transport=sandbox)
    website_id, email = sandbox.website_id, "jane@acme.example"

    added = upsert_contact(client, website_id, {"email": email})
    card: ty.PeopleProfileUpdateCard = {"email": email, "segments": ["vip"]}
    again = upsert_contact(client, website_id, card)
    print(f"One contact, and not two: {added == again}")

    opened = open_conversation(client, website_id, QUESTION, metas={"email": email})
    print(f"Opened {opened['session_id']}")

    # On Crisp itself, this would be a week ago. In the sandbox, nothing is that old.
    asyncio.run(clean_up(sandbox, dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)))


if __name__ == "__main__":
    main()
