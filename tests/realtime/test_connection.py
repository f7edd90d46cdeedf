"""The queue, the end and the options of real-time connections."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import subprocess
import sys
import threading
import time
import typing as t

import pytest

from crisp_api import AsyncCrisp, Crisp
from crisp_api.events import RECONNECTED, Event, Gap, Router
from crisp_api.http import Request, Response
from crisp_api.realtime import Backoff
from crisp_api.realtime._queues import AsyncEventQueue, EventQueue
from tests.realtime.listener import QUICK, Listener
from tests.support.clients import Side
from tests.support.doubles import ENVELOPE, envelope
from tests.support.relay import KEY, MESSAGE, Relay


class Speaking:
    """A transport that has events itself."""

    def __init__(self, *items: t.Any) -> None:
        self.items = items
        self.wanted: tuple[t.Any, ...] = ()
        self.is_closed = threading.Event()

    def send(self, request: Request, /) -> Response:
        return Response(request, 200, ENVELOPE)

    def events(self, *wanted: t.Any) -> t.Any:
        self.wanted = wanted
        return iter(self.items)


class Waiting(Speaking):
    """A transport whose events never come."""

    def events(self, *wanted: t.Any) -> t.Any:
        self.wanted = wanted
        return self

    def __iter__(self) -> t.Self:
        return self

    def __next__(self) -> t.Any:
        self.is_closed.wait(60)
        raise StopIteration

    def close(self) -> None:
        self.is_closed.set()


def connect(side: Side, transport: t.Any, *names: str, **options: t.Any) -> t.Any:
    return side.client(transport=transport, tier="plugin").listen(*names, **options)


def fingerprints(events: t.Iterable[t.Any]) -> list[int]:
    return [event.data["fingerprint"] for event in events]


# --- a transport with events ---------------------------------------------------


def test_a_transport_with_events_is_listened_to_without_a_socket(side: Side) -> None:
    event = Event("message:send", {**MESSAGE, "fingerprint": 2})
    transport = Speaking(("message:send", {**MESSAGE, "fingerprint": 1}), event)
    filters = {"rooms": ["r"], "inboxes": ("i",)}

    events = side.collect(lambda: connect(side, transport, "message:send", **filters))

    assert fingerprints(events) == [1, 2]
    assert transport.wanted == (["message:send"], ["r"], ["i"])


def test_a_transport_with_events_can_report_a_gap(side: Side) -> None:
    gap: Gap = {"since": 1, "until": 2}
    transport = Speaking((RECONNECTED, gap))

    (event,) = side.collect(
        lambda: connect(side, transport, "message:send", website_id="w")
    )

    assert event == Event(RECONNECTED, gap, "w", 2)


@pytest.mark.parametrize("missing", ["aiohttp", "engineio", "socketio", "websocket"])
def test_without_the_extra_an_error_names_it(
    side: Side, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(ImportError, match=r'pip install "aiohttp.* "websocket-client'):
        side.collect(lambda: connect(side, None))


def test_an_async_transport_can_have_async_events() -> None:
    class Async(Speaking):
        async def _each(self) -> t.AsyncIterator[t.Any]:
            for item in self.items:
                yield item

        def events(self, *_: t.Any) -> t.Any:
            return self._each()

    async def main() -> list[t.Any]:
        transport: t.Any = Async(("message:send", {**MESSAGE, "fingerprint": 1}))
        client = AsyncCrisp("i", "k", tier="plugin", transport=transport)
        return [event async for event in client.listen("message:send")]

    assert fingerprints(asyncio.run(main())) == [1]


def test_an_error_of_a_transport_is_raised_after_its_events(side: Side) -> None:
    class Failing(Speaking):
        def events(self, *_: t.Any) -> t.Any:
            yield from self.items
            message = "no more"
            raise RuntimeError(message)

    transport = Failing(("message:send", {**MESSAGE, "fingerprint": 1}))
    seen: list[t.Any] = []

    def first() -> t.Any:
        connection = connect(side, transport, "message:send")
        if not side.is_async:
            seen.append(next(connection))
            return next(connection)

        async def main() -> t.Any:
            seen.append(await anext(connection))
            return await anext(connection)

        return main()

    with pytest.raises(RuntimeError, match="no more"):
        side.run(first)
    assert fingerprints(seen) == [1]


def test_closing_ends_a_transport_that_waits(side: Side) -> None:
    transport = Waiting()

    def close() -> t.Any:
        return connect(side, transport).close()

    side.run(close)

    assert transport.is_closed.is_set()


def test_without_names_unknown_events_are_delivered(side: Side) -> None:
    transport = Speaking(("session:future", {}))

    (event,) = side.collect(lambda: connect(side, transport))

    assert event.name == "session:future"


def test_an_event_that_was_not_read_can_be_caught_up(side: Side) -> None:
    class Both(Speaking, Archive):
        def __init__(self) -> None:
            Archive.__init__(self, [{"session_id": "a"}], {"a": [message(1)]})
            self.items = (("message:send", {**message(1), "session_id": "a"}),)

        def send(self, request: Request, /) -> Response:
            return Archive.send(self, request)

    client = side.client(transport=Both(), tier="plugin")

    def close() -> t.Any:
        return client.listen("message:send").close()

    side.run(close)

    assert fingerprints(side.collect(lambda: client.catch_up("w", T))) == [1]


@pytest.mark.parametrize("item", [("message:send", "text"), {"a": 1}, "text", (1, {})])
def test_a_transport_must_yield_events(side: Side, item: t.Any) -> None:
    transport = Speaking(item)

    with pytest.raises(TypeError, match="must yield an Event, or a name and a dict"):
        side.collect(lambda: connect(side, transport, "message:send"))


def test_events_that_were_not_wanted_are_left_out(side: Side) -> None:
    transport = Speaking(
        ("message:send", {**MESSAGE, "fingerprint": 1, "timestamp": True}),
        ("other", {}),
    )

    events = side.collect(lambda: connect(side, transport, "message:send"))

    assert [(one.name, one.timestamp) for one in events] == [("message:send", None)]


@pytest.mark.parametrize("name", ["message:sent", "session:set_stat"])
def test_a_misspelled_name_is_warned_of(side: Side, name: str) -> None:
    with pytest.warns(UserWarning, match="is not a known event; did you mean") as seen:
        side.collect(lambda: connect(side, Speaking(), name))
    assert seen[0].filename == __file__

    with pytest.warns(UserWarning, match="is not a known event") as seen:
        Router().on(name)
    assert seen[0].filename == __file__


# --- the end -------------------------------------------------------------------


def test_leaving_the_loop_ends_the_connection(side: Side, server: Relay) -> None:
    def leave(listener: Listener) -> None:
        async def main() -> None:
            async for _ in listener.client.listen("message:send", backoff=QUICK):
                break

        server.wait_for(lambda: len(server.authentications) == 1)
        speak = threading.Timer(0, say_until_heard)
        speak.start()
        if side.is_async:
            listener.run(main)
        else:
            for _ in listener.client.listen("message:send", backoff=QUICK):
                break
        left.set()
        speak.join()

    left = threading.Event()

    def say_until_heard() -> None:
        while not left.wait(0.01):
            server.say(1)

    with Listener(side, server, "session:set_state").ready() as listener:
        leave(listener)
        # Its own remains.
        listener.until(lambda: server.connected == 1)


def test_a_connection_that_is_dropped_ends(side: Side, server: Relay) -> None:
    with Listener(side, server).ready() as listener:
        listener.connection = listener.run(lambda: listener.client.listen())  # noqa: PLW0108 - in the loop
        gc.collect()
        listener.until(lambda: len(server.authentications) == 2)
        listener.until(lambda: server.connected == 1)


def test_closing_twice_is_harmless(side: Side, server: Relay) -> None:
    with Listener(side, server).ready() as listener:
        listener.run(listener.connection.close)
        listener.run(listener.connection.close)
        assert listener.rest() == []
        assert "not connected" in repr(listener.connection)


def test_closing_the_client_ends_its_connections(side: Side, server: Relay) -> None:
    with Listener(side, server).ready() as listener:
        with_options = listener.client.with_options(timeout=60)
        other = listener.run(with_options.listen)
        listener.until(lambda: server.connected == 2)
        listener.run(listener.client.close)
        listener.until(lambda: server.connected == 0)
        assert "not connected" in repr(other)


def test_another_event_loop_can_close_a_connection(server: Relay) -> None:
    client = AsyncCrisp("i", KEY, tier="plugin", base_url=server.url)

    async def listen() -> t.Any:
        connection = client.listen()
        await connection.wait_until_connected(60)
        return connection

    connection = asyncio.run(listen())
    asyncio.run(client.close())

    assert not connection.state.is_connected


def test_with_closes(side: Side, server: Relay) -> None:
    async def main(listener: Listener) -> None:
        async with listener.client.listen() as connection:
            await connection.wait_until_connected(60)

    with Listener(side, server).ready() as listener:
        if side.is_async:
            listener.run(lambda: main(listener))
        else:
            with listener.client.listen() as connection:
                connection.wait_until_connected(60)
        listener.until(lambda: server.connected == 1)
    assert len(server.authentications) == 2


def test_a_timeout_ends_the_iteration(side: Side, server: Relay) -> None:
    with Listener(side, server, "message:send", timeout=0.01) as listener:
        assert listener.rest() == []
    assert listener.connection.state.last_error is None


def test_waiting_for_a_connection_can_time_out(side: Side, server: Relay) -> None:
    server.answers = False

    with Listener(side, server) as listener:
        wait = listener.connection.wait_until_connected
        assert not listener.run(lambda: wait(0.01))


def test_a_connection_ends_with_its_event_loop(server: Relay) -> None:
    async def main() -> t.Any:
        client = AsyncCrisp("i", KEY, tier="plugin", base_url=server.url)
        connection = client.listen("message:send")
        await connection.wait_until_connected(60)
        return connection

    connection = asyncio.run(main())
    server.wait_for(lambda: server.connected == 0)
    # When it is dropped, there is nothing left to end.
    del connection


def test_a_cancelled_task_ends_the_connection(server: Relay) -> None:
    async def listen() -> None:
        client = AsyncCrisp("i", KEY, tier="plugin", base_url=server.url)
        async with client:
            async for _ in client.listen("message:send"):
                pass

    async def main() -> None:
        task = asyncio.create_task(listen())
        await asyncio.to_thread(server.wait_for, lambda: server.connected == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(server.wait_for, lambda: server.connected == 0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), 60)

    asyncio.run(main())


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_ends_the_connection(server: Relay) -> None:
    program = f"""
