"""The sandbox, in memory and over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import types
import typing as t
import urllib.request

import pytest
import pytest_httpserver
import werkzeug

from crisp_api import (
    AsyncCrisp,
    AuthenticationError,
    ConflictError,
    Crisp,
    CrispError,
    InvalidRequestError,
    NotFoundError,
    ServerError,
)
from crisp_api.http import Request
from crisp_api.sandbox import Sandbox, SandboxNotImplementedError, __main__
from crisp_api.sandbox.routes import match
from tests.sandbox.here import Here, here
from tests.support.clients import Side
from tests.support.servers import closed_port

__all__ = ["here"]


def test_a_sandbox_begins_with_a_website_and_its_operator(here: Here) -> None:
    website = here.website.get_website(here.website_id)
    (operator,) = here.website.list_website_operators(here.website_id)

    assert website["website_id"] == here.website_id
    assert here.website.check_website_exists(website["domain"]) is True
    assert operator["details"]["user_id"] == here.sandbox.user_id


def test_it_records_the_requests(here: Here) -> None:
    here.website.get_website(here.website_id)
    with pytest.raises(NotFoundError):
        here.website.get_website("other")

    assert [request.path for request in here.sandbox.requests] == [
        f"/v1/website/{here.website_id}",
        "/v1/website/other",
    ]


def test_websites_come_and_go(here: Here) -> None:
    site = here.website.create_website({"name": "Acme", "domain": "acme.example"})
    website_id = site["website_id"]

    assert here.website.get_website(website_id) == site
    assert here.website.check_website_exists("acme.example") is True

    with pytest.raises(InvalidRequestError, match=r"required property '\.verify'"):
        here.website.delete_website(website_id)
    here.website.delete_website(
        website_id, {"verify": {"method": "token", "secret": "s"}}
    )

    assert here.website.check_website_exists("acme.example") is False
    with pytest.raises(NotFoundError, match="the website does not exist"):
        here.website.get_website(website_id)


def test_conversations_come_and_go(here: Here) -> None:
    session_id = here.open()
    conversation = here.website.get_conversation(here.website_id, session_id)

    assert session_id.startswith("session_")
    assert conversation["state"] == "pending"
    assert here.website.check_conversation_exists(here.website_id, session_id) is True

    here.website.remove_conversation(here.website_id, session_id)

    assert here.website.check_conversation_exists(here.website_id, session_id) is False
    with pytest.raises(NotFoundError) as caught:
        here.website.get_conversation(here.website_id, session_id)
    assert caught.value.reason == "conversation_not_found"


def test_a_session_is_initiated_once(here: Here) -> None:
    here.website.initiate_conversation_with_existing_session(
        here.website_id, "session_x"
    )
    here.say("session_x", "hello")
    here.website.initiate_conversation_with_existing_session(
        here.website_id, "session_x"
    )

    assert here.said("session_x") == ["hello"]


def test_conversations_are_listed_page_by_page(here: Here) -> None:
    for number in range(45):
        here.open(f"{number:02}")

    newest_first = [f"{number:02}" for number in reversed(range(45))]
    assert here.listed() == newest_first[:20]
    assert here.listed(2) == newest_first[20:40]
    assert here.listed(3) == newest_first[40:]
    assert here.listed(4) == []
    assert here.listed(per_page=30) == newest_first[:30]
    assert here.listed(2, per_page=30) == newest_first[30:]


def test_a_list_follows_the_last_update_or_the_creation(here: Here) -> None:
    first, _ = here.open("first"), here.open("second")
    here.say(first, "first again", "operator")

    assert here.listed() == ["first again", "second"]
    assert here.listed(order_date_updated=True) == ["first again", "second"]
    assert here.listed(order_date_created=True) == ["second", "first again"]


def test_of_two_at_one_moment_the_newer_is_first() -> None:
    sandbox = Sandbox(clock=lambda: 1_700_000_000.0)
    here = Here(sandbox, Crisp("i", "k", transport=sandbox), sandbox.website_id)
    here.open("first")
    here.open("second")

    assert here.listed() == ["second", "first"]


@pytest.mark.parametrize("per_page", [0, 19, 51, -1])
def test_a_page_size_out_of_bounds_is_refused(here: Here, per_page: int) -> None:
    with pytest.raises(InvalidRequestError, match="query should be 20 to 50"):
        here.listed(per_page=per_page)


@pytest.mark.parametrize("page_number", [0, -1])
def test_there_is_no_page_before_the_first(here: Here, page_number: int) -> None:
    with pytest.raises(InvalidRequestError, match="page_number should be 1 or more"):
        here.listed(page_number)


def test_a_conversation_in_which_the_visitor_is_silent_is_not_listed(
    here: Here,
) -> None:
    here.say(here.open(), "hello?", "operator")

    assert here.listed() == []
    assert here.listed(include_empty=True) == ["hello?"]


def test_a_list_can_be_filtered(here: Here) -> None:
    resolved, assigned = here.open("resolved"), here.open("assigned")
    here.open("named", nickname="Jane Doe", email="jane@acme.example")
    here.open("segmented", segments=["VIP"])
    read = here.open("read")
    web, website_id = here.website, here.website_id
    web.change_conversation_state(website_id, resolved, {"state": "resolved"})
    operator = {"user_id": here.sandbox.user_id}
    web.assign_conversation_routing(website_id, assigned, {"assigned": operator})
    web.mark_messages_read_in_conversation(website_id, read)

    assert here.listed(filter_resolved=True) == ["resolved"]
    assert "resolved" not in here.listed(filter_not_resolved=True)
    assert here.listed(filter_assigned=here.sandbox.user_id) == ["assigned"]
    assert "assigned" not in here.listed(filter_unassigned=True)
    assert here.listed(search_query="jane DOE") == ["named"]
    assert here.listed(search_query="acme.example", search_type="text") == ["named"]
    assert here.listed(search_query="segmen") == ["segmented"]
    assert here.listed(search_query="vip", search_type="segment") == ["segmented"]
    assert "read" not in here.listed(filter_unread=True)
    assert len(here.listed(filter_unread=True)) == 4


def test_a_list_can_be_filtered_by_date(here: Here) -> None:
    early = here.website.get_conversation(here.website_id, here.open("early"))
    middle = dt.datetime.fromtimestamp(early["updated_at"] / 1000 + 0.5, dt.UTC)
    here.open("late")

    assert here.listed(filter_date_start=middle) == ["late"]
    assert here.listed(filter_date_end=middle) == ["early"]
    assert here.listed(filter_date_start="2020-01-01", filter_date_end=middle) == [
        "early"
    ]


def test_a_date_that_is_not_iso_8601_is_refused(here: Here) -> None:
    headers = {"Authorization": "Basic aTpr", "X-Crisp-Tier": "plugin"}
    path = f"website/{here.website_id}/conversations/1?filter_date_start=yesterday"

    response = here.sandbox.send(Request("GET", f"http://h/v1/{path}", headers))

    assert response.status == 400
    assert b"ISO 8601 date at '.filter_date_start'" in response.body


def test_a_parameter_that_the_operation_does_not_have_is_named(here: Here) -> None:
    path = f"/website/{here.website_id}/conversations/1"

    with pytest.raises(
        SandboxNotImplementedError,
        match="does not support the query 'filter_unred' yet",
    ):
        here.client.get(path, {"filter_unred": 1})


@pytest.mark.parametrize("search_type", ["bogus", "TEXT", ""])
def test_an_unknown_search_type_is_refused(here: Here, search_type: str) -> None:
    with pytest.raises(
        InvalidRequestError,
        match=r"query should be one of text, segment, filter at '\.search_type'",
    ) as caught:
        here.listed(search_query="x", search_type=search_type)
    assert (caught.value.status, caught.value.reason) == (400, "invalid_data")


def test_a_flag_is_one_or_nought(here: Here) -> None:
    here.open("hello")

    with pytest.raises(
        InvalidRequestError, match=r"query should be 0 or 1 at '\.filter_unread'"
    ):
        here.client.get(
            f"/website/{here.website_id}/conversations/1", {"filter_unread": "yes"}
        )


def test_messages_are_kept(here: Here) -> None:
    session_id = here.open()
    fingerprint = here.say(session_id, "hello")
    chosen = here.say(session_id, "hi", "operator", fingerprint=150698569649423)
    message = here.website.get_message_in_conversation(
        here.website_id, session_id, fingerprint
    )

    assert chosen == 150698569649423
    assert here.said(session_id) == ["hello", "hi"]
    assert message["session_id"] == session_id
    assert message["from"] == "user"
    assert len(str(message["timestamp"])) == 13
    with pytest.raises(NotFoundError, match="the message does not exist"):
        here.website.get_message_in_conversation(here.website_id, session_id, 1)


def test_messages_are_listed_by_timestamp(here: Here) -> None:
    session_id = here.open()
    for number in range(100):
        here.say(session_id, str(number), timestamp=1000 + number)
    numbers = [str(number) for number in range(100)]

    assert here.said(session_id) == numbers[60:]
    assert here.said(session_id, timestamp_before=1060) == numbers[20:60]
    assert here.said(session_id, timestamp_before=1000) == []
    assert here.said(session_id, timestamp_after=1009) == numbers[10:50]
    assert here.said(session_id, timestamp_around=1050) == numbers[30:70]
    assert here.said(session_id, timestamp_around=1000) == numbers[:20]
    with pytest.raises(InvalidRequestError, match="one of the timestamps at a time"):
        here.said(session_id, timestamp_before=1, timestamp_after=1)
    messages = f"/website/{here.website_id}/conversation/{session_id}/messages"
    with pytest.raises(InvalidRequestError, match="query should be integer"):
        here.client.get(f"{messages}?timestamp_before=now")


def test_a_message_with_an_older_timestamp_comes_before(here: Here) -> None:
    session_id = here.open()

    here.say(session_id, "late", timestamp=2000)
    here.say(session_id, "early", timestamp=1000)
    here.say(session_id, "between", timestamp=1500)

    assert here.said(session_id) == ["early", "between", "late"]


def test_messages_of_one_timestamp_stay_in_the_order_of_arrival(here: Here) -> None:
    session_id = here.open()

    for fingerprint, text in ((3, "b"), (2, "a"), (1, "c")):
        here.say(session_id, text, timestamp=1000, fingerprint=fingerprint)
    here.say(session_id, "before", timestamp=999)

    assert here.said(session_id) == ["before", "b", "a", "c"]


def test_a_changed_message_moves_its_conversation_to_the_front(here: Here) -> None:
    session_id = here.open()
    fingerprint = here.say(session_id, "first")
    here.open("second")
    assert here.listed() == ["second", "first"]

    here.website.update_message_in_conversation(
        here.website_id, session_id, fingerprint, {"content": "first"}
    )

    assert here.listed() == ["first", "second"]


def test_messages_can_be_changed_and_removed(here: Here) -> None:
    session_id = here.open()
    first, second = here.say(session_id, "helo"), here.say(session_id, "oops")
    web, website_id = here.website, here.website_id

    web.update_message_in_conversation(
        website_id, session_id, first, {"content": "hello"}
    )
    web.remove_message_in_conversation(website_id, session_id, second)

    (message,) = web.get_messages_in_conversation(website_id, session_id)
    assert (message["content"], message["edited"]) == ("hello", True)
    with pytest.raises(InvalidRequestError, match=r"required property '\.content'"):
        web.update_message_in_conversation(website_id, session_id, first, {})


def test_messages_are_marked_read_and_delivered(here: Here) -> None:
    session_id = here.open()
    first, _ = here.say(session_id, "a"), here.say(session_id, "b")
    here.say(session_id, "c", "operator")
    web, website_id = here.website, here.website_id

    def unread() -> t.Any:
        return web.get_conversation(website_id, session_id)["unread"]

    assert unread() == {"operator": 2, "visitor": 1}

    web.mark_messages_read_in_conversation(
        website_id,
        session_id,
        {"from": "user", "origin": "chat", "fingerprints": [first]},
    )
    assert unread() == {"operator": 1, "visitor": 1}

    web.mark_messages_read_in_conversation(website_id, session_id, {"from": "user"})
    assert unread() == {"operator": 0, "visitor": 1}

    web.mark_messages_read_in_conversation(website_id, session_id)
    assert unread() == {"operator": 0, "visitor": 0}

    web.mark_messages_delivered_in_conversation(
        website_id, session_id, {"origin": "email"}
    )
    messages = web.get_messages_in_conversation(website_id, session_id)
    assert [message["delivered"] for message in messages] == ["email"] * 3


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"origin": None}, r"required property '\.origin'"),
        ({"type": "letter"}, r"should be one of text, note, .* at '\.type'"),
        ({"from": "nobody"}, r"should be one of user, operator at '\.from'"),
        ({"content": {"a": 1}}, r"should be string at '\.content'"),
        ({"fingerprint": "x"}, r"should be integer at '\.fingerprint'"),
    ],
)
def test_a_message_that_cannot_be_is_refused(
    here: Here, change: dict[str, t.Any], problem: str
) -> None:
    session_id = here.open()
    message = {"type": "text", "from": "user", "origin": "chat", "content": "hello"}
    message = {k: v for k, v in (message | change).items() if v is not None}

    with pytest.raises(InvalidRequestError, match=problem) as caught:
        here.website.send_message_in_conversation(here.website_id, session_id, message)
    assert caught.value.reason == "invalid_data"
    assert here.said(session_id) == []


FILE = {"name": "a.png", "url": "https://a.example/a.png", "type": "image/png"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("text", r"data should be object at '\.content'"),
        ({**FILE, "url": 1}, r"data should be string at '\.content\.url'"),
        ({"name": "b.png"}, r"data should have required property '\.content\.url'"),
    ],
)
def test_a_message_keeps_the_content_of_its_type(
    here: Here, content: object, problem: str
) -> None:
    session_id, web = here.open(), here.website
    message = {"type": "file", "from": "user", "origin": "chat"}
    send = web.send_message_in_conversation
    sent = send(here.website_id, session_id, {**message, "content": FILE})
    place = (here.website_id, session_id, sent["fingerprint"])

    with pytest.raises(InvalidRequestError, match=problem):
        send(here.website_id, session_id, {**message, "content": content})
    with pytest.raises(InvalidRequestError, match=problem):
        web.update_message_in_conversation(*place, {"content": content})
    assert web.get_message_in_conversation(*place)["content"] == FILE


def test_a_body_is_checked_against_its_type_at_any_depth(here: Here) -> None:
    session_id = here.open()
    metas = {"segments": ["vip"], "device": {"locales": ["en", 1]}}
    before = here.website.get_conversation_metas(here.website_id, session_id)

    with pytest.raises(
        InvalidRequestError,
        match=r"data should be string at '\.device\.locales\[1\]'",
    ) as caught:
        here.website.update_conversation_metas(here.website_id, session_id, metas)
    assert caught.value.reason == "invalid_data"
    after = here.website.get_conversation_metas(here.website_id, session_id)
    assert after == before
    assert (after["segments"], after["device"]["locales"]) == ([], [])


def test_a_file_is_a_message_too(here: Here) -> None:
    session_id = here.open()
    message = {"type": "file", "from": "user", "origin": "chat", "content": FILE}

    here.website.send_message_in_conversation(here.website_id, session_id, message)

    (kept,) = here.website.get_messages_in_conversation(here.website_id, session_id)
    assert kept["content"] == FILE
    assert here.website.list_conversations(here.website_id, search_query="png") == []

    other = {**FILE, "name": "b.png"}
    here.website.update_message_in_conversation(
        here.website_id, session_id, kept["fingerprint"], {"content": other}
    )
    (kept,) = here.website.get_messages_in_conversation(here.website_id, session_id)
    assert kept["content"] == other


def test_a_conversation_has_a_state(here: Here) -> None:
    session_id, web = here.open(), here.website

    web.change_conversation_state(here.website_id, session_id, {"state": "resolved"})

    assert web.get_conversation_state(here.website_id, session_id) == {
        "state": "resolved"
    }
    with pytest.raises(InvalidRequestError, match="pending, unresolved, resolved"):
        web.change_conversation_state(here.website_id, session_id, {"state": "lost"})


def test_a_conversation_is_assigned(here: Here) -> None:
    session_id, web = here.open(), here.website
    assigned = {"assigned": {"user_id": here.sandbox.user_id}}

    web.assign_conversation_routing(here.website_id, session_id, assigned)
    assert web.get_conversation_routing_assign(here.website_id, session_id) == assigned

    web.assign_conversation_routing(here.website_id, session_id, {"assigned": None})
    assert web.get_conversation_routing_assign(here.website_id, session_id) == {}


@pytest.mark.parametrize("to_nobody", [False, True])
def test_an_assigned_conversation_moves_to_the_front(
    here: Here, to_nobody: bool
) -> None:
    session_id = here.open("first")
    here.open("second")
    assert here.listed() == ["second", "first"]

    operator = None if to_nobody else {"user_id": here.sandbox.user_id}
    here.website.assign_conversation_routing(
        here.website_id, session_id, {"assigned": operator}
    )

    assert here.listed() == ["first", "second"]


def test_metas_are_merged(here: Here) -> None:
    session_id = here.open(nickname="Jane", data={"plan": "free", "seats": 3})
    here.website.update_conversation_metas(
        here.website_id, session_id, {"data": {"plan": "pro"}, "segments": ["vip"]}
    )

    metas = here.website.get_conversation_metas(here.website_id, session_id)
    assert metas == metas | {
        "nickname": "Jane",
        "data": {"plan": "pro", "seats": 3},
        "segments": ["vip"],
    }


def test_a_batch_is_of_those_named(here: Here) -> None:
    first, second = here.open("first"), here.open("second")
    here.say(second, "Yes?", "operator")
    web, website_id = here.website, here.website_id
    before = web.get_conversation(website_id, second)["updated_at"]

    web.batch_read_conversations(website_id, {"sessions": [second, "session_gone"]})
    web.batch_resolve_conversations(website_id, {"sessions": [second]})
    web.batch_resolve_conversations(website_id, {"sessions": []})

    read = web.get_conversation(website_id, second)
    assert (read["state"], read["unread"]) == (
        "resolved",
        {"operator": 0, "visitor": 1},
    )
    assert read["updated_at"] > before
    unread = web.get_conversation(website_id, first)
    assert (unread["state"], unread["unread"]["operator"]) == ("pending", 1)


def test_a_batch_without_names_is_of_all(here: Here) -> None:
    session_ids = [here.open("first"), here.open("second")]
    web, website_id = here.website, here.website_id

    web.batch_read_conversations(website_id, {})
    web.batch_resolve_conversations(website_id, {"inbox_id": None})

    for session_id in session_ids:
        conversation = web.get_conversation(website_id, session_id)
        assert conversation["state"] == "resolved"
        assert conversation["unread"]["operator"] == 0


def test_a_batch_that_cannot_be_is_refused(here: Here) -> None:
    session_id = here.open("hello")
    resolve = here.website.batch_resolve_conversations

    with pytest.raises(InvalidRequestError, match=r"should be array at '\.sessions'"):
        resolve(here.website_id, {"sessions": None})
    with pytest.raises(NotFoundError, match="the website does not exist"):
        resolve("other", {"sessions": [session_id]})
    assert here.listed(filter_not_resolved=True) == ["hello"]


def test_people_come_and_go(here: Here) -> None:
    web, website_id = here.website, here.website_id
    card = {"email": "jane@acme.example", "person": {"nickname": "Jane"}}

    people_id = web.add_new_people_profile(website_id, card)["people_id"]
    with pytest.raises(ConflictError) as caught:
        web.add_new_people_profile(website_id, card)
    assert caught.value.reason == "people_exists"

    assert web.check_people_profile_exists(website_id, people_id) is True
    assert (
        web.get_people_profile(website_id, "jane@acme.example")["people_id"]
        == people_id
    )

    web.update_people_profile(website_id, people_id, {"person": {"phone": "1"}})
    profile = web.get_people_profile(website_id, people_id)
    assert profile["person"] == {"nickname": "Jane", "phone": "1"}
    assert profile["updated_at"] > profile["created_at"]

    web.save_people_profile(website_id, people_id, {"email": "jane@acme.example"})
    assert "person" not in web.get_people_profile(website_id, people_id)

    web.save_people_data(website_id, people_id, {"plan": "free"})
    web.remove_people_profile(website_id, "jane@acme.example")
    assert web.check_people_profile_exists(website_id, people_id) is False
    with pytest.raises(NotFoundError, match="the people profile does not exist"):
        web.get_people_data(website_id, people_id)


def test_an_address_stays_with_its_owner(here: Here) -> None:
    web, website_id = here.website, here.website_id
    web.add_new_people_profile(website_id, {"email": "jane@acme.example"})
    other = web.add_new_people_profile(website_id, {})["people_id"]

    for change in (web.update_people_profile, web.save_people_profile):
        with pytest.raises(ConflictError):
            change(website_id, other, {"email": "jane@acme.example"})
        with pytest.raises(
            InvalidRequestError, match=r"should be object at '\.person'"
        ):
            change(website_id, other, {"person": "Jane"})


def test_people_are_listed_page_by_page(here: Here) -> None:
    web, website_id = here.website, here.website_id
    for number in range(25):
        web.add_new_people_profile(
            website_id,
            {"email": f"{number}@a.example", "person": {"nickname": f"N{number}"}},
        )

    first, second = (web.list_people_profiles(website_id, page) for page in (1, 2))
    (found,) = web.list_people_profiles(website_id, search_text="n24")

    assert [len(first), len(second)] == [20, 5]
    assert found == first[0]


def test_people_have_data(here: Here) -> None:
    web, website_id = here.website, here.website_id
    people_id = web.add_new_people_profile(website_id, {})["people_id"]

    def data() -> t.Any:
        return web.get_people_data(website_id, people_id)["data"]

    assert data() == {}
    web.save_people_data(website_id, people_id, {"data": {"plan": "free", "seats": 3}})
    assert data() == {"plan": "free", "seats": 3}
    web.update_people_data(website_id, people_id, {"plan": "pro"})
    assert data() == {"plan": "pro", "seats": 3}
    web.save_people_data(website_id, people_id, {"seats": 4})
    assert data() == {"seats": 4}


def test_operators_can_be_changed_and_unlinked(here: Here) -> None:
    web, website_id, user_id = here.website, here.website_id, here.sandbox.user_id

    web.change_operator_membership(
        website_id, user_id, {"role": "member", "title": "Help"}
    )
    operator = web.get_website_operator(website_id, user_id)
    assert (operator["role"], operator["title"]) == ("member", "Help")

    web.unlink_operator_from_website(website_id, user_id)
    assert web.list_website_operators(website_id) == []
    with pytest.raises(NotFoundError, match="the operator does not exist"):
        web.get_website_operator(website_id, user_id)


def test_an_error_of_the_sandbox_is_one_that_no_server_can_cause(here: Here) -> None:
    with pytest.raises(SandboxNotImplementedError) as caught:
        here.client.get("/nope")

    assert isinstance(caught.value, NotImplementedError)
    assert not isinstance(caught.value, CrispError)
    # It is asked once: retrying would not help.
    assert [request.path for request in here.sandbox.requests] == ["/v1/nope"]


def test_it_is_raised_when_a_call_is_awaited() -> None:
    client = AsyncCrisp("i", "k", transport=Sandbox())

    with pytest.raises(SandboxNotImplementedError):
        asyncio.run(client.get("/nope"))


def test_it_is_a_501_over_http() -> None:
    with (
        Sandbox().serve() as url,
        Crisp("i", "k", base_url=url) as client,
        pytest.raises(ServerError) as caught,
    ):
        client.get("/nope")

    assert (caught.value.status, caught.value.reason) == (501, "not_implemented")
    assert caught.value.message == "the sandbox does not support the route GET nope yet"


@pytest.mark.parametrize(
    "route", ["/nope", "/website/w/nope", "/website/w/conversation/s/nope"]
)
def test_an_unknown_route_is_not_supported(here: Here, route: str) -> None:
    what = f"does not support the route {{}} {route[1:]} yet"

    with pytest.raises(SandboxNotImplementedError, match=what.format("GET")):
        here.client.get(route)
    # With a 404, it would be False.
    with pytest.raises(SandboxNotImplementedError, match=what.format("HEAD")):
        here.client.head(route)


def answer(sandbox: Sandbox, verb: str, path: str) -> tuple[int, t.Any]:
    """Send a request by hand; return the status and the envelope, None if empty."""
    headers = {"Authorization": "Basic aTpr", "X-Crisp-Tier": "user"}
    response = sandbox.send(Request(verb, f"http://h/v1/{path}", headers))
    return response.status, json.loads(response.body) if response.body else None


@pytest.mark.parametrize(
    ("verb", "path", "allowed"),
    [
        ("TRACE", "website", "HEAD, POST"),
        ("PUT", "website", "HEAD, POST"),
        ("PATCH", "website/w", "GET, DELETE"),
        ("GET", "website/w/batch/resolve", "PATCH"),
        ("PUT", "website/w/operators/email", "PATCH"),
        ("POST", "website/w/conversation/s/call/c", "DELETE"),
    ],
)
def test_a_known_route_with_another_verb_is_not_allowed(
    verb: str, path: str, allowed: str
) -> None:
    assert answer(Sandbox(), verb, path) == (
        405,
        {
            "error": True,
            "reason": "method_not_allowed",
            "data": {"message": f"the route takes {allowed}, not {verb}"},
        },
    )


def test_a_head_that_is_not_allowed_has_no_body() -> None:
    assert answer(Sandbox(), "HEAD", "website/w/batch/resolve") == (405, None)


def test_a_verb_that_no_route_has_is_not_supported_on_an_unknown_route() -> None:
    with pytest.raises(SandboxNotImplementedError, match="the route TRACE nope yet"):
        answer(Sandbox(), "TRACE", "nope")


@pytest.mark.parametrize(
    ("verb", "path", "operation"),
    [
        ("POST", "website/w/operators/email", "send_email_to_website_operators"),
        ("PATCH", "website/w/operators/email", "send_email_to_website_operators"),
        (
            *("PATCH", "website/w/conversation/s/call/c"),
            "transmit_signaling_on_ongoing_call_session",
        ),
        (
            *("PATCH", "website/w/conversation/s/call/c/signaling"),
            "transmit_signaling_on_ongoing_call_session",
        ),
        ("GET", "website/w/people/segments/1", "list_people_segments"),
    ],
)
def test_requests_of_other_clients_are_taken_for_the_operation_they_mean(
    verb: str, path: str, operation: str
) -> None:
    assert match(verb, path).operation.id == f"website.{operation}"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Basic aTpr", "X-Crisp-Tier": "admin"},
        {"Authorization": "Bearer aTpr"},
        {"Authorization": "Basic *"},
        {"Authorization": "Basic /w=="},
        {"Authorization": "Basic aTo="},
        {"Authorization": "Basic Oms="},
        {"Authorization": "Basic"},
    ],
)
def test_what_is_not_signed_is_let_in_nowhere(
    here: Here, headers: dict[str, str]
) -> None:
    response = here.sandbox.send(Request("GET", "http://h/v1/website/w", headers))

    assert response.status == 401
    assert json.loads(response.body)["reason"] == "invalid_session"


def test_a_missing_tier_is_the_user_tier() -> None:
    sandbox = Sandbox(tokens=[("i", "k", "user")])
    headers = {"authorization": "basic aTpr"}

    assert (
        sandbox.send(
            Request("GET", f"http://h/v1/website/{sandbox.website_id}", headers)
        ).status
        == 200
    )


def test_only_known_tokens_are_let_in() -> None:
    sandbox = Sandbox(tokens=[("i", "k", "plugin")])

    assert Crisp("i", "k", tier="plugin", transport=sandbox).website.get_website(
        sandbox.website_id
    )
    for identifier, key, tier in (
        ("i", "x", "plugin"),
        ("x", "k", "plugin"),
        ("i", "k", "user"),
    ):
        client = Crisp(identifier, key, tier=t.cast("t.Any", tier), transport=sandbox)
        with pytest.raises(AuthenticationError):
            client.website.get_website(sandbox.website_id)


@pytest.mark.parametrize(
    "body",
    [
        *(b"{", b"[]", b'"text"', b"\xff", b'{"a": NaN}', b'{"a": 1e999}'),
        b'{"a": "\\ud800"}',
        *(b"[" * 100_000, b'{"a":' * 70 + b"[1]" + b"}" * 70),
    ],
    ids=range(9),
)
def test_a_body_that_is_no_object_is_refused(here: Here, body: bytes) -> None:
    headers = {"Authorization": "Basic aTpr"}
    response = here.sandbox.send(Request("POST", "http://h/v1/website", headers, body))

    assert response.status == 400
    assert json.loads(response.body)["data"] == {"message": "data should be object"}


WRONG = [True, 1, -1.5, "x", [1], [None], {"a": 1}, {"user_id": [1]}]
WRITES: dict[str, dict[str, t.Any]] = {
    "website": {"name": "a", "domain": "b"},
    "website/{w}/conversation/{s}/message": {
        "type": "text",
        "from": "user",
        "origin": "chat",
        "content": "x",
        "fingerprint": 1,
        "timestamp": 1,
    },
    "website/{w}/conversation/{s}/message/{f}": {"content": "x"},
    "website/{w}/conversation/{s}/read": {
        "from": "user",
        "origin": "o",
        "fingerprints": [1],
    },
    "website/{w}/conversation/{s}/delivered": {"fingerprints": [1]},
    "website/{w}/batch/read": {"sessions": ["s"]},
    "website/{w}/batch/resolve": {"sessions": ["s"]},
    "website/{w}/conversation/{s}/state": {"state": "resolved"},
    "website/{w}/conversation/{s}/routing": {"assigned": None},
    "website/{w}/conversation/{s}/meta": {
        "nickname": "n",
        "email": "e@acme.example",
        "segments": ["s"],
        "data": {"a": 1},
    },
    "website/{w}/people/profile/{p}": {
        "email": "e@acme.example",
        "person": {"nickname": "n"},
    },
    "website/{w}/people/data/{p}": {"data": {"a": 1}},
    "website/{w}/operator/{u}": {"role": "member", "title": "t"},
}


@pytest.mark.parametrize("path", WRITES)
def test_nothing_that_is_written_breaks_it(here: Here, path: str) -> None:
    session_id = here.open("hello")
    places = {
        "w": here.website_id,
        "s": session_id,
        "f": here.say(session_id, "again"),
        "p": here.website.add_new_people_profile(here.website_id, {})["people_id"],
        "u": here.sandbox.user_id,
    }
    verb = (
        here.client.post if path.endswith(("website", "message")) else here.client.patch
    )
    reads: list[dict[str, t.Any]] = [
        *({}, {"search_query": "x"}, {"filter_assigned": "u"}),
        {"search_query": "x", "search_type": "segment"},
    ]

    for name in WRITES[path]:
        for wrong in WRONG:
            body = WRITES[path] | {name: wrong}
            with contextlib.suppress(InvalidRequestError, ConflictError):
                verb(path.format(**places), body)
            for read in reads:
                here.website.list_conversations(
                    here.website_id, include_empty=True, **read
                )
            here.website.list_people_profiles(here.website_id, search_text="x")
    verb(path.format(**places), WRITES[path])

    conversation = here.website.get_conversation(here.website_id, session_id)
    assert conversation["session_id"] == session_id


@pytest.mark.parametrize("number", ["--20", "9" * 5000, "1.5", "٣", ""])
def test_a_number_that_is_none_is_refused(here: Here, number: str) -> None:
    with pytest.raises(InvalidRequestError, match="should be integer"):
        here.listed(per_page=number)
    if number:
        with pytest.raises(InvalidRequestError, match="should be integer"):
            here.listed(t.cast("int", number))


def test_a_fingerprint_is_used_once() -> None:
    sandbox = Sandbox(clock=lambda: 1_700_000_000.0)
    here = Here(sandbox, Crisp("i", "k", transport=sandbox), sandbox.website_id)
    session_id = here.open()

    fingerprints = {here.say(session_id, "x") for _ in range(150)}

    assert len(fingerprints) == 150
    assert {len(str(fingerprint)) for fingerprint in fingerprints} == {15}


def test_a_sandbox_is_a_transport(side: Side) -> None:
    sandbox = Sandbox()
    client = side.client(transport=sandbox)

    website = side.run(lambda: client.website.get_website(sandbox.website_id))

    assert website["website_id"] == sandbox.website_id


def test_a_sandbox_can_be_shared_by_threads(here: Here) -> None:
    session_id = here.open()
    threads = [
        threading.Thread(target=lambda: [here.say(session_id, "x") for _ in range(25)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    conversation = here.website.get_conversation(here.website_id, session_id)
    assert conversation["unread"]["operator"] == 200


def test_it_serves_over_http() -> None:
    sandbox = Sandbox()

    async def get_website(url: str) -> object:
        async with AsyncCrisp("i", "k", base_url=url) as client:
            return await client.website.get_website(sandbox.website_id)

    with sandbox.serve() as url:
        with Crisp("i", "k", tier="plugin", base_url=url) as client:
            here = Here(sandbox, client, sandbox.website_id)
            session_id = here.open("é \u2028 😀", nickname="a/b?c#d")

            assert here.said(session_id) == ["é \u2028 😀"]
            assert (
                here.website.check_conversation_exists(here.website_id, session_id)
                is True
            )
            assert (
                here.website.check_conversation_exists(here.website_id, "a/../b")
                is False
            )
        local = Crisp("i", "k", transport=sandbox)
        assert asyncio.run(get_website(url)) == local.website.get_website(
            here.website_id
        )

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/v1/", url)
    assert sandbox.requests[0].headers["X-Crisp-Tier"] == "plugin"


def test_any_http_client_can_use_it() -> None:
    sandbox = Sandbox()

    with sandbox.serve() as url:
        request = urllib.request.Request(  # noqa: S310 - our own
            f"{url}website/{sandbox.website_id}",
            headers={"Authorization": "Basic aTpr", "X-Crisp-Tier": "plugin"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            answer = json.load(response)

    assert answer["error"] is False
    assert answer["data"]["website_id"] == sandbox.website_id


@pytest.mark.parametrize("port", [-1, 70000])
def test_an_impossible_port_is_reported(port: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 65535"):
        Sandbox().serve(port)


def ask(url: str, head: str) -> bytes:
    """Send raw bytes, and read all that comes back."""
    address = ("127.0.0.1", int(url.split(":")[2].partition("/")[0]))
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(head.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_target_alone_says_the_route() -> None:
    sandbox = Sandbox()
    more = "Authorization: Basic aTpr\r\nConnection: close\r\n\r\n"
    path = f"/v1/website/{sandbox.website_id}"

    with sandbox.serve() as url:
        by_host = ask(url, f"GET /zzz HTTP/1.1\r\nHost: h{path}?\r\n{more}")
        odd_host = ask(url, f"GET {path} HTTP/1.1\r\nHost: [\r\n{more}")
        here = "127.0.0.1"
        whole = ask(url, f"GET http://{here}{path} HTTP/1.1\r\nHost: h\r\n{more}")
        star = ask(url, f"OPTIONS * HTTP/1.1\r\nHost: {here}\r\n{more}")
        token = ask(
            url,
            f"GET {path} HTTP/1.1\r\nHost: {here}\r\nAuthorization: Basic é\r\n"
            "Connection: close\r\n\r\n",
        )

    answers = (by_host, odd_host, whole, star, token)
    assert [answer.split()[1] for answer in answers] == [
        b"403",
        b"403",
        b"200",
        b"404",
        b"401",
    ]


def test_half_a_request_does_not_keep_it_open() -> None:
    with Sandbox().serve() as url:
        address = ("127.0.0.1", int(url.split(":")[2].partition("/")[0]))
        connection = socket.create_connection(address, timeout=60)
        connection.sendall(
            b"POST /v1/website HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n"
            b"Expect: 100-continue\r\n\r\n"
        )
        # The client waits for the body.
        assert connection.recv(1024).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"{")
        started = time.monotonic()

    # aiohttp's own wait is a minute.
    assert time.monotonic() - started < 30
    connection.close()


def test_a_used_port_is_reported() -> None:
    sandbox = Sandbox()

    with sandbox.serve() as url:
        port = int(url.split(":")[2].partition("/")[0])
        with (
            pytest.raises(OSError, match="address already in use"),
            sandbox.serve(port),
        ):
            pass


def test_serving_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "crisp_api.sandbox.server", None)

    with pytest.raises(ImportError, match=r'pip install "aiohttp>=3\.13\.4"'):
        Sandbox().serve()


def test_it_runs_in_the_foreground(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = closed_port()

    def look() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/v1/website")
        assert connection.getresponse().status == 401
        connection.close()

    serve_until(look, monkeypatch, ["--port", str(port)])

    printed = capsys.readouterr().out
    website_id = Sandbox().website_id
    assert f"http://127.0.0.1:{port}/v1/" in printed
    assert f"website_id: {website_id}" in printed
    command = next(line for line in printed.splitlines() if "curl" in line)
    assert command.endswith(
        f" http://127.0.0.1:{port}/v1/website/{website_id}/conversations/1"
    )


def serve_until(
    look: t.Callable[[], None], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Run the command; once it serves, call a function, and interrupt it."""

    class Interrupted:
        def wait(self) -> None:
            look()
            raise KeyboardInterrupt

    # Its wait alone: a signal from outside may come before that line, or after.
    stopped = types.SimpleNamespace(Event=Interrupted)
    monkeypatch.setattr(__main__, "threading", stopped)
    before = signal.getsignal(signal.SIGTERM)
    try:
        __main__.main(arguments)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_it_begins_with_conversations_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    port, counts = closed_port(), []
    path = tmp_path / "crisp.db"

    def look() -> None:
        website = Crisp("i", "k", base_url=f"http://127.0.0.1:{port}/v1/").website
        counts.append(len(website.list_conversations(Sandbox().website_id)))

    for _ in range(2):
        options = ["--port", str(port), "--demo", "3", "--data", str(path)]
        serve_until(look, monkeypatch, options)

    assert counts == [3, 3]


