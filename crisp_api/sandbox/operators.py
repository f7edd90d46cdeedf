"""The operator's side of a chat, as a program under test meets it."""

from __future__ import annotations

import functools
import typing as t

from crisp_api.sandbox import presence
from crisp_api.sandbox.inside import Inside, Person
from crisp_api.sandbox.people import Visitor

if t.TYPE_CHECKING:
    from crisp_api.sandbox.resource import Object

__all__ = ["Operator"]


class Operator(Person):
    """An operator of a website.

    Make one with `Sandbox.operator`.

    Attributes:
        website_id: their website.
        user_id: their identifier.
        name: their name, as visitors see it.
    """

    def __init__(self, inside: Inside, website_id: str, name: str) -> None:
        super().__init__(inside, website_id)
        self.name: str = name or "Sandbox Operator"
        arguments = {"website_id": website_id}
        self.user_id: str = inside.run(
            arguments, lambda call: presence.hire(call, name)
        )

    def __repr__(self) -> str:
        return f"<Operator {self.name!r}>"

    def say(self, to: Visitor | str, text: str, **more: t.Any) -> int:
        """Write a message in a conversation, and return its fingerprint.

        Args:
            to: the visitor, or the conversation.
            text: the text.
            more: other fields of the message.
        """
        user: Object = {"user_id": self.user_id, "nickname": self.name}
        message: Object = {"type": "text", "content": text, "user": user}
        return self._send(_session(to), "operator", message, more)

    def notes(self, about: Visitor | str, text: str) -> int:
        """Write a note, which only operators see."""
        return self.say(about, text, type="note")

    def takes(self, conversation: Visitor | str) -> None:
        """Take charge of a conversation."""
        body: t.Any = {"assigned": {"user_id": self.user_id}}
        assign = self.client.website.assign_conversation_routing
        assign(self.website_id, _session(conversation), body)

    def resolves(self, conversation: Visitor | str) -> None:
        """Resolve a conversation."""
        change = self.client.website.change_conversation_state
        change(self.website_id, _session(conversation), {"state": "resolved"})

    def arrives(self) -> None:
        """Come online: the website appears as online too."""
        self._inside.run(self._ids, functools.partial(presence.attend, is_online=True))

    def leaves(self) -> None:
        """Go offline."""
        self._inside.run(self._ids, functools.partial(presence.attend, is_online=False))

    @property
    def _ids(self) -> dict[str, str]:
        return {"website_id": self.website_id, "user_id": self.user_id}


def _session(where: Visitor | str) -> str:
    return where.session_id if isinstance(where, Visitor) else where
