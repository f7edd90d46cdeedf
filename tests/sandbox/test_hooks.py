"""Webhooks: deliveries to functions and to URLs, again, late and out of order."""

from __future__ import annotations

import json
import threading
import typing as t

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from crisp_api import Crisp, testing, webhooks
from crisp_api.events import Event, Router
from crisp_api.sandbox import Sandbox
from tests.sandbox.here import Here, here

__all__ = ["here"]

SECRET: t.Final = "the signing secret"
SEND: t.Final[list[str]] = ["message:send"]


class Program:
    """A program that receives webhooks."""

    def __init__(self, *statuses: int) -> None:
        self.received: list[Event[t.Any]] = []
        self._statuses = list(statuses)

    def __call__(self, body: bytes, headers: dict[str, str]) -> int | None:
        self.received.append(webhooks.unwrap(body, headers, secret=SECRET))
        return self._statuses.pop(0) if self._statuses else None

    @property
    def texts(self) -> list[str]:
        return [event.data["content"] for event in self.received]


def test_a_function_receives_events_at_once(here: Here) -> None:
    program = Program()
    hook = here.sandbox.hook(program, secret=SECRET)

    session_id = here.open("hello")

    opened, event = program.received
    assert opened.name == "session:request:initiated"
    assert (event.name, event.data["content"]) == ("message:send", "hello")
    assert event.website_id == here.website_id
    assert event.data["session_id"] == session_id
    assert event.timestamp == event.data["timestamp"]
    assert repr(hook) == "<Hook, 2 deliveries so far>"


def test_a_bot_on_webhooks_is_tested_in_one_thread(here: Here) -> None:
    router = Router()

    @router.on("message:send")
    def answer(event: Event[t.Any]) -> None:
        here.say(event.data["session_id"], "Hi", "operator", automated=True)

    def receive(body: bytes, headers: dict[str, str]) -> None:
        router.handle(webhooks.unwrap(body, headers, secret=SECRET))

    here.sandbox.hook(receive, secret=SECRET)
    visitor = here.sandbox.visitor()

    visitor.say("Hello")

    assert visitor.sees() == ["Hello", "Hi"]


def test_a_delivery_that_fails_is_repeated(here: Here) -> None:
    program = Program(500, 302, 200)
    hook = here.sandbox.hook(program, secret=SECRET, events=SEND)

    here.open("hello")

    attempts = [(one.attempt, one.attempt_limit) for one in program.received]
    assert attempts == [(1, 3), (2, 3), (3, 3)]
    assert [(one.status, one.is_received) for one in hook.deliveries] == [
        (500, False),
        (302, False),
        (200, True),
    ]


def test_a_delivery_is_given_up(here: Here) -> None:
    program = Program(500, 500, 500)
    here.sandbox.hook(program, secret=SECRET, events=SEND, attempts=2)

    here.open("a")

    assert program.texts == ["a", "a"]


def test_deliveries_come_twice(here: Here) -> None:
    program = Program()
    here.sandbox.hook(program, secret=SECRET, events=SEND, copies=2)

    here.open("a")

    assert program.texts == ["a", "a"]
    assert [one.attempt for one in program.received] == [1, 1]


@pytest.mark.parametrize(
    ("is_reversed", "texts"), [(False, ["a", "b"]), (True, ["b", "a"])]
)
def test_deliveries_come_late_and_out_of_order(
    here: Here, is_reversed: bool, texts: list[str]
) -> None:
    program = Program()
    hook = here.sandbox.hook(program, secret=SECRET, events=SEND)

    with hook.held(is_reversed=is_reversed):
        here.open("a")
        here.open("b")
        assert program.received == []

    assert program.texts == texts


def test_events_of_a_gap_are_not_delivered(here: Here) -> None:
    program = Program()
    here.sandbox.hook(program, secret=SECRET, events=SEND)

    with here.sandbox.offline():
        here.open("lost")
    here.open("heard")

    assert program.texts == ["heard"]