import signal
from crisp_api import Crisp

before = signal.getsignal(signal.SIGINT)
client = Crisp("i", {KEY!r}, tier="plugin", base_url={server.url!r})
try:
    for event in client.listen("message:send"):
        print("ready", flush=True)
except KeyboardInterrupt as error:
    kept = error
    import threading
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(60)
    print("ended", threading.active_count(), signal.getsignal(signal.SIGINT) is before)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout
        server.wait_for(lambda: server.connected == 1)
        server.say(1)
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert output == "ended 1 True\n"


def test_an_interrupt_while_it_waits_ends_the_connection(
    server: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_timeout: float | None) -> t.NoReturn:
        raise KeyboardInterrupt

    with Crisp("i", KEY, tier="plugin", base_url=server.url) as client:
        connection = client.listen("message:send", backoff=QUICK)
        connection.wait_until_connected(60)
        monkeypatch.setattr(connection._side.queue, "get", interrupt)

        with pytest.raises(KeyboardInterrupt):
            next(connection)

        server.wait_for(lambda: server.connected == 0)


# --- the queue -----------------------------------------------------------------


def test_a_full_queue_holds_the_server_back(side: Side, server: Relay) -> None:
    with Listener(side, server, "message:send", queue_size=2).ready() as listener:
        server.say(*range(1, 101))
        listener.idle()

        assert len(listener.connection._side.queue) == 2
        events = [listener.next() for _ in range(100)]

    assert fingerprints(events) == list(range(1, 101))
    assert listener.connection.state.dropped == 0


