"""Handling an event once, with a store of deliveries: for the worker of a queue."""

from __future__ import annotations

import logging
import typing as t

from crisp_api.errors import EventInProgressError
from crisp_api.events import Event, Router
from crisp_api.runners import in_event_loop
from crisp_api.webhooks._repeats import Seen

__all__ = ["handle_once", "note"]

log = logging.getLogger("crisp_api")


def handle_once(router: Router, event: Event[t.Any], *, seen: Seen) -> bool:
    """Handle an event unless it was handled before; return whether it was new.

    Call it in the worker of a task queue. If it raises an exception, the event was not
    handled: let the queue call it again later::

        event = Event(**fields)  # of dataclasses.asdict(event)
        handle_once(router, event, seen=seen)

    The claim of a worker that was killed is valid until it ends by itself. Until then
    the error is an `EventInProgressError`, so the queue must not stop retrying before.

    Args:
        router: has the handlers.
        event: the event of a webhook.
        seen: the store of deliveries that all workers share, such as `RedisSeen`.

    Raises:
        EventInProgressError: another worker handles the event, or was killed while it
            did.
        ExceptionGroup: the errors of handlers. All handlers are called again next time.
        ValueError: the event has no ``delivery``, so its repeats cannot be recognized.
        RuntimeError: an event loop is running: call it in ``asyncio.to_thread``.
    """
    if not event.delivery:
        message = f"the event {event.name!r} has no delivery: it is not of a webhook"
        raise ValueError(message)
    if in_event_loop():
        message = "an event loop is running: await asyncio.to_thread(handle_once, ...)"
        raise RuntimeError(message)
    state = seen.claim(event.delivery)
    if state == "claimed":
        message = f"{event.name} is being handled, or its worker was killed: retry"
        raise EventInProgressError(message)
    if state == "done":
        return False
    try:
        if errors := router.handle(event):
            message = f"handlers of {event.name} failed"
            raise ExceptionGroup(message, errors)  # noqa: TRY301 - released below
    except BaseException:
        # Also if the queue ends a handler that takes too long.
        note(seen.release, event)
        raise
    note(seen.finish, event)
    return True


def note(change: t.Callable[[str], None], event: Event[t.Any]) -> None:
    """Change the store; if it fails, the delivery may be handled again."""
    try:
        change(event.delivery)
    except Exception:
        log.exception("the store of deliveries failed, %s", event.name)
