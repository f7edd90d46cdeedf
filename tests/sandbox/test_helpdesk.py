"""The helpdesk of the sandbox, and its old model: articles, categories, sections."""

from __future__ import annotations

import datetime as dt
import re
import typing as t

import pytest

from crisp_api import (
    ConflictError,
    Crisp,
    CrispError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    table,
)
from crisp_api.sandbox import Sandbox
from crisp_api.sandbox.model_helpdesk import ENTRY, FEEDBACK
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


# --- the old model is read-only


OLD_WRITES = [
    one
    for one in table.operations()
    if re.search("/helpdesk/.*/(article|category)(/|$)", one.path)
    and one.verb not in {"GET", "HEAD"}
]


def test_the_old_writes_are_those_of_its_content() -> None:
    nouns = {"article", "category", "section", "alternate"}
    words = {word for one in OLD_WRITES for word in one.name.split("_")}

    assert nouns < words
    assert all(one.deprecated for one in OLD_WRITES)
    assert len(OLD_WRITES) == 17


@pytest.mark.parametrize("operation", OLD_WRITES, ids=lambda one: one.name)
def test_the_old_content_cannot_be_written(operation: table.Operation) -> None:
    desk = open_desk("en", legacy_helpdesk=False)
    desk.grow("orders/pay.md")
    arguments = [
        {"title": "A", "name": "A", "category_id": "c", "article_id": "a"}
        if one.location == "body"
        else "en"
        for one in operation.parameters[1:]
    ]

    with pytest.raises(PermissionDeniedError) as caught:
        desk(operation.name, *arguments)

    assert caught.value.reason == "website_cannot_write_to_legacy_helpdesk"
    assert desk.tree() == ["orders", "orders/pay.md"]


def test_the_old_content_can_be_read() -> None:
    desk = open_desk("en", legacy_helpdesk=False)
    desk.grow("orders/pay.md")

    (article,) = desk("list_helpdesk_locale_articles", "en")
    (category,) = desk("list_helpdesk_locale_categories", "en")

    assert (article["title"], category["name"]) == ("Pay", "Orders")
    found = desk(
        "resolve_helpdesk_locale_article_category", "en", article["article_id"]
    )
    assert found == {"category_id": category["category_id"]}


# --- articles


def test_a_new_article_is_a_draft_without_a_category(desk: Desk) -> None:
    article_id = desk.article("How to pay?")

    article = desk("resolve_helpdesk_locale_article", "en", article_id)

    assert article == {
        "article_id": article_id,
        "title": "How to pay?",
        "description": None,
        "content": "",
        "status": "draft",
        "visibility": "visible",
        "featured": False,
        "visits": 0,
        "order": 0,
        "created_at": article["updated_at"],
        "updated_at": article["created_at"],
    }
    assert desk("check_helpdesk_locale_article_exists", "en", article_id) is True
    assert desk("check_helpdesk_locale_article_exists", "fr", article_id) is False
    category = desk("resolve_helpdesk_locale_article_category", "en", article_id)
    assert category == {"category_id": ""}


def test_an_article_is_updated_saved_and_deleted(desk: Desk) -> None:
    article_id = desk.article("Pay", content="Text", featured=True, order=7)

    desk("update_helpdesk_locale_article", "en", article_id, {"title": "How to pay"})
    updated = desk("resolve_helpdesk_locale_article", "en", article_id)
    desk("save_helpdesk_locale_article", "en", article_id, {"title": "Buy"})
    saved = desk("resolve_helpdesk_locale_article", "en", article_id)

    assert (updated["title"], updated["content"]) == ("How to pay", "Text")
    assert updated["updated_at"] > updated["created_at"]
    assert (saved["title"], saved["content"]) == ("Buy", "")
    assert (saved["featured"], saved["order"]) == (False, 7)
    assert saved["created_at"] == updated["created_at"]
    desk("delete_helpdesk_locale_article", "en", article_id)
    assert desk("check_helpdesk_locale_article_exists", "en", article_id) is False
    assert desk.tree() == []
    with pytest.raises(NotFoundError, match="the article does not exist"):
        desk("resolve_helpdesk_locale_article", "en", article_id)


def test_fields_that_crisp_sets_are_not_written(desk: Desk) -> None:
    article_id = desk.article("Pay", visits=9, url="https://acme/", created_at=1)

    article = desk("resolve_helpdesk_locale_article", "en", article_id)

    assert (article["visits"], "url" in article) == (0, False)
    assert article["created_at"] > 1


