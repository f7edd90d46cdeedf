"""The signatures of Crisp: values in, values out.

All are HMAC-SHA256, in hexadecimal. They differ in the text that is signed. Nothing is
compared here; see `crisp_api.webhooks`.
"""

from __future__ import annotations

import hmac

__all__ = ["hook_signature", "identity_signature", "mcp_signature"]


def hook_signature(secret: bytes, body: bytes, timestamp: bytes) -> str:
    """Return the signature of a plugin's webhook, over ``[timestamp;body]``."""
    return _hmac(secret, b"[" + timestamp + b";" + body + b"]")


def mcp_signature(
    secret: bytes, body: bytes, timestamp: bytes, website_id: bytes
) -> str:
    """Return the signature of a request to an MCP server, without ``sha256=``."""
    return _hmac(secret, timestamp + b"." + website_id + b"." + body)


def identity_signature(secret: bytes, identity: bytes) -> str:
    """Return the signature of a visitor's e-mail address, for the chatbox."""
    return _hmac(secret, identity)


def _hmac(secret: bytes, text: bytes) -> str:
    return hmac.digest(secret, text, "sha256").hex()
