"""A client's own limit: exact in one process, and over many by Redis."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import traceback
import tracemalloc
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisp_api.limits import Limit, Limiter, LimitError, RedisLimit
from tests.support.redis import PASSWORD, Redis, redis_server

# Noon of a day, UTC.
NOW = 1_785_067_200.0
DAY = 86400.0
NOWHERE = "redis://127.0.0.1:1/0"


class Clock:
    """A clock that is set by the test."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def granted(limit: Limiter, asked: int) -> int:
    """Return how many of so many requests are allowed."""
    return sum(limit.take() == 0.0 for _ in range(asked))


def test_so_many_are_granted_and_then_none_until_the_first_is_old() -> None:
    clock = Clock()
    limit = Limit(2, per=60, clock=clock)

    assert limit.take() == 0.0
    clock.now += 10
    assert limit.take() == 0.0
    clock.now += 10
    assert limit.take() == 40.0
    clock.now += 40
    assert limit.take() == 0.0
    assert limit.take() == 10.0


def test_to_ask_in_vain_costs_nothing() -> None:
    clock = Clock()
    limit = Limit(1, per=60, daily=2, clock=clock)
    limit.take()

    assert [limit.take() for _ in range(3)] == [60.0] * 3
    clock.now += 60
    assert limit.take() == 0.0


def test_a_day_that_is_used_up_is_an_error_until_midnight_utc() -> None:
    clock = Clock()
    limit = Limit(daily=3, clock=clock)
    assert granted(limit, 3) == 3

    with pytest.raises(LimitError, match="the 3 requests of a day are used") as caught:
        limit.take()
    assert caught.value.retry_after == DAY / 2

    clock.now += DAY / 2
    assert granted(limit, 3) == 3


def test_a_window_goes_over_midnight() -> None:
    clock = Clock(NOW + DAY / 2 - 1)
    limit = Limit(2, per=60, daily=2, clock=clock)
    assert granted(limit, 2) == 2

    clock.now += 2
    assert limit.take() == 58.0


def test_a_clock_that_is_set_back_stops_nothing_for_longer_than_a_window() -> None:
    clock = Clock()
    limit = Limit(4, per=60, clock=clock)
    assert granted(limit, 3) == 3

    clock.now -= 3600
    assert granted(limit, 2) == 1
    assert limit.take() == 60.0
    clock.now += 60
    assert granted(limit, 5) == 4


def test_a_clock_that_is_set_back_does_not_repeat_a_day() -> None:
    clock = Clock(NOW + DAY / 2)
    limit = Limit(daily=2, clock=clock)
    limit.take()

    clock.now -= 1
    limit.take()
    clock.now += 1
    with pytest.raises(LimitError) as caught:
        limit.take()
    assert caught.value.retry_after == DAY


def test_the_time_is_the_machines_own() -> None:
    limit = Limit(1, per=60, daily=5)

    assert limit.take() == 0.0
    assert 0 < limit.take() <= 60


# Eighths of a second, whose sums are exact.
STEPS = st.lists(st.integers(0, 80).map(lambda eighths: eighths / 8), max_size=80)


@given(STEPS, st.integers(1, 6), st.sampled_from([0.125, 1.0, 2.5, 7.0]))
def test_no_window_ever_holds_more(
    steps: list[float], requests: int, per: float
) -> None:
    clock = Clock()
    limit = Limit(requests, per=per, clock=clock)

    times = []
    for step in steps:
        clock.now += step
        if limit.take() == 0.0:
            times.append(clock.now)

    pairs = zip(times, times[requests:], strict=False)
    assert all(after - before >= per for before, after in pairs)


@given(STEPS, st.integers(1, 6), st.floats(0.001, 100))
def test_a_request_is_allowed_after_the_wait(
    steps: list[float], requests: int, per: float
) -> None:
    clock = Clock()
    limit = Limit(requests, per=per, clock=clock)

    for step in steps:
        clock.now += step
        before = clock.now
        while wait := limit.take():
            clock.now += wait
        assert clock.now - before <= per + 1e-6


@pytest.mark.parametrize(
    "limit",
    [
        Limit(100, clock=Clock()),
        Limit(daily=100, clock=Clock()),
        Limit(100, daily=150, clock=Clock()),
    ],
)
def test_thirty_two_threads_get_no_more(limit: Limit) -> None:
    start = threading.Barrier(32)
    leaves: list[float] = []

    def ask() -> None:
        start.wait()
        for _ in range(20):
            with contextlib.suppress(LimitError):
                leaves.append(limit.take())

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert leaves.count(0.0) == 100


def test_a_fork_does_not_wait_for_a_thread_that_it_has_not() -> None:
    limit = Limit(1)
    limit._lock.acquire()
    limit._process = 0

    assert limit.take() == 0.0
    assert limit._process == os.getpid()


