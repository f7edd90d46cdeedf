"""The connections that `listen` returns."""

from __future__ import annotations

import importlib.util
import inspect
import typing as t
import weakref

from crisp_api.events._table import warn_of_typos
from crisp_api.realtime._options import ListenOptions, checked
from crisp_api.realtime._sides import AsyncSide, SyncSide
from crisp_api.realtime._supervisor import State, Supervisor, credentials
from crisp_api.runners import END

if t.TYPE_CHECKING:
    from crisp_api.client import AsyncCrisp, Crisp
    from crisp_api.events._names import AnyEvent

__all__ = ["AsyncConnection", "Connection"]
S = t.TypeVar("S", SyncSide, AsyncSide)


class _Connection(t.Generic[S]):
    """The common part of both connections.

    A transport that has a method ``events(names, rooms, inboxes)`` is the source of the
    events: it returns an iterable of events, or of their names and payloads. A
    ``crisp:reconnected`` among them reports a gap. If the method has a parameter
    ``token``, it receives the identifier, the key and the tier. If the iterator has a
    method ``close``, it is called at the end, from any thread.
    """

    def __init__(
        self,
        kind: type[S],
        client: Crisp | AsyncCrisp,
        names: tuple[str, ...],
        options: ListenOptions,
    ) -> None:
        given = checked(options, client.core.auth.tier)
        drops_oldest = given["when_full"] == "drop_oldest"
        self._side: S = kind(given["queue_size"], drops_oldest=drops_oldest)
        side = self._side
        self._supervisor = Supervisor(client, names, given, side)
        # The caller of `listen`.
        warn_of_typos(names, stacklevel=4)
        self._timeout: float | None = given["timeout"]
        steps, source = self._supervisor.steps(), None
        events = getattr(client.core.sender.transport, "events", None)
        if events:
            wanted = list(self._supervisor.wanted)
            more: dict[str, t.Any] = {}
            if "token" in inspect.signature(events).parameters:
                token = credentials(client.core)
                more["token"] = tuple(
                    token[one] for one in ("username", "password", "tier")
                )
            made = events(wanted, list(given["rooms"]), list(given["inboxes"]), **more)
            source = aiter(made) if hasattr(made, "__aiter__") else iter(made)
            steps = self._supervisor.pull(source)
        else:
            _require_extra()
        side.start(steps, source)
        # Also when the connection is dropped, as after leaving a loop over it.
        self._stop: weakref.finalize[t.Any, t.Any] = weakref.finalize(self, side.stop)

    def __repr__(self) -> str:
        names = ", ".join(self._supervisor.wanted[:3])
        more = len(self._supervisor.wanted) - 3
        names += f" and {more} more" if more > 0 else ""
        state = "connected" if self.state.is_connected else "not connected"
        return f"<{type(self).__name__} of {names}, {state}>"

    @property
    def state(self) -> State:
        """The state of the connection, of this moment."""
        return self._supervisor.state

    @property
    def names(self) -> tuple[str, ...]:
        """The events that the connection receives."""
        return self._supervisor.wanted

    def bind(self, *names: str) -> None:
        """Receive these events from now on; without a name, all of the tier.

        The change is sent at most every 2.5 seconds.

        Raises:
            ValueError: tokens of the tier do not receive such an event.
        """
        self._supervisor.want(lambda _: names)
        warn_of_typos(names, stacklevel=2)

    def push(self, *names: str) -> None:
        """Receive these events, too; see `bind`."""
        self._supervisor.want(lambda wanted: (*wanted, *names))
        warn_of_typos(names, stacklevel=2)

    def pop(self, *names: str) -> None:
        """Do not receive these events any more; see `bind`.

        Raises:
            ValueError: no event would be left; close the connection instead.
        """

        def without(wanted: tuple[str, ...]) -> tuple[str, ...]:
            left = tuple(name for name in wanted if name not in names)
            if not left:
                message = "no event would be left: close the connection instead"
                raise ValueError(message)
            return left

        self._supervisor.want(without)


def _require_extra() -> None:
    """Raise an error if the packages of the extra are not installed.

    They are not imported before the thread or the task needs them.
    """
    names = ("aiohttp", "engineio", "socketio", "websocket")
    if not all(map(importlib.util.find_spec, names)):
        message = (
            'listen() needs: pip install "aiohttp>=3.13.4" "python-engineio>=4.12,<5" '
            '"python-socketio>=5.13,<6" "websocket-client>=1.8"'
        )
        raise ImportError(message)


class Connection(_Connection[SyncSide], t.Iterator["AnyEvent"]):
    """Events in real time, for calls that block.

    It connects at once, in a thread of its own, and again whenever the connection is
    lost. Leave a loop over ``client.listen(...)``, leave its ``with``, or call
    `close`, to end it.
    """

    def __init__(
        self, client: Crisp, names: tuple[str, ...], options: ListenOptions
    ) -> None:
        super().__init__(SyncSide, client, names, options)

    def __next__(self) -> AnyEvent:
        try:
            event = self._side.queue.get(self._timeout)
            while event is not END and not self._supervisor.is_news(event):
                event = self._side.queue.get(self._timeout)
        except BaseException:
            # Ctrl-C: the traceback refers to the connection, which is not dropped.
            self._stop()
            raise
        if event is not END:
            return t.cast("AnyEvent", event)
        self._stop()
        if self._supervisor.failure:
            raise self._supervisor.failure
        raise StopIteration

    def wait_until_connected(self, timeout: float | None = None) -> bool:
        """Wait for the first connection, and return whether there is one.

        Events that happen before it are not received.

        Raises:
            CrispError: the token was refused.
        """
        self._side.wait_ready(timeout)
        if self._supervisor.failure:
            raise self._supervisor.failure
        return self.state.connected_since is not None

    def close(self) -> None:
        """End the connection; events that were not read are dropped."""
        self._stop.detach()
        self._side.close()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class AsyncConnection(_Connection[AsyncSide], t.AsyncIterator["AnyEvent"]):
    """Events in real time, for calls that are awaited; see `Connection`.

    It belongs to the event loop that it was made in.
    """

    def __init__(
        self, client: AsyncCrisp, names: tuple[str, ...], options: ListenOptions
    ) -> None:
        super().__init__(AsyncSide, client, names, options)

    def __anext__(self) -> t.Coroutine[t.Any, t.Any, AnyEvent]:
        # The coroutine does not refer to the connection: the traceback of a cancelled
        # task would, and the connection would go on.
        return _next(self._side, self._supervisor, self._timeout)

    async def wait_until_connected(self, timeout: float | None = None) -> bool:  # noqa: ASYNC109 - as for calls that block
        """Wait for the first connection; see `Connection`."""
        await self._side.wait_ready(timeout)
        if self._supervisor.failure:
            raise self._supervisor.failure
        return self.state.connected_since is not None

    async def close(self) -> None:
        """End the connection; events that were not read are dropped."""
        self._stop.detach()
        await self._side.close()

    async def __aenter__(self) -> t.Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()


async def _next(
    side: AsyncSide, supervisor: Supervisor, seconds: float | None
) -> AnyEvent:
    event = await side.queue.get(seconds)
    while event is not END and not supervisor.is_news(event):
        event = await side.queue.get(seconds)
    if event is not END:
        return t.cast("AnyEvent", event)
    side.stop()
    if supervisor.failure:
        raise supervisor.failure
    raise StopAsyncIteration
