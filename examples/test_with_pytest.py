"""Test a program that uses Crisp, with pytest and the sandbox.

The program takes its client as an argument, so a test can pass one that calls a
sandbox. The fixtures ``crisp``, ``crisp_sandbox`` and ``crisp_visitor`` come with the
package. Run it with ``pytest examples/test_with_pytest.py``.
"""

from __future__ import annotations

import pytest

from crisp_api import Crisp, NotFoundError, ServerError
from crisp_api.sandbox import Sandbox, Visitor

pytestmark = pytest.mark.usefixtures("crisp_block_network")


def answer(client: Crisp, website_id: str) -> int:
    """Answer the visitors who wait, by name: the program to test."""
    waiting = client.website.list_conversations(website_id, filter_unread=True)
    for conversation in waiting:
        greet(client, website_id, conversation["session_id"])
    return len(waiting)


def greet(client: Crisp, website_id: str, session_id: str) -> None:
    """Greet the visitor of a conversation by name, and mark it as read."""
    place = (website_id, session_id)
    metas = client.website.get_conversation_metas(*place)
    client.website.send_message_in_conversation(
        *place,
        {
            "type": "text",
            "from": "operator",
            "origin": "chat",
            "content": f"Hello {metas['nickname']}!",
        },
    )
    client.website.mark_messages_read_in_conversation(
        *place, {"from": "user", "origin": "chat"}
    )


def test_a_visitor_is_greeted_by_name(crisp: Crisp, crisp_sandbox: Sandbox) -> None:
    visitor = crisp_sandbox.visitor(nickname="Jane")
    visitor.say("Hi")

    assert answer(crisp, crisp_sandbox.website_id) == 1

    assert visitor.sees() == ["Hi", "Hello Jane!"]
    crisp_sandbox.assert_sent("send_message_in_conversation", content="Hello Jane!")
    assert answer(crisp, crisp_sandbox.website_id) == 0


def test_a_visitor_who_wrote_nothing_is_left_alone(
    crisp: Crisp, crisp_visitor: Visitor
) -> None:
    answer(crisp, crisp_visitor.website_id)

    assert crisp_visitor.sees() == []


def test_an_unknown_conversation_is_an_error(
    crisp: Crisp, crisp_sandbox: Sandbox
) -> None:
    with pytest.raises(NotFoundError):
        greet(crisp, crisp_sandbox.website_id, "session_unknown")


def test_a_message_that_is_lost_is_sent_the_next_time(
    crisp: Crisp, crisp_sandbox: Sandbox, crisp_visitor: Visitor
) -> None:
    crisp_visitor.say("Hi")
    crisp_sandbox.fail("send_message_in_conversation", status=500)

    with pytest.raises(ServerError):
        answer(crisp, crisp_sandbox.website_id)
    answer(crisp, crisp_sandbox.website_id)

    assert len(crisp_visitor.sees()) == 2
