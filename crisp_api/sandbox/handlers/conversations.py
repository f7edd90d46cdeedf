"""Conversations: lists, states, routing, metas."""

from __future__ import annotations

import copy
import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import merge, shown
from crisp_api.sandbox.filters import criteria, json_path, query_of
from crisp_api.sandbox.handlers import messages, operators, people
from crisp_api.sandbox.model import CONVERSATION, INBOX, OPERATOR, VISITOR
from crisp_api.sandbox.refusals import check_email

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item
    from crisp_api.sandbox.model import Object
    from crisp_api.sandbox.query import Query

__all__ = [
    "assign_conversation_routing",
    "block_incoming_messages_for_conversation",
    "change_conversation_state",
    "create_new_conversation",
    "get_block_status_for_conversation",
    "initiate_conversation_with_existing_session",
    "list_conversations",
    "remove_conversation",
    "save_conversation_participants",
    "update_conversation_inbox",
    "update_conversation_metas",
    "update_conversation_open_state",
]

_SEARCH: t.Final = ("search_query", "search_type", "search_operator", "include_empty")
# The metas whose changes are events.
_METAS: t.Final = (
    *("nickname", "email", "phone", "address", "subject", "avatar"),
    *("segments", "data"),
)
# Criteria that are fields of a conversation, not metas of its visitor.
_FIELDS: t.Final = {
    *("state", "is_blocked", "is_verified", "inbox_id", "topic"),
    *("created_at", "updated_at"),
}


def list_conversations(call: Call) -> list[Object]:
    """List conversations; those without a message of the visitor only on request."""
    parent = call.parent(CONVERSATION)
    query = query_of(call, CONVERSATION, *_SEARCH)
    if not call.query.get("include_empty"):
        query = query.where("is_empty = 0")
    query = _searched(call, query)
    (type_,) = t.get_args(call.operation.answer)
    return [shown(doc, type_) for doc in call.page(CONVERSATION, parent, query)]


def create_new_conversation(call: Call) -> Object:
    """Create a conversation, and return its identifier."""
    item = rules.new(CONVERSATION, call, {})
    begin(call, item)
    return {"session_id": item.path[-1]}


def initiate_conversation_with_existing_session(call: Call) -> None:
    """Create a conversation for an existing session; it may be repeated."""
    session_id = call.arguments["session_id"]
    path = (*call.parent(CONVERSATION), session_id)
    if not call.store.has(CONVERSATION, path):
        begin(call, rules.new(CONVERSATION, call, {"session_id": session_id}))


def change_conversation_state(call: Call) -> None:
    """Change the state of a conversation, and record it as an event message."""
    set_state(call, call.find(CONVERSATION), call.body["state"])


def set_state(call: Call, item: Item, state: str) -> None:
    """Put a conversation in a state; a new one is recorded as an event message."""
    if item.doc["state"] != state:
        item.doc["state"] = state
        item.doc["status"] = messages.STATUSES[state]
        if state == "resolved":
            item.doc.pop("waiting_since", None)
        messages.add_event(call, item, f"state:{state}")
        call.emit_of(item, "session:set_state", state=state)
    call.touch(item)


def assign_conversation_routing(call: Call) -> None:
    """Assign a conversation to an operator; null unassigns it."""
    assign(call, call.find(CONVERSATION), call.body["assigned"])


def assign(call: Call, item: Item, assigned: Object | None) -> None:
    """Assign a conversation to an operator of its website; None unassigns it."""
    user_id = (assigned or {}).get("user_id")
    before = item.doc.get("assigned", {}).get("user_id")
    if user_id is None:
        item.doc.pop("assigned", None)
    else:
        operators.require(call, OPERATOR, user_id)
        item.doc["assigned"] = {"user_id": user_id}
    call.touch(item)
    if user_id != before:
        routing = {"routing_id": user_id, "previous_routing_id": before}
        call.emit_of(item, "session:set_routing", **routing)


def update_conversation_inbox(call: Call) -> None:
    """Move a conversation to an inbox; null is the main one."""
    move(call, call.find(CONVERSATION), call.body["inbox_id"])


def move(call: Call, item: Item, inbox_id: str | None) -> None:
    """Move a conversation to an inbox of its website; None is the main one."""
    if inbox_id is not None:
        operators.require(call, INBOX, inbox_id)
    before, item.doc["inbox_id"] = item.doc["inbox_id"], inbox_id
    call.touch(item)
    if inbox_id != before:
        call.emit_of(item, "session:set_inbox", previous_inbox_id=before)


