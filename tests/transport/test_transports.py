"""The two transports, on real sockets: what they send, and what they refuse to send."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import os
import pathlib
import pickle
import ssl
import subprocess
import sys
import threading
import types
import typing as t
import warnings

import aiohttp
import pytest
import requests
import trustme
import urllib3

from crisp_api import (
    AsyncCrisp,
    ConnectionError,
    Crisp,
    InvalidResponseError,
    RouteError,
    TimeoutError,
    TransportError,
)
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import AiohttpTransport, RequestsTransport
from crisp_api.transport._deadline import Deadline, current_deadline
from crisp_api.transport.aiohttp_ import _trust
from tests.support.clients import ASYNC_SIDE, Side
from tests.support.doubles import envelope
from tests.support.servers import (
    Recording,
    closed_port,
    head,
    raw,
    recording,
    tunnelling,
)

# Seconds: a connection has to be made within it, and nothing else.
SHORT = 1.0


def send_by(side: Side, transport: t.Any, request: Request) -> Response:
    """Send by a transport, and close it."""
    response: Response = side.run_closing(transport, lambda: transport.send(request))
    return response


def send(side: Side, request: Request, **options: t.Any) -> Response:
    """Send by a new transport with these options."""
    return send_by(side, side.transport(**options), request)


def test_a_request_arrives_byte_for_byte(side: Side, server: Recording) -> None:
    server.headers = {"X-Some": "header"}
    target = "/v1/a%2Fb%2520%C3%A9~!/c?q=%5B%22%20%2B%26%22%5D&e="
    url = server.url.removesuffix("/v1/") + target
    body = '{"content":"é \u2028 😀"}'.encode()

    response = send(
        side, Request("POST", url, {"X-Tag": "t", "User-Agent": "us"}, body)
    )

    assert server.last.method == "POST"
    assert server.last.target == target
    assert server.last.body == body
    assert server.last.headers["x-tag"] == "t"
    assert server.last.headers["user-agent"] == "us"
    assert (response.status, response.body) == (200, server.body)
    assert response.headers["x-some"] == "header"


def test_a_check_has_no_body(side: Side, server: Recording) -> None:
    server.status = 404

    response = send(side, Request("HEAD", server.url))

    assert (response.status, response.body) == (404, b"")


def test_a_refused_connection_was_not_sent(side: Side) -> None:
    request = Request("GET", f"http://127.0.0.1:{closed_port()}/v1/x?secret=q")

    with pytest.raises(ConnectionError, match="the GET request: ") as caught:
        send(side, request)
    assert caught.value.certainly_unsent


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nX-Some: header\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
    ],
    ids=["nothing", "mid-header", "mid-headers", "mid-body", "mid-chunk"],
)
def test_an_answer_cut_off_leaves_open_whether_it_was_sent(
    side: Side, answer: bytes
) -> None:
    with raw(answer) as url, pytest.raises(TransportError) as caught:
        send(side, Request("POST", url, {"Authorization": "Basic s3cret"}, b"{}"))

    assert caught.value.sent is None
    assert caught.value.request is not None
    assert caught.value.request.headers == {"Authorization": "***"}


@pytest.mark.parametrize(
    "head",
    [b"204 No Content\r\n", b"200 OK\r\nContent-Length: 0\r\n"],
    ids=["204", "200"],
)
def test_an_empty_answer_is_whole(side: Side, head: bytes) -> None:
    with raw(b"HTTP/1.1 " + head + b"\r\n") as url:
        assert send(side, Request("PATCH", url, {}, b"{}")).body == b""


def test_what_is_no_http_is_a_transport_error(side: Side) -> None:
    with raw(b"SSH-2.0-OpenSSH_9.2\r\n") as url, pytest.raises(TransportError):
        send(side, Request("GET", url))


def test_a_bad_compression_is_a_transport_error(side: Side) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"

    with raw(answer) as url, pytest.raises(TransportError) as caught:
        send(side, Request("GET", url))
    assert caught.value.sent is None


def test_a_silent_server_is_a_timeout(side: Side) -> None:
    with raw(b"", silent=True) as url, pytest.raises(TimeoutError) as caught:
        send(side, Request("GET", url, timeout=SHORT))

    assert caught.value.sent is None


def test_an_error_holds_no_credentials_anywhere(side: Side) -> None:
    headers = {"Authorization": "Basic s3cret"}
    for answer in (b"", b"SSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"):
        with raw(answer) as url, pytest.raises(TransportError) as caught:
            send(side, Request("GET", url, headers))

        assert caught.value.__context__ is caught.value.__cause__ is None
        assert "s3cret" not in repr(vars(caught.value)) + str(caught.value)


def test_the_password_of_a_proxy_is_not_shown(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"http://user:s3cret@127.0.0.1:{closed_port()}")

    with pytest.raises(TransportError) as caught:
        send(side, Request("GET", "https://crisp.invalid/v1/x"))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("status", [200, 401, 500])
def test_a_failure_without_a_body_is_given_back(side: Side, status: int) -> None:
    answer = f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode()

    with raw(answer) as url:
        assert send(side, Request("GET", url)).status == status


def test_a_ca_bundle_that_is_not_there_is_a_transport_error(
    side: Side, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))

    for _ in range(2):
        with pytest.raises(TransportError, match="the GET request: "):
            send(side, Request("GET", f"https://127.0.0.1:{closed_port()}/v1/x"))


def test_a_failure_that_ends_with_its_connection_is_given_back(side: Side) -> None:
    with raw(b"HTTP/1.1 401 X\r\nConnection: close\r\n\r\n") as url:
        assert send(side, Request("GET", url)).status == 401


@pytest.mark.parametrize("location", ["http://[", "\xff\xfe"])
def test_a_redirect_to_nowhere_is_given_back(side: Side, location: str) -> None:
    answer = f"HTTP/1.1 302 X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"

    with raw(answer.encode("latin-1")) as url:
        assert send(side, Request("GET", url)).status == 302


def test_an_answer_is_pickled(side: Side, server: Recording) -> None:
    response = send(side, Request("GET", server.url))

    assert pickle.loads(pickle.dumps(response)) == response  # noqa: S301 - our own


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_given_back(side: Side, status: int, server: Recording) -> None:
    server.status = status
    server.headers = {"Location": server.url + "elsewhere"}

    response = send(side, Request("POST", server.url, {}, b"{}"))

    assert response.status == status
    assert len(server.seen) == 1


def test_netrc_is_not_read(
    side: Side,
    server: Recording,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login other password other\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    send(side, Request("GET", server.url, {"Authorization": "Basic ours"}))
    send(side, Request("GET", server.url))

    assert server.seen[0].headers["authorization"] == "Basic ours"
    assert "authorization" not in server.seen[1].headers


def test_a_proxy_of_the_environment_is_used(
    side: Side, server: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url.removesuffix("/v1/"))

    send(side, Request("GET", "http://crisp.invalid/v1/x"))
    assert server.last.target == "http://crisp.invalid/v1/x"

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    send(side, Request("GET", server.url + "direct"))
    assert server.last.target == "/v1/direct"


@pytest.mark.parametrize(
    ("exempt", "is_used"),
    [("", True), ("127.0.0.0/8", False), ("127.0.0.1", False), ("10.0.0.0/8", True)],
)
def test_a_proxy_is_named_and_exempted_as_requests_knows_it(
    side: Side,
    exempt: str,
    is_used: bool,
    server: Recording,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = server.url.removeprefix("http://").removesuffix("/v1/")
    monkeypatch.setenv("http_proxy", place)
    monkeypatch.setenv("no_proxy", exempt)

    send(side, Request("GET", server.url + "x"))

    assert server.last.target == (f"{server.url}x" if is_used else "/v1/x")


def test_an_unknown_kind_of_proxy_receives_nothing(
    side: Side, server: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = server.url.removeprefix("http://").removesuffix("/v1/")
    monkeypatch.setenv("http_proxy", f"socks5://{place}")

    with pytest.raises(TransportError, match=r"SOCKS|http:// or https://"):
        send(side, Request("GET", "http://crisp.invalid/v1/x"))
    assert server.connections == 0


def test_what_an_answer_sets_does_not_travel(server: Recording) -> None:
    server.headers = {"Set-Cookie": "session=1; Path=/"}

    async def main() -> None:
        async with AsyncCrisp("i", "k", base_url=server.url) as client:
            await client.website.get_website("w")
            await client.website.get_website("w")

    with Crisp("i", "k", base_url=server.url) as client:
        client.website.get_website("w")
        client.website.get_website("w")
    asyncio.run(main())

    assert len(server.seen) == 4
    assert not any("cookie" in seen.headers for seen in server.seen)


def test_calls_share_a_connection(server: Recording) -> None:
    with Crisp("i", "k", base_url=server.url) as client:
        for _ in range(5):
            client.website.get_website("w")

    assert (len(server.seen), server.connections) == (5, 1)


def test_async_calls_share_a_connection(server: Recording) -> None:
    async def main() -> None:
        async with AsyncCrisp("i", "k", base_url=server.url) as client:
            for _ in range(5):
                await client.website.get_website("w")

    asyncio.run(main())

    assert (len(server.seen), server.connections) == (5, 1)


def test_an_async_client_lives_through_several_event_loops(server: Recording) -> None:
    client = AsyncCrisp("i", "k", base_url=server.url)

    async def main() -> int:
        calls = [client.website.get_website("w") for _ in range(4)]
        return len(await asyncio.gather(*calls))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first = asyncio.run(main())
        second = asyncio.run(main())
        gc.collect()

    assert (first, second) == (4, 4)
    assert len(server.seen) == 8
    assert client._own is not None
    assert client._own._sessions == {}


def test_async_calls_start_no_threads(server: Recording) -> None:
    async def main() -> set[threading.Thread]:
        async with AsyncCrisp("i", "k", base_url=server.url) as client:
            await client.website.get_website("w")
            before = set(threading.enumerate())
            await asyncio.gather(*(client.website.get_website("w") for _ in range(20)))
            return {
                thread
                for thread in set(threading.enumerate()) - before
                if "process_request_thread" not in thread.name
            }

    assert asyncio.run(main()) == set()


def test_a_client_can_be_shared_by_threads(server: Recording) -> None:
    server.body = envelope({"name": "Acme"})
    answers: list[object] = []

    with Crisp("i", "k", base_url=server.url) as client:

        def call() -> None:
            answers.extend(client.website.get_website("w") for _ in range(5))

        threads = [threading.Thread(target=call) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert answers == [{"name": "Acme"}] * 80


def test_a_redirect_is_an_error(side: Side, server: Recording) -> None:
    server.status = 307
    server.headers = {"Location": "https://elsewhere.example/"}
    client = side.client(base_url=server.url)

    with pytest.raises(RouteError, match="307"):
        side.run_closing(client, lambda: client.website.roll_verify_key("w"))
    assert len(server.seen) == 1


def test_a_ca_bundle_of_the_environment_is_trusted(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _trust() is True

    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path))
    assert isinstance(_trust(), ssl.SSLContext)

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with pytest.raises(FileNotFoundError):
        _trust()


def test_a_custom_session_stays_open(server: Recording) -> None:
    async def main() -> bool:
        async with aiohttp.ClientSession() as session:
            transport = AiohttpTransport(session)
            await transport.send(Request("GET", server.url))
            await transport.close()
            return session.closed

    assert asyncio.run(main()) is False


def test_importing_the_package_brings_nothing_heavy() -> None:
    program = """
