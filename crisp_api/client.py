"""`Crisp` and `AsyncCrisp`: they compose the consumers and sign their requests."""

from __future__ import annotations

import copy
import dataclasses
import os
import typing as t

from crisp_api import _uplink, wire
from crisp_api.auth import NOT_PASSED, AuthHook, hidden
from crisp_api.core import BaseURL, Core, warn_if_unencrypted
from crisp_api.declare import Async, Consumer, Mode, RawAsync, RawSync, Sync
from crisp_api.endpoints import Bucket, Media, Plan, Plugin, Routes, Website
from crisp_api.options import BASE_URL, DEFAULTS, Changes, ClientOptions, T
from crisp_api.runners import ASYNC, SYNC, Runner
from crisp_api.transport.requests_ import RequestsTransport, Session
from crisp_api.transport.sender import Hooks, Options, Sender
from crisp_api.types import Tier

if t.TYPE_CHECKING:
    from crisp_api.events._names import AnyEvent
    from crisp_api.http import AsyncTransport, Transport
    from crisp_api.realtime import AsyncConnection, Connection, ListenOptions
    from crisp_api.transport.aiohttp_ import AiohttpTransport, ClientSession
    from crisp_api.types.values import Moment

__all__ = ["BASE_URL", "AsyncCrisp", "ClientOptions", "Crisp", "check_client"]


class _Service:
    """A placeholder for a service on the client class, for ``dir`` and ``help``.

    A client has the service itself. It is not a property, because tests set it.
    """

    def __init__(self, consumer: type[Consumer[t.Any]]) -> None:
        self._consumer = consumer

    def __repr__(self) -> str:
        from crisp_api import table  # noqa: PLC0415 - only help() needs it

        name, count = self._consumer.__name__, len(table.operations(self._consumer))
        return f"<{count} operations, see help(crisp_api.endpoints.{name})>"


def _declared(consumer: type[Consumer[t.Any]]) -> t.Any:
    return _Service(consumer)


