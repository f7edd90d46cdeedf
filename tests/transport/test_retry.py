"""When a request is tried again: the policy, and the senders that heed it."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import copy
import dataclasses
import gc
import inspect
import logging
import pickle
import threading
import typing as t

import pytest

from crisp_api import (
    ConnectionError,
    Crisp,
    InvalidResponseError,
    LimitError,
    NotFoundError,
    QuotaExceededError,
    RateLimitError,
    RetryPolicy,
    ServerError,
    TimeoutError,
    TransportError,
)
from crisp_api.errors import malformed_error
from crisp_api.http import Request, Response
from crisp_api.pools import task_scope, thread_scope
from crisp_api.transport.retry import Attempts, Budget, Outcome, Times
from crisp_api.transport.sender import (
    Attempt,
    Hooks,
    Sender,
)
from tests.support.clients import Side
from tests.support.doubles import ENVELOPE, envelope

NOW = 1_700_000_000.0
POLICY = RetryPolicy()
REPEATABLE = ("GET", "HEAD", "PUT", "DELETE")
OTHERS = ("POST", "PATCH")


def request(method: str = "GET", deadline: float | None = None) -> Request:
    return Request(method, "https://h/v1/x", {}, None, 10.0, deadline)


def answered(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(request(), status, ENVELOPE, named)


def broken(*, sent: bool | None = None) -> TransportError:
    return ConnectionError("cut off", request(), sent=sent)


def delay(
    method: str,
    outcome: Response | TransportError,
    attempt: int = 1,
    policy: RetryPolicy = POLICY,
) -> float | None:
    return policy.delay(request(method), attempt, outcome, NOW, 1.0)


@pytest.mark.parametrize("status", [408, 420, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("method", REPEATABLE)
def test_what_can_be_done_twice_is_tried_again(method: str, status: int) -> None:
    assert delay(method, answered(status)) == 0.5
    assert delay(method, broken()) == 0.5


@pytest.mark.parametrize("method", OTHERS)
def test_a_write_is_tried_again_only_where_nothing_was_done(method: str) -> None:
    assert delay(method, answered(420)) == delay(method, answered(429)) == 0.5
    assert delay(method, broken(sent=False)) == 0.5
    assert delay(method, broken(sent=None)) is None
    for status in (408, 500, 502, 503, 504):
        assert delay(method, answered(status)) is None


@pytest.mark.parametrize("method", REPEATABLE + OTHERS)
@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 404, 409, 423, 501])
def test_what_will_not_change_is_not_tried_again(method: str, status: int) -> None:
    assert delay(method, answered(status)) is None


def test_waits_double_up_to_the_longest() -> None:
    policy = RetryPolicy(max_attempts=9)

    waits = [delay("GET", answered(503), n, policy) for n in range(1, 10)]

    assert waits == [0.5, 1, 2, 4, 8, 8, 8, 8, None]
    assert delay("GET", answered(503), 10_000, RetryPolicy(max_attempts=20_000)) == 8


def test_a_wait_is_a_random_part_of_that() -> None:
    assert POLICY.delay(request(), 2, answered(503), NOW, 0.25) == 0.25


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 1.5 ", 1.5),
        ("Tue, 14 Nov 2023 22:13:27 GMT", 7.0),
        ("Tue, 14 Nov 2023 22:13:27 -0000", 7.0),
        ("Tue, 14 Nov 2023 22:13:00 GMT", 0.0),
        ("30", 30.0),
        # Above the cap.
        ("31", None),
        ("9" * 400, None),
        ("Tue, 14 Nov 2073 22:13:27 GMT", None),
        # Nothing that can be honoured.
        *((text, 0.5) for text in ("-1", "NaN", "inf", "soon", "", "1e3", "٣")),
        ("Tue, 14 Nov 99999 22:13:27 GMT", 0.5),
    ],
)
def test_retry_after_is_honoured_up_to_a_cap(text: str, expected: float | None) -> None:
    assert delay("GET", answered(429, retry_after=text)) == expected
    assert delay("POST", answered(429, **{"Retry-After": text})) == expected


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"max_attempts": 0}, "max_attempts must be a number, 1 or more, not 0"),
        ({"initial_delay": -1}, "initial_delay must be"),
        ({"max_delay": float("nan")}, "max_delay must be"),
        ({"max_retry_after": float("inf")}, "max_retry_after must be"),
        ({"budget": -1}, "budget must be"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(
    options: dict[str, t.Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        RetryPolicy(**options)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("attempts", "max_attempts"),
        ("first_delay", "initial_delay"),
        ("longest_delay", "max_delay"),
        ("longest_retry_after", "max_retry_after"),
    ],
)
def test_an_old_name_of_an_option_is_refused_with_its_new_one(
    old: str, new: str
) -> None:
    options: dict[str, t.Any] = {"budget": 1, old: 3}
    problem = rf"^RetryPolicy\(\) has no option '{old}'; it is now '{new}'$"

    with pytest.raises(TypeError, match=problem):
        RetryPolicy(**options)
    with pytest.raises(TypeError, match=problem):
        dataclasses.replace(POLICY, **options)


def test_an_option_that_never_was_is_refused_by_python() -> None:
    options: dict[str, t.Any] = {"tries": 3}

    with pytest.raises(TypeError, match="unexpected keyword argument 'tries'"):
        RetryPolicy(**options)


def test_a_policy_is_a_plain_value() -> None:
    policy = RetryPolicy(max_attempts=2, budget=1)

    assert policy == dataclasses.replace(RetryPolicy(budget=1), max_attempts=2)
    assert policy != RetryPolicy()
    assert len({policy, copy.copy(policy)}) == 1
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 - our own
    assert repr(policy) == (
        "RetryPolicy(max_attempts=2, initial_delay=0.5, max_delay=8.0, "
        "max_retry_after=30.0, budget=1)"
    )
    assert list(inspect.signature(RetryPolicy).parameters) == [
        field.name for field in dataclasses.fields(RetryPolicy)
    ]


def test_a_budget_is_spent_and_earned() -> None:
    budget = Budget(2)

    assert [budget.take() for _ in range(3)] == [True, True, False]
    for _ in range(8):
        budget.earn()
    assert [budget.take(), budget.take()] == [True, False]
    for _ in range(1000):
        budget.earn()
    assert [budget.take() for _ in range(3)] == [True, True, False]


def at_times(deadline: float, *seconds: float) -> Attempts:
    """The attempts of a call, whose clock shows these times in turn."""
    clock = iter(seconds)
    times = Times(lambda: next(clock), lambda: NOW, lambda: 1.0)
    return Attempts(request(deadline=deadline), POLICY, Budget(0), times)


def test_a_first_request_keeps_its_whole_deadline() -> None:
    attempts = at_times(5.0, 0.0, 0.0005)

    assert attempts.request().deadline == 5.0


@pytest.mark.parametrize("elapsed", [0.001, 2.0])
def test_a_later_request_has_the_rest_of_its_deadline(elapsed: float) -> None:
    attempts = at_times(5.0, 0.0, elapsed)

    assert attempts.request().deadline == 5.0 - elapsed


def test_no_request_is_made_at_its_deadline() -> None:
    attempts = at_times(5.0, 0.0, 5.0)

    with pytest.raises(TimeoutError, match="no time is left"):
        attempts.request()


class Script:
    """A transport that returns one outcome after the other, and repeats the last."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[Request] = []
        self.seconds = 0.0
        self.overslept = 0.0
        self.slept: list[float] = []

    def send(self, request: Request, /) -> Response:
        self.sent.append(request)
        self.seconds += 1
        outcome = self.outcomes[min(len(self.sent), len(self.outcomes)) - 1]
        if isinstance(outcome, Response):
            return outcome
        raise outcome

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds + self.overslept

    async def sleep_later(self, seconds: float) -> None:
        self.sleep(seconds)

    @property
    def times(self) -> Times:
        return Times(lambda: self.seconds, lambda: NOW, lambda: 1.0)


