"""Deliveries of webhooks, as Crisp would send them."""

from __future__ import annotations

import typing as t

from crisp_api import signing
from crisp_api.webhooks import sign
from crisp_api.webhooks._javascript import stringify

__all__ = ["Delivery", "signed_mcp_request", "signed_request"]

_TIMESTAMP: t.Final = 1_700_000_000_000


class Delivery(t.NamedTuple):
    """A request of Crisp to your program."""

    body: bytes
    headers: dict[str, str]


def signed_request(  # noqa: PLR0913 - options are named
    event: str,
    data: t.Mapping[str, t.Any],
    *,
    secret: str | bytes,
    website_id: str = "",
    timestamp: int = _TIMESTAMP,
    attempt: int = 1,
    attempt_limit: int = 3,
) -> Delivery:
    """Return a delivery of a plugin's webhook, with its signature.

    Args:
        event: the name of the event, such as ``message:send``.
        data: its payload.
        secret: the signing secret that your program verifies with.
        website_id: the website; by default that of the payload.
        timestamp: the time of the event, in milliseconds since 1970.
        attempt: the number of the delivery, from 1.
        attempt_limit: how often Crisp tries.
    """
    body = stringify(
        {
            "website_id": website_id or data.get("website_id", ""),
            "event": event,
            "data": dict(data),
            "timestamp": timestamp,
        }
    ).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Crisp-Hook-Origin": "plugin/rtm 0000000000000000 production",
        "X-Crisp-Request-Timestamp": str(timestamp),
        "X-Crisp-Signature": sign(secret, body, timestamp),
        "X-Delivery-Attempt-Count": str(attempt),
        "X-Delivery-Attempt-Limit": str(attempt_limit),
    }
    return Delivery(body, headers)


def signed_mcp_request(
    body: bytes,
    *,
    secret: str | bytes,
    website_id: str,
    timestamp: int,
    session_id: str | None = None,
) -> Delivery:
    """Return a request to an MCP server, signed as Crisp's AI agent does.

    Args:
        body: the body of the request.
        secret: the signing secret that your server verifies with.
        website_id: the website.
        timestamp: the time of the request, in seconds since 1970.
        session_id: the conversation, if the request belongs to one.
    """
    key = secret.encode() if isinstance(secret, str) else secret
    moment, website = str(timestamp).encode(), website_id.encode()
    signature = signing.mcp_signature(key, body, moment, website)
    headers = {
        "Content-Type": "application/json",
        "X-Crisp-Website-Id": website_id,
        "X-Crisp-Timestamp": str(timestamp),
        "X-Crisp-Signature": f"sha256={signature}",
    }
    if session_id is not None:
        headers["X-Crisp-Session-Id"] = session_id
    return Delivery(body, headers)
