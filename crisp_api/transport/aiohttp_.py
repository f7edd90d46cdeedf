"""The transport of the async client, on aiohttp (extra ``async``).

`AiohttpTransport` sends one request and reads the response to its end. Retries are
above it, in `crisp_api.transport.sender`. Time-outs and the closing of connections are
below it, in `crisp_api.transport._watch`.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import pathlib
import re
import ssl
import sys
import typing as t

import aiohttp
import yarl

from crisp_api.errors import (
    ConnectionError,
    InvalidResponseError,
    TimeoutError,
    TransportError,
    malformed_error,
)
from crisp_api.http import MAX_SIZE, Request, Response
from crisp_api.runners import in_event_loop
from crisp_api.transport._failures import Words, clear_locals, describe
from crisp_api.transport._watch import (
    PIECE,
    AbortableConnector,
    Body,
    Connector,
    Watch,
)
from crisp_api.transport.requests_ import (
    ascii_url,
    environment_proxy,
    no_response,
)

__all__ = ["AiohttpTransport", "ClientSession"]

ClientSession = aiohttp.ClientSession

_POOL_SIZE: t.Final = 100
# Seconds. The clock of uvloop counts whole milliseconds, and may be one behind.
_CLOCK_STEP: t.Final = 0.002
_BROKEN = (
    OSError,
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    aiohttp.ClientResponseError,
)
_SESSION: t.Final[t.Any] = aiohttp.ClientSession
# vcrpy and aioresponses replace this function. If this module is first imported while
# they do, theirs leads to the original.
_REQUEST: t.Final[t.Any] = inspect.unwrap(_SESSION._request)  # noqa: SLF001
# Raised before the request is sent, so it had no effect.
_CONNECT_ERRORS = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


class _ProxyError(ValueError):
    """aiohttp cannot use the kind of proxy that the environment sets."""


# Of the user's own session: others are of its hooks, and belong to the user.
_SESSION_FAILURES = (aiohttp.ClientError, OSError, _ProxyError)
# A ValueError is one of the address, an ArithmeticError of the port.
_UNSENT_FAILURES = (ValueError, ArithmeticError)
_FAILURES = (*_SESSION_FAILURES, *_UNSENT_FAILURES, RuntimeError)
_WORDS: t.Final[Words] = (
    (
        _ProxyError,
        "the proxy for AsyncCrisp must be an http:// or https:// URL",
    ),
    (aiohttp.ClientConnectorDNSError, "the host name could not be resolved"),
    (aiohttp.ServerDisconnectedError, "the connection was closed before the response"),
    (aiohttp.ClientHttpProxyError, "the proxy refused the connection"),
    (aiohttp.ContentTypeError, "the response is not valid HTTP"),
    (aiohttp.ClientPayloadError, "the body was cut off or cannot be decompressed"),
    (aiohttp.ClientResponseError, "the response is not valid HTTP"),
    (aiohttp.InvalidURL, "the address of the API, or of the proxy, is not valid"),
    (UnicodeError, "the host name of the URL, or of the proxy, is not valid"),
    (ValueError, "the address of the API, or of the proxy, is not valid"),
)


class _OpenSession(t.NamedTuple):
    """A session; if it is our own, with its watch and the generator that closes it."""

    session: aiohttp.ClientSession
    watch: Watch | None = None
    lifetime: t.AsyncGenerator[aiohttp.ClientSession, None] | None = None


class AiohttpTransport:
    """Send requests through one ``aiohttp.ClientSession`` for each event loop.

    A session is closed with its loop, so one transport can serve several
    ``asyncio.run`` calls in turn.

    Args:
        session: your own session. It is not closed with the transport. By default the
            transport makes its sessions, and closes them.
        max_size: the largest response to accept, in bytes after decompression.
        ca: path of the CA certificates to trust instead of the default ones.

    Raises:
        ValueError: the session would read ``~/.netrc``.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession | None = None,
        *,
        max_size: int = MAX_SIZE,
        ca: str | None = None,
    ) -> None:
        if session is not None and session.trust_env:
            message = (
                "the session has trust_env, which would read ~/.netrc; leave it "
                "out, proxies from the environment are used without it"
            )
            raise ValueError(message)
        self._given = _OpenSession(session) if session is not None else None
        self._max_size = max_size
        self._ca = ca
        self._sessions: dict[asyncio.AbstractEventLoop, _OpenSession] = {}
        self._proxies: dict[str, str | None] = {}

    async def send(self, request: Request, /) -> Response:
        """Send one request, and return the response with its whole body.

        Raises:
            TimeoutError: no connection, or no response, in time.
            ConnectionError: the connection was refused, reset or cut off.
            TransportError: anything else that prevented a response.
            InvalidResponseError: the response is larger than ``max_size``.
            RuntimeError: no event loop of asyncio is running.
        """
        _require_asyncio()
        if request.deadline is not None and request.deadline <= 0:
            # To aiohttp, 0 means no deadline at all.
            message = f"{request.label}: no time is left to send"
            raise TimeoutError(message, request, sent=False)
        handled = sys.exception()
        failure: TransportError | InvalidResponseError
        failures = _SESSION_FAILURES if self._given else _FAILURES
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            response, body = await self._exchange(request, loop)
        except failures as error:
            failure = _translated(error, request, loop.time() - start)
        except BaseException as error:
            # Cancelled, interrupted by Ctrl-C, or an error of a hook.
            clear_locals(error, handled)
            raise
        else:
            headers = _headers(response.headers)
            answer = Response(request, response.status, body or b"", headers)
            if body is None:
                message = f"a response of more than {self._max_size} bytes"
                failure = malformed_error(answer.masked(), "http_error", message)
            elif not body and request.method != "HEAD" and _is_compressed(response):
                message = f"{request.label}: cut off within the body"
                failure = ConnectionError(message, request)
            else:
                return answer
        # Not raised in the handler: as the context of this error, the original one
        # would expose the request with its credentials.
        raise failure

    async def close(self) -> None:
        """Close the connections of this event loop."""
        _require_asyncio()
        opened = self._sessions.get(asyncio.get_running_loop())
        if opened and opened.lifetime:
            await opened.lifetime.aclose()

    def refresh_proxies(self) -> None:
        """Read proxies from the environment again.

        Certificates are read once for each event loop, before its first request.
        """
        self._proxies.clear()

    def new_session(self, trace: aiohttp.TraceConfig) -> aiohttp.ClientSession:
        """Return a session for a connection of its own, without cookies and headers.

        It has the connector of your own session, if you passed one.
        """
        jar = aiohttp.DummyCookieJar()
        if self._given:
            return aiohttp.ClientSession(
                connector=self._given.session.connector,
                connector_owner=False,
                cookie_jar=jar,
                trace_configs=[trace],
            )
        connector = AbortableConnector(ssl=_trust(self._ca))
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=jar, trace_configs=[trace]
        )

    def proxy_to(self, url: str) -> str | None:
        """Return the proxy for a URL; the environment is read once for a host.

        Raises:
            ValueError: aiohttp cannot use this kind of proxy.
        """
        host = url[: url.find("/", len("https://"))]
        if host not in self._proxies:
            self._proxies[host] = environment_proxy(host)
        proxy = self._proxies[host]
        if proxy and not proxy.startswith("http"):
            # aiohttp would speak HTTP to a SOCKS proxy.
            raise _ProxyError
        return proxy

    async def _exchange(
        self, request: Request, loop: asyncio.AbstractEventLoop
    ) -> tuple[aiohttp.ClientResponse, bytes | None]:
        """Send a request, and return the response and its body.

        The body is None if it is too large.
        """
        proxy = self.proxy_to(request.url)
        opened = self._given or self._sessions.get(loop) or await self._start(loop)
        headers = request.headers
        # Through a proxy, aiohttp's own timers are used: they cover its handshake.
        is_ours = opened.watch is not None and not proxy
        timeout = _connecting(request.timeout) if is_ours else _timeout(request)
        watch = opened.watch or Watch(loop)
        wait = watch.new_wait(request.timeout, request.deadline if is_ours else None)
        body: Body | bytes | None = request.body
        if request.body:
            body = Body(request.body, wait)
        is_patched = _SESSION._request is not _REQUEST  # noqa: SLF001
        if is_patched:
            # vcrpy could not write the others to a cassette, or not compare them.
            headers, body = dict(headers), request.body
        with wait:
            response = await opened.session.request(
                request.method,
                # It is encoded already, and must stay as it is.
                yarl.URL(ascii_url(request.url), encoded=True),
                headers=headers,
                data=body,
                timeout=timeout,
                allow_redirects=False,
                proxy=proxy,
                raise_for_status=False,
            )
            if is_patched:
                # The content of a replayed response may not be a stream of aiohttp's.
                data = await response.read()
                return response, data if len(data) <= self._max_size else None
            # From here on, each read has its time-out.
            wait.answered()
            content = response.content
            # The content of a response without a body has no size in aiohttp 3.11.
            size: int = getattr(content, "total_bytes", 0)
            is_sent = len(request.body or b"") <= PIECE
            if is_ours and is_sent and content.is_eof() and size <= self._max_size:
                # The body came with the head, and the connection is free already.
                return response, content.read_nowait()
            async with response:
                return response, await self._read(response, request.timeout)

    async def _read(
        self, response: aiohttp.ClientResponse, seconds: float | None
    ) -> bytes | None:
        """Return the body, None if it is too large."""
        pieces: list[bytes] = []
        size = 0
        while True:
            # aiohttp's own time-out stops at a chunk that it cannot parse.
            async with asyncio.timeout(seconds):
                piece = await response.content.readany()
            pieces.append(piece)
            size += len(piece)
            if not piece:
                return b"".join(pieces)
            if size > self._max_size:
                response.close()
                return None

    async def _start(self, loop: asyncio.AbstractEventLoop) -> _OpenSession:
        """Open a session for an event loop."""
        for other in list(self._sessions):
            # Closed by hand: it did not end its generators, which would remove it.
            # Another thread may do the same.
            if other.is_closed():
                self._sessions.pop(other, None)
        watch = Watch(loop)
        lifetime = self._lifetime(loop, watch)
        # There is no await before the session is stored, so no other call starts one.
        opened = _OpenSession(await anext(lifetime), watch, lifetime)
        self._sessions[loop] = opened
        return opened

    async def _lifetime(
        self, loop: asyncio.AbstractEventLoop, watch: Watch
    ) -> t.AsyncGenerator[aiohttp.ClientSession, None]:
        """Keep a session open until it is closed or the loop ends.

        An event loop that ends closes the async generators that were started in it.
        """
        connector = Connector(watch, limit=_POOL_SIZE, ssl=_trust(self._ca))
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=jar
        ) as session:
            # aiohttp would retry a request by itself, even if the policy does not.
            own: t.Any = session
            own._retry_connection = False  # noqa: SLF001 - there is no option for it
            try:
                yield session
            finally:
                self._sessions.pop(loop, None)
                await connector.abort()


