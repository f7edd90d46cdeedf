"""A sandbox with one of everything, and arguments for every operation of the table."""

from __future__ import annotations

import functools
import types
import typing as t

from crisp_api import Crisp, hints, table
from crisp_api import types as ty
from crisp_api.sandbox import Sandbox, model, model_helpdesk

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
            "operators": [self.sandbox.user_id],
            "teams": [],
            "search_text": "Jane",
            "token_id": "token",
            "token": "none",
            "page_number": 1,
            "list_id": 1,
            "code": "SANDBOX",
            "custom": "help.acme.example",
            "search_filter": [],
            "date_since": "2020-01-01",
        }
        _fill(self)
        self._snapshot = self.sandbox.snapshot()

    def reset(self, operation: table.Operation) -> None:
        """Go back to the state with one of everything, ready for an operation."""
        self.sandbox.restore(self._snapshot)
        for id_, body in BEFORE.get(operation.name, ()):
            self.call(id_, *([] if body is None else [body]))
        if operation.name.startswith("redeem_identity"):
            path = (self.values["website_id"], self.values["session_id"])
            found = self.sandbox._store.get(model.CONVERSATION, path) or {}
            self.values["token"] = found["verification"]["token"]

    def try_(self, operation: table.Operation, **other: t.Any) -> t.Any:
        """Call an operation with all that it needs; with other values for its path."""
        query, body = self.more(operation)
        return self.call(operation.id, *body, query=query, **other)

    def call(
        self,
        id: str,
        *body: t.Any,
        query: t.Mapping[str, t.Any] = types.MappingProxyType({}),
        **other: t.Any,
    ) -> t.Any:
        """Call an operation, with known values for its path.

        Args:
            id: the operation.
            body: its body, if it has one.
            query: the parameters of its query.
            other: other values for the path, by name.
        """
        operation = table.lookup(id)
        path = self.path(operation) | other
        method = getattr(getattr(self.client, operation.service), operation.name)
        return method(*path.values(), *body, **query)

    def path(self, operation: table.Operation) -> dict[str, t.Any]:
        """Return the required arguments of a path, in the order of the signature."""
        known = self.values | OTHER.get(operation.name, {})
        return {
            parameter.name: known[parameter.name]
            for parameter in operation.parameters
            if parameter.location == "path" and parameter.required
        }

    def more(self, operation: table.Operation) -> tuple[dict[str, t.Any], list[t.Any]]:
        """Return the query of an operation, and its body in a list if it has one."""
        query = {
            parameter.name: self.values[parameter.name]
            for parameter in operation.parameters
            if parameter.location == "query" and parameter.name in self.values
        }
        body = self.body(operation)
        return query, [] if body is None else [body]

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
    seeded.call(f"{website}update_campaign", READY)
    add(f"{website}initiate_new_call_session_for_conversation", "call_id", CALL)
    seeded.call(f"{website}initiate_browsing_session_for_conversation")
    (browsing,) = seeded.call(f"{website}list_browsing_sessions_for_conversation")
    values["browsing_id"] = browsing["browsing_id"]
    seeded.call("plan.subscribe_website_to_plan", {"plan_id": "pro"})
    _fill_helpdesk(seeded)
    _fill_store(seeded)


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
CAMPAIGN: t.Final = {"type": "automated", "name": "Campaign"}
READY: t.Final = {"message": "Hello", "recipients": {"type": "all"}}
CALL: t.Final = {"mode": "audio"}


def _fill_store(seeded: Seeded) -> None:
    """Add what nothing in the API adds."""
    values, put = seeded.values, seeded.sandbox._store.put
    here = values["website_id"]
    message = seeded.call("website.get_message_in_conversation")
    values["original_id"] = message["original"]["original_id"]
    session_id = values["session_id"]
    for resource, path, type_ in (
        (model.SPAM, (here, "spam"), ty.ConversationSpamContent),
        (model.VISITOR, (here, session_id), ty.WebsiteVisitor),
        (model.BLOCKED, (here, "spam"), ty.WebsiteVisitorsBlocked),
        (model.PAGE, (here, session_id, "1"), ty.ConversationPage),
        (model.EVENT, (here, session_id, "1"), ty.ConversationEvent),
        (TOKEN, (here, "token"), ty.WebsiteVisitorsToken),
        (
            model.STATISTIC,
            (here, values["campaign_id"], "1"),
            ty.WebsiteCampaignStatistic,
        ),
        (
            model_helpdesk.FEEDBACK,
            (here, "helpdesk", "en", "articles", "1"),
            ty.HelpdeskLocaleFeedbackItem,
        ),
    ):
        put(resource, path, example(type_, values | {"rule": ["spam"]}))
    values["spam_id"] = "spam"
    seeded.call("website.add_people_event", {"text": "Bought", "data": {"price": 9}})


