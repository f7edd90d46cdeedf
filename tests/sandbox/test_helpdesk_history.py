"""The history of the sandbox's helpdesk, and changes that are cancelled."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import ConflictError, NotFoundError
from tests.sandbox.desk import (
    HERE,
    Desk,
    describe,
    described,
    move,
    open_desk,
    read,
    write,
)


@pytest.fixture
def desk() -> Desk:
    """A helpdesk in English and French that takes the old writes too."""
    return open_desk("en", "fr", legacy_helpdesk=True)


def history(desk: Desk, **filters: t.Any) -> list[t.Any]:
    """The changes, the last one first, with all that is known of them."""
    listed = desk("list_helpdesk_history_changes", **filters)
    return [desk("resolve_helpdesk_history_change", one["change_id"]) for one in listed]


def messages(desk: Desk, **filters: t.Any) -> list[str]:
    return [change["message"] for change in history(desk, **filters)]


def cancel(desk: Desk, number: int = 0) -> None:
    """Cancel a change; the last one has the number 0."""
    change = desk("list_helpdesk_history_changes")[number]
    body = {"action": "revert"}
    desk("cancel_helpdesk_history_change", change["change_id"], body)


def test_every_change_of_content_is_recorded(desk: Desk) -> None:
    desk.grow("orders/pay.md")
    write(desk, "orders/pay.md", "Text")
    describe(desk, "orders/pay.md", title="Buy")
    move(desk, "orders/pay.md", "buy.md")
    desk("delete_helpdesk_tree_path", *HERE, "orders")
    article_id = desk.article("Old", content="Text")
    desk("publish_helpdesk_locale_article", "en", article_id)
    desk("delete_helpdesk_locale_article", "en", article_id)

    assert messages(desk) == [
        "Delete old.md",
        "Publish old.md",
        "Update old.md",
        "Create old.md",
        "Delete orders",
        "Move buy.md",
        "Update orders/pay.md",
        "Update orders/pay.md",
        "Create orders/pay.md",
    ]
    words = [[file["change"] for file in one["files"]] for one in history(desk)]
    assert words[3:] == [
        ["added"],
        ["removed"],
        ["moved"],
        ["modified"],
        ["modified"],
        ["added", "added"],
    ]


def test_a_change_has_its_author_its_size_and_its_files(desk: Desk) -> None:
    desk.grow("pay.md")
    write(desk, "pay.md", "One\nTwo\nThree")
    write(desk, "pay.md", "One\nThree\nFour\nFive")

    change, first, _ = history(desk)

    assert change["author"] == {
        "email": "operator@sandbox.example",
        "name": "Sandbox Operator",
    }
    assert first["edits"] == {"insertions": 3, "deletions": 0}
    assert change["edits"] == {"insertions": 2, "deletions": 1}
    assert change["created_at"] > first["created_at"]
    assert change["files"] == [
        {
            "change": "modified",
            "path": "pay.md",
            "metadata": described(desk, "pay.md"),
            "content": "One\nThree\nFour\nFive",
        }
    ]
    listed = desk("list_helpdesk_history_changes")
    assert listed[0] == {k: v for k, v in change.items() if k != "files"}
    with pytest.raises(NotFoundError, match="the change does not exist"):
        desk("resolve_helpdesk_history_change", "nothing")


def test_a_change_stays_when_its_author_has_left(desk: Desk) -> None:
    desk("unlink_operator_from_website", desk.sandbox.user_id)

    desk.grow("pay.md")

    (change,) = history(desk)
    assert change["author"] == {"email": "", "name": ""}


def test_what_changes_nothing_is_not_recorded(desk: Desk) -> None:
    desk.grow("pay.md")
    write(desk, "pay.md", "")

    assert messages(desk) == ["Create pay.md"]


def test_history_is_filtered(desk: Desk) -> None:
    desk.grow("orders/pay.md", "refunds/back.md")
    move(desk, "orders/pay.md", "refunds/buy.md")
    desk("create_helpdesk_tree_path", "fr", "articles", "orders/payer.md")
    desk("create_helpdesk_tree_path", "en", "guides", "start.md")

    assert messages(desk, filter_locale="fr") == ["Create orders/payer.md"]
    assert messages(desk, filter_type="guides") == ["Create start.md"]
    assert messages(desk, filter_tree_path="orders/pay.md") == [
        "Move refunds/buy.md",
        "Create orders/pay.md",
    ]
    assert messages(desk, filter_tree_path="orders", filter_locale="en") == [
        "Move refunds/buy.md",
        "Create orders/pay.md",
    ]
    assert len(messages(desk, filter_tree_path="", filter_type="")) == 5
    assert desk("list_helpdesk_history_changes", 2) == []


def test_a_cancelled_change_restores_the_content_before_it(desk: Desk) -> None:
    desk.grow("pay.md")
    write(desk, "pay.md", "Old")
    write(desk, "pay.md", "New")
    describe(desk, "pay.md", title="Buy")

    cancel(desk, 1)

    assert read(desk, "pay.md") == "Old"
    assert described(desk, "pay.md")["title"] == "Buy"
    assert messages(desk)[0] == "Revert pay.md"
    cancel(desk)
    assert read(desk, "pay.md") == "New"


def test_a_cancelled_change_unsets_what_it_had_set(desk: Desk) -> None:
    desk.grow("pay.md")
    describe(desk, "pay.md", description="How", state={"published": True})

    cancel(desk)

    assert "description" not in described(desk, "pay.md")
    (article,) = desk("list_helpdesk_locale_articles", "en")
    assert article["status"] == "draft"
    assert "published_at" not in article


def test_a_change_that_is_cancelled_twice_is_cancelled_once(desk: Desk) -> None:
    desk.grow("pay.md")
    write(desk, "pay.md", "New")
    desk("delete_helpdesk_tree_path", *HERE, "pay.md")
    cancel(desk)
    cancel(desk, 1)
    assert len(messages(desk)) == 4

    cancel(desk, 2)
    cancel(desk, 3)

    assert read(desk, "pay.md") == ""
    assert len(messages(desk)) == 5


def test_a_cancelled_deletion_brings_back_all_that_was_below(desk: Desk) -> None:
    desk.grow("orders/pay.md", "orders/delivery", "orders/delivery/send.md")
    write(desk, "orders/pay.md", "Text")
    before = desk("list_helpdesk_tree", *HERE)
    desk("delete_helpdesk_tree_path", *HERE, "orders")

    cancel(desk)

    assert desk("list_helpdesk_tree", *HERE) == before
    assert read(desk, "orders/pay.md") == "Text"


def test_a_cancelled_creation_removes_what_was_created(desk: Desk) -> None:
    desk.grow("orders/pay.md")

    cancel(desk)

    assert desk.tree() == []
    cancel(desk)
    assert desk.tree() == ["orders", "orders/pay.md"]


def test_what_cannot_be_cancelled_is_refused(desk: Desk) -> None:
    desk.grow("orders", "orders/pay.md", "a.md")
    write(desk, "a.md", "Text")
    desk("delete_helpdesk_tree_path", *HERE, "a.md")
    desk.grow("a.md")

    def refused(number: int) -> str:
        before = desk.sandbox.dump()
        with pytest.raises(ConflictError) as caught:
            cancel(desk, number)
        assert desk.sandbox.dump() == before
        return str(caught.value)

    # The changes are, from the last: create, delete, write and create of a.md, then
    # create of orders/pay.md and orders.
    assert "entry at this path" in refused(1)
    assert "does not exist any more" in refused(2)
    assert "the group has" in refused(5)
    desk("delete_helpdesk_tree_path", *HERE, "orders/pay.md")
    desk("delete_helpdesk_tree_path", *HERE, "orders")
    assert "the group does not exist" in refused(1)


def test_a_change_in_a_deleted_language_cannot_be_cancelled(desk: Desk) -> None:
    desk.grow("a.md")
    desk("delete_helpdesk_locale", "en")

    with pytest.raises(NotFoundError, match="the locale does not exist"):
        cancel(desk)
