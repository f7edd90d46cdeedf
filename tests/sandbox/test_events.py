"""Events: every change sends those that Crisp sends, in their types."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import threading
import typing as t

import pydantic
import pytest

from crisp_api import (
    AsyncCrisp,
    AuthenticationError,
    Crisp,
    InvalidRequestError,
    jobs,
    table,
)
from crisp_api.events import EVENTS, Event
from crisp_api.http import Request
from crisp_api.sandbox import Sandbox, Token
from crisp_api.sandbox.feed import keep_last
from tests.sandbox.examples import seeded
from tests.sandbox.here import Clock, Here, here

__all__ = ["here"]

# Events of what happens outside the API, or that the sandbox has no cause for.
NOT_SENT = {
    "browsing:request:rejected",
    "call:request:rejected",
    "email:track:view",
    "message:acknowledge:ignored",
    "message:notify:unread:received",
    "message:notify:unread:send",
    "people:import:progress",
    "session:error",
    "session:set_origin",
    "session:sync:network",
    "session:sync:topic",
    "spam:message",
    "status:health:changed",
}


def content(event: t.Any) -> str:
    return str(event.data["content"])


def check(event: Event[t.Any]) -> None:
    """Validate the payload of an event."""
    adapter = pydantic.TypeAdapter[object](EVENTS[event.name].payload)
    adapter.validate_python(event.data, strict=True, extra="forbid")


@pytest.fixture(scope="module")
def everything() -> list[Event[t.Any]]:
    """The events of every operation."""
    there = seeded()
    events: list[Event[t.Any]] = []
    for operation in table.operations():
        there.reset(operation)
        before = len(there.sandbox.emitted)
        there.try_(operation)
        events += there.sandbox.emitted[before:]
    return events


def live(sandbox: Sandbox) -> None:
    """Let a visitor and an operator do all they can."""
    visitor = sandbox.visitor(nickname="Jane", segments=["vip"], phone="+33 1")
    website, place = visitor.client.website, (visitor.website_id, visitor.session_id)
    metas: t.Any = {
        "address": "1 Main Street",
        "subject": "An order",
        "avatar": "https://acme.example/jane.png",
        "device": {
            "capabilities": ["call"],
            "geolocation": {
                "country": "FR",
                "region": None,
                "city": "Paris",
                "coordinates": {"latitude": 48.8, "longitude": 2.3},
            },
            "system": {
                "os": {"name": "iOS", "version": "18"},
                "engine": {"name": "WebKit"},
                "browser": {"name": "Safari"},
                "useragent": "Safari",
            },
            "timezone": -60,
            "locales": ["fr"],
        },
    }
    website.update_conversation_metas(*place, metas)
    person: t.Any = {"email": "jane@acme.example", "person": {"nickname": "Jane"}}
    website.add_new_people_profile(visitor.website_id, person)
    website.update_conversation_metas(*place, {"email": "jane@acme.example"})
    visitor.visits("https://acme.example/orders", "Orders")
    visitor.triggers("Bought", {"price": 9})
    visitor.types("Where")
    visitor.types()
    visitor.say("Hello")
    operator = sandbox.operator("Joe Bloggs")
    operator.arrives()
    operator.takes(visitor)
    operator.say(visitor, "Hi", mentions=[operator.user_id])
    visitor.reads()
    operator.notes(visitor, "A regular")
    website.compose_message_in_conversation(
        *place, {"type": "start", "from": "operator"}
    )
    website.update_conversation_open_state(*place, {"opened": True})
    website.update_conversation_open_state(*place, {"opened": False})
    website.initiate_new_call_session_for_conversation(*place, {"mode": "audio"})
    website.update_conversation_metas(*place, {"data": {"seats": 3}})
    made = website.create_new_campaign(
        visitor.website_id, {"type": "one-shot", "name": "Spring"}
    )
    campaign = (visitor.website_id, made["campaign_id"])
    website.update_campaign(*campaign, {"message": "Hi", "recipients": {"type": "all"}})
    website.dispatch_campaign(*campaign)
    operator.resolves(visitor)
    visitor.rates(5, "Thanks")
    visitor.leaves()
    operator.leaves()


def test_payloads_have_their_types(everything: list[Event[t.Any]]) -> None:
    sandbox = Sandbox(clock=Clock())
    live(sandbox)

    for event in (*everything, *sandbox.emitted):
        check(event)


def test_all_events_are_sent_but_those_without_a_cause(
    everything: list[Event[t.Any]],
) -> None:
    sandbox = Sandbox(clock=Clock())
    live(sandbox)
    body: t.Any = {"id": "1", "resource": {"type": "website", "id": sandbox.website_id}}
    bucket: t.Any = Crisp("i", "k", transport=sandbox).bucket
    for name in EVENTS:
        if name.startswith("bucket:url:"):
            bucket.generate_bucket_url({**body, "namespace": name.split(":")[2]})

    sent = {event.name for event in (*everything, *sandbox.emitted)}
    assert EVENTS.keys() - sent == NOT_SENT


# --- conversations


def test_a_message_of_a_visitor_opens_a_resolved_conversation(here: Here) -> None:
    session_id = here.open("hello")
    state = {"state": "resolved"}
    here.website.change_conversation_state(here.website_id, session_id, state)
    here.sandbox.emitted.clear()

    here.say(session_id, "again")

    sent, changed = here.sandbox.emitted
    assert (sent.name, sent.data["content"]) == ("message:send", "again")
    assert sent.timestamp == sent.data["timestamp"]
    assert (changed.name, changed.data["state"]) == ("session:set_state", "unresolved")
    assert changed.website_id == here.website_id


def test_a_state_is_written_into_the_conversation(here: Here) -> None:
    session_id = here.open("hello")
    here.sandbox.emitted.clear()

    state = {"state": "resolved"}
    here.website.change_conversation_state(here.website_id, session_id, state)

    written, changed = here.sandbox.emitted
    assert written.name == "message:received"
    assert written.data["content"] == {"namespace": "state:resolved"}
    assert changed.name == "session:set_state"


def test_what_does_not_change_is_no_event(here: Here) -> None:
    session_id = here.open("hello", nickname="Jane")
    place = (here.website_id, session_id)
    here.sandbox.emitted.clear()

    website = here.website
    website.update_conversation_metas(*place, {"nickname": "Jane"})
    website.assign_conversation_routing(*place, {"assigned": None})
    website.update_conversation_inbox(*place, {"inbox_id": None})
    website.change_conversation_state(*place, {"state": "pending"})
    website.block_incoming_messages_for_conversation(*place, {"blocked": False})
    website.mark_messages_read_in_conversation(*place, {"from": "operator"})

    assert here.sandbox.emitted == []


def test_a_refused_request_sends_nothing(here: Here) -> None:
    here.open("hello")
    here.sandbox.emitted.clear()

    with pytest.raises(InvalidRequestError):
        here.website.batch_routing_items(
            here.website_id, {"assigned": {"user_id": "nobody"}}
        )

    assert here.sandbox.emitted == []


def test_messages_that_were_read_are_named(here: Here) -> None:
    session_id = here.open()
    first, second = here.say(session_id, "a"), here.say(session_id, "b")
    place = (here.website_id, session_id)
    here.sandbox.emitted.clear()

    for fingerprints in ([second], None):
        body: dict[str, t.Any] = {"from": "user", "origin": "chat"}
        body |= {} if fingerprints is None else {"fingerprints": fingerprints}
        here.website.mark_messages_read_in_conversation(*place, body)

    found = here.sandbox.emitted
    assert [one.name for one in found] == ["message:acknowledge:read:send"] * 2
    assert [one.data["fingerprints"] for one in found] == [[second], [first]]


def test_messages_that_are_unread_again_are_named(here: Here) -> None:
    session_id = here.open("hello")
    here.say(session_id, "Hi", "operator")
    place = (here.website_id, session_id)
    here.sandbox.emitted.clear()

    for author in ("user", "operator"):
        here.website.mark_conversation_as_unread(*place, {"from": author})

    # There is no such event of the messages of operators.
    (event,) = here.sandbox.emitted
    assert event.name == "message:acknowledge:unread:send"


def test_a_person_without_an_address_is_not_subscribed(here: Here) -> None:
    made = here.website.add_new_people_profile(
        here.website_id, {"person": {"nickname": "Jane"}}
    )
    here.sandbox.emitted.clear()

    here.website.update_people_subscription_status(
        here.website_id, made["people_id"], {"email": False}
    )

    assert here.sandbox.emitted == []


def test_a_batch_sends_the_events_of_each(here: Here) -> None:
    sessions = [here.open("a"), here.open("b")]
    here.sandbox.emitted.clear()

    here.website.batch_segments_items(
        here.website_id, {"sessions": sessions, "segments": ["vip"]}
    )
    here.website.batch_remove_items(here.website_id, {"sessions": sessions})

    assert [(one.name, one.data["session_id"]) for one in here.sandbox.emitted] == [
        (name, session_id)
        for name in ("session:set_segments", "session:removed")
        for session_id in sessions
    ]


def test_a_person_is_recognized_in_their_conversations(here: Here) -> None:
    session_id = here.open("hello", email="jane@acme.example")
    here.sandbox.emitted.clear()

    body = {"email": "JANE@acme.example", "person": {"nickname": "Jane"}}
    made = here.website.add_new_people_profile(here.website_id, body)

    created, bound, synced = here.sandbox.emitted
    assert created.name == "people:profile:created"
    assert (bound.data["session_id"], bound.data["people_id"]) == (
        session_id,
        made["people_id"],
    )
    assert synced.data["identity"] == {"person": {"nickname": "Jane"}}


# --- listening


def test_a_client_listens_without_a_socket(here: Here) -> None:
    visitor = here.sandbox.visitor()
    with here.client.listen("message:send", timeout=5) as events:
        visitor.say("Hello")
        event: t.Any = next(events)

    assert content(event) == "Hello"
    assert event.data["session_id"] == visitor.session_id


def test_an_async_client_listens_without_a_socket_or_a_thread(here: Here) -> None:
    client = AsyncCrisp("i", "k", tier="plugin", transport=here.sandbox)
    visitor = here.sandbox.visitor()

    async def bot() -> list[str]:
        heard: list[str] = []
        threads = threading.active_count()
        async with client.listen("message:send", timeout=5) as events:
            visitor.say("Hello")
            heard.append(content(await anext(events)))
            # Later, from another task.
            asyncio.get_running_loop().call_later(0.01, visitor.say, "again")
            heard.append(content(await anext(events)))
            assert threading.active_count() == threads
        return heard

    assert asyncio.run(bot()) == ["Hello", "again"]


def test_an_async_listener_hears_other_threads(here: Here) -> None:
    client = AsyncCrisp("i", "k", tier="plugin", transport=here.sandbox)
    visitor = here.sandbox.visitor()

    async def bot() -> str:
        async with client.listen("message:send", timeout=5) as events:
            thread = threading.Timer(0.01, visitor.say, ["Hello"])
            thread.start()
            heard = content(await anext(events))
            thread.join()
        return heard

    assert asyncio.run(bot()) == "Hello"


@pytest.mark.parametrize(
    ("rooms", "inboxes", "heard"),
    [
        ((), (), ["a", "b", "c"]),
        (("first",), (), ["a"]),
        (("website",), (), ["a", "b", "c"]),
        (("elsewhere",), (), []),
        ((), ("inbox",), ["b"]),
    ],
)
def test_listeners_choose_rooms_and_inboxes(
    here: Here, rooms: tuple[str, ...], inboxes: tuple[str, ...], heard: list[str]
) -> None:
    inbox = here.website.create_new_inbox(here.website_id, {"name": "Sales"})
    other = here.website.create_new_inbox(here.website_id, {"name": "Other"})
    first, second, third = (here.sandbox.visitor() for _ in range(3))
    for visitor, made in ((second, inbox), (third, other), (first, other)):
        here.website.update_conversation_inbox(
            here.website_id, visitor.session_id, {"inbox_id": made["inbox_id"]}
        )
    ids = {
        "first": first.session_id,
        "website": here.website_id,
        "inbox": inbox["inbox_id"],
    }
    events = here.sandbox.events(
        ["message:send"],
        [ids.get(one, one) for one in rooms],
        [ids[one] for one in inboxes],
    )

    for visitor, text in ((first, "a"), (second, "b"), (third, "c")):
        visitor.say(text)
    events.close()

    assert [event.data["content"] for event in events] == heard


def test_a_listener_that_left_hears_nothing(here: Here) -> None:
    events = here.sandbox.events(["message:send"])
    events.close()

    here.open("hello")

    assert list(events) == []


def test_a_closed_sandbox_ends_the_iteration(here: Here) -> None:
    events = here.sandbox.events(["message:send"])
    here.open("hello")

    here.sandbox.close()

    assert [event.data["content"] for event in events] == ["hello"]


def test_one_name_is_not_a_list_of_names(here: Here) -> None:
    with pytest.raises(TypeError, match="pass lists of text"):
        here.sandbox.events("message:send")


def test_listeners_come_and_go_in_many_threads(here: Here) -> None:
    kept: list[t.Any] = []

    def listen() -> None:
        for _ in range(50):
            here.sandbox.events(["message:send"]).close()
            kept.append(here.sandbox.events(["message:send"]))

    threads = [threading.Thread(target=listen) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    here.open("hello")

    assert {next(events).data["content"] for events in kept} == {"hello"}
    assert len(kept) == 200


def test_a_token_hears_what_it_may() -> None:
    scope = "website:conversation:messages:read"
    tokens = [
        Token("all", "k", "plugin"),
        Token("some", "k", "plugin", [scope]),
        Token("none", "k", "plugin", ["website:people:profiles:read"]),
    ]
    sandbox = Sandbox(tokens=tokens, clock=Clock())
    visitor = sandbox.visitor()
    names = ("message:send", "session:sync:rating", "plugin:subscription:updated")
    clients = [
        Crisp(one.identifier, "k", tier="plugin", transport=sandbox) for one in tokens
    ]
    connections = [client.listen(*names, timeout=0.2) for client in clients]
    plugin = (sandbox.website_id, sandbox.plugin_id)

    visitor.say("Hello")
    visitor.rates(5)
    visitor.client.plugin.unsubscribe_plugin_from_website(*plugin)
    visitor.say("The plugin is gone.")

    send, rating, removed = names
    assert [[event.name for event in one] for one in connections] == [
        [send, rating, removed],
        [send, removed],
        [removed],
    ]
    with pytest.raises(AuthenticationError, match="invalid_session"):
        Crisp("nobody", "k", tier="plugin", transport=sandbox).listen(send)


def test_listeners_have_an_event_of_their_own(here: Here) -> None:
    first = here.sandbox.events(["message:send"])
    second = here.sandbox.events(["message:send"])
    here.open("hello")

    next(first).data.clear()

    assert next(second).data == here.sandbox.emitted[-1].data


def test_a_gap_within_a_gap_ends_with_the_outer_one(here: Here) -> None:
    events = here.sandbox.events(["message:send"])
    with here.sandbox.offline():
        with here.sandbox.offline():
            here.open("a")
        here.open("b")
    events.close()

    assert [event.name for event in events] == ["crisp:reconnected"]


def test_a_waiting_listener_is_told_of_the_end(here: Here) -> None:
    events = here.sandbox.events(["message:send"])

    async def listen() -> list[t.Any]:
        asyncio.get_running_loop().call_later(0.01, events.close)
        return [event async for event in events]

    assert asyncio.run(listen()) == []


def test_a_loop_that_was_closed_does_not_stop_the_others(here: Here) -> None:
    events = here.sandbox.events(["message:send"])
    loop = asyncio.new_event_loop()
    waiting = loop.create_task(anext(events))
    loop.run_until_complete(asyncio.sleep(0))
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(waiting)
    loop.close()

    here.open("hello")

    assert next(events).data["content"] == "hello"


def test_a_long_log_loses_its_oldest_half() -> None:
    log: list[int] = []
    for number in range(20_001):
        keep_last(log, number)

    assert (len(log), log[0], log[-1]) == (10_001, 10_000, 20_000)


# --- uploads


def test_a_file_is_uploaded_to_the_address_in_the_event(
    here: Here, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "cat.png"
    path.write_bytes(b"a cat")

    url = jobs.upload_file(here.client, here.website_id, path)

    stored = here.sandbox.send(Request("GET", url))
    assert (stored.status, stored.body) == (200, b"a cat")
    assert stored.headers["content-type"] == "image/png"


def test_the_storage_refuses_what_the_event_does_not_allow(here: Here) -> None:
    resource: t.Any = {"type": "website", "id": here.website_id}
    here.client.bucket.generate_bucket_url({"id": "1", "resource": resource})
    address = here.sandbox.emitted[-1].data["url"]
    signed, public = address["signed"], address["resource"]
    send = here.sandbox.send

    assert send(Request("GET", public)).status == 404
    assert send(Request("PUT", public, body=b"x")).status == 403
    headers = {"Authorization": "Basic eA=="}
    assert send(Request("PUT", signed, headers, b"x")).status == 403
    assert send(Request("PUT", signed, body=b"x" * 10_000_001)).status == 413
    assert send(Request("PUT", signed.replace("/1", "/2"), body=b"x")).status == 404
    assert send(Request("PUT", signed, body=b"x")).status == 200
    assert send(Request("GET", public)).body == b"x"
