"""`RedisSeen`: one store of deliveries for many processes (extra ``redis``).

The package ``redis`` is imported when the first `RedisSeen` is made.
"""

from __future__ import annotations

import typing as t
import weakref

from crisp_api.auth import hidden
from crisp_api.limits.redis_ import open_pool
from crisp_api.webhooks._repeats import State

__all__ = ["RedisSeen"]

_CLAIMED, _DONE = b"claimed", b"done"


class RedisSeen:
    """Like `MemorySeen`, for all processes and machines that use the same Redis.

    If Redis is unreachable, deliveries are refused with 503, and Crisp repeats them.

    Args:
        url: such as ``redis://127.0.0.1:6379/0``; ``rediss`` is over TLS.
        key: the name under which the store is shared, such as the name of your plugin.
        claim_seconds: how long a claim is valid.
        keep_seconds: how long a delivery is remembered.
        timeout: seconds to wait for a connection, and for each answer.

    Raises:
        ImportError: the package ``redis`` is not installed.
        ValueError: the URL or the key is not valid.
    """

    blocks = True

    def __init__(
        self,
        url: str,
        *,
        key: str,
        claim_seconds: int = 300,
        keep_seconds: int = 7 * 86_400,
        timeout: float = 2.0,
    ) -> None:
        url = hidden(url)
        if not key:
            message = "key must say what is shared, such as the name of a plugin"
            raise ValueError(message)
        redis, pool = open_pool(url, timeout)
        weakref.finalize(self, pool.disconnect)
        self._key = key
        self._claim_seconds = claim_seconds
        self._keep_seconds = keep_seconds
        self._redis: t.Any = redis.Redis(connection_pool=pool)

    def __repr__(self) -> str:
        # Without the URL, which may contain a password.
        key = getattr(self, "_key", None)
        return f"<RedisSeen {key!r}>" if key else "<RedisSeen, not initialized>"

    def claim(self, delivery: str, /) -> State:
        """Claim a delivery that is new; return its state before."""
        name = self._name(delivery)
        if self._redis.set(name, _CLAIMED, nx=True, ex=self._claim_seconds):
            return "new"
        return "done" if self._redis.get(name) == _DONE else "claimed"

    def finish(self, delivery: str, /) -> None:
        """Mark a delivery as done."""
        self._redis.set(self._name(delivery), _DONE, ex=self._keep_seconds)

    def release(self, delivery: str, /) -> None:
        """Take the claim back."""
        self._redis.delete(self._name(delivery))

    def _name(self, delivery: str) -> str:
        return f"crisp-api/{self._key}/{delivery}"
