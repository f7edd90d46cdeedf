"""The auth hook: HTTP Basic and the tier of the token, on every request."""

from __future__ import annotations

import base64
import typing as t

from crisp_api.errors import error_for
from crisp_api.http import Headers, Request, Response
from crisp_api.types import Tier

__all__ = ["NOT_PASSED", "SIGNED", "AuthHook", "Secret", "hidden"]

SIGNED: t.Final = "crisp_api.signed"
"""The key in ``info`` under which the hook notes the headers that it added."""


class Secret(str):
    """Text whose repr hides it: error reporters print local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class NotText:
    """A placeholder for a value that is not text, and may still be a secret."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __repr__(self) -> str:
        return f"<{self.kind}>"


NOT_PASSED: t.Final[t.Any] = NotText("not passed")
"""The default of a credential; None would be a setting that is not set."""

T = t.TypeVar("T")


def hidden(value: T) -> T:
    """Return a value whose repr does not show it; None as it is."""
    if value is None or isinstance(value, NotText):
        return value
    if isinstance(value, str):
        return t.cast("T", Secret(value))
    return t.cast("T", NotText(type(value).__name__))


class _State:
    """The current credentials, which are replaced as a whole.

    Args:
        tier: the tier that the token belongs to.
        authorization: the header with the token; None without a token.
        unset_tier: why the tier is not set; empty if it is.
        unset_token: why the token is not set; empty if it is, or none was passed.
    """

    def __init__(
        self,
        tier: Tier,
        authorization: str | None = None,
        unset_tier: str = "",
        unset_token: str = "",
    ) -> None:
        self.tier: Tier = tier
        self.unset_tier = unset_tier
        self.unset_token = unset_token
        self.headers = Headers({"X-Crisp-Tier": tier})
        if authorization:
            self.headers["Authorization"] = authorization

    @property
    def authorization(self) -> str | None:
        """The header with the token."""
        return self.headers.get("Authorization")


class AuthHook:
    """Signs requests with a token keypair and the tier that it belongs to.

    All consumers of a client share one, so that a change of credentials reaches the
    next attempt of each. A change is one step: no request has the tier of one token
    and the key of another. Its repr does not show the credentials.
    """

    def __init__(self) -> None:
        self._state = _State("user")

    def __repr__(self) -> str:
        state = "signed" if "Authorization" in self.headers else "unsigned"
        return f"<AuthHook {state}, tier {self.tier!r}>"

    def __reduce__(self) -> t.NoReturn:
        message = "an auth hook holds credentials and is not pickled or copied"
        raise TypeError(message)

    def __call__(self, request_builder: t.Any) -> None:
        """Sign a request.

        Raises:
            AuthenticationError: `authenticate` or `set_tier` was called with values
                that are not set; nothing was sent.
        """
        state = self._state
        if unset := state.unset_token or state.unset_tier:
            nothing = Request("", "", state.headers)
            request: Request = getattr(request_builder, "request", nothing)
            response = Response(request, 401)
            raise error_for(response, "no_credentials", unset)
        headers = request_builder.info["headers"]
        if not isinstance(headers, Headers):
            # So that uplink's own local variables do not show the token.
            headers = request_builder.info["headers"] = Headers(headers)
        headers.update(state.headers)
        request_builder.info[SIGNED] = state.headers

    @property
    def tier(self) -> Tier:
        """The tier in use; ``user`` until another is set."""
        return self._state.tier

    @property
    def headers(self) -> Headers:
        """The headers that are added to each request."""
        return self._state.headers

    def authenticate(self, identifier: str | None, key: str | None) -> None:
        """Use a token keypair from now on.

        Values that are not set (None or empty) are accepted, as an application may be
        imported without its settings. The next call then raises an
        `AuthenticationError`.

        Raises:
            ValueError: a value is malformed; the credentials stay as they were.
        """
        identifier, key = hidden(identifier), hidden(key)
        token = _token(identifier, key)
        state = self._state
        self._state = _State(state.tier, token[0], state.unset_tier, token[1])

    def set_tier(self, tier: Tier | None) -> None:
        """Set the tier that the token belongs to.

        A tier that is not set is accepted, as in `authenticate`.

        Raises:
            ValueError: there is no such tier.
        """
        state = self._state
        tier = hidden(tier)
        known, unset = _tier(tier)
        self._state = _State(known, state.authorization, unset, state.unset_token)

    def authenticate_tier(
        self, tier: Tier | None, identifier: str | None, key: str | None
    ) -> None:
        """Use a token keypair of a tier from now on, in one step.

        Raises:
            ValueError: a value is malformed; the credentials stay as they were.
        """
        tier, identifier, key = hidden(tier), hidden(identifier), hidden(key)
        known, unset_tier = _tier(tier)
        authorization, unset_token = _token(identifier, key)
        self._state = _State(known, authorization, unset_tier, unset_token)


def _tier(tier: Tier | None) -> tuple[Tier, str]:
    """Return a tier as plain text, and why it is not set."""
    if unset := _unset("tier", tier=tier):
        return "user", unset
    for known in t.get_args(Tier):
        if tier == known:
            return known, ""
    # Without the value: it may be a key.
    message = "tier must be 'user', 'website' or 'plugin'"
    raise ValueError(message)


def _token(identifier: object, key: object) -> tuple[str | None, str]:
    """Return the Authorization header for a keypair, and why it is not set.

    Raises:
        ValueError: a value cannot be part of a token. The message does not show it.
    """
    if unset := _unset("token", identifier=identifier, key=key):
        return None, unset
    for name, text in {"identifier": identifier, "key": key}.items():
        if isinstance(text, NotText):
            message = f"{name} must be text, not {text.kind}"
            raise ValueError(message)  # noqa: TRY004 - as for every malformed token
        if not str(text).isprintable():
            message = f"{name} is malformed: it contains a control character"
            raise ValueError(message)
    if ":" in str(identifier):
        message = (
            "identifier is malformed: it contains a colon; is it a whole token pair?"
        )
        raise ValueError(message)
    return "Basic " + base64.b64encode(f"{identifier}:{key}".encode()).decode(), ""


def _unset(what: str, **values: object) -> str:
    """Return which of these values is not set, if one is not."""
    for name, value in values.items():
        if value is None or value is NOT_PASSED:
            return f"no {what} set: {name} is None"
        if value == "":
            return f"no {what} set: {name} is empty"
    return ""
