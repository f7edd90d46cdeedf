"""Types of requests, responses and events, named as in the REST reference.

Payloads are `typing.TypedDict` classes, in one module for each section of the
reference. At run time they are plain dicts, as Crisp sends them, and fields that the
types do not know are kept. Timestamps are milliseconds since 1970.

In a response, a field is required unless something shows that it can be absent. In a
request, a field is optional if it is optional in one of Crisp's own clients. Where
requests and responses share a type, the name of the type in a response ends in
``Response``: send a `DeviceInfo`, receive a `DeviceInfoResponse`.

"Node only" and "Go only" mean that only that client of Crisp's has a field. Where the
clients disagree on a type, the wider one is used, and a comment says so.

The table needs the values and the filters at run time, so they are imported at once.
The payloads are imported when you first use one, to keep the import of the package
fast.
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
        """Return all names, with those of the payloads."""
        return sorted({*globals(), *__getattr__("__all__")})
