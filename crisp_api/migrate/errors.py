"""Find how a program uses the results of checks, and errors."""

from __future__ import annotations

import ast
import re
import typing as t

from crisp_api.migrate.calls import Calls, Guard
from crisp_api.migrate.flow import Found
from crisp_api.migrate.names import last_name

__all__ = [
    "ABSENT",
    "caught_names",
    "compared_errors",
    "is_tested",
    "reads_text",
    "replacement",
    "text_found",
]

ABSENT: t.Final = {"RouteError", "CrispError", "Exception", "BaseException"}
_PLAIN: t.Final = {
    "ValueError": "InvalidResponseError",
    "OSError": "TransportError",
    "IOError": "TransportError",
    "EnvironmentError": "TransportError",
}
_REPLACED: t.Final = {
    **dict.fromkeys(("Timeout", "ConnectTimeout", "ReadTimeout"), "TimeoutError"),
    **dict.fromkeys(("ConnectionError", "SSLError", "ProxyError"), "ConnectionError"),
    "ChunkedEncodingError": "ConnectionError",
    "JSONDecodeError": "InvalidResponseError",
    "InvalidJSONError": "InvalidResponseError",
    "HTTPError": "RouteError",
}
# Other calls that raise a ValueError or an OSError, which a clause may be for.
_RAISERS: t.Final = re.compile(
    r"\b(int|float|open|loads?|strptime|fromisoformat|UUID|decode|index|remove"
    r"|(read|write)_(text|bytes)|read|write|mkdir|unlink|Decimal|connect|sendmail)\("
)
_READS_TEXT: t.Final = {
    *("startswith", "endswith", "find", "index", "count", "split", "partition"),
    *("rsplit", "rpartition", "removeprefix", "removesuffix", "splitlines"),
}
_PARSES_TEXT: t.Final = {
    *("literal_eval", "eval", "loads", "search", "match", "fullmatch", "findall"),
}
_ERROR_NAMES: t.Final = {"e", "err", "error", "ex", "exc", "exception"}


def is_tested(calls: Calls, node: ast.expr) -> bool:
    """Return whether the truth of an expression decides something."""
    program = calls.program
    parent = program.parent(node)
    match parent:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            return test is node
        case ast.Assert() | ast.UnaryOp() | ast.BoolOp() | ast.Compare():
            return not isinstance(parent, ast.Compare) or _names_bool(parent)
        case ast.comprehension():
            return node in parent.ifs
        case ast.Await() | ast.NamedExpr():
            return is_tested(calls, parent)
        case ast.Assign(targets=[ast.Name(id=name)]):
            return any(
                isinstance(one, ast.Name)
                and (one.id, isinstance(one.ctx, ast.Load)) == (name, True)
                and any(value is node for value in program.bindings(one))
                and is_tested(calls, one)
                for one in program.nodes
            )
        case _:
            return False


def _names_bool(node: ast.Compare) -> bool:
    """Return whether something is compared with True or False."""
    sides = (node.left, *node.comparators)
    constants = [one.value for one in sides if isinstance(one, ast.Constant)]
    return any(isinstance(one, bool) for one in constants)


def caught_names(calls: Calls, types: list[ast.expr]) -> set[str]:
    """Return the last names of classes."""
    return {last_name(calls.program.full_name(one)) for one in types}


def replacement(name: str, guard: Guard) -> str:
    """Return what to catch for an error of requests, ``""`` for another error."""
    root, last = name.partition(".")[0], last_name(name)
    if name in _PLAIN:
        body = "\n".join(map(ast.unparse, guard.body))
        is_other = _RAISERS.search(body) or not isinstance(
            guard.node, ast.ExceptHandler
        )
        return "" if is_other else f"except crisp_api.{_PLAIN[name]}"
    if root in {"requests", "urllib3"} and "." in name:
        ours = _REPLACED.get(last)
        if ours is None:
            return "except (crisp_api.TransportError, crisp_api.InvalidResponseError)"
        return f"except crisp_api.{ours}"
    is_json = root in {"json", "simplejson"} and last == "JSONDecodeError"
    return "except crisp_api.InvalidResponseError" if is_json else ""


def compared_errors(calls: Calls, node: ast.Compare) -> t.Iterator[Found]:
    """Yield a finding for a comparison of an error's class, its name or its text."""
    sides = [node.left, *node.comparators]
    classes = [one for one in sides if _is_class_of(one)]
    names = {one.value for side in sides for one in ast.walk(side) if _is_text(one)}
    if any(map(_is_name_of_class, sides)) and names & {"RouteError", *_REPLACED}:
        yield Found(
            node,
            "the class of an error has another name here: a 404 is a NotFoundError, "
            "which is a RouteError",
            "Write: isinstance(error, crisp_api.RouteError), or compare error.status "
            "and error.reason",
        )
    elif classes and "RouteError" in caught_names(calls, sides):
        yield Found(
            node,
            "an error is of a subclass of RouteError here, such as NotFoundError",
            "Write: isinstance(error, crisp_api.RouteError)",
        )
    elif any(_is_error_text(calls, one) for one in sides):
        yield text_found(node)


def text_found(node: ast.expr) -> Found:
    """Return the finding for a text of an error that a program reads."""
    return Found(
        node,
        "the text of an error is a sentence here; it was the dict, as text",
        "Compare error.status (such as 429) or error.reason (such as 'not_found'); the "
        "dict is error.args[0]",
    )


def _is_text(node: ast.AST) -> t.TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_class_of(node: ast.expr) -> bool:
    """Return whether an expression is ``type(error)`` or ``error.__class__``."""
    match node:
        case ast.Attribute(attr="__class__"):
            return True
        case ast.Call(func=ast.Name(id="type"), args=[_]):
            return True
        case _:
            return False


def _is_name_of_class(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"__name__", "__qualname__"}


def _is_error_text(calls: Calls, node: ast.expr, depth: int = 4) -> bool:
    """Return whether an expression is the text of an error of a client."""
    match calls.program.value(node):
        case ast.Call(func=ast.Name(id="str" | "repr"), args=[one]):
            return _is_error(calls, one)
        case ast.Call(
            func=ast.Attribute(value=inner, attr="lower" | "upper" | "strip")
        ):
            return depth > 0 and _is_error_text(calls, inner, depth - 1)
        case ast.JoinedStr(values=[ast.FormattedValue(value=one)]):
            return _is_error(calls, one)
        case _:
            return False


def _is_error(calls: Calls, node: ast.expr) -> bool:
    """Return whether an expression is an error that a client raised."""
    if isinstance(node, ast.Attribute) and node.attr in {"value", "exception"}:
        # An attribute of the result of `pytest.raises` or `assertRaises`.
        node = node.value
    found = calls.program.bindings(node)[-1:]
    for guard in calls.guards:
        if guard.node in found:
            caught = caught_names(calls, guard.types)
            return "RouteError" in caught or (
                bool(caught & ABSENT) and calls.reached_by(guard)
            )
    match found:
        case [ast.arg(arg=name, annotation=None)]:
            return name in _ERROR_NAMES
        case [ast.arg(annotation=ast.expr() as annotation)]:
            return "RouteError" in ast.unparse(annotation)
        case _:
            return False


def reads_text(calls: Calls, node: ast.Subscript | ast.Call) -> bool:
    """Return whether an expression takes the text of an error apart."""
    match node:
        case ast.Subscript(value=value):
            return _is_error_text(calls, value)
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if (
            name in _READS_TEXT
        ):
            return _is_error_text(calls, value)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args):
            parses = name in _PARSES_TEXT
            return parses and any(_is_error_text(calls, one) for one in args)
        case _:
            return False
