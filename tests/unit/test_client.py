"""The clients: credentials, where they send, what they are made of."""

from __future__ import annotations

import asyncio
import base64
import copy
import datetime as dt
import http
import inspect
import pathlib
import pickle
import sys
import threading
import typing as t
import warnings

import aiohttp
import pytest
import requests
import responses

import crisp_api
from crisp_api import (
    AsyncCrisp,
    AuthenticationError,
    Crisp,
    NotFoundError,
    PermissionDeniedError,
    endpoints,
    history,
    jobs,
    paginate,
    send_once,
)
from crisp_api.auth import AuthHook
from crisp_api.endpoints import Website
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import Attempt
from tests.support.clients import Side
from tests.support.doubles import ENVELOPE, AsyncRecorder, Recorder, envelope
from tests.support.servers import Recording


def basic(identifier: str, key: str) -> str:
    return "Basic " + base64.b64encode(f"{identifier}:{key}".encode()).decode()


def test_an_option_that_is_none_is_refused(side: Side) -> None:
    name = side.kind.__name__
    with pytest.raises(TypeError, match=rf"{name}\(\) has no option 'timout'"):
        side.client(timout=3)


def test_a_client_composes_the_services(side: Side) -> None:
    client = side.kind(transport=side.recorder())

    assert isinstance(client.website, endpoints.Website)
    assert isinstance(client.plugin, endpoints.Plugin)
    assert isinstance(client.plan, endpoints.Plan)
    assert isinstance(client.bucket, endpoints.Bucket)
    assert isinstance(client.media, endpoints.Media)


def test_credentials_and_tier_reach_the_next_call_of_every_consumer() -> None:
    recorder = Recorder()
    client = Crisp(transport=recorder)
    website = client.website

    website.get_website("w")
    client.authenticate("first", "key")
    website.get_website("w")
    client.authenticate_tier("plugin", "second", "clé")
    website.get_website("w")
    client.get_connect_account()

    assert [
        (request.headers.get("Authorization"), request.headers["X-Crisp-Tier"])
        for request in recorder.sent
    ] == [
        (None, "user"),
        (basic("first", "key"), "user"),
        (basic("second", "clé"), "plugin"),
        (basic("second", "clé"), "plugin"),
    ]


