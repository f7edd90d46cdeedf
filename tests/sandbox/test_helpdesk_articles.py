"""The old model of the sandbox's helpdesk: articles, categories and sections."""

from __future__ import annotations

import datetime as dt
import re
import typing as t

import pytest

from crisp_api import (
    CrispError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    table,
)
from crisp_api.sandbox.model_helpdesk import ENTRY
from tests.sandbox.desk import Desk, open_desk

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def desk() -> Desk:
    """A helpdesk in English and French that takes the old writes."""
    return open_desk("en", "fr", legacy_helpdesk=True)


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
        desk("update_helpdesk_locale_article", "en", article_id, {"order": 10**15})

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
