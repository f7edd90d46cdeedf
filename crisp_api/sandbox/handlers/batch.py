"""Operations on many conversations, or contacts, at once."""

from __future__ import annotations

import json
import typing as t

from crisp_api.sandbox.call import Item
from crisp_api.sandbox.handlers import conversations, marks, people, people_search
from crisp_api.sandbox.model import CONVERSATION, PEOPLE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call

__all__ = [
    "batch_block_items",
    "batch_data_items",
    "batch_inbox_items",
    "batch_read_items",
    "batch_remove_items",
    "batch_report_items",
    "batch_resolve_items",
    "batch_routing_items",
    "batch_segments_items",
    "batch_unread_items",
    "batch_unresolve_items",
]


def batch_resolve_items(call: Call) -> None:
    """Resolve some conversations, or all."""
    for item in _conversations(call, "is_open = 1"):
        conversations.set_state(call, item, "resolved")


def batch_unresolve_items(call: Call) -> None:
    """Open some conversations again, or all."""
    for item in _conversations(call, "is_open = 0"):
        conversations.set_state(call, item, "unresolved")


def batch_read_items(call: Call) -> None:
    """Mark the messages in some conversations as read, or in all."""
    for item in _conversations(call, "is_unread = 1"):
        marks.mark_all(call, item)


def batch_unread_items(call: Call) -> None:
    """Mark the last message of the visitor as unread in some conversations, or all."""
    for item in _conversations(call, "is_unread IS NULL"):
        marks.mark_unread(call, item, "user")


def batch_report_items(call: Call) -> None:
    """Accept a report of some conversations."""
    _conversations(call, "TRUE")


def batch_block_items(call: Call) -> None:
    """Block incoming messages of some conversations, or let them in again."""
    for item in _conversations(call, "TRUE"):
        conversations.block(call, item, is_blocked=call.body["blocked"])


def batch_routing_items(call: Call) -> None:
    """Assign some conversations to an operator; null unassigns them."""
    for item in _conversations(call, "TRUE"):
        conversations.assign(call, item, call.body["assigned"])


def batch_inbox_items(call: Call) -> None:
    """Move some conversations to an inbox; null is the main one."""
    for item in _conversations(call, "TRUE", is_filter=False):
        conversations.move(call, item, call.body["inbox_id"])


def batch_segments_items(call: Call) -> None:
    """Set the segments of some conversations or people."""
    for item in _items(call):
        segments = {"segments": call.body["segments"]}
        if item.resource is CONVERSATION:
            conversations.describe(call, item, segments)
        else:
            item.doc.update(segments)
            people.save(call, item)


def batch_data_items(call: Call) -> None:
    """Change the data of some conversations or people."""
    for item in _items(call):
        data = call.body["data"]
        if item.resource is CONVERSATION:
            conversations.describe(call, item, {"data": data})
        else:
            people.add_data(item, data)
            people.save(call, item)


def batch_remove_items(call: Call) -> None:
    """Remove some conversations or people."""
    for item in _items(call):
        if item.resource is CONVERSATION:
            conversations.remove(call, item)
        else:
            people.remove(call, item)


def _items(call: Call) -> list[Item]:
    """Return the conversations, or the people, that a request names."""
    if (wanted := call.body.get("people")) is None:
        if "sessions" not in call.body:
            message = "data should have property '.sessions' or '.people'"
            raise invalid(message)
        return _conversations(call, "TRUE")
    query = people_search.selected(wanted)
    return [
        Item(PEOPLE, (*call.parent(PEOPLE), doc["people_id"]), doc)
        for doc in call.store.select(PEOPLE, call.parent(PEOPLE), query, 0, -1)
    ]


def _conversations(call: Call, condition: str, *, is_filter: bool = True) -> list[Item]:
    """Return the conversations of a batch that exist, and meet a condition.

    Args:
        call: the request.
        condition: which of them, if the request names none.
        is_filter: the inbox in the body is that of the conversations.
    """
    parent = call.parent(CONVERSATION)
    query = Query(is_ascending=True)
    if (sessions := call.body.get("sessions")) is None:
        query = query.where(condition)
    else:
        paths = json.dumps([[*parent, one] for one in sessions])
        query = query.among(
            "SELECT (value ->> 0) || char(31) || (value ->> 1) FROM json_each(?)", paths
        )
    inbox_id = call.body.get("inbox_id")
    if is_filter and inbox_id is not None:
        query = query.where("inbox = ?", inbox_id)
    return [
        Item(CONVERSATION, (*parent, doc["session_id"]), doc)
        for doc in call.store.select(CONVERSATION, parent, query, 0, -1)
    ]
