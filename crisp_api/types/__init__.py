"""Shapes of what goes in and out, under the names of the REST reference.

Payloads are `typing.TypedDict` classes, a module for each section of the reference:
plain dicts, just as they come, which a type checker knows. Fields that the types do not
know stay where they are. Timestamps are milliseconds since 1970.

In a response, a field is required unless something shows that it can be absent. In a
request, a field is optional where one of Crisp's own clients takes it for optional.
A type that requests and responses share, such as `DeviceInfo`, is the one to send; the
type of the same in a response ends in ``Response``, as in `DeviceInfoResponse`.

"Node only" and "Go only" say that only that client of Crisp's knows a field.
Where the clients differ over a type, it is the wider one, and a comment says so.

The values and filters, which the table needs to run, are here at once. The
payloads, of which only type checkers want all, are loaded when one is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from crisp_api.types.filters import *
from crisp_api.types.values import *

if TYPE_CHECKING:
    from crisp_api.types._payloads import *
else:
    _HIDDEN = {"TYPE_CHECKING", "TypedDict"}

    def __getattr__(name: str) -> object:
        """Load the payloads when one is asked for, or the names of all."""
        if name[:1].isupper() or name == "__all__":
            payloads = importlib.import_module("crisp_api.types._payloads")
            globals().update({k: v for k, v in vars(payloads).items() if k[0] != "_"})
            names = {one for one in list(globals()) if one[0].isupper()} - _HIDDEN
            globals()["__all__"] = sorted(names)
            if name in globals():
                return globals()[name]
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)

    def __dir__() -> list[str]:
        """Name the payloads too, for whoever explores."""
        return sorted({*globals(), *__getattr__("__all__")})
