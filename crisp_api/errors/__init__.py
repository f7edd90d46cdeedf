"""Every error that this library raises.

    CrispError
    ├── RouteError                   Crisp refused or failed
    │   ├── InvalidRequestError      400, 405, 406, 422
    │   ├── AuthenticationError      401
    │   ├── PermissionDeniedError    402, 403
    │   ├── NotFoundError            404
    │   ├── ConflictError            409
    │   ├── RateLimitError           420, 429
    │   ├── QuotaExceededError       423
    │   └── ServerError              5xx
    ├── InvalidResponseError         not a Crisp envelope; also a ValueError
    ├── TransportError               no whole response; also an OSError
    │   ├── TimeoutError             also the builtin of that name
    │   └── ConnectionError          also the builtin of that name
    ├── LimitError                   the client's own rate limit
    ├── RealtimeError                a real-time connection was refused
    ├── SignatureError               a webhook is not signed by Crisp
    ├── InvalidEventError            a webhook is not an event; also a ValueError
    └── EventInProgressError         another worker handles the event of a webhook

A failure status without an envelope (the HTML page of a proxy, an empty 502) is both
the class of its status and an `InvalidResponseError`.

Wrong arguments are a plain `ValueError` or `TypeError`, raised before anything is sent.
As an `InvalidResponseError` is a `ValueError` too, a `ValueError` alone does not mean
that nothing was sent: check for `CrispError` first.
"""

from __future__ import annotations

import builtins
import re
import typing as t

from crisp_api import wire
from crisp_api.http import Request, Response

__all__ = [
    "AuthenticationError",
    "ConflictError",
    "ConnectionError",
    "CrispError",
    "EventInProgressError",
    "InvalidEventError",
    "InvalidRequestError",
    "InvalidResponseError",
    "LimitError",
    "NotFoundError",
    "PermissionDeniedError",
    "QuotaExceededError",
    "RateLimitError",
    "RealtimeError",
    "RouteError",
    "ServerError",
    "SignatureError",
    "TimeoutError",
    "TransportError",
    "error_for",
    "malformed_error",
]


class CrispError(Exception):
    """Base of every error that this library raises.

    Attributes:
        page_number: the page that `paginate` could not have, None elsewhere.
    """

    page_number: int | None = None


class _AnswerError(CrispError):
    """An error about a response."""

    def __init__(
        self, error: object, response: Response | None = None, message: str = ""
    ) -> None:
        super().__init__(error)
        # Tests of programs for the original client pass anything here.
        known = t.cast("dict[str, t.Any]", error if isinstance(error, dict) else {})
        self.status: int = known.get("code", 0)
        self.reason: str = known.get("message", "")
        self.message: str = message
        response = response or Response(Request("", ""), self.status)
        self.response: Response = response.redacted()
        self.request: Request = self.response.request
        # A date is counted from the server's own clock.
        self.retry_after: float | None = wire.retry_after(
            self.response.header("retry-after"),
            wire.moment(self.response.header("date")),
        )

    def __str__(self) -> str:
        details = "; ".join(filter(None, (self.message, self._advice())))
        text = f"{self.status} {self.reason}" + (f": {details}" if details else "")
        operation = self.request.operation
        return f"{text} ({operation})" if operation else text

    def _advice(self) -> str:
        """Return what to do about it, where that is known."""
        return ""

    def __reduce__(self) -> tuple[t.Any, ...]:
        foreign = isinstance(self, InvalidResponseError)
        again = malformed_error if foreign else error_for
        return again, (self.response, self.reason, self.message), vars(self)


class RouteError(_AnswerError):
    """Crisp refused the request, or failed.

    Attributes:
        status: the status code.
        reason: Crisp's word for it, such as ``people_exists``.
        message: the details, if Crisp sent some.
        request: the request, without its credentials.
        response: the response.
        retry_after: the seconds after which Crisp asks to try again; None if it does
            not ask, or names a date in a response that has no ``Date`` itself.
        args: the dict of the original client's error, alone:
            ``error.args[0]["message"]`` is the reason.
    """


class InvalidRequestError(RouteError):
    """400, 405, 406, 422: Crisp does not accept the request."""


class AuthenticationError(RouteError):
    """401: the token is missing, wrong, or of another tier."""

    def _advice(self) -> str:
        if self.reason == "no_credentials":
            return ""
        headers = {k.lower(): v for k, v in self.request.headers.items()}
        if "authorization" not in headers:
            return "no token was sent; call client.authenticate(identifier, key)"
        if headers.get("x-crisp-tier", "user") == "user":
            return (
                "the token was sent with the tier 'user', the default; for a plugin "
                "token, call client.set_tier('plugin')"
            )
        return (
            f"the token was sent with the tier {headers['x-crisp-tier']!r}; check that "
            "it is of that tier, and that the identifier and the key belong together"
        )


class PermissionDeniedError(RouteError):
    """402, 403: the token's plan, scopes or tier do not reach that far.

    Attributes:
        tiers: the tiers that the operation accepts; empty where they are not known.
    """

    tiers: tuple[str, ...] = ()

    def _advice(self) -> str:
        if self.reason not in _TIER_REASONS or not self.tiers:
            return ""
        headers = {k.lower(): v for k, v in self.request.headers.items()}
        used = headers.get("x-crisp-tier", "user")
        accepted = " or ".join(map(repr, self.tiers))
        return f"it accepts tokens of the tier {accepted}, and {used!r} was sent"


