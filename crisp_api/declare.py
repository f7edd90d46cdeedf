"""The words that endpoints are declared in: verbs, places, consumers.

An endpoint is a method signature under a verb; it has no body::

    class Reports(Consumer[Mode]):
        \"\"\"Reports of a website.\"\"\"

        @get("website/{website_id}/reports/{page_number}")
        def list_reports(
            self, website_id: str, page_number: int = 1, *, year: Query[int] = 2026
        ) -> list[dict[str, Any]]:
            \"\"\"List Reports.\"\"\"

Names in braces are path arguments; `Query`, `QueryMap` and `Body` say where
the others go, ``**filters: Unpack[...]`` are query parameters. ``Reports(client)``
gives its calls: the client signs the requests, opens the answers and raises the
errors, as for its own table. They block where the client does, and are awaited
where it is.

For a type checker an endpoint gives its answer on a ``Consumer[Sync]`` and a
coroutine of it on a ``Consumer[Async]``; at run time it is uplink's own
request definition.
"""

from __future__ import annotations

import functools
import inspect
import re
import types
import typing as t

from crisp_api import _uplink, parameters, wire
from crisp_api.core import Core
from crisp_api.operation import CompiledOperation
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
    "Resource",
    "Segments",
    "Sync",
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
"""An argument sent in the query; None is left out, and ``""`` where that is its
default. Booleans go out as ``1`` and ``0``, lists and dicts as JSON text."""

QueryMap = t.Annotated[T, parameters.QueryMap]
"""A dict of query parameters; those that are None are left out."""

Body = t.Annotated[T, parameters.Body]
"""The argument sent as the JSON body."""

Segments = t.Annotated[str, parameters.Segments]
"""A path argument that may hold slashes; they stay slashes."""

Resource = t.Annotated[str, parameters.Resource]
"""A path argument that is the whole route, written by hand."""


class Sync:
    """Marks a consumer or a client whose calls block."""


class Async:
    """Marks a consumer or a client whose calls are awaited."""


if t.TYPE_CHECKING:
    from typing_extensions import TypeVar

    Mode = TypeVar("Mode", bound=Sync | Async, default=Sync)

    class Definition(t.Protocol[P, R_co]):
        """An endpoint looked up on its class: what was declared."""

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
        """An endpoint: what it is depends on where it is looked up."""

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

    class _Base:
        """Stands for ``uplink.Consumer``, which has no types."""

        @property
        def session(self) -> t.Any:
            """What uplink keeps for all calls: ``headers``, ``params``, hooks."""

else:
    Mode = t.TypeVar("Mode", bound=Sync | Async)

    _Base = _uplink.Consumer


class HasMode(t.Generic[Mode]):
    """Something whose endpoints are sync or async.

    Attributes:
        core: sends the calls; all consumers of a client share it.
    """

    core: Core


class _Joined(HasMode[Mode]):
    """Makes a consumer; a class apart, as uplink would wrap the constructor."""

    def __init__(self, client: HasMode[Mode]) -> None:
        self.core: Core = client.core
        # Of a consumer that was copied: the session leads to the other client.
        vars(self).pop("_session", None)


class Consumer(_Joined[Mode], _Base):
    """A group of endpoints; ``Reports(client)`` gives its calls.

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
            tiers: whose tokens may call, where it is known.
            key: for a list in pages, the field that tells its items apart.
            deprecated: whether it should not be used any more.
            replaced_by: the methods to use instead; it is then deprecated.

        Raises:
            TypeError: the declaration does not hold; it names the method.
        """
        if not isinstance(t.cast("object", path), str):
            name = str(getattr(path, "__qualname__", path))
            raise _broken(name, 'a verb takes a path, as in @get("website")')

        def declare(
            function: t.Callable[t.Concatenate[t.Any, P], R_co],
        ) -> Endpoint[P, R_co]:
            facts = {
                "tiers": tiers,
                "key": key,
                "deprecated": deprecated or bool(replaced_by),
                "replaced_by": replaced_by,
            }
            definition = _define(self._method, path, facts, function)
            return t.cast("Endpoint[P, R_co]", definition)

        return declare


delete: t.Final = _Verb("DELETE")
get: t.Final = _Verb("GET")
head: t.Final = _Verb("HEAD")
patch: t.Final = _Verb("PATCH")
post: t.Final = _Verb("POST")
put: t.Final = _Verb("PUT")


