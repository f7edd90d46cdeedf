"""Fields of answers that a job cannot do without."""

from __future__ import annotations

import typing as t

from crisp_api.errors import CrispError

__all__ = ["required"]


def required(answer: object, name: str, source: str) -> str:
    """Return a field of an answer.

    Raises:
        CrispError: the answer has no such field; a proxy may have made the response.
    """
    fields = t.cast("dict[str, t.Any]", answer if isinstance(answer, dict) else {})
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        message = f"the response of {source} has no {name!r}"
        raise CrispError(message)
    return value
