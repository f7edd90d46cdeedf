"""`Crisp` and `AsyncCrisp`: they compose the consumers and sign their requests."""

from __future__ import annotations

import os
import typing as t

from crisp_api import _uplink, wire
from crisp_api.auth import AuthHook
from crisp_api.declare import Async, Face, Sync
from crisp_api.endpoints import Bucket, Media, Plan, Plugin, Routes, Website
from crisp_api.transport.requests_ import RequestsTransport, Session
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.messages import AsyncTransport, Transport
    from crisp_api.transport.aiohttp_ import AiohttpTransport, ClientSession

__all__ = ["BASE_URL", "AsyncCrisp", "Crisp"]

BASE_URL: t.Final = "https://api.crisp.chat/v1/"


class _BaseURL:
    """Where a client sends; uplink asks for its text at each call."""

    def __init__(self, url: str) -> None:
        self.host, self.path = wire.base(url)

    def __str__(self) -> str:
        return f"{self.host}{self.path.rstrip('/')}/"


class _Client(Plugin[Face], Routes[Face], metaclass=_uplink.ClientMeta):
    """What both faces share.

    A client is a consumer itself: of routes by hand, and of the plugin calls
    that the first client had on itself.
    """

    def __init__(
        self,
        identifier: str | None,
        key: str | None,
        tier: Tier | None,
        base_url: str,
        timeout: float | None,
        adapter: _uplink.Adapter,
    ) -> None:
        self._auth = AuthHook()
        self._base_url = _BaseURL(base_url)
        self._adapter = adapter
        self.uplink_arguments: dict[str, t.Any] = {
            "base_url": self._base_url,
            "client": adapter,
            "auth": self._auth,
        }
        super().__init__(self)
        self.set_timeout(timeout)
        if tier is not None:
            self.set_tier(tier)
        if identifier is not None or key is not None:
            self.authenticate(identifier or "", key or "")
        self.website: Website[Face] = Website(self)
        self.plugin: Plugin[Face] = Plugin(self)
        self.plan: Plan[Face] = Plan(self)
        self.bucket: Bucket[Face] = Bucket(self)
        self.media: Media[Face] = Media(self)

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
            if value := os.environ.get(variable):
                options.setdefault(name, value)
            elif name in {"identifier", "key"} and name not in options:
                message = f"the environment variable {variable} is not set, or empty"
                raise ValueError(message)
        return cls(**options)

    def __repr__(self) -> str:
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
        self._auth.authenticate(identifier, key)

    def authenticate_tier(self, tier: Tier, identifier: str, key: str) -> None:
        """Sign requests with a token keypair of a tier, from the next call on.

        Raises:
            ValueError: there is no such tier, or no such token.
        """
        self.set_tier(tier)
        self.authenticate(identifier, key)

    def set_tier(self, tier: Tier) -> None:
        """Say which tier the token belongs to: user, website or plugin.

        Raises:
            ValueError: there is no such tier.
        """
        self._auth.set_tier(tier)

    def set_rest_host(self, rest_host: str) -> None:
        """Send to another host, such as ``https://api.crisp.chat``.

        A path that it has stays, before the base path.

        Raises:
            ValueError: it is no ``http`` or ``https`` URL.
        """
        host, path = wire.base(rest_host)
        self._base_url.host = f"{host}{path}".rstrip("/")

    def get_rest_host(self) -> str:
        """Give the host that requests go to."""
        return self._base_url.host

    def set_rest_base_path(self, rest_base_path: str) -> None:
        """Send below another path of the host, such as ``/v1``."""
        _, self._base_url.path = wire.base("https://any/" + rest_base_path)

    def get_rest_base_path(self) -> str:
        """Give the path that all routes are below."""
        return self._base_url.path

    def set_timeout(self, timeout: float | None) -> None:
        """Wait so many seconds for a connection, and for each read; None: for ever.

        Raises:
            ValueError: it is not above 0.
        """
        given: object = timeout
        seconds = isinstance(given, int | float) and 0 < given < float("inf")
        if timeout is not None and not seconds:
            message = "timeout must be a number of seconds above 0, or None"
            raise ValueError(message)
        self._adapter.timeout = timeout

    def get_timeout(self) -> float | None:
        """Give the seconds that a request may wait."""
        return self._adapter.timeout


class Crisp(_Client[Sync]):
    """The Crisp REST API, its calls blocking.

    Args:
        identifier: of the token keypair; both may be set later, by `authenticate`.
        key: of the token keypair.
        tier: what the token is: ``user`` unless it is said, as in Crisp's Node
            and Go clients.
        base_url: where the API is.
        timeout: seconds to wait for a connection, and for each read.
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
        transport: Transport | Session | None = None,
    ) -> None:
        self._own: RequestsTransport | None = None
        if transport is None or isinstance(transport, Session):
            transport = self._own = RequestsTransport(transport)
        adapter = _uplink.BlockingAdapter(transport)
        super().__init__(identifier, key, tier, base_url, timeout, adapter)

    def close(self) -> None:
        """Close the connections that the client opened itself."""
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
        transport: AsyncTransport | Transport | ClientSession | None = None,
    ) -> None:
        self._own: AiohttpTransport | None = None
        given: object = transport
        if isinstance(given, Session):
            message = "AsyncCrisp takes an aiohttp.ClientSession, not one of requests"
            raise TypeError(message)
        if _sends(transport):
            adapter = _uplink.AwaitingAdapter(transport)
        else:
            self._own = _new_aiohttp_transport(transport)
            adapter = _uplink.AwaitingAdapter(self._own)
        super().__init__(identifier, key, tier, base_url, timeout, adapter)

    async def close(self) -> None:
        """Close the connections that the client opened itself, in this event loop."""
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
