"""Connections that keep to a deadline, for the requests transport.

The problem. A time-out in requests is the time-out of a socket, and that starts anew
with every byte that arrives. A server that sends one byte every nine seconds keeps a
call with ``timeout=10`` waiting for hours. No option of requests or urllib3 limits the
whole call, and a second thread that closes the socket would cost more than the call.

The mechanism. A `Deadline` is a context manager, and in its ``with`` block it is the
current deadline of the thread, kept in `_scope`. The connections that `DeadlineAdapter`
opens look it up there, because requests has no way to hand an argument down to them:

    DeadlineAdapter      requests' adapter; it picks the pools below
    _HTTPPool            urllib3's pool; it picks the connection
    _HTTPConnection      urllib3's connection; it picks the response
    DeadlineResponse     http.client's response; it reads through `_Reader`
    _Reader              sets the socket's time-out to what is left before each read

(and the same two classes for HTTPS). Only reads need this: connecting and sending wait
for one time-out each, which the transport has capped by the deadline.

Four more faults can only be seen at this level, and are handled here:

- ``http.client`` takes a head that is cut off for a whole one: the headers that have
  arrived, and an empty body. For a write, that would mean success. `DeadlineResponse`
  raises instead, if the connection ended before the blank line after the headers.
- ``http.client`` ignores what follows a header line without a colon, a
  ``Content-Length`` for example, and may then see an empty body.
- ``http.client`` skips 100, but returns 102 and 103 as if they were the final response.
- A request was certainly not sent if the connection could not be made. The exception
  does not say so: a TLS handshake that times out looks like a slow response.
  `TracksConnect` notes it on the current deadline, as ``connect_failed``.

Watch out for:

- The deadline belongs to a thread, not to a connection: connections go back to a pool,
  and the next call takes them. So nothing here may keep a `Deadline`; look it up with
  `current_deadline` each time.
- Calls nest, since a hook of a session may make a call of its own. `Deadline.__exit__`
  restores the outer one.
- Looking up the host's name is not limited, and connecting tries each of its addresses
  for a whole time-out. A call can exceed its deadline by that; its first read then ends
  it.
- Tools that record and replay requests, such as vcrpy, replace the connection class of
  urllib3's pools. While they do, our pools use that class too (`_ConnectionClass`), or
  the request would be sent for real. Nothing here applies to those connections.
- A session that the user passes has its own adapters, and nothing here applies to it.
  The transport then checks the deadline only between two reads.
- ``HTTPResponse._read_status`` is private, and is overridden here. A test holds that it
  exists; see ``tests/project/test_private_names.py``.
"""

from __future__ import annotations

import builtins
import contextlib
import email.errors
import http.client
import io
import queue
import socket
import threading
import time
import typing as t

import requests.adapters
import urllib3

if t.TYPE_CHECKING:
    from urllib3.connection import HTTPConnection, HTTPSConnection
else:
    # vcrpy replaces these classes in urllib3.connection, but not here. If this module
    # is first imported while a cassette is in use, it must not derive from them.
    from urllib3.connectionpool import HTTPConnection, HTTPSConnection

__all__ = [
    "Deadline",
    "DeadlineAdapter",
    "DeadlineResponse",
    "TracksConnect",
    "current_deadline",
    "has_lost_headers",
]

_BUFFER_SIZE: t.Final = 16_384
_scope = threading.local()


class Deadline:
    """The time by which a call must be complete, if it has a limit.

    In its ``with`` block, it is the current deadline of this thread.

    Args:
        seconds: how long the call may take from now on; None for no limit.

    Attributes:
        connect_failed: whether a connection could not be made, so that nothing was
            sent on it.
    """

    def __init__(self, seconds: float | None) -> None:
        self._at = None if seconds is None else time.monotonic() + seconds
        self.connect_failed = False
        self._outer: Deadline | None = None

    def __enter__(self) -> None:
        self._outer, _scope.deadline = current_deadline(), self

    def __exit__(self, *exc_info: object) -> None:
        _scope.deadline = self._outer

    def cap(self, timeout: float | None) -> float | None:
        """Return the time-out, shortened so that it ends by the deadline.

        Raises:
            TimeoutError: Python's own; the deadline has passed.
        """
        if self._at is None:
            return timeout
        left = self._at - time.monotonic()
        if left <= 0:
            message = "the deadline has passed"
            raise builtins.TimeoutError(message)
        return left if timeout is None else min(left, timeout)

    def has_passed(self) -> bool:
        """Return whether no time is left."""
        return self._at is not None and time.monotonic() >= self._at