class NotFoundError(RouteError):
    """404: the thing or the route does not exist, or not for this token."""


class ConflictError(RouteError):
    """409: it exists already."""


class RateLimitError(RouteError):
    """420, 429: too many requests."""


class QuotaExceededError(RouteError):
    """423: the daily quota of the token is used up."""

    def _advice(self) -> str:
        return "the quota of the token resets daily; retrying will not help until then"


class ServerError(RouteError):
    """5xx: Crisp failed."""


class InvalidResponseError(_AnswerError, ValueError):
    """A response that is not a Crisp envelope, such as the HTML page of a proxy.

    Attributes:
        status: the status code.
        message: what is wrong with it, and its first 200 bytes.
        request: the request, without its credentials.
        response: the response.
    """


class TransportError(CrispError, OSError):
    """No whole response arrived.

    Whether a write has happened depends on `certainly_unsent`: if it is True, it has
    not; otherwise it may or may not have.

    Attributes:
        sent: False if the request was certainly not sent, None if that is unknown.
        request: the request, without its credentials.
        attempts: how many attempts were made.
    """

    attempts: int = 1

    def __init__(
        self, message: str, request: Request | None = None, *, sent: bool | None = None
    ) -> None:
        # The URL of a proxy may contain a password.
        super().__init__(re.sub(r"//[^/@\s]*@", "//***@", message))
        self.request: Request | None = request and request.redacted()
        self.sent: bool | None = sent

    def __str__(self) -> str:
        text = str(self.args[0])
        return f"{text} (after {self.attempts} attempts)" if self.attempts > 1 else text

    @property
    def certainly_unsent(self) -> bool:
        """Return whether the request was certainly not sent, so nothing was done.

        A POST can then be repeated safely. False means that it is unknown.
        """
        return self.sent is False


class TimeoutError(TransportError, builtins.TimeoutError):  # noqa: A001 - the field's word; a module apart
    """No connection, or no response, in time."""


class ConnectionError(TransportError, builtins.ConnectionError):  # noqa: A001 - likewise
    """The connection was refused, reset or cut off."""


class RealtimeError(CrispError):
    """A real-time connection was refused, and trying again would not help."""


class SignatureError(CrispError):
    """A webhook, or another signed request, was not signed with your secret."""


class InvalidEventError(CrispError, ValueError):
    """The body of a webhook is not an event of Crisp."""


class EventInProgressError(CrispError):
    """Another worker handles the event, or was killed while it did: retry later."""


class LimitError(CrispError):
    """The client's own rate limit is reached; nothing was sent.

    Attributes:
        retry_after: seconds until a request may be sent again, if that is known.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after)
        self.retry_after = retry_after

    def __str__(self) -> str:
        return str(self.args[0])


# Reasons of a 403 that the tier of the token may explain.
_TIER_REASONS: t.Final = frozenset({"restricted_route_tier", "token_scope_forbidden"})
_BY_STATUS: t.Final[dict[int, type[RouteError]]] = {
    400: InvalidRequestError,
    401: AuthenticationError,
    402: PermissionDeniedError,
    403: PermissionDeniedError,
    404: NotFoundError,
    405: InvalidRequestError,
    406: InvalidRequestError,
    409: ConflictError,
    420: RateLimitError,
    422: InvalidRequestError,
    423: QuotaExceededError,
    429: RateLimitError,
}


# Classes for failures without an envelope. They are both the class of the status and an
# InvalidResponseError, and have no name of their own: catch either.
_KINDS: t.Final[set[type[RouteError]]] = {RouteError, ServerError}
_MALFORMED: t.Final[dict[type[RouteError], type[t.Any]]] = {
    kind: type(
        kind.__name__,
        (kind, InvalidResponseError),
        {"__doc__": kind.__doc__, "__module__": __name__},
    )
    for kind in _KINDS.union(_BY_STATUS.values())
}


def error_for(response: Response, reason: str, message: str = "") -> RouteError:
    """Return the error for a response in which Crisp refuses or fails."""
    return _class_of(response)(_described(response, reason, message), response, message)


def malformed_error(
    response: Response, reason: str, message: str
) -> InvalidResponseError:
    """Return the error for a response that is not a Crisp envelope."""
    kind: type[InvalidResponseError] = InvalidResponseError
    if response.status >= 400:
        kind = _MALFORMED[_class_of(response)]
    return kind(_described(response, reason, message), response, message)


def _described(response: Response, reason: str, message: str) -> dict[str, t.Any]:
    """Return the one argument of the original client's error, which programs read."""
    text = f"Got response error: {message or reason}"
    return {
        "reason": "error",
        "message": reason,
        "code": response.status,
        "data": {"namespace": "response", "message": text},
    }


def _class_of(response: Response) -> type[RouteError]:
    if response.status >= 500:
        return ServerError
    return _BY_STATUS.get(response.status, RouteError)