@pytest.mark.parametrize(
    ("identifier", "key", "problem"),
    [
        ("id", "secret\n", "key is malformed: it contains a control"),
        ("id\x00", "secret", "identifier is malformed"),
        ("id:secret", "secret", "identifier is malformed: it contains a colon"),
        (b"secret", "key", "identifier must be text, not bytes"),
        (7, "secret", "identifier must be text, not int"),
        ("id", True, "key must be text, not bool"),
    ],
)
def test_a_malformed_token_is_refused_at_once_and_not_shown(
    identifier: t.Any, key: t.Any, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        Crisp().authenticate(identifier, key)
    assert "secret" not in str(caught.value)


UNSET: list[tuple[t.Callable[[t.Any], object], str]] = [
    (lambda c: c.authenticate(None, None), "no token set: identifier is None"),
    (lambda c: c.authenticate("id", None), "no token set: key is None"),
    (lambda c: c.authenticate("", "key"), "no token set: identifier is empty"),
    (lambda c: c.authenticate_tier("plugin", "i", ""), "no token set: key is empty"),
    (lambda c: c.authenticate_tier(None, "i", "k"), "no tier set: tier is None"),
    (lambda c: c.set_tier(""), "no tier set: tier is empty"),
]


@pytest.mark.parametrize(("unset", "problem"), UNSET)
def test_settings_that_are_unset_fail_at_the_first_call(
    side: Side, unset: t.Callable[[t.Any], object], problem: str
) -> None:
    recorder = Recorder()
    client = side.kind(transport=recorder, retry=None)
    unset(client)

    for _ in range(2):
        with pytest.raises(
            AuthenticationError, match=f"^401 no_credentials: {problem}"
        ) as caught:
            side.run(lambda: client.website.get_website("w"))
        assert (caught.value.status, caught.value.reason) == (401, "no_credentials")
        assert caught.value.response.body == b""
        assert caught.value.request.operation == "website.get_website"
    assert recorder.sent == []

    client.authenticate_tier("plugin", "i", "k")
    side.run(lambda: client.website.get_website("w"))
    assert recorder.last.headers["Authorization"] == basic("i", "k")


def test_an_unset_token_fails_a_call_through_uplink_too() -> None:
    recorder = Recorder()
    client = Crisp(transport=recorder)
    client.website.session.headers["X-Tag"] = "t"
    client.authenticate(None, None)

    with pytest.raises(AuthenticationError, match="no token set"):
        client.website.get_website("w")
    assert recorder.sent == []


@pytest.mark.parametrize(
    ("passed", "problem"),
    [
        (("identifier",), "key is None"),
        (("identifier", None), "key is None"),
        ((None, "key"), "identifier is None"),
        ((None, None), "identifier is None"),
        ((None,), "identifier is None"),
        (("", ""), "identifier is empty"),
    ],
)
def test_a_constructor_without_a_whole_keypair_fails_at_the_first_call(
    side: Side, passed: tuple[str | None, ...], problem: str
) -> None:
    recorder = Recorder()
    client = side.kind(*passed, transport=recorder)

    with pytest.raises(AuthenticationError, match=f"no token set: {problem}"):
        side.run(lambda: client.website.get_website("w"))
    assert recorder.sent == []


def test_a_client_without_credentials_may_leave_signing_to_its_transport() -> None:
    recorder = Recorder()

    assert "identifier: 'str | None' = <not passed>" in str(inspect.signature(Crisp))
    Crisp(transport=recorder).website.get_website("w")

    assert "Authorization" not in recorder.last.headers


def test_a_tier_and_a_token_that_are_unset_are_set_one_by_one() -> None:
    recorder = Recorder()
    client = Crisp(transport=recorder)
    client.authenticate_tier(None, None, None)

    client.set_tier("plugin")
    with pytest.raises(AuthenticationError, match="no token set"):
        client.website.get_website("w")
    client.authenticate("i", "k")
    client.website.get_website("w")

    assert recorder.last.headers["X-Crisp-Tier"] == "plugin"


@pytest.mark.parametrize("tier", ["admin", "Plugin", 7])
def test_an_unknown_tier_is_refused(tier: t.Any) -> None:
    with pytest.raises(
        ValueError, match=r"tier must be 'user', 'website' or 'plugin'$"
    ):
        Crisp().set_tier(tier)


@pytest.mark.parametrize(
    ("tier", "key"), [("admin", "k"), ("plugin", "k\n"), ("plugin", 7)]
)
def test_credentials_that_are_refused_leave_the_old_ones(
    tier: t.Any, key: t.Any
) -> None:
    recorder = Recorder()
    client = Crisp("i", "old", tier="website", transport=recorder)

    with pytest.raises(ValueError, match=r"malformed|must be"):
        client.authenticate_tier(tier, "i", key)
    client.website.get_website("w")

    assert recorder.last.headers["Authorization"] == basic("i", "old")
    assert recorder.last.headers["X-Crisp-Tier"] == "website"


def test_no_request_mixes_the_tier_and_the_token_of_two_credentials() -> None:
    recorder = Recorder()
    client = Crisp("plugin", "k", tier="plugin", transport=recorder)
    done = threading.Event()

    def change() -> None:
        while not done.is_set():
            client.authenticate_tier("user", "user", "k")
            client.authenticate_tier("plugin", "plugin", "k")

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(3000):
            client.website.get_website("w")
    finally:
        done.set()
        thread.join()

    pairs = {
        (request.headers["X-Crisp-Tier"], request.headers["Authorization"])
        for request in recorder.sent
    }
    assert pairs <= {(tier, basic(tier, "k")) for tier in ("user", "plugin")}


def test_a_retry_is_signed_with_the_credentials_of_its_time() -> None:
    class Busy(Recorder):
        def send(self, request: Request, /) -> Response:
            super().send(request)
            status = 429 if len(self.sent) == 1 else 200
            return Response(request, status, ENVELOPE, {"retry-after": "0"})

    def rotate(attempt: Attempt) -> None:
        if isinstance(attempt.outcome, Response) and attempt.outcome.status == 429:
            client.authenticate("second", "k")

    busy = Busy()
    client = Crisp("first", "k", transport=busy, on_response=rotate)

    client.website.get_website("w")

    assert [request.headers["Authorization"] for request in busy.sent] == [
        basic("first", "k"),
        basic("second", "k"),
    ]


def test_headers_reach_a_transport_as_plain_text_and_hide_in_a_repr() -> None:
    recorder = Recorder()

    Crisp("i", "k", transport=recorder).website.get_website("w")

    headers = dict(recorder.last.headers)
    assert {type(value) for value in headers.values()} == {str}
    assert headers["Authorization"] == basic("i", "k")
    assert basic("i", "k") not in f"{recorder.last.headers!r}{recorder.last!r}"
    assert recorder.last.headers == headers


def test_an_error_names_the_operation_and_no_path() -> None:
    sandbox = Sandbox()
    client = Crisp("i", "k", transport=sandbox)
    refused = Crisp(
        "i", "k", transport=Recorder(envelope({}, error=True, reason="r"), 404)
    )

    with pytest.raises(NotFoundError) as caught:
        client.website.get_conversation(sandbox.website_id, "session_429")
    assert str(caught.value) == "404 conversation_not_found (website.get_conversation)"
    calls: list[tuple[t.Callable[[], object], str]] = [
        (
            lambda: refused.website.get_conversation("429", "s"),
            "website.get_conversation",
        ),
        (lambda: refused.get("/website/429"), "client.get"),
        (refused.get_connect_account, "client.get_connect_account"),
    ]
    for call, name in calls:
        with pytest.raises(NotFoundError) as refusal:
            call()
        assert str(refusal.value) == f"404 r ({name})"


@pytest.mark.parametrize(
    ("tier", "advice"),
    [
        (
            None,
            "the tier 'user', the default; for a plugin token, call client.set_tier",
        ),
        ("website", "the tier 'website'; check that it is of that tier"),
    ],
)
def test_an_error_for_a_refused_token_names_the_likely_cause(
    tier: t.Any, advice: str
) -> None:
    sandbox = Sandbox(tokens=[("i", "k", "plugin")])
    client = Crisp("i", "k", tier=tier, transport=sandbox)

    with pytest.raises(AuthenticationError, match=advice):
        client.website.get_website("w")

    client.set_tier("plugin")
    assert client.website.check_website_exists("sandbox.example")


def test_a_call_without_a_token_is_an_error_that_says_so() -> None:
    client = Crisp(transport=Sandbox())

    with pytest.raises(AuthenticationError, match="no token was sent; call client"):
        client.website.get_website("w")


@pytest.mark.parametrize("reason", ["restricted_route_tier", "token_scope_forbidden"])
def test_an_error_for_a_tier_names_those_that_are_accepted(reason: str) -> None:
    body = envelope({"message": "not you"}, error=True, reason=reason)
    client = Crisp("i", "k", tier="plugin", transport=Recorder(body, 403))

    with pytest.raises(PermissionDeniedError) as caught:
        client.website.create_website({"name": "n", "domain": "d"})
    assert str(caught.value) == (
        f"403 {reason}: not you; it accepts tokens of the tier 'user', and 'plugin' was "
        "sent (website.create_website)"
    )
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - ours
    with pytest.raises(PermissionDeniedError) as unknown:
        client.website.list_helpdesk_tree("w", "en", "articles")
    assert str(unknown.value) == f"403 {reason}: not you (website.list_helpdesk_tree)"


@pytest.mark.parametrize(
    ("ours", "builtin"),
    [
        (crisp_api.TransportError, OSError),
        (crisp_api.TimeoutError, TimeoutError),
        (crisp_api.ConnectionError, ConnectionError),
        (crisp_api.InvalidResponseError, ValueError),
    ],
)
def test_an_error_is_the_builtin_that_programs_catch(
    ours: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(ours, builtin)
    assert issubclass(ours, crisp_api.CrispError)


def test_a_transport_error_survives_being_a_builtin() -> None:
    error = crisp_api.TimeoutError("late", Request("GET", "https://h/"), sent=False)

    copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - ours

    assert (str(copied), copied.args, copied.sent) == ("late", ("late",), False)
    assert copied.request == error.request
    assert (copied.errno, copied.filename) == (None, None)


def test_a_star_import_leaves_the_builtins_alone() -> None:
    names: dict[str, t.Any] = {}

    exec("from crisp_api import *", names)  # noqa: S102 - what is tested

    assert "TimeoutError" not in names
    assert "ConnectionError" not in names
    assert names["CrispError"] is crisp_api.CrispError


def test_what_programs_wrapped_says_what_replaces_it() -> None:
    with pytest.raises(AttributeError, match=r"on_request.*transport"):
        crisp_api.request  # noqa: B018 - what is tested


def test_a_client_can_be_made_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CRISP_IDENTIFIER", "i")
    monkeypatch.setenv("CRISP_KEY", "k")
    recorder = Recorder()

    Crisp.from_env(transport=recorder).website.get_website("w")

    assert recorder.last.url == "https://api.crisp.chat/v1/website/w"
    assert recorder.last.headers["Authorization"] == basic("i", "k")
    assert recorder.last.headers["X-Crisp-Tier"] == "user"

    monkeypatch.setenv("CRISP_TIER", "website")
    monkeypatch.setenv("CRISP_BASE_URL", "http://127.0.0.1:1/v1")
    client = AsyncCrisp.from_env(transport=recorder, timeout=3, identifier="other")
    asyncio.run(client.website.get_website("w"))

    assert recorder.last.url == "http://127.0.0.1:1/v1/website/w"
    assert recorder.last.headers["Authorization"] == basic("other", "k")
    assert recorder.last.headers["X-Crisp-Tier"] == "website"
    assert client.get_timeout() == 3


@pytest.mark.parametrize("missing", ["CRISP_IDENTIFIER", "CRISP_KEY"])
def test_a_missing_variable_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CRISP_IDENTIFIER", "CRISP_KEY"):
        monkeypatch.setenv(name, "" if name == missing else "x")

    with pytest.raises(ValueError, match=f"{missing} is not set, or empty"):
        Crisp.from_env()


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), "5", (3, 10)])
def test_a_timeout_that_cannot_be_is_refused(timeout: t.Any) -> None:
    with pytest.raises(ValueError, match="timeout must be a number of seconds above 0"):
        Crisp(timeout=timeout)


