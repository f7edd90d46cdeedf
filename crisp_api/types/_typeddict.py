"""The `TypedDict` that payloads are written in."""

import contextlib
from typing import TYPE_CHECKING

__all__ = ["TypedDict"]

if TYPE_CHECKING:
    from typing import TypedDict
else:
    from typing import TypedDict

    with contextlib.suppress(ImportError):
        # Where it is installed: pydantic asks for it on Python 3.11.
        from typing_extensions import TypedDict
