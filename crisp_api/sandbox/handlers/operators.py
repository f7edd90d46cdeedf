"""Operators of a website, their teams and their inboxes."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import Item
from crisp_api.sandbox.model import (
    ACTIVE,
    CONVERSATION,
    INBOX,
    OPERATOR,
    TEAM,
    WEBSITE,
)
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, check_email, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object, Resource

__all__ = [
    "batch_order_inboxes",
    "change_operator_membership",
    "create_new_inbox",
    "create_new_team",
    "delete_inbox",
    "delete_team",
    "flush_last_active_website_operators",
    "invite_website_operator",
    "list_last_active_website_operators",
    "list_website_operators",
    "save_inbox",
    "save_team",
    "send_email_to_website_operators",
    "unlink_operator_from_website",
]

_MOST: t.Final = 1000
_UNASSIGNED: t.Final = "json_remove(doc, '$.assigned')"
_IN_MAIN_INBOX: t.Final = "json_set(doc, '$.inbox_id', NULL)"
_FIELDS: t.Final = {"operators": OPERATOR, "team_operators": OPERATOR, "teams": TEAM}


def require(call: Call, resource: Resource, key: str) -> None:
    """Refuse an identifier, in a body, of what the website does not have."""
    if not call.store.has(resource, (call.arguments["website_id"], key)):
        message = f"the {resource.noun or resource.name} {key} does not exist"
        raise invalid(message)


def list_website_operators(call: Call) -> list[Object]:
    """List operators, those who were invited too."""
    found = call.store.select(
        OPERATOR, call.parent(OPERATOR), Query(is_ascending=True), 0, _MOST
    )
    return [
        {
            "type": "invite" if doc.get("invited") else "operator",
            "details": {k: v for k, v in doc.items() if k not in {"invited", "since"}},
        }
        for doc in found
    ]


def invite_website_operator(call: Call) -> None:
    """Invite an operator, unless there is one with the e-mail address."""
    parent, email = call.parent(OPERATOR), call.body["email"]
    check_email(email or "@", ".email")
    if call.store.count(OPERATOR, parent, Query().where("email = casefold(?)", email)):
        message = f"{email} is an operator already"
        raise Refusal(409, "operator_exists", message)
    body = {"email": email, "role": call.body["role"], "invited": True}
    call.save(rules.new(OPERATOR, call, body))


def change_operator_membership(call: Call) -> None:
    """Change the role or the title of an operator."""
    item = call.find(OPERATOR)
    item.doc.update({k: call.body[k] for k in ("role", "title") if k in call.body})
    call.save(item)


def unlink_operator_from_website(call: Call) -> None:
    """Remove an operator; nobody is assigned to their conversations any more."""
    website_id, user_id = call.find(OPERATOR).path
    assigned = Query().where("assignee = ?", user_id)
    call.store.edit(CONVERSATION, (website_id,), assigned, _UNASSIGNED)
    call.store.remove(OPERATOR, (website_id, user_id))
    call.store.delete(ACTIVE, (website_id, user_id))
    _forget(call, OPERATOR, user_id)


def list_last_active_website_operators(call: Call) -> list[Object]:
    """List the operators who wrote messages, the last one first."""
    query = Query(order="moment")
    return call.store.select(ACTIVE, call.find(WEBSITE).path, query, 0, _MOST)


def flush_last_active_website_operators(call: Call) -> None:
    """Forget which operators wrote messages."""
    for one in list_last_active_website_operators(call):
        call.store.delete(ACTIVE, (call.arguments["website_id"], one["user_id"]))


def send_email_to_website_operators(call: Call) -> None:
    """Accept an e-mail to operators."""
    call.find(WEBSITE)
    if "user_id" in call.body:
        require(call, OPERATOR, call.body["user_id"])


# --- inboxes and teams


def batch_order_inboxes(call: Call) -> None:
    """Change the order of inboxes."""
    call.find(WEBSITE)
    for one in call.body["orders"]:
        require(call, INBOX, one.get("inbox_id", ""))
        item = call.find(INBOX, one["inbox_id"])
        item.doc["order"] = one.get("order", 0)
        call.touch(item)


def create_new_inbox(call: Call) -> Object | None:
    """Create an inbox, and return its identifier."""
    _require_members(call)
    return rules.create(INBOX, call)


def save_inbox(call: Call) -> None:
    """Replace an inbox."""
    _require_members(call)
    rules.replace(INBOX, call)


def delete_inbox(call: Call) -> None:
    """Remove an inbox; its conversations move to the main one."""
    website_id, inbox_id = call.find(INBOX).path
    inside = Query().where("inbox = ?", inbox_id)
    call.store.edit(CONVERSATION, (website_id,), inside, _IN_MAIN_INBOX)
    call.store.remove(INBOX, (website_id, inbox_id))


def create_new_team(call: Call) -> Object | None:
    """Create a team, and return its identifier."""
    _require_members(call)
    return rules.create(TEAM, call)


def save_team(call: Call) -> None:
    """Replace a team."""
    _require_members(call)
    rules.replace(TEAM, call)


def delete_team(call: Call) -> None:
    """Remove a team, from inboxes too."""
    item = call.find(TEAM)
    call.store.remove(item.resource, item.path)
    _forget(call, TEAM, item.path[-1])


def _forget(call: Call, removed: Resource, key: str) -> None:
    """Remove an identifier from the inboxes and teams that refer to it."""
    fields = [field for field, resource in _FIELDS.items() if resource is removed]
    website_id = call.arguments["website_id"]
    for resource in (INBOX, TEAM):
        for doc in call.store.select(resource, (website_id,), Query(), 0, _MOST):
            held = [field for field in fields if key in doc.get(field, [])]
            doc.update({name: [x for x in doc[name] if x != key] for name in held})
            if held:
                call.save(Item(resource, (website_id, doc[resource.key]), doc))


def _require_members(call: Call) -> None:
    call.find(WEBSITE)
    for field, resource in _FIELDS.items():
        for key in call.body.get(field, []):
            require(call, resource, key)
