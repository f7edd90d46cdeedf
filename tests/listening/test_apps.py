"""The ASGI and the WSGI application: what they respond, and when events are handled."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import logging
import os
import subprocess
import sys
import threading
import typing as t
import wsgiref.validate

import pytest

from crisp_api import EventInProgressError
from crisp_api.events import Event, Router
from crisp_api.testing import Delivery, signed_request
from crisp_api.webhooks import (
    MemorySeen,
    RedisSeen,
    asgi,
    handle_once,
    unwrap,
    wsgi,
)
from crisp_api.webhooks import _wsgi as wsgi_module
from crisp_api.webhooks._repeats import delivery_id
from tests.support.redis import Redis, redis_server
from tests.support.servers import closed_port

SECRET = "s3cret"
JSON = "application/json"
GENEROUS = 60.0


def delivery(content: str = "Hello", **options: t.Any) -> Delivery:
    payload = {"website_id": "w", "session_id": "s", "content": content}
    return signed_request("message:send", payload, secret=SECRET, **options)


class Handled(list[str]):
    """The contents of the messages that were handled.

    Attributes:
        error: raised by the handler, if it is set.
        has_begun: set when the handler is called.
        may_go_on: the handler waits for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self.has_begun = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.router = Router(lambda *_: None)
        self.router.on("message:send")(self.handle)

    def handle(self, event: Event[t.Any]) -> None:
        self.has_begun.set()
        assert self.may_go_on.wait(GENEROUS)
        if self.error:
            raise self.error
        self.append(event.data["content"])


