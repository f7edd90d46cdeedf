"""The programs of ``tests/typing/programs``, as users would write them, run."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json

import pytest

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty
from crisp_api.sandbox import Sandbox
from tests.support.doubles import NOW, Clock
from tests.typing.programs.auto_reply import answer_all
from tests.typing.programs.export_conversations import export
from tests.typing.programs.handle_event import handle
from tests.typing.programs.publish_helpdesk_article import publish
from tests.typing.programs.resolve_stale import resolve_stale
from tests.typing.programs.upsert_contact import upsert


@pytest.fixture
def client(sandbox: Sandbox) -> Crisp:
    return Crisp("i", "k", transport=sandbox)


def ask(client: Crisp, website_id: str, *questions: str) -> str:
    session_id = client.website.create_new_conversation(website_id)["session_id"]
    for number, question in enumerate(questions):
        message: ty.ConversationTextMessageNew = {
            "type": "text",
            "from": "user",
            "origin": "chat",
            "content": question,
            "timestamp": int(NOW.timestamp() * 1000) + number // 3,
        }
        client.website.send_message_in_conversation(website_id, session_id, message)
    return session_id


def contents(client: Crisp, website_id: str, session_id: str) -> list[object]:
    messages = client.website.get_messages_in_conversation(website_id, session_id)
    return [message.get("content") for message in messages]


def test_every_conversation_is_exported(sandbox: Sandbox, client: Crisp) -> None:
    many = [str(number) for number in range(95)]
    session_ids = {ask(client, sandbox.website_id, *many) for _ in range(51)}
    out = io.StringIO()

    assert export(client, sandbox.website_id, out) == 51

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {line["conversation"]["session_id"] for line in lines} == session_ids
    assert {tuple(m["content"] for m in line["messages"]) for line in lines} == {
        tuple(many)
    }


def test_what_is_known_is_answered(sandbox: Sandbox, client: Crisp) -> None:
    known = ask(client, sandbox.website_id, "What is the price?")
    unknown = ask(client, sandbox.website_id, "Who are you?")

    async def main() -> int:
        async with AsyncCrisp("i", "k", transport=sandbox) as async_client:
            return await answer_all(async_client, sandbox.website_id)

    assert asyncio.run(main()) == 1
    _, answered = contents(client, sandbox.website_id, known)
    assert isinstance(answered, dict)
    assert answered["text"] == "See https://acme.example/prices"
    assert len(contents(client, sandbox.website_id, unknown)) == 1


def test_a_contact_is_added_and_then_changed(sandbox: Sandbox, client: Crisp) -> None:
    email = "jane@acme.example"

    added = upsert(client, sandbox.website_id, email, "Jane", {"plan": "free"})
    changed = upsert(client, sandbox.website_id, email, "Jane D.", {"plan": "pro"})

    assert added["people_id"] == changed["people_id"]
    assert changed["person"]["nickname"] == "Jane D."
    data = client.website.get_people_data(sandbox.website_id, email)
    assert data == {"data": {"plan": "pro"}}


def test_what_is_stale_is_resolved(
    sandbox: Sandbox, client: Crisp, clock: Clock
) -> None:
    stale = [ask(client, sandbox.website_id, "Hello?") for _ in range(25)]
    clock.now = NOW + dt.timedelta(days=8)
    fresh = ask(client, sandbox.website_id, "Hello?")

    week = dt.timedelta(days=7)
    resolved = resolve_stale(client, sandbox.website_id, clock.now, week)

    assert sorted(resolved) == sorted(stale)
    left = client.website.list_conversations(
        sandbox.website_id, filter_not_resolved=True
    )
    assert [one["session_id"] for one in left] == [fresh]


def test_an_article_is_published(sandbox: Sandbox, client: Crisp) -> None:
    website, here = client.website, sandbox.website_id
    website.initialize_helpdesk(here, {"name": "Help", "domain_basic": "acme"})
    website.add_helpdesk_locale(here, {"locale": "en"})
    path = "orders/delivery.md"

    url = publish(client, here, "en", path, title="Delivery", text="# Delivery")

    (page,) = website.list_helpdesk_pages(here, "en", "articles")
    assert page["url"] == url
    assert page["tree_path"] == path
    assert page["title"] == "Delivery"


def test_events_are_handled(sandbox: Sandbox, client: Crisp) -> None:
    session_id = ask(client, sandbox.website_id, "Hello?")
    message = {
        "website_id": sandbox.website_id,
        "session_id": session_id,
        "inbox_id": None,
        "from": "user",
        "origin": "chat",
        "fingerprint": 1,
        "timestamp": 1,
        "user": {"nickname": "Jane"},
    }

    def heard(event: str, **data: object) -> str:
        return handle(client, {"event": event, "data": {**message, **data}})

    assert heard("message:send", type="text", content="Hello?") == "answered"
    assert heard("message:send", type="file", content={"name": "a.png"}) == "noted"
    assert heard("message:send", type="audio", content={}) == "nothing for audio"
    assert heard("session:set_state", state="resolved").endswith("is resolved")
    assert heard("session:removed") == "nothing for session:removed"
    assert contents(client, sandbox.website_id, session_id)[1:] == [
        "You said: Hello?",
        "They sent a.png.",
    ]
