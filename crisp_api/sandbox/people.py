"""The visitor's side of a chat, as a program under test meets it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import time
import typing as t

from crisp_api import schema
from crisp_api import types as ty
from crisp_api.sandbox import presence
from crisp_api.sandbox.handlers.marks import COUNTED
from crisp_api.sandbox.inside import Inside, Person
from crisp_api.sandbox.model import CONVERSATION, EVENT, MESSAGE, PAGE
from crisp_api.sandbox.query import Query

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object

__all__ = ["Visitor"]

T = t.TypeVar("T")
_STARS: t.Final = range(1, 6)


class Visitor(Person):
    """A visitor of a website, with a conversation.

    Make one with `Sandbox.visitor`.

    Attributes:
        website_id: the website that they visit.
        session_id: their conversation.
    """

    def __init__(self, inside: Inside, website_id: str, metas: Object) -> None:
        super().__init__(inside, website_id)
        self.session_id: str = ""
        self._acted = 0
        self.session_id = self._run(lambda call: presence.arrive(call, metas))

    def __repr__(self) -> str:
        return f"<Visitor, conversation {self.session_id}>"

    def say(self, text: str, **more: t.Any) -> int | None:
        """Write a message, and return its fingerprint.

        A message of a visitor who is blocked does not arrive: then it is None.

        Args:
            text: the text.
            more: other fields of the message, such as ``origin``.
        """
        if self._doc()["is_blocked"]:
            return None
        self._act()
        message = {"type": "text", "content": text}
        return self._send(self.session_id, "user", message, more)

    def sends(self, name: str, url: str, mime_type: str = "image/png") -> int | None:
        """Send a file, and return the fingerprint of its message."""
        content = {"name": name, "url": url, "type": mime_type}
        return self.say("", type="file", content=content)

    def types(self, excerpt: str = "") -> None:
        """Begin to type; with an empty excerpt, stop."""
        body: t.Any = {"type": "start" if excerpt else "stop", "from": "user"}
        if excerpt:
            body["excerpt"] = excerpt
        compose = self.client.website.compose_message_in_conversation
        compose(self.website_id, self.session_id, body)

    def sees(self) -> list[t.Any]:
        """Return the contents of the messages that they see: of both sides, in order.

        That of a text message is a text. They do not see notes and events.
        """
        return [message["content"] for message in self.messages()]

    def messages(self) -> list[Object]:
        """Return the messages that they see, of both sides, in order."""
        return self._read(is_ascending=True)

    def reads(self) -> None:
        """Read the messages of operators."""
        mark = self.client.website.mark_messages_read_in_conversation
        mark(self.website_id, self.session_id, {"from": "operator", "origin": "chat"})

    def wait_for_answer(self, timeout: float = 5.0) -> t.Any:
        """Wait until somebody has answered what they last did; return the content.

        That is a message, a choice or a field. Of several answers, it is the first.

        Args:
            timeout: how many seconds to wait.

        Raises:
            TimeoutError: nobody has answered.
        """
        events = self._inside.listen("message:received", self.session_id)
        with contextlib.closing(events):
            end = time.monotonic() + timeout
            while not (found := self._answers()):
                if (left := end - time.monotonic()) <= 0:
                    raise TimeoutError(_no_answer(timeout))
                events.get(left)
        return found[0]

    async def wait_for_answer_async(self, timeout: float = 5.0) -> t.Any:  # noqa: ASYNC109 - as for the other
        """Wait for an answer in an event loop; see `wait_for_answer`."""
        events = self._inside.listen("message:received", self.session_id)
        with contextlib.closing(events):
            try:
                async with asyncio.timeout(timeout):
                    while not (found := self._answers()):
                        await anext(events)
            except TimeoutError:
                raise TimeoutError(_no_answer(timeout)) from None
        return found[0]

    def _answers(self) -> list[t.Any]:
        """Return the contents of the messages of operators since they last acted."""
        return [
            message["content"]
            for message in self._read(is_ascending=True, after=self._acted)
            if message["from"] == "operator"
        ]

    def _act(self) -> None:
        """Note that they act now, after all messages so far."""
        self._acted = max((one["timestamp"] for one in self._read(count=1)), default=0)

    def _read(
        self, *, is_ascending: bool = False, after: int = -1, count: int = -1
    ) -> list[Object]:
        """Return messages that they see, in order or the last one first."""
        query = Query(order="moment", is_ascending=is_ascending).where(COUNTED)
        query = query.where("moment > ?", after)
        return self._run(
            lambda call: call.store.select(
                MESSAGE, call.find(CONVERSATION).path, query, 0, count
            )
        )

    def pick(self, choice: str) -> None:
        """Pick a choice of the last picker: its value, or its label.

        Raises:
            ValueError: there is no picker, or no such choice.
        """
        message = self._last("picker")
        choices = message["content"]["choices"]
        fields = [
            one for one in ("value", "label") if choice in {c[one] for c in choices}
        ]
        if not fields:
            known = ", ".join(repr(one["value"]) for one in choices)
            problem = f"there is no choice {choice!r}; there are {known}"
            raise ValueError(problem)
        for one in choices:
            one["selected"] = one[fields[0]] == choice
        self._change(message)

    def fill(self, value: str) -> None:
        """Fill in the last field.

        Raises:
            ValueError: there is no field.
        """
        message = self._last("field")
        message["content"]["value"] = value
        self._change(message)

    def visits(self, url: str, title: str = "") -> None:
        """View a page of the website."""

        def view(call: Call) -> None:
            page = {"page_url": url, "page_title": title}
            schema.check({**page, "timestamp": 0}, ty.EventsSessionPage)
            presence.keep(call, PAGE, page)
            seen = [{**page, "timestamp": call.now}]
            call.emit_of(call.find(CONVERSATION), "session:sync:pages", pages=seen)
            presence.show(call, {"last_page": page})

        self._run(view)

    def triggers(self, text: str, data: t.Mapping[str, t.Any] | None = None) -> None:
        """Record an event, as the chatbox does for the program of the website."""

        def record(call: Call) -> None:
            event: Object = {"text": text, "data": dict(data or {})}
            schema.check({**event, "timestamp": 0}, ty.EventsSessionEvent)
            presence.keep(call, EVENT, event)
            events = [{**event, "timestamp": call.now}]
            call.emit_of(call.find(CONVERSATION), "session:sync:events", events=events)

        self._run(record)

    def rates(self, stars: int, comment: str = "") -> None:
        """Rate the conversation, with up to five stars."""

        def rate(call: Call) -> None:
            rating = {"stars": stars, "comment": comment}
            schema.check(rating, ty.EventsSessionRating)
            if stars not in _STARS:
                problem = f"stars are 1 to 5, not {stars}"
                raise ValueError(problem)
            call.emit_of(call.find(CONVERSATION), "session:sync:rating", rating=rating)

        self._run(rate)

    def leaves(self) -> None:
        """Leave the website."""
        self._run(functools.partial(presence.be_there, is_online=False))

    def returns(self) -> None:
        """Come back to the website."""
        self._run(functools.partial(presence.be_there, is_online=True))

    # --- inside

    def _run(self, change: t.Callable[[Call], T]) -> T:
        arguments = {"website_id": self.website_id, "session_id": self.session_id}
        return t.cast("T", self._inside.run(arguments, change))

    def _doc(self) -> Object:
        return self._run(lambda call: call.find(CONVERSATION).doc)

    def _last(self, kind: str) -> Object:
        for message in reversed(self.messages()):
            if message["type"] == kind:
                return message
        problem = f"the visitor sees no message of the type {kind!r}"
        raise ValueError(problem)

    def _change(self, message: Object) -> None:
        """Send a message back with another content, unless they are blocked."""
        if self._doc()["is_blocked"]:
            return
        self._act()
        update = self.client.website.update_message_in_conversation
        body: t.Any = {"content": message["content"]}
        update(self.website_id, self.session_id, message["fingerprint"], body)


def _no_answer(seconds: float) -> str:
    return (
        f"nobody has answered the visitor within {seconds:.3g} seconds; a bot must "
        "listen before the visitor acts"
    )