TOKEN: t.Final = model.Resource(
    "website visitors token", "website/{website_id}/visitors/token/{token_id}"
)


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
    values["article_linked"] = linked["article_id"]
    website.save_helpdesk_locale_article_alternate(
        *(here, "en", values["article_id"], "fr"),
        {"article_id": linked["article_id"]},
    )
    website.create_helpdesk_tree_path(here, "en", "articles", PATH)
    website.save_helpdesk_tree_content(
        here, "en", "articles", PATH, {"content": "Three days."}
    )
    website.update_helpdesk_tree_metadata(
        here, "en", "articles", PATH, {"state": {"published": True}}
    )
    (change, *_) = website.list_helpdesk_history_changes(here)
    values["change_id"] = change["change_id"]
    (page, *_) = website.list_helpdesk_pages(here, "en", "articles")
    values["entity_id"] = page["entity_id"]
    redirection: t.Any = {"path": "/old/", "target": "/new/"}
    made = website.add_helpdesk_redirection(here, redirection)
    values["redirection_id"] = made["redirection_id"]


# Fields of bodies that must fit the state, by the name of the operation.
BODIES: t.Final[dict[str, t.Callable[[t.Mapping[str, t.Any]], dict[str, t.Any]]]] = {
    "redeem_identity_verification_link_for_conversation": lambda values: {
        "identity": "email",
        "token": values["token"],
    },
    "update_people_subscription_status": lambda _: {"email": False},
    "add_helpdesk_locale": lambda _: {"locale": "de"},
    "save_helpdesk_locale_article_alternate": lambda values: {
        "article_id": values["article_linked"]
    },
    "add_helpdesk_redirection": lambda _: {"path": "/from/", "target": "/to/"},
    "save_helpdesk_settings": lambda _: {"appearance": {"color": {"mode": "dark"}}},
    "request_helpdesk_domain_change": lambda _: {
        "basic": "acme-help",
        "custom": "help.acme.example",
    },
    "update_helpdesk_tree_path": lambda _: {
        "action": "move",
        "path": {"to": "orders/moved.md"},
    },
    "generate_analytics": lambda _: {
        "metric": "conversations",
        "split_by": "state",
        "date": {
            "from": "2020-01-01",
            "to": "2030-01-01",
            "split": "day",
            "timezone": "UTC",
        },
    },
    "create_new_inbox": lambda values: {"team_operators": [values["user_id"]]},
    "save_inbox": lambda values: {"team_operators": [values["user_id"]]},
    **dict.fromkeys(
        ("batch_segments_items", "batch_data_items", "batch_remove_items"),
        lambda values: {"people": {"profiles": [values["people_id"]]}},
    ),
}

# Calls that must be made before, by the name of the operation.
BEFORE: t.Final[dict[str, tuple[tuple[str, t.Any], ...]]] = {
    "redeem_identity_verification_link_for_conversation": (
        (
            "website.request_identity_verification_for_conversation",
            {"identity": "email", "recipient": "jane@acme.example"},
        ),
    ),
    "initialize_helpdesk": (
        (
            "website.delete_helpdesk",
            {"verify": {"method": "token", "secret": "secret"}},
        ),
    ),
    "pause_campaign": (("website.dispatch_campaign", None),),
    "resume_campaign": (
        ("website.dispatch_campaign", None),
        ("website.pause_campaign", None),
    ),
}

# Values that an operation must not share with what exists.
OTHER: t.Final[dict[str, dict[str, t.Any]]] = {
    "create_helpdesk_tree_path": {"path": "orders/new.md"},
}


@functools.cache
def seeded() -> Seeded:
    """Return the sandbox with one of everything; `Seeded.reset` it before use."""
    return Seeded()
