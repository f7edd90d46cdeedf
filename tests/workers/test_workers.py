"""The examples for task queues, with real workers on a real Redis, some of them killed.

``nox -s workers`` runs them; plain pytest skips them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
import typing as t

import pytest
import redis

from crisp_api.testing import signed_request
from tests.support.pages import ROOT
from tests.support.redis import Redis, redis_server
from tests.support.servers import closed_port
from tests.workers.effects import is_flaky

SECRET = "s3cret"
GENEROUS = 60.0
EVENTS = range(1_000)
# Short, so that the tests need not wait for long. None of them bounds a handler.
CLAIM, VISIBILITY, HEARTBEAT = 20, 4, 4

Store = t.Any


@dataclasses.dataclass(frozen=True)
class Engine:
    """A task queue.

    Attributes:
        example: the module of the web process.
        module: the module of the workers.
        worker: the command of a worker with two processes.
        held: how many handlers run at the same time.
        waiting: returns how many tasks Redis has, those in work included.
    """

    example: str
    module: str
    worker: tuple[str, ...]
    held: int
    waiting: t.Callable[[Store], int]


CELERY = Engine(
    "webhook_celery",
    "tests.workers.celery_worker",
    ("celery", "-A", "{module}", "worker", "--concurrency=2", "--loglevel=WARNING"),
    2,
    lambda store: int(store.llen("celery")) + int(store.hlen("unacked")),
)
DRAMATIQ = Engine(
    "webhook_dramatiq",
    "tests.workers.dramatiq_worker",
    ("dramatiq", "{module}", "--processes=2", "--threads=2"),
    4,
    lambda store: (
        int(store.hlen("dramatiq:default.msgs"))
        + int(store.hlen("dramatiq:default.DQ.msgs"))
    ),
)
ENGINES = {"celery": CELERY, "dramatiq": DRAMATIQ}


@pytest.fixture(autouse=True)
def _only_if_asked(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("workers"):
        pytest.skip("pass --workers, or run nox -s workers")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


@pytest.fixture
def server(tmp_path: pathlib.Path, _only_if_asked: None) -> t.Iterator[Redis]:
    with redis_server(tmp_path) as started:
        yield started


@pytest.fixture
def store(server: Redis) -> t.Iterator[Store]:
    with contextlib.closing(redis.Redis.from_url(server.url)) as client:
        yield client


class Programs:
    """Starts the web process and workers, and ends all of them."""

    def __init__(self, engine: Engine, url: str, folder: pathlib.Path) -> None:
        self._engine = engine
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'examples'}",
            "CRISP_HOOK_SECRET": SECRET,
            "REDIS_URL": url,
            "CLAIM_SECONDS": str(CLAIM),
            "VISIBILITY_SECONDS": str(VISIBILITY),
            "HEARTBEAT_SECONDS": str(HEARTBEAT),
        }

    def web(self) -> int:
        """Serve the application of the example, and return its port."""
        port = closed_port()
        listen = f"--listen=127.0.0.1:{port}"
        process = self._start("waitress", listen, f"{self._engine.example}:hook")
        wait_for(lambda: process.poll() is not None or is_listening(port))
        return port

    def worker(self, module: str) -> subprocess.Popen[bytes]:
        """Start a worker, in a process group of its own."""
        return self._start(*(one.format(module=module) for one in self._engine.worker))

    def output(self) -> str:
        """Return what the workers wrote."""
        return (self._folder / f"{self._engine.worker[0]}.txt").read_text("utf-8")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{command[0]}.txt").open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self._folder,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def end(self) -> None:
        for process in self._started:
            kill_group(process)


@pytest.fixture
def programs(
    engine: Engine, server: Redis, tmp_path: pathlib.Path
) -> t.Iterator[Programs]:
    started = Programs(engine, server.url, tmp_path)
    try:
        yield started
    finally:
        started.end()


def wait_for(condition: t.Callable[[], bool], seconds: float = GENEROUS) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        threading.Event().wait(0.02)


def is_listening(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GENEROUS)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/")
        return connection.getresponse().status == 405
    return False


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and all of its processes, as a machine that fails does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(GENEROUS)


def kill_one(process: subprocess.Popen[bytes], store: Store) -> None:
    """Kill the process of the first handler that is held."""
    os.kill(int(store.lindex("held", 0)), signal.SIGKILL)


def deliver(port: int, numbers: t.Iterable[int], *attempts: int) -> list[int]:
    """Deliver events, and return the statuses of the responses."""
    statuses: list[int] = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GENEROUS)
    with contextlib.closing(connection):
        for number in numbers:
            payload = {"website_id": "w", "session_id": "s", "fingerprint": number}
            for attempt in attempts or (1,):
                body, headers = signed_request(
                    "message:send", payload, secret=SECRET, attempt=attempt
                )
                connection.request("POST", "/", body, headers)
                response = connection.getresponse()
                statuses.append(response.status)
                response.read()
    return statuses


def deliver_all(port: int) -> None:
    """Deliver the events, and every tenth of the second half twice.

    No event is repeated or fails before one is held: the main process of Celery would
    fetch its next attempt at some time, and Celery loses a task that is just fetched.
    """
    statuses = deliver(port, EVENTS[:500])
    for start in EVENTS[500::10]:
        statuses += deliver(port, [start], 1, 2)
        statuses += deliver(port, range(start + 1, start + 10))
    assert statuses == [200] * 1_050


def counts(store: Store, name: str) -> dict[int, int]:
    return {int(key): int(count) for key, count in store.hgetall(name).items()}


def wait_until_all_is_handled(engine: Engine, store: Store) -> None:
    wait_for(
        lambda: store.hlen("effects") == len(EVENTS) and not engine.waiting(store),
        2 * GENEROUS,
    )


def wait_until_tasks_come_back(engine: Engine, store: Store) -> None:
    """Wait until Redis may return what a killed worker of Celery had.

    A worker looks for such tasks when it starts, and then every 100 seconds.
    """
    if engine is CELERY:
        wait_for(
            lambda: store.zcount("unacked_index", time.time() - VISIBILITY, "inf") == 0
        )


@pytest.mark.parametrize("whole", [True, False], ids=["whole worker", "one process"])
def test_every_event_is_handled_although_a_worker_is_killed(
    engine: Engine, programs: Programs, store: Store, *, whole: bool
) -> None:
    store.set("hold", 1)
    port = programs.web()
    worker = programs.worker(engine.module)
    deliver_all(port)
    wait_for(lambda: store.llen("held") == engine.held)
    unfinished = set(counts(store, "begun")) - set(counts(store, "effects"))
    assert len(unfinished) == engine.held

    if whole:
        kill_group(worker)
    else:
        kill_one(worker, store)
    store.delete("hold")
    # Without those in work: a repeat would hide that such an event was lost.
    repeated = sorted(set(EVENTS[:500:10]) - unfinished)
    assert deliver(port, repeated, 2) == [200] * len(repeated)
    if whole or engine is DRAMATIQ:
        # The other processes of Dramatiq end when one of them is killed.
        worker.wait(GENEROUS)
        wait_until_tasks_come_back(engine, store)
        worker = programs.worker(engine.module)
    wait_until_all_is_handled(engine, store)
    worker.terminate()
    worker.wait(GENEROUS)

    begun, effects = counts(store, "begun"), counts(store, "effects")
    assert sorted(effects) == list(EVENTS)
    assert engine.waiting(store) == 0
    # Only what was in work at the kill was done twice: no repeat was.
    assert {number for number, count in begun.items() if count > 1} <= unfinished
    assert sum(begun.values()) <= len(EVENTS) + engine.held
    assert sum(effects.values()) <= len(EVENTS) + engine.held
    # Those were begun a second time, because their effect was missing.
    assert sum(begun.values()) > len(EVENTS)
    failed = {int(number) for number in store.smembers("failed")}
    assert failed == set(filter(is_flaky, EVENTS))


def test_a_delivery_that_the_queue_does_not_accept_is_for_later(
    programs: Programs, server: Redis
) -> None:
    port = programs.web()
    assert deliver(port, [0]) == [200]
    server.stop()

    assert deliver(port, [1]) == [500]


REFUSED = """
from celery.exceptions import Reject
from webhook_celery import handle

