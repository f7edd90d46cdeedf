"""The table as data: every operation as a typed value.

The declarations in `crisp_api.endpoints` are the only source. The documentation, the
sandbox and the tests read them here::

    >>> from crisp_api import table
    >>> operation = table.lookup("website.get_website")
    >>> operation.verb, operation.path, operation.tiers
    ('GET', 'website/{website_id}', ('user', 'plugin'))
    >>> table.find("GET", "website/8c842203").operation is operation
    True

`operations` reads your own consumers in the same way. Types are real objects. They are
resolved on first use, because that loads the modules of the payloads.
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import functools
import inspect
import os
import re
import sys
import typing as t
import urllib.parse

from crisp_api import _uplink, documentation, hints
from crisp_api.declaration import is_marker
from crisp_api.declare import Consumer
from crisp_api.endpoints import SERVICES
from crisp_api.parameters import Resource, Segments
from crisp_api.types import Tier

__all__ = [
    "MISSING",
    "Match",
    "Operation",
    "Parameter",
    "find",
    "listing",
    "lookup",
    "main",
    "operations",
    "read",
]

MISSING: t.Final = inspect.Parameter.empty
"""The default of a parameter without a default."""


@dataclasses.dataclass(frozen=True)
class Parameter:
    """An argument of an operation, or one of its ``**filters``.

    Attributes:
        name: its name in the call, and in the request.
        location: its place in the request: ``path``, ``query``, ``query_map`` (a dict
            of query parameters) or ``body``; for an annotation of uplink, its name in
            lower case, such as ``header``.
        type: its type, without the marker for its place.
        default: `MISSING` if there is none.
        required: whether a call needs it.
        keyword_only: whether it must be passed by name.
        description: the docstring of the field, for one of the ``**filters``.
    """

    name: str
    location: str
    type: t.Any
    default: object = MISSING
    required: bool = True
    keyword_only: bool = False
    description: str = ""


@dataclasses.dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        service: its attribute of a client, such as ``website``; for your own consumer,
            the name of the class.
        name: the name of the method.
        verb: the HTTP method, in capitals.
        path: relative to the base URL, with the names of parameters in braces.
        tiers: the tiers that may call it; empty if they are not known.
        key: for a list in pages, the field that identifies an item.
        label: its title in the reference.
        description: the rest of its docstring.
        deprecated: whether Crisp has replaced or removed it.
        replaced_by: the names of operations of the same service to use instead.
        function: the declared method.
    """

    service: str
    name: str
    verb: str
    path: str
    tiers: tuple[Tier, ...]
    key: str | None
    label: str
    description: str
    deprecated: bool
    replaced_by: tuple[str, ...]
    function: t.Callable[..., object] = dataclasses.field(repr=False)
    _places: t.Mapping[str, object] = dataclasses.field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """Service and name, as in ``website.get_website``."""
        return f"{self.service}.{self.name}"

    @property
    def anchor(self) -> str:
        """The place in Crisp's reference; empty for an endpoint of your own.

        It is also empty for the methods that send any route, such as ``client.get``.
        """
        # Of several methods for one route, the first has the label of the reference.
        first = find(self.verb, self.path)
        if first is None or self.function.__module__ != SERVICES["website"].__module__:
            return ""
        return first.operation.label.lower().replace(" ", "-")

    @functools.cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, in the order of the signature."""
        found: list[Parameter] = []
        for argument in _arguments(self.function):
            hint = self._hints[argument.name]
            place = self._places.get(argument.name) or _marker(hint)
            kind = place if isinstance(place, type) else type(place)
            location = getattr(place, "location", kind.__name__.lower())
            type_ = _stripped(hint)
            if argument.kind is argument.VAR_KEYWORD:
                found += _filters(type_)
                continue
            default = argument.default
            required = default is MISSING
            keyword_only = argument.kind is argument.KEYWORD_ONLY
            found.append(
                Parameter(
                    argument.name, location, type_, default, required, keyword_only
                )
            )
        return tuple(found)

    @functools.cached_property
    def body(self) -> t.Any:
        """The type of the body; None where there is no body."""
        for parameter in self.parameters:
            if parameter.location == "body":
                return t.Union[hints.members(parameter.type)]  # noqa: UP007 - of a tuple
        return None

    @functools.cached_property
    def answer(self) -> t.Any:
        """The type of what a call returns; None where it returns None."""
        answer = self._hints.get("return")
        return None if answer is type(None) else answer

    @property
    def signature(self) -> str:
        """The signature for callers, with types as they are written in the source."""
        shown = [
            argument.replace(annotation=_spelled(argument.annotation))
            for argument in _arguments(self.function)
        ]
        answer = _spelled(self.function.__annotations__.get("return", MISSING))
        return f"{self.name}{inspect.Signature(shown, return_annotation=answer)}"

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the percent-encoded path of a request, a group for each variable."""
        pieces = re.split(r"{(\w+)}", self.path)
        for at in range(1, len(pieces), 2):
            is_many = isinstance(self._places[pieces[at]], Segments | Resource)
            pieces[at] = f"(?P<{pieces[at]}>{'.+' if is_many else '[^/]+'})"
        pieces[::2] = map(re.escape, pieces[::2])
        return re.compile("".join(pieces))

    def __reduce__(self) -> tuple[t.Any, ...]:
        if _by_id().get(self.id) is self:
            return lookup, (self.id,)
        message = f"{self.id} is not in the table of this library, and is not pickled"
        raise TypeError(message)

    @functools.cached_property
    def _hints(self) -> dict[str, t.Any]:
        try:
            return t.get_type_hints(self.function, include_extras=True)
        except NameError as error:
            message = f"{self.function.__qualname__}: a type cannot be found: {error}"
            raise TypeError(message) from None


