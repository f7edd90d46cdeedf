"""Analytics, counted in the state."""

from __future__ import annotations

import datetime as dt
import typing as t

from crisp_api.sandbox.model import WEBSITE
from crisp_api.sandbox.refusals import invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = ["generate_analytics"]

# The table, the moment, and the expressions to split by.
_METRICS: t.Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "conversations": (
        "conversation",
        "created",
        {
            "state": "state",
            "inbox": "ifnull(inbox, '')",
            "assigned": "ifnull(assignee, '')",
        },
    ),
    "messages": (
        "message",
        "moment",
        {"from": "author", "type": "type", "origin": "doc ->> 'origin'"},
    ),
    "people": ("people", "created", {}),
}
_SPLITS: t.Final = {
    "hour": "%Y-%m-%dT%H:00:00Z",
    "day": "%Y-%m-%d",
    "week": "%Y-W%W",
    "month": "%Y-%m",
    "year": "%Y",
}


def generate_analytics(call: Call) -> list[Object]:
    """Count the objects of a metric in each period, and of each kind if it is split."""
    website = call.find(WEBSITE).path
    metric, date = call.body["metric"], call.body["date"]
    table, moment, kinds = _METRICS[_known("metric", metric, _METRICS)]
    split = _SPLITS[_known("date.split", date["split"], _SPLITS)]
    kind = call.body.get("split_by")
    column = kinds[_known("split_by", kind, kinds)] if kind else "''"
    first, last = (_moment(name, date[name]) for name in ("from", "to"))
    rows = call.store.rows(
        f"SELECT strftime(?, {moment} / 1000, 'unixepoch') AS period, "
        f"{column} AS kind, count(*) FROM {table} "
        f"WHERE path > ? || char(31) AND path < ? || ' ' AND {moment} BETWEEN ? AND ? "
        "GROUP BY period, kind ORDER BY period, kind",
        *(split, website, website, first, last),
    )
    return [
        {"period": period, "value": number} | ({"split_by": name} if kind else {})
        for period, name, number in rows
    ]


def _known(name: str, value: str, known: t.Container[str]) -> str:
    if value not in known:
        words = ", ".join(t.cast("t.Iterable[str]", known))
        message = f"data should be one of {words} at '.{name}'"
        raise invalid(message)
    return value


def _moment(name: str, text: str) -> float:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        message = f"data should be an ISO 8601 date at '.date.{name}'"
        raise invalid(message) from None
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp() * 1000
