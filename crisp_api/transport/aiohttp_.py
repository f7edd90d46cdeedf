"""The awaited transport, on ``aiohttp`` (extra ``async``)."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
import os
import pathlib
import re
import ssl
import typing as t
import weakref

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
from crisp_api.transport.requests_ import environment_proxy

__all__ = ["AiohttpTransport", "ClientSession"]

ClientSession = aiohttp.ClientSession

_POOL: t.Final = 100
# Bytes of a body that a connection takes at once.
_SMALL: t.Final = 32_768
_NEVER: t.Final = float("inf")
_BROKEN = (
    OSError,
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    aiohttp.ClientResponseError,
)
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class _Held(t.NamedTuple):
    """A session, and for one of ours what ends its waits, and what closes it."""

    session: aiohttp.ClientSession
    watch: _Watch | None = None
    lifetime: t.AsyncGenerator[aiohttp.ClientSession, None] | None = None


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
        self._given = _Held(session) if session is not None else None
        self._max_size = max_size
        self._ca = ca
        self._held: dict[asyncio.AbstractEventLoop, _Held] = {}
        self._proxies: dict[str, str | None] = {}

    def refresh_proxies(self) -> None:
        """Ask the environment again which proxies to use.

        Which certificates to trust was asked when an event loop began to send.
        """
        self._proxies.clear()

    def _proxy(self, url: str) -> str | None:
        """Give the proxy for a host, the environment asked once."""
        host = url[: url.find("/", len("https://"))]
        if host not in self._proxies:
            self._proxies[host] = environment_proxy(host)
        return self._proxies[host]

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
            loop = asyncio.get_running_loop()
            held = self._given or self._held.get(loop) or await self._hold(loop)
            proxy = self._proxy(request.url)
            if proxy and not proxy.startswith("http"):
                # aiohttp would speak HTTP to it all the same.
                message = (
                    f"{request.method} {request.path}: the environment names a proxy "
                    "that is not http:// or https://; the awaited face knows no other"
                )
                raise TransportError(message, request, sent=False)
            # aiohttp keeps the time of what a proxy takes.
            wait = held.watch.over(request) if held.watch and not proxy else None
            with wait or contextlib.nullcontext():
                response = await held.session.request(
                    request.method,
                    # Encoded by us already, and not to be touched again.
                    yarl.URL(request.url, encoded=True),
                    headers=request.headers,
                    # As a file, which aiohttp sends piece by piece.
                    data=request.body and io.BytesIO(request.body),
                    timeout=_connecting(request.timeout) if wait else _timeout(request),
                    allow_redirects=False,
                    proxy=proxy,
                    raise_for_status=False,
                )
                content = response.content
                # That of an answer without body has no size in aiohttp 3.11.
                size: int = getattr(content, "total_bytes", 0)
                if wait and content.is_eof() and size <= self._max_size:
                    # All of it came with the head; the connection is free again.
                    body: bytes | None = content.read_nowait()
                else:
                    if wait:
                        wait.since = None
                    async with response:
                        body = await self._read(response, request.timeout)
            headers = _headers(response.headers)
            answer = Response(request, response.status, body or b"", headers)
            if body is not None:
                return answer
            message = f"an answer of more than {self._max_size} bytes"
            failure = malformed_error(answer, "http_error", message)
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
        if held and held.lifetime:
            await held.lifetime.aclose()

    async def _hold(self, loop: asyncio.AbstractEventLoop) -> _Held:
        """Open a session for an event loop."""
        for other in [one for one in self._held if one.is_closed()]:
            # Closed by force, its generators not ended.
            del self._held[other]
        watch = _Watch(loop)
        lifetime = self._lifetime(loop, watch)
        # What makes it waits for nothing, so no other call comes between.
        held = self._held[loop] = _Held(await anext(lifetime), watch, lifetime)
        return held

    async def _lifetime(
        self, loop: asyncio.AbstractEventLoop, watch: _Watch
    ) -> t.AsyncGenerator[aiohttp.ClientSession, None]:
        """Hold a session open; a loop ends the generators that began in it."""
        connector = _Connector(watch, limit=_POOL, ssl=_trust(self._ca))
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
                self._held.pop(loop, None)
                await connector.abort()


class _Wait:
    """A call that waits: for a connection, then for the head of its answer.

    Attributes:
        since: when it had a connection; None before, and once the head is there.
        is_sent: whether it had one.
    """

    def __init__(self, watch: _Watch, end: float, each: float) -> None:
        self.since: float | None = None
        self._watch = watch
        self._end = end
        self._each = each
        self.is_sent = False
        self._is_late = False
        task: t.Any = asyncio.current_task()
        self._task = task
        self._others: int = task.cancelling()

    def __enter__(self) -> None:
        self._watch.waits[self._task] = self

    def __exit__(self, kind: object, *error: object) -> None:
        del self._watch.waits[self._task]
        # Somebody else may have cancelled it, too.
        is_ours = self._is_late and self._task.uncancel() <= self._others
        if is_ours and kind is asyncio.CancelledError:
            if self.is_sent:
                message = "no answer in time"
                raise aiohttp.SocketTimeoutError(message)
            message = "no connection in time"
            raise aiohttp.ConnectionTimeoutError(message)

    def until(self) -> float:
        """Tell when it will have waited for too long."""
        if self._is_late:
            return _NEVER
        return min(self._end, _NEVER if self.since is None else self.since + self._each)

    def cancel(self) -> None:
        """End it."""
        self._is_late = True
        self._task.cancel()


class _Watch:
    """Ends the calls of an event loop that wait for too long, by one timer for all.

    Those of aiohttp, for each call and each read, cost more than all else that is
    done here.

    Attributes:
        waits: the calls, by their tasks.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.waits: dict[asyncio.Task[t.Any] | None, _Wait] = {}
        self._loop = loop
        self._next = _NEVER
        self._timer: asyncio.TimerHandle | None = None

    def over(self, request: Request) -> _Wait | None:
        """Watch a call of this task, unless to send it may take a while."""
        if request.body and len(request.body) > _SMALL:
            return None
        end = _NEVER
        if request.deadline is not None:
            end = self._loop.time() + request.deadline
            if end < self._next:
                self._look_by(end)
        return _Wait(self, end, _NEVER if request.timeout is None else request.timeout)

    def connected(self) -> None:
        """Take note that the call of this task has a connection."""
        if wait := self.waits.get(asyncio.current_task()):
            wait.since, wait.is_sent = self._loop.time(), True
            if (until := wait.until()) < self._next:
                self._look_by(until)

    def _look_by(self, moment: float) -> None:
        """Look by then, which is sooner than was meant."""
        if self._timer:
            self._timer.cancel()
        self._next = moment
        self._timer = self._loop.call_at(moment, self._look)

    def _look(self) -> None:
        """End those that have waited for too long."""
        now = self._loop.time()
        for wait in self.waits.values():
            if wait.until() <= now:
                wait.cancel()
        self._next, self._timer = _NEVER, None
        soonest = min(map(_Wait.until, self.waits.values()), default=_NEVER)
        if soonest < _NEVER:
            self._look_by(soonest)


