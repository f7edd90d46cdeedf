"""Test a program that uses Crisp, with pytest and the sandbox.

The program takes its client as an argument, so a test can pass one that has a sandbox
as its transport. Run it with ``pytest examples/test_with_pytest.py``.
"""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import Crisp, NotFoundError
from crisp_api.jobs import open_conversation
from crisp_api.sandbox import Sandbox


def greet(client: Crisp, website_id: str, session_id: str) -> None:
    """Greet the visitor by name: the program to test."""
    metas = client.website.get_conversation_metas(website_id, session_id)
    client.website.send_message_in_conversation(
        website_id,
        session_id,
        {
            "type": "text",
            "from": "operator",
            "origin": "chat",
            "content": f"Hello {metas['nickname']}!",
        },
    )


@pytest.fixture
def sandbox() -> Sandbox:
    """A website of its own for each test."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> t.Iterator[Crisp]:
    """A client that sends nothing to Crisp."""
    with Crisp("identifier", "key", transport=sandbox) as client:
        yield client


def test_a_visitor_is_greeted_by_name(client: Crisp, sandbox: Sandbox) -> None:
    opened = open_conversation(
        client,
        sandbox.website_id,
        {"type": "text", "from": "user", "origin": "chat", "content": "Hi"},
        metas={"nickname": "Jane"},
    )

    greet(client, sandbox.website_id, opened["session_id"])

    messages = client.website.get_messages_in_conversation(
        sandbox.website_id, opened["session_id"]
    )
    assert messages[-1]["content"] == "Hello Jane!"


def test_an_unknown_conversation_is_an_error(client: Crisp, sandbox: Sandbox) -> None:
    with pytest.raises(NotFoundError):
        greet(client, sandbox.website_id, "session_unknown")
