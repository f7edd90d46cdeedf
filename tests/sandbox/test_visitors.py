"""Visitors, and whether operators are online."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import types as ty
from crisp_api.sandbox import model
from tests.sandbox.examples import example
from tests.sandbox.here import Here, here

__all__ = ["here"]


@pytest.fixture
def three(here: Here) -> Here:
    """Two visitors in Paris, one of them active, and one in New York."""
    for key, latitude, longitude, is_active in (
        ("a", 48.85, 2.35, True),
        ("b", 48.85, 2.35, False),
        ("c", 40.71, -74.0, False),
    ):
        doc = example(ty.WebsiteVisitor, {"session_id": key})
        doc["active"] = is_active
        place: t.Any = {"latitude": latitude, "longitude": longitude}
        doc["geolocation"]["coordinates"] = place
        here.sandbox._store.put(model.VISITOR, (here.website_id, key), doc)
    return here


def test_visitors_are_counted_and_listed(three: Here) -> None:
    count = three.website.count_visitors(three.website_id)
    listed = three.website.list_visitors(three.website_id)

    assert count == {"count": 3, "active": 1, "limited": False}
    assert [one["session_id"] for one in listed] == ["c", "b", "a"]


def test_visitors_are_on_a_map(three: Here) -> None:
    pinpoint = three.website.pinpoint_visitors_on_map

    def around(latitude: float, longitude: float, radius: float) -> t.Any:
        return pinpoint(
            three.website_id,
            center_latitude=latitude,
            center_longitude=longitude,
            center_radius=radius,
        )

    (paris,) = around(48.9, 2.3, 100)

    assert paris["visitors"]["count"] == 2
    assert len(around(0, 0, 20_000)) == 2


def test_blocked_visitors_are_counted_by_rule(here: Here) -> None:
    website, here_id = here.website, here.website_id
    doc = {"rule": ["country"], "blocked": 3}
    here.sandbox._store.put(model.BLOCKED, (here_id, "country"), doc)

    assert website.count_blocked_visitors(here_id) == [doc]
    assert website.count_blocked_visitors_in_rule(here_id, "country") == doc
    website.clear_blocked_visitors_in_rule(here_id, "country")
    assert website.count_blocked_visitors_in_rule(here_id, "country")["blocked"] == 0


def test_a_website_is_online_with_an_operator(here: Here) -> None:
    website, here_id, user_id = here.website, here.website_id, here.sandbox.user_id
    assert website.get_website_availability_status(here_id)["status"] == "away"

    operator = website.get_website_operator(here_id, user_id)
    operator["availability"] = "online"
    here.sandbox._store.put(model.OPERATOR, (here_id, user_id), operator)

    assert website.get_website_availability_status(here_id)["status"] == "online"
    (available,) = website.list_website_operator_availabilities(here_id)
    assert (available["user_id"], available["type"]) == (user_id, "online")
