"""The two ways in which the sandbox says no."""

from __future__ import annotations

import re
import typing as t

__all__ = [
    "Refusal",
    "SandboxNotImplementedError",
    "check_email",
    "invalid",
    "not_found",
]

_EMAIL: t.Final = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


class Refusal(Exception):  # noqa: N818 - a response, not a fault
    """An error response."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.status = status
        self.reason = reason
        self.message = message


def invalid(message: str) -> Refusal:
    """Return the refusal of a request whose data is not valid."""
    return Refusal(400, "invalid_data", message)


def check_email(text: str, place: str) -> None:
    """Refuse a text that is no e-mail address, and not empty.

    Args:
        text: the text.
        place: where it is in the body, such as ``.email``.
    """
    if text and not _EMAIL.fullmatch(text):
        message = f"data should be an e-mail address at '{place}', not {text!r}"
        raise invalid(message)


def not_found(what: str) -> Refusal:
    """Return the refusal of a request for an object that does not exist."""
    return Refusal(404, "not_found", f"the {what} does not exist")


class SandboxNotImplementedError(NotImplementedError):
    """The sandbox does not support an operation, a route or a query parameter.

    It is not a `crisp_api.CrispError`, so that code that handles errors of the server
    does not hide it.

    Args:
        what: the operation, the route or the parameter.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"the sandbox does not support {self.what} yet"
