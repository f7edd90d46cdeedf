"""The first steps, against a sandbox: no credentials, no network.

Open a conversation, write into it, read it back, resolve it, and list
conversations page by page. Against Crisp itself, leave the sandbox out and
give your own token: ``Crisp(identifier, key, tier="plugin")``.
"""

from __future__ import annotations

from crisp_api import Crisp
from crisp_api import types as ty
from crisp_api.sandbox import Sandbox


def main() -> None:
    """Take the first steps, and print each."""
    sandbox = Sandbox()
    website_id = sandbox.website_id

    client = Crisp(transport=sandbox)
    client.authenticate_tier("plugin", "identifier", "key")
    print(f"Website {client.website.get_website(website_id)['name']!r}")

    session_id = ask(client, website_id, "Where is my parcel?")
    print(f"Opened {session_id}")

    answer: ty.ConversationTextMessageNew = {
        "type": "text",
        "from": "operator",
        "origin": "chat",
        "content": "On its way!",
    }
    sent = client.website.send_message_in_conversation(website_id, session_id, answer)
    print(f"Sent message {sent['fingerprint']}")

    for message in client.website.get_messages_in_conversation(website_id, session_id):
        print(f"  {message['from']}: {message['content']}")

    client.website.change_conversation_state(
        website_id, session_id, {"state": "resolved"}
    )
    state = client.website.get_conversation_state(website_id, session_id)["state"]
    print(f"The conversation is {state}")

    for number in range(1, 31):
        ask(client, website_id, f"Question {number}")

    page_number = 1
    while page := client.website.list_conversations(website_id, page_number):
        first, last = page[0]["last_message"], page[-1]["last_message"]
        print(f"Page {page_number}: {len(page)}, from {first!r} to {last!r}")
        page_number += 1


def ask(client: Crisp, website_id: str, question: str) -> str:
    """Open a conversation with a question of its visitor."""
    session_id = client.website.create_new_conversation(website_id)["session_id"]
    client.website.send_message_in_conversation(
        website_id,
        session_id,
        {"type": "text", "from": "user", "origin": "chat", "content": question},
    )
    return session_id


if __name__ == "__main__":
    main()
