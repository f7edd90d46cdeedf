"""Routers that are fed by real-time connections, and uploads in one call."""

from __future__ import annotations

import asyncio
import json
import pathlib
import threading
import typing as t

import pytest

from crisp_api import errors
from crisp_api.events import RECONNECTED, Event, Router
from crisp_api.http import Request, Response
from crisp_api.jobs import upload_file
from tests.realtime.listener import Listener
from tests.support.clients import Side
from tests.support.doubles import envelope
from tests.support.relay import Relay

NAME = "bucket:url:upload:generated"


# --- routers -------------------------------------------------------------------


def run(router: Router, listener: Listener) -> None:
    listener.run(lambda: router.run(listener.connection))


def test_a_router_handles_the_events_of_a_connection(side: Side, server: Relay) -> None:
    heard: list[t.Any] = []
    router = Router()

    @router.on("message:send")
    async def first(event: Event[t.Any]) -> None:
        await asyncio.sleep(0)
        heard.append(("async", event.data["fingerprint"]))

    @router.on("message:send")
    def second(event: Event[t.Any]) -> None:
        heard.append(("sync", event.data["fingerprint"]))

    with Listener(side, server, *router.names, timeout=0.2).ready() as listener:
        server.say(1, 2)
        run(router, listener)
        # It has closed the connection.
        listener.until(lambda: server.connected == 0)

    assert heard == [("async", 1), ("sync", 1), ("async", 2), ("sync", 2)]


def test_a_router_raises_the_error_of_a_connection(side: Side, server: Relay) -> None:
    with (
        Listener(side, server, client={"key": "wrong"}) as listener,
        pytest.raises(errors.RealtimeError),
    ):
        run(Router(), listener)


def test_a_router_handles_any_events() -> None:
    heard: list[str] = []
    router = Router()
    router.on()(lambda event: heard.append(event.name))

    async def each() -> t.AsyncIterator[Event[t.Any]]:
        yield Event("b", {})

    router.run([Event("a", {})])
    asyncio.run(router.run(each()))

    assert heard == ["a", "b"]


def test_a_removed_handler_is_not_called() -> None:
    class Bot:
        heard: t.ClassVar[list[str]] = []

        def note(self, event: Event[t.Any]) -> None:
            self.heard.append(event.name)

    bot = Bot()
    router = Router()
    handler = router.on("a", "b")(lambda event: bot.heard.append(event.name))
    router.on("a")(bot.note)
    router.on("a")(lambda _: bot.heard.append("other"))

    router.off(handler)
    router.off(bot.note)
    router.handle(Event("a", {}))

    assert bot.heard == ["other"]
    assert router.names == frozenset({"a"})


# --- uploads -------------------------------------------------------------------


class Bucket:
    """A transport that sends the event of an upload, and takes the file.

    Args:
        deliver: called with the payload of each event, when its URL is requested.
    """

    def __init__(self, deliver: t.Callable[[t.Any], object]) -> None:
        self.files: dict[str, tuple[str, bytes | None]] = {}
        self.deliver = deliver

    def send(self, request: Request, /) -> Response:
        if request.method == "PUT":
            kind = dict(request.headers)["Content-Type"]
            self.files[request.url] = (kind, request.body)
            return Response(request, 200)
        asked = json.loads(request.body or b"")
        for identifier in ("another", asked["id"], asked["id"]):
            self.deliver(
                {
                    "id": identifier,
                    "from": "f",
                    "identifier": identifier,
                    "policy": {"size_limit": 9},
                    "type": asked["file"]["type"],
                    "resource": asked["resource"],
                    "url": {
                        "resource": f"https://storage/{asked['file']['name']}",
                        "signed": f"https://signed/{identifier == asked['id']}",
                    },
                }
            )
        return Response(request, 202, envelope({}))


class Connected(Bucket):
    """It has the event itself, as a sandbox will."""

    def __init__(self) -> None:
        self.queue: list[t.Any] = []
        self.arrived = threading.Condition()
        self.is_closed = False
        super().__init__(self._queue_up)

    def _queue_up(self, payload: t.Any) -> None:
        with self.arrived:
            self.queue.append((NAME, payload))
            self.arrived.notify_all()

    def events(self, *_: t.Any) -> t.Iterator[t.Any]:
        return iter(self._next, None)

    def _next(self) -> t.Any:
        with self.arrived:
            self.arrived.wait_for(lambda: self.queue, 0.3)
            return self.queue.pop(0) if self.queue else None


