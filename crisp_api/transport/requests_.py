"""The blocking transport, on ``requests``."""

from __future__ import annotations

import builtins
import http.client
import http.cookiejar
import io
import os
import socket
import threading
import time
import typing as t

import requests
import requests.adapters
import requests.structures
import requests.utils
import urllib3
import urllib3.connection
import urllib3.exceptions

from crisp_api.errors import (
    ConnectionError,
    InvalidResponseError,
    TimeoutError,
    TransportError,
    malformed_error,
)
from crisp_api.http import MAX_SIZE, Request, Response

__all__ = ["RequestsTransport", "Session"]

Session = requests.Session

_POOL: t.Final = 32
_ALWAYS: t.Final = requests.utils.default_headers()
_PIECE: t.Final = 65_536
_BUFFER: t.Final = 16_384
_late = threading.local()
_NEVER_SENT = (
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NewConnectionError,
)


class RequestsTransport:
    """Sends through one ``requests.Session``, its connections kept alive.

    Args:
        session: your own, with adapters mounted, proxies or certificates set;
            it stays yours, and open. A deadline is then looked at between reads,
            of which each may take its time-out. Without one, the transport makes
            and closes its own.
        max_size: how many bytes an answer may have, decompressed.
        ca: the path of certificates to trust in place of the usual ones.
    """

    def __init__(
        self,
        session: requests.Session | None = None,
        *,
        max_size: int = MAX_SIZE,
        ca: str | None = None,
    ) -> None:
        self._owned = session is None
        self._process = os.getpid()
        self._session = _new_session() if session is None else session
        self._max_size = max_size
        # For requests, None is what the session and the environment say.
        self._ca = ca
        self._known: dict[str, t.Any] = {}

    def send(self, request: Request, /) -> Response:
        """Send one request and read the answer to its end.

        Raises:
            TimeoutError: no connection, or no answer, in time.
            ConnectionError: refused, reset, cut off.
            TransportError: anything else that kept the answer away.
            InvalidResponseError: the answer is larger than ``max_size``.
        """
        if self._owned and self._process != os.getpid():
            # Forked; the connections are the parent's, and are only let go of here.
            self._session.close()
            self._session, self._process = _new_session(), os.getpid()
        limit = _Limit(request.deadline)
        failure: TransportError | InvalidResponseError
        try:
            with limit, self._answer(request, limit) as response:
                body = self._read(response, limit)
        # RequestException is an OSError; a missing CA bundle is one by itself.
        except (OSError, ValueError) as error:
            failure = _translated(error, request, limit)
            if isinstance(failure, TransportError) and failure.sent is False:
                failure.sent = self._never_sent(request.url)
        else:
            headers = {k.lower(): v for k, v in response.headers.items()}
            answer = Response(request, response.status_code, body or b"", headers)
            if body is None:
                message = f"an answer of more than {self._max_size} bytes"
                failure = malformed_error(answer, "http_error", message)
            elif _is_cut_off(response, body):
                message = f"{request.method} {request.path}: cut off within the headers"
                failure = ConnectionError(message, request)
            else:
                return answer
        # Raised out here: what was caught holds the credentials of its request.
        raise failure

    def _answer(self, request: Request, limit: _Limit) -> requests.Response:
        """Send a request, and read the head of the answer."""
        timeout = limit.within(request.timeout)
        if self._owned:
            settings = self._settings(request.url)
            return self._session.send(_prepared(request), timeout=timeout, **settings)
        # What it is set up with is for it to heed.
        return self._session.request(
            request.method,
            request.url,
            headers=dict(request.headers),
            data=request.body,
            timeout=timeout,
            allow_redirects=False,
            auth=_keep_headers,
            verify=self._ca,
            stream=True,
        )

    def _settings(self, url: str) -> t.Any:
        """Give what the environment says of a host: its proxy, and whom to trust.

        It is asked once, and not each time.
        """
        host = url[: url.find("/", len("https://"))]
        if host not in self._known:
            settings = self._session.merge_environment_settings(
                host, {}, stream=True, verify=self._ca, cert=None
            )
            self._known[host] = {**settings, "allow_redirects": False}
        return self._known[host]

    def _never_sent(self, url: str) -> bool | None:
        """Give False where a request that was not sent at last was not sent before.

        A session that is not of ours may have tried several times.
        """
        retries = getattr(self._session.get_adapter(url), "max_retries", None)
        return False if getattr(retries, "total", 0) == 0 else None

    def refresh_proxies(self) -> None:
        """Ask the environment again for proxies and certificates."""
        self._known.clear()

    def _read(self, response: requests.Response, limit: _Limit) -> bytes | None:
        """Read the body, None where it is too large."""
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_PIECE):
            pieces.append(piece)
            size += len(piece)
            limit.within(None)
            if size > self._max_size:
                return None
        return b"".join(pieces)

    def close(self) -> None:
        """Close the connections of its own session."""
        if self._owned:
            self._session.close()


def environment_proxy(url: str) -> str | None:
    """Give the proxy that the environment names for a URL.

    aiohttp reads ``NO_PROXY`` otherwise, and its ``trust_env`` would read ``~/.netrc``.
    """
    known: t.Any = requests.utils
    proxy: str | None = known.select_proxy(url, known.get_environ_proxies(url))
    return known.prepend_scheme_if_needed(proxy, "http") if proxy else None


def _prepared(request: Request) -> requests.PreparedRequest:
    """Give what an adapter sends: encoded by us already, and not to be touched."""
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url = request.method, request.url
    prepared.body = request.body
    headers = {**_ALWAYS, **request.headers}
    if request.body is not None or request.method not in {"GET", "HEAD"}:
        headers["Content-Length"] = str(len(request.body or b""))
    prepared.headers = requests.structures.CaseInsensitiveDict(headers)
    return prepared


