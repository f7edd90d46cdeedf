"""Uploads: an event has the address of a file, which takes its content."""

from __future__ import annotations

import base64
import typing as t
import urllib.parse

from crisp_api.http import Response
from crisp_api.sandbox.call import Item
from crisp_api.sandbox.model import SUBSCRIPTION, UPLOAD, WEBSITE
from crisp_api.sandbox.refusals import Refusal, invalid

if t.TYPE_CHECKING:
    from crisp_api.http import Request
    from crisp_api.sandbox.call import Call, State
    from crisp_api.sandbox.model import Object

__all__ = ["generate_bucket_url"]

STORAGE: t.Final = "/storage/"
"""The beginning of the path of a file's address."""

_SIZE_LIMIT: t.Final = 10_000_000


def generate_bucket_url(call: Call) -> None:
    """Send an address to upload a file to."""
    body = call.body
    resource: Object = body.get("resource", {})
    website_id = str(resource.get("id", ""))
    is_website = resource.get("type") == "website"
    if is_website and not call.store.has(WEBSITE, (website_id,)):
        message = "the website of '.resource' does not exist"
        raise invalid(message)
    own = (website_id, call.state.plugin_id)
    if is_website and call.tier == "plugin" and not call.store.has(SUBSCRIPTION, own):
        raise Refusal(404, "not_subscribed")
    key = call.state.new_id("upload")
    secret = call.state.fixed_id(f"signature {key}")
    call.save(Item(UPLOAD, (website_id, key), {**body, "timestamp": call.now}))
    file: Object = body.get("file", {})
    name = urllib.parse.quote(str(file.get("name", "file")), safe="")
    address = f"{call.state.origin}{STORAGE}{website_id or '-'}/{key}/{name}"
    url = {"resource": address, "signed": f"{address}?signature={secret}"}
    event = {
        "from": body.get("from", ""),
        "id": body.get("id", ""),
        "identifier": body.get("identifier", ""),
        "resource": {"type": resource.get("type", ""), "id": website_id},
        "policy": {"size_limit": _SIZE_LIMIT},
        "type": file.get("type", "application/octet-stream"),
        "url": url,
    }
    namespace = body.get("namespace", "upload")
    call.events.append((f"bucket:url:{namespace}:generated", event))


def exchange(state: State, request: Request) -> Response:
    """Answer a request for the address of a file: PUT stores it, GET returns it."""
    website_id, key, *_ = [*request.path.removeprefix(STORAGE).split("/"), ""]
    path = ("" if website_id == "-" else website_id, key)
    upload = state.store.get(UPLOAD, path)
    if upload is None:
        return Response(request, 404)
    if request.method == "PUT":
        return _keep(state, request, path, upload)
    if "content" not in upload:
        return Response(request, 404)
    kind = str(upload.get("file", {}).get("type", ""))
    if not kind.isprintable() or not kind:
        kind = "application/octet-stream"
    content = base64.b64decode(upload["content"])
    # A page of the sandbox's own host must not run what a test has uploaded.
    headers = {"content-type": kind, "content-security-policy": "sandbox"}
    return Response(request, 200, content, headers)


def _keep(
    state: State, request: Request, path: tuple[str, str], upload: Object
) -> Response:
    sent = request.body or b""
    secret = state.fixed_id(f"signature {path[1]}")
    if request.params.get("signature") != secret or "authorization" in {
        name.lower() for name in request.headers
    }:
        return Response(request, 403)
    if len(sent) > _SIZE_LIMIT:
        return Response(request, 413)
    upload["content"] = base64.b64encode(sent).decode()
    state.store.put(UPLOAD, path, upload)
    return Response(request, 200)
