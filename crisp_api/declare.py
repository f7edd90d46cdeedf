"""Declare endpoints: verbs, parameters, consumers.

An endpoint is a method signature under a verb, without a body::

    class Reports(Consumer[Mode]):
        \"\"\"Reports of a website.\"\"\"

        @get("website/{website_id}/reports/{page_number}")
        def list_reports(
            self, website_id: str, page_number: int = 1, *, year: Query[int] = 2026
        ) -> list[dict[str, Any]]:
            \"\"\"List Reports.\"\"\"

Arguments named in braces go into the path. `Query`, `QueryMap` and `Body` mark where
the others go; ``**filters: Unpack[...]`` are query parameters. To make calls, create
the consumer with a client: ``Reports(client).list_reports(website_id)``. The client
signs the requests, opens the envelopes and raises the errors, as for its own endpoints.
Calls block with a `Crisp`, and are awaited with an `AsyncCrisp`.

To a type checker, an endpoint returns its answer on a ``Consumer[Sync]``, and a
coroutine of it on a ``Consumer[Async]``. At run time it is uplink's request definition.
"""

from __future__ import annotations

import inspect
import typing as t

from crisp_api import _uplink, parameters
from crisp_api.core import Core
from crisp_api.declaration import broken, define
from crisp_api.http import RawResponse
from crisp_api.runners import ASYNC, SYNC, Runner
from crisp_api.types import Tier

__all__ = [
    "Async",
    "Body",
    "Consumer",
    "HasMode",
    "Mode",
    "Query",
    "QueryMap",
    "RawAsync",
    "RawSync",
    "Resource",
    "Segments",
    "Sync",
    "Wrapped",
    "delete",
    "get",
    "head",
    "patch",
    "post",
    "put",
    "runner_of",
]

P = t.ParamSpec("P")
R_co = t.TypeVar("R_co", covariant=True)
T = t.TypeVar("T")

Query = t.Annotated[T, parameters.Query]
"""An argument sent in the query. None is omitted, and so is ``""`` if that is its
default. Booleans are sent as ``1`` and ``0``, lists and dicts as JSON text."""

QueryMap = t.Annotated[T, parameters.QueryMap]
"""A dict of query parameters; those that are None are omitted."""

Body = t.Annotated[T, parameters.Body]
"""An argument sent as the JSON body."""

Wrapped = t.Annotated[T, parameters.Wrapped]
"""An argument sent as the JSON body, under its own name: ``{"data": {...}}``. A dict
that is wrapped already is sent as it is."""

Segments = t.Annotated[str, parameters.Segments]
"""A path argument that may contain slashes, which are kept."""

Resource = t.Annotated[str, parameters.Resource]
"""A path argument that is a whole route, written by hand."""


class Sync:
    """The mode of a consumer or a client whose calls block."""


class Async:
    """The mode of a consumer or a client whose calls are awaited."""


class RawSync:
    """The mode of a client whose calls block, and return a `RawResponse`."""


class RawAsync:
    """The mode of a client whose calls are awaited, and return a `RawResponse`."""


if t.TYPE_CHECKING:
    from typing_extensions import TypeVar

    Mode = TypeVar("Mode", bound=Sync | Async | RawSync | RawAsync, default=Sync)

    class Definition(t.Protocol[P, R_co]):
        """An endpoint looked up on its class: the declaration."""

        __name__: str
        __doc__: str | None
        method: str
        path: str
        tiers: tuple[Tier, ...]
        key: str | None
        deprecated: bool
        replaced_by: tuple[str, ...]

        @property
        def __wrapped__(self) -> t.Callable[t.Concatenate[t.Any, P], R_co]: ...

    class Endpoint(t.Protocol[P, R_co]):
        """An endpoint, typed by where it is looked up."""

        @t.overload
        def __get__(
            self, instance: None, owner: type[object]
        ) -> Definition[P, R_co]: ...
        @t.overload
        def __get__(
            self, instance: HasMode[Sync], owner: type[object]
        ) -> t.Callable[P, R_co]: ...
        @t.overload
        def __get__(
            self, instance: HasMode[Async], owner: type[object]
        ) -> t.Callable[P, t.Coroutine[None, None, R_co]]: ...
        @t.overload
        def __get__(
            self, instance: HasMode[RawSync], owner: type[object]
        ) -> t.Callable[P, RawResponse[R_co]]: ...
        @t.overload
        def __get__(
            self, instance: HasMode[RawAsync], owner: type[object]
        ) -> t.Callable[P, t.Coroutine[None, None, RawResponse[R_co]]]: ...

    class _Base:
        """A typed placeholder for ``uplink.Consumer``."""

        @property
        def session(self) -> t.Any:
            """The ``headers``, ``params`` and hooks that uplink adds to all calls."""

else:
    Mode = t.TypeVar("Mode", bound=Sync | Async | RawSync | RawAsync)

    _Base = _uplink.Consumer


