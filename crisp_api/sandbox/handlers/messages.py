"""Messages of a conversation."""

from __future__ import annotations

import typing as t

from crisp_api import schema
from crisp_api import types as ty
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.handlers.marks import COUNTED, SIDES, recount
from crisp_api.sandbox.model import ACTIVE, CONVERSATION, MESSAGE, OPERATOR, ORIGINAL
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object, Path

__all__ = [
    "get_messages_in_conversation",
    "remove_message_in_conversation",
    "send_message_in_conversation",
    "update_message_in_conversation",
]

STATUSES: t.Final = {"pending": 0, "unresolved": 1, "resolved": 2}
_PAGE: t.Final = 40
_EXCERPT: t.Final = 100
# Types of messages whose content is a text.
_TEXTS: t.Final = {"text", "note"}
# Types of messages that visitors do not see.
_INTERNAL: t.Final = {"note", "event"}


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
        "user": author(call, conversation, body),
        "session_id": conversation.path[-1],
        "website_id": conversation.path[0],
    }
    _check(message)
    # Of several with one fingerprint, each is kept.
    key = str(message["fingerprint"])
    while not call.store.add(MESSAGE, (*conversation.path, key), message):
        key += "+"
    is_sent = message["from"] == "user" and message["type"] not in _INTERNAL
    name = "message:send" if is_sent else "message:received"
    inbox_id = conversation.doc["inbox_id"]
    event = shown(message, ty.EventsMessageSendText) | {"inbox_id": inbox_id}
    call.events.append((name, event))
    _note(call, conversation, message)
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
    changed = {name: message.doc[name] for name in ("fingerprint", "content")}
    call.emit_of(conversation, "message:updated", **changed)


def remove_message_in_conversation(call: Call) -> None:
    """Remove a message."""
    message = call.find(MESSAGE)
    path = message.path
    call.store.remove(MESSAGE, path)
    _move_up(call, path)
    conversation = call.find(CONVERSATION)
    fingerprint = message.doc["fingerprint"]
    call.emit_of(conversation, "message:removed", fingerprint=fingerprint)
    recount(call, conversation)
    query = Query().where(f"author = 'user' AND {COUNTED}")
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


def author(call: Call, conversation: Item, body: Object) -> Object:
    """Return the author of a message; the body takes precedence."""
    user_id, nickname = call.state.user_id, "Sandbox Operator"
    if body["from"] == "user":
        user_id = conversation.path[-1]
        nickname = conversation.doc["meta"]["nickname"]
    return {"user_id": user_id, "nickname": nickname, **body.get("user", {})}


def _note(call: Call, conversation: Item, message: Object) -> None:
    """Note a new message in its conversation."""
    doc, author = conversation.doc, message["from"]
    if message["mentions"]:
        doc["mentions"] = list(dict.fromkeys([*doc["mentions"], *message["mentions"]]))
        call.emit_of(conversation, "session:set_mentions", mentions=doc["mentions"])
    if message["type"] in _INTERNAL:
        return
    doc["unread"][SIDES[author]] += 1
    if author == "user":
        doc["is_empty"] = 0
        doc.setdefault("waiting_since", message["timestamp"])
        _move(call, conversation, "resolved", "unresolved")
    else:
        doc.pop("waiting_since", None)
        _move(call, conversation, "pending", "unresolved")
    # Messages of the past may be added, too.
    if message["timestamp"] >= doc.get("last_at", 0):
        _preview(doc, message)


def _summarize(call: Call, conversation: Item) -> None:
    """Note the last message of a conversation in it."""
    conversation.doc["last_message"] = ""
    conversation.doc.pop("preview_message", None)
    query = Query(order="moment").where(COUNTED)
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


def _move(call: Call, conversation: Item, old: str, new: str) -> None:
    """Change the state of a conversation, if it has the old one."""
    doc = conversation.doc
    if doc["state"] == old:
        doc["state"], doc["status"] = new, STATUSES[new]
        call.emit_of(conversation, "session:set_state", state=new)
