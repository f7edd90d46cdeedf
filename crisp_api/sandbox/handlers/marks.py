"""Messages that were read, delivered, or marked as unread again."""

from __future__ import annotations

import json
import typing as t

from crisp_api.sandbox.model import CONVERSATION, MESSAGE
from crisp_api.sandbox.query import Query

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item

__all__ = [
    "mark_conversation_as_unread",
    "mark_messages_delivered_in_conversation",
    "mark_messages_read_in_conversation",
]

SIDES: t.Final = {"user": "operator", "operator": "visitor"}
COUNTED: t.Final = "type NOT IN ('note', 'event')"
# The messages of a side, as events call them.
_SENT: t.Final = {"user": "send", "operator": "received"}


def mark_messages_read_in_conversation(call: Call) -> None:
    """Mark messages as read: those with the fingerprints, or all."""
    _mark(call, "read")


def mark_messages_delivered_in_conversation(call: Call) -> None:
    """Mark messages as delivered: those with the fingerprints, or all."""
    _mark(call, "delivered")


def _mark(call: Call, field: str) -> None:
    """Mark messages of a conversation: those that the body names, or all."""
    query = Query()
    if (fingerprints := call.body.get("fingerprints")) is not None:
        # They may be text of digits.
        texts = json.dumps([str(one) for one in fingerprints])
        query = query.where(
            "doc ->> 'fingerprint' IN (SELECT cast(value AS INT) FROM json_each(?))",
            texts,
        )
    conversation = call.find(CONVERSATION)
    author = call.body.get("from")
    for side in SIDES if author is None else [author]:
        mark(call, conversation, field, side, query, call.body.get("origin"))


def mark(  # noqa: PLR0913, PLR0917 - the call and the item come first, as always
    call: Call,
    conversation: Item,
    field: str,
    author: str,
    query: Query,
    origin: str | None = None,
) -> None:
    """Mark messages of a side: by default, with the origin that each has."""
    query = query._replace(is_ascending=True).where(
        f"author = ? AND ifnull(doc ->> '{field}', '') = ''", author
    )
    marked = call.store.select(MESSAGE, conversation.path, query, 0, -1)
    if not marked:
        return
    expression = f"json_set(doc, '$.{field}', ifnull(?, doc ->> 'origin'))"
    call.store.edit(MESSAGE, conversation.path, query, expression, origin)
    recount(call, conversation)
    call.save(conversation)
    kind = f"read:{_SENT[author]}" if field == "read" else field
    _acknowledge(call, conversation, kind, marked, origin)


def mark_all(call: Call, conversation: Item) -> None:
    """Mark all messages of the visitor as read."""
    mark(call, conversation, "read", "user", Query())


def mark_conversation_as_unread(call: Call) -> None:
    """Mark the last message of a side as unread."""
    mark_unread(call, call.find(CONVERSATION), call.body.get("from", "user"))


def mark_unread(call: Call, conversation: Item, author: str) -> None:
    """Mark the last message of a side of a conversation as unread."""
    query = Query(order="moment").where(f"author = ? AND {COUNTED}", author)
    for doc in call.store.select(MESSAGE, conversation.path, query, 0, 1):
        last = Query().where("doc ->> 'fingerprint' = ?", doc["fingerprint"])
        expression = "json_set(doc, '$.read', '')"
        call.store.edit(MESSAGE, conversation.path, last, expression)
        if author == "user":
            _acknowledge(call, conversation, "unread:send", [doc], None)
    recount(call, conversation)
    call.save(conversation)


def _acknowledge(
    call: Call,
    conversation: Item,
    kind: str,
    marked: list[dict[str, t.Any]],
    origin: str | None,
) -> None:
    call.emit_of(
        conversation,
        f"message:acknowledge:{kind}",
        origin=origin or marked[-1]["origin"],
        fingerprints=[one["fingerprint"] for one in marked],
    )


def recount(call: Call, conversation: Item) -> None:
    """Count the messages of a conversation that each side has not read."""
    for author, reader in SIDES.items():
        query = Query().where(f"author = ? AND is_unread = 1 AND {COUNTED}", author)
        number = call.store.count(MESSAGE, conversation.path, query)
        conversation.doc["unread"][reader] = number
