"""The served sandbox over Socket.IO, with the clients of this library."""

from __future__ import annotations

import asyncio
import typing as t

import pytest
import socketio

from crisp_api import AsyncCrisp, Crisp
from crisp_api.errors import AuthenticationError, RealtimeError
from crisp_api.realtime import Backoff
from crisp_api.sandbox import Sandbox, Token
from crisp_api.sandbox.refusals import Refusal
from crisp_api.types import Tier

FAST: t.Final = Backoff(floor=0.001, cap=0.001)
BOTH: t.Final = ("message:send", "session:set_state")


def crisp(url: str, tier: Tier = "plugin") -> Crisp:
    return Crisp("i", "k", tier=tier, base_url=url)


def content(event: t.Any) -> t.Any:
    return event.data.get("content", event.name)


@pytest.mark.parametrize("tier", t.get_args(Tier))
def test_a_client_hears_a_visitor(tier: Tier) -> None:
    sandbox = Sandbox()
    visitor = sandbox.visitor()
    with (
        sandbox.serve() as url,
        crisp(url, tier).listen(
            "message:send", website_id=sandbox.website_id, timeout=10
        ) as events,
    ):
        assert events.wait_until_connected(10)
        visitor.say("Hello")
        assert content(next(events)) == "Hello"


def test_an_async_client_hears_a_visitor() -> None:
    sandbox = Sandbox()
    visitor = sandbox.visitor()

    async def bot(url: str) -> str:
        async with (
            AsyncCrisp("i", "k", tier="plugin", base_url=url) as client,
            client.listen("message:send", timeout=10) as events,
        ):
            assert await events.wait_until_connected(10)
            visitor.say("Hello")
            return str(content(await anext(events)))

    with sandbox.serve() as url:
        assert asyncio.run(bot(url)) == "Hello"


def test_a_client_comes_back_after_a_gap() -> None:
    sandbox = Sandbox()
    visitor = sandbox.visitor()
    with (
        sandbox.serve() as url,
        crisp(url).listen("message:send", timeout=10, backoff=FAST) as events,
    ):
        assert events.wait_until_connected(10)
        with sandbox.offline():
            visitor.say("lost")
        gap = next(events)
        visitor.say("heard")

        assert gap.name == "crisp:reconnected"
        assert content(next(events)) == "heard"


def test_a_token_that_is_not_known_is_refused() -> None:
    sandbox = Sandbox(tokens=[("i", "other", "plugin")])

    with sandbox.serve() as url, Raw(url) as raw:
        raw.emit("authentication", hello())
        assert raw.receive() == ("unauthorized", {"message": "invalid_session"})
        raw.wait_for_end()


@pytest.mark.parametrize(
    "payload",
    [None, [], {}, {"username": 1}, {"username": "i", "password": "k", "tier": "x"}],
)
def test_a_message_that_is_no_token_is_refused(payload: t.Any) -> None:
    with Sandbox().serve() as url, Raw(url) as raw:
        raw.emit("authentication", payload)
        assert raw.receive()[0] == "unauthorized"


def test_a_client_without_a_token_is_disconnected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crisp_api.sandbox.server.socketio._PATIENCE", 0.0)

    with Sandbox().serve() as url, Raw(url) as raw:
        raw.wait_for_end()


def test_our_client_ends_if_its_token_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Only the real-time server refuses it: the REST API does not see it.
    sandbox = Sandbox()
    with sandbox.serve() as url:
        client = crisp(url)
        monkeypatch.setattr(sandbox._engine.tokens, "known", refuse)
        with (
            client.listen("message:send", timeout=10) as events,
            pytest.raises((RealtimeError, AuthenticationError)),
        ):
            next(events)


def refuse(*_: str) -> t.Any:
    raise Refusal(401, "invalid_session")


