"""Websites: what a sandbox starts with, the website itself, and its settings."""

from __future__ import annotations

import hashlib
import typing as t

from crisp_api.sandbox.handlers import plugins
from crisp_api.sandbox.model import OPERATOR, SUBSCRIPTION, WEBSITE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, not_found

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, State
    from crisp_api.sandbox.model import Object, Path

__all__ = [
    "check_website_exists",
    "create_website",
    "get_connect_endpoints",
    "get_verify_key",
    "roll_verify_key",
]


def begin(state: State) -> None:
    """Add what a sandbox starts with, unless it is there."""
    if not state.store.has(WEBSITE, (state.website_id,)):
        # The identifiers 1 and 2 are those of the operator and of this website.
        state.store.next("id", 2)
        _add(state, state.website_id, "Sandbox", "sandbox.example")


def require_plugin(call: Call) -> None:
    """Refuse a request of a plugin for a website that has not installed it."""
    website_id = call.arguments.get("website_id")
    if call.tier != "plugin" or website_id is None:
        return
    path: Path = (website_id, call.state.plugin_id)
    if call.arguments.get("plugin_id", path[1]) != path[1]:
        # A plugin sees itself only.
        noun = "subscription"
        raise not_found(noun)
    if not call.store.has(SUBSCRIPTION, path) and call.operation.service != "plugin":
        call.find(WEBSITE)
        message = "the plugin is not installed on the website"
        raise Refusal(404, "not_subscribed", message)


def check_website_exists(call: Call) -> None:
    """Refuse a domain that no website has."""
    query = Query().where("domain = ?", call.query["domain"])
    if not call.store.count(WEBSITE, (), query):
        raise Refusal(404, "not_found")


def create_website(call: Call) -> Object:
    """Create a website, with the operator and the plugin of the sandbox."""
    website_id = call.state.new_id("website")
    return _add(call.state, website_id, call.body["name"], call.body["domain"])


def get_verify_key(call: Call) -> Object:
    """Return the key that signs the identities of visitors."""
    website = call.find(WEBSITE)
    name = f"verify key {website.path[0]} {website.doc.get('verify_keys', 0)}"
    return {"secret": hashlib.sha256(call.state.fixed_id(name).encode()).hexdigest()}


def roll_verify_key(call: Call) -> None:
    """Replace the key that signs the identities of visitors."""
    website = call.find(WEBSITE)
    website.doc["verify_keys"] = website.doc.get("verify_keys", 0) + 1
    call.save(website)


def get_connect_endpoints(call: Call) -> Object:
    """Return where the events of a website can be received."""
    call.find(WEBSITE)
    return plugins.endpoints(call, {"stream": f"{call.state.origin}/stream/"})


def _add(state: State, website_id: str, name: str, domain: str) -> Object:
    website = {"website_id": website_id, "name": name, "domain": domain, "logo": ""}
    operator = {
        "user_id": state.user_id,
        "email": "operator@sandbox.example",
        "first_name": "Sandbox",
        "last_name": "Operator",
        "role": "owner",
    }
    state.store.put(WEBSITE, (website_id,), website)
    state.store.put(OPERATOR, (website_id, state.user_id), operator)
    plugins.install(state, website_id, state.plugin_id)
    return website
