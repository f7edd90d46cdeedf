"""The operation that a request is for, and the type of its body."""

from __future__ import annotations

import functools
import re
import typing as t
import urllib.parse

from crisp_api import _uplink
from crisp_api.declare import rows
from crisp_api.endpoints import SERVICES

if t.TYPE_CHECKING:
    from crisp_api.declare import Definition

__all__ = ["Match", "body_type", "find"]


class Match(t.NamedTuple):
    """A row, and the path arguments that it was asked with."""

    service: str
    name: str
    arguments: dict[str, str]


def find(method: str, path: str) -> Match | None:
    """Find the row for a percent-encoded path, relative to the base URL."""
    for pattern, service, name in _patterns().get(method, ()):
        if found := pattern.fullmatch(path):
            arguments = found.groupdict().items()
            decoded = {k: urllib.parse.unquote(v) for k, v in arguments}
            return Match(service, name, decoded)
    return None


@functools.cache
def body_type(service: str, name: str) -> t.Any:
    """Return the type of an operation's JSON body, `Any` if it takes none."""
    function = rows(SERVICES[service])[name].__wrapped__
    hints = t.get_type_hints(function, include_extras=True).values()
    bodies = (t.get_args(hint) for hint in hints if t.get_origin(hint) is t.Annotated)
    return next((type_ for type_, marker in bodies if marker is _uplink.Body), t.Any)


@functools.cache
def _patterns() -> dict[str, list[tuple[re.Pattern[str], str, str]]]:
    """Compile the table, by method."""
    table = [
        (service, name, row)
        for service, consumer in SERVICES.items()
        for name, row in rows(consumer).items()
    ]
    # A word of a path is tried before an argument in the same place.
    table.sort(key=lambda entry: [part[:1] == "{" for part in entry[2].path.split("/")])
    patterns: dict[str, list[tuple[re.Pattern[str], str, str]]] = {}
    for service, name, row in table:
        patterns.setdefault(row.method, []).append((_pattern(row), service, name))
    return patterns


def _pattern(row: Definition[..., object]) -> re.Pattern[str]:
    hints = row.__wrapped__.__annotations__
    parts = re.split(r"{(\w+)}", row.path)
    for at in range(1, len(parts), 2):
        inside = ".+" if hints[parts[at]] == "Segments" else "[^/]+"
        parts[at] = f"(?P<{parts[at]}>{inside})"
    return re.compile("".join(parts))
