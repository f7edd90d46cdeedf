"""A real Socket.IO server with the REST calls that lead to it, on 127.0.0.1."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import threading
import typing as t

import socketio
import trustme
from aiohttp import web

__all__ = ["KEY", "MESSAGE", "Ping", "Relay", "relay"]

KEY = "the key of the token"
MESSAGE = {"website_id": "w", "session_id": "s", "type": "text", "from": "user"}


class Ping(t.NamedTuple):
    """How often the server pings, and how long it waits for the answer, in seconds."""

    interval: float
    timeout: float


class Relay:
    """Notes the messages of clients, and disturbs their connections.

    Attributes:
        url: the base URL of the API.
        authentications: the payloads of ``authentication``.
        binds: the names and payloads of later ``socket:bind`` messages.
        discoveries: the paths of the requests for an endpoint.
        endpoints: the answer to such a request; by default, this server.
        status: the status of such a request.
        answers: whether tokens are answered at all.
        stored: the data of other requests, by path and query; by default, a list
            without items.
    """

    def __init__(self, scheme: str, options: dict[str, t.Any]) -> None:
        self.authentications: list[dict[str, t.Any]] = []
        self.binds: list[tuple[str, t.Any]] = []
        self.discoveries: list[str] = []
        self.changed_websites: list[dict[str, str]] = []
        self.websites_status = 200
        self.asked_for_websites = self.opened = 0
        self.endpoints: dict[str, t.Any] | None = None
        self.status = 200
        self.headers: dict[str, str] = {}
        self.answers = True
        self.stored: dict[str, t.Any] = {}
        self.url = ""
        self.socket_url = ""
        self._scheme = scheme
        self._loop = asyncio.new_event_loop()
        self._server = socketio.AsyncServer(async_mode="aiohttp", **options)
        self._arrived = threading.Condition()
        self._connections: t.Callable[[], list[t.Any]] = list

    # --- for tests ---------------------------------------------------

    def emit(self, name: str, *payloads: t.Any) -> None:
        """Send an event for each payload to all that are connected."""
        self._call(self._emit(name, payloads))

    def ask(self, name: str, payload: t.Any) -> object:
        """Send an event to a client, and return its acknowledgement."""
        (sid,) = self._sids()
        return self._call(self._server.call(name, payload, to=sid))

    def send_raw(self, text: str) -> None:
        """Send a text as a message of Engine.IO."""
        (sid,) = self._sids()
        place = self._server.manager.eio_sid_from_sid(sid, "/")
        self._call(self._server.eio.send(place, text))

    def say(self, *fingerprints: int) -> None:
        """Send a message for each fingerprint."""
        self.emit(
            "message:send",
            *({**MESSAGE, "fingerprint": n, "timestamp": n} for n in fingerprints),
        )

    def flood(self, count: int, payload: dict[str, t.Any]) -> None:
        """Send so many messages, with the fingerprints from 1."""
        messages = ({**payload, "fingerprint": n} for n in range(1, count + 1))
        self.emit("message:send", *messages)

    def disconnect_all(self) -> None:
        """End all connections, as a server that restarts does."""
        self._call(self._disconnect_all())

    def cut_all(self) -> None:
        """Cut all connections, without a word."""
        self._call(self._cut_all())

    @contextlib.contextmanager
    def silence(self) -> t.Iterator[None]:
        """Stop the server; its connections stay open."""
        resume = threading.Event()
        self._loop.call_soon_threadsafe(resume.wait)
        try:
            yield
        finally:
            resume.set()

    def wait_for(self, condition: t.Callable[[], object]) -> None:
        """Wait until a message of a client has made the condition true."""
        # In turns: not every change is notified.
        for _ in range(1200):
            with self._arrived:
                if self._arrived.wait_for(condition, 0.05):
                    return
        message = "it did not arrive"
        raise AssertionError(message)

    @property
    def connected(self) -> int:
        """How many clients are connected, and have had their token accepted."""
        rooms = self._server.manager.rooms.get("/", {})
        return len(rooms.get("authenticated", ()))

    # --- the server ----------------------------------------------------------

    async def start(self, context: ssl.SSLContext | None) -> web.AppRunner:
        app = web.Application()
        self._server.attach(app, socketio_path="w/b1")
        self._server.on("authentication", self._authenticate)
        self._server.on("disconnect", self._note)
        for name in ("socket:bind", "socket:bind:push", "socket:bind:pop"):
            self._server.on(name, self._binder(name))
        router = app.router
        router.add_get("/v1/plugin/connect/endpoints", self._discover)
        router.add_get("/v1/website/w/connect/endpoints", self._discover)
        router.add_get("/v1/user/connect/endpoints", self._discover)
        router.add_get("/v1/plugin/connect/websites/since", self._list_websites)
        router.add_get("/{what:closing|mute}/", self._open_only)
        router.add_get("/{path:.*}", self._look_up)
        runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        assert runner.server
        server = runner.server
        self._connections = lambda: server.connections
        port = runner.addresses[0][1]
        self.url = f"{self._scheme}://127.0.0.1:{port}/v1/"
        socket_scheme = self._scheme.replace("http", "ws")
        self.socket_url = f"{socket_scheme}://127.0.0.1:{port}/w/b1/"
        return runner

    def serve(self, context: ssl.SSLContext | None, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self.start(context))
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._cut_all())
        self._loop.run_until_complete(runner.cleanup())
        rest = asyncio.all_tasks(self._loop)
        for task in rest:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
        self._loop.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _authenticate(self, sid: str, payload: dict[str, t.Any]) -> None:
        self.authentications.append(payload)
        if self.answers and payload["password"] == KEY:
            await self._server.enter_room(sid, "authenticated")
            await self._server.emit("authenticated", data=True, to=sid)
        elif self.answers:
            await self._server.emit("unauthorized", {"message": "no"}, to=sid)
            await self._server.disconnect(sid)
        self._note()

    def _binder(self, name: str) -> t.Callable[..., t.Awaitable[None]]:
        async def bind(_: str, payload: t.Any) -> None:
            self.binds.append((name, payload))
            self._note()

        return bind

    async def _discover(self, request: web.Request) -> web.Response:
        self.discoveries.append(request.path)
        app = {"socket": {"app": self.socket_url}}
        data = {"error": False, "reason": "resolved", "data": self.endpoints or app}
        if self.status >= 400:
            data = {"error": True, "reason": "failed", "data": {}}
        self._note()
        return web.json_response(data, status=self.status, headers=self.headers)

    async def _list_websites(self, _: web.Request) -> web.Response:
        self.asked_for_websites += 1
        data = self.changed_websites
        answer = {"error": False, "reason": "listed", "data": data}
        return web.json_response(answer, status=self.websites_status)

    async def _open_only(self, request: web.Request) -> web.WebSocketResponse:
        """Open a connection that the client cannot join; close it, or say no more."""
        self.opened += 1
        opened = {"sid": "s", "upgrades": [], "pingInterval": 1e6, "pingTimeout": 1e6}
        response = web.WebSocketResponse()
        await response.prepare(request)
        await response.send_str(f"0{json.dumps(opened)}")
        if request.match_info["what"] == "mute":
            await response.receive()
            await response.receive()
        await response.close()
        return response

    async def _look_up(self, request: web.Request) -> web.Response:
        data = self.stored.get(request.path_qs, [])
        return web.json_response({"error": False, "reason": "listed", "data": data})

    def _note(self, *_: object) -> None:
        with self._arrived:
            self._arrived.notify_all()

    def _sids(self) -> list[str]:
        rooms = self._server.manager.rooms.get("/", {})
        return list(rooms.get(None, {}))

    async def _emit(self, name: str, payloads: t.Iterable[t.Any]) -> None:
        for payload in payloads:
            await self._server.emit(name, payload, room="authenticated")

    async def _disconnect_all(self) -> None:
        for sid in self._sids():
            await self._server.disconnect(sid)

    async def _cut_all(self) -> None:
        for connection in self._connections():
            # It has none while it is being closed.
            if connection.transport:
                connection.transport.abort()

    def _call(self, coroutine: t.Coroutine[t.Any, t.Any, t.Any]) -> t.Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(600)


@contextlib.contextmanager
def relay(
    certificate: trustme.LeafCert | None = None, ping: Ping | None = None
) -> t.Iterator[Relay]:
    """Serve while the block runs; over TLS with a certificate.

    Args:
        certificate: of the server.
        ping: when to ping; by default, as Socket.IO does.
    """
    options = {}
    if ping:
        options = {"ping_interval": ping.interval, "ping_timeout": ping.timeout}
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
    made = Relay("https" if certificate else "http", options)
    started = threading.Event()
    thread = threading.Thread(target=made.serve, args=(context, started))
    thread.start()
    assert started.wait(60)
    try:
        yield made
    finally:
        made.stop()
        thread.join()
