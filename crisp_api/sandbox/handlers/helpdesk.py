"""The helpdesk itself: its languages, domains, settings, redirections and feedback."""

from __future__ import annotations

import functools
import re
import typing as t

from crisp_api.sandbox import helpdesk_nodes as nodes
from crisp_api.sandbox import rules
from crisp_api.sandbox.call import merge, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.model import WEBSITE
from crisp_api.sandbox.model_helpdesk import (
    CONTENT,
    ENTRY,
    FEEDBACK,
    GROUP,
    HELPDESK,
    LOCALE,
    REDIRECTION,
)
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object

__all__ = [
    "add_helpdesk_locale",
    "add_helpdesk_redirection",
    "generate_helpdesk_domain_setup_flow",
    "initialize_helpdesk",
    "list_helpdesk_feedbacks",
    "list_helpdesk_locale_feedbacks",
    "list_helpdesk_locales",
    "map_helpdesk_feedback_ratings",
    "map_helpdesk_locale_feedback_ratings",
    "request_helpdesk_domain_change",
    "resolve_helpdesk",
    "resolve_helpdesk_domain",
    "resolve_helpdesk_locale",
    "resolve_helpdesk_settings",
    "save_helpdesk_settings",
]

_LEGACY: t.Final = re.compile(r".*/helpdesk/locale/{locale}/(article|category)\b.*")
_RATINGS: t.Final = ("helpful", "unhelpful")
_DOMAIN: t.Final = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"


def require_helpdesk(call: Call) -> None:
    """Refuse a request for a helpdesk that does not exist, or that it does not take.

    The old operations are about articles.
    """
    path = call.operation.path
    if not path.startswith(HELPDESK.path):
        return
    names = call.arguments
    names["helpdesk"] = "helpdesk"
    if names.setdefault("content_type", "articles") not in nodes.TYPES:
        message = f"content_type should be one of {', '.join(nodes.TYPES)}"
        raise invalid(message)
    if call.operation.name != "initialize_helpdesk":
        call.find(HELPDESK)
    is_write = call.operation.verb not in {"GET", "HEAD"}
    if is_write and _LEGACY.fullmatch(path) and not call.state.legacy_helpdesk:
        message = "the old helpdesk is read-only; use the operations on its tree"
        raise Refusal(403, "website_cannot_write_to_legacy_helpdesk", message)


# --- the helpdesk


def initialize_helpdesk(call: Call) -> None:
    """Create the helpdesk of a website; it has no languages yet."""
    path = (*call.find(WEBSITE).path, "helpdesk")
    if call.store.get(HELPDESK, path) is not None:
        raise Refusal(409, "helpdesk_exists")
    domain = {"root": nodes.ROOT, "basic": _basic(call.body["domain_basic"])}
    settings = {"name": call.body["name"]}
    call.store.put(HELPDESK, path, {"domain": domain, "settings": settings})


def resolve_helpdesk(call: Call) -> Object:
    """Return the name and the address of the helpdesk."""
    helpdesk = call.find(HELPDESK).doc
    url = f"https://{nodes.host(helpdesk)}/"
    return {"name": helpdesk["settings"]["name"], "url": url}


def resolve_helpdesk_settings(call: Call) -> Object:
    """Return the settings that were written, and the name."""
    return shown(call.find(HELPDESK).doc["settings"], call.operation.answer)


def save_helpdesk_settings(call: Call) -> None:
    """Change settings; objects inside are merged."""
    item = call.find(HELPDESK)
    merge(item.doc["settings"], call.body)
    call.save(item)


# --- domains


def resolve_helpdesk_domain(call: Call) -> Object:
    """Return the domains of the helpdesk."""
    domain: Object = call.find(HELPDESK).doc["domain"]
    return domain


