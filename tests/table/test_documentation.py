# mypy: disable-error-code="empty-body"
"""The output of ``help()`` for an endpoint."""

from __future__ import annotations

import inspect
import pydoc
import sys
import types
import typing as t

import pytest

from crisp_api import AsyncCrisp, Crisp, table
from crisp_api import types as ty
from crisp_api.declare import Body, Consumer, Mode, QueryMap, get, post
from crisp_api.documentation import field_docs, spell
from crisp_api.types._typeddict import TypedDict
from tests.support import ledger

if t.TYPE_CHECKING:
    from tests.nowhere import Missing  # type: ignore[import-not-found]

CLIENT = Crisp()


class ReportBase(TypedDict):
    """The fields that all reports have."""

    report_id: str
    """Text of digits."""


class Report(ReportBase, total=False):
    """A report."""

    size: int
    """
    Bytes, uncompressed.
    With its head.
    """
    name: str


Untold = t.TypedDict("Untold", {"from": str})


class Reports(Consumer[Mode]):
    """Reports."""

    @post("reports/{year}", replaced_by=("list_reports",))
    def add_report(
        self, year: int, data: Body[Report | Untold | str]
    ) -> list[int | Report]:
        """Add Report.

        Nothing is merged.
        """

    @get("reports", deprecated=True)
    def list_reports(
        self, more: QueryMap[dict[str, t.Any] | None] = None
    ) -> tuple[int, ...]:
        """List Reports."""

    @get("missing")
    def get_missing(self) -> Missing:
        """Get Missing."""


def page(method: object) -> str:
    return pydoc.plain(pydoc.render_doc(method))


def test_help_of_a_list_shows_its_filters_answer_tiers_and_reference() -> None:
    text = page(CLIENT.website.list_conversations)

    # Python 3.13 puts each parameter on a line of its own.
    assert "website_id: str," in text
    assert "**filters: ConversationFilters" in text
    assert ") -> list[Conversation]" in text
    assert "    GET website/{website_id}/conversations/{page_number}" in text
    assert "        page_number: int = 1\n" in text
    assert "        search_operator: 'and' | 'or'\n" in text
    assert "            session_id: str\n" in text
    assert "            topic: str (optional)\n" in text
    assert "    Tiers: user, plugin\n" in text
    assert text.rstrip().endswith("/references/rest-api/v1/#list-conversations")


@pytest.mark.parametrize("name", ["get", "head", "post", "patch", "put", "remove"])
def test_help_of_a_route_by_hand_names_no_place_in_the_reference(name: str) -> None:
    text = page(getattr(CLIENT, name))

    assert "{resource}" in text
    assert "Reference:" not in text


def test_help_is_the_same_on_an_async_client() -> None:
    ours, theirs = CLIENT.website.get_website, AsyncCrisp().website.get_website

    assert page(theirs) == page(ours)


def test_help_of_each_operation_can_be_printed() -> None:
    for operation in table.operations():
        service = (
            CLIENT
            if operation.service == "client"
            else getattr(CLIENT, operation.service)
        )
        text = page(getattr(service, operation.name))
        assert f"{operation.verb} {operation.path}" in text, operation.id


def test_the_docstring_of_an_endpoint_stays_as_it_is_written() -> None:
    written = CLIENT.website.list_conversations.__doc__ or ""

    source = inspect.getsource(table.lookup("website.list_conversations").function)
    # Python 3.13 removes the indentation.
    assert all(line.strip() in source for line in written.splitlines())
    assert "GET website" not in written


def test_help_of_a_custom_endpoint_describes_types_and_fields() -> None:
    text = inspect.getdoc(Reports(CLIENT).add_report)

    assert (
        text
        == """\
Add Report.

Nothing is merged.

Deprecated; use list_reports.

POST reports/{year}

Path:
    year: int

Body (data):
    one of
    Report: A report.
        report_id: str
            Text of digits.
        size: int (optional)
            Bytes, uncompressed.
            With its head.
        name: str (optional)
    Untold
        from: str
    str

Returns:
    a list, each of its items one of
    int
    Report: A report.
        report_id: str
            Text of digits.
        size: int (optional)
            Bytes, uncompressed.
            With its head.
        name: str (optional)

Tiers: not known

Raises:
    RouteError: Crisp refused the call; its subclasses say why.
    TransportError: no whole response arrived.
    InvalidResponseError: the response is not Crisp's.
    TypeError, ValueError: an argument is not valid; nothing was sent."""
    )


def test_help_of_a_query_map_shows_its_type_and_default() -> None:
    text = inspect.getdoc(Reports(CLIENT).list_reports)

    assert text
    assert "Deprecated.\n" in text
    assert "Query:\n    more: dict[str, Any] | None\n" in text
    assert "Returns:\n    tuple[int, ...]\n" in text


def test_help_falls_back_to_the_written_docstring_without_the_types() -> None:
    method = Reports(CLIENT).get_missing

    assert inspect.getdoc(method) == "Get Missing."
    assert "get_missing() -> 'Missing'" in page(method)


def test_many_alternatives_are_listed_without_their_fields() -> None:
    text = inspect.getdoc(CLIENT.website.send_message_in_conversation) or ""
    body = (
        text.partition("Body (data):")[2].partition("Returns:")[0].strip().splitlines()
    )

    assert body[0] == "one of"
    assert len(body) == 10
    assert body[1].strip().startswith("ConversationTextMessageNew: ")


@pytest.mark.parametrize("name", ["__str__", "format"])
def test_a_signature_is_spelled_without_modules_and_markers(name: str) -> None:
    signature = inspect.signature(CLIENT.website.save_people_data)

    text = getattr(signature, name)()

    assert text.startswith("(website_id: str, people_id: str, data: PeopleData | ")


def test_the_anchors_are_those_of_the_reference() -> None:
    known = {(one.method, one.path): one.anchor for one in ledger.operations()}
    found = [one for one in table.operations() if (one.verb, one.path) in known]

    assert len(found) >= 260
    for one in found:
        assert one.anchor == known[one.verb, one.path], one.id
    assert not table.operations(Reports)[0].anchor


def test_a_type_without_source_has_no_docstrings_of_fields() -> None:
    scope: dict[str, t.Any] = {"__name__": "json.decoder", "TypedDict": t.TypedDict}
    exec("class Made(TypedDict):\n    size: int", scope)  # noqa: S102

    assert field_docs(scope["Made"]) == {}


def test_a_type_of_a_module_without_source_has_no_docstrings_of_fields(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "made_up", types.ModuleType("made_up"))

    class Made(TypedDict):
        size: int

    Made.__module__ = "made_up"

    assert field_docs(Made) == {}


def test_none_and_unusual_types_are_spelled() -> None:
    assert spell(type(None)) == "None"
    assert spell(t.Unpack[ty.ConversationFilters]) == "ConversationFilters"
    assert spell(t.TypeVar("Item")) == "Item"


def test_the_meaning_of_a_field_ends_without_a_blank_line() -> None:
    texts = field_docs(ty.ConversationStateUpdate)

    assert "user" in texts
    assert [text for text in texts.values() if text != text.strip()] == []
    assert (
        "\n\n"
        not in pydoc.render_doc(CLIENT.website.change_conversation_state)
        .split("Body (data):")[1]
        .partition("Tiers:")[0]
        .rstrip()
    )
