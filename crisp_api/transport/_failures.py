"""Descriptions of failures, in our own words.

The libraries below describe a failure with their own internals, the address of a proxy
with its password, or bytes from the server that repeat the token. So no error shows
their text: the kind of the exception decides what an error says.
"""

from __future__ import annotations

import builtins
import http.client
import socket
import ssl
import traceback
import typing as t

__all__ = ["Words", "causes", "clear_locals", "describe"]

Words = tuple[tuple[type[BaseException], str], ...]

_WORDS: t.Final[Words] = (
    (socket.gaierror, "the host name could not be resolved"),
    (ConnectionRefusedError, "the connection was refused"),
    (http.client.RemoteDisconnected, "the connection was closed before the response"),
    (builtins.ConnectionError, "the connection was reset"),
    (http.client.IncompleteRead, "cut off within the body"),
    (ssl.SSLEOFError, "the connection was closed within the TLS handshake"),
    (ssl.SSLError, "the TLS connection failed"),
    (http.client.HTTPException, "the response is not valid HTTP"),
    (FileNotFoundError, "a certificate file does not exist"),
    (UnicodeError, "the host name of the URL, or of the proxy, is not valid"),
    (OverflowError, "the port of the URL, or of the proxy, is out of range"),
)


def causes(error: BaseException) -> list[BaseException]:
    """Return the exception, and all that it was made from."""
    found: list[BaseException] = []
    pending: list[object] = [error]
    while pending:
        one = pending.pop(0)
        if isinstance(one, BaseException) and not any(one is other for other in found):
            found.append(one)
            pending += [*one.args, getattr(one, "reason", None)]
            pending += [one.__cause__, one.__context__]
    return found


def clear_locals(error: BaseException, handled: BaseException | None) -> None:
    """Remove the local variables from the traceback of an exception.

    They refer to the signed request, and some tools report them. The frames that are
    still running, and so the caller's, keep theirs.

    Args:
        error: the exception.
        handled: the exception that the caller was handling. It is the context of the
            other, and its traceback belongs to the caller.
    """
    callers = causes(handled) if handled else []
    for one in causes(error):
        if not any(one is other for other in callers):
            traceback.clear_frames(one.__traceback__)


def describe(error: BaseException, words: Words, default: str) -> str:
    """Return what happened.

    Args:
        error: the exception of a library.
        words: what the exceptions of that library mean; they are looked up first.
        default: what to say of any other.
    """
    found = causes(error)
    for one in found:
        # aiohttp's error is of this class too, but has no reason.
        if reason := getattr(one, "verify_message", None):
            return f"the TLS certificate is not trusted: {reason}"
    for kind, text in (*words, *_WORDS):
        if any(isinstance(one, kind) for one in found):
            return text
    return default
