"""Jobs: tasks that take several calls.

The first argument of each is a client. With a `Crisp`, the job is done when the
function returns; with an `AsyncCrisp`, await it.
"""

from __future__ import annotations

from crisp_api.jobs.contacts import Contact, upsert_contact
from crisp_api.jobs.conversations import (
    OpenedConversation,
    open_conversation,
    resolve_stale,
)
from crisp_api.jobs.exports import export_conversations, export_people
from crisp_api.jobs.uploads import request_upload, upload, upload_file

__all__ = [
    "Contact",
    "OpenedConversation",
    "export_conversations",
    "export_people",
    "open_conversation",
    "request_upload",
    "resolve_stale",
    "upload",
    "upload_file",
    "upsert_contact",
]
