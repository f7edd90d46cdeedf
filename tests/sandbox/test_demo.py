"""Believable data."""

from __future__ import annotations

import typing as t

from crisp_api import Crisp, paginate
from crisp_api.sandbox import Sandbox

NOW: t.Final = 1_700_000_000.0


def listed(sandbox: Sandbox) -> list[t.Any]:
    website = Crisp("i", "k", transport=sandbox).website
    return list(paginate(website.list_conversations, sandbox.website_id))


def test_a_demo_has_conversations_of_the_last_weeks() -> None:
    sandbox = Sandbox.demo(60)
    website = Crisp("i", "k", transport=sandbox).website

    found = listed(sandbox)

    assert len(found) == 60
    assert {one["state"] for one in found} == {"pending", "unresolved", "resolved"}
    assert any(one["unread"]["operator"] for one in found)
    assert all(one["people_id"] and one["meta"]["nickname"] for one in found)
    now = sandbox._engine.state.now()
    assert all(
        now - 31 * 86_400_000 < one["created_at"] <= one["updated_at"] <= now
        for one in found
    )
    assert website.get_people_statistics(sandbox.website_id) == {"total": 60}
    assert Sandbox.demo(1).requests == []


def test_a_demo_is_the_same_for_a_seed() -> None:
    first, second, other = (
        [one["last_message"] for one in listed(Sandbox.demo(5, seed=seed))]
        for seed in (1, 1, 2)
    )

    assert first == second != other
