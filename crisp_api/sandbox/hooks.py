"""The webhooks of a sandbox: which deliveries are made, and when."""

from __future__ import annotations

import collections
import threading
import time
import typing as t

from crisp_api.events import Event
from crisp_api.sandbox.hook import Hook, HookOptions, Made, Receiver
from crisp_api.transport.requests_ import RequestsTransport

__all__ = ["OF_PLUGIN", "Hooks"]

_DEEPEST: t.Final = 1_000
# A plugin hears that it was removed.
OF_PLUGIN: t.Final = {"plugin:subscription:updated"}
# How many deliveries have led to it: a program that answers itself has no end.
Job = tuple[Hook, "Event[t.Any]", int]


class Hooks:
    """The webhooks of a sandbox.

    Functions are called in turn, where the request ends that caused their event. URLs
    are called in a thread, one event after the other.

    Args:
        is_installed: returns whether a website has the plugin; otherwise the plugin
            receives no events of it.

    Attributes:
        registered: the webhooks.
        log: the deliveries of all of them, oldest first.
    """

    def __init__(self, is_installed: t.Callable[[str], bool]) -> None:
        self.transport: RequestsTransport = RequestsTransport()
        self._is_installed = is_installed
        self.registered: list[Hook] = []
        self.log: list[Made] = []
        self._depth = 0
        self._calls: collections.deque[Job] = collections.deque()
        self._posts: collections.deque[Job] = collections.deque()
        self._is_calling = threading.Lock()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def register(self, target: str | Receiver, options: HookOptions) -> Hook:
        """Add a webhook."""
        hook = Hook(target, self, options)
        self.registered.append(hook)
        return hook

    def take(self, event: Event[t.Any]) -> None:
        """Deliver an event to all webhooks that want it."""
        is_known = event.name in OF_PLUGIN or self._is_installed(event.website_id)
        for hook in self.registered:
            if is_known or not hook.is_signed:
                hook.take(event)

    def add(self, hook: Hook, event: Event[t.Any]) -> None:
        """Deliver an event to a webhook: a function, when `deliver` is called."""
        if callable(hook.target):
            self._calls.append((hook, event, self._depth))
            return
        with self._changed:
            self._posts.append((hook, event, 0))
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="crisp-hooks", daemon=True
                )
                self._thread.start()

    def deliver(self) -> None:
        """Call the functions that an event waits for.

        Events of what a function does are delivered after it, not within it.

        Raises:
            RuntimeError: there is no end: the program answers its own messages.
            Exception: the first that a function has raised; the others were called.
        """
        failures: list[Exception] = []
        # Another thread that calls functions takes what is added meanwhile, too.
        while self._calls and self._is_calling.acquire(blocking=False):
            try:
                for hook, event, depth in iter(self._next, None):
                    if depth > _DEEPEST:
                        self._calls.clear()
                        message = f"{depth} answers in turn: does it answer itself?"
                        raise RuntimeError(message)
                    self._depth = depth + 1
                    try:
                        hook.deliver(event, lambda _: None)
                    except Exception as error:  # noqa: BLE001 - raised below
                        failures.append(error)
            finally:
                self._depth = 0
                self._is_calling.release()
        if failures:
            raise failures[0]

    def _next(self) -> Job | None:
        return self._calls.popleft() if self._calls else None

    def _run(self) -> None:
        """Post until there is nothing more to post."""
        while True:
            with self._changed:
                if not self._posts:
                    self._thread = None
                    self._changed.notify_all()
                    return
                hook, event, _ = self._posts.popleft()
            hook.deliver(event, time.sleep)

    def close(self) -> None:
        """Deliver nothing any more."""
        self._calls.clear()
        with self._changed:
            self._posts.clear()

    def settle(self, timeout: float) -> None:
        """Wait until all is delivered.

        Raises:
            TimeoutError: it takes longer.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._thread is None, timeout):
                message = f"webhooks are not delivered within {timeout:.3g} seconds"
                raise TimeoutError(message)
