"""A way into a sandbox for its own people."""

from __future__ import annotations

import functools
import typing as t

if t.TYPE_CHECKING:
    from crisp_api.client import Crisp
    from crisp_api.http import Request, Response
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.feed import Feed, Subscription
    from crisp_api.sandbox.resource import Object

__all__ = ["Inside", "Person"]


class Inside:
    """A way into a sandbox that leaves no traces in its ``requests``.

    Args:
        send: answers a request.
        run: runs a function with a call, for arguments of a path.
        feed: the events of the sandbox.
    """

    def __init__(
        self,
        send: t.Callable[[Request], Response],
        run: t.Callable[[dict[str, str], t.Callable[[Call], t.Any]], t.Any],
        feed: Feed,
    ) -> None:
        self.feed = feed
        self.send = send
        self.run = run

    def listen(self, name: str, session_id: str) -> Subscription:
        """Return the events of a name in a conversation, from now on."""
        return self.feed.subscribe([name], [session_id])

    @functools.cached_property
    def client(self) -> Crisp:
        """A client that may do everything."""
        from crisp_api.client import Crisp  # noqa: PLC0415 - used by few sandboxes

        return Crisp("sandbox", "sandbox", transport=self)


class Person:
    """The common part of both sides."""

    def __init__(self, inside: Inside, website_id: str) -> None:
        self._inside = inside
        self.website_id = website_id

    @property
    def client(self) -> Crisp:
        """A client for anything else; its calls are not in ``sandbox.requests``."""
        return self._inside.client

    def _send(self, session_id: str, side: str, message: Object, more: Object) -> int:
        body: t.Any = {"from": side, "origin": "chat", **message, **more}
        send = self.client.website.send_message_in_conversation
        return send(self.website_id, session_id, body)["fingerprint"]
