"""The applications on real servers, mounted in the frameworks that people use."""

from __future__ import annotations

import contextlib
import http.client
import pathlib
import subprocess
import sys
import threading
import time
import typing as t

import pytest

from crisp_api.testing import signed_request
from tests.support.platforms import needs_posix
from tests.support.servers import closed_port

SECRET = "s3cret"
GENEROUS = 60.0
HANDLERS = """
import asyncio, time
from crisp_api.events import Router
from crisp_api.webhooks import asgi, wsgi

router = Router()

@router.on("message:send")
def write(event):
    with open(PATH, "a") as file:
        file.write(event.data["content"] + "\\n")

@router.on("message:send")
async def write_async(event):
    await asyncio.sleep(0.05)
    with open(PATH, "a") as file:
        file.write("async " + event.data["content"] + "\\n")
"""
UVICORN = """
import contextlib, uvicorn
from fastapi import FastAPI
from starlette.routing import Route
hook = asgi(router, secret=SECRET)

@contextlib.asynccontextmanager
async def lifespan(app):
    yield
    await hook.drain()

app = FastAPI(lifespan=lifespan)
app.router.routes.append(Route("/hook", hook))
uvicorn.run(app, port=PORT, log_level="error")
"""
UVICORN_ALONE = """
import uvicorn
uvicorn.run(asgi(router, secret=SECRET), port=PORT, log_level="error")
"""
STARLETTE = """
import contextlib, uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
hook = asgi(router, secret=SECRET)

@contextlib.asynccontextmanager
async def lifespan(app):
    yield
    await hook.drain()

app = Starlette(routes=[Route("/hook", hook)], lifespan=lifespan)
uvicorn.run(app, port=PORT, log_level="error")
"""
DJANGO = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from werkzeug.middleware.dispatcher import DispatcherMiddleware
settings.configure(ROOT_URLCONF="urls", ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="k")
hook = wsgi(router, secret=SECRET)
app = DispatcherMiddleware(get_wsgi_application(), {"/hook": hook})
"""
DJANGO_VIEW = """
import sys, types
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from crisp_api import SignatureError
from crisp_api.webhooks import unwrap

@csrf_exempt
def view(request):
    try:
        event = unwrap(request.body, request.headers, secret=SECRET)
    except SignatureError:
        return HttpResponse(status=401)
    router.handle(event)
    return HttpResponse()

urls = sys.modules["urls"] = types.ModuleType("urls")
urls.urlpatterns = [path("hook", view)]
settings.configure(ROOT_URLCONF="urls", ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="k")
app = get_wsgi_application()
"""
FLASK = """
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
app = Flask("receiver")
hook = wsgi(router, secret=SECRET)
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/hook": hook})
"""
WAITRESS = """
import signal, waitress
signal.signal(signal.SIGTERM, signal.default_int_handler)
waitress.serve(app, host="127.0.0.1", port=PORT)
"""
GUNICORN = """
from gunicorn.app.base import BaseApplication

class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{PORT}")
        self.cfg.set("workers", 2)
        self.cfg.set("loglevel", "critical")

    def load(self):
        return app

Server().run()
"""
SERVERS = {
    "uvicorn and FastAPI": UVICORN,
    "uvicorn": UVICORN_ALONE,
    "uvicorn and Starlette": STARLETTE,
    "waitress and Django": DJANGO + WAITRESS,
    "waitress and Flask": FLASK + WAITRESS,
    "waitress and a view of Django": DJANGO_VIEW + WAITRESS,
    "gunicorn and Flask": FLASK + GUNICORN,
}


class Served(t.NamedTuple):
    """A server that runs in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    path: pathlib.Path

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=GENEROUS
        )
        with contextlib.closing(connection):
            connection.request("POST", "/hook", body, headers)
            return connection.getresponse().status

    def lines(self) -> list[str]:
        return sorted(self.path.read_text("utf-8").splitlines())


@contextlib.contextmanager
def serving(code: str, path: pathlib.Path) -> t.Iterator[Served]:
    """Run a server, and end it as an operating system does."""
    port = closed_port()
    names = f"PATH, PORT, SECRET = {str(path)!r}, {port}, {SECRET!r}\n"
    command = [sys.executable, "-c", names + HANDLERS + code]
    path.touch()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            served = Served(port, process, path)
            _wait_until_it_listens(served)
            yield served
            process.terminate()
            process.wait(GENEROUS)
        finally:
            process.kill()


def _wait_until_it_listens(served: Served) -> None:
    end = time.monotonic() + GENEROUS
    while time.monotonic() < end and served.process.poll() is None:
        with contextlib.suppress(OSError):
            served.post(b"", {})
            return
        threading.Event().wait(0.02)
    message = "the server did not start"
    raise AssertionError(message)


@needs_posix
@pytest.mark.parametrize("name", SERVERS)
def test_a_real_server_handles_events_and_ends_after_the_last(
    name: str, tmp_path: pathlib.Path
) -> None:
    with serving(SERVERS[name], tmp_path / "handled.txt") as served:
        for number in range(5):
            delivery = signed_request(
                "message:send", {"content": f"{number}"}, secret=SECRET
            )
            assert served.post(*delivery) == 200
        body, headers = signed_request("message:send", {"content": "x"}, secret="other")
        assert served.post(body, headers) == 401

    expected = [f"{number}" for number in range(5)]
    assert served.lines() == sorted([*expected, *(f"async {one}" for one in expected)])
