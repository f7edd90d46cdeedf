"""A limit of one's own, so that a job stops before Crisp stops it.

A client asks its limit before each request. `Limit` counts in this process, and
`RedisLimit` for all processes and machines that share a token.
"""

from __future__ import annotations

import collections
import datetime as dt
import logging
import os
import threading
import time
import typing as t
import weakref

from crisp_api.errors import LimitError

__all__ = ["Limit", "LimitError", "Limiter", "RedisLimit"]

log: t.Final = logging.getLogger("crisp_api")
_DAY: t.Final = 86400
# Where there is room again by the time that it is asked when.
_SOON: t.Final = 0.001


class Limiter(t.Protocol):
    """Anything that a client can ask for leave."""

    @property
    def blocks(self) -> bool:
        """Say whether an answer may take a while, so that it is not for a loop."""
        ...

    def take(self) -> float:
        """Take leave for one request: 0.0 is granted, and counted.

        Anything else is the seconds after which to ask again; nothing was counted.

        Raises:
            LimitError: no request of today's is left.
        """
        ...


class Limit:
    """At most so many requests in any window of time, and in a day.

    Each process has its own; a day is one of UTC's, as the hour at which Crisp resets
    its daily quota is not documented. Threads and clients may share one.

    Args:
        requests: how many in any window of ``per`` seconds.
        per: seconds.
        daily: how many in a day.
        clock: gives seconds since 1970.
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
        _check(requests, per, daily)
        self._requests = requests
        self._per = per
        self._daily = daily
        self._clock = clock
        # The last that were granted; a window is full until the first of them left it.
        self._granted = collections.deque[float](maxlen=requests or 0)
        self._day = 0
        self._today = 0
        self._lock = threading.Lock()
        self._process = os.getpid()

    def take(self) -> float:
        """Take leave for one request; see `Limiter.take`."""
        if self._process != os.getpid():
            # Forked; a thread that is not here may have held it.
            self._lock, self._process = threading.Lock(), os.getpid()
        with self._lock:
            return self._take(self._clock())

    def _take(self, now: float) -> float:
        # A day that a clock goes back to is over: what it had is not had again.
        if (day := int(now // _DAY)) > self._day:
            self._day, self._today = day, 0
        if self._daily and self._today >= self._daily:
            raise _used_up(self._daily, self._day, now)
        if self._granted and now < self._granted[-1]:
            # Set back too; what was granted was not granted later than now.
            kept = [min(then, now) for then in self._granted]
            self._granted = collections.deque(kept, maxlen=self._requests)
        if self._requests and len(self._granted) == self._requests:
            free = self._granted[0] + self._per
            if now < free:
                return free - now
        self._granted.append(now)
        self._today += 1
        return 0.0


class RedisLimit:
    """The same for many processes and machines: together they stay below it.

    They count in one Redis, and are given the same numbers. A window is told by the
    clocks of the machines, which must agree. What Redis forgets is not counted.

    Args:
        url: such as ``redis://127.0.0.1:6379/0``; ``rediss`` is over TLS.
        requests: how many in any window of ``per`` seconds.
        key: the name of what is shared. One for each token, and never the key of the
            token itself: whoever reads this Redis reads it.
        per: whole seconds.
        daily: how many in a day, of UTC's.
        clock: gives seconds since 1970, which the day is told from.
        fail_open: let requests out, with a warning in the log, where Redis does not
            answer; otherwise that is a `LimitError`.
        timeout: seconds to wait for a connection, and for each answer.
    """

    blocks = True

    def __init__(  # noqa: PLR0913 - named, all but two
        self,
        url: str,
        requests: int | None = None,
        *,
        key: str,
        per: float = 60.0,
        daily: int | None = None,
        clock: t.Callable[[], float] = time.time,
        fail_open: bool = False,
        timeout: float = 2.0,
    ) -> None:
        _check(requests, per, daily)
        _check_seconds("timeout", timeout)
        if int(per) != per:
            message = f"per must be whole seconds, as Redis counts them, not {per!r}"
            raise ValueError(message)
        if not key:
            message = "key must say what is shared, such as the name of a plugin"
            raise ValueError(message)
        try:
            import limits  # noqa: PLC0415 - an extra
            import redis  # noqa: PLC0415 - likewise
        except ImportError as error:
            needs = "RedisLimit needs limits and redis: pip install 'crisp-api[redis]'"
            raise ImportError(needs) from error

        self._key = key
        self._clock = clock
        self._fail_open = fail_open
        self._broken: type[Exception] = redis.RedisError
        pool = _pool(url, timeout)
        # A limit has no end that its clients know of.
        weakref.finalize(self, pool.disconnect)
        self._password: str | None = pool.connection_kwargs.get("password")
        storage = limits.storage.RedisStorage(url, connection_pool=pool)
        self._moving = limits.strategies.MovingWindowRateLimiter(storage)
        self._fixed = limits.strategies.FixedWindowRateLimiter(storage)
        space = "crisp-api"
        self._window = (
            limits.RateLimitItemPerSecond(requests, int(per), space)
            if requests
            else None
        )
        self._today = limits.RateLimitItemPerDay(daily, 1, space) if daily else None

    def take(self) -> float:
        """Take leave for one request; see `Limiter.take`."""
        try:
            return self._take(self._clock())
        except self._broken as error:
            problem = f"{type(error).__name__}: {error}"
        # Raised outside of the handler, so that it does not hold what Redis said: one
        # that knows no passwords repeats them.
        if self._password:
            problem = problem.replace(self._password, "***")
        message = f"the Redis of the limit {self._key!r} does not answer ({problem})"
        if not self._fail_open:
            raise LimitError(message)
        log.warning("%s, the request goes out", message)
        return 0.0

    def _take(self, now: float) -> float:
        day = int(now // _DAY)
        date = dt.datetime.fromtimestamp(now, dt.UTC).date().isoformat()
        # A day is looked at first and taken from last: were it taken from first, and
        # given back, others would see it used up in between.
        if self._today and not self._fixed.test(self._today, self._key, date):
            raise _used_up(self._today.amount, day, now)
        if self._window and not self._moving.hit(self._window, self._key):
            free, left = self._moving.get_window_stats(self._window, self._key)
            # Its own clock, which is not ours.
            return _SOON if left else max(_SOON, free - time.time())
        if self._today and not self._fixed.hit(self._today, self._key, date):
            raise _used_up(self._today.amount, day, now)
        return 0.0


def _pool(url: str, timeout: float) -> t.Any:
    """Make what holds the connections to Redis; none is opened yet."""
    import redis  # noqa: PLC0415 - an extra
    from redis.backoff import NoBackoff  # noqa: PLC0415 - likewise
    from redis.retry import Retry  # noqa: PLC0415 - likewise

    pool: t.Any = redis.ConnectionPool
    try:
        return pool.from_url(
            url,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            # Whether a unit was taken is not known where its answer was lost.
            retry=Retry(NoBackoff(), 0),
        )
    except (AttributeError, ValueError):
        # What is wrong with it may be a part of the password.
        message = "url must be as redis://127.0.0.1:6379/0"
    raise ValueError(message)


def _used_up(daily: int, day: int, now: float) -> LimitError:
    message = f"the {daily} requests of a day are used up, until midnight UTC"
    return LimitError(message, (day + 1) * _DAY - now)


def _check(requests: object, per: object, daily: object) -> None:
    if requests is None and daily is None:
        message = "a limit needs requests, daily or both"
        raise ValueError(message)
    for name, value in {"requests": requests, "daily": daily}.items():
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool):
            message = f"{name} must be a whole number, not {value!r}"
            raise TypeError(message)
        if value < 1:
            message = f"{name} must be 1 or more, not {value!r}"
            raise ValueError(message)
    _check_seconds("per", per)


def _check_seconds(name: str, value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        message = f"{name} must be a number of seconds, not {value!r}"
        raise TypeError(message)
    # Not a number is not above anything.
    if not 0 < value < float("inf"):
        message = f"{name} must be a number of seconds above 0, not {value!r}"
        raise ValueError(message)
