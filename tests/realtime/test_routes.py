"""Proxies, certificates and sessions of real-time connections."""

from __future__ import annotations

import pathlib
import socket
import ssl
import threading
import time
import types
import typing as t

import aiohttp
import pytest
import requests
import trustme
import websocket

from crisp_api.errors import RealtimeError
from crisp_api.heard import HeardMessages
from crisp_api.realtime._link import _WebSocket, _websocket_options
from crisp_api.transport import RequestsTransport
from tests.realtime.listener import Listener
from tests.support.clients import ASYNC_SIDE, SYNC_SIDE, Side
from tests.support.relay import KEY, MESSAGE, Ping, Relay, relay
from tests.support.servers import raw, scripted, tunnelling


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: pathlib.Path) -> str:
    path = str(tmp_path / "ca.pem")
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def secured(authority: trustme.CA) -> t.Iterator[Relay]:
    """A Socket.IO server over TLS."""
    with relay(authority.issue_cert("127.0.0.1")) as made:
        yield made


def test_the_proxy_of_the_environment_is_used(
    side: Side,
    server: Relay,
    secured: Relay,
    bundle: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.endpoints = {"socket": {"app": secured.socket_url}}
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
    with tunnelling() as (proxy, asked):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        with Listener(side, server, "message:send").ready() as listener:
            secured.say(1)
            assert listener.next().data["fingerprint"] == 1

    assert asked == [secured.socket_url.split("/")[2]]


def test_a_proxy_that_cannot_be_used_is_an_error_of_the_attempt(
    side: Side, server: Relay, secured: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.endpoints = {"socket": {"app": secured.socket_url}}
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")

    with Listener(side, server) as listener:
        listener.until(lambda: listener.connection.state.last_error)

    assert secured.authentications == []


def test_the_users_requests_session_decides_whom_to_trust(
    server: Relay, secured: Relay, bundle: str
) -> None:
    server.endpoints = {"socket": {"app": secured.socket_url}}
    with requests.Session() as session:
        session.verify = bundle
        client = {"transport": session}
        with Listener(SYNC_SIDE, server, client=client).ready():
            pass
        session.verify = False
        with Listener(SYNC_SIDE, server, client=client).ready():
            pass


def test_the_users_aiohttp_session_decides_whom_to_trust(
    server: Relay, secured: Relay, bundle: str
) -> None:
    server.endpoints = {"socket": {"app": secured.socket_url}}
    context = ssl.create_default_context(cafile=bundle)

    async def session() -> t.Any:
        connector = aiohttp.TCPConnector(ssl=context)
        return aiohttp.ClientSession(connector=connector)

    listener = Listener(ASYNC_SIDE, server)
    listener.run(listener.connection.close)
    own = listener.run(session)
    client = ASYNC_SIDE.client(transport=own, tier="plugin", base_url=server.url)
    client.authenticate("i", KEY)
    with listener:
        listener.connection = listener.run(client.listen)
        listener.ready()
        listener.run(listener.connection.close)
        # It is the user's, and stays open.
        assert not own.closed
        listener.run(own.close)


def test_a_custom_transport_has_the_defaults(side: Side, server: Relay) -> None:
    inner = side.transport()

    class Outer:
        def send(self, request: t.Any) -> t.Any:
            return inner.send(request)

    with Listener(side, server, client={"transport": Outer()}).ready() as listener:
        listener.run(inner.close)


def test_a_login_of_the_proxy_and_a_certificate_are_passed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:p%40ss@127.0.0.1:3128")
    with requests.Session() as session:
        session.cert = "client.pem"
        first = _websocket_options(RequestsTransport(session), "https://relay.example")
        session.cert = ("client.pem", "client.key")
        session.verify = False
        second = _websocket_options(RequestsTransport(session), "https://relay.example")

    assert first["http_proxy_auth"] == ("user", "p@ss")
    assert (first["http_proxy_host"], first["http_proxy_port"]) == ("127.0.0.1", 3128)
    assert first["sslopt"]["certfile"] == "client.pem"
    assert pathlib.Path(first["sslopt"]["ca_certs"]).exists()
    assert second["sslopt"] == {
        "cert_reqs": ssl.CERT_NONE,
        "check_hostname": False,
        "certfile": "client.pem",
        "keyfile": "client.key",
    }


def test_only_the_latest_messages_are_remembered() -> None:
    heard = HeardMessages(2)
    for fingerprint in (1, 2, 3):
        assert heard.hear({"session_id": "s", "fingerprint": fingerprint})

    known = [
        not heard.catch_up({"session_id": "s", "fingerprint": fingerprint})
        for fingerprint in (3, 2, 1)
    ]

    assert known == [True, True, False]
    assert not heard.hear({"session_id": "s", "fingerprint": 1})
    assert heard.hear({"session_id": "other", "fingerprint": 1})


def test_a_message_without_a_fingerprint_is_never_known() -> None:
    heard = HeardMessages()

    assert heard.hear({"session_id": "s"})
    assert heard.catch_up({"session_id": "s"})
    assert heard.catch_up({"session_id": "s", "fingerprint": []})


# --- servers that misbehave -------------------------------------------------------


def test_an_acknowledgement_is_sent_if_it_is_asked_for(
    side: Side, server: Relay
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        asked = threading.Thread(target=server.ask, args=("message:send", MESSAGE))
        asked.start()
        assert listener.next().name == "message:send"
        listener.until(lambda: not asked.is_alive())


def test_a_malformed_frame_does_not_end_the_connection(
    side: Side, server: Relay
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        server.send_raw("9")
        server.say(1)
        assert listener.next().data["fingerprint"] == 1
        assert listener.connection.state.reconnects == 0


def test_a_ping_is_answered(side: Side) -> None:
    with relay(ping=Ping(0.05, 60)) as server, Listener(side, server) as listener:
        link = listener.ready().connection._supervisor._link
        before = link.heard_at
        listener.until(lambda: link.heard_at > before + 0.3)
        assert listener.connection.state.reconnects == 0


def test_a_token_that_is_refused_later_ends_the_connection(
    side: Side, server: Relay
) -> None:
    with Listener(side, server, "message:send").ready() as listener:
        server.emit("unauthorized", {"message": f"{KEY} was revoked"})
        with pytest.raises(
            RealtimeError, match=r"refused the token: \*\*\* was revoked"
        ):
            listener.next()


def test_closing_ends_a_handshake(server: Relay) -> None:
    with raw(b"", silent=True) as url:
        server.endpoints = {"socket": {"app": url.replace("http", "ws")}}
        with Listener(SYNC_SIDE, server) as listener:
            listener.until(lambda: listener.connection._supervisor._link)
            link = listener.connection._supervisor._link
            listener.until(lambda: link._web_socket and link._web_socket.sock)
            listener.connection.close()
            thread = listener.connection._side._thread
            listener.until(lambda: not thread.is_alive())


def test_a_handshake_that_drips_is_left(side: Side, server: Relay) -> None:
    def drip(connection: socket.socket) -> None:
        for _ in range(6000):
            connection.sendall(b"H")
            time.sleep(0.01)

    with scripted(drip) as url:
        server.endpoints = {"socket": {"app": url.replace("http", "ws")}}
        with Listener(side, server, client={"timeout": 0.3}) as listener:
            listener.until(lambda: listener.connection.state.last_error)


def test_a_handshake_without_an_upgrade_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def redirected(web_socket: t.Any, _: str) -> None:
        web_socket.handshake_response = types.SimpleNamespace(status=307)

    monkeypatch.setattr(websocket.WebSocket, "connect", redirected)

    with pytest.raises(websocket.WebSocketException, match="redirected"):
        _WebSocket().connect("ws://127.0.0.1/")
