"""The table as data."""

from __future__ import annotations

import pickle
import typing as t
import urllib.parse

import pytest
import uplink

from crisp_api import table
from crisp_api import types as ty
from crisp_api.declare import Body, Consumer, Mode, Query, Resource, get, post
from crisp_api.table import MISSING, Parameter


class Filters(t.TypedDict, total=False):
    """Query parameters, one of them required."""

    year: t.Required[int]
    month: int


class Reports(Consumer[Mode]):
    """A custom consumer."""

    @get("reports/{page_number}", ("plugin",), key="id")
    def list_reports(
        self,
        page_number: int = 1,
        *,
        tag: t.Annotated[str, uplink.Header("X-Tag")] = "",
        size: Query[int],
        **filters: t.Unpack[Filters],
    ) -> list[ty.Payload]:
        """List Reports.

        Newest first.
        """
        raise NotImplementedError

    all_reports = list_reports

    @post("reports", deprecated=True)
    def add_report(self, data: Body[ty.Payload | None] = None) -> None:
        """Add A Report."""

    @post("reports/search")  # type: ignore[arg-type]
    def search(self, **query: t.Any) -> None:
        """Search."""


def test_an_operation_of_the_table_is_found_by_its_id() -> None:
    operation = table.lookup("website.get_website")

    assert (operation.service, operation.name) == ("website", "get_website")
    assert (operation.verb, operation.path) == ("GET", "website/{website_id}")
    assert operation.tiers == ("user", "plugin")
    assert operation.label == "Get A Website"
    assert operation.answer is ty.Website
    assert operation.body is None


def test_an_id_that_is_not_there_is_an_error_that_names_similar_ones() -> None:
    with pytest.raises(KeyError, match=r"did you mean website\.get_website"):
        table.lookup("website.get_websit")
    with pytest.raises(KeyError, match=r"no operation '7'"):
        table.lookup("7")


def test_parameters_say_where_they_go_and_what_they_take() -> None:
    operation, *_ = table.operations(Reports)

    assert operation.parameters == (
        Parameter("page_number", "path", int, 1, required=False),
        Parameter("tag", "header", str, "", required=False, keyword_only=True),
        Parameter("size", "query", int, MISSING, required=True, keyword_only=True),
        Parameter("year", "query", int, MISSING, required=True, keyword_only=True),
        Parameter("month", "query", int, None, required=False, keyword_only=True),
    )


def test_a_custom_consumer_is_read_like_the_table() -> None:
    listed, added, searched = table.operations(Reports)

    assert listed.id == "Reports.list_reports"
    assert (listed.key, listed.tiers) == ("id", ("plugin",))
    assert listed.description == "Newest first."
    assert listed.answer == list[ty.Payload]
    assert not listed.deprecated
    assert added.deprecated
    assert added.replaced_by == ()
    assert added.body == ty.Payload
    assert added.answer is None
    assert searched.parameters == ()


def test_a_body_that_may_be_left_out_is_not_required() -> None:
    (data,) = table.operations(Reports)[1].parameters

    assert data == Parameter("data", "body", ty.Payload | None, None, required=False)


def test_types_are_resolved_only_when_they_are_asked_for() -> None:
    class Broken(Consumer[Mode]):
        @get("broken")
        def read(self, size: Query[Unknown]) -> None:  # type: ignore[name-defined] # noqa: F821
            """Read."""

    (operation,) = table.operations(Broken)

    assert operation.path == "broken"
    with pytest.raises(
        TypeError, match=r"Broken\.read: a type cannot be found: .*Unknown"
    ):
        assert operation.parameters


@pytest.mark.parametrize(
    ("verb", "path", "found", "arguments"),
    [
        ("GET", "website/w%2F1", "website.get_website", {"website_id": "w/1"}),
        (
            "GET",
            "website/w/helpdesk/tree/path/en/articles/a/b%20c.md",
            "website.resolve_helpdesk_tree_path",
            {
                "website_id": "w",
                "locale": "en",
                "content_type": "articles",
                "path": "a/b c.md",
            },
        ),
        (
            "GET",
            "website/w/conversations/suggest/data/2",
            "website.list_suggested_conversation_data_keys",
            {"website_id": "w", "page_number": "2"},
        ),
        ("GET", "website/w/conversations/2/3", None, {}),
        ("PURGE", "website/w", None, {}),
        ("GET", "websites", None, {}),
    ],
)
def test_a_request_is_traced_to_its_operation(
    verb: str, path: str, found: str | None, arguments: dict[str, str]
) -> None:
    match = table.find(verb, path)

    assert (match.operation.id if match else None) == found
    assert (match.arguments if match else {}) == arguments


