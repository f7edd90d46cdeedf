"""Operators, teams, inboxes, and the settings of a website."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import ConflictError, InvalidRequestError, NotFoundError
from tests.sandbox.here import Here, here

__all__ = ["here"]

VERIFY: t.Final = {"method": "token", "secret": "secret"}


def invite(here: Here, email: str) -> None:
    body = {"email": email, "role": "member", "verify": VERIFY}
    here.website.invite_website_operator(here.website_id, body)


def test_operators_are_invited(here: Here) -> None:
    invite(here, "jane@acme.example")

    first, second = here.website.list_website_operators(here.website_id)

    assert (first["type"], second["type"]) == ("operator", "invite")
    assert second["details"]["email"] == "jane@acme.example"
    with pytest.raises(ConflictError, match="is an operator already"):
        invite(here, "Jane@acme.example")
    for wrong in ("jane", "jane@acme", "a b@acme.example"):
        with pytest.raises(InvalidRequestError, match=r"an e-mail address at '\.email"):
            invite(here, wrong)


def test_nobody_is_assigned_to_the_conversations_of_an_operator_who_left(
    here: Here,
) -> None:
    session_id, user_id = here.open("hello"), here.sandbox.user_id
    assigned = {"assigned": {"user_id": user_id}}
    here.website.assign_conversation_routing(here.website_id, session_id, assigned)

    here.website.unlink_operator_from_website(here.website_id, user_id)

    assert here.listed(filter_unassigned=True) == ["hello"]


def test_operators_who_wrote_are_active(here: Here) -> None:
    website, here_id = here.website, here.website_id
    session_id = here.open("hello")
    here.say(session_id, "Yes?", "operator")
    here.say(session_id, "Me too", "operator", user={"user_id": "bot"})

    (active,) = website.list_last_active_website_operators(here_id)

    assert active["user_id"] == here.sandbox.user_id
    website.flush_last_active_website_operators(here_id)
    assert website.list_last_active_website_operators(here_id) == []
    assert website.get_website_operator(here_id, here.sandbox.user_id)


def test_an_email_is_for_an_operator_who_exists(here: Here) -> None:
    send = here.website.send_email_to_website_operators

    send(here.website_id, {"subject": "Hi", "user_id": here.sandbox.user_id})
    send(here.website_id, {"subject": "Hi", "recipient": "owners"})

    with pytest.raises(InvalidRequestError, match="the operator nobody does not exist"):
        send(here.website_id, {"subject": "Hi", "user_id": "nobody"})


def test_inboxes_have_an_order(here: Here) -> None:
    website, here_id = here.website, here.website_id
    ids = [
        website.create_new_inbox(here_id, {"name": name, "order": order})["inbox_id"]
        for name, order in (("A", 2), ("B", 1))
    ]

    def names() -> list[str]:
        return [one["name"] for one in website.list_inboxes(here_id)]

    assert names() == ["B", "A"]
    orders = [{"inbox_id": ids[0], "order": 0}, {"inbox_id": ids[1]}]
    website.batch_order_inboxes(here_id, {"orders": orders[:1]})
    assert names() == ["A", "B"]
    website.create_new_inbox(here_id, {"name": "C"})
    assert names() == ["A", "B", "C"]
    with pytest.raises(InvalidRequestError, match="the inbox gone does not exist"):
        website.batch_order_inboxes(here_id, {"orders": [{"inbox_id": "gone"}]})


def test_an_inbox_and_a_team_have_members_who_exist(here: Here) -> None:
    website, here_id = here.website, here.website_id
    members = {"name": "Team", "operators": [here.sandbox.user_id]}
    team_id = website.create_new_team(here_id, members)["team_id"]
    inbox = {"name": "Sales", "teams": [team_id]}
    inbox_id = website.create_new_inbox(here_id, inbox)["inbox_id"]

    website.save_team(here_id, team_id, {"name": "Other"})
    website.save_inbox(here_id, inbox_id, {"name": "Other"})

    assert website.get_team(here_id, team_id)["name"] == "Other"
    assert "teams" not in website.get_inbox(here_id, inbox_id)
    with pytest.raises(InvalidRequestError, match="the team nobody does not exist"):
        website.save_inbox(here_id, inbox_id, {"name": "Sales", "teams": ["nobody"]})
    with pytest.raises(InvalidRequestError, match="the operator nobody does not exist"):
        website.save_team(here_id, team_id, {"operators": ["nobody"]})


def test_who_is_removed_is_no_member_any_more(here: Here) -> None:
    website, here_id, user_id = here.website, here.website_id, here.sandbox.user_id
    team = {"name": "Team", "operators": [user_id]}
    team_id = website.create_new_team(here_id, team)["team_id"]
    inbox = {"name": "Sales", "teams": [team_id], "operators": [user_id]}
    inbox_id = website.create_new_inbox(here_id, inbox)["inbox_id"]
    other_id = website.create_new_inbox(here_id, {"name": "Other"})["inbox_id"]

    website.unlink_operator_from_website(here_id, user_id)
    website.delete_team(here_id, team_id)

    found = website.get_inbox(here_id, inbox_id)
    assert (found["operators"], found["teams"]) == ([], [])
    assert "operators" not in website.get_inbox(here_id, other_id)


def test_a_condition_of_an_inbox_is_complete(here: Here) -> None:
    condition = {"criterion": "segments", "query": ["vip"]}

    with pytest.raises(InvalidRequestError, match=r"'\.conditions\[0\]\.model'"):
        here.website.create_new_inbox(
            here.website_id, {"name": "VIP", "conditions": [condition]}
        )


# --- settings


def test_settings_are_those_of_the_website(here: Here) -> None:
    website, here_id = here.website, here.website_id

    website.update_website_settings(
        here_id,
        {"name": "Acme", "website_id": "other", "contact": {"email": "a@acme.example"}},
    )
    website.update_website_settings(here_id, {"contact": {"phone": "+1"}})

    settings = website.get_website_settings(here_id)
    assert settings["website_id"] == here_id
    assert settings["contact"] == {"email": "a@acme.example", "phone": "+1"}
    assert settings["chatbox"] == {}
    assert website.get_website(here_id)["name"] == "Acme"
    assert "contact" not in website.get_website(here_id)


def test_the_key_of_identities_is_rolled(here: Here) -> None:
    website, here_id = here.website, here.website_id
    first = website.get_verify_key(here_id)
    assert website.get_verify_key(here_id) == first

    website.roll_verify_key(here_id)

    assert website.get_verify_key(here_id) != first
    website.update_verify_settings(here_id, {"enabled": True})
    assert website.get_verify_settings(here_id) == {"enabled": True}


def test_the_deletion_of_a_website_that_is_gone_is_not_aborted(here: Here) -> None:
    website = here.website
    made = website.create_website({"name": "A", "domain": "a.example"})

    website.abort_website_deletion(made["website_id"])
    website.delete_website(made["website_id"], {"verify": VERIFY})

    with pytest.raises(NotFoundError):
        website.abort_website_deletion(made["website_id"])


def test_without_a_server_the_real_time_address_does_not_exist(here: Here) -> None:
    endpoints = here.website.get_connect_endpoints(here.website_id)

    assert endpoints["socket"]["app"] == "https://sandbox.invalid/realtime/?server=1"
