"""Which tokens are accepted, and for which operations."""

from __future__ import annotations

import base64
import re
import typing as t

from crisp_api.events import EVENTS
from crisp_api.sandbox.refusals import Refusal
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api import table
    from crisp_api.events import Event
    from crisp_api.http import Request

__all__ = ["Token", "Tokens", "may_hear", "scope_of"]

_TIERS: t.Final = frozenset(t.get_args(Tier))
_ACTIONS: t.Final = (
    *("block", "feedback", "open", "purge", "reminder", "report", "tool"),
    *("transcript", "widget"),
)
# The scopes of Crisp's documentation, by the path of operations after the website.
_SCOPES: t.Final = (
    ("conversation", "website:conversation:initiate"),
    (r"conversation/{\w+}/initiate", "website:conversation:initiate"),
    ("conversations/suggest/.*", "website:conversation:suggest"),
    (
        r"conversation/{\w+}/(messages?|compose|read|unread|delivered|original)(/.*)?",
        "website:conversation:messages",
    ),
    (r"conversation/{\w+}/state", "website:conversation:states"),
    (r"conversation/{\w+}/routing", "website:conversation:routing"),
    (
        r"conversation/{\w+}/(pages|events|participants)(/.*)?",
        r"website:conversation:\1",
    ),
    (r"conversation/{\w+}/browsing(/.*)?", "website:conversation:browsing"),
    (r"conversation/{\w+}/call(/.*)?", "website:conversation:calls"),
    (
        rf"conversation/{{\w+}}/({'|'.join(_ACTIONS)})(/.*)?",
        "website:conversation:actions",
    ),
    ("conversations?/.*", "website:conversation:sessions"),
    ("people/subscription/.*", "website:people:subscriptions"),
    ("people/.*", "website:people:profiles"),
    ("inbox(es)?(/.*)?", "website:inboxes"),
    (r"(campaign|operator|team)s?(/.*)?", r"website:\1s"),
    # No scope is for a real-time connection, nor for the website as a whole.
    ("(connect|expunge)(/.*)?", ""),
    (r"(\w+)(/.*)?", r"website:\1"),
)


class Token(t.NamedTuple):
    """A token that the sandbox accepts.

    Attributes:
        identifier: its first half.
        key: its second half.
        tier: what kind of token it is.
        scopes: what it may do, such as ``website:conversation:messages:write``; None
            for everything.
    """

    identifier: str
    key: str
    tier: Tier
    scopes: t.Collection[str] | None = None


class Tokens:
    """The tokens that are accepted.

    Args:
        tokens: those tokens; None for any token, in any tier, for any operation.
    """

    def __init__(self, tokens: t.Iterable[tuple[t.Any, ...]] | None) -> None:
        self._known: dict[tuple[str, str, str], Token] | None = None
        if tokens is not None:
            made = [Token(*token) for token in tokens]
            if any(isinstance(token.scopes, str) for token in made):
                message = "scopes are a list of texts, not one text"
                raise TypeError(message)
            self._known = {token[:3]: token for token in made}
            if len(self._known) < len(made):
                message = "two tokens have the same identifier, key and tier"
                raise ValueError(message)

    def admit(self, request: Request) -> Token:
        """Return the token of a request.

        Raises:
            Refusal: it has none, or one that is not accepted.
        """
        headers = {name.lower(): value for name, value in request.headers.items()}
        scheme, _, token = headers.get("authorization", "").partition(" ")
        try:
            pair = base64.b64decode(token, validate=True).decode()
        except ValueError:
            pair = ""
        identifier, _, key = pair.partition(":")
        if scheme.lower() != "basic":
            identifier = ""
        return self.known(identifier, key, headers.get("x-crisp-tier", "user"))

    def known(self, identifier: str, key: str, tier: str) -> Token:
        """Return a token.

        Raises:
            Refusal: it is not accepted.
        """
        if identifier and key and tier in _TIERS:
            sent = Token(identifier, key, t.cast("Tier", tier))
            found = sent if self._known is None else self._known.get(sent[:3])
            if found:
                return found
        raise Refusal(401, "invalid_session")

    def allow(self, token: Token, operation: table.Operation) -> None:
        """Refuse an operation that a token may not call.

        The tiers are those of the reference, which does not mention website tokens:
        they may call what plugins may call, on a website, and upload files.
        """
        if self._known is None:
            return
        tier: str = token.tier
        if tier == "website" and operation.service in {"website", "bucket"}:
            tier = "plugin"
        # Clients ask for the address of the real-time server in several ways.
        is_free = operation.name == "get_connect_endpoints"
        if operation.tiers and tier not in operation.tiers and not is_free:
            message = f"the route is for {' and '.join(operation.tiers)} tokens"
            raise Refusal(403, "restricted_route_tier", message)
        scope = scope_of(operation)
        if token.scopes is not None and scope and scope not in token.scopes:
            message = f"the token does not have the scope {scope}"
            raise Refusal(403, "token_scope_forbidden", message)


def may_hear(token: Token, event: Event[t.Any]) -> bool:
    """Return whether a token has the tier and the scope to receive an event."""
    kind = EVENTS[event.name]
    return token.tier in kind.tiers and (
        token.scopes is None or not kind.scope or kind.scope in token.scopes
    )


def scope_of(operation: table.Operation) -> str:
    """Return the scope that an operation needs, such as ``website:operators:read``.

    The scopes of a section that Crisp's documentation does not name are assumed to have
    its name. Empty for an operation on the plugin itself.
    """
    access = "read" if operation.verb in {"GET", "HEAD"} else "write"
    scope = {"bucket": "bucket:url", "plan": "plan:subscription"}.get(
        operation.service, ""
    )
    if inside := re.fullmatch(r"website/{website_id}/(.*)", operation.path):
        found = [(re.fullmatch(pattern, inside[1]), name) for pattern, name in _SCOPES]
        scope = next(match.expand(name) for match, name in found if match)
    return f"{scope}:{access}" if scope else ""
