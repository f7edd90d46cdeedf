"""Every operation of the table, on a sandbox with one of everything."""

from __future__ import annotations

import pydantic
import pytest

from crisp_api import InvalidRequestError, NotFoundError, table
from tests.sandbox.examples import seeded

# Identifiers of what an operation creates.
CREATED = {("initiate_conversation_with_existing_session", "session_id")}
OPERATIONS = {one.id: one for one in table.operations()}


@pytest.mark.parametrize("id_", OPERATIONS)
def test_every_operation_answers_in_its_declared_type(id_: str) -> None:
    here, operation = seeded(), OPERATIONS[id_]
    here.reset(operation)

    answer = here.try_(operation)

    adapter = pydantic.TypeAdapter[object](operation.answer)
    adapter.validate_python(answer, strict=True, extra="forbid")
    if operation.verb == "HEAD":
        assert answer is True


@pytest.mark.parametrize("id_", OPERATIONS)
def test_every_operation_refuses_what_does_not_exist(id_: str) -> None:
    here, operation = seeded(), OPERATIONS[id_]
    here.reset(operation)
    missing = [
        parameter.name
        for parameter in operation.parameters
        if parameter.location == "path"
        and parameter.name.endswith("_id")
        and (operation.name, parameter.name) not in CREATED
    ]

    for name in missing:
        if operation.verb == "HEAD":
            assert here.try_(operation, **{name: "missing"}) is False
            continue
        with pytest.raises((InvalidRequestError, NotFoundError)):
            here.try_(operation, **{name: "missing"})
