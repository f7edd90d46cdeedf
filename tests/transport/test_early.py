"""Responses that arrive before the request is sent."""

from __future__ import annotations

import asyncio
import http.client
import pathlib
import select
import socket
import threading
import typing as t

import aiohttp
import pytest
import trustme

from crisp_api import ConnectionError, InvalidResponseError, TimeoutError
from crisp_api.http import Request, Response
from crisp_api.transport import AiohttpTransport, RequestsTransport
from crisp_api.transport._deadline import DeadlineResponse
from crisp_api.transport._early import WatchesResponse
from crisp_api.transport._watch import PIECE, Body, Watch
from tests.support.clients import Side
from tests.support.servers import scripted
from tests.transport.test_transports import send

# More than fits into the buffers of both sockets.
LARGE = b"x" * 16_000_000
REFUSAL = b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}"


def read_head(connection: socket.socket) -> bytes:
    """Read a request as far as its head, and what came with it of the body."""
    received = b""
    while b"\r\n\r\n" not in received and (piece := connection.recv(4096)):
        received += piece
    return received


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def certificate(
    request: pytest.FixtureRequest,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> trustme.LeafCert | None:
    if not request.param:
        return None
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    return authority.issue_cert("127.0.0.1")


def post(url: str, body: bytes = LARGE) -> Request:
    return Request("POST", url, {}, body, timeout=10.0, deadline=60.0)


def test_a_refusal_on_an_open_connection_is_read_at_once(
    side: Side, certificate: trustme.LeafCert | None
) -> None:
    def refuse(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(REFUSAL)
        is_received.wait(60)

    is_received = threading.Event()
    with scripted(refuse, certificate) as url:
        response = send(side, post(url))
        is_received.set()

    assert (response.status, response.body) == (413, b"{}")


@pytest.mark.parametrize("status", [200, 413])
@pytest.mark.parametrize("size", [10_000, 300_000, 16_000_000])
def test_a_response_survives_the_reset_after_it(
    certificate: trustme.LeafCert | None, status: int, size: int
) -> None:
    def reset(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(REFUSAL.replace(b"413", b"%d" % status))
        # To close it with a part of the body unread resets the connection.

    transport = RequestsTransport()
    with scripted(reset, certificate) as url:
        response = transport.send(post(url, LARGE[:size]))
        transport.close()

    assert (response.status, response.body) == (status, b"{}")


class Connection:
    """A connection that answers each piece, and may read the answers.

    Attributes:
        unread: for each piece, whether something was unread when it was written.
    """

    def __init__(self, *, reads: bool) -> None:
        self.transport = self
        self.unread: list[bool] = []
        self._sock, self._peer = socket.socketpair()
        self._sock.setblocking(False)
        if reads:
            loop = asyncio.get_running_loop()
            loop.add_reader(self._sock, lambda: self._sock.recv(10))

    def get_extra_info(self, _: str) -> socket.socket:
        return self._sock

    async def write(self, _: bytes) -> None:
        self.unread.append(bool(select.select([self._sock], [], [], 0)[0]))
        self._peer.send(b"x")

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._sock)
        self._sock.close()
        self._peer.close()


@pytest.mark.parametrize("reads", [True, False])
def test_an_async_client_lets_the_loop_read_before_it_writes_on(reads: object) -> None:
    async def main() -> list[bool]:
        connection = Connection(reads=bool(reads))
        wait = Watch(asyncio.get_running_loop()).new_wait(timeout=None, deadline=None)
        await Body(b"x" * 3 * PIECE, wait).write_with_length(connection)
        connection.close()
        return connection.unread

    # If the loop has paused reading, it does not wait for it.
    assert asyncio.run(main()) == [False, not reads, not reads]


def test_a_body_ends_at_a_connection_that_is_closed() -> None:
    class Closed:
        transport = None

        async def write(self, piece: bytes) -> None:
            pieces.append(piece)
            if len(pieces) == 2:
                raise aiohttp.ClientConnectionResetError

    async def main() -> None:
        wait = Watch(asyncio.get_running_loop()).new_wait(timeout=None, deadline=None)
        await Body(b"x" * 3 * PIECE, wait).write_with_length(Closed())

    pieces: list[bytes] = []
    with pytest.raises(aiohttp.ClientConnectionResetError):
        asyncio.run(main())
    assert len(pieces) == 2


def test_a_peer_that_closes_ends_the_sending(side: Side) -> None:
    with (
        scripted(lambda connection: t.cast("None", read_head(connection))) as url,
        pytest.raises(ConnectionError, match=r"before the response|was reset"),
    ):
        send(side, post(url))


def test_a_connection_is_not_used_again_after_half_a_request(side: Side) -> None:
    heads: list[bytes] = []

    def refuse(connection: socket.socket) -> None:
        while (head := read_head(connection)) and len(heads) < 2:
            heads.append(head.partition(b" ")[0])
            connection.sendall(REFUSAL)
            if heads == [b"POST"]:
                # Read until the client closes it, or has sent the whole body.
                left = len(LARGE)
                while left > 0 and (piece := connection.recv(1_000_000)):
                    left -= len(piece)

    def make_calls(transport: t.Any, url: str) -> t.Any:
        if not side.is_async:
            return [transport.send(post(url)), transport.send(Request("GET", url))]

        async def calls() -> list[Response]:
            return [
                await transport.send(post(url)),
                await transport.send(Request("GET", url)),
            ]

        return calls()

    transport = side.transport()
    with scripted(refuse) as url:
        responses = side.run_closing(transport, lambda: make_calls(transport, url))

    assert [response.status for response in responses] == [413, 413]
    assert heads == [b"POST", b"GET"]


HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
SUCCESS = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize("size", [6, 30, len(HINTS), len(HINTS) + 30])
def test_the_body_is_sent_to_its_end_unless_it_is_refused(
    side: Side, size: int
) -> None:
    bodies: list[bytes] = []
    answer = HINTS + SUCCESS

    def answer_early(connection: socket.socket) -> None:
        body = bytearray(read_head(connection).partition(b"\r\n\r\n")[2])
        connection.sendall(answer[:size])
        while len(body) < len(LARGE):
            body += connection.recv(1_000_000)
        bodies.append(bytes(body))
        connection.sendall(answer[size:])

    with scripted(answer_early) as url:
        response = send(side, post(url))

    assert (response.status, response.body) == (200, b"{}")
    assert bodies == [LARGE]


@pytest.mark.parametrize("early", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 103 " * 9_999])
def test_a_malformed_response_ends_the_sending(side: Side, early: bytes) -> None:
    def answer(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(early)
        is_over.wait(60)

    is_over = threading.Event()
    with scripted(answer) as url:
        with pytest.raises((ConnectionError, InvalidResponseError)):
            send(side, post(url))
        is_over.set()


def test_a_success_is_returned_if_the_body_is_never_read(side: Side) -> None:
    def answer(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(REFUSAL.replace(b"413", b"200"))
        is_received.wait(60)

    is_received = threading.Event()
    with scripted(answer) as url:
        request = Request("POST", url, {}, LARGE, timeout=0.3, deadline=60.0)
        response = send(side, request)
        is_received.set()

    assert response.status == 200


class Paired(WatchesResponse, http.client.HTTPConnection):
    """A connection to a socket of the test."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1")
        self.sock, self.peer = socket.socketpair()
        self.sock.settimeout(10.0)


class Narrow(Paired):
    """Its peer reads only while it waits."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self.received = b""

    def _wait(self, timeout: float | None, *, is_answered: bool) -> None:
        assert not is_answered
        self.waits.append(timeout)
        self.received += self.peer.recv(1_000_000)


def test_the_timeout_is_that_of_a_piece() -> None:
    connection = Narrow()
    with connection.sock, connection.peer:
        connection.send(LARGE[:3_000_000])
        connection.sock.close()
        while piece := connection.peer.recv(1_000_000):
            connection.received += piece

    assert len(connection.received) == 3_000_000
    assert len(connection.waits) > 1
    assert {*connection.waits} == {10.0}


def test_sending_goes_on_when_the_peer_has_read() -> None:
    is_full = threading.Event()

    class Waiting(Paired):
        """Reports that its buffers are full."""

        def _wait(self, timeout: float | None, *, is_answered: bool) -> None:
            is_full.set()
            super()._wait(timeout, is_answered=is_answered)

    def read_all() -> None:
        is_full.wait(60)
        left = len(LARGE)
        while left:
            left -= len(connection.peer.recv(1_000_000))

    connection = Waiting()
    reader = threading.Thread(target=read_all)
    with connection.sock, connection.peer:
        reader.start()
        connection.send(LARGE)
        reader.join(60)

    assert not reader.is_alive()


def test_sending_stops_when_the_peer_has_closed() -> None:
    connection = Paired()
    connection.peer.close()

    with connection.sock, pytest.raises(BrokenPipeError):
        connection.send(LARGE)


def test_the_next_connection_does_not_read_the_response_again() -> None:
    connection = Paired()
    with connection.sock, connection.peer:
        connection.peer.sendall(REFUSAL)
        with pytest.raises(BrokenPipeError):
            connection.request("POST", "/", LARGE)
        response = connection.getresponse()
        body = response.read()
        response.close()

    assert (response.status, body) == (413, b"{}")
    # Through a proxy, the response to CONNECT is read with this class.
    assert connection.response_class is DeadlineResponse


@pytest.mark.parametrize("how", ["session", "proxy"])
def test_aiohttps_own_timers_do_not_let_a_body_hang(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main(url: str) -> None:
        async with aiohttp.ClientSession() as session:
            transport = AiohttpTransport(session if how == "session" else None)
            if how == "proxy":
                monkeypatch.setenv("http_proxy", url)
            request = Request("POST", url, {}, LARGE, timeout=0.3, deadline=None)
            try:
                await transport.send(request)
            finally:
                await transport.close()
                # aiohttp itself would go on sending to the server.
                is_over.set()
                await asyncio.to_thread(is_closed.wait)
                await asyncio.sleep(0)
                await asyncio.sleep(0)

    def read_nothing(connection: socket.socket) -> None:
        is_over.wait(60)
        connection.close()
        is_closed.set()

    is_over, is_closed = threading.Event(), threading.Event()
    with (
        scripted(read_nothing) as url,
        pytest.raises(TimeoutError, match=r"0.3 seconds.*\(timeout=") as caught,
    ):
        asyncio.run(main(url))

    assert caught.value.sent is None


def test_a_timeout_names_the_limit_that_has_passed(side: Side) -> None:
    is_over = threading.Event()
    with scripted(lambda _: t.cast("None", is_over.wait(60))) as url:
        with pytest.raises(TimeoutError, match=r"0.3 seconds.*\(timeout="):
            send(side, Request("GET", url, timeout=0.3, deadline=60.0))
        with pytest.raises(TimeoutError, match=r"before the deadline.*\(deadline="):
            send(side, Request("GET", url, timeout=60.0, deadline=0.3))
        is_over.set()
