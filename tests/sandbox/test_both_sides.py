"""Both sides of a chat: visitors and operators, as a bot meets them."""

from __future__ import annotations

import asyncio
import threading
import typing as t

import pytest

from crisp_api.sandbox import Sandbox
from tests.sandbox.here import Here, here

__all__ = ["here"]

PICKER: t.Final = {
    "id": "rate",
    "text": "Was this helpful?",
    "choices": [
        {"value": "yes", "label": "Yes, thanks", "selected": False},
        {"value": "no", "label": "No", "selected": False},
    ],
}
FIELD: t.Final = {"id": "email", "text": "Your address?", "explain": "We write you."}


def send(here: Here, session_id: str, kind: str, content: t.Any) -> None:
    message = {"type": kind, "from": "operator", "origin": "chat", "content": content}
    here.website.send_message_in_conversation(here.website_id, session_id, message)


def conversation(here: Here, session_id: str) -> t.Any:
    return here.website.get_conversation(here.website_id, session_id)


def test_a_visitor_and_an_operator_talk(here: Here) -> None:
    visitor = here.sandbox.visitor(nickname="Jane")
    operator = here.sandbox.operator("Joe Bloggs")

    fingerprint = visitor.say("Hello")
    operator.say(visitor, "Hi, Jane")
    operator.notes(visitor, "A regular")
    visitor.sends("cat.png", "https://acme.example/cat.png")

    cat = {
        "name": "cat.png",
        "url": "https://acme.example/cat.png",
        "type": "image/png",
    }
    assert visitor.sees() == ["Hello", "Hi, Jane", cat]
    first, second, _ = visitor.messages()
    assert first["fingerprint"] == fingerprint
    assert first["user"]["nickname"] == "Jane"
    assert second["user"] == {"user_id": operator.user_id, "nickname": "Joe Bloggs"}
    assert conversation(here, visitor.session_id)["unread"]["visitor"] == 1
    visitor.reads()
    assert conversation(here, visitor.session_id)["unread"]["visitor"] == 0


def test_people_leave_no_requests(here: Here) -> None:
    visitor = here.sandbox.visitor()
    visitor.say("Hello")
    here.sandbox.operator().say(visitor, "Hi")

    assert here.sandbox.requests == []


def test_people_may_do_what_tokens_may_not() -> None:
    sandbox = Sandbox(tokens=[])

    visitor = sandbox.visitor()
    visitor.say("Hello")

    assert visitor.sees() == ["Hello"]


@pytest.mark.parametrize("choice", ["yes", "Yes, thanks"])
def test_a_visitor_picks_a_choice(here: Here, choice: str) -> None:
    visitor = here.sandbox.visitor()
    send(here, visitor.session_id, "picker", PICKER)
    send(here, visitor.session_id, "text", "Please choose.")
    here.sandbox.emitted.clear()

    visitor.pick(choice)

    (event,) = here.sandbox.emitted
    assert event.name == "message:updated"
    assert [one["selected"] for one in event.data["content"]["choices"]] == [1, 0]
    with pytest.raises(ValueError, match="no choice 'maybe'; there are 'yes', 'no'"):
        visitor.pick("maybe")


def test_a_visitor_fills_in_a_field(here: Here) -> None:
    visitor = here.sandbox.visitor()
    with pytest.raises(ValueError, match="sees no message of the type 'field'"):
        visitor.fill("x")
    send(here, visitor.session_id, "field", FIELD)

    visitor.fill("jane@acme.example")

    assert visitor.sees() == [FIELD | {"value": "jane@acme.example"}]


def test_messages_of_a_blocked_visitor_do_not_arrive(here: Here) -> None:
    visitor = here.sandbox.visitor()
    place = (here.website_id, visitor.session_id)
    here.website.block_incoming_messages_for_conversation(*place, {"blocked": True})

    assert visitor.say("Hello") is None
    assert visitor.sees() == []
    send(here, visitor.session_id, "field", FIELD)
    visitor.fill("jane@acme.example")
    assert visitor.sees() == [FIELD]


def test_a_visitor_is_among_those_who_are_online(here: Here) -> None:
    first = here.sandbox.visitor(nickname="Jane")
    here.sandbox.visitor()
    first.visits("https://acme.example/orders", "Orders")
    first.say("Hello")
    listed = here.website.list_visitors

    jane, _ = sorted(listed(here.website_id), key=lambda one: one["nickname"] != "Jane")
    assert (jane["session_id"], jane["initiated"]) == (first.session_id, False)
    assert jane["last_page"]["page_title"] == "Orders"
    assert here.website.count_visitors(here.website_id)["count"] == 2
    first.leaves()
    assert here.website.count_visitors(here.website_id)["count"] == 1
    assert conversation(here, first.session_id)["availability"] == "offline"
    first.returns()
    assert conversation(here, first.session_id)["availability"] == "online"
    assert here.website.count_visitors(here.website_id)["count"] == 2


def test_pages_and_events_of_a_visitor_are_listed(here: Here) -> None:
    visitor = here.sandbox.visitor()
    visitor.visits("https://acme.example/", "Home")
    visitor.triggers("Bought", {"price": 9})
    place = (here.website_id, visitor.session_id)

    (page,) = here.website.list_conversation_pages(*place)
    (event,) = here.website.list_conversation_events(*place)

    assert (page["page_url"], page["page_title"]) == ("https://acme.example/", "Home")
    assert (event["text"], event["data"]) == ("Bought", {"price": 9})


