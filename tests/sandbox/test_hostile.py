"""Odd requests are refused, or change what they name alone."""

from __future__ import annotations

import json
import typing as t

import pytest

from crisp_api import Crisp, InvalidRequestError, NotFoundError
from crisp_api.http import Request
from crisp_api.sandbox import Sandbox, Token
from tests.sandbox.here import Here, here

__all__ = ["here"]

HEADERS: t.Final = {"Authorization": "Basic aTpr", "X-Crisp-Tier": "plugin"}


def send(here: Here, verb: str, path: str, body: bytes | None = None) -> int:
    """Send raw bytes for the website; return the status."""
    url = f"http://h/v1/website/{here.website_id}/{path}"
    return here.sandbox.send(Request(verb, url, HEADERS, body)).status


def person(here: Here, **card: t.Any) -> str:
    made = here.website.add_new_people_profile(here.website_id, card)
    return str(made["people_id"])


@pytest.mark.parametrize("operator", ["OR 1=1) OR (1=1 OR", "xor", ""])
def test_an_operator_of_a_search_is_no_sql(here: Here, operator: str) -> None:
    person(here, email="jane@acme.example")
    wanted = [{"criterion": "email", "operator": "eq", "query": ["x"]}] * 2
    search = {"search": {"filter": wanted, "operator": operator}}

    with pytest.raises(InvalidRequestError, match="with and, or with or"):
        here.website.batch_remove_items(here.website_id, {"people": search})

    assert here.website.get_people_statistics(here.website_id) == {"total": 1}


def test_a_search_may_have_many_values(here: Here) -> None:
    people_id = person(here, email="jane@acme.example")
    values = [f"{number}@acme.example" for number in range(5000)]
    wanted: list[dict[str, t.Any]] = [
        {"model": "people", "criterion": "email", "operator": "eq", "query": values}
    ]
    listed = here.website.list_people_profiles

    assert listed(here.website_id, search_filter=wanted) == []
    wanted[0]["query"].append("jane@acme.example")
    assert len(listed(here.website_id, search_filter=wanted)) == 1
    many = {"people": {"profiles": [*values, people_id]}}
    here.website.batch_remove_items(here.website_id, many)
    assert listed(here.website_id) == []
    with pytest.raises(InvalidRequestError, match="up to 100 criteria"):
        listed(here.website_id, search_filter=wanted[:1] * 101, search_operator="or")


def test_fields_that_a_body_does_not_have_are_left_out(here: Here) -> None:
    jane = person(here, email="jane@acme.example", people_id="mine")
    joe = person(here, email="joe@acme.example", people_id=jane)
    website, place = here.website, (here.website_id, jane)

    website.update_people_profile(
        *place, {"people/data": [1], "website/people/subscription": [1]}
    )
    made = website.create_new_campaign(
        here.website_id,
        {"type": "one-shot", "name": "A", "recipients": [1], "dispatched": True},
    )
    website.update_campaign(
        here.website_id, made["campaign_id"], {"dispatched": True, "progress": 100}
    )

    assert jane not in {"mine", joe}
    assert website.get_people_data(*place) == {"data": {}}
    assert website.get_people_subscription_status(*place) == {"email": True}
    campaign = website.get_campaign(here.website_id, made["campaign_id"])
    assert campaign["dispatched"] is False
    assert "recipients" not in campaign


def test_what_has_the_same_identifier_stays(here: Here) -> None:
    website, sandbox = here.website, here.sandbox
    website.initialize_helpdesk(here.website_id, {"name": "A", "domain_basic": "acme"})
    for key in ("helpdesk", sandbox.user_id, sandbox.plugin_id):
        place = (here.website_id, key)
        website.initiate_conversation_with_existing_session(*place)
        here.say(key, "hello")
        website.remove_conversation(*place)

    assert website.check_helpdesk_exists(here.website_id) is True
    assert len(website.list_website_operators(here.website_id)) == 1
    assert website.get_website(here.website_id)


@pytest.mark.parametrize(
    "body",
    [
        b'{"email":"a\\u0000b"}',
        b'{"email":"a\xed\xa0\x80b"}',
        json.dumps({"email": "a"}).encode("utf-16"),
        b'{"email":"a","person":{"timezone":%d}}' % 2**63,
    ],
    ids=range(4),
)
def test_a_body_that_cannot_be_kept_is_refused(here: Here, body: bytes) -> None:
    assert send(here, "POST", "people/profile", body) == 400


@pytest.mark.parametrize(
    "query",
    [
        "sort_field=x%00y",
        'search_filter=[{"criterion":"x\\u0000"}]',
        'search_filter=[{"criterion":"\\ud800"}]',
    ],
)
def test_a_query_that_cannot_be_kept_is_refused(here: Here, query: str) -> None:
    assert send(here, "GET", f"people/profiles/1?{query}") == 400


def test_a_text_to_search_for_may_look_like_json(here: Here) -> None:
    here.open("[hello] world")
    here.open("other", segments=["[1]"])

    assert here.listed(search_query="[hello] world") == ["[hello] world"]
    assert here.listed(search_query="[1]", search_type="segment") == ["other"]


def test_the_next_message_with_a_fingerprint_is_reached(here: Here) -> None:
    session_id = here.open()
    for text in ("a", "b", "c"):
        here.say(session_id, text, fingerprint=7)
    place = (here.website_id, session_id, 7)

    here.website.remove_message_in_conversation(*place)
    assert here.website.get_message_in_conversation(*place)["content"] == "b"
    for _ in range(2):
        here.website.remove_message_in_conversation(*place)

    assert here.said(session_id) == []
    assert here.listed() == []