def _broken(where: str, problem: str) -> TypeError:
    """Make the error of a declaration that does not hold."""
    return TypeError(f"{where}: {problem}")


def _check_attribute(cls: type, name: str, value: object) -> None:
    """Refuse an endpoint that could not be called, or would replace something else."""
    problem = ""
    if any(map(_uplink.is_definition, _layers(value))):
        problem = (
            "nothing but uplink's decorators may stand above a verb, "
            "in a class that is a Consumer"
        )
    elif hasattr(value, "path") and hasattr(_Base, name):
        problem = "the name is one that uplink's consumers use themselves"
    if problem:
        where = f"{cls.__qualname__}.{name}"
        raise _broken(where, problem)


def _layers(value: object) -> t.Iterator[object]:
    """Give a value, and what it is wrapped around."""
    while value is not None:
        yield value
        value = getattr(value, "__wrapped__", None) or getattr(value, "fget", None)


def runner_of(method: object) -> Runner:
    """Return the runner for a method: of its client, or for any other callable."""
    consumer: t.Any = getattr(method, "__self__", None)
    if isinstance(consumer, Consumer):
        return consumer.core.runner
    return ASYNC if inspect.iscoroutinefunction(method) else SYNC


class _Signature(inspect.Signature):
    """A signature that names its method when it is called with other arguments."""

    where: str

    def replace(self, **changes: t.Any) -> t.Self:
        other = super().replace(**changes)
        other.where = self.where
        return other

    def bind(self, /, *args: t.Any, **kwargs: t.Any) -> inspect.BoundArguments:
        try:
            return super().bind(*args, **kwargs)
        except TypeError as error:
            message = f"{self.where}() {error}"
            raise TypeError(message) from None


def _define(
    method: str,
    path: str,
    facts: dict[str, t.Any],
    function: t.Callable[..., object],
) -> object:
    """Turn a declaration into uplink's request definition.

    Its facts become attributes of the function, and so of the endpoint.
    """
    where = getattr(function, "__qualname__", repr(function)).rpartition("<locals>.")[2]
    _check_function(where, function)
    if not set(facts["tiers"]) <= set(t.get_args(Tier)):
        tiers = facts["tiers"]
        problem = f'tiers are in a tuple, as in ("user", "plugin"), not {tiers!r}'
        raise _broken(where, problem)
    signature = _Signature.from_callable(function)
    signature.where = where
    _self, *arguments = signature.parameters.values()
    places = {p.name: _place(where, path, p, function) for p in arguments}
    _check(where, method, path, places)
    vars(function).update(__signature__=signature, path=path, **facts)
    ours = {n: p for n, p in places.items() if isinstance(p, parameters.Parameter)}
    uplinks = {name: place for name, place in places.items() if name not in ours}
    has_answer = function.__annotations__.get("return", "") not in {None, "None"}
    operation = CompiledOperation(method, path, signature, ours, has_answer=has_answer)
    return _uplink.new_definition(function, operation, path, uplinks)


def _place(
    where: str,
    path: str,
    parameter: inspect.Parameter,
    function: t.Callable[..., object],
) -> t.Any:
    """Give uplink's annotation for an argument: where its value goes."""
    name, annotation = parameter.name, parameter.annotation
    marker = _marker(where, name, annotation, function)
    if parameter.kind is parameter.VAR_KEYWORD and marker is None:
        filters = parameters.QueryMap(where, name)
        filters.allowed = _keywords(where, annotation, function)
        return filters
    if parameter.kind in {parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL}:
        problem = (
            f"{name!r} takes many arguments; those of a query are said by "
            "**filters: Unpack[...]"
        )
        raise _broken(where, problem)
    in_path = f"{{{name}}}" in path
    if in_path and marker is None:
        return parameters.Path(where, name)
    inside = marker in {parameters.Segments, parameters.Resource}
    if marker is None or inside is not in_path:
        problem = (
            f"the argument {name!r} has no place, or two: either it stands in the "
            "path, in braces, or it is marked Query[...] or Body[...]"
        )
        raise _broken(where, problem)
    if not _is_ours(marker):
        return marker
    place = marker(where, name)
    if isinstance(place, parameters.Query) and parameter.default == "":
        place.omitted = ""
    return place


