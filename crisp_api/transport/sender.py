"""The senders: a transport with retries, a limit, hooks and a log, for either face.

What is decided is decided in `crisp_api.transport.retry`; here it is waited for,
sent and told of. A sender takes a transport and is one.
"""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import logging
import os
import random
import threading
import time
import typing as t

from crisp_api.errors import InvalidResponseError, TransportError
from crisp_api.http import AsyncTransport, Request, Response, Transport
from crisp_api.transport.retry import Attempts, Budget, Outcome, RetryPolicy, Times

if t.TYPE_CHECKING:
    from crisp_api.limits import Limiter

__all__ = ["AsyncSender", "Attempt", "Hooks", "Options", "Sender"]

log: t.Final = logging.getLogger("crisp_api")
_TIMES: t.Final = Times(time.monotonic, time.time, random.random)

T = t.TypeVar("T", bound=AsyncTransport | Transport)


@dataclasses.dataclass(frozen=True)
class Options:
    """How long a client waits, and whether it tries again.

    Args:
        timeout: seconds to wait for a connection, and for each read.
        deadline: seconds for a whole call, over all its attempts.
        retry: when to try again; None for never.
    """

    timeout: float | None
    deadline: float | None
    retry: RetryPolicy | None

    def __post_init__(self) -> None:
        for name in ("timeout", "deadline"):
            value: object = getattr(self, name)
            seconds = isinstance(value, int | float) and 0 < value < float("inf")
            if value is not None and (not seconds or isinstance(value, bool)):
                message = f"{name} must be a number of seconds above 0, or None"
                raise ValueError(message)
        given = t.cast("object", self.retry)
        if not isinstance(given, RetryPolicy | None):
            message = f"retry must be a RetryPolicy or None, not {given!r}"
            raise TypeError(message)


@dataclasses.dataclass(frozen=True)
class Attempt:
    """What a hook is told of one sending of a request.

    Attributes:
        request: what is sent, its credentials taken out.
        number: which attempt of the call it is, from 1.
        outcome: the response or the error, None before it is there.
        seconds: how long that took.
        delay: seconds until the next attempt, None where there is none.
    """

    request: Request
    number: int
    outcome: Outcome | None = None
    seconds: float = 0.0
    delay: float | None = None


class Hooks(t.NamedTuple):
    """Who is told of attempts: before one, after it, and before it is repeated.

    What a hook raises is logged, and nothing else. An awaited call that is cancelled
    is told of before, and not after.
    """

    on_request: t.Callable[[Attempt], object] | None = None
    on_response: t.Callable[[Attempt], object] | None = None
    on_retry: t.Callable[[Attempt], object] | None = None


NO_HOOKS: t.Final = Hooks()


@dataclasses.dataclass
class SharedState:
    """What senders over the same connections share."""

    sent: int = 0
    closed: bool = False


