"""Node's Socket.IO server, if it is installed."""

from __future__ import annotations

import contextlib
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import typing as t

import pytest
import trustme

from tests.support.relay import KEY, MESSAGE, Ping

__all__ = ["FOLDER", "NodeRelay", "missing_peer", "node_relay"]

FOLDER: t.Final = pathlib.Path(__file__).parents[1] / "node"


class _Setting:
    """An attribute whose value is sent to the server."""

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __set__(self, relay: NodeRelay, value: t.Any) -> None:
        relay.command("set", name=self._name, value=value)


class NodeRelay:
    """Drives ``tests/node/relay.mjs``, with the methods and attributes of `Relay`."""

    status = _Setting()
    headers = _Setting()
    answers = _Setting()
    endpoints = _Setting()
    stored = _Setting()

    def __init__(self, process: subprocess.Popen[str], scheme: str, start: t.Any):
        self._process = process
        self._lock = threading.Lock()
        host = self.command("start", **start)
        self.url = f"{scheme}://{host}/v1/"
        self.socket_url = f"{scheme.replace('http', 'ws')}://{host}/w/b1/"

    def command(self, command: str, **given: t.Any) -> t.Any:
        """Run a command, and return its result."""
        assert self._process.stdin
        assert self._process.stdout
        with self._lock:
            print(
                json.dumps({"command": command, **given}),
                file=self._process.stdin,
                flush=True,
            )
            return json.loads(self._process.stdout.readline())

    @property
    def authentications(self) -> list[dict[str, t.Any]]:
        return t.cast("list[t.Any]", self.command("report")["authentications"])

    @property
    def binds(self) -> list[tuple[str, t.Any]]:
        return [(name, payload) for name, payload in self.command("report")["binds"]]

    @property
    def discoveries(self) -> list[str]:
        return t.cast("list[str]", self.command("report")["discoveries"])

    @property
    def connected(self) -> int:
        return int(self.command("report")["connected"])

    def emit(self, name: str, *payloads: t.Any) -> None:
        self.command("emit", name=name, payloads=payloads)

    def say(self, *fingerprints: int) -> None:
        self.emit(
            "message:send",
            *({**MESSAGE, "fingerprint": n, "timestamp": n} for n in fingerprints),
        )

    def flood(self, count: int, payload: dict[str, t.Any]) -> None:
        self.command("flood", name="message:send", count=count, payload=payload)

    def disconnect_all(self) -> None:
        self.command("disconnect")

    def cut_all(self) -> None:
        self.command("cut")

    @contextlib.contextmanager
    def silence(self) -> t.Iterator[None]:
        """Stop the process; its connections stay open."""
        if sys.platform == "win32":
            pytest.skip("a process cannot be stopped on Windows")
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def wait_for(self, condition: t.Callable[[], object]) -> None:
        for _ in range(6000):
            if condition():
                return
            time.sleep(0.01)
        pytest.fail("it did not arrive")


def missing_peer() -> str | None:
    """Return why the server cannot run, None if it can."""
    if not shutil.which("node"):
        return "node is not installed"
    if not (FOLDER / "node_modules" / "socket.io").is_dir():
        return "Node's socket.io is not installed: run 'npm ci' in tests/node"
    return None


@contextlib.contextmanager
def node_relay(
    certificate: trustme.LeafCert | None = None, ping: Ping | None = None
) -> t.Iterator[NodeRelay]:
    """Serve while the block runs; see `relay`."""
    options: dict[str, float] = {}
    if ping:
        options = {
            "pingInterval": ping.interval * 1000,
            "pingTimeout": ping.timeout * 1000,
        }
    start: dict[str, t.Any] = {"key": KEY, "options": options, "tls": None}
    if certificate:
        start["tls"] = {
            "key": certificate.private_key_pem.bytes().decode(),
            "cert": b"".join(
                pem.bytes() for pem in certificate.cert_chain_pems
            ).decode(),
        }
    program: list[t.Any] = [shutil.which("node"), FOLDER / "relay.mjs"]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, text=True) as process:
        # Leaving the block closes its input, with which it ends.
        yield NodeRelay(process, "https" if certificate else "http", start)
