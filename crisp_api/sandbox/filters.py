"""The query of a request: its values, and the query of the store that it asks for."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import typing as t

from crisp_api import hints, schema
from crisp_api.sandbox.call import PAGE_SIZES
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import SandboxNotImplementedError, invalid

if t.TYPE_CHECKING:
    from crisp_api import table
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object, Resource

__all__ = ["criteria", "json_path", "page_number", "parsed", "query_of"]

_TEXT: t.Final = (
    "CASE found.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' "
    "ELSE found.value END"
)
_EQUAL: t.Final = f"plain({_TEXT}) = plain(wanted.value)"
_CONTAINS: t.Final = f"instr(plain({_TEXT}), plain(wanted.value)) > 0"
_OPERATORS: t.Final = {
    "eq": _EQUAL,
    "neq": _EQUAL,
    "gt": "number(found.value) > number(wanted.value)",
    "gte": "number(found.value) >= number(wanted.value)",
    "lt": "number(found.value) < number(wanted.value)",
    "lte": "number(found.value) <= number(wanted.value)",
    "ct": _CONTAINS,
    "nct": _CONTAINS,
}
# The types of searches whose query is a text, also if it looks like JSON.
_WORDS: t.Final = {"text", "segment"}
_MOST_CRITERIA: t.Final = 100
_FLAGS: t.Final = {"": "0", "false": "0", "true": "1"}
_NEGATIVE: t.Final = {"neq", "nct"}


def parsed(operation: table.Operation, query: t.Mapping[str, str]) -> Object:
    """Return the parameters of a query, with their declared types.

    Raises:
        Refusal: a value does not have its type, or a required one is missing.
        SandboxNotImplementedError: the operation does not declare a parameter.
    """
    for name in _required(operation):
        if name not in query:
            message = f"query should have required property '.{name}'"
            raise invalid(message)
    types = _types(operation) if query else {}
    values: Object = {}
    for name, text in query.items():
        if "\0" in text or "\\u0000" in text:
            message = f"query should be text at '.{name}'"
            raise invalid(message)
        if name not in types:
            what = f"the query {name!r}"
            raise SandboxNotImplementedError(what)
        expected, read = _reader(types[name], text)
        if name == "search_query" and query.get("search_type") in {
            None,
            "text",
            "segment",
        }:
            read = str
        try:
            values[name] = read(text)
        except (ValueError, RecursionError):
            message = f"query should be {expected} at '.{name}'"
            raise invalid(message) from None
    size = values.get("per_page", PAGE_SIZES[0])
    if size not in PAGE_SIZES:
        message = "query should be 20 to 50 at '.per_page'"
        raise invalid(message)
    return values


def page_number(text: str) -> int:
    """Return the number of a page.

    Raises:
        Refusal: the text is not one.
    """
    try:
        number = _whole(text)
    except ValueError:
        message = "page_number should be integer"
        raise invalid(message) from None
    if number < 1:
        message = "page_number should be 1 or more"
        raise invalid(message)
    return number


def query_of(call: Call, resource: Resource, *extra: str) -> Query:
    """Return the query of the store for the filters and orders of a request.

    Args:
        call: the request.
        resource: what is listed.
        extra: parameters that the handler applies itself.
    """
    query = Query(order=resource.order, is_ascending=resource.is_ascending)
    groups: dict[str, list[tuple[str, list[object]]]] = {}
    for name, value in call.query.items():
        if name in extra or name == "per_page" or value in {None, "", False}:
            continue
        if name in resource.orders:
            query = query._replace(order=resource.orders[name])
        elif name in resource.filters:
            condition = resource.filters[name]
            if condition.startswith("tag:"):
                kind = condition.removeprefix("tag:")
                # A flag, such as filter_mention, is about the operator.
                tag = call.state.user_id if value is True else value
                query = query.tagged(kind, call.arguments["website_id"], tag)
                continue
            known = {"value": value, "user": call.state.user_id}
            values: list[object] = [
                known[one] for one in re.findall(":(value|user)", condition)
            ]
            condition = re.sub(":(value|user)", "?", condition)
            # filter_type_static and filter_type_custom are alternatives.
            kind = "_".join(name.split("_")[:2]) if value is True else name
            is_group = kind in {"filter_type", "filter_status", "filter_visibility"}
            key = kind if is_group else name
            groups.setdefault(key, []).append((condition, values))
        else:
            what = f"the query {name!r}"
            raise SandboxNotImplementedError(what)
    for alternatives in groups.values():
        condition = " OR ".join(one for one, _ in alternatives)
        query = query.where(
            f"({condition})", *(value for _, values in alternatives for value in values)
        )
    return query


def criteria(
    wanted: t.Iterable[Object], operator: str, place: t.Callable[[str], str]
) -> tuple[str, list[object]]:
    """Return the condition of objects that meet some criteria, and its values.

    Args:
        wanted: criteria, each with ``criterion``, ``operator`` and ``query``.
        operator: ``and`` or ``or``.
        place: returns where in a document a criterion is, as a path of SQLite.
    """
    wanted = list(wanted)
    if operator not in {"and", "or"} or len(wanted) > _MOST_CRITERIA:
        message = f"a search has up to {_MOST_CRITERIA} criteria, with and, or with or"
        raise invalid(message)
    conditions: list[str] = []
    values: list[object] = []
    for one in wanted:
        kind = one.get("operator", "eq")
        if kind not in _OPERATORS:
            message = f"the operator should be one of {', '.join(_OPERATORS)}"
            raise invalid(message)
        query: t.Any = one.get("query") or []
        found: t.Iterable[object] = query
        if isinstance(query, dict):
            found = t.cast("Object", query).values()
        options = list(found)
        negation = "NOT " if kind in _NEGATIVE else ""
        # Without a value, the field only has to be there.
        condition = _OPERATORS[kind] if options else "found.value IS NOT NULL"
        conditions.append(
            f"{negation}EXISTS (SELECT 1 FROM json_each(doc, ?) AS found, "
            f"json_each(?) AS wanted WHERE {condition})"
        )
        values.append(place(str(one.get("criterion", ""))))
        values.append(json.dumps(options or [None]))
    joined = f" {operator.upper()} ".join(conditions)
    return f"({joined or 'TRUE'})", values


def json_path(*steps: str) -> str:
    """Return a path in a document, as SQLite writes it."""
    return "$" + "".join('."' + step.replace('"', "") + '"' for step in steps)


@functools.cache
def _required(operation: table.Operation) -> list[str]:
    """Return the names of the parameters that a query must have."""
    return [
        parameter.name
        for parameter in operation.parameters
        if parameter.location == "query" and parameter.required
    ]


@functools.cache
def _types(operation: table.Operation) -> Object:
    """Return the types of the parameters of a query, by name."""
    types: Object = {}
    for parameter in operation.parameters:
        if parameter.location == "query":
            types[parameter.name] = parameter.type
        elif parameter.location == "query_map":
            (filters,) = hints.members(parameter.type)
            types |= {field.name: field.hint for field in hints.fields(filters)}
    return types


def _reader(type_: t.Any, text: str) -> tuple[str, t.Callable[[str], t.Any]]:
    """Return what a text should be to have a type, and what reads it."""
    members = hints.members(type_)
    if bool in members:
        return "0 or 1", _flag
    if dt.date in members and int not in members:
        return "an ISO 8601 date", _date
    if t.get_origin(members[0]) is t.Literal:
        words = t.get_args(members[0])
        return f"one of {', '.join(words)}", lambda text: words[words.index(text)]
    if str in members:
        *others, last = members
        is_json = bool(others) and text[:1] in {"[", "{"}
        return "JSON", functools.partial(_json, last) if is_json else str
    if float in members:
        return "number", float
    return "integer", _whole


def _flag(text: str) -> bool:
    """Return a flag; Crisp's own client for Python writes it as ``True``."""
    return bool(("0", "1").index(_FLAGS.get(text.lower(), text)))


def _whole(text: str) -> int:
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


def _json(type_: t.Any, text: str) -> t.Any:
    value = json.loads(text)
    # Half of a surrogate pair is JSON, but no text.
    json.dumps(value, ensure_ascii=False).encode()
    schema.check(value, type_)
    return value


def _date(text: str) -> float | None:
    """Return a date as milliseconds since 1970; without a time zone, it is UTC.

    Node and Go send a date that is not set as an empty text.
    """
    if not text:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp() * 1000
