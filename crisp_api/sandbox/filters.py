"""The query of a request: its values, and the query of the store that it asks for."""

from __future__ import annotations

import datetime as dt
import json
import re
import typing as t

from crisp_api import hints
from crisp_api.sandbox.call import PAGE_SIZES
from crisp_api.sandbox.refusals import SandboxNotImplementedError, invalid
from crisp_api.sandbox.store import Query

if t.TYPE_CHECKING:
    from crisp_api import table
    from crisp_api.sandbox.call import Call, Object
    from crisp_api.sandbox.model import Resource

__all__ = ["criteria", "parsed", "query_of", "whole"]

_OPERATORS: t.Final = {
    "eq": "value = {value}",
    "neq": "value = {value}",
    "gt": "value > cast({value} AS REAL)",
    "gte": "value >= cast({value} AS REAL)",
    "lt": "value < cast({value} AS REAL)",
    "lte": "value <= cast({value} AS REAL)",
    "ct": "instr(casefold(value), casefold({value})) > 0",
    "nct": "instr(casefold(value), casefold({value})) > 0",
}
_NEGATIVE: t.Final = {"neq", "nct"}


def parsed(operation: table.Operation, query: t.Mapping[str, str]) -> Object:
    """Return the parameters of a query, with their declared types.

    Raises:
        Refusal: a value does not have its type.
        SandboxNotImplementedError: the operation does not declare a parameter.
    """
    types = _types(operation)
    values: Object = {}
    for name, text in query.items():
        if name not in types:
            what = f"the query {name!r}"
            raise SandboxNotImplementedError(what)
        try:
            values[name] = _value(types[name], text)
        except ValueError as error:
            message = f"query should be {error} at '.{name}'"
            raise invalid(message) from None
    size = values.get("per_page", PAGE_SIZES[0])
    if size not in PAGE_SIZES:
        message = "query should be 20 to 50 at '.per_page'"
        raise invalid(message)
    return values


def query_of(call: Call, resource: Resource, *extra: str) -> Query:
    """Return the query of the store for the filters and orders of a request.

    Args:
        call: the request.
        resource: what is listed.
        extra: parameters that the handler applies itself.
    """
    query = Query(order=resource.order)
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
            values = [known[one] for one in re.findall(":(value|user)", condition)]
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
    conditions: list[str] = []
    values: list[object] = []
    for one in wanted:
        kind = one.get("operator", "eq")
        if kind not in _OPERATORS:
            message = f"the operator should be one of {', '.join(_OPERATORS)}"
            raise invalid(message)
        options = one.get("query") or []
        if not isinstance(options, list):
            options = list(options.values())
        condition = " OR ".join(_OPERATORS[kind].format(value="?") for _ in options)
        negation = "NOT " if kind in _NEGATIVE else ""
        conditions.append(
            f"{negation}EXISTS (SELECT 1 FROM json_each(doc, ?) "
            f"WHERE {condition or 'value IS NOT NULL'})"
        )
        values += [place(str(one.get("criterion", ""))), *map(_comparable, options)]
    joined = f" {operator.upper()} ".join(conditions)
    return f"({joined or 'TRUE'})", values


def whole(text: str, problem: str) -> int:
    """Return a whole number.

    Raises:
        Refusal: the text is not one.
    """
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise invalid(problem)
    return int(text)


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


def _value(type_: t.Any, text: str) -> t.Any:
    """Return a value of a query; raise a ValueError that says what it should be."""
    members = hints.members(type_)
    if bool in members:
        return _flag(text)
    if dt.date in members:
        return _timestamp(text) if int in members else _date(text)
    if t.get_origin(members[0]) is t.Literal:
        return _word(t.get_args(members[0]), text)
    if str in members:
        is_json = len(members) > 1 and text[:1] in {"[", "{"}
        return _json(text) if is_json else text
    if float in members:
        return _number(text)
    return _whole(text)


def _flag(text: str) -> bool:
    if text not in {"0", "1", ""}:
        raise ValueError("0 or 1")
    return text == "1"


def _whole(text: str) -> int:
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise ValueError("integer")
    return int(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError("number") from None


def _word(words: tuple[str, ...], text: str) -> str:
    if text not in words:
        raise ValueError(f"one of {', '.join(words)}")
    return text


def _timestamp(text: str) -> int:
    return _whole(text)


def _date(text: str) -> float | None:
    """Return a date as milliseconds since 1970; without a time zone, it is UTC.

    Node and Go send dates that are not set as empty texts.
    """
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("an ISO 8601 date") from None
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp() * 1000


def _json(text: str) -> t.Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("JSON") from None


def _comparable(value: object) -> object:
    """Return a value as SQLite compares it."""
    if isinstance(value, dict | list):
        return json.dumps(value)
    return value
