"""Responses that arrive before the request is sent, for the requests transport.

A server may refuse a large body before it has read it, with a 413 or a 429, and then
close the connection or leave it open. requests sends the whole body first. If the
server has closed the connection by then, sending fails, and over TLS the response is
lost. If the server has not, sending waits for the time-out.

`WatchesResponse` sends a large body in pieces and reads what arrives in between. For a
response that is not a success, it stops sending: urllib3 reads the response after a
``BrokenPipeError``. A success is no reason to stop, because the server may read on.

Each piece may take the time-out, and the whole body the deadline. ``sendall``, which
http.client uses, would apply the time-out to the whole body.
"""

from __future__ import annotations

import builtins
import functools
import re
import socket
import ssl
import typing as t

from urllib3.util.wait import wait_for_socket

from crisp_api.transport._deadline import DeadlineResponse, current_deadline

__all__ = ["WatchesResponse"]

# The size of a TLS record. A smaller body is sent before any response can arrive.
_PIECE: t.Final = 16_384
_READ_SIZE: t.Final = 65_536
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_INFORMATIONAL: t.Final = re.compile(
    rb"HTTP/1\.\d 1(?!01)\d\d[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n"
)
_STATUS_LINE: t.Final = re.compile(rb"HTTP/1\.\d (\d)\d\d")
_STATUS_SIZE: t.Final = len(b"HTTP/1.1 200")


class WatchesResponse:
    """A mix-in for connections of urllib3, which sends as described above."""

    sock: t.Any
    response_class: t.Any = DeadlineResponse
    # The bytes that were read while sending, and whether sending has stopped.
    _early = b""
    _is_cut = False

    def getresponse(self) -> t.Any:
        """Return the response, which begins with what was read already."""
        self.response_class = functools.partial(
            DeadlineResponse, early=self._early, is_cut=self._is_cut
        )
        self._early, self._is_cut = b"", False
        parent: t.Any = super()
        try:
            return parent.getresponse()
        finally:
            # The next connection may read the response of a proxy with this class.
            del self.response_class

    def connect(self) -> None:
        """Connect, and forget what was read on the connection before."""
        self._early, self._is_cut = b"", False
        parent: t.Any = super()
        parent.connect()

    def send(self, data: t.Any) -> None:
        """Send a part of the request: the head, or the body.

        Raises:
            BrokenPipeError: the rest of the request is not sent; read the response.
            TimeoutError: no piece could be sent in time.
        """
        parent: t.Any = super()
        # Within TLS to a proxy, urllib3's socket cannot send without blocking.
        if not isinstance(self.sock, socket.socket):
            parent.send(data)
            return
        try:
            if isinstance(data, bytes) and len(data) > _PIECE:
                self._send_in_pieces(data)
            else:
                parent.send(data)
        except (builtins.ConnectionError, ssl.SSLError):
            self._is_cut = True
            raise BrokenPipeError from None

    def _send_in_pieces(self, data: bytes) -> None:
        rest, timeout = memoryview(data), self.sock.gettimeout()
        is_answered = False
        self.sock.settimeout(0)
        try:
            while rest:
                is_answered = is_answered or self._read_response()
                try:
                    # OpenSSL wants the same piece again until it is sent.
                    rest = rest[self.sock.send(rest[:_PIECE]) :]
                except _NOT_NOW:
                    self._wait(timeout, is_answered=is_answered)
        finally:
            self.sock.settimeout(timeout)

    def _read_response(self) -> bool:
        """Read what has arrived; return whether a successful response has begun.

        Raises:
            BrokenPipeError: the response is not a success, or there will be none.
        """
        try:
            piece = self.sock.recv(_READ_SIZE)
        except _NOT_NOW:
            return False
        if not piece:
            raise BrokenPipeError
        self._early += piece
        while found := _INFORMATIONAL.match(self._early):
            self._early = self._early[found.end() :]
        found = _STATUS_LINE.match(self._early)
        if found and found[1] == b"2":
            return True
        is_incomplete = found[1] == b"1" if found else len(self._early) < _STATUS_SIZE
        if is_incomplete and len(self._early) < _READ_SIZE:
            return False
        raise BrokenPipeError

    def _wait(self, timeout: float | None, *, is_answered: bool) -> None:
        """Wait until a piece can be sent, or something can be read.

        Raises:
            BrokenPipeError: the time-out has passed, but there is a response.
            TimeoutError: the time-out has passed.
        """
        limit = current_deadline().cap(timeout)
        if not wait_for_socket(self.sock, not is_answered, True, limit):  # noqa: FBT003
            raise BrokenPipeError if is_answered else builtins.TimeoutError
