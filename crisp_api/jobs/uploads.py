"""Uploads, in two calls: Crisp sends the URL for a file as an event in between.

The event is ``bucket:url:{namespace}:generated``, of the webhooks and of the real-time
connection::

    id = request_upload(client, website_id, "cat.png", "image/png")
    url = upload(client, event, content)  # with the event that has this id
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
import uuid

from crisp_api import wire
from crisp_api.client import check_client
from crisp_api.errors import TransportError, malformed_error
from crisp_api.http import Request, Response
from crisp_api.runners import Steps

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp
    from crisp_api.core import Core

__all__ = ["request_upload", "upload"]


class _Signed(Request):
    """A request with a secret query: everyone who has it can write to the URL."""

    def redacted(self) -> Request:
        """Return the same request without its query, and without the file."""
        url = self.url.partition("?")[0]
        return dataclasses.replace(super().redacted(), url=url, body=None)

    def __repr__(self) -> str:
        return Request.__repr__(self.redacted())


@t.overload
def request_upload(
    client: Crisp,
    website_id: str,
    name: str,
    mime_type: str,
    *,
    namespace: ty.BucketNamespace = "upload",
) -> str: ...
@t.overload
def request_upload(
    client: AsyncCrisp,
    website_id: str,
    name: str,
    mime_type: str,
    *,
    namespace: ty.BucketNamespace = "upload",
) -> t.Coroutine[None, None, str]: ...
def request_upload(
    client: t.Any,
    website_id: str,
    name: str,
    mime_type: str,
    *,
    namespace: str = "upload",
) -> t.Any:
    """Request a URL to upload a file to.

    You can call it again after a `TransportError`: a URL that is not used does no harm.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: the website that the file belongs to.
        name: the name of the file.
        mime_type: its type, such as ``image/png``.
        namespace: the purpose of the file.

    Returns:
        The ``id`` of the event that will have the URL.

    Raises:
        ValueError: the ``website_id`` is not valid; nothing was sent.
        CrispError: the call failed.
    """
    check_client("request_upload", client)
    steps = _request(client.bucket, website_id, name, mime_type, namespace)
    return client.core.run(steps)


def _request(
    bucket: t.Any, website_id: str, name: str, mime_type: str, namespace: str
) -> Steps[str]:
    asked = str(uuid.uuid4())
    yield bucket.generate_bucket_url(
        {
            "namespace": namespace,
            "id": asked,
            "file": {"name": name, "type": mime_type},
            "resource": {
                "type": "website",
                "id": wire.segment("website_id", website_id),
            },
        }
    )
    return asked


@t.overload
def upload(
    client: Crisp, event: ty.EventsBucketURLGenerated, content: bytes
) -> str: ...
@t.overload
def upload(
    client: AsyncCrisp, event: ty.EventsBucketURLGenerated, content: bytes
) -> t.Coroutine[None, None, str]: ...
def upload(client: t.Any, event: t.Any, content: bytes) -> t.Any:
    """Upload a file to the URL in an event.

    The file is sent over the client's transport, without the token, and retried like
    any PUT. For a large file, allow more time: ``client.with_options(deadline=600)``.
    The event decides where the file is sent, so make sure that it comes from Crisp.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        event: the payload of ``bucket:url:{namespace}:generated``.
        content: the bytes of the file.

    Returns:
        The public URL of the file, for a message of type ``file``.

    Raises:
        ValueError: the file is larger than the event allows, or would be sent without
            encryption; nothing was sent.
        InvalidResponseError: the storage refused the file; also the class of
            the status, such as `PermissionDeniedError`.
        TransportError: no complete response arrived; you can upload the file again.
    """
    check_client("upload", client)
    return client.core.run(_upload(client.core, event, content))


def _upload(core: Core, event: t.Any, content: bytes) -> Steps[str]:
    limit = event["policy"]["size_limit"]
    if len(content) > limit:
        message = f"the file has {len(content)} bytes, but at most {limit} are allowed"
        raise ValueError(message)
    if not wire.is_private(event["url"]["signed"]):
        message = "the URL is not https, so the file would be sent without encryption"
        raise ValueError(message)
    request = _Signed(
        "PUT",
        event["url"]["signed"],
        {"Content-Type": wire.header("Content-Type", event["type"])},
        content,
        core.options.timeout,
        core.options.deadline,
    )
    try:
        response = yield from core.sender.steps(request)
    except TransportError as error:
        # The text may repeat the URL with its secret query.
        error.args = (re.sub(r"\?\S*", "?***", str(error.args[0])),)
        raise
    if not 200 <= response.status < 300:
        # Without the body, which may repeat the URL.
        shown, problem = Response(request, response.status), "the file is not stored"
        raise malformed_error(shown, "http_error", problem)
    return t.cast("str", event["url"]["resource"])