def test_pages_by_timestamp_have_all_messages_when_time_stands_still() -> None:
    sandbox = Sandbox(clock=lambda: 1_700_000_000)
    here = Here(sandbox, Crisp("i", "k", transport=sandbox), sandbox.website_id)
    session_id = here.open()
    texts = [str(number) for number in range(100)]
    for text in texts:
        here.say(session_id, text)

    found: list[str] = []
    place = (here.website_id, session_id)
    before: dict[str, int] = {}
    while page := here.website.get_messages_in_conversation(*place, before):
        found = [one["content"] for one in page] + found
        before = {"timestamp_before": page[0]["timestamp"]}

    assert found == texts


def test_a_message_of_the_past_is_not_the_last_one(here: Here) -> None:
    session_id = here.open("new")
    here.say(session_id, "old", timestamp=1000)

    assert here.listed() == ["new"]


def test_a_page_after_going_back_begins_where_it_should(here: Here) -> None:
    for number in range(60):
        here.open(f"{number}")
    snapshot = here.sandbox.snapshot()
    sessions = here.website.list_conversations(here.website_id)
    gone = {"sessions": [one["session_id"] for one in sessions]}
    here.website.batch_remove_items(here.website_id, gone)
    here.listed(1)

    here.sandbox.restore(snapshot)

    assert here.listed(2) == [f"{number}" for number in range(39, 19, -1)]


def test_objects_in_a_list_are_complete(here: Here) -> None:
    session_id, website = here.open("hello"), here.website
    place = (here.website_id, session_id)

    with pytest.raises(InvalidRequestError, match=r"'\.participants\[0\]\.type'"):
        website.save_conversation_participants(*place, {"participants": [{}]})
    with pytest.raises(InvalidRequestError, match=r"'\.references\[0\]\.type'"):
        here.say(session_id, "x", references=[{}])


def test_an_address_that_is_none_is_refused(here: Here) -> None:
    website, session_id = here.website, here.open()
    place = (here.website_id, session_id)
    wrong = {"email": "jane at acme"}
    transcript = website.request_email_transcript_for_conversation

    calls: tuple[t.Callable[[], object], ...] = (
        lambda: website.add_new_people_profile(here.website_id, wrong),
        lambda: website.update_conversation_metas(*place, wrong),
        lambda: transcript(*place, {"to": "other", **wrong}),
    )
    for call in calls:
        with pytest.raises(InvalidRequestError, match=r"an e-mail address at '\.email"):
            call()
    transcript(*place, {"to": "operator"})


def test_nobody_is_known_by_a_person_who_is_gone(here: Here) -> None:
    website, here_id = here.website, here.website_id
    people_id = person(here, email="Jane@acme.example")
    session_id = here.open("hello", email="jane@ACME.example")
    shown = website.get_conversation(here_id, session_id)
    assert shown["people_id"] == people_id
    other = here.open("other", email="jane@acme.example")
    website.update_conversation_metas(here_id, other, {"email": "x@acme.example"})
    assert "people_id" not in website.get_conversation(here_id, other)

    website.remove_people_profile(here_id, "jane@acme.example")

    assert "people_id" not in website.get_conversation(here_id, session_id)


def test_a_plugin_does_not_reach_other_plugins_and_websites(here: Here) -> None:
    website_id = here.website_id
    other = here.website.create_website({"name": "B", "domain": "b.example"})
    user: t.Any = Crisp("i", "k", transport=here.sandbox)
    user.plugin.subscribe_plugin_to_website(website_id, {"plugin_id": "other"})
    own = (other["website_id"], here.sandbox.plugin_id)
    user.plugin.unsubscribe_plugin_from_website(*own)

    with pytest.raises(NotFoundError):
        here.client.plugin.dispatch_plugin_event(website_id, "other", {"name": "x"})
    resource: t.Any = {"type": "website", "id": other["website_id"]}
    file: t.Any = {"namespace": "upload", "resource": resource}
    with pytest.raises(NotFoundError, match="not_subscribed"):
        here.client.bucket.generate_bucket_url(file)


def test_scopes_are_no_text() -> None:
    with pytest.raises(TypeError, match="not one text"):
        Sandbox(tokens=[Token("i", "k", "plugin", "website:operators:read")])


@pytest.mark.parametrize(
    "dumped",
    [
        {},
        {"objects": []},
        {"objects": {"conversation": [{}]}, "counters": {}},
        {"objects": {"conversation": [{"path": ["a"], "document": {}}]}},
        {"objects": {"conversation": [{"path": ["a", "b"], "document": []}]}},
        {"objects": {"conversation": [{"path": ["a", "\x1f"], "document": {}}]}},
        {"objects": {'x"': [{"path": ["a"], "document": {}}]}},
    ],
)
def test_what_is_no_dump_is_refused(here: Here, dumped: dict[str, t.Any]) -> None:
    here.open("hello")

    with pytest.raises(ValueError, match="is not what dump"):
        here.sandbox.load({"version": 1, **dumped})

    assert here.listed() == ["hello"]


@pytest.mark.parametrize("path", ["", ":memory:"])
def test_a_data_file_has_a_name(path: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a data file"):
        Sandbox(path=path)