class Match(t.NamedTuple):
    """An operation, and the path arguments of a request for it, decoded."""

    operation: Operation
    arguments: dict[str, str]


def operations(consumer: type[Consumer[t.Any]] | None = None) -> tuple[Operation, ...]:
    """Return the operations of the whole table, or those of a consumer class.

    They are in the order of their declaration. An alias is no operation of its own.
    """
    if consumer is None:
        return _table()
    return tuple(_read(consumer, consumer.__name__))


def lookup(id: str) -> Operation:  # noqa: A002 - as the attribute
    """Return the operation with this id, such as ``website.get_website``.

    Raises:
        KeyError: there is none; the message names the closest ones.
    """
    known = _by_id()
    if id not in known:
        near = ", ".join(difflib.get_close_matches(id, known))
        raise KeyError(
            f"no operation {id!r}" + (f"; did you mean {near}?" * bool(near))
        )
    return known[id]


def find(verb: str, path: str) -> Match | None:
    """Return the operation for a request, None where the table has none.

    Args:
        verb: the HTTP method, in capitals.
        path: percent-encoded, relative to the base URL.
    """
    for pattern, operation in _patterns(verb, path.count("/")):
        if found := pattern.fullmatch(path):
            arguments = found.groupdict().items()
            return Match(
                operation, {name: urllib.parse.unquote(v) for name, v in arguments}
            )
    return None


def listing(entries: t.Iterable[Operation] | None = None) -> t.Iterator[str]:
    """Yield the table in lines, with a tab between columns."""
    yield "service\tcall\tverb\tpath\tlabel\ttiers"
    for one in operations() if entries is None else entries:
        columns = (one.service, one.signature, one.verb, one.path, one.label)
        yield "\t".join((*columns, ", ".join(one.tiers)))


