"""The helpdesk of the sandbox: languages, domains, settings, redirections, feedback."""

from __future__ import annotations

import datetime as dt
import typing as t

import pytest

from crisp_api import (
    ConflictError,
    Crisp,
    InvalidRequestError,
    NotFoundError,
)
from crisp_api.sandbox import Sandbox
from crisp_api.sandbox.model_helpdesk import FEEDBACK
from tests.sandbox.desk import Desk, open_desk

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def desk() -> Desk:
    """A helpdesk in English and French that takes the old writes."""
    return open_desk("en", "fr", legacy_helpdesk=True)


# --- the helpdesk


def test_a_website_has_no_helpdesk_at_first() -> None:
    sandbox = Sandbox()
    desk = Desk(sandbox, Crisp("i", "k", transport=sandbox))

    assert desk("check_helpdesk_exists") is False
    with pytest.raises(NotFoundError, match="the helpdesk does not exist"):
        desk("resolve_helpdesk")
    with pytest.raises(NotFoundError, match="the helpdesk does not exist"):
        desk("list_helpdesk_tree", "en", "articles")
    with pytest.raises(NotFoundError, match="the helpdesk does not exist"):
        desk("add_helpdesk_redirection", {"path": "/a/", "target": "/b/"})


def test_a_helpdesk_that_was_initialized_is_there() -> None:
    desk = open_desk()

    assert desk("check_helpdesk_exists") is True
    assert desk("resolve_helpdesk") == {
        "name": "Acme Help",
        "url": "https://acme.crisp.help/",
    }
    with pytest.raises(ConflictError):
        desk("initialize_helpdesk", {"name": "Again", "domain_basic": "again"})


@pytest.mark.parametrize("name", ["", "Acme", "acme.com", "-acme", "a b"])
def test_a_basic_domain_must_be_a_name(name: str) -> None:
    sandbox = Sandbox()
    website = Crisp("i", "k", transport=sandbox).website

    with pytest.raises(InvalidRequestError, match="basic domain"):
        website.initialize_helpdesk(
            sandbox.website_id, {"name": "Acme", "domain_basic": name}
        )


def test_a_helpdesk_needs_a_website() -> None:
    website = Crisp("i", "k", transport=Sandbox()).website

    with pytest.raises(NotFoundError, match="the website does not exist"):
        website.resolve_helpdesk(NOBODY)
    with pytest.raises(NotFoundError, match="the website does not exist"):
        website.initialize_helpdesk(NOBODY, {"name": "A", "domain_basic": "a"})


def test_a_deleted_helpdesk_is_gone_with_all_that_it_had(desk: Desk) -> None:
    desk.article("How to pay")
    desk("add_helpdesk_redirection", {"path": "/a/", "target": "/b/"})
    proof = {"verify": {"method": "password", "secret": "s"}}

    desk("delete_helpdesk", proof)

    assert desk("check_helpdesk_exists") is False
    desk("initialize_helpdesk", {"name": "New", "domain_basic": "new"})
    assert desk("list_helpdesk_locales") == []
    assert desk("list_helpdesk_redirections") == []
    assert desk("list_helpdesk_history_changes") == []
    assert desk("resolve_helpdesk")["name"] == "New"
    assert desk("get_website")


# --- languages


def test_languages_are_listed_with_the_amount_of_their_content(desk: Desk) -> None:
    desk.article("How to pay")
    desk.category("Orders")
    desk("create_helpdesk_tree_path", "en", "guides", "start.md")

    english, french = desk("list_helpdesk_locales")

    assert [english["locale"], french["locale"]] == ["en", "fr"]
    assert english["locale_id"] != french["locale_id"]
    assert english["url"] == "https://acme.crisp.help/en/"
    assert english["statistics"] == {
        "articles": {"entries": 1, "groups": 1},
        "guides": {"entries": 1, "groups": 0},
        "references": {"entries": 0, "groups": 0},
        "news": {"entries": 0, "groups": 0},
    }
    assert desk("resolve_helpdesk_locale", "en") == english
    assert desk("list_helpdesk_locales", 2) == []


