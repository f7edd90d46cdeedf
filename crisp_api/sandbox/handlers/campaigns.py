"""Campaigns: their life cycle, and the people that they are sent to."""

from __future__ import annotations

import json
import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.handlers import operators, people, people_search
from crisp_api.sandbox.model import CAMPAIGN, OPERATOR, PEOPLE, STATISTIC, WEBSITE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item
    from crisp_api.sandbox.model import Object

__all__ = [
    "dispatch_campaign",
    "list_campaign_recipients",
    "list_campaign_statistics",
    "list_campaign_tags",
    "list_people_campaigns",
    "pause_campaign",
    "resume_campaign",
    "save_campaign",
    "test_campaign",
    "update_campaign",
]

_DONE: t.Final = 100
_SET_BY_CRISP: t.Final = {
    *("campaign_id", "ready", "dispatched", "running", "progress", "targets"),
    *("reached", "created_at", "updated_at", "dispatched_at", "statistics"),
}
_MOST: t.Final = 1000


def list_campaign_tags(call: Call) -> list[str]:
    """List the tags of campaigns."""
    parent = call.find(WEBSITE).path
    rows = call.store.rows(
        "SELECT DISTINCT tag FROM campaign WHERE parent = ? AND tag <> '' ORDER BY tag",
        parent,
    )
    return [tag for (tag,) in rows]


def save_campaign(call: Call) -> None:
    """Replace a campaign; its progress stays."""
    before = call.find(CAMPAIGN)
    _prepare(call)
    rules.replace(CAMPAIGN, call)
    item = call.find(CAMPAIGN)
    kept = ("type", "name", "dispatched", "running", "dispatched_at")
    item.doc.update(
        {
            name: before.doc[name]
            for name in kept
            if name in before.doc and name not in call.body
        }
    )
    _configure(call, item)


def update_campaign(call: Call) -> None:
    """Change a campaign; objects inside are merged."""
    _prepare(call)
    rules.update(CAMPAIGN, call)
    _configure(call, call.find(CAMPAIGN))


def _configure(call: Call, item: Item) -> None:
    """Note whether a campaign can be sent: it needs a message and recipients."""
    doc = item.doc
    doc["ready"] = bool(doc.get("message") and doc.get("recipients", {}).get("type"))
    call.save(item)


def _prepare(call: Call) -> None:
    """Refuse a sender who does not exist; leave out what only Crisp sets."""
    call.find(CAMPAIGN)
    for name in _SET_BY_CRISP & call.body.keys():
        del call.body[name]
    if sender := call.body.get("sender", {}).get("user_id"):
        operators.require(call, OPERATOR, sender)


# --- the life cycle


def dispatch_campaign(call: Call) -> None:
    """Send a campaign: at once if it is sent once; an automated one starts to run."""
    item = call.find(CAMPAIGN)
    if not item.doc["ready"]:
        raise Refusal(409, "campaign_not_ready", "it has no message, or no recipients")
    if item.doc["dispatched"]:
        raise Refusal(409, "campaign_dispatched", "it was sent before")
    number = call.store.count(PEOPLE, item.path[:-1], _recipients(item))
    is_sent = item.doc["type"] == "one-shot"
    item.doc.update(
        {
            "dispatched": True,
            "dispatched_at": call.now,
            "running": not is_sent,
            "progress": _DONE if is_sent else 0,
            "targets": number,
            "reached": number if is_sent else 0,
        }
    )
    call.touch(item)
    _emit(call, item, "dispatched")
    if is_sent:
        _emit(call, item, "progress", progress=_DONE)
    else:
        _emit(call, item, "running", running=True)


def _emit(call: Call, item: Item, name: str, **fields: t.Any) -> None:
    website_id, campaign_id = item.path
    call.emit(f"campaign:{name}", website_id, campaign_id=campaign_id, **fields)


def pause_campaign(call: Call) -> None:
    """Pause a campaign that runs."""
    _run(call, is_running=False)


def resume_campaign(call: Call) -> None:
    """Let a paused campaign run again."""
    _run(call, is_running=True)


def _run(call: Call, *, is_running: bool) -> None:
    item = call.find(CAMPAIGN)
    is_over = item.doc.get("progress") == _DONE
    if not item.doc["dispatched"] or is_over or item.doc["running"] is is_running:
        state = "paused" if is_running else "running"
        raise Refusal(409, f"campaign_not_{state}")
    item.doc["running"] = is_running
    call.touch(item)
    _emit(call, item, "running", running=is_running)


def test_campaign(call: Call) -> None:
    """Accept a test of a campaign that can be sent."""
    if not call.find(CAMPAIGN).doc["ready"]:
        raise Refusal(409, "campaign_not_ready", "it has no message, or no recipients")


# --- people


def list_campaign_recipients(call: Call) -> list[Object]:
    """List the people that a campaign is for."""
    item = call.find(CAMPAIGN)
    found = call.page(PEOPLE, item.path[:-1], _recipients(item))
    return [_recipient(person) for person in found]


def _recipient(person: Object) -> Object:
    shown_person: Object = {
        "people_id": person["people_id"],
        "subscribed": people.subscribes(person),
    }
    if "email" in person:
        shown_person["email"] = person["email"]
    details: Object = person.get("person", {})
    if "nickname" in details:
        names = ("nickname", "avatar")
        shown_person["person"] = {k: details[k] for k in names if k in details}
    return shown_person


def _recipients(item: Item) -> Query:
    """Return the query for the people that a campaign is for."""
    wanted: Object = item.doc.get("recipients", {})
    kind, query = wanted.get("type"), Query()
    if kind == "segments":
        return query.among(
            "SELECT owner FROM tag WHERE kind = 'people segment' AND website = ? "
            "AND name IN (SELECT value FROM json_each(?))",
            *(item.path[0], json.dumps(wanted.get("segments", []))),
        )
    if kind == "people":
        return people_search.selected({"profiles": wanted.get("people", [])})
    if kind == "filter":
        return people_search.selected({"search": {"filter": wanted.get("filter", [])}})
    return query if kind == "all" else query.where("FALSE")


def list_campaign_statistics(call: Call) -> list[Object]:
    """List what recipients did, of one type."""
    (type_,) = t.get_args(call.operation.answer)
    query = query_of(call, STATISTIC).where("type = ?", call.arguments["type"])
    found = call.page(STATISTIC, call.find(CAMPAIGN).path, query)
    return [shown(doc, type_) for doc in found]


def list_people_campaigns(call: Call) -> list[Object]:
    """List the campaigns that reached a person, the last one first."""
    person = call.find(PEOPLE)
    (type_,) = t.get_args(call.operation.answer)
    sent = Query().where("is_dispatched = 1")
    found: list[Object] = []
    for doc in call.store.select(CAMPAIGN, person.path[:-1], sent, 0, _MOST):
        item = call.find(CAMPAIGN, doc["campaign_id"])
        query = _recipients(item).where("people = ?", person.path[-1])
        if call.store.count(PEOPLE, person.path[:-1], query):
            found.append(shown(doc, type_) | {"statistics": []})
    return call.part(found)
