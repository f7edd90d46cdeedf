"""Visitors, and whether operators are there for them.

Nothing in the API adds visitors: `Sandbox.visitor` does.
"""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.model import BLOCKED, OPERATOR, VISITOR, WEBSITE
from crisp_api.sandbox.query import Query

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = [
    "clear_blocked_visitors_in_rule",
    "count_blocked_visitors",
    "count_blocked_visitors_in_rule",
    "count_visitors",
    "get_website_availability_status",
    "list_website_operator_availabilities",
    "pinpoint_visitors_on_map",
]

_MOST: t.Final = 1000
_ONLINE: t.Final = "online"
# Kilometers of a degree of latitude.
_DEGREE: t.Final = 111.2


def count_visitors(call: Call) -> Object:
    """Count the visitors who are online, and those who are active."""
    path = call.find(WEBSITE).path
    active = Query().where("is_active = 1")
    return {
        "count": call.store.count(VISITOR, path),
        "active": call.store.count(VISITOR, path, active),
        "limited": False,
    }


def pinpoint_visitors_on_map(call: Call) -> list[Object]:
    """Return the places where visitors are, within some kilometers of a point."""
    query = Query()
    radius = call.query.get("center_radius")
    if radius is not None:
        for name in ("latitude", "longitude"):
            center, reach = call.query.get(f"center_{name}", 0), radius / _DEGREE
            query = query.where(
                f"{name} BETWEEN ? AND ?", center - reach, center + reach
            )
    points: dict[str, list[Object]] = {}
    path = call.find(WEBSITE).path
    for visitor in call.store.select(VISITOR, path, query, 0, _MOST):
        place = str(visitor["geolocation"]["coordinates"])
        points.setdefault(place, []).append(visitor)
    return [_point(visitors) for visitors in points.values()]


def _point(visitors: list[Object]) -> Object:
    sessions = [
        shown(one, ty.WebsiteVisitorsMapPointVisitorsSession) for one in visitors
    ]
    return {
        "visitors": {"count": len(visitors), "threshold": _MOST, "sessions": sessions},
        "geolocation": visitors[0]["geolocation"],
    }


# --- blocked visitors


def count_blocked_visitors(call: Call) -> list[Object]:
    """Count the visitors that each rule has blocked."""
    return call.store.select(BLOCKED, call.find(WEBSITE).path, Query(), 0, _MOST)


def count_blocked_visitors_in_rule(call: Call) -> Object:
    """Count the visitors that a rule has blocked."""
    return _blocked(call).doc


def clear_blocked_visitors_in_rule(call: Call) -> None:
    """Forget the visitors that a rule has blocked."""
    call.store.remove(BLOCKED, _blocked(call).path)


def _blocked(call: Call) -> Item:
    rule = call.arguments["block_rule"]
    path = (*call.find(WEBSITE).path, rule)
    none: Object = {"rule": [rule], "blocked": 0}
    return Item(BLOCKED, path, call.store.get(BLOCKED, path) or none)


# --- availability


def get_website_availability_status(call: Call) -> Object:
    """Return whether an operator is online."""
    found = _operators(call)
    online = [one for one in found if one.get("availability") == _ONLINE]
    since = max((one.get("since", 0) for one in online or found), default=0)
    return {"status": _ONLINE if online else "away", "since": since}


def list_website_operator_availabilities(call: Call) -> list[Object]:
    """List whether operators are online."""
    return [
        {
            "user_id": one["user_id"],
            "type": one.get("availability", "offline"),
            "time": {"for": 0, "since": one.get("since", 0)},
        }
        for one in _operators(call)
    ]


def _operators(call: Call) -> list[Object]:
    query = Query(is_ascending=True)
    return call.store.select(OPERATOR, call.find(WEBSITE).path, query, 0, _MOST)