def test_a_language_is_added_once(desk: Desk) -> None:
    desk("add_helpdesk_locale", {"locale": "pt-br"})

    assert desk("check_helpdesk_locale_exists", "pt-br") is True
    assert desk("check_helpdesk_locale_exists", "de") is False
    with pytest.raises(ConflictError):
        desk("add_helpdesk_locale", {"locale": "en"})
    with pytest.raises(InvalidRequestError, match="a language code"):
        desk("add_helpdesk_locale", {"locale": "English"})


def test_a_deleted_language_is_gone_with_its_content(desk: Desk) -> None:
    article_id = desk.article("How to pay")
    session = {"session_id": "en"}
    desk("initiate_conversation_with_existing_session", "en")

    desk("delete_helpdesk_locale", "en")

    assert desk("check_helpdesk_locale_exists", "en") is False
    with pytest.raises(NotFoundError, match="the locale does not exist"):
        desk("list_helpdesk_locale_articles", "en")
    desk("add_helpdesk_locale", {"locale": "en"})
    assert desk("check_helpdesk_locale_article_exists", "en", article_id) is False
    assert desk("check_conversation_exists", session["session_id"]) is True


# --- domains, settings, redirections


def test_a_custom_domain_is_used_once_it_is_verified() -> None:
    desk = open_desk("en")
    assert desk("resolve_helpdesk_domain") == {"root": "crisp.help", "basic": "acme"}

    desk("request_helpdesk_domain_change", {"custom": "help.acme.com"})

    domain = desk("resolve_helpdesk_domain")
    assert domain == {
        "root": "crisp.help",
        "basic": "acme",
        "custom": "help.acme.com",
        "verified": False,
    }
    assert desk("resolve_helpdesk")["url"] == "https://acme.crisp.help/"
    state = desk.sandbox.dump()
    state["objects"]["helpdesk"][0]["document"]["domain"]["verified"] = True
    desk.sandbox.load(state)
    assert desk("resolve_helpdesk")["url"] == "https://help.acme.com/"
    assert desk("resolve_helpdesk_locale", "en")["url"] == "https://help.acme.com/en/"


def test_domains_are_changed_one_by_one() -> None:
    desk = open_desk()
    desk("request_helpdesk_domain_change", {"custom": "help.acme.com"})

    desk("request_helpdesk_domain_change", {"basic": "acme-2"})

    assert desk("resolve_helpdesk_domain")["basic"] == "acme-2"
    assert desk("resolve_helpdesk_domain")["custom"] == "help.acme.com"
    desk("request_helpdesk_domain_change", {"custom": ""})
    assert desk("resolve_helpdesk_domain") == {"root": "crisp.help", "basic": "acme-2"}


@pytest.mark.parametrize("domain", [{"basic": "a b"}, {"custom": "help"}])
def test_a_domain_must_be_one(domain: dict[str, str]) -> None:
    desk = open_desk()

    with pytest.raises(InvalidRequestError, match="domain should be"):
        desk("request_helpdesk_domain_change", domain)


def test_a_custom_domain_needs_a_record() -> None:
    desk = open_desk()

    flow = desk("generate_helpdesk_domain_setup_flow", custom="help.acme.com")

    assert flow == {
        "custom": "help.acme.com",
        "setup": {
            "records": [
                {
                    "type": "CNAME",
                    "query": "help.acme.com",
                    "name": "help",
                    "value": "acme.crisp.help",
                }
            ]
        },
    }
    with pytest.raises(InvalidRequestError, match=r"property '\.custom'"):
        desk("generate_helpdesk_domain_setup_flow")
    desk("request_helpdesk_domain_change", {"custom": "help.acme.com"})
    assert desk("generate_helpdesk_domain_setup_flow") == flow


def test_settings_are_merged() -> None:
    desk = open_desk()
    desk(
        "save_helpdesk_settings",
        {"behavior": {"ask_feedback": True, "refer_link": True}},
    )

    desk(
        "save_helpdesk_settings",
        {"name": "Help", "behavior": {"refer_link": False}, "include": {"html": None}},
    )

    assert desk("resolve_helpdesk_settings") == {
        "name": "Help",
        "behavior": {"ask_feedback": True, "refer_link": False},
        "include": {"html": None},
    }
    assert desk("resolve_helpdesk")["name"] == "Help"


