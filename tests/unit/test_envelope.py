"""Answers: the data of a good one, the error of a bad one."""

from __future__ import annotations

import json
import pickle
import typing as t

import pytest

import crisp_api
from crisp_api import (
    ConnectionError,
    Crisp,
    CrispError,
    InvalidResponseError,
    RouteError,
    TimeoutError,
    TransportError,
)
from crisp_api.envelope import open_envelope
from crisp_api.errors import error_for
from crisp_api.http import Request, Response
from tests.support.doubles import Recorder, envelope

BY_STATUS: dict[int, type[RouteError]] = {
    400: crisp_api.InvalidRequestError,
    401: crisp_api.AuthenticationError,
    402: crisp_api.PermissionDeniedError,
    403: crisp_api.PermissionDeniedError,
    404: crisp_api.NotFoundError,
    405: crisp_api.InvalidRequestError,
    406: crisp_api.InvalidRequestError,
    409: crisp_api.ConflictError,
    420: crisp_api.RateLimitError,
    422: crisp_api.InvalidRequestError,
    423: crisp_api.QuotaExceededError,
    429: crisp_api.RateLimitError,
    500: crisp_api.ServerError,
    503: crisp_api.ServerError,
}
REFUSAL = json.dumps(
    {"error": True, "reason": "no_luck", "data": {"message": "why"}}
).encode()


def answer(status: int, body: bytes, method: str = "GET") -> Response:
    headers = {"Authorization": "Basic s3cret", "X-Crisp-Tier": "user"}
    return Response(Request(method, "https://h/v1/website/w", headers), status, body)


@pytest.mark.parametrize("data", [{"a": 1}, [1, 2], [], {}, None, "text", 0])
@pytest.mark.parametrize("status", [200, 201, 206, 299])
def test_the_data_of_an_envelope_is_returned(data: object, status: int) -> None:
    assert open_envelope(answer(status, envelope(data))) == data


def test_fields_that_are_not_known_survive() -> None:
    data = {"website_id": "w", "brand_new": {"deep": [1.5, None, "é"]}}

    assert Crisp(transport=Recorder(envelope(data))).website.get_website("w") == data


@pytest.mark.parametrize("status", [200, 202, 204])
def test_an_empty_good_answer_is_none(status: int) -> None:
    assert open_envelope(answer(status, b"")) is None


def test_an_envelope_without_data_is_none() -> None:
    assert open_envelope(answer(200, b'{"error": false, "reason": "ok"}')) is None


@pytest.mark.parametrize(("status", "found"), [(200, True), (204, True), (404, False)])
def test_a_check_is_answered_yes_or_no(status: int, found: bool) -> None:
    website = Crisp(transport=Recorder(b"", status)).website

    assert website.check_conversation_exists("w", "s") is found


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "unauthorized"),
        (403, "not_allowed"),
        (423, "http_error"),
        (503, "http_error"),
    ],
)
def test_a_check_that_fails_otherwise_is_an_error(status: int, reason: str) -> None:
    website = Crisp(transport=Recorder(b"", status)).website

    with pytest.raises(BY_STATUS[status]) as caught:
        website.check_conversation_exists("w", "s")
    assert caught.value.reason == reason


@pytest.mark.parametrize("status", BY_STATUS)
def test_a_refusal_is_raised_by_its_meaning(status: int) -> None:
    with pytest.raises(RouteError) as caught:
        open_envelope(answer(status, REFUSAL))

    error = caught.value
    assert type(error) is BY_STATUS[status]
    assert (error.status, error.reason, error.message) == (status, "no_luck", "why")
    assert str(error).startswith(f"{status} no_luck: why")
    assert error.request is error.response.request
    assert error.response.body == REFUSAL


@pytest.mark.parametrize("status", [102, 199])
def test_a_status_below_200_is_a_failure(status: int) -> None:
    with pytest.raises(RouteError) as caught:
        open_envelope(answer(status, envelope({"a": 1})))

    assert caught.value.status == status


def test_an_error_under_a_good_status_is_an_error() -> None:
    with pytest.raises(RouteError) as caught:
        open_envelope(answer(200, REFUSAL))

    assert (caught.value.status, caught.value.reason) == (200, "no_luck")


@pytest.mark.parametrize("data", [{}, [], None, "text", {"message": None}])
def test_a_refusal_may_have_no_details(data: object) -> None:
    body = json.dumps({"error": True, "reason": "no_luck", "data": data}).encode()

    with pytest.raises(RouteError) as caught:
        open_envelope(answer(404, body))
    assert caught.value.message == ""
    assert str(caught.value) == "404 no_luck"


@pytest.mark.parametrize("field", ["data", "error", "reason"])
def test_one_field_is_enough_for_an_envelope(field: str) -> None:
    body = json.dumps({field: None}).encode()

    assert open_envelope(answer(200, body)) is None


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        ({"error": True}, "http_error"),
        ({"error": True, "reason": ""}, "http_error"),
        ({"data": {}}, "http_error"),
        ({"reason": 5}, "5"),
    ],
)
def test_a_refusal_always_has_a_reason_that_is_text(
    envelope: dict[str, object], reason: str
) -> None:
    with pytest.raises(crisp_api.ServerError) as caught:
        open_envelope(answer(500, json.dumps(envelope).encode()))

    assert not isinstance(caught.value, InvalidResponseError)
    assert caught.value.reason == reason


