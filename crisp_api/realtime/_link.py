"""A real-time connection whose frames are read by a thread."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
import typing as t
import urllib.parse

import engineio
import socketio
import websocket
from socketio.exceptions import SocketIOError

from crisp_api.pools import Cancelled
from crisp_api.realtime._links import (
    CLOSING,
    OPTIONS,
    Answer,
    forget,
    link_error,
    rooted,
)
from crisp_api.realtime._plan import Hello
from crisp_api.transport.requests_ import RequestsTransport

__all__ = ["SyncLink"]


if t.TYPE_CHECKING:

    class _EngineBase:
        """A typed placeholder for python-engineio's client."""

        def _trigger_event(self, event: str, *args: t.Any) -> t.Any: ...
        def _receive_packet(self, pkt: t.Any) -> t.Any: ...
        def _get_engineio_url(self, *args: t.Any) -> str: ...

    class _SocketBase:
        """A typed placeholder for python-socketio's client."""

        def __init__(self, **options: t.Any) -> None: ...
        def _handle_eio_disconnect(self, reason: str) -> None: ...

    class _WebSocketBase:
        """A typed placeholder for websocket-client's web socket."""

        sock: socket.socket | None

        def __init__(self, *args: t.Any, **options: t.Any) -> None: ...
        def _recv(self, bufsize: int) -> bytes: ...
        def _send(self, data: str | bytes) -> int: ...

else:
    _EngineBase = engineio.Client
    _SocketBase = socketio.Client
    _WebSocketBase = websocket.WebSocket


class _Engine(_EngineBase):
    """Handles each frame before it reads the next one."""

    heard_at = 0.0

    def _trigger_event(self, event: str, *args: t.Any, **_: t.Any) -> t.Any:
        return super()._trigger_event(event, *args)

    def _receive_packet(self, pkt: t.Any) -> t.Any:
        self.heard_at = time.time()
        return super()._receive_packet(pkt)

    def _get_engineio_url(self, *args: t.Any) -> str:
        return rooted(super()._get_engineio_url(*args))


class _Socket(_SocketBase):
    """Reports that it has ended, also before it has joined the namespace."""

    on_end: t.Callable[[], object]

    def _engineio_client_class(self) -> type[t.Any]:
        return _Engine

    def _handle_eio_disconnect(self, reason: str) -> None:
        super()._handle_eio_disconnect(reason)
        self.on_end()


