"""Parts of a conversation: files, calls, screen sharing, verification."""

from __future__ import annotations

import datetime as dt
import typing as t

from crisp_api.sandbox import rules
from crisp_api.sandbox.call import NOWHERE, blank, shown
from crisp_api.sandbox.handlers import messages
from crisp_api.sandbox.model import (
    BROWSING,
    CALL,
    CONVERSATION,
    MESSAGE,
    SUBSCRIPTION,
)
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import check_email, invalid, not_found

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item
    from crisp_api.sandbox.model import Object

__all__ = [
    "compose_message_in_conversation",
    "deliver_widget_button_action_for_conversation",
    "deliver_widget_data_action_for_conversation",
    "get_conversation_relations",
    "get_ongoing_call_session_for_conversation",
    "get_verify_status_for_conversation",
    "initiate_browsing_session_for_conversation",
    "initiate_new_call_session_for_conversation",
    "list_browsing_sessions_for_conversation",
    "list_conversation_files",
    "redeem_identity_verification_link_for_conversation",
    "request_email_transcript_for_conversation",
    "request_identity_verification_for_conversation",
    "schedule_reminder_for_conversation",
    "update_verify_status_for_conversation",
]

_MOST: t.Final = 1000
_SIDES: t.Final = {"user": "visitor", "operator": "operator"}


def compose_message_in_conversation(call: Call) -> None:
    """Show that a side is typing, or not any more."""
    conversation, body = call.find(CONVERSATION), call.body
    side = _SIDES[body["from"]]
    compose: Object = conversation.doc.setdefault("compose", {})
    if body["type"] == "stop":
        compose.pop(side, None)
    else:
        atom = {key: body[key] for key in ("excerpt", "automated") if key in body}
        compose[side] = {"type": "start", "timestamp": call.now, **atom}
    call.save(conversation)
    names = ("type", "excerpt", "automated")
    fields: Object = {name: body[name] for name in names if name in body}
    fields["timestamp"] = call.now
    if side == "operator":
        fields["user"] = messages.author(call, conversation, body)
        call.emit_of(conversation, "message:compose:receive", **fields)
    else:
        call.emit_of(conversation, "message:compose:send", **fields)


def list_conversation_files(call: Call) -> list[Object]:
    """List the files that were sent, the last one first."""
    query = Query(order="moment").where("is_file = 1")
    found = call.page(MESSAGE, call.find(CONVERSATION).path, query)
    empty = {"name": "", "type": "", "url": ""}
    return [
        {
            **{key: one["content"].get(key, text) for key, text in empty.items()},
            "fingerprint": one["fingerprint"],
            "timestamp": one["timestamp"],
        }
        for one in found
    ]


def request_email_transcript_for_conversation(call: Call) -> None:
    """Accept a request for a transcript by e-mail."""
    call.find(CONVERSATION)
    check_email(call.body.get("email", ""), ".email")


def get_conversation_relations(call: Call) -> Object:
    """Return the conversations that a conversation was split from, or into: none."""
    call.find(CONVERSATION)
    empty: Object = blank(call.operation.answer)
    return empty


# --- verification


def get_verify_status_for_conversation(call: Call) -> Object:
    """Return whether the visitor is verified, and how."""
    doc = call.find(CONVERSATION).doc
    return {"verified": doc["is_verified"], "verifications": doc["verifications"]}


def update_verify_status_for_conversation(call: Call) -> None:
    """Verify the visitor by hand, or take that back."""
    conversation = call.find(CONVERSATION)
    conversation.doc["is_verified"] = call.body["verified"]
    _save_verification(call, conversation)


def _save_verification(call: Call, conversation: Item) -> None:
    call.touch(conversation)
    names = ("is_verified", "verifications")
    fields = {name: conversation.doc[name] for name in names}
    call.emit_of(conversation, "session:update_verify", **fields)


