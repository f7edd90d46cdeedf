"""The transport of the sync client, on requests.

`RequestsTransport` sends one request and reads the response to its end. Retries are
above it, in `crisp_api.transport.sender`. The deadline is below it, in
`crisp_api.transport._deadline`.
"""

from __future__ import annotations

import builtins
import http.client
import http.cookiejar
import inspect
import os
import pathlib
import sys
import types
import typing as t
import warnings

import requests
import requests.structures
import requests.utils
import urllib3.exceptions
import urllib3.util

from crisp_api.errors import (
    ConnectionError,
    InvalidResponseError,
    TimeoutError,
    TransportError,
    malformed_error,
)
from crisp_api.http import MAX_SIZE, Request, Response
from crisp_api.runners import in_event_loop
from crisp_api.transport._adapter import DeadlineAdapter
from crisp_api.transport._deadline import Deadline, has_lost_headers
from crisp_api.transport._failures import Words, causes, clear_locals, describe

__all__ = ["RequestsTransport", "Route", "Session"]

Session = requests.Session

_POOL_SIZE: t.Final = 32
_BAD_ADDRESS: t.Final = "the address of the API, or of the proxy, is not valid"
_CHUNK_SIZE: t.Final = 65_536
# The attribute of a response that keeps the target of a redirect.
_LOCATION: t.Final = "_crisp_location"
_DEFAULT_HEADERS: t.Final = requests.utils.default_headers()
# Errors of requests are OSErrors, and so is a missing CA bundle. Some errors of urllib3
# and http.client come as they are. On the user's own session, any other error is one of
# its hooks, and belongs to the user.
_SESSION_FAILURES = (
    OSError,
    http.client.HTTPException,
    urllib3.exceptions.HTTPError,
)
# A port that is out of range is an ArithmeticError.
_FAILURES = (*_SESSION_FAILURES, ValueError, ArithmeticError, RuntimeError)
# The text of the more specific one comes first.
_WORDS: t.Final[Words] = (
    (urllib3.exceptions.NameResolutionError, "the host name could not be resolved"),
    (urllib3.exceptions.DecodeError, "the body cannot be decompressed"),
    (requests.exceptions.ContentDecodingError, "the body cannot be decompressed"),
    (requests.exceptions.InvalidSchema, "SOCKS needs pip install 'requests[socks]'"),
    (urllib3.exceptions.InvalidChunkLength, "the response is not valid HTTP"),
    (urllib3.exceptions.LocationValueError, _BAD_ADDRESS),
    (requests.exceptions.InvalidURL, _BAD_ADDRESS),
    (requests.exceptions.InvalidProxyURL, _BAD_ADDRESS),
)
# Raised before a connection is made, so nothing was sent.
_CONNECT_ERRORS = (
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NewConnectionError,
)


class Route(t.NamedTuple):
    """How the session reaches a host, for connections that are not its own.

    Attributes:
        proxy: the URL of the proxy; None without one.
        ca: the path of the CA certificates to trust; False to trust any certificate.
        certificate: the paths of the client's own certificate and key, if it has one.
    """

    proxy: str | None
    ca: str | t.Literal[False]
    certificate: tuple[str, str | None] | None


