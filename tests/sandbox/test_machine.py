"""Any sequence of calls: what was written is read back, and lists agree with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing as t

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, consumes, initialize, invariant, rule

from tests.sandbox.machine import SETTINGS, Machine

WORDS = st.sampled_from(["refund", "Invoice", "café", "late delivery", "a1"])
SEGMENTS = st.lists(st.sampled_from(["vip", "trial", "bug"]), unique=True)
SIDES = st.sampled_from(["user", "operator"])
STATES = st.sampled_from(["pending", "unresolved", "resolved"])
NAMES = st.sampled_from(["Jane", "Joe Bloggs", ""])
ORDERS = ("order_date_updated", "order_date_created")


@dataclasses.dataclass
class Said:
    """A message, as it was sent."""

    fingerprint: int
    author: str
    type: str
    content: str
    is_read: bool = False

    @property
    def is_unread(self) -> bool:
        return not self.is_read and self.type == "text"


@dataclasses.dataclass
class Talk:
    """A conversation, as a plain list of what was done to it."""

    created: int
    updated: int
    state: str = "pending"
    assignee: str = ""
    inbox: str | None = None
    is_blocked: bool = False
    is_empty: bool = True
    nickname: str = ""
    segments: list[str] = dataclasses.field(default_factory=list[str])
    said: list[Said] = dataclasses.field(default_factory=list[Said])

    def unread(self, author: str) -> int:
        return sum(one.is_unread and one.author == author for one in self.said)

    def has(self, word: str) -> bool:
        texts = [self.nickname, *(one.content for one in self.said)]
        return any(f" {word.casefold()}" in f" {text.casefold()}" for text in texts)


class Conversations(Machine):
    """Calls a sandbox, and keeps the same in plain Python."""

    sessions: Bundle[str] = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.talks: dict[str, Talk] = {}
        self.inboxes: list[str] = []

    def touch(self, session_id: str) -> Talk:
        talk = self.talks[session_id]
        talk.updated = self.now
        return talk

    @initialize()
    def add_inboxes(self) -> None:
        for name in ("Sales", "Support"):
            made = self.call("create_new_inbox", {"name": name})
            self.inboxes.append(made["inbox_id"])

    # --- writes

    @rule(target=sessions)
    def open(self) -> str:
        session_id: str = self.call("create_new_conversation")["session_id"]
        self.talks[session_id] = Talk(self.now, self.now)
        return session_id

    @rule(
        session_id=sessions,
        author=SIDES,
        kind=st.sampled_from(["text", "note"]),
        word=WORDS,
    )
    def send(self, session_id: str, author: str, kind: str, word: str) -> None:
        message = {"type": kind, "from": author, "origin": "chat", "content": word}
        sent = self.call("send_message_in_conversation", session_id, message)
        talk = self.touch(session_id)
        talk.said.append(Said(sent["fingerprint"], author, kind, word))
        if kind == "text" and author == "user":
            talk.is_empty = False
            talk.state = "unresolved" if talk.state == "resolved" else talk.state
        elif kind == "text":
            talk.state = "unresolved" if talk.state == "pending" else talk.state

    @rule(session_id=sessions, data=st.data(), word=WORDS)
    def change_message(self, session_id: str, data: st.DataObject, word: str) -> None:
        talk = self.talks[session_id]
        if talk.said:
            said = data.draw(st.sampled_from(talk.said))
            place = (session_id, said.fingerprint)
            self.call("update_message_in_conversation", *place, {"content": word})
            said.content = word
            self.touch(session_id)

    @rule(session_id=sessions, data=st.data())
    def remove_message(self, session_id: str, data: st.DataObject) -> None:
        talk = self.talks[session_id]
        if talk.said:
            said = data.draw(st.sampled_from(talk.said))
            self.call("remove_message_in_conversation", session_id, said.fingerprint)
            talk.said.remove(said)
            texts = [one for one in talk.said if one.type == "text"]
            talk.is_empty = all(one.author == "operator" for one in texts)
            self.touch(session_id)

    @rule(session_id=sessions, author=SIDES)
    def read(self, session_id: str, author: str) -> None:
        self.call("mark_messages_read_in_conversation", session_id, {"from": author})
        for said in self.talks[session_id].said:
            said.is_read = said.is_read or said.author == author

    @rule(session_id=sessions, state=STATES)
    def change_state(self, session_id: str, state: str) -> None:
        self.call("change_conversation_state", session_id, {"state": state})
        self.touch(session_id).state = state

    @rule(session_id=sessions, is_assigned=st.booleans())
    def assign(self, session_id: str, is_assigned: bool) -> None:
        user_id = self.sandbox.user_id
        assigned = {"user_id": user_id} if is_assigned else None
        self.call("assign_conversation_routing", session_id, {"assigned": assigned})
        self.touch(session_id).assignee = user_id if is_assigned else ""

    @rule(session_id=sessions, data=st.data())
    def move(self, session_id: str, data: st.DataObject) -> None:
        inbox_id = data.draw(st.sampled_from([None, *self.inboxes]))
        self.call("update_conversation_inbox", session_id, {"inbox_id": inbox_id})
        self.touch(session_id).inbox = inbox_id

    @rule(session_id=sessions, is_blocked=st.booleans())
    def block(self, session_id: str, is_blocked: bool) -> None:
        body = {"blocked": is_blocked}
        self.call("block_incoming_messages_for_conversation", session_id, body)
        self.touch(session_id).is_blocked = is_blocked

    @rule(session_id=sessions, name=NAMES, segments=SEGMENTS)
    def describe(self, session_id: str, name: str, segments: list[str]) -> None:
        metas = {"nickname": name, "segments": segments}
        self.call("update_conversation_metas", session_id, metas)
        talk = self.touch(session_id)
        talk.nickname, talk.segments = name, segments

    @rule(session_ids=st.lists(sessions, max_size=4))
    def resolve_many(self, session_ids: list[str]) -> None:
        self.call("batch_resolve_items", {"sessions": session_ids})
        for session_id in session_ids:
            self.touch(session_id).state = "resolved"

    @rule(session_id=consumes(sessions))
    def remove(self, session_id: str) -> None:
        self.call("remove_conversation", session_id)
        del self.talks[session_id]

    @rule()
    def go_back(self) -> None:
        snapshot = self.sandbox.snapshot()
        self.call("create_new_conversation")
        self.sandbox.restore(snapshot)

    # --- reads

    @rule(session_id=sessions)
    def get(self, session_id: str) -> None:
        talk, shown = self.talks[session_id], self.call("get_conversation", session_id)

        assert shown["state"] == talk.state
        assert shown.get("assigned", {}).get("user_id", "") == talk.assignee
        assert shown["inbox_id"] == talk.inbox
        assert shown["is_blocked"] is talk.is_blocked
        assert shown["updated_at"] == talk.updated
        assert shown["meta"]["segments"] == talk.segments
        assert shown["unread"] == {
            "operator": talk.unread("user"),
            "visitor": talk.unread("operator"),
        }
        texts = [one.content for one in talk.said if one.type == "text"]
        assert shown["last_message"] == (texts[-1] if texts else "")

    @rule(session_id=sessions)
    def get_messages(self, session_id: str) -> None:
        messages = self.call("get_messages_in_conversation", session_id)

        said = [one for one in messages if one["type"] != "event"]
        wanted = self.talks[session_id].said
        if len(messages) < 40:
            assert [one["content"] for one in said] == [one.content for one in wanted]

    @rule(
        flags=st.sets(
            st.sampled_from(
                [
                    "include_empty",
                    "filter_unread",
                    "filter_resolved",
                    "filter_not_resolved",
                    "filter_unassigned",
                ]
            )
        ),
        order=st.sampled_from([*ORDERS, None]),
        more=st.sampled_from(["", "assigned", "inbox", "segment", "text", "date"]),
        word=WORDS,
        segment=st.sampled_from(["vip", "trial"]),
    )
    def list(
        self, flags: set[str], order: str | None, more: str, word: str, segment: str
    ) -> None:
        middle = self.now - 5000
        chosen: tuple[dict[str, t.Any], t.Callable[[Talk], object]] = {
            "": ({}, lambda _: True),
            "assigned": (
                {"filter_assigned": self.sandbox.user_id},
                lambda talk: talk.assignee,
            ),
            "inbox": (
                {"filter_inbox_id": self.inboxes[0]},
                lambda talk: talk.inbox == self.inboxes[0],
            ),
            "segment": (
                {"search_type": "segment", "search_query": segment},
                lambda talk: segment in talk.segments,
            ),
            "text": ({"search_query": word}, lambda talk: talk.has(word)),
            "date": (
                {"filter_date_start": iso(middle)},
                lambda talk: talk.updated >= middle,
            ),
        }[more]
        test = chosen[1]
        filters: dict[str, t.Any] = {**chosen[0], **dict.fromkeys(flags, True)}
        if order:
            filters[order] = True

        listed = self.pages("list_conversations", **filters)
        found = [one["session_id"] for one in listed]

        wanted = [
            session_id
            for session_id, talk in self.talks.items()
            if test(talk)
            and (not talk.is_empty or "include_empty" in flags)
            and (talk.unread("user") or "filter_unread" not in flags)
            and (talk.state == "resolved" or "filter_resolved" not in flags)
            and (talk.state != "resolved" or "filter_not_resolved" not in flags)
            and (not talk.assignee or "filter_unassigned" not in flags)
        ]
        key = "created" if order == "order_date_created" else "updated"
        ages = {session_id: age for age, session_id in enumerate(self.talks)}
        wanted.sort(key=lambda one: (getattr(self.talks[one], key), ages[one]))
        assert found == wanted[::-1]

    @invariant()
    def nothing_is_lost(self) -> None:
        count = sum(1 for _ in self.pages("list_conversations", include_empty=True))
        assert count == len(self.talks)


def iso(milliseconds: int) -> str:
    return (
        f"{dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    )


TestConversations = Conversations.TestCase
TestConversations.settings = SETTINGS