def request_identity_verification_for_conversation(call: Call) -> None:
    """Note the token of the link that the visitor would get."""
    conversation = call.find(CONVERSATION)
    token = call.state.new_id("verification")
    conversation.doc["verification"] = {**call.body, "token": token}
    call.save(conversation)
    website_id, session_id = conversation.path
    call.emit(
        "identity:verify:request",
        website_id,
        session_id=session_id,
        plugin_id=call.state.plugin_id,
        target=call.body.get("recipient", ""),
        code=token,
        confirm_url=f"{NOWHERE}/verify/{token}",
    )


def redeem_identity_verification_link_for_conversation(call: Call) -> None:
    """Verify the visitor, if the token is that of the link."""
    conversation = call.find(CONVERSATION)
    asked: Object = conversation.doc.get("verification", {})
    names = ("identity", "token")
    if [asked.get(name) for name in names] != [call.body[name] for name in names]:
        message = "the token was not sent for this identity"
        raise invalid(message)
    del conversation.doc["verification"]
    conversation.doc["is_verified"] = True
    conversation.doc["verifications"].append(
        {
            "identity": asked["identity"],
            "method": "link",
            "annotation": asked.get("recipient", ""),
        }
    )
    _save_verification(call, conversation)


# --- screen sharing, calls


def list_browsing_sessions_for_conversation(call: Call) -> list[Object]:
    """List the sessions in which the visitor's screen is shared."""
    found = call.store.select(BROWSING, call.find(CONVERSATION).path, Query(), 0, _MOST)
    (type_,) = t.get_args(call.operation.answer)
    return [shown(doc, type_) for doc in found]


def initiate_browsing_session_for_conversation(call: Call) -> None:
    """Share the visitor's screen."""
    conversation = call.find(CONVERSATION)
    system = conversation.doc["meta"]["device"]["system"]
    item = rules.new(BROWSING, call, {})
    item.doc["browsing_token"] = call.state.new_id("browsing token")
    item.doc["useragent"] = system["useragent"]
    call.save(item)
    fields = {name: item.doc[name] for name in ("browsing_id", "browsing_token")}
    call.emit_of(conversation, "browsing:request:initiated", **fields)


def get_ongoing_call_session_for_conversation(call: Call) -> Object:
    """Return the call in progress."""
    if found := _ongoing(call):
        return found
    noun = "call"
    raise not_found(noun)


def initiate_new_call_session_for_conversation(call: Call) -> Object:
    """Start a call, unless there is one; return its identifier."""
    if found := _ongoing(call):
        return found
    item = rules.new(CALL, call, {})
    call.save(item)
    conversation = call.find(CONVERSATION)
    call_id = item.path[-1]
    call.emit_of(conversation, "call:request:initiated", call_id=call_id)
    return item.doc


def _ongoing(call: Call) -> Object | None:
    path = call.find(CONVERSATION).path
    return next(iter(call.store.select(CALL, path, Query(), 0, 1)), None)


# --- other requests


def schedule_reminder_for_conversation(call: Call) -> None:
    """Accept a reminder, if its date is one."""
    call.find(CONVERSATION)
    try:
        dt.datetime.fromisoformat(call.body["date"])
    except ValueError:
        message = "data should be an ISO 8601 date at '.date'"
        raise invalid(message) from None


def deliver_widget_button_action_for_conversation(call: Call) -> Object:
    """Accept a press of a button of a plugin's widget."""
    return _delivered(call)


def deliver_widget_data_action_for_conversation(call: Call) -> Object:
    """Accept a request for a value of a plugin's widget, or a change of it."""
    return _delivered(call)


def _delivered(call: Call) -> Object:
    conversation = call.find(CONVERSATION)
    _, plugin_id = call.find(SUBSCRIPTION).path
    ids = {"plugin_id": plugin_id, "correlation_id": call.state.new_id("widget action")}
    name = "widget:action:processed"
    call.emit_of(conversation, name, **ids, outcome="success")
    strategy = {"attempts": 1, "exhaustion": 1}
    return {"correlation_id": ids["correlation_id"], "strategy": strategy}