class RequestsTransport:
    """Send requests through one ``requests.Session``, which keeps connections alive.

    Args:
        session: your own session, with adapters, proxies or certificates configured.
            It is not closed with the transport. The deadline is then checked only
            between reads, each of which may take the whole time-out. By default the
            transport makes a session, and closes it.
        max_size: the largest response to accept, in bytes after decompression.
        ca: path of the CA certificates to trust instead of the default ones.
    """

    def __init__(
        self,
        session: requests.Session | None = None,
        *,
        max_size: int = MAX_SIZE,
        ca: str | None = None,
    ) -> None:
        self._is_owned = session is None
        self._process = os.getpid()
        self._session = _new_session() if session is None else session
        self._max_size = max_size
        # To requests, None means what the session and the environment configure.
        self._ca = ca
        self._settings_by_host: dict[str, t.Any] = {}
        self._has_warned = False

    def send(self, request: Request, /) -> Response:
        """Send one request, and return the response with its whole body.

        Raises:
            TimeoutError: no connection, or no response, in time.
            ConnectionError: the connection was refused, reset or cut off.
            TransportError: anything else that prevented a response.
            InvalidResponseError: the response is larger than ``max_size``.
        """
        self._replace_after_fork()
        if not self._has_warned:
            self._has_warned = _warn_in_event_loop()
        deadline = Deadline(request.deadline)
        handled = sys.exception()
        failure: TransportError | InvalidResponseError
        failures = _FAILURES if self._is_owned else _SESSION_FAILURES
        try:
            with deadline, self._open(request, deadline) as response:
                body = self._read(response, deadline)
        except failures as error:
            failure = self._failure(error, request, deadline)
        except BaseException as error:
            # Cancelled, interrupted by Ctrl-C, or an error of a hook.
            clear_locals(error, handled)
            raise
        else:
            headers = {k.lower(): v for k, v in response.headers.items()}
            answer = Response(request, response.status_code, body or b"", headers)
            if body is None:
                message = f"a response of more than {self._max_size} bytes"
                failure = malformed_error(answer.masked(), "http_error", message)
            elif _is_cut_off(response, body):
                message = f"{request.label}: cut off within the headers"
                failure = ConnectionError(message, request)
            elif not body and request.method != "HEAD" and _is_compressed(response):
                message = f"{request.label}: cut off within the body"
                failure = ConnectionError(message, request)
            else:
                return answer
        # Not raised in the handler: as the context of this error, the original one
        # would expose the request with its credentials.
        raise failure

    def close(self) -> None:
        """Close the connections, unless the session is your own."""
        if self._is_owned:
            self._session.close()

    def refresh_proxies(self) -> None:
        """Read proxies and certificates from the environment again."""
        self._settings_by_host.clear()

    def route_to(self, url: str) -> Route:
        """Return the proxy and the certificates that the session uses for a URL."""
        known: t.Any = requests.utils
        settings: t.Any = self._session.merge_environment_settings(
            url, {}, stream=True, verify=self._ca, cert=None
        )
        verify, certificate = settings["verify"], settings["cert"]
        if isinstance(certificate, str):
            certificate = (certificate, None)
        proxy: str | None = known.select_proxy(url, settings["proxies"])
        return Route(
            known.prepend_scheme_if_needed(proxy, "http") if proxy else None,
            requests.utils.DEFAULT_CA_BUNDLE_PATH if verify is True else verify,
            certificate,
        )

    def _replace_after_fork(self) -> None:
        """Make a new session in a forked process: the parent uses the connections."""
        if self._is_owned and self._process != os.getpid():
            # This closes only the copies of the sockets in this process.
            self._session.close()
            self._session, self._process = _new_session(), os.getpid()

    def _open(self, request: Request, deadline: Deadline) -> requests.Response:
        """Send a request, and return the response, of which only the head is read."""
        timeout = deadline.cap(request.timeout)
        if self._is_owned:
            # Not prepared by requests, which is slow and would quote the URL again.
            settings = self._settings(request.url)
            prepared = _prepared(request)
            return self._session.send(prepared, timeout=timeout, **settings)
        # Applies the headers, hooks and proxies that the user has set on the session.
        try:
            response = self._session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=timeout,
                allow_redirects=False,
                auth=_keep_headers,
                verify=self._ca,
                stream=True,
                hooks={"response": [*_hooks(self._session), _hide_location]},
            )
        except requests.HTTPError as error:
            # A hook has called raise_for_status.
            if error.response is None:
                raise
            response = error.response
        _restore_location(response)
        return response

    def _settings(self, url: str) -> t.Any:
        """Return the proxy and the certificates that the environment sets for a host.

        They are read once for each host, because reading them is slow.
        """
        host = url[: url.find("/", len("https://"))]
        if host not in self._settings_by_host:
            settings = self._session.merge_environment_settings(
                host, {}, stream=True, verify=self._ca, cert=None
            )
            self._settings_by_host[host] = {**settings, "allow_redirects": False}
        return self._settings_by_host[host]

    def _read(self, response: requests.Response, deadline: Deadline) -> bytes | None:
        """Return the body, None if it is too large."""
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_CHUNK_SIZE):
            pieces.append(piece)
            size += len(piece)
            # Connections of the user's own session do not know the deadline.
            deadline.cap(None)
            if size > self._max_size:
                return None
        return b"".join(pieces)

    def _failure(
        self, error: Exception, request: Request, deadline: Deadline
    ) -> TransportError | InvalidResponseError:
        failure = _translated(error, request, deadline)
        if (
            isinstance(failure, TransportError)
            and failure.certainly_unsent
            and self._may_resend(request.url)
        ):
            # The last attempt was not sent, but one before it may have been.
            failure.sent = None
        return failure

    def _may_resend(self, url: str) -> bool:
        """Return whether the session itself may send a request more than once."""
        retries = getattr(self._session.get_adapter(url), "max_retries", None)
        return getattr(retries, "total", 0) != 0