def _check_function(where: str, function: object) -> None:
    """Refuse what is no plain method."""
    problem = ""
    if not inspect.isfunction(function):
        problem = "a verb stands directly above a method, and is given a path"
    elif inspect.iscoroutinefunction(function):
        problem = "write def: whether a call is awaited is the client's to say"
    elif not function.__code__.co_argcount:
        problem = "a method takes self"
    if problem:
        raise _broken(where, problem)


def _check(where: str, method: str, path: str, places: dict[str, t.Any]) -> None:
    """Refuse a declaration that could not be called."""
    variables = re.findall(r"{(\w+)}", path)
    bodies = [
        name for name, place in places.items() if isinstance(place, parameters.Body)
    ]
    problem = ""
    if not wire.is_relative(re.sub(r"{\w+}", "x", path)):
        problem = (
            f"the path {path!r} must be relative, as it stands in a URL, and without "
            "a query: no leading slash, which would lead away from the base URL"
        )
    elif missing := [name for name in variables if name not in places]:
        problem = f"the path {path!r} names {missing[0]!r}, which is no argument"
    elif len(variables) != len(set(variables)):
        problem = f"the path {path!r} names an argument twice"
    elif crowded := [
        name for name, place in places.items() if not _has_room(name, place, path)
    ]:
        problem = f"{crowded[0]!r} is more than a part of the path {path!r} can hold"
    elif len(bodies) > 1:
        problem = f"{' and '.join(bodies)} are two bodies; a request has one"
    elif bodies and method in {"GET", "HEAD"}:
        problem = f"a {method} request has no body, so {bodies[0]!r} has no place"
    if problem:
        raise _broken(where, problem)


def _has_room(name: str, place: object, path: str) -> bool:
    """Tell whether what may be many segments stands where many can."""
    if isinstance(place, parameters.Resource):
        return path == f"{{{name}}}"
    if isinstance(place, parameters.Segments):
        return re.search(rf"/{{{name}}}(/|$)", path) is not None
    return True


def _marker(
    where: str, name: str, annotation: t.Any, function: t.Callable[..., object]
) -> t.Any:
    """Give what is said of an argument in ``Query[...]`` and its like, if anything.

    Only the head of a hint is looked up, so that the types in it need not exist
    at run time.
    """
    if isinstance(annotation, str):
        head = _named(annotation.partition("[")[0], function)
        whole = head is t.Annotated
        annotation = _evaluated(where, name, annotation, function) if whole else head
    if t.get_origin(annotation) is not t.Annotated:
        return None
    metadata: tuple[t.Any, ...] = annotation.__metadata__
    return next(filter(_is_marker, metadata), None)


def _is_ours(marker: object) -> bool:
    """Return whether this is a kind of our parameters."""
    return isinstance(marker, type) and issubclass(marker, parameters.Parameter)


def _is_marker(marker: object) -> bool:
    """Return whether this says where an argument goes."""
    return _is_ours(marker) or _uplink.is_annotation(marker)


def _evaluated(
    where: str, name: str, annotation: str, function: t.Callable[..., object]
) -> t.Any:
    """Give what a postponed hint stands for, alone among its neighbours."""
    holder = types.SimpleNamespace(__annotations__={name: annotation})
    scope = function.__globals__
    try:
        return t.get_type_hints(holder, scope, include_extras=True)[name]
    except NameError as error:
        problem = str(error)
    raise _broken(where, f"the hint of {name!r} cannot be read at run time: {problem}")


def _keywords(
    where: str, annotation: t.Any, function: t.Callable[..., object]
) -> t.Collection[str] | None:
    """Give the names in ``**filters: Unpack[...]``, None where any will do."""
    if isinstance(annotation, str):
        head, _, inner = annotation.removesuffix("]").partition("[")
        if _named(head, function) is not t.Unpack:
            return None
        filters: t.Any = _named(inner, function)
        if filters is None:
            problem = (
                f"{inner} cannot be found at run time; it must be imported, and at "
                "the head of its module, for its names to be checked"
            )
            raise _broken(where, problem)
    else:
        filters = next(iter(t.get_args(annotation)), None)
    # Not t.is_typeddict(), which does not know those of typing_extensions.
    required: frozenset[str] | None = getattr(filters, "__required_keys__", None)
    return None if required is None else required | filters.__optional_keys__


def _named(dotted: str, function: t.Callable[..., object]) -> t.Any:
    """Look a name up where a function was written; None where it is not."""
    first, *rest = dotted.split(".")
    found = function.__globals__.get(first)
    return functools.reduce(lambda at, name: getattr(at, name, None), rest, found)
