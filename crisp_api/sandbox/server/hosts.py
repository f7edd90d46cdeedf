"""A check of every request: a served sandbox ignores those that other sites cause."""

from __future__ import annotations

import typing as t

from aiohttp import web

__all__ = ["check_host"]

_HOSTS: t.Final = {"127.0.0.1", "localhost"}
_Handler = t.Callable[[web.Request], t.Awaitable[web.StreamResponse]]


@web.middleware
async def check_host(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse a request that another site makes a browser send.

    A name that another site points to 127.0.0.1 is not this host.
    """
    try:
        host = request.url.host
    except ValueError:
        host = None
    if host not in _HOSTS:
        raise web.HTTPForbidden(text="the host is not 127.0.0.1")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        raise web.HTTPForbidden(text="the request is of another site")
    return await handler(request)
