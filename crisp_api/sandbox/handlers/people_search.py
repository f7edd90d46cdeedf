"""Searches for people."""

from __future__ import annotations

import json
import typing as t

from crisp_api.sandbox.call import shown
from crisp_api.sandbox.filters import criteria, json_path, query_of
from crisp_api.sandbox.model import PEOPLE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = ["list_people_profiles"]

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
        return json_path("people/data", "data", *rest)
    steps = [first, *rest] if first in _FIELDS else ["person", first, *rest]
    return json_path(*steps)


def _column(field: str) -> str:
    """Return the column, or the expression, that a field is sorted by."""
    path = _place(field).replace("'", "")
    return SORTED.get(field, f"ifnull(doc ->> '{path}', '')")