@pytest.fixture
def file(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "cat.png"
    path.write_bytes(b"a cat")
    return path


def test_a_file_is_uploaded_in_one_call(side: Side, file: pathlib.Path) -> None:
    bucket = Connected()
    client = side.client(transport=bucket, tier="plugin")

    url = side.run(lambda: upload_file(client, "w", file))

    assert url == "https://storage/cat.png"
    assert bucket.files == {"https://signed/True": ("image/png", b"a cat")}


def test_a_url_that_was_sent_in_a_gap_is_requested_again(
    side: Side, file: pathlib.Path
) -> None:
    class Interrupted(Connected):
        has_failed = False

        def _queue_up(self, payload: t.Any) -> None:
            if self.has_failed:
                super()._queue_up(payload)

        def send(self, request: Request, /) -> Response:
            response = super().send(request)
            if not self.has_failed:
                self.has_failed = True
                with self.arrived:
                    self.queue.append((RECONNECTED, {"since": 1, "until": 2}))
                    self.arrived.notify_all()
            return response

    bucket = Interrupted()
    client = side.client(transport=bucket, tier="plugin")

    assert side.run(lambda: upload_file(client, "w", file)) == (
        "https://storage/cat.png"
    )


def test_uploads_of_others_do_not_extend_the_wait(
    side: Side, file: pathlib.Path
) -> None:
    bucket = Connected()
    client = side.client(transport=bucket, tier="plugin")
    stopped = threading.Event()

    def deliver(_: t.Any) -> None:
        def others() -> None:
            while not stopped.wait(0.01):
                bucket._queue_up({"id": "another"})

        threading.Thread(target=others).start()

    bucket.deliver = deliver
    with pytest.raises(errors.TimeoutError, match="did not arrive"):
        side.run(lambda: upload_file(client, "w", file, timeout=0.1))
    stopped.set()


def test_the_url_can_come_through_a_router(side: Side, file: pathlib.Path) -> None:
    router = Router()

    def deliver(payload: t.Any) -> None:
        # As the worker of a webhook does.
        thread = threading.Thread(target=router.handle, args=(Event(NAME, payload),))
        thread.start()
        thread.join()

    bucket = Bucket(deliver)
    client = side.client(transport=bucket)

    kind = "image/x-cat"
    url = side.run(
        lambda: upload_file(client, "w", str(file), mime_type=kind, router=router)
    )

    assert url == "https://storage/cat.png"
    assert bucket.files == {"https://signed/True": (kind, b"a cat")}
    assert router.names == frozenset()


@pytest.mark.parametrize("has_router", [False, True])
def test_a_url_that_does_not_come_is_an_error(
    side: Side, file: pathlib.Path, *, has_router: bool
) -> None:
    bucket = Connected()
    bucket.deliver = lambda _: None
    client = side.client(transport=bucket, tier="plugin")
    router = Router() if has_router else None

    with pytest.raises(errors.TimeoutError, match=f"{NAME} did not arrive within 0.05"):
        side.run(lambda: upload_file(client, "w", file, router=router, timeout=0.05))
    assert bucket.files == {}


def test_a_missing_file_is_an_error_before_anything_is_sent(
    side: Side, tmp_path: pathlib.Path
) -> None:
    bucket = Connected()
    client = side.client(transport=bucket, tier="plugin")

    with pytest.raises(FileNotFoundError):
        side.run(lambda: upload_file(client, "w", tmp_path / "none"))
    assert bucket.queue == []


def test_without_a_connection_no_url_is_requested(
    side: Side, server: Relay, file: pathlib.Path
) -> None:
    server.answers = False
    with Listener(side, server) as listener:
        client = listener.client
        with pytest.raises(errors.TimeoutError, match="did not arrive"):
            listener.run(lambda: upload_file(client, "w", file, timeout=0.05))
