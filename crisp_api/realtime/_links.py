"""The common part of the sync and the async link.

python-socketio starts a thread or a task for every frame, so that nothing holds a
server back that sends faster than a program reads. The engines of the links handle a
frame before they read the next one, in order. They depend on private names of
python-engineio and python-socketio, which `tests/project/test_private_names.py` checks.
"""

from __future__ import annotations

import contextlib
import logging
import typing as t

import engineio.base_client

from crisp_api import errors
from crisp_api.errors import RealtimeError
from crisp_api.realtime._plan import Endpoint, Hello
from crisp_api.wire import moment, retry_after

__all__ = [
    "CLOSING",
    "IDLE",
    "OPTIONS",
    "Answer",
    "LinkError",
    "forget",
    "link_error",
    "rooted",
]

# The loggers of both packages would show the key of the token. This one is not in the
# tree of loggers, so that no configuration turns it on.
_SILENT: t.Final = logging.Logger("silent", logging.CRITICAL + 1)  # noqa: LOG001
OPTIONS: t.Final[dict[str, t.Any]] = {
    # Its own reconnect would go to the address of before.
    "reconnection": False,
    "handle_sigint": False,
    "logger": _SILENT,
    "engineio_logger": _SILENT,
}
"""The options of python-socketio's clients."""
IDLE: t.Final = 0.05
"""Seconds without a frame, after which the next one is new."""
CLOSING: t.Final = 1.0
"""Seconds that closing may take, if the server does not respond."""


class Answer:
    """The answer of a server to a token.

    Attributes:
        refusal: why the token was refused; None if it was not.
        is_accepted: whether the token was accepted.
        has_ended: whether the connection has ended.
    """

    refusal: str | None = None
    is_accepted = False
    has_ended = False

    def note(self, name: str, payload: object) -> bool:
        """Note an event; return whether it was the answer."""
        if name == "unauthorized":
            fields = t.cast(
                "dict[str, t.Any]", payload if isinstance(payload, dict) else {}
            )
            self.refusal = str(fields.get("message") or "no reason given")
        elif name == "authenticated":
            self.is_accepted = True
        else:
            return False
        return True

    def check(self, hello: Hello) -> None:
        """Raise the error for a token that was not accepted."""
        endpoint = hello.endpoint
        if self.refusal is not None:
            # A server may repeat the key.
            reason = self.refusal.replace(hello.payload["password"], "***")
            message = (
                f"the real-time connection refused the token: {reason}; check "
                "that the tier, the identifier and the key belong together"
            )
            raise RealtimeError(message)
        if not self.is_accepted and self.has_ended:
            message = f"{endpoint.origin} closed the connection before it answered"
            raise LinkError(message)
        if not self.is_accepted:
            message = f"{endpoint.origin} did not answer to the token in time"
            raise errors.TimeoutError(message)


class LinkError(errors.ConnectionError):
    """There is no connection.

    Attributes:
        retry_after: the seconds after which the server asks to try again, if it does.
    """

    retry_after: float | None = None


def link_error(error: BaseException, endpoint: Endpoint) -> LinkError:
    """Return our error for one of the libraries below."""
    causes = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    text = "; ".join(dict.fromkeys(_words(cause) for cause in causes))
    failure = LinkError(f"no connection to {endpoint.origin}: {text}")
    for cause in causes:
        headers: t.Any = getattr(cause, "resp_headers", getattr(cause, "headers", None))
        if headers:
            lower = {name.lower(): str(headers[name]) for name in map(str, headers)}
            now = moment(lower.get("date"))
            failure.retry_after = retry_after(lower.get("retry-after"), now)
    return failure


def _words(error: BaseException) -> str:
    status = getattr(error, "status_code", getattr(error, "status", None))
    if isinstance(status, int):
        return f"status {status}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__


def rooted(url: str) -> str:
    """Return a URL with one slash, where Socket.IO is at the root of the host."""
    return url.replace("//?", "/?", 1)


def forget(engine: t.Any) -> None:
    """Remove an engine from python-engineio's list, where a broken one stays."""
    base: t.Any = engineio.base_client
    known: list[t.Any] = base.connected_clients
    with contextlib.suppress(ValueError):
        known.remove(engine)
