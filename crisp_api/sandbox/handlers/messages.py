"""Messages of a conversation."""

from __future__ import annotations

import json
import typing as t

from crisp_api import schema
from crisp_api import types as ty
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.model import ACTIVE, CONVERSATION, MESSAGE, OPERATOR, ORIGINAL
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object, Path

__all__ = [
    "get_messages_in_conversation",
    "mark_conversation_as_unread",
    "mark_messages_delivered_in_conversation",
    "mark_messages_read_in_conversation",
    "remove_message_in_conversation",
    "send_message_in_conversation",
    "update_message_in_conversation",
]

STATUSES: t.Final = {"pending": 0, "unresolved": 1, "resolved": 2}
_PAGE: t.Final = 40
_EXCERPT: t.Final = 100
# Types of messages whose content is a text.
_TEXTS: t.Final = {"text", "note"}
_SIDES: t.Final = {"user": "operator", "operator": "visitor"}


def send_message_in_conversation(call: Call) -> Object:
    """Add a message, also if another has the same fingerprint."""
    conversation = call.find(CONVERSATION)
    message = add(call, conversation, call.body)
    call.touch(conversation)
    return {"fingerprint": message["fingerprint"]}


def add(call: Call, conversation: Item, body: Object) -> Object:
    """Add a message to a conversation, and return it.

    Save the conversation afterwards.
    """
    # No two have the same time, so that pages by timestamp have them all.
    now = call.store.next("moment", call.now)
    fingerprint = call.store.next("fingerprint", now * 100)
    message: Object = dict(MESSAGE.defaults) | {
        "fingerprint": fingerprint,
        "timestamp": now,
    }
    message |= shown(body, ty.ConversationMessageNewBase)
    message.pop("stealth", None)
    if "content" in message.get("original", {}):
        message["original"] = {"original_id": _keep(call, conversation, message)}
    message |= {
        "user": _author(call, conversation, body),
        "session_id": conversation.path[-1],
        "website_id": conversation.path[0],
    }
    _check(message)
    # Of several with one fingerprint, each is kept.
    key = str(message["fingerprint"])
    while not call.store.add(MESSAGE, (*conversation.path, key), message):
        key += "+"
    _note(conversation, message)
    if message["from"] == "operator":
        _note_operator(call, message)
    return message


def _check(message: Object) -> None:
    """Refuse a content with missing fields, which the types of bodies allow."""
    is_plain = message["type"] in _TEXTS and isinstance(message["content"], str)
    if not is_plain or message.keys() & {"original", "references"}:
        schema.check(message, ty.ConversationMessage)


def _note_operator(call: Call, message: Object) -> None:
    """Note that an operator of the website wrote a message."""
    user, website_id = message["user"], message["website_id"]
    path = (website_id, user["user_id"])
    if call.store.has(OPERATOR, path):
        names = ("user_id", "nickname", "avatar")
        doc = {name: user[name] for name in names if name in user}
        call.save(Item(ACTIVE, path, doc | {"timestamp": message["timestamp"]}))


def _keep(call: Call, conversation: Item, message: Object) -> str:
    """Keep the text that a message was made of, and return its identifier."""
    original_id = call.state.new_id("original")
    doc: Object = {
        "website_id": conversation.path[0],
        "session_id": conversation.path[1],
        "original_id": original_id,
        "type": message["original"].get("type", "text/html"),
        "content": message["original"]["content"],
        "timestamp": message["timestamp"],
    }
    call.save(Item(ORIGINAL, (*conversation.path, original_id), doc))
    return original_id


def add_event(call: Call, conversation: Item, namespace: str) -> None:
    """Add an event message, such as a change of state, in the name of an operator."""
    body: Object = {
        "type": "event",
        "from": "operator",
        "origin": "chat",
        "content": {"namespace": namespace},
    }
    for name in ("user", "origin"):
        if call.body.get(name):
            body[name] = call.body[name]
    add(call, conversation, body)


