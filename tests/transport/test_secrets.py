"""Credentials show nowhere: a canary is looked for in all that comes out."""

from __future__ import annotations

import asyncio
import base64
import builtins
import copy
import gc
import logging
import pickle
import traceback
import types
import typing as t
import warnings

import pytest
import requests
import requests.adapters

from crisp_api import (
    AsyncCrisp,
    ConnectionError,
    Crisp,
    CrispError,
    InvalidResponseError,
    LimitError,
    RetryPolicy,
    RouteError,
    TimeoutError,
    TransportError,
)
from crisp_api.auth import AuthHook
from crisp_api.http import Request, Response
from crisp_api.transport import AiohttpTransport, RequestsTransport
from crisp_api.transport.sender import Attempt
from tests.support.clients import Side
from tests.support.doubles import ENVELOPE, Recorder, envelope
from tests.support.servers import Recording, closed_port, raw

# Of this module, not of a frame: locals are looked through.
IDENTIFIER, KEY = "canary-1d", "canary-k3y"
BASIC = base64.b64encode(f"{IDENTIFIER}:{KEY}".encode()).decode()
NEEDLES = (IDENTIFIER, KEY, BASIC)
FAST = RetryPolicy(initial_delay=0)


def call(
    side: Side,
    url: str,
    website_id: str = "w",
    verb: str = "get_website",
    **options: t.Any,
) -> t.Any:
    """Call an endpoint of the website service, and close the client."""
    client = side.kind(IDENTIFIER, KEY, tier="plugin", base_url=url, **options)
    method = getattr(client.website, verb)
    return side.run_closing(client, lambda: method(website_id))


def is_in(text: str) -> bool:
    return any(needle in text for needle in NEEDLES)


def found(value: object, path: str = "it") -> list[str]:
    """Every place within a value, however deep, where the canary is."""
    return list(_found(value, path, {}))


def _found(value: object, path: str, seen: dict[int, object]) -> t.Iterator[str]:
    # Kept, so that no id is given away again.
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if isinstance(value, str):
        if is_in(value):
            yield path
        return
    # Code has its constants, and what runs is looked through by its traceback.
    if isinstance(
        value, type | types.ModuleType | types.FunctionType | types.TracebackType
    ):
        return
    if is_in(f"{value!r} {value!s}"):
        yield f"the text of {path}"
    for name, part in _parts(value):
        yield from _found(part, f"{path}{name}", seen)


def _parts(value: object) -> t.Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield "<key>", key
            yield f"[{key!r}]", item
    elif isinstance(value, list | tuple | set | frozenset):
        for number, item in enumerate(value):
            yield f"[{number}]", item
    slots = {
        name
        for kind in type(value).__mro__
        for name in (getattr(kind, "__slots__", ()), *getattr(kind, "__slots__", ()))
        if isinstance(name, str)
    }
    names = slots | getattr(value, "__dict__", {}).keys()
    if isinstance(value, BaseException):
        names |= {"args", "__cause__", "__context__", "__notes__"}
    for name in sorted(names):
        if hasattr(value, name):
            yield f".{name}", getattr(value, name)


