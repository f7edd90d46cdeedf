"""The options of a client, declared once, and their defaults."""

from __future__ import annotations

import typing as t

from crisp_api.transport.retry import RetryPolicy
from crisp_api.transport.sender import Attempt
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.limits import Limiter

__all__ = ["BASE_URL", "DEFAULTS", "Changes", "ClientOptions", "T"]

BASE_URL: t.Final = "https://api.crisp.chat/v1/"
Hook = t.Callable[[Attempt], object]


T = t.TypeVar("T")


class ClientOptions(t.TypedDict, t.Generic[T], total=False):
    """The options of a client, besides its credentials.

    Keys:
        tier: what the token belongs to. The default is ``user``; most tokens are
            plugin tokens, so pass ``tier="plugin"``.
        base_url: the URL of the API.
        timeout: seconds to wait for a connection, and for each read or write. The
            default is 10; None for no limit.
        deadline: seconds for a whole call, with all its attempts. The default is 60;
            None for no limit.
        retry: when to retry; None for never.
        limit: a rate limit, which is checked before every request.
        on_request: called with each attempt before it is sent.
        on_response: called with each attempt after its outcome.
        on_retry: called with each attempt that will be repeated.
        transport: sends the requests. The client does not close a transport of yours.
    """

    tier: Tier | None
    base_url: str
    timeout: float | None
    deadline: float | None
    retry: RetryPolicy | None
    limit: Limiter | None
    on_request: Hook | None
    on_response: Hook | None
    on_retry: Hook | None
    transport: T


DEFAULTS: t.Final[dict[str, t.Any]] = {
    **dict.fromkeys(ClientOptions.__optional_keys__),
    "base_url": BASE_URL,
    "timeout": 10.0,
    "deadline": 60.0,
    "retry": RetryPolicy(),
}


class Changes(t.TypedDict, total=False):
    """The options that `with_options` can change."""

    timeout: float | None
    deadline: float | None
    retry: RetryPolicy | None
