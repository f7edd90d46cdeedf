"""Conversations: lists, states, routing, metas."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import merge, shown
from crisp_api.sandbox.filters import criteria, json_path, query_of
from crisp_api.sandbox.handlers import messages, operators, people
from crisp_api.sandbox.model import CONVERSATION, INBOX, OPERATOR
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
    "update_conversation_inbox",
    "update_conversation_metas",
]

_SEARCH: t.Final = ("search_query", "search_type", "search_operator", "include_empty")
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
    call.touch(item)


def assign_conversation_routing(call: Call) -> None:
    """Assign a conversation to an operator; null unassigns it."""
    assign(call, call.find(CONVERSATION), call.body["assigned"])


def assign(call: Call, item: Item, assigned: Object | None) -> None:
    """Assign a conversation to an operator of its website; None unassigns it."""
    user_id = (assigned or {}).get("user_id")
    if user_id is None:
        item.doc.pop("assigned", None)
    else:
        operators.require(call, OPERATOR, user_id)
        item.doc["assigned"] = {"user_id": user_id}
    call.touch(item)


def update_conversation_inbox(call: Call) -> None:
    """Move a conversation to an inbox; null is the main one."""
    move(call, call.find(CONVERSATION), call.body["inbox_id"])


def move(call: Call, item: Item, inbox_id: str | None) -> None:
    """Move a conversation to an inbox of its website; None is the main one."""
    if inbox_id is not None:
        operators.require(call, INBOX, inbox_id)
    item.doc["inbox_id"] = inbox_id
    call.touch(item)


def update_conversation_metas(call: Call) -> None:
    """Change what is known of the visitor; the e-mail address tells who they are."""
    item = call.find(CONVERSATION)
    check_email(call.body.get("email", ""), ".email")
    merge(item.doc["meta"], shown(call.body, call.operation.body))
    email = item.doc["meta"]["email"]
    people_id = people.find_by_email(call, email) if email else None
    if people_id:
        item.doc["people_id"] = people_id
    else:
        item.doc.pop("people_id", None)
    call.touch(item)


def get_block_status_for_conversation(call: Call) -> Object:
    """Return whether incoming messages are blocked."""
    return {"blocked": call.find(CONVERSATION).doc["is_blocked"]}


def block_incoming_messages_for_conversation(call: Call) -> None:
    """Block incoming messages, or let them in again."""
    block(call, call.find(CONVERSATION), is_blocked=call.body["blocked"])


def block(call: Call, item: Item, *, is_blocked: bool) -> None:
    """Block incoming messages of a conversation, or let them in again."""
    item.doc["is_blocked"] = is_blocked
    call.touch(item)


def begin(call: Call, item: Item) -> None:
    """Save a new conversation."""
    item.doc["website_id"] = item.path[0]
    item.doc["active"] = {"now": False, "last": call.now}
    call.save(item)


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