def _require_asyncio() -> None:
    if not in_event_loop():
        message = (
            "AsyncCrisp needs an event loop of asyncio: call it in asyncio.run(); "
            "under trio, use Crisp in a thread (trio.to_thread.run_sync)"
        )
        raise RuntimeError(message)


def _trust(ca: str | None = None) -> ssl.SSLContext | bool:
    """Return what to trust: the CA bundle given, or the one that requests would use.

    True stands for the default certificates.
    """
    environ = os.environ
    bundle = ca or environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE")
    if not bundle:
        return True
    if pathlib.Path(bundle).is_dir():
        return ssl.create_default_context(capath=bundle)
    return ssl.create_default_context(cafile=bundle)


def _timeout(request: Request) -> aiohttp.ClientTimeout:
    total, each = request.deadline, request.timeout
    return aiohttp.ClientTimeout(total=total, sock_connect=each, sock_read=each)


@functools.lru_cache
def _connecting(seconds: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=seconds)


def _headers(given: t.Any) -> dict[str, str]:
    """Return the headers by their names in lower case, repeated ones joined."""
    headers = {name.lower(): value for name, value in given.items()}
    if len(headers) < len(given):
        headers = {name: ", ".join(given.getall(name)) for name in headers}
    return headers


def _is_compressed(response: aiohttp.ClientResponse) -> bool:
    """Return whether the response has a compressed body.

    If the body decompresses to nothing, it was cut off: the first bytes of gzip
    decompress to nothing, and aiohttp does not report that more are missing.
    """
    # Content of a mock, or of a response without a body, may not have the count.
    return "Content-Encoding" in response.headers and (
        "Transfer-Encoding" in response.headers
        or bool(getattr(response.content, "total_compressed_bytes", 0))
    )


def _translated(
    error: Exception, request: Request, seconds: float
) -> TransportError | InvalidResponseError:
    """Return our error for one of aiohttp or the socket, after so many seconds."""
    # aiohttp has no class of its own for too many or too long headers.
    if isinstance(error, aiohttp.ClientResponseError) and re.match(
        "Too many headers|Got more than", error.message
    ):
        message = "the head is too large"
        return malformed_error(Response(request, 0), "http_error", message)
    kind = ConnectionError if isinstance(error, _BROKEN) else TransportError
    if isinstance(error, asyncio.TimeoutError):
        kind = TimeoutError
    is_unsent = isinstance(error, (*_CONNECT_ERRORS, *_UNSENT_FAILURES))
    if kind is TimeoutError:
        deadline = request.deadline
        has_passed = deadline is not None and seconds >= deadline - _CLOCK_STEP
        text = no_response(request, is_unsent=is_unsent, has_passed=has_passed)
    else:
        text = describe(error, _WORDS, "the connection failed")
    message = f"{request.label}: {text}"
    return kind(message, request, sent=False if is_unsent else None)
