# pyright: strict
"""Resolve the conversations without a recent message."""

from __future__ import annotations

import datetime as dt

from crisp_api import Crisp


def resolve_stale(
    client: Crisp, website_id: str, now: dt.datetime, age: dt.timedelta
) -> list[str]:
    """Resolve conversations older than an age, and return their identifiers."""
    limit = now - age
    stale: list[str] = []
    page_number = 1
    while page := client.website.list_conversations(
        website_id, page_number, filter_not_resolved=True
    ):
        stale += [
            conversation["session_id"]
            for conversation in page
            if conversation["updated_at"] < limit.timestamp() * 1000
        ]
        page_number += 1
    # Not on the way: a list that shrinks would be paged past.
    for session_id in stale:
        client.website.change_conversation_state(
            website_id, session_id, {"state": "resolved"}
        )
    return stale