def test_an_order_may_not_be_huge(desk: Desk) -> None:
    article_id = desk.article("Pay")

    with pytest.raises(InvalidRequestError, match="order should be at most"):
        desk("update_helpdesk_locale_article", "en", article_id, {"order": 10**30})

    article = desk("resolve_helpdesk_locale_article", "en", article_id)
    assert article["order"] == 0


def test_publishing_returns_the_address(desk: Desk) -> None:
    article_id = desk.article("How to pay?")

    url = desk("publish_helpdesk_locale_article", "en", article_id)["url"]

    assert url == f"https://acme.crisp.help/en/article/how-to-pay-{article_id[:8]}/"
    article = desk("resolve_helpdesk_locale_article", "en", article_id)
    assert (article["status"], article["url"]) == ("published", url)
    assert article["published_at"] == article["updated_at"]
    page = desk("resolve_helpdesk_locale_article_page", "en", article_id)
    assert page == {"title": "How to pay?", "url": url}
    desk("unpublish_helpdesk_locale_article", "en", article_id)
    article = desk("resolve_helpdesk_locale_article", "en", article_id)
    assert article["status"] == "draft"
    assert not {"url", "published_at"} & article.keys()


def test_only_articles_are_listed_as_articles(desk: Desk) -> None:
    article_id = desk.article("Pay")
    desk("create_helpdesk_tree_path", "en", "guides", "start.md")

    listed = desk("list_helpdesk_locale_articles", "en")

    assert [one["article_id"] for one in listed] == [article_id]
    entries = desk.sandbox.dump()["objects"][ENTRY.name]
    (guide,) = (one["document"] for one in entries if "guides" in one["path"])
    guide_id = guide["article_id"]
    assert desk("check_helpdesk_locale_article_exists", "en", guide_id) is False


def test_articles_are_filtered(desk: Desk) -> None:
    category_id = desk.category("Orders")
    section_id = desk.section(category_id, "Delivery")
    pay = desk.article("How to PAY", status="published")
    send = desk.article("Sending", visibility="hidden")
    wait = desk.article("Waiting", status="published", visibility="hidden")
    for article_id, category in (
        (send, {"category_id": category_id}),
        (wait, {"category_id": category_id, "section_id": section_id}),
    ):
        desk("update_helpdesk_locale_article_category", "en", article_id, category)
    moment = desk("resolve_helpdesk_locale_article", "en", send)["updated_at"]
    date = dt.datetime.fromtimestamp(moment / 1000, dt.UTC)

    def found(**filters: t.Any) -> set[str]:
        listed = desk("list_helpdesk_locale_articles", "en", **filters)
        return {one["article_id"] for one in listed}

    assert found() == {pay, send, wait}
    assert found(search_title="pay") == {pay}
    assert found(search_title="") == {pay, send, wait}
    assert found(filter_category_id=category_id) == {send, wait}
    assert found(filter_section_id=section_id) == {wait}
    assert found(filter_status_published=True) == {pay, wait}
    assert found(filter_status_draft=True) == {send}
    both = {"filter_status_draft": True, "filter_status_published": True}
    assert found(**both) == {pay, send, wait}
    assert found(filter_visibility_visible=True) == {pay}
    hidden = {"filter_visibility_hidden": True}
    assert found(**hidden, filter_status_draft=True) == {send}
    assert found(filter_date_start=date) == {send, wait}
    assert found(filter_date_end=date) == {pay, send}


def test_articles_are_ordered_by_place_or_by_visits(desk: Desk) -> None:
    titles = ["a", "b", "c"]
    ids = [desk.article(title) for title in titles]
    state = desk.sandbox.dump()
    for item, visits in zip(state["objects"][ENTRY.name], (5, 9, 7), strict=True):
        item["document"]["visits"] = visits
    desk.sandbox.load(state)

    listed = desk("list_helpdesk_locale_articles", "en")
    by_visits = desk("list_helpdesk_locale_articles", "en", order_visits=True)

    assert [one["article_id"] for one in listed] == ids
    assert [one["title"] for one in by_visits] == ["b", "c", "a"]
    assert desk("list_helpdesk_locale_articles", "en", 2) == []


# --- categories and sections