class _Connector(aiohttp.TCPConnector):
    """Makes an end of connections that were given up, or on which something came.

    One that still has something to send, or to say goodbye over TLS, would wait for
    its peer, and outlive its loop. On one that was idle, what came would be taken for
    the next answer.
    """

    def __init__(self, watch: _Watch, **options: t.Any) -> None:
        t.cast("t.Any", super()).__init__(**options)
        self._watch = watch
        self._opened = weakref.WeakSet[asyncio.Transport]()

    async def connect(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        connection: t.Any = await super().connect(*args, **kwargs)
        while connection.protocol.should_close:
            connection.close()
            connection = await super().connect(*args, **kwargs)
        self._watch.connected()
        return connection

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


def _timeout(request: Request) -> aiohttp.ClientTimeout:
    total, each = request.deadline, request.timeout
    return aiohttp.ClientTimeout(total=total, sock_connect=each, sock_read=each)


@functools.lru_cache
def _connecting(seconds: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=seconds)


def _headers(given: t.Any) -> dict[str, str]:
    """Give the headers by their names in lower case, those given twice in one."""
    headers = {name.lower(): value for name, value in given.items()}
    if len(headers) < len(given):
        headers = {name: ", ".join(given.getall(name)) for name in headers}
    return headers


def _translated(
    error: Exception, request: Request
) -> TransportError | InvalidResponseError:
    """Say in our words what kept the answer away."""
    # Too many headers, or too long: told from other faults by these words alone.
    if isinstance(error, aiohttp.ClientResponseError) and re.match(
        "Too many headers|Got more than", error.message
    ):
        message = f"a head that is too large: {error.message}"
        return malformed_error(Response(request, 0), "http_error", message)
    kind = ConnectionError if isinstance(error, _BROKEN) else TransportError
    if isinstance(error, asyncio.TimeoutError):
        kind = TimeoutError
    sent = False if isinstance(error, _NEVER_SENT) else None
    message = f"{request.method} {request.path}: {str(error) or type(error).__name__}"
    return kind(message, request, sent=sent)
