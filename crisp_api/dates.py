"""Dates and timestamps in a query: one rule for every argument that is one.

An aware datetime or a date becomes what the endpoint expects: ISO 8601 text for a date,
milliseconds since 1970 for a timestamp. A date means midnight UTC, and the last
millisecond of that day where it ends a range. Values that could mean another moment
than the caller's are refused: a datetime without a time zone, and seconds for
milliseconds.
"""

from __future__ import annotations

import datetime as dt
import re
import typing as t

__all__ = ["Cursor", "speller"]

_DATES: t.Final = re.compile(r"(filter_)?date_(start|end|since)")
_TIMESTAMPS: t.Final = re.compile(r"timestamp_(before|after|around)")
_EPOCH: t.Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND: t.Final = dt.timedelta(milliseconds=1)
# As seconds, the years 2001 to 5138; as milliseconds, the first years after 1970.
_SECONDS: t.Final = range(10**9, 10**11)
# As a date, YYYYMMDD; as milliseconds, the morning of 1970-01-01.
_YEAR_MONTH_DAY: t.Final = range(1970_01_01, 2100_01_01)


class Cursor(int):
    """A timestamp that came from an answer, and is sent as it is."""

    __slots__ = ()


def speller(name: str) -> t.Callable[[str, object], str] | None:
    """Return what spells the query parameter with this name, None if it is no date."""
    if _TIMESTAMPS.fullmatch(name):
        return _timestamp
    if found := _DATES.fullmatch(name):
        return _date_end if found[2] == "end" else _date
    return None


def _date(label: str, value: object, *, is_end: bool = False) -> str:
    """Return a date as ISO 8601 text."""
    try:
        return _iso_text(label, value, is_end=is_end)
    except OverflowError:
        message = f"{label} is {value}, which in UTC is beyond the years 1 to 9999"
        raise ValueError(message) from None


def _iso_text(label: str, value: object, *, is_end: bool) -> str:
    if isinstance(value, str):
        _check_text(label, value)
        return value
    if isinstance(value, dt.datetime):
        moment = _aware(label, value)
    elif isinstance(value, dt.date):
        moment = _midnight(value)
        if is_end:
            moment += dt.timedelta(days=1) - _MILLISECOND
    else:
        message = (
            f"{label} must be a datetime with a time zone, a date, or ISO 8601 text, "
            f"not {type(value).__name__}"
        )
        raise TypeError(message)
    text = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _date_end(label: str, value: object) -> str:
    return _date(label, value, is_end=True)


def _check_text(label: str, text: str) -> None:
    """Raise a ValueError for text that is no date, or has a time without a zone."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None:
        message = f"{label} is {text!r}; it must be ISO 8601, as in 2026-01-31"
        raise ValueError(message)
    if ":" in text or "T" in text:
        _aware(label, moment)


def _timestamp(label: str, value: object) -> str:
    """Return a timestamp in milliseconds."""
    match value:
        case Cursor():
            return int.__repr__(value)
        case dt.datetime():
            return str((_aware(label, value) - _EPOCH) // _MILLISECOND)
        case dt.date():
            return str((_midnight(value) - _EPOCH) // _MILLISECOND)
        case bool():
            pass
        case int() | float() if abs(value) < float("inf"):
            return _milliseconds(label, int(value))
        case str() if value.isascii() and value.isdigit():
            return _milliseconds(label, int(value))
        case _:
            pass
    shown = repr(value) if isinstance(value, float | str) else type(value).__name__
    message = (
        f"{label} must be milliseconds since 1970 or a datetime with a time zone, "
        f"not {shown}"
    )
    raise TypeError(message)


def _milliseconds(label: str, value: int) -> str:
    if value in _SECONDS:
        message = (
            f"{label} is {value}, which are seconds; pass milliseconds, {value * 1000}"
        )
        raise ValueError(message)
    if value in _YEAR_MONTH_DAY:
        message = f"{label} is {value}, which is a date; pass a date or a datetime"
        raise ValueError(message)
    return str(value)


def _aware(label: str, moment: dt.datetime) -> dt.datetime:
    if moment.utcoffset() is None:
        message = (
            f"{label} has no time zone; pass one, as in datetime.now(UTC), or a date"
        )
        raise ValueError(message)
    return moment


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
