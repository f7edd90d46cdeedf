"""`Crisp` and `AsyncCrisp`: they compose the consumers and sign their requests."""

from __future__ import annotations

import copy
import dataclasses
import os
import typing as t
import warnings

from crisp_api import _uplink, wire
from crisp_api.auth import AuthHook, hidden
from crisp_api.core import BaseURL, Core
from crisp_api.declare import Async, Consumer, Mode, Sync
from crisp_api.endpoints import Bucket, Media, Plan, Plugin, Routes, Website
from crisp_api.runners import ASYNC
from crisp_api.transport.requests_ import RequestsTransport, Session
from crisp_api.transport.retry import RetryPolicy
from crisp_api.transport.sender import Attempt, Hooks, Options, Sender
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.http import AsyncTransport, Transport
    from crisp_api.limits import Limiter
    from crisp_api.transport.aiohttp_ import AiohttpTransport, ClientSession

__all__ = ["BASE_URL", "AsyncCrisp", "Crisp"]

BASE_URL: t.Final = "https://api.crisp.chat/v1/"
DEFAULT_RETRY: t.Final = RetryPolicy()

Hook = t.Callable[[Attempt], object]


def _warn_of(host: str, stacklevel: int) -> None:
    """Warn where a host would be told the token in the clear."""
    if not wire.is_private(host):
        message = f"requests to {host} are not encrypted, and neither is the token"
        # As seen from where the client is made, or told.
        warnings.warn(message, UserWarning, stacklevel=stacklevel + 1)


class Changes(t.TypedDict, total=False):
    """What `with_options` can change; what is left out stays."""

    timeout: float | None
    deadline: float | None
    retry: RetryPolicy | None


class _Client(Plugin[Mode], Routes[Mode], metaclass=_uplink.ClientMeta):
    """What both faces share.

    A client is a consumer itself: of routes by hand, and of the plugin calls
    that the first client had on itself.
    """

    _own: t.Any = None

    def __init__(
        self,
        identifier: str | None,
        key: str | None,
        tier: Tier | None,
        core: Core,
    ) -> None:
        self._auth, self._base_url = core.auth, core.base_url
        _warn_of(self._base_url.host, stacklevel=3)
        if tier is not None:
            self.set_tier(tier)
        if identifier is not None or key is not None:
            self.authenticate(identifier or "", key or "")
        self._compose(core)

    def _compose(self, core: Core) -> None:
        """Make the consumers, over a core."""
        self.core: Core = core
        super().__init__(self)
        self.website: Website[Mode] = Website(self)
        self.plugin: Plugin[Mode] = Plugin(self)
        self.plan: Plan[Mode] = Plan(self)
        self.bucket: Bucket[Mode] = Bucket(self)
        self.media: Media[Mode] = Media(self)

    @classmethod
    def from_env(cls, **options: t.Any) -> t.Self:
        """Make a client from the environment.

        Reads ``CRISP_IDENTIFIER`` and ``CRISP_KEY``, and ``CRISP_TIER`` and
        ``CRISP_BASE_URL`` where they are set.

        Args:
            options: passed on; they win over the environment.

        Raises:
            ValueError: a variable is missing, or what it holds cannot be.
        """
        for name in ("identifier", "key", "tier", "base_url"):
            variable = f"CRISP_{name.upper()}"
            if value := hidden(os.environ.get(variable)):
                options.setdefault(name, value)
            elif name in {"identifier", "key"} and name not in options:
                message = f"the environment variable {variable} is not set, or empty"
                raise ValueError(message)
        return cls(**options)

    def __repr__(self) -> str:
        if not hasattr(self, "core"):
            # What shows it wants to tell why it could not be made.
            return f"<{type(self).__name__}, half made>"
        return f"<{type(self).__name__} {self._base_url}, tier {self._auth.tier!r}>"

    def __reduce__(self) -> t.NoReturn:
        message = (
            f"{type(self).__name__} holds credentials and connections, and is not "
            "pickled or copied; make another where it is needed"
        )
        raise TypeError(message)

    def authenticate(self, identifier: str, key: str) -> None:
        """Sign requests with a token keypair, from the next call on.

        Raises:
            ValueError: one of them is empty or cannot be a token.
        """
        identifier, key = hidden(identifier), hidden(key)
        self._auth.authenticate(identifier, key)

    def authenticate_tier(self, tier: Tier, identifier: str, key: str) -> None:
        """Sign requests with a token keypair of a tier, from the next call on.

        Raises:
            ValueError: there is no such tier, or no such token.
        """
        identifier, key = hidden(identifier), hidden(key)
        self.set_tier(tier)
        self.authenticate(identifier, key)

    def set_tier(self, tier: Tier) -> None:
        """Say which tier the token belongs to: user, website or plugin.

        Raises:
            ValueError: there is no such tier.
        """
        tier = hidden(tier)
        self._auth.set_tier(tier)

    def set_rest_host(self, rest_host: str) -> None:
        """Send to another host, such as ``https://api.crisp.chat``.

        A path that it has stays, before the base path.

        Raises:
            ValueError: it is no ``http`` or ``https`` URL.
        """
        host, path = wire.base(rest_host)
        self._base_url.move(f"{host}{path}".rstrip("/"), self._base_url.path)
        _warn_of(self._base_url.host, stacklevel=2)

    def get_rest_host(self) -> str:
        """Give the host that requests go to."""
        return self._base_url.host

    def set_rest_base_path(self, rest_base_path: str) -> None:
        """Send below another path of the host, such as ``/v1``."""
        _, path = wire.base("https://any/" + rest_base_path)
        self._base_url.move(self._base_url.host, path)

    def get_rest_base_path(self) -> str:
        """Give the path that all routes are below."""
        return self._base_url.path

    def set_timeout(self, timeout: float | None) -> None:
        """Wait so many seconds for a connection, and for each read; None: for ever.

        Raises:
            ValueError: it is not above 0.
        """
        options = dataclasses.replace(self.core.options, timeout=timeout)
        self.core.options = options

    def get_timeout(self) -> float | None:
        """Give the seconds that a request may wait."""
        return self.core.options.timeout

    def refresh_proxies(self) -> None:
        """Ask the environment again which proxies to use, and whom to trust.

        It is asked once for each host, and not at each call. A transport or a session
        of your own is not told.
        """
        if self._own:
            self._own.refresh_proxies()

    def with_options(self, **changes: t.Unpack[Changes]) -> t.Self:
        """Give this client with other time-outs or retries, for a call or more.

        It shares the connections and the credentials; closing one closes both. What
        was set on an uplink ``session`` stays there::

            client.with_options(timeout=60, retry=None).website.get_website(website_id)

        Raises:
            ValueError: a time-out is not above 0.
        """
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._compose(self.core.with_options(**changes))
        join: t.Any = Consumer.__init__
        for name, value in vars(self).items():
            # Those that a subclass has besides ours, and not those of another client.
            is_left = isinstance(value, Consumer) and vars(other)[name] is value
            if is_left and value.core is self.core:
                vars(other)[name] = copy.copy(t.cast("Consumer[Mode]", value))
                # Not by its own constructor, which may want more.
                join(vars(other)[name], other)
        return other