def test_categories_are_added_changed_listed_and_deleted(desk: Desk) -> None:
    orders, refunds = desk.category("Orders"), desk.category("Refunds")

    desk(
        "update_helpdesk_locale_category",
        "en",
        orders,
        {"description": "All of them", "color": "#377FEA", "image": "https://a/b.png"},
    )

    category = desk("resolve_helpdesk_locale_category", "en", orders)
    assert category == {
        "category_id": orders,
        "name": "Orders",
        "description": "All of them",
        "color": "#377FEA",
        "image": "https://a/b.png",
        "order": 0,
    }
    listed = desk("list_helpdesk_locale_categories", "en")
    assert [one["category_id"] for one in listed] == [orders, refunds]
    found = desk("list_helpdesk_locale_categories", "en", search_name="FUND")
    assert [one["category_id"] for one in found] == [refunds]
    desk("save_helpdesk_locale_category", "en", orders, {"name": "Purchases"})
    category = desk("resolve_helpdesk_locale_category", "en", orders)
    assert category == {
        "category_id": orders,
        "name": "Purchases",
        "description": None,
        "image": None,
        "order": 0,
    }
    desk("delete_helpdesk_locale_category", "en", orders)
    assert desk("check_helpdesk_locale_category_exists", "en", orders) is False
    assert desk("check_helpdesk_locale_category_exists", "en", refunds) is True


def test_sections_are_added_changed_listed_and_deleted(desk: Desk) -> None:
    orders, refunds = desk.category("Orders"), desk.category("Refunds")
    first, second = desk.section(orders, "Delivery"), desk.section(orders, "Returns")

    desk("update_helpdesk_locale_section", "en", orders, first, {"order": 5})

    section = desk("resolve_helpdesk_locale_section", "en", orders, first)
    assert (section["section_id"], section["name"]) == (first, "Delivery")
    assert section["updated_at"] > section["created_at"]
    listed = desk("list_helpdesk_locale_sections", "en", orders)
    assert [one["section_id"] for one in listed] == [second, first]
    found = desk("list_helpdesk_locale_sections", "en", orders, search_name="deli")
    assert [one["section_id"] for one in found] == [first]
    assert desk("list_helpdesk_locale_sections", "en", refunds) == []
    desk("save_helpdesk_locale_section", "en", orders, first, {"name": "Sending"})
    section = desk("resolve_helpdesk_locale_section", "en", orders, first)
    assert (section["name"], section["order"]) == ("Sending", 5)
    exists = "check_helpdesk_locale_section_exists"
    assert desk(exists, "en", refunds, first) is False
    assert desk(exists, "en", orders, refunds) is False
    assert desk(exists, "en", orders, first) is True
    desk("delete_helpdesk_locale_section", "en", orders, first)
    assert desk(exists, "en", orders, first) is False
    with pytest.raises(NotFoundError, match="the category does not exist"):
        desk.section(second, "Deeper")
    with pytest.raises(NotFoundError, match="the category does not exist"):
        desk("list_helpdesk_locale_sections", "en", NOBODY)
    listed = desk("list_helpdesk_locale_categories", "en")
    assert [one["category_id"] for one in listed] == [orders, refunds]


def test_an_article_moves_to_a_category_and_a_section(desk: Desk) -> None:
    orders, refunds = desk.category("Orders"), desk.category("Refunds")
    delivery = desk.section(orders, "Delivery")
    article_id = desk.article("Pay")

    def move(**category: str) -> t.Any:
        desk("update_helpdesk_locale_article_category", "en", article_id, category)
        return desk("resolve_helpdesk_locale_article_category", "en", article_id)

    both = {"category_id": orders, "section_id": delivery}
    assert move(**both) == both
    assert desk.tree() == [
        "orders",
        "orders/delivery",
        "orders/delivery/pay.md",
        "refunds",
    ]
    for wrong in (
        {"category_id": NOBODY},
        {"category_id": delivery},
        {"category_id": refunds, "section_id": delivery},
    ):
        with pytest.raises(InvalidRequestError, match="does not exist"):
            move(**wrong)
    assert move(category_id=orders) == {"category_id": orders}
    assert move(category_id=orders) == {"category_id": orders}