class Reply(t.NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Asgi:
    """Sends requests to the ASGI application, in one event loop."""

    def __init__(self, router: Router, **options: t.Any) -> None:
        self.app = asgi(router, **options)
        self.runner = asyncio.Runner()

    def post(
        self,
        body: bytes,
        headers: dict[str, str],
        *,
        method: str = "POST",
        query: str = "",
        pieces: int = 1,
    ) -> Reply:
        size = max(1, -(-len(body) // pieces))
        parts = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
        messages = [
            {"type": "http.request", "body": part, "more_body": number < len(parts)}
            for number, part in enumerate(parts, start=1)
        ]
        sent = self.exchange(
            {
                "type": "http",
                "method": method,
                "query_string": query.encode(),
                "headers": [
                    (name.lower().encode(), value.encode())
                    for name, value in headers.items()
                ],
            },
            messages,
        )
        start, content = sent
        found = {name.decode(): value.decode() for name, value in start["headers"]}
        assert found["content-length"] == str(len(content["body"]))
        return Reply(start["status"], found, content["body"].decode())

    def exchange(
        self, scope: dict[str, t.Any], messages: list[t.Any]
    ) -> list[dict[str, t.Any]]:
        sent: list[t.Any] = []

        async def receive() -> t.Any:
            return messages.pop(0)

        async def send(message: t.Any) -> None:
            sent.append(message)

        self.runner.run(self.app(scope, receive, send))
        return sent

    def drain(self) -> None:
        self.runner.run(self.app.drain())

    def close(self) -> None:
        self.drain()
        self.runner.close()


class Wsgi:
    """Sends requests to the WSGI application, under the checks of wsgiref."""

    def __init__(self, router: Router, **options: t.Any) -> None:
        self.app = wsgi(router, **options)

    def post(
        self,
        body: bytes,
        headers: dict[str, str],
        *,
        method: str = "POST",
        query: str = "",
        length: str | None = None,
        **environ: t.Any,
    ) -> Reply:
        started: list[t.Any] = []
        named = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in headers.items()
            if name != "Content-Type"
        }
        content_type = headers.get("Content-Type")
        given = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": "/",
            "QUERY_STRING": query,
            "SERVER_NAME": "h",
            "SERVER_PORT": "80",
            "CONTENT_LENGTH": str(len(body)) if length is None else length,
            "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.url_scheme": "http",
            **({"CONTENT_TYPE": content_type} if content_type else {}),
            **named,
            **environ,
        }

        def start(status: str, found: list[t.Any], exc_info: object = None) -> t.Any:
            started.append((int(status[:3]), {k.lower(): v for k, v in found}))
            return lambda _: None

        if length is None:
            checked: t.Any = wsgiref.validate.validator(t.cast("t.Any", self.app))
            result = checked(given, start)
            text = b"".join(result).decode()
            result.close()
        else:
            text = b"".join(self.app(given, start)).decode()
        ((status, found),) = started
        return Reply(status, found, text)

    def drain(self) -> None:
        assert self.app.drain(GENEROUS)

    def close(self) -> None:
        self.drain()


App = Asgi | Wsgi


@pytest.fixture
def handled() -> Handled:
    return Handled()


@pytest.fixture(params=[Asgi, Wsgi], ids=["asgi", "wsgi"])
def make(request: pytest.FixtureRequest, handled: Handled) -> t.Iterator[t.Any]:
    """Return a function that makes an application."""
    made: list[App] = []

    def make_app(**options: t.Any) -> App:
        app: App = request.param(handled.router, **{"secret": SECRET, **options})
        made.append(app)
        return app

    yield make_app
    for app in made:
        app.close()


@pytest.fixture(params=[False, True], ids=["later", "inline"])
def inline(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_an_event_is_handled(make: t.Any, handled: Handled, inline: bool) -> None:
    app = make(inline=inline)

    reply = app.post(*delivery())
    app.drain()

    assert (reply.status, reply.text) == (200, "handled" if inline else "accepted")
    assert handled == ["Hello"]


def test_the_response_comes_before_the_work_unless_it_is_inline(
    make: t.Any, handled: Handled
) -> None:
    app = make()
    handled.may_go_on.clear()

    assert app.post(*delivery()).status == 200
    assert handled == []

    handled.may_go_on.set()
    app.drain()
    assert handled == ["Hello"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"X-Crisp-Signature": "0" * 64}, 401),
        ({"X-Crisp-Request-Timestamp": "1"}, 401),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": ""}, 415),
        ({"Content-Type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_a_request_that_is_not_crisps_is_refused(
    make: t.Any, handled: Handled, changes: dict[str, str], status: int
) -> None:
    app = make()
    body, headers = delivery()

    reply = app.post(body, {k: v for k, v in {**headers, **changes}.items() if v})
    app.drain()

    assert reply.status == status
    assert len(handled) == (status == 200)


def test_another_method_is_refused(make: t.Any) -> None:
    reply = make().post(*delivery(), method="PUT")

    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_a_body_that_is_too_large_is_refused(make: t.Any, handled: Handled) -> None:
    body, headers = delivery("x" * 1_000)

    assert make(max_size=1_000).post(body, headers).status == 413
    assert make(max_size=len(body)).post(body, headers).status == 200


def test_a_signed_body_that_is_no_event_is_refused(make: t.Any) -> None:
    body, headers = signed_request("", {}, secret=SECRET)

    reply = make().post(body, headers)

    assert (reply.status, reply.text) == (
        400,
        "the body has no name of an event in 'event'",
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("key=k3y", 200),
        ("a=b&key=k3y", 200),
        ("", 401),
        ("key=", 401),
        ("key=K3Y", 401),
        ("key=k3y&key=other", 401),
    ],
)
def test_a_hook_of_a_website_has_a_key(make: t.Any, query: str, status: int) -> None:
    app = make(secret=None, key="k3y")

    assert (
        app.post(delivery().body, {"Content-Type": JSON}, query=query).status == status
    )


@pytest.mark.parametrize("options", [{"secret": ""}, {"secret": None}, {"key": ""}])
def test_an_application_without_a_secret_cannot_be_made(
    make: t.Any, options: dict[str, t.Any]
) -> None:
    with pytest.raises(TypeError, match="there is no option 'in_line'"):
        make(in_line=True)
    with pytest.raises(ValueError, match=r"empty|pass the signing secret"):
        make(**{"secret": None, **options})


def test_an_old_delivery_is_refused_if_its_age_is_limited(make: t.Any) -> None:
    app = make(max_age=300, clock=lambda: 1_700_000_301.0)

    assert app.post(*delivery(timestamp=1_700_000_000_000)).status == 401


# --- repeats


def test_a_repeated_delivery_is_handled_once(
    make: t.Any, handled: Handled, inline: bool
) -> None:
    app = make(inline=inline)

    for attempt in (1, 2, 3):
        assert app.post(*delivery(attempt=attempt)).status == 200
        app.drain()

    assert handled == ["Hello"]


def test_a_repeated_delivery_is_handled_again_without_a_store(
    make: t.Any, handled: Handled
) -> None:
    app = make(seen=None)

    for _ in range(2):
        app.post(*delivery())
    app.drain()

    assert handled == ["Hello", "Hello"]


@pytest.mark.parametrize("options", [{}, {"seen": None}], ids=["store", "none"])
def test_a_failed_delivery_comes_again_if_it_was_inline(
    make: t.Any, handled: Handled, options: dict[str, t.Any]
) -> None:
    app = make(inline=True, **options)
    handled.error = ValueError("no")

    assert app.post(*delivery()).status == 500
    handled.error = None
    assert app.post(*delivery(attempt=2)).status == 200

    assert handled == ["Hello"]


def test_a_failed_delivery_is_done_if_it_was_accepted(
    make: t.Any, handled: Handled
) -> None:
    app = make()
    handled.error = ValueError("no")

    for _ in range(2):
        assert app.post(*delivery()).status == 200
        app.drain()
    handled.error = None
    app.post(*delivery())
    app.drain()

    assert handled == []


def test_a_delivery_that_is_being_handled_is_refused_for_now(make: t.Any) -> None:
    seen = MemorySeen()
    body, headers = delivery()
    app = make(inline=True, seen=seen)
    event = unwrap(body, headers, secret=SECRET)
    assert seen.claim(event.delivery) == "new"

    assert app.post(body, headers).status == 503


def test_a_handler_that_ends_the_program_leaves_the_delivery_for_later(
    make: t.Any, handled: Handled
) -> None:
    app = make(inline=True)
    handled.error = KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt):
        app.post(*delivery())
    handled.error = None

    assert app.post(*delivery()).status == 200
    assert handled == ["Hello"]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("message:send", {"session_id": "s", "fingerprint": 7}, "w/s/message:send/7"),
        ("message:received", {"fingerprint": 7}, "w//message:received/7"),
    ],
)
def test_a_delivery_is_known_by_its_fingerprint(
    name: str, data: dict[str, t.Any], expected: str
) -> None:
    assert delivery_id(Event(name, data, "w"), b"body") == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [("message:updated", {"fingerprint": 7}), ("session:set_state", {})],
)
def test_other_deliveries_are_known_by_their_bodies(
    name: str, data: dict[str, t.Any]
) -> None:
    event = Event(name, data, "w")

    assert delivery_id(event, b"one") == delivery_id(event, b"one")
    assert delivery_id(event, b"one") != delivery_id(event, b"two")


