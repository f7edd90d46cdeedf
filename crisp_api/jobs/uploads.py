"""Uploads: Crisp sends the URL for a file as an event, between two calls.

`upload_file` makes both calls, and waits for the event. The event is
``bucket:url:{namespace}:generated``, of webhooks and of real-time connections. If you
receive it elsewhere, make the calls yourself::

    id = request_upload(client, website_id, "cat.png", "image/png")
    url = upload(client, event, content)  # with the event that has this id
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import functools
import mimetypes
import os
import pathlib
import re
import time
import typing as t
import uuid

from crisp_api import errors, wire
from crisp_api.client import check_client
from crisp_api.errors import TransportError, malformed_error
from crisp_api.events import RECONNECTED
from crisp_api.http import Request, Response
from crisp_api.pools import TURN
from crisp_api.runners import END, Steps

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp
    from crisp_api.core import Core
    from crisp_api.events import Event, Router

__all__ = ["request_upload", "upload", "upload_file"]


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
    file = {"name": name, "type": mime_type}
    asked = str(uuid.uuid4())
    steps = _request(client.bucket, website_id, asked, file, namespace)
    return client.core.run(steps)


def _request(
    bucket: t.Any, website_id: str, asked: str, file: dict[str, str], namespace: str
) -> Steps[str]:
    yield bucket.generate_bucket_url(
        {
            "namespace": namespace,
            "id": asked,
            "file": file,
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


@t.overload
def upload_file(
    client: Crisp,
    website_id: str,
    path: str | os.PathLike[str],
    *,
    mime_type: str | None = None,
    namespace: ty.BucketNamespace = "upload",
    router: Router | None = None,
    timeout: float = 60.0,
) -> str: ...
@t.overload
def upload_file(
    client: AsyncCrisp,
    website_id: str,
    path: str | os.PathLike[str],
    *,
    mime_type: str | None = None,
    namespace: ty.BucketNamespace = "upload",
    router: Router | None = None,
    timeout: float = 60.0,
) -> t.Coroutine[None, None, str]: ...
def upload_file(  # noqa: PLR0913 - named, but for three
    client: t.Any,
    website_id: str,
    path: str | os.PathLike[str],
    *,
    mime_type: str | None = None,
    namespace: str = "upload",
    router: Router | None = None,
    timeout: float = 60.0,
) -> t.Any:
    """Upload a file: request a URL, wait for its event, and send the content.

    The event arrives over a real-time connection that is opened for it (extra
    ``realtime``), or through a router that receives your webhooks in this process. Do
    not call it in a handler of that router, which could not handle the event meanwhile.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: the website that the file belongs to.
        path: the path of the file.
        mime_type: its type, such as ``image/png``; by default, that of its suffix.
        namespace: the purpose of the file.
        router: a router that receives webhooks.
        timeout: how many seconds to wait for the connection, and for the event.

    Returns:
        The public URL of the file, for a message of type ``file``.

    Raises:
        OSError: the file cannot be read; nothing was sent.
        TimeoutError: the event did not arrive.
        CrispError: a call failed; see `upload`. You can upload the file again.
    """
    check_client("upload_file", client)
    file = pathlib.Path(path)
    guess = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    asked = _Wanted(file, mime_type or guess, namespace, timeout)
    return client.core.run(_upload_file(client, website_id, asked, router))


class _Wanted(t.NamedTuple):
    """A file to upload, and the seconds to wait for its URL."""

    path: pathlib.Path
    mime_type: str
    namespace: str
    timeout: float

    @property
    def event(self) -> str:
        """The name of the event with the URL."""
        return f"bucket:url:{self.namespace}:generated"

    @property
    def missing(self) -> errors.TimeoutError:
        message = f"{self.event} did not arrive within {self.timeout:.3g} seconds"
        return errors.TimeoutError(message)


_Request = t.Callable[[], Steps[str]]


def _upload_file(
    client: t.Any, website_id: str, wanted: _Wanted, router: Router | None
) -> Steps[str]:
    core = client.core
    content = yield core.runner.offload(wanted.path.read_bytes)
    asked = str(uuid.uuid4())
    request = functools.partial(
        _request,
        client.bucket,
        website_id,
        asked,
        {"name": wanted.path.name, "type": wanted.mime_type},
        wanted.namespace,
    )
    if router is None:
        event = yield from _event_of_connection(
            client, website_id, wanted, asked, request
        )
    else:
        event = yield from _event_of_router(client, router, wanted, asked, request)
    return (yield from _upload(core, event, content))


def _event_of_connection(
    client: t.Any,
    website_id: str,
    wanted: _Wanted,
    asked: str,
    request: _Request,
) -> Steps[t.Any]:
    """Make the request, and return the payload of its event, from a connection."""
    seconds = wanted.timeout
    connection = client.listen(wanted.event, website_id=website_id, timeout=seconds)
    try:
        if not (yield connection.wait_until_connected(seconds)):
            raise wanted.missing
        yield from request()
        end = time.monotonic() + seconds
        while (event := (yield client.core.runner.next(connection))) is not END:
            if event.data.get("id") == asked:
                return event.data
            if event.name == RECONNECTED:
                # Its event may have been sent meanwhile.
                yield from request()
            if time.monotonic() > end:
                break
        raise wanted.missing
    finally:
        yield connection.close()


def _event_of_router(
    client: t.Any,
    router: Router,
    wanted: _Wanted,
    asked: str,
    request: _Request,
) -> Steps[t.Any]:
    """Make the request, and return the payload of its event, from a router."""
    arrived: concurrent.futures.Future[t.Any] = concurrent.futures.Future()

    def receive(event: Event[t.Any]) -> None:
        if event.data.get("id") == asked:
            # Crisp may repeat the delivery.
            with contextlib.suppress(concurrent.futures.InvalidStateError):
                arrived.set_result(event.data)

    router.on(wanted.event)(receive)
    try:
        yield from request()
        wait = functools.partial(_result_of, arrived, wanted)
        return (yield client.core.runner.offload(wait))
    finally:
        router.off(receive)
        # Ends the wait, where it is in a thread of its own.
        with contextlib.suppress(concurrent.futures.InvalidStateError):
            arrived.set_result(None)


def _result_of(arrived: concurrent.futures.Future[t.Any], wanted: _Wanted) -> t.Any:
    end = time.monotonic() + wanted.timeout
    # In turns, because a signal may not end a wait.
    while (left := end - time.monotonic()) > 0:
        if concurrent.futures.wait([arrived], min(left, TURN)).done:
            return arrived.result()
    raise wanted.missing