def main(arguments: list[str] | None = None) -> None:
    """Print the table, or its lines that contain all of some words.

    If no line does, exit with status 1.
    """
    parser = argparse.ArgumentParser(
        prog="python -m crisp_api.endpoints",
        description="List the operations of Crisp's REST API in columns.",
    )
    parser.add_argument("word", nargs="*", help="list only operations with all words")
    words = [word.lower() for word in parser.parse_args(arguments).word]
    heading, *lines = listing()
    found = [line for line in lines if all(word in line.lower() for word in words)]
    if not found:
        parser.exit(1, f"no operation matches {' '.join(words)!r}\n")
    try:
        print(heading, *found, sep="\n", flush=True)
    except BrokenPipeError:
        # As with "| head"; without this, Python would print an error when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@functools.cache
def _table() -> tuple[Operation, ...]:
    return tuple(
        operation
        for service, consumer in SERVICES.items()
        for operation in _read(consumer, service)
    )


@functools.cache
def _by_id() -> dict[str, Operation]:
    return {operation.id: operation for operation in _table()}


@functools.lru_cache(maxsize=256)
def _patterns(verb: str, slashes: int) -> list[tuple[re.Pattern[str], Operation]]:
    """Return the patterns that a path with so many slashes may match."""
    return [
        (one.pattern, one)
        for one in sorted(_table(), key=_is_variable)
        if one.verb == verb
        and (one.path.count("/") == slashes or ".+" in one.pattern.pattern)
    ]


def _is_variable(operation: Operation) -> list[bool]:
    """Order paths so that a word is tried before a variable in the same place."""
    return [piece.startswith("{") for piece in operation.path.split("/")]


def _read(consumer: type[Consumer[t.Any]], service: str) -> t.Iterator[Operation]:
    """Read the declarations of a consumer class."""
    names = [name for cls in consumer.__mro__ for name in vars(cls)]
    for name in dict.fromkeys(names):
        declared: t.Any = getattr(consumer, name, None)
        # One with another name is an alias.
        if _uplink.is_endpoint(declared) and declared.__name__ == name:
            yield read(declared, service)


def read(declared: t.Any, service: str = "") -> Operation:
    """Return the operation that an endpoint declares.

    Args:
        declared: the endpoint, looked up on its class.
        service: where it is; by default, the class that declares it.
    """
    function: t.Any = declared.__wrapped__
    text = inspect.cleandoc(str(function.__doc__ or ""))
    label, _, description = text.partition("\n")
    return Operation(
        service=service or function.__qualname__.split(".")[-2],
        name=declared.__name__,
        verb=declared.method,
        path=declared.path,
        tiers=declared.tiers,
        key=declared.key,
        label=label.removesuffix("."),
        description=description.strip(),
        deprecated=declared.deprecated,
        replaced_by=declared.replaced_by,
        function=function,
        _places=declared.operation.parameters,
    )


def _arguments(function: t.Callable[..., object]) -> list[inspect.Parameter]:
    """Return the arguments of a method, without ``self``."""
    return list(inspect.signature(function).parameters.values())[1:]


def _marker(hint: t.Any) -> object:
    """Return the place that an annotation of uplink marks."""
    return next(filter(is_marker, hint.__metadata__))


def _stripped(hint: t.Any) -> t.Any:
    """Return the type in a hint such as ``Query[int]``, or in ``Unpack[...]``."""
    if t.get_origin(hint) in {t.Annotated, t.Unpack}:
        return t.get_args(hint)[0]
    return hint


def _filters(type_: t.Any) -> t.Iterator[Parameter]:
    """Yield a parameter for each key of a TypedDict; nothing where any may be given."""
    if not hints.is_typed_dict(type_):
        return
    texts = documentation.field_docs(type_)
    for name, hint, required in hints.fields(type_):
        default, text = MISSING if required else None, texts.get(name, "")
        yield Parameter(
            name, "query", hint, default, required, keyword_only=True, description=text
        )


class _Spelled(str):
    """A type hint that is shown as it is written in the source."""

    __slots__ = ()
    __repr__ = str.__str__


def _spelled(annotation: object) -> object:
    return _Spelled(annotation) if isinstance(annotation, str) else annotation
