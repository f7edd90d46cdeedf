"""Deliveries that Crisp repeats, and the stores that recognize them."""

from __future__ import annotations

import collections
import hashlib
import threading
import time
import typing as t

from crisp_api.events import Event

__all__ = ["MemorySeen", "Seen", "State", "delivery_id"]

State = t.Literal["new", "claimed", "done"]
# Its fingerprint is that of the message, which can be updated many times.
_WITHOUT_FINGERPRINT: t.Final = frozenset({"message:updated"})


class Seen(t.Protocol):
    """A store of the deliveries that were received.

    A delivery is claimed before it is handled, and done afterwards. A claim ends after
    some time: the program may have been killed while it handled the delivery.

    Attributes:
        blocks: whether its methods block, so that `asgi` calls them in a thread.
    """

    @property
    def blocks(self) -> bool: ...

    def claim(self, delivery: str, /) -> State:
        """Claim a delivery that is new; return its state before."""
        ...

    def finish(self, delivery: str, /) -> None:
        """Mark a delivery as done."""
        ...

    def release(self, delivery: str, /) -> None:
        """Take the claim back: the delivery was not handled, and may come again."""
        ...


class MemorySeen:
    """A store in memory, for one process.

    Args:
        size: how many deliveries to remember.
        claim_seconds: how long a claim is valid.
        clock: returns seconds.
    """

    blocks = False

    def __init__(
        self,
        size: int = 10_000,
        *,
        claim_seconds: float = 300.0,
        clock: t.Callable[[], float] = time.monotonic,
    ) -> None:
        if size < 1:
            message = f"size must be 1 or more, not {size!r}"
            raise ValueError(message)
        self._size = size
        self._claim_seconds = claim_seconds
        self._clock = clock
        self._lock = threading.Lock()
        # The time of the claim, None for a delivery that is done.
        self._claims: collections.OrderedDict[str, float | None] = (
            collections.OrderedDict()
        )

    def __repr__(self) -> str:
        return f"<MemorySeen of {self._size} deliveries>"

    def claim(self, delivery: str, /) -> State:
        """Claim a delivery that is new; return its state before."""
        now = self._clock()
        with self._lock:
            if delivery in self._claims:
                since = self._claims[delivery]
                if since is None:
                    return "done"
                if now - since < self._claim_seconds:
                    return "claimed"
            self._put(delivery, now)
        return "new"

    def finish(self, delivery: str, /) -> None:
        """Mark a delivery as done."""
        with self._lock:
            # It may have been forgotten while it was handled.
            self._put(delivery, None)

    def release(self, delivery: str, /) -> None:
        """Take the claim back."""
        with self._lock:
            self._claims.pop(delivery, None)

    def _put(self, delivery: str, claimed_at: float | None) -> None:
        """Remember a delivery as the newest; forget the oldest of too many."""
        self._claims[delivery] = claimed_at
        self._claims.move_to_end(delivery)
        if len(self._claims) > self._size:
            self._claims.popitem(last=False)


def delivery_id(event: Event[t.Any], body: bytes) -> str:
    """Return what identifies a delivery, and all of its repeats.

    It is made of the website, the conversation, the name and the fingerprint. An event
    without a fingerprint is identified by its body.
    """
    data: t.Any = event.data
    fingerprint = data.get("fingerprint")
    if fingerprint is None or event.name in _WITHOUT_FINGERPRINT:
        return hashlib.sha256(body).hexdigest()
    parts = (event.website_id, data.get("session_id", ""), event.name, fingerprint)
    return "/".join(map(str, parts))
