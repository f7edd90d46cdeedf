"""For any arguments: they arrive unchanged, or are refused and nothing is sent."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
import math
import typing as t
import urllib.parse
import uuid

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crisp_api import (
    AsyncCrisp,
    ConnectionError,
    Crisp,
    RetryPolicy,
    TransportError,
    dates,
    wire,
)
from crisp_api.http import Request, Response
from crisp_api.transport.retry import Attempts, Budget, Outcome, Times
from tests.support.doubles import ENVELOPE, AsyncRecorder, Recorder
from tests.support.ledger import Operation
from tests.support.servers import Recording, recording
from tests.table.test_endpoints import OPERATIONS, located

# With lone surrogates and control characters: they are to be refused.
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=8)
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
TRAPS = st.sampled_from(
    ["", ".", "..", "%2e%2e", "%", "a/b", "a?b", "a#b", "a;b", "a:b", "//h", "{x}"]
)
IDS = PLAIN | TRAPS | ANY_TEXT | st.integers() | st.uuids() | st.none()
SCALARS = ANY_TEXT | st.integers() | st.floats() | st.booleans()
JSON = st.recursive(
    st.none() | SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3)
    ),
    max_leaves=5,
)
OBJECTS = st.dictionaries(ANY_TEXT, JSON, max_size=3)
VALUES = (
    *(SCALARS, TRAPS, st.none(), st.dates(), st.datetimes()),
    *(st.lists(JSON, max_size=3), OBJECTS),
)
HEADERS = (
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=8)
    | ANY_TEXT
)
REFUSED = (TypeError, ValueError)
NOON = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
QUERIES = {operation.id: located(operation, "query") for operation in OPERATIONS}
BODIES = {operation.id: located(operation, "body") for operation in OPERATIONS}


class Given(t.NamedTuple):
    """The source of the arguments of a call."""

    ids: list[t.Any]
    values: list[t.Any]
    body: t.Any
    header: str


GIVEN = st.builds(
    Given,
    ids=st.lists(PLAIN, min_size=1, max_size=3) | st.lists(IDS, min_size=1, max_size=3),
    values=st.lists(st.one_of(*VALUES), min_size=1, max_size=4),
    body=OBJECTS | st.lists(JSON, max_size=3),
    header=HEADERS,
)


class Call(t.NamedTuple):
    """One call of an operation, with its arguments."""

    operation: Operation
    path: dict[str, t.Any]
    query: dict[str, t.Any]
    body: dict[str, t.Any]
    header: str

    def on(self, client: t.Any) -> t.Any:
        service = getattr(client, self.operation.service)
        # It stays there for the next call, and is set anew by that.
        service.session.headers["X-Tag"] = self.header
        row = getattr(service, self.operation.name)
        return row(**self.path, **self.query, **self.body)


def moment(name: str) -> dt.datetime | None:
    """A value for a query parameter that takes no other, None where any will do."""
    return NOON if dates.speller(name) else None


def call_of(operation: Operation, some: Given) -> Call:
    ids, values = itertools.cycle(some.ids), itertools.cycle(some.values)
    return Call(
        operation,
        {name: next(ids) for name in operation.path_params},
        {name: moment(name) or next(values) for name in QUERIES[operation.id]},
        dict.fromkeys(BODIES[operation.id], some.body),
        some.header,
    )


def check(call: Call, request: Request) -> None:
    """Assert that a request has the arguments, as a server reads it."""
    url = urllib.parse.urlsplit(request.url)
    pairs = urllib.parse.parse_qsl(
        url.query, keep_blank_values=True, strict_parsing=bool(url.query)
    )
    # An empty value may be omitted, which means the same.
    given_query = {k: v for k, v in call.query.items() if v is not None and v != ""}

    assert request.method == call.operation.method
    assert (url.netloc, url.fragment) == (ADDRESS, "")
    assert [urllib.parse.unquote(p) for p in url.path.split("/")[2:]] == arrived(call)
    assert len(pairs) == len(dict(pairs))
    assert {k for k, v in pairs if v} == given_query.keys()
    for name, text in pairs:
        assert says(text, call.query[name]), name
    if call.body:
        sent = json.loads(request.body or b"")
        if call.operation.name.endswith("_people_data"):
            sent = sent["data"]
        assert [sent] == list(call.body.values())
    assert request.headers["X-Tag"] == call.header


def arrived(call: Call) -> list[str]:
    """The segments that a server should see."""
    segments = []
    for part in call.operation.path.split("/"):
        name = part.strip("{}")
        text = str(call.path[name]) if part.startswith("{") else part
        # The one argument whose slashes are slashes.
        segments += text.split("/") if part == "{path}" else [text]
    return segments


def says(text: str, value: object) -> bool:
    match value:
        case bool():
            return text == str(int(value))
        case str() | int():
            return text == str(value)
        case float():
            return float(text) == value
        case dt.datetime() if text.isdigit():
            return int(text) == value.timestamp() * 1000
        case dt.date():
            return type(value).fromisoformat(text) == value
        case _:
            return bool(json.loads(text) == value)


ADDRESS = "api.crisp.chat"


@settings(max_examples=60, derandomize=True, deadline=None)
@given(GIVEN)
@example(Given(["w"], ["?&=+ é"], {"é": [None, 0.1, "\n"]}, "x"))
@example(Given([uuid.UUID(int=1), -1], [True, [1]], [], ""))
def test_any_operation_sends_its_arguments_or_nothing(some: Given) -> None:
    recorder, async_recorder = Recorder(), AsyncRecorder()
    client = Crisp("i", "k", transport=recorder)
    async_client = AsyncCrisp("i", "k", transport=async_recorder)

    async def send(call: Call) -> None:
        await call.on(async_client)

    with asyncio.Runner() as runner:
        for operation in OPERATIONS:
            call = call_of(operation, some)
            recorder.sent, async_recorder.sent = [], []
            refusals: list[Exception | None] = [None, None]
            try:
                call.on(client)
            except REFUSED as error:
                refusals[0] = error
            try:
                runner.run(send(call))
            except REFUSED as error:
                refusals[1] = error

            assert repr(refusals[0]) == repr(refusals[1])
            assert recorder.sent == async_recorder.sent
            assert len(recorder.sent) == (refusals[0] is None)
            for request in recorder.sent:
                check(call, request)


@pytest.fixture(scope="module")
def real() -> t.Iterator[Recording]:
    """One server for all examples."""
    with recording() as record:
        yield record


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from(OPERATIONS), GIVEN)
@example(OPERATIONS[0], Given(["w"], [1], {}, " a"))
@example(OPERATIONS[0], Given(["w"], [1], {}, "a "))
def test_what_is_sent_is_what_a_server_gets(
    real: Recording, operation: Operation, some: Given
) -> None:
    call = call_of(operation, some)
    real.seen.clear()

    async def main() -> None:
        async with AsyncCrisp("i", "k", base_url=real.url, retry=None) as client:
            await call.on(client)

    refusals: list[Exception | None] = [None, None]
    try:
        with Crisp("i", "k", base_url=real.url, retry=None) as client:
            call.on(client)
    except REFUSED as error:
        refusals[0] = error
    try:
        asyncio.run(main())
    except REFUSED as error:
        refusals[1] = error

    assert repr(refusals[0]) == repr(refusals[1])
    assert len(real.seen) == (0 if refusals[0] else 2)
    for seen in real.seen:
        url = f"https://{ADDRESS}{seen.target}"
        headers = {"X-Tag": seen.headers["x-tag"]}
        check(call, Request(seen.method, url, headers, seen.body))


WORDS = st.sampled_from(
    [
        *("Tue,", "14", "Nov", "2023", "22:13:27", "GMT", "-0000", "+9999", "EST"),
        *("0", "1", "9999", "99999", "24:60:60", "::", ":", ",", "-", ".", "a.m."),
        *("NaN", "inf", "1e3", "٣", "²", "9" * 400, "9" * 5000, "+", "\t", "\x00"),
    ]
)
HEADER_TEXT = (
    st.text()
    | st.from_regex(r"-?[0-9]+(\.[0-9]*)?", fullmatch=True)
    | st.lists(WORDS, max_size=8).map(" ".join)
    | st.lists(WORDS, max_size=8).map("".join)
)
MOMENTS = st.floats(0, 4e9)


@settings(max_examples=600, derandomize=True)
@given(HEADER_TEXT | st.none(), MOMENTS)
def test_a_retry_after_is_no_number_or_one_to_wait(
    text: str | None, now: float
) -> None:
    seconds = wire.retry_after(text, now)

    assert seconds is None or (seconds >= 0 and not math.isnan(seconds))


DELAYS = st.floats(0, 1e6)
POLICIES = st.builds(
    RetryPolicy,
    max_attempts=st.integers(1, 6),
    initial_delay=DELAYS,
    max_delay=DELAYS,
    max_retry_after=DELAYS,
    budget=st.integers(0, 5),
)
METHODS = st.sampled_from(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"])
STATUSES = st.sampled_from(
    [200, 404, 408, 420, 423, 429, 500, 502, 503, 504]
) | st.integers(100, 599)
ASKED = st.floats(0, 2e6).map("{:.3f}".format) | HEADER_TEXT


def answered(status: int, retry_after: str | None) -> Response:
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return Response(Request("GET", "https://h/"), status, ENVELOPE, headers)


def broken(sent: bool | None) -> ConnectionError:
    return ConnectionError("cut off", sent=sent)


OUTCOMES: st.SearchStrategy[Outcome] = st.builds(
    answered, STATUSES, st.none() | ASKED
) | st.builds(broken, st.sampled_from([False, None]))


@settings(max_examples=600, derandomize=True)
@given(
    POLICIES,
    METHODS,
    st.integers(1, 10) | st.integers(1, 10_000),
    OUTCOMES,
    st.tuples(MOMENTS, st.floats(0, 1)),
)
def test_a_delay_follows_its_policy(
    policy: RetryPolicy,
    method: str,
    attempt: int,
    outcome: Outcome,
    chance: tuple[float, float],
) -> None:
    now, part = chance

    delay = policy.delay(Request(method, "https://h/"), attempt, outcome, now, part)

    if delay is None:
        return
    assert attempt < policy.max_attempts
    if isinstance(outcome, Response):
        assert outcome.status >= 400
        assert outcome.status != 423
        assert method not in {"PATCH", "POST"} or outcome.status in {420, 429}
        asked = wire.retry_after(outcome.header("retry-after"), now)
        if asked is not None:
            assert delay == asked <= policy.max_retry_after
            return
    elif method in {"PATCH", "POST"}:
        assert isinstance(outcome, TransportError)
        assert outcome.certainly_unsent
    assert 0 <= delay <= policy.max_delay


class Clock:
    """A clock that the test advances."""

    def __init__(self, part: float) -> None:
        self.seconds = 0.0
        self.times = Times(lambda: self.seconds, lambda: self.seconds, lambda: part)


@settings(max_examples=300, derandomize=True)
@given(
    POLICIES,
    METHODS,
    st.floats(0.001, 1e6),
    st.lists(st.tuples(OUTCOMES, st.floats(0, 1e5)), min_size=6, max_size=6),
    st.floats(0, 1),
)
def test_waits_end_before_the_deadline(
    policy: RetryPolicy,
    method: str,
    deadline: float,
    outcomes: list[tuple[Outcome, float]],
    part: float,
) -> None:
    clock = Clock(part)
    request = Request(method, "https://h/", deadline=deadline)
    attempts = Attempts(request, policy, Budget(policy.budget), clock.times)
    waited = 0.0

    for outcome, seconds in outcomes:
        left = attempts.request().deadline
        assert left is not None
        assert 0 < left <= deadline
        clock.seconds += seconds
        delay = attempts.wait(outcome)
        if delay is None:
            break
        clock.seconds += delay
        waited += delay
        assert clock.seconds < deadline

    assert waited <= deadline
    assert attempts.number <= policy.max_attempts


@settings(max_examples=200, derandomize=True)
@given(POLICIES, METHODS, st.lists(OUTCOMES, min_size=1, max_size=40))
def test_retries_keep_within_the_budget_of_the_client(
    policy: RetryPolicy, method: str, outcomes: list[Outcome]
) -> None:
    clock, budget = Clock(0.0), Budget(policy.budget)
    attempts = [
        Attempts(Request(method, "https://h/"), policy, budget, clock.times)
        for _ in outcomes
    ]
    retries = answers = 0

    # Each round is a sending of every call that goes on, as of so many threads.
    while attempts:
        going = []
        for one, outcome in zip(attempts, outcomes, strict=False):
            one.request()
            answers += isinstance(outcome, Response)
            if one.wait(outcome) is not None:
                retries += 1
                going.append(one)
        attempts = going

    assert retries <= policy.budget + answers / 8
