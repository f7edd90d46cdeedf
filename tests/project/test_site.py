"""The documentation site, without building it: ``nox -s docs`` does that."""

from __future__ import annotations

import re
import typing as t

import pytest

from crisp_api import Crisp, schema, table
from tests.support.doubles import Recorder, envelope
from tests.support.pages import reference, site

PAGES = {**site.own_pages(), "recipes.md": site.recipes(), **reference.pages()}
EXAMPLES: dict[str, t.Any] = {}
exec(compile(reference.program(), "reference", "exec"), EXAMPLES)  # noqa: S102 - our own


def value(parameter: table.Parameter) -> t.Any:
    """Return an argument for a parameter."""
    if parameter.name.startswith("date_"):
        return "2026-01-31"
    return eval(reference.sample(parameter.type, parameter.name))  # noqa: S307 - our own


@pytest.mark.parametrize("operation", table.operations(), ids=lambda one: one.id)
def test_the_example_of_an_operation_sends_its_request(
    operation: table.Operation,
) -> None:
    recorder = Recorder(envelope({}))
    client = Crisp("i", "k", transport=recorder)
    needed = [one for one in operation.parameters if one.required]
    arguments = [value(one) for one in needed if one.location != "body"]

    EXAMPLES[f"{operation.service}_{operation.name}"](client, *arguments)

    (sent,) = recorder.sent
    found = table.find(sent.method, sent.url.partition("/v1/")[2].partition("?")[0])
    assert found
    assert (found.operation.verb, found.operation.path) == (
        operation.verb,
        operation.path,
    )


@pytest.mark.parametrize(
    "operation", [one for one in table.operations() if one.body], ids=lambda one: one.id
)
def test_the_body_in_an_example_has_the_type_of_the_operation(
    operation: table.Operation,
) -> None:
    schema.check(eval(reference.sample(operation.body)), operation.body)  # noqa: S307


def test_every_operation_has_an_entry_with_its_parameters_and_fields() -> None:
    for operation in table.operations():
        (page,) = [
            text
            for name, text in PAGES.items()
            if name.startswith("reference/") and f"client.{operation.id}(" in text
        ]
        _, _, rest = page.partition(f"{{ #{operation.name} }}")
        entry = rest.partition("\n## ")[0]
        assert f"{operation.verb} /v1/{operation.path}\n" in entry
        assert operation.description in entry
        assert f"#{operation.anchor})" in entry
        names = [one.name for one in operation.parameters if one.location != "body"]
        assert [name for name in names if f"| `{name}` |" not in entry] == []


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(r'= "([^"]+\.md)"', site.configuration())

    assert sorted(listed) == sorted(PAGES)


def test_links_between_pages_lead_to_pages_and_headings() -> None:
    anchors = {
        name: {
            *re.findall(r"\{ #([\w.-]+) \}", text),
            *(
                re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-")
                for title in re.findall(r"^#+ ([^{\n]+)$", text, re.MULTILINE)
            ),
        }
        for name, text in PAGES.items()
    }
    for name, text in PAGES.items():
        for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
            place, _, anchor = link.partition("#")
            folder = name.rpartition("/")[0]
            target = f"{folder}/{place}" if folder and place else place or name
            target = re.sub(r"\w+/\.\./", "", target)
            assert target in PAGES, (name, link)
            assert not anchor or anchor in anchors[target], (name, link)


def test_an_object_of_the_python_api_is_text_for_language_models() -> None:
    text = site.documented("crisp_api.paging.paginate")
    assert text.startswith("```python\npaginate(method")
    assert "snapshot" in text
