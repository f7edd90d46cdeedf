"""Parameters: they put the value of an argument into the path, the query or the body.

Pure, and independent of uplink. A parameter knows the method it belongs to, so that
the error for a bad value names both.
"""

from __future__ import annotations

import dataclasses
import typing as t

from crisp_api import dates, hints, wire

__all__ = [
    "Body",
    "Parameter",
    "Parts",
    "Path",
    "Query",
    "QueryMap",
    "Resource",
    "Segments",
    "Wrapped",
]


# How many fields of a body an error shows.
_SHOWN: t.Final = 3


@dataclasses.dataclass(slots=True)
class Parts:
    """The parts of a request that depend on the arguments.

    Attributes:
        path: relative to the base URL, percent-encoded.
        query: the query parameters, as text; None if there are none.
        body: the JSON body; None if there is none.
    """

    path: str
    query: dict[str, str] | None = None
    body: object = None

    def add_query(self, name: str, text: str) -> None:
        """Add a query parameter."""
        if self.query is None:
            self.query = {}
        self.query[name] = text


class Parameter:
    """An argument of an endpoint.

    Args:
        where: the method, as errors name it.
        name: the argument.
    """

    location: t.ClassVar[str]

    def __init__(self, where: str, name: str) -> None:
        self.where = where
        self.name = name
        self.label: str = f"{where}: {name}"

    def is_omitted(self, value: object) -> bool:
        """Return whether this value adds nothing to the request."""
        return value is None

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Add a value to a request.

        Raises:
            ValueError: the value would not arrive as it is.
            TypeError: a value of this type cannot be sent here.
        """


class Path(Parameter):
    """A path segment; it cannot lead to another route."""

    location = "path"

    def text(self, value: object) -> str:
        """Return the value as it is written in the path.

        Raises:
            ValueError: the value would lead to another route.
            TypeError: a value of this type cannot be part of a path.
        """
        return wire.encoded(self.label, value)


class Segments(Path):
    """Path segments with slashes between them; none can lead to another route."""

    def text(self, value: object) -> str:
        """Return the segments as they are written in the path."""
        return wire.segments(self.label, value)


class Resource(Path):
    """A whole route, written by hand."""

    def text(self, value: object) -> str:
        """Return the route, safe to send."""
        return wire.resource(value)


class Query(Parameter):
    """A query parameter; it is omitted when it is None, or equals ``omitted``."""

    location = "query"
    omitted: object = None

    def __init__(self, where: str, name: str) -> None:
        super().__init__(where, name)
        self._spell = dates.speller(name) or wire.query_text

    def is_omitted(self, value: object) -> bool:
        """Return whether the query parameter is left out."""
        return value is None or value == self.omitted

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Add the query parameter."""
        if not self.is_omitted(value):
            parts.add_query(self.name, self._spell(self.label, value))


class QueryMap(Parameter):
    """A dict of query parameters; those that are None are omitted.

    Attributes:
        allowed: the names that it may contain; None allows any.
    """

    location = "query_map"
    allowed: t.Collection[str] | None = None

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Add the query parameters."""
        if value is None:
            return
        if not isinstance(value, t.Mapping):
            message = f"{self.label} must be a dict, not {type(value).__name__}"
            raise TypeError(message)
        for name, item in t.cast("t.Mapping[str, object]", value).items():
            if self.allowed is not None and name not in self.allowed:
                message = (
                    f"{self.where}() got an unexpected keyword argument {name!r}; "
                    f"it takes {', '.join(sorted(self.allowed))}"
                )
                raise TypeError(message)
            if item is not None:
                spell = dates.speller(name) or wire.query_text
                parts.add_query(name, spell(f"{self.where}: {name}", item))


class Body(Parameter):
    """The JSON body.

    Attributes:
        resolve: returns the type of the body, None where it is not known. It is asked
            only for a value that is no dict.
    """

    location = "body"
    resolve: t.Callable[[], t.Any] = staticmethod(lambda: None)

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Set the body."""
        if isinstance(value, t.Mapping):
            # A copy: a decorator of uplink's may add to it, and the caller's must stay.
            parts.body = {**t.cast("t.Mapping[str, object]", value)}
        elif value is not None:
            parts.body = self._list(value)

    def _list(self, value: object) -> object:
        """Return a body that is no dict, where its type takes a list."""
        type_ = self.resolve()
        members = hints.members(type_)
        takes_list = type_ is None or any(
            one in {list, object, t.Any} or t.get_origin(one) is list for one in members
        )
        if takes_list and isinstance(value, list):
            return t.cast("object", value)
        kinds = "a dict or a list" if takes_list and type_ is not None else "a dict"
        given = type(value).__name__
        message = f"{self.label} must be {kinds}{_example(members)}, not {given}"
        raise TypeError(message)


class Wrapped(Body):
    """A body that Crisp wants under one key, the name of the argument.

    A dict whose only key is that one, holding a dict, is wrapped already.
    """

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Set the body, wrapped."""
        super().add_to(parts, value)
        body = t.cast("dict[str, object] | None", parts.body)
        if body is None:
            return
        if list(body) != [self.name] or not isinstance(body[self.name], dict):
            parts.body = {self.name: body}


def _example(members: t.Sequence[t.Any]) -> str:
    """Return the required fields of a body, or all of few, as in ``{"state": ...}``."""
    for one in filter(hints.is_typed_dict, members):
        fields = hints.fields(one)
        shown = [field for field in fields if field.required] or fields
        names = ", ".join(f'"{field.name}": ...' for field in shown[:_SHOWN])
        more = ", ..." if len(shown) > _SHOWN else ""
        return f" such as {{{names}{more}}}"
    return ""