def test_what_a_visitor_does_has_its_type(here: Here) -> None:
    visitor = here.sandbox.visitor()
    acts: list[t.Callable[[], None]] = [
        lambda: visitor.rates(9),
        lambda: visitor.rates(t.cast("t.Any", "lots")),
        lambda: visitor.visits(t.cast("t.Any", 5)),
        lambda: visitor.triggers("x", {"a": [1]}),
    ]
    here.sandbox.emitted.clear()

    for act in acts:
        with pytest.raises(ValueError, match=r"stars|string|page_url"):
            act()
    assert here.sandbox.emitted == []


def test_a_removed_conversation_has_no_visitor(here: Here) -> None:
    visitor = here.sandbox.visitor()

    here.website.remove_conversation(here.website_id, visitor.session_id)

    assert here.website.count_visitors(here.website_id)["count"] == 0


def test_an_operator_has_a_website(here: Here) -> None:
    for name in ("", "Joe"):
        with pytest.raises(ValueError, match="not_found"):
            here.sandbox.operator(name, website_id="elsewhere")


@pytest.mark.parametrize(
    ("website_id", "metas", "reason"),
    [
        ("elsewhere", {}, "not_found"),
        ("", {"email": "nobody"}, "invalid_data"),
        ("", {"nickname": 1}, "nickname"),
        ("", {"name": "Jane"}, "name"),
    ],
)
def test_a_visitor_with_something_wrong_is_refused(
    here: Here, website_id: str, metas: dict[str, t.Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        here.sandbox.visitor(website_id, **metas)

    assert here.listed(include_empty=True) == []


def test_the_operator_of_a_name_is_added_once(here: Here) -> None:
    first = here.sandbox.operator("Joe Bloggs")
    second = here.sandbox.operator("Joe Bloggs")

    assert first.user_id == second.user_id
    assert len(here.website.list_website_operators(here.website_id)) == 2
    assert here.sandbox.operator().user_id == here.sandbox.user_id


def test_an_operator_takes_and_resolves(here: Here) -> None:
    operator, session_id = here.sandbox.operator("Joe Bloggs"), here.open("hello")

    operator.takes(session_id)
    operator.resolves(session_id)

    found = conversation(here, session_id)
    assert found["assigned"] == {"user_id": operator.user_id}
    assert found["state"] == "resolved"


def test_a_website_is_online_with_an_operator(here: Here) -> None:
    joe, other = here.sandbox.operator("Joe"), here.sandbox.operator()

    def status() -> str:
        found = here.website.get_website_availability_status(here.website_id)
        return str(found["status"])

    assert status() == "away"
    joe.arrives()
    other.arrives()
    joe.leaves()
    assert status() == "online"
    other.leaves()
    assert status() == "away"
    changes = [
        one.data["available"]
        for one in here.sandbox.emitted
        if one.name == "website:users:available"
    ]
    assert changes == [True, False]


def test_people_are_shown_with_their_names(here: Here) -> None:
    visitor, operator = here.sandbox.visitor(), here.sandbox.operator("Joe")

    assert repr(visitor) == f"<Visitor, conversation {visitor.session_id}>"
    assert repr(operator) == "<Operator 'Joe'>"


# --- waiting for a bot


def test_an_answer_is_waited_for(here: Here) -> None:
    visitor, operator = here.sandbox.visitor(), here.sandbox.operator()
    visitor.say("Hello")
    timer = threading.Timer(0.01, operator.say, [visitor, "Hi"])
    timer.start()

    assert visitor.wait_for_answer() == "Hi"
    operator.say(visitor, "How are you?")
    # It has come already; of several, this is the first.
    assert visitor.wait_for_answer(0) == "Hi"
    assert asyncio.run(visitor.wait_for_answer_async(0)) == "Hi"
    timer.join()


def test_an_answer_to_a_choice_is_waited_for(here: Here) -> None:
    visitor = here.sandbox.visitor()
    visitor.say("Hello")
    send(here, visitor.session_id, "picker", PICKER)
    visitor.pick("yes")

    with pytest.raises(TimeoutError):
        visitor.wait_for_answer(0)
    here.sandbox.operator().say(visitor, "Thanks")
    assert visitor.wait_for_answer() == "Thanks"


def test_an_answer_that_does_not_come_is_an_error(here: Here) -> None:
    visitor = here.sandbox.visitor()
    visitor.say("Hello")

    with pytest.raises(TimeoutError, match=r"within 0\.001 seconds"):
        visitor.wait_for_answer(0.001)
    with pytest.raises(TimeoutError, match=r"within 0\.001 seconds"):
        asyncio.run(visitor.wait_for_answer_async(0.001))


def test_a_gap_is_heard_of(here: Here) -> None:
    visitor = here.sandbox.visitor()
    events = here.sandbox.events(["message:send"])

    with here.sandbox.offline():
        visitor.say("lost")
    visitor.say("heard")
    events.close()

    gap, heard = events
    assert gap.name == "crisp:reconnected"
    assert gap.data["since"] < visitor.messages()[0]["timestamp"] < gap.data["until"]
    assert heard.data["content"] == "heard"
    assert visitor.sees() == ["lost", "heard"]


def test_an_event_is_waited_for_some_seconds(here: Here) -> None:
    events = here.sandbox.events(["message:send"])

    assert events.get(0.001) is None
    here.open("hello")
    event = events.get(5)
    assert event is not None
    assert event.data["content"] == "hello"
