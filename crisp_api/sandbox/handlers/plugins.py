"""Plugins on websites, and the sandbox's own plugin."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import typing as t

from crisp_api.sandbox.call import merge, shown
from crisp_api.sandbox.handlers import plans
from crisp_api.sandbox.model import SUBSCRIPTION, WEBSITE
from crisp_api.sandbox.query import Query

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item, State
    from crisp_api.sandbox.model import Object

__all__ = [
    "check_connect_session_validity",
    "dispatch_plugin_event",
    "forward_plugin_payload_to_channel",
    "get_connect_account",
    "get_connect_endpoints",
    "get_plugin_attest_provenance",
    "get_plugin_usage_bills",
    "get_subscription_details",
    "get_subscription_settings",
    "list_all_active_subscriptions",
    "list_all_connect_websites",
    "list_connect_websites_since",
    "list_subscriptions_website",
    "report_plugin_usage_to_bill",
    "save_subscription_settings",
    "subscribe_plugin_to_website",
    "unsubscribe_plugin_from_website",
    "update_subscription_settings",
]

_MOST: t.Final = 1000
_HOUR: t.Final = 3_600_000


# --- subscriptions


def list_all_active_subscriptions(call: Call) -> list[Object]:
    """List the plugins on all websites."""
    (type_,) = t.get_args(call.operation.answer)
    return [shown(doc, type_) for doc in call.store.every(SUBSCRIPTION, Query())]


def list_subscriptions_website(call: Call) -> list[Object]:
    """List the plugins on a website."""
    (type_,) = t.get_args(call.operation.answer)
    path = call.find(WEBSITE).path
    found = call.store.select(SUBSCRIPTION, path, Query(is_ascending=True), 0, _MOST)
    return [shown(doc, type_) for doc in found]


def get_subscription_details(call: Call) -> Object:
    """Return a plugin on a website."""
    return shown(call.find(SUBSCRIPTION).doc, call.operation.answer)


def subscribe_plugin_to_website(call: Call) -> None:
    """Install a plugin on a website; it may be repeated."""
    path = call.find(WEBSITE).path
    plugin_id = call.body["plugin_id"]
    if not call.store.has(SUBSCRIPTION, (*path, plugin_id)):
        install(call.state, path[0], plugin_id)
        _emit_subscription(call, path[0], plugin_id, is_bound=True)


def install(state: State, website_id: str, plugin_id: str) -> None:
    """Install a plugin on a website."""
    is_own = plugin_id == state.plugin_id
    name, site = ("Sandbox", "sandbox.crisp.chat") if is_own else (plugin_id,) * 2
    moment = state.now()
    since = dt.datetime.fromtimestamp(moment / 1000, dt.UTC)
    # Not derived from the type, whose module a new sandbox would have to load.
    doc: Object = {
        "id": plugin_id,
        "website_id": website_id,
        "urn": f"urn:{site}:plugin:0",
        "type": "public",
        "name": name,
        **dict.fromkeys(("category", "summary", "icon", "website_url"), ""),
        "price": 0,
        "configurable": True,
        "active": True,
        "since": f"{since:%Y-%m-%dT%H:%M:%SZ}",
        "settings": {},
        "token": state.fixed_id(f"token {website_id} {plugin_id}"),
        "changed_at": moment,
    }
    state.store.put(SUBSCRIPTION, (website_id, plugin_id), doc)


def unsubscribe_plugin_from_website(call: Call) -> None:
    """Remove a plugin from a website."""
    item = call.find(SUBSCRIPTION)
    call.store.delete(SUBSCRIPTION, item.path)
    _emit_subscription(call, *item.path, is_bound=False)


def _emit_subscription(
    call: Call, website_id: str, plugin_id: str, *, is_bound: bool
) -> None:
    fields = {"plugin_id": plugin_id, "bound": is_bound, "target": website_id}
    call.emit("plugin:subscription:updated", website_id, **fields)


def forward_plugin_payload_to_channel(call: Call) -> None:
    """Send a payload to those who listen to the plugin."""
    website_id, plugin_id = call.find(SUBSCRIPTION).path
    empty: Object = {"identifier": "", "namespace": "", "payload": {}}
    fields = empty | {"plugin_id": plugin_id} | call.body
    call.emit("plugin:channel", website_id, **fields)


def dispatch_plugin_event(call: Call) -> None:
    """Send an event of the plugin."""
    item = call.find(SUBSCRIPTION)
    website_id, plugin_id = item.path
    empty: Object = {"name": "", "data": {}}
    fields = empty | {"plugin_id": plugin_id, "urn": item.doc["urn"]} | call.body
    call.emit("plugin:event", website_id, **fields)


# --- settings, bills


def get_subscription_settings(call: Call) -> Object:
    """Return the settings of a plugin on a website."""
    item = call.find(SUBSCRIPTION)
    website_id, plugin_id = item.path
    ids = {"website_id": website_id, "plugin_id": plugin_id}
    return ids | {name: item.doc[name] for name in ("token", "settings")}


def save_subscription_settings(call: Call) -> None:
    """Replace the settings of a plugin on a website."""
    item = call.find(SUBSCRIPTION)
    item.doc["settings"] = call.body
    _save_settings(call, item)


def update_subscription_settings(call: Call) -> None:
    """Change the settings of a plugin on a website; objects inside are merged."""
    item = call.find(SUBSCRIPTION)
    merge(item.doc["settings"], call.body)
    _save_settings(call, item)


def _save_settings(call: Call, item: Item) -> None:
    item.doc["changed_at"] = call.now
    call.save(item)
    website_id, plugin_id = item.path
    fields = {"plugin_id": plugin_id, "settings": item.doc["settings"]}
    call.emit("plugin:settings:saved", website_id, **fields)


def get_plugin_usage_bills(call: Call) -> list[Object]:
    """List what was reported, and is not settled."""
    return list(call.find(SUBSCRIPTION).doc.get("bills", []))


def report_plugin_usage_to_bill(call: Call) -> None:
    """Add a usage charge."""
    item = call.find(SUBSCRIPTION)
    item.doc.setdefault("bills", []).append(call.body)
    call.save(item)


def get_plugin_attest_provenance(call: Call) -> Object:
    """Return a statement of who opened the plugin, signed with its token."""
    item = call.find(SUBSCRIPTION)
    website_id, plugin_id = item.path
    user_id, expire_at = call.state.user_id, call.now + _HOUR
    payload = {
        "website": {"website_id": website_id},
        "user": {"user_id": user_id, "role": "owner"},
        "plugin": {"plugin_id": plugin_id},
    }
    text = json.dumps({"payload": payload, "expire_at": expire_at}).encode()
    signed = hmac.new(item.doc["token"].encode(), text, hashlib.sha256).hexdigest()
    return {"payload": payload, "signed": signed, "expire_at": expire_at}


# --- the plugin itself


def get_connect_account(call: Call) -> Object:
    """Return the plugin whose the token is."""
    return {"plugin_id": call.state.plugin_id}


def check_connect_session_validity(_call: Call) -> None:
    """Accept: the token was checked."""


def list_all_connect_websites(call: Call) -> list[Object]:
    """List the websites that have installed the plugin."""
    return call.part(_websites(call, Query()))


def list_connect_websites_since(call: Call) -> list[Object]:
    """List the websites on which the plugin has changed since a date."""
    since = call.query.get("date_since") or 0
    return _websites(call, Query().where("changed >= ?", since))


def _websites(call: Call, query: Query) -> list[Object]:
    query = query.where("plugin = ?", call.state.plugin_id)
    if call.query.get("filter_configured"):
        query = query.where("is_configured = 1")
    return [_website(call, doc) for doc in call.store.every(SUBSCRIPTION, query)]


def _website(call: Call, doc: Object) -> Object:
    website = {name: doc[name] for name in ("website_id", "price", "token", "settings")}
    if call.query.get("include_plan"):
        found = call.store.get(WEBSITE, (doc["website_id"],)) or {}
        plan = found.get(plans.PLAN, plans.FREE)
        website["plan"] = {name: plan[name] for name in ("id", "name", "trialing")}
    return website


# --- real-time connections


def get_connect_endpoints(call: Call) -> Object:
    """Return where events can be received."""
    return endpoints(call, {})


def endpoints(call: Call, more: Object) -> Object:
    """Return the endpoints for real-time connections."""
    state = call.state
    socket = {"app": f"{state.origin}/realtime/?server={state.server}", **more}
    return {"socket": socket, "rescue": {"socket": socket}}
