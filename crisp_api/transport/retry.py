"""When a request is tried again, and how long to wait first.

GET, HEAD, PUT and DELETE are tried again after a broken transport and after 408,
420, 429, 500, 502, 503 and 504: to do them twice is to do them once. POST and PATCH
are tried again after 420 and 429, which say that nothing was done, and where the
request certainly was not sent. 423, the daily quota, is never worth another try.

All of it is decided here, without waiting or sending.
"""

from __future__ import annotations

import dataclasses
import typing as t

from crisp_api import wire
from crisp_api.errors import (
    InvalidResponseError,
    LimitError,
    TimeoutError,
    TransportError,
)
from crisp_api.http import Request, Response

__all__ = ["Attempts", "Budget", "Outcome", "RetryPolicy", "Times"]

_REPEATABLE: t.Final = frozenset({"DELETE", "GET", "HEAD", "PUT"})
RATE_LIMITED: t.Final = frozenset({420, 429})
TRANSIENT_STATUSES: t.Final = frozenset({408, 420, 429, 500, 502, 503, 504})
# Seconds that are not worth another request, with a deadline that is so much nearer.
CLOCK_SLACK: t.Final = 0.001
# Its sums are exact.
REFILL: t.Final = 0.125

Outcome = Response | TransportError | InvalidResponseError
"""What comes of one attempt."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How often and how patiently to try again.

    The waits grow twofold from ``initial_delay`` to ``max_delay``, and each is a
    random part of that, so that clients that failed together do not come back
    together. A ``Retry-After`` of Crisp's is honoured in their place.

    Args:
        max_attempts: how often a request is sent, the first time included.
        initial_delay: seconds.
        max_delay: seconds.
        max_retry_after: seconds; when Crisp asks for more, the error is raised
            at once, and says for how much in its ``retry_after``.
        budget: how many retries a client may make before answers must earn more, one
            for every eight. It keeps a client from adding to a storm.
    """

    max_attempts: int = 4
    initial_delay: float = 0.5
    max_delay: float = 8.0
    max_retry_after: float = 30.0
    budget: int = 20

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            least = 1 if name == "max_attempts" else 0
            # Not a number is not below anything, and not above it.
            if not least <= value < float("inf"):
                message = f"{name} must be a number, {least} or more, not {value!r}"
                raise ValueError(message)

    def delay(
        self,
        request: Request,
        attempt: int,
        outcome: Outcome,
        now: float,
        jitter: float,
    ) -> float | None:
        """Say how many seconds to wait before another attempt; None is to stop.

        Args:
            request: what was sent.
            attempt: which attempt it was, from 1.
            outcome: what came of it.
            now: seconds since 1970, which a date in ``Retry-After`` is told from.
            jitter: 0 to 1, the fraction of the delay to wait.
        """
        if attempt >= self.max_attempts or not _is_worth_another(request, outcome):
            return None
        if isinstance(outcome, Response):
            asked = wire.retry_after(outcome.header("retry-after"), now)
            if asked is not None:
                return asked if asked <= self.max_retry_after else None
        # A power that would be too large to hold is not asked for.
        doubled = self.initial_delay * 2.0 ** min(attempt - 1, 100)
        return jitter * min(self.max_delay, doubled)


def _is_worth_another(request: Request, outcome: Outcome) -> bool:
    is_repeatable = request.method in _REPEATABLE
    if isinstance(outcome, TransportError):
        return is_repeatable or outcome.sent is False
    statuses = TRANSIENT_STATUSES if is_repeatable else RATE_LIMITED
    return isinstance(outcome, Response) and outcome.status in statuses


class Budget:
    """The retries that a client may still make."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._left = size

    def take(self) -> bool:
        """Take one retry, if one is left."""
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def earn(self) -> None:
        """Take note of an answer."""
        self._left = min(self._size, self._left + REFILL)


class Times(t.NamedTuple):
    """Where the time and chance come from.

    Attributes:
        clock: gives seconds, as `time.monotonic` does.
        now: gives seconds since 1970, as `time.time` does.
        jitter: returns the fraction of a delay to wait, 0 to 1.
    """

    clock: t.Callable[[], float]
    now: t.Callable[[], float]
    jitter: t.Callable[[], float]


class Attempts:
    """The attempts of one call: what to send next, and whether and when to.

    Args:
        request: what is asked; its ``deadline`` is for all attempts together.
        policy: when to try again; None for never.
        budget: the client's.
        times: where the time and chance come from.
    """

    def __init__(
        self,
        request: Request,
        policy: RetryPolicy | None,
        budget: Budget,
        times: Times,
    ) -> None:
        self.number: int = 0
        self._request = request
        self._policy = policy
        self._budget = budget
        self._times = times
        self._start = times.clock()

    def request(self) -> Request:
        """Give the request of the next attempt, with the time that is left for it.

        Raises:
            TimeoutError: none is.
        """
        self.number += 1
        deadline = self._request.deadline
        elapsed = self._times.clock() - self._start
        if deadline is None or elapsed < CLOCK_SLACK:
            return self._request
        if elapsed >= deadline:
            message = (
                f"{self._request.method} {self._request.path}: no time is left to send"
            )
            raise TimeoutError(message, self._request, sent=False)
        return dataclasses.replace(self._request, deadline=deadline - elapsed)

    def limit_delay(self, seconds: float) -> float:
        """Give the seconds that a limit wants, if the call has them.

        Raises:
            LimitError: it has not.
        """
        left = self._left()
        if left is not None and seconds >= left:
            message = (
                f"{self._request.method} {self._request.path}: the limit leaves no "
                f"room for {seconds:.1f} seconds, longer than the call may take"
            )
            raise LimitError(message, seconds)
        return seconds

    def wait(self, outcome: Outcome) -> float | None:
        """Say how many seconds to wait before the next attempt; None is to stop."""
        if isinstance(outcome, Response) and outcome.status not in TRANSIENT_STATUSES:
            self._budget.earn()
            return None
        if self._policy is None:
            return None
        now, jitter = self._times.now(), self._times.jitter()
        delay = self._policy.delay(self._request, self.number, outcome, now, jitter)
        left = self._left()
        if delay is None or (left is not None and delay >= left):
            return None
        return delay if self._budget.take() else None

    def _left(self) -> float | None:
        deadline = self._request.deadline
        elapsed = self._times.clock() - self._start
        return None if deadline is None else deadline - elapsed
