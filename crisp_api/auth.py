"""The auth hook: HTTP Basic and the tier of the token, on every request."""

from __future__ import annotations

import base64
import typing as t

from crisp_api.types import Tier

__all__ = ["AuthHook", "Secret", "hidden"]


class Secret(str):
    """Text whose repr hides it: error reporters print local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


T = t.TypeVar("T")


def hidden(value: T) -> T:
    """Return text as a `Secret`, and any other value as it is."""
    return t.cast("T", Secret(value)) if isinstance(value, str) else value


class AuthHook:
    """Signs requests with a token keypair and the tier that it belongs to.

    All consumers of a client share one, so that a change of credentials reaches the
    next attempt of each. Its repr does not show the credentials.

    Attributes:
        headers: what it adds to each request; they were checked.
    """

    def __init__(self) -> None:
        self._tier: Tier = "user"
        self.headers: dict[str, str] = {"X-Crisp-Tier": self._tier}

    def __repr__(self) -> str:
        state = "signed" if "Authorization" in self.headers else "unsigned"
        return f"<AuthHook {state}, tier {self._tier!r}>"

    def __reduce__(self) -> t.NoReturn:
        message = "an auth hook holds credentials and is not pickled or copied"
        raise TypeError(message)

    def __call__(self, request_builder: t.Any) -> None:
        """Sign a request that uplink is building."""
        request_builder.info["headers"].update(self.headers)

    @property
    def tier(self) -> Tier:
        """The tier in use; ``user`` until another is set."""
        return self._tier

    def authenticate(self, identifier: str, key: str) -> None:
        """Take a token keypair.

        Raises:
            ValueError: one is empty or holds a control character, or the
                identifier holds a colon.
        """
        identifier, key = hidden(identifier), hidden(key)
        pair: dict[str, object] = {"identifier": identifier, "key": key}
        for name, text in pair.items():
            # Without the value: it is a secret.
            if not isinstance(text, str) or not text or not text.isprintable():
                message = f"{name} must be text, as Crisp shows it: no line ends"
                raise ValueError(message)
        if ":" in identifier:
            message = "identifier must not hold a colon; is it a whole token pair?"
            raise ValueError(message)
        token = base64.b64encode(f"{identifier}:{key}".encode()).decode()
        self.headers["Authorization"] = Secret(f"Basic {token}")

    def set_tier(self, tier: Tier) -> None:
        """Set the tier that the token belongs to.

        Raises:
            ValueError: there is no such tier.
        """
        # Without the value: it may be a key.
        tier = hidden(tier)
        known: tuple[Tier, ...] = t.get_args(Tier)
        if tier not in known:
            message = "tier must be 'user', 'website' or 'plugin'"
            raise ValueError(message)
        self._tier = self.headers["X-Crisp-Tier"] = known[known.index(tier)]
