"""Crisp's own clients, each in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import typing as t

__all__ = ["Peer", "day", "missing", "running"]

TESTS: t.Final = pathlib.Path(__file__).parents[1]
NODE: t.Final = TESTS / "node" / "node_modules" / "crisp-api"


class Peer:
    """A client, to which calls are written and from which results are read."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def call(self, method: str, *arguments: t.Any) -> t.Any:
        """Call a method such as ``website.getWebsite``; return its data, or its error.

        The result is ``{"data": ...}`` or ``{"error": ...}``.
        """
        assert self._process.stdin
        assert self._process.stdout
        line = json.dumps({"method": method, "args": arguments})
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def missing(peer: str, folder: str | None) -> str | None:
    """Return why a client cannot run, None if it can.

    Args:
        peer: ``node`` or ``python``.
        folder: where the client for Python is, whose package has the name of ours.
    """
    if peer == "python":
        found = bool(folder)
    else:
        found = bool(shutil.which("node")) and NODE.is_dir()
    return (
        None if found else f"Crisp's {peer} client is not installed: run nox -s peers"
    )


@contextlib.contextmanager
def running(peer: str, folder: str | None, url: str) -> t.Iterator[Peer]:
    """Run a client of a server while the block runs."""
    host = url.removesuffix("/v1/")
    environ = dict(os.environ)
    if peer == "python":
        command = [sys.executable, str(TESTS / "peers" / "client.py")]
        environ["PYTHONPATH"] = str(folder)
    else:
        command = ["node", str(TESTS / "node" / "client.mjs")]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, host, "identifier", "key", "plugin"],
        stdin=pipe,
        stdout=pipe,
        text=True,
        env=environ,
    ) as process:
        # Leaving the block closes its input, with which it ends.
        yield Peer(process)


class Day:
    """A support day that Crisp's client for Node lives through."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait_for(self, step: str) -> dict[str, t.Any]:
        """Return the steps up to one, with their data."""
        assert self._process.stdout
        steps: dict[str, t.Any] = {}
        for line in self._process.stdout:
            found = json.loads(line)
            assert found["step"] != "error", found
            steps[found["step"]] = found["data"]
            if found["step"] == step:
                return steps
        message = f"it ended before {step!r}, after {steps}"
        raise AssertionError(message)


@contextlib.contextmanager
def day(url: str, website_id: str) -> t.Iterator[Day]:
    """Let Crisp's client for Node listen, and answer visitors of a website."""
    program = ["node", str(TESTS / "node" / "day.mjs"), url.removesuffix("/v1/")]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*program, "identifier", "key", "plugin", website_id],
        stdin=pipe,
        stdout=pipe,
        text=True,
    ) as process:
        yield Day(process)
