"""Every operation of the table, on a sandbox with one of everything."""

from __future__ import annotations

import pydantic
import pytest

from crisp_api import RouteError, table
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
        try:
            answer = here.call(id_, *here.more(operation), **{name: "missing"})
        except RouteError as error:
            assert error.status in {400, 404}, error
        else:
            assert operation.verb == "HEAD", name
            assert answer is False