def test_a_request_carries_the_timeout_of_its_client() -> None:
    recorder = Recorder()
    client = Crisp(transport=recorder, timeout=None)

    client.website.get_website("w")
    assert recorder.last.timeout is None

    client.set_timeout(2.5)
    client.website.get_website("w")
    assert recorder.last.timeout == 2.5


@pytest.mark.parametrize("bad", ["api.crisp.chat", "https://u:s3cret@h", "file:///etc"])
def test_a_host_that_cannot_be_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="base_url must look like"):
        Crisp().set_rest_host(bad)
    with pytest.raises(ValueError, match="base_url must look like"):
        Crisp(base_url=bad)


def test_a_host_keeps_the_path_that_it_has() -> None:
    recorder = Recorder()
    client = Crisp(transport=recorder)

    client.set_rest_host("https://gateway.example/crisp/")
    client.website.get_website("w")

    assert client.get_rest_host() == "https://gateway.example/crisp"
    assert recorder.last.url == "https://gateway.example/crisp/v1/website/w"


@pytest.mark.parametrize("bad", [None, 7])
def test_an_address_that_is_no_text_is_refused(bad: t.Any) -> None:
    with pytest.raises(TypeError, match="base_url must be text"):
        Crisp().set_rest_host(bad)
    with pytest.raises(TypeError):
        Crisp().set_rest_base_path(bad)


