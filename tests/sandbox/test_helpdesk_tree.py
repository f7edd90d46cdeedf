"""The new model of the sandbox's helpdesk: its tree and its pages."""

from __future__ import annotations

import datetime as dt

import pytest

from crisp_api import ConflictError, InvalidRequestError, NotFoundError
from crisp_api.http import Request
from tests.sandbox.desk import (
    HERE,
    Desk,
    describe,
    described,
    flat,
    move,
    open_desk,
    read,
    write,
)

PAGE = 20


@pytest.fixture
def desk() -> Desk:
    """A helpdesk in English and French that takes the old writes too."""
    return open_desk("en", "fr", legacy_helpdesk=True)


def reorder(desk: Desk, path: str, position: int) -> None:
    body = {"action": "position", "position": position}
    desk("update_helpdesk_tree_path", *HERE, path, body)


# --- paths


def test_a_new_entry_is_an_empty_draft(desk: Desk) -> None:
    desk.grow("orders", "orders/delivery", "orders/delivery/shipping-policy.md")

    path = "orders/delivery/shipping-policy.md"
    assert desk("resolve_helpdesk_tree_path", *HERE, path) == {
        "type": "entry",
        "slug": "shipping-policy.md",
        "title": "Shipping policy",
        "state": {"published": False, "hidden": False, "featured": False},
    }
    assert read(desk, path) == ""
    assert described(desk, path) == {
        "title": "Shipping policy",
        "author": {"user_id": desk.sandbox.user_id},
        "state": {"published": False, "hidden": False, "featured": False},
    }


