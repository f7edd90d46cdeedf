"""The clients that are measured, each in a process of its own.

``python -m benchmarks.workers CLIENT URL [PROFILE]`` reads lines of two numbers:
calls to make, and how many of them at once. It answers each line with the seconds
that they took, of the clock and of the processor. At the end of its input it writes
where its time went to the file PROFILE, if one is named.

Each client's modules are imported where the client is made. Crisp's own client runs in
an environment of its own, in which ``crisp_api`` is that package, and this file is the
only one of this project.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import asyncio
import atexit
import base64
import cProfile
import hmac
import importlib
import io
import json
import os
import ssl
import sys
import time
import typing as t

WEBSITE = "1b65ec68-172b-529b-906a-249426746a7c"
SESSION = "session_322392d8-467a-5c04-8744-a24baad864f4"
PATTERN = "website/{website_id}/conversation/{session_id}"
ROUTE = PATTERN.format(website_id=WEBSITE, session_id=SESSION)
AUTH = ("identifier", "key")
HEADERS = {"X-Crisp-Tier": "plugin"}
TOKEN = base64.b64encode(":".join(AUTH).encode()).decode()
SIGNED = {**HEADERS, "Authorization": f"Basic {TOKEN}"}
TIMEOUT = 10
PER_PAGE = 50

# It receives how many calls to make, and how many of them at once.
Work = t.Callable[[int, int], object]


def repeat(call: t.Callable[[], object]) -> Work:
    """Make calls one after another."""

    def work(calls: int, _at_once: int) -> None:
        for _ in range(calls):
            call()

    return work


def gather(runner: asyncio.Runner, call: t.Callable[[], t.Awaitable[object]]) -> Work:
    """Make async calls, so many at once, in one event loop."""
    atexit.register(runner.close)

    async def work(calls: int, at_once: int) -> None:
        numbers = iter(range(calls))

        async def one() -> None:
            for _ in numbers:
                await call()

        await asyncio.gather(*(one() for _ in range(at_once)))

    return lambda calls, at_once: runner.run(work(calls, at_once))


def message() -> t.Any:
    """Return a message to send."""
    content = "It is on its way, and will be there tomorrow."
    return {"type": "text", "from": "operator", "origin": "chat", "content": content}


def bare_urllib3(url: str, _kind: str) -> Work:
    """Call with urllib3 alone."""
    import urllib3

    pool = urllib3.PoolManager(ca_certs=os.environ["REQUESTS_CA_BUNDLE"])

    def call() -> object:
        answer = pool.request("GET", url + ROUTE, headers=SIGNED, timeout=TIMEOUT)
        return json.loads(answer.data)["data"]

    return repeat(call)


def bare_requests(url: str, kind: str) -> Work:
    """Call with requests, written by hand or prepared once; a decoder may be named."""
    import requests

    session = requests.Session()
    place = url + ROUTE
    options: t.Any = {"headers": HEADERS, "auth": AUTH, "timeout": TIMEOUT}
    if kind == "prepared":
        ready = session.prepare_request(
            requests.Request("GET", place, headers=HEADERS, auth=AUTH)
        )
        return repeat(lambda: session.send(ready, timeout=TIMEOUT).json()["data"])

    def send() -> object:
        answer = session.post(f"{place}/message", json=message(), **options)
        return answer.json()["data"]

    if kind == "send":
        return repeat(send)
    if not kind:
        return repeat(lambda: session.get(place, **options).json()["data"])
    decoder: t.Any = importlib.import_module(kind)
    return repeat(lambda: decoder.loads(session.get(place, **options).content)["data"])


def plain_uplink(url: str, client: t.Any = None) -> t.Any:
    """Return a consumer as in uplink's documentation."""
    uplink: t.Any = importlib.import_module("uplink")

    @uplink.headers(HEADERS)
    class Plain(uplink.Consumer):  # type: ignore[misc]
        """One endpoint."""

        @uplink.returns.json  # type: ignore[untyped-decorator]
        @uplink.get(PATTERN)  # type: ignore[untyped-decorator]
        def get_conversation(self, website_id: str, session_id: str) -> None:
            """Get a conversation."""

    return Plain(base_url=url, auth=uplink.auth.BasicAuth(*AUTH), client=client)