def test_a_base_path_may_be_none_at_all() -> None:
    recorder = Recorder()
    client = Crisp(transport=recorder)

    client.set_rest_base_path("/")
    client.website.get_website("w")

    assert recorder.last.url == "https://api.crisp.chat/website/w"


def test_a_client_is_not_pickled_or_copied(side: Side) -> None:
    client = side.kind("identifier", "s3cret", transport=side.recorder())

    for take in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="holds credentials"):
            take(client)
    with pytest.raises(TypeError, match="holds credentials"):
        pickle.dumps(client.core.auth)
    assert "s3cret" not in repr(client) + repr(client.core.auth) + repr(client.website)
    name = side.kind.__name__
    assert repr(client) == f"<{name} https://api.crisp.chat/v1/, tier 'user'>"
    assert repr(AuthHook()) == "<AuthHook unsigned, tier 'user'>"


def test_an_auth_hook_that_replaces_the_first_gets_new_credentials(side: Side) -> None:
    class Traced(AuthHook):
        """Adds a header."""

        def __call__(self, request_builder: t.Any) -> None:
            super().__call__(request_builder)
            request_builder.info["headers"]["X-Trace"] = "1"

    recorder = Recorder()
    client = side.kind("i", "k", transport=recorder)
    client.core.auth = Traced()
    client.authenticate_tier("plugin", "new", "token")
    side.run(lambda: client.website.get_website("w"))

    headers = recorder.last.headers
    assert headers["Authorization"] == basic("new", "token")
    assert (headers["X-Crisp-Tier"], headers["X-Trace"]) == ("plugin", "1")


