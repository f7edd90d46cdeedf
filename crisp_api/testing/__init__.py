"""Helpers for the tests of your program."""

from __future__ import annotations

from crisp_api.testing._hooks import Delivery, signed_mcp_request, signed_request

__all__ = ["Delivery", "signed_mcp_request", "signed_request"]