def test_every_path_leads_to_its_own_operation() -> None:
    for operation in table.operations():
        match = table.find(operation.verb, operation.path)
        assert match
        assert match.operation.path == operation.path


def test_operations_are_values() -> None:
    operation = table.lookup("plugin.get_connect_account")

    with pytest.raises(AttributeError):
        operation.name = "other"  # type: ignore[misc]
    assert table.operations() is table.operations()
    assert "function" not in repr(operation)


def test_every_type_of_the_table_can_be_resolved() -> None:
    for operation in table.operations():
        for parameter in operation.parameters:
            assert parameter.type is not None
            assert parameter.location in {"path", "query", "query_map", "body"}


class Odd(Consumer[Mode]):
    """Declarations at the edges of what a table reads."""

    url = urllib.parse.urlsplit("https://x/y")

    @get("b.json/{x}")
    def dotted(
        self,
        x: str,
        tag: t.Annotated[str, uplink.Header] = "",
        other: t.Annotated[str, "a doc", uplink.Header("X-Other")] = "",
    ) -> list[str]:
        """Dotted."""
        raise NotImplementedError

    @get("c(d)/{x}")
    def bracketed(self, x: str) -> list[str]:
        """Bracketed."""
        raise NotImplementedError

    @get("{whole}")
    def by_hand(self, whole: Resource) -> list[str]:
        """By Hand."""
        raise NotImplementedError


def test_an_attribute_with_a_path_is_no_operation() -> None:
    names = [operation.name for operation in table.operations(Odd)]

    assert names == ["dotted", "bracketed", "by_hand"]


def test_a_marker_of_uplinks_says_where_an_argument_goes() -> None:
    dotted, *_ = table.operations(Odd)

    assert [p.location for p in dotted.parameters] == ["path", "header", "header"]


def test_a_pattern_matches_its_own_path_and_no_other() -> None:
    dotted, bracketed, by_hand = table.operations(Odd)

    assert dotted.pattern.fullmatch("b.json/1")
    assert not dotted.pattern.fullmatch("bXjson/1")
    assert bracketed.pattern.fullmatch("c(d)/1")
    assert by_hand.pattern.fullmatch("website/w/operators")


def test_an_operation_of_the_table_survives_pickling() -> None:
    operation = table.lookup("website.get_website")

    assert pickle.loads(pickle.dumps(operation)) is operation  # noqa: S301 - ours
    with pytest.raises(TypeError, match=r"Odd\.dotted is not in the table"):
        pickle.dumps(table.operations(Odd)[0])


class MoreReports(Reports[Mode]):
    """A consumer that declares an endpoint anew."""

    @get("reports/v2/{page_number}")
    def list_reports(self, page_number: int = 1) -> list[ty.Payload]:  # type: ignore[override]
        """List Reports Again."""
        raise NotImplementedError

    @post("reports/v2")
    def save_report(self, data: Body[dict[str, t.Any] | None] = None) -> None:
        """Save A Report."""


def test_an_endpoint_that_a_subclass_declares_anew_is_listed_once() -> None:
    listed = [(one.name, one.path) for one in table.operations(MoreReports)]

    assert listed == [
        ("list_reports", "reports/v2/{page_number}"),
        ("save_report", "reports/v2"),
        ("add_report", "reports"),
        ("search", "reports/search"),
    ]


def test_the_type_of_an_optional_body_is_without_none() -> None:
    by_name = {one.name: one for one in table.operations(MoreReports)}

    assert by_name["save_report"].body == dict[str, t.Any]


def test_keywords_without_names_are_no_parameters() -> None:
    by_name = {one.name: one for one in table.operations(Reports)}

    assert by_name["search"].parameters == ()


def test_an_id_without_similar_ones_is_an_error_that_names_none() -> None:
    with pytest.raises(KeyError) as caught:
        table.lookup("zzzz")

    assert caught.value.args == ("no operation 'zzzz'",)