class _Client(
    Plugin[Mode], Routes[Mode], t.Generic[T, Mode], metaclass=_uplink.ClientMeta
):
    """The common part of the sync and the async client.

    A client is a consumer itself: of routes written by hand, and of the plugin calls,
    which crisp-api 1.1.23 has on the client.
    """

    _service = "client"
    _own: t.Any = None

    website: Website[Mode] = _declared(Website)
    plugin: Plugin[Mode] = _declared(Plugin)
    plan: Plan[Mode] = _declared(Plan)
    bucket: Bucket[Mode] = _declared(Bucket)
    media: Media[Mode] = _declared(Media)

    def __init__(
        self,
        runner: Runner,
        transport: AsyncTransport | Transport,
        identifier: str | None,
        key: str | None,
        options: t.Mapping[str, t.Any],
    ) -> None:
        for name in options.keys() - DEFAULTS.keys():
            message = f"{type(self).__name__}() has no option {name!r}"
            raise TypeError(message)
        given = {**DEFAULTS, **options}
        waits = Options(given["timeout"], given["deadline"], given["retry"])
        hooks = Hooks(given["on_request"], given["on_response"], given["on_retry"])
        hooks.check()
        if given["limit"] is not None and not hasattr(given["limit"], "take"):
            limit = given["limit"]
            message = f"limit must be a Limit, as in Limit(60, per=60), not {limit!r}"
            raise TypeError(message)
        sender = Sender(transport, given["retry"], given["limit"], hooks, runner=runner)
        core = Core(BaseURL(given["base_url"]), AuthHook(), sender, waits)
        warn_if_unencrypted(core.base_url.host, stacklevel=3)
        self._compose(core)
        if given["tier"] is not None:
            self.set_tier(given["tier"])
        if identifier is not NOT_PASSED or key is not NOT_PASSED:
            self.authenticate(identifier, key)

    def _compose(self, core: Core) -> None:
        """Make the consumers, over a core."""
        self.core: Core = core
        super().__init__(self)
        self.website = Website(self)
        self.plugin = Plugin(self)
        self.plan = Plan(self)
        self.bucket = Bucket(self)
        self.media = Media(self)

    @classmethod
    def from_env(
        cls,
        *,
        identifier: str | None = None,
        key: str | None = None,
        **options: t.Unpack[ClientOptions[T]],
    ) -> t.Self:
        """Return a client with the credentials of the environment.

        Reads ``CRISP_IDENTIFIER`` and ``CRISP_KEY``, and if they are set ``CRISP_TIER``
        and ``CRISP_BASE_URL``. Arguments take precedence over the environment.

        Raises:
            ValueError: a variable is missing, or its value is malformed.
        """
        given: dict[str, t.Any] = {"identifier": identifier, "key": key, **options}
        for name in ("identifier", "key", "tier", "base_url"):
            variable = f"CRISP_{name.upper()}"
            if given.get(name) is not None:
                given[name] = hidden(given[name])
            elif value := os.environ.get(variable):
                given[name] = hidden(value)
            elif name in {"identifier", "key"}:
                message = f"the environment variable {variable} is not set, or empty"
                raise ValueError(message)
        return cls(**given)

    def __repr__(self) -> str:
        if not hasattr(self, "core"):
            # In the traceback of an error that its constructor raised.
            return f"<{type(self).__name__}, not initialized>"
        # A hook of your own may have no tier.
        tier = getattr(self.core.auth, "tier", None)
        return f"<{type(self).__name__} {self.core.base_url}, tier {tier!r}>"

    def __reduce__(self) -> t.NoReturn:
        message = (
            f"{type(self).__name__} holds credentials and connections, and is not "
            "pickled or copied; make another where it is needed"
        )
        raise TypeError(message)

    def authenticate(self, identifier: str | None, key: str | None) -> None:
        """Sign requests with a token keypair, from the next attempt on.

        Values that are not set (None or empty) are accepted, as an application may be
        imported without its settings; the next call then raises an
        `AuthenticationError`, and nothing is sent.

        Raises:
            ValueError: a value is malformed; the credentials stay as they were.
        """
        identifier, key = hidden(identifier), hidden(key)
        self.core.auth.authenticate(identifier, key)

    def authenticate_tier(
        self, tier: Tier | None, identifier: str | None, key: str | None
    ) -> None:
        """Sign requests with a token keypair of a tier, from the next attempt on.

        The change is one step: no request mixes two tokens.

        Raises:
            ValueError: a value is malformed; the credentials stay as they were.
        """
        tier, identifier, key = hidden(tier), hidden(identifier), hidden(key)
        self.core.auth.authenticate_tier(tier, identifier, key)

    def set_tier(self, tier: Tier | None) -> None:
        """Set the tier that the token belongs to: user, website or plugin.

        Raises:
            ValueError: there is no such tier.
        """
        tier = hidden(tier)
        self.core.auth.set_tier(tier)

    def set_rest_host(self, rest_host: str) -> None:
        """Send to another host, such as ``https://api.crisp.chat``.

        If it has a path, the base path comes after that.

        Raises:
            ValueError: it is no ``http`` or ``https`` URL.
        """
        rest_host = hidden(rest_host)
        host, path = wire.base(rest_host)
        self.core.base_url.move(f"{host}{path}".rstrip("/"), self.core.base_url.path)
        warn_if_unencrypted(self.core.base_url.host, stacklevel=2)

    def get_rest_host(self) -> str:
        """Return the host that requests go to."""
        return self.core.base_url.host

    def set_rest_base_path(self, rest_base_path: str) -> None:
        """Set the path that all routes are below, such as ``/v1``."""
        rest_base_path = hidden(rest_base_path)
        _, path = wire.base(hidden("https://any/" + rest_base_path))
        self.core.base_url.move(self.core.base_url.host, path)

    def get_rest_base_path(self) -> str:
        """Return the path that all routes are below."""
        return self.core.base_url.path

    def set_timeout(self, timeout: float | None) -> None:
        """Set the seconds to wait for a connection, and for each read; None: for ever.

        Raises:
            ValueError: it is not above 0.
        """
        options = dataclasses.replace(self.core.options, timeout=timeout)
        self.core.options = options

    def get_timeout(self) -> float | None:
        """Return the seconds to wait for a connection, and for each read."""
        return self.core.options.timeout

    def refresh_proxies(self) -> None:
        """Read proxies and certificates from the environment again.

        They are read once for each host, not at each call. This has no effect on a
        transport of your own.
        """
        if self._own:
            self._own.refresh_proxies()

    def with_options(self, **changes: t.Unpack[Changes]) -> t.Self:
        """Return a client with other time-outs or retries, for one call or more.

        It shares the connections and the credentials; closing one closes both. It does
        not have what was set on an uplink ``session``::

            client.with_options(timeout=60, retry=None).website.get_website(website_id)

        Raises:
            ValueError: a time-out is not above 0.
        """
        return self._over(self.core.with_options(**changes))

    def _over(self, core: Core) -> t.Self:
        """Return this client over another core, with the consumers that it has."""
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._compose(core)
        join: t.Any = Consumer.__init__
        for name, value in vars(self).items():
            made: t.Any = vars(other).get(name)
            kind: type[t.Any] = type(t.cast("object", value))
            if isinstance(value, Consumer) and value.core is self.core:
                # A consumer that a subclass or a program added, or put in the place
                # of a service.
                if made is value or type(made) is not kind:
                    vars(other)[name] = copy.copy(t.cast("Consumer[Mode]", value))
                    # Skip its constructor: a subclass may require further arguments.
                    join(vars(other)[name], other)
            elif isinstance(made, Consumer):
                # A fake in the place of a service, or one of another client.
                vars(other)[name] = value
        return other