def test_a_full_queue_can_drop_the_oldest(side: Side, server: Relay) -> None:
    options: dict[str, t.Any] = {"queue_size": 2, "when_full": "drop_oldest"}

    with Listener(side, server, "message:send", **options).ready() as listener:
        server.say(*range(1, 101))
        listener.until(lambda: listener.connection.state.dropped == 98)
        events = [listener.next(), listener.next()]

    assert fingerprints(events) == [99, 100]


def test_a_gap_is_not_dropped(side: Side) -> None:
    kinds: dict[bool, t.Any] = {False: EventQueue, True: AsyncEventQueue}
    queue = kinds[side.is_async](2, drops_oldest=True)
    names = [RECONNECTED, "a", "b", "c"]

    async def use() -> list[str]:
        for name in names:
            added = queue.put(Event(name, {}))
            if side.is_async:
                await added
        taken = [queue.get(0), queue.get(0)]
        return [(await one if side.is_async else one).name for one in taken]

    assert asyncio.run(use()) == [RECONNECTED, "c"]
    assert queue.dropped == 2


def test_closing_ends_a_connection_that_waits_for_room(
    side: Side, server: Relay
) -> None:
    with Listener(side, server, "message:send", queue_size=1).ready() as listener:
        server.say(*range(10))
        listener.idle()
        listener.run(listener.connection.close)
        listener.until(lambda: server.connected == 0)