WRONG: list[tuple[dict[str, t.Any], type[Exception], str]] = [
    ({}, ValueError, "a limit needs requests, daily or both"),
    ({"requests": 0}, ValueError, "requests must be 1 or more, not 0"),
    ({"requests": -1}, ValueError, "requests must be 1 or more, not -1"),
    ({"requests": True}, TypeError, "requests must be a whole number, not True"),
    ({"requests": 2.0}, TypeError, "requests must be a whole number, not 2.0"),
    ({"daily": 0}, ValueError, "daily must be 1 or more, not 0"),
    ({"daily": "9"}, TypeError, "daily must be a whole number, not '9'"),
    ({"requests": 1, "daily": False}, TypeError, "daily must be a whole number"),
    ({"requests": 1, "per": 0}, ValueError, "per must be a number of seconds above 0"),
    ({"requests": 1, "per": -0.5}, ValueError, "above 0, not -0.5"),
    ({"requests": 1, "per": float("nan")}, ValueError, "above 0, not nan"),
    ({"requests": 1, "per": float("inf")}, ValueError, "above 0, not inf"),
    ({"requests": 1, "per": True}, TypeError, "per must be a number of seconds, not"),
    ({"requests": 1, "per": None}, TypeError, "per must be a number of seconds, not"),
]


