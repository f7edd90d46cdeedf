"""Decides what to do with a request of Crisp, without reading or sending."""

from __future__ import annotations

import logging
import time
import typing as t
import urllib.parse

from crisp_api.errors import InvalidEventError, SignatureError
from crisp_api.events import Event
from crisp_api.webhooks._once import note
from crisp_api.webhooks._repeats import MemorySeen, Seen
from crisp_api.webhooks._verify import Headers, Secrets, check_secrets, unwrap

__all__ = ["Accepted", "Options", "Receiver", "Reply"]

log = logging.getLogger("crisp_api")
_MAX_SIZE: t.Final = 1_000_000


class Options(t.TypedDict, total=False):
    """The options of `asgi` and `wsgi`."""

    secret: Secrets
    """The signing secret of the plugin's hook, or several, while you replace one."""
    key: str
    """For the hook of a website: the key in its URL, as in ``?key=...``."""
    max_age: float | None
    """How old the timestamp may be, in seconds; by default, it is not checked."""
    max_size: int
    """The largest body to accept, in bytes."""
    inline: bool
    """Handle the event before the response is sent, and respond with 500 if a handler
    fails, so that Crisp repeats the delivery.
    """
    seen: Seen | None
    """The store of received deliveries; None to handle repeated ones again. By default,
    the last 10,000 are kept in memory.
    """
    clock: t.Callable[[], float]
    """Returns the seconds since 1970."""


class Reply(t.NamedTuple):
    """The response to a request: its status, and a line of text."""

    status: int
    text: str


class Accepted(t.NamedTuple):
    """A delivery to handle."""

    event: Event[t.Any]


class Receiver:
    """Verifies requests, and recognizes repeated deliveries.

    Attributes:
        max_size: the largest body to accept, in bytes.
        is_inline: whether the response is sent after the handlers have run.
        seen: the store of deliveries.
        blocks: whether the store blocks the thread that calls it.

    Raises:
        TypeError: there is no such option.
        ValueError: there is neither a secret nor a key, or it is empty.
    """

    def __init__(self, options: Options) -> None:
        known = Options.__optional_keys__
        for name in options.keys() - known:
            message = f"there is no option {name!r}; there are {sorted(known)}"
            raise TypeError(message)
        self.max_size: int = options.get("max_size", _MAX_SIZE)
        self.blocks: bool = False
        self.is_inline: bool = options.get("inline", False)
        self.seen: Seen | None = options.get("seen", MemorySeen())
        if self.seen:
            self.blocks = self.seen.blocks
        self._secret = options.get("secret")
        self._key = options.get("key")
        self._max_age = options.get("max_age")
        self._clock = options.get("clock", time.time)
        # At once, and not at the first request.
        check_secrets(self._secret, self._key)

    def check_head(self, method: str, content_type: str) -> Reply | None:
        """Return the refusal of a request by its head, None to read its body."""
        if method != "POST":
            return Reply(405, "only POST is allowed")
        if content_type.partition(";")[0].strip().lower() != "application/json":
            return Reply(415, "the body must be application/json")
        return None

    def receive(self, body: bytes, headers: Headers, query: str) -> Accepted | Reply:
        """Return the delivery in a request, or the response to send at once."""
        try:
            event = unwrap(
                body,
                headers,
                secret=self._secret,
                key=self._key,
                given_key=_key_of(query) if self._secret is None else None,
                max_age=self._max_age,
                clock=self._clock,
            )
        except SignatureError as error:
            return Reply(401, str(error))
        except InvalidEventError as error:
            return Reply(400, str(error))
        return self._claimed(event)

    def _claimed(self, event: Event[t.Any]) -> Accepted | Reply:
        """Return the delivery of an event, if it is not a repeated one."""
        if self.seen is None:
            return Accepted(event)
        try:
            state = self.seen.claim(event.delivery)
        except Exception:
            log.exception("the store of deliveries failed")
            return Reply(503, "the store of deliveries failed")
        if state == "claimed" and self.is_inline:
            # It may still fail: Crisp must not take it for done.
            return Reply(503, "the delivery is being handled")
        if state != "new":
            return Reply(200, "the delivery was received before")
        return Accepted(event)

    def handled(self, accepted: Accepted, errors: t.Sized) -> Reply:
        """Note the end of a delivery, and return the response if it was inline."""
        if errors and self.is_inline:
            self.release(accepted)
            return Reply(500, "a handler failed")
        if self.seen:
            note(self.seen.finish, accepted.event)
        return Reply(200, "handled")

    def release(self, accepted: Accepted) -> None:
        """Let a delivery come again."""
        if self.seen:
            note(self.seen.release, accepted.event)


def _key_of(query: str) -> str | None:
    """Return the key in the query of a URL, if there is exactly one."""
    keys = urllib.parse.parse_qs(query, keep_blank_values=True).get("key", [])
    return keys[0] if len(keys) == 1 else None
