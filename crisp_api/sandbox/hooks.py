"""Webhooks: events that a sandbox delivers to a program."""

from __future__ import annotations

import collections
import contextlib
import threading
import time
import typing as t
import urllib.parse

from crisp_api.errors import TransportError
from crisp_api.events import EVENTS
from crisp_api.http import Request
from crisp_api.sandbox.feed import keep_last
from crisp_api.testing import Delivery, signed_request
from crisp_api.transport.requests_ import RequestsTransport

if t.TYPE_CHECKING:
    from crisp_api.events import Event

__all__ = ["Hook", "HookOptions", "Hooks", "Receiver"]

Receiver = t.Callable[[bytes, dict[str, str]], object]
_PLUGIN_ONLY: t.Final = {"x-crisp-signature", "x-delivery-attempt-limit"}
# A plugin hears that it was removed.
_OF_PLUGIN: t.Final = {"plugin:subscription:updated"}
_MOST: t.Final = 10_000
_TIMEOUT: t.Final = 10.0


class HookOptions(t.TypedDict, total=False):
    """A webhook."""

    secret: str | bytes
    """The signing secret of a plugin's webhook, which is repeated if it fails. Without
    it, it is a webhook of a website: not signed, and not repeated.
    """
    key: str
    """The ``key`` in the URL of a website's webhook."""
    events: t.Sequence[str]
    """The names of the events to deliver; by default, all that webhooks deliver."""
    attempts: int
    """How often the delivery to a plugin is tried: 3 times by default."""
    retry_delay: float
    """Seconds before the second attempt at a URL, and twice as many before the third;
    0.1 by default. A function is called again at once.
    """
    copies: int
    """How often each event is delivered, whether or not it was received: once by
    default. Crisp repeats a delivery whose response it has missed.
    """


class Made(t.NamedTuple):
    """A delivery that was made.

    Attributes:
        event: the event.
        attempt: the number of the attempt, from 1.
        status: the status of the response; 0 if there was none.
    """

    event: Event[t.Any]
    attempt: int
    status: int

    @property
    def is_received(self) -> bool:
        """Whether the program has received it."""
        return 200 <= self.status < 300


