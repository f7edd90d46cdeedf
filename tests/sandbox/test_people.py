"""Contacts: searches, and what belongs to them."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import InvalidRequestError
from tests.sandbox.here import Here, here

__all__ = ["here"]


@pytest.fixture
def three(here: Here) -> Here:
    for name, country, segments in (
        ("jane", "FR", ["vip"]),
        ("joe", "US", ["trial"]),
        ("bob", "FR", []),
    ):
        here.website.add_new_people_profile(
            here.website_id,
            {
                "email": f"{name}@acme.example",
                "person": {
                    "nickname": name.capitalize(),
                    "geolocation": {"country": country},
                },
                "company": {"name": f"{name} Ltd"},
                "segments": segments,
            },
        )
    data = {"data": {"seats": 3}}
    here.website.save_people_data(here.website_id, "joe@acme.example", data)
    return here


def names(here: Here, **query: t.Any) -> list[str]:
    found = here.website.list_people_profiles(here.website_id, **query)
    return [one["person"]["nickname"] for one in found]


def criterion(name: str, operator: str, *query: str) -> dict[str, t.Any]:
    criterion = {"criterion": name, "operator": operator, "query": list(query)}
    return {"model": "people", **criterion}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"sort_field": "nickname", "sort_order": "ascending"}, "Bob Jane Joe"),
        ({"sort_field": "nickname", "sort_order": "descending"}, "Joe Jane Bob"),
        ({"sort_field": "email"}, "Joe Jane Bob"),
        ({"sort_field": "created_at", "sort_order": "ascending"}, "Jane Joe Bob"),
        ({"sort_field": "data.seats"}, "Bob Jane Joe"),
        ({"search_text": "acme jan"}, "Jane"),
        ({"search_text": "jan"}, "Jane"),
        ({"search_filter": [criterion("segments", "eq", "vip")]}, "Jane"),
        ({"search_filter": [criterion("data.seats", "gte", "3")]}, "Joe"),
        ({"search_filter": [criterion("geolocation.country", "eq", "FR")]}, "Bob Jane"),
        ({"search_filter": [criterion("company.name", "ct", "LTD")]}, "Bob Joe Jane"),
        ({"filter_date_start": "2024-01-01"}, ""),
        ({"filter_date_end": "2024-01-01"}, "Bob Joe Jane"),
    ],
)
def test_people_are_searched_and_sorted(
    three: Here, query: dict[str, t.Any], found: str
) -> None:
    assert names(three, **query) == found.split()


def test_people_meet_all_criteria_or_one(three: Here) -> None:
    wanted = [
        criterion("segments", "eq", "vip"),
        criterion("nickname", "eq", "Joe"),
    ]

    assert names(three, search_filter=wanted) == []
    assert names(three, search_filter=wanted, search_operator="or") == ["Joe", "Jane"]


def test_a_search_that_is_no_json_is_refused(three: Here) -> None:
    with pytest.raises(InvalidRequestError, match=r"JSON at '\.search_filter'"):
        names(three, search_filter="jane")


def test_a_conversation_is_known_by_the_address_of_its_visitor(three: Here) -> None:
    website, here_id = three.website, three.website_id
    early = three.open("early", email="new@acme.example")
    person = website.add_new_people_profile(here_id, {"email": "new@acme.example"})
    late = three.open("late", email="new@acme.example")
    listed = website.list_people_conversations
    people_id = person["people_id"]

    assert set(listed(here_id, "new@acme.example")) == {early, late}
    assert website.get_conversation(here_id, early)["people_id"] == people_id
    website.change_conversation_state(here_id, early, {"state": "resolved"})
    assert listed(here_id, people_id, filter_resolved=True) == [early]
    assert listed(here_id, people_id, filter_not_resolved=True) == [late]


def test_events_of_a_person_are_suggested(three: Here) -> None:
    website, here_id = three.website, three.website_id
    for text in ("Bought", "Sold", "Bought"):
        website.add_people_event(here_id, "jane@acme.example", {"text": text})

    events = website.list_people_events(here_id, "jane@acme.example")

    assert [one["text"] for one in events] == ["Bought", "Sold", "Bought"]
    assert website.list_suggested_people_events(here_id) == [
        {"text": "Bought", "count": 1},
        {"text": "Sold", "count": 1},
    ]
    website.delete_suggested_people_event(here_id, {"text": "Sold"})
    assert len(website.list_suggested_people_events(here_id)) == 1


def test_segments_and_data_keys_of_people_are_suggested(three: Here) -> None:
    website, here_id = three.website, three.website_id

    assert website.list_people_segments(here_id) == [
        {"segment": "trial", "count": 1},
        {"segment": "vip", "count": 1},
    ]
    assert website.list_suggested_people_data_keys(here_id) == [
        {"key": "seats", "count": 1}
    ]
    website.delete_suggested_people_segment(here_id, {"segment": "vip"})
    website.delete_suggested_people_data_key(here_id, {"key": "seats"})
    assert len(website.list_people_segments(here_id)) == 1
    assert website.list_suggested_people_data_keys(here_id) == []


def test_everybody_accepts_mails_at_first(three: Here) -> None:
    website, place = three.website, (three.website_id, "jane@acme.example")
    assert website.get_people_subscription_status(*place) == {"email": True}

    website.update_people_subscription_status(*place, {"email": False})

    assert website.get_people_subscription_status(*place) == {"email": False}
    website.save_people_profile(*place, {"email": "jane@acme.example"})
    assert website.get_people_subscription_status(*place) == {"email": False}
    website.update_people_profile(*place, {"notepad": "Tea"})
    assert website.get_people_profile(*place)["notepad"] == "Tea"
