"""Real-time connections, against real Socket.IO servers.

The servers are those of python-socketio and of Node, each with TLS and without.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
import pathlib
import socket
import ssl
import subprocess
import sys
import threading
import time
import typing as t
import urllib.parse

import pytest
import trustme

from crisp_api.errors import RealtimeError, TransportError
from crisp_api.events import EVENTS
from crisp_api.realtime import Backoff
from crisp_api.realtime._link import _WebSocket
from tests.realtime import reader
from tests.realtime.listener import AnyRelay, Listener
from tests.support.clients import Side
from tests.support.node import missing_peer, node_relay
from tests.support.platforms import open_files
from tests.support.relay import KEY, MESSAGE, Ping, relay
from tests.support.servers import closed_port, recording

Serve = t.Callable[..., contextlib.AbstractContextManager[AnyRelay]]


@pytest.fixture(params=["python", "node"])
def serve_kind(request: pytest.FixtureRequest) -> Serve:
    """One kind of server, without TLS unless it gets a certificate."""
    if request.param == "python":
        return relay
    reason = missing_peer()
    if reason:
        (pytest.fail if request.config.getoption("node") else pytest.skip)(reason)
    return node_relay


@pytest.fixture(params=["plain", "tls"])
def serve(
    request: pytest.FixtureRequest,
    serve_kind: Serve,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: pathlib.Path,
) -> Serve:
    """One kind of server, with TLS or without."""
    if request.param == "plain":
        return serve_kind
    authority = trustme.CA()
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    return functools.partial(serve_kind, authority.issue_cert("127.0.0.1"))


@pytest.fixture
def server(serve: Serve) -> t.Iterator[AnyRelay]:
    """A Socket.IO server, with the REST calls that lead to it."""
    with serve() as made:
        yield made


def test_events_arrive_in_order(side: Side, server: AnyRelay) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        server.say(*range(1, 101))

        events = [listener.next() for _ in range(100)]

    assert [event.data["fingerprint"] for event in events] == list(range(1, 101))
    assert {event.name for event in events} == {"message:send"}
    assert (events[0].website_id, events[0].timestamp) == ("w", 1)


def test_a_payload_that_is_not_an_object_is_left_out(
    side: Side, server: AnyRelay, caplog: pytest.LogCaptureFixture
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        server.emit("message:send", "text")
        server.emit("message:send")
        server.say(1)
        assert listener.next().data["fingerprint"] == 1
    assert "message:send has no object as its payload" in caplog.text


def test_the_token_is_sent_with_the_wanted_events(side: Side, server: AnyRelay) -> None:
    names = ("message:send", "session:set_state", "not:known:yet")
    filters = {"rooms": ["r"], "inboxes": ["i"]}

    with Listener(side, server, *names, **filters).ready():
        pass

    assert server.authentications == [
        {
            "tier": "plugin",
            "username": "identifier",
            "password": KEY,
            "events": list(names),
            "rooms": ["r"],
            "inboxes": ["i"],
        }
    ]


def test_every_event_of_the_table_is_delivered(side: Side, server: AnyRelay) -> None:
    names = [name for name, kind in EVENTS.items() if "user" in kind.tiers]

    with Listener(side, server, client={"tier": "user"}).ready() as listener:
        for name in names:
            server.emit(name, {"website_id": "w"})
        heard = [listener.next().name for _ in names]

    assert heard == names
    assert server.discoveries == ["/v1/user/connect/endpoints"]


def test_a_website_token_listens_to_its_website(side: Side, server: AnyRelay) -> None:
    tier = {"tier": "website"}

    with Listener(side, server, client=tier, website_id="w").ready() as listener:
        server.emit("session:set_email", {"website_id": "other"})
        server.emit("session:set_email", {"website_id": "w", "email": "a@b.c"})
        event = listener.next()

    assert event.data["email"] == "a@b.c"
    assert server.discoveries == ["/v1/website/w/connect/endpoints"]


def test_a_refused_token_is_an_error_and_not_tried_again(
    side: Side, server: AnyRelay
) -> None:
    with Listener(side, server, client={"key": "wrong"}) as listener:
        with pytest.raises(RealtimeError, match="refused the token: no;"):
            listener.next()
        with pytest.raises(RealtimeError):
            listener.run(lambda: listener.connection.wait_until_connected(60))
        assert not listener.connection.state.is_connected
    assert len(server.authentications) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refused_discovery_is_an_error(
    side: Side, server: AnyRelay, status: int
) -> None:
    server.status = status

    with (
        Listener(side, server) as listener,
        pytest.raises(Exception, match=f"{status} failed"),
    ):
        listener.next()
    assert len(server.discoveries) == 1


def test_without_a_token_nothing_is_sent_to_the_socket(
    side: Side, server: AnyRelay
) -> None:
    with Listener(side, server) as listener:
        listener.run(listener.connection.close)
        client = side.kind(tier="plugin", base_url=server.url)
        listener.connection = listener.run(client.listen)
        with pytest.raises(RealtimeError, match="no token is set"):
            listener.next()
        listener.run(client.close)


@pytest.mark.parametrize("status", [429, 500])
def test_a_failed_discovery_is_tried_again(
    side: Side, server: AnyRelay, status: int
) -> None:
    server.status = status

    with Listener(side, server) as listener:
        listener.until(lambda: len(server.discoveries) > 3)
        assert str(status) in str(listener.connection.state.last_error)
        server.status = 200
        listener.ready()


def test_a_retry_after_of_the_discovery_is_honoured(
    side: Side, server: AnyRelay
) -> None:
    server.status, server.headers = 429, {"Retry-After": "3600"}

    with Listener(side, server) as listener:
        listener.until(lambda: listener.connection.state.last_error)
        listener.idle()
        assert len(server.discoveries) == 1


def test_after_a_disconnect_it_connects_again(side: Side, server: AnyRelay) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        before = time.time() * 1000
        server.disconnect_all()
        event = listener.next()
        server.say(7)
        following = listener.next()
        state = listener.connection.state

    assert event.name == "crisp:reconnected"
    assert before - 120_000 < event.data["since"] <= event.data["until"]
    assert event.timestamp == event.data["until"]
    assert following.data["fingerprint"] == 7
    assert (state.is_connected, state.reconnects) == (True, 1)
    assert state.connected_since > dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    assert len(server.discoveries) == 2


def test_after_100_disconnects_nothing_is_left_over(
    side: Side, server: AnyRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each end has to be noticed by itself, not by looking at times.
    monkeypatch.setattr("crisp_api.realtime._supervisor._CHECK", 3600.0)
    with Listener(side, server, "message:send").ready() as listener:
        activities, files = listener.activities(), open_files()
        for number in range(100):
            (server.cut_all if number % 2 else server.disconnect_all)()
            assert listener.next().name == "crisp:reconnected"
        listener.until(lambda: server.connected == 1)
        listener.until(lambda: listener.activities() == activities)
        # A reader over TLS opens a selector while it waits.
        listener.until(lambda: open_files() < files + 10)
        assert listener.connection.state.reconnects == 100
        assert activities > 1
        # A second subscription would deliver each of them twice.
        server.say(1, 2)
        heard = [listener.next().data["fingerprint"] for _ in range(2)]
    assert heard == [1, 2]
    first, *others = server.authentications
    assert others == [first] * 100
    server.wait_for(lambda: server.connected == 0)
    # The last one is the relay's.
    assert [one for one in threading.enumerate() if "loop" in one.name] == []


def test_a_connection_that_was_up_for_long_starts_anew(
    side: Side, server: AnyRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crisp_api.realtime._supervisor._STABLE", 0)
    waits: list[int] = []

    class Counting(Backoff):
        def delay(self, failures: int, *_: t.Any) -> float:
            waits.append(failures)
            return 0.001

    with Listener(side, server, backoff=Counting()).ready() as listener:
        for _ in range(3):
            server.disconnect_all()
            listener.next()

    assert waits == [1, 1, 1]


def test_an_endpoint_that_moves_is_followed(
    side: Side, server: AnyRelay, serve: Serve
) -> None:
    with serve() as other, Listener(side, server, "message:send") as listener:
        listener.ready()
        server.endpoints = {"socket": {"app": other.socket_url}}
        server.disconnect_all()
        assert listener.next().name == "crisp:reconnected"
        other.say(1)
        assert listener.next().data["fingerprint"] == 1
        assert len(other.authentications) == len(server.authentications) == 1


def test_the_rescue_endpoint_is_used_if_the_first_fails(
    side: Side, server: AnyRelay
) -> None:
    server.endpoints = {
        "socket": {"app": f"ws://127.0.0.1:{closed_port()}/"},
        "rescue": {"socket": {"app": server.socket_url}},
    }

    with Listener(side, server).ready() as listener:
        assert listener.connection.state.last_error is None


@pytest.mark.parametrize(
    ("app", "problem"),
    [
        ("ws://relay.example/", "is not encrypted"),
        ("relay.example", "is not a URL"),
        ("ws://relay.example:port/", "is not a URL"),
    ],
)
def test_an_endpoint_that_is_not_safe_gets_no_token(
    side: Side, server: AnyRelay, app: str, problem: str
) -> None:
    server.endpoints = {"socket": {"app": app}}

    with (
        Listener(side, server) as listener,
        pytest.raises(RealtimeError, match=problem),
    ):
        listener.next()


def test_a_discovery_without_an_endpoint_is_tried_again(
    side: Side, server: AnyRelay
) -> None:
    server.endpoints = {"socket": {}}

    with Listener(side, server) as listener:
        listener.until(lambda: listener.connection.state.last_error)
        assert "named no endpoint" in str(listener.connection.state.last_error)
        server.endpoints = None
        listener.ready()


def test_changed_credentials_reach_the_next_connection(
    side: Side, server: AnyRelay
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        listener.client.authenticate("another", KEY)
        server.disconnect_all()
        listener.next()

    names = [payload["username"] for payload in server.authentications]
    assert names == ["identifier", "another"]


def test_a_server_that_does_not_answer_is_left(side: Side, server: AnyRelay) -> None:
    server.answers = False
    client = {"timeout": 0.3}

    with Listener(side, server, client=client) as listener:
        listener.until(lambda: len(server.authentications) > 1)
        assert "did not answer" in str(listener.connection.state.last_error)
        server.answers = True
        listener.ready()


def test_a_silent_server_is_left_and_the_gap_is_caught_up(
    side: Side, serve: Serve
) -> None:
    before = int(time.time() * 1000) - 120_000
    # On a slow machine there may be other gaps, which is no matter.
    with (
        serve(ping=Ping(0.2, 0.2)) as server,
        Listener(side, server, "message:send").ready() as listener,
    ):
        with server.silence():
            listener.until(lambda: not listener.connection.state.is_connected)
            missed = int(time.time() * 1000)
        server.stored = {
            "/v1/website/w/conversations/1?order_date_updated=1": [
                {"session_id": "s", "updated_at": missed}
            ],
            "/v1/website/w/conversation/s/messages": [
                {"from": "user", "fingerprint": 1, "timestamp": before},
                {"from": "user", "fingerprint": 2, "timestamp": missed},
            ],
        }
        event = listener.next()
        since = event.data["since"]
        events = listener.collect(lambda: listener.client.catch_up("w", since))

    assert event.name == "crisp:reconnected"
    assert [event.data["fingerprint"] for event in events] == [2]


def test_a_connection_that_ends_before_it_is_joined_is_made_again(
    side: Side,
) -> None:
    with relay() as server:
        closing = server.socket_url.replace("/w/b1/", "/closing/")
        server.endpoints = {"socket": {"app": closing}}
        # Longer than the test waits: the end itself has to be noticed.
        client = {"timeout": 3600}
        with Listener(side, server, client=client) as listener:
            listener.until(lambda: server.opened > 2)
            error = listener.connection.state.last_error
            assert "closed the connection before it answered" in str(error)


def test_a_connection_that_cannot_be_joined_is_left(side: Side) -> None:
    with relay() as server:
        mute = server.socket_url.replace("/w/b1/", "/mute/")
        server.endpoints = {"socket": {"app": mute}}
        with Listener(side, server, client={"timeout": 0.3}) as listener:
            listener.until(lambda: server.opened > 1)
            error = listener.connection.state.last_error
    assert isinstance(error, TransportError)


def test_a_redirect_is_not_followed(side: Side, server: AnyRelay) -> None:
    with recording() as redirect:
        redirect.status = 307
        redirect.headers = {"Location": server.socket_url.replace("ws", "http", 1)}
        address = redirect.url.replace("http", "ws")
        server.endpoints = {"socket": {"app": address}}
        with Listener(side, server) as listener:
            listener.until(lambda: listener.connection.state.last_error)
            error = listener.connection.state.last_error
    assert isinstance(error, TransportError)
    assert server.authentications == []


def test_a_busy_server_is_asked_again_when_it_wants(
    side: Side, server: AnyRelay
) -> None:
    with recording() as busy:
        busy.status, busy.headers = 503, {"Retry-After": "3600"}
        server.endpoints = {"socket": {"app": busy.url.replace("http", "ws")}}
        with Listener(side, server) as listener:
            listener.until(lambda: listener.connection.state.last_error)
            listener.idle()
            error = listener.connection.state.last_error
            assert error.retry_after == 3600
            assert "status 503" in str(error)
        assert len(busy.seen) == 1


def test_a_tls_connection_that_is_ended_does_not_become_a_plain_one() -> None:
    authority = trustme.CA()
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with relay(authority.issue_cert("127.0.0.1")) as server:
        address = ("127.0.0.1", urllib.parse.urlsplit(server.url).port or 0)
        with (
            socket.create_connection(address) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as encrypted,
        ):
            web_socket = _WebSocket()
            web_socket.sock = encrypted
            web_socket.abort()

            # A plain socket has no version of TLS.
            assert encrypted.version()


def test_over_tls_the_certificate_is_checked(
    side: Side,
    serve_kind: Serve,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: pathlib.Path,
) -> None:
    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    certificate = authority.issue_cert("127.0.0.1")
    with serve_kind(certificate) as server, serve_kind() as plain:
        plain.endpoints = {"socket": {"app": server.socket_url}}
        with Listener(side, plain) as listener:
            listener.until(lambda: listener.connection.state.last_error)
            assert "CERTIFICATE" in str(listener.connection.state.last_error).upper()
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        with Listener(side, server, "message:send").ready() as listener:
            server.say(1)
            assert listener.next().data["fingerprint"] == 1


@pytest.mark.parametrize("when_full", ["block", "drop_oldest"])
def test_a_flood_takes_little_memory(
    side: Side, serve_kind: Serve, when_full: str, request: pytest.FixtureRequest
) -> None:
    count = 100_000 if request.config.getoption("node") else 3_000
    message = {**MESSAGE, "timestamp": 1, "content": "x" * 100}
    arguments = [
        "async" if side.is_async else "sync",
        "uvloop" if request.config.getoption("uvloop") else "asyncio",
    ]
    options = json.dumps({"when_full": when_full})
    pipe = subprocess.PIPE

    # The server must not end a connection whose reader is slow.
    with (
        serve_kind(ping=Ping(1000, 1000)) as server,
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.realtime.reader"),
                *(*arguments, server.url, options),
            ],
            stdin=pipe,
            stdout=pipe,
            text=True,
        ) as process,
    ):
        assert process.stdout
        assert process.stdout.readline() == "connected\n"
        server.flood(count, message)
        server.emit(reader.END, {"website_id": "w"})
        output, _ = process.communicate("all are sent\n")
    report = json.loads(output)

    assert report["count"] + report["dropped"] == count
    assert (report["dropped"] > 0) == (when_full == "drop_oldest")
    assert report["is_ordered"]
    assert report["reconnects"] == 0
    # With a queue without limit, it would be 120.
    assert report["memory"] < 32
