"""The checks and the error that both limits share.

They are in a module of their own so that `crisp_api.limits` can import
`crisp_api.limits.redis_`, and not the other way round.
"""

from __future__ import annotations

import typing as t

from crisp_api.errors import LimitError

__all__ = ["DAY", "check_numbers", "check_seconds", "daily_limit_reached"]

DAY: t.Final = 86400


def daily_limit_reached(daily: int, day: int, now: float) -> LimitError:
    """Return the error for a day whose requests are used up.

    Args:
        daily: how many requests a day has.
        day: which day it is, in days since 1970.
        now: seconds since 1970.
    """
    message = f"the {daily} requests of a day are used up, until midnight UTC"
    return LimitError(message, (day + 1) * DAY - now)


def check_numbers(requests: object, per: object, daily: object) -> None:
    """Raise a TypeError or a ValueError for numbers that make no limit."""
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
    check_seconds("per", per)


def check_seconds(name: str, value: object) -> None:
    """Raise a TypeError or a ValueError for what is not a duration above 0."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        message = f"{name} must be a number of seconds, not {value!r}"
        raise TypeError(message)
    # NaN fails this comparison too.
    if not 0 < value < float("inf"):
        message = f"{name} must be a number of seconds above 0, not {value!r}"
        raise ValueError(message)
