"""The path of a call: declaration, request, send, data.

A method of a consumer comes here with its arguments. `CompiledOperation` turns them
into the parts of a request, the sender sends the request, signed by the auth hook for
every attempt, and the envelope of the response is opened. All consumers of a client
share one core.

uplink declares the endpoints. It runs only where a user has hooked in (see
`crisp_api._uplink`), and then passes the request that it built to `Core.send`.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import typing as t
import urllib.parse
import warnings
import weakref

from crisp_api import wire
from crisp_api._version import __version__
from crisp_api.auth import SIGNED, AuthHook, hidden
from crisp_api.envelope import open_envelope
from crisp_api.errors import PermissionDeniedError, QuotaExceededError
from crisp_api.heard import HeardMessages
from crisp_api.http import Headers, RawResponse, Request, Response
from crisp_api.operation import CompiledOperation
from crisp_api.parameters import Parts
from crisp_api.runners import Runner, Steps
from crisp_api.transport.sender import Options, Sender

__all__ = ["BaseURL", "Core", "warn_if_unencrypted"]

_WITH_BODY: t.Final = frozenset({"PATCH", "POST", "PUT"})
_HEADERS: t.Final = {
    "Accept": "application/json",
    "User-Agent": f"python-crisp-api/{__version__}",
}
_JSON: t.Final = {"Content-Type": "application/json"}
_JSON_HEADERS: t.Final = {**_HEADERS, **_JSON}


def warn_if_unencrypted(host: str, stacklevel: int) -> None:
    """Warn if the token would be sent unencrypted."""
    if not wire.is_private(host):
        message = f"requests to {host} are not encrypted, and neither is the token"
        # Blame the line that makes or changes the client.
        warnings.warn(message, UserWarning, stacklevel=stacklevel + 1)


class BaseURL:
    """The URL that all paths are relative to; it can be changed between calls."""

    def __init__(self, url: str) -> None:
        self.move(*wire.base(url))

    def move(self, host: str, path: str) -> None:
        """Change the host and the base path."""
        self.host: str = host
        self.path: str = path
        self.text: str = f"{host}{path.rstrip('/')}/"

    def __str__(self) -> str:
        return self.text


class _Unsigned:
    """A request for the auth hook; uplink passes an object with the same ``info``."""

    __slots__ = ("info", "request")

    def __init__(self, request: Request) -> None:
        self.request = request
        self.info: dict[str, Headers] = {"headers": Headers(request.headers)}


class Core:
    """Sends the calls of a client.

    Args:
        base_url: where the API is.
        auth: the hook that signs requests.
        sender: sends requests, retries included.
        options: time-outs and retries.

    Attributes:
        runner: runs what waits, in the way of the client: sync or async.
        is_raw: whether calls return a `RawResponse`.
        heard: the messages that the client has heard in real time.
        connections: the real-time connections that are closed with the client.
    """

    def __init__(
        self, base_url: BaseURL, auth: AuthHook, sender: Sender, options: Options
    ) -> None:
        self.base_url = base_url
        self.auth = auth
        self.sender = sender
        self.options = options
        self.runner: Runner = sender.runner
        self.is_raw = False
        self.heard: HeardMessages = HeardMessages()
        self.connections: weakref.WeakSet[t.Any] = weakref.WeakSet()

    def with_options(self, **changes: t.Any) -> t.Self:
        """Return a core with other options, over the same connections.

        Raises:
            TypeError: there is no such option.
        """
        known = vars(self.options)
        for name in changes.keys() - known.keys():
            message = (
                f"with_options() has no option {name!r}; it has {', '.join(known)}"
            )
            raise TypeError(message)
        other = copy.copy(self)
        other.options = dataclasses.replace(self.options, **changes)
        if "retry" in changes:
            other.sender = self.sender.with_retry(other.options.retry)
        return other

    def with_raw_response(self) -> t.Self:
        """Return a core whose calls return a `RawResponse`."""
        other = copy.copy(self)
        other.is_raw = True
        return other

    def run(self, steps: Steps[t.Any]) -> t.Any:
        """Run steps that make several calls; on an async client, return a coroutine.

        Raises:
            TypeError: as `require_data` does.
        """
        try:
            self.require_data()
        except TypeError as error:
            steps.close()
            return self.runner.fail(error)
        return self.runner.run(steps)

    def require_data(self) -> None:
        """Refuse to make several calls whose data is in a `RawResponse`.

        Raises:
            TypeError: the calls would return one; nothing was sent.
        """
        if self.is_raw:
            message = (
                "this makes several calls: pass the client itself, not "
                "client.with_raw_response"
            )
            raise TypeError(message)

    def call(
        self,
        operation: CompiledOperation,
        args: tuple[t.Any, ...],
        kwargs: dict[str, t.Any],
        service: str,
    ) -> t.Any:
        """Make one call; on an async client, return its coroutine.

        Args:
            operation: what to call.
            args: its positional arguments.
            kwargs: its keyword arguments.
            service: where the operation is, as errors name it: ``website``.
        """
        name = f"{service}.{operation.name}"
        try:
            # Not only when the call is awaited: the caller may change the dict before.
            parts = operation.parts(operation.bind(args, kwargs))
            url = self.base_url.text + parts.path
            request = self._request(operation.method, url, parts, name)
        except (TypeError, ValueError) as error:
            return self.runner.fail(error)
        return self.runner.run(self._call(request, operation), name)

    def _call(self, request: Request, operation: CompiledOperation) -> Steps[t.Any]:
        response = yield from self.sender.steps(request, self.sign)
        return self._data(response, operation)

    def send(
        self,
        method: str,
        url: str,
        info: t.Mapping[str, t.Any],
        operation: CompiledOperation | None,
        service: str,
    ) -> t.Any:
        """Send what uplink built; on an async client, return the coroutine of it.

        Args:
            method: the HTTP method.
            url: the whole URL.
            info: uplink's ``headers``, ``params``, ``json`` and ``timeout``.
            operation: what was called; None for a plain method of uplink's.
            service: where it is, as errors name it.
        """
        parts = urllib.parse.urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.base_url.host:
            # A plain method of uplink with a Url.
            warn_if_unencrypted(f"{parts.scheme}://{parts.hostname}", stacklevel=2)
        return self.runner.run(self._send(method, url, info, operation, service))

    def _send(
        self,
        method: str,
        url: str,
        info: t.Mapping[str, t.Any],
        operation: CompiledOperation | None,
        service: str,
    ) -> Steps[t.Any]:
        parts = Parts(url, info.get("params"), info.get("json"))
        self._check(info["headers"], {})
        name = f"{service}.{operation.name}" if operation else service
        request = self._request(method, url, parts, name, info["headers"])
        if "timeout" in info:
            # Checked as an option of the client is.
            options = dataclasses.replace(self.options, timeout=info["timeout"])
            request = dataclasses.replace(request, timeout=options.timeout)
        signed: t.Mapping[str, str] | None = info.get(SIGNED)
        sign = functools.partial(self._sign_again, signed) if signed else None
        response = yield from self.sender.steps(request, sign)
        return self._data(response, operation)

    def sign(self, request: Request) -> Request:
        """Return the request with what the auth hook adds to its headers."""
        unsigned = _Unsigned(request)
        self.auth(unsigned)
        headers = unsigned.info["headers"]
        if type(self.auth) is not AuthHook:
            # A hook of the user's own may have changed any header.
            headers = Headers(headers)
            self._check(headers, request.headers)
        return Request(
            request.method,
            request.url,
            headers,
            request.body,
            request.timeout,
            request.deadline,
            request.operation,
        )

    def _sign_again(self, signed: t.Mapping[str, str], request: Request) -> Request:
        """Return a request that uplink signed with the credentials of now.

        Headers that a hook has changed since stay as they are.
        """
        kept = {
            name: value
            for name, value in request.headers.items()
            if value is not signed.get(name)
        }
        fresh = self.sign(dataclasses.replace(request, headers={}))
        return dataclasses.replace(request, headers={**fresh.headers, **kept})

    def _check(
        self, headers: t.Mapping[str, str], checked: t.Mapping[str, str]
    ) -> None:
        """Raise a ValueError for a header that would not arrive as it is."""
        # The auth hook checked its own when it took the credentials.
        own: t.Mapping[str, str] = getattr(self.auth, "headers", {})
        for name in headers:
            if headers[name] not in (checked.get(name), own.get(name)):
                wire.header(name, hidden(headers[name]))

    def _request(
        self,
        method: str,
        url: str,
        parts: Parts,
        name: str,
        more: t.Mapping[str, str] | None = None,
    ) -> Request:
        """Return the request with these parts, and more headers than the usual."""
        body, content, headers = parts.body, None, _HEADERS
        if body is None and method in _WITH_BODY:
            body = t.cast("object", {})
        if body is not None:
            content = wire.json_text(f"the body of {name}", body).encode()
            headers = _JSON_HEADERS
        if more:
            headers = {**_HEADERS, **more, **(_JSON if content else {})}
        if parts.query:
            url = wire.with_query(url, parts.query)
        timeout, deadline = self.options.timeout, self.options.deadline
        return Request(method, url, headers, content, timeout, deadline, name)

    def _data(self, response: Response, operation: CompiledOperation | None) -> t.Any:
        """Return the data of a response, or raise the error in it."""
        try:
            data = open_envelope(response)
        except QuotaExceededError as error:
            error.add_note(f"This client has sent {self.sender.sent} requests.")
            raise
        except PermissionDeniedError as error:
            error.tiers = operation.tiers if operation else ()
            raise
        if operation and not operation.has_answer:
            data = None
        if not self.is_raw:
            return data
        shown = response.redacted()
        return RawResponse(data, shown.status, shown.headers, shown.request)
