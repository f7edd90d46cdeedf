"""Helpers for the tests of your program; see also the fixtures of the pytest plugin."""

from __future__ import annotations

import importlib
import typing as t

if t.TYPE_CHECKING:
    from crisp_api.testing._hooks import Delivery, signed_mcp_request, signed_request
    from crisp_api.testing._network import (
        NetworkBlockedError,
        block_network,
        check_unreached,
    )

__all__ = [
    "Delivery",
    "NetworkBlockedError",
    "block_network",
    "check_unreached",
    "signed_mcp_request",
    "signed_request",
]

# Imported when used: pytest imports this package in every run.
_LATER: t.Final = {
    "Delivery": "_hooks",
    "NetworkBlockedError": "_network",
    "block_network": "_network",
    "check_unreached": "_network",
    "signed_mcp_request": "_hooks",
    "signed_request": "_hooks",
}


def __getattr__(name: str) -> t.Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return __all__
