"""Find what a program imports from crisp_api, uses of it, and replaces in it."""

from __future__ import annotations

import ast
import pathlib
import re
import typing as t

import crisp_api
from crisp_api.migrate.calls import CLIENTS, VERBS, Calls
from crisp_api.migrate.flow import Function, Located, named

__all__ = [
    "INTERNALS",
    "REQUEST",
    "is_client_or_class",
    "is_crisp",
    "last_name",
    "missing_part",
    "patched_names",
    "replaced_names",
]

REQUEST: t.Final = "crisp_api.request"
_HERE: t.Final = pathlib.Path(crisp_api.__file__).parent
_NAMES: t.Final = {*crisp_api.__all__, "ConnectionError", "TimeoutError", "*"}
INTERNALS: t.Final = re.compile(r"_Crisp__\w+|REQUEST_HEADERS")


def replaced_names(calls: Calls) -> t.Iterator[tuple[Located, str]]:
    """Yield what of crisp_api a program uses or replaces without a patch."""
    yield from (one for one in calls.program.imports if one[1] == REQUEST)
    for node in calls.program.nodes:
        if isinstance(node, ast.ClassDef):
            if any(map(calls.is_client_class, node.bases)):
                for one in node.body:
                    if isinstance(one, Function) and one.name in VERBS:
                        yield one, f"{node.name}.{one.name}"
        elif isinstance(node, ast.Attribute):
            is_set = isinstance(node.ctx, ast.Store) and node.attr in VERBS
            if calls.program.full_name(node) == REQUEST:
                yield node, REQUEST
            elif is_set and is_client_or_class(calls, node.value):
                yield node, ast.unparse(node)


def is_client_or_class(calls: Calls, node: ast.expr) -> bool:
    """Return whether an expression is a client, or the class of one."""
    return calls.is_client_class(node) or bool(calls.is_client(node))


def patched_names(calls: Calls) -> t.Iterator[tuple[Located, str]]:
    """Yield what of crisp_api a program replaces: where, and its full name."""
    for node in calls.program.nodes:
        if isinstance(node, ast.Call) and {"patch", "setattr", "delattr"} & set(
            named(node.func)
        ):
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    pass
                case [target, ast.Constant(value=str(attribute)), *_]:
                    base = calls.program.full_name(target)
                    if is_client_or_class(calls, target):
                        base = "crisp_api.Crisp"
                    name = f"{base}.{attribute}"
                case _:
                    continue
            if _is_replaced(name):
                yield node, name


def _is_replaced(name: str) -> bool:
    """Return whether replacing what has this name had an effect that it has no more."""
    if not is_crisp(name):
        return False
    if name.rpartition(".")[0] in CLIENTS:
        return last_name(name) in VERBS or bool(INTERNALS.fullmatch(last_name(name)))
    return bool(missing_part(name))


def missing_part(name: str) -> str:
    """Return what of a full name this library does not have, ``""`` if it has all."""
    root, *parts = name.split(".")
    if root != "crisp_api":
        return ""
    place = _HERE
    for number, part in enumerate(parts):
        is_module = (place / part).is_dir() or (place / f"{part}.py").is_file()
        if not is_module:
            is_there = number > 0 or part.startswith("__") or part in _NAMES
            return "" if is_there else ".".join((root, *parts[: number + 1]))
        place /= part
    return ""


def is_crisp(name: str) -> bool:
    """Return whether a full name is crisp_api or in it."""
    return name == "crisp_api" or name.startswith("crisp_api.")


def last_name(name: str) -> str:
    """Return the last part of a dotted name."""
    return name.rpartition(".")[2]
