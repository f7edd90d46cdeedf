"""Addresses to upload files to, which Crisp sends as events."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.call import Item
from crisp_api.sandbox.model import SUBSCRIPTION, UPLOAD, WEBSITE
from crisp_api.sandbox.refusals import Refusal, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = ["generate_bucket_url"]


def generate_bucket_url(call: Call) -> None:
    """Keep a request for an address to upload a file to."""
    resource: Object = call.body.get("resource", {})
    website_id = str(resource.get("id", ""))
    is_website = resource.get("type") == "website"
    if is_website and not call.store.has(WEBSITE, (website_id,)):
        message = "the website of '.resource' does not exist"
        raise invalid(message)
    own = (website_id, call.state.plugin_id)
    if is_website and call.tier == "plugin" and not call.store.has(SUBSCRIPTION, own):
        raise Refusal(404, "not_subscribed")
    key = call.state.new_id("upload")
    call.save(Item(UPLOAD, (website_id, key), {**call.body, "timestamp": call.now}))
