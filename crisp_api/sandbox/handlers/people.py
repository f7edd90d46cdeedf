"""People: the contacts of a website."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import merge, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.model import PEOPLE
from crisp_api.sandbox.refusals import Refusal, invalid
from crisp_api.sandbox.store import Query

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = [
    "add_new_people_profile",
    "list_people_profiles",
    "save_people_data",
    "save_people_profile",
    "update_people_data",
    "update_people_profile",
]

_DATA: t.Final = "people/data"


def list_people_profiles(call: Call) -> list[Object]:
    """List people, the last added first."""
    parent = call.parent(PEOPLE)
    query = query_of(call, PEOPLE, "search_text")
    query = call.store.search(query, call.query.get("search_text") or "")
    (type_,) = t.get_args(call.operation.answer)
    return [shown(doc, type_) for doc in call.page(PEOPLE, parent, query)]


def add_new_people_profile(call: Call) -> Object:
    """Add a person, unless the e-mail address exists."""
    _prepare(call, None)
    item = rules.new(PEOPLE, call, call.body)
    call.save(item)
    return {"people_id": item.path[-1]}


def save_people_profile(call: Call) -> None:
    """Replace a person; their data stays."""
    item = call.find(PEOPLE)
    _prepare(call, item.path[-1])
    fresh = rules.new(PEOPLE, call, call.body | {"people_id": item.path[-1]})
    kept = [name for name in item.doc if "/" in name]
    fresh.doc.update({name: item.doc[name] for name in ("created_at", *kept)})
    call.save(fresh)


def update_people_profile(call: Call) -> None:
    """Change a person; objects inside are merged."""
    _prepare(call, call.find(PEOPLE).path[-1])
    rules.update(PEOPLE, call)


def save_people_data(call: Call) -> None:
    """Replace the data of a person."""
    item = call.find(PEOPLE)
    item.doc[_DATA] = {"data": _wrapped(call.body)}
    call.touch(item)


def update_people_data(call: Call) -> None:
    """Change the data of a person."""
    item = call.find(PEOPLE)
    merge(item.doc.setdefault(_DATA, {"data": {}}), {"data": _wrapped(call.body)})
    call.touch(item)


def _prepare(call: Call, people_id: str | None) -> None:
    """Refuse an e-mail address of another person; read a moment as an object."""
    if email := call.body.get("email"):
        parent = call.parent(PEOPLE)
        query = Query().where("email = ?", email)
        for other in call.store.select(PEOPLE, parent, query, 0, 1):
            if other["people_id"] != people_id:
                raise Refusal(409, "people_exists")
    if "active" in call.body:
        # A moment is written, and an object is read.
        call.body["active"] = {"now": False, "last": call.body["active"]}


def _wrapped(body: Object) -> Object:
    """Return custom data, which Crisp accepts only under ``data``."""
    data = body.get("data")
    if not isinstance(data, dict):
        message = "data should have required property '.data'"
        raise invalid(message)
    return t.cast("Object", data)
