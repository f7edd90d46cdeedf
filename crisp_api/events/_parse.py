"""From the body of a webhook to an event."""

from __future__ import annotations

import typing as t

from crisp_api.errors import InvalidEventError
from crisp_api.events._event import Event

if t.TYPE_CHECKING:
    from crisp_api.events._names import AnyEvent

__all__ = ["parse", "website_of"]


def parse(
    envelope: object, *, attempt: int | None = None, attempt_limit: int | None = None
) -> AnyEvent:
    """Return the event in the body of a webhook.

    An event whose name is not in `EVENTS` is returned as well.

    Args:
        envelope: the decoded JSON.
        attempt: the number of the delivery.
        attempt_limit: how often Crisp tries.

    Raises:
        InvalidEventError: it is not an event.
    """
    if not isinstance(envelope, dict):
        message = "the body is not a JSON object"
        raise InvalidEventError(message)
    fields = t.cast("dict[str, t.Any]", envelope)
    name, data = fields.get("event"), fields.get("data")
    if not isinstance(name, str) or not name:
        message = "the body has no name of an event in 'event'"
        raise InvalidEventError(message)
    if not isinstance(data, dict):
        message = f"the event {name!r} has no object in 'data'"
        raise InvalidEventError(message)
    payload = t.cast("dict[str, t.Any]", data)
    website_id = fields.get("website_id") or website_of(payload)
    timestamp = fields.get("timestamp")
    is_time = isinstance(timestamp, int) and not isinstance(timestamp, bool)
    event = Event(
        name,
        payload,
        website_id if isinstance(website_id, str) else "",
        timestamp if is_time else None,
        attempt,
        attempt_limit,
    )
    # At run time, events of all names are of one class.
    return t.cast("AnyEvent", event)


def website_of(payload: t.Mapping[str, t.Any]) -> str:
    """Return the website of a payload; empty if it does not tell.

    Events of uploads have no ``website_id``, but a resource that can be a website.
    """
    website_id = payload.get("website_id")
    resource = payload.get("resource")
    if not website_id and isinstance(resource, dict):
        fields = t.cast("dict[str, t.Any]", resource)
        website_id = fields.get("id") if fields.get("type") == "website" else ""
    return website_id if isinstance(website_id, str) else ""