def test_an_auth_hook_can_be_any_function(side: Side) -> None:
    recorder = side.recorder()
    client = side.kind(transport=recorder)

    def sign(request_builder: t.Any) -> None:
        request_builder.info["headers"]["Authorization"] = "Bearer token"

    client.core.auth = sign
    side.run(lambda: client.website.get_website("w"))

    assert recorder.last.headers["Authorization"] == "Bearer token"
    assert "tier None" in repr(client)


@pytest.mark.parametrize("derive", ["with_options", "with_raw_response"])
def test_a_service_that_was_replaced_stays_with_other_options(
    side: Side, derive: str
) -> None:
    class Shop(Website[t.Any]):
        """A website with endpoints of its own."""

        color = "blue"

    client = side.kind("i", "k", transport=side.recorder())
    other = side.kind("i", "k", transport=side.recorder())
    fake: t.Any = object()
    client.website, client.plan, client.media = Shop(client), fake, other.media

    derived: t.Any = client.with_raw_response
    if derive == "with_options":
        derived = client.with_options(timeout=1)

    assert derived.website.color == "blue"
    assert derived.website.core is derived.core
    assert derived.plan is fake
    assert derived.media is other.media
    assert client.website.core is client.core


def test_two_clients_share_nothing() -> None:
    first, second = Recorder(), Recorder()
    one = Crisp("one", "key", tier="plugin", transport=first)
    two = Crisp("two", "key", base_url="https://other.example/v3/", transport=second)

    one.website.session.headers["X-Only"] = "one"
    one.website.get_website("w")
    two.website.get_website("w")

    assert second.last.headers["X-Crisp-Tier"] == "user"
    assert "X-Only" not in second.last.headers
    assert second.last.url == "https://other.example/v3/website/w"
    assert first.last.url == "https://api.crisp.chat/v1/website/w"