def test_an_event_for_another_reader_keeps_the_timeout_from_ending(
    side: Side,
) -> None:
    kinds: dict[bool, t.Any] = {False: EventQueue, True: AsyncEventQueue}
    queue = kinds[side.is_async](9, drops_oldest=False)
    event: Event[t.Any] = Event("message:send", {})

    async def read() -> t.Any:
        reading = queue.get(0.3) if side.is_async else asyncio.to_thread(queue.get, 0.3)
        task = asyncio.ensure_future(reading)
        started = time.monotonic()
        while time.monotonic() < started + 0.6:
            await asyncio.sleep(0.05)
            # Another reader is faster.
            queue._latest = time.monotonic()
        assert not task.done()
        added = queue.put(event)
        if side.is_async:
            await added
        return await task

    assert asyncio.run(read()) is event


def test_the_end_is_noticed_after_a_full_queue(side: Side) -> None:
    transport = Speaking(("message:send", {**MESSAGE, "fingerprint": 1}))

    async def later() -> list[t.Any]:
        made = connect(side, transport, "message:send", queue_size=1)
        for _ in range(6000):
            if made._side.queue._has_ended:
                break
            await asyncio.sleep(0.01)
        return [event async for event in made] if side.is_async else list(made)

    assert fingerprints(asyncio.run(later())) == [1]


