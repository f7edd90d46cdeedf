"""The sender: a transport with retries, a rate limit, hooks and a log.

`crisp_api.transport.retry` decides, without waiting; the sender waits, sends and
reports. It takes a transport and is one.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import logging
import os
import random
import threading
import time
import typing as t

from crisp_api.errors import (
    InvalidResponseError,
    LimitError,
    TimeoutError,
    TransportError,
)
from crisp_api.http import AsyncTransport, Request, Response, Transport
from crisp_api.pools import task_scope, thread_scope
from crisp_api.runners import SYNC, Runner, Steps
from crisp_api.transport.retry import Attempts, Budget, Outcome, RetryPolicy, Times

if t.TYPE_CHECKING:
    from crisp_api.limits import Limiter

__all__ = ["Attempt", "Hooks", "Options", "Sender"]

log: t.Final = logging.getLogger("crisp_api")
_TIMES: t.Final = Times(time.monotonic, time.time, random.random)

Sign = t.Callable[[Request], Request]


@dataclasses.dataclass(frozen=True)
class Options:
    """The time-outs and the retry policy of a client.

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
    """One attempt of a call, as hooks see it.

    Attributes:
        request: what is sent, without the credentials.
        number: which attempt of the call it is, from 1.
        outcome: the response or the error; None before the attempt.
        seconds: how long the attempt took.
        delay: seconds until the next attempt; None if there is none.
    """

    request: Request
    number: int
    outcome: Outcome | None = None
    seconds: float = 0.0
    delay: float | None = None


class Hooks(t.NamedTuple):
    """Observers of attempts: before one, after it, and before it is repeated.

    An error in a hook is logged, and the call goes on. For an async call that is
    cancelled, ``on_request`` is called and ``on_response`` is not.
    """

    on_request: t.Callable[[Attempt], object] | None = None
    on_response: t.Callable[[Attempt], object] | None = None
    on_retry: t.Callable[[Attempt], object] | None = None

    def check(self) -> None:
        """Raise a TypeError for a hook that cannot be called."""
        for name, hook in self._asdict().items():
            if hook is not None and not callable(hook):
                message = f"{name} must be a function of an attempt, not {hook!r}"
                raise TypeError(message)
            if inspect.iscoroutinefunction(hook):
                message = f"{name} must be a plain function; a hook is not awaited"
                raise TypeError(message)


NO_HOOKS: t.Final = Hooks()


@dataclasses.dataclass
class SharedState:
    """The state that senders over the same connections share.

    Attributes:
        sent: the number of requests that were sent, with repeated ones.
        closed: whether no more may be sent.
    """

    sent: int = 0
    closed: bool = False


