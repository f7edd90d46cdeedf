"""Report the conversations of the last seven days.

It prints how many conversations there were in each state, and how long visitors waited
for the first reply.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
from collections import Counter

from crisp_api import Crisp, history, paginate
from crisp_api.jobs import open_conversation
from crisp_api.sandbox import Sandbox


def report(client: Crisp, website_id: str, since: dt.datetime) -> list[str]:
    """Return the lines of the report."""
    states: Counter[str] = Counter()
    waits: list[float] = []
    for conversation in paginate(
        client.website.list_conversations, website_id, filter_date_start=since
    ):
        states[conversation["state"]] += 1
        wait = first_wait(client, website_id, conversation["session_id"])
        if wait is not None:
            waits.append(wait)
    lines = [f"{count} {state}" for state, count in sorted(states.items())]
    if waits:
        lines.append(f"first reply after {statistics.median(waits):.0f} s (median)")
    return lines


def first_wait(client: Crisp, website_id: str, session_id: str) -> float | None:
    """Return the seconds until the first reply; None if there is none."""
    asked: int | None = None
    for message in history(client, website_id, session_id, oldest_first=True):
        if message["type"] in {"event", "note"}:
            continue
        if message["from"] == "user" and asked is None:
            asked = message["timestamp"]
        elif message["from"] == "operator" and asked is not None:
            return (message["timestamp"] - asked) / 1000
    return None


def connect() -> tuple[Crisp, str]:
    """Return a client and a website ID: of the environment, or of a sandbox."""
    if "CRISP_IDENTIFIER" in os.environ:
        return Crisp.from_env(), os.environ["CRISP_WEBSITE_ID"]
    sandbox = Sandbox()
    client = Crisp("identifier", "key", transport=sandbox)
    website_id = sandbox.website_id
    for content in ("Where is my parcel?", "Do you ship to France?"):
        opened = open_conversation(
            client,
            website_id,
            {"type": "text", "from": "user", "origin": "chat", "content": content},
        )
    client.website.send_message_in_conversation(
        website_id,
        opened["session_id"],
        {"type": "text", "from": "operator", "origin": "chat", "content": "Yes!"},
    )
    client.website.change_conversation_state(
        website_id, opened["session_id"], {"state": "resolved"}
    )
    return client, website_id


def main() -> None:
    """Print the report."""
    client, website_id = connect()
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=7)
    print(*report(client, website_id, since), sep="\n")


if __name__ == "__main__":
    main()