def reported(error: BaseException) -> str:
    """Return what an error reporter sends: the whole chain, and all locals."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(report.format())


def check(error: BaseException) -> None:
    """Neither the error, nor what it leads to, nor its frames show the canary."""
    assert found(error) == []
    assert [line for line in reported(error).splitlines() if is_in(line)] == []


def test_the_search_finds_what_is_there() -> None:
    class Slotted:
        __slots__ = ("held",)

        def __init__(self, held: object) -> None:
            self.held = held

    inner = LookupError([{"a": Slotted(BASIC.encode())}])
    error = ValueError("outer")
    error.__cause__ = inner

    assert found(error) == ["it.__cause__.args[0][0]['a'].held"]
    assert found({KEY: 1}) == ["the text of it", "it<key>"]


def test_a_report_shows_the_locals() -> None:
    def fail() -> None:
        held = KEY
        raise LookupError(len(held))

    with pytest.raises(LookupError) as caught:
        fail()
    assert is_in(reported(caught.value))


def test_nothing_shows_what_it_holds(side: Side) -> None:
    client = side.kind(IDENTIFIER, KEY, tier="plugin")
    shown = [
        *(
            client,
            client.with_options(timeout=1),
            vars(client),
        ),
        *(client.core.auth, vars(client.core.auth), client.core, vars(client.core)),
        *(client.core.sender, vars(client.core.sender)),
        *(client._own, vars(client._own), client.core.options),
        *(client.session, client.session.headers, client.session.params),
        *(client.get, client.website.get_website, side.kind.get),
    ]
    for name in ("website", "plugin", "plan", "bucket", "media"):
        service = getattr(client, name)
        shown += [service, vars(service), service.session, service.session.headers]

    for one in shown:
        assert not is_in(f"{one!r} {one!s} {one} {[one]}")


def test_a_request_and_its_answer_do_not_show_it() -> None:
    recorder = Recorder()
    Crisp(IDENTIFIER, KEY, transport=recorder).website.create_new_conversation("w")
    request = recorder.last
    response = recorder.send(request)

    # It is there, to be sent.
    assert is_in(request.headers["Authorization"])
    for one in (request, response, request.headers, vars(request), vars(response)):
        assert not is_in(f"{one!r} {one!s} {[one]}")
    assert found(request.redacted()) == found(response.redacted()) == []


def test_a_transport_does_not_show_what_it_sent(server: Recording) -> None:
    recorder = Recorder()
    Crisp(IDENTIFIER, KEY, base_url=server.url, transport=recorder).get("/website/w")
    transport = RequestsTransport()

    transport.send(recorder.last)
    transport.close()

    assert found(transport) == []


def test_an_async_transport_does_not_show_what_it_sent(server: Recording) -> None:
    recorder = Recorder()
    Crisp(IDENTIFIER, KEY, base_url=server.url, transport=recorder).get("/website/w")

    async def main() -> tuple[str, str]:
        transport = AiohttpTransport()
        await transport.send(recorder.last)
        shown = f"{transport} {vars(transport)}"
        await transport.close()
        return shown, f"{transport} {vars(transport)}"

    assert not is_in(str(asyncio.run(main())))


def answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


DENIED = b'{"error": true, "reason": "denied", "data": {"message": "no"}}'


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 404, 409, 420, 422, 423, 429, 500, 503]
)
def test_an_answer_that_says_no_is_clean(
    side: Side, status: int, server: Recording
) -> None:
    server.status, server.body = status, DENIED

    with pytest.raises(RouteError) as caught:
        call(side, server.url, retry=FAST)
    check(caught.value)


@pytest.mark.parametrize("verb", ["check_website_exists", "create_new_conversation"])
def test_a_check_and_a_write_are_clean(
    side: Side, verb: str, server: Recording
) -> None:
    server.status, server.body = 403, DENIED

    with pytest.raises(RouteError) as caught:
        call(side, server.url, verb=verb)
    check(caught.value)


@pytest.mark.parametrize("status", [200, 502])
@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"[" * 100_000, b"\xff"])
def test_a_foreign_answer_is_clean(
    side: Side, status: int, body: bytes, server: Recording
) -> None:
    server.status, server.body = status, body

    try:
        call(side, server.url, retry=FAST)
    except InvalidResponseError as error:
        check(error)
    else:
        assert (status, body) == (200, b"")


def test_a_large_answer_is_clean(side: Side, server: Recording) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        call(side, server.url, transport=side.transport(max_size=8), retry=FAST)
    check(caught.value)


@pytest.mark.parametrize("location", ["https://elsewhere.example/a", "http://["])
def test_a_redirect_is_clean(side: Side, location: str, server: Recording) -> None:
    server.status, server.headers = 302, {"Location": location}

    with pytest.raises(RouteError) as caught:
        call(side, server.url)
    check(caught.value)


def test_a_refused_connection_is_clean(side: Side) -> None:
    with pytest.raises(ConnectionError) as caught:
        call(side, f"http://127.0.0.1:{closed_port()}/v1/", retry=FAST)
    check(caught.value)


@pytest.mark.parametrize("options", [{"timeout": 0.05}, {"deadline": 0.05}])
def test_a_time_out_is_clean(side: Side, options: dict[str, t.Any]) -> None:
    with raw(b"", silent=True) as url, pytest.raises(TimeoutError) as caught:
        call(side, url, retry=None, **options)
    check(caught.value)


class Interrupted(requests.adapters.HTTPAdapter):
    """Is interrupted by Ctrl-C while it sends."""

    def send(self, request: requests.PreparedRequest, *_: t.Any, **__: t.Any) -> t.Any:
        headers = dict(request.headers)
        raise KeyboardInterrupt(len(headers))


def test_an_interrupt_is_clean() -> None:
    with requests.Session() as session:
        session.mount("http://", Interrupted())
        with pytest.raises(KeyboardInterrupt) as caught:
            Crisp(
                IDENTIFIER, KEY, base_url="http://127.0.0.1:1/", transport=session
            ).website.get_website("w")
    check(caught.value)


def test_the_locals_of_the_callers_own_error_stay() -> None:
    def fail() -> None:
        unusual = "local"
        raise LookupError(len(unusual))

    def send_after_failure() -> None:
        try:
            fail()
        except LookupError:
            RequestsTransport(session).send(Request("GET", "http://127.0.0.1:1/"))

    with requests.Session() as session:
        session.mount("http://", Interrupted())
        with pytest.raises(KeyboardInterrupt) as caught:
            send_after_failure()

    assert "unusual = 'local'" in reported(caught.value)


@pytest.mark.parametrize("how", ["timeout", "wait_for", "cancel"])
def test_a_cancelled_call_is_clean(how: str) -> None:
    async def main(url: str) -> None:
        async with AsyncCrisp(IDENTIFIER, KEY, base_url=url) as client:
            method = client.website.get_website
            if how == "timeout":
                async with asyncio.timeout(0.05):
                    await method("w")
            elif how == "wait_for":
                await asyncio.wait_for(method("w"), 0.05)
            else:
                task = asyncio.ensure_future(method("w"))
                await asyncio.sleep(0.05)
                task.cancel()
                await task

    with raw(b"", silent=True) as url:
        with pytest.raises((builtins.TimeoutError, asyncio.CancelledError)) as caught:
            asyncio.run(main(url))
        check(caught.value)


@pytest.mark.parametrize(
    "cut",
    [
        b"",
        b"SSH-2.0\r\n",
        b"HTTP/1.1 200 OK\r\nX-Some: he",
        answer(200, ENVELOPE)[:-5],
        answer(200, b"{}", "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx",
    ],
)
def test_an_answer_that_is_cut_off_is_clean(side: Side, cut: bytes) -> None:
    with raw(cut) as url, pytest.raises(TransportError) as caught:
        call(side, url, retry=FAST)
    check(caught.value)


@pytest.mark.parametrize("bad", ["", "..", None, 1.5])
def test_a_bad_id_is_clean(side: Side, bad: t.Any) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        call(side, "http://127.0.0.1:1/v1/", bad)
    check(caught.value)


@pytest.mark.parametrize("value", ["a\nb", "é", " a"])
def test_a_bad_header_is_clean(side: Side, value: str, server: Recording) -> None:
    client = side.kind(IDENTIFIER, KEY, base_url=server.url)
    client.website.session.headers["X-Tag"] = value

    with pytest.raises(ValueError, match="X-Tag") as caught:
        side.run(lambda: client.website.get_website("w"))
    check(caught.value)


def test_a_closed_client_is_clean(side: Side) -> None:
    client = side.kind(IDENTIFIER, KEY, transport=Recorder())
    side.run(client.close)

    with pytest.raises(RuntimeError) as caught:
        side.run(lambda: client.website.get_website("w"))
    check(caught.value)


class Full:
    """A limit that allows nothing."""

    blocks = False

    def take(self) -> float:
        return 1e6


def test_a_limit_is_clean(side: Side) -> None:
    with pytest.raises(LimitError) as caught:
        call(side, "http://127.0.0.1:1/v1/", limit=Full())
    check(caught.value)


class Broken:
    """A custom transport that fails."""

    def send(self, request: Request, /) -> Response:
        headers = request.headers
        raise LookupError(len(headers))


def test_a_fault_of_a_transport_is_clean(side: Side) -> None:
    with pytest.raises(LookupError) as caught:
        call(side, "http://127.0.0.1:1/v1/", transport=Broken())
    check(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"deadline": -1},
        {"retry": 3},
        {"tier": "admin"},
        {"base_url": "api.crisp.chat"},
    ],
    ids=lambda options: next(iter(options)),
)
def test_a_client_that_cannot_be_made_is_clean(
    side: Side, options: dict[str, t.Any]
) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        side.kind(IDENTIFIER, KEY, **options)
    check(caught.value)


@pytest.mark.parametrize(
    "pair",
    [lambda: (IDENTIFIER, f"{KEY}\n"), lambda: (f"{IDENTIFIER}:{KEY}", KEY)],
    ids=["a line end", "a whole pair"],
)
def test_credentials_that_are_refused_are_clean(
    pair: t.Callable[[], tuple[str, str]],
) -> None:
    with pytest.raises(ValueError, match="malformed") as made:
        Crisp(*pair())
    with pytest.raises(ValueError, match="malformed") as told:
        Crisp().authenticate(*pair())
    with pytest.raises(ValueError, match="malformed") as tiered:
        Crisp().authenticate_tier("plugin", *pair())
    with pytest.raises(ValueError, match="tier must be") as mistaken:
        Crisp().set_tier(t.cast("t.Any", KEY))

    for caught in (made, told, tiered, mistaken):
        check(caught.value)


@pytest.mark.parametrize("wrap", [str.encode, lambda text: [text], lambda text: {text}])
def test_credentials_that_are_not_text_are_clean(
    side: Side, wrap: t.Callable[[str], t.Any]
) -> None:
    with pytest.raises(
        ValueError, match=r"key must be text, not (bytes|list|set)"
    ) as made:
        side.kind(IDENTIFIER, wrap(KEY))
    with pytest.raises(ValueError, match="tier must be") as mistaken:
        side.kind().authenticate_tier(wrap(KEY), IDENTIFIER, KEY)
    with pytest.raises(ValueError, match="tier must be") as optional:
        side.kind(tier=wrap(KEY))
    with pytest.raises(ValueError, match="identifier must be text") as hooked:
        AuthHook().authenticate(wrap(IDENTIFIER), KEY)

    for caught in (made, mistaken, optional, hooked):
        check(caught.value)


def test_a_password_in_a_base_url_is_not_shown(side: Side) -> None:
    with pytest.raises(ValueError, match="base_url must look like") as made:
        side.kind("i", "k", base_url=f"https://user:{KEY}@api.crisp.chat/")
    with pytest.raises(ValueError, match="base_url must look like") as moved:
        side.kind("i", "k").set_rest_host(f"https://user:{KEY}@api.crisp.chat/")

    for caught in (made, moved):
        check(caught.value)


def test_an_environment_that_lacks_something_is_clean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CRISP_IDENTIFIER", IDENTIFIER)
    with pytest.raises(ValueError, match="CRISP_KEY is not set") as lacking:
        Crisp.from_env()
    monkeypatch.setenv("CRISP_KEY", KEY)
    monkeypatch.setenv("CRISP_TIER", "admin")
    with pytest.raises(ValueError, match="tier must be") as wrong:
        Crisp.from_env()

    check(lacking.value)
    check(wrong.value)


def test_errors_that_are_copied_and_pickled_are_clean(
    side: Side, server: Recording
) -> None:
    server.status, server.body = 403, DENIED
    errors: list[CrispError] = []
    with pytest.raises(RouteError) as denied:
        call(side, server.url)
    server.body = b"<html>"
    with pytest.raises(InvalidResponseError) as foreign:
        call(side, server.url)
    with raw(b"") as url, pytest.raises(TransportError) as cut:
        call(side, url, retry=None)
    with pytest.raises(LimitError) as full:
        call(side, server.url, limit=Full())
    errors += [denied.value, foreign.value, cut.value, full.value]

    for error in errors:
        pickled = pickle.dumps(error)
        assert not is_in(pickled.decode("latin-1"))
        for again in (
            copy.copy(error),
            copy.deepcopy(error),
            pickle.loads(pickled),  # noqa: S301 - our own
        ):
            assert (type(again), str(again)) == (type(error), str(error))
            assert found(again) == []


def test_a_copy_of_a_client_shows_no_credentials(side: Side) -> None:
    client = side.kind(IDENTIFIER, KEY)

    for one in (
        client,
        client.with_options(timeout=1),
        client.core.auth,
        client.website,
    ):
        for take in (pickle.dumps, copy.copy, copy.deepcopy):
            try:
                taken = take(one)
            except Exception as error:  # noqa: BLE001 - any will do, if it is clean
                check(error)
            else:
                # A service leads to the credentials, and only a copy may do so.
                assert take is copy.copy
                assert one is client.website
                assert not is_in(f"{taken!r} {vars(taken)!r}")


OUTCOMES: list[tuple[str, bytes]] = [
    ("good", answer(200, envelope({"name": "Acme"}))),
    ("denied", answer(403, DENIED)),
    ("failing", answer(503, DENIED, "Retry-After: 0")),
    ("foreign", answer(502, b"<html>")),
    ("redirect", answer(302, b"", "Location: https://elsewhere.example/")),
    ("cut off", b"HTTP/1.1 200 OK\r\n"),
    ("no HTTP", b"SSH-2.0\r\n"),
    ("no headers", b"HTTP/1.1 200 OK\r\nno header\r\n\r\n"),
]
EACH = pytest.mark.parametrize(
    "outcome", [body for _, body in OUTCOMES], ids=[name for name, _ in OUTCOMES]
)


def fail(attempt: Attempt) -> None:
    raise LookupError(attempt.number)


@EACH
def test_the_logs_are_clean(
    side: Side, outcome: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    # Of every logger: those of urllib3, aiohttp and asyncio among them.
    caplog.set_level(logging.DEBUG)

    hooks: dict[str, t.Any] = {
        "on_request": fail,
        "on_response": fail,
        "on_retry": fail,
    }
    with raw(outcome) as url:
        try:
            call(side, url, retry=FAST, **hooks)
        except CrispError:
            logging.getLogger("a program").exception("a call failed")

    assert "crisp_api" in {record.name for record in caplog.records}
    assert not is_in(caplog.text)
    for record in caplog.records:
        parts = {k: v for k, v in vars(record).items() if k != "exc_info"}
        assert found(parts) == []
        if record.exc_info and record.exc_info[1]:
            check(record.exc_info[1])


@EACH
def test_hooks_receive_no_credentials(side: Side, outcome: bytes) -> None:
    told: list[Attempt] = []
    hooks: dict[str, t.Any] = {"on_request": told.append, "on_response": told.append}

    with raw(outcome) as url:
        try:
            call(side, url, retry=FAST, on_retry=told.append, **hooks)
        except CrispError as error:
            check(error)

    assert len(told) >= 2
    assert found(told) == []
    assert not is_in(pickle.dumps([one.request for one in told]).decode("latin-1"))


@EACH
def test_warnings_are_clean(side: Side, outcome: bytes) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # A URL that causes a warning: not encrypted, and not of this machine.
        Crisp(IDENTIFIER, KEY, base_url="http://crisp.invalid/v1/")
        with raw(outcome) as url:
            try:
                call(side, url, retry=FAST)
            except CrispError:
                gc.collect()

    assert [one.category for one in caught if one.category is UserWarning]
    for one in caught:
        assert found(vars(one) if hasattr(one, "__dict__") else str(one)) == []
        assert not is_in(f"{one} {one.message!r}")


@pytest.mark.parametrize(
    ("status", "body", "headers", "problem"),
    [
        (200, '{"data": 1}', None, "int as its status and bytes as its body"),
        (200, None, None, "not int and NoneType"),
        ("200", b"", None, "not str and bytes"),
        (200, b"", {"content-length": 10}, "headers must be text"),
        (200, b"", {1: "x"}, "headers must be text"),
    ],
)
def test_a_response_of_other_types_is_refused_where_it_is_made(
    side: Side, status: t.Any, body: t.Any, headers: t.Any, problem: str
) -> None:
    class Wrong:
        """A transport that makes such a response."""

        def send(self, request: Request) -> Response:
            return Response(request, status, body, headers)

    client = side.kind(IDENTIFIER, KEY, transport=Wrong())

    with pytest.raises(TypeError, match=problem) as caught:
        side.run(lambda: client.website.get_website("w"))
    check(caught.value)


@pytest.mark.parametrize("ending", ["\n", "é"])
def test_a_malformed_header_of_a_hook_shows_no_token(side: Side, ending: str) -> None:
    class Wrong(AuthHook):
        """Sets a header in a plain dict."""

        def __call__(self, request_builder: t.Any) -> None:
            request_builder.info["headers"] = {"Authorization": f"Bearer {KEY}{ending}"}

    client = side.kind(transport=side.recorder())
    client.core.auth = Wrong()

    with pytest.raises(ValueError, match="the header Authorization") as caught:
        side.run(lambda: client.website.get_website("w"))
    check(caught.value)


def test_a_malformed_header_of_a_session_shows_no_token(side: Side) -> None:
    client = side.kind(transport=side.recorder())
    client.website.session.headers["Authorization"] = f"Bearer {KEY}é"

    with pytest.raises(ValueError, match="the header Authorization") as caught:
        side.run(lambda: client.website.get_website("w"))
    check(caught.value)


@pytest.mark.parametrize("options", [{"token": KEY}, {"password": KEY.encode()}])
def test_an_unknown_option_shows_no_token(side: Side, options: t.Any) -> None:
    with pytest.raises(TypeError, match="has no option") as caught:
        side.kind(IDENTIFIER, KEY, **options)
    # The variables of this test hold it.
    frames = reported(caught.value).split("in __init__", 1)[1]
    assert not is_in(frames)


def test_a_base_path_shows_no_token(side: Side) -> None:
    client = side.kind(IDENTIFIER, KEY)
    path = f"/v1?token={KEY}"

    with pytest.raises(ValueError, match="must look like") as caught:
        client.set_rest_base_path(path)
    frames = reported(caught.value).split("in set_rest_base_path", 1)[1]
    assert not is_in(frames)
