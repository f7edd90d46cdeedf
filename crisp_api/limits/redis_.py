"""`RedisLimit`: one limit for many processes, counted in Redis (extra ``redis``).

The packages ``limits`` and ``redis`` are imported when the first `RedisLimit` is made.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import typing as t
import weakref

from crisp_api.auth import hidden
from crisp_api.errors import LimitError
from crisp_api.limits._checks import (
    DAY,
    check_numbers,
    check_seconds,
    daily_limit_reached,
)

__all__ = ["RedisLimit", "open_pool"]

log: t.Final = logging.getLogger("crisp_api")
_NEEDS: t.Final = 'Redis needs: pip install "limits>=4.0" "redis>=5.0"'
_NAMESPACE: t.Final = "crisp-api"
# When a request has left the window while Redis was asked, try again after this.
_SOON: t.Final = 0.001


class RedisLimit:
    """Like `Limit`, for all processes and machines that use the same Redis.

    Use the same numbers in all of them. The window follows the clocks of the machines,
    so these must agree. Redis forgets a request when it no longer counts.

    Args:
        url: such as ``redis://127.0.0.1:6379/0``; ``rediss`` is over TLS.
        requests: how many in any window of ``per`` seconds.
        key: the name under which the limit is shared. Use one for each token, and never
            the token's own key: everyone who can read this Redis can read it.
        per: length of the window, in whole seconds.
        daily: how many in a day. A day begins at midnight UTC.
        clock: returns the seconds since 1970, from which the day is taken.
        fail_open: if Redis is unreachable, let requests out and log a warning. The
            default is to refuse them with a `LimitError`.
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
        url = hidden(url)
        check_numbers(requests, per, daily)
        check_seconds("timeout", timeout)
        if int(per) != per:
            message = f"per must be whole seconds, as Redis counts them, not {per!r}"
            raise ValueError(message)
        if not key:
            message = "key must say what is shared, such as the name of a plugin"
            raise ValueError(message)
        self._key = key
        self._clock = clock
        self._fail_open = fail_open
        self._connect(url, timeout)
        self._set_windows(requests, int(per), daily)

    def _connect(self, url: str, timeout: float) -> None:
        """Prepare the counters; no connection is opened yet."""
        try:
            import limits  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ImportError(_NEEDS) from error

        redis, pool = open_pool(url, timeout)
        self._broken: type[Exception] = redis.RedisError
        # Clients share a limit and do not close it, so its connections are closed when
        # it is collected.
        weakref.finalize(self, pool.disconnect)
        self._password: str | None = pool.connection_kwargs.get("password")
        storage = limits.storage.RedisStorage(url, connection_pool=pool)
        self._moving = limits.strategies.MovingWindowRateLimiter(storage)
        self._fixed = limits.strategies.FixedWindowRateLimiter(storage)

    def _set_windows(self, requests: int | None, per: int, daily: int | None) -> None:
        import limits  # noqa: PLC0415 - an extra

        per_second, per_day = limits.RateLimitItemPerSecond, limits.RateLimitItemPerDay
        self._window = per_second(requests, per, _NAMESPACE) if requests else None
        self._today = per_day(daily, 1, _NAMESPACE) if daily else None

    def __repr__(self) -> str:
        # Without the URL, which may contain a password.
        key = getattr(self, "_key", None)
        return f"<RedisLimit {key!r}>" if key else "<RedisLimit, not initialized>"

    def take(self) -> float:
        """Count one request, if the limit allows it; see `Limiter.take`."""
        try:
            return self._take(self._clock())
        except self._broken as error:
            problem = f"{type(error).__name__}: {error}"
        # Not raised in the handler: an answer of Redis may repeat the password, and
        # would be shown as the context of this error.
        if self._password:
            problem = problem.replace(self._password, "***")
        message = f"the Redis of the limit {self._key!r} does not answer ({problem})"
        if not self._fail_open:
            raise LimitError(message)
        log.warning("%s, the request goes out", message)
        return 0.0

    def _take(self, now: float) -> float:
        day = int(now // DAY)
        date = dt.datetime.fromtimestamp(now, dt.UTC).date().isoformat()
        # The day is tested first and counted last. If it were counted first and given
        # back when the window is full, others would see it used up in between.
        if self._today and not self._fixed.test(self._today, self._key, date):
            raise daily_limit_reached(self._today.amount, day, now)
        if self._window and not self._moving.hit(self._window, self._key):
            free, left = self._moving.get_window_stats(self._window, self._key)
            # The window is measured by time.time(), not by the clock given.
            return _SOON if left else max(_SOON, free - time.time())
        if self._today and not self._fixed.hit(self._today, self._key, date):
            raise daily_limit_reached(self._today.amount, day, now)
        return 0.0


def open_pool(url: str, timeout: float) -> tuple[t.Any, t.Any]:
    """Return the package ``redis``, and a pool of connections; none is opened yet.

    Raises:
        ImportError: the package is not installed.
        ValueError: the URL is not valid.
    """
    try:
        import redis  # noqa: PLC0415 - an extra
        from redis.backoff import NoBackoff  # noqa: PLC0415 - likewise
        from redis.retry import Retry  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise ImportError(_NEEDS) from error

    pool: t.Any = redis.ConnectionPool
    try:
        return redis, pool.from_url(
            url,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            # A command whose answer was lost may have counted, so it is not repeated.
            retry=Retry(NoBackoff(), 0),
        )
    except (AttributeError, ValueError):
        # Not shown: the part of the URL that is wrong may be the password.
        message = "url must be as redis://127.0.0.1:6379/0"
    raise ValueError(message)
