"""Transports for tests: plain, and all that is needed."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import typing as t

from crisp_api.http import Request, Response

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ENVELOPE = b'{"error": false, "reason": "resolved", "data": {}}'


class Recorder:
    """A transport that records requests, and always returns the same response."""

    def __init__(self, body: bytes = ENVELOPE, status: int = 200) -> None:
        self.sent: list[Request] = []
        self.body = body
        self.status = status

    def send(self, request: Request, /) -> Response:
        self.sent.append(request)
        return Response(request, self.status, self.body)

    @property
    def last(self) -> Request:
        return self.sent[-1]


class AsyncRecorder(Recorder):
    """A recorder whose ``send`` is a coroutine."""

    async def send(self, request: Request, /) -> Response:  # type: ignore[override]
        return super().send(request)


class CountingTransport:
    """An async transport that counts the requests in flight at once."""

    def __init__(self, send: t.Callable[[Request], Response]) -> None:
        self._send = send
        self._in_flight = 0
        self.most_in_flight = 0

    async def send(self, request: Request, /) -> Response:
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        await asyncio.sleep(0)
        self._in_flight -= 1
        return self._send(request)


class Clock:
    """A clock that is set by the test."""

    now = NOW

    def __call__(self) -> float:
        return self.now.timestamp()


def envelope(data: object, **more: t.Any) -> bytes:
    """An answer of Crisp's, as bytes."""
    return json.dumps(
        {"error": False, "reason": "resolved", "data": data, **more}
    ).encode()
