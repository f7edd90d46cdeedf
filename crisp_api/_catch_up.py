"""The messages that a real-time connection has missed, from the REST API.

Events that happen while there is no connection are never sent again. `Crisp.catch_up`
asks for the messages of that time instead.
"""

from __future__ import annotations

import collections
import typing as t

from crisp_api import dates, wire
from crisp_api.events import Event
from crisp_api.heard import HeardMessages
from crisp_api.paging import history, paginate
from crisp_api.runners import END, Steps

__all__ = ["catch_up"]


def catch_up(client: t.Any, website_id: str, since: object) -> t.Any:
    """Iterate over the messages since a moment; see `Crisp.catch_up`."""
    client.core.require_data()
    spell: t.Any = dates.speller("timestamp_after")
    source = _Missed(
        client, wire.segment("website_id", website_id), int(spell("since", since))
    )
    return client.core.runner.iterate(source)


class _Unheard(collections.deque[t.Any]):
    """Events that are noted when they are taken, and left out if they were heard.

    Args:
        heard: the messages that the client has heard.
    """

    def __init__(self, heard: HeardMessages) -> None:
        super().__init__()
        self._heard = heard

    def popleft(self) -> t.Any:
        while True:
            event = super().popleft()
            if self._heard.catch_up(event.data):
                return event


class _Missed:
    """The missed messages of a website, conversation by conversation.

    Attributes:
        items: the events that are ready.
    """

    def __init__(self, client: t.Any, website_id: str, since: int) -> None:
        self.items: collections.deque[t.Any] = _Unheard(client.core.heard)
        self._client = client
        self._runner = client.core.runner
        self._website_id = website_id
        self._since = since
        # After an error, it is asked for again.
        self._conversation: t.Any = None
        self._start(since)

    def __repr__(self) -> str:
        return f"missed messages of {self._website_id}"

    def _start(self, until: int) -> None:
        """Walk through the list, down to conversations that are older."""
        self._until = until
        self._newest: int | None = None
        self._conversations: t.Any = paginate(
            self._client.website.list_conversations,
            self._website_id,
            order_date_updated=True,
        )

    def fill(self) -> Steps[bool]:
        """Ask for conversations until one has a missed message."""
        while not self.items:
            if self._conversation is None:
                conversation = yield self._runner.next(self._conversations)
                if conversation is END or _is_older(
                    conversation, "updated_at", self._until
                ):
                    if self._newest is None:
                        return False
                    # If it was updated meanwhile, it has moved to a page before.
                    self._start(self._newest + 1)
                    continue
                self._newest = self._newest or conversation.get("updated_at")
                self._conversation = conversation
            yield from self._ask_for_messages(self._conversation["session_id"])
            self._conversation = None
        return True

    def close(self) -> None:
        """Do nothing: no request is made ahead."""

    def _ask_for_messages(self, session_id: str) -> Steps[None]:
        walk: t.Any = history
        newest_first = walk(self._client, self._website_id, session_id)
        missed: list[Event[t.Any]] = []
        while True:
            message = yield self._runner.next(newest_first)
            if message is END or _is_older(message, "timestamp", self._since):
                break
            missed.append(self._event(message, session_id))
        self.items.extend(reversed(missed))

    def _event(self, message: t.Any, session_id: str) -> Event[t.Any]:
        """Return the event that a connection would have delivered."""
        name = "message:send" if message.get("from") == "user" else "message:received"
        data = {"website_id": self._website_id, "session_id": session_id, **message}
        return Event(name, data, self._website_id, message.get("timestamp"))


def _is_older(item: t.Any, field: str, moment: int) -> bool:
    value = item.get(field)
    return value is not None and value < moment