def test_a_group_is_resolved_with_all_that_is_below_it(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/send.md")

    group = desk("resolve_helpdesk_tree_path", *HERE, "orders")

    assert (group["type"], group["slug"], group["title"]) == (
        "group",
        "orders",
        "Orders",
    )
    assert "state" not in group
    assert list(flat([group])) == [
        "orders",
        "orders/delivery",
        "orders/delivery/send.md",
        "orders/pay.md",
    ]


def test_groups_that_are_missing_are_created_with_a_path(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery/send.md", "refunds/money/back.md")

    assert desk.tree() == [
        "orders",
        "orders/delivery",
        "orders/delivery/send.md",
        "orders/pay.md",
        "refunds",
        "refunds/money",
        "refunds/money/back.md",
    ]


def test_a_path_is_created_once(desk: Desk) -> None:
    desk.grow("orders/pay.md", "pay.md")

    for path in ("orders", "orders/pay.md", "pay.md"):
        with pytest.raises(ConflictError):
            desk.grow(path)

    assert desk.tree() == ["orders", "orders/pay.md", "pay.md"]


@pytest.mark.parametrize(
    "path", ["a/b/c/d.md", "a/b/c", "a.md/b.md", "a/.md", "a.md/b"]
)
def test_a_path_is_category_section_and_file_name(desk: Desk, path: str) -> None:
    with pytest.raises(InvalidRequestError, match="path should be category"):
        desk.grow(path)

    assert desk.tree() == []


def test_a_path_that_does_not_exist_is_not_found(desk: Desk) -> None:
    desk.grow("orders/pay.md")

    for name in ("path", "content", "metadata", "page"):
        for path in ("x.md", "orders/x.md", "x/pay.md", "orders/pay.md/x.md"):
            with pytest.raises(NotFoundError, match="the helpdesk entry does not"):
                desk(f"resolve_helpdesk_tree_{name}", *HERE, path)
    with pytest.raises(NotFoundError, match="the locale does not exist"):
        desk("resolve_helpdesk_tree_path", "de", "articles", "orders/pay.md")
    with pytest.raises(NotFoundError):
        desk("resolve_helpdesk_tree_path", "en", "guides", "orders/pay.md")


def test_slashes_of_a_path_may_be_encoded(desk: Desk) -> None:
    desk.grow("orders/pay.md")
    route = f"website/{desk.sandbox.website_id}/helpdesk/tree/path/en/articles"
    headers = {"Authorization": "Basic aTpr"}

    url = f"https://api.crisp.chat/v1/{route}/orders%2Fpay.md"
    response = desk.sandbox.send(Request("GET", url, headers, None))

    assert response.status == 200


def test_a_content_type_must_be_known(desk: Desk) -> None:
    types = "articles, guides, references, news"

    for name, arguments in (
        ("list_helpdesk_tree", ()),
        ("create_helpdesk_tree_path", ("a.md",)),
        ("list_helpdesk_pages", ()),
        ("map_helpdesk_feedback_ratings", ()),
    ):
        with pytest.raises(InvalidRequestError, match=types):
            desk(name, "en", "blog", *arguments)


def test_a_deleted_group_is_gone_with_all_that_is_below_it(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/send.md", "a.md")

    desk("delete_helpdesk_tree_path", *HERE, "orders")

    assert desk.tree() == ["a.md"]
    assert desk("list_helpdesk_locale_categories", "en") == []
    assert len(desk("list_helpdesk_locale_articles", "en")) == 1
    desk("delete_helpdesk_tree_path", *HERE, "a.md")
    assert desk.tree() == []


# --- both models


def test_an_old_article_is_in_the_tree(desk: Desk) -> None:
    category_id = desk.category("Orders")
    section_id = desk.section(category_id, "Delivery Times")
    article_id = desk.article("How to pay?", content="With money.")

    category = {"category_id": category_id, "section_id": section_id}
    desk("update_helpdesk_locale_article_category", "en", article_id, category)
    desk("publish_helpdesk_locale_article", "en", article_id)

    path = "orders/delivery-times/how-to-pay.md"
    assert desk.tree() == ["orders", "orders/delivery-times", path]
    assert read(desk, path) == "With money."
    assert described(desk, path)["state"]["published"] is True
    assert desk("list_helpdesk_tree", "fr", "articles") == []
    assert desk("list_helpdesk_tree", "en", "guides") == []


def test_a_tree_entry_is_an_old_article(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/send.md")
    describe(
        desk, "orders/delivery/send.md", title="How to send", state={"hidden": True}
    )
    write(desk, "orders/delivery/send.md", "By post.")
    (category,) = desk("list_helpdesk_locale_categories", "en")
    category_id = category["category_id"]
    (section,) = desk("list_helpdesk_locale_sections", "en", category_id)

    (article,) = desk(
        "list_helpdesk_locale_articles", "en", filter_section_id=section["section_id"]
    )

    assert (article["title"], article["content"]) == ("How to send", "By post.")
    assert (article["status"], article["visibility"]) == ("draft", "hidden")
    found = desk(
        "resolve_helpdesk_locale_article_category", "en", article["article_id"]
    )
    assert found == {"category_id": category_id, "section_id": section["section_id"]}


# --- the list


def test_the_tree_is_listed_with_groups_first(desk: Desk) -> None:
    desk.grow("a.md", "orders/pay.md", "b.md", "orders/delivery", "refunds")
    describe(desk, "refunds", state={"hidden": True})

    listed = desk("list_helpdesk_tree", *HERE)

    assert desk.tree() == [
        "orders",
        "orders/delivery",
        "orders/pay.md",
        "refunds",
        "a.md",
        "b.md",
    ]
    assert listed[1] == {
        "type": "group",
        "slug": "refunds",
        "title": "Refunds",
        "state": {"hidden": True},
        "children": [],
    }


def test_the_tree_is_listed_in_pages_across_groups_and_entries(desk: Desk) -> None:
    groups = [f"g{number:02}" for number in range(PAGE + 5)]
    entries = [f"e{number:02}.md" for number in range(PAGE)]
    desk.grow(*groups, *entries)

    pages = [desk.tree(number) for number in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [PAGE, PAGE, 5, 0]
    assert [path for page in pages for path in page] == [*groups, *entries]


def test_a_refused_creation_does_not_shift_the_next_page(desk: Desk) -> None:
    groups = [f"g{number:02}" for number in range(PAGE - 1)]
    desk.grow(*groups, "e0.md", "e1.md", "e2.md")
    with pytest.raises(ConflictError):
        desk.grow("e0.md")

    assert desk.tree(2) == ["e1.md", "e2.md"]


def test_the_tree_is_listed_below_a_group(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/send.md", "a.md")

    assert desk.tree(sub_path="orders") == [
        "delivery",
        "delivery/send.md",
        "pay.md",
    ]
    assert desk.tree(sub_path="orders/delivery") == ["send.md"]
    assert desk.tree(sub_path="orders/pay.md") == []
    assert desk.tree(sub_path="") == desk.tree()
    with pytest.raises(NotFoundError):
        desk.tree(sub_path="refunds")


def test_entries_are_searched_by_title_and_stay_in_their_groups(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/pay-later.md")
    desk.grow("orders/delivery/pay-now.md", "pay.md", "refunds/back.md")

    assert set(desk.tree(search_title="PAY")) == {
        "orders",
        "orders/pay.md",
        "orders/delivery",
        "orders/delivery/pay-later.md",
        "orders/delivery/pay-now.md",
        "pay.md",
    }
    found = desk.tree(search_title="pay", sub_path="orders")
    assert set(found) == {
        "pay.md",
        "delivery",
        "delivery/pay-later.md",
        "delivery/pay-now.md",
    }
    found = desk.tree(search_title="now", sub_path="orders/delivery")
    assert found == ["pay-now.md"]
    assert desk.tree(search_title="back") == ["refunds", "refunds/back.md"]
    assert desk.tree(search_title="nothing") == []
    assert desk.tree(search_title="") == desk.tree()


def test_entries_are_filtered_by_the_time_of_their_last_change(desk: Desk) -> None:
    desk.grow("a.md", "b.md", "c.md")
    write(desk, "a.md", "Text")
    (change, *_) = desk("list_helpdesk_history_changes")
    date = dt.datetime.fromtimestamp(change["created_at"] / 1000, dt.UTC)

    assert desk.tree(filter_date_start=date) == ["a.md"]
    before = date - dt.timedelta(seconds=1)
    assert desk.tree(filter_date_end=before) == ["b.md", "c.md"]


# --- moves and order


def test_an_entry_is_moved(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "refunds/back.md")
    write(desk, "orders/pay.md", "Text")

    move(desk, "orders/pay.md", "orders/delivery/buy.md")
    move(desk, "refunds/back.md", "back.md", action="rename")

    assert desk.tree() == [
        "orders",
        "orders/delivery",
        "orders/delivery/buy.md",
        "refunds",
        "back.md",
    ]
    assert read(desk, "orders/delivery/buy.md") == "Text"


def test_a_group_is_moved_with_what_is_in_it(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/send.md", "refunds")

    move(desk, "orders", "purchases")
    move(desk, "purchases/delivery", "refunds/post")

    assert desk.tree() == [
        "purchases",
        "purchases/pay.md",
        "refunds",
        "refunds/post",
        "refunds/post/send.md",
    ]
    refunds = desk("list_helpdesk_locale_categories", "en")[1]["category_id"]
    found = desk("list_helpdesk_locale_articles", "en", filter_category_id=refunds)
    assert [one["title"] for one in found] == ["Send"]
    change = desk("list_helpdesk_history_changes")[0]["change_id"]
    desk("cancel_helpdesk_history_change", change, {"action": "revert"})
    assert "purchases/delivery/send.md" in desk.tree()


def test_a_move_must_lead_to_a_free_place(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "pay.md", "refunds")
    before = desk.tree()

    for path, to in (
        ("pay.md", "nowhere/pay.md"),
        ("pay.md", "orders/nowhere/pay.md"),
        ("pay.md", "pay"),
        ("orders", "pay2.md"),
        ("orders", "refunds/orders"),
        ("orders/delivery", "delivery"),
        ("pay.md", "a/b/c/d.md"),
        ("pay.md", "pay\x07.md"),
        ("pay.md", "../pay.md"),
    ):
        with pytest.raises(InvalidRequestError):
            move(desk, path, to)
    with pytest.raises(ConflictError):
        move(desk, "pay.md", "orders/pay.md")
    with pytest.raises(ConflictError):
        move(desk, "refunds", "orders")

    assert desk.tree() == before
    move(desk, "pay.md", "pay.md")
    assert desk.tree() == before


def test_an_update_of_a_path_needs_a_path_or_a_position(desk: Desk) -> None:
    desk.grow("pay.md")

    with pytest.raises(InvalidRequestError, match=r"'\.path' or '\.position'"):
        desk("update_helpdesk_tree_path", *HERE, "pay.md", {"action": "move"})


def test_entries_are_reordered(desk: Desk) -> None:
    desk.grow("a.md", "b.md", "c.md", "d.md")

    reorder(desk, "d.md", 1)
    assert desk.tree() == ["a.md", "d.md", "b.md", "c.md"]
    reorder(desk, "a.md", 2)
    assert desk.tree() == ["d.md", "b.md", "a.md", "c.md"]
    reorder(desk, "d.md", 10**15)
    assert desk.tree() == ["b.md", "a.md", "c.md", "d.md"]
    reorder(desk, "c.md", -1)
    assert desk.tree() == ["c.md", "b.md", "a.md", "d.md"]
    reorder(desk, "b.md", 1)
    assert desk.tree() == ["c.md", "b.md", "a.md", "d.md"]
    desk.grow("e.md")
    assert desk.tree()[-1] == "e.md"


def test_groups_are_reordered_among_groups(desk: Desk) -> None:
    desk.grow("a.md", "orders", "refunds")

    reorder(desk, "refunds", 0)

    assert desk.tree() == ["refunds", "orders", "a.md"]
    listed = desk("list_helpdesk_locale_categories", "en")
    assert [one["name"] for one in listed] == ["Refunds", "Orders"]


# --- text, metadata and pages


def test_content_is_replaced(desk: Desk) -> None:
    desk.grow("orders/pay.md")
    write(desk, "orders/pay.md", "One\nTwo")

    write(desk, "orders/pay.md", "Three")

    assert read(desk, "orders/pay.md") == "Three"
    with pytest.raises(NotFoundError):
        write(desk, "orders", "A group has no text.")
    with pytest.raises(NotFoundError):
        read(desk, "orders")


def test_metadata_is_merged(desk: Desk) -> None:
    desk.grow("orders/pay.md")
    path = "orders/pay.md"
    describe(desk, path, title="Pay!", description="How", state={"published": True})

    describe(desk, path, state={"featured": True}, format="markdown", author={})

    assert described(desk, path) == {
        "format": "markdown",
        "title": "Pay!",
        "description": "How",
        "author": {"user_id": desk.sandbox.user_id},
        "state": {"published": True, "hidden": False, "featured": True},
    }
    describe(desk, path, state={"published": False, "hidden": True})
    state = {"published": False, "hidden": True, "featured": True}
    assert described(desk, path)["state"] == state


def test_groups_have_metadata(desk: Desk) -> None:
    desk.grow("orders")

    image = "https://acme.com/a.png"
    describe(desk, "orders", title="Purchases", color="#377FEA", image=image)

    assert described(desk, "orders") == {
        "title": "Purchases",
        "color": "#377FEA",
        "image": image,
        "author": {"user_id": desk.sandbox.user_id},
    }
    (category,) = desk("list_helpdesk_locale_categories", "en")
    assert (category["name"], category["color"]) == ("Purchases", "#377FEA")


def test_an_author_is_an_operator(desk: Desk) -> None:
    desk.grow("pay.md")

    with pytest.raises(InvalidRequestError, match="the operator nobody does not exist"):
        describe(desk, "pay.md", author={"user_id": "nobody"})
    describe(desk, "pay.md", author={"user_id": desk.sandbox.user_id})

    assert described(desk, "pay.md")["author"] == {"user_id": desk.sandbox.user_id}


def test_published_entries_have_pages(desk: Desk) -> None:
    desk("create_helpdesk_tree_path", "en", "guides", "start/first-steps.md")
    desk("create_helpdesk_tree_path", "en", "guides", "start/draft.md")
    path = "start/first-steps.md"
    guide = ("en", "guides", path)
    assert desk("list_helpdesk_pages", "en", "guides") == []

    state = {"state": {"published": True}}
    desk("update_helpdesk_tree_metadata", *guide, state)

    (page,) = desk("list_helpdesk_pages", "en", "guides")
    name = f"first-steps-{page['entity_id'][:8]}"
    assert page == {
        "entity_id": page["entity_id"],
        "title": "First steps",
        "tree_path": path,
        "url": f"https://acme.crisp.help/en/guide/{name}/",
    }
    entity = desk("resolve_helpdesk_page_entity", "en", "guides", page["entity_id"])
    assert entity == page
    assert desk("resolve_helpdesk_tree_page", *guide) == {
        "title": page["title"],
        "url": page["url"],
    }
    assert desk("list_helpdesk_pages", "en", "articles") == []
    with pytest.raises(NotFoundError):
        desk("resolve_helpdesk_page_entity", "en", "articles", page["entity_id"])
    with pytest.raises(NotFoundError):
        desk("resolve_helpdesk_tree_page", "en", "guides", "start")
