"""Conversations with all their parts, and messages in quarantine."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import InvalidRequestError, NotFoundError
from crisp_api import types as ty
from crisp_api.sandbox import model
from tests.sandbox.examples import example
from tests.sandbox.here import Here, here

__all__ = ["here"]


def shown(here: Here, session_id: str) -> t.Any:
    return here.website.get_conversation(here.website_id, session_id)


def test_a_change_of_state_is_an_event_message(here: Here) -> None:
    session_id = here.open("hello")
    body = {"state": "resolved", "user": {"nickname": "Bot"}, "origin": "urn:me"}
    for _ in range(2):
        here.website.change_conversation_state(here.website_id, session_id, body)

    _, event = here.website.get_messages_in_conversation(here.website_id, session_id)

    assert event["type"] == "event"
    assert event["content"] == {"namespace": "state:resolved"}
    assert (event["user"]["nickname"], event["origin"]) == ("Bot", "urn:me")
    assert shown(here, session_id)["status"] == 2


def test_messages_open_a_conversation_again(here: Here) -> None:
    session_id = here.open("hello")
    here.say(session_id, "Yes?", "operator")
    assert shown(here, session_id)["state"] == "unresolved"

    resolved = {"state": "resolved"}
    here.website.change_conversation_state(here.website_id, session_id, resolved)
    here.say(session_id, "One more thing")

    assert shown(here, session_id)["state"] == "unresolved"


def test_a_visitor_waits_until_an_operator_answers(here: Here) -> None:
    session_id = here.open("hello")
    waiting = shown(here, session_id)["waiting_since"]
    here.say(session_id, "Anybody?")
    assert shown(here, session_id)["waiting_since"] == waiting

    here.say(session_id, "Yes?", "operator")

    assert "waiting_since" not in shown(here, session_id)


def test_notes_are_no_part_of_the_conversation(here: Here) -> None:
    session_id = here.open("hello")
    here.say(session_id, "Careful.", "operator", type="note")

    conversation = shown(here, session_id)

    assert conversation["last_message"] == "hello"
    assert conversation["unread"] == {"operator": 1, "visitor": 0}
    assert conversation["state"] == "pending"


def test_a_message_with_a_used_fingerprint_is_added(here: Here) -> None:
    session_id = here.open()
    for text in ("a", "b"):
        here.say(session_id, text, fingerprint=7)

    assert here.said(session_id) == ["a", "b"]
    message = here.website.get_message_in_conversation(here.website_id, session_id, 7)
    assert message["content"] == "a"


def test_the_original_of_a_message_is_kept(here: Here) -> None:
    session_id = here.open()
    html = {"type": "text/html", "content": "<p>Hi</p>"}
    fingerprint = here.say(session_id, "Hi", original=html)
    place = (here.website_id, session_id)

    message = here.website.get_message_in_conversation(*place, fingerprint)
    original_id = message["original"]["original_id"]
    original = here.website.get_original_message_in_conversation(*place, original_id)

    assert (original["type"], original["content"]) == ("text/html", "<p>Hi</p>")
    linked = here.say(session_id, "Again", original={"original_id": original_id})
    message = here.website.get_message_in_conversation(*place, linked)
    assert message["original"] == {"original_id": original_id}


def test_the_last_message_can_be_unread_again(here: Here) -> None:
    session_id = here.open("a")
    here.say(session_id, "b")
    website, place = here.website, (here.website_id, session_id)
    website.mark_messages_read_in_conversation(*place)

    website.mark_conversation_as_unread(*place, {"from": "user"})

    assert shown(here, session_id)["unread"]["operator"] == 1
    first, second = website.get_messages_in_conversation(*place)
    assert (first["read"], second["read"]) == ("chat", "")


def test_a_removed_message_is_the_last_one_no_more(here: Here) -> None:
    session_id = here.open("a")
    fingerprint = here.say(session_id, "b")

    here.website.remove_message_in_conversation(
        here.website_id, session_id, fingerprint
    )

    conversation = shown(here, session_id)
    assert conversation["last_message"] == "a"
    assert conversation["unread"]["operator"] == 1


@pytest.mark.parametrize(("author", "side"), [("user", "visitor"), ("operator",) * 2])
def test_a_side_types(here: Here, author: str, side: str) -> None:
    session_id = here.open("hello")
    compose = here.website.compose_message_in_conversation
    place, typing = (here.website_id, session_id), {"from": author, "excerpt": "He"}

    compose(*place, {"type": "start", **typing})
    atom = shown(here, session_id)["compose"][side]
    assert (atom["type"], atom["excerpt"]) == ("start", "He")

    compose(*place, {"type": "stop", "from": author})
    assert shown(here, session_id)["compose"] == {}


def test_files_are_listed(here: Here) -> None:
    session_id = here.open("hello")
    file = {"name": "a.png", "url": "https://a.example/a.png", "type": "image/png"}
    fingerprint = here.say(session_id, t.cast("str", file), type="file")

    (listed,) = here.website.list_conversation_files(here.website_id, session_id)

    assert listed == {**file, "fingerprint": fingerprint} | {
        "timestamp": listed["timestamp"]
    }


def test_participants_are_replaced(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    participants = [{"type": "email", "target": "joe@acme.example"}]

    website.save_conversation_participants(
        here.website_id, session_id, {"participants": participants}
    )

    found = website.get_conversation_participants(here.website_id, session_id)
    assert found == {"participants": participants}
    assert shown(here, session_id)["participants"] == participants


def test_incoming_messages_are_blocked(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    place = (here.website_id, session_id)

    website.block_incoming_messages_for_conversation(*place, {"blocked": True})

    assert website.get_block_status_for_conversation(*place) == {"blocked": True}
    assert shown(here, session_id)["is_blocked"] is True


def test_a_conversation_moves_to_an_inbox(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    inbox_id = website.create_new_inbox(here.website_id, {"name": "Sales"})["inbox_id"]

    website.update_conversation_inbox(
        here.website_id, session_id, {"inbox_id": inbox_id}
    )

    assert here.listed(filter_inbox_id=inbox_id) == ["hello"]
    website.update_conversation_inbox(here.website_id, session_id, {"inbox_id": None})
    assert here.listed(filter_inbox_id=inbox_id) == []
    website.update_conversation_inbox(
        here.website_id, session_id, {"inbox_id": inbox_id}
    )
    with pytest.raises(InvalidRequestError, match="the inbox gone does not exist"):
        website.update_conversation_inbox(
            here.website_id, session_id, {"inbox_id": "gone"}
        )
    website.delete_inbox(here.website_id, inbox_id)
    assert shown(here, session_id)["inbox_id"] is None


def test_an_operator_who_does_not_exist_is_not_assigned(here: Here) -> None:
    session_id = here.open("hello")

    with pytest.raises(InvalidRequestError, match="the operator nobody does not exist"):
        here.website.assign_conversation_routing(
            here.website_id, session_id, {"assigned": {"user_id": "nobody"}}
        )


# --- verification, calls, screen sharing


def test_a_visitor_is_verified_by_hand(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    place = (here.website_id, session_id)

    website.update_verify_status_for_conversation(*place, {"verified": True})

    status = website.get_verify_status_for_conversation(*place)
    assert status == {"verified": True, "verifications": []}
    assert shown(here, session_id)["is_verified"] is True


def test_a_visitor_is_verified_by_a_link(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    place = (here.website_id, session_id)
    asked = {"identity": "email", "recipient": "jane@acme.example"}
    website.request_identity_verification_for_conversation(*place, asked)
    found = here.sandbox._store.get(model.CONVERSATION, place) or {}
    token = found["verification"]["token"]
    redeem = website.redeem_identity_verification_link_for_conversation

    for wrong in ({"identity": "email", "token": "x"}, {"identity": "phone"}):
        with pytest.raises(InvalidRequestError, match="was not sent for this identity"):
            redeem(*place, {"token": token, **wrong})
    redeem(*place, {"identity": "email", "token": token})

    status = website.get_verify_status_for_conversation(*place)
    assert status["verifications"] == [
        {"identity": "email", "method": "link", "annotation": "jane@acme.example"}
    ]


def test_there_is_one_call_at_a_time(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    place = (here.website_id, session_id)
    start = website.initiate_new_call_session_for_conversation
    with pytest.raises(NotFoundError, match="the call does not exist"):
        website.get_ongoing_call_session_for_conversation(*place)

    call = start(*place, {"mode": "audio"})

    assert start(*place, {"mode": "audio"}) == call
    assert website.get_ongoing_call_session_for_conversation(*place) == call
    website.abort_ongoing_call_session_for_conversation(*place, call["call_id"])
    with pytest.raises(NotFoundError):
        website.get_ongoing_call_session_for_conversation(*place)


def test_the_screen_of_a_visitor_is_shared(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    place = (here.website_id, session_id)

    website.initiate_browsing_session_for_conversation(*place)

    (browsing,) = website.list_browsing_sessions_for_conversation(*place)
    assert browsing["browsing_id"].startswith("browsing_")
    action = {"action": "start"}
    website.send_action_to_existing_browsing_session(
        *place, browsing["browsing_id"], action
    )
    assert website.list_browsing_sessions_for_conversation(*place) == [browsing]
    with pytest.raises(NotFoundError, match="the browsing session does not exist"):
        website.send_action_to_existing_browsing_session(*place, "browsing_x", action)


def test_a_reminder_has_a_date(here: Here) -> None:
    session_id = here.open("hello")
    remind = here.website.schedule_reminder_for_conversation
    place = (here.website_id, session_id)

    remind(*place, {"date": "2030-05-29T09:00:00Z", "note": "Call"})

    with pytest.raises(InvalidRequestError, match="an ISO 8601 date"):
        remind(*place, {"date": "tomorrow", "note": "Call"})


# --- suggestions, quarantine


def test_segments_and_data_keys_are_suggested_until_they_are_deleted(
    here: Here,
) -> None:
    here.open("a", segments=["vip", "trial"], data={"plan": "pro"})
    session_id = here.open("b", segments=["vip"])
    website, here_id = here.website, here.website_id

    assert website.list_suggested_conversation_segments(here_id) == [
        {"segment": "vip", "count": 2},
        {"segment": "trial", "count": 1},
    ]
    assert website.list_suggested_conversation_data_keys(here_id) == [
        {"key": "plan", "count": 1}
    ]

    for _ in range(2):
        website.delete_suggested_conversation_segment(here_id, {"segment": "vip"})
    website.remove_conversation(here_id, session_id)

    assert website.list_suggested_conversation_segments(here_id) == [
        {"segment": "trial", "count": 1}
    ]


@pytest.fixture
def spam(here: Here) -> str:
    doc = example(ty.ConversationSpamContent, {})
    doc |= {"spam_id": "s1", "type": "email", "content": {"text": "Buy!"}}
    here.sandbox._store.put(model.SPAM, (here.website_id, "s1"), doc)
    return "s1"


def test_quarantine_is_listed_by_type(here: Here, spam: str) -> None:
    listed = here.website.list_spam_conversations

    (found,) = listed(here.website_id, filter_type="email")

    assert found["spam_id"] == spam
    assert "content" not in found
    assert listed(here.website_id, filter_type="chat") == []
    content = here.website.resolve_spam_conversation_content(here.website_id, spam)
    assert content["content"] == {"text": "Buy!"}


@pytest.mark.parametrize(("action", "texts"), [("accept", ["Buy!"]), ("reject", [])])
def test_a_message_in_quarantine_is_accepted_or_discarded(
    here: Here, spam: str, action: str, texts: list[str]
) -> None:
    here.website.submit_spam_conversation_decision(
        here.website_id, spam, {"action": action}
    )

    assert here.listed() == texts
    assert here.website.list_spam_conversations(here.website_id) == []