FOREIGN = {
    "html": b"<html><h1>502 Bad Gateway</h1></html>",
    "truncated": b'{"error": false, "data": {"a"',
    "list": b"[1, 2]",
    "object": b'{"hello": "world"}',
    "nan": b'{"error": false, "data": NaN}',
    "latin-1": '{"error": false, "data": "é"}'.encode("latin-1"),
    "deep": b'{"error": false, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "long number": b'{"error": false, "data": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", FOREIGN.values(), ids=FOREIGN)
def test_an_answer_that_is_no_envelope_is_invalid(body: bytes) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        open_envelope(answer(200, body))

    assert type(caught.value) is InvalidResponseError
    assert caught.value.status == 200
    assert repr(body[:200]) in caught.value.message
    assert repr(body[:201]) not in caught.value.message or len(body) <= 200
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, b"<html>", "no JSON: b'<html>'"),
        (200, b"[1]", "JSON that is not Crisp's envelope: b'[1]'"),
        (502, b"", "an empty body"),
    ],
)
def test_a_malformed_response_says_what_is_wrong_with_it(
    status: int, body: bytes, problem: str
) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        open_envelope(answer(status, body))

    assert caught.value.message == problem


@pytest.mark.parametrize("body", [*FOREIGN.values(), b""], ids=[*FOREIGN, "empty"])
@pytest.mark.parametrize("status", BY_STATUS)
def test_a_failure_that_is_no_envelope_is_both(status: int, body: bytes) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        open_envelope(answer(status, body))

    assert isinstance(caught.value, BY_STATUS[status])
    assert type(caught.value).__name__ == BY_STATUS[status].__name__
    assert (caught.value.status, caught.value.reason) == (status, "http_error")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("body", [b"", envelope({"a": 1})], ids=["empty", "envelope"])
@pytest.mark.parametrize("status", [300, 302, 304, 399])
def test_a_redirect_is_a_failure_and_not_followed(
    status: int, body: bytes, method: str
) -> None:
    problem = f"{status} redirect: redirects are never followed"

    with pytest.raises(RouteError, match=problem) as caught:
        open_envelope(answer(status, body, method))
    assert (caught.value.status, caught.value.reason) == (status, "redirect")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://user:s3cret@evil.example/x?key=s3cret", "leads to evil.example$"),
        ("/elsewhere", "never followed$"),
        ("http://[", "never followed$"),
    ],
)
def test_a_redirect_is_described_by_its_host_alone(location: str, words: str) -> None:
    moved = Response(Request("GET", "https://h/v1/x"), 307, b"", {"Location": location})

    with pytest.raises(RouteError, match=words) as caught:
        open_envelope(moved)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "response",
    [
        answer(200, REFUSAL),
        answer(401, REFUSAL),
        answer(502, b"<html>"),
        answer(200, b"<html>"),
    ],
    ids=["refused", "unauthorized", "both", "invalid"],
)
def test_an_error_is_pickled_whole_and_without_credentials(response: Response) -> None:
    with pytest.raises(CrispError) as caught:
        open_envelope(response)

    error: t.Any = caught.value
    pickled = pickle.dumps(error)
    again: t.Any = pickle.loads(pickled)  # noqa: S301 - our own
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.args == error.args
    assert again.response == error.response
    assert b"s3cret" not in pickled
    assert "s3cret" not in str(error) + repr(error) + repr(vars(error))
    assert "s3cret" not in str(error.request.headers)


@pytest.mark.parametrize(("sent", "expected"), [(False, True), (None, False)])
@pytest.mark.parametrize("kind", [TransportError, TimeoutError, ConnectionError])
def test_a_transport_error_says_whether_nothing_was_sent(
    kind: type[TransportError], sent: bool | None, expected: bool
) -> None:
    error = kind("cut off", Request("POST", "https://h/v1/x"), sent=sent)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert error.certainly_unsent is again.certainly_unsent is expected
    assert again.sent is sent
    assert not TransportError("raised by another transport").certainly_unsent


def test_the_errors_are_a_tree() -> None:
    for kind in BY_STATUS.values():
        assert issubclass(kind, RouteError)
    assert issubclass(crisp_api.TimeoutError, crisp_api.TransportError)
    assert issubclass(crisp_api.ConnectionError, crisp_api.TransportError)
    for parent in (RouteError, InvalidResponseError, crisp_api.TransportError):
        assert parent.__mro__.index(CrispError) < parent.__mro__.index(Exception)
    assert not set(InvalidResponseError.__subclasses__()) & set(BY_STATUS.values())


def test_an_answer_that_repeats_the_request_shows_no_credentials() -> None:
    headers = {"Authorization": "Basic czNjcmV0"}
    page = b"<html>You sent Authorization: Basic czNjcmV0"
    echo = Response(Request("GET", "https://h/v1/x", headers), 502, page)

    with pytest.raises(InvalidResponseError, match=r"Basic \*\*\*") as caught:
        open_envelope(echo)
    assert b"czNjcmV0" not in caught.value.response.body
    assert "czNjcmV0" not in str(caught.value)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        (
            {
                "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT",
                "date": "Thu, 01 Jan 2026 00:00:00 GMT",
            },
            60.0,
        ),
        ({"retry-after": "Thu, 01 Jan 2026 00:01:00 GMT"}, None),
        ({"retry-after": "soon", "date": "Thu, 01 Jan 2026 00:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_a_date_to_retry_after_is_counted_from_the_date_of_the_response(
    headers: dict[str, str], seconds: float | None
) -> None:
    response = Response(Request("GET", "https://h/v1/a"), 429, b"", headers)

    assert error_for(response, "rate_limited").retry_after == seconds
