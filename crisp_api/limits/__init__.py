"""Limits for a client's own requests, so that a job stops before Crisp stops it.

A client asks its limit before each request. `Limit` counts in this process;
`RedisLimit` counts for all processes and machines that share a token.
"""

from __future__ import annotations

import collections
import os
import threading
import time
import typing as t

from crisp_api.errors import LimitError
from crisp_api.limits._checks import DAY, check_numbers, daily_limit_reached
from crisp_api.limits.redis_ import RedisLimit

__all__ = ["Limit", "LimitError", "Limiter", "RedisLimit"]


class Limiter(t.Protocol):
    """Anything that a client can ask before it sends a request."""

    @property
    def blocks(self) -> bool:
        """Return whether `take` may block, so that an async client needs a thread."""
        ...

    def take(self) -> float:
        """Count one request, if the limit allows it.

        Returns:
            0.0 if the request may be sent, and was counted. Otherwise the seconds after
            which to ask again; nothing was counted.

        Raises:
            LimitError: today's requests are used up.
        """
        ...


class Limit:
    """At most so many requests in any window of time, and in a day.

    The count belongs to this process; threads and clients may share it. A day begins at
    midnight UTC, because Crisp does not document when it resets its daily quota.

    Args:
        requests: how many in any window of ``per`` seconds.
        per: length of the window, in seconds.
        daily: how many in a day.
        clock: returns the seconds since 1970.
    """

    blocks = False

    def __init__(
        self,
        requests: int | None = None,
        *,
        per: float = 60.0,
        daily: int | None = None,
        clock: t.Callable[[], float] = time.time,
    ) -> None:
        check_numbers(requests, per, daily)
        self._requests = requests
        self._per = per
        self._daily = daily
        self._clock = clock
        # When the last requests were granted. The window is full until the first of
        # them has left it.
        self._granted = collections.deque[float](maxlen=requests or 0)
        self._day = 0
        self._today = 0
        self._lock = threading.Lock()
        self._process = os.getpid()

    def __repr__(self) -> str:
        if not hasattr(self, "_requests"):
            # In the traceback of an error that its constructor raised.
            return "<Limit, not initialized>"
        return f"Limit({self._requests}, per={self._per}, daily={self._daily})"

    def take(self) -> float:
        """Count one request, if the limit allows it; see `Limiter.take`."""
        if self._process != os.getpid():
            # A thread of the parent process may have held the lock during the fork.
            self._lock, self._process = threading.Lock(), os.getpid()
        with self._lock:
            return self._take(self._clock())

    def _take(self, now: float) -> float:
        # If the clock is set back to yesterday, today's count goes on: otherwise a day
        # could be had twice.
        if (day := int(now // DAY)) > self._day:
            self._day, self._today = day, 0
        if self._daily and self._today >= self._daily:
            raise daily_limit_reached(self._daily, self._day, now)
        if self._granted and now < self._granted[-1]:
            # The clock was set back. Times in the future would keep the window full.
            kept = [min(then, now) for then in self._granted]
            self._granted = collections.deque(kept, maxlen=self._requests)
        if self._requests and len(self._granted) == self._requests:
            free = self._granted[0] + self._per
            if now < free:
                return free - now
        self._granted.append(now)
        self._today += 1
        return 0.0
