"""Transports: what carries a request to the API and brings the response back.

Anything with ``send(request) -> response`` is one; a wrapper takes a transport
and is one.
"""

from __future__ import annotations

import typing as t

from crisp_api.http import AsyncTransport, RawResponse, Request, Response, Transport
from crisp_api.transport.requests_ import RequestsTransport
from crisp_api.transport.retry import RetryPolicy
from crisp_api.transport.sender import Attempt

if t.TYPE_CHECKING:
    from crisp_api.transport.aiohttp_ import AiohttpTransport

__all__ = [
    "AiohttpTransport",
    "AsyncTransport",
    "Attempt",
    "RawResponse",
    "Request",
    "RequestsTransport",
    "Response",
    "RetryPolicy",
    "Transport",
]


def __getattr__(name: str) -> t.Any:
    # aiohttp is an extra, and heavy: it is imported when it is asked for.
    if name == "AiohttpTransport":
        from crisp_api.transport.aiohttp_ import AiohttpTransport  # noqa: PLC0415

        return AiohttpTransport
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
