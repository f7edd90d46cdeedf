"""Receive webhooks in AWS Lambda, behind a function URL or an HTTP API.

A function must finish its work before it responds, because it is frozen afterwards. So
it handles the event first, and responds with 500 if a handler fails: then Crisp repeats
the delivery. Set ``CRISP_HOOK_SECRET`` for the function.
"""

from __future__ import annotations

import base64
import os
import typing as t

from crisp_api import InvalidEventError, SignatureError
from crisp_api import types as ty
from crisp_api.events import Event, Router, from_visitor
from crisp_api.testing import signed_request
from crisp_api.webhooks import unwrap

SECRET = os.environ.get("CRISP_HOOK_SECRET", "a secret for the first try")
router = Router()


@router.on("message:send", where=from_visitor)
def log(event: Event[ty.EventsMessageSend]) -> None:
    """Log the messages of visitors."""
    print(f"{event.data['session_id']}: {event.data['type']}")


def handler(request: dict[str, t.Any], _: object = None) -> dict[str, int]:
    """Handle a request, as Lambda passes it."""
    body: str = request.get("body") or ""
    raw = base64.b64decode(body) if request.get("isBase64Encoded") else body.encode()
    try:
        event = unwrap(raw, request["headers"], secret=SECRET)
    except SignatureError:
        return {"statusCode": 401}
    except InvalidEventError:
        return {"statusCode": 400}
    return {"statusCode": 500 if router.handle(event) else 200}


def main() -> None:
    """Call the function with a delivery, and with a forged one."""
    payload = {"website_id": "w", "session_id": "s", "type": "text", "from": "user"}
    body, headers = signed_request("message:send", payload, secret=SECRET)
    request = {"headers": headers, "body": body.decode(), "isBase64Encoded": False}
    print(handler(request))
    print(handler({**request, "body": body.decode().replace("text", "note")}))


if __name__ == "__main__":
    main()