def get_messages_in_conversation(call: Call) -> list[Object]:
    """List up to 40 messages, oldest first: the last ones, or by timestamp."""
    path = call.find(CONVERSATION).path
    if len(call.query) > 1:
        message = "query should have one of the timestamps at a time"
        raise invalid(message)
    newest = Query(order="moment")
    oldest = newest._replace(is_ascending=True)
    for name, moment in call.query.items():
        if name == "timestamp_after":
            later = oldest.where("moment > ?", moment)
            return call.store.select(MESSAGE, path, later, 0, _PAGE)
        newest = newest.where("moment < ?", moment)
        if name == "timestamp_around":
            before = call.store.select(MESSAGE, path, newest, 0, _PAGE // 2)
            later = oldest.where("moment >= ?", moment)
            after = call.store.select(MESSAGE, path, later, 0, _PAGE // 2)
            return [*reversed(before), *after]
    return call.store.select(MESSAGE, path, newest, 0, _PAGE)[::-1]


def update_message_in_conversation(call: Call) -> None:
    """Change the content of a message."""
    message = call.find(MESSAGE)
    message.doc.update(content=call.body["content"], edited=True)
    _check(message.doc)
    call.save(message)
    conversation = call.find(CONVERSATION)
    _summarize(call, conversation)
    call.touch(conversation)


def remove_message_in_conversation(call: Call) -> None:
    """Remove a message."""
    path = call.find(MESSAGE).path
    call.store.remove(MESSAGE, path)
    _move_up(call, path)
    conversation = call.find(CONVERSATION)
    recount(call, conversation)
    query = Query().where(f"author = 'user' AND {_COUNTED}")
    if not call.store.count(MESSAGE, conversation.path, query):
        conversation.doc["is_empty"] = 1
        conversation.doc.pop("waiting_since", None)
    _summarize(call, conversation)
    call.touch(conversation)


def _move_up(call: Call, path: Path) -> None:
    """Move the next message with a fingerprint to the path of one that was removed."""
    following = (*path[:-1], f"{path[-1]}+")
    if message := call.store.get(MESSAGE, following):
        call.store.put(MESSAGE, path, message)
        call.store.delete(MESSAGE, following)
        _move_up(call, following)


def mark_messages_read_in_conversation(call: Call) -> None:
    """Mark messages as read: those with the fingerprints, or all."""
    mark(call, call.find(CONVERSATION), "read")


def mark_messages_delivered_in_conversation(call: Call) -> None:
    """Mark messages as delivered: those with the fingerprints, or all."""
    mark(call, call.find(CONVERSATION), "delivered")


def mark(call: Call, conversation: Item, field: str) -> None:
    """Mark messages of a conversation: those that the body names, or all."""
    query = Query()
    if author := call.body.get("from"):
        query = query.where("author = ?", author)
    if (fingerprints := call.body.get("fingerprints")) is not None:
        # They may be text of digits.
        texts = json.dumps([str(one) for one in fingerprints])
        query = query.where(
            "doc ->> 'fingerprint' IN (SELECT cast(value AS INT) FROM json_each(?))",
            texts,
        )
    origin = call.body.get("origin")
    call.store.edit(MESSAGE, conversation.path, query, _marked(field), origin)
    recount(call, conversation)
    call.save(conversation)


def _marked(field: str) -> str:
    """Return the expression of a marked message: by default, with its own origin."""
    return f"json_set(doc, '$.{field}', ifnull(?, doc ->> 'origin'))"


def mark_all(call: Call, conversation: Item) -> None:
    """Mark all messages of the visitor as read."""
    visitors = Query().where("author = 'user'")
    call.store.edit(MESSAGE, conversation.path, visitors, _marked("read"), None)
    recount(call, conversation)
    call.save(conversation)


def mark_conversation_as_unread(call: Call) -> None:
    """Mark the last message of a side as unread."""
    mark_unread(call, call.find(CONVERSATION), call.body.get("from", "user"))


def mark_unread(call: Call, conversation: Item, author: str) -> None:
    """Mark the last message of a side of a conversation as unread."""
    query = Query(order="moment").where(f"author = ? AND {_COUNTED}", author)
    for doc in call.store.select(MESSAGE, conversation.path, query, 0, 1):
        last = Query().where("doc ->> 'fingerprint' = ?", doc["fingerprint"])
        call.store.edit(MESSAGE, conversation.path, last, _marked("read"), "")
    recount(call, conversation)
    call.save(conversation)


_COUNTED: t.Final = "type NOT IN ('note', 'event')"


def recount(call: Call, conversation: Item) -> None:
    """Count the messages of a conversation that each side has not read."""
    for author, reader in _SIDES.items():
        query = Query().where(f"author = ? AND is_unread = 1 AND {_COUNTED}", author)
        number = call.store.count(MESSAGE, conversation.path, query)
        conversation.doc["unread"][reader] = number


def _author(call: Call, conversation: Item, body: Object) -> Object:
    """Return the author of a message; the body takes precedence."""
    user_id, nickname = call.state.user_id, "Sandbox Operator"
    if body["from"] == "user":
        user_id = conversation.path[-1]
        nickname = conversation.doc["meta"]["nickname"]
    return {"user_id": user_id, "nickname": nickname, **body.get("user", {})}


def _note(conversation: Item, message: Object) -> None:
    """Note a new message in its conversation."""
    doc, author = conversation.doc, message["from"]
    doc["mentions"] = list(dict.fromkeys([*doc["mentions"], *message["mentions"]]))
    if message["type"] in {"note", "event"}:
        return
    doc["unread"][_SIDES[author]] += 1
    if author == "user":
        doc["is_empty"] = 0
        doc.setdefault("waiting_since", message["timestamp"])
        _move(doc, "resolved", "unresolved")
    else:
        doc.pop("waiting_since", None)
        _move(doc, "pending", "unresolved")
    # Messages of the past may be added, too.
    if message["timestamp"] >= doc.get("last_at", 0):
        _preview(doc, message)


def _summarize(call: Call, conversation: Item) -> None:
    """Note the last message of a conversation in it."""
    conversation.doc["last_message"] = ""
    conversation.doc.pop("preview_message", None)
    query = Query(order="moment").where(_COUNTED)
    for message in call.store.select(MESSAGE, conversation.path, query, 0, 1):
        _preview(conversation.doc, message)


def _preview(doc: Object, message: Object) -> None:
    content = message["content"]
    text = content if isinstance(content, str) else ""
    doc["last_message"], doc["last_at"] = text, message["timestamp"]
    doc["preview_message"] = {
        "type": message["type"],
        "from": message["from"],
        "excerpt": text[:_EXCERPT],
        "fingerprint": message["fingerprint"],
    }


def _move(doc: Object, old: str, new: str) -> None:
    """Change the state of a conversation, if it has the old one."""
    if doc["state"] == old:
        doc["state"], doc["status"] = new, STATUSES[new]