def test_a_store_forgets_the_oldest_and_claims_that_have_ended() -> None:
    now = 0.0
    seen = MemorySeen(2, claim_seconds=10, clock=lambda: now)

    assert [seen.claim(one) for one in ("a", "b", "a")] == ["new", "new", "claimed"]
    seen.finish("b")
    now = 10.0
    assert [seen.claim(one) for one in ("a", "b")] == ["new", "done"]
    seen.release("a")
    assert [seen.claim(one) for one in ("a", "c", "b")] == ["new", "new", "new"]
    assert repr(seen) == "<MemorySeen of 2 deliveries>"
    with pytest.raises(ValueError, match="size must be 1 or more"):
        MemorySeen(0)


def test_a_store_remembers_no_more_than_its_size_after_late_ends() -> None:
    seen = MemorySeen(2)
    deliveries = ["a", "b", "c", "d"]

    assert [seen.claim(one) for one in deliveries] == ["new"] * 4
    for one in deliveries:
        seen.finish(one)

    assert [seen.claim(one) for one in ("c", "d")] == ["done", "done"]
    assert [seen.claim(one) for one in ("a", "b")] == ["new", "new"]


class Broken:
    """A store that fails at some of its methods."""

    blocks = False

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.inner = MemorySeen()

    def __getattr__(self, name: str) -> t.Any:
        return self.fail if name in self.failing else getattr(self.inner, name)

    def fail(self, delivery: str) -> t.NoReturn:
        raise OSError(delivery)


def test_a_delivery_is_refused_for_now_if_the_store_fails(
    make: t.Any, handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    app = make(seen=Broken("claim"))

    assert app.post(*delivery()).status == 503
    assert handled == []
    assert "the store of deliveries failed" in caplog.text


def test_a_delivery_is_handled_if_its_end_cannot_be_noted(
    make: t.Any, handled: Handled, inline: bool
) -> None:
    app = make(seen=Broken("finish"), inline=inline)

    assert app.post(*delivery()).status == 200
    app.drain()
    assert handled == ["Hello"]


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Redis]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


def test_several_processes_share_a_store_in_redis(
    make: t.Any,
    handled: Handled,
    inline: bool,
    redis: Redis,
    request: pytest.FixtureRequest,
) -> None:
    key = request.node.name
    first, second = (
        make(seen=RedisSeen(redis.url, key=key), inline=inline) for _ in range(2)
    )

    replies = [app.post(*delivery()).text for app in (first, second, first)]
    first.drain()

    assert replies[1:] == ["the delivery was received before"] * 2
    assert handled == ["Hello"]


