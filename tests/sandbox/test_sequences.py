"""Any operations in any order: each is refused, or answers in its type."""

from __future__ import annotations

import contextlib
import typing as t

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisp_api import RouteError, hints, table
from tests.sandbox.examples import example, seeded

OPERATIONS: t.Final = table.operations()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(OPERATIONS), min_size=20, max_size=60))
def test_operations_in_any_order_answer_in_their_types(
    operations: list[table.Operation],
) -> None:
    here = seeded()
    here.reset(table.lookup("website.get_website"))

    for operation in operations:
        with contextlib.suppress(RouteError):
            answer = here.try_(operation)
            adapter = pydantic.TypeAdapter[object](operation.answer)
            adapter.validate_python(answer, strict=True, extra="forbid")


@pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS if any(p.location == "query" for p in one.parameters)],
    ids=lambda operation: operation.id,
)
def test_every_parameter_of_a_query_is_supported(operation: table.Operation) -> None:
    here = seeded()
    here.reset(operation)

    for parameter in operation.parameters:
        if parameter.location == "query":
            query, body = here.more(operation)
            query[parameter.name] = value(parameter)
            answer = here.call(operation.id, *body, query=query)
            pydantic.TypeAdapter[object](operation.answer).validate_python(answer)


def value(parameter: table.Parameter) -> t.Any:
    """Return a value for a parameter of a query."""
    known = {
        "per_page": 50,
        "code": "SANDBOX",
        "custom": "help.acme.example",
        "sub_path": "orders",
        "search_filter": [
            {
                "model": "people",
                "criterion": "email",
                "operator": "eq",
                "query": ["jane@acme.example"],
            }
        ],
    }
    if parameter.name in known:
        return known[parameter.name]
    if "date" in parameter.name and "order" not in parameter.name:
        return "2020-01-01"
    if "timestamp" in parameter.name:
        return 1
    *_, last = hints.members(parameter.type)
    return example(last, {}, parameter.name)
