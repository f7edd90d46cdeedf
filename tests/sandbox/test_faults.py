"""Faults on order, limits, and assertions about requests."""

from __future__ import annotations

import re
import typing as t

import pytest
import requests

from crisp_api import (
    ConnectionError,
    Crisp,
    InvalidResponseError,
    QuotaExceededError,
    RateLimitError,
    RetryPolicy,
    ServerError,
    TimeoutError,
)
from crisp_api.sandbox import Sandbox, SandboxNotImplementedError
from crisp_api.sandbox.handlers import HANDLERS
from tests.sandbox.here import Clock, Here, here

__all__ = ["here"]

SEND: t.Final = "website.send_message_in_conversation"
NEVER: t.Final = RetryPolicy(max_attempts=1)


@pytest.fixture
def once(here: Here) -> Here:
    """The sandbox, and a client that does not retry."""
    return here._replace(client=here.client.with_options(retry=NEVER))


# --- faults


def test_so_many_requests_meet_a_fault(once: Here) -> None:
    session_id = once.open()
    once.sandbox.fail(SEND, times=2, status=429, reason="rate_limited", retry_after=1)

    for _ in range(2):
        with pytest.raises(RateLimitError) as caught:
            once.say(session_id, "a")
        assert (caught.value.reason, caught.value.retry_after) == ("rate_limited", 1)
    once.say(session_id, "b")

    assert once.said(session_id) == ["b"]


def test_the_faults_of_an_operation_happen_one_after_the_other(once: Here) -> None:
    session_id = once.open()
    once.sandbox.fail("send_message_in_conversation", status=500)
    once.sandbox.fail("*", status=429, message="slowly")

    with pytest.raises(ServerError, match="internal_error"):
        once.say(session_id, "a")
    with pytest.raises(RateLimitError, match="slowly"):
        once.say(session_id, "a")
    once.say(session_id, "a")


def test_a_client_retries_after_a_fault(here: Here) -> None:
    session_id = here.open("hello")
    here.sandbox.fail("get_conversation", status=503, retry_after=0)
    here.sandbox.fail("get_conversation", reset="before")
    client = here.client.with_options(retry=RetryPolicy(initial_delay=1e-9))

    found = client.website.get_conversation(here.website_id, session_id)

    assert found["last_message"] == "hello"
    assert len(here.sandbox.sent("get_conversation")) == 3


@pytest.mark.parametrize(
    ("reset", "is_unsent", "said"),
    [("refused", True, []), ("before", False, []), ("after", False, ["hello"])],
)
def test_a_connection_is_lost(
    once: Here, reset: t.Any, is_unsent: bool, said: list[str]
) -> None:
    session_id = once.open()
    once.sandbox.fail(SEND, reset=reset)

    with pytest.raises(ConnectionError) as caught:
        once.say(session_id, "hello")

    assert caught.value.certainly_unsent is is_unsent
    assert once.said(session_id) == said


def test_a_response_comes_too_late(once: Here) -> None:
    session_id = once.open()
    once.sandbox.fail(SEND, delay=60)

    with pytest.raises(TimeoutError, match="no response within 10 seconds"):
        once.say(session_id, "hello")

    # The message arrived.
    assert once.said(session_id) == ["hello"]
    once.sandbox.fail(SEND, delay=9)
    once.say(session_id, "in time")


def test_a_response_has_another_body(once: Here) -> None:
    once.sandbox.fail(
        "get_website", body=b"<h1>Bad gateway</h1>", headers={"content-type": "x/y"}
    )

    with pytest.raises(InvalidResponseError):
        once.website.get_website(once.website_id)


def test_a_fault_can_be_taken_back(once: Here) -> None:
    once.sandbox.fail(times=None, status=500)
    for _ in range(3):
        with pytest.raises(ServerError):
            once.website.get_website(once.website_id)

    once.sandbox.recover()

    once.website.get_website(once.website_id)


def test_people_meet_no_faults(here: Here) -> None:
    here.sandbox.fail(times=None, status=500)

    visitor = here.sandbox.visitor()
    visitor.say("Hello")

    assert visitor.sees() == ["Hello"]


