"""Events: what Crisp reports over webhooks and real-time connections.

`EVENTS` is the table of all known events. An `Event` has a name and a payload; a
`Router` calls the handlers of an event, wherever it comes from.
"""

from __future__ import annotations

import typing as t

from crisp_api.events._event import RECONNECTED, Event, Gap
from crisp_api.events._parse import parse
from crisp_api.events._router import Router, from_visitor, is_own
from crisp_api.events._table import EVENTS, EventType

if t.TYPE_CHECKING:
    from crisp_api.events._names import AnyEvent as AnyEvent

__all__ = [
    "EVENTS",
    "RECONNECTED",
    "Event",
    "EventType",
    "Gap",
    "Router",
    "from_visitor",
    "is_own",
    "parse",
]
