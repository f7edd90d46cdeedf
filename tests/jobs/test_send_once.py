"""A message that arrives, and arrives once, whatever is lost on the way."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import (
    ConnectionError,
    Crisp,
    CrispError,
    InvalidResponseError,
    NotFoundError,
    RetryPolicy,
    send_once,
)
from crisp_api import types as ty
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from tests.support.clients import Side

MESSAGE: ty.ConversationTextMessageNew = {
    "type": "text",
    "from": "operator",
    "origin": "chat",
    "content": "On its way!",
}
# The message is lost on its way, or the response to it is.
LOSSES = ("lost", "taken", "lost, 502", "taken, 502", "taken, no JSON")


class Lossy:
    """A way to a sandbox on which messages, or their answers, are lost."""

    def __init__(self, sandbox: Sandbox, *losses: str, looks: int = 0) -> None:
        self.sandbox = sandbox
        self.losses = list(losses)
        self.looks = looks

    def send(self, request: Request, /) -> Response:
        looking = request.method == "GET"
        if looking and self.looks:
            self.looks -= 1
            message = "cut off"
            raise ConnectionError(message, request)
        if looking or not self.losses:
            return self.sandbox.send(request)
        loss, _, answer = self.losses.pop(0).partition(", ")
        if loss == "taken":
            self.sandbox.send(request)
        if answer:
            return Response(request, 502 if answer == "502" else 200, b"<html>")
        message = "cut off"
        raise ConnectionError(message, request)


class Here(t.NamedTuple):
    sandbox: Sandbox
    session_id: str

    def messages(self) -> list[ty.ConversationMessage]:
        web = Crisp("i", "k", transport=self.sandbox).website
        return web.get_messages_in_conversation(
            self.sandbox.website_id, self.session_id
        )


@pytest.fixture
def here() -> Here:
    sandbox = Sandbox()
    web = Crisp("i", "k", transport=sandbox).website
    created = web.create_new_conversation(sandbox.website_id)
    return Here(sandbox, created["session_id"])


def send(
    side: Side, here: Here, transport: Lossy, message: t.Any = MESSAGE, **options: t.Any
) -> t.Any:
    """Send a message once to the conversation, by a client of this transport."""
    client = side.client(transport=transport, retry=RetryPolicy(initial_delay=0))
    place = (here.sandbox.website_id, here.session_id)
    return side.run(lambda: send_once(client, *place, message, **options))


@pytest.mark.parametrize("first", LOSSES)
@pytest.mark.parametrize("second", [None, *LOSSES])
def test_exactly_one_message_arrives(
    side: Side, first: str, second: str | None, here: Here
) -> None:
    way = Lossy(here.sandbox, *filter(None, [first, second]))

    sent = send(side, here, way)

    (message,) = here.messages()
    assert message["fingerprint"] == sent["fingerprint"]
    assert len(str(sent["fingerprint"])) == 15


def test_a_look_that_fails_is_looked_again(side: Side, here: Here) -> None:
    way = Lossy(here.sandbox, "taken", looks=5)

    send(side, here, way)

    assert len(here.messages()) == 1


def test_an_unknown_outcome_is_an_error_with_the_fingerprint(
    side: Side, here: Here
) -> None:
    way = Lossy(here.sandbox, "taken")
    message = {**MESSAGE, "fingerprint": 123}

    with pytest.raises(ConnectionError) as caught:
        send(side, here, way, message, tries=1)

    assert "fingerprint, 123," in caught.value.__notes__[0]
    assert send(side, here, way, message) == {"fingerprint": 123}
    assert len(here.messages()) == 1


def test_a_message_with_a_fingerprint_is_looked_for_first(
    side: Side, here: Here
) -> None:
    message = {**MESSAGE, "fingerprint": 123}

    for _ in range(3):
        assert send(side, here, Lossy(here.sandbox), message) == {"fingerprint": 123}

    assert len(here.messages()) == 1


def test_a_refusal_is_raised_at_once(side: Side, here: Here) -> None:
    elsewhere = here._replace(session_id="session_of_nobody")
    way = Lossy(here.sandbox)

    with pytest.raises(NotFoundError):
        send(side, elsewhere, way)
    with pytest.raises(CrispError, match="400"):
        send(side, here, way, {**MESSAGE, "content": 7})
    assert here.messages() == []


@pytest.mark.parametrize("message", ["Hello", None, [MESSAGE]])
def test_a_message_that_is_no_dict_is_refused(
    side: Side, message: t.Any, here: Here
) -> None:
    way = Lossy(here.sandbox)
    sent = len(here.sandbox.requests)

    with pytest.raises(TypeError, match="message must be a dict, not"):
        send(side, here, way, message)
    assert len(here.sandbox.requests) == sent


@pytest.mark.parametrize("tries", [0, -1, 1.5, "3"])
def test_it_is_tried_at_least_once(side: Side, tries: t.Any, here: Here) -> None:
    with pytest.raises(ValueError, match="tries must be a whole number, 1 or more"):
        send(side, here, Lossy(here.sandbox), tries=tries)
    assert here.messages() == []


class Looking(Lossy):
    """A way on which a message is taken and its answer lost, and looks are answered."""

    def __init__(self, sandbox: Sandbox, status: int, body: bytes = b"<html>") -> None:
        super().__init__(sandbox, "taken")
        self.status = status
        self.body = body

    def send(self, request: Request, /) -> Response:
        if request.method == "GET":
            return Response(request, self.status, self.body)
        return super().send(request)


def test_a_page_that_is_not_crisps_does_not_say_that_it_is_not_there(
    side: Side, here: Here
) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        send(side, here, Looking(here.sandbox, 404))

    assert "The message may have been sent" in caught.value.__notes__[-1]
    assert len(here.messages()) == 1


@pytest.mark.parametrize("status", [401, 403, 423, 429])
def test_an_error_names_the_fingerprint_if_looking_is_refused(
    side: Side, status: int, here: Here
) -> None:
    body = b'{"error": true, "reason": "any", "data": {}}'

    with pytest.raises(CrispError, match=str(status)) as caught:
        send(side, here, Looking(here.sandbox, status, body))

    (message,) = here.messages()
    assert f"fingerprint, {message['fingerprint']}," in caught.value.__notes__[-1]


def test_a_message_that_came_too_late_may_be_there(side: Side, here: Here) -> None:
    class Late(Lossy):
        def send(self, request: Request, /) -> Response:
            response = super().send(request)
            if request.method == "GET" or self.losses:
                return response
            self.losses = ["none"]
            return Response(request, 408, b'{"error": true, "reason": "any"}')

    send(side, here, Late(here.sandbox))

    assert len(here.messages()) == 1


def test_an_interruption_names_the_fingerprint(side: Side, here: Here) -> None:
    class Interrupted(Lossy):
        def send(self, request: Request, /) -> Response:
            super().send(request)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        send(side, here, Interrupted(here.sandbox))

    (message,) = here.messages()
    assert f"fingerprint, {message['fingerprint']}," in caught.value.__notes__[-1]


def test_an_empty_success_is_one_with_the_fingerprint(side: Side, here: Here) -> None:
    class Empty(Lossy):
        def send(self, request: Request, /) -> Response:
            response = super().send(request)
            return Response(request, 200) if request.method == "POST" else response

    sent = send(side, here, Empty(here.sandbox), {**MESSAGE, "fingerprint": 123})

    assert sent == {"fingerprint": 123}


def test_a_fingerprint_that_is_none_is_chosen(side: Side, here: Here) -> None:
    sent = send(side, here, Lossy(here.sandbox), {**MESSAGE, "fingerprint": None})

    assert sent["fingerprint"] == here.messages()[0]["fingerprint"]
