"""A sandbox: a transport that answers like Crisp, to develop and test against.

It needs no network and no credentials::

    client = Crisp("identifier", "key", transport=Sandbox())

It can be served over HTTP (extra ``sandbox``), to clients in any language::

    with Sandbox().serve() as url:
        client = Crisp("identifier", "key", base_url=url)

``python -m crisp_api.sandbox`` serves one from the command line.
"""

from __future__ import annotations

import json
import math
import os
import re
import threading
import time
import typing as t

from crisp_api import schema, wire
from crisp_api.http import Request, Response
from crisp_api.sandbox.call import Call, State, shown
from crisp_api.sandbox.filters import page_number, parsed
from crisp_api.sandbox.handlers import HANDLERS
from crisp_api.sandbox.handlers.helpdesk import require_helpdesk
from crisp_api.sandbox.handlers.websites import begin, require_plugin
from crisp_api.sandbox.model import Object
from crisp_api.sandbox.refusals import Refusal, SandboxNotImplementedError, invalid
from crisp_api.sandbox.routes import match
from crisp_api.sandbox.rules import rule_for
from crisp_api.sandbox.store import Store
from crisp_api.sandbox.tokens import Token, Tokens
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api import table
    from crisp_api.sandbox.server import Server

__all__ = ["Sandbox", "SandboxNotImplementedError", "Token"]

LAST_PORT: t.Final = 65535
_BASE_PATH: t.Final = "/v1/"
_DEEPEST: t.Final = 64
# The first whole number that SQLite cannot keep.
_TOO_LARGE: t.Final = 2**63
_REASONS: t.Final = {
    "DELETE": "deleted",
    "PATCH": "updated",
    "POST": "added",
    "PUT": "saved",
}


class Sandbox:
    """A transport that answers like Crisp, from its own state.

    It starts with one website, its operator and its plugin, and invents no data.
    A request whose route is not in the table raises `SandboxNotImplementedError`; over
    HTTP, the answer is 501.

    Attributes:
        website_id: the website that it starts with.
        user_id: the operator of that website, in whose name tokens act.
        plugin_id: the plugin of that website, in whose name plugin tokens act.
        requests: all requests, oldest first, including those that were refused.

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
        self._tokens = Tokens(tokens)
        file = None if path is None else os.fspath(path)
        if file in {"", ":memory:"}:
            message = f"{file!r} is not the name of a data file"
            raise ValueError(message)
        self._store = Store(file)
        self._state = State(self._store, clock, seed, legacy_helpdesk=legacy_helpdesk)
        self._lock = threading.Lock()
        with self._store.transaction():
            begin(self._state)
        self.website_id: str = self._state.website_id
        self.user_id: str = self._state.user_id
        self.plugin_id: str = self._state.plugin_id
        self.requests: list[Request] = []

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
        """
        with self._lock:
            self.requests.append(request)
            try:
                data: t.Any = self._answer(request)
                status = 200
                reason = _REASONS.get(request.method, "resolved")
            except (Refusal, schema.SchemaError) as error:
                refusal = error if isinstance(error, Refusal) else _refusal(error)
                data = {"message": refusal.message}
                status, reason = refusal.status, refusal.reason
            return _response(request, status, reason, data)

    def events(self, *_: t.Any) -> t.Iterable[t.Any]:
        """Refuse to be listened to; override it to yield events of your own.

        Raises:
            SandboxNotImplementedError: always.
        """
        what = "events in real time"
        raise SandboxNotImplementedError(what)

    def serve(self, port: int = 0) -> Server:
        """Serve over HTTP on 127.0.0.1: ``with sandbox.serve() as url: ...``.

        Args:
            port: the port to listen on; 0 for a free one.

        Raises:
            ValueError: the port is not a number from 0 to 65535.
            ImportError: aiohttp is not installed; it is in the extra ``sandbox``.
        """
        if not 0 <= port <= LAST_PORT:
            message = f"{port} is not a port, which is a number from 0 to {LAST_PORT}"
            raise ValueError(message)
        try:
            from crisp_api.sandbox.server import Server  # noqa: PLC0415 - an extra
        except ImportError as error:
            message = 'serving needs aiohttp: pip install "aiohttp>=3.13.4"'
            raise ImportError(message) from error
        return Server(self._send_over_http, port)

    def _send_over_http(self, request: Request) -> Response:
        """Answer one request, with a 501 instead of a `SandboxNotImplementedError`."""
        try:
            return self.send(request)
        except SandboxNotImplementedError as error:
            return _response(request, 501, "not_implemented", {"message": str(error)})

    # --- the state

    def snapshot(self) -> bytes:
        """Return the whole state, for `restore`: a database of SQLite."""
        with self._lock:
            return self._store.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Go back to the state of a `snapshot`.

        Raises:
            ValueError: it is not a snapshot, or one of another version.
        """
        with self._lock:
            self._store.restore(snapshot)

    def dump(self) -> Object:
        """Return the whole state as JSON, for `load`."""
        with self._lock:
            return self._store.dump()

    def load(self, dumped: t.Mapping[str, t.Any]) -> None:
        """Add what `dump` returned to the state; what is there already is replaced.

        Raises:
            ValueError: it is not what `dump` returns, or of another version.
        """
        with self._lock:
            self._store.load(dumped)

    def close(self) -> None:
        """Close the data file; the state in memory is gone."""
        with self._lock:
            self._store.close()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    # --- an answer

    def _answer(self, request: Request) -> t.Any:
        """Return the data of the response, or raise a `Refusal`."""
        token = self._tokens.admit(request)
        path = request.path.removeprefix(_BASE_PATH).removesuffix("/")
        operation, arguments = match(request.method, path)
        self._tokens.allow(token, operation)
        handler = HANDLERS.get(operation.id) or rule_for(operation)
        if handler is None:
            raise SandboxNotImplementedError(operation.id)
        if "page_number" in arguments:
            page_number(arguments["page_number"])
        call = Call(
            *(
                self._state,
                operation,
                dict(arguments),
                parsed(operation, request.params),
            ),
            *(_body(request, operation), token.tier),
        )
        with self._store.transaction():
            require_plugin(call)
            require_helpdesk(call)
            return handler(call)


def _response(request: Request, status: int, reason: str, data: t.Any) -> Response:
    """Return a response with Crisp's envelope; one to HEAD has no body."""
    envelope = {"error": status != 200, "reason": reason, "data": data}
    body = b"" if request.method == "HEAD" else json.dumps(envelope).encode()
    return Response(request, status, body, {"content-type": "application/json"})