class _Carrier(t.Generic[T]):
    """What both faces share: a budget, a limit, and who is told."""

    _pause: t.Any

    def __init__(  # noqa: PLR0913 - named, but for four
        self,
        transport: T,
        retry: RetryPolicy | None,
        limit: Limiter | None = None,
        hooks: Hooks = NO_HOOKS,
        *,
        times: Times = _TIMES,
        sleep: t.Callable[[float], t.Any] | None = None,
    ) -> None:
        self._transport = transport
        self._sleep: t.Callable[[float], t.Any] = sleep or self._pause
        self._limit = limit
        self._hooks = hooks
        self._times = times
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._life = SharedState()
        self._set_retry(retry)

    def _set_retry(self, retry: RetryPolicy | None) -> None:
        self._retry = retry
        self._budget = Budget(retry.budget if retry else 0)

    def with_retry(self, retry: RetryPolicy | None) -> t.Self:
        """Give one that tries again otherwise, over the same connections."""
        other = copy.copy(self)
        other._set_retry(retry)  # noqa: SLF001 - another of this class
        return other

    @property
    def sent(self) -> int:
        """How many requests were sent, repeated ones included."""
        return self._life.sent

    def close(self) -> None:
        """Send no more; those made by `with_retry` do not either."""
        self._life.closed = True

    def _begin(self, request: Request) -> Attempts:
        if self._life.closed:
            raise _closed()
        if self._process != os.getpid():
            # Forked; a thread that is not here may have held it.
            self._lock, self._process = threading.Lock(), os.getpid()
        return Attempts(request, self._retry, self._budget, self._times)

    def _before(self, attempts: Attempts) -> Request:
        """Give the request of the next attempt, and tell of it."""
        # Again: it may have been closed while this call waited.
        if self._life.closed:
            raise _closed()
        request = attempts.request()
        if hook := self._hooks.on_request:
            _call(hook, Attempt(request.redacted(), attempts.number))
        return request

    def _after(
        self, attempts: Attempts, request: Request, start: float, outcome: Outcome
    ) -> float | None:
        """Tell what came of an attempt, and give the seconds until the next."""
        seconds = self._times.clock() - start
        # The budget is one for all threads.
        with self._lock:
            self._life.sent += 1
            delay = attempts.wait(outcome)
        if log.isEnabledFor(logging.DEBUG):
            # Without the query, or what an error repeats: they tell of people.
            came = type(outcome).__name__
            if isinstance(outcome, Response):
                came = str(outcome.status)
            asked = request.method, request.path, came, attempts.number, seconds * 1000
            log.debug("%s %s: %s (attempt %d, %.0f ms)", *asked)
        if self._hooks.on_response or self._hooks.on_retry:
            shown = outcome.redacted() if isinstance(outcome, Response) else outcome
            attempt = Attempt(
                request.redacted(), attempts.number, shown, seconds, delay
            )
            if hook := self._hooks.on_response:
                _call(hook, attempt)
            if delay is not None and (hook := self._hooks.on_retry):
                _call(hook, attempt)
        return delay


class Sender(_Carrier[Transport]):
    """For a transport that waits."""

    _pause: t.Any = staticmethod(time.sleep)

    def send(self, request: Request, /) -> Response:
        """Send a request until it is answered, or not worth another try."""
        attempts = self._begin(request)
        while True:
            while self._limit and (seconds := self._limit.take()):
                self._sleep(attempts.limit_delay(seconds))
            request, start = self._before(attempts), self._times.clock()
            outcome: Outcome
            try:
                outcome = self._transport.send(request)
            except (TransportError, InvalidResponseError) as error:
                outcome = error
            delay = self._after(attempts, request, start, outcome)
            if delay is None:
                return _unwrap(outcome)
            self._sleep(delay)


class AsyncSender(_Carrier[AsyncTransport | Transport]):
    """For a transport that is awaited, or answers without waiting."""

    _pause: t.Any = staticmethod(asyncio.sleep)

    async def send(self, request: Request, /) -> Response:
        """Send a request until it is answered, or not worth another try."""
        attempts = self._begin(request)
        while True:
            while self._limit and (seconds := await _take(self._limit)):
                await self._sleep(attempts.limit_delay(seconds))
            request, start = self._before(attempts), self._times.clock()
            outcome: Outcome
            try:
                answer = self._transport.send(request)
                outcome = answer if isinstance(answer, Response) else await answer
            except (TransportError, InvalidResponseError) as error:
                outcome = error
            delay = self._after(attempts, request, start, outcome)
            if delay is None:
                return _unwrap(outcome)
            await self._sleep(delay)


async def _take(limit: Limiter) -> float:
    """Ask a limit, in a thread where that may take a while."""
    return await asyncio.to_thread(limit.take) if limit.blocks else limit.take()


def _call(hook: t.Callable[[Attempt], object], attempt: Attempt) -> None:
    """Tell a hook; what goes wrong there is no reason to lose an answer."""
    try:
        hook(attempt)
    except Exception:
        log.exception("a hook failed, the call goes on: %r", hook)


def _unwrap(outcome: Outcome) -> Response:
    """Give the response, or raise the error."""
    if isinstance(outcome, Response):
        return outcome
    raise outcome


def _closed() -> RuntimeError:
    return RuntimeError("the client is closed; make another, or close it later")