def test_a_store_in_redis_has_claims_that_end(redis: Redis) -> None:
    seen = RedisSeen(redis.url, key="claims", claim_seconds=1)

    assert [seen.claim(one) for one in ("a", "a", "b")] == ["new", "claimed", "new"]
    seen.finish("a")
    seen.release("b")
    assert [seen.claim(one) for one in ("a", "b")] == ["done", "new"]
    assert repr(seen) == "<RedisSeen 'claims'>"
    assert repr(RedisSeen.__new__(RedisSeen)) == "<RedisSeen, not initialized>"


def test_deliveries_are_refused_for_now_if_redis_is_unreachable(
    make: t.Any, caplog: pytest.LogCaptureFixture
) -> None:
    seen = RedisSeen(f"redis://:pa55@127.0.0.1:{closed_port()}/0", key="k")

    assert make(seen=seen).post(*delivery()).status == 503
    assert "pa55" not in caplog.text


@pytest.mark.parametrize(
    ("url", "key", "problem"),
    [("redis://127.0.0.1/0", "", "key must say"), ("http://h", "k", "url must be")],
)
def test_a_store_in_redis_needs_a_key_and_an_address(
    url: str, key: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        RedisSeen(url, key=key)


# --- the worker of a queue


def received(**data: t.Any) -> Event[t.Any]:
    """Return an event that has been in a queue, as JSON."""
    payload = {"website_id": "w", "session_id": "s", "content": "Hello", **data}
    request = signed_request("message:send", payload, secret=SECRET)
    event = unwrap(*request, secret=SECRET)
    queued = Event(**json.loads(json.dumps(dataclasses.asdict(event))))
    assert queued == event
    return queued


def test_a_worker_handles_an_event_once(handled: Handled) -> None:
    seen = MemorySeen()

    was_new = [handle_once(handled.router, received(), seen=seen) for _ in range(2)]

    assert was_new == [True, False]
    assert handled == ["Hello"]


def test_an_event_whose_handler_failed_is_handled_again(handled: Handled) -> None:
    seen = MemorySeen()
    handled.error = ValueError("no")

    with pytest.raises(ExceptionGroup, match="handlers of message:send failed") as info:
        handle_once(handled.router, received(), seen=seen)
    handled.error = None

    assert [str(error) for error in info.value.exceptions] == ["no"]
    assert handle_once(handled.router, received(), seen=seen)
    assert handled == ["Hello"]


def test_an_event_whose_worker_was_interrupted_is_handled_again(
    handled: Handled,
) -> None:
    seen = MemorySeen()
    handled.error = KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt):
        handle_once(handled.router, received(), seen=seen)
    handled.error = None

    assert handle_once(handled.router, received(), seen=seen)


def test_an_event_that_is_being_handled_is_for_later(handled: Handled) -> None:
    seen = MemorySeen()
    event = received()
    seen.claim(event.delivery)

    with pytest.raises(EventInProgressError, match="is being handled"):
        handle_once(handled.router, event, seen=seen)
    seen.release(event.delivery)

    assert handle_once(handled.router, event, seen=seen)


def test_an_event_without_a_delivery_is_refused(handled: Handled) -> None:
    event: Event[t.Any] = Event("message:send", {"content": "Hello"})

    async def in_a_loop() -> None:
        handle_once(
            Router(), Event("message:send", {}, delivery="d"), seen=MemorySeen()
        )

    with pytest.raises(RuntimeError, match=r"await asyncio\.to_thread"):
        asyncio.run(in_a_loop())
    with pytest.raises(ValueError, match="has no delivery"):
        handle_once(handled.router, event, seen=MemorySeen())