@pytest.mark.parametrize(
    ("operation", "fault", "message"),
    [
        ("send_mesage_in_conversation", {"status": 500}, "did you mean 'send_message"),
        ("nothing like it", {"status": 500}, "there is no operation 'nothing like it'"),
        ("*", {}, "a status, a reset, a body or a delay"),
        ("*", {"status": 200}, "400 to 599, not 200"),
        ("*", {"reset": "later"}, "refused, before, after, not 'later'"),
        ("*", {"status": 500, "times": 0}, "times is a whole number, 1 or more, not 0"),
        ("*", {"delay": -1}, "0 or more, not -1"),
        ("*", {"status": 429.5}, "status is a whole number, 400 to 599, not 429.5"),
        ("*", {"delay": float("nan")}, "delay is a number, 0 or more, not nan"),
        ("*", {"status": 500, "retry_after": "5"}, "0 or more, not '5'"),
        ("*", {"body": b"", "retry_after": 5}, "are for a fault with a status"),
    ],
)
def test_a_fault_that_cannot_be_is_an_error(
    here: Here, operation: str, fault: t.Any, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        here.sandbox.fail(operation, **fault)


def test_an_option_of_a_fault_must_be_known(here: Here) -> None:
    options: t.Any = {"statsu": 500}

    with pytest.raises(TypeError, match="a fault has no statsu, but times, status"):
        here.sandbox.fail("*", **options)
    with pytest.raises(TypeError, match="the body of a response is bytes"):
        here.sandbox.fail("*", body=t.cast("t.Any", "text"))


def test_a_fault_has_its_own_headers(once: Here) -> None:
    options: dict[str, t.Any] = {"headers": {"X-Foo": "1"}, "retry_after": 7}
    once.sandbox.fail("get_website", status=503, body=b"busy", **options)

    with pytest.raises(ServerError) as caught:
        once.website.get_website(once.website_id)

    assert caught.value.response.header("x-foo") == "1"
    assert caught.value.retry_after == 7


def test_a_garbled_response_is_that_of_a_request_that_was_done(once: Here) -> None:
    session_id = once.open()
    once.sandbox.fail(SEND, body=b"{")

    with pytest.raises(InvalidResponseError):
        once.say(session_id, "hello")

    assert once.said(session_id) == ["hello"]


def test_a_request_without_a_connection_was_not_sent(once: Here) -> None:
    once.website.get_website(once.website_id)
    once.sandbox.fail("get_website", reset="refused")

    with pytest.raises(ConnectionError):
        once.website.get_website(once.website_id)

    # The one before is the same, and was.
    assert [one.status for one in once.sandbox.sent("get_website")] == [200]


def test_faults_happen_over_http() -> None:
    sandbox = Sandbox()
    session_id = sandbox.visitor().session_id
    place = (sandbox.website_id, session_id)
    with sandbox.serve() as url:
        website = Crisp("i", "k", base_url=url, retry=NEVER, timeout=5).website
        sandbox.fail("get_conversation", status=429, retry_after=2.5)
        with pytest.raises(RateLimitError) as caught:
            website.get_conversation(*place)
        assert caught.value.retry_after == 3
        sandbox.fail("get_conversation", reset="before")
        with pytest.raises(ConnectionError):
            website.get_conversation(*place)
        sandbox.fail("get_conversation", delay=0.01)
        assert website.get_conversation(*place)["session_id"] == session_id


def test_a_fault_of_the_sandbox_is_a_response(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> t.NoReturn:
        raise LookupError

    monkeypatch.setitem(HANDLERS, "website.create_website", fail)
    with Sandbox().serve() as url:
        website: t.Any = Crisp("i", "k", base_url=url, retry=NEVER).website
        with pytest.raises(ServerError, match=r"internal_error.*LookupError\(\)"):
            website.create_website({"name": "Acme", "domain": "acme.example"})


# --- limits


def test_a_plugin_has_a_quota_for_a_day() -> None:
    clock = Clock()
    sandbox = Sandbox(clock=clock)
    plugin = Crisp("i", "k", tier="plugin", transport=sandbox, retry=NEVER).plugin
    sandbox.limit(quota=2)

    plugin.get_connect_account()
    plugin.get_connect_account()
    with pytest.raises(QuotaExceededError, match="quota_limit_exceeded"):
        plugin.get_connect_account()
    Crisp("other", "k", tier="plugin", transport=sandbox).plugin.get_connect_account()
    clock.seconds += 86_400
    plugin.get_connect_account()


def test_other_tokens_have_a_rate() -> None:
    clock = Clock()
    sandbox = Sandbox(clock=lambda: clock.seconds)
    website = Crisp("i", "k", transport=sandbox, retry=NEVER).website
    sandbox.limit(rate=(2, 60))

    website.get_website(sandbox.website_id)
    clock.seconds += 50
    website.get_website(sandbox.website_id)
    with pytest.raises(RateLimitError, match="at most 2 requests in 60 s") as caught:
        website.get_website(sandbox.website_id)
    assert caught.value.retry_after == 10
    clock.seconds += 10
    website.get_website(sandbox.website_id)
    plugin = Crisp("i", "k", tier="plugin", transport=sandbox)
    for _ in range(5):
        plugin.website.get_website(sandbox.website_id)


@pytest.mark.parametrize(
    "limits",
    [{"rate": (0, 1)}, {"rate": (1, float("nan"))}, {"quota": -1}, {"quota": "5"}],
)
def test_a_limit_that_cannot_be_is_an_error(here: Here, limits: t.Any) -> None:
    with pytest.raises(ValueError, match=r"number, . or more, not"):
        here.sandbox.limit(**limits)


def test_a_limit_begins_to_count_when_it_is_set(once: Here) -> None:
    for _ in range(2):
        once.sandbox.limit(quota=1)
        once.website.get_website(once.website_id)


# --- assertions


def test_what_was_sent_is_asserted(here: Here) -> None:
    session_id = here.open("hello")
    here.say(session_id, "Hi", "operator", user={"nickname": "Bot", "user_id": "u"})

    request = here.sandbox.assert_sent(
        "send_message_in_conversation",
        content="Hi",
        session_id=session_id,
        user={"nickname": "Bot"},
    )

    assert request.operation == SEND
    assert request.arguments == {
        "website_id": here.website_id,
        "session_id": session_id,
    }
    assert request.json["content"] == "Hi"
    here.sandbox.assert_not_sent("send_message_in_conversation", content="Bye")
    with pytest.raises(AssertionError, match="was sent 2 times"):
        here.sandbox.assert_not_sent(SEND)


def test_the_query_is_an_argument(here: Here) -> None:
    here.listed(3, filter_unread=True)

    here.sandbox.assert_sent("list_conversations", page_number=3, filter_unread=True)
    here.sandbox.assert_not_sent("list_conversations", filter_unread=False)


def test_a_body_is_compared_with_the_types_of_json(here: Here) -> None:
    session_id = here.open("5")
    body = {"blocked": True}
    here.website.block_incoming_messages_for_conversation(
        here.website_id, session_id, body
    )

    here.sandbox.assert_sent(SEND, content="5")
    here.sandbox.assert_not_sent(SEND, content=5)
    here.sandbox.assert_not_sent("block_incoming_messages_for_conversation", blocked=1)


def test_requests_that_are_not_of_crisp_are_shown_too(here: Here) -> None:
    other = Crisp(
        "i", "k", transport=here.sandbox, base_url="https://proxy.example/crisp/v1/"
    )
    with pytest.raises(SandboxNotImplementedError):
        other.website.get_website("w")

    with pytest.raises(AssertionError, match="website_id is missing"):
        here.sandbox.assert_sent("get_website", website_id="w")


def test_a_failed_assertion_shows_what_was_sent(here: Here) -> None:
    session_id = here.open("hello")
    here.say(session_id, "bye", user={"nickname": "Jane"})

    with pytest.raises(AssertionError) as caught:
        here.sandbox.assert_sent(SEND, content="Hi", user={"nickname": "Joe"})

    assert str(caught.value).splitlines() == [
        f"{SEND}(content='Hi', user={{'nickname': 'Joe'}}) was not sent, but:",
        "  1. content is 'hello'; user is missing",
        "  2. content is 'bye'; user.nickname is 'Jane'",
    ]
    with pytest.raises(AssertionError) as caught:
        here.sandbox.assert_sent("get_website")
    assert str(caught.value).splitlines() == [
        "get_website() was not sent",
        f"  sent were: website.create_new_conversation, {SEND}",
    ]


def test_without_requests_the_assertion_says_so(here: Here) -> None:
    with pytest.raises(AssertionError, match="sent were: no requests"):
        here.sandbox.assert_sent("get_website")
    with pytest.raises(ValueError, match="did you mean 'get_website'"):
        here.sandbox.assert_sent("get_websit")


def test_requests_of_other_clients_have_their_operation(here: Here) -> None:
    with here.sandbox.serve() as url:
        path = f"{url}website/{here.website_id}/conversation"
        requests.post(path, data="{", auth=("i", "k"), timeout=10)
        requests.get(f"{url}nothing", auth=("i", "k"), timeout=10)

    first, second = here.sandbox.requests
    assert first.operation == "website.create_new_conversation"
    assert (second.operation, second.arguments) == ("", {})
    with pytest.raises(AssertionError, match="the body is no JSON"):
        here.sandbox.assert_sent("create_new_conversation", x=1)