@pytest.mark.parametrize(("arguments", "error", "problem"), WRONG)
def test_a_limit_that_is_none_is_refused(
    arguments: dict[str, t.Any], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        Limit(**arguments)
    with pytest.raises(error, match=problem):
        RedisLimit(NOWHERE, key="k", **arguments)


@pytest.mark.parametrize(
    ("arguments", "error", "problem"),
    [
        ({"per": 0.5}, ValueError, "per must be whole seconds, .* not 0.5"),
        ({"key": ""}, ValueError, "key must say what is shared"),
        ({"timeout": 0}, ValueError, "timeout must be a number of seconds above 0"),
        ({"timeout": "2"}, TypeError, "timeout must be a number of seconds, not '2'"),
    ],
)
def test_a_limit_that_redis_cannot_keep_is_refused(
    arguments: dict[str, t.Any], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        RedisLimit(**{"url": NOWHERE, "requests": 1, "key": "k", **arguments})


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:6379", "http://:s3cret@h", "redis://u:s3cret#@h:1", None],
)
def test_a_url_that_is_none_is_refused_and_not_shown(url: t.Any) -> None:
    with pytest.raises(ValueError, match="url must be as redis") as caught:
        RedisLimit(url, 1, key="k")

    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("missing", ["limits", "redis"])
def test_it_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(ImportError, match=r'pip install "limits>=4\.0" "redis'):
        RedisLimit(NOWHERE, 1, key="k")


@pytest.mark.parametrize(
    "module", ["crisp_api", "crisp_api.limits", "crisp_api.limits.redis_"]
)
def test_nothing_of_redis_is_imported_before_it_is_used(module: str) -> None:
    program = (
        f"import sys; from {module} import RedisLimit; "
        "assert not {'limits', 'redis'} & {*sys.modules}"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_one_answers_at_once_and_the_other_may_not() -> None:
    memory: Limiter = Limit(1)
    redis: Limiter = RedisLimit(NOWHERE, 1, key="k")

    assert (memory.blocks, redis.blocks) == (False, True)


@pytest.mark.parametrize(
    "limit",
    [RedisLimit(NOWHERE, 1, key="k"), RedisLimit(NOWHERE, daily=1, key="k")],
)
def test_where_redis_is_not_there_nothing_goes_out(limit: RedisLimit) -> None:
    with pytest.raises(
        LimitError, match=r"the Redis of the limit 'k' does not answer \(Conn"
    ) as caught:
        limit.take()
    assert caught.value.retry_after is None


def test_where_redis_is_not_there_all_may_go_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    limit = RedisLimit(NOWHERE, 1, key="k", fail_open=True)

    with caplog.at_level(logging.WARNING, "crisp_api"):
        assert granted(limit, 2) == 2
    assert caplog.messages[0].endswith(", the request goes out")


@contextlib.contextmanager
def answering(line: bytes) -> t.Iterator[int]:
    """The port of what answers whatever it is asked alike."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(60)
                    while asked := connection.recv(65536):
                        connection.sendall(line.replace(b"{}", asked.split()[-1]))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_redis_that_hangs_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        limit = RedisLimit(url, 1, key="k", timeout=0.01)

        with pytest.raises(LimitError, match="TimeoutError"):
            limit.take()


def test_a_repeated_password_is_not_shown() -> None:
    with answering(b"-ERR unknown command 'AUTH', beginning with: '{}'\r\n") as port:
        limit = RedisLimit(f"redis://:s3cr%3At%2F@127.0.0.1:{port}/0", 1, key="k")
        with pytest.raises(LimitError, match=r"beginning with: '\*\*\*'") as caught:
            limit.take()

    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Redis]:
    """A real Redis."""
    with redis_server(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


def test_redis_keeps_a_window(server: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(NOW + 0.25)
    monkeypatch.setattr(time, "time", clock)
    first, second = (RedisLimit(server.url, 2, key="window") for _ in range(2))

    assert first.take() == 0.0
    clock.now += 10
    assert second.take() == 0.0
    clock.now += 10
    assert first.take() == pytest.approx(40.0)
    assert second.take() == pytest.approx(40.0)
    clock.now += 40.5
    assert second.take() == 0.0
    assert first.take() == pytest.approx(9.5)


def test_room_that_came_while_it_was_asked_for_is_asked_for_soon(
    server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    limit = RedisLimit(server.url, 2, key="soon")
    monkeypatch.setattr(time, "time", clock)
    limit.take()
    clock.now += 59
    limit.take()

    times = itertools.chain([NOW + 59.5], itertools.repeat(NOW + 60.5))
    monkeypatch.setattr(time, "time", lambda: next(times))
    assert 0 < limit.take() < 0.01
    assert limit.take() == 0.0


def test_redis_keeps_a_day(server: Redis) -> None:
    clock = Clock()
    limit = RedisLimit(server.url, daily=3, key="day", clock=clock)
    assert granted(limit, 3) == 3

    with pytest.raises(LimitError, match="the 3 requests of a day") as caught:
        limit.take()
    assert caught.value.retry_after == DAY / 2

    clock.now += DAY / 2
    assert limit.take() == 0.0


def test_a_request_that_the_window_refuses_costs_nothing_of_the_day(
    server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    limit = RedisLimit(server.url, 1, daily=2, key="both")

    assert granted(limit, 9) == 1
    clock.now += 61
    assert granted(limit, 1) == 1
    with pytest.raises(LimitError):
        limit.take()


def test_the_last_of_a_day_is_given_once(
    server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = RedisLimit(server.url, 9, daily=1, key="last")
    limit.take()

    # As if it had been there when it was looked at.
    monkeypatch.setattr(limit._fixed, "test", lambda *_: True)
    with pytest.raises(LimitError, match="are used up"):
        limit.take()


def test_keys_are_budgets_of_their_own(server: Redis) -> None:
    one, other = (RedisLimit(server.url, 1, key=key) for key in ("one", "other"))

    assert (granted(one, 2), granted(other, 2)) == (1, 1)


HAMMER = """
import sys
from crisp_api.limits import LimitError, RedisLimit

url, key, requests, daily = sys.argv[1:]
limit = RedisLimit(
    url,
    int(requests) or None,
    key=key,
    per=3600,
    daily=int(daily) or None,
    timeout=60,
)
granted = 0
print("ready", flush=True)
sys.stdin.readline()
for _ in range(300):
    try:
        granted += limit.take() == 0.0
    except LimitError as error:
        assert "are used up" in str(error)
print(granted)
"""


@pytest.mark.parametrize(
    ("requests", "daily", "budget"),
    [(200, 0, 200), (0, 200, 200), (200, 150, 150), (150, 200, 150)],
)
def test_two_processes_get_no_more_and_no_less(
    server: Redis, requests: int, daily: int, budget: int
) -> None:
    numbers = [str(requests), str(daily)]
    command = [sys.executable, "-c", HAMMER, server.url, f"two {numbers}", *numbers]
    pipe = subprocess.PIPE
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
            )
            for _ in range(2)
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        shares = [int(process.communicate(timeout=60)[0]) for process in processes]

    assert sum(shares) == budget
    assert [process.returncode for process in processes] == [0, 0]


def test_a_redis_that_is_lost_may_come_back(
    server: Redis, tmp_path: pathlib.Path
) -> None:
    redis = Redis(tmp_path)
    redis.start()
    closed = RedisLimit(redis.url, 5, key="k", timeout=60)
    opened = RedisLimit(redis.url, 5, key="k", fail_open=True, timeout=60)
    try:
        assert (closed.take(), opened.take()) == (0.0, 0.0)

        redis.stop()
        with pytest.raises(LimitError, match="does not answer") as caught:
            closed.take()
        assert "s3cr" not in "".join(traceback.format_exception(caught.value))
        assert opened.take() == 0.0

        redis.start()
        assert granted(closed, 9) == 5
        assert opened.take() > 0
    finally:
        redis.stop()


def test_a_window_is_a_minute_by_default() -> None:
    limit = Limit(1, clock=Clock())

    assert [limit.take(), limit.take()] == [0.0, 60.0]


def test_a_clock_that_is_set_back_leaves_earlier_grants_in_their_place() -> None:
    clock = Clock()
    limit = Limit(2, per=60, clock=clock)
    limit.take()
    clock.now += 50
    limit.take()

    clock.now -= 30

    assert limit.take() == 40.0


def test_a_limit_of_the_day_alone_remembers_no_grants() -> None:
    limit = Limit(daily=20_000, clock=itertools.count(NOW, 0.25).__next__)

    tracemalloc.start()
    for _ in range(10_000):
        limit.take()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 50_000


def redis_without_key() -> RedisLimit:
    return RedisLimit("redis://:passw0rd@127.0.0.1:1/0", 1, key="")


@pytest.mark.parametrize("make", [lambda: Limit(t.cast("int", "x")), redis_without_key])
def test_a_limit_that_is_not_initialized_has_a_repr(make: t.Any) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        make()

    report = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    # The frames before are those of this test, which has the password.
    frames = "".join(report.format()).split("in __init__", 1)[1]
    assert "not initialized" in frames
    assert "passw0rd" not in frames