import sys
import crisp_api
heavy = {"uplink", "requests", "aiohttp", "socketio", "crisp_api.sandbox", "crisp_api.endpoints"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
import uplink
before = set(sys.modules)
from crisp_api import AsyncCrisp, Crisp
Crisp()
new = {name.partition(".")[0] for name in set(sys.modules) - before}
assert not {"aiohttp", "socketio"} & new
assert "crisp_api.sandbox" not in sys.modules
assert "crisp_api.transport.aiohttp_" not in sys.modules
"""

    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_answer_may_not_be_larger_than_it_may(side: Side, server: Recording) -> None:
    server.body = envelope("x" * 100_000)
    request = Request("GET", server.url, {"Authorization": "Basic s3cret"})

    assert send(side, request).body == server.body
    with pytest.raises(InvalidResponseError, match="more than 50000 bytes") as caught:
        send(side, request, max_size=50_000)
    assert caught.value.status == 200
    assert caught.value.request.headers == {"Authorization": "***"}


def test_a_small_answer_may_not_grow_large(side: Side, server: Recording) -> None:
    server.body = gzip.compress(b" " * 10_000_000)
    server.headers = {"Content-Encoding": "gzip"}

    with pytest.raises(InvalidResponseError, match="more than 1000000 bytes"):
        send(side, Request("GET", server.url), max_size=1_000_000)


@pytest.mark.parametrize(
    "head", [b"X: y\r\n" * 10_000, b"X: " + b"y" * 200_000 + b"\r\n"]
)
def test_a_head_may_not_be_too_large(side: Side, head: bytes) -> None:
    answer = b"HTTP/1.1 200 OK\r\n" + head + b"Content-Length: 2\r\n\r\n{}"

    with raw(answer) as url, pytest.raises(InvalidResponseError, match="too large"):
        send(side, Request("GET", url))


def test_a_ca_that_is_passed_wins_over_the_environment(
    side: Side, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))

    with recording(authority.issue_cert("127.0.0.1")) as server:
        request = Request("GET", server.url)
        assert send(side, request, ca=str(bundle)).status == 200
        with pytest.raises(TransportError, match=r"(?i)certificate"):
            send(side, request)
        with pytest.raises(TransportError):
            send(side, request, ca=str(tmp_path / "none.pem"))


@pytest.mark.parametrize("size", [2, 16_000_000])
def test_a_proxy_tunnels_what_is_encrypted(
    side: Side, size: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    transport = side.transport(ca=str(tmp_path / "ca.pem"))

    with (
        recording(authority.issue_cert("127.0.0.1")) as server,
        tunnelling() as (proxy, asked),
    ):
        monkeypatch.setenv("https_proxy", proxy)
        request = Request("PUT", server.url, {}, b"x" * size, deadline=60.0)
        response = send_by(side, transport, request)

    assert (response.status, response.body) == (200, server.body)
    assert [f"https://{place}/v1/" for place in asked] == [server.url]
    assert [len(seen.body) for seen in server.seen] == [size]


def test_a_header_that_is_given_twice_is_given_as_one(side: Side) -> None:
    answer = b"HTTP/1.1 200 OK\r\nA: 1\r\nB: 3\r\nA: 2\r\nContent-Length: 2\r\n\r\n{}"

    with raw(answer) as url:
        headers = send(side, Request("GET", url)).headers

    assert headers == {"a": "1, 2", "b": "3", "content-length": "2"}


def test_refresh_proxies_reads_the_environment_again(
    server: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> None:
        async with AsyncCrisp(base_url=server.url, retry=None) as client:
            await client.website.get_website("w")
            monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
            client.refresh_proxies()
            with pytest.raises(ConnectionError):
                await client.website.get_website("w")

    with Crisp(base_url=server.url, retry=None) as client:
        client.website.get_website("w")
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        client.website.get_website("w")
        client.refresh_proxies()
        with pytest.raises(ConnectionError):
            client.website.get_website("w")
    monkeypatch.delenv("http_proxy")
    asyncio.run(main())
    Crisp(transport=RequestsTransport()).refresh_proxies()


def test_a_transport_reads_proxies_again(
    side: Side, server: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = side.transport()
    request = Request("GET", server.url, timeout=60.0)

    assert send_by(side, transport, request).status == 200
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert send_by(side, transport, request).status == 200
    transport.refresh_proxies()
    with pytest.raises(ConnectionError):
        send_by(side, transport, request)


def test_a_deadline_that_is_over_is_no_time_at_all(
    side: Side, server: Recording
) -> None:
    for timeout in (None, 10.0):
        request = Request("GET", server.url, timeout=timeout, deadline=1e-9)
        with pytest.raises(TimeoutError):
            send(side, request)


def test_no_time_at_all_is_not_taken_for_all_the_time() -> None:
    request = Request("GET", "https://crisp.invalid/", deadline=0.0)

    with pytest.raises(TimeoutError, match="no time is left") as caught:
        send(ASYNC_SIDE, request)
    assert caught.value.certainly_unsent


def test_a_custom_session_detects_a_head_that_is_cut_off() -> None:
    with (
        requests.Session() as session,
        raw(b"HTTP/1.1 200 OK\r\nX-Some: header\r\n") as url,
        pytest.raises(ConnectionError, match="cut off within the headers"),
    ):
        RequestsTransport(session).send(Request("POST", url))


def test_a_forked_process_takes_connections_of_its_own(
    server: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Crisp("i", "k", base_url=server.url) as client:
        client.website.get_website("w")
        client.website.get_website("w")
        monkeypatch.setattr(os, "getpid", lambda: -1)
        client.website.get_website("w")
        client.website.get_website("w")

    assert server.connections == 2


def test_a_call_within_a_call_leaves_it_its_deadline(server: Recording) -> None:
    outer = Deadline(30.0)

    with outer, contextlib.closing(RequestsTransport()) as transport:
        transport.send(Request("GET", server.url, deadline=60.0))
        assert current_deadline() is outer
    assert current_deadline() is not outer


@pytest.mark.parametrize("repeats", [0, 2])
def test_a_session_that_sends_again_does_not_say_that_nothing_was_sent(
    repeats: int,
) -> None:
    retries = urllib3.Retry(repeats, allowed_methods=None)
    request = Request("POST", f"http://127.0.0.1:{closed_port()}/v1/x")

    with requests.Session() as session:
        session.mount("http://", requests.adapters.HTTPAdapter(max_retries=retries))
        with pytest.raises(ConnectionError) as caught:
            RequestsTransport(session).send(request)

    assert caught.value.sent is (None if repeats else False)


def test_a_loop_that_was_closed_by_force_is_forgotten(server: Recording) -> None:
    transport = AiohttpTransport()
    loop = asyncio.new_event_loop()
    # Not as asyncio.run ends one, which ends what began in it.
    loop.close()
    transport._sessions[loop] = t.cast("t.Any", None)

    send_by(ASYNC_SIDE, transport, Request("GET", server.url))

    assert transport._sessions == {}


def test_a_connection_that_speaks_something_else_is_not_used_again() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            connections.append(writer)
            while await head(reader):
                writer.write(b"HTTP/1.1 101 Any\r\n\r\n")

    async def main() -> None:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
            url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
            with contextlib.closing(RequestsTransport()) as transport:
                for _ in range(2):
                    await asyncio.to_thread(transport.send, Request("GET", url))

    connections: list[object] = []
    asyncio.run(main())

    assert len(connections) == 2


def test_a_body_that_is_late_says_what_happened() -> None:
    head_of_it = b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            await head(reader)
            writer.write(head_of_it)
            await reader.read()

    async def main() -> None:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
            url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1/x"
            transport = AiohttpTransport()
            with pytest.raises(
                TimeoutError, match="the GET request: no response within 1 seconds"
            ):
                await transport.send(Request("GET", url, timeout=SHORT))
            await transport.close()

    asyncio.run(main())


def test_a_sync_call_in_an_event_loop_warns_once(server: Recording) -> None:
    async def main() -> None:
        with Crisp("i", "k", base_url=server.url) as client:
            with pytest.warns(RuntimeWarning, match="use AsyncCrisp") as warned:
                client.website.get_website("w")
            assert [one.filename for one in warned] == [__file__]
            client.website.get_website("w")

    asyncio.run(main())

    assert len(server.seen) == 2


def test_a_notebook_is_not_warned_of_its_own_loop(
    server: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> None:
        with Crisp("i", "k", base_url=server.url) as client:
            client.website.get_website("w")

    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    asyncio.run(main())

    assert len(server.seen) == 1


def test_a_custom_transport_may_be_called_in_an_event_loop() -> None:
    async def main() -> str:
        sandbox = Sandbox()
        client = Crisp("i", "k", transport=sandbox)
        return client.website.get_website(sandbox.website_id)["name"]

    assert asyncio.run(main()) == "Sandbox"
