"""The arguments that a program passes."""

from __future__ import annotations

import ast
import copy
import re
import typing as t

from crisp_api import hints
from crisp_api.migrate.calls import Call, Calls

__all__ = [
    "body_hint",
    "kind_of",
    "may_be_unset",
    "pieces_of",
    "query_hint",
    "shortened",
]

_CONSTANTS: t.Final[dict[type[object], str]] = {
    bool: "a bool",
    int: "a number",
    float: "a number",
    str: "text",
}
_KINDS: t.Final[dict[type[ast.expr], str]] = {
    ast.JoinedStr: "text",
    ast.List: "list",
    ast.ListComp: "list",
    **dict.fromkeys((ast.Tuple, ast.Set, ast.SetComp), "a tuple or a set"),
    ast.GeneratorExp: "a generator",
}


def kind_of(calls: Calls, node: ast.expr) -> str:
    """Return what a body is that is no object, ``""`` for what may be one."""
    match calls.program.value(node):
        case ast.Constant(value=value):
            return _CONSTANTS.get(type(value), "")
        case ast.Call(func=function):
            name = calls.program.full_name(function)
            return "text" if name in {"json.dumps", "str"} else ""
        case value:
            return _KINDS.get(type(value), "")


def body_hint(calls: Calls, call: Call, kind: str) -> str:
    """Return what to pass as the body."""
    body = t.cast("ast.expr", call.body)
    match calls.program.value(body):
        case ast.Call(func=ast.Attribute(attr="dumps"), args=[inner, *_]):
            return f"Pass the object itself: {shortened(inner)}"
        case _:
            pass
    field = _field(call, kind)
    if not field:
        return "Pass a dict"
    given = ast.Dict([ast.Constant(field)], [body])
    written = copy.copy(call.node)
    written.args = [given if one is body else one for one in call.node.args]
    written.keywords = [
        ast.keyword(one.arg, given if one.value is body else one.value)
        for one in call.node.keywords
    ]
    return f"Write: {shortened(written)}"


def _field(call: Call, kind: str) -> str:
    """Return the field of the body that a bare value must be, ``""`` if unknown."""
    type_ = call.operation.body if call.operation else None
    # Beside an object, a few operations take a list.
    others = [one for one in t.get_args(type_) if t.get_origin(one) is not list]
    only = others[0] if len(others) == 1 else type_
    fields = hints.fields(only) if hints.is_typed_dict(only) else []
    required = [field.name for field in fields if field.required]
    lists = [field.name for field in fields if t.get_origin(field.hint) is list]
    if not required and kind == "list":
        required = lists
    return required[0] if len(required) == 1 else ""


def may_be_unset(calls: Calls, node: ast.expr) -> bool:
    """Return whether an expression reads a variable that may not be set."""
    program = calls.program
    if isinstance(node, ast.Name) and any(
        isinstance(one, ast.If | ast.Assert)
        and any(isinstance(n, ast.Name) and n.id == node.id for n in ast.walk(one.test))
        for one in program.nodes
    ):
        # The program looks at it itself.
        return False
    match program.value(node):
        case ast.Call(func=function, args=[_, *defaults], keywords=keywords):
            defaults = [*defaults, *(one.value for one in keywords)]
            is_set = any(
                not isinstance(one, ast.Constant) or one.value for one in defaults
            )
            reads = program.full_name(function) in {"os.environ.get", "os.getenv"}
            return reads and not is_set
        case _:
            return False


def pieces_of(node: ast.expr) -> list[str | ast.expr]:
    """Return what a text is put together from: literal text, and expressions."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return [piece for one in values for piece in pieces_of(one)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*pieces_of(left), *pieces_of(right)]
        case (
            ast.BinOp(left=text, op=ast.Mod())
            | ast.Call(func=ast.Attribute(value=text, attr="format"))
        ):
            return pieces_of(text)
        case ast.FormattedValue(value=value) | value:
            return [value]


def query_hint(call: Call, name: str, text: str) -> str:
    """Return how to write a query that was glued to a path argument."""
    path, _, query = text.partition("?")
    pairs = re.findall(r"(\w+)=([^&]*)", query)
    parameters = call.operation.parameters if call.operation else ()
    known = {one.name for one in parameters}
    if name != "page_number" or not pairs or any(k not in known for k, _ in pairs):
        return (
            'Pass the query by keyword, or by hand: client.get("/website/...", {...})'
        )
    filters = ", ".join(f"{key}={_written(value)}" for key, value in pairs)
    return (
        f"Pass the filters by keyword: {call.method}(..., {_written(path)}, {filters})"
    )


def _written(text: str) -> str:
    """Return a piece of text as it is written in Python, ``...`` if it is unknown."""
    if text.isdecimal():
        return text
    if found := re.fullmatch(r"{str\((.+)\)}|{(.+)}", text):
        return str(found[1] or found[2])
    return "..." if re.search("[{}%]", text) else repr(text)


def shortened(node: ast.expr) -> str:
    """Return the source of an expression, cut to 120 characters."""
    text = ast.unparse(node)
    return text if len(text) <= 120 else f"{text[:117]}..."
