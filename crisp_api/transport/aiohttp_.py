"""The awaited transport, on ``aiohttp`` (extra ``async``)."""

from __future__ import annotations

import asyncio
import os
import pathlib
import ssl
import typing as t
import urllib.parse
import urllib.request

import aiohttp
import yarl

from crisp_api.errors import ConnectionError, TimeoutError, TransportError
from crisp_api.messages import Request, Response

__all__ = ["AiohttpTransport", "ClientSession"]

ClientSession = aiohttp.ClientSession

_POOL: t.Final = 100
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

    Raises:
        ValueError: the session would read ``~/.netrc``.
    """

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        if session is not None and session.trust_env:
            message = (
                "the session has trust_env, which would read ~/.netrc; leave it out, "
                "the proxies of the environment are heeded without it"
            )
            raise ValueError(message)
        self._given = session
        self._held: dict[asyncio.AbstractEventLoop, _Held] = {}

    async def send(self, request: Request, /) -> Response:
        """Send one request and read the answer to its end.

        Raises:
            TimeoutError: no connection, or no answer, in time.
            ConnectionError: refused, reset, cut off.
            TransportError: anything else that kept the answer away.
        """
        try:
            session = self._given or await self._session()
            async with session.request(
                request.method,
                # Encoded by us already, and not to be touched again.
                yarl.URL(request.url, encoded=True),
                headers=request.headers,
                data=request.body,
                timeout=aiohttp.ClientTimeout(
                    sock_connect=request.timeout, sock_read=request.timeout
                ),
                allow_redirects=False,
                proxy=_proxy(request.url),
                raise_for_status=False,
            ) as response:
                body = await response.read()
                headers = {
                    name.lower(): ", ".join(response.headers.getall(name))
                    for name in response.headers
                }
                return Response(request, response.status, body, headers)
        except (aiohttp.ClientError, OSError) as error:
            failure = _translated(error, request)
        # Raised out here: what was caught holds the credentials of its request.
        raise failure

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
        connector = aiohttp.TCPConnector(limit=_POOL, ssl=_trust())
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=jar
        ) as session:
            try:
                yield session
            finally:
                del self._held[loop]


def _trust() -> ssl.SSLContext | bool:
    """Trust the CA bundle that the environment names, as requests does."""
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
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


def _translated(error: Exception, request: Request) -> TransportError:
    """Say in our words what kept the answer away."""
    kind = TransportError
    if isinstance(error, asyncio.TimeoutError):
        kind = TimeoutError
    elif isinstance(
        error, OSError | aiohttp.ClientConnectionError | aiohttp.ClientPayloadError
    ):
        kind = ConnectionError
    sent = False if isinstance(error, _NEVER_SENT) else None
    message = f"{request.method} {request.path}: {error or type(error).__name__}"
    return kind(message, request, sent=sent)
