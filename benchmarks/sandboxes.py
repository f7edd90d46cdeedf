"""The sandbox at some sizes.

``python -m benchmarks.sandboxes CONVERSATIONS FILE`` loads so many conversations, each
with a message, writes a snapshot of the sandbox to a file, and prints what it took. It
reads ``/proc``, so it runs on Linux only.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import copy
import itertools
import json
import pathlib
import re
import sys
import time
import typing as t

if t.TYPE_CHECKING:
    from crisp_api.sandbox import Sandbox

# It receives how many calls to make, and how many of them at once.
Work = t.Callable[[int, int], object]
RARE: t.Final = 20
MESSAGE: t.Final[dict[str, t.Any]] = {
    "type": "text",
    "from": "user",
    "origin": "chat",
    "content": "Where is my order?",
}


def empty(size: int) -> tuple[Sandbox, dict[str, t.Any]]:
    """Return a sandbox, and so many conversations to load into it."""
    from crisp_api import Crisp
    from crisp_api.sandbox import Sandbox

    sandbox = Sandbox(clock=lambda: 1_700_000_000)
    website = Crisp("i", "k", transport=sandbox).website
    made = website.create_new_conversation(sandbox.website_id)
    website.send_message_in_conversation(
        sandbox.website_id, made["session_id"], t.cast("t.Any", MESSAGE)
    )
    dumped = sandbox.dump()
    objects = dumped["objects"]
    pattern, message = objects["conversation"].pop(), objects["message"].pop()
    for number in range(size):
        session_id = f"session_{number:08}"
        other = copy.deepcopy(pattern)
        other["path"][1] = other["document"]["session_id"] = session_id
        other["document"]["updated_at"] += number
        other["document"]["state"] = ("resolved", "unresolved")[number % 2]
        objects["conversation"].append(other)
        other = copy.deepcopy(message)
        other["path"][1] = other["document"]["session_id"] = session_id
        word = "special" if number < RARE else "usual"
        other["document"]["content"] = f"Where is my {word} order {number}?"
        objects["message"].append(other)
    website.remove_conversation(sandbox.website_id, made["session_id"])
    return sandbox, dumped


def calls(path: str, kind: str) -> Work:
    """Return calls through a client to the sandbox in a snapshot."""
    from crisp_api import Crisp
    from crisp_api.sandbox import Sandbox

    sandbox = Sandbox(clock=lambda: 1_700_000_000)
    sandbox.restore(pathlib.Path(path).read_bytes())
    website: t.Any = Crisp("i", "k", transport=sandbox).website
    website_id = sandbox.website_id
    size = int(pathlib.Path(path).name)
    sessions = (f"session_{number:08}" for number in itertools.cycle(range(size)))
    numbers = itertools.cycle(range(1, size // 20 + 1))
    states = itertools.cycle([{"state": "resolved"}, {"state": "unresolved"}])
    listed = website.list_conversations
    known: dict[str, t.Callable[[], object]] = {
        "first": lambda: listed(website_id),
        "pages": lambda: listed(website_id, next(numbers)),
        "filtered": lambda: listed(website_id, filter_not_resolved=True),
        "search": lambda: listed(website_id, search_query="special"),
        "get": lambda: website.get_conversation(website_id, next(sessions)),
        "send": lambda: website.send_message_in_conversation(
            website_id, next(sessions), MESSAGE
        ),
        "resolve": lambda: website.change_conversation_state(
            website_id, next(sessions), next(states)
        ),
    }
    call = known[kind]

    def work(calls: int, _at_once: int) -> None:
        for _ in range(calls):
            call()

    return work


def main(size: str, path: str) -> None:
    """Load, write a snapshot, and print what it took."""
    sandbox, dumped = empty(int(size))
    before = memory()
    start = time.perf_counter()
    sandbox.load(dumped)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    snapshot = sandbox.snapshot()
    taken = time.perf_counter() - start
    pathlib.Path(path).write_bytes(snapshot)
    mib = len(snapshot) / 2**20
    found = {
        "load us each": seconds / int(size) * 1e6,
        "snapshot MiB": mib,
        "snapshot s": taken,
        "peak MiB more": memory() - before,
    }
    print(json.dumps(found))


def memory() -> float:
    """Return the peak of memory, in MiB."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
