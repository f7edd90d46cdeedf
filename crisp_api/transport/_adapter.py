"""The connections of the requests transport.

requests has no option for what they do, so `DeadlineAdapter` replaces a class on each
level below it:

    DeadlineAdapter     requests' adapter; it picks the pools
    _HTTPPool           urllib3's pool; it picks the connection
    _HTTPConnection     urllib3's connection; it sends, and picks the response
    DeadlineResponse    http.client's response; it reads

(and the same two classes for HTTPS). `crisp_api.transport._deadline` has the response,
`crisp_api.transport._early` the sending.

A request was certainly not sent if the connection could not be made. The exception does
not say so: a TLS handshake that times out looks like a slow response. `TracksConnect`
notes it on the current deadline, as ``connect_failed``.

Tools that record and replay requests, such as vcrpy, replace the connection class of
urllib3's pools. While they do, our pools use that class too (`_ConnectionClass`), or
the request would be sent for real. Nothing here applies to those connections.
"""

from __future__ import annotations

import contextlib
import queue
import typing as t

import requests.adapters
import urllib3

from crisp_api.transport._deadline import current_deadline
from crisp_api.transport._early import WatchesResponse

if t.TYPE_CHECKING:
    from urllib3.connection import HTTPConnection, HTTPSConnection
else:
    # vcrpy replaces these classes in urllib3.connection, but not here. If this module
    # is first imported while a cassette is in use, it must not derive from them.
    from urllib3.connectionpool import HTTPConnection, HTTPSConnection

__all__ = ["DeadlineAdapter", "TracksConnect"]


class TracksConnect:
    """Notes on the current deadline that a connection could not be made."""

    def connect(self) -> None:
        parent: t.Any = super()
        try:
            parent.connect()
        except Exception:
            current_deadline().connect_failed = True
            raise


class _HTTPConnection(TracksConnect, WatchesResponse, HTTPConnection):
    """Stops at the deadline, and for an early response."""


class _HTTPSConnection(TracksConnect, WatchesResponse, HTTPSConnection):
    """The same over TLS."""


class _ConnectionClass:
    """The connection class of a pool: ours, unless urllib3's own was replaced."""

    def __init__(self, ours: type, pool: t.Any) -> None:
        self._ours = ours
        self._pool = pool

    def __get__(self, instance: object, owner: object = None) -> t.Any:
        theirs = self._pool.ConnectionCls
        return self._ours if issubclass(self._ours, theirs) else theirs


class _QuietPool:
    """Closes a connection that finds the pool full, and logs no warning.

    More threads than the pool keeps connections for are no mistake of the caller. To
    block until a connection is free would ignore the deadline: requests hands no
    time-out for that down to the pool.
    """

    pool: t.Any

    def _put_conn(self, conn: t.Any) -> None:
        # Closing the pool sets it to None.
        with contextlib.suppress(AttributeError, queue.Full):
            self.pool.put(conn, block=False)
            return
        if conn:
            conn.close()


class _HTTPPool(_QuietPool, urllib3.HTTPConnectionPool):
    ConnectionCls: t.Any = _ConnectionClass(_HTTPConnection, urllib3.HTTPConnectionPool)


class _HTTPSPool(_QuietPool, urllib3.HTTPSConnectionPool):
    ConnectionCls: t.Any = _ConnectionClass(
        _HTTPSConnection, urllib3.HTTPSConnectionPool
    )


_POOLS: t.Final[dict[str, t.Any]] = {"http": _HTTPPool, "https": _HTTPSPool}


class DeadlineAdapter(requests.adapters.HTTPAdapter):
    """Opens connections that keep to the current deadline, through a proxy or not."""

    def init_poolmanager(self, *args: t.Any, **kwargs: t.Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager
