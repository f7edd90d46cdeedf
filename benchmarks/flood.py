"""A Socket.IO server that sends as fast as it can, in a process of its own.

``python -m benchmarks.flood`` prints its address, and serves until its input ends. It
speaks just enough of HTTP, WebSocket and Socket.IO for one client that connects by
websocket. A number on its input makes it send as many events to all connections.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import sys
import typing as t

PATH: t.Final = "/socket.io/"
MESSAGE: t.Final = {
    "website_id": "w",
    "session_id": "s",
    "type": "text",
    "from": "user",
    "origin": "chat",
    "content": "x" * 200,
    "timestamp": 1_700_000_000_000,
}
# Sent in pieces of so many frames.
PIECE: t.Final = 500
ACCEPT: t.Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
OPEN: t.Final[dict[str, t.Any]] = {
    "sid": "s",
    "upgrades": [],
    "pingInterval": 25000,
    "pingTimeout": 20000,
}


def frame(text: str) -> bytes:
    """Return a text frame of a server."""
    data = text.encode()
    size = len(data)
    head = bytes([size]) if size < 126 else bytes([126]) + size.to_bytes(2, "big")
    return b"\x81" + head + data


class Flood:
    """The connections, and the frames to send."""

    def __init__(self) -> None:
        self.writers: set[asyncio.StreamWriter] = set()
        event = json.dumps(["message:send", MESSAGE], separators=(",", ":"))
        self.frame = frame(f"42{event}")
        self.address = ""

    async def serve(self) -> None:
        server = await asyncio.start_server(self.connected, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        print(f"http://{self.address}", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            await self.send(int(line))
        for writer in self.writers:
            writer.close()

    async def send(self, number: int) -> None:
        for writer in self.writers:
            for start in range(0, number, PIECE):
                writer.write(self.frame * min(PIECE, number - start))
                await writer.drain()

    async def connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            key = re.search(rb"(?i)sec-websocket-key: *(\S+)", head)
            if key is None:
                self.respond(writer)
            else:
                await self.speak(reader, writer, key[1])
        except (asyncio.CancelledError, asyncio.IncompleteReadError, OSError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    def respond(self, writer: asyncio.StreamWriter) -> None:
        """Send the endpoint of the real-time connection."""
        data = {"socket": {"app": f"ws://{self.address}{PATH}"}}
        body = json.dumps({"error": False, "reason": "resolved", "data": data}).encode()
        head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        head += f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)

    async def speak(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: bytes
    ) -> None:
        """Speak Socket.IO until the client leaves."""
        accept = base64.b64encode(hashlib.sha1(key + ACCEPT).digest()).decode()  # noqa: S324 - of the protocol
        head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
        head += f"Connection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
        writer.write(head.encode() + frame("0" + json.dumps(OPEN)))
        while True:
            text = await received(reader)
            if text.startswith("40"):
                writer.write(frame('40{"sid":"s"}'))
            elif text.startswith('42["authentication"'):
                writer.write(frame('42["authenticated",true]'))
                self.writers.add(writer)


async def received(reader: asyncio.StreamReader) -> str:
    """Return the text of a frame of a client."""
    _, size = await reader.readexactly(2)
    size &= 127
    if size >= 126:
        size = int.from_bytes(await reader.readexactly(2 if size == 126 else 8), "big")
    mask = await reader.readexactly(4)
    data = await reader.readexactly(size)
    return bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)).decode()


if __name__ == "__main__":
    asyncio.run(Flood().serve())
