"""A sandbox: a transport that answers like Crisp, to develop and test against.

It needs no network and no credentials::

    client = Crisp("identifier", "key", transport=Sandbox())

It can be served over HTTP (extra ``sandbox``), to clients in any language::

    with Sandbox().serve() as url:
        client = Crisp("identifier", "key", base_url=url)

``python -m crisp_api.sandbox`` serves one from the command line.
"""

from __future__ import annotations

import base64
import json
import re
import threading
import time
import typing as t

from crisp_api import schema, table, wire
from crisp_api.http import Request, Response
from crisp_api.sandbox.state import (
    Call,
    Refusal,
    SandboxNotImplementedError,
    State,
)
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.sandbox.server import Server

__all__ = ["Sandbox", "SandboxNotImplementedError"]

LAST_PORT: t.Final = 65535
_BASE_PATH: t.Final = "/v1/"
_DEEPEST: t.Final = 64
_TIERS: t.Final = frozenset(t.get_args(Tier))
_REASONS: t.Final = {
    "DELETE": "deleted",
    "PATCH": "updated",
    "POST": "added",
    "PUT": "saved",
}
_VERBS: t.Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# Crisp's Node and Go clients send two operations in another way than the reference: the
# verb and the path that they send, then the verb and the ending of the reference.
_VARIANTS: t.Final = (
    ("POST", re.compile(r"website/[^/]+/operators/email"), "PATCH", ""),
    (
        "PATCH",
        re.compile(r"website/[^/]+/conversation/[^/]+/call/[^/]+"),
        *("PATCH", "/signaling"),
    ),
)


class Sandbox:
    """A transport that answers like Crisp, from its own state.

    It starts with one website and its operator, and invents no data. A call that it has
    no state for, or whose route is not in the table, raises
    `SandboxNotImplementedError`; over HTTP, the answer is 501. It does not check
    whether a tier may use a route.

    Attributes:
        website_id: the website that it starts with.
        user_id: the operator of that website.
        requests: all requests, oldest first, including those that were refused.

    Args:
        tokens: the ``(identifier, key, tier)`` to accept. By default, any is accepted.
        clock: returns the seconds since 1970, as `time.time` does.
    """

    def __init__(
        self,
        *,
        tokens: t.Iterable[tuple[str, str, Tier]] | None = None,
        clock: t.Callable[[], float] = time.time,
    ) -> None:
        self._tokens = None if tokens is None else frozenset(tokens)
        self._state = State(clock)
        self._lock = threading.Lock()
        self.website_id: str = self._state.website_id
        self.user_id: str = self._state.user_id
        self.requests: list[Request] = []

    def __repr__(self) -> str:
        if not hasattr(self, "requests"):
            return "<Sandbox, not initialized>"
        count = len(self.requests)
        return f"<Sandbox, website {self.website_id}, {count} requests so far>"

    def send(self, request: Request, /) -> Response:
        """Answer one request.

        Raises:
            SandboxNotImplementedError: the sandbox has no state to answer it from, or
                does not know the route.
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
            # Encoded before the lock is released, because the data is the state itself.
            return _response(request, status, reason, data)

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

    def _answer(self, request: Request) -> t.Any:
        """Return the data of the response, or raise a `Refusal`."""
        self._admit(request)
        path = request.path.removeprefix(_BASE_PATH).removesuffix("/")
        match = _match(request.method, path)
        operation = getattr(self._state, match.operation.name, None)
        if match.operation.service != "website" or operation is None:
            raise SandboxNotImplementedError(match.operation.id)
        body = _body(request)
        if match.operation.body is not None:
            schema.check(body, match.operation.body)
        return operation(Call(request.params, body), **match.arguments)

    def _admit(self, request: Request) -> None:
        """Refuse a token that is not known, or not in this tier."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        scheme, _, token = headers.get("authorization", "").partition(" ")
        try:
            pair = base64.b64decode(token, validate=True).decode()
        except ValueError:
            pair = ""
        identifier, _, key = pair.partition(":")
        tier = headers.get("x-crisp-tier", "user")
        known = self._tokens is None or (identifier, key, tier) in self._tokens
        good = scheme.lower() == "basic" and identifier and key and tier in _TIERS
        if not (good and known):
            raise Refusal(401, "invalid_session")


def _response(request: Request, status: int, reason: str, data: t.Any) -> Response:
    """Return a response with Crisp's envelope; one to HEAD has no body."""
    envelope = {"error": status != 200, "reason": reason, "data": data}
    body = b"" if request.method == "HEAD" else json.dumps(envelope).encode()
    return Response(request, status, body, {"content-type": "application/json"})


def _match(verb: str, path: str) -> table.Match:
    """Return the operation of a request.

    Raises:
        Refusal: the route takes other verbs.
        SandboxNotImplementedError: the table does not have the route.
    """
    if match := table.find(verb, path) or _variant(verb, path):
        return match
    allowed = ", ".join(other for other in _VERBS if table.find(other, path))
    if allowed:
        message = f"the route takes {allowed}, not {verb}"
        raise Refusal(405, "method_not_allowed", message)
    # Crisp would answer 404, which a program may take for an object that is missing.
    what = f"the route {verb} {path}"
    raise SandboxNotImplementedError(what)


def _variant(verb: str, path: str) -> table.Match | None:
    """Return the operation that Crisp's Node and Go clients mean by a request."""
    for sent_verb, pattern, known_verb, ending in _VARIANTS:
        if verb == sent_verb and pattern.fullmatch(path):
            return table.find(known_verb, path + ending)
    return None


def _refusal(error: schema.SchemaError) -> Refusal:
    """Return the refusal of a body that does not fit its type, in Crisp's words."""
    where = error.path.removeprefix("data")
    # These words have no articles and no quotation marks.
    expected = re.sub(r"\ban? |'", "", error.expected)
    message = f"data should be {expected} at '{where}'"
    if isinstance(error, schema.MissingError):
        message = f"data should have required property '{where}'"
    return Refusal(400, "invalid_data", message)


def _body(request: Request) -> dict[str, t.Any]:
    """Return the JSON object in a request; empty if it has no body."""
    body: object = {}
    if request.body:
        try:
            body = wire.json_value(request.body)
            # It may hold a number too large for JSON.
            wire.json_text("data", body)
        except ValueError:
            body = None
    if not isinstance(body, dict) or _is_deep(body):
        raise Refusal(400, "invalid_data", "data should be object")
    return t.cast("dict[str, t.Any]", body)


def _is_deep(value: t.Any, levels: int = _DEEPEST) -> bool:
    """Return whether a value is nested too deep for the sandbox."""
    inside: t.Iterable[t.Any] = ()
    if isinstance(value, dict):
        inside = t.cast("dict[str, t.Any]", value).values()
    elif isinstance(value, list):
        inside = t.cast("t.Iterable[t.Any]", value)
    return levels == 0 or any(_is_deep(item, levels - 1) for item in inside)