def update_conversation_metas(call: Call) -> None:
    """Change what is known of the visitor; the e-mail address tells who they are."""
    item = call.find(CONVERSATION)
    check_email(call.body.get("email", ""), ".email")
    describe(call, item, shown(call.body, call.operation.body))


def describe(call: Call, item: Item, metas: Object) -> None:
    """Change what is known of a visitor."""
    meta = item.doc["meta"]
    before = {name: meta.get(name) for name in (*_METAS, "device")}
    before = copy.deepcopy(before)
    merge(meta, metas)
    known, email = item.doc.pop("people_id", None), meta["email"]
    people_id = people.find_by_email(call, email) if email else None
    if people_id:
        item.doc["people_id"] = people_id
    call.touch(item)
    for name in _METAS:
        if name in metas and meta[name] != before[name]:
            call.emit_of(item, f"session:set_{name}", **{name: meta[name]})
    _sync_device(call, item, before["device"], meta["device"])
    if people_id and people_id != known:
        people.bind(call, item, people_id)


def _sync_device(call: Call, item: Item, before: Object, device: Object) -> None:
    """Send what is new of the device of a visitor."""
    for name in ("capabilities", "geolocation", "system", "timezone", "locales"):
        value = device.get(name)
        if value is not None and value != before.get(name):
            # Two of them are in an object of their own.
            wrapped = {"timezone": {"offset": value}, "locales": {"locales": value}}
            field = {name: wrapped.get(name, value)}
            call.emit_of(item, f"session:sync:{name}", **field)


def update_conversation_open_state(call: Call) -> None:
    """Send whether the operator of the token has the conversation open."""
    item = call.find(CONVERSATION)
    state = "opened" if call.body["opened"] else "closed"
    operator = {"user_id": call.state.user_id}
    call.emit_of(item, f"session:set_{state}", operator=operator)


def save_conversation_participants(call: Call) -> None:
    """Replace the participants of a conversation besides the visitor."""
    rules.save(call)
    item = call.find(CONVERSATION)
    participants = item.doc["participants"]
    call.emit_of(item, "session:set_participants", participants=participants)


def remove_conversation(call: Call) -> None:
    """Remove a conversation, with its messages."""
    remove(call, call.find(CONVERSATION))


def remove(call: Call, item: Item) -> None:
    """Remove a conversation, with its messages."""
    call.store.remove(CONVERSATION, item.path)
    call.store.delete(VISITOR, item.path)
    call.emit_of(item, "session:removed")


def get_block_status_for_conversation(call: Call) -> Object:
    """Return whether incoming messages are blocked."""
    return {"blocked": call.find(CONVERSATION).doc["is_blocked"]}


def block_incoming_messages_for_conversation(call: Call) -> None:
    """Block incoming messages, or let them in again."""
    block(call, call.find(CONVERSATION), is_blocked=call.body["blocked"])


def block(call: Call, item: Item, *, is_blocked: bool) -> None:
    """Block incoming messages of a conversation, or let them in again."""
    is_new = item.doc["is_blocked"] != is_blocked
    item.doc["is_blocked"] = is_blocked
    call.touch(item)
    if is_new:
        call.emit_of(item, "session:set_block", is_blocked=is_blocked)


def begin(call: Call, item: Item) -> None:
    """Save a new conversation."""
    item.doc["website_id"] = item.path[0]
    item.doc["active"] = {"now": False, "last": call.now}
    call.save(item)
    call.emit_of(item, "session:request:initiated")


def _searched(call: Call, query: Query) -> Query:
    """Return a query for the conversations that match the search of a request."""
    wanted: str | list[Object] = call.query.get("search_query") or ""
    kind = call.query.get("search_type", "text")
    if kind == "filter" and not wanted:
        return query
    if isinstance(wanted, list):
        criteria_, values = criteria(
            wanted, call.query.get("search_operator", "and"), _place
        )
        return query.where(criteria_, *values)
    if kind == "segment" and wanted:
        return query.tagged(
            "conversation segment", call.arguments["website_id"], wanted
        )
    return call.store.search(query, wanted)


def _place(criterion: str) -> str:
    """Return where in a conversation a criterion is."""
    steps = criterion.split(".")
    return json_path(*steps) if steps[0] in _FIELDS else json_path("meta", *steps)
