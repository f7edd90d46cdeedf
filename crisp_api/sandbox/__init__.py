"""A sandbox: a transport that answers like Crisp, to develop and test against.

It needs no network and no credentials::

    client = Crisp("identifier", "key", transport=Sandbox())

It can be served over HTTP (extra ``sandbox``), to clients in any language::

    with Sandbox().serve() as url:
        client = Crisp("identifier", "key", base_url=url)

``python -m crisp_api.sandbox`` serves one from the command line.
"""

from __future__ import annotations

import os
import time
import typing as t

from crisp_api.http import Request, Response
from crisp_api.sandbox.call import State
from crisp_api.sandbox.controls import Controls
from crisp_api.sandbox.engine import Engine
from crisp_api.sandbox.faults import FaultOptions, in_process
from crisp_api.sandbox.feed import Subscription
from crisp_api.sandbox.handlers.websites import begin
from crisp_api.sandbox.hook import Hook, HookOptions
from crisp_api.sandbox.model import Object
from crisp_api.sandbox.operators import Operator
from crisp_api.sandbox.people import Visitor
from crisp_api.sandbox.refusals import SandboxNotImplementedError
from crisp_api.sandbox.sent import SentRequest
from crisp_api.sandbox.store import Store
from crisp_api.sandbox.tokens import Token, Tokens
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.sandbox.server import Server

__all__ = [
    "FaultOptions",
    "Hook",
    "HookOptions",
    "Operator",
    "Sandbox",
    "SandboxNotImplementedError",
    "SentRequest",
    "Subscription",
    "Token",
    "Visitor",
]

LAST_PORT: t.Final = 65535


class Sandbox(Controls):
    """A transport that answers like Crisp, from its own state.

    It starts with one website, its operator and its plugin, and invents no data.
    A request whose route is not in the table raises `SandboxNotImplementedError`; over
    HTTP, the answer is 501.

    Attributes:
        website_id: the website that it starts with.
        user_id: the operator of that website, in whose name tokens act.
        plugin_id: the plugin of that website, in whose name plugin tokens act.
        requests: the requests, the last 10,000 at least, oldest first, including
            those that were refused.

    Args:
        tokens: the tokens to accept, each a `Token` or its ``(identifier, key, tier)``.
            By default, any is accepted, for all operations.
        seed: another seed gives other identifiers.
        clock: returns the seconds since 1970, as `time.time` does.
        path: a data file to keep the state in; by default, it is in memory.
        legacy_helpdesk: accept writes to the old helpdesk (articles, categories and
            sections), which Crisp has refused since September 2026.

    Raises:
        BlockingIOError: another process uses the data file.
        ValueError: the file is not a data file, or one of another version.
    """

    def __init__(
        self,
        *,
        tokens: t.Iterable[tuple[str, str, Tier] | Token] | None = None,
        seed: object = "",
        clock: t.Callable[[], float] = time.time,
        path: str | os.PathLike[str] | None = None,
        legacy_helpdesk: bool = False,
    ) -> None:
        accepted = Tokens(tokens)
        file = None if path is None else os.fspath(path)
        if file in {"", ":memory:"}:
            message = f"{file!r} is not the name of a data file"
            raise ValueError(message)
        self._store = Store(file)
        state = State(self._store, clock, seed, legacy_helpdesk=legacy_helpdesk)
        self._engine = Engine(state, accepted)
        with self._store.transaction():
            begin(state)
        self.website_id: str = state.website_id
        self.user_id: str = state.user_id
        self.plugin_id: str = state.plugin_id
        self.requests: list[SentRequest] = self._engine.requests

    @classmethod
    def demo(cls, conversations: int = 100, *, seed: object = "") -> t.Self:
        """Return a sandbox with conversations of the last weeks, and their contacts.

        Args:
            conversations: how many.
            seed: another seed makes other identifiers, and other conversations.
        """
        made = cls(seed=seed)
        made.fill(conversations, seed=seed)
        return made

    def fill(self, conversations: int = 100, *, seed: object = "") -> None:
        """Add conversations of the last weeks, and their contacts; see `demo`."""
        from crisp_api.sandbox.demo import fill  # noqa: PLC0415 - used by few

        fill(self, self._engine.state, conversations, seed)

    def __repr__(self) -> str:
        if not hasattr(self, "requests"):
            return "<Sandbox, not initialized>"
        count = len(self.requests)
        return f"<Sandbox, website {self.website_id}, {count} requests so far>"

    # --- requests

    def send(self, request: Request, /) -> Response:
        """Answer one request.

        Raises:
            SandboxNotImplementedError: it does not know the route, or a parameter of
                the query.
            TransportError: a fault was ordered with `fail`.
        """
        outcome = self._engine.exchange(request)
        self._engine.hooks.deliver()
        return in_process(request, outcome)

    def serve(self, port: int = 0) -> Server:
        """Serve on 127.0.0.1: ``with sandbox.serve() as url: ...``.

        Real-time connections are served too.

        Args:
            port: the port to listen on; 0 for a free one.

        Raises:
            ValueError: the port is not a number from 0 to 65535.
            ImportError: a package of the extra ``sandbox`` is not installed.
        """
        if type(port) is not int or not 0 <= port <= LAST_PORT:
            message = f"{port} is not a port, which is a number from 0 to {LAST_PORT}"
            raise ValueError(message)
        try:
            from crisp_api.sandbox.server import Server  # noqa: PLC0415 - an extra
        except ImportError as error:
            message = (
                'serving needs: pip install "aiohttp>=3.13.4" '
                '"python-engineio>=4.12,<5" "python-socketio>=5.13,<6"'
            )
            raise ImportError(message) from error
        return Server(self._engine, port)

    # --- the state

    def snapshot(self) -> bytes:
        """Return the whole state, for `restore`: a database of SQLite."""
        with self._engine.turn():
            return self._store.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Go back to the state of a `snapshot`.

        Raises:
            ValueError: it is not a snapshot, or one of another version.
        """
        with self._engine.turn():
            self._store.restore(snapshot)

    def dump(self) -> Object:
        """Return the whole state as JSON, for `load`."""
        with self._engine.turn():
            return self._store.dump()

    def load(self, dumped: t.Mapping[str, t.Any]) -> None:
        """Add what `dump` returned to the state; what is there already is replaced.

        Raises:
            ValueError: it is not what `dump` returns, or of another version.
        """
        with self._engine.turn():
            self._store.load(dumped)

    def close(self) -> None:
        """Close the data file; the state in memory is gone.

        Listeners come to their end, and no more webhooks are delivered.
        """
        self._engine.feed.close()
        self._engine.hooks.close()
        with self._engine.turn():
            self._store.close()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
