"""When a request is retried, and how long to wait first.

GET, HEAD, PUT and DELETE are retried after a broken transport and after 408, 420, 429,
500, 502, 503 and 504, because doing them twice has the same result as doing them once.
POST and PATCH are retried after 420 and 429, which mean that nothing was done, and if
the request was certainly not sent. 423, the daily quota, is never retried.

This module only decides. `crisp_api.transport.sender` waits and sends.
"""

from __future__ import annotations

import dataclasses
import typing as t

from crisp_api import wire
from crisp_api._renamed import refuse_old_options
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
# A gateway that failed may have passed the request on.
_GATEWAY_STATUSES: t.Final = frozenset({502, 504})
# Seconds that may pass before a request is copied to shorten its deadline.
CLOCK_SLACK: t.Final = 0.001
# The amount that one response adds to the budget. A power of two, so that the sums
# are exact.
REFILL: t.Final = 0.125

Outcome = Response | TransportError | InvalidResponseError
"""The result of one attempt."""


@refuse_old_options(
    attempts="max_attempts",
    first_delay="initial_delay",
    longest_delay="max_delay",
    longest_retry_after="max_retry_after",
)
@dataclasses.dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """A policy for retries: how many, and how long to wait before each.

    Delays double from ``initial_delay`` up to ``max_delay``. The wait is a random part
    of the delay, so that clients that failed together do not retry together. If the
    response has a ``Retry-After``, the wait is that instead.

    Args:
        max_attempts: how often a request is sent at most, including the first time.
        initial_delay: seconds.
        max_delay: seconds.
        max_retry_after: seconds. If ``Retry-After`` asks for more, the error is raised
            at once, with the number in its ``retry_after``.
        budget: how many retries a client has. Each retry takes one, and eight responses
            give one back, so that a client does not add load while Crisp is failing.
    """

    max_attempts: int = 4
    initial_delay: float = 0.5
    max_delay: float = 8.0
    max_retry_after: float = 30.0
    budget: int = 20

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            least = 1 if name == "max_attempts" else 0
            # Written so that NaN fails the comparison too.
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
        """Return how many seconds to wait before the next attempt, None to stop.

        Args:
            request: the request that was sent.
            attempt: the number of the attempt, from 1.
            outcome: its result.
            now: seconds since 1970, to which a date in ``Retry-After`` is compared.
            jitter: the fraction of the delay to wait, 0 to 1.
        """
        if attempt >= self.max_attempts or not _is_retryable(request, outcome):
            return None
        if isinstance(outcome, Response):
            asked = wire.retry_after(outcome.header("retry-after"), now)
            if asked is not None:
                return asked if asked <= self.max_retry_after else None
        # A larger power would overflow.
        doubled = self.initial_delay * 2.0 ** min(attempt - 1, 100)
        return jitter * min(self.max_delay, doubled)


def _is_retryable(request: Request, outcome: Outcome) -> bool:
    is_repeatable = request.method in _REPEATABLE
    if isinstance(outcome, TransportError):
        return is_repeatable or outcome.certainly_unsent
    statuses = TRANSIENT_STATUSES if is_repeatable else RATE_LIMITED
    return isinstance(outcome, Response) and outcome.status in statuses


def _may_have_happened(outcome: Outcome) -> bool:
    if isinstance(outcome, TransportError):
        return not outcome.certainly_unsent
    return isinstance(outcome, Response) and outcome.status in _GATEWAY_STATUSES


def _says_it_is_gone(response: Response) -> bool:
    """Return whether this is Crisp's own 404, and about the thing itself."""
    try:
        envelope: t.Any = wire.json_value(response.body)
    except ValueError:
        return False
    reason = (
        t.cast("dict[str, object]", envelope).get("reason")
        if isinstance(envelope, dict)
        else None
    )
    return isinstance(reason, str) and reason != "not_subscribed"


class Budget:
    """The number of retries that a client has left."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._left = size

    def take(self) -> bool:
        """Take one retry, and return whether one was left."""
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def earn(self) -> None:
        """Add part of a retry, for a response that is not a transient failure."""
        self._left = min(self._size, self._left + REFILL)


class Times(t.NamedTuple):
    """The clocks and the random numbers that decisions are based on.

    Attributes:
        clock: returns seconds, as `time.monotonic` does.
        now: returns seconds since 1970, as `time.time` does.
        jitter: returns the fraction of a delay to wait, 0 to 1.
    """

    clock: t.Callable[[], float]
    now: t.Callable[[], float]
    jitter: t.Callable[[], float]


class Attempts:
    """The attempts of one call: whether to make another, when, and what to send.

    Attributes:
        number: how many attempts were made.
        is_in_doubt: whether one of them may have been carried out.

    Args:
        request: the request; its ``deadline`` is for all attempts together.
        policy: when to retry; None for never.
        budget: the client's retry budget.
        times: the clocks and the random numbers to use.
    """

    def __init__(
        self,
        request: Request,
        policy: RetryPolicy | None,
        budget: Budget,
        times: Times,
    ) -> None:
        self.number: int = 0
        self.is_in_doubt: bool = False
        self._request = request
        self._policy = policy
        self._budget = budget
        self._times = times
        self._start = times.clock()

    def request(self) -> Request:
        """Return the request of the next attempt, its deadline being what is left.

        Raises:
            TimeoutError: no time is left.
        """
        deadline = self._request.deadline
        elapsed = self._times.clock() - self._start
        if deadline is not None and elapsed >= max(deadline, CLOCK_SLACK):
            message = f"{self._request.label}: no time is left to send it"
            raise TimeoutError(message, self._request, sent=False)
        self.number += 1
        if deadline is None or elapsed < CLOCK_SLACK:
            return self._request
        return dataclasses.replace(self._request, deadline=deadline - elapsed)

    def limit_delay(self, seconds: float) -> float:
        """Return the seconds that a limit asks to wait, if the call has that long.

        Raises:
            LimitError: the deadline is sooner.
        """
        left = self._left()
        if left is not None and seconds >= left:
            message = (
                f"{self._request.label}: the limit leaves no "
                f"room for {seconds:.1f} seconds, longer than the call may take"
            )
            raise LimitError(message, seconds)
        return seconds

    def wait(self, outcome: Outcome) -> float | None:
        """Return how many seconds to wait before the next attempt, None to stop."""
        if isinstance(outcome, Response) and outcome.status not in TRANSIENT_STATUSES:
            self._budget.earn()
            return None
        if self._policy is None:
            return None
        self.is_in_doubt |= _may_have_happened(outcome)
        now, jitter = self._times.now(), self._times.jitter()
        delay = self._policy.delay(self._request, self.number, outcome, now, jitter)
        left = self._left()
        if delay is None or (left is not None and delay >= left):
            return None
        return delay if self._budget.take() else None

    def has_deleted(self, response: Response) -> bool:
        """Return whether a DELETE has succeeded, although the response is a 404.

        An attempt before it, whose response was lost, may have removed the thing.
        """
        if self._request.method != "DELETE" or response.status != 404:
            return False
        return self.is_in_doubt and _says_it_is_gone(response)

    def _left(self) -> float | None:
        deadline = self._request.deadline
        elapsed = self._times.clock() - self._start
        return None if deadline is None else deadline - elapsed
