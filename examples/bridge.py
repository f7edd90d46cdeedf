"""Carry messages between Crisp and another chat service, in both directions.

Each conversation has a topic in one channel of the service, with the session ID as its
name, so the bridge has nothing to save. It posts the messages of visitors there, also
those that were written while the connection was lost, and sends the answers from there
back to the conversation, each once. It skips its own messages on both sides.

``FakeChat`` stands in for the service: replace it by a class that calls yours. To run
the bridge on Crisp, await ``Bridge(AsyncCrisp.from_env(), website_id, chat).run()``.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import typing as t

from crisp_api import AsyncCrisp, CrispError, send_once
from crisp_api import types as ty
from crisp_api.events import Event, Gap, Router
from crisp_api.sandbox import Sandbox

# Marks the messages that the bridge sends to Crisp.
ORIGIN = "urn:acme.example:bridge:0"
# The author of the posts of the bridge in the channel.
BRIDGE = "bridge"


@dataclasses.dataclass(frozen=True)
class Post:
    """A text in a topic of the channel. The service gives each post a key."""

    key: str
    topic: str
    author: str
    text: str


class Chat(t.Protocol):
    """The calls of the chat service that a bridge needs."""

    async def post(self, post: Post) -> None:
        """Post to the channel. A post whose key is known is ignored."""

    def posts(self) -> t.AsyncIterator[Post]:
        """Iterate over new posts. The service may repeat a post."""
        ...


class Bridge:
    """A bridge between a website and the channel of a chat service."""

    def __init__(self, client: AsyncCrisp, website_id: str, chat: Chat) -> None:
        self._client = client
        self._website_id = website_id
        self._chat = chat
        self._router = router = Router()
        router.on("message:send", "message:received")(self._post)
        router.on("crisp:reconnected")(self._catch_up)

    async def run(self) -> None:
        """Carry messages until both sides have ended, or the task is cancelled."""
        events = self._client.listen(*self._router.names, website_id=self._website_id)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._router.run(events))
            group.create_task(self._send_all())

    async def _post(
        self, event: Event[ty.EventsMessageSend | ty.EventsMessageReceived]
    ) -> None:
        """Post a message of Crisp to the channel."""
        message = event.data
        if message["origin"] == ORIGIN or message["type"] in {"note", "event"}:
            return
        text = message["content"]
        if not isinstance(text, str):
            text = f"({message['type']}, see Crisp)"
        author = message["user"].get("nickname") or message["from"]
        key, topic = str(message["fingerprint"]), message["session_id"]
        await self._chat.post(Post(key, topic, BRIDGE, f"{author}: {text}"))

    async def _catch_up(self, event: Event[Gap]) -> None:
        """Post the messages that were written while the connection was lost."""
        since = event.data["since"]
        async for missed in self._client.catch_up(self._website_id, since):
            await self._router.handle_async(missed)

    async def _send_all(self) -> None:
        """Send the posts of people to Crisp."""
        async for post in self._chat.posts():
            if post.author == BRIDGE:
                continue
            try:
                await self._send(post)
            except CrispError as error:
                # An answer that cannot be sent does not stop the others.
                problem = f"not sent: {post.text} ({type(error).__name__})"
                await self._chat.post(Post(f"{post.key}!", post.topic, BRIDGE, problem))

    async def _send(self, post: Post) -> None:
        message: ty.ConversationTextMessageNew = {
            "type": "text",
            "from": "operator",
            "origin": ORIGIN,
            "content": post.text,
            "user": {"nickname": post.author},
            # Always the same for the same post, so send_once finds the message if the
            # post was sent before.
            "fingerprint": fingerprint_of(post.key),
        }
        await send_once(self._client, self._website_id, post.topic, message)


def fingerprint_of(key: str) -> int:
    """Return the fingerprint of the message that a post becomes."""
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % 10**15


# --- a demonstration on a sandbox, with a made-up chat service -------------------


class FakeChat:
    """A chat service with one channel, in memory."""

    def __init__(self) -> None:
        self.channel: dict[str, Post] = {}
        self._new: asyncio.Queue[Post] = asyncio.Queue()
        self._changed = asyncio.Condition()

    async def post(self, post: Post) -> None:
        """Post to the channel, unless the key is known."""
        if post.key not in self.channel:
            self.channel[post.key] = post
            await self._new.put(post)
            async with self._changed:
                self._changed.notify_all()

    async def posts(self) -> t.AsyncIterator[Post]:
        """Deliver each new post twice, as a service may do after a failure."""
        while True:
            post = await self._new.get()
            yield post
            yield post

    async def wait_for(self, count: int) -> None:
        """Wait until the channel has so many posts."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.channel) >= count)


async def main() -> None:
    """Carry a question and its answer, then a question that was asked during a gap."""
    sandbox, chat = Sandbox(), FakeChat()
    visitor = sandbox.visitor(nickname="Jane")
    session_id = visitor.session_id
    async with AsyncCrisp("identifier", "key", transport=sandbox) as client:
        running = asyncio.create_task(Bridge(client, sandbox.website_id, chat).run())
        await asyncio.sleep(0)  # now it listens

        visitor.say("Where is my parcel?")
        await chat.post(Post("p1", session_id, "Jane", "On its way!"))
        await visitor.wait_for_answer_async()
        # The bridge carries what was missed, once it hears again.
        with sandbox.offline():
            visitor.say("And the other one?")
        await chat.wait_for(3)
        running.cancel()

    print("The conversation:")
    for message in visitor.messages():
        print(f"  {message['from']}: {message['content']}")
    print("The channel:")
    for post in chat.channel.values():
        print(f"  {post.author}: {post.text}")


if __name__ == "__main__":
    asyncio.run(main())
