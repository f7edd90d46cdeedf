"""People: the contacts of a website."""

from __future__ import annotations

import json
import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import merge, shown
from crisp_api.sandbox.filters import criteria, json_path, query_of
from crisp_api.sandbox.model import CONVERSATION, PEOPLE, PEOPLE_EVENT, WEBSITE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, check_email, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item
    from crisp_api.sandbox.model import Object

__all__ = [
    "add_new_people_profile",
    "add_people_event",
    "get_people_statistics",
    "get_people_subscription_status",
    "import_people_profiles",
    "list_people_conversations",
    "list_people_events",
    "list_people_profiles",
    "remove_people_profile",
    "save_people_data",
    "save_people_profile",
    "update_people_data",
    "update_people_profile",
]

_DATA: t.Final = "people/data"
_SUBSCRIPTION: t.Final = "website/people/subscription"
_SEARCH: t.Final = (
    *("search_text", "search_filter", "search_operator"),
    *("sort_field", "sort_order"),
)
# The columns of fields that people are sorted by.
SORTED: t.Final = {
    "created_at": "created",
    "updated_at": "updated",
    "active": "active",
    "email": "email",
    "nickname": "nickname",
}
# Criteria that are fields of a profile; others are details of the person.
_FIELDS: t.Final = {
    *("email", "company", "segments", "notepad", "score", "person"),
    *("created_at", "updated_at"),
}


def get_people_statistics(call: Call) -> Object:
    """Count the people of a website."""
    return {"total": call.store.count(PEOPLE, call.find(WEBSITE).path)}


def list_people_profiles(call: Call) -> list[Object]:
    """List people, the last added first."""
    parent = call.parent(PEOPLE)
    query = query_of(call, PEOPLE, *_SEARCH)
    query = call.store.search(query, call.query.get("search_text") or "")
    if wanted := call.query.get("search_filter"):
        query = _matching(query, wanted, call.query.get("search_operator", "and"))
    if field := call.query.get("sort_field"):
        query = query._replace(order=_column(field))
    if call.query.get("sort_order") == "ascending":
        query = query._replace(is_ascending=True)
    (type_,) = t.get_args(call.operation.answer)
    return [shown(doc, type_) for doc in call.page(PEOPLE, parent, query)]


def selected(wanted: Object) -> Query:
    """Return the query for the people that a batch names, or searches for."""
    query = Query(is_ascending=True)
    if (ids := wanted.get("profiles")) is not None:
        listed = "SELECT value FROM json_each(?)"
        query = query.where(f"people IN ({listed})", json.dumps(ids))
    search: t.Any = wanted.get("search") or {}
    if isinstance(search, str):
        message = "data should be object at '.people.search'"
        raise invalid(message)
    return _matching(query, search.get("filter") or [], search.get("operator", "and"))


def find_by_email(call: Call, email: str) -> str | None:
    """Return the identifier of the person with an e-mail address, if there is one."""
    query = Query().where("email = casefold(?)", email)
    website = (call.arguments["website_id"],)
    for person in call.store.select(PEOPLE, website, query, 0, 1):
        return str(person["people_id"])
    return None


# --- profiles


def add_new_people_profile(call: Call) -> Object:
    """Add a person, unless the e-mail address exists."""
    _prepare(call, None)
    item = rules.new(PEOPLE, call, call.body)
    call.save(item)
    _recognize(call, item)
    return {"people_id": item.path[-1]}


def save_people_profile(call: Call) -> None:
    """Replace a person; their data and their subscription stay."""
    item = call.find(PEOPLE)
    _prepare(call, item.path[-1])
    fresh = rules.new(PEOPLE, call, call.body | {"people_id": item.path[-1]})
    kept = [name for name in item.doc if "/" in name]
    fresh.doc.update({name: item.doc[name] for name in ("created_at", *kept)})
    call.save(fresh)
    _recognize(call, fresh)


def update_people_profile(call: Call) -> None:
    """Change a person; objects inside are merged."""
    _prepare(call, call.find(PEOPLE).path[-1])
    rules.update(PEOPLE, call)
    _recognize(call, call.find(PEOPLE))