def _refusal(error: schema.SchemaError) -> Refusal:
    """Return the refusal of a body that does not fit its type, in Crisp's words."""
    where = error.path.removeprefix("data")
    # These words have no articles and no quotation marks.
    expected = re.sub(r"\ban? |'", "", error.expected)
    message = f"data should be {expected} at '{where}'"
    if isinstance(error, schema.MissingError):
        message = f"data should have required property '{where}'"
    return invalid(message)


def _body(request: Request, operation: table.Operation) -> Object:
    """Return the JSON object in a request; empty if it has no body.

    Raises:
        Refusal: it is not an object.
        SchemaError: it does not have the type that the operation declares.
    """
    body: object = {}
    if request.body:
        try:
            # Only UTF-8: a decoder of JSON may accept more.
            body = wire.json_value(request.body.decode().encode())
            if b"\\u" in request.body:
                # Half of a surrogate pair is JSON, but no text.
                json.dumps(body, ensure_ascii=False).encode()
            if b"\\u0000" in request.body:
                body = None
        except (ValueError, RecursionError):
            body = None
    if not isinstance(body, dict) or not _is_plain(body):
        message = "data should be object"
        raise invalid(message)
    found = t.cast("Object", body)
    if operation.body is not None:
        schema.check(found, operation.body)
    return shown(found, operation.body)


def _is_plain(value: t.Any, levels: int = _DEEPEST) -> bool:
    """Return whether a value can be JSON again, and is not nested too deep."""
    if isinstance(value, dict):
        inside: t.Iterable[t.Any] = t.cast("dict[str, t.Any]", value).values()
    elif isinstance(value, list):
        inside = t.cast("t.Iterable[t.Any]", value)
    elif isinstance(value, int):
        return abs(value) < _TOO_LARGE
    else:
        return not isinstance(value, float) or math.isfinite(value)
    return levels > 1 and all(_is_plain(item, levels - 1) for item in inside)
