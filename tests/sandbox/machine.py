"""The common part of the state machines of the sandbox."""

from __future__ import annotations

import typing as t

import pydantic
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from crisp_api import Crisp, table
from crisp_api.sandbox import Sandbox

SETTINGS: t.Final = settings(
    max_examples=25,
    derandomize=True,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class Machine(RuleBasedStateMachine):
    """Calls a sandbox, whose clock goes on a second for each call."""

    def __init__(self, **options: t.Any) -> None:
        super().__init__()
        self.seconds = 1_700_000_000
        self.sandbox = Sandbox(clock=lambda: self.seconds, **options)
        self.website_id = self.sandbox.website_id
        self.website: t.Any = Crisp("i", "k", transport=self.sandbox).website

    def call(self, name: str, *arguments: t.Any, **query: t.Any) -> t.Any:
        """Call an operation a second later, and check the type of the answer."""
        self.seconds += 1
        operation = table.lookup(f"website.{name}")
        answer = getattr(self.website, name)(self.website_id, *arguments, **query)
        adapter = pydantic.TypeAdapter[object](operation.answer)
        adapter.validate_python(answer, strict=True, extra="forbid")
        return answer

    def pages(self, name: str, *arguments: t.Any, **query: t.Any) -> t.Iterator[t.Any]:
        """All items of a list, page by page."""
        number = 1
        while page := self.call(name, *arguments, number, **query):
            yield from page
            number += 1

    @property
    def now(self) -> int:
        return self.seconds * 1000
