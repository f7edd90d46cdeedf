"""Real-time connections, against a real Socket.IO server."""

from __future__ import annotations

import datetime as dt
import threading
import time
import typing as t

import pytest
import trustme

from crisp_api.errors import RealtimeError, TransportError
from crisp_api.events import EVENTS
from crisp_api.realtime import Backoff
from tests.realtime.listener import Listener
from tests.support.clients import Side
from tests.support.relay import KEY, Relay, relay
from tests.support.servers import closed_port, recording


def test_events_arrive_in_order(side: Side, server: Relay) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        server.say(*range(1, 101))

        events = [listener.next() for _ in range(100)]

    assert [event.data["fingerprint"] for event in events] == list(range(1, 101))
    assert {event.name for event in events} == {"message:send"}
    assert (events[0].website_id, events[0].timestamp) == ("w", 1)


def test_a_payload_that_is_not_an_object_is_left_out(
    side: Side, server: Relay, caplog: pytest.LogCaptureFixture
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        server.emit("message:send", "text")
        server.emit("message:send")
        server.say(1)
        assert listener.next().data["fingerprint"] == 1
    assert "message:send has no object as its payload" in caplog.text


def test_the_token_is_sent_with_the_wanted_events(side: Side, server: Relay) -> None:
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


def test_every_event_of_the_table_is_delivered(side: Side, server: Relay) -> None:
    names = [name for name, kind in EVENTS.items() if "user" in kind.tiers]

    with Listener(side, server, client={"tier": "user"}).ready() as listener:
        for name in names:
            server.emit(name, {"website_id": "w"})
        heard = [listener.next().name for _ in names]

    assert heard == names
    assert server.discoveries == ["/v1/user/connect/endpoints"]


def test_a_website_token_listens_to_its_website(side: Side, server: Relay) -> None:
    tier = {"tier": "website"}

    with Listener(side, server, client=tier, website_id="w").ready() as listener:
        server.emit("session:set_email", {"website_id": "other"})
        server.emit("session:set_email", {"website_id": "w", "email": "a@b.c"})
        event = listener.next()

    assert event.data["email"] == "a@b.c"
    assert server.discoveries == ["/v1/website/w/connect/endpoints"]


def test_a_refused_token_is_an_error_and_not_tried_again(
    side: Side, server: Relay
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
    side: Side, server: Relay, status: int
) -> None:
    server.status = status

    with (
        Listener(side, server) as listener,
        pytest.raises(Exception, match=f"{status} failed"),
    ):
        listener.next()
    assert len(server.discoveries) == 1


def test_without_a_token_nothing_is_sent_to_the_socket(
    side: Side, server: Relay
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
    side: Side, server: Relay, status: int
) -> None:
    server.status = status

    with Listener(side, server) as listener:
        listener.until(lambda: len(server.discoveries) > 3)
        assert str(status) in str(listener.connection.state.last_error)
        server.status = 200
        listener.ready()


def test_a_retry_after_of_the_discovery_is_honoured(side: Side, server: Relay) -> None:
    server.status, server.headers = 429, {"Retry-After": "3600"}

    with Listener(side, server) as listener:
        listener.until(lambda: listener.connection.state.last_error)
        listener.idle()
        assert len(server.discoveries) == 1


def test_after_a_disconnect_it_connects_again(side: Side, server: Relay) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        before = time.time() * 1000
        server.disconnect_all()
        event = listener.next()
        server.say(7)
        following = listener.next()
        state = listener.connection.state

    assert event.name == "crisp:reconnected"
    assert before - 60_000 < event.data["since"] <= event.data["until"]
    assert event.timestamp == event.data["until"]
    assert following.data["fingerprint"] == 7
    assert (state.is_connected, state.reconnects) == (True, 1)
    assert state.connected_since > dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    assert len(server.discoveries) == 2


def test_after_100_disconnects_nothing_is_left_over(side: Side, server: Relay) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        before = listener.activities()
        for number in range(100):
            (server.cut_all if number % 2 else server.disconnect_all)()
            assert listener.next().name == "crisp:reconnected"
        server.say(1)
        assert listener.next().data["fingerprint"] == 1
        listener.until(lambda: server.connected == 1)
        listener.until(lambda: listener.activities() == before)
        assert listener.connection.state.reconnects == 100
        assert before > 1
    server.wait_for(lambda: server.connected == 0)
    # The last one is the relay's.
    assert [one for one in threading.enumerate() if "loop" in one.name] == []


def test_a_connection_that_was_up_for_long_starts_anew(
    side: Side, server: Relay, monkeypatch: pytest.MonkeyPatch
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


def test_an_endpoint_that_moves_is_followed(side: Side, server: Relay) -> None:
    with relay() as other, Listener(side, server, "message:send") as listener:
        listener.ready()
        server.endpoints = {"socket": {"app": other.socket_url}}
        server.disconnect_all()
        assert listener.next().name == "crisp:reconnected"
        other.say(1)
        assert listener.next().data["fingerprint"] == 1
    assert len(other.authentications) == len(server.authentications) == 1


def test_the_rescue_endpoint_is_used_if_the_first_fails(
    side: Side, server: Relay
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
    side: Side, server: Relay, app: str, problem: str
) -> None:
    server.endpoints = {"socket": {"app": app}}

    with (
        Listener(side, server) as listener,
        pytest.raises(RealtimeError, match=problem),
    ):
        listener.next()


def test_a_discovery_without_an_endpoint_is_tried_again(
    side: Side, server: Relay
) -> None:
    server.endpoints = {"socket": {}}

    with Listener(side, server) as listener:
        listener.until(lambda: listener.connection.state.last_error)
        assert "named no endpoint" in str(listener.connection.state.last_error)
        server.endpoints = None
        listener.ready()


def test_changed_credentials_reach_the_next_connection(
    side: Side, server: Relay
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        listener.client.authenticate("another", KEY)
        server.disconnect_all()
        listener.next()

    names = [payload["username"] for payload in server.authentications]
    assert names == ["identifier", "another"]


def test_a_server_that_does_not_answer_is_left(side: Side, server: Relay) -> None:
    server.answers = False
    client = {"timeout": 0.3}

    with Listener(side, server, client=client) as listener:
        listener.until(lambda: len(server.authentications) > 1)
        assert "did not answer" in str(listener.connection.state.last_error)
        server.answers = True
        listener.ready()


def test_a_silent_server_is_noticed(side: Side) -> None:
    silent: dict[str, t.Any] = {"ping_interval": 1000, "ping_timeout": 1}
    with relay(**silent) as server, Listener(side, server) as listener:
        listener.ready()
        # As if no ping had come within the time that the server announced.
        engine = listener.connection._supervisor._link._socket.eio
        engine.ping_interval = engine.ping_timeout = 0.05
        if not side.is_async:
            engine.ws.settimeout(0.1)
        server.say(1)
        names = [listener.next().name, listener.next().name]

    assert names == ["message:send", "crisp:reconnected"]


def test_a_redirect_is_not_followed(side: Side, server: Relay) -> None:
    with recording() as redirect:
        redirect.status = 307
        redirect.headers = {"Location": server.socket_url.replace("ws:", "http:")}
        address = redirect.url.replace("http", "ws")
        server.endpoints = {"socket": {"app": address}}
        with Listener(side, server) as listener:
            listener.until(lambda: listener.connection.state.last_error)
            error = listener.connection.state.last_error
    assert isinstance(error, TransportError)
    assert server.authentications == []


def test_a_busy_server_is_asked_again_when_it_wants(side: Side, server: Relay) -> None:
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


def test_over_tls_the_certificate_is_checked(
    side: Side, monkeypatch: pytest.MonkeyPatch, tmp_path: t.Any
) -> None:
    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with relay(authority.issue_cert("127.0.0.1")) as server, relay() as plain:
        plain.endpoints = {"socket": {"app": server.socket_url}}
        with Listener(side, plain) as listener:
            listener.until(lambda: listener.connection.state.last_error)
            assert "CERTIFICATE" in str(listener.connection.state.last_error).upper()
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        with Listener(side, server, "message:send").ready() as listener:
            server.say(1)
            assert listener.next().data["fingerprint"] == 1
