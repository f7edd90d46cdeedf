"""The clients: credentials, where they send, what they are made of."""

from __future__ import annotations

import asyncio
import base64
import copy
import pickle
import sys
import typing as t
import warnings

import aiohttp
import pytest
import requests
import responses

import crisp_api
from crisp_api import AsyncCrisp, AuthenticationError, Crisp, NotFoundError, endpoints
from crisp_api.auth import AuthHook
from crisp_api.sandbox import Sandbox
from tests.support.clients import Side
from tests.support.doubles import AsyncRecorder, Recorder, envelope
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
        ("", "key", "identifier must be text"),
        ("id", "", "key must be text"),
        ("id", "secret\n", "key must be text"),
        ("id:secret", "secret", "identifier must not hold a colon"),
    ],
)
def test_credentials_that_cannot_be_are_refused_and_not_shown(
    identifier: str, key: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        Crisp().authenticate(identifier, key)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("bad", [b"identifier", 7, None])
def test_credentials_that_are_no_text_are_refused(bad: t.Any) -> None:
    with pytest.raises(ValueError, match="identifier must be text"):
        Crisp().authenticate(bad, "key")


def test_half_a_keypair_is_refused() -> None:
    with pytest.raises(ValueError, match="key must be text"):
        Crisp("identifier")
    with pytest.raises(ValueError, match="identifier must be text"):
        Crisp(key="key")


@pytest.mark.parametrize("tier", ["", "admin", "Plugin", None])
def test_an_unknown_tier_is_refused(tier: t.Any) -> None:
    with pytest.raises(
        ValueError, match=r"tier must be 'user', 'website' or 'plugin'$"
    ):
        Crisp().set_tier(tier)


def test_a_refused_token_is_told_its_tier() -> None:
    client = Crisp("i", "k", transport=Sandbox(tokens=[("i", "k", "plugin")]))

    with pytest.raises(
        AuthenticationError, match=r"the tier in use is 'user'.*set_tier"
    ):
        client.website.get_website("w")

    client.set_tier("plugin")
    assert client.website.check_website_exists("sandbox.example")


def test_a_call_without_credentials_is_told_so() -> None:
    client = Crisp(transport=Sandbox())

    with pytest.raises(AuthenticationError, match="no credentials were sent"):
        client.website.get_website("w")


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
        pickle.dumps(client._auth)
    assert "s3cret" not in repr(client) + repr(client._auth) + repr(client.website)
    name = side.kind.__name__
    assert repr(client) == f"<{name} https://api.crisp.chat/v1/, tier 'user'>"
    assert repr(AuthHook()) == "<AuthHook unsigned, tier 'user'>"


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

        # What was given stays open.
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


def test_responses_can_stand_in_for_the_network() -> None:
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

    with pytest.raises(ImportError, match=r"pip install 'crisp-api\[async\]'"):
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
        # Where a program says it, which Python warns of once.
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