class Crisp(_Client["Transport | Session | None", Sync]):
    """A client of the Crisp REST API whose calls block.

    Args:
        identifier: the identifier of the token. If you pass no token, requests are not
            signed until you call `authenticate`. A value of None or an empty one is
            accepted, as in `authenticate`, and fails at the first call.
        key: the key of the token.
        options: see `ClientOptions`. The transport can be a ``requests.Session``.

    To change time-outs or retries for one call, use `with_options`::

        client.with_options(timeout=60).website.get_website(website_id)
    """

    def __init__(
        self,
        identifier: str | None = NOT_PASSED,
        key: str | None = NOT_PASSED,
        **options: t.Unpack[ClientOptions[Transport | Session | None]],
    ) -> None:
        identifier, key = hidden(identifier), hidden(key)
        _hide_options(options)
        transport = options.get("transport")
        self._own: RequestsTransport | None = None
        if transport is None or isinstance(transport, Session):
            transport = self._own = RequestsTransport(transport)
        if not _sends(transport):
            message = (
                "transport must have a method send(request), or be a "
                f"requests.Session, not {type(transport).__name__}"
            )
            raise TypeError(message)
        super().__init__(SYNC, transport, identifier, key, options)

    @property
    def with_raw_response(self) -> _Client[t.Any, RawSync]:
        """A client whose calls also return the status, the headers and the request.

        Each call returns a `RawResponse`; its ``data`` is what the call returns
        otherwise. Errors are raised as usual, and have a ``response``::

            raw = client.with_raw_response.website.get_website(website_id)
            print(raw.status, raw.headers["content-type"], raw.data["name"])
        """
        other: t.Any = self._over(self.core.with_raw_response())
        return t.cast("_Client[t.Any, RawSync]", other)

    def listen(self, *names: str, **options: t.Unpack[ListenOptions]) -> Connection:
        """Return a real-time connection, an iterator of events (extra ``realtime``).

        It connects at once, and again whenever the connection is lost. After each loss,
        an event ``crisp:reconnected`` has the times between which nothing was heard::

            for event in client.listen("message:send"):
                print(event.data)

        Args:
            names: the events to receive; without any, all that the tier allows.
            options: see `ListenOptions`.

        Raises:
            TypeError: an option or a name is of another type.
            ValueError: the tier does not receive an event, or an option is out of
                range. Nothing was sent.
            ImportError: the extra ``realtime`` is not installed.
        """
        self.core.require_data()
        # An extra, which imports this package.
        from crisp_api.realtime import Connection  # noqa: PLC0415

        connection = Connection(self, names, options)
        self.core.connections.add(connection)
        return connection

    def catch_up(self, website_id: str, since: Moment) -> t.Iterator[AnyEvent]:
        """Iterate over the messages that a real-time connection has missed.

        Crisp never sends an event again. This asks for the messages of that time: of
        the conversations that were updated since then, each from the oldest to the
        newest. Messages that the connections of this client have delivered are left
        out, and those that it returns are not delivered afterwards. The client
        remembers the latest 10,000.

        ::

            for event in client.listen("message:send"):
                if event.name == "crisp:reconnected":
                    for missed in client.catch_up(website_id, event.data["since"]):
                        print(missed.data)

        Args:
            website_id: the website.
            since: a datetime with a time zone, a date, or milliseconds since 1970.

        Returns:
            Events ``message:send`` and ``message:received``. After an error, ask the
            iterator again: it resumes.

        Raises:
            TypeError, ValueError: an argument is malformed; nothing was sent.
            CrispError: a call failed.
        """
        # It imports this module.
        from crisp_api._catch_up import catch_up  # noqa: PLC0415

        return t.cast("t.Iterator[AnyEvent]", catch_up(self, website_id, since))

    def close(self) -> None:
        """Close the connections that the client opened itself, and send no more.

        Real-time connections end, too.
        """
        for connection in list(self.core.connections):
            connection.close()
        self.core.sender.close()
        if self._own:
            self._own.close()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class AsyncCrisp(_Client["AsyncTransport | Transport | ClientSession | None", Async]):
    """A client of the Crisp REST API whose calls are awaited (extra ``async``).

    Args:
        identifier: the identifier of the token. If you pass no token, requests are not
            signed until you call `authenticate`. A value of None or an empty one is
            accepted, as in `authenticate`, and fails at the first call.
        key: the key of the token.
        options: see `ClientOptions`. The transport can be an
            ``aiohttp.ClientSession``, or a transport that is not awaited, such as a
            `Sandbox`.
    """

    def __init__(
        self,
        identifier: str | None = NOT_PASSED,
        key: str | None = NOT_PASSED,
        **options: t.Unpack[
            ClientOptions[AsyncTransport | Transport | ClientSession | None]
        ],
    ) -> None:
        identifier, key = hidden(identifier), hidden(key)
        _hide_options(options)
        transport = options.get("transport")
        self._own: AiohttpTransport | None = None
        given: object = transport
        if isinstance(given, Session):
            message = "AsyncCrisp takes an aiohttp.ClientSession, not one of requests"
            raise TypeError(message)
        if not _sends(transport):
            transport = self._own = _new_aiohttp_transport(transport)
        super().__init__(ASYNC, transport, identifier, key, options)

    @property
    def with_raw_response(self) -> _Client[t.Any, RawAsync]:
        """A client whose calls return a `RawResponse`; see `Crisp`."""
        other: t.Any = self._over(self.core.with_raw_response())
        return t.cast("_Client[t.Any, RawAsync]", other)

    def listen(
        self, *names: str, **options: t.Unpack[ListenOptions]
    ) -> AsyncConnection:
        """Return a real-time connection, for ``async for``; see `Crisp.listen`.

        Raises:
            RuntimeError: no event loop is running.
        """
        self.core.require_data()
        # An extra, which imports this package.
        from crisp_api.realtime import AsyncConnection  # noqa: PLC0415

        connection = AsyncConnection(self, names, options)
        self.core.connections.add(connection)
        return connection

    def catch_up(self, website_id: str, since: Moment) -> t.AsyncIterator[AnyEvent]:
        """Iterate over missed messages with ``async for``; see `Crisp.catch_up`."""
        # It imports this module.
        from crisp_api._catch_up import catch_up  # noqa: PLC0415

        return t.cast("t.AsyncIterator[AnyEvent]", catch_up(self, website_id, since))

    async def close(self) -> None:
        """Send no more, and close the connections of this event loop.

        Real-time connections end, too.
        """
        for connection in list(self.core.connections):
            await connection.close()
        self.core.sender.close()
        if self._own:
            await self._own.close()

    async def __aenter__(self) -> t.Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()


