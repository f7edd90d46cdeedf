"""The engine of a sandbox: admits a request, runs it, and sends its events."""

from __future__ import annotations

import contextlib
import threading
import typing as t

from crisp_api import schema, table
from crisp_api.http import Request, Response
from crisp_api.sandbox.bodies import body_of, refusal_of, response
from crisp_api.sandbox.call import Call, State
from crisp_api.sandbox.feed import Feed, keep_last
from crisp_api.sandbox.filters import page_number, parsed
from crisp_api.sandbox.handlers import HANDLERS
from crisp_api.sandbox.handlers.helpdesk import require_helpdesk
from crisp_api.sandbox.handlers.uploads import STORAGE, exchange
from crisp_api.sandbox.handlers.websites import require_plugin
from crisp_api.sandbox.refusals import Refusal, SandboxNotImplementedError
from crisp_api.sandbox.routes import match
from crisp_api.sandbox.rules import rule_for
from crisp_api.sandbox.tokens import Token, Tokens

if t.TYPE_CHECKING:
    from crisp_api.sandbox.rules import Handler

__all__ = ["Engine"]

T = t.TypeVar("T")
_BASE_PATH: t.Final = "/v1/"
_REASONS: t.Final = {
    "DELETE": "deleted",
    "PATCH": "updated",
    "POST": "added",
    "PUT": "saved",
}


class Engine:
    """Answers requests from the state of a sandbox.

    Args:
        state: what requests read and change.
        tokens: the tokens that are accepted.

    Attributes:
        feed: the events.
        requests: the requests so far.
    """

    def __init__(self, state: State, tokens: Tokens) -> None:
        self.state = state
        self.feed = Feed()
        self.requests: list[Request] = []
        self._tokens = tokens
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self) -> t.Generator[None]:
        """Do one thing at a time."""
        with self._lock:
            yield

    def send(self, request: Request) -> Response:
        """Answer one request; see `Sandbox.send`."""
        with self.turn():
            keep_last(self.requests, request)
            return self._respond(request, None)

    def send_inside(self, request: Request) -> Response:
        """Answer a request of the sandbox's own people."""
        with self.turn():
            return self._respond(request, Token("", "", "user"))

    def run(self, arguments: dict[str, str], change: t.Callable[[Call], T]) -> T:
        """Run a change for which Crisp's API has no operation.

        Args:
            arguments: those of a path.
            change: what to run.

        Raises:
            ValueError: it is refused.
        """
        operation = table.lookup("website.get_conversation")
        call = Call(self.state, operation, arguments, {}, {})
        with self.turn():
            try:
                return t.cast("T", self._run(change, call))
            except Refusal as error:
                message = f"{error.reason}: {error.message}"
                raise ValueError(message) from None

    def _respond(self, request: Request, insider: Token | None) -> Response:
        """Return the response to a request."""
        if request.path.startswith(STORAGE):
            with self.state.store.transaction():
                return exchange(self.state, request)
        try:
            data: t.Any = self._answer(request, insider)
            status = 200
            reason = _REASONS.get(request.method, "resolved")
        except (Refusal, schema.SchemaError) as error:
            refusal = error if isinstance(error, Refusal) else refusal_of(error)
            data = {"message": refusal.message}
            status, reason = refusal.status, refusal.reason
        return response(request, status, reason, data)

    def _answer(self, request: Request, insider: Token | None) -> t.Any:
        """Return the data of the response, or raise a `Refusal`."""
        token = insider or self._tokens.admit(request)
        path = request.path.removeprefix(_BASE_PATH).removesuffix("/")
        operation, arguments = match(request.method, path)
        if insider is None:
            self._tokens.allow(token, operation)
        handler = HANDLERS.get(operation.id) or rule_for(operation)
        if handler is None:
            raise SandboxNotImplementedError(operation.id)
        if "page_number" in arguments:
            page_number(arguments["page_number"])
        query, body = parsed(operation, request.params), body_of(request, operation)
        call = Call(self.state, operation, dict(arguments), query, body, token.tier)
        return self._run(handler, call)

    def _run(self, handler: Handler, call: Call) -> t.Any:
        """Return what a handler returns, and send its events if it succeeds."""
        with self.state.store.transaction():
            require_plugin(call)
            require_helpdesk(call)
            data = handler(call)
        for name, fields in call.events:
            self.feed.publish(name, fields, call.now)
        return data