def test_a_client_takes_a_session_of_requests(server: Recording) -> None:
    with requests.Session() as session:
        with Crisp("i", "k", base_url=server.url, transport=session) as client:
            client.website.get_website("w")

        # A transport that was passed stays open.
        assert session.get(server.url, timeout=5).status_code == 200
    assert len(server.seen) == 2


def test_a_transport_that_was_given_is_not_closed() -> None:
    class Closing(Recorder):
        is_closed = False

        def close(self) -> None:
            self.is_closed = True

    first, second = Closing(), Closing()
    with Crisp("i", "k", transport=first) as client:
        client.website.get_website("w")

    async def main() -> None:
        async with AsyncCrisp("i", "k", transport=second) as client:
            await client.website.get_website("w")

    asyncio.run(main())

    assert (first.is_closed, second.is_closed) == (False, False)


def test_responses_can_replace_the_network() -> None:
    with responses.RequestsMock() as mock:
        mock.get("https://api.crisp.chat/v1/website/w", body=envelope({"name": "Acme"}))

        assert Crisp("i", "k").website.get_website("w") == {"name": "Acme"}


def test_an_async_client_takes_a_session_of_aiohttp(server: Recording) -> None:
    async def main() -> None:
        async with aiohttp.ClientSession() as session:
            async with AsyncCrisp(
                "i", "k", base_url=server.url, transport=session
            ) as client:
                await client.website.get_website("w")
            assert not session.closed

    asyncio.run(main())

    assert server.last.headers["authorization"] == basic("i", "k")


def test_an_async_client_refuses_a_session_of_requests() -> None:
    with (
        requests.Session() as session,
        pytest.raises(TypeError, match=r"takes an aiohttp\.ClientSession"),
    ):
        AsyncCrisp(transport=session)  # type: ignore[arg-type]


def test_a_session_of_aiohttp_that_would_read_netrc_is_refused() -> None:
    async def main() -> None:
        async with aiohttp.ClientSession(trust_env=True) as session:
            AsyncCrisp("i", "k", transport=session)

    with pytest.raises(ValueError, match=r"trust_env, which would read ~/\.netrc"):
        asyncio.run(main())


def test_a_session_of_aiohttp_that_raises_does_not_here(server: Recording) -> None:
    server.status, server.body = 404, envelope({}, error=True)

    async def main() -> None:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            client = AsyncCrisp("i", "k", base_url=server.url, transport=session)
            await client.website.get_website("w")

    with pytest.raises(NotFoundError):
        asyncio.run(main())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("X-Tag", value) for value in ("a\r\nb", "\x00", "€", " a", "a\t")),
        *((name, "a") for name in ("", "X:y", "X y", "é", "X\r\nY", "X\x00")),
        *((name, "5") for name in ("Content-Length", "transfer-encoding", "Host")),
    ],
)
def test_a_header_that_cannot_be_sent_is_refused(name: str, value: str) -> None:
    recorder = Recorder()
    client = Crisp("i", "k", transport=recorder)
    client.website.session.headers[name] = value

    with pytest.raises(ValueError, match="header"):
        client.website.get_website("w")
    assert recorder.sent == []


def test_an_async_client_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "crisp_api.transport.aiohttp_", None)

    with pytest.raises(ImportError, match='pip install "aiohttp>='):
        AsyncCrisp()


def test_an_async_call_refuses_its_arguments_in_the_event_loop() -> None:
    recorder = AsyncRecorder()

    async def main() -> list[object]:
        client = AsyncCrisp("i", "k", transport=recorder)
        calls: list[t.Any] = [
            client.website.get_conversation("", ".."),
            client.website.list_conversations("w", search_query=object()),  # type: ignore[arg-type]
            client.website.create_website("text"),  # type: ignore[arg-type]
            client.get("/a/../b"),
            client.website.get_website("w"),
        ]
        return list(await asyncio.gather(*calls, return_exceptions=True))

    *refused, good = asyncio.run(main())

    assert [type(error) for error in refused] == [
        ValueError,
        TypeError,
        TypeError,
        ValueError,
    ]
    assert "website_id is ''" in str(refused[0])
    assert good == {}
    assert len(recorder.sent) == 1


