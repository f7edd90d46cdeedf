"""The `TypedDict` that payloads are written in."""

import contextlib
from typing import TYPE_CHECKING, TypedDict

__all__ = ["TypedDict"]

if not TYPE_CHECKING:
    with contextlib.suppress(ImportError):
        # Where it is installed: pydantic asks for it on Python 3.11.
        from typing_extensions import TypedDict