def test_a_client_changes_the_events_that_it_hears() -> None:
    sandbox = Sandbox()
    visitor, operator = sandbox.visitor(), sandbox.operator()
    send, state = "message:send", "session:set_state"
    with sandbox.serve() as url, Raw(url) as raw:
        # Without a token, it binds nothing.
        for change in ("socket:bind", "socket:bind:push", "socket:bind:pop"):
            raw.emit(change, {"events": [send]})
        raw.join([send])
        visitor.say("Hello")
        assert raw.receive()[0] == send
        for change, events, heard in (
            ("socket:bind:push", [state], {send, state}),
            ("socket:bind:pop", [send], {state}),
            ("socket:bind", [send], {send}),
            ("socket:bind", [], {send}),
        ):
            raw.emit(change, {"events": events})
            raw.settle()
            operator.resolves(visitor)
            visitor.say("Hello")
            raw.emit("socket:bind:push", {"events": ["session:sync:rating"]})
            raw.settle()
            visitor.rates(5)
            assert {name for name, _ in raw.until("session:sync:rating")} == heard
            raw.emit("socket:bind:pop", {"events": ["session:sync:rating"]})


def test_a_plugin_hears_websites_that_have_installed_it() -> None:
    sandbox = Sandbox()
    visitor = sandbox.visitor()
    client = visitor.client
    plugin = (sandbox.website_id, sandbox.plugin_id)
    client.plugin.unsubscribe_plugin_from_website(*plugin)
    with sandbox.serve() as url, Raw(url) as raw:
        raw.join(["message:send"])
        visitor.say("lost")
        client.plugin.subscribe_plugin_to_website(
            sandbox.website_id, {"plugin_id": sandbox.plugin_id}
        )
        visitor.say("lost, too")
        raw.emit("socket:bind", {})
        raw.settle()
        visitor.say("heard")

        assert raw.receive()[1]["content"] == "heard"


def test_a_scope_is_needed_to_hear() -> None:
    scope = "website:conversation:messages:read"
    sandbox = Sandbox(tokens=[Token("i", "k", "plugin", [scope])])
    visitor = sandbox.visitor()
    with sandbox.serve() as url, Raw(url) as raw:
        raw.join(["message:send", "session:sync:rating", "campaign:running"])
        visitor.rates(5)
        visitor.say("Hello")

        assert raw.receive()[0] == "message:send"


def test_the_address_of_before_a_gap_is_refused() -> None:
    sandbox = Sandbox()
    with sandbox.serve() as url:
        before = crisp(url).plugin.get_connect_endpoints()["socket"]["app"]
        refused = pytest.raises(socketio.exceptions.ConnectionError)
        with sandbox.offline(), refused, Raw(url):
            pass
        after = crisp(url).plugin.get_connect_endpoints()["socket"]["app"]

        with pytest.raises(socketio.exceptions.ConnectionError), Raw(before):
            pass
        with Raw(after) as raw:
            raw.join(["message:send"])


def hello(**more: t.Any) -> dict[str, t.Any]:
    return {"username": "i", "password": "k", "tier": "plugin", **more}


class Raw:
    """A plain client of Socket.IO.

    Args:
        url: the address of the API, or of the real-time server.
    """

    def __init__(self, url: str) -> None:
        self._url = url.replace("/v1/", "").replace("/realtime/", "/")
        self._client = socketio.SimpleClient(handle_sigint=False, reconnection=False)

    def __enter__(self) -> t.Self:
        self._client.connect(
            self._url, transports=["websocket"], socketio_path="realtime"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()

    def join(self, events: list[str], **more: t.Any) -> None:
        """Send the token."""
        self.emit("authentication", hello(events=events, **more))
        assert self.receive() == ("authenticated", True)

    def emit(self, name: str, payload: t.Any) -> None:
        self._client.emit(name, payload)

    def settle(self) -> None:
        """Wait until the server has read all that was sent."""
        self._client.call("socket:bind:push", {}, timeout=10)

    def receive(self) -> tuple[str, t.Any]:
        name, payload = self._client.receive(timeout=10)
        return name, payload

    def until(self, last: str) -> list[tuple[str, t.Any]]:
        """Return what is received before an event."""
        found: list[tuple[str, t.Any]] = []
        while (received := self.receive())[0] != last:
            found.append(received)
        return found

    def wait_for_end(self) -> None:
        self._client.client.wait()
        assert not self._client.client.connected


def test_a_sandbox_is_served_twice() -> None:
    sandbox = Sandbox()

    def address(url: str) -> str:
        return str(crisp(url).plugin.get_connect_endpoints()["socket"]["app"])

    with sandbox.serve() as first:
        with sandbox.serve() as second:
            assert address(first).startswith(second.removesuffix("/v1/"))
        assert address(first).startswith(first.removesuffix("/v1/"))
