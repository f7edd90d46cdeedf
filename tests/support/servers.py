"""Real servers on 127.0.0.1 for the tests to talk to."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import select
import socket
import ssl
import threading
import typing as t

import trustme

from tests.support.doubles import ENVELOPE


class Seen(t.NamedTuple):
    """A request as it came over the socket."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Recording:
    """An HTTP server that records requests, and always sends the same response."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.connections = 0
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = ENVELOPE
        self.url = ""

    @property
    def last(self) -> Seen:
        return self.seen[-1]


@contextlib.contextmanager
def recording(certificate: trustme.LeafCert | None = None) -> t.Iterator[Recording]:
    """Serve while the block runs; over TLS with a certificate."""
    record = Recording()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            record.connections += 1

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            record.seen.append(
                Seen(self.command, self.path, headers, self.rfile.read(length))
            )
            self.send_response(record.status)
            for name, value in record.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(record.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(record.body)

        def log_message(self, format: str, *args: object) -> None: ...

    for verb in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"):
        setattr(Handler, f"do_{verb}", Handler.answer)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    record.url = f"{scheme}://127.0.0.1:{server.server_port}/v1/"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    try:
        yield record
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def raw(answer: bytes, *, silent: bool = False) -> t.Iterator[str]:
    """Answer one connection after another with these bytes, then close it.

    A silent server reads the request, and does not answer until the block ends.
    """
    done = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    _read_request(connection)
                    if silent:
                        done.wait(60)
                    connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1/"
    finally:
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@contextlib.contextmanager
def scripted(
    script: t.Callable[[socket.socket], None],
    certificate: trustme.LeafCert | None = None,
) -> t.Iterator[str]:
    """Run a script on one connection after another, over TLS with a certificate.

    The connection is closed at the end of the script.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if certificate:
        certificate.configure_cert(context)

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            # Or a small response would wait for the tickets of TLS to be acknowledged,
            # and be lost when the connection is closed.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
                if certificate:
                    connection = context.wrap_socket(connection, server_side=True)
                stack.enter_context(connection)
                script(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    scheme = "https" if certificate else "http"
    try:
        yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/v1/"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _read_request(connection: socket.socket) -> None:
    """Read to the end: what is left unread would make the close a reset."""
    with connection.makefile("rb") as file:
        length = 0
        for line in iter(file.readline, b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        file.read(length)


def closed_port() -> int:
    """Return a port without a listener."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def tunnelling() -> t.Iterator[tuple[str, list[str]]]:
    """A proxy that lets one connection after another through, and what it was asked."""
    asked: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, connection.makefile("rb", buffering=0) as file:
                    _, place, _ = file.readline().decode().split()
                    list(iter(file.readline, b"\r\n"))
                    asked.append(place)
                    host, _, port = place.partition(":")
                    with socket.create_connection((host, int(port))) as server:
                        connection.sendall(b"HTTP/1.1 200 Here\r\nX-Any: any\r\n\r\n")
                        _pass_on(connection, server)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    while True:
        for ready in select.select([one, other], [], [])[0]:
            data = ready.recv(65536)
            if not data:
                return
            (other if ready is one else one).sendall(data)


async def head(reader: asyncio.StreamReader) -> bytes:
    """Read the head of a request, empty at the end."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