def sender_of(side: Side, script: Script, **options: t.Any) -> t.Any:
    """Return a sender to a script, which sleeps by the script's clock."""
    return Sender(
        script,
        runner=side.runner,
        times=script.times,
        sleep=script.sleep_later if side.is_async else script.sleep,
        **{"retry": POLICY, **options},
    )


def send(side: Side, script: Script, request: Request, **options: t.Any) -> Response:
    """Send a request to a script, and return its response."""
    sender = sender_of(side, script, **options)
    response: Response = side.run(lambda: sender.send(request))
    return response


def test_a_good_answer_ends_the_tries(side: Side) -> None:
    script = Script(answered(503), broken(), answered(200))

    assert send(side, script, request()).status == 200
    assert script.slept == [0.5, 1.0]


def test_the_last_outcome_is_what_the_caller_gets(side: Side) -> None:
    assert send(side, Script(answered(503)), request()).status == 503

    script = Script(answered(503), broken())
    with pytest.raises(ConnectionError, match="cut off"):
        send(side, script, request())
    assert len(script.sent) == 4


def test_without_a_policy_there_is_one_try(side: Side) -> None:
    script = Script(answered(503))

    assert send(side, script, request(), retry=None).status == 503
    assert len(script.sent) == 1


def test_a_deadline_is_for_all_attempts_together(side: Side) -> None:
    script = Script(answered(503))

    assert send(side, script, request(deadline=4.0)).status == 503
    # A second a try, and waits of 0.5 and 1: a third wait would end too late.
    assert [sent.deadline for sent in script.sent] == [4.0, 2.5, 0.5]
    assert script.slept == [0.5, 1.0]


