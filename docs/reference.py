"""Pages of the reference, written from the table of endpoints.

There is one page for each section of Crisp's reference: its operations, then the types
that belong to it.
"""

from __future__ import annotations

import collections.abc
import functools
import inspect
import re
import typing as t

from crisp_api import hints, table
from crisp_api.documentation import field_docs, readable, spell
from crisp_api.reference import REFERENCE_URL
from crisp_api.types import _payloads as payloads

__all__ = ["example", "pages", "program", "sample", "titles"]

_INTRODUCTION: t.Final = """\
# Reference

All operations, in the order of
[Crisp's reference](https://docs.crisp.chat/references/rest-api/v1/). Each is a method
of `client.website`, `client.plugin`, `client.plan`, `client.bucket` or
`client.media`, on `Crisp` and on `AsyncCrisp`. Path arguments are required unless they
have a default; filters are keyword arguments. Every operation raises a
[`RouteError`](../errors.md) if Crisp refuses the call, and a `TransportError` if no
complete response arrives.

| operation | what it does | request |
|---|---|---|
"""
# Characters in a line of code that fit on the page.
_WIDTH: t.Final = 76
# Modules of types that belong to no section, with the titles of their pages.
_SHARED: t.Final = {
    "objects": "Shared types",
    "values": "Shared types",
    "filters": "Filters",
    "events": "Event payloads",
}


def titles() -> dict[str, str]:
    """Return the title of each page of the reference, by its name."""
    names = {"reference/index.md": "All operations"}
    names |= {_page(section): section for section in _sections()}
    for title in _SHARED.values():
        names[f"reference/{_slug(title)}.md"] = title
    return names


def pages() -> dict[str, str]:
    """Return the text of each page of the reference, by its name."""
    found = {"reference/index.md": _index()}
    for section, operations in _sections().items():
        parts = [f"# {section}", *map(_operation, operations)]
        if types := _types_of(section):
            parts += ["## Types", *map(_type, types)]
        found[_page(section)] = "\n\n".join(parts) + "\n"
    for title in dict.fromkeys(_SHARED.values()):
        types = _types_of(title)
        found[f"reference/{_slug(title)}.md"] = (
            "\n\n".join([f"# {title}", *map(_type, types)]) + "\n"
        )
    return found


def _sections() -> dict[str, list[table.Operation]]:
    """Return the operations of each section, by its title."""
    found: dict[str, list[table.Operation]] = {}
    for operation in table.operations():
        name = operation.function.__qualname__.partition(".")[0]
        found.setdefault(_titled(name), []).append(operation)
    return found


