"""The blocking transport, on ``requests``."""

from __future__ import annotations

import http.client
import http.cookiejar

import requests
import requests.adapters
import urllib3.exceptions

from crisp_api.errors import ConnectionError, TimeoutError, TransportError
from crisp_api.messages import Request, Response

__all__ = ["RequestsTransport", "Session"]

Session = requests.Session

_POOL: int = 32
_NEVER_SENT = (
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NewConnectionError,
)


class RequestsTransport:
    """Sends through one ``requests.Session``, its connections kept alive.

    Args:
        session: your own, with adapters mounted, proxies or certificates set;
            it stays yours, and open. Without one, the transport makes and
            closes its own.
    """

    def __init__(self, session: requests.Session | None = None) -> None:
        self._owned = session is None
        self._session = _new_session() if session is None else session

    def send(self, request: Request, /) -> Response:
        """Send one request and read the answer to its end.

        Raises:
            TimeoutError: no connection, or no answer, in time.
            ConnectionError: refused, reset, cut off.
            TransportError: anything else that kept the answer away.
        """
        try:
            response = self._session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=request.timeout,
                allow_redirects=False,
                auth=_keep_headers,
            )
        # RequestException is an OSError; a missing CA bundle is one by itself.
        except (OSError, ValueError) as error:
            failure = _translated(error, request)
        else:
            if not _is_cut_off(response):
                headers = {k.lower(): v for k, v in response.headers.items()}
                return Response(
                    request, response.status_code, response.content, headers
                )
            message = f"{request.method} {request.path}: cut off within the headers"
            failure = ConnectionError(message, request)
        # Raised out here: what was caught holds the credentials of its request.
        raise failure

    def close(self) -> None:
        """Close the connections of its own session."""
        if self._owned:
            self._session.close()


class _Session(requests.Session):
    """A session that leaves redirects alone, even those that it could not follow."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Find none."""


def _new_session() -> requests.Session:
    session = _Session()
    # Nothing that one answer sets may travel with the next request.
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, requests.adapters.HTTPAdapter(pool_maxsize=_POOL))
    return session


def _keep_headers(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without an auth of the call's own, requests would take one from ~/.netrc.
    return prepared


def _is_cut_off(response: requests.Response) -> bool:
    """Tell whether the connection may have ended before the headers did.

    ``http.client`` takes that for an empty answer, and so a write for done.
    """
    original = getattr(response.raw, "_original_response", None)
    return (
        isinstance(original, http.client.HTTPResponse)
        and 200 <= response.status_code < 300
        and not response.content
        and not original.chunked
        and original.length is None
    )


def _translated(error: Exception, request: Request) -> TransportError:
    """Say in our words what kept the answer away."""
    kind = TransportError
    if isinstance(error, requests.Timeout):
        kind = TimeoutError
    elif isinstance(
        error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError
    ):
        kind = ConnectionError
    cause = error.args[0] if error.args else None
    cause = getattr(cause, "reason", cause)
    sent = False if isinstance(cause, _NEVER_SENT) else None
    message = f"{request.method} {request.path}: {error}"
    return kind(message, request, sent=sent)
