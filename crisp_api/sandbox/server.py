"""Serves a sandbox over HTTP on 127.0.0.1, in its own thread."""

from __future__ import annotations

import asyncio
import concurrent.futures
import re
import threading
import typing as t

from aiohttp import web

from crisp_api.http import Request, Response

__all__ = ["Server"]

_HOST: t.Final = "127.0.0.1"
_LARGEST_BODY: t.Final = 16 * 1024 * 1024


class Server:
    """Serves within a ``with`` block, which receives the base URL."""

    def __init__(self, send: t.Callable[[Request], Response], port: int) -> None:
        self._send = send
        self._port = port
        self._started: concurrent.futures.Future[str] = concurrent.futures.Future()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return self._started.result()

    def __exit__(self, *exc_info: object) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - raised where it is started
            self._started.set_exception(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        application = web.Application(client_max_size=_LARGEST_BODY)
        application.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(
            application, access_log=None, handle_signals=False, shutdown_timeout=0.1
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, _HOST, self._port)
            await site.start()
            port = runner.addresses[0][1]
            self._started.set_result(f"http://{_HOST}:{port}/v1/")
            await self._stopped.wait()
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        response = self._send(
            Request(
                request.method,
                f"http://{_HOST}{_target(request.raw_path)}",
                dict(request.headers),
                await request.read() or None,
            )
        )
        return web.Response(
            status=response.status, body=response.body, headers=response.headers
        )


def _target(raw: str) -> str:
    """Return the path and query of a request target, which may be a whole URL."""
    path = re.sub("^[a-z]+://[^/]*", "", raw)
    return path if path.startswith("/") else f"/{path}"
