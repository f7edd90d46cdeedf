"""Instructions for Crisp's AI agent."""

from __future__ import annotations

import json
import typing as t

import pytest

from crisp_api import NotFoundError, RateLimitError, RetryPolicy
from crisp_api.hugo import trigger_agent
from tests.support.clients import Side
from tests.support.doubles import envelope
from tests.transport.test_secrets import KEY, found

SESSION = "session_1"


def trigger(
    side: Side,
    recorder: t.Any,
    *args: str,
    retry: RetryPolicy | None = None,
    **url: str,
) -> t.Any:
    client = side.client(transport=recorder, retry=retry)
    given = args or (KEY, SESSION, "Offer a refund.")
    return side.run(lambda: trigger_agent(client, *given, **url))


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>"])
def test_an_instruction_is_sent_with_its_own_token(side: Side, body: bytes) -> None:
    recorder = side.recorder(body)

    assert trigger(side, recorder) is None

    (sent,) = recorder.sent
    assert (sent.method, sent.url) == ("POST", "https://app.hugo.ai/api/agent/trigger/")
    assert sent.headers["Authorization"] == f"Bearer {KEY}"
    assert "X-Crisp-Tier" not in sent.headers
    assert json.loads(sent.body or b"") == {
        "session_id": SESSION,
        "instruction": "Offer a refund.",
    }


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ((KEY, SESSION, ""), "has 0 characters"),
        ((KEY, SESSION, "x" * 2_001), "has 2001 characters"),
        ((KEY, "", "x"), "session_id"),
        ((f"{KEY}\n", SESSION, "x"), "Authorization"),
    ],
)
def test_an_argument_that_is_not_valid_is_refused(
    side: Side, args: tuple[str, str, str], problem: str
) -> None:
    recorder = side.recorder()

    with pytest.raises(ValueError, match=problem):
        trigger(side, recorder, *args)
    assert recorder.sent == []


def test_a_token_is_not_sent_unencrypted(side: Side) -> None:
    with pytest.raises(ValueError, match="not https"):
        trigger(side, side.recorder(), url="http://hugo.example/")


def test_a_refusal_is_an_error_without_the_token(side: Side) -> None:
    recorder = side.recorder(envelope({}, error=True, reason="not_found"), 404)

    with pytest.raises(NotFoundError, match="404 not_found") as caught:
        trigger(side, recorder)
    assert KEY not in str(caught.value)
    assert found(caught.value) == []


def test_an_instruction_is_repeated_only_after_a_rate_limit(side: Side) -> None:
    policy = RetryPolicy(initial_delay=0, max_attempts=2)
    limited, failing = side.recorder(b"", 429), side.recorder(b"", 503)

    with pytest.raises(RateLimitError):
        trigger(side, limited, retry=policy)
    with pytest.raises(Exception, match="503"):
        trigger(side, failing, retry=policy)

    assert (len(limited.sent), len(failing.sent)) == (2, 1)
