"""The Crisp REST API, declared once, blocking and awaited.

>>> from crisp_api import Crisp
>>> client = Crisp(identifier, key, tier="plugin")
>>> client.website.get_website(website_id)
"""

from crisp_api._version import __version__
from crisp_api.client import AsyncCrisp, Crisp
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
