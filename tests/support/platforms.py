"""Marks for tests that some operating systems cannot run."""

from __future__ import annotations

import os

import pytest

__all__ = ["needs_posix"]

needs_posix = pytest.mark.skipif(
    os.name != "posix", reason="Windows has no flock, fork, SIGINT or free links"
)
