# pyright: strict
"""Handle the events of a webhook."""

from __future__ import annotations

from typing import Literal, cast

from crisp_api import Crisp
from crisp_api import types as ty


def handle(client: Crisp, event: ty.EventsWebHookBody) -> str:
    """Do what an event asks for, and say what was done."""
    if event["event"] == "message:send":
        return answer(client, cast("ty.EventsMessageSend", event["data"]))
    if event["event"] == "session:set_state":
        changed = cast("ty.EventsSessionSetState", event["data"])
        return f"{changed['session_id']} is {changed['state']}"
    return f"nothing for {event['event']}"


def answer(client: Crisp, message: ty.EventsMessageSend) -> str:
    """Answer a visitor who sends text, and note down a file."""
    if message["type"] == "text":
        send(client, message, "text", f"You said: {message['content']}")
        return "answered"
    if message["type"] == "file":
        name = message["content"]["name"]
        send(client, message, "note", f"They sent {name}.")
        return "noted"
    return f"nothing for {message['type']}"


def send(
    client: Crisp, to: ty.EventsMessageSend, kind: Literal["text", "note"], text: str
) -> None:
    """Send a text, or a note."""
    client.website.send_message_in_conversation(
        to["website_id"],
        to["session_id"],
        {"type": kind, "from": "operator", "origin": "chat", "content": text},
    )
