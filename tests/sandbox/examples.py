"""A sandbox with one of everything, and arguments for every operation of the table."""

from __future__ import annotations

import functools
import typing as t

from crisp_api import Crisp, hints, table
from crisp_api.sandbox import Sandbox

__all__ = ["Seeded", "example", "seeded"]

NOW: t.Final = 1_700_000_000
URL: t.Final = "https://acme.example/"
PATH: t.Final = "orders/delivery/policy.md"


class Seeded:
    """A sandbox with one of everything.

    Attributes:
        sandbox: it goes back to its state with `reset`.
        values: identifiers and other arguments, by the names of parameters.
    """

    def __init__(self) -> None:
        self.sandbox = Sandbox(clock=lambda: NOW, legacy_helpdesk=True)
        self.client = Crisp("i", "k", tier="plugin", transport=self.sandbox)
        self.values: dict[str, t.Any] = {
            "website_id": self.sandbox.website_id,
            "user_id": self.sandbox.user_id,
            "plugin_id": self.sandbox.plugin_id,
            "locale": "en",
            "locale_linked": "fr",
            "content_type": "articles",
            "path": PATH,
            "domain": "sandbox.example",
            "type": "opened",
            "block_rule": "spam",
            "token_id": "token",
            "page_number": 1,
            "list_id": 1,
            "code": "SAVE",
            "date_since": "2020-01-01",
        }
        _fill(self)
        self._snapshot = self.sandbox.snapshot()

    def reset(self) -> None:
        """Go back to the state with one of everything."""
        self.sandbox.restore(self._snapshot)

    def call(self, id: str, *arguments: t.Any, **other: t.Any) -> t.Any:
        """Call an operation, with known values for its path.

        Args:
            id: the operation.
            arguments: those that are not in the path.
            other: other values for the path, by name.
        """
        operation = table.lookup(id)
        known = self.values | other
        path = [
            known[parameter.name]
            for parameter in operation.parameters
            if parameter.location == "path" and parameter.name != "page_number"
        ]
        method = getattr(getattr(self.client, operation.service), operation.name)
        return method(*path, *arguments)

    def more(self, operation: table.Operation) -> list[t.Any]:
        """Return the arguments of an operation that are not in its path."""
        required = [
            self.values[parameter.name]
            for parameter in operation.parameters
            if parameter.location == "query" and parameter.required
        ]
        body = self.body(operation)
        return required if body is None else [*required, body]

    def body(self, operation: table.Operation) -> t.Any:
        """Return a body for an operation; None if it takes none."""
        if operation.body is None:
            return None
        made = example(operation.body, self.values)
        special = BODIES.get(operation.name)
        return made | special(self.values) if special else made


def example(type_: t.Any, values: t.Mapping[str, t.Any], name: str = "") -> t.Any:
    """Return a value of a type, with all of its fields.

    Args:
        type_: the type.
        values: known values, by the name of a field.
        name: the field that the value is for.
    """
    for known in (FIELDS, values):
        if name in known and name not in {"type", "path"}:
            return known[name]
    if hints.is_typed_dict(type_):
        return {
            field.name: example(field.hint, values, field.name)
            for field in hints.fields(type_)
        }
    arguments, (first, *_) = t.get_args(type_), hints.members(type_)
    if t.get_origin(type_) is list:
        return [example(arguments[0], values, name.removesuffix("s"))]
    if first is not type_:
        return example(first, values, name)
    plain = {str: "text", int: 1, float: 1.5, bool: True}
    return arguments[0] if t.get_origin(type_) is t.Literal else plain.get(type_, {})


FIELDS: t.Final[dict[str, t.Any]] = {
    "url": URL,
    "email": "new@acme.example",
    "date": "2030-01-01T09:00:00Z",
    "timestamp": NOW * 1000,
    "color": "red",
}


def _fill(seeded: Seeded) -> None:
    """Add one of everything to a sandbox, and note the identifiers."""
    values = seeded.values

    def add(id: str, name: str, body: t.Any, key: str = "") -> None:
        made = seeded.call(id, body) if body is not None else seeded.call(id)
        values[name] = made[key or name]

    website = "website."
    add(f"{website}add_new_people_profile", "people_id", {"email": "jane@acme.example"})
    add(f"{website}create_new_conversation", "session_id", None)
    seeded.call(f"{website}update_conversation_metas", METAS)
    add(f"{website}send_message_in_conversation", "fingerprint", MESSAGE)
    add(f"{website}create_new_team", "team_id", {"name": "Team"})
    add(f"{website}create_new_inbox", "inbox_id", {"name": "Sales"})
    add(f"{website}create_new_campaign_template", "template_id", TEMPLATE)
    add(f"{website}create_new_campaign", "campaign_id", CAMPAIGN)
    add(f"{website}initiate_new_call_session_for_conversation", "call_id", CALL)
    seeded.call(f"{website}initiate_browsing_session_for_conversation")
    (browsing,) = seeded.call(f"{website}list_browsing_sessions_for_conversation")
    values["browsing_id"] = browsing["browsing_id"]
    _fill_helpdesk(seeded)


METAS: t.Final = {
    "nickname": "Jane",
    "email": "jane@acme.example",
    "segments": ["vip"],
    "data": {"plan": "pro"},
}
MESSAGE: t.Final = {
    "type": "text",
    "from": "user",
    "origin": "chat",
    "content": "Hello",
    "original": {"type": "text/html", "content": "<p>Hello</p>"},
}
TEMPLATE: t.Final = {"format": "html", "name": "Template"}
CAMPAIGN: t.Final = {"type": "one-shot", "name": "Campaign"}
CALL: t.Final = {"mode": "audio"}


def _fill_helpdesk(seeded: Seeded) -> None:
    values = seeded.values
    website = seeded.client.website
    here = values["website_id"]
    website.initialize_helpdesk(here, {"name": "Help", "domain_basic": "acme"})
    for locale in ("en", "fr"):
        website.add_helpdesk_locale(here, {"locale": locale})
    category = website.add_helpdesk_locale_category(here, "en", {"name": "Orders"})
    values["category_id"] = category["category_id"]
    section = website.add_helpdesk_locale_section(
        here, "en", values["category_id"], {"name": "Delivery"}
    )
    values["section_id"] = section["section_id"]
    article = website.add_new_helpdesk_locale_article(here, "en", {"title": "Article"})
    linked = website.add_new_helpdesk_locale_article(here, "fr", {"title": "Article"})
    values["article_id"] = article["article_id"]
    website.save_helpdesk_locale_article_alternate(
        *(here, "en", values["article_id"], "fr"),
        {"article_id": linked["article_id"]},
    )
    website.create_helpdesk_tree_path(here, "en", "articles", PATH)
    website.save_helpdesk_tree_content(
        here, "en", "articles", PATH, {"content": "Three days."}
    )
    (change, *_) = website.list_helpdesk_history_changes(here)
    values["change_id"] = change["change_id"]
    (page, *_) = website.list_helpdesk_pages(here, "en", "articles")
    values["entity_id"] = page["entity_id"]
    redirection: t.Any = {"path": "/old/", "target": "/new/"}
    made = website.add_helpdesk_redirection(here, redirection)
    values["redirection_id"] = made["redirection_id"]


# Fields of bodies that must fit the state, by the name of the operation.
BODIES: t.Final[dict[str, t.Callable[[t.Mapping[str, t.Any]], dict[str, t.Any]]]] = {}


@functools.cache
def seeded() -> Seeded:
    """Return the sandbox with one of everything; `Seeded.reset` it before use."""
    return Seeded()