def test_a_plugin_receives_events_of_websites_that_have_it(here: Here) -> None:
    program, website = Program(), []
    here.sandbox.hook(program, secret=SECRET)
    here.sandbox.hook(lambda body, _: website.append(json.loads(body)["event"]))
    plugin = here.sandbox.visitor().client.plugin
    program.received.clear()
    website.clear()

    plugin.unsubscribe_plugin_from_website(here.website_id, here.sandbox.plugin_id)
    here.sandbox.visitor().say("hello")

    assert [one.name for one in program.received] == ["plugin:subscription:updated"]
    assert "message:send" in website


def test_a_program_that_answers_itself_is_told(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisp_api.sandbox.hooks._DEEPEST", 10)
    session_id = here.open()

    def echo(body: bytes, _: dict[str, str]) -> None:
        here.say(session_id, json.loads(body)["data"]["content"])

    here.sandbox.hook(echo, secret=SECRET, events=SEND)

    with pytest.raises(RuntimeError, match="11 answers in turn: does it answer itself"):
        here.say(session_id, "hello")


def test_an_error_of_a_function_is_raised(here: Here) -> None:
    def fail(*_: object) -> None:
        raise KeyError

    session_id = here.open()
    here.sandbox.hook(fail, secret=SECRET, events=SEND)

    program = Program()
    here.sandbox.hook(program, secret=SECRET, events=SEND)

    with pytest.raises(KeyError):
        here.say(session_id, "hello")

    # The others have received it.
    assert program.texts == ["hello"]
    assert here.said(session_id) == ["hello"]


def test_a_function_can_call_a_served_sandbox() -> None:
    sandbox = Sandbox()
    visitor = sandbox.visitor()
    with sandbox.serve() as url:
        website: t.Any = Crisp("i", "k", base_url=url, timeout=10).website
        place = (sandbox.website_id, visitor.session_id)

        def answer(*_: object) -> None:
            with sandbox.offline():
                pass
            website.send_message_in_conversation(*place, message("operator"))
            raise KeyError

        sandbox.hook(answer, events=SEND)
        # The error of the function is not one of the request.
        website.send_message_in_conversation(*place, message("user"))

    assert visitor.sees() == ["user", "operator"]


def message(side: str) -> dict[str, str]:
    return {"type": "text", "from": side, "origin": "chat", "content": side}


def test_functions_are_called_by_one_thread_at_a_time(here: Here) -> None:
    inside, texts = threading.Event(), []
    go_on = threading.Event()

    def receive(body: bytes, _: dict[str, str]) -> None:
        inside.set()
        go_on.wait(10)
        texts.append(json.loads(body)["data"]["content"])

    here.sandbox.hook(receive, secret=SECRET, events=SEND)
    session_id = here.open()
    thread = threading.Thread(target=here.say, args=(session_id, "a"))
    thread.start()
    inside.wait(10)
    # It does not wait for the other thread, which delivers this one too.
    here.say(session_id, "b")
    go_on.set()
    thread.join()

    assert texts == ["a", "b"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"secret": ""}, "the secret is empty"),
        ({"events": ["spam:message"]}, "do not deliver an event 'spam:message'"),
        ({"events": ["message:sent"]}, "do not deliver an event 'message:sent'"),
        ({"attempts": 0}, "attempts is a whole number, 1 or more, not 0"),
        ({"copies": "2"}, "copies is a whole number, 1 or more, not '2'"),
        ({"retry_delay": float("nan")}, "retry_delay is a number of seconds"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(
    here: Here, options: t.Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        here.sandbox.hook(Program(), **options)


def test_an_option_that_is_not_known_is_refused(here: Here) -> None:
    options: t.Any = {"secrets": "x"}

    with pytest.raises(TypeError, match="a webhook has no secrets, but secret, key"):
        here.sandbox.hook(Program(), **options)
    with pytest.raises(TypeError, match="a list of names"):
        here.sandbox.hook(Program(), events="message:send")


async def receive_async(*_: object) -> None: ...


@pytest.mark.parametrize("target", ["foo", "ftp://x/", "http://", 5])
def test_a_target_is_a_url_or_a_function(here: Here, target: t.Any) -> None:
    with pytest.raises(ValueError, match="is neither a URL nor a function"):
        here.sandbox.hook(target)
    with pytest.raises(TypeError, match="the function is async"):
        here.sandbox.hook(receive_async)


def test_a_function_may_return_what_is_no_status(here: Here) -> None:
    hook = here.sandbox.hook(lambda *_: True, secret=SECRET, events=SEND)

    here.open("hello")

    assert [one.status for one in hook.deliveries] == [200]


def test_deliveries_are_held_twice(here: Here) -> None:
    program = Program()
    hook = here.sandbox.hook(program, secret=SECRET, events=SEND)

    with hook.held():
        here.open("a")
        with hook.held():
            here.open("b")
        here.open("c")
        assert program.received == []

    assert program.texts == ["a", "b", "c"]


# --- URLs


def test_a_url_receives_signed_events(here: Here, httpserver: HTTPServer) -> None:
    texts: list[str] = []

    def handle(request: Request) -> Response:
        event = webhooks.unwrap(
            request.get_data(), dict(request.headers), secret=SECRET
        )
        data: t.Any = event.data
        texts.append(data["content"])
        return Response(status=500 if len(texts) == 1 else 200)

    httpserver.expect_request("/hook").respond_with_handler(handle)
    url = httpserver.url_for("/hook")
    hook = here.sandbox.hook(url, secret=SECRET, events=SEND, retry_delay=1e-9)

    here.open("a")
    here.open("b")
    here.sandbox.settle()

    assert texts == ["a", "a", "b"]
    assert [one.status for one in hook.deliveries] == [500, 200, 200]


def test_a_website_hook_has_a_key_and_no_signature(
    here: Here, httpserver: HTTPServer
) -> None:
    found: list[Request] = []

    def handle(request: Request) -> Response:
        found.append(request)
        return Response(status=500)

    httpserver.expect_request("/hook").respond_with_handler(handle)
    url = httpserver.url_for("/hook")
    here.sandbox.hook(url, key="the key", events=SEND)
    here.sandbox.hook(f"{url}?a=1", key="the key", events=SEND)

    here.open("a")
    here.sandbox.settle()

    first, second = found
    assert first.query_string == b"key=the+key"
    assert second.query_string == b"a=1&key=the+key"
    assert "X-Crisp-Signature" not in first.headers
    assert first.headers["X-Crisp-Hook-Origin"] == "website/rtm"


def test_a_url_without_a_server_is_tried_again(here: Here) -> None:
    hook = here.sandbox.hook(
        "http://127.0.0.1:9/", secret=SECRET, events=SEND, attempts=2, retry_delay=1e-9
    )

    here.open("a")
    here.sandbox.settle()

    assert [one.status for one in hook.deliveries] == [0, 0]


def test_an_error_does_not_stop_the_next_deliveries(
    here: Here, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data("")
    with testing.block_network():
        blocked = here.sandbox.hook("https://api.crisp.chat/", events=SEND)
        hook = here.sandbox.hook(httpserver.url_for("/"), events=SEND)
        here.open("a")
        here.sandbox.settle()

    assert [one.status for one in (*blocked.deliveries, *hook.deliveries)] == [0, 200]


def test_a_closed_sandbox_delivers_nothing_more(
    here: Here, httpserver: HTTPServer
) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def handle(_: Request) -> Response:
        inside.set()
        go_on.wait(10)
        return Response()

    httpserver.expect_request("/").respond_with_handler(handle)
    hook = here.sandbox.hook(httpserver.url_for("/"), events=SEND)
    here.open("a")
    here.open("b")
    inside.wait(10)
    here.sandbox.close()
    go_on.set()
    here.sandbox.settle()

    assert len(hook.deliveries) == 1


def test_what_is_not_delivered_in_time_is_an_error(
    here: Here, httpserver: HTTPServer
) -> None:
    go_on = threading.Event()

    def handle(_: Request) -> Response:
        go_on.wait(10)
        return Response()

    httpserver.expect_request("/").respond_with_handler(handle)
    here.sandbox.hook(httpserver.url_for("/"), events=SEND)
    here.open("a")

    with pytest.raises(TimeoutError, match=r"not delivered within 0\.001 seconds"):
        here.sandbox.settle(0.001)
    go_on.set()
    here.sandbox.settle()


def test_a_sandbox_without_webhooks_is_settled() -> None:
    Sandbox().settle(0)
