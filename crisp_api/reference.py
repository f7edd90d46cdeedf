"""The reference page of an endpoint in plain text, as ``help()`` prints it.

It is derived from the table: the parameters with their meaning, the fields of the body
and of the answer, the tiers, the errors, and the address of Crisp's own reference.
"""

from __future__ import annotations

import textwrap
import typing as t

from crisp_api import hints, table
from crisp_api.documentation import field_docs, spell

__all__ = ["REFERENCE_URL", "page"]

REFERENCE_URL: t.Final = "https://docs.crisp.chat/references/rest-api/v1/#"
# Types of a union, up to which their fields are shown.
_FEW: t.Final = 3
_ERRORS: t.Final = {
    "RouteError": "Crisp refused the call; its subclasses say why.",
    "TransportError": "no whole response arrived.",
    "InvalidResponseError": "the response is not Crisp's.",
    "TypeError, ValueError": "an argument is not valid; nothing was sent.",
}
_HEADINGS: t.Final = {"path": "Path", "query": "Query", "query_map": "Query"}


def page(endpoint: t.Any) -> str:
    """Return the page of an endpoint, in plain text.

    Args:
        endpoint: as it is looked up on its class.

    Raises:
        TypeError: a type in its signature cannot be found at run time.
    """
    operation = table.read(endpoint)
    by_place: dict[str, list[table.Parameter]] = {}
    for parameter in operation.parameters:
        by_place.setdefault(parameter.location, []).append(parameter)
    bodies = by_place.pop("body", [])
    parts = [
        f"{operation.label}.",
        operation.description,
        _deprecation(operation),
        f"{operation.verb} {operation.path}",
        *(_section(_HEADINGS.get(at, at), found) for at, found in by_place.items()),
        *(_type_section(f"Body ({one.name})", one.type) for one in bodies),
        _type_section("Returns", operation.answer),
        f"Tiers: {', '.join(operation.tiers) or 'not known'}",
        _lines("Raises", [f"{name}: {text}" for name, text in _ERRORS.items()]),
        f"Reference: {REFERENCE_URL}{operation.anchor}" if operation.anchor else "",
    ]
    return "\n\n".join(filter(None, parts))


def _deprecation(operation: table.Operation) -> str:
    if not operation.deprecated or "deprecated" in operation.description.lower():
        return ""
    others = " or ".join(operation.replaced_by)
    return f"Deprecated; use {others}." if others else "Deprecated."


def _section(heading: str, parameters: list[table.Parameter]) -> str:
    """Return a heading with a line for each parameter, and what it means."""
    lines: list[str] = []
    for one in parameters:
        default = "" if one.required or one.default is None else f" = {one.default!r}"
        lines.append(f"{one.name}: {spell(one.type)}{default}")
        lines += textwrap.indent(one.description, "    ").splitlines()
    return _lines(heading, lines)


def _type_section(heading: str, type_: t.Any) -> str:
    """Return a heading with a type, and the fields of the TypedDicts in it."""
    if type_ is None:
        return ""
    inner = t.get_args(type_)[0] if t.get_origin(type_) is list else type_
    found = hints.members(inner)
    if len(found) == 1:
        return _lines(heading, [spell(type_), *_field_lines(found[0])])
    lines = ["one of" if inner is type_ else "a list, each of its items one of"]
    for one in found:
        # Without the docstring of dict, or of another builtin.
        own: dict[str, t.Any] = {**vars(one)} if hints.is_typed_dict(one) else {}
        summary = str(own.get("__doc__") or "").partition("\n")[0]
        lines.append(f"{spell(one)}: {summary}" if summary else spell(one))
        if len(found) <= _FEW:
            lines += _field_lines(one)
    return _lines(heading, lines)


def _field_lines(type_: t.Any) -> t.Iterator[str]:
    """Yield a line for each field of a TypedDict, and what it means."""
    if not hints.is_typed_dict(type_):
        return
    texts = field_docs(type_)
    for field in hints.fields(type_):
        mark = "" if field.required else " (optional)"
        yield f"    {field.name}: {spell(field.hint)}{mark}"
        yield from textwrap.indent(texts.get(field.name, ""), " " * 8).splitlines()


def _lines(heading: str, lines: t.Iterable[str]) -> str:
    return f"{heading}:\n" + textwrap.indent("\n".join(lines), "    ")