class HasMode(t.Generic[Mode]):
    """Something whose endpoints are sync or async.

    Attributes:
        core: sends the calls; all consumers of a client share it.
    """

    core: Core


class _Joined(HasMode[Mode]):
    """Has the constructor of `Consumer`: in that class, uplink would wrap it."""

    def __init__(self, client: HasMode[Mode]) -> None:
        core: object = getattr(client, "core", None)
        if not isinstance(core, Core):
            kind, given = type(self).__name__, type(t.cast("object", client)).__name__
            message = f"{kind}() takes a Crisp or an AsyncCrisp, not {given}"
            raise TypeError(message)
        self.core: Core = core
        # A copied consumer has the session of the client that it was copied from.
        vars(self).pop("_session", None)

    def __repr__(self) -> str:
        if not hasattr(self, "core"):
            # Locals of the constructor and of a deep copy, in a traceback.
            return f"<{type(self).__name__}, not initialized>"
        kind = "async" if self.core.runner.is_async else "sync"
        return f"<{type(self).__name__}, {kind}, at {self.core.base_url}>"

    def __dir__(self) -> list[str]:
        # Without uplink's attributes, and ours that are not for users.
        return [
            name
            for name in super().__dir__()
            if (name.startswith("__") or not name.startswith("_"))
            and name not in {"core", "exceptions"}
        ]


class Consumer(_Joined[Mode], _Base):
    """A group of endpoints: ``Reports(client).list_reports(...)``.

    Args:
        client: a `Crisp` or an `AsyncCrisp`, or a consumer of one.
    """

    def __init_subclass__(cls, **options: t.Any) -> None:
        super().__init_subclass__(**options)
        for base in cls.__mro__:
            is_ours = base is cls or not issubclass(base, _Base)
            for name, value in vars(base).items() if is_ours else ():
                _check_attribute(cls, name, value)


class _Verb:
    """A decorator factory for one HTTP method."""

    def __init__(self, method: str) -> None:
        self._method = method

    def __call__(
        self,
        path: str,
        tiers: tuple[Tier, ...] = (),
        *,
        key: str | None = None,
        deprecated: bool = False,
        replaced_by: tuple[str, ...] = (),
    ) -> t.Callable[[t.Callable[t.Concatenate[t.Any, P], R_co]], Endpoint[P, R_co]]:
        """Declare an endpoint at a path, relative to the base URL.

        Args:
            path: with the names of arguments in braces.
            tiers: the tiers whose tokens may call it, where they are known.
            key: for a list in pages, the field that identifies an item.
            deprecated: whether it should not be used any more.
            replaced_by: the methods to use instead; implies ``deprecated``.

        Raises:
            TypeError: it could not be called; the message names the method.
        """
        if not isinstance(t.cast("object", path), str):
            name = str(getattr(path, "__qualname__", path))
            raise broken(name, 'a verb takes a path, as in @get("website")')

        def declare(
            function: t.Callable[t.Concatenate[t.Any, P], R_co],
        ) -> Endpoint[P, R_co]:
            facts = {
                "tiers": tiers,
                "key": key,
                "deprecated": deprecated or bool(replaced_by),
                "replaced_by": replaced_by,
            }
            definition = define(self._method, path, facts, function)
            return t.cast("Endpoint[P, R_co]", definition)

        return declare


delete: t.Final = _Verb("DELETE")
get: t.Final = _Verb("GET")
head: t.Final = _Verb("HEAD")
patch: t.Final = _Verb("PATCH")
post: t.Final = _Verb("POST")
put: t.Final = _Verb("PUT")


def _check_attribute(cls: type, name: str, value: object) -> None:
    """Raise a TypeError for an endpoint that could not be called or hides a name."""
    problem = ""
    if any(map(_uplink.is_definition, _layers(value))):
        problem = (
            "nothing but uplink's decorators may stand above a verb, "
            "in a class that is a Consumer"
        )
    elif hasattr(value, "path") and (name == "core" or hasattr(_Base, name)):
        problem = "the name is one that uplink's consumers use themselves"
    if problem:
        where = f"{cls.__qualname__}.{name}"
        raise broken(where, problem)


def _layers(value: object) -> t.Iterator[object]:
    """Yield a value, and what it is wrapped around."""
    while value is not None:
        yield value
        value = getattr(value, "__wrapped__", None) or getattr(value, "fget", None)


def runner_of(method: object) -> Runner:
    """Return the runner for a method: of its client, or for any other callable.

    Raises:
        TypeError: the method returns a `RawResponse`.
    """
    consumer: t.Any = getattr(method, "__self__", None)
    if isinstance(consumer, Consumer):
        consumer.core.require_data()
        return consumer.core.runner
    return ASYNC if inspect.iscoroutinefunction(method) else SYNC
