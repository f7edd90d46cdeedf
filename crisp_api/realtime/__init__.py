"""Events in real time, over a connection that is made again whenever it is lost.

It needs the extra ``realtime``. `Crisp.listen` and `AsyncCrisp.listen` return a
connection, which is an iterator of events.
"""

from __future__ import annotations

from crisp_api.realtime._connection import AsyncConnection, Connection
from crisp_api.realtime._options import ListenOptions
from crisp_api.realtime._plan import Backoff
from crisp_api.realtime._supervisor import State

__all__ = [
    "AsyncConnection",
    "Backoff",
    "Connection",
    "ListenOptions",
    "State",
]