def request_helpdesk_domain_change(call: Call) -> None:
    """Change the domains; a custom one is not verified, and an empty one is removed."""
    item = call.find(HELPDESK)
    domain = item.doc["domain"]
    if "basic" in call.body:
        domain["basic"] = _basic(call.body["basic"])
    if "custom" in call.body:
        domain |= {"custom": _custom(call.body["custom"]), "verified": False}
    if not domain.get("custom"):
        item.doc["domain"] = {name: domain[name] for name in ("root", "basic")}
    call.save(item)


def generate_helpdesk_domain_setup_flow(call: Call) -> Object:
    """Return the DNS record that points a custom domain to the basic one."""
    helpdesk = call.find(HELPDESK).doc
    custom = call.query.get("custom") or helpdesk["domain"].get("custom")
    if not custom:
        message = "query should have required property '.custom'"
        raise invalid(message)
    name, _, _ = _custom(custom).partition(".")
    value = nodes.basic(helpdesk)
    record = {"type": "CNAME", "query": custom, "name": name, "value": value}
    return {"custom": custom, "setup": {"records": [record]}}


def _basic(name: str) -> str:
    """Return a basic domain; refuse what cannot be part of a host name."""
    if not re.fullmatch(_DOMAIN, name):
        message = f"the basic domain should be a name such as acme, not {name}"
        raise invalid(message)
    return name


def _custom(domain: str) -> str:
    """Return a custom domain, which may be empty; refuse what is no host name."""
    if domain and not re.fullmatch(rf"{_DOMAIN}(\.{_DOMAIN})+", domain):
        message = f"the domain should be one such as help.acme.com, not {domain}"
        raise invalid(message)
    return domain


# --- languages


def list_helpdesk_locales(call: Call) -> list[Object]:
    """List languages, the oldest first."""
    found = call.page(LOCALE, call.parent(LOCALE), Query(is_ascending=True))
    return [_locale(call, doc) for doc in found]


def resolve_helpdesk_locale(call: Call) -> Object:
    """Return a language, with the amount of its content."""
    return _locale(call, call.find(LOCALE).doc)


def add_helpdesk_locale(call: Call) -> None:
    """Add a language, without content."""
    locale = call.body["locale"]
    if not re.fullmatch("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", locale):
        message = f"the locale should be a language code such as en, not {locale}"
        raise invalid(message)
    path = (*call.parent(LOCALE), locale)
    if call.store.get(LOCALE, path) is not None:
        raise Refusal(409, "locale_exists")
    document = {"locale_id": call.state.new_id(LOCALE.name), "locale": locale}
    call.store.put(LOCALE, path, document)
    for content_type in nodes.TYPES:
        call.store.put(CONTENT, (*path, content_type), {})


def _locale(call: Call, locale: Object) -> Object:
    item = call.find(HELPDESK)
    path = (*item.path, locale["locale"])
    statistics = {
        content_type: {
            "entries": call.store.count(ENTRY, (*path, content_type)),
            "groups": call.store.count(GROUP, (*path, content_type)),
        }
        for content_type in nodes.TYPES
    }
    url = f"https://{nodes.host(item.doc)}/{locale['locale']}/"
    return locale | {"url": url, "statistics": statistics}


# --- redirections


def add_helpdesk_redirection(call: Call) -> Object | None:
    """Add a redirection from a path."""
    if not call.body["path"].startswith("/"):
        message = f"the path should begin with a slash, not be {call.body['path']}"
        raise invalid(message)
    return rules.create(REDIRECTION, call)


# --- feedback


def map_helpdesk_feedback_ratings(call: Call) -> Object:
    """Count the votes of readers over a period."""
    parent, query = call.parent(FEEDBACK), query_of(call, FEEDBACK)
    votes = {
        rating: call.store.count(FEEDBACK, parent, query.where("rating = ?", rating))
        for rating in _RATINGS
    }
    return {"ratings": votes}


map_helpdesk_locale_feedback_ratings = map_helpdesk_feedback_ratings

list_helpdesk_feedbacks: rules.Handler = functools.partial(rules.list_, FEEDBACK)
list_helpdesk_locale_feedbacks = list_helpdesk_feedbacks
