"""From a decorated method to an endpoint: checked, compiled, made known to uplink.

`crisp_api.declare` has the words of a declaration; this module interprets them. A
declaration that could not be called raises a TypeError that names the method,
and the parameter where there is one.
"""

from __future__ import annotations

import functools
import inspect
import re
import types
import typing as t

from crisp_api import _uplink, parameters, wire
from crisp_api.documentation import readable
from crisp_api.operation import CompiledOperation
from crisp_api.types import Tier

__all__ = ["broken", "define", "is_marker"]


def broken(where: str, problem: str) -> TypeError:
    """Return the error for a declaration that could not be called."""
    return TypeError(f"{where}: {problem}")


class _Signature(inspect.Signature):
    """A signature whose errors name the method, and that ``help()`` shows readably."""

    where: str
    function: t.Any

    def replace(self, **changes: t.Any) -> t.Self:
        other = super().replace(**changes)
        other.where, other.function = self.where, self.function
        return other

    def __str__(self) -> str:
        return str(readable(self, self.function))

    def format(self, **options: t.Any) -> str:
        """Return it as text; Python 3.13 has added this method, with options."""
        plain: t.Any = readable(self, self.function)
        return str(plain.format(**options) if options else plain)

    def bind(self, /, *args: t.Any, **kwargs: t.Any) -> inspect.BoundArguments:
        try:
            return super().bind(*args, **kwargs)
        except TypeError as error:
            message = f"{self.where}() {error}"
            kinds = [parameter.kind for parameter in self.parameters.values()]
            has_filters = inspect.Parameter.VAR_KEYWORD in kinds
            if has_filters and args and isinstance(args[-1], dict):
                message += "; pass filters by name, or as **filters"
            raise TypeError(message) from None


def define(
    method: str,
    path: str,
    facts: dict[str, t.Any],
    function: t.Callable[..., object],
) -> object:
    """Return the endpoint for a declared method, as uplink's request definition.

    Args:
        method: the HTTP method, in capitals.
        path: relative to the base URL, the names of arguments in braces.
        facts: attributes of the endpoint, such as its tiers.
        function: the declared method.
    """
    where = getattr(function, "__qualname__", repr(function)).rpartition("<locals>.")[2]
    _check_function(where, function)
    if not set(facts["tiers"]) <= set(t.get_args(Tier)):
        tiers = facts["tiers"]
        problem = f'tiers are in a tuple, as in ("user", "plugin"), not {tiers!r}'
        raise broken(where, problem)
    signature = _Signature.from_callable(function)
    signature.where, signature.function = where, function
    _self, *arguments = signature.parameters.values()
    places = {p.name: _place(where, path, p, function) for p in arguments}
    _check(where, method, path, places)
    vars(function).update(__signature__=signature, path=path, **facts)
    ours = {n: p for n, p in places.items() if isinstance(p, parameters.Parameter)}
    uplinks = {name: place for name, place in places.items() if name not in ours}
    has_answer = function.__annotations__.get("return", "") not in {None, "None"}
    operation = CompiledOperation(
        function.__name__,
        *(method, path, signature, ours),
        has_answer=has_answer,
        tiers=facts["tiers"],
    )
    return _uplink.new_definition(function, operation, path, uplinks)


def _place(
    where: str,
    path: str,
    parameter: inspect.Parameter,
    function: t.Callable[..., object],
) -> t.Any:
    """Return where the value of an argument goes: a parameter, or uplink's marker."""
    name, annotation = parameter.name, parameter.annotation
    marker = _marker(where, name, annotation, function)
    if parameter.kind is parameter.VAR_KEYWORD and marker is None:
        filters = parameters.QueryMap(where, name)
        filters.allowed = _keywords(where, annotation, function)
        return filters
    if parameter.kind in {parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL}:
        problem = (
            f"{name!r} takes any number of arguments; for the parameters of a "
            "query, write **filters: Unpack[...]"
        )
        raise broken(where, problem)
    in_path = f"{{{name}}}" in path
    if in_path and marker is None:
        return parameters.Path(where, name)
    inside = marker in {parameters.Segments, parameters.Resource}
    if marker is None or inside is not in_path:
        problem = (
            f"the argument {name!r} must have exactly one place: name it in the "
            "path, in braces, or mark it Query[...] or Body[...]"
        )
        raise broken(where, problem)
    if not _is_ours(marker):
        return marker
    place = marker(where, name)
    if isinstance(place, parameters.Query) and parameter.default == "":
        place.omitted = ""
    if isinstance(place, parameters.Body):
        place.resolve = functools.partial(_resolved, name, function)
    return place


