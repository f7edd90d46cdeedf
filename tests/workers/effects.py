"""The handler that the workers of the tests run: it records its effects in Redis."""

from __future__ import annotations

import os
import threading
import typing as t

import redis

from crisp_api.events import Event

__all__ = ["HOLD_AFTER", "is_flaky", "record"]

# So many events are begun before one is held.
HOLD_AFTER: t.Final = 300


def is_flaky(number: int) -> bool:
    """Return whether the handler fails at the first attempt."""
    return number >= 500 and number % 50 == 0


def record(event: Event[t.Any]) -> None:
    """Record that the handler began, wait while the test holds it, record its effect."""
    store = redis.Redis.from_url(os.environ["REDIS_URL"])
    number = event.data["fingerprint"]
    if is_flaky(number) and store.sadd("failed", number):
        message = f"the first attempt of {number} fails"
        raise ValueError(message)
    store.hincrby("begun", str(number), 1)
    if store.hlen("begun") > HOLD_AFTER and store.exists("hold"):
        store.rpush("held", os.getpid())
        while store.exists("hold"):
            threading.Event().wait(0.02)
    store.hincrby("effects", str(number), 1)