def test_a_deadline_that_was_slept_through_ends_with_the_last_outcome(
    side: Side,
) -> None:
    script = Script(answered(503))
    # A sleep takes as long as it takes.
    script.overslept = 90.0

    assert send(side, script, request(deadline=2.0)).status == 503
    assert len(script.sent) == 1


def test_a_deadline_that_has_passed_before_the_first_attempt_is_a_timeout(
    side: Side,
) -> None:
    script = Script(answered(200))
    script.overslept = 90.0

    with pytest.raises(
        TimeoutError, match="the GET request: no time is left"
    ) as caught:
        send(side, script, request(deadline=2.0), limit=Slow(0.5))
    assert caught.value.certainly_unsent
    assert script.sent == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("first", [broken(), answered(502)], ids=["lost", "gateway"])
def test_an_error_is_in_doubt_if_an_earlier_attempt_may_have_been_carried_out(
    side: Side, method: str, first: Outcome
) -> None:
    script = Script(first, broken(sent=False))

    with pytest.raises(ConnectionError) as caught:
        send(side, script, request(method))

    assert (caught.value.certainly_unsent, caught.value.attempts) == (False, 4)


def test_an_error_is_certain_if_no_attempt_was_sent(side: Side) -> None:
    with pytest.raises(ConnectionError) as caught:
        send(side, Script(broken(sent=False)), request("PUT"))

    assert (caught.value.certainly_unsent, caught.value.attempts) == (True, 4)


class Closing:
    """A limit that allows one request, and then none."""

    blocks = False

    def __init__(self) -> None:
        self.allowed = 1

    def take(self) -> float:
        self.allowed -= 1
        if self.allowed < 0:
            message = "no more today"
            raise LimitError(message)
        return 0.0


def test_a_limit_that_allows_no_retry_ends_with_the_last_outcome(side: Side) -> None:
    with pytest.raises(ConnectionError, match="cut off") as caught:
        send(side, Script(broken()), request("DELETE"), limit=Closing())

    assert (caught.value.certainly_unsent, caught.value.attempts) == (False, 1)
    assert caught.value.__context__ is None
    assert send(side, Script(answered(503)), request(), limit=Closing()).status == 503
    late = Script(answered(503))
    wants = Slow(0.0, 9.0)
    assert send(side, late, request(deadline=5.0), limit=wants).status == 503


def test_a_client_that_is_closed_while_a_call_waits_sends_no_more(
    side: Side,
) -> None:
    script = Script(answered(503))
    hooks = Hooks(on_retry=lambda _: sender.close())
    sender = sender_of(side, script, hooks=hooks)

    with pytest.raises(RuntimeError, match="the client is closed"):
        side.run(lambda: sender.send(request()))
    assert len(script.sent) == 1


def test_a_storm_uses_the_budget_up(side: Side) -> None:
    script = Script(answered(503))
    policy = RetryPolicy(budget=2)

    assert send(side, script, request(), retry=policy).status == 503
    assert len(script.sent) == 3


