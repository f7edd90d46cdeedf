"""Every error that this library raises.

* CrispError
  - RouteError                 Crisp answered, and said no
    · InvalidRequestError        400, 406, 422
    · AuthenticationError        401
    · PermissionDeniedError      402, 403
    · NotFoundError              404
    · ConflictError              409
    · RateLimitError             420, 429
    · QuotaExceededError         423
    · ServerError                5xx
  - InvalidResponseError       an answer came that is not Crisp's envelope
  - TransportError             no whole answer came
    · TimeoutError               not in time
    · ConnectionError            refused, reset, cut off
  - LimitError                 the client's own limit let nothing out

A failure status with a foreign body (the HTML page of a proxy, an empty 502)
is both: the class that its status names, and an `InvalidResponseError`.

Wrong arguments are Python's own `ValueError` and `TypeError`, raised before
anything is sent.
"""

from __future__ import annotations

import re
import typing as t

from crisp_api import wire
from crisp_api.http import Request, Response

__all__ = [
    "AuthenticationError",
    "ConflictError",
    "ConnectionError",
    "CrispError",
    "InvalidRequestError",
    "InvalidResponseError",
    "LimitError",
    "NotFoundError",
    "PermissionDeniedError",
    "QuotaExceededError",
    "RateLimitError",
    "RouteError",
    "ServerError",
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
    """What is known of an answer that cannot be returned."""

    def __init__(
        self, error: object, response: Response | None = None, message: str = ""
    ) -> None:
        super().__init__(error)
        # One that a test of the original client makes may hold anything.
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
        where = f"{self.request.method} {self.request.path} answered "
        text = f"{where if self.request.url else ''}{self.status} {self.reason}"
        return f"{text}: {self.message}" if self.message else text

    def __reduce__(self) -> tuple[t.Any, ...]:
        foreign = isinstance(self, InvalidResponseError)
        again = malformed_error if foreign else error_for
        return again, (self.response, self.reason, self.message)


class RouteError(_AnswerError):
    """Crisp answered, and said no.

    Attributes:
        status: the status code.
        reason: Crisp's word for it, such as ``people_exists``.
        message: the details, where Crisp gave some.
        request: what was asked, its credentials taken out.
        response: the answer.
        retry_after: the seconds after which Crisp asks to try again; None if it does
            not ask, or names a date in a response that has no ``Date`` itself.
        args: the dict of the original client's error, alone:
            ``error.args[0]["message"]`` is the reason.
    """


class InvalidRequestError(RouteError):
    """400, 406, 422: Crisp does not take what was sent."""


class AuthenticationError(RouteError):
    """401: the token is missing, wrong, or of another tier."""

    def __str__(self) -> str:
        headers = {k.lower(): v for k, v in self.request.headers.items()}
        advice = (
            f"the tier in use is {headers.get('x-crisp-tier', 'user')!r}; plugin "
            "and website tokens need theirs set, as in client.set_tier('plugin')"
        )
        if "authorization" not in headers:
            advice = (
                "no credentials were sent, call client.authenticate(identifier, key); "
                + advice
            )
        return f"{super().__str__()} ({advice})"


class PermissionDeniedError(RouteError):
    """402, 403: the token's plan, scopes or tier do not reach that far."""


class NotFoundError(RouteError):
    """404: there is no such thing, no such route, or not for this token."""


class ConflictError(RouteError):
    """409: it exists already."""


class RateLimitError(RouteError):
    """420, 429: too many requests."""


class QuotaExceededError(RouteError):
    """423: the token's daily quota is used up."""

    def __str__(self) -> str:
        advice = "the quota is the token's, and is reset daily; trying again is in vain"
        return f"{super().__str__()} ({advice})"


class ServerError(RouteError):
    """5xx: Crisp failed."""


class InvalidResponseError(_AnswerError):
    """An answer that is not Crisp's envelope.

    Attributes:
        status: the status code.
        message: what is wrong with it, and the first 200 bytes of it.
        request: what was asked, its credentials taken out.
        response: the answer.
    """


class TransportError(CrispError):
    """No whole response arrived.

    Whether a write has happened depends on `certainly_unsent`: if it is True, it has
    not; otherwise it may or may not have.

    Attributes:
        sent: False if the request was certainly not sent, None if that is unknown.
        request: the request, without its credentials.
    """

    def __init__(
        self, message: str, request: Request | None = None, *, sent: bool | None = None
    ) -> None:
        # The address of a proxy may hold a password.
        super().__init__(re.sub(r"//[^/@\s]*@", "//***@", message))
        self.request: Request | None = request and request.redacted()
        self.sent: bool | None = sent

    @property
    def certainly_unsent(self) -> bool:
        """Return whether the request was certainly not sent, so nothing was done.

        A POST can then be repeated safely. False means that it is unknown.
        """
        return self.sent is False


class TimeoutError(TransportError):  # noqa: A001 - the field's word; a module apart
    """No connection, or no answer, in time."""


class ConnectionError(TransportError):  # noqa: A001 - likewise
    """The connection was refused, reset or cut off."""


class LimitError(CrispError):
    """The limit that the client was given is reached; nothing was sent.

    Attributes:
        retry_after: after how many seconds there is room again, where it is known.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after)
        self.retry_after = retry_after

    def __str__(self) -> str:
        return str(self.args[0])


_BY_STATUS: t.Final[dict[int, type[RouteError]]] = {
    400: InvalidRequestError,
    401: AuthenticationError,
    402: PermissionDeniedError,
    403: PermissionDeniedError,
    404: NotFoundError,
    406: InvalidRequestError,
    409: ConflictError,
    420: RateLimitError,
    422: InvalidRequestError,
    423: QuotaExceededError,
    429: RateLimitError,
}


# What the failures are whose answer is no envelope either, told apart by no name
# of their own: whoever catches either of both has caught them.
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
    """Make the error that fits an answer of Crisp that says no."""
    return _class_of(response)(_described(response, reason, message), response, message)


def malformed_error(
    response: Response, reason: str, message: str
) -> InvalidResponseError:
    """Make the error that fits an answer without Crisp's envelope."""
    kind: type[InvalidResponseError] = InvalidResponseError
    if response.status >= 400:
        kind = _MALFORMED[_class_of(response)]
    return kind(_described(response, reason, message), response, message)


def _described(response: Response, reason: str, message: str) -> dict[str, t.Any]:
    """Give the one argument of the original client's error, which programs read."""
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
