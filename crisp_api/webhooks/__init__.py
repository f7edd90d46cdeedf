"""Webhooks: verify requests of Crisp, and turn them into events.

    >>> from crisp_api.webhooks import unwrap
    >>> event = unwrap(body, headers, secret=secret)
    >>> event.name
    'message:send'

`unwrap` raises a `SignatureError` unless the request was signed with your secret. It
needs the standard library only.
"""

from __future__ import annotations

from crisp_api.webhooks._asgi import asgi
from crisp_api.webhooks._mcp import McpMiddleware
from crisp_api.webhooks._once import handle_once
from crisp_api.webhooks._receiver import Options
from crisp_api.webhooks._redis import RedisSeen
from crisp_api.webhooks._repeats import MemorySeen, Seen
from crisp_api.webhooks._verify import sign, sign_identity, unwrap, verify, verify_mcp
from crisp_api.webhooks._wsgi import wsgi

__all__ = [
    "McpMiddleware",
    "MemorySeen",
    "Options",
    "RedisSeen",
    "Seen",
    "asgi",
    "handle_once",
    "sign",
    "sign_identity",
    "unwrap",
    "verify",
    "verify_mcp",
    "wsgi",
]
