"""A sandbox to test, a client of it, and a clock of its own."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import Crisp
from crisp_api.sandbox import Sandbox


class Clock:
    """A clock that goes on a second each time it is read."""

    def __init__(self) -> None:
        self.seconds = 1_700_000_000.0

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


class Here(t.NamedTuple):
    """A sandbox, a client of it, and the website that both know."""

    sandbox: Sandbox
    client: Crisp
    website_id: str

    @property
    def website(self) -> t.Any:
        return self.client.website

    def open(self, text: str = "", **meta: t.Any) -> str:
        """Open a conversation, with a first message of the visitor."""
        session_id: str = self.website.create_new_conversation(self.website_id)[
            "session_id"
        ]
        if text:
            self.say(session_id, text)
        if meta:
            self.website.update_conversation_metas(self.website_id, session_id, meta)
        return session_id

    def say(
        self, session_id: str, text: str, author: str = "user", **more: t.Any
    ) -> int:
        message = {"type": "text", "from": author, "origin": "chat", "content": text}
        sent = self.website.send_message_in_conversation(
            self.website_id, session_id, message | more
        )
        fingerprint: int = sent["fingerprint"]
        return fingerprint

    def listed(self, page_number: int = 1, **filters: t.Any) -> list[str]:
        """The conversations of a page, by their last message."""
        page = self.website.list_conversations(self.website_id, page_number, **filters)
        return [conversation["last_message"] for conversation in page]

    def said(self, session_id: str, **where: int) -> list[str]:
        messages = self.website.get_messages_in_conversation(
            self.website_id, session_id, **where
        )
        return [message["content"] for message in messages]


@pytest.fixture
def here() -> Here:
    sandbox = Sandbox(clock=Clock())
    return Here(
        sandbox, Crisp("i", "k", tier="plugin", transport=sandbox), sandbox.website_id
    )
