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
from crisp_api.jobs import open_conversation
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
        self.new: list[Post] = []

    async def post(self, post: Post) -> None:
        """Post to the channel, unless the key is known."""
        if post.key not in self.channel:
            self.channel[post.key] = post
            self.new.append(post)

    async def posts(self) -> t.AsyncIterator[Post]:
        """Deliver each new post twice, as a service may do after a failure."""
        while self.new:
            post = self.new.pop(0)
            yield post
            yield post


class SandboxWithEvents(Sandbox):
    """A sandbox that also sends events, as Crisp's real-time server does."""

    events_to_send: t.Sequence[tuple[str, object]] = ()

    def events(self, *_: object) -> t.Iterator[tuple[str, object]]:
        """Return the events; a connection that receives them opens no socket."""
        return iter(self.events_to_send)


async def main() -> None:
    """Carry a question and its answer, then a question that was asked during a gap."""
    sandbox, chat = SandboxWithEvents(), FakeChat()
    website_id = sandbox.website_id
    async with AsyncCrisp("identifier", "key", transport=sandbox) as client:
        bridge = Bridge(client, website_id, chat)
        question: ty.ConversationTextMessageNew = {
            "type": "text",
            "from": "user",
            "origin": "chat",
            "content": "Where is my parcel?",
        }
        opened = await open_conversation(client, website_id, question)
        session_id = opened["session_id"]
        place = (website_id, session_id)
        (asked,) = await client.website.get_messages_in_conversation(*place)
        sandbox.events_to_send = [("message:send", asked)]
        await chat.post(Post("p1", session_id, "Jane", "On its way!"))
        await bridge.run()

        question["content"] = "And the other one?"
        await client.website.send_message_in_conversation(*place, question)
        _, answer, _ = await client.website.get_messages_in_conversation(*place)
        gap: Gap = {"since": asked["timestamp"], "until": asked["timestamp"] + 9_000}
        sandbox.events_to_send = [
            ("message:received", answer),
            ("crisp:reconnected", gap),
        ]
        await bridge.run()

        print("The conversation:")
        for message in await client.website.get_messages_in_conversation(*place):
            print(f"  {message['from']}: {message['content']}")
    print("The channel:")
    for post in chat.channel.values():
        print(f"  {post.author}: {post.text}")


if __name__ == "__main__":
    asyncio.run(main())
