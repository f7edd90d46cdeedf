"""Connections that keep to a deadline, for the requests transport.

The problem. A time-out in requests is the time-out of a socket, and that starts anew
with every byte that arrives. A server that sends one byte every nine seconds keeps a
call with ``timeout=10`` waiting for hours. No option of requests or urllib3 limits the
whole call, and a second thread that closes the socket would cost more than the call.

The mechanism. A `Deadline` is a context manager, and in its ``with`` block it is the
current deadline of the thread, kept in `_scope`. Connections look it up there, because
requests has no way to hand an argument down to them. `DeadlineResponse` reads through
`_Reader`, which sets the socket's time-out to what is left before each read. Connecting
needs no such care: it waits for one time-out, which the transport has capped by the
deadline. `crisp_api.transport._adapter` makes the connections that use all this.

Three more faults can only be seen at this level, and are handled here:

- ``http.client`` takes a head that is cut off for a whole one: the headers that have
  arrived, and an empty body. For a write, that would mean success. `DeadlineResponse`
  raises instead, if the connection ended before the blank line after the headers.
- ``http.client`` ignores what follows a header line without a colon, a
  ``Content-Length`` for example, and may then see an empty body.
- ``http.client`` skips 100, but returns 102 and 103 as if they were the final response.

Watch out for:

- The deadline belongs to a thread, not to a connection: connections go back to a pool,
  and the next call takes them. So nothing here may keep a `Deadline`; look it up with
  `current_deadline` each time.
- Calls nest, since a hook of a session may make a call of its own. `Deadline.__exit__`
  restores the outer one.
- Looking up the host's name is not limited, and connecting tries each of its addresses
  for a whole time-out. A call can exceed its deadline by that; its first read then ends
  it.
- A session that the user passes has its own adapters, and nothing here applies to it.
  The transport then checks the deadline only between two reads.
- ``HTTPResponse._read_status`` is private, and is overridden here. A test holds that it
  exists; see ``tests/project/test_private_names.py``.
"""

from __future__ import annotations

import builtins
import email.errors
import http.client
import io
import socket
import threading
import time
import typing as t

__all__ = ["Deadline", "DeadlineResponse", "current_deadline", "has_lost_headers"]

_BUFFER_SIZE: t.Final = 16_384
# Statuses whose responses never have a body.
_WITHOUT_BODY: t.Final = frozenset({204, 304})
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

    Args:
        sock: the socket.
        raw: what reads from it.
        early: what was read before.

    Attributes:
        at_end: whether the peer has closed the connection.
    """

    def __init__(self, sock: socket.socket, raw: t.Any, early: bytes) -> None:
        super().__init__()
        self.at_end = False
        self._sock = sock
        self._raw = raw
        self._early = memoryview(early)
        self._timeout = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any, /) -> int | None:
        if self._early:
            size = min(len(buffer), len(self._early))
            buffer[:size], self._early = self._early[:size], self._early[size:]
            return size
        self._sock.settimeout(current_deadline().cap(self._timeout))
        count: int | None = self._raw.readinto(buffer)
        self.at_end = count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class DeadlineResponse(http.client.HTTPResponse):
    """A response that is read until the deadline, and must have a whole head.

    Args:
        sock: the socket.
        args: as http.client has them.
        early: what was read from the socket while the request was sent.
        is_cut: whether the request was not sent to its end, so that no other can
            follow it on this connection.
        kwargs: as http.client has them.
    """

    def __init__(
        self,
        sock: socket.socket,
        *args: t.Any,
        early: bytes = b"",
        is_cut: bool = False,
        **kwargs: t.Any,
    ) -> None:
        super().__init__(sock, *args, **kwargs)
        self._is_cut = is_cut
        self._reader = _Reader(sock, self.fp.detach(), early)
        self.fp = io.BufferedReader(self._reader, _BUFFER_SIZE)

    def begin(self) -> None:
        """Read the head, and refuse one that is cut off."""
        super().begin()
        if self.status in _WITHOUT_BODY and self.chunked:
            # urllib3 would wait for the chunks that the header announces.
            del self.headers["transfer-encoding"]
            self.chunked = False
        # After a switch of protocols, the data is not HTTP.
        if self._is_cut or self.status == http.HTTPStatus.SWITCHING_PROTOCOLS:
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