def _titled(name: str) -> str:
    """Return the title of a section: ``Bucket URL`` for ``BucketURL``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def _page(section: str) -> str:
    return f"reference/{_slug(section)}.md"


def _types() -> list[type]:
    """Return the TypedDicts of requests, responses and events."""
    return [one for one in vars(payloads).values() if hints.is_typed_dict(one)]


def _module(type_: type) -> str:
    return type_.__module__.rpartition(".")[2]


def _types_of(section: str) -> list[type]:
    """Return the types of a section. Those of several sections are on the first."""
    return [one for one in _types() if _home(_module(one)) == section]


@functools.cache
def _home(module: str) -> str:
    """Return the title of the page that has the types of a module."""
    names = {_slug(one).replace("-", "_"): one for one in _sections()}
    return _SHARED.get(module) or next(
        title for name, title in names.items() if name.startswith(module)
    )


@functools.cache
def _places() -> dict[str, str]:
    """Return the link to each type, by its name."""
    return {
        one.__name__: f"{_slug(_home(_module(one)))}.md#{one.__name__}"
        for one in _types()
    }


def _index() -> str:
    lines = [
        f"| [`{one.id}`]({_page(section).partition('/')[2]}#{one.name}) "
        f"| {one.label} | `{one.verb} {one.path}` |"
        for section, operations in _sections().items()
        for one in operations
    ]
    return _INTRODUCTION + "\n".join(lines) + "\n"


def _operation(operation: table.Operation) -> str:
    """Return the entry of an operation."""
    arguments = [one for one in operation.parameters if one.location != "body"]
    tiers = ", ".join(f"`{tier}`" for tier in operation.tiers) or "not documented"
    request = f"{operation.verb} /v1/{operation.path}"
    parts = [
        f"## {operation.label} {{ #{operation.name} }}",
        _deprecation(operation),
        operation.description,
        f"```text\n{request}\n\n{_signature(operation)}\n```",
        f"```python\n{example(operation)}\n```",
        _parameters(arguments),
        _fields("Body", operation.body),
        _fields("Returns", operation.answer),
        f"Tiers: {tiers}. [Crisp's reference]({REFERENCE_URL}{operation.anchor})",
    ]
    return "\n\n".join(filter(None, parts))


def _signature(operation: table.Operation) -> str:
    """Return the signature, with one argument on a line if it is long."""
    plain = inspect.signature(operation.function)
    arguments = list(plain.parameters.values())[1:]
    found = readable(plain.replace(parameters=arguments), operation.function)
    text = f"client.{operation.id}{found}"
    if len(text) <= _WIDTH:
        return text
    lines = "".join(f"    {one},\n" for one in found.parameters.values())
    return f"client.{operation.id}(\n{lines}) -> {found.return_annotation}"


def _deprecation(operation: table.Operation) -> str:
    if not operation.deprecated:
        return ""
    others = " or ".join(f"[`{one}`](#{one})" for one in operation.replaced_by)
    return "**Deprecated.**" + (f" Use {others}." if others else "")


def _parameters(parameters: list[table.Parameter]) -> str:
    rows: list[tuple[str, ...]] = []
    for one in parameters:
        default = (
            ""
            if one.required or one.default is None
            else f", default `{one.default!r}`"
        )
        rows.append(
            (
                f"`{one.name}`",
                one.location.replace("_map", ""),
                _linked(one.type) + default,
                one.description,
            )
        )
    return _table(("argument", "in", "type", "meaning"), rows)


def _fields(heading: str, type_: t.Any) -> str:
    """Return a type with a table of its fields."""
    if type_ is None:
        return ""
    head = f"**{heading}:** {_linked(type_)}"
    inner = t.get_args(type_)[0] if t.get_origin(type_) is list else type_
    found = [one for one in hints.members(inner) if hints.is_typed_dict(one)]
    return f"{head}\n\n{_field_table(found[0])}" if len(found) == 1 else head


def _type(type_: type) -> str:
    """Return the entry of a type."""
    parts = [
        f"### {type_.__name__} {{ #{type_.__name__} }}",
        inspect.getdoc(type_) or "",
    ]
    return "\n\n".join([*parts, _field_table(type_)])


def _field_table(type_: t.Any) -> str:
    texts = field_docs(type_)
    rows = [
        (
            f"`{one.name}`",
            _linked(one.hint),
            "" if one.required else "optional",
            texts.get(one.name, ""),
        )
        for one in hints.fields(type_)
    ]
    return _table(("field", "type", "", "meaning"), rows)


def _table(head: tuple[str, ...], rows: t.Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [
        [" ".join(cell.split()).replace("|", "\\|") for cell in line] for line in lines
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _linked(type_: t.Any) -> str:
    """Return a type as text: names of types are links, and unions say "or"."""
    *others, last = _alternatives(spell(type_))
    return f"{', '.join(others)} or {last}" if others else last


def _alternatives(text: str) -> list[str]:
    """Return the members of a union, as code in which the names of types are links."""
    if "[" in text and " | " in text[text.index("[") :]:
        # The union is inside, as in a list: a bar would end the cell of a table.
        return [_code(text.replace(" | ", " or "))]
    return [_code(one) for one in text.split(" | ")]


def _code(text: str) -> str:
    places = _places()
    # Every second piece is the name of a type that has an entry.
    known = "|".join(map(re.escape, places))
    pieces = re.split(rf"\b({known})\b", text)
    return "".join(
        f"[`{piece}`]({places[piece]})" if number % 2 else f"`{piece}`"
        for number, piece in enumerate(pieces)
        if piece
    )


def example(operation: table.Operation) -> str:
    """Return a call of an operation, with the least that it needs."""
    arguments = [
        sample(one.type, one.name) if one.location == "body" else one.name
        for one in operation.parameters
        if one.required and not one.keyword_only
    ]
    call = f"client.{operation.id}({', '.join(arguments)})"
    return call if operation.answer is None else f"answer = {call}"


def sample(type_: t.Any, name: str = "") -> str:
    """Return an expression for a value of a type, with its required fields."""
    origin, arguments = t.get_origin(type_), t.get_args(type_)
    if origin is t.Annotated:
        return sample(arguments[0], name)
    if hints.is_typed_dict(type_):
        found = hints.fields(type_)
        chosen = [one for one in found if one.required] or found[:1]
        items = (f'"{one.name}": {sample(one.hint, one.name)}' for one in chosen)
        return "{" + ", ".join(items) + "}"
    if origin is t.Literal:
        return f'"{arguments[0]}"'
    if origin in {list, collections.abc.Sequence}:
        return f"[{sample(arguments[0], name.removesuffix('s'))}]"
    if (member := hints.members(type_)[0]) is not type_:
        return sample(member, name)
    simple = {str: f'"{name}"', int: "1", float: "1.0", bool: "True"}
    return simple.get(type_, "{}")


def program() -> str:
    """Return all examples as functions of one module, to run and to check for types."""
    parts = [
        "from crisp_api import Crisp",
        "from crisp_api import types as ty",
        "from crisp_api.declare import Query, Segments",
    ]
    for operation in table.operations():
        needed = [
            one
            for one in operation.parameters
            if one.required and one.location != "body" and not one.keyword_only
        ]
        hints_of = inspect.get_annotations(operation.function)
        names = "".join(f", {one.name}: {hints_of[one.name]}" for one in needed)
        name = f"{operation.service}_{operation.name}"
        parts.append(
            f"def {name}(client: Crisp{names}) -> object:\n"
            f"    {example(operation)}\n"
            f"    return {'None' if operation.answer is None else 'answer'}"
        )
    return "\n\n\n".join(parts) + "\n"
