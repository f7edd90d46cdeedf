"""The responses of the benchmarks' server and transport: Crisp's envelopes."""

from __future__ import annotations

import json
import pathlib
import typing as t

PER_PAGE: t.Final = 50
# One of 1.5 KB, as a website has them.
CONVERSATION: t.Final[dict[str, object]] = json.loads(
    pathlib.Path(__file__).with_name("conversation.json").read_bytes()
)


def envelope(data: object) -> bytes:
    """Return the body of a response."""
    answer = {"error": False, "reason": "resolved", "data": data}
    return json.dumps(answer, separators=(",", ":")).encode()


def conversations(first: int, last: int) -> list[dict[str, object]]:
    """Return the conversations from a number up to another, which is excluded."""
    return [
        {**CONVERSATION, "session_id": f"session_322392d8-467a-5c04-8744-{number:012}"}
        for number in range(first, last)
    ]


def page(number: int, total: int) -> list[dict[str, object]]:
    """Return a page of so many conversations; after the last, an empty one."""
    first = (number - 1) * PER_PAGE
    return conversations(first, min(first + PER_PAGE, total))


def messages(session_id: str) -> list[dict[str, object]]:
    """Return the two messages of a conversation."""
    return [
        {
            "session_id": session_id,
            "website_id": CONVERSATION["website_id"],
            "type": "text",
            "from": sender,
            "origin": "chat",
            "content": CONVERSATION["last_message"],
            "fingerprint": 176722560000000 + number,
            "timestamp": 1767225600000 + number,
        }
        for number, sender in enumerate(("user", "operator"))
    ]