def uplink_blocking(url: str, _kind: str) -> Work:
    """Call with uplink, on requests."""
    consumer = plain_uplink(url)
    return repeat(lambda: consumer.get_conversation(WEBSITE, SESSION)["data"])


def uplink_awaited(url: str, _kind: str) -> Work:
    """Call with uplink, on aiohttp."""
    consumer = plain_uplink(url, importlib.import_module("uplink").AiohttpClient())

    async def call() -> object:
        return (await consumer.get_conversation(WEBSITE, SESSION))["data"]

    return gather(asyncio.Runner(), call)


def bare_aiohttp(url: str, _kind: str) -> Work:
    """Call with aiohttp, on a hundred connections at most, as ours has."""
    import aiohttp

    trust = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])

    async def made() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=100, ssl=trust)
        return aiohttp.ClientSession(connector=connector, headers=SIGNED)

    runner = asyncio.Runner()
    session = runner.run(made())

    async def call() -> object:
        async with session.get(url + ROUTE) as answer:
            return json.loads(await answer.read())["data"]

    return gather(runner, call)


def official(url: str, _kind: str) -> Work:
    """Call with Crisp's own client."""
    client: t.Any = importlib.import_module("crisp_api").Crisp()
    client.set_rest_host(url.removesuffix("/v1/"))
    client.set_tier("plugin")
    client.authenticate(*AUTH)
    return repeat(lambda: client.website.get_conversation(WEBSITE, SESSION))


def instant() -> t.Any:
    """Return a transport that sends nothing, and returns the server's responses."""
    from benchmarks.answers import CONVERSATION, envelope
    from crisp_api.transport import Request, Response

    body = envelope(CONVERSATION)

    class Instant:
        """Answers at once."""

        def send(self, request: Request) -> Response:
            return Response(request, 200, body)

    return Instant()


def options(url: str, kind: str) -> t.Any:
    """Return the options of our clients."""
    transport = instant() if kind == "instant" else None
    return {"tier": "plugin", "base_url": url, "transport": transport}


def ours(url: str, kind: str) -> Work:
    """Call with this library."""
    from crisp_api import Crisp

    web = Crisp(*AUTH, **options(url, kind)).website
    if kind == "send":
        return repeat(
            lambda: web.send_message_in_conversation(WEBSITE, SESSION, message())
        )
    return repeat(lambda: web.get_conversation(WEBSITE, SESSION))


def ours_awaited(url: str, kind: str) -> Work:
    """Call with the async client of this library."""
    from crisp_api import AsyncCrisp

    web = AsyncCrisp(*AUTH, **options(url, kind)).website
    return gather(asyncio.Runner(), lambda: web.get_conversation(WEBSITE, SESSION))


def pages(url: str, kind: str) -> Work:
    """Read conversations page by page, or with some pages fetched ahead."""
    from crisp_api import Crisp, paginate

    web = Crisp(*AUTH, **options(url, kind)).website

    def work(total: int, at_once: int) -> None:
        website_id = str(total // PER_PAGE)
        method = web.list_conversations
        found = paginate(method, website_id, per_page=PER_PAGE, prefetch=at_once)
        check(sum(1 for _ in found), total)

    return work


def pages_awaited(url: str, kind: str) -> Work:
    """Read conversations page by page, with the async client."""
    from crisp_api import AsyncCrisp, paginate

    web = AsyncCrisp(*AUTH, **options(url, kind)).website
    runner = asyncio.Runner()

    async def work(total: int, at_once: int) -> None:
        website_id = str(total // PER_PAGE)
        method = web.list_conversations
        found = paginate(method, website_id, per_page=PER_PAGE, prefetch=at_once)
        check(sum([1 async for _ in found]), total)

    return lambda total, at_once: runner.run(work(total, at_once))


def asgi_hook(_url: str, kind: str) -> Work:
    """Receive webhooks with an ASGI application, ours or a bare one, in process."""
    app = bare_asgi if kind == "bare" else our_hook("asgi")
    body, headers = delivery()
    scope = {
        "type": "http",
        "method": "POST",
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
    }

    async def call() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, t.Any]) -> None:
            if message["type"] == "http.response.start":
                check(message["status"], 200)

        await app(scope, receive, send)

    return gather(asyncio.Runner(), call)


