"""First steps on a sandbox, without credentials and without a network.

Open a conversation, send a message, read it, resolve the conversation, and list all
conversations page by page. To do the same on Crisp itself, pass your token and no
transport: ``Crisp(identifier, key, tier="website")``.
"""

from __future__ import annotations

from crisp_api import Crisp
from crisp_api import types as ty
from crisp_api.sandbox import Sandbox


def main() -> None:
    """Print each step."""
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

    print()
    print("Nothing was sent to Crisp: a sandbox on this computer answered.")
    print("This program is examples/quickstart.py. What next?")
    print("- Look at a sandbox in your browser; it prints its address:")
    print("    .venv/bin/pip install '.[sandbox]'")
    print("    .venv/bin/python -m crisp_api.sandbox --demo 50")
    print("- Use your own website: pass your token and its tier, and no transport:")
    print('    client = Crisp("identifier", "key", tier="website")')
    print("- Test a bot, with a visitor and events: docs/testing.md")


def ask(client: Crisp, website_id: str, question: str) -> str:
    """Open a conversation with a visitor's question, and return its session ID."""
    session_id = client.website.create_new_conversation(website_id)["session_id"]
    client.website.send_message_in_conversation(
        website_id,
        session_id,
        {"type": "text", "from": "user", "origin": "chat", "content": question},
    )
    return session_id


if __name__ == "__main__":
    main()
