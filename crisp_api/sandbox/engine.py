"""The engine of a sandbox: admits a request, runs it, and sends its events."""

from __future__ import annotations

import contextlib
import functools
import threading
import typing as t

from crisp_api import schema, table
from crisp_api.errors import error_for
from crisp_api.http import Request, Response
from crisp_api.sandbox.bodies import answer, body_of, refusal_of, refuse
from crisp_api.sandbox.call import Call, State
from crisp_api.sandbox.faults import Faults, Outcome
from crisp_api.sandbox.feed import Feed, Subscription, keep_last
from crisp_api.sandbox.filters import page_number, parsed
from crisp_api.sandbox.handlers import HANDLERS
from crisp_api.sandbox.handlers.helpdesk import require_helpdesk
from crisp_api.sandbox.handlers.uploads import STORAGE, exchange
from crisp_api.sandbox.handlers.websites import require_plugin
from crisp_api.sandbox.hooks import OF_PLUGIN, Hooks
from crisp_api.sandbox.inside import Inside
from crisp_api.sandbox.model import SUBSCRIPTION
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, SandboxNotImplementedError
from crisp_api.sandbox.routes import match
from crisp_api.sandbox.rules import rule_for
from crisp_api.sandbox.sent import BASE_PATH, SentRequest
from crisp_api.sandbox.tokens import Token, Tokens, may_hear

if t.TYPE_CHECKING:
    from crisp_api.events import Event
    from crisp_api.sandbox.rules import Handler

__all__ = ["Engine"]

T = t.TypeVar("T")


class Engine:
    """Answers requests from the state of a sandbox.

    Args:
        state: what requests read and change.
        tokens: the tokens that are accepted.

    Attributes:
        faults: the faults that were ordered, and the limits.
        feed: the events.
        hooks: the webhooks.
        requests: the requests so far.
        tokens: the tokens that are accepted.
    """

    def __init__(self, state: State, tokens: Tokens) -> None:
        self.state: State = state
        self.feed: Feed = Feed()
        self.faults: Faults = Faults()
        self.hooks: Hooks = Hooks(self._is_installed)
        self.feed.listeners.append(self.hooks.take)
        self.requests: list[SentRequest] = []
        self.tokens = tokens
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self) -> t.Generator[None]:
        """Do one thing at a time."""
        with self._lock:
            yield

    def exchange(self, request: Request) -> Outcome:
        """Return the outcome of a request, with the faults that were ordered.

        Call ``hooks.deliver`` afterwards.
        """
        with self.turn():
            sent = SentRequest.of(request)
            keep_last(self.requests, sent)

            def respond(refusal: Refusal | None) -> Response:
                if refusal:
                    return refuse(request, refusal)
                return self._respond(request, None)

            outcome = self.faults.meet(sent, respond)
            if outcome.response:
                sent.__dict__["status"] = outcome.response.status
            if outcome.reset == "refused":
                # It was not sent.
                self.requests.pop()
            self.feed.touch()
            return outcome

    @functools.cached_property
    def inside(self) -> Inside:
        """The way in for the sandbox's own people."""
        return Inside(self.send_inside, self.run, self.feed)

    def send_inside(self, request: Request) -> Response:
        """Answer a request of the sandbox's own people."""
        with self.turn():
            response = self._respond(request, Token("", "", "user"))
        self.hooks.deliver()
        return response

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
                result = t.cast("T", self._run(change, call))
            except Refusal as error:
                message = f"{error.reason}: {error.message}"
                raise ValueError(message) from None
        self.hooks.deliver()
        return result

    def _is_installed(self, website_id: str) -> bool:
        """Return whether a website has the plugin."""
        path = (website_id, self.state.plugin_id)
        return not website_id or self.state.store.has(SUBSCRIPTION, path)

    def listen(
        self,
        token: tuple[str, str, str],
        names: t.Iterable[str],
        rooms: t.Iterable[str],
        inboxes: t.Iterable[str],
    ) -> Subscription:
        """Return the events from now on that a token may hear.

        Args:
            token: its identifier, its key and its tier.
            names: the names of the events.
            rooms: identifiers of websites and conversations, which Crisp names
                ``rooms``.
            inboxes: the inboxes.

        Raises:
            RouteError: the token is not accepted.
        """
        try:
            found = self.tokens.known(*token)
        except Refusal as refusal:
            request = Request("GET", f"{self.state.origin}/realtime/")
            response = refuse(request, refusal)
            raise error_for(response, refusal.reason) from None

        def allows(event: Event[t.Any]) -> bool:
            is_here = found.tier != "plugin" or self._is_installed(event.website_id)
            return (is_here or event.name in OF_PLUGIN) and may_hear(found, event)

        return self.feed.subscribe(names, rooms, inboxes, allows)

    def websites_of(self, token: Token) -> set[str] | None:
        """Return the websites whose events a token receives, None for all."""
        if token.tier != "plugin":
            return None
        plugin = Query().where("plugin = ?", self.state.plugin_id)
        with self.turn():
            found = self.state.store.every(SUBSCRIPTION, plugin)
        return {one["website_id"] for one in found}

    @contextlib.contextmanager
    def lost(self) -> t.Generator[None]:
        """Lose the events that happen meanwhile, and move the real-time server."""
        self.state.server += 1
        with self.feed.lost(self.state.now):
            yield

    def _respond(self, request: Request, insider: Token | None) -> Response:
        """Return the response to a request."""
        if request.path.startswith(STORAGE):
            with self.state.store.transaction():
                return exchange(self.state, request)
        try:
            return answer(request, self._answer(request, insider))
        except schema.SchemaError as error:
            return refuse(request, refusal_of(error))
        except Refusal as refusal:
            return refuse(request, refusal)

    def _answer(self, request: Request, insider: Token | None) -> t.Any:
        """Return the data of the response, or raise a `Refusal`."""
        token = insider or self.tokens.admit(request)
        if insider is None:
            self.faults.count(token, self.state.now())
        path = request.path.removeprefix(BASE_PATH).removesuffix("/")
        operation, arguments = match(request.method, path)
        if insider is None:
            self.tokens.allow(token, operation)
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