def test_a_client_sends_calls_by_hand(side: Side) -> None:
    recorder = side.recorder(envelope({"a": 1}))
    client = side.client(transport=recorder)

    assert side.run(lambda: client.get("/website/w")) == {"a": 1}
    assert side.run(lambda: client.head("/website/w")) is True
    assert [request.method for request in recorder.sent] == ["GET", "HEAD"]


@pytest.mark.parametrize("name", crisp_api.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(crisp_api, name)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="'crisp_api' has no attribute 'Crsp'"):
        crisp_api.Crsp  # noqa: B018
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        crisp_api.transport.nope  # noqa: B018


@pytest.mark.parametrize(
    "url", ["http://api.example/v1/", "http://10.0.0.7:80", "http://localhost.example"]
)
def test_an_address_that_would_show_the_token_is_warned_of(url: str) -> None:
    for name_it in (
        lambda: Crisp("i", "k", base_url=url),
        lambda: AsyncCrisp("i", "k", base_url=url),
        lambda: Crisp("i", "k").set_rest_host(url),
    ):
        with pytest.warns(UserWarning, match="are not encrypted") as warned:
            name_it()
        # The line of the program, for which Python warns once.
        assert [one.filename for one in warned] == [__file__]


@pytest.mark.parametrize(
    "url",
    ["https://api.example", "http://127.0.0.9:1", "http://[::1]", "http://localhost"],
)
def test_an_address_that_would_not_is_not(url: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Crisp("i", "k", base_url=url).set_rest_host(url)

    assert [str(one.message) for one in caught] == []


def test_consumers_of_a_subclass_have_its_options_too(side: Side) -> None:
    class Own(side.kind):  # type: ignore[name-defined, misc]
        def __init__(self, **options: t.Any) -> None:
            super().__init__("i", "k", **options)
            self.more = endpoints.Website(self)
            self.others = endpoints.Website(Crisp(transport=other, timeout=3))

    recorder, other = Recorder(), Recorder()
    client: t.Any = Own(transport=recorder)
    patient: t.Any = client.with_options(timeout=60)

    side.run(lambda: patient.more.get_website("w"))
    assert recorder.last.timeout == 60
    side.run(lambda: client.more.get_website("w"))
    assert recorder.last.timeout == 10
    patient.others.get_website("w")
    assert other.last.timeout == 3
    assert patient.others is client.others


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"limit": 3}, r"limit must be a Limit, as in Limit\(60, per=60\), not 3"),
        ({"transport": 3}, r"transport must have a method send\(request\), .* not int"),
        ({"on_request": 3}, "on_request must be a function of an attempt, not 3"),
    ],
)
def test_an_option_of_another_kind_is_refused_when_the_client_is_made(
    side: Side, options: dict[str, t.Any], problem: str
) -> None:
    with pytest.raises(TypeError, match=problem):
        side.client(**options)


def test_a_hook_that_would_have_to_be_awaited_is_refused(side: Side) -> None:
    async def hook(attempt: Attempt) -> None: ...

    with pytest.raises(TypeError, match="on_retry must be a plain function"):
        side.client(on_retry=hook)


def test_a_consumer_is_made_with_a_client() -> None:
    website: t.Any = endpoints.Website

    with pytest.raises(TypeError, match=r"Website\(\) takes a Crisp or an AsyncCrisp"):
        website("https://api.crisp.chat")


