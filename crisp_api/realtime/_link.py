"""A real-time connection whose frames are read by a thread."""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import ssl
import threading
import time
import typing as t
import urllib.parse
from http import HTTPStatus

import engineio
import socketio
import websocket
from engineio.packet import MESSAGE
from socketio.exceptions import SocketIOError

from crisp_api.pools import Cancelled
from crisp_api.realtime._links import (
    CLOSING,
    IDLE,
    OPTIONS,
    Answer,
    forget,
    link_error,
    rooted,
)
from crisp_api.realtime._plan import Hello
from crisp_api.transport.requests_ import RequestsTransport

__all__ = ["SyncLink"]

log = logging.getLogger("crisp_api")


if t.TYPE_CHECKING:

    class _EngineBase:
        """A typed placeholder for python-engineio's client."""

        handlers: t.Mapping[str, t.Callable[..., None]]

        def _receive_packet(self, pkt: t.Any) -> None: ...
        def _get_engineio_url(self, *args: t.Any) -> str: ...

    class _SocketBase:
        """A typed placeholder for python-socketio's client."""

        def __init__(self, **options: t.Any) -> None: ...
        def _handle_event(self, space: str, ack: object, data: t.Any) -> None: ...
        def _handle_eio_disconnect(self, reason: str) -> None: ...

    class _WebSocketBase:
        """A typed placeholder for websocket-client's web socket."""

        sock: socket.socket | None
        handshake_response: t.Any

        def connect(self, url: str, **options: t.Any) -> None: ...
        def shutdown(self) -> None: ...
        def __init__(self, *args: t.Any, **options: t.Any) -> None: ...
        def _recv(self, bufsize: int) -> bytes: ...
        def _send(self, data: str | bytes) -> int: ...

else:
    _EngineBase = engineio.Client
    _SocketBase = socketio.Client
    _WebSocketBase = websocket.WebSocket


class _Engine(_EngineBase):
    """Handles each frame before it reads the next one."""

    heard_at = handled_at = 0.0

    def _receive_packet(self, pkt: t.Any) -> None:
        now = time.time()
        # A frame that was there already may have been sent long before.
        if now - self.handled_at > IDLE:
            self.heard_at = now
        if pkt.packet_type == MESSAGE:
            try:
                self.handlers["message"](pkt.data)
            except Exception as error:  # noqa: BLE001 - the connection goes on
                log.debug("real-time: a frame was not handled: %r", error)
        else:
            super()._receive_packet(pkt)
        self.handled_at = time.time()

    def _get_engineio_url(self, *args: t.Any) -> str:
        return rooted(super()._get_engineio_url(*args))


class _Socket(_SocketBase):
    """Passes events on, and reports its end, also before it has joined the namespace.

    Args:
        receive: called with the name and the arguments of each event.
        on_end: called when the connection has ended.
        options: of python-socketio.
    """

    def __init__(
        self,
        receive: t.Callable[..., t.Any],
        on_end: t.Callable[[], object],
        **options: t.Any,
    ) -> None:
        self._receive = receive
        self.on_end = on_end
        super().__init__(**options)

    def _handle_event(self, space: str, ack: object, data: t.Any) -> None:
        self._receive(*data)
        if ack is not None:
            # Without a handler, it only answers.
            super()._handle_event(space, ack, data)

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

    def connect(self, url: str, **options: t.Any) -> None:
        super().connect(url, **options)
        if self.handshake_response.status != HTTPStatus.SWITCHING_PROTOCOLS:
            # Older versions do not raise it if no redirect is allowed.
            message = "redirected"
            raise websocket.WebSocketException(message)

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

    _socket: t.Any
    _hello: Hello

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
        # It is not connected, and is replaced by that of the connection.
        self._web_socket = _WebSocket()

    @property
    def is_open(self) -> bool:
        """Whether the connection is open, as far as this side knows."""
        client = self._socket
        return bool(client.connected) and client.eio.state == "connected"

    @property
    def heard_at(self) -> float:
        """When the server was last waited for and heard, in seconds since 1970."""
        return float(self._socket.eio.heard_at)

    def open(self, hello: Hello) -> None:
        """Connect, and send the token.

        Raises:
            RealtimeError: the token was refused.
            ConnectionError: there is no connection.
            Cancelled: `abort` was called.
            TimeoutError: the server does not answer.
        """
        self._hello, endpoint = hello, hello.endpoint
        client: t.Any = _Socket(
            self._receive, self._end, **OPTIONS, request_timeout=hello.timeout
        )
        self._socket = client
        client.on("connect", self._join)
        client.on("connect_error", self._end)
        failure = None
        # Its own time-out is one for each read.
        timer = threading.Timer(hello.timeout, self._shut)
        timer.daemon = True
        timer.start()
        try:
            options = _websocket_options(self._transport, endpoint.origin)
            client.eio.websocket_extra_options = {**options, "class_": self._make}
            client.connect(
                endpoint.url,
                transports=["websocket"],
                namespaces=["/"],
                socketio_path=endpoint.path,
                # Its own wait would not notice that the connection has ended.
                wait=False,
            )
            has_joined = self._joined.wait(hello.timeout)
            timer.cancel()
            self.send("authentication", hello.payload)
            self._answered.wait(hello.timeout if has_joined else 0)
        except Exception as error:  # noqa: BLE001 - of three libraries
            failure = link_error(error, endpoint)
        finally:
            timer.cancel()
            timer.join()
        if self._is_aborted:
            raise Cancelled
        if failure:
            # Not raised in the handler: the original error would show the token.
            raise failure
        self._answer.check(hello)

    def check(self) -> None:
        """Raise the error if the token was refused after it had been accepted."""
        self._answer.check(self._hello)

    def send(self, name: str, payload: object) -> None:
        """Send a message; if the connection has ended, it is lost."""
        with contextlib.suppress(SocketIOError):
            self._socket.emit(name, payload)

    def abort(self) -> None:
        """End the connection, or the wait for it; callable from any thread."""
        self._is_aborted = True
        self._shut()
        self._joined.set()
        self._answered.set()

    def close(self) -> None:
        """End the connection at once."""
        engine = self._socket.eio
        # Its own disconnect would wait for an answer, of a dead server too.
        self._shut()
        for thread in (engine.read_loop_task, engine.write_loop_task):
            if thread:
                thread.join(CLOSING)
        self._web_socket.shutdown()
        forget(engine)

    def _make(self, *args: t.Any, **options: t.Any) -> _WebSocket:
        self._web_socket = _WebSocket(*args, **options)
        return self._web_socket

    def _shut(self) -> None:
        self._web_socket.abort()

    def _receive(self, name: str, *args: t.Any) -> None:
        payload = args[0] if args else None
        is_answer = self._answer.note(name, payload)
        self._on_event(name, payload)
        if is_answer:
            self._answered.set()
            self._on_end()

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
        # Decoding notices it as well, and is faster.
        "skip_utf8_validation": True,
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