def remove_people_profile(call: Call) -> None:
    """Remove a person; their conversations stay."""
    website_id, people_id = call.find(PEOPLE).path
    known = Query().where("people = ?", people_id)
    unknown = "json_remove(doc, '$.people_id')"
    call.store.edit(CONVERSATION, (website_id,), known, unknown)
    call.store.remove(PEOPLE, (website_id, people_id))


def import_people_profiles(call: Call) -> Object:
    """Accept a file of people; the sandbox does not fetch it."""
    call.find(WEBSITE)
    return {"import_id": call.state.new_id("import")}


def _prepare(call: Call, people_id: str | None) -> None:
    """Refuse an e-mail address of another person; read a moment as an object."""
    email = call.body.get("email")
    check_email(email or "", ".email")
    if email and find_by_email(call, email) not in {None, people_id}:
        raise Refusal(409, "people_exists")
    if "active" in call.body:
        # A moment is written, and an object is read.
        call.body["active"] = {"now": False, "last": call.body["active"]}


def _recognize(call: Call, person: Item) -> None:
    """Note in conversations with the e-mail address of a person who it is."""
    if email := person.doc.get("email"):
        query = Query().where("email = casefold(?)", email)
        key = person.path[-1]
        named = "json_set(doc, '$.people_id', ?)"
        call.store.edit(CONVERSATION, person.path[:-1], query, named, key)


# --- what belongs to a person


def list_people_conversations(call: Call) -> list[str]:
    """List the identifiers of a person's conversations, the last updated first."""
    person = call.find(PEOPLE)
    query = query_of(call, CONVERSATION).where("people = ?", person.path[-1])
    found = call.page(CONVERSATION, person.path[:-1], query)
    return [doc["session_id"] for doc in found]


def add_people_event(call: Call) -> None:
    """Add an event to a person."""
    item = rules.new(PEOPLE_EVENT, call, dict(call.body))
    item.doc["timestamp"] = call.now
    call.save(item)


def list_people_events(call: Call) -> list[Object]:
    """List the events of a person, the last one first."""
    (type_,) = t.get_args(call.operation.answer)
    found = call.page(PEOPLE_EVENT, call.find(PEOPLE).path)
    return [shown(doc, type_) for doc in found]


def get_people_subscription_status(call: Call) -> Object:
    """Return whether a person accepts e-mails, which everybody does at first."""
    return {"email": subscribes(call.find(PEOPLE).doc)}


def subscribes(person: Object) -> bool:
    """Return whether a person accepts e-mails."""
    return bool(person.get(_SUBSCRIPTION, {}).get("email", True))


def save_people_data(call: Call) -> None:
    """Replace the data of a person."""
    item = call.find(PEOPLE)
    item.doc[_DATA] = {"data": _wrapped(call.body)}
    call.touch(item)


def update_people_data(call: Call) -> None:
    """Change the data of a person."""
    item = call.find(PEOPLE)
    add_data(item, _wrapped(call.body))
    call.touch(item)


def add_data(item: Item, data: Object) -> None:
    """Merge data into that of a person."""
    merge(item.doc.setdefault(_DATA, {"data": {}}), {"data": data})


def _wrapped(body: Object) -> Object:
    """Return custom data, which Crisp accepts only under ``data``."""
    data = body.get("data")
    if not isinstance(data, dict):
        message = "data should have required property '.data'"
        raise invalid(message)
    return t.cast("Object", data)


# --- searches


def _matching(query: Query, wanted: t.Any, operator: str) -> Query:
    if isinstance(wanted, str):
        message = "query should be JSON at '.search_filter'"
        raise invalid(message)
    condition, values = criteria(wanted, operator, _place)
    return query.where(condition, *values)


def _place(criterion: str) -> str:
    """Return where in a document a criterion is."""
    first, *rest = criterion.split(".")
    if first == "data":
        return json_path(_DATA, "data", *rest)
    steps = [first, *rest] if first in _FIELDS else ["person", first, *rest]
    return json_path(*steps)


def _column(field: str) -> str:
    """Return the column, or the expression, that a field is sorted by."""
    path = _place(field).replace("'", "")
    return SORTED.get(field, f"ifnull(doc ->> '{path}', '')")