def check_client(caller: str, client: object) -> None:
    """Check the client that is passed to a function.

    Args:
        caller: the name of the function.
        client: what was passed.

    Raises:
        TypeError: it is something else, such as a service of the client.
    """
    if not isinstance(client, _Client):
        given = type(client).__name__
        message = f"{caller}() takes a Crisp or an AsyncCrisp, not {given}"
        raise TypeError(message)


def _hide_options(options: t.Any) -> None:
    """Hide the options that may hold a secret, for tracebacks that show locals."""
    for name in options.keys() - DEFAULTS.keys():
        options[name] = hidden(options[name])
    options["tier"] = hidden(options.get("tier"))
    if isinstance(options.get("base_url"), str):
        options["base_url"] = hidden(options["base_url"])


def _sends(transport: object) -> t.TypeGuard[t.Any]:
    return callable(getattr(transport, "send", None))


def _new_aiohttp_transport(session: t.Any) -> AiohttpTransport:
    try:
        # An extra, and heavy: imported where it is needed.
        from crisp_api.transport.aiohttp_ import AiohttpTransport  # noqa: PLC0415
    except ImportError as error:
        message = 'AsyncCrisp needs aiohttp: pip install "aiohttp>=3.13.4"'
        raise ImportError(message) from error
    if session is not None and not hasattr(session, "request"):
        message = (
            "transport must have a method send(request), or be an "
            f"aiohttp.ClientSession, not {type(session).__name__}"
        )
        raise TypeError(message)
    return AiohttpTransport(session)
