"""The sandbox's responses, validated against their declared types."""

from __future__ import annotations

import typing as t

import pydantic

from crisp_api import Crisp, table
from crisp_api.sandbox import Sandbox
from crisp_api.sandbox.state import State

ANSWERS = {
    one.name: one.answer for one in table.operations() if one.service == "website"
}
STATEFUL = {name for name in vars(State) if name in ANSWERS}


class Walk:
    """Calls operations, and checks each response against the declared type."""

    def __init__(self) -> None:
        sandbox = Sandbox()
        self.website = Crisp("i", "k", transport=sandbox).website
        self.website_id = sandbox.website_id
        self.seen: set[str] = set()

    def __call__(self, name: str, *args: t.Any, **query: t.Any) -> t.Any:
        answer = getattr(self.website, name)(self.website_id, *args, **query)
        self.check(name, answer)
        return answer

    def check(self, name: str, answer: object) -> None:
        adapter = pydantic.TypeAdapter[object](ANSWERS[name])
        adapter.validate_python(answer, strict=True, extra="forbid")
        self.seen.add(name)


def message(kind: str, content: object) -> dict[str, object]:
    return {
        "type": kind,
        "from": "operator",
        "origin": "chat",
        "content": content,
        "user": {"nickname": "Joe"},
        "properties": {"order": 7, "paid": True},
        "references": [{"type": "url", "target": "https://acme.example/"}],
    }


CONTENTS = {
    "text": "Hello!",
    "note": "Call them back.",
    "file": {"name": "a.png", "url": "https://acme.example/a.png", "type": "image/png"},
    "animation": {"url": "https://acme.example/a.gif", "type": "image/gif"},
    "audio": {"url": "https://acme.example/a.mp3", "type": "audio/mp3", "duration": 9},
    "picker": {
        "id": "size",
        "text": "Which size?",
        "choices": [{"value": "s", "label": "Small", "selected": False}],
    },
    "field": {"id": "name", "text": "Your name?", "explain": "In full", "value": ""},
    "carousel": {
        "text": "Look:",
        "targets": [
            {
                "title": "Card",
                "description": "A card",
                "actions": [{"label": "Go", "url": "https://acme.example/"}],
            }
        ],
    },
    "event": {"namespace": "state:resolved", "text": "Resolved"},
}


def test_every_stateful_route_answers_in_its_declared_type() -> None:
    walk = Walk()

    _walk_websites(walk)
    session_id = _walk_conversations(walk)
    _walk_messages(walk, session_id)
    _walk_batches(walk, session_id)
    _walk_people(walk)
    _walk_operators(walk)
    walk("delete_website", {"verify": {"method": "token", "secret": "s"}})

    assert walk.seen == STATEFUL


def _walk_websites(walk: Walk) -> None:
    made = walk.website.create_website({"name": "Acme", "domain": "acme.example"})
    walk.check("create_website", made)
    exists = walk.website.check_website_exists("acme.example")
    walk.check("check_website_exists", exists)
    assert walk("get_website")["name"] == "Sandbox"


def _walk_conversations(walk: Walk) -> str:
    session_id: str = walk("create_new_conversation")["session_id"]
    walk("initiate_conversation_with_existing_session", "session_of_mine")
    walk("remove_conversation", "session_of_mine")
    assert walk("check_conversation_exists", session_id)

    walk("get_conversation_routing_assign", session_id)
    assigned = {"user_id": "u"}
    walk("assign_conversation_routing", session_id, {"assigned": assigned})
    walk("get_conversation_routing_assign", session_id)
    walk("change_conversation_state", session_id, {"state": "unresolved"})
    walk("get_conversation_state", session_id)
    metas = {
        "nickname": "Jane",
        "email": "jane@acme.example",
        "segments": ["vip"],
        "phone": "+1",
        "data": {"plan": "pro", "seats": 3, "trial": False},
        "device": {"locales": ["en"], "geolocation": {"country": "FR"}},
    }
    before = walk("get_conversation_metas", session_id)
    walk("update_conversation_metas", session_id, metas)
    device = before["device"]
    place = {**device["geolocation"], "country": "FR"}
    assert walk("get_conversation_metas", session_id) == {
        **before,
        **metas,
        "device": {**device, "locales": ["en"], "geolocation": place},
    }
    assert walk("list_conversations", include_empty=True)
    return session_id


def _walk_messages(walk: Walk, session_id: str) -> None:
    said = {**message("text", "Hello?"), "from": "user"}
    first = walk("send_message_in_conversation", session_id, said)["fingerprint"]
    for kind, content in CONTENTS.items():
        walk("send_message_in_conversation", session_id, message(kind, content))
    walk("mark_messages_read_in_conversation", session_id)
    marked = {"from": "user", "origin": "chat", "fingerprints": [str(first)]}
    walk("mark_messages_delivered_in_conversation", session_id, marked)
    walk("update_message_in_conversation", session_id, first, {"content": "Hi?"})

    got = walk("get_message_in_conversation", session_id, first)
    assert got["delivered"] == "chat"
    messages = walk("get_messages_in_conversation", session_id)
    assert {one["type"] for one in messages} == CONTENTS.keys()
    walk("get_conversation", session_id)
    assert walk("list_conversations")
    walk("remove_message_in_conversation", session_id, first)


def _walk_batches(walk: Walk, session_id: str) -> None:
    walk("batch_read_items", {"sessions": [session_id]})
    walk("batch_resolve_items", {"sessions": [session_id]})


def _walk_people(walk: Walk) -> None:
    card = {
        "email": "jane@acme.example",
        "person": {"nickname": "Jane", "employment": {"name": "Acme"}},
        "company": {"name": "Acme", "metrics": {"employees": 7}},
        "segments": ["vip"],
        "notepad": "Likes tea.",
        "active": 1_700_000_000_000,
    }
    people_id = walk("add_new_people_profile", card)["people_id"]
    assert walk("check_people_profile_exists", people_id)
    walk("save_people_profile", people_id, card)
    walk("update_people_profile", people_id, {"person": {"phone": "+1"}, "active": 7})
    assert walk("get_people_profile", people_id)["active"]["last"] == 7
    assert walk("list_people_profiles")
    walk("save_people_data", people_id, {"data": {"plan": "pro", "seats": 3}})
    walk("update_people_data", people_id, {"trial": True})
    walk("get_people_data", people_id)
    walk("remove_people_profile", people_id)


def _walk_operators(walk: Walk) -> None:
    (listed,) = walk("list_website_operators")
    user_id = listed["details"]["user_id"]
    walk("change_operator_membership", user_id, {"role": "member", "title": "CTO"})
    walk("get_website_operator", user_id)
    walk("unlink_operator_from_website", user_id)
