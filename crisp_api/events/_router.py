"""A router: calls the handlers of an event."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import inspect
import logging
import threading
import typing as t

from crisp_api.events._event import Event
from crisp_api.events._table import check_name, warn_of_typos
from crisp_api.runners import in_event_loop

if t.TYPE_CHECKING:
    from crisp_api.events._names import On

__all__ = ["Router", "from_visitor", "is_own"]

Handler = t.Callable[[t.Any], object]
ErrorHook = t.Callable[[Event[t.Any], Handler, Exception], object]
H = t.TypeVar("H", bound=Handler)
log = logging.getLogger("crisp_api")


@dataclasses.dataclass(frozen=True)
class _Route:
    """A handler, and the events that it handles."""

    handler: Handler
    names: frozenset[str]
    website_id: str | None
    where: t.Callable[[Event[t.Any]], bool] | None

    def matches(self, event: Event[t.Any]) -> bool:
        return (
            (not self.names or event.name in self.names)
            and self.website_id in {None, event.website_id}
            and (self.where is None or self.where(event))
        )


class Router:
    """Calls the handlers of an event, in the order in which they were added.

    ::

        router = Router()


        @router.on("message:send")
        def answer(event: Event[ty.EventsMessageSend]) -> None:
            print(event.data["content"])

    A handler is a function or a coroutine function of an event. An error of a handler
    does not stop the others: it is passed to ``on_error``.

    Args:
        on_error: called with the event, the handler and the error. By default, the
            error is logged to ``crisp_api``.
    """

    def __init__(self, on_error: ErrorHook | None = None) -> None:
        self._routes: list[_Route] = []
        # For threads that add or remove handlers.
        self._lock = threading.Lock()
        self._on_error = on_error or _log_error

    def __repr__(self) -> str:
        return f"<Router with {len(self._routes)} handlers>"

    if t.TYPE_CHECKING:
        on: On
    else:

        def on(
            self,
            *names: str,
            website_id: str | None = None,
            where: t.Callable[[Event[t.Any]], bool] | None = None,
        ) -> t.Callable[[H], H]:
            """Return a decorator that adds a handler.

            Args:
                names: the names of events; without one, all events.
                website_id: only events of this website.
                where: only events that this function accepts, such as `from_visitor`.

            Raises:
                TypeError: a name is not text, or the decorator has no name and no
                    parentheses.
            """
            for name in names:
                if callable(name):
                    message = (
                        'write @router.on("message:send"), or @router.on() for all '
                        f"events, not @router.on: {name!r} is not a name"
                    )
                    raise TypeError(message)
                check_name(name)
            warn_of_typos(names, stacklevel=2)

            def add(handler: H) -> H:
                if not callable(handler):
                    message = (
                        f"a handler must be a function of an event, not {handler!r}"
                    )
                    raise TypeError(message)
                route = _Route(handler, frozenset(names), website_id, where)
                with self._lock:
                    self._routes = [*self._routes, route]
                return handler

            return add

    def off(self, handler: Handler) -> None:
        """Remove a handler, from all the events that it was added for."""
        with self._lock:
            # Bound methods are equal, but not the same.
            self._routes = [one for one in self._routes if one.handler != handler]

    @property
    def names(self) -> frozenset[str]:
        """The names of the events that have a handler; empty if one handles all events.

        They are the arguments of `Crisp.listen`, which are empty for all events, too.
        """
        if any(not route.names for route in self._routes):
            return frozenset()
        return frozenset[str]().union(*(route.names for route in self._routes))

    def handle(
        self,
        event: Event[t.Any],
        *,
        run: t.Callable[[t.Coroutine[t.Any, t.Any, None]], object] = asyncio.run,
    ) -> tuple[Exception, ...]:
        """Call the handlers of an event, and return their errors.

        Args:
            event: the event.
            run: runs a coroutine; by default in an event loop of its own.

        Raises:
            RuntimeError: an event loop is running; await `handle_async` instead.
        """
        if in_event_loop():
            message = "an event loop is running: await router.handle_async(event)"
            raise RuntimeError(message)
        errors: list[Exception] = []
        for handler in self._handlers(event, errors):
            try:
                result = handler(event)
                if inspect.isawaitable(result):
                    run(_awaited(result))
            except Exception as error:  # noqa: BLE001 - passed to the hook
                self._report(event, handler, error, errors)
        return tuple(errors)

    async def handle_async(self, event: Event[t.Any]) -> tuple[Exception, ...]:
        """Call the handlers of an event, and return their errors.

        A plain function runs in a thread, so that it does not block the event loop.
        """
        errors: list[Exception] = []
        for handler in self._handlers(event, errors):
            try:
                if _is_async(handler):
                    result = handler(event)
                else:
                    result = await asyncio.to_thread(handler, event)
                if inspect.isawaitable(result):
                    await result
            except Exception as error:  # noqa: BLE001 - passed to the hook
                self._report(event, handler, error, errors)
        return tuple(errors)

    @t.overload
    def run(self, events: t.Iterable[Event[t.Any]]) -> None: ...
    @t.overload
    def run(
        self, events: t.AsyncIterable[Event[t.Any]]
    ) -> t.Coroutine[t.Any, t.Any, None]: ...
    def run(self, events: t.Any) -> t.Any:
        """Handle events, one after another, until there are no more.

        ::

            router.run(client.listen(*router.names))
            await router.run(async_client.listen(*router.names))

        At its end, or if it is interrupted or cancelled, it closes the connection.

        Args:
            events: a connection, or any iterable of events.

        Raises:
            CrispError: the connection failed for good.
        """
        if hasattr(events, "__aiter__"):
            return self._run_async(events)
        close = getattr(events, "close", None)
        # One event loop for all async handlers.
        with contextlib.ExitStack() as stack:
            if close:
                stack.callback(close)
            runner = stack.enter_context(asyncio.Runner())
            for event in events:
                self.handle(event, run=runner.run)
        return None

    async def _run_async(self, events: t.Any) -> None:
        close = getattr(events, "close", None)
        try:
            async for event in events:
                await self.handle_async(event)
        finally:
            if close:
                await close()

    def _handlers(
        self, event: Event[t.Any], errors: list[Exception]
    ) -> t.Iterator[Handler]:
        """Yield the handlers that want an event; report the errors of filters."""
        for route in self._routes:
            try:
                is_wanted = route.matches(event)
            except Exception as error:  # noqa: BLE001 - passed to the hook
                self._report(event, route.handler, error, errors)
            else:
                if is_wanted:
                    yield route.handler

    def _report(
        self,
        event: Event[t.Any],
        handler: Handler,
        error: Exception,
        errors: list[Exception],
    ) -> None:
        errors.append(error)
        try:
            self._on_error(event, handler, error)
        except Exception:
            log.exception("the hook for errors of handlers failed")


def is_own(event: Event[t.Any], user_id: str | None = None) -> bool:
    """Return whether a message was written by a program or by a certain operator.

    A bot that answers messages must not answer its own: skip an event for which this
    is true.

    Args:
        event: a ``message:send``, ``message:received`` or ``message:updated``.
        user_id: the operator that the bot writes as.
    """
    data = event.data
    author: t.Any = data.get("user") or {}
    return bool(data.get("automated")) or (
        user_id is not None and author.get("user_id") == user_id
    )


def from_visitor(event: Event[t.Any]) -> bool:
    """Return whether a message was written by the visitor, and not by a program."""
    return event.data.get("from") == "user" and not is_own(event)


async def _awaited(result: t.Awaitable[object]) -> None:
    await result


def _is_async(handler: Handler) -> bool:
    """Return whether a handler is a coroutine function, or an object with one."""
    while isinstance(handler, functools.partial):
        handler = handler.func
    call = getattr(handler, "__call__", None)  # noqa: B004 - its kind matters
    return inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(call)


def _log_error(event: Event[t.Any], handler: Handler, error: Exception) -> None:
    log.error("a handler of %s failed: %r", event.name, handler, exc_info=error)
