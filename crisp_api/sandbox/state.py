"""The state of a sandbox: websites, conversations, messages, people, operators.

A state machine without I/O. Each public method is the operation of the table with the
same name. It takes the path arguments and the call, and returns the data of the
response. It raises a `Refusal`, a `SchemaError`, or a `SandboxNotImplementedError` for
what it has no state for. Check the body of the call against the operation's type first:
the methods rely on it.

The behavior is that of Crisp's documentation and clients. Where they do not describe
it, a write takes effect at once, PATCH merges objects and PUT replaces them.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import itertools
import re
import typing as t
import uuid

from crisp_api import schema
from crisp_api import types as ty

__all__ = ["Call", "Refusal", "SandboxNotImplementedError", "State"]

Object = dict[str, t.Any]

_SEARCH_TYPES: t.Final[tuple[str, ...]] = t.get_args(ty.ConversationSearchType)
_MESSAGES_A_PAGE: t.Final = 40
_PAGE_SIZES: t.Final = range(20, 51)
_STATUSES: t.Final = {"pending": 0, "unresolved": 1, "resolved": 2}
# Crisp sends these metas even when nothing is known of the visitor.
_META: t.Final[Object] = {
    "nickname": "",
    "email": "",
    "phone": "",
    "avatar": "",
    "ip": "",
    "segments": [],
    "data": {},
    "device": {
        "capabilities": [],
        "geolocation": {
            "country": "",
            "region": None,
            "city": None,
            "coordinates": {"latitude": 0.0, "longitude": 0.0},
        },
        "system": {
            "os": {"name": ""},
            "engine": {"name": ""},
            "browser": {"name": ""},
            "useragent": "",
        },
        "timezone": 0,
        "locales": [],
    },
}
_NAMESPACE: t.Final = uuid.uuid5(uuid.NAMESPACE_DNS, "sandbox.crisp.chat")


class Refusal(Exception):  # noqa: N818 - a response, not a fault
    """An error response."""

    def __init__(self, status: int, reason: str, message: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.message = message


class SandboxNotImplementedError(NotImplementedError):
    """The sandbox does not support an operation, a route or a query parameter.

    It is not a `crisp_api.CrispError`, so that code that handles errors of the server
    does not hide it.

    Args:
        what: the operation, the route or the parameter.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"the sandbox does not support {self.what} yet"


@dataclasses.dataclass(frozen=True)
class Call:
    """The query and the body of a request."""

    query: dict[str, str]
    body: Object

    def flag(self, name: str) -> bool:
        """Return whether a boolean of the query is on."""
        value = self.query.get(name, "0")
        if value not in {"0", "1"}:
            raise Refusal(400, "invalid_data", f"query should be 0 or 1 at '.{name}'")
        return value == "1"

    def number(self, name: str) -> int | None:
        """Return a number of the query, None if it is missing."""
        value = self.query.get(name)
        if value is None:
            return None
        return _whole(value, f"query should be integer at '.{name}'")

    def moment(self, name: str) -> float | None:
        """Return a date of the query, in milliseconds; None if it is missing."""
        value = self.query.get(name)
        try:
            return None if value is None else _milliseconds(value)
        except ValueError:
            message = f"query should be an ISO 8601 date at '.{name}'"
            raise Refusal(400, "invalid_data", message) from None

    def only(self, *names: str) -> None:
        """Refuse query parameters that the sandbox does not support."""
        for name in self.query.keys() - set(names):
            what = f"the query {name!r}"
            raise SandboxNotImplementedError(what)


@dataclasses.dataclass
class _Conversation:
    record: Object
    assigned: Object | None = None
    meta: Object = dataclasses.field(default_factory=lambda: copy.deepcopy(_META))
    messages: list[Object] = dataclasses.field(default_factory=list[Object])


@dataclasses.dataclass
class _Website:
    record: Object
    operators: dict[str, Object]
    conversations: dict[str, _Conversation] = dataclasses.field(
        default_factory=dict[str, _Conversation]
    )
    people: dict[str, Object] = dataclasses.field(default_factory=dict[str, Object])
    people_data: dict[str, Object] = dataclasses.field(
        default_factory=dict[str, Object]
    )