def test_successful_responses_refill_the_retry_budget() -> None:
    good = [answered(200)] * 8
    script = Script(answered(503), *good, answered(503), answered(200))
    policy = RetryPolicy(initial_delay=0, budget=1)
    client = Crisp("i", "k", transport=script, retry=policy)

    # Eight calls, the first of which takes the only retry, and one more retry.
    for _ in range(9):
        client.website.get_website("w")

    assert len(script.sent) == 11


def test_refusals_refill_the_retry_budget_too() -> None:
    refusals = [answered(404)] * 8
    script = Script(answered(503), *refusals, answered(503), answered(200))
    policy = RetryPolicy(initial_delay=0, budget=1)
    client = Crisp("i", "k", transport=script, retry=policy)
    for _ in range(8):
        with pytest.raises(NotFoundError):
            client.website.get_website("w")

    assert dict(client.website.get_website("w")) == {}


def test_seven_responses_earn_no_retry() -> None:
    good = [answered(200)] * 7
    script = Script(answered(503), *good, answered(503), answered(200))
    policy = RetryPolicy(initial_delay=0, budget=1)
    client = Crisp("i", "k", transport=script, retry=policy)
    for _ in range(7):
        client.website.get_website("w")

    with pytest.raises(ServerError):
        client.website.get_website("w")
    assert len(script.sent) == 9


def test_hooks_are_called_for_each_attempt(side: Side) -> None:
    told: list[tuple[str, Attempt]] = []
    hooks = Hooks(
        *(
            lambda attempt, name=name: told.append((name, attempt))
            for name in ("request", "response", "retry")
        )
    )
    script = Script(broken(), answered(200))
    secret = Request("GET", "https://h/v1/x", {"Authorization": "Basic s3cret"})

    send(side, script, secret, hooks=hooks)

    assert [(name, one.number, one.delay) for name, one in told] == [
        ("request", 1, None),
        ("response", 1, 0.5),
        ("retry", 1, 0.5),
        ("request", 2, None),
        ("response", 2, None),
    ]
    assert isinstance(told[1][1].outcome, ConnectionError)
    assert isinstance(told[-1][1].outcome, Response)
    assert told[-1][1].seconds == 1.0
    for _, attempt in told:
        assert attempt.request.headers == {"Authorization": "***"}


def test_a_hook_does_not_belong_to_the_batch_of_its_call(side: Side) -> None:
    scopes: list[object] = []

    def hook(attempt: Attempt) -> None:
        scopes.extend((attempt.number, thread_scope.get(), task_scope.get()))

    def call() -> t.Any:
        thread_scope.set(threading.Event())
        task_scope.set(asyncio.Event())
        sender = sender_of(side, Script(answered(200)), hooks=Hooks(on_response=hook))
        return sender.send(request())

    contextvars.copy_context().run(side.run, call)

    assert scopes == [1, None, None]


def test_a_malformed_response_is_an_error_and_not_retried(
    side: Side,
) -> None:
    told: list[Attempt] = []
    script = Script(malformed_error(answered(200), "http_error", "too large"))

    with pytest.raises(InvalidResponseError, match="too large"):
        send(side, script, request(), hooks=Hooks(None, told.append, told.append))
    assert [type(one.outcome) for one in told] == [InvalidResponseError]


