"""The packages of Node that the tests use."""

from __future__ import annotations

import json
import re

from tests.support.node import FOLDER


def test_the_lock_file_names_no_host() -> None:
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]

    # npm adds "funding" again if it changes the file: remove it.
    assert "://" not in text
    assert all("integrity" in package for name, package in packages.items() if name)


def test_the_version_is_exact() -> None:
    package = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))

    assert package["private"]
    assert [*package["dependencies"]] == ["crisp-api", "socket.io"]
    assert re.fullmatch(r"4\.8\.\d+", package["dependencies"]["socket.io"])