def current_deadline() -> Deadline:
    """Return the deadline of the call that this thread is making."""
    return getattr(_scope, "deadline", None) or Deadline(None)


class _Reader(io.RawIOBase):
    """Reads from a socket, and waits no longer than the current deadline allows.

    Attributes:
        at_end: whether the peer has closed the connection.
    """

    def __init__(self, sock: socket.socket, raw: t.Any) -> None:
        super().__init__()
        self.at_end = False
        self._sock = sock
        self._raw = raw
        self._timeout = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any, /) -> int | None:
        self._sock.settimeout(current_deadline().cap(self._timeout))
        count: int | None = self._raw.readinto(buffer)
        self.at_end = count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class DeadlineResponse(http.client.HTTPResponse):
    """A response that is read until the deadline, and must have a whole head."""

    def __init__(self, sock: socket.socket, *args: t.Any, **kwargs: t.Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._reader = _Reader(sock, self.fp.detach())
        self.fp = io.BufferedReader(self._reader, _BUFFER_SIZE)

    def begin(self) -> None:
        """Read the head, and refuse one that is cut off."""
        super().begin()
        if self.status == http.HTTPStatus.SWITCHING_PROTOCOLS:
            # Whatever follows on this connection is not HTTP.
            self.will_close = True
        if self._reader.at_end:
            message = "cut off within the headers"
            raise http.client.RemoteDisconnected(message)
        if has_lost_headers(self):
            message = "a header line without a colon"
            raise http.client.HTTPException(message)
        if (
            self.length is None
            and not self.chunked
            and self.getheader("content-length")
        ):
            # http.client would ignore it and read until the connection ends, so a body
            # that is cut off would look whole.
            message = "the Content-Length is not a number"
            raise http.client.HTTPException(message)

    def _read_status(self) -> tuple[str, int, str]:
        """Read the status line, past the informational responses before it."""
        while True:
            parent: t.Any = super()
            version, status, reason = parent._read_status()  # noqa: SLF001 - overridden
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


def has_lost_headers(response: http.client.HTTPResponse) -> bool:
    """Return whether a line that is no header made http.client ignore the rest."""
    return any(
        isinstance(one, email.errors.MissingHeaderBodySeparatorDefect)
        for one in response.msg.defects
    )


class TracksConnect:
    """Notes on the current deadline that a connection could not be made."""

    def connect(self) -> None:
        parent: t.Any = super()
        try:
            parent.connect()
        except Exception:
            current_deadline().connect_failed = True
            raise


class _HTTPConnection(TracksConnect, HTTPConnection):
    response_class = DeadlineResponse


class _HTTPSConnection(TracksConnect, HTTPSConnection):
    response_class = DeadlineResponse


class _ConnectionClass:
    """The connection class of a pool: ours, unless urllib3's own was replaced."""

    def __init__(self, ours: type, pool: t.Any) -> None:
        self._ours = ours
        self._pool = pool

    def __get__(self, instance: object, owner: object = None) -> t.Any:
        theirs = self._pool.ConnectionCls
        return self._ours if issubclass(self._ours, theirs) else theirs


class _QuietPool:
    """Closes a connection that finds the pool full, and logs no warning.

    More threads than the pool keeps connections for are no mistake of the caller. To
    block until a connection is free would ignore the deadline: requests hands no
    time-out for that down to the pool.
    """

    pool: t.Any

    def _put_conn(self, conn: t.Any) -> None:
        # Closing the pool sets it to None.
        with contextlib.suppress(AttributeError, queue.Full):
            self.pool.put(conn, block=False)
            return
        if conn:
            conn.close()


class _HTTPPool(_QuietPool, urllib3.HTTPConnectionPool):
    ConnectionCls: t.Any = _ConnectionClass(_HTTPConnection, urllib3.HTTPConnectionPool)


class _HTTPSPool(_QuietPool, urllib3.HTTPSConnectionPool):
    ConnectionCls: t.Any = _ConnectionClass(
        _HTTPSConnection, urllib3.HTTPSConnectionPool
    )


_POOLS: t.Final[dict[str, t.Any]] = {"http": _HTTPPool, "https": _HTTPSPool}


class DeadlineAdapter(requests.adapters.HTTPAdapter):
    """Opens connections that keep to the current deadline, through a proxy or not."""

    def init_poolmanager(self, *args: t.Any, **kwargs: t.Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager
