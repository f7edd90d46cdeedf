"""A real-time connection whose frames are read by a task."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import typing as t

import aiohttp
import engineio
import socketio
from engineio.packet import MESSAGE
from socketio.exceptions import SocketIOError

from crisp_api.http import MAX_SIZE
from crisp_api.realtime._links import (
    CLOSING,
    IDLE,
    OPTIONS,
    Answer,
    forget,
    link_error,
    rooted,
)
from crisp_api.realtime._plan import Hello
from crisp_api.transport._watch import AbortableConnector
from crisp_api.transport.aiohttp_ import AiohttpTransport

__all__ = ["AsyncLink"]

log = logging.getLogger("crisp_api")

_Timeout: t.Any = aiohttp.ClientWSTimeout

if t.TYPE_CHECKING:

    class _EngineBase:
        """A typed placeholder for python-engineio's client."""

        handlers: t.Mapping[str, t.Callable[..., t.Awaitable[None]]]

        async def _receive_packet(self, pkt: t.Any) -> None: ...
        def _get_engineio_url(self, *args: t.Any) -> str: ...

    class _SocketBase:
        """A typed placeholder for python-socketio's client."""

        def __init__(self, **options: t.Any) -> None: ...
        async def _handle_event(self, space: str, ack: object, data: t.Any) -> None: ...
        async def _handle_eio_disconnect(self, reason: str) -> None: ...

else:
    _EngineBase = engineio.AsyncClient
    _SocketBase = socketio.AsyncClient


class _Engine(_EngineBase):
    """Handles each frame before it reads the next one."""

    heard_at = handled_at = 0.0

    async def _receive_packet(self, pkt: t.Any) -> None:
        now = time.time()
        # A frame that was there already may have been sent long before.
        if now - self.handled_at > IDLE:
            self.heard_at = now
        if pkt.packet_type == MESSAGE:
            try:
                await self.handlers["message"](pkt.data)
            except Exception as error:  # noqa: BLE001 - the connection goes on
                log.debug("real-time: a frame was not handled: %r", error)
        else:
            await super()._receive_packet(pkt)
        self.handled_at = time.time()

    def _get_engineio_url(self, *args: t.Any) -> str:
        return rooted(super()._get_engineio_url(*args))


class _Socket(_SocketBase):
    """Passes events on, and reports its end, also before it has joined the namespace.

    Args:
        receive: called with the name and the arguments of each event.
        on_end: called when the connection has ended.
        options: of python-socketio.
    """

    def __init__(
        self,
        receive: t.Callable[..., t.Any],
        on_end: t.Callable[[], object],
        **options: t.Any,
    ) -> None:
        self._receive = receive
        self.on_end = on_end
        super().__init__(**options)

    async def _handle_event(self, space: str, ack: object, data: t.Any) -> None:
        await self._receive(*data)
        if ack is not None:
            # Without a handler, it only answers.
            await super()._handle_event(space, ack, data)

    def _engineio_client_class(self) -> type[t.Any]:
        return _Engine

    async def _handle_eio_disconnect(self, reason: str) -> None:
        await super()._handle_eio_disconnect(reason)
        self.on_end()


class AsyncLink:
    """A connection whose frames are read by a task; see `SyncLink`."""

    _socket: t.Any
    _hello: Hello
    _session: aiohttp.ClientSession

    def __init__(
        self,
        on_event: t.Callable[[str, t.Any], t.Awaitable[object]],
        on_end: t.Callable[[], object],
        transport: AiohttpTransport,
    ) -> None:
        self._on_event = on_event
        self._on_end = on_end
        self._transport = transport
        self._answer = Answer()
        self._joined = asyncio.Event()
        self._answered = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether the connection is open, as far as this side knows."""
        client = self._socket
        return bool(client.connected) and client.eio.state == "connected"

    @property
    def heard_at(self) -> float:
        """When the server was last waited for and heard, in seconds since 1970."""
        return float(self._socket.eio.heard_at)

    async def open(self, hello: Hello) -> None:
        """Connect, and send the token; see `SyncLink.open`."""
        self._hello, endpoint = hello, hello.endpoint
        self._session = session = self._transport.new_session(_refuse_redirects())
        options: dict[str, t.Any] = {
            "timeout": _Timeout(ws_close=CLOSING),
            # A message may be as large as any response of the API.
            "max_msg_size": MAX_SIZE,
        }
        client: t.Any = _Socket(
            self._receive,
            self._end,
            **OPTIONS,
            http_session=session,
            websocket_extra_options=options,
        )
        self._socket = client
        client.on("connect", self._join)
        client.on("connect_error", self._end)
        failure = None
        try:
            options["proxy"] = self._transport.proxy_to(f"{endpoint.origin}/")
            async with asyncio.timeout(hello.timeout):
                await client.connect(
                    endpoint.url,
                    transports=["websocket"],
                    namespaces=["/"],
                    socketio_path=endpoint.path,
                    # Its own wait would not notice that the connection has ended.
                    wait=False,
                )
                await self._joined.wait()
            await self.send("authentication", hello.payload)
        except Exception as error:  # noqa: BLE001 - of three libraries
            failure = link_error(error, endpoint)
        if failure:
            # Not raised in the handler: the original error would show the token.
            raise failure
        with contextlib.suppress(asyncio.TimeoutError):
            async with asyncio.timeout(hello.timeout):
                await self._answered.wait()
        self._answer.check(hello)

    def check(self) -> None:
        """Raise the error if the token was refused after it had been accepted."""
        self._answer.check(self._hello)

    async def send(self, name: str, payload: object) -> None:
        """Send a message; if the connection has ended, it is lost."""
        with contextlib.suppress(SocketIOError):
            await self._socket.emit(name, payload)

    async def close(self) -> None:
        """End the connection at once."""
        engine = self._socket.eio
        if engine.ws:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await engine.ws.close()
        # Its web socket is not closed with it, and over TLS it would outlive this.
        connector = self._session.connector
        await self._session.close()
        if isinstance(connector, AbortableConnector):
            await connector.abort()
        loops: list[asyncio.Task[None] | None]
        loops = [engine.read_loop_task, engine.write_loop_task]
        tasks = [task for task in loops if task]
        for task in tasks:
            task.cancel()
        if tasks:
            # It does not raise what a task has raised, or that it was cancelled.
            await asyncio.wait(tasks, timeout=CLOSING)
        forget(engine)

    async def _receive(self, name: str, *args: t.Any) -> None:
        payload = args[0] if args else None
        is_answer = self._answer.note(name, payload)
        await self._on_event(name, payload)
        if is_answer:
            self._answered.set()
            self._on_end()

    async def _join(self) -> None:
        self._joined.set()

    def _end(self, *_: object) -> None:
        self._answer.has_ended = True
        self._joined.set()
        self._answered.set()
        self._on_end()


def _refuse_redirects() -> aiohttp.TraceConfig:
    """Return a trace that fails a request which is redirected.

    A redirect would take the token to another host, and a web socket has no option
    for it.
    """

    async def refuse(_: object, __: object, redirect: t.Any) -> None:
        redirect.response.close()
        message = "redirected"
        raise aiohttp.ClientConnectionError(message)

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(refuse)
    return trace