class Hook:
    """A webhook, and what was delivered to it.

    Attributes:
        deliveries: the deliveries that were made, the last 10,000 at least, oldest
            first.
    """

    def __init__(
        self, target: str | Receiver, hooks: Hooks, options: HookOptions
    ) -> None:
        known = HookOptions.__annotations__.keys()
        if unknown := options.keys() - known:
            message = f"a webhook has no {', '.join(unknown)}, but {', '.join(known)}"
            raise TypeError(message)
        names = options.get("events") or [n for n, k in EVENTS.items() if k.web_hooks]
        for name in names:
            if name not in EVENTS or not EVENTS[name].web_hooks:
                message = f"webhooks do not deliver an event {name!r}"
                raise ValueError(message)
        if "secret" in options and not options["secret"]:
            message = "the secret is empty"
            raise ValueError(message)
        self.deliveries: list[Made] = []
        self.names: set[str] = set(names)
        self.options = options
        self.target = target
        if isinstance(target, str) and "key" in options:
            query = urllib.parse.urlencode({"key": options["key"]})
            self.target = f"{target}{'&' if '?' in target else '?'}{query}"
        self._hooks = hooks
        self._held: list[Event[t.Any]] | None = None

    def __repr__(self) -> str:
        return f"<Hook, {len(self.deliveries)} deliveries so far>"

    @property
    def is_signed(self) -> bool:
        """Whether it is a plugin's webhook."""
        return "secret" in self.options

    @contextlib.contextmanager
    def held(self, *, is_reversed: bool = False) -> t.Generator[None]:
        """Deliver the events that happen meanwhile late: at the end of the block.

        Args:
            is_reversed: deliver the last one first.
        """
        self._held = []
        try:
            yield
        finally:
            events, self._held = self._held, None
            for event in reversed(events) if is_reversed else events:
                self._hooks.add(self, event)
            self._hooks.deliver()

    def take(self, event: Event[t.Any]) -> None:
        """Deliver an event, if it is wanted."""
        if event.name not in self.names:
            return
        if self._held is None:
            self._hooks.add(self, event)
        else:
            self._held.append(event)

    # --- deliveries

    def deliver(self, event: Event[t.Any], pause: t.Callable[[float], object]) -> None:
        """Deliver an event until it is received, or the attempts have ended."""
        attempts = self.options.get("attempts", 3) if self.is_signed else 1
        delay = self.options.get("retry_delay", 0.1)
        for _ in range(self.options.get("copies", 1)):
            attempt, is_received = 0, False
            while attempt < attempts and not is_received:
                if attempt:
                    pause(delay * 2 ** (attempt - 1))
                attempt += 1
                made = Made(event, attempt, self._post(event, attempt, attempts))
                keep_last(self.deliveries, made)
                is_received = made.is_received

    def _post(self, event: Event[t.Any], attempt: int, attempts: int) -> int:
        body, headers = self._delivery(event, attempt, attempts)
        if callable(self.target):
            status = self.target(body, headers)
            return status if isinstance(status, int) else 200
        request = Request("POST", self.target, headers, body, _TIMEOUT)
        try:
            return self._hooks.transport.send(request).status
        except TransportError:
            return 0

    def _delivery(self, event: Event[t.Any], attempt: int, attempts: int) -> Delivery:
        made = signed_request(
            event.name,
            event.data,
            secret=self.options.get("secret", "none"),
            website_id=event.website_id,
            timestamp=event.timestamp or 0,
            attempt=attempt,
            attempt_limit=attempts,
        )
        if self.is_signed:
            return made
        headers = {
            name: value
            for name, value in made.headers.items()
            if name.lower() not in _PLUGIN_ONLY
        }
        return Delivery(made.body, headers | {"X-Crisp-Hook-Origin": "website/rtm"})


Job = tuple[Hook, "Event[t.Any]"]


class Hooks:
    """The webhooks of a sandbox.

    Functions are called in turn, where the request ends that caused their event. URLs
    are called in a thread, one event after the other.

    Args:
        is_installed: returns whether a website has the plugin; otherwise the plugin
            receives no events of it.

    Attributes:
        registered: the webhooks.
    """

    def __init__(self, is_installed: t.Callable[[str], bool]) -> None:
        self.transport: RequestsTransport = RequestsTransport()
        self._is_installed = is_installed
        self.registered: list[Hook] = []
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
        is_known = event.name in _OF_PLUGIN or self._is_installed(event.website_id)
        for hook in self.registered:
            if is_known or not hook.is_signed:
                hook.take(event)

    def add(self, hook: Hook, event: Event[t.Any]) -> None:
        """Deliver an event to a webhook: a function, when `deliver` is called."""
        if callable(hook.target):
            self._calls.append((hook, event))
            return
        with self._changed:
            self._posts.append((hook, event))
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
        """
        # Another thread that calls functions takes what is added meanwhile, too.
        while self._calls and self._is_calling.acquire(blocking=False):
            try:
                for count, (hook, event) in enumerate(iter(self._next, None)):
                    if count >= _MOST:
                        self._calls.clear()
                        message = f"{_MOST} events in turn: does it answer itself?"
                        raise RuntimeError(message)
                    hook.deliver(event, lambda _: None)
            finally:
                self._is_calling.release()

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
                hook, event = self._posts.popleft()
            hook.deliver(event, time.sleep)

    def settle(self, timeout: float) -> None:
        """Wait until all is delivered.

        Raises:
            TimeoutError: it takes longer.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._thread is None, timeout):
                message = f"webhooks are not delivered within {timeout:.3g} seconds"
                raise TimeoutError(message)
