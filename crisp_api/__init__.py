"""The Crisp REST API, declared once, blocking and awaited.

>>> from crisp_api import Crisp
>>> client = Crisp(identifier, key, tier="plugin")
>>> client.website.get_website(website_id)
"""

from __future__ import annotations

import typing as t

from crisp_api._version import __version__
from crisp_api.errors import (
    AuthenticationError,
    ConflictError,
    ConnectionError,
    CrispError,
    InvalidRequestError,
    InvalidResponseError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    RouteError,
    ServerError,
    TimeoutError,
    TransportError,
)

if t.TYPE_CHECKING:
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = [
    "AsyncCrisp",
    "AuthenticationError",
    "ConflictError",
    "ConnectionError",
    "Crisp",
    "CrispError",
    "InvalidRequestError",
    "InvalidResponseError",
    "NotFoundError",
    "PermissionDeniedError",
    "QuotaExceededError",
    "RateLimitError",
    "RouteError",
    "ServerError",
    "TimeoutError",
    "TransportError",
    "__version__",
]


def __getattr__(name: str) -> t.Any:
    # uplink and requests are heavy: they come with the clients, and not with an
    # error class or a module beside them.
    if name not in {"AsyncCrisp", "Crisp"}:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from crisp_api import client  # noqa: PLC0415

    return getattr(client, name)
