"""The differences between operating systems that matter to tests."""

from __future__ import annotations

import os
import pathlib

import pytest

__all__ = ["needs_posix", "open_files"]

needs_posix = pytest.mark.skipif(
    os.name != "posix", reason="Windows has no flock, fork, SIGINT or free links"
)


def open_files() -> int:
    """Return how many files and sockets this process has open; 0 on Windows."""
    folder = pathlib.Path("/dev/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