def test_positional_filters_are_refused_with_their_names() -> None:
    website: t.Any = Crisp("i", "k", transport=Recorder()).website

    with pytest.raises(TypeError, match="pass filters by name"):
        website.list_conversations("w", 1, {"filter_unread": True})


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_call_that_is_never_awaited_is_named() -> None:
    client = AsyncCrisp("i", "k", transport=Recorder())

    with pytest.warns(
        RuntimeWarning, match=r"'website\.get_website' was never awaited"
    ):
        client.website.get_website("w")  # type: ignore[unused-coroutine]


def test_a_raw_response_has_status_headers_and_request(side: Side) -> None:
    recorder = Recorder(envelope({"name": "Acme"}))
    client = side.client(tier="plugin", transport=recorder)

    raw = side.run(lambda: client.with_raw_response.website.get_website("w"))
    nothing = side.run(lambda: client.with_raw_response.website.delete_website("w"))

    assert (raw.data, raw.status) == ({"name": "Acme"}, 200)
    assert raw.request.url == "https://api.crisp.chat/v1/website/w"
    assert raw.request.headers["Authorization"] == "***"
    assert (nothing.data, nothing.status) == (None, 200)
    assert side.run(lambda: client.website.get_website("w")) == {"name": "Acme"}


def test_a_raw_response_is_an_error_where_a_plain_one_is(side: Side) -> None:
    recorder = Recorder(envelope({}, error=True, reason="r"), 404)
    raw = side.client(transport=recorder).with_raw_response

    with pytest.raises(NotFoundError):
        side.run(lambda: raw.website.get_website("w"))
    assert side.run(lambda: raw.head("/a")).data is False


MESSAGE: t.Any = {"type": "text", "from": "user", "origin": "chat", "content": "x"}
WHEN = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
SEVERAL: dict[str, t.Callable[[t.Any], object]] = {
    "open": lambda raw: jobs.open_conversation(raw, "w", MESSAGE),
    "upsert": lambda raw: jobs.upsert_contact(raw, "w", {"email": "a@acme.example"}),
    "resolve": lambda raw: jobs.resolve_stale(raw, "w", before=WHEN),
    "export": lambda raw: jobs.export_conversations(raw, "w", "none.jsonl"),
    "people": lambda raw: jobs.export_people(raw, "w", "none.jsonl"),
    "request": lambda raw: jobs.request_upload(raw, "w", "a.png", "image/png"),
    "upload": lambda raw: jobs.upload(raw, t.cast("t.Any", {}), b""),
    "send_once": lambda raw: send_once(raw, "w", "session_1", MESSAGE),
    "history": lambda raw: history(raw, "w", "session_1"),
    "paginate": lambda raw: paginate(raw.website.list_conversations, "w"),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_what_makes_several_calls_takes_no_client_with_raw_responses(
    side: Side, name: str
) -> None:
    recorder = side.recorder()
    raw = side.client(transport=recorder).with_raw_response

    with pytest.raises(TypeError, match="pass the client itself, not client"):
        side.run(lambda: SEVERAL[name](raw))

    assert recorder.sent == []
    assert not pathlib.Path("none.jsonl").exists()


def test_an_unknown_option_of_with_options_is_named() -> None:
    client: t.Any = Crisp("i", "k")

    with pytest.raises(TypeError, match=r"no option 'tries'; it has timeout, deadline"):
        client.with_options(tries=3)


def test_a_raw_response_passes_through_hooks_of_uplink() -> None:
    raw: t.Any = Crisp("i", "k", transport=Recorder(envelope(["a"]))).with_raw_response
    raw.website.session.headers["X-Tag"] = "t"

    assert raw.website.get_website("w").data == ["a"]
    assert raw.website.get_website("w").request.headers["X-Tag"] == "t"


def test_the_status_of_a_response_can_be_of_pythons_enumeration(side: Side) -> None:
    recorder = side.recorder(ENVELOPE, http.HTTPStatus.OK)
    client = side.client(transport=recorder)

    raw = side.run(lambda: client.with_raw_response.website.get_website("w"))

    assert raw.status == 200