def test_an_event_is_handled_although_its_end_cannot_be_noted(
    handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    assert handle_once(handled.router, received(), seen=Broken("finish"))
    assert handled == ["Hello"]
    assert "the store of deliveries failed" in caplog.text


def test_the_error_of_a_handler_is_raised_although_its_claim_cannot_be_released(
    handled: Handled,
) -> None:
    handled.error = ValueError("no")

    with pytest.raises(ExceptionGroup):
        handle_once(handled.router, received(), seen=Broken("release"))


# --- ASGI


def test_a_body_may_come_in_pieces(handled: Handled) -> None:
    app = Asgi(handled.router, secret=SECRET)

    assert app.post(*delivery(), pieces=5).status == 200
    app.close()
    assert handled == ["Hello"]


def test_a_client_that_is_gone_gets_no_response(handled: Handled) -> None:
    app = Asgi(handled.router, secret=SECRET)
    scope = {
        "type": "http",
        "method": "POST",
        "headers": [(b"content-type", JSON.encode())],
    }

    assert app.exchange(scope, [{"type": "http.disconnect"}]) == []
    assert app.exchange({"type": "websocket"}, []) == []
    app.close()


def test_the_end_of_a_server_waits_for_events(handled: Handled) -> None:
    app = Asgi(handled.router, secret=SECRET)
    app.post(*delivery())

    sent = app.exchange(
        {"type": "lifespan"},
        [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}],
    )

    assert [one["type"] for one in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
    assert handled == ["Hello"]
    app.close()


# --- WSGI


@pytest.mark.parametrize(
    ("length", "environ", "status"),
    [
        ("", {"wsgi.input_terminated": True}, 200),
        ("", {}, 401),
        ("many", {}, 400),
        ("100000", {}, 400),
        ("10000000", {}, 413),
    ],
)
def test_the_length_of_a_body_is_checked(
    handled: Handled, length: str, environ: dict[str, t.Any], status: int
) -> None:
    app = Wsgi(handled.router, secret=SECRET)

    assert app.post(*delivery(), length=length, **environ).status == status
    app.close()


def test_a_body_without_a_length_is_limited(handled: Handled) -> None:
    app = Wsgi(handled.router, secret=SECRET, max_size=10)
    environ: dict[str, t.Any] = {"wsgi.input_terminated": True}

    assert app.post(*delivery(), length="", **environ).status == 413


def test_too_many_waiting_events_are_refused_for_now(
    handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wsgi_module, "_QUEUE_SIZE", 1)
    app = Wsgi(handled.router, secret=SECRET)
    handled.may_go_on.clear()

    assert app.post(*delivery("handled")).status == 200
    assert handled.has_begun.wait(GENEROUS)
    statuses = [app.post(*delivery(f"{number}")).status for number in range(3)]
    assert not app.app.drain(0)
    handled.may_go_on.set()
    app.drain()

    assert statuses == [200, 503, 503]
    assert handled == ["handled", "0"]
    assert app.post(*delivery("1")).status == 200
    app.close()
    assert handled[-1] == "1"


def test_async_handlers_run_in_one_loop_in_order(handled: Handled) -> None:
    loops: list[object] = []
    router = Router()

    @router.on("message:send")
    async def handle(event: Event[t.Any]) -> None:
        await asyncio.sleep(0)
        loops.append(asyncio.get_running_loop())
        handled.append(event.data["content"])

    app = Wsgi(router, secret=SECRET)
    for number in range(3):
        app.post(*delivery(f"{number}"))
    app.close()

    assert handled == ["0", "1", "2"]
    assert len(set(loops)) == 1


def test_a_handler_cannot_end_the_thread(
    handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    app = Wsgi(handled.router, secret=SECRET)
    handled.error = SystemExit()
    with caplog.at_level(logging.ERROR, "crisp_api"):
        app.post(*delivery("first"))
        app.drain()
    handled.error = None
    app.post(*delivery("second"))
    app.close()

    assert handled == ["second"]
    assert "handling message:send was ended" in caplog.text


def test_a_forked_process_does_not_wait_for_the_events_of_its_parent(
    handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Wsgi(handled.router, secret=SECRET)
    handled.may_go_on.clear()
    app.post(*delivery())
    worker = app.app._worker
    assert worker

    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: worker.process + 1)
        worker._drain_at_exit()
    assert handled == []

    handled.may_go_on.set()
    app.close()
    assert handled == ["Hello"]


def test_an_application_without_events_has_nothing_to_wait_for() -> None:
    assert wsgi(Router(), secret=SECRET).drain()


PROGRAM = """
import io, os, sys, time
from crisp_api.events import Router
from crisp_api.testing import signed_request
from crisp_api.webhooks import wsgi

router = Router()

@router.on("message:send")
def handle(event):
    time.sleep(0.2)
    print("handled", os.getpid() == parent, flush=True)

def post(content):
    body, headers = signed_request("message:send", {"content": content}, secret="s")
    environ = {"HTTP_" + k.upper().replace("-", "_"): v for k, v in headers.items()}
    environ |= {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"}
    environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    app(environ, lambda status, headers: print(status, flush=True))

parent = os.getpid()
app = wsgi(router, secret="s")
post("parent")
"""


def test_the_end_of_a_program_waits_for_events() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        timeout=GENEROUS,
    )

    assert done.stdout.split("\n") == ["200 OK", "handled True", ""]
