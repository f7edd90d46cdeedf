"""The real-time server of a sandbox."""

from __future__ import annotations

import asyncio
import typing as t
import urllib.parse

import socketio
from aiohttp import web

from crisp_api.sandbox.refusals import Refusal
from crisp_api.sandbox.tokens import may_hear

if t.TYPE_CHECKING:
    from crisp_api.events import Event
    from crisp_api.sandbox.engine import Engine
    from crisp_api.sandbox.feed import Subscription
    from crisp_api.sandbox.tokens import Token

__all__ = ["Realtime"]

_PATH: t.Final = "realtime"
# Seconds that a client has to send its token.
_PATIENCE: t.Final = 10.0


class Listener:
    """A client that has sent its token.

    Attributes:
        token: its token.
        websites: those whose events it receives, None for all.
        subscription: the events for it.
        task: sends them.
    """

    subscription: Subscription
    task: asyncio.Task[None]

    def __init__(self, token: Token, websites: set[str] | None) -> None:
        self.token = token
        self.websites = websites

    def may_hear(self, event: Event[t.Any]) -> bool:
        """Return whether the token allows an event; otherwise Crisp sends nothing."""
        websites = self.websites
        is_here = websites is None or event.website_id in {"", *websites}
        return is_here and may_hear(self.token, event)


class Realtime:
    """A Socket.IO server that sends the events of a sandbox.

    Args:
        engine: what has the events.
        application: the HTTP server.
    """

    def __init__(self, engine: Engine, application: web.Application) -> None:
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._listeners: dict[str, Listener] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._server: t.Any = socketio.AsyncServer(
            async_mode="aiohttp",
            async_handlers=False,  # one message after the other
            cors_allowed_origins=None,
            transports=["websocket"],
        )
        self._server.attach(application, socketio_path=_PATH)
        self._server.on("connect", self._connect)
        self._server.on("authentication", self._authenticate)
        self._server.on("disconnect", self._leave)
        for name, change in (
            ("socket:bind", self._bind),
            ("socket:bind:push", self._push),
            ("socket:bind:pop", self._pop),
        ):
            self._server.on(name, change)
        engine.feed.breakers.append(self._break)

    async def close(self) -> None:
        """End all connections."""
        self._engine.feed.breakers.remove(self._break)
        await self._end_all()
        await self._server.shutdown()

    def _break(self) -> None:
        """End all connections, from any thread; wait until they are."""
        ending = asyncio.run_coroutine_threadsafe(self._end_all(), self._loop)
        ending.result()

    async def _end_all(self) -> None:
        rooms = self._server.manager.rooms.get("/", {})
        for sid in list(rooms.get(None, {})):
            await self._server.disconnect(sid)
            self._forget(sid)

    # --- a connection

    async def _connect(self, sid: str, environ: dict[str, t.Any], *_: t.Any) -> bool:
        query = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""))
        server = query.get("server", [""])[0]
        number = str(self._engine.state.server)
        if self._engine.feed.is_lost or server not in {"", number}:
            return False
        kick = self._loop.create_task
        self._timers[sid] = self._loop.call_later(
            _PATIENCE, lambda: kick(self._server.disconnect(sid))
        )
        return True

    async def _authenticate(self, sid: str, payload: t.Any = None) -> None:
        try:
            hello = _hello(payload)
            found = self._engine.tokens.known(*hello.token)
        except Refusal as refusal:
            reason = {"message": refusal.message or refusal.reason}
            await self._server.emit("unauthorized", reason, to=sid)
            await self._server.disconnect(sid)
            return
        self._forget(sid)
        listener = Listener(found, self._engine.websites_of(found))
        listener.subscription = self._engine.feed.subscribe(
            hello.names, hello.rooms, hello.inboxes, listener.may_hear
        )
        self._listeners[sid] = listener
        await self._server.emit("authenticated", data=True, to=sid)
        listener.task = self._loop.create_task(self._send(sid, listener))

    async def _send(self, sid: str, listener: Listener) -> None:
        async for event in listener.subscription:
            await self._server.emit(event.name, event.data, to=sid)

    def _leave(self, sid: str, *_: t.Any) -> None:
        self._forget(sid)

    def _forget(self, sid: str) -> None:
        if timer := self._timers.pop(sid, None):
            timer.cancel()
        if listener := self._listeners.pop(sid, None):
            listener.subscription.close()

    # --- other events

    def _bind(self, sid: str, payload: t.Any = None) -> None:
        if listener := self._listeners.get(sid):
            listener.websites = self._engine.websites_of(listener.token)
            if names := _names(payload):
                listener.subscription.names = names

    def _push(self, sid: str, payload: t.Any = None) -> None:
        if listener := self._listeners.get(sid):
            listener.subscription.names |= _names(payload)

    def _pop(self, sid: str, payload: t.Any = None) -> None:
        if listener := self._listeners.get(sid):
            listener.subscription.names -= _names(payload)


def _names(payload: t.Any) -> set[str]:
    """Return the events in the message of a client; none if it names none."""
    return set(_list(payload, "events") or ())


def _list(payload: t.Any, name: str) -> list[str] | None:
    """Return a list of text in the message of a client; None if it is none."""
    fields = t.cast("dict[str, t.Any]", payload if isinstance(payload, dict) else {})
    value = fields.get(name)
    if isinstance(value, list):
        items = t.cast("list[object]", value)
        texts = [one for one in items if isinstance(one, str)]
        return texts if len(texts) == len(items) else None
    return None if value else []


class _Hello(t.NamedTuple):
    """The message of a client that says who it is, and what it wants to hear."""

    token: tuple[str, str, str]
    names: set[str]
    rooms: list[str]
    inboxes: list[str]


def _hello(payload: t.Any) -> _Hello:
    """Read an ``authentication``.

    Raises:
        Refusal: it is none.
    """
    if isinstance(payload, dict):
        fields = t.cast("dict[str, t.Any]", payload)
        names = ("username", "password", "tier")
        token: t.Any = tuple(fields.get(name) for name in names)
        rooms, inboxes = _list(fields, "rooms"), _list(fields, "inboxes")
        is_token = all(isinstance(one, str) for one in token)
        if is_token and rooms is not None and inboxes is not None:
            return _Hello(token, _names(fields), rooms, inboxes)
    raise Refusal(401, "invalid_session")