def test_an_article_gets_another_file_name_where_its_own_is_taken(desk: Desk) -> None:
    category_id = desk.category("Orders")
    ids = [desk.article("Pay") for _ in range(2)]

    for article_id in ids:
        category = {"category_id": category_id}
        desk("update_helpdesk_locale_article_category", "en", article_id, category)
    desk.article("Pay")
    desk.article("?!")

    other = f"orders/pay-{ids[1][:8]}.md"
    assert desk.tree() == ["orders", "orders/pay.md", other, "pay.md", "untitled.md"]
    desk("delete_helpdesk_locale_category", "en", category_id)
    assert desk.tree() == [
        "pay.md",
        "untitled.md",
        f"pay-{ids[0][:8]}.md",
        f"pay-{ids[1][:8]}.md",
    ]


def test_articles_stay_when_their_category_is_deleted(desk: Desk) -> None:
    orders = desk.category("Orders")
    delivery, returns = (desk.section(orders, one) for one in ("Delivery", "Returns"))
    pay, send, back = (desk.article(one) for one in ("Pay", "Send", "Back"))
    for article_id, category in (
        (pay, {"category_id": orders}),
        (send, {"category_id": orders, "section_id": delivery}),
        (back, {"category_id": orders, "section_id": returns}),
    ):
        desk("update_helpdesk_locale_article_category", "en", article_id, category)

    desk("delete_helpdesk_locale_section", "en", orders, delivery)
    in_category = desk("resolve_helpdesk_locale_article_category", "en", send)
    desk("delete_helpdesk_locale_category", "en", orders)

    assert in_category == {"category_id": orders}
    assert set(desk.tree()) == {"pay.md", "send.md", "back.md"}
    for article_id in (pay, send, back):
        category = desk("resolve_helpdesk_locale_article_category", "en", article_id)
        assert category == {"category_id": ""}


# --- alternates


def test_alternates_link_articles_in_both_directions(desk: Desk) -> None:
    pay, payer = desk.article("Pay"), desk.article("Payer", "fr")

    desk(
        "save_helpdesk_locale_article_alternate", "en", pay, "fr", {"article_id": payer}
    )

    link = {"locale": "fr", "article_id": payer}
    back = {"locale": "en", "article_id": pay}
    assert desk("list_helpdesk_locale_article_alternates", "en", pay) == [link]
    assert desk("list_helpdesk_locale_article_alternates", "fr", payer) == [back]
    resolve = "resolve_helpdesk_locale_article_alternate"
    check = "check_helpdesk_locale_article_alternate_exists"
    assert desk(resolve, "fr", payer, "en") == back
    assert desk(check, "en", pay, "fr") is True
    desk("delete_helpdesk_locale_article_alternate", "fr", payer, "en")
    assert desk(check, "en", pay, "fr") is False
    assert desk("list_helpdesk_locale_article_alternates", "fr", payer) == []
    with pytest.raises(NotFoundError, match="the alternate does not exist"):
        desk(resolve, "en", pay, "fr")
    with pytest.raises(NotFoundError, match="the alternate does not exist"):
        desk("delete_helpdesk_locale_article_alternate", "en", pay, "fr")


def test_a_new_alternate_replaces_the_one_before(desk: Desk) -> None:
    pay, buy = desk.article("Pay"), desk.article("Buy")
    payer = desk.article("Payer", "fr")
    save = "save_helpdesk_locale_article_alternate"
    desk(save, "en", pay, "fr", {"article_id": payer})

    desk(save, "en", buy, "fr", {"article_id": payer})

    assert desk("list_helpdesk_locale_article_alternates", "en", pay) == []
    (link,) = desk("list_helpdesk_locale_article_alternates", "fr", payer)
    assert link["article_id"] == buy
    desk("delete_helpdesk_locale_article", "en", buy)
    assert desk("list_helpdesk_locale_article_alternates", "fr", payer) == []


def test_an_alternate_is_an_article_in_another_language(desk: Desk) -> None:
    pay, buy = desk.article("Pay"), desk.article("Buy")
    save = "save_helpdesk_locale_article_alternate"

    for locale, article_id in (("fr", buy), ("en", buy), ("en", pay), ("de", buy)):
        with pytest.raises(InvalidRequestError, match="does not exist in"):
            desk(save, "en", pay, locale, {"article_id": article_id})

    assert desk("list_helpdesk_locale_article_alternates", "en", pay) == []


def test_a_failure_changes_nothing(desk: Desk) -> None:
    before = desk.sandbox.dump()

    with pytest.raises(CrispError):
        desk("update_helpdesk_locale_article", "en", NOBODY, {"title": "A"})

    assert desk.sandbox.dump() == before
