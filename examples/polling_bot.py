"""Answer unread conversations on all websites of a plugin: a bot that polls.

It needs no public URL and no real-time connection. Run it from a scheduler, such as
cron. To run it on Crisp, set ``CRISP_IDENTIFIER`` and ``CRISP_KEY``, and ``CRISP_TIER``
to ``plugin``.
"""

from __future__ import annotations

import os
import typing as t

from crisp_api import Crisp, paginate
from crisp_api import types as ty
from crisp_api.sandbox import Sandbox

ANSWER: t.Final[ty.ConversationTextMessageNew] = {
    "type": "text",
    "from": "operator",
    "origin": "chat",
    "content": "Thank you for your message. We answer within an hour.",
    "automated": True,
}


def answer_all(client: Crisp) -> int:
    """Answer each unread conversation, and return how many there were."""
    plugin_id = client.plugin.get_connect_account()["plugin_id"]
    print(f"This is the plugin {plugin_id}")
    count = 0
    for website in paginate(client.plugin.list_all_connect_websites):
        website_id = website["website_id"]
        # All of them first: an answered conversation leaves the list.
        unread = list(
            paginate(client.website.list_conversations, website_id, filter_unread=True)
        )
        for conversation in unread:
            place = (website_id, conversation["session_id"])
            client.website.send_message_in_conversation(*place, ANSWER)
            client.website.mark_messages_read_in_conversation(*place, {"from": "user"})
        print(f"{website_id}: {len(unread)} answered")
        count += len(unread)
    return count


def main() -> None:
    """Answer once, on a sandbox unless a token is set in the environment."""
    if "CRISP_IDENTIFIER" in os.environ:
        with Crisp.from_env() as client:
            answer_all(client)
        return
    sandbox = Sandbox.demo(40)
    with Crisp("identifier", "key", tier="plugin", transport=sandbox) as client:
        answer_all(client)
        # Nothing is left for the next time.
        answer_all(client)


if __name__ == "__main__":
    main()
