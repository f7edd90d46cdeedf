"""The messages that a real-time connection has missed, from the REST API.

Events that happen while there is no connection are never sent again. `Crisp.catch_up`
asks for the messages of that time instead.
"""

from __future__ import annotations

import collections
import typing as t

from crisp_api import dates, wire
from crisp_api.events import Event
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


class _Missed:
    """The missed messages of a website, conversation by conversation.

    Attributes:
        items: the events that are ready.
    """

    def __init__(self, client: t.Any, website_id: str, since: int) -> None:
        self.items: collections.deque[t.Any] = collections.deque()
        self._client = client
        self._runner = client.core.runner
        self._website_id = website_id
        self._since = since
        self._conversations: t.Any = paginate(
            client.website.list_conversations, website_id, order_date_updated=True
        )
        # After an error, it is asked for again.
        self._conversation: t.Any = None

    def __repr__(self) -> str:
        return f"missed messages of {self._website_id}"

    def fill(self) -> Steps[bool]:
        """Ask for conversations until one has a missed message."""
        while not self.items:
            if self._conversation is None:
                conversation = yield self._runner.next(self._conversations)
                if conversation is END or self._is_older(conversation, "updated_at"):
                    return False
                self._conversation = conversation
            yield from self._ask_for_messages(self._conversation["session_id"])
            self._conversation = None
        return True

    def close(self) -> None:
        """Do nothing: no request is made ahead."""

    def _is_older(self, item: t.Any, field: str) -> bool:
        moment = item.get(field)
        return moment is not None and moment < self._since

    def _ask_for_messages(self, session_id: str) -> Steps[None]:
        walk: t.Any = history
        newest_first = walk(self._client, self._website_id, session_id)
        missed: list[Event[t.Any]] = []
        while True:
            message = yield self._runner.next(newest_first)
            if message is END or self._is_older(message, "timestamp"):
                break
            missed.append(self._event(message, session_id))
        heard = self._client.core.heard
        self.items.extend(
            event for event in reversed(missed) if heard.catch_up(event.data)
        )

    def _event(self, message: t.Any, session_id: str) -> Event[t.Any]:
        """Return the event that a connection would have delivered."""
        name = "message:send" if message.get("from") == "user" else "message:received"
        data = {"website_id": self._website_id, "session_id": session_id, **message}
        return Event(name, data, self._website_id, message.get("timestamp"))
