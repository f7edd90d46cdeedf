"""A Python client for Crisp: `Crisp` is sync and `AsyncCrisp` is async.

>>> from crisp_api import Crisp
>>> client = Crisp(identifier, key, tier="plugin")
>>> client.website.get_website(website_id)
"""

from __future__ import annotations

import importlib
import typing as t

from crisp_api._version import __version__
from crisp_api.errors import (
    AuthenticationError,
    ConflictError,
    CrispError,
    EventInProgressError,
    InvalidEventError,
    InvalidRequestError,
    InvalidResponseError,
    LimitError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    RouteError,
    ServerError,
    SignatureError,
    TransportError,
)
from crisp_api.errors import ConnectionError as ConnectionError
from crisp_api.errors import TimeoutError as TimeoutError

if t.TYPE_CHECKING:
    from crisp_api._send_once import send_once
    from crisp_api.client import AsyncCrisp, Crisp
    from crisp_api.limits import Limit, RedisLimit
    from crisp_api.paging import ListShrankWarning, history, paginate
    from crisp_api.transport.retry import RetryPolicy

# Without TimeoutError and ConnectionError: a star import must not hide the builtins.
__all__ = [
    "AsyncCrisp",
    "AuthenticationError",
    "ConflictError",
    "Crisp",
    "CrispError",
    "EventInProgressError",
    "InvalidEventError",
    "InvalidRequestError",
    "InvalidResponseError",
    "Limit",
    "LimitError",
    "ListShrankWarning",
    "NotFoundError",
    "PermissionDeniedError",
    "QuotaExceededError",
    "RateLimitError",
    "RedisLimit",
    "RetryPolicy",
    "RouteError",
    "ServerError",
    "SignatureError",
    "TransportError",
    "__version__",
    "history",
    "paginate",
    "send_once",
]


# uplink and requests are heavy: they come with what needs them, and not with an
# error class or a module beside them.
_LATER: t.Final = {
    "AsyncCrisp": "crisp_api.client",
    "Crisp": "crisp_api.client",
    "Limit": "crisp_api.limits",
    "ListShrankWarning": "crisp_api.paging",
    "RedisLimit": "crisp_api.limits",
    "RetryPolicy": "crisp_api.transport.retry",
    "history": "crisp_api.paging",
    "paginate": "crisp_api.paging",
    "send_once": "crisp_api._send_once",
}


# Modules for users, which are loaded when they are asked for.
_MODULES: t.Final = {
    "declare",
    "endpoints",
    "errors",
    "jobs",
    "limits",
    "sandbox",
    "schema",
    "table",
    "transport",
    "types",
}


def __dir__() -> list[str]:
    return sorted([*__all__, *_MODULES, "ConnectionError", "TimeoutError"])


def __getattr__(name: str) -> t.Any:
    if name == "request":
        message = (
            "crisp_api.request is gone, as calls no longer go through one function. To "
            "count calls or rotate tokens, pass on_request= or on_response= to the "
            "client; to replace the HTTP library or to test, pass transport="
        )
        raise AttributeError(message)
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(_LATER[name]), name)
