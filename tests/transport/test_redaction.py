"""No error shows a token that the server repeats, a proxy's password, or a library."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import pathlib
import socket
import traceback
import typing as t
import urllib.parse

import pytest
import requests
import trio
import trustme

from crisp_api import (
    AsyncCrisp,
    CrispError,
    TimeoutError,
    TransportError,
)
from crisp_api.http import Request, Response
from crisp_api.transport import AiohttpTransport, RequestsTransport
from crisp_api.transport._failures import describe
from crisp_api.transport.requests_ import ascii_url
from tests.support.clients import Side
from tests.support.servers import Recording, closed_port, raw, recording
from tests.transport.test_secrets import BASIC, IDENTIFIER, KEY, call, check
from tests.transport.test_transports import send

# By name, because the locals of the test are looked through.
SECRETS = {"token": BASIC, "key": KEY, "identifier": IDENTIFIER}
NAMES = pytest.mark.parametrize("name", SECRETS)
PASSWORD = "canary-pr0xy"


def answer(status: str, *headers: str, body: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", body]
    return "\r\n".join(lines).encode()


REPEATS = {
    "reason": answer("403 X", body='{"error": true, "reason": "<secret>"}'),
    "message": answer("403 X", body='{"error": true, "data": {"message": "<secret>"}}'),
    "header": answer("403 X", "X-Any: <secret>", body='{"error": true}'),
    "header name": answer("403 X", "X-<secret>: a", body='{"error": true}'),
    "page": answer("502 X", body="<html><secret></html>"),
    "status line": answer("403 <secret>", body='{"error": true}'),
    "no HTTP": b"SSH-<secret>\r\n",
    "status": b"HTTP/1.1 <secret> OK\r\n\r\n",
    "version": b"HTTP/<secret> 200 OK\r\n\r\n",
    "no header": b"HTTP/1.1 200 OK\r\n<secret>\r\n\r\n",
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: <secret>\r\n\r\n",
    "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<secret>\r\n",
    "gzip": answer("200 OK", "Content-Encoding: gzip", body="<secret>"),
}


def repeating(place: str, name: str) -> bytes:
    """The bytes with a secret in them, and the length that they have then."""
    marked = REPEATS[place]
    longer = len(SECRETS[name]) - len("<secret>")
    head, end, body = marked.partition(b"\r\n\r\n")
    if b"<secret>" in body and b"Content-Length: " in head:
        old = f"Content-Length: {len(body)}".encode()
        head = head.replace(old, f"Content-Length: {len(body) + longer}".encode())
    return (head + end + body).replace(b"<secret>", SECRETS[name].encode())


@NAMES
@pytest.mark.parametrize("place", REPEATS)
def test_a_token_that_the_server_repeats_is_not_shown(
    side: Side, name: str, place: str
) -> None:
    with raw(repeating(place, name)) as url, pytest.raises(CrispError) as caught:
        call(side, url, retry=None)
    check(caught.value)


SPELLINGS: dict[str, t.Callable[[str], str]] = {
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON of PHP": lambda text: json.dumps(text)[1:-1].replace("/", r"\/"),
    "HTML": html.escape,
    "a URL": lambda text: urllib.parse.quote(text, safe=""),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_repeated_key_is_masked_as_the_server_spells_it(
    side: Side, spelling: str
) -> None:
    key = 'canary"&/\u00e9=k3y'
    body = f'{{"error": true, "reason": "{SPELLINGS[spelling](key)}"}}'
    client = side.client(key=key, transport=side.recorder(body.encode(), 403))

    with pytest.raises(CrispError) as caught:
        side.run(lambda: client.website.get_website("w"))

    assert "canary" not in f"{caught.value} {vars(caught.value)}"


def test_a_token_that_a_transport_repeats_is_not_shown(side: Side) -> None:
    with pytest.raises(CrispError) as caught:
        call(
            side,
            "https://crisp.test/",
            transport=side.recorder(f'{{"reason": "{BASIC}"}}'.encode(), 403),
        )
    check(caught.value)


def test_data_keeps_the_words_that_are_part_of_a_token(side: Side) -> None:
    body = f'{{"data": ["{IDENTIFIER}"]}}'
    headers = {"Authorization": f"Basic {BASIC}"}

    with raw(answer("200 OK", body=body)) as url:
        assert send(side, Request("GET", url, headers)).body == body.encode()


def test_a_short_token_is_not_masked_in_data() -> None:
    request = Request("GET", "https://h/", {"Authorization": "Bearer dev"})
    body = b'{"data": {"name": "developer"}}'

    assert Response(request, 200, body).masked().body == body
    assert Response(request, 401, b"no dev here").masked().body == b"no *** here"


def test_a_token_of_another_scheme_is_masked() -> None:
    request = Request("GET", "https://any/", {"Authorization": "Bearer no-base-64"})

    masked = Response(request, 403, b"no-base-64").masked()

    assert masked.body == b"***"
    assert masked.request is request


PROXIES = {
    "refused": "http://user:{}@127.0.0.1:{}",
    "port": "http://user:{}@127.0.0.1:99999",
    "host": "http://user:{}@a..b:80",
    "text": "http://user:{}@[",
    "socks": "socks5://user:{}@127.0.0.1:{}",
}


@pytest.mark.parametrize("name", PROXIES)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_password_of_a_proxy_is_in_no_traceback(
    side: Side, name: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = PROXIES[name].format(PASSWORD, closed_port())
    monkeypatch.setenv(f"{scheme}_proxy", proxy)
    # Of this frame, and no part of what is looked through.
    del proxy

    with pytest.raises(TransportError) as caught:
        call(side, f"{scheme}://localhost:1/v1/", retry=None)
    report = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    assert PASSWORD not in "".join(report.format())
    assert PASSWORD not in f"{vars(caught.value)}"


@pytest.mark.parametrize(
    "url",
    [
        "http://a..b/v1/x",
        "http://127.0.0.1:99999/v1/x",
        "http:///v1/x",
        "http://ü..b/v1/x",
        f"http://{'a' * 70}.example/v1/x",
    ],
)
def test_an_address_that_cannot_be_is_a_transport_error(side: Side, url: str) -> None:
    with pytest.raises(TransportError, match="the GET request: the ") as caught:
        send(side, Request("GET", url))
    assert "Error" not in str(caught.value)


def test_a_host_name_may_have_letters_beyond_ascii(
    side: Side,
    server: Recording,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    if pytestconfig.getoption("uvloop"):
        pytest.skip("uvloop does not resolve names with socket.getaddrinfo")
    names: list[str] = []
    original = socket.getaddrinfo

    def resolve(host: t.Any, *args: t.Any, **kwargs: t.Any) -> t.Any:
        names.append(host if isinstance(host, str) else host.decode())
        return original("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    url = server.url.replace("127.0.0.1", "bücher.example")

    assert send(side, Request("GET", url)).status == 200
    assert set(names) == {"xn--bcher-kva.example"}
    assert server.last.headers["host"].startswith("xn--bcher-kva.example:")


def test_only_the_host_is_encoded() -> None:
    assert ascii_url("https://bücher.example") == "https://xn--bcher-kva.example"
    assert ascii_url("https://any:1/a") == "https://any:1/a"


def test_trio_gets_an_error_that_names_a_thread() -> None:
    async def main() -> None:
        async with AsyncCrisp("i", "k") as client:
            await client.website.get_website("w")

    with pytest.raises(RuntimeError, match="needs an event loop of asyncio"):
        trio.run(main)


def test_a_failure_is_described_in_our_words(
    side: Side, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    def told(url: str, **options: t.Any) -> str:
        with pytest.raises(TransportError) as caught:
            call(side, url, retry=None, **options)
        return str(caught.value).removeprefix("website.get_website: ")

    refused = f"http://127.0.0.1:{closed_port()}/v1/"
    assert told(refused) == "the connection was refused"
    unknown = told("https://crisp.invalid/v1/")
    assert unknown == "the host name could not be resolved"
    with raw(b"") as url:
        assert told(url) == "the connection was closed before the response"
    with raw(b"SSH-2.0\r\n") as url:
        assert told(url) == "the response is not valid HTTP"
    with raw(b"", silent=True) as url:
        text = told(url, timeout=0.5)
    assert text == (
        "no response within 0.5 seconds; to wait longer, call "
        "client.with_options(timeout=...)"
    )
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "other.pem"))
    with recording(trustme.CA().issue_cert("127.0.0.1")) as server:
        text = told(server.url)
    assert text.startswith("the TLS certificate is not trusted: ")
    assert "HTTPSConnectionPool" not in text
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    assert "certificate" in told("https://127.0.0.1:1/v1/") or not side.is_async


def test_a_failure_that_no_table_lists_has_a_default() -> None:
    error = LookupError("any", ValueError("other"))
    error.__cause__ = error

    assert describe(error, (), "default") == "default"
    assert describe(error, ((ValueError, "value"),), "default") == "value"


def test_a_time_out_without_limits_names_none() -> None:
    class Slow(requests.adapters.BaseAdapter):
        def send(self, *_: t.Any, **__: t.Any) -> t.Any:
            raise requests.ReadTimeout

        def close(self) -> None: ...

    session = requests.Session()
    session.mount("http://", Slow())
    with (
        contextlib.closing(session),
        pytest.raises(TimeoutError, match="no response in time"),
    ):
        RequestsTransport(session).send(Request("GET", "http://any/", timeout=None))


def test_a_closed_session_is_a_transport_error(server: Recording) -> None:
    async def main() -> None:
        transport = AiohttpTransport()
        await transport.send(Request("GET", server.url))
        (opened,) = transport._sessions.values()
        await opened.session.close()
        with pytest.raises(TransportError, match="the connection failed"):
            await transport.send(Request("GET", server.url))
        await transport.close()

    asyncio.run(main())