def environment_proxy(url: str) -> str | None:
    """Return the proxy that the environment sets for a URL.

    The aiohttp transport uses it too. aiohttp reads ``NO_PROXY`` differently, and its
    own option for the environment, ``trust_env``, also reads ``~/.netrc``.
    """
    known: t.Any = requests.utils
    proxy: str | None = known.select_proxy(url, known.get_environ_proxies(url))
    return known.prepend_scheme_if_needed(proxy, "http") if proxy else None


def ascii_url(url: str) -> str:
    """Return the URL with its host encoded by IDNA, if it has letters beyond ASCII.

    Raises:
        ValueError: there is no such host name.
    """
    if url.isascii():
        return url
    scheme, _, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    host, colon, port = place.partition(":")
    known = urllib3.util.parse_url(f"{scheme}://{host}").host
    return f"{scheme}://{known}{colon}{port}{slash}{path}"


class _Session(requests.Session):
    """A session that never looks at redirects.

    With ``allow_redirects=False``, requests still parses the target, and fails on one
    that is not a URL.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None."""


def _warn_in_event_loop() -> bool:
    """Warn if this call blocks an event loop; return whether it did.

    In a notebook or an IPython shell a loop always runs, so it does not warn there.
    """
    if "IPython" in sys.modules or not in_event_loop():
        return False
    message = (
        "this call of Crisp blocks the event loop, and all of its tasks, until the "
        "response arrives; use AsyncCrisp, or call it in asyncio.to_thread"
    )
    package = f"{pathlib.Path(__file__).parents[1]}{os.sep}"
    frame: types.FrameType | None = inspect.currentframe()
    level = 0
    while frame and frame.f_code.co_filename.startswith(package):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, RuntimeWarning, stacklevel=level + 1)
    return True


def _new_session() -> requests.Session:
    session = _Session()
    # A cookie of one response must not be sent with the next request.
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, DeadlineAdapter(pool_maxsize=_POOL_SIZE))
    return session


def _prepared(request: Request) -> requests.PreparedRequest:
    """Return what an adapter sends: it is encoded already, and must stay as it is."""
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url = request.method, ascii_url(request.url)
    prepared.body = request.body
    headers = {**_DEFAULT_HEADERS, **request.headers}
    if request.body is not None or request.method not in {"GET", "HEAD"}:
        headers["Content-Length"] = str(len(request.body or b""))
    prepared.headers = requests.structures.CaseInsensitiveDict(headers)
    return prepared