def test_a_hook_that_fails_loses_no_answer(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(attempt: Attempt) -> None:
        raise LookupError(attempt.number)

    answer = send(side, Script(answered(200)), request(), hooks=Hooks(fail, fail))

    assert answer.status == 200
    assert caplog.text.count("a hook failed") == 2


def test_a_line_is_logged_for_each_attempt(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "crisp_api")

    send(side, Script(broken(), answered(200)), request())

    assert [(one.name, one.getMessage()) for one in caplog.records[-2:]] == [
        ("crisp_api", "GET /v1/x: ConnectionError (attempt 1, 1000 ms)"),
        ("crisp_api", "GET /v1/x: 200 (attempt 2, 1000 ms)"),
    ]


def test_the_log_has_no_personal_data(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = Request("GET", "https://h/v1/x?search_text=jane", {}, b"jane")
    unread = malformed_error(Response(asked, 200, b"jane"), "http_error", "b'jane'")

    for outcome in (Response(asked, 200, b"jane"), ConnectionError("jane", asked)):
        with contextlib.suppress(ConnectionError):
            send(side, Script(outcome), asked)
    with pytest.raises(InvalidResponseError):
        send(side, Script(unread), asked)

    assert caplog.text.count("GET /v1/x: ") == 6
    assert "jane" not in caplog.text


class Slow:
    """A limit that wants some waits before it lets a request out."""

    def __init__(self, *waits: float, blocks: bool = False) -> None:
        self.waits = list(waits)
        self.blocks = blocks

    def take(self) -> float:
        return self.waits.pop(0) if self.waits else 0.0


@pytest.mark.parametrize("blocks", [False, True])
def test_a_limit_is_waited_for(side: Side, blocks: bool) -> None:
    script = Script(answered(200))

    send(side, script, request(), limit=Slow(2.0, 0.5, blocks=blocks))

    assert script.slept == [2.0, 0.5]
    assert len(script.sent) == 1


def test_a_limit_that_wants_more_than_there_is_lets_nothing_out(side: Side) -> None:
    script = Script(answered(200))

    with pytest.raises(LimitError, match=r"the GET request: .* 9\.0 seconds") as caught:
        send(side, script, request(deadline=5.0), limit=Slow(9.0))
    assert caught.value.retry_after == 9.0
    assert script.sent == []


def test_a_limit_that_wants_all_of_the_time_lets_nothing_out(side: Side) -> None:
    script = Script(answered(200))

    with pytest.raises(LimitError):
        send(side, script, request(deadline=5.0), limit=Slow(5.0))
    assert script.sent == []


def test_a_delay_that_ends_at_the_deadline_is_not_waited_for(side: Side) -> None:
    script = Script(answered(503))

    # The first attempt takes one second, and the delay the rest.
    assert send(side, script, request(deadline=1.5)).status == 503
    assert script.slept == []


FAST = RetryPolicy(initial_delay=0)


def test_a_client_tries_again_and_its_options_say_how_often() -> None:
    script = Script(answered(503))
    client = Crisp("i", "k", transport=script, retry=FAST)

    with pytest.raises(ServerError):
        client.website.get_website("w")
    assert len(script.sent) == 4
    with pytest.raises(ServerError):
        client.with_options(retry=None).website.get_website("w")
    assert len(script.sent) == 5
    with pytest.raises(ServerError):
        client.website.send_message_in_conversation("w", "s", t.cast("t.Any", {}))
    assert len(script.sent) == 6


def test_a_client_tries_again(side: Side) -> None:
    script = Script(answered(503), answered(200))
    client = side.client(transport=script, retry=FAST)

    assert side.run(lambda: client.website.get_website("w")) == {}


def test_options_are_of_one_client_and_share_the_rest() -> None:
    script = Script(answered(200))
    client = Crisp("i", "k", transport=script, timeout=1, deadline=200)
    other = client.with_options(timeout=None, deadline=None)

    client.set_tier("plugin")
    for one in (client, other):
        one.website.get_website("w")

    first, second = script.sent
    assert first.timeout == 1
    assert first.deadline == pytest.approx(200, abs=100)
    assert (second.timeout, second.deadline) == (None, None)
    assert first.headers == second.headers
    assert second.headers["X-Crisp-Tier"] == "plugin"
    assert (client.get_timeout(), other.get_timeout()) == (1, None)


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf"), "1", True])
def test_a_time_out_that_cannot_be_is_refused(name: str, bad: t.Any) -> None:
    client: t.Any = Crisp("i", "k")

    with pytest.raises(ValueError, match=f"{name} must be a number of seconds above 0"):
        Crisp("i", "k", **{name: bad})
    with pytest.raises(ValueError, match=f"{name} must be"):
        client.with_options(**{name: bad})


def test_a_policy_is_a_policy() -> None:
    with pytest.raises(TypeError, match="retry must be a RetryPolicy or None, not 3"):
        Crisp("i", "k", retry=t.cast("t.Any", 3))


def test_an_error_says_when_to_come_back() -> None:
    script = Script(answered(429, retry_after="90"))

    with pytest.raises(RateLimitError) as caught:
        Crisp("i", "k", transport=script).website.get_website("w")
    assert caught.value.retry_after == 90.0
    assert len(script.sent) == 1


def test_the_daily_quota_is_not_tried_again() -> None:
    body = b'{"error": true, "reason": "quota_limit_exceeded", "data": {}}'
    script = Script(answered(503), answered(200), Response(request(), 423, body))
    client = Crisp("i", "k", transport=script, retry=FAST)
    client.website.get_website("w")

    with pytest.raises(QuotaExceededError, match="resets daily") as caught:
        client.with_options(retry=POLICY).website.get_website("w")
    assert caught.value.retry_after is None
    assert caught.value.__notes__ == ["This client has sent 3 requests."]
    assert len(script.sent) == 3


def test_an_answer_of_another_transport_is_read_all_the_same() -> None:
    script = Script(Response(request(), 200, envelope({"name": "Acme"})))

    assert Crisp(transport=script).website.get_website("w") == {"name": "Acme"}


@pytest.mark.parametrize("answer", [None, 5, {}, ValueError("ours?")])
def test_a_transport_that_returns_something_else_is_named(
    side: Side, answer: t.Any
) -> None:
    class Wrong:
        def send(self, _request: Request, /) -> t.Any:
            return answer

    client = side.client(transport=Wrong())

    with pytest.raises(TypeError, match=r"the transport returned .*, not a Response$"):
        side.run(lambda: client.get("/a"))


def test_an_async_transport_of_a_sync_client_is_named() -> None:
    class Later:
        async def send(self, request: Request, /) -> Response:
            raise NotImplementedError

    later: t.Any = Later()

    with pytest.raises(TypeError, match=r"returned coroutine, .* use AsyncCrisp"):
        Crisp("i", "k", transport=later).get("/a")


def test_a_failed_call_leaves_no_cycle_that_holds_its_request() -> None:
    class Broken:
        def send(self, request: Request, /) -> Response:
            message = "reset"
            raise ConnectionError(message, request)

    client = Crisp("i", "k", transport=Broken(), retry=None)
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            with contextlib.suppress(ConnectionError):
                client.get("/a")
        assert gc.collect() == 0
    finally:
        gc.enable()


def gone(reason: object = "conversation_not_found") -> Response:
    return Response(request(), 404, envelope({}, error=True, reason=reason))


LOST = ConnectionError("reset")
UNSENT = ConnectionError("refused", sent=False)


@pytest.mark.parametrize("before", [LOST, answered(502), answered(504)])
def test_a_404_after_a_lost_response_means_that_a_delete_succeeded(
    side: Side, before: Outcome, caplog: pytest.LogCaptureFixture
) -> None:
    script = Script(before, gone())
    client = side.client(transport=script, retry=FAST)

    with caplog.at_level(logging.INFO, "crisp_api"):
        deleted = side.run(lambda: client.website.remove_conversation("w", "s"))

    assert deleted is None
    assert "404 after an attempt whose outcome is unknown, taken as done" in caplog.text


@pytest.mark.parametrize(
    "outcomes",
    [
        (gone(),),
        (UNSENT, gone()),
        (answered(503), gone()),
        (LOST, gone("not_subscribed")),
        (LOST, gone(None)),
        (LOST, Response(request(), 404, b"<html>")),
        (LOST, Response(request(), 404, b"[]")),
    ],
)
def test_any_other_404_of_a_delete_is_an_error(
    side: Side, outcomes: tuple[Outcome, ...]
) -> None:
    client = side.client(transport=Script(*outcomes), retry=FAST)

    with pytest.raises(NotFoundError):
        side.run(lambda: client.website.remove_conversation("w", "s"))


def test_a_404_after_a_lost_response_of_another_verb_is_an_error(side: Side) -> None:
    client = side.client(transport=Script(LOST, gone()), retry=FAST)

    with pytest.raises(NotFoundError):
        side.run(lambda: client.website.get_conversation("w", "s"))


def test_an_error_says_how_many_attempts_were_made(side: Side) -> None:
    client = side.client(transport=Script(UNSENT), retry=FAST)
    once = client.with_options(retry=None)

    with pytest.raises(
        ConnectionError, match=r"^refused \(after 4 attempts\)$"
    ) as caught:
        side.run(lambda: client.website.get_website("w"))
    assert caught.value.attempts == 4
    with pytest.raises(ConnectionError, match=r"^refused$"):
        side.run(lambda: once.website.get_website("w"))