async def bare_asgi(scope: t.Any, receive: t.Any, send: t.Any) -> None:
    """Verify and decode a webhook, and do nothing else."""
    body = (await receive())["body"]
    found = dict(scope["headers"])
    verified(body, found[b"x-crisp-request-timestamp"], found[b"x-crisp-signature"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def wsgi_hook(_url: str, kind: str) -> Work:
    """Receive webhooks with a WSGI application, ours or a bare one, in process."""
    app = bare_wsgi if kind == "bare" else our_hook("wsgi")
    body, headers = delivery()
    environ = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
    }
    environ |= {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"}
    environ |= {"CONTENT_LENGTH": str(len(body))}

    def call() -> None:
        app({**environ, "wsgi.input": io.BytesIO(body)}, start)

    def start(status: str, _: object) -> None:
        check(int(status[:3]), 200)

    return repeat(call)


def bare_wsgi(environ: t.Any, start: t.Any) -> list[bytes]:
    """Verify and decode a webhook, and do nothing else."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    timestamp = environ["HTTP_X_CRISP_REQUEST_TIMESTAMP"].encode()
    verified(body, timestamp, environ["HTTP_X_CRISP_SIGNATURE"].encode())
    start("200 OK", [])
    return []


def verified(body: bytes, timestamp: bytes, signature: bytes) -> None:
    """Check a signature with the standard library alone."""
    text = b"[" + timestamp + b";" + body + b"]"
    expected = hmac.new(b"secret", text, "sha256").hexdigest().encode()
    check(hmac.compare_digest(expected, signature), True)  # noqa: FBT003
    check(json.loads(body)["event"], "message:send")


def our_hook(kind: str) -> t.Any:
    """Return our application, which handles each delivery before it responds."""
    from crisp_api import webhooks
    from crisp_api.events import Router

    router = Router()

    @router.on("message:send")
    async def handle(_: object) -> None: ...

    if kind == "wsgi":
        # Without a coroutine, for which it would start an event loop.
        router = Router()
        router.on("message:send")(lambda _: None)
    make: t.Any = getattr(webhooks, kind)
    return make(router, secret="secret", inline=True, seen=None)  # noqa: S106


def delivery() -> tuple[bytes, dict[str, str]]:
    """Return a delivery of a message of 200 characters."""
    from crisp_api.testing import signed_request

    data = {"website_id": WEBSITE, "session_id": SESSION, "content": "x" * 200}
    return signed_request("message:send", data, secret="secret")  # noqa: S106


def check(found: object, total: object) -> None:
    """Measure nothing that is not whole."""
    if found != total:
        raise ValueError(found, total)


def listen(url: str, kind: str) -> Work:
    """Receive events in real time."""
    from benchmarks.listeners import listeners

    return listeners(url, kind)


# A name may be followed by a kind, as in "ours-send".
def sandbox(path: str, kind: str) -> Work:
    """Call a sandbox in the same process."""
    from benchmarks.sandboxes import calls

    return calls(path, kind)


CLIENTS: dict[str, t.Callable[[str, str], Work]] = {
    "aiohttp": bare_aiohttp,
    "asgi": asgi_hook,
    "listen": listen,
    "official": official,
    "ours": ours,
    "ours_awaited": ours_awaited,
    "pages": pages,
    "pages_awaited": pages_awaited,
    "requests": bare_requests,
    "sandbox": sandbox,
    "uplink": uplink_blocking,
    "uplink_awaited": uplink_awaited,
    "urllib3": bare_urllib3,
    "wsgi": wsgi_hook,
}


def main(client: str, url: str, profile: str = "") -> None:
    """Do what is asked, line by line."""
    name, _, kind = client.partition("-")
    if kind != "orjson":
        # One decoder for all, but where the choice of it is the question.
        sys.modules["orjson"] = t.cast("t.Any", None)
    work = CLIENTS[name](url, kind)
    profiler = cProfile.Profile()
    for line in sys.stdin:
        calls, at_once = map(int, line.split())
        wall, cpu = time.perf_counter(), time.process_time()
        if profile:
            profiler.runcall(work, calls, at_once)
        else:
            work(calls, at_once)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(json.dumps({"wall": wall, "cpu": cpu}), flush=True)
    if profile:
        profiler.dump_stats(profile)


if __name__ == "__main__":
    main(*sys.argv[1:])
