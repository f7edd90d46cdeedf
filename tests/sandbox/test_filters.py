"""Criteria of a search, and values of a query."""

from __future__ import annotations

import json
import typing as t

import pytest

from crisp_api import InvalidRequestError
from tests.sandbox.here import Here, here

__all__ = ["here"]


def criterion(name: str, operator: str, *query: str) -> dict[str, t.Any]:
    return {
        "model": "session",
        "criterion": name,
        "operator": operator,
        "query": list(query),
    }


@pytest.fixture
def three(here: Here) -> Here:
    here.open("a", email="jane@acme.example", segments=["vip"], data={"seats": 3})
    here.open("b", email="joe@acme.example", segments=["Trial"], data={"seats": 10})
    here.open("c", nickname='O"Neil', data={"city": "Paris"})
    return here


def found(here: Here, *wanted: dict[str, t.Any], operator: str = "and") -> list[str]:
    return here.listed(
        search_type="filter", search_query=list(wanted), search_operator=operator
    )[::-1]


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        (("data.city", "gt", "1"), []),
        (("created_at", "gt", "2030-01-01"), []),
        (("created_at", "gt", "2020-01-01T00:00:00Z"), ["a", "b", "c"]),
        (("is_blocked", "eq", "false"), ["a", "b", "c"]),
        (("email", "eq", "jane@acme.example"), ["a"]),
        (("email", "eq", "jane@acme.example", "joe@acme.example"), ["a", "b"]),
        (("email", "neq", "jane@acme.example"), ["b", "c"]),
        (("email", "ct", "ACME"), ["a", "b"]),
        (("email", "nct", "acme"), ["c"]),
        (("segments", "eq", "trial"), ["b"]),
        (("segments", "neq", "vip"), ["b", "c"]),
        (("data.seats", "eq", "3"), ["a"]),
        (("data.seats", "gt", "3"), ["b"]),
        (("data.seats", "gte", "3"), ["a", "b"]),
        (("data.seats", "lt", "10"), ["a"]),
        (("data.seats", "lte", "10"), ["a", "b"]),
        (("data.city", "eq"), ["c"]),
        (("state", "eq", "pending"), ["a", "b", "c"]),
        (('nickname"', "eq", 'O"Neil'), ["c"]),
    ],
)
def test_a_criterion_finds_what_meets_it(
    three: Here, wanted: tuple[str, ...], texts: list[str]
) -> None:
    name, operator, *query = wanted

    assert found(three, criterion(name, operator, *query)) == texts


def test_criteria_are_all_met_or_one_of_them(three: Here) -> None:
    wanted = (criterion("segments", "eq", "vip"), criterion("data.seats", "gt", "5"))

    assert found(three, *wanted) == []
    assert found(three, *wanted, operator="or") == ["a", "b"]
    assert found(three) == ["a", "b", "c"]


def test_an_unknown_comparison_is_refused(three: Here) -> None:
    with pytest.raises(InvalidRequestError, match="the operator should be one of eq"):
        found(three, criterion("email", "like", "jane"))


@pytest.mark.parametrize(
    "text", ['["x"]', '[{"criterion": 1}]', "[", "[" * 100_000, '{"a": 1}']
)
def test_criteria_that_are_none_are_refused(here: Here, text: str) -> None:
    path = f"/website/{here.website_id}/conversations/1"
    query = {"search_type": "filter", "search_query": text}

    with pytest.raises(InvalidRequestError, match=r"JSON at '\.search_query'"):
        here.client.get(path, query)


def test_a_search_without_a_text_finds_all(three: Here) -> None:
    assert three.listed(search_query="...") == []
    assert len(three.listed(search_query="")) == 3
    assert len(three.listed(search_type="filter")) == 3


def test_words_that_many_conversations_have_are_found_in_order(here: Here) -> None:
    for number in range(1010):
        here.open(f"order {number}")

    assert here.listed(search_query="order") == [
        f"order {number}" for number in range(1009, 989, -1)
    ]
    assert here.listed(51, search_query="order") == [
        f"order {number}" for number in range(9, -1, -1)
    ]


def test_a_list_is_ordered_by_how_long_visitors_wait(here: Here) -> None:
    here.open("first")
    here.say(here.open("second"), "Yes?", "operator")
    here.open("third")

    assert here.listed(order_date_waiting=True) == ["first", "third", "Yes?"]


def test_a_list_of_those_who_mention_the_operator(here: Here) -> None:
    session_id = here.open("asked")
    here.open("other")
    note = {"mentions": [here.sandbox.user_id], "type": "note"}
    here.say(session_id, "Please look.", "operator", **note)

    assert here.listed(filter_mention=True) == ["asked"]


def test_a_number_of_a_query_is_read(here: Here) -> None:
    path = f"/website/{here.website_id}/visitors/map"
    place = {"center_latitude": "x", "center_longitude": "2", "center_radius": "3"}

    with pytest.raises(InvalidRequestError, match=r"number at '\.center_latitude'"):
        here.client.get(path, place)


def test_a_parameter_that_is_required_is_named(here: Here) -> None:
    with pytest.raises(
        InvalidRequestError, match=r"query should have required property '\.code'"
    ):
        here.client.get(f"/plans/subscription/{here.website_id}/coupon")


def test_filters_are_json(here: Here) -> None:
    wanted = json.dumps([criterion("email", "eq", "x")])
    here.open("a")

    assert here.listed(search_type="filter", search_query=wanted) == []