class _Limit:
    """The moment at which an answer must be there, if there is one.

    While it is entered, connections of our own adapters wait no longer than that
    in this thread.
    """

    def __init__(self, seconds: float | None) -> None:
        self._at = None if seconds is None else time.monotonic() + seconds
        self.unmet = False
        self._outer: _Limit | None = None

    def __enter__(self) -> None:
        self._outer, _late.limit = _limit(), self

    def __exit__(self, *exc_info: object) -> None:
        # A hook of a session may have called within a call.
        _late.limit = self._outer

    def within(self, seconds: float | None) -> float | None:
        """Give a time-out that ends by then.

        Raises:
            TimeoutError: Python's own; it is too late.
        """
        if self._at is None:
            return seconds
        left = self._at - time.monotonic()
        if left <= 0:
            message = "not in time"
            raise builtins.TimeoutError(message)
        return left if seconds is None else min(left, seconds)

    def is_over(self) -> bool:
        """Tell whether it is too late."""
        return self._at is not None and time.monotonic() >= self._at


def _limit() -> _Limit:
    """Give the limit of this thread."""
    return getattr(_late, "limit", None) or _Limit(None)


class _Session(requests.Session):
    """A session that leaves redirects alone, even those that it could not follow."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Find none."""


def _new_session() -> requests.Session:
    session = _Session()
    # Nothing that one answer sets may travel with the next request.
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Adapter(pool_maxsize=_POOL))
    return session


class _Reader(io.RawIOBase):
    """Reads from a socket until the limit of its thread, and no longer.

    A socket's own time-out begins anew with each byte.
    """

    def __init__(self, sock: socket.socket, raw: t.Any) -> None:
        super().__init__()
        self.is_over = False
        self._sock = sock
        self._raw = raw
        self._timeout = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any, /) -> int | None:
        self._sock.settimeout(_limit().within(self._timeout))
        count: int | None = self._raw.readinto(buffer)
        self.is_over = count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer that is read until the limit."""

    def __init__(self, sock: socket.socket, *args: t.Any, **kwargs: t.Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._reader = _Reader(sock, self.fp.detach())
        self.fp = io.BufferedReader(self._reader, _BUFFER)

    def begin(self) -> None:
        """Read the head, and refuse one that ends before it is whole.

        ``http.client`` takes that for an empty answer, and so a write for done.
        """
        super().begin()
        if self.status == http.HTTPStatus.SWITCHING_PROTOCOLS:
            # What comes next is no HTTP.
            self.will_close = True
        if self._reader.is_over:
            message = "cut off within the headers"
            raise http.client.RemoteDisconnected(message)
        if (
            self.length is None
            and not self.chunked
            and self.getheader("content-length")
        ):
            message = "a Content-Length that is none"
            raise http.client.HTTPException(message)

    def _read_status(self) -> tuple[str, int, str]:
        """Read past 102 and 103, which http.client would take for the answer."""
        while True:
            read: t.Any = super()
            version, status, reason = read._read_status()  # noqa: SLF001 - our base's
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Connecting:
    """Takes note of a connection that was not made: nothing was sent on it."""

    def connect(self) -> None:
        connection: t.Any = super()
        try:
            connection.connect()
        except Exception:
            _limit().unmet = True
            raise


class _HTTPConnection(_Connecting, urllib3.connection.HTTPConnection):
    response_class = _Answer


class _HTTPSConnection(_Connecting, urllib3.connection.HTTPSConnection):
    response_class = _Answer


class _HTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls: t.Any = _HTTPConnection


class _HTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls: t.Any = _HTTPSConnection


class _Adapter(requests.adapters.HTTPAdapter):
    """Opens connections that heed the limit."""

    def init_poolmanager(self, *args: t.Any, **kwargs: t.Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


_POOLS: t.Final[dict[str, t.Any]] = {"http": _HTTPPool, "https": _HTTPSPool}


def _keep_headers(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without an auth of the call's own, requests would take one from ~/.netrc.
    return prepared


def _is_cut_off(response: requests.Response, body: bytes) -> bool:
    """Tell whether a connection not of ours may have ended before the headers did."""
    original = getattr(response.raw, "_original_response", None)
    return (
        isinstance(original, http.client.HTTPResponse)
        and not isinstance(original, _Answer)
        and 200 <= response.status_code < 300
        and not body
        and not original.chunked
        and original.length is None
    )


def _translated(
    error: Exception, request: Request, limit: _Limit
) -> TransportError | InvalidResponseError:
    """Say in our words what kept the answer away."""
    # Too many headers, or too long: told from other faults by these words alone.
    if "got more than" in str(error):
        message = f"a head that is too large: {error}"
        return malformed_error(Response(request, 0), "http_error", message)
    cause = error.args[0] if error.args else None
    kind = TransportError
    # Within the body, and while it sends, requests makes it a ConnectionError.
    deepest = cause.args[-1] if isinstance(cause, Exception) and cause.args else None
    slow = isinstance(cause, urllib3.exceptions.ReadTimeoutError) or isinstance(
        deepest, builtins.TimeoutError
    )
    if isinstance(error, requests.Timeout) or slow or limit.is_over():
        kind = TimeoutError
    elif isinstance(
        error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError
    ):
        kind = ConnectionError
    cause = getattr(cause, "reason", cause)
    sent = False if limit.unmet or isinstance(cause, _NEVER_SENT) else None
    message = f"{request.method} {request.path}: {error}"
    return kind(message, request, sent=sent)
