"""A webhook, and its deliveries to a program."""

from __future__ import annotations

import contextlib
import inspect
import logging
import re
import typing as t
import urllib.parse

from crisp_api.events import EVENTS, Event
from crisp_api.http import Request
from crisp_api.sandbox.feed import keep_last
from crisp_api.testing import Delivery, signed_request

if t.TYPE_CHECKING:
    from crisp_api.sandbox.hooks import Hooks

__all__ = ["Hook", "HookOptions", "Made", "Receiver"]

Receiver = t.Callable[[bytes, dict[str, str]], object]
_PLUGIN_ONLY: t.Final = {"x-crisp-signature", "x-delivery-attempt-limit"}
_log = logging.getLogger("crisp_api.sandbox")
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
        _check(target, options)
        names = options.get("events") or [n for n, k in EVENTS.items() if k.web_hooks]
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
        outside, events = self._held, list[Event[t.Any]]()
        self._held = events
        try:
            yield
        finally:
            self._held = outside
            for event in reversed(events) if is_reversed else events:
                self._add(event)
            self._hooks.deliver()

    def take(self, event: Event[t.Any]) -> None:
        """Deliver an event, if it is wanted."""
        if event.name in self.names:
            self._add(event)

    def _add(self, event: Event[t.Any]) -> None:
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
                made = Made(event, attempt, 0)
                try:
                    made = made._replace(status=self._post(event, attempt, attempts))
                finally:
                    keep_last(self.deliveries, made)
                    keep_last(self._hooks.log, made)
                is_received = made.is_received

    def _post(self, event: Event[t.Any], attempt: int, attempts: int) -> int:
        body, headers = self._delivery(event, attempt, attempts)
        if callable(self.target):
            status = self.target(body, headers)
            # Not a bool, which is an int as well.
            return status if type(status) is int else 200
        request = Request("POST", self.target, headers, body, _TIMEOUT)
        try:
            return self._hooks.transport.send(request).status
        except Exception as error:  # noqa: BLE001 - the next delivery has its chance
            _log.warning("the webhook %s was not delivered: %r", event.name, error)
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


def _check(target: object, options: HookOptions) -> None:
    """Raise an error for a webhook that cannot be."""
    known = HookOptions.__annotations__.keys()
    if unknown := options.keys() - known:
        message = f"a webhook has no {', '.join(unknown)}, but {', '.join(known)}"
        raise TypeError(message)
    names = options.get("events", ())
    if isinstance(names, str):
        message = "events are a list of names, not one name"
        raise TypeError(message)
    for name in names:
        if name not in EVENTS or not EVENTS[name].web_hooks:
            message = f"webhooks do not deliver an event {name!r}"
            raise ValueError(message)
    if "secret" in options and not options["secret"]:
        message = "the secret is empty"
        raise ValueError(message)
    for name in ("attempts", "copies"):
        number = options.get(name, 1)
        if type(number) is not int or number < 1:
            message = f"{name} is a whole number, 1 or more, not {number!r}"
            raise ValueError(message)
    # Written so that NaN fails the comparison too.
    if not 0 <= options.get("retry_delay", 0) < float("inf"):
        message = "retry_delay is a number of seconds, 0 or more"
        raise ValueError(message)
    _check_target(target)


def _check_target(target: object) -> None:
    """Raise an error for a target that receives nothing."""
    if inspect.iscoroutinefunction(target):
        message = "the function is async: pass one that runs it, as with asyncio.run()"
        raise TypeError(message)
    if not callable(target) and not re.match("https?://[^/]", str(target)):
        message = f"{target!r} is neither a URL nor a function"
        raise ValueError(message)
