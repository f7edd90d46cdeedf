"""The HTTP server of a sandbox, in its own thread."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import logging
import re
import threading
import typing as t

from aiohttp import web

from crisp_api.http import Request
from crisp_api.sandbox.bodies import refuse
from crisp_api.sandbox.faults import Outcome
from crisp_api.sandbox.refusals import Refusal, SandboxNotImplementedError
from crisp_api.sandbox.server.hosts import check_host
from crisp_api.sandbox.server.page import Page
from crisp_api.sandbox.server.socketio import Realtime

if t.TYPE_CHECKING:
    from crisp_api.sandbox.engine import Engine

__all__ = ["Server"]

_HOST: t.Final = "127.0.0.1"
_log = logging.getLogger("crisp_api.sandbox")
_LARGEST_BODY: t.Final = 16 * 1024 * 1024


class Server:
    """Serves within a ``with`` block, which receives the base URL."""

    def __init__(self, engine: Engine, port: int) -> None:
        self._engine = engine
        self._port = port
        self._started: concurrent.futures.Future[str] = concurrent.futures.Future()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        origin = self._started.result()
        # It may be served at another address already.
        self._before = self._engine.state.origin
        self._engine.state.origin = origin
        return f"{origin}/v1/"

    def __exit__(self, *exc_info: object) -> None:
        self._engine.state.origin = self._before
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
        application = web.Application(
            client_max_size=_LARGEST_BODY, middlewares=[check_host]
        )
        realtime = Realtime(self._engine, application)
        page = Page(self._engine, application)
        application.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(
            application, access_log=None, handle_signals=False, shutdown_timeout=0.1
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, _HOST, self._port)
            await site.start()
            port = runner.addresses[0][1]
            self._started.set_result(f"http://{_HOST}:{port}")
            await self._stopped.wait()
        finally:
            page.close()
            await realtime.close()
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        sent = Request(
            request.method,
            f"http://{_HOST}{_target(request.raw_path)}",
            dict(request.headers),
            await request.read() or None,
        )
        # In a thread: a function that receives webhooks may take its time.
        outcome = await asyncio.to_thread(self._exchange, sent)
        if outcome.delay:
            await asyncio.sleep(outcome.delay)
        if outcome.response is None:
            # It has none any more if the client has left.
            with contextlib.suppress(AttributeError):
                t.cast("asyncio.Transport", request.transport).abort()
            return web.Response()
        response = outcome.response
        return web.Response(
            status=response.status, body=response.body, headers=response.headers
        )

    def _exchange(self, request: Request) -> Outcome:
        """Return the outcome of a request; errors are responses, too."""
        try:
            outcome = self._engine.exchange(request)
        except SandboxNotImplementedError as error:
            refusal = Refusal(501, "not_implemented", str(error))
        except Exception as error:  # noqa: BLE001 - a fault of the sandbox
            refusal = Refusal(500, "internal_error", repr(error))
        else:
            try:
                self._engine.hooks.deliver()
            except Exception:  # noqa: BLE001 - of a program
                # The request was done; a client must not repeat it.
                _log.exception("a function that receives webhooks has failed")
            return outcome
        return Outcome(refuse(request, refusal))


def _target(raw: str) -> str:
    """Return the path and query of a request target, which may be a whole URL."""
    path = re.sub("^[a-z]+://[^/]*", "", raw)
    return path if path.startswith("/") else f"/{path}"
