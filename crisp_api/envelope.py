"""From a response to what the caller gets: the data, or the right error."""

from __future__ import annotations

import typing as t
import urllib.parse

from crisp_api import wire
from crisp_api.errors import error_for, malformed_error
from crisp_api.http import Response

__all__ = ["open_envelope"]

_EXCERPT: t.Final = 200
_MARKS: t.Final = frozenset({"data", "error", "reason"})
# A check has no body to say more; these are the original client's words.
_HEAD_REASONS: t.Final = {401: "unauthorized", 403: "not_allowed"}


def open_envelope(response: Response) -> t.Any:
    """Return the ``data`` of a response, or raise its error.

    A check (HEAD) returns True, and False on 404; an empty 2xx returns None.

    Raises:
        RouteError: Crisp refused or failed.
        InvalidResponseError: the response is not a Crisp envelope.
    """
    good = 200 <= response.status < 300
    if 300 <= response.status < 400:
        raise error_for(response, "redirect", _redirection(response))
    if response.request.method == "HEAD":
        if good or response.status == 404:
            return good
        raise error_for(response, _HEAD_REASONS.get(response.status, "http_error"))
    if good and not response.body:
        return None
    envelope = _decode(response)
    if good and not envelope.get("error"):
        return envelope.get("data")
    raise error_for(
        response, str(envelope.get("reason") or "http_error"), _details(envelope)
    )


def _redirection(response: Response) -> str:
    """Describe a redirect by its host alone: the rest may contain a secret."""
    try:
        host = urllib.parse.urlsplit(response.header("location") or "").hostname
    except ValueError:
        host = None
    leads = f"; this one leads to {host}" if host else ""
    return f"redirects are never followed{leads}"


def _decode(response: Response) -> dict[str, t.Any]:
    """Return the envelope, or raise an error with an excerpt of what came instead."""
    try:
        envelope = wire.json_value(response.body)
    except ValueError:
        envelope = None
        problem = "no JSON" if response.body else "an empty body"
    else:
        problem = "JSON that is not Crisp's envelope"
    if isinstance(envelope, dict) and not _MARKS.isdisjoint(t.cast("t.Any", envelope)):
        return t.cast("dict[str, t.Any]", envelope)
    excerpt = response.redacted().body[:_EXCERPT]
    message = f"{problem}: {excerpt!r}" if excerpt else problem
    raise malformed_error(response, "http_error", message)


def _details(envelope: dict[str, t.Any]) -> str:
    data = envelope.get("data")
    if not isinstance(data, dict):
        return ""
    return str(t.cast("dict[str, t.Any]", data).get("message") or "")
