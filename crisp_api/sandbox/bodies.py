"""Bodies: the JSON object of a request, and the envelope of a response."""

from __future__ import annotations

import json
import math
import re
import typing as t

from crisp_api import schema, wire
from crisp_api.http import Request, Response
from crisp_api.sandbox.call import shown
from crisp_api.sandbox.refusals import Refusal, invalid

if t.TYPE_CHECKING:
    from crisp_api import table
    from crisp_api.sandbox.resource import Object

__all__ = ["answer", "body_of", "refusal_of", "refuse"]

_REASONS: t.Final = {
    "DELETE": "deleted",
    "PATCH": "updated",
    "POST": "added",
    "PUT": "saved",
}

_DEEPEST: t.Final = 64
# The first whole number that SQLite cannot keep.
_TOO_LARGE: t.Final = 2**63


def answer(request: Request, data: t.Any) -> Response:
    """Return the response of a request that has succeeded."""
    return _response(request, 200, _REASONS.get(request.method, "resolved"), data)


def refuse(request: Request, refusal: Refusal) -> Response:
    """Return the response of a refusal."""
    message = {"message": refusal.message}
    response = _response(request, refusal.status, refusal.reason, message)
    if refusal.retry_after is None:
        return response
    # In whole seconds, as HTTP has it.
    headers = {**response.headers, "retry-after": str(math.ceil(refusal.retry_after))}
    return Response(request, response.status, response.body, headers)


def _response(request: Request, status: int, reason: str, data: t.Any) -> Response:
    """Return a response with Crisp's envelope; one to HEAD has no body."""
    envelope = {"error": status != 200, "reason": reason, "data": data}
    body = b"" if request.method == "HEAD" else wire.plain_text(envelope).encode()
    return Response(request, status, body, {"content-type": "application/json"})


def refusal_of(error: schema.SchemaError) -> Refusal:
    """Return the refusal of a body that does not fit its type, in Crisp's words."""
    where = error.path.removeprefix("data")
    # These words have no articles and no quotation marks.
    expected = re.sub(r"\ban? |'", "", error.expected)
    message = f"data should be {expected} at '{where}'"
    if isinstance(error, schema.MissingError):
        message = f"data should have required property '{where}'"
    return invalid(message)


def body_of(request: Request, operation: table.Operation) -> Object:
    """Return the JSON object in a request; empty if it has no body.

    Raises:
        Refusal: it is not an object.
        SchemaError: it does not have the type that the operation declares.
    """
    body: object = {}
    if request.body:
        try:
            # Only UTF-8: a decoder of JSON may accept more.
            body = wire.json_value(request.body.decode().encode())
            if b"\\u" in request.body:
                # Half of a surrogate pair is JSON, but no text.
                json.dumps(body, ensure_ascii=False).encode()
            if b"\\u0000" in request.body:
                body = None
        except (ValueError, RecursionError):
            body = None
    if not isinstance(body, dict) or not _is_plain(body):
        message = "data should be object"
        raise invalid(message)
    found = t.cast("Object", body)
    if operation.body is not None:
        schema.check(found, operation.body)
    return shown(found, operation.body)


def _is_plain(value: t.Any, levels: int = _DEEPEST) -> bool:
    """Return whether a value can be JSON again, and is not nested too deep."""
    if isinstance(value, dict):
        inside: t.Iterable[t.Any] = t.cast("dict[str, t.Any]", value).values()
    elif isinstance(value, list):
        inside = t.cast("t.Iterable[t.Any]", value)
    elif isinstance(value, int):
        return abs(value) < _TOO_LARGE
    else:
        return not isinstance(value, float) or math.isfinite(value)
    return levels > 1 and all(_is_plain(item, levels - 1) for item in inside)
