"""Faults on order, and limits that count as Crisp's do."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from crisp_api import errors
from crisp_api.http import Request, Response
from crisp_api.sandbox.refusals import Refusal
from crisp_api.sandbox.routes import named

if t.TYPE_CHECKING:
    from crisp_api.sandbox.tokens import Token

__all__ = ["Fault", "FaultOptions", "Faults", "Outcome", "Reset", "in_process"]

Reset = t.Literal["refused", "before", "after"]
_RESETS: t.Final = t.get_args(Reset)
_DAY: t.Final = 86_400_000
_REASONS: t.Final = {
    401: "invalid_session",
    402: "subscription_required",
    403: "not_allowed",
    404: "not_found",
    409: "conflict",
    420: "rate_limited",
    423: "quota_limit_exceeded",
    429: "rate_limited",
}


class FaultOptions(t.TypedDict, total=False):
    """A fault that requests for an operation meet."""

    times: int | None
    """How many requests meet it: 1 by default; None for all that come."""
    status: int
    """The status of the response, an error; then nothing else is done."""
    reason: str
    """The reason in that response; by default, the usual one of the status."""
    message: str
    """The message in that response."""
    retry_after: float
    """The seconds in its ``Retry-After``."""
    delay: float
    """Seconds before the response, after the request was answered. In process, nothing
    waits: there is a `TimeoutError` if the client would not have waited so long.
    """
    reset: Reset
    """A lost connection: "refused" if there is none, "before" if it is lost before the
    request is answered, "after" if only the response is lost.
    """
    body: bytes
    """The body of the response, in place of the right one. Without a status, what the
    request asks for is done.
    """
    headers: t.Mapping[str, str]
    """The headers of that response."""


@dataclasses.dataclass
class Fault:
    """A fault that was ordered; see `FaultOptions`."""

    operation: str
    times: int | None = 1
    status: int | None = None
    reason: str = ""
    message: str = ""
    retry_after: float | None = None
    delay: float = 0.0
    reset: Reset | None = None
    body: bytes | None = None
    headers: t.Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.ids: set[str] = named(self.operation)
        if self.reset not in {None, *_RESETS}:
            message = f"reset is one of {', '.join(_RESETS)}, not {self.reset!r}"
            raise ValueError(message)
        if self.status is not None:
            _check_number("status", self.status, 400, 599)
        if self.times is not None:
            _check_number("times", self.times, 1)
        _check_number("delay", self.delay, 0, kinds=(int, float))
        if self.retry_after is not None:
            _check_number("retry_after", self.retry_after, 0, kinds=(int, float))
        if not isinstance(t.cast("object", self.body), bytes | None):
            message = f"the body of a response is bytes, not {self.body!r}"
            raise TypeError(message)
        told = (self.reason, self.message, self.retry_after)
        if self.status is None and told != ("", "", None):
            message = "reason, message and retry_after are for a fault with a status"
            raise ValueError(message)
        if (self.status, self.reset, self.body, self.delay) == (None, None, None, 0):
            message = "a fault has a status, a reset, a body or a delay"
            raise ValueError(message)

    @property
    def refusal(self) -> Refusal | None:
        """The error response, None if there is none."""
        if self.status is None:
            return None
        other = "internal_error" if self.status >= 500 else "invalid_data"
        reason = self.reason or _REASONS.get(self.status, other)
        return Refusal(self.status, reason, self.message, self.retry_after)


def _check_number(
    name: str,
    value: object,
    least: float,
    most: float = float("inf"),
    kinds: tuple[type, ...] = (int,),
) -> None:
    """Raise an error for what is no number in a range; NaN is none."""
    number = t.cast("float", value)
    if type(value) not in kinds or not (least <= number <= most and number < _INFINITE):
        kind = "whole number" if kinds == (int,) else "number"
        upper = "or more" if most == _INFINITE else f"to {most:g}"
        message = f"{name} is a {kind}, {least:g} {upper}, not {value!r}"
        raise ValueError(message)


_INFINITE: t.Final = float("inf")


class Outcome(t.NamedTuple):
    """The outcome of a request: a response after some seconds, or a lost connection."""

    response: Response | None
    delay: float = 0.0
    reset: Reset | None = None


class Faults:
    """The faults that were ordered, and the limits."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []
        self.quota: int | None = None
        self.rate: tuple[int, float] | None = None
        self._used: collections.Counter[tuple[int, str]] = collections.Counter()
        self._moments: dict[str, collections.deque[int]] = {}

    def _take(self, operation: str) -> Fault | None:
        """Return the fault that a request for an operation meets, if there is one."""
        for fault in self.ordered:
            if fault.operation == "*" or operation in fault.ids:
                if fault.times is not None:
                    fault.times -= 1
                    if not fault.times:
                        self.ordered.remove(fault)
                return fault
        return None

    def limit(self, quota: int | None, rate: tuple[int, float] | None) -> None:
        """Set the limits, and begin to count."""
        if quota is not None:
            _check_number("quota", quota, 0)
        if rate is not None:
            most, seconds = rate
            _check_number("rate[0]", most, 1)
            _check_number("rate[1]", seconds, 0, kinds=(int, float))
        self._used.clear()
        self._moments.clear()
        self.quota, self.rate = quota, rate

    def meet(
        self, request: Request, respond: t.Callable[[Refusal | None], Response]
    ) -> Outcome:
        """Return the outcome of a request, with the fault that it meets.

        Args:
            request: the request.
            respond: returns the response, or that of a refusal.
        """
        fault = self._take(request.operation) if self.ordered else None
        if fault is None:
            return Outcome(respond(None))
        if fault.reset in {"refused", "before"}:
            return Outcome(None, fault.delay, fault.reset)
        response = respond(fault.refusal)
        own = {name.lower(): value for name, value in fault.headers.items()}
        body = response.body if fault.body is None else fault.body
        response = Response(request, response.status, body, {**response.headers, **own})
        return Outcome(None if fault.reset else response, fault.delay, fault.reset)

    def count(self, token: Token, now: int) -> None:
        """Count a request.

        Args:
            token: whose it is. The quota is for plugins, the rate for all others.
            now: the time, in milliseconds since 1970.

        Raises:
            Refusal: it is one too many.
        """
        if token.tier == "plugin":
            self._count_quota(token.identifier, now // _DAY)
        elif self.rate:
            self._count_rate(*self.rate, token.identifier, now)

    def _count_quota(self, identifier: str, day: int) -> None:
        if self.quota is None:
            return
        if self._used[day, identifier] >= self.quota:
            message = f"the plugin has made its {self.quota} requests of the day"
            raise Refusal(423, "quota_limit_exceeded", message)
        self._used[day, identifier] += 1

    def _count_rate(self, most: int, seconds: float, who: str, now: int) -> None:
        moments = self._moments.setdefault(who, collections.deque())
        while moments and moments[0] <= now - seconds * 1000:
            moments.popleft()
        if len(moments) >= most:
            wait = (moments[0] + seconds * 1000 - now) / 1000
            message = f"at most {most} requests in {seconds:.3g} seconds"
            raise Refusal(429, "rate_limited", message, wait)
        moments.append(now)


def in_process(request: Request, outcome: Outcome) -> Response:
    """Return the response, without any wait.

    Raises:
        ConnectionError: the connection was lost.
        TimeoutError: the request does not wait so long.
    """
    if outcome.response is None:
        word = "refused" if outcome.reset == "refused" else "reset"
        message = f"the sandbox has {word} the connection"
        sent = False if word == "refused" else None
        raise errors.ConnectionError(message, request, sent=sent)
    limits = [one for one in (request.timeout, request.deadline) if one is not None]
    if outcome.delay and limits and outcome.delay >= min(limits):
        message = f"no response within {min(limits):.3g} seconds"
        raise errors.TimeoutError(message, request)
    return outcome.response