def test_threads_share_a_connection(server: Relay) -> None:
    heard: list[t.Any] = []
    client = Crisp("i", KEY, tier="plugin", base_url=server.url)
    with client.listen("message:send") as connection:
        connection.wait_until_connected(60)
        threads = [
            threading.Thread(target=lambda: heard.extend(connection)) for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        server.say(*range(1, 101))
        for _ in range(6000):
            if len(heard) == 100:
                break
            time.sleep(0.01)
        connection.close()
        for thread in threads:
            thread.join(60)

    assert sorted(fingerprints(heard)) == list(range(1, 101))
    client.close()


# --- the wanted events -----------------------------------------------------------


def test_the_wanted_events_can_change(
    side: Side, server: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisp_api.realtime._supervisor._BIND_INTERVAL", 0.2)
    with Listener(side, server, "message:send").ready() as listener:
        connection = listener.connection

        connection.push("session:set_state")
        listener.until(lambda: len(server.binds) == 1)
        connection.pop("message:send")
        listener.until(lambda: len(server.binds) == 2)
        connection.bind("message:send", "message:updated")
        listener.until(lambda: len(server.binds) == 3)
        # Two changes in time become one, and one that is taken back none.
        connection.push("session:set_state")
        connection.push("session:set_email")
        connection.pop("session:set_email")
        listener.until(lambda: len(server.binds) == 4)

    assert server.binds == [
        ("socket:bind:push", {"events": ["session:set_state"]}),
        ("socket:bind:pop", {"events": ["message:send"]}),
        ("socket:bind", {"events": ["message:send", "message:updated"]}),
        ("socket:bind:push", {"events": ["session:set_state"]}),
    ]
    assert connection.names == ("message:send", "message:updated", "session:set_state")


def test_changed_events_are_those_of_the_next_connection(
    side: Side, server: Relay
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        listener.connection.bind("session:set_state")
        server.disconnect_all()
        assert listener.next().name == "crisp:reconnected"

    wanted = [payload["events"] for payload in server.authentications]
    assert wanted == [["message:send"], ["session:set_state"]]


def test_an_event_that_was_taken_away_is_not_delivered(
    side: Side, server: Relay
) -> None:
    names = ("message:send", "session:set_state")

    with Listener(side, server, *names).ready() as listener:
        listener.connection.pop("message:send")
        server.say(1)
        server.emit("session:set_state", {"website_id": "w"})
        assert listener.next().name == "session:set_state"


def test_all_events_cannot_be_taken_away(side: Side, server: Relay) -> None:
    with (
        Listener(side, server, "message:send") as listener,
        pytest.raises(ValueError, match="close the connection instead"),
    ):
        listener.connection.pop("message:send")


def test_websites_that_install_the_plugin_are_heard(
    side: Side, server: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisp_api.realtime._supervisor._BIND_INTERVAL", 0.01)
    monkeypatch.setattr("crisp_api.realtime._supervisor._CHECK", 0.01)
    with Listener(side, server, "message:send").ready() as listener:
        supervisor = listener.connection._supervisor
        supervisor._interval = 0.05
        listener.until(lambda: server.asked_for_websites > 1)
        assert server.binds == []

        server.changed_websites = [{"website_id": "new"}]
        listener.until(lambda: server.binds)

    assert server.binds[0] == ("socket:bind", {})


def test_an_unknown_set_of_websites_is_asked_for_again(
    side: Side, server: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisp_api.realtime._supervisor._CHECK", 0.01)
    server.websites_status = 403
    with Listener(side, server, "message:send").ready() as listener:
        listener.connection._supervisor._interval = 0.05
        listener.until(lambda: server.asked_for_websites > 1)

    assert server.binds == []


def test_an_installed_plugin_is_heard_at_once(
    side: Side, server: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisp_api.realtime._supervisor._BIND_INTERVAL", 0.01)
    with Listener(side, server, "message:send").ready() as listener:
        server.emit("plugin:subscription:updated", {"website_id": "new", "bound": True})
        listener.until(lambda: server.binds)

    assert server.binds == [("socket:bind", {})]


# --- arguments -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "options", "problem"),
    [
        (("message:send", 5), {}, "must be text"),
        ((["message:send"],), {}, "pass several names one by one"),
        (("",), {}, "must be text"),
        (("campaign:progress",), {}, "delivered to tokens of the tier 'user'"),
        ((), {"website_id": ".."}, "website_id"),
        (("crisp:reconnected",), {}, "name an event of Crisp"),
        ((), {"rooms": "r"}, "rooms must be a list"),
        ((), {"inboxes": [None]}, "inboxes must be a list"),
        ((), {"backoff": 5}, "backoff must be a Backoff"),
        ((), {"queue_size": 2.5}, "queue_size must be int"),
        ((), {"timeout": "5"}, "timeout must be int or float"),
        ((), {"timeout": -1}, "timeout must be a number"),
        ((), {"queue_size": 0}, "queue_size must be a number"),
        ((), {"websites_interval": float("nan")}, "websites_interval must be"),
        ((), {"when_full": "drop"}, "when_full must be"),
        ((), {"room": "r"}, "listen\\(\\) has no option 'room'"),
    ],
)
def test_wrong_arguments_are_refused_at_once(
    side: Side, names: t.Any, options: t.Any, problem: str
) -> None:
    transport = Speaking()

    with pytest.raises((TypeError, ValueError), match=problem):
        connect(side, transport, *names, **options)
    assert transport.wanted == ()


def test_a_website_token_needs_its_website(side: Side) -> None:
    client = side.client(transport=Speaking(), tier="website")

    with pytest.raises(ValueError, match="pass website_id"):
        client.listen("message:send")


@pytest.mark.parametrize(("floor", "cap"), [(0, 1), (2, 1), (1, float("inf"))])
def test_a_backoff_has_a_floor_and_a_cap(floor: float, cap: float) -> None:
    with pytest.raises(ValueError, match="floor and cap"):
        Backoff(floor=floor, cap=cap)


def test_a_backoff_grows_up_to_its_cap() -> None:
    backoff = Backoff(floor=1, cap=30)

    assert [backoff.delay(n, 1, None) for n in (1, 2, 5, 9000)] == [2, 4, 30, 30]
    assert backoff.delay(9, 0, None) == 1
    assert backoff.delay(1, 1, 60) == 60
    assert backoff.delay(1, 1, 1e99) == 86_400


def test_a_raw_client_does_not_listen(side: Side) -> None:
    raw = side.client(transport=Speaking()).with_raw_response

    with pytest.raises(TypeError, match="pass the client itself"):
        raw.listen()
    with pytest.raises(TypeError, match="pass the client itself"):
        raw.catch_up("w", 1_700_000_000_000)


def test_no_log_shows_the_key(
    side: Side, server: Relay, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "engineio.client", "socketio.client", "websocket", "aiohttp"):
        caplog.set_level(logging.DEBUG, name)
    with Listener(side, server, "message:send").ready() as listener:
        server.disconnect_all()
        listener.next()

    assert "real-time: connected to" in caplog.text
    assert KEY not in caplog.text


# --- catching up ------------------------------------------------------------------


class Archive:
    """A transport with conversations, as JSON by path."""

    def __init__(self, conversations: t.Any, messages: dict[str, t.Any]) -> None:
        self.conversations = conversations
        self.messages = messages
        self.paths: list[str] = []

    def send(self, request: Request, /) -> Response:
        path = request.url.partition("/v1/")[2]
        self.paths.append(path)
        data: t.Any = []
        if path.startswith("website/w/conversations/1?"):
            data = self.conversations
        elif "/messages" in path and "timestamp_before" not in path:
            data = self.messages[path.split("/")[3]]
        return Response(request, 200, envelope(data))


def message(fingerprint: int, sender: str = "user") -> dict[str, t.Any]:
    return {"fingerprint": fingerprint, "timestamp": T + fingerprint, "from": sender}


T = 1_700_000_000_000


def test_missed_messages_are_caught_up(side: Side) -> None:
    archive = Archive(
        [
            {"session_id": "a", "updated_at": T + 5},
            {"session_id": "b"},
            {"session_id": "c", "updated_at": T - 1},
            {"session_id": "d", "updated_at": T + 9},
        ],
        {
            "a": [message(-1), message(1), message(2, "operator")],
            "b": [message(3)],
        },
    )
    client = side.client(transport=archive)

    events = side.collect(lambda: client.catch_up("w", T))

    assert [(e.name, e.data["session_id"], e.timestamp) for e in events] == [
        ("message:send", "a", T + 1),
        ("message:received", "a", T + 2),
        ("message:send", "b", T + 3),
    ]
    assert {event.website_id for event in events} == {"w"}
    assert archive.paths[0] == "website/w/conversations/1?order_date_updated=1"
    # A second time, they are known.
    assert side.collect(lambda: client.catch_up("w", T)) == []


def test_a_conversation_that_moves_is_not_missed(side: Side) -> None:
    class Moving(Archive):
        def send(self, request: Request, /) -> Response:
            response = super().send(request)
            if "/messages" in request.url and len(self.conversations) == 1:
                # It was on a later page.
                moved = {"session_id": "b", "updated_at": T + 9}
                self.conversations = [moved, *self.conversations]
            return response

    conversations = [{"session_id": "a", "updated_at": T + 5}]
    archive = Moving(conversations, {"a": [message(1)], "b": [message(2)]})
    client = side.client(transport=archive)

    assert fingerprints(side.collect(lambda: client.catch_up("w", T))) == [1, 2]


def test_messages_that_were_heard_are_not_caught_up(side: Side) -> None:
    class Both(Speaking, Archive):
        def __init__(self, heard: t.Any, stored: t.Any) -> None:
            Archive.__init__(self, [{"session_id": "a"}], {"a": stored})
            self.items = (("message:send", {**heard, "session_id": "a"}),)

        def send(self, request: Request, /) -> Response:
            return Archive.send(self, request)

    transport = Both(message(1), [message(1), message(2)])
    client = side.client(transport=transport, tier="plugin")
    side.collect(lambda: client.listen("message:send"))
    caught_up = side.collect(lambda: client.catch_up("w", T))

    transport.items = (
        ("message:send", {**message(2), "session_id": "a"}),
        ("message:send", {**message(1), "session_id": "a"}),
        ("message:send", {"session_id": "a"}),
        ("message:updated", {**message(2), "session_id": "a"}),
    )
    names = ("message:send", "message:updated")
    heard = side.collect(lambda: client.listen(*names))

    assert fingerprints(caught_up) == [2]
    # The second was caught up before. The first may be a delivery of another
    # connection.
    assert [event.data.get("fingerprint") for event in heard] == [1, None, 2]


def test_catching_up_resumes_after_an_error(side: Side) -> None:
    class Failing(Archive):
        has_failed = False

        def send(self, request: Request, /) -> Response:
            if "/messages" in request.url and not self.has_failed:
                self.has_failed = True
                return Response(request, 400, b"")
            return super().send(request)

    transport = Failing([{"session_id": "a"}], {"a": [message(1)]})
    client = side.client(transport=transport)
    iterator = client.catch_up("w", T)
    step = (lambda: anext(iterator)) if side.is_async else lambda: next(iterator)

    with pytest.raises(Exception, match="400"):
        side.run(step)
    assert side.run(step).data["fingerprint"] == 1
    assert repr(iterator).endswith("over missed messages of w>")


@pytest.mark.parametrize("since", [1_700_000_000, "yesterday", None])
def test_a_wrong_moment_is_refused(side: Side, since: t.Any) -> None:
    archive = Archive([], {})

    with pytest.raises((TypeError, ValueError), match="since"):
        side.client(transport=archive).catch_up("w", since)
    assert archive.paths == []