def _keep_headers(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without an auth for the call, requests would take credentials from ~/.netrc.
    return prepared


def _hooks(session: requests.Session) -> list[t.Any]:
    """Return the hooks of the user's own session: those of a call replace them."""
    hooks: t.Any = session.hooks.get("response") or []
    return [hooks] if callable(hooks) else list(hooks)


def _hide_location(response: requests.Response, **_: object) -> None:
    """Hide the target of a redirect from requests.

    Even if it does not follow a redirect, it would parse the target, and read the whole
    body without a limit.
    """
    if location := response.headers.pop("location", None):
        vars(response)[_LOCATION] = location


def _restore_location(response: requests.Response) -> None:
    if location := vars(response).pop(_LOCATION, None):
        response.headers["location"] = location


def _is_cut_off(response: requests.Response, body: bytes) -> bool:
    """Return whether the head may have been cut off, on the user's own session.

    A `DeadlineResponse` has checked this itself, and a response that is replayed from
    a cassette is whole. Both are subclasses.
    """
    original = getattr(response.raw, "_original_response", None)
    return (
        type(original) is http.client.HTTPResponse
        and 200 <= response.status_code < 300
        and not body
        and (
            (not original.chunked and original.length is None)
            or has_lost_headers(original)
        )
    )


def _is_compressed(response: requests.Response) -> bool:
    """Return whether the response has a compressed body.

    If the body decompresses to nothing, it was cut off: the first bytes of gzip
    decompress to nothing, and urllib3 does not report that more are missing. urllib3
    does not count the bytes of chunks, but a body without bytes is not gzip either.
    """
    return "content-encoding" in response.headers and (
        "transfer-encoding" in response.headers
        or getattr(response.raw, "tell", int)() > 0
    )


def _translated(
    error: Exception, request: Request, deadline: Deadline
) -> TransportError | InvalidResponseError:
    """Return our error for one of requests, urllib3 or the socket."""
    # http.client has no class of its own for too many or too long headers.
    if "got more than" in str(error):
        message = "the head is too large"
        return malformed_error(Response(request, 0), "http_error", message)
    cause = error.args[0] if error.args else None
    kind = TransportError
    # A time-out while the body is sent or read becomes requests' ConnectionError.
    deepest = cause.args[-1] if isinstance(cause, Exception) and cause.args else None
    is_slow = isinstance(cause, urllib3.exceptions.ReadTimeoutError) or isinstance(
        deepest, builtins.TimeoutError
    )
    if isinstance(error, requests.Timeout) or is_slow or deadline.has_passed():
        kind = TimeoutError
    elif isinstance(
        error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError
    ):
        kind = ConnectionError
    cause = getattr(cause, "reason", cause)
    is_unsent = deadline.connect_failed or isinstance(cause, _CONNECT_ERRORS)
    own = any(isinstance(one, http.client.RemoteDisconnected) for one in causes(error))
    if kind is TimeoutError:
        has_passed = deadline.has_passed()
        text = no_response(request, is_unsent=is_unsent, has_passed=has_passed)
    elif "Tunnel connection failed" in str(error):
        text = "the proxy refused the connection"
    elif own and "cut off within the headers" in str(error):
        text = "cut off within the headers"
    else:
        text = describe(error, _WORDS, "the connection failed")
    message = f"{request.label}: {text}"
    return kind(message, request, sent=False if is_unsent else None)


def no_response(request: Request, *, is_unsent: bool, has_passed: bool) -> str:
    """Return how long no response or connection came, and how to wait longer.

    Args:
        request: what was sent, or was not.
        is_unsent: whether it certainly was not.
        has_passed: whether the deadline has passed, rather than the time-out.
    """
    what = f"no {'connection' if is_unsent else 'response'}"
    if has_passed:
        # Not the seconds: those of a later attempt are what the others have left.
        limit, name = "before the deadline", "deadline"
    elif request.timeout is not None:
        limit, name = f"within {request.timeout:.3g} seconds", "timeout"
    else:
        return f"{what} in time"
    return f"{what} {limit}; to wait longer, call client.with_options({name}=...)"
