"""Measure the memory of an export: ``python -m benchmarks.memory CONVERSATIONS``.

The conversations are made on request, in the same process, so that only the export
could accumulate them. It prints the peak of memory in MiB, and the seconds. It reads
``/proc``, so it runs on Linux only.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import tempfile
import time
import urllib.parse

from benchmarks.answers import CONVERSATION, envelope, messages, page
from crisp_api import Crisp
from crisp_api.jobs import export_conversations
from crisp_api.transport import Request, Response


class Making:
    """A transport that makes its answers."""

    def __init__(self, total: int) -> None:
        self._total = total

    def send(self, request: Request) -> Response:
        parts = urllib.parse.urlsplit(request.url)
        data: list[dict[str, object]] = []
        match parts.path.split("/"):
            case [*_, "conversations", number]:
                data = page(int(number), self._total)
            case [*_, session_id, "messages"] if "timestamp_before" not in parts.query:
                data = messages(session_id)
            case _:
                pass
        return Response(request, 200, envelope(data))


def main(total: int) -> None:
    """Export, and print what it took."""
    client = Crisp("identifier", "key", transport=Making(total))
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "conversations.jsonl")
        export_conversations(client, str(CONVERSATION["website_id"]), path)
        seconds = time.perf_counter() - start
        with path.open(encoding="utf-8") as lines:
            written = sum(1 for _ in lines)
    if written != total:
        raise ValueError(written, total)
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024
    print(json.dumps({"peak MiB": peak, "seconds": seconds}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
