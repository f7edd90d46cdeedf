"""Animated images, which Crisp lists in an event."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.call import NOWHERE

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call

__all__ = ["list_animation_medias"]


def list_animation_medias(call: Call) -> None:
    """Send the animated images of a page: an invented one for each page."""
    number = call.arguments["page_number"]
    url = f"{NOWHERE}/animation/{number}.gif"
    listed = call.query["list_id"]
    event = {
        # In the type it is a number, in the request perhaps a text.
        "id": int(listed) if str(listed).isdecimal() else 0,
        "identifier": str(listed),
        "results": [{"type": "image/gif", "url": url}],
    }
    call.events.append(("media:animation:listed", event))