class State:
    """All that a sandbox knows.

    Args:
        clock: returns seconds since 1970.
    """

    def __init__(self, clock: t.Callable[[], float]) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self._last_fingerprint = 0
        self._websites: dict[str, _Website] = {}
        self.user_id: str = self._uuid("operator")
        call = Call({}, {"name": "Sandbox", "domain": "sandbox.example"})
        self.website_id: str = self.create_website(call)["website_id"]

    # --- websites

    def check_website_exists(self, call: Call) -> None:
        """Return whether a website is registered for a domain."""
        domain = call.query.get("domain")
        if all(site.record["domain"] != domain for site in self._websites.values()):
            raise Refusal(404, "not_found")

    def create_website(self, call: Call) -> Object:
        """Create a website, with one operator."""
        website_id = self._uuid("website")
        record = {
            "website_id": website_id,
            "name": call.body["name"],
            "domain": call.body["domain"],
            "logo": "",
        }
        operator = {
            "user_id": self.user_id,
            "email": "operator@sandbox.example",
            "first_name": "Sandbox",
            "last_name": "Operator",
            "role": "owner",
        }
        self._websites[website_id] = _Website(record, {self.user_id: operator})
        return record

    def get_website(self, call: Call, website_id: str) -> Object:
        """Return a website."""
        return self._website(website_id).record

    def delete_website(self, call: Call, website_id: str) -> None:
        """Remove a website with all its data, if the caller is verified."""
        self._website(website_id)
        del self._websites[website_id]

    # --- conversations

    def create_new_conversation(self, call: Call, website_id: str) -> Object:
        """Create a conversation."""
        session_id = f"session_{self._uuid('session')}"
        self._open(website_id, session_id)
        return {"session_id": session_id}

    def initiate_conversation_with_existing_session(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Create a conversation for an existing session; it may be repeated."""
        if session_id not in self._website(website_id).conversations:
            self._open(website_id, session_id)

    def check_conversation_exists(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Return whether there is a conversation."""
        self._conversation(website_id, session_id)

    def get_conversation(self, call: Call, website_id: str, session_id: str) -> Object:
        """Return a conversation."""
        return _shown(self._conversation(website_id, session_id))

    def remove_conversation(self, call: Call, website_id: str, session_id: str) -> None:
        """Remove a conversation with its messages."""
        self._conversation(website_id, session_id)
        del self._websites[website_id].conversations[session_id]

    def list_conversations(
        self, call: Call, website_id: str, page_number: str
    ) -> list[Object]:
        """List conversations, the last updated first.

        Those without a message of the visitor are left out.
        """
        call.only(
            *("per_page", "include_empty", "search_query", "search_type"),
            *("filter_unread", "filter_resolved", "filter_not_resolved"),
            *("filter_assigned", "filter_unassigned"),
            *("filter_date_start", "filter_date_end"),
            *("order_date_created", "order_date_updated"),
        )
        search_type = call.query.get("search_type", "text")
        if search_type not in _SEARCH_TYPES:
            known = ", ".join(_SEARCH_TYPES)
            message = f"query should be one of {known} at '.search_type'"
            raise Refusal(400, "invalid_data", message)
        if search_type == "filter":
            what = "a search by filter"
            raise SandboxNotImplementedError(what)
        is_wanted = _filter(call)
        found = [
            shown
            for conversation in self._website(website_id).conversations.values()
            if is_wanted(conversation, shown := _shown(conversation))
        ]
        key = "created_at" if call.flag("order_date_created") else "updated_at"
        # Reversed before it is sorted: of two at one moment, the newer is first.
        found.reverse()
        found.sort(key=lambda shown: -shown[key])
        return _page(found, page_number, call)

    def get_conversation_state(
        self, call: Call, website_id: str, session_id: str
    ) -> Object:
        """Return the state of a conversation."""
        return {"state": self._conversation(website_id, session_id).record["state"]}

    def change_conversation_state(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Change the state of a conversation."""
        conversation = self._conversation(website_id, session_id)
        conversation.record["state"] = call.body["state"]
        self._touch(conversation)

    def get_conversation_routing_assign(
        self, call: Call, website_id: str, session_id: str
    ) -> Object:
        """Return the operator that a conversation is assigned to."""
        assigned = self._conversation(website_id, session_id).assigned
        return {"assigned": assigned} if assigned else {}

    def assign_conversation_routing(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Assign a conversation to an operator; null unassigns it."""
        conversation = self._conversation(website_id, session_id)
        conversation.assigned = call.body["assigned"]
        self._touch(conversation)

    def get_conversation_metas(
        self, call: Call, website_id: str, session_id: str
    ) -> Object:
        """Return the metas of the visitor."""
        return self._conversation(website_id, session_id).meta

    def update_conversation_metas(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Change the metas of the visitor."""
        conversation = self._conversation(website_id, session_id)
        _merge(conversation.meta, call.body)
        self._touch(conversation)

    # --- messages

    def send_message_in_conversation(
        self, call: Call, website_id: str, session_id: str
    ) -> Object:
        """Add a message, also if another has the same fingerprint."""
        conversation = self._conversation(website_id, session_id)
        now = self._now()
        message: Object = {
            "fingerprint": self._fingerprint(now),
            "timestamp": now,
            "preview": [],
            "mentions": [],
            "stamped": True,
            "read": "",
            "delivered": "",
            **call.body,
            "user": self._author(conversation, call.body),
            "session_id": session_id,
            "website_id": website_id,
        }
        conversation.messages.append(message)
        # The order of the timestamps; of equal ones, that of their coming.
        conversation.messages.sort(key=lambda one: one["timestamp"])
        self._touch(conversation)
        return {"fingerprint": message["fingerprint"]}

    def get_messages_in_conversation(
        self, call: Call, website_id: str, session_id: str
    ) -> list[Object]:
        """List up to 40 messages, oldest first: the last ones, or by timestamp."""
        messages = self._conversation(website_id, session_id).messages
        if len(call.query) > 1:
            message = "query should have one of the timestamps at a time"
            raise Refusal(400, "invalid_data", message)
        before = call.number("timestamp_before")
        after = call.number("timestamp_after")
        around = call.number("timestamp_around")
        if after is not None:
            later = [one for one in messages if one["timestamp"] > after]
            return later[:_MESSAGES_A_PAGE]
        if around is not None:
            half = _MESSAGES_A_PAGE // 2
            at = sum(one["timestamp"] < around for one in messages)
            return messages[max(at - half, 0) : at + half]
        if before is not None:
            messages = [one for one in messages if one["timestamp"] < before]
        return messages[-_MESSAGES_A_PAGE:]

    def get_message_in_conversation(
        self, call: Call, website_id: str, session_id: str, fingerprint: str
    ) -> Object:
        """Return a message."""
        return _message(self._conversation(website_id, session_id), fingerprint)

    def update_message_in_conversation(
        self, call: Call, website_id: str, session_id: str, fingerprint: str
    ) -> None:
        """Change the content of a message."""
        conversation = self._conversation(website_id, session_id)
        message = _message(conversation, fingerprint)
        content = call.body["content"]
        # The type of the body has the content of every type of message.
        changed = {key: message[key] for key in ("type", "from", "origin")}
        schema.check({**changed, "content": content}, ty.ConversationMessageNew)
        message.update(content=content, edited=True)
        self._touch(conversation)

    def remove_message_in_conversation(
        self, call: Call, website_id: str, session_id: str, fingerprint: str
    ) -> None:
        """Remove a message."""
        conversation = self._conversation(website_id, session_id)
        conversation.messages.remove(_message(conversation, fingerprint))
        self._touch(conversation)

    def mark_messages_read_in_conversation(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Mark messages as read: those with the fingerprints, or all."""
        self._mark("read", call, website_id, session_id)

    def mark_messages_delivered_in_conversation(
        self, call: Call, website_id: str, session_id: str
    ) -> None:
        """Mark messages as delivered: those with the fingerprints, or all."""
        self._mark("delivered", call, website_id, session_id)

    # --- people

    def list_people_profiles(
        self, call: Call, website_id: str, page_number: str
    ) -> list[Object]:
        """List people, the last added first."""
        call.only("per_page", "search_text")
        text = call.query.get("search_text", "").casefold()
        people = list(self._website(website_id).people.values())
        found = [person for person in reversed(people) if text in _searched(person)]
        return _page(found, page_number, call)

    def add_new_people_profile(self, call: Call, website_id: str) -> Object:
        """Add a person, unless the e-mail address exists."""
        website = self._website(website_id)
        card = _card(website, call)
        people_id = self._uuid("people")
        now = self._now()
        website.people[people_id] = {
            **card,
            "people_id": people_id,
            "created_at": now,
            "updated_at": now,
        }
        return {"people_id": people_id}

    def check_people_profile_exists(
        self, call: Call, website_id: str, people_id: str
    ) -> None:
        """Return whether there is a person, by identifier or e-mail address."""
        self._person(website_id, people_id)

    def get_people_profile(self, call: Call, website_id: str, people_id: str) -> Object:
        """Return a person, by identifier or e-mail address."""
        return self._person(website_id, people_id)

    def save_people_profile(self, call: Call, website_id: str, people_id: str) -> None:
        """Replace a person."""
        person = self._person(website_id, people_id)
        card = _card(self._website(website_id), call, person)
        kept = {key: person[key] for key in ("people_id", "created_at")}
        person.clear()
        person.update(card, **kept, updated_at=self._now())

    def update_people_profile(
        self, call: Call, website_id: str, people_id: str
    ) -> None:
        """Change a person."""
        person = self._person(website_id, people_id)
        card = _card(self._website(website_id), call, person)
        kept = {key: person[key] for key in ("people_id", "created_at")}
        _merge(person, card)
        person.update(kept, updated_at=self._now())

    def remove_people_profile(
        self, call: Call, website_id: str, people_id: str
    ) -> None:
        """Remove a person, with their data."""
        website = self._website(website_id)
        found = self._person(website_id, people_id)["people_id"]
        del website.people[found]
        website.people_data.pop(found, None)

    def get_people_data(self, call: Call, website_id: str, people_id: str) -> Object:
        """Return the data of a person."""
        return {"data": self._data(website_id, people_id)}

    def save_people_data(self, call: Call, website_id: str, people_id: str) -> None:
        """Replace the data of a person."""
        data = self._data(website_id, people_id)
        data.clear()
        data.update(_wrapped(call.body))

    def update_people_data(self, call: Call, website_id: str, people_id: str) -> None:
        """Change the data of a person."""
        _merge(self._data(website_id, people_id), _wrapped(call.body))

    # --- batches

    def batch_resolve_items(self, call: Call, website_id: str) -> None:
        """Resolve some conversations, or all."""
        for conversation in self._batch(call, website_id):
            conversation.record["state"] = "resolved"
            self._touch(conversation)

    def batch_read_items(self, call: Call, website_id: str) -> None:
        """Mark messages of visitors as read: in some conversations, or in all."""
        for conversation in self._batch(call, website_id):
            _mark(conversation.messages, "read", {"from": "user"})

    # --- operators

    def list_website_operators(self, call: Call, website_id: str) -> list[Object]:
        """List operators."""
        operators = self._website(website_id).operators.values()
        return [{"type": "operator", "details": operator} for operator in operators]

    def get_website_operator(self, call: Call, website_id: str, user_id: str) -> Object:
        """Return an operator."""
        return self._operator(website_id, user_id)

    def change_operator_membership(
        self, call: Call, website_id: str, user_id: str
    ) -> None:
        """Change the role or the title of an operator."""
        operator = self._operator(website_id, user_id)
        _merge(operator, {k: call.body[k] for k in ("role", "title") if k in call.body})

    def unlink_operator_from_website(
        self, call: Call, website_id: str, user_id: str
    ) -> None:
        """Remove an operator."""
        self._operator(website_id, user_id)
        del self._websites[website_id].operators[user_id]

    # --- what is looked up, and what is kept

    def _website(self, website_id: str) -> _Website:
        if website_id not in self._websites:
            raise Refusal(404, "not_found", "the website does not exist")
        return self._websites[website_id]

    def _conversation(self, website_id: str, session_id: str) -> _Conversation:
        conversations = self._website(website_id).conversations
        if session_id not in conversations:
            raise Refusal(404, "conversation_not_found")
        return conversations[session_id]

    def _person(self, website_id: str, people_id: str) -> Object:
        for person in self._website(website_id).people.values():
            if people_id in {person["people_id"], person.get("email")}:
                return person
        raise Refusal(404, "not_found", "the people profile does not exist")

    def _data(self, website_id: str, people_id: str) -> Object:
        found = self._person(website_id, people_id)["people_id"]
        return self._websites[website_id].people_data.setdefault(found, {})

    def _operator(self, website_id: str, user_id: str) -> Object:
        operators = self._website(website_id).operators
        if user_id not in operators:
            raise Refusal(404, "not_found", "the operator does not exist")
        return operators[user_id]

    def _open(self, website_id: str, session_id: str) -> None:
        now = self._now()
        record = {
            "session_id": session_id,
            "website_id": website_id,
            "state": "pending",
            "is_verified": False,
            "is_blocked": False,
            "availability": "offline",
            "active": {"now": False, "last": now},
            "created_at": now,
            "updated_at": now,
        }
        self._website(website_id).conversations[session_id] = _Conversation(record)

    def _author(self, conversation: _Conversation, body: Object) -> Object:
        """Return the author of a message; the body takes precedence."""
        user_id, nickname = self.user_id, "Sandbox Operator"
        if body["from"] == "user":
            user_id = conversation.record["session_id"]
            nickname = conversation.meta["nickname"]
        return {"user_id": user_id, "nickname": nickname, **body.get("user", {})}

    def _mark(self, key: str, call: Call, website_id: str, session_id: str) -> None:
        conversation = self._conversation(website_id, session_id)
        _mark(conversation.messages, key, call.body)

    def _batch(self, call: Call, website_id: str) -> list[_Conversation]:
        """Return the conversations of a batch that exist."""
        conversations = self._website(website_id).conversations
        if call.body.get("inbox_id") is not None:
            what = "inboxes"
            raise SandboxNotImplementedError(what)
        named = call.body.get("sessions", conversations)
        return [found for one, found in conversations.items() if one in named]

    def _touch(self, conversation: _Conversation) -> None:
        conversation.record["updated_at"] = self._now()

    def _now(self) -> int:
        return int(self._clock() * 1000)

    def _fingerprint(self, now: int) -> int:
        """Return a new fingerprint of 15 digits, like Crisp's own."""
        self._last_fingerprint = max(self._last_fingerprint + 1, now * 100)
        return self._last_fingerprint

    def _uuid(self, kind: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{kind} {next(self._count)}"))


def _shown(conversation: _Conversation) -> Object:
    """Return a conversation as Crisp shows it."""
    shown = {
        **conversation.record,
        "status": _STATUSES[conversation.record["state"]],
        "last_message": "",
        "unread": {
            "operator": _unread(conversation, "user"),
            "visitor": _unread(conversation, "operator"),
        },
        "meta": conversation.meta,
    }
    if conversation.assigned:
        shown["assigned"] = conversation.assigned
    texts = [one for one in conversation.messages if one["type"] == "text"]
    if texts:
        shown["last_message"] = texts[-1]["content"]
    return shown


def _unread(conversation: _Conversation, author: str) -> int:
    return sum(
        message["from"] == author and not message["read"]
        for message in conversation.messages
    )


def _mark(messages: list[Object], key: str, wanted: Object) -> None:
    """Mark messages of one side: those with the fingerprints, or all."""
    fingerprints, author = wanted.get("fingerprints"), wanted.get("from")
    # They may be text of digits.
    texts = None if fingerprints is None else {str(one) for one in fingerprints}
    for message in messages:
        named = texts is None or str(message["fingerprint"]) in texts
        if named and author in {None, message["from"]}:
            message[key] = wanted.get("origin") or message["origin"]


def _milliseconds(text: str) -> float:
    """Return a date as milliseconds since 1970; without a time zone, it is UTC."""
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp() * 1000


def _filter(call: Call) -> t.Callable[[_Conversation, Object], bool]:
    """Return the conversations that match the filters of a call."""
    empty, unread = call.flag("include_empty"), call.flag("filter_unread")
    resolved, open_ = call.flag("filter_resolved"), call.flag("filter_not_resolved")
    unassigned = call.flag("filter_unassigned")
    assignee = call.query.get("filter_assigned")
    start, end = call.moment("filter_date_start"), call.moment("filter_date_end")

    def is_wanted(conversation: _Conversation, shown: Object) -> bool:
        is_resolved = shown["state"] == "resolved"
        assigned: Object = shown.get("assigned") or {}
        spoken = any(message["from"] == "user" for message in conversation.messages)
        return (
            (spoken or empty)
            and (shown["unread"]["operator"] > 0 or not unread)
            and (is_resolved or not resolved)
            and (not is_resolved or not open_)
            and (not assigned or not unassigned)
            and assignee in {None, assigned.get("user_id")}
            and (start is None or start <= shown["updated_at"])
            and (end is None or shown["updated_at"] <= end)
            and _is_found(conversation, call.query)
        )

    return is_wanted


def _is_found(conversation: _Conversation, query: dict[str, str]) -> bool:
    text = query.get("search_query", "").casefold()
    meta = conversation.meta
    if query.get("search_type") == "segment":
        return text in {segment.casefold() for segment in meta.get("segments", ())}
    places = [
        meta.get("nickname", ""),
        meta.get("email", ""),
        *(one["content"] for one in conversation.messages if one["type"] == "text"),
    ]
    return any(text in place.casefold() for place in places)


def _message(conversation: _Conversation, fingerprint: str) -> Object:
    for message in conversation.messages:
        if str(message["fingerprint"]) == fingerprint:
            return message
    raise Refusal(404, "not_found", "the message does not exist")


def _searched(person: Object) -> str:
    nickname = person.get("person", {}).get("nickname", "")
    return f"{person.get('email', '')} {nickname}".casefold()


def _card(website: _Website, call: Call, person: Object | None = None) -> Object:
    """Return a person to store; refuse an e-mail address of another person."""
    email = call.body.get("email")
    for other in website.people.values():
        if email and other is not person and other.get("email") == email:
            raise Refusal(409, "people_exists")
    if "active" not in call.body:
        return call.body
    # A moment is written, and an object is read.
    return {**call.body, "active": {"now": False, "last": call.body["active"]}}


def _wrapped(body: Object) -> Object:
    """Return custom data, which Crisp accepts only under ``data``."""
    data = body.get("data")
    if not isinstance(data, dict):
        message = "data should have required property '.data'"
        raise Refusal(400, "invalid_data", message)
    return t.cast("Object", data)


def _page(items: list[Object], page_number: str, call: Call) -> list[Object]:
    """Return one page."""
    number = _whole(page_number, "page_number should be integer")
    if number < 1:
        raise Refusal(400, "invalid_data", "page_number should be 1 or more")
    per_page = call.number("per_page")
    size = _PAGE_SIZES[0] if per_page is None else per_page
    if size not in _PAGE_SIZES:
        raise Refusal(400, "invalid_data", "query should be 20 to 50 at '.per_page'")
    start = (number - 1) * size
    return items[start : start + size]


def _whole(text: str, problem: str) -> int:
    """Return a whole number."""
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise Refusal(400, "invalid_data", problem)
    return int(text)


def _merge(into: Object, changes: Object) -> None:
    """Merge an object into another, with the objects inside."""
    for key, value in changes.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(t.cast("Object", old), t.cast("Object", value))
        else:
            into[key] = value