def test_redirections_are_added_listed_and_deleted() -> None:
    desk = open_desk()
    for name in ("a", "b"):
        desk("add_helpdesk_redirection", {"path": f"/{name}/", "target": "/en/"})

    last, first = desk("list_helpdesk_redirections")

    assert (first["path"], last["path"], last["target"]) == ("/a/", "/b/", "/en/")
    assert first["created_at"] == first["updated_at"] < last["created_at"]
    key = first["redirection_id"]
    assert desk("check_helpdesk_redirection_exists", key) is True
    assert desk("resolve_helpdesk_redirection", key) == first
    desk("delete_helpdesk_redirection", key)
    assert desk("check_helpdesk_redirection_exists", key) is False
    assert desk("list_helpdesk_redirections") == [last]


def test_a_redirection_begins_with_a_slash() -> None:
    desk = open_desk()

    with pytest.raises(InvalidRequestError, match="begin with a slash"):
        desk("add_helpdesk_redirection", {"path": "a/", "target": "/b/"})

    assert desk("list_helpdesk_redirections") == []


# --- feedback, import, export


def rate(desk: Desk, content_type: str, number: int, rating: str) -> None:
    """Keep the feedback of a reader, as of a day of January 2026."""
    path = (desk.sandbox.website_id, "helpdesk", "en", content_type, f"f{number}")
    moment = int(dt.datetime(2026, 1, number, tzinfo=dt.UTC).timestamp() * 1000)
    feedback = {
        "feedback_id": path[-1],
        "rating": rating,
        "comment": f"comment {number}",
        "article": {"article_id": "a", "title": "How to pay", "url": "https://acme/"},
        "created_at": moment,
    }
    objects = {FEEDBACK.name: [{"path": path, "document": feedback}]}
    desk.sandbox.load({"version": 1, "counters": {}, "objects": objects})


def test_feedback_is_listed_and_counted_over_a_period() -> None:
    desk = open_desk("en")
    for number, rating in enumerate(("helpful", "helpful", "unhelpful"), 1):
        rate(desk, "articles", number, rating)
    rate(desk, "guides", 4, "unhelpful")
    period = {"filter_date_start": dt.date(2026, 1, 2), "filter_date_end": "2026-01-03"}

    for listed, rated, names in (
        ("list_helpdesk_locale_feedbacks", "map_helpdesk_locale_feedback_ratings", ()),
        ("list_helpdesk_feedbacks", "map_helpdesk_feedback_ratings", ("articles",)),
    ):
        everything = desk(listed, "en", *names)
        assert [one["comment"][-1] for one in everything] == ["3", "2", "1"]
        assert desk(rated, "en", *names)["ratings"] == {"helpful": 2, "unhelpful": 1}
        some = desk(listed, "en", *names, **period)
        assert [one["comment"][-1] for one in some] == ["3", "2"]
        votes = desk(rated, "en", *names, **period)["ratings"]
        assert votes == {"helpful": 1, "unhelpful": 1}
    votes = desk("map_helpdesk_feedback_ratings", "en", "guides")["ratings"]
    assert votes == {"helpful": 0, "unhelpful": 1}


def test_a_date_may_be_empty_as_go_sends_it() -> None:
    desk = open_desk("en")
    rate(desk, "articles", 1, "helpful")
    path = f"website/{desk.sandbox.website_id}/helpdesk/feedback/ratings/en/articles"

    votes = desk.client.get(f"{path}?filter_date_start=&filter_date_end=")

    assert votes == {"ratings": {"helpful": 1, "unhelpful": 0}}


@pytest.mark.parametrize("is_old", [True, False])
def test_imports_exports_and_refreshes_are_accepted_for_what_exists(
    *, is_old: bool
) -> None:
    desk = open_desk("en")
    site = {"helpdesk_url": "https://docs.acme.com/"}
    old: list[tuple[str, t.Any]] = [
        ("import_external_helpdesk_to_locale", (site,)),
        ("export_helpdesk_locale_articles", ()),
    ]
    new: list[tuple[str, t.Any]] = [
        ("import_external_helpdesk", ("news", site)),
        ("export_helpdesk", ("news",)),
        ("request_helpdesk_content_refresh", ("news",)),
    ]

    for name, arguments in old if is_old else new:
        assert desk(name, "en", *arguments) is None
        with pytest.raises(NotFoundError, match="the locale does not exist"):
            desk(name, "de", *arguments)