class Sender:
    """Sends requests over a transport, and retries those that may be repeated.

    Args:
        transport: sends one request; on an async client, it may be awaited or not.
        retry: when to try again; None for never.
        limit: a rate limit, checked before every attempt.
        hooks: called for every attempt.
        runner: the runner of the client, sync or async.
        times: the clocks and the random numbers.
        sleep: replaces the runner's pause, in tests.
    """

    def __init__(  # noqa: PLR0913 - named, but for four
        self,
        transport: AsyncTransport | Transport,
        retry: RetryPolicy | None,
        limit: Limiter | None = None,
        hooks: Hooks = NO_HOOKS,
        *,
        runner: Runner = SYNC,
        times: Times = _TIMES,
        sleep: t.Callable[[float], t.Any] | None = None,
    ) -> None:
        self.runner = runner
        self.transport = transport
        self._limit = limit
        self._hooks = hooks
        self._times = times
        self._sleep: t.Callable[[float], t.Any] = sleep or runner.pause
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._shared = SharedState()
        self._set_retry(retry)

    def _set_retry(self, retry: RetryPolicy | None) -> None:
        self._retry = retry
        self._budget = Budget(retry.budget if retry else 0)

    def with_retry(self, retry: RetryPolicy | None) -> t.Self:
        """Return a sender with another retry policy, over the same connections."""
        other = copy.copy(self)
        other._set_retry(retry)  # noqa: SLF001 - another of this class
        return other

    @property
    def sent(self) -> int:
        """The number of requests that were sent, with repeated ones."""
        return self._shared.sent

    def close(self) -> None:
        """Stop sending, for all senders over the same connections."""
        self._shared.closed = True

    def send(self, request: Request, /) -> t.Any:
        """Send a request; for an async client, return the coroutine of it.

        Returns:
            The `Response` of the last attempt.

        Raises:
            TransportError: no whole response arrived at the last attempt.
            InvalidResponseError: the response was too large, or not HTTP.
            LimitError: the rate limit did not allow the request in time.
            RuntimeError: the sender is closed.
        """
        return self.runner.run(self.steps(request))

    def steps(self, request: Request, sign: Sign | None = None) -> Steps[Response]:
        """Send a request, and retry it as the policy allows.

        Args:
            request: the request to send.
            sign: called before every attempt, so that a retry has the current
                credentials.
        """
        attempts = self._begin(request)
        # The outcome of the last attempt. Not in a variable, because the traceback of
        # an error refers to this frame, and would keep the error alive.
        last: list[Outcome] = []
        while True:
            ready: Request | None = None
            try:
                while self._limit and (seconds := (yield self._take(self._limit))):
                    yield self._sleep(attempts.limit_delay(seconds))
                ready = self._before(attempts, sign)
            except (LimitError, TimeoutError):
                # Nothing was sent this time, but maybe before.
                if not last:
                    raise
            if ready is None:
                return _finished(attempts, last.pop())
            request, start = ready, self._times.clock()
            last.clear()
            try:
                last.append(_checked((yield self.transport.send(request))))
            except (TransportError, InvalidResponseError) as error:
                last.append(error)
            delay = self._after(attempts, request, start, last[0])
            if delay is None:
                return _finished(attempts, last.pop())
            yield self._sleep(delay)

    def _take(self, limit: Limiter) -> t.Any:
        return self.runner.offload(limit.take) if limit.blocks else limit.take()

    def _begin(self, request: Request) -> Attempts:
        self._check_open()
        if self._process != os.getpid():
            # After a fork: a thread of the parent process may have locked it.
            self._lock, self._process = threading.Lock(), os.getpid()
        return Attempts(request, self._retry, self._budget, self._times)

    def _before(self, attempts: Attempts, sign: Sign | None) -> Request:
        """Return the request of the next attempt, after calling the hook."""
        # The sender may have been closed while this call waited.
        self._check_open()
        request = attempts.request()
        if sign:
            request = sign(request)
        if hook := self._hooks.on_request:
            _call(hook, Attempt(request.redacted(), attempts.number))
        return request

    def _check_open(self) -> None:
        if self._shared.closed:
            message = "the client is closed; make another, or close it later"
            raise RuntimeError(message)

    def _after(
        self, attempts: Attempts, request: Request, start: float, outcome: Outcome
    ) -> float | None:
        """Report an attempt, and return the seconds until the next; None to stop."""
        seconds = self._times.clock() - start
        # Threads share the budget.
        with self._lock:
            self._shared.sent += 1
            delay = attempts.wait(outcome)
        if log.isEnabledFor(logging.DEBUG):
            # Without the query and the text of an error, which may be personal data.
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


def _call(hook: t.Callable[[Attempt], object], attempt: Attempt) -> None:
    """Call a hook; an error in it must not lose the response.

    Calls that the hook makes, or that a task makes which it starts, do not belong to
    the batch that this call belongs to, and are not stopped with it.
    """
    scopes = thread_scope.set(None), task_scope.set(None)
    try:
        hook(attempt)
    except Exception:
        log.exception("a hook failed, the call goes on: %r", hook)
    finally:
        thread_scope.reset(scopes[0])
        task_scope.reset(scopes[1])


def _finished(attempts: Attempts, outcome: Outcome) -> Response:
    """Return the response of a call, or raise its error."""
    try:
        if isinstance(outcome, Response):
            return _done(attempts, outcome)
        if isinstance(outcome, TransportError):
            outcome.attempts = attempts.number
            if attempts.is_in_doubt:
                # The last attempt was not sent, but one before it may have been.
                outcome.sent = None
        raise outcome
    finally:
        # The traceback of the error refers to this frame.
        del outcome


def _done(attempts: Attempts, response: Response) -> Response:
    """Return the response of a call: 204 for a DELETE whose 404 proves success."""
    if not attempts.has_deleted(response):
        return response
    request = response.request
    log.info(
        "%s %s: 404 after an attempt whose outcome is unknown, taken as done",
        *(request.method, request.path),
    )
    return Response(request, 204)


def _checked(response: object) -> Response:
    """Return a response of a transport, without credentials that it repeats.

    Raises:
        TypeError: it is something else.
    """
    if isinstance(response, Response):
        return response.masked()
    hint = ""
    if inspect.iscoroutine(response):
        response.close()
        hint = "; a sync client takes no async transport, use AsyncCrisp"
    message = f"the transport returned {type(response).__name__}, not a Response{hint}"
    raise TypeError(message)
