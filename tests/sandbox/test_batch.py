"""Operations on many conversations or people at once."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import InvalidRequestError
from tests.sandbox.here import Here, here

__all__ = ["here"]


@pytest.fixture
def two(here: Here) -> tuple[str, str]:
    return here.open("first"), here.open("second")


def conversation(here: Here, session_id: str) -> t.Any:
    return here.website.get_conversation(here.website_id, session_id)


def test_conversations_are_opened_again(here: Here, two: tuple[str, str]) -> None:
    here.website.batch_resolve_items(here.website_id, {})

    here.website.batch_unresolve_items(here.website_id, {"sessions": [two[0]]})

    assert conversation(here, two[0])["state"] == "unresolved"
    assert conversation(here, two[1])["state"] == "resolved"


def test_conversations_are_unread_again(here: Here, two: tuple[str, str]) -> None:
    here.website.batch_read_items(here.website_id, {})

    here.website.batch_unread_items(here.website_id, {"sessions": [two[0]]})

    assert here.listed(filter_unread=True) == ["first"]


def test_a_batch_is_of_one_inbox(here: Here, two: tuple[str, str]) -> None:
    made = here.website.create_new_inbox(here.website_id, {"name": "Sales"})
    moved = {"sessions": [two[0]], "inbox_id": made["inbox_id"]}
    here.website.batch_inbox_items(here.website_id, moved)

    here.website.batch_resolve_items(here.website_id, {"inbox_id": made["inbox_id"]})

    assert here.listed(filter_resolved=True) == ["first"]


def test_conversations_are_blocked_and_assigned(
    here: Here, two: tuple[str, str]
) -> None:
    assigned = {"user_id": here.sandbox.user_id}
    sessions = {"sessions": [two[0]]}

    here.website.batch_block_items(here.website_id, {**sessions, "blocked": True})
    here.website.batch_routing_items(
        here.website_id, {**sessions, "assigned": assigned}
    )
    here.website.batch_report_items(here.website_id, {**sessions, "flag": "spam"})

    assert conversation(here, two[0])["is_blocked"] is True
    assert conversation(here, two[0])["assigned"] == assigned
    assert conversation(here, two[1])["is_blocked"] is False


def test_conversations_get_segments_and_data(here: Here, two: tuple[str, str]) -> None:
    sessions = {"sessions": [two[0]]}

    here.website.batch_segments_items(here.website_id, {**sessions, "segments": ["v"]})
    here.website.batch_data_items(here.website_id, {**sessions, "data": {"a": 1}})

    meta = conversation(here, two[0])["meta"]
    assert (meta["segments"], meta["data"]) == (["v"], {"a": 1})


def test_conversations_are_removed(here: Here, two: tuple[str, str]) -> None:
    here.website.batch_remove_items(here.website_id, {"sessions": [two[0]]})

    assert here.listed() == ["second"]


def test_people_are_named_or_searched_for(here: Here) -> None:
    website, website_id = here.website, here.website_id
    people = [
        website.add_new_people_profile(website_id, {"email": f"{name}@acme.example"})
        for name in ("jane", "joe")
    ]
    jane = {"profiles": [people[0]["people_id"]]}
    query = {"criterion": "email", "operator": "ct", "query": ["joe"]}
    joe = {"search": {"filter": [query], "operator": "and"}}

    website.batch_segments_items(website_id, {"people": jane, "segments": ["vip"]})
    website.batch_data_items(website_id, {"people": joe, "data": {"plan": "pro"}})

    profile = website.get_people_profile(website_id, "jane@acme.example")
    assert profile["segments"] == ["vip"]
    data = website.get_people_data(website_id, "joe@acme.example")
    assert data == {"data": {"plan": "pro"}}
    website.batch_remove_items(website_id, {"people": jane})
    assert website.get_people_statistics(website_id) == {"total": 1}


def test_a_batch_names_conversations_or_people(here: Here) -> None:
    with pytest.raises(InvalidRequestError, match=r"'\.sessions' or '\.people'"):
        here.website.batch_remove_items(here.website_id, {})
    criterion = {"criterion": "email", "operator": "eq", "query": {"a": ["x"]}}
    search = {"search": {"filter": [criterion]}}
    here.website.batch_remove_items(here.website_id, {"people": search})
    with pytest.raises(InvalidRequestError, match=r"object at '\.people\.search'"):
        here.website.batch_remove_items(here.website_id, {"people": {"search": "joe"}})
