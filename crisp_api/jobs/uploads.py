"""Uploads: an address is asked for, comes as an event, and takes the bytes of a file.

Crisp tells the address of no file in its answer, but in an event of the web hooks and
of the RTM API: ``bucket:url:{namespace}:generated``. So the job is in two halves::

    id = request_upload(client, website_id, "cat.png", "image/png")
    url = upload(client, event, content)  # with the event of this id, once it is there
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
import uuid

from crisp_api import wire
from crisp_api.errors import TransportError, malformed_error
from crisp_api.http import Request, Response
from crisp_api.runners import Steps

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp
    from crisp_api.core import Core

__all__ = ["request_upload", "upload"]


class _Signed(Request):
    """A request whose query is a secret: who has it may write there."""

    def redacted(self) -> Request:
        """Give the same request without its query, and without the file."""
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
    """Ask for an address to upload a file to.

    After a `TransportError` it can be called again: an address that nobody uses is no
    harm.

    Args:
        client: a `Crisp`; with an `AsyncCrisp` it is awaited.
        website_id: what the file belongs to.
        name: of the file.
        mime_type: of the file.
        namespace: what the file is for.

    Returns:
        The ``id`` that the event with the address will have.

    Raises:
        ValueError: the ``website_id`` cannot be one; nothing was sent.
        CrispError: what stopped it.
    """
    steps = _request(client.bucket, website_id, name, mime_type, namespace)
    return client.core.runner.run(steps)


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
    """Upload a file to the address in an event.

    It goes over the transport of the client, without its token, and is tried again as
    any PUT. A large file may need more time than a call has:
    ``client.with_options(deadline=600)``. The event says where the bytes go, so it must
    be Crisp's.

    Args:
        client: a `Crisp`; with an `AsyncCrisp` it is awaited.
        event: the payload of ``bucket:url:{namespace}:generated``.
        content: the file.

    Returns:
        The address that the file can be read at, as for a message of type ``file``.

    Raises:
        ValueError: the file is larger than the event allows, or would not be
            encrypted on its way; nothing was sent.
        InvalidResponseError: the storage did not take it; by its status also a
            `PermissionDeniedError` or the like.
        TransportError: no whole answer came; it can be uploaded again.
    """
    return client.core.runner.run(_upload(client.core, event, content))


def _upload(core: Core, event: t.Any, content: bytes) -> Steps[str]:
    limit = event["policy"]["size_limit"]
    if len(content) > limit:
        message = f"the file has {len(content)} bytes, and may have {limit}"
        raise ValueError(message)
    if not wire.is_private(event["url"]["signed"]):
        message = "the address is not one of https, so the file would not be encrypted"
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
        # The words of HTTP libraries may repeat the address.
        error.args = (re.sub(r"\?\S*", "?***", str(error.args[0])),)
        raise
    if not 200 <= response.status < 300:
        # Without what else it says: it may repeat the address, too.
        shown, problem = Response(request, response.status), "the file is not stored"
        raise malformed_error(shown, "http_error", problem)
    return t.cast("str", event["url"]["resource"])