handle.push_request(id="1", args=(FIELDS,), called_directly=False)
try:
    handle.run(FIELDS)
except Reject as error:
    print(error.requeue)
"""


def test_a_retry_that_redis_does_not_accept_leaves_the_task_in_the_queue(
    tmp_path: pathlib.Path,
) -> None:
    url = f"redis://127.0.0.1:{closed_port()}/0"
    fields = {"name": "message:send", "data": {}, "delivery": "1"}
    done = subprocess.run(
        [sys.executable, "-c", f"FIELDS = {fields}\n{REFUSED}"],
        env=Programs(CELERY, url, tmp_path).environment,
        capture_output=True,
        check=False,
        timeout=GENEROUS,
    )

    assert done.stdout == b"True\n", done.stderr.decode()


def test_the_example_delivers_an_event_that_a_worker_handles_once(
    engine: Engine, programs: Programs, store: Store
) -> None:
    worker = programs.worker(engine.example)
    done = subprocess.run(
        [sys.executable, "-W", "error", ROOT / "examples" / f"{engine.example}.py"],
        env=programs.environment,
        capture_output=True,
        check=False,
        timeout=2 * GENEROUS,
    )
    assert (done.returncode, done.stdout) == (0, b"200 handled\n200 handled\n")

    wait_for(lambda: "s: text" in programs.output() and not engine.waiting(store))
    worker.terminate()
    worker.wait(GENEROUS)

    assert programs.output().count("s: text") == 1
