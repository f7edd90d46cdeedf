"""The awaited transport, on ``aiohttp`` (extra ``async``)."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pathlib
import re
import ssl
import typing as t
import urllib.parse
import urllib.request
import weakref

import aiohttp
import yarl

from crisp_api.errors import (
    ConnectionError,
    InvalidResponseError,
    TimeoutError,
    TransportError,
    foreign_error,
)
from crisp_api.messages import MAX_SIZE, Request, Response

__all__ = ["AiohttpTransport", "ClientSession"]

ClientSession = aiohttp.ClientSession

_POOL: t.Final = 100
_BROKEN = (
    OSError,
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    aiohttp.ClientResponseError,
)
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class _Held(t.NamedTuple):
    """A session, and the generator that closes it."""

    session: aiohttp.ClientSession
    lifetime: t.AsyncGenerator[aiohttp.ClientSession, None]


class AiohttpTransport:
    """Sends through one ``aiohttp.ClientSession`` for each event loop.

    A session is closed with its loop, so one transport serves several
    ``asyncio.run`` calls in turn.

    Args:
        session: your own; it stays yours, and open. Without one, the transport
            makes and closes its own.
        max_size: how many bytes an answer may have, decompressed.
        ca: the path of certificates to trust in place of the usual ones.

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
                "the session has trust_env, which would read ~/.netrc; leave it out, "
                "the proxies of the environment are heeded without it"
            )
            raise ValueError(message)
        self._given = session
        self._max_size = max_size
        self._ca = ca
        self._held: dict[asyncio.AbstractEventLoop, _Held] = {}

    async def send(self, request: Request, /) -> Response:
        """Send one request and read the answer to its end.

        Raises:
            TimeoutError: no connection, or no answer, in time.
            ConnectionError: refused, reset, cut off.
            TransportError: anything else that kept the answer away.
            InvalidResponseError: the answer is larger than ``max_size``.
        """
        if request.deadline is not None and request.deadline <= 0:
            # aiohttp would take it for no deadline at all.
            message = f"{request.method} {request.path}: no time is left to send"
            raise TimeoutError(message, request, sent=False)
        failure: TransportError | InvalidResponseError
        try:
            session = self._given or await self._session()
            async with session.request(
                request.method,
                # Encoded by us already, and not to be touched again.
                yarl.URL(request.url, encoded=True),
                headers=request.headers,
                # As a file, which aiohttp sends piece by piece.
                data=request.body and io.BytesIO(request.body),
                timeout=aiohttp.ClientTimeout(
                    total=request.deadline,
                    sock_connect=request.timeout,
                    sock_read=request.timeout,
                ),
                allow_redirects=False,
                proxy=_proxy(request.url),
                raise_for_status=False,
            ) as response:
                body = await self._read(response, request.timeout)
                headers = {
                    name.lower(): ", ".join(response.headers.getall(name))
                    for name in response.headers
                }
                answer = Response(request, response.status, body or b"", headers)
                if body is not None:
                    return answer
            message = f"an answer of more than {self._max_size} bytes"
            failure = foreign_error(answer, "http_error", message)
        except (aiohttp.ClientError, OSError) as error:
            failure = _translated(error, request)
        # Raised out here: what was caught holds the credentials of its request.
        raise failure

    async def _read(
        self, response: aiohttp.ClientResponse, seconds: float | None
    ) -> bytes | None:
        """Read the body, None where it is too large."""
        pieces: list[bytes] = []
        size = 0
        while True:
            # aiohttp's own time-out ends with a chunk that it cannot read.
            async with asyncio.timeout(seconds):
                piece = await response.content.readany()
            pieces.append(piece)
            size += len(piece)
            if not piece:
                return b"".join(pieces)
            if size > self._max_size:
                response.close()
                return None

    async def close(self) -> None:
        """Close the connections that this event loop holds."""
        held = self._held.get(asyncio.get_running_loop())
        if held:
            await held.lifetime.aclose()

    async def _session(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if loop not in self._held:
            lifetime = self._lifetime(loop)
            self._held[loop] = _Held(await anext(lifetime), lifetime)
        return self._held[loop].session

    async def _lifetime(
        self, loop: asyncio.AbstractEventLoop
    ) -> t.AsyncGenerator[aiohttp.ClientSession, None]:
        """Hold a session open; a loop ends the generators that began in it."""
        connector = _Connector(limit=_POOL, ssl=_trust(self._ca))
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=jar
        ) as session:
            # It would send a request again by itself, where a policy of ours says no.
            own: t.Any = session
            own._retry_connection = False  # noqa: SLF001 - no other way is given
            try:
                yield session
            finally:
                del self._held[loop]
                await connector.abort()


class _Connector(aiohttp.TCPConnector):
    """Makes an end of connections that were given up.

    One that still has something to send, or to say goodbye over TLS, would wait for
    its peer, and outlive its loop.
    """

    def __init__(self, **options: t.Any) -> None:
        t.cast("t.Any", super()).__init__(**options)
        self._opened = weakref.WeakSet[asyncio.Transport]()

    async def _create_connection(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        protocol: t.Any = await super()._create_connection(*args, **kwargs)
        self._opened.add(protocol.transport)
        return protocol

    async def abort(self) -> None:
        """Close all connections, whatever they still have to say."""
        for transport in list(self._opened):
            # Python 3.11.2 trips over one over TLS that is gone already.
            with contextlib.suppress(AttributeError):
                transport.abort()
        # They are closed in the next turn of the loop, those over TLS in the one after.
        await asyncio.sleep(0)
        await asyncio.sleep(0)


def _trust(ca: str | None = None) -> ssl.SSLContext | bool:
    """Trust the CA bundle that is given, or that the environment names, as requests."""
    environ = os.environ
    bundle = ca or environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE")
    if not bundle:
        return True
    if pathlib.Path(bundle).is_dir():
        return ssl.create_default_context(capath=bundle)
    return ssl.create_default_context(cafile=bundle)


def _proxy(url: str) -> str | None:
    """Give the proxy that the environment names for a URL.

    aiohttp's own ``trust_env`` would also read ``~/.netrc``.
    """
    parts = urllib.parse.urlsplit(url)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if proxy and not urllib.request.proxy_bypass(parts.netloc) else None


def _translated(
    error: Exception, request: Request
) -> TransportError | InvalidResponseError:
    """Say in our words what kept the answer away."""
    # Too many headers, or too long: told from other faults by these words alone.
    if isinstance(error, aiohttp.ClientResponseError) and re.match(
        "Too many headers|Got more than", error.message
    ):
        message = f"a head that is too large: {error.message}"
        return foreign_error(Response(request, 0), "http_error", message)
    kind = ConnectionError if isinstance(error, _BROKEN) else TransportError
    if isinstance(error, asyncio.TimeoutError):
        kind = TimeoutError
    sent = False if isinstance(error, _NEVER_SENT) else None
    message = f"{request.method} {request.path}: {error or type(error).__name__}"
    return kind(message, request, sent=sent)
