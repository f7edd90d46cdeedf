"""The server that clients are measured against, in a process of its own.

``python -m benchmarks.server FOLDER`` writes the certificate to trust to
``FOLDER/ca.pem``, prints its two addresses, and serves until its input ends. It reads
as little of a request as it can, and keeps its answers ready.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import json
import pathlib
import re
import ssl
import sys
import typing as t

from benchmarks.answers import CONVERSATION, PER_PAGE, conversations, envelope, page

# Seconds to an answer below /slow/.
DELAY: t.Final = 0.03
# In an answer of 200 KB, which all are below /large/.
MANY: t.Final = 133
HEAD: t.Final = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
LENGTH: t.Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Answering(asyncio.Protocol):
    """One connection, which takes one request after another."""

    def __init__(self) -> None:
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = t.cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        head, end, rest = self._unread.partition(b"\r\n\r\n")
        found = LENGTH.search(head)
        length = int(found[1]) if found else 0
        if not end or len(rest) < length:
            return
        self._unread = rest[length:]
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/slow/"):
            loop = asyncio.get_running_loop()
            loop.call_later(DELAY, self._transport.write, answer(path))
        else:
            self._transport.write(answer(path))


@functools.cache
def answer(path: bytes) -> bytes:
    """Return the bytes of a response to a request."""
    body = envelope(data(path.decode().partition("?")[0]))
    return f"{HEAD}{len(body)}\r\n\r\n".encode() + body


def data(path: str) -> object:
    """Return the requested data; the id of a website is its number of pages."""
    match path.split("/"):
        case ["", "large", *_]:
            return conversations(0, MANY)
        case [*_, website_id, "conversations", number]:
            return page(int(number), int(website_id) * PER_PAGE)
        case ["", "small", *_]:
            return {"website_id": "w", "name": "Acme"}
        case [*_, "message"]:
            return {"fingerprint": 176722560000000}
        case _:
            return CONVERSATION


async def serve(folder: pathlib.Path) -> None:
    """Serve over HTTP and over TLS."""
    # Of the extra `test`, and only for this; its types are not whole.
    trustme: t.Any = importlib.import_module("trustme")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    loop = asyncio.get_running_loop()
    addresses: dict[str, str] = {}
    for scheme, trust in (("http", None), ("https", context)):
        server = await loop.create_server(Answering, "127.0.0.1", 0, ssl=trust)
        port = server.sockets[0].getsockname()[1]
        addresses[scheme] = f"{scheme}://127.0.0.1:{port}"
    print(json.dumps(addresses), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(pathlib.Path(sys.argv[1])))
