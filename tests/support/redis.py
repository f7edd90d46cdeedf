"""A real Redis, if it is installed."""

from __future__ import annotations

import contextlib
import pathlib
import shutil
import socket
import subprocess
import time
import typing as t

import pytest

__all__ = ["PASSWORD", "Redis", "redis_server"]

PASSWORD = "s3cr:t/"


class Redis:
    """A server that keeps nothing, and can be stopped."""

    def __init__(self, folder: pathlib.Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port: int = listener.getsockname()[1]
        self.url = f"redis://:s3cr%3At%2F@127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [
            *("redis-server", "--bind", "127.0.0.1", "--port", str(self.port)),
            *("--dir", str(self._folder), "--save", "", "--appendonly", "no"),
            *("--requirepass", PASSWORD),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        # Up to a minute, because the program does not report when it is ready.
        for _ in range(6000):
            assert self._process.poll() is None, "redis-server does not start"
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.01)
        pytest.fail("redis-server does not listen")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextlib.contextmanager
def redis_server(folder: pathlib.Path) -> t.Iterator[Redis]:
    """Run a Redis, or skip the test."""
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    redis = Redis(folder)
    redis.start()
    try:
        yield redis
    finally:
        redis.stop()
