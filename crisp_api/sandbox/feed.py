"""Events of a sandbox, and those who listen to them."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import copy
import dataclasses
import threading
import typing as t

from crisp_api.events import RECONNECTED, Event, Gap
from crisp_api.events._parse import website_of

__all__ = ["Feed", "Subscription", "keep_last"]

_MOST: t.Final = 10_000
# As a client says, whose clock may differ; in milliseconds.
_MINUTE: t.Final = 60_000
Allows = t.Callable[[Event[t.Any]], bool]
Waiting = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class Subscription(t.Iterator[Event[t.Any]], t.AsyncIterator[Event[t.Any]]):
    """The events for one listener: an iterator to block on, or to await.

    Args:
        feed: what it belongs to.
        names: the names of the events to receive.
        rooms: identifiers of websites and conversations, which Crisp names ``rooms``;
            without any, all.
        inboxes: inboxes; without any, all. Events that have none are received too.
        allows: returns whether the token of the listener allows an event.

    Attributes:
        names: the names of the events.
    """

    def __init__(
        self,
        feed: Feed,
        names: t.Iterable[str],
        rooms: t.Iterable[str],
        inboxes: t.Iterable[str],
        allows: Allows,
    ) -> None:
        self.names: set[str] = set(names)
        self._allows = allows
        self._feed = feed
        self._rooms, self._inboxes = set(rooms), set(inboxes)
        self._events: collections.deque[Event[t.Any]] = collections.deque()
        self._changed = threading.Condition()
        self._waiting: list[Waiting] = []
        self._is_closed = False

    def wants(self, event: Event[t.Any]) -> bool:
        """Return whether this listener receives an event."""
        data = event.data
        rooms = {event.website_id, data.get("session_id")}
        inbox_id = data.get("inbox_id")
        return (
            event.name in self.names
            and not (self._rooms and self._rooms.isdisjoint(rooms))
            and not (self._inboxes and inbox_id and inbox_id not in self._inboxes)
            and self._allows(event)
        )

    def put(self, event: Event[t.Any]) -> None:
        """Deliver an event."""
        self._change(lambda: self._events.append(event))

    def close(self) -> None:
        """End the iteration; callable from any thread."""
        self._feed.leave(self)

        def end() -> None:
            self._is_closed = True

        self._change(end)

    def _change(self, change: t.Callable[[], None]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()
            waiting, self._waiting = self._waiting, []
        for loop, future in waiting:
            # The loop may have been closed meanwhile.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_wake, future)

    def __next__(self) -> Event[t.Any]:
        with self._changed:
            self._changed.wait_for(lambda: self._events or self._is_closed)
            return self._take(StopIteration)

    def get(self, seconds: float) -> Event[t.Any] | None:
        """Return the next event, None if none comes within some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._events or self._is_closed, seconds)
            return self._events.popleft() if self._events else None

    def _take(self, end: type[Exception]) -> Event[t.Any]:
        if not self._events:
            raise end
        return self._events.popleft()

    async def __anext__(self) -> Event[t.Any]:
        loop = asyncio.get_running_loop()
        while True:
            with self._changed:
                if self._events or self._is_closed:
                    return self._take(StopAsyncIteration)
                future: asyncio.Future[None] = loop.create_future()
                waiting = (loop, future)
                self._waiting.append(waiting)
            try:
                await future
            finally:
                with self._changed:
                    if waiting in self._waiting:
                        self._waiting.remove(waiting)

    def __aiter__(self) -> t.Self:
        return self

    def __iter__(self) -> t.Self:
        return self


def _wake(future: asyncio.Future[None]) -> None:
    # Its task may have been cancelled.
    if not future.done():
        future.set_result(None)


class Feed:
    """The events that happened, and who hears of the next ones.

    Attributes:
        events: the last events, oldest first.
        listeners: called with each event that is not lost.
        breakers: called to end the connections of those who listen.
        watchers: called when there is a new request or a new event.
        is_lost: whether events do not reach those who listen.
    """

    def __init__(self) -> None:
        self.is_lost: bool = False
        self.watchers: list[t.Callable[[], object]] = []
        self.breakers: list[t.Callable[[], object]] = []
        self.events: list[Event[t.Any]] = []
        self.listeners: list[t.Callable[[Event[t.Any]], object]] = []
        self._subscriptions: list[Subscription] = []
        self._changing = threading.Lock()

    def subscribe(
        self,
        names: t.Iterable[str],
        rooms: t.Iterable[str] = (),
        inboxes: t.Iterable[str] = (),
        allows: Allows = lambda _: True,
    ) -> Subscription:
        """Return the events from now on that a listener wants, and may hear.

        Raises:
            TypeError: one text was passed, in place of several.
        """
        if any(isinstance(one, str) for one in (names, rooms, inboxes)):
            message = "pass lists of text: events(['message:send'])"
            raise TypeError(message)
        made = Subscription(self, names, rooms, inboxes, allows)
        with self._changing:
            self._subscriptions = [*self._subscriptions, made]
        return made

    def leave(self, subscription: Subscription) -> None:
        """Deliver no more events to a listener."""
        with self._changing:
            self._subscriptions = [
                one for one in self._subscriptions if one is not subscription
            ]

    def close(self) -> None:
        """End the iterations of all who listen."""
        for subscription in self._subscriptions:
            subscription.close()

    def touch(self) -> None:
        """Let those know who watch that there is something new."""
        for watcher in self.watchers:
            watcher()

    def publish(self, name: str, data: dict[str, t.Any], now: int) -> None:
        """Deliver an event to all who want it.

        Args:
            name: its name.
            data: its payload.
            now: the time, in milliseconds since 1970.
        """
        timestamp = data.get("timestamp")
        is_time = isinstance(timestamp, int)
        event = Event(name, data, website_of(data), timestamp if is_time else now)
        keep_last(self.events, event)
        self.touch()
        if self.is_lost:
            return
        for subscription in self._subscriptions:
            if subscription.wants(event):
                # Each has its own, which it may change.
                own = dataclasses.replace(event, data=copy.deepcopy(event.data))
                subscription.put(own)
        for listener in self.listeners:
            listener(event)

    @contextlib.contextmanager
    def lost(self, now: t.Callable[[], int]) -> t.Generator[None]:
        """Lose the events that happen meanwhile; those who listen hear of the gap."""
        since = now() - _MINUTE
        was_lost, self.is_lost = self.is_lost, True
        for end in self.breakers:
            end()
        try:
            yield
        finally:
            self.is_lost = was_lost
        if not was_lost:
            until = now()
            gap: Gap = {"since": since, "until": until}
            for subscription in self._subscriptions:
                subscription.put(Event(RECONNECTED, gap, "", until))


T = t.TypeVar("T")


def keep_last(log: list[T], item: T) -> None:
    """Add an item to a log; a very long one loses its oldest half."""
    if len(log) >= 2 * _MOST:
        del log[:_MOST]
    log.append(item)