def test_it_delivers_webhooks(
    monkeypatch: pytest.MonkeyPatch, httpserver: pytest_httpserver.HTTPServer
) -> None:
    port, signatures = closed_port(), []

    def handle(request: werkzeug.Request) -> werkzeug.Response:
        signatures.append("X-Crisp-Signature" in request.headers)
        return werkzeug.Response()

    httpserver.expect_request("/hook").respond_with_handler(handle)
    arguments = ["--port", str(port), "--hook", httpserver.url_for("/hook")]

    def look() -> None:
        client = Crisp("i", "k", base_url=f"http://127.0.0.1:{port}/v1/")
        with httpserver.wait(
            raise_assertions=False, stop_on_nohandler=False
        ) as waiting:
            httpserver.expect_oneshot_request("/hook").respond_with_handler(handle)
            client.website.create_new_conversation(Sandbox().website_id)
        assert waiting.result

    serve_until(look, monkeypatch, arguments)
    serve_until(look, monkeypatch, [*arguments, "--secret", "the secret"])

    assert signatures == [False, True]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--secret", "x"], "--secret needs --hook"),
        (["--hook", "x"], "argument --hook: 'x' is neither a URL nor a function"),
        (["--demo", "many"], "argument --demo: 'many' is not a number from 0 to 10000"),
        (["--demo", "10001"], "'10001' is not a number from 0 to 10000"),
    ],
)
def test_the_command_refuses_other_mistakes(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal(arguments, capsys).endswith(message)


def refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run the command, which must fail; return the line with the reason."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit) as caught:
            __main__.main(arguments)
    finally:
        signal.signal(signal.SIGTERM, before)
    printed = capsys.readouterr()
    assert (caught.value.code, printed.out) == (2, "")
    usage, line = printed.err.splitlines()
    assert usage.startswith("usage: python -m crisp_api.sandbox")
    return line


@pytest.mark.parametrize("port", ["65536", "99999", "-1", "eighty", ""])
def test_the_command_refuses_what_is_no_port(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal(["--port", port], capsys) == (
        f"python -m crisp_api.sandbox: error: argument --port: {port!r} is not a port, "
        "which is a number from 0 to 65535"
    )


def test_the_command_says_that_a_port_is_in_use(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Sandbox().serve() as url:
        port = url.split(":")[2].partition("/")[0]

        assert refusal(["--port", port], capsys).lower() == (
            f"python -m crisp_api.sandbox: error: cannot listen on port {port} of "
            "127.0.0.1: address already in use"
        )


def test_the_command_says_an_error_without_a_number_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def serve(self: Sandbox, port: int) -> t.NoReturn:
        message = "no loopback"
        raise OSError(message)

    monkeypatch.setattr(Sandbox, "serve", serve)

    assert refusal(["--port", "0"], capsys).endswith(": no loopback")


def test_the_command_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "crisp_api.sandbox.server", None)

    line = refusal([], capsys)

    assert line.endswith('"python-socketio>=5.13,<6"')


def test_the_command_keeps_its_state_in_a_file(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "crisp.db")
    with Sandbox(path=path) as sandbox:
        made = Crisp("i", "k", transport=sandbox).website.create_website(
            {"name": "Acme", "domain": "acme.example"}
        )
    found: list[object] = []

    class Interrupted:
        def wait(self) -> None:
            with Crisp("i", "k", base_url=f"http://127.0.0.1:{port}/v1/") as client:
                found.append(client.website.get_website(made["website_id"]))
            raise KeyboardInterrupt

    port = closed_port()
    stopped = types.SimpleNamespace(Event=Interrupted)
    monkeypatch.setattr(__main__, "threading", stopped)
    before = signal.getsignal(signal.SIGTERM)
    try:
        __main__.main(["--port", str(port), "--data", path])
    finally:
        signal.signal(signal.SIGTERM, before)

    assert found == [made]


def test_the_command_refuses_a_file_that_is_no_data_file(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, and no database at all. " * 50, encoding="ascii")

    line = refusal(["--data", str(path)], capsys)

    assert f"error: {path} is not a data file of the sandbox: " in line


def test_it_stops_at_ctrl_c() -> None:
    command = [sys.executable, "-m", "crisp_api.sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(4)]
        process.terminate()

        assert process.wait(timeout=60) == 0
    assert "http://127.0.0.1:" in lines[0]


def test_a_sandbox_that_is_not_initialized_has_a_repr() -> None:
    assert repr(Sandbox.__new__(Sandbox)) == "<Sandbox, not initialized>"
