"""The pytest plugin, in runs of pytest of their own."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import typing as t

import pytest

from crisp_api import AsyncCrisp, Crisp, testing
from crisp_api.sandbox import Sandbox

PROGRAM: t.Final = '''
"""A bot that answers unread conversations, and one that listens."""

def text(content):
    return {"type": "text", "from": "operator", "origin": "chat", "content": content}

def answer(client, website_id):
    for one in client.website.list_conversations(website_id, filter_unread=True):
        client.website.send_message_in_conversation(
            website_id, one["session_id"], text("Hi!")
        )

async def listen(client):
    async for event in client.listen("message:send"):
        data = event.data
        await client.website.send_message_in_conversation(
            event.website_id, data["session_id"], text("Hi!")
        )
'''


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a program, and nothing of this project's configuration."""
    pytester.makepyfile(program=PROGRAM)
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    return pytester


def run(project: pytest.Pytester, source: str, *options: str) -> pytest.RunResult:
    project.makepyfile(test_it=source)
    others = [] if options else ["-p", "no:asyncio"]
    return project.runpytest_subprocess(*others, *options)


def test_a_bot_is_tested_with_the_fixtures(project: pytest.Pytester) -> None:
    source = """
        import pytest
        from program import answer

        def test_the_bot_greets(crisp, crisp_sandbox, crisp_visitor):
            crisp_visitor.say("Hello")
            answer(crisp, crisp_sandbox.website_id)
            assert crisp_visitor.sees() == ["Hello", "Hi!"]
            crisp_sandbox.assert_sent("send_message_in_conversation", content="Hi!")

        def test_another_test_has_another_sandbox(crisp_sandbox):
            assert crisp_sandbox.requests == []

        def test_what_was_not_sent_is_shown(crisp, crisp_sandbox, crisp_visitor):
            crisp_visitor.say("Hello")
            answer(crisp, crisp_sandbox.website_id)
            crisp_sandbox.assert_sent("send_message_in_conversation", content="Bye")
    """

    result = run(project, source)

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*send_message_in_conversation(content='Bye') was not sent, but:",
            "*  1. content is 'Hi!'",
        ]
    )
    # The traceback ends in the test.
    result.stdout.no_fnmatch_line("*sent.py*")


@pytest.mark.parametrize(
    ("mark", "options"),
    [
        ("@pytest.mark.asyncio", ["-p", "no:anyio"]),
        ("@pytest.mark.anyio", ["-p", "no:asyncio"]),
    ],
    ids=["pytest-asyncio", "anyio"],
)
def test_an_async_bot_is_tested(
    project: pytest.Pytester, mark: str, options: list[str]
) -> None:
    source = f"""
        import asyncio
        import pytest
        from program import listen

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        {mark}
        async def test_the_bot_answers(async_crisp, crisp_visitor):
            bot = asyncio.create_task(listen(async_crisp))
            await asyncio.sleep(0)
            crisp_visitor.say("Hello")
            assert await crisp_visitor.wait_for_answer_async() == "Hi!"
            bot.cancel()
    """

    scope = "asyncio_default_fixture_loop_scope=function"
    options = [*options, "-o", scope] if "no:anyio" in options else options

    run(project, source, *options).assert_outcomes(passed=1)


def test_a_request_to_crisp_fails_the_test(project: pytest.Pytester) -> None:
    source = """
        import asyncio
        import socket
        import urllib.request
        import pytest
        from crisp_api import AsyncCrisp, Crisp
        from crisp_api.testing import NetworkBlockedError

        pytestmark = pytest.mark.usefixtures("crisp_block_network")

        def test_a_client():
            Crisp("i", "k").website.get_website("w")

        def test_an_async_client():
            async def main():
                async with AsyncCrisp("i", "k") as client:
                    await client.website.get_website("w")
            asyncio.run(main())

        def test_a_client_behind_a_proxy(monkeypatch):
            monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
            Crisp("i", "k").website.get_website("w")

        def test_another_library():
            urllib.request.urlopen("https://API.crisp.chat./v1/")

        def test_an_error_that_is_ignored():
            with pytest.raises(NetworkBlockedError):
                socket.create_connection((b"api.crisp.chat", 443))

        def test_another_host():
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.1", 9))
            with pytest.raises(OSError):
                Crisp("i", "k", base_url="http://127.0.0.1:9/v1/").website.get_website("w")

        def test_a_sandbox(crisp, crisp_sandbox):
            crisp.website.get_website(crisp_sandbox.website_id)
    """

    result = run(project, source)

    # Each of the first five fails at its end as well.
    result.assert_outcomes(passed=3, failed=4, errors=5)
    result.stdout.fnmatch_lines(
        ["*NetworkBlockedError: the test would have reached api.crisp.chat; pass *"]
    )


# --- in this run of pytest, which is measured


def test_the_block_raises_an_error_for_hosts_of_crisp() -> None:
    with testing.block_network() as hosts:
        for name in ("api.crisp.chat", b"client.relay.CRISP.im."):
            with pytest.raises(testing.NetworkBlockedError, match="pass transport="):
                socket.getaddrinfo(name, 443)
        with pytest.raises(testing.NetworkBlockedError):
            Crisp("i", "k").website.get_website("w")
        assert socket.getaddrinfo("127.0.0.1", 80)
        with pytest.raises(ConnectionError):
            Crisp(
                "i", "k", base_url="http://127.0.0.1:9/v1/", retry=None
            ).website.get_website("w")

    assert hosts == ["api.crisp.chat", "client.relay.CRISP.im.", "api.crisp.chat"]
    with pytest.raises(testing.NetworkBlockedError, match=r"reached api\.crisp\.chat"):
        testing.check_unreached(hosts)
    testing.check_unreached([])


def test_the_async_client_calls_the_sandbox(
    async_crisp: AsyncCrisp, crisp_sandbox: Sandbox
) -> None:
    async def call() -> str:
        found = await async_crisp.website.get_website(crisp_sandbox.website_id)
        return found["name"]

    assert asyncio.run(call()) == "Sandbox"


def test_the_plugin_imports_little_before_it_is_used() -> None:
    program = (
        "import sys, crisp_api.testing.plugin\n"
        "heavy = {'requests', 'uplink', 'aiohttp', 'socketio'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_helpers_are_imported_when_used() -> None:
    assert "block_network" in dir(testing)
    with pytest.raises(AttributeError, match="no attribute 'signed'"):
        getattr(testing, "signed")  # noqa: B009 - type checkers see it otherwise