class Crisp(_Client[Sync]):
    """The Crisp REST API, its calls blocking.

    Args:
        identifier: of the token keypair; both may be set later, by `authenticate`.
        key: of the token keypair.
        tier: what the token is: ``user`` unless it is said, as in Crisp's Node
            and Go clients.
        base_url: where the API is.
        timeout: seconds to wait for a connection, and for each read.
        deadline: seconds for a whole call, over all its attempts; None is never.
        retry: when to try again what failed; None for never.
        limit: asked before each request, so that a job stops before Crisp stops it.
        on_request: told of each attempt before it is sent.
        on_response: told of each attempt when its outcome is there.
        on_retry: told of each attempt that will be repeated.
        transport: what carries the requests; a ``requests.Session`` of your
            own will do. What is given here stays yours to close.
    """

    def __init__(
        self,
        identifier: str | None = None,
        key: str | None = None,
        *,
        tier: Tier | None = None,
        base_url: str = BASE_URL,
        timeout: float | None = 10.0,
        deadline: float | None = 60.0,
        retry: RetryPolicy | None = DEFAULT_RETRY,
        limit: Limiter | None = None,
        on_request: Hook | None = None,
        on_response: Hook | None = None,
        on_retry: Hook | None = None,
        transport: Transport | Session | None = None,
    ) -> None:
        identifier, key, tier = hidden(identifier), hidden(key), hidden(tier)
        options = Options(timeout, deadline, retry)
        hooks = Hooks(on_request, on_response, on_retry)
        self._own: RequestsTransport | None = None
        if transport is None or isinstance(transport, Session):
            transport = self._own = RequestsTransport(transport)
        sender = Sender(transport, retry, limit, hooks)
        core = Core(BaseURL(base_url), AuthHook(), sender, options)
        super().__init__(identifier, key, tier, core)

    def close(self) -> None:
        """Close the connections that the client opened itself, and send no more."""
        self.core.sender.close()
        if self._own:
            self._own.close()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class AsyncCrisp(_Client[Async]):
    """The Crisp REST API, its calls awaited (extra ``async``).

    It takes what `Crisp` takes.

    Args:
        transport: what carries the requests; an ``aiohttp.ClientSession`` of
            your own will do, and so will a transport that answers without
            waiting, such as a `Sandbox`. What is given here stays yours to close.
    """

    def __init__(
        self,
        identifier: str | None = None,
        key: str | None = None,
        *,
        tier: Tier | None = None,
        base_url: str = BASE_URL,
        timeout: float | None = 10.0,
        deadline: float | None = 60.0,
        retry: RetryPolicy | None = DEFAULT_RETRY,
        limit: Limiter | None = None,
        on_request: Hook | None = None,
        on_response: Hook | None = None,
        on_retry: Hook | None = None,
        transport: AsyncTransport | Transport | ClientSession | None = None,
    ) -> None:
        identifier, key, tier = hidden(identifier), hidden(key), hidden(tier)
        options = Options(timeout, deadline, retry)
        hooks = Hooks(on_request, on_response, on_retry)
        self._own: AiohttpTransport | None = None
        given: object = transport
        if isinstance(given, Session):
            message = "AsyncCrisp takes an aiohttp.ClientSession, not one of requests"
            raise TypeError(message)
        if not _sends(transport):
            transport = self._own = _new_aiohttp_transport(transport)
        sender = Sender(transport, retry, limit, hooks, runner=ASYNC)
        core = Core(BaseURL(base_url), AuthHook(), sender, options)
        super().__init__(identifier, key, tier, core)

    async def close(self) -> None:
        """Send no more, and close the connections of this event loop."""
        self.core.sender.close()
        if self._own:
            await self._own.close()

    async def __aenter__(self) -> t.Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()


def _sends(transport: object) -> t.TypeGuard[AsyncTransport | Transport]:
    return hasattr(transport, "send")


def _new_aiohttp_transport(session: t.Any) -> AiohttpTransport:
    try:
        # An extra, and heavy: imported where it is needed.
        from crisp_api.transport.aiohttp_ import AiohttpTransport  # noqa: PLC0415
    except ImportError as error:
        message = "AsyncCrisp needs aiohttp: pip install 'crisp-api[async]'"
        raise ImportError(message) from error
    return AiohttpTransport(session)
