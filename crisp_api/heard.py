"""The messages that a client has heard, so that catching up does not repeat them."""

from __future__ import annotations

import collections
import threading
import typing as t

__all__ = ["HeardMessages"]

_SIZE: t.Final = 10_000
Key = tuple[object, object]


class HeardMessages:
    """Remembers the latest messages of real-time connections, and those caught up.

    A message is identified by its conversation and its fingerprint.

    Args:
        size: how many messages to remember, of each kind.
    """

    def __init__(self, size: int = _SIZE) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._live: collections.OrderedDict[Key, None] = collections.OrderedDict()
        self._caught_up: collections.OrderedDict[Key, None] = collections.OrderedDict()

    def hear(self, message: t.Mapping[str, t.Any]) -> bool:
        """Note a message of a connection; return False if it was caught up before.

        A message that two connections deliver is delivered by both.
        """
        key = _key(message)
        if key is None:
            return True
        with self._lock:
            self._add(self._live, key)
            return key not in self._caught_up

    def catch_up(self, message: t.Mapping[str, t.Any]) -> bool:
        """Note a message that was caught up; return whether it was not heard before."""
        key = _key(message)
        if key is None:
            return True
        with self._lock:
            if key in self._live or key in self._caught_up:
                return False
            self._add(self._caught_up, key)
            return True

    def _add(self, keys: collections.OrderedDict[Key, None], key: Key) -> None:
        keys[key] = None
        if len(keys) > self._size:
            keys.popitem(last=False)


def _key(message: t.Mapping[str, t.Any]) -> Key | None:
    fingerprint = message.get("fingerprint")
    # Anything may be in a message that is not of Crisp.
    if not isinstance(fingerprint, int | str):
        return None
    return (str(message.get("session_id")), fingerprint)
