"""Messages in quarantine."""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.sandbox import rules
from crisp_api.sandbox.call import shown
from crisp_api.sandbox.handlers import conversations, messages
from crisp_api.sandbox.model import CONVERSATION, SPAM

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = [
    "resolve_spam_conversation_content",
    "submit_spam_conversation_decision",
]


def resolve_spam_conversation_content(call: Call) -> Object:
    """Return a message in quarantine, with its content."""
    return shown(call.find(SPAM).doc, ty.ConversationSpamContent)


def submit_spam_conversation_decision(call: Call) -> None:
    """Make a conversation of a message in quarantine, or discard it."""
    spam = call.find(SPAM)
    if call.body["action"] == "accept":
        item = rules.new(CONVERSATION, call, {})
        conversations.begin(call, item)
        content: Object = spam.doc["content"]
        text = str(content.get("text") or content.get("subject") or "")
        message: Object = {
            "type": "text",
            "from": "user",
            "origin": spam.doc["type"],
            "content": text,
        }
        messages.add(call, item, message)
        call.save(item)
    call.store.remove(SPAM, spam.path)
    decision = {"spam_id": spam.path[-1], "action": call.body["action"]}
    call.emit("spam:decision", spam.path[0], **decision)
