"""Dates and timestamps in a query: one rule for every argument that is one."""

from __future__ import annotations

import datetime as dt
import typing as t

import pytest

from crisp_api import Crisp, dates
from crisp_api.http import Request
from tests.support.clients import Side
from tests.support.doubles import Recorder

NOON = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
PARIS = dt.timezone(dt.timedelta(hours=1))
NAIVE = dt.datetime(2026, 1, 31, 12)  # noqa: DTZ001 - what is tested
DAY = dt.date(2026, 1, 31)
# In UTC, one before the year 1 and one after the year 9999.
FIRST = dt.datetime.min.replace(tzinfo=PARIS)
LAST = dt.datetime.max.replace(tzinfo=dt.timezone(-dt.timedelta(hours=1)))


def sent(call: t.Callable[[t.Any], object]) -> Request:
    recorder = Recorder()
    call(Crisp("i", "k", transport=recorder))
    return recorder.last


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOON, "2026-01-31T12:00:00.000Z"),
        (dt.datetime(2026, 1, 31, 12, tzinfo=PARIS), "2026-01-31T11:00:00.000Z"),
        (DAY, "2026-01-31T00:00:00.000Z"),
        ("2026-01-31", "2026-01-31"),
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31 12:00+01:00", "2026-01-31 12:00+01:00"),
    ],
)
def test_a_date_becomes_iso_8601_with_a_zone(value: t.Any, text: str) -> None:
    listed = sent(lambda c: c.website.list_conversations("w", filter_date_start=value))
    since = sent(lambda c: c.plugin.list_connect_websites_since(value))

    assert listed.params == {"filter_date_start": text}
    assert since.params == {"date_since": text}


def test_a_date_that_ends_a_range_means_its_last_millisecond() -> None:
    listed = sent(lambda c: c.website.list_conversations("w", filter_date_end=DAY))
    exact = sent(lambda c: c.website.list_conversations("w", filter_date_end=NOON))

    assert listed.params == {"filter_date_end": "2026-01-31T23:59:59.999Z"}
    assert exact.params == {"filter_date_end": "2026-01-31T12:00:00.000Z"}


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        (1_769_860_800_000, "1769860800000"),
        ("1769860800000", "1769860800000"),
        (1_769_860_800_000.9, "1769860800000"),
        (NOON, "1769860800000"),
        (DAY, "1769817600000"),
        (0, "0"),
    ],
)
def test_a_timestamp_becomes_milliseconds(value: t.Any, milliseconds: str) -> None:
    by_name = sent(
        lambda c: c.website.get_messages_in_conversation(
            "w", "s", timestamp_after=value
        )
    )
    by_place = sent(
        lambda c: c.website.get_messages_in_conversation(
            "w", "s", {"timestamp_after": value}
        )
    )

    assert by_name.params == by_place.params == {"timestamp_after": milliseconds}


def test_a_timestamp_of_an_answer_is_sent_as_it_is() -> None:
    cursor = dates.Cursor(1_769_860_800)

    request = sent(
        lambda c: c.website.get_messages_in_conversation(
            "w", "s", timestamp_after=cursor
        )
    )

    assert request.params == {"timestamp_after": "1769860800"}


DATE, TIMESTAMP = "filter_date_start", "timestamp_before"


@pytest.mark.parametrize(
    ("name", "value", "kind", "problem"),
    [
        (DATE, NAIVE, ValueError, "has no time zone; pass one"),
        (DATE, "2026-01-31T12:00:00", ValueError, "has no time zone; pass one"),
        (DATE, "31/01/2026", ValueError, "it must be ISO 8601, as in 2026-01-31"),
        (DATE, "1769860800000", ValueError, "it must be ISO 8601"),
        (DATE, 1_769_860_800_000, TypeError, "must be a datetime with a time zone"),
        (DATE, True, TypeError, "not bool"),
        (TIMESTAMP, NAIVE, ValueError, "has no time zone; pass one"),
        (TIMESTAMP, 1_769_860_800, ValueError, "are seconds; pass .* 1769860800000"),
        (TIMESTAMP, "1769860800", ValueError, "are seconds; pass .* 1769860800000"),
        (TIMESTAMP, 1_769_860_800.5, ValueError, "are seconds"),
        (TIMESTAMP, "20260131", ValueError, "is 20260131, which is a date"),
        (TIMESTAMP, 20260131, ValueError, "is 20260131, which is a date"),
        (DATE, FIRST, ValueError, "beyond the years 1 to 9999"),
        (DATE, LAST, ValueError, "beyond the years 1 to 9999"),
        (TIMESTAMP, "now", TypeError, "must be milliseconds since 1970 .* not 'now'"),
        (TIMESTAMP, float("nan"), TypeError, "not nan"),
        (TIMESTAMP, True, TypeError, "not bool"),
        (TIMESTAMP, [1], TypeError, "not list"),
    ],
)
def test_what_could_mean_another_moment_is_refused(
    side: Side, name: str, value: t.Any, kind: type[Exception], problem: str
) -> None:
    recorder = Recorder()
    website = side.client(transport=recorder).website
    call = website.get_messages_in_conversation
    path: tuple[str, ...] = ("w", "s")
    if name == DATE:
        call, path = website.list_conversations, ("w",)

    with pytest.raises(kind, match=rf"{name} .*{problem}"):
        side.run(lambda: call(*path, **{name: value}))
    assert recorder.sent == []


def test_a_naive_datetime_is_refused_in_any_query() -> None:
    with pytest.raises(ValueError, match="day has no time zone"):
        sent(lambda c: c.get("/a", {"day": NAIVE}))

    assert sent(lambda c: c.get("/a", {"day": DAY})).params == {"day": "2026-01-31"}


def test_a_date_in_a_body_is_left_alone() -> None:
    with pytest.raises(
        TypeError, match=r"of client\.post: day cannot be written as JSON"
    ):
        sent(lambda c: c.post("/a", {"day": NOON}))
