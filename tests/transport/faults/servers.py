"""Socket servers that fail on purpose, and count the requests that they receive."""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import functools
import select
import socket
import ssl
import struct
import threading
import typing as t

import trustme

__all__ = ["Answer", "End", "Manner", "Server", "authority", "serving"]

_PAUSE: t.Final = 0.05
_NO_LINGER: t.Final = struct.pack("ii", 1, 0)


class End(enum.Enum):
    """The fate of the connection after a response."""

    KEEP = enum.auto()
    CLOSE = enum.auto()
    RESET = enum.auto()
    SILENCE = enum.auto()
    # The connection is kept until the next request begins to arrive.
    RESET_UNREAD = enum.auto()


class Manner(enum.Enum):
    """The point up to which a server behaves normally."""

    ANSWERS = enum.auto()
    NEVER_READS = enum.auto()
    # Connected, but there is no TLS handshake.
    ACCEPTS = enum.auto()
    REFUSES = enum.auto()


@dataclasses.dataclass(frozen=True)
class Answer:
    """The reaction to a complete request.

    Attributes:
        data: the bytes to send at once. ``<same>`` and ``<other>`` in them become
            the URLs of this server, and of one that must not receive any request.
        late: the bytes to send a moment later.
        drip: the bytes to repeat without end, one byte at a time.
        end: the fate of the connection afterwards.
        early: respond after the headers, without reading the body.
    """

    data: bytes = b""
    late: bytes = b""
    drip: bytes = b""
    end: End = End.KEEP
    early: bool = False


class Server:
    """One server, its responses, and the number of complete requests."""

    def __init__(
        self, answers: t.Sequence[Answer], manner: Manner, *, secure: bool
    ) -> None:
        self.seen = 0
        self.connections = 0
        self.elsewhere = ""
        self._ended = threading.Event()
        self._sent_late = threading.Event()
        self._first = answers[0] if answers else Answer()
        self._answers = list(answers)
        self._manner = manner
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._context = _context() if secure else None
        self._listener = socket.create_server(("127.0.0.1", 0))
        if manner is not Manner.ANSWERS:
            # A request that is not read must not fit into the buffers.
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        port = self._listener.getsockname()[1]
        scheme = "https" if secure else "http"
        self.url = f"{scheme}://127.0.0.1:{port}/v1/"

    def start(self) -> None:
        if self._manner is Manner.REFUSES:
            self._listener.close()
            return
        self._start_thread(self._accept)

    def stop(self) -> None:
        self._done.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads[:1]:
            thread.join()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def settle(self) -> None:
        """Reset the count after a first call, once all of its response is sent."""
        self.seen = 0
        if self._first.end is End.CLOSE:
            self._ended.wait()
        if self._first.late:
            self._sent_late.wait()

    def _start_thread(self, target: t.Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                # Otherwise a response waits until the handshake is acknowledged.
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.connections += 1
                with self._lock:
                    self._open.add(connection)
                self._start_thread(self._attend, connection)

    def _attend(self, plain: socket.socket) -> None:
        """Serve one connection, and close it."""
        connection = plain
        with contextlib.suppress(OSError):
            if self._context and self._manner is not Manner.ACCEPTS:
                connection = self._context.wrap_socket(
                    plain, server_side=True, do_handshake_on_connect=False
                )
                with self._lock:
                    self._open.symmetric_difference_update({plain, connection})
                connection.do_handshake()
            if self._manner is Manner.ANSWERS:
                self._converse(connection)
            else:
                self._done.wait()
        with self._lock:
            self._open.discard(connection)
        connection.close()
        self._ended.set()

    def _converse(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as file:
            while (length := _read_head(file)) is not None:
                answer = self._next_answer()
                if answer.early and length:
                    self._send(connection, answer)
                    file.read(length)
                    # The client closed the connection without sending all of it.
                    return
                if len(file.read(length)) < length:
                    return
                with self._lock:
                    self.seen += 1
                if not self._send(connection, answer):
                    return

    def _next_answer(self) -> Answer:
        """Return the answer to the next request; the last one repeats."""
        with self._lock:
            is_last = len(self._answers) == 1
            return self._answers[0] if is_last else self._answers.pop(0)

    def _send(self, connection: socket.socket, answer: Answer) -> bool:
        """Send a response, and return whether the connection can be used again."""
        connection.sendall(self._addressed(answer.data))
        if answer.late:
            self._done.wait(_PAUSE)
            connection.sendall(answer.late)
            self._sent_late.set()
        while answer.drip and not self._done.is_set():
            for byte in answer.drip:
                connection.sendall(bytes([byte]))
                if self._done.wait(_PAUSE):
                    break
        if answer.end is End.SILENCE:
            self._done.wait()
        if answer.end is End.RESET_UNREAD:
            select.select([connection], [], [])
        if answer.end in {End.RESET, End.RESET_UNREAD}:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        return answer.end is End.KEEP

    def _addressed(self, data: bytes) -> bytes:
        same, other = self.url.encode(), self.elsewhere.encode()
        return data.replace(b"<same>", same).replace(b"<other>", other)


@contextlib.contextmanager
def serving(
    answers: t.Sequence[Answer],
    manner: Manner = Manner.ANSWERS,
    *,
    secure: bool = False,
) -> t.Iterator[Server]:
    """Serve while the block runs."""
    server = Server(answers, manner, secure=secure)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@functools.cache
def authority() -> trustme.CA:
    """Return the authority that signs the certificates of these servers."""
    return trustme.CA()


@functools.cache
def _context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority().issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


def _read_head(file: t.BinaryIO) -> int | None:
    """Read the head of a request; return its body's length, None at the end."""
    length = 0
    for line in iter(file.readline, b"\r\n"):
        if not line:
            return None
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return length
