"""A WSGI application that receives webhooks."""

from __future__ import annotations

import asyncio
import atexit
import http
import logging
import os
import queue
import threading
import typing as t

from crisp_api.events import Router
from crisp_api.webhooks._receiver import Accepted, Options, Receiver, Reply

__all__ = ["WsgiApp", "wsgi"]

log = logging.getLogger("crisp_api")
_Run = t.Callable[[t.Coroutine[t.Any, t.Any, None]], object]
_QUEUE_SIZE: t.Final = 1_000
# Seconds that the end of the interpreter waits for the events that were accepted.
_DRAIN_SECONDS: t.Final = 30.0


def wsgi(router: Router, **options: t.Unpack[Options]) -> WsgiApp:
    """Return a WSGI application that verifies webhooks, and handles their events.

    Serve it alone, or mount it in Flask::

        app.wsgi_app = DispatcherMiddleware(
            app.wsgi_app, {"/hook": wsgi(router, secret=secret)}
        )

    It responds with 200 as soon as the request is verified. A thread handles the events
    afterwards, in order: if the program crashes in between, they are lost. If 1,000
    events wait, it responds with 503, so that Crisp repeats the delivery. With
    ``inline=True`` it responds after the handlers have run, with 500 if one failed.

    Args:
        router: has the handlers, which may be coroutine functions.
        options: see `Options`. A ``secret`` or a ``key`` is required.

    Raises:
        ValueError: there is neither a secret nor a key, or it is empty.
    """
    return WsgiApp(router, Receiver(options))


class WsgiApp:
    """The application that `wsgi` returns."""

    def __init__(self, router: Router, receiver: Receiver) -> None:
        self._router = router
        self._receiver = receiver
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def __call__(
        self, environ: dict[str, t.Any], start_response: t.Callable[..., t.Any]
    ) -> list[bytes]:
        """Respond to one request."""
        reply = self._respond(environ)
        content = reply.text.encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(content))),
        ]
        if reply.status == 405:
            headers.append(("Allow", "POST"))
        phrase = http.HTTPStatus(reply.status).phrase
        start_response(f"{reply.status} {phrase}", headers)
        return [content]

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until all accepted events are handled; return whether they are.

        The end of the interpreter waits for up to 30 seconds.
        """
        worker = self._worker
        return worker is None or worker.drain(timeout)

    def _respond(self, environ: dict[str, t.Any]) -> Reply:
        method, content_type = environ["REQUEST_METHOD"], environ.get("CONTENT_TYPE")
        if refused := self._receiver.check_head(method, content_type or ""):
            return refused
        body = _read(environ, self._receiver.max_size)
        if isinstance(body, Reply):
            return body
        headers = [
            (name[len("HTTP_") :].replace("_", "-"), value)
            for name, value in environ.items()
            # All headers of Crisp begin with it.
            if name.startswith("HTTP_X_")
        ]
        query = environ.get("QUERY_STRING") or ""
        result = self._receiver.receive(body, headers, query)
        if isinstance(result, Reply):
            return result
        if self._receiver.is_inline:
            return self._handle(result)
        if not self._running_worker().put(result):
            self._receiver.release(result)
            return Reply(503, "too many events wait")
        return Reply(200, "accepted")

    def _handle(self, accepted: Accepted) -> Reply:
        try:
            errors = self._router.handle(accepted.event)
        except BaseException:
            self._receiver.release(accepted)
            raise
        return self._receiver.handled(accepted, errors)

    def _running_worker(self) -> _Worker:
        """Return the worker of this process: a forked process needs its own."""
        with self._lock:
            if self._worker is None or self._worker.process != os.getpid():
                self._worker = _Worker(self._handle_later)
            return self._worker

    def _handle_later(self, accepted: Accepted, run: _Run) -> None:
        errors = self._router.handle(accepted.event, run=run)
        self._receiver.handled(accepted, errors)


class _Worker:
    """A thread that handles deliveries one after another, in an event loop of its own.

    Args:
        handle: handles a delivery, with a function that runs a coroutine in the loop.
    """

    def __init__(self, handle: t.Callable[[Accepted, _Run], None]) -> None:
        self.process = os.getpid()
        self._handle = handle
        self._queue: queue.Queue[Accepted] = queue.Queue(_QUEUE_SIZE)
        self._idle = threading.Condition()
        self._waiting = 0
        threading.Thread(target=self._run, daemon=True).start()
        # A daemon thread would be stopped in the middle of its work.
        atexit.register(self._drain_at_exit)

    def put(self, accepted: Accepted) -> bool:
        """Add a delivery; return False if too many wait."""
        with self._idle:
            self._waiting += 1
        try:
            self._queue.put_nowait(accepted)
        except queue.Full:
            self._done()
            return False
        return True

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until all deliveries are handled; return whether they are."""
        with self._idle:
            return self._idle.wait_for(lambda: not self._waiting, timeout)

    def _drain_at_exit(self) -> None:
        # In a forked process, the events are those of its parent.
        if self.process == os.getpid():
            self.drain(_DRAIN_SECONDS)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            while True:
                accepted = self._queue.get()
                try:
                    self._handle(accepted, runner.run)
                except BaseException:
                    # Of a handler that wants to end the program, which a thread cannot.
                    log.exception("handling %s was ended", accepted.event.name)
                finally:
                    self._done()

    def _done(self) -> None:
        with self._idle:
            self._waiting -= 1
            self._idle.notify_all()


def _read(environ: dict[str, t.Any], max_size: int) -> bytes | Reply:
    """Return the body of a request."""
    text = environ.get("CONTENT_LENGTH") or ""
    if text and not (text.isascii() and text.isdigit()):
        return Reply(400, "the Content-Length is not a number")
    too_large = Reply(413, f"the body has more than {max_size} bytes")
    if text and int(text) > max_size:
        return too_large
    # Without a length, only a server that ends the input itself can be read to its end.
    size = int(text) if text else max_size + 1
    if not text and not environ.get("wsgi.input_terminated"):
        size = 0
    body: bytes = environ["wsgi.input"].read(size)
    if text and len(body) < size:
        return Reply(400, "the body was cut off")
    return too_large if len(body) > max_size else body
