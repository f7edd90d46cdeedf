"""Answer everybody who waits, and nobody twice.

A visitor is answered if the last message of the conversation is theirs. The answer has
a fingerprint that is derived from that message, so a program that is killed and started
again does not answer a second time. Run it from a scheduler, for example every minute.
A program that should answer at once can use webhooks or a real-time connection instead.
"""

from __future__ import annotations

import hashlib
import os

from crisp_api import Crisp, paginate, send_once
from crisp_api import types as ty
from crisp_api.jobs import open_conversation
from crisp_api.sandbox import Sandbox

ANSWER = "Thank you! We are looking into it, and will be back within a day."


def answer_all(client: Crisp, website_id: str) -> int:
    """Answer all visitors who wait, and return how many there were."""
    answered = 0
    # The answers change what the list is filtered on, so all of it is listed first.
    for conversation in paginate(
        client.website.list_conversations,
        website_id,
        filter_not_resolved=True,
        snapshot=True,
    ):
        session_id = conversation["session_id"]
        messages = client.website.get_messages_in_conversation(website_id, session_id)
        spoken = [one for one in messages if one["type"] not in {"event", "note"}]
        if not spoken or spoken[-1]["from"] != "user":
            continue
        message: ty.ConversationTextMessageNew = {
            "type": "text",
            "from": "operator",
            "origin": "chat",
            "content": ANSWER,
            "automated": True,
            "fingerprint": derived(spoken[-1]["fingerprint"]),
        }
        send_once(client, website_id, session_id, message)
        answered += 1
    return answered


def derived(fingerprint: int) -> int:
    """Return another fingerprint, always the same for the same message."""
    digest = hashlib.sha256(f"answer to {fingerprint}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 10**15


def connect() -> tuple[Crisp, str]:
    """Return a client and a website ID: of the environment, or of a sandbox."""
    if "CRISP_IDENTIFIER" in os.environ:
        return Crisp.from_env(), os.environ["CRISP_WEBSITE_ID"]
    sandbox = Sandbox()
    client = Crisp("identifier", "key", transport=sandbox)
    for question in ("Where is my parcel?", "Do you ship to France?"):
        open_conversation(
            client,
            sandbox.website_id,
            {"type": "text", "from": "user", "origin": "chat", "content": question},
        )
    return client, sandbox.website_id


def main() -> None:
    """Answer twice: the second time, nobody waits."""
    client, website_id = connect()
    print(f"Answered {answer_all(client, website_id)} visitors")
    print(f"Answered {answer_all(client, website_id)} visitors")


if __name__ == "__main__":
    main()