class _WebSocket(_WebSocketBase):
    """A web socket that one thread reads, another writes, and a third one ends.

    Before Python 3.13, a TLS socket is not made for that: if one thread reads while
    another one writes, reading may report the end of the connection. And the shutdown
    of a TLS socket turns it into a plain one first: a thread that sends at that moment
    would send in the clear, even the token.
    """

    def __init__(self, *args: t.Any, **options: t.Any) -> None:
        super().__init__(*args, **options)
        self._turn = threading.Lock()

    def _recv(self, bufsize: int) -> bytes:
        sock = self.sock
        if not isinstance(sock, ssl.SSLSocket):
            return super()._recv(bufsize)
        while (data := self._read(sock, bufsize)) is None:
            with selectors.DefaultSelector() as selector:
                selector.register(sock, selectors.EVENT_READ)
                if not selector.select(sock.gettimeout()):
                    raise websocket.WebSocketTimeoutException
        if not data:
            raise websocket.WebSocketConnectionClosedException
        return data

    def _read(self, sock: ssl.SSLSocket, size: int) -> bytes | None:
        """Read without waiting; return None if there is nothing to read yet."""
        with self._turn:
            timeout = sock.gettimeout()
            sock.settimeout(0)
            try:
                return sock.recv(size)
            except ssl.SSLWantReadError:
                return None
            finally:
                sock.settimeout(timeout)

    def _send(self, data: str | bytes) -> int:
        with self._turn:
            return super()._send(data)

    def abort(self) -> None:
        """End the connection; the threads that use it notice."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def close(self, *_: object, **__: object) -> None:
        """End the connection; the link closes the socket when no thread uses it."""
        self.abort()


class SyncLink:
    """A connection whose frames are read by a thread.

    Args:
        on_event: called in that thread, with the name and the payload.
        on_end: called when the connection has ended.
        transport: where to take the proxy and the certificates from.
    """

    def __init__(
        self,
        on_event: t.Callable[[str, t.Any], object],
        on_end: t.Callable[[], object],
        transport: RequestsTransport,
    ) -> None:
        self._on_event = on_event
        self._on_end = on_end
        self._transport = transport
        self._answer = Answer()
        self._joined = threading.Event()
        self._answered = threading.Event()
        self._is_aborted = False
        self._socket: t.Any = None

    @property
    def is_open(self) -> bool:
        """Whether the connection is open, as far as this side knows."""
        client = self._socket
        return bool(client.connected) and client.eio.state == "connected"

    @property
    def heard_at(self) -> float:
        """When the server sent the last frame, in seconds since 1970."""
        return float(self._socket.eio.heard_at)

    def open(self, hello: Hello) -> None:
        """Connect, and send the token.

        Raises:
            RealtimeError: the token was refused.
            ConnectionError: there is no connection.
            Cancelled: `abort` was called.
            TimeoutError: the server does not answer.
        """
        endpoint = hello.endpoint
        options = _websocket_options(self._transport, endpoint.origin)
        made = _Socket(
            **OPTIONS, request_timeout=hello.timeout, websocket_extra_options=options
        )
        made.on_end = self._end
        self._socket = client = t.cast("t.Any", made)
        client.on("*", self._receive)
        client.on("connect", self._join)
        client.on("connect_error", self._end)
        failure = None
        try:
            client.connect(
                endpoint.url,
                transports=["websocket"],
                namespaces=["/"],
                socketio_path=endpoint.path,
                # Its own wait would not notice that the connection has ended.
                wait=False,
            )
            if self._joined.wait(hello.timeout):
                self.send("authentication", hello.payload)
                self._answered.wait(hello.timeout)
        except Exception as error:  # noqa: BLE001 - of three libraries
            failure = link_error(error, endpoint)
        if failure:
            # Not raised in the handler: the original error would show the token.
            raise failure
        if self._is_aborted:
            raise Cancelled
        self._answer.check(endpoint)

    def send(self, name: str, payload: object) -> None:
        """Send a message; if the connection has ended, it is lost."""
        with contextlib.suppress(SocketIOError):
            self._socket.emit(name, payload)

    def abort(self) -> None:
        """End the wait for the answer of the server; callable from any thread."""
        self._is_aborted = True
        self._joined.set()
        self._answered.set()

    def close(self) -> None:
        """End the connection at once."""
        client = self._socket
        engine = client.eio if client else None
        if not engine or not engine.ws:
            return
        # Its own disconnect would wait for an answer, of a dead server too.
        engine.ws.abort()
        for thread in (engine.read_loop_task, engine.write_loop_task):
            if thread:
                thread.join(CLOSING)
        engine.ws.shutdown()
        forget(engine)

    def _receive(self, name: str, *args: t.Any) -> None:
        payload = args[0] if args else None
        is_answer = self._answer.note(name, payload)
        self._on_event(name, payload)
        if is_answer:
            self._answered.set()

    def _join(self) -> None:
        self._joined.set()

    def _end(self, *_: object) -> None:
        self._answer.has_ended = True
        self._joined.set()
        self._answered.set()
        self._on_end()


def _websocket_options(transport: RequestsTransport, url: str) -> dict[str, t.Any]:
    """Return the options of websocket-client for a host."""
    route = transport.route_to(url)
    tls: dict[str, t.Any] = {"ca_certs": route.ca} if route.ca else {}
    if route.ca is False:
        tls = {"cert_reqs": ssl.CERT_NONE, "check_hostname": False}
    if route.certificate:
        tls["certfile"], tls["keyfile"] = route.certificate
    options: dict[str, t.Any] = {
        "class_": _WebSocket,
        "sslopt": tls,
        # A redirect would take the token to another host.
        "redirect_limit": 0,
        "suppress_origin": True,
    }
    if not route.proxy:
        # It would read the environment by rules of its own.
        return {**options, "http_no_proxy": ["*"]}
    proxy = urllib.parse.urlsplit(route.proxy)
    login = (proxy.username or "", proxy.password or "")
    return {
        **options,
        "http_proxy_host": proxy.hostname,
        "http_proxy_port": proxy.port,
        "http_proxy_auth": tuple(map(urllib.parse.unquote, login)),
        "proxy_type": proxy.scheme.replace("https", "http"),
        # No host at all: an empty list would stand for the environment.
        "http_no_proxy": [""],
    }
