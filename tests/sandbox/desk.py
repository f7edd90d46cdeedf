"""A website with a helpdesk, whose answers are validated."""

from __future__ import annotations

import typing as t

import pydantic

from crisp_api import Crisp, table
from crisp_api.sandbox import Sandbox
from tests.sandbox.here import Clock


class Desk(t.NamedTuple):
    """A sandbox, and a client of it."""

    sandbox: Sandbox
    client: Crisp

    def __call__(self, name: str, *args: t.Any, **query: t.Any) -> t.Any:
        """Call an operation of the website, and validate what it answers."""
        operation = getattr(self.client.website, name)
        answer = operation(self.sandbox.website_id, *args, **query)
        type_ = table.lookup(f"website.{name}").answer
        adapter = pydantic.TypeAdapter[object](type_)
        adapter.validate_python(answer, strict=True, extra="forbid")
        return answer

    def article(self, title: str, locale: str = "en", **fields: t.Any) -> str:
        """Add an article with the old operations; return its identifier."""
        made = self("add_new_helpdesk_locale_article", locale, {"title": title})
        article_id: str = made["article_id"]
        if fields:
            self("update_helpdesk_locale_article", locale, article_id, fields)
        return article_id

    def category(self, name: str) -> str:
        category_id: str = self("add_helpdesk_locale_category", "en", {"name": name})[
            "category_id"
        ]
        return category_id

    def section(self, category_id: str, name: str) -> str:
        made = self("add_helpdesk_locale_section", "en", category_id, {"name": name})
        section_id: str = made["section_id"]
        return section_id

    def grow(self, *paths: str) -> None:
        """Create paths in the tree of English articles."""
        for path in paths:
            self("create_helpdesk_tree_path", "en", "articles", path)

    def tree(self, page_number: int = 1, **filters: t.Any) -> list[str]:
        """The paths of the tree of English articles, in their order."""
        listed = self("list_helpdesk_tree", "en", "articles", page_number, **filters)
        return list(flat(listed))


HERE = ("en", "articles")


def flat(entries: list[t.Any], above: str = "") -> t.Iterator[str]:
    """The paths of entries and groups, each before what is below it."""
    for entry in entries:
        yield above + entry["slug"]
        yield from flat(entry.get("children", []), f"{above}{entry['slug']}/")


def open_desk(*locales: str, **options: t.Any) -> Desk:
    """A sandbox with a helpdesk in some languages."""
    sandbox = Sandbox(clock=Clock(), **options)
    desk = Desk(sandbox, Crisp("i", "k", tier="user", transport=sandbox))
    desk("initialize_helpdesk", {"name": "Acme Help", "domain_basic": "acme"})
    for locale in locales:
        desk("add_helpdesk_locale", {"locale": locale})
    return desk


# --- English articles by their paths


def move(desk: Desk, path: str, to: str, action: str = "move") -> None:
    body = {"action": action, "path": {"to": to}}
    desk("update_helpdesk_tree_path", *HERE, path, body)


def write(desk: Desk, path: str, content: str) -> None:
    desk("save_helpdesk_tree_content", *HERE, path, {"content": content})


def read(desk: Desk, path: str) -> str:
    content: str = desk("resolve_helpdesk_tree_content", *HERE, path)["content"]
    return content


def describe(desk: Desk, path: str, **fields: t.Any) -> None:
    desk("update_helpdesk_tree_metadata", *HERE, path, fields)


def described(desk: Desk, path: str) -> t.Any:
    return desk("resolve_helpdesk_tree_metadata", *HERE, path)
