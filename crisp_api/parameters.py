"""Where the value of an argument goes: into the path, the query or the body.

Pure, and independent of uplink. A parameter knows the method it belongs to, so that
the error for a bad value names both.
"""

from __future__ import annotations

import dataclasses
import typing as t

from crisp_api import wire

__all__ = [
    "Body",
    "Parameter",
    "Parts",
    "Path",
    "Query",
    "QueryMap",
    "Resource",
    "Segments",
]


@dataclasses.dataclass(slots=True)
class Parts:
    """The parts of a request that a call decides.

    Attributes:
        path: relative to the base URL, percent-encoded.
        query: the query parameters, as text; None for none.
        body: what is sent as JSON; None for nothing.
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
        self.label = f"{where}: {name}"

    def is_omitted(self, value: object) -> bool:
        """Return whether this value leaves the request as it is."""
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
        """Return the value as it stands in the path.

        Raises:
            ValueError: the value would lead to another route.
            TypeError: a value of this type cannot stand in a path.
        """
        return wire.encoded(self.label, value)


class Segments(Path):
    """Path segments with slashes between them; none can lead to another route."""

    def text(self, value: object) -> str:
        """Return the segments as they stand in the path."""
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

    def is_omitted(self, value: object) -> bool:
        """Return whether the query parameter is left out."""
        return value is None or value == self.omitted

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Add the query parameter."""
        if not self.is_omitted(value):
            parts.add_query(self.name, wire.query_text(self.label, value))


class QueryMap(Parameter):
    """A dict of query parameters; those that are None are omitted.

    Attributes:
        allowed: the names that it may hold; None allows any.
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
                parts.add_query(name, wire.query_text(f"{self.where}: {name}", item))


class Body(Parameter):
    """The JSON body."""

    location = "body"

    def add_to(self, parts: Parts, value: t.Any) -> None:
        """Set the body."""
        if value is None:
            return
        if not isinstance(value, t.Mapping | list):
            message = (
                f"{self.where}: the body must be a dict, not {type(value).__name__}"
            )
            raise TypeError(message)
        # A copy: a decorator of uplink's may add to it, and the caller's must stay.
        parts.body = value if isinstance(value, list) else {**value}