def _resolved(name: str, function: t.Callable[..., object]) -> t.Any:
    """Return the type of an argument, None if it cannot be found at run time."""
    try:
        hint = t.get_type_hints(function, include_extras=True)[name]
    except NameError:
        return None
    return t.get_args(hint)[0]


def _check_function(where: str, function: object) -> None:
    """Raise a TypeError unless this is a plain method."""
    problem = ""
    if not inspect.isfunction(function):
        problem = "put the verb directly above a method, and pass it a path"
    elif inspect.iscoroutinefunction(function):
        problem = "write def, not async def: the client decides what is awaited"
    elif not function.__code__.co_argcount:
        problem = "a method takes self"
    if problem:
        raise broken(where, problem)


def _check(where: str, method: str, path: str, places: dict[str, t.Any]) -> None:
    """Raise a TypeError for a declaration that could not be called."""
    variables = re.findall(r"{(\w+)}", path)
    bodies = [
        name for name, place in places.items() if isinstance(place, parameters.Body)
    ]
    problem = ""
    if not wire.is_relative(re.sub(r"{\w+}", "x", path)):
        problem = (
            f"the path {path!r} must be relative and percent-encoded, without a query "
            "and without a leading slash, which would ignore the base URL's path"
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
        raise broken(where, problem)


def _has_room(name: str, place: object, path: str) -> bool:
    """Return whether a path argument of many segments is where many can be."""
    if isinstance(place, parameters.Resource):
        return path == f"{{{name}}}"
    if isinstance(place, parameters.Segments):
        return re.search(rf"/{{{name}}}(/|$)", path) is not None
    return True


def _marker(
    where: str, name: str, annotation: t.Any, function: t.Callable[..., object]
) -> t.Any:
    """Return the marker in a hint such as ``Query[...]``, None where there is none.

    Only the head of a postponed hint is looked up, so that the types in it need not
    exist at run time.
    """
    if isinstance(annotation, str):
        head = _named(annotation.partition("[")[0], function)
        whole = head is t.Annotated
        annotation = _evaluated(where, name, annotation, function) if whole else head
    if t.get_origin(annotation) is not t.Annotated:
        return None
    metadata: tuple[t.Any, ...] = annotation.__metadata__
    return next(filter(is_marker, metadata), None)


def _is_ours(marker: object) -> bool:
    """Return whether this is a kind of our parameters."""
    return isinstance(marker, type) and issubclass(marker, parameters.Parameter)


def is_marker(marker: object) -> bool:
    """Return whether this marks where an argument goes."""
    return _is_ours(marker) or _uplink.is_annotation(marker)


def _evaluated(
    where: str, name: str, annotation: str, function: t.Callable[..., object]
) -> t.Any:
    """Return the value of one postponed hint, without evaluating the others."""
    holder = types.SimpleNamespace(__annotations__={name: annotation})
    scope = function.__globals__
    try:
        return t.get_type_hints(holder, scope, include_extras=True)[name]
    except NameError as error:
        problem = str(error)
    raise broken(where, f"the hint of {name!r} cannot be read at run time: {problem}")


def _keywords(
    where: str, annotation: t.Any, function: t.Callable[..., object]
) -> t.Collection[str] | None:
    """Return the names in ``**filters: Unpack[...]``, None where any is allowed."""
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
            raise broken(where, problem)
    else:
        filters = next(iter(t.get_args(annotation)), None)
    # Not t.is_typeddict(), which does not know those of typing_extensions.
    required: frozenset[str] | None = getattr(filters, "__required_keys__", None)
    return None if required is None else required | filters.__optional_keys__


def _named(dotted: str, function: t.Callable[..., object]) -> t.Any:
    """Look a name up in the module of a function; return None if it is not there."""
    first, *rest = dotted.split(".")
    found = function.__globals__.get(first)
    return functools.reduce(lambda at, name: getattr(at, name, None), rest, found)
