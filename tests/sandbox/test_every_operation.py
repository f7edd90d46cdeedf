"""Every operation of the table, on a sandbox with one of everything."""

from __future__ import annotations

import pydantic
import pytest

from crisp_api import InvalidRequestError, NotFoundError, table
from tests.sandbox.examples import seeded

OPERATIONS = {one.id: one for one in table.operations()}


@pytest.mark.parametrize("id_", OPERATIONS)
def test_every_operation_answers_in_its_declared_type(id_: str) -> None:
    here, operation = seeded(), OPERATIONS[id_]
    here.reset()

    answer = here.call(id_, *here.more(operation))

    adapter = pydantic.TypeAdapter[object](operation.answer)
    adapter.validate_python(answer, strict=True, extra="forbid")
    if operation.verb == "HEAD":
        assert answer is True


@pytest.mark.parametrize("id_", OPERATIONS)
def test_every_operation_refuses_what_does_not_exist(id_: str) -> None:
    here, operation = seeded(), OPERATIONS[id_]
    here.reset()
    missing = [
        parameter.name
        for parameter in operation.parameters
        if parameter.location == "path" and parameter.name.endswith("_id")
    ]

    for name in missing:
        arguments = here.more(operation)
        if operation.verb == "HEAD":
            assert here.call(id_, *arguments, **{name: "missing"}) is False
            continue
        with pytest.raises((InvalidRequestError, NotFoundError)):
            here.call(id_, *arguments, **{name: "missing"})
