"""Names that the app suggests: the segments, data keys and events in use."""

from __future__ import annotations

import json
import typing as t

from crisp_api.sandbox.model import WEBSITE

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = [
    "delete_suggested_conversation_data_key",
    "delete_suggested_conversation_segment",
    "delete_suggested_people_data_key",
    "delete_suggested_people_event",
    "delete_suggested_people_segment",
    "list_people_segments",
    "list_suggested_conversation_data_keys",
    "list_suggested_conversation_segments",
    "list_suggested_people_data_keys",
    "list_suggested_people_events",
]

_HIDDEN: t.Final = "hidden suggestions"


def list_suggested_conversation_segments(call: Call) -> list[Object]:
    """List the segments of conversations, those of most conversations first."""
    return _suggested(call, "conversation segment", "segment")


def list_suggested_conversation_data_keys(call: Call) -> list[Object]:
    """List the keys of conversations' data, those of most conversations first."""
    return _suggested(call, "conversation data", "key")


def list_people_segments(call: Call) -> list[Object]:
    """List the segments of people, those of most people first."""
    return _suggested(call, "people segment", "segment")


def list_suggested_people_data_keys(call: Call) -> list[Object]:
    """List the keys of people's data, those of most people first."""
    return _suggested(call, "people data", "key")


def list_suggested_people_events(call: Call) -> list[Object]:
    """List the events of people, those of most people first."""
    return _suggested(call, "people event", "text")


def delete_suggested_conversation_segment(call: Call) -> None:
    """Do not suggest a segment any more."""
    _hide(call, "conversation segment", "segment")


def delete_suggested_conversation_data_key(call: Call) -> None:
    """Do not suggest a key any more."""
    _hide(call, "conversation data", "key")


def delete_suggested_people_segment(call: Call) -> None:
    """Do not suggest a segment any more."""
    _hide(call, "people segment", "segment")


def delete_suggested_people_data_key(call: Call) -> None:
    """Do not suggest a key any more."""
    _hide(call, "people data", "key")


def delete_suggested_people_event(call: Call) -> None:
    """Do not suggest an event any more."""
    _hide(call, "people event", "text")


def _suggested(call: Call, kind: str, field: str) -> list[Object]:
    website = call.find(WEBSITE)
    hidden: list[str] = website.doc.get(_HIDDEN, {}).get(kind, [])
    start, size = call.window()
    rows = call.store.rows(
        "SELECT name, count(*) AS number FROM tag WHERE kind = ? AND website = ? "
        "AND name NOT IN (SELECT value FROM json_each(?)) "
        "GROUP BY name ORDER BY number DESC, name LIMIT ? OFFSET ?",
        *(kind, website.path, json.dumps(hidden), size, start),
    )
    return [{field: name, "count": number} for name, number in rows]


def _hide(call: Call, kind: str, field: str) -> None:
    website = call.find(WEBSITE)
    hidden = website.doc.setdefault(_HIDDEN, {}).setdefault(kind, [])
    if call.body[field] not in hidden:
        hidden.append(call.body[field])
    call.save(website)
