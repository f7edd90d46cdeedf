"""Visitors and operators who come and go: changes that Crisp's API does not have."""

from __future__ import annotations

import typing as t

from crisp_api import schema
from crisp_api import types as ty
from crisp_api.sandbox import rules
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.handlers import conversations
from crisp_api.sandbox.model import CONVERSATION, OPERATOR, VISITOR, WEBSITE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import check_email, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object, Resource

__all__ = ["arrive", "attend", "be_there", "hire", "keep", "show"]


def arrive(call: Call, metas: Object) -> str:
    """Add a visitor, and return the identifier of the conversation."""
    item = rules.new(CONVERSATION, call, {})
    conversations.begin(call, item)
    if metas:
        if unknown := metas.keys() - shown(metas, ty.ConversationMetaUpdate).keys():
            message = f"a visitor has no {', '.join(sorted(unknown))}"
            raise invalid(message)
        schema.check(metas, ty.ConversationMetaUpdate)
        check_email(metas.get("email", ""), ".email")
        conversations.describe(call, item, metas)
    call.arguments["session_id"] = item.path[-1]
    be_there(call, is_online=True)
    return item.path[-1]


def be_there(call: Call, *, is_online: bool) -> None:
    """Note that a visitor is on the website, or not any more."""
    item = call.find(CONVERSATION)
    availability = "online" if is_online else "offline"
    item.doc["availability"] = availability
    item.doc["active"] = {"now": is_online, "last": call.now}
    call.save(item)
    name = "session:update_availability"
    call.emit_of(item, name, availability=availability)
    if is_online:
        show(call, {})
    else:
        call.store.delete(VISITOR, item.path)
    website = item.path[:-1]
    count = call.store.count(VISITOR, website)
    call.emit("website:update_visitors_count", website[0], visitors_count=count)


def show(call: Call, more: Object) -> None:
    """Keep a visitor among those who are online."""
    item = call.find(CONVERSATION)
    meta, device = item.doc["meta"], item.doc["meta"]["device"]
    old = call.store.get(VISITOR, item.path) or {}
    visitor = {
        "session_id": item.path[-1],
        "inbox_id": item.doc["inbox_id"],
        **{name: meta[name] for name in ("nickname", "email", "avatar")},
        "useragent": device["system"]["useragent"],
        "initiated": not item.doc.get("is_empty", 1),
        "active": True,
        **{name: device[name] for name in ("timezone", "capabilities", "locales")},
        "geolocation": device["geolocation"],
        **{name: old[name] for name in ("last_page",) if name in old},
    }
    call.store.put(VISITOR, item.path, visitor | more)


def keep(call: Call, resource: Resource, fields: Object) -> None:
    """Keep a page or an event of a visitor."""
    path = (*call.find(CONVERSATION).path, call.state.new_id(resource.name))
    call.save(Item(resource, path, {**fields, "timestamp": call.now}))


def hire(call: Call, name: str) -> str:
    """Return the operator of a name, who is added if there is none.

    Without a name, it is the sandbox's own.
    """
    website = call.find(WEBSITE).path
    if not name:
        return call.state.user_id
    first, _, last = name.partition(" ")
    for doc in call.store.select(OPERATOR, website, Query(), 0, -1):
        if (doc.get("first_name"), doc.get("last_name")) == (first, last):
            return str(doc["user_id"])
    user_id = call.state.new_id("operator")
    doc = {
        "user_id": user_id,
        "email": f"{user_id}@sandbox.example",
        "first_name": first,
        "last_name": last,
        "role": "member",
    }
    call.store.put(OPERATOR, (*website, user_id), doc)
    return user_id


def attend(call: Call, *, is_online: bool) -> None:
    """Note that an operator is online, or not any more."""
    item = call.find(OPERATOR)
    website = item.path[:-1]
    operators = call.store.select(OPERATOR, website, Query(), 0, -1)
    was_online = any(one.get("availability") == "online" for one in operators)
    availability = "online" if is_online else "offline"
    item.doc.update(availability=availability, since=call.now)
    call.save(item)
    call.emit(
        "website:update_operators_availability",
        website[0],
        user_id=item.path[-1],
        availability={"type": availability},
    )
    operators = call.store.select(OPERATOR, website, Query(), 0, -1)
    is_available = any(one.get("availability") == "online" for one in operators)
    if is_available != was_online:
        call.emit("website:users:available", website[0], available=is_available)
