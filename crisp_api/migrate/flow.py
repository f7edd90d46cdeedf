"""Resolve the names of a Python program, as far as one file shows it.

Pure: it reads a parsed program, and never runs it. The reading is simple on purpose. A
scope has a list of bindings for each name, in the order of the source; branches and
loops are not followed.
"""

from __future__ import annotations

import ast
import typing as t

__all__ = ["Bound", "Found", "Function", "Located", "Program", "named"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
Bound = ast.expr | ast.arg | ast.ExceptHandler | Function | ast.ClassDef | str | None
"""The value of a name; text is the full name of an import, None is unknown."""

Located = ast.expr | ast.stmt | ast.arg | ast.ExceptHandler
"""A node that has a place in the source."""

_SCOPES = (
    *(ast.Module, ast.ClassDef, ast.Lambda),
    *(ast.FunctionDef, ast.AsyncFunctionDef),
)
_LATER = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)


class _Binding(t.NamedTuple):
    line: int
    column: int
    value: Bound


class Program:
    """A parsed program.

    Attributes:
        tree: the module.
        nodes: all of its nodes.
        imports: the full names of all imports, and where they are.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.nodes: list[ast.AST] = []
        self.imports: list[tuple[ast.stmt, str]] = []
        self._parents: dict[ast.AST, ast.AST] = {}
        self._scopes: dict[ast.AST, dict[str, list[_Binding]]] = {tree: {}}
        self._globals: set[tuple[ast.AST, str]] = set()
        self._attributes: dict[str, list[Bound]] = {}
        self._read(tree, tree)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return the node that a node is part of."""
        return self._parents.get(node)

    def ancestors(self, node: ast.AST) -> t.Iterator[ast.AST]:
        """Yield the nodes that a node is part of, from the inside out."""
        parent = self.parent(node)
        while parent is not None:
            yield parent
            parent = self.parent(parent)

    def within(self, node: ast.AST, body: t.Sequence[ast.AST]) -> bool:
        """Return whether a node runs when the body does, and not in a call later."""
        here: ast.AST | None = node
        while here is not None and here not in body:
            here = self.parent(here)
            if isinstance(here, _LATER):
                return False
        return here is not None

    def runs_on_import(self, node: ast.AST) -> bool:
        """Return whether a node runs when its module is imported."""
        return not any(
            isinstance(one, _LATER) or (isinstance(one, ast.If) and _is_main(one.test))
            for one in self.ancestors(node)
        )

    def bindings(self, node: ast.expr) -> list[Bound]:
        """Return what a name, or an attribute, is bound to, the nearest last.

        Of the bindings in the same scope, only those above the use count, if there
        are some. Those of an attribute, as in ``self.client``, are taken from the
        whole file, whatever the object.
        """
        if isinstance(node, ast.Attribute):
            return self._attributes.get(node.attr, [])
        if not isinstance(node, ast.Name):
            return []
        scopes = [one for one in self.ancestors(node) if isinstance(one, _SCOPES)]
        for number, scope in enumerate(scopes):
            if number and isinstance(scope, ast.ClassDef):
                continue
            if found := self._scopes[scope].get(node.id):
                here = (node.lineno, node.col_offset)
                above = [one for one in found if (one.line, one.column) <= here]
                return [one.value for one in (not number and above) or found]
        return []

    def value(self, node: ast.expr) -> ast.expr:
        """Return the expression that a name was last bound to, or the node itself."""
        found = self.bindings(node) if isinstance(node, ast.Name) else []
        last = found[-1] if found else None
        return last if isinstance(last, ast.expr) else node

    def full_name(self, node: ast.AST | None) -> str:
        """Return the full name of what an expression refers to, ``""`` if unknown.

        An import refers to its module; a name that is bound nowhere is a builtin.
        """
        if isinstance(node, ast.Attribute):
            base = self.full_name(node.value)
            return f"{base}.{node.attr}" if base else ""
        if not isinstance(node, ast.Name):
            return ""
        found = self.bindings(node)
        imported = (one for one in found if isinstance(one, str))
        return next(imported, "" if found else node.id)

    def _read(self, node: ast.AST, scope: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self._parents[child] = node
            self.nodes.append(child)
            self._bind_all(child, scope)
            inner = scope
            if isinstance(child, _SCOPES):
                inner = child
                self._scopes[child] = {}
            self._read(child, inner)

    def _bind_all(self, node: ast.AST, scope: ast.AST) -> None:
        """Keep the bindings that a node makes."""
        match node:
            case ast.Import() | ast.ImportFrom():
                self._bind_imports(node, scope)
            case ast.Global(names=names):
                self._globals |= {(scope, name) for name in names}
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._bind(node.name, node, node, scope)
            case ast.arg():
                self._bind(node.arg, node, node, scope)
            case ast.ExceptHandler(name=str() as name):
                self._bind(name, node, node.type or node, scope)
            case _:
                for target, value in _assigned(node):
                    self._bind_target(target, value, scope)

    def _bind_imports(self, node: ast.Import | ast.ImportFrom, scope: ast.AST) -> None:
        for alias in node.names:
            full = name = alias.name
            if isinstance(node, ast.ImportFrom):
                full = f"{'.' * node.level}{node.module or ''}.{name}"
            self.imports.append((node, full))
            bound = full if isinstance(node, ast.ImportFrom) or alias.asname else ""
            first = name.partition(".")[0]
            self._bind(alias.asname or first, bound or first, node, scope)

    def _bind_target(
        self, target: ast.expr, value: ast.expr | None, scope: ast.AST
    ) -> None:
        match target:
            case ast.Name(id=name):
                self._bind(name, value, value or target, scope)
            case ast.Attribute(attr=name):
                self._attributes.setdefault(name, []).append(value)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values: list[ast.expr | None] = [None] * len(targets)
                if isinstance(value, ast.Tuple) and len(value.elts) == len(targets):
                    values = [*value.elts]
                for one, its in zip(targets, values, strict=True):
                    self._bind_target(one, its, scope)
            case _:
                pass

    def _bind(
        self,
        name: str,
        value: Bound,
        at: Located,
        scope: ast.AST,
    ) -> None:
        if (scope, name) in self._globals:
            scope = self.tree
        # It is bound at the end: `text = text.lower()` uses what it was before.
        binding = _Binding(at.end_lineno or 0, at.end_col_offset or 0, value)
        self._scopes[scope].setdefault(name, []).append(binding)


def named(node: ast.AST) -> list[str]:
    """Return the names of a dotted expression as they are written."""
    if isinstance(node, ast.Attribute):
        return [*named(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def _assigned(node: ast.AST) -> list[tuple[ast.expr, ast.expr | None]]:
    """Return the targets of an assignment, and what each is set to, if it is known."""
    match node:
        case ast.Assign(targets=targets, value=value):
            return [(target, value) for target in targets]
        case (
            ast.NamedExpr(target=target, value=value)
            | ast.AnnAssign(target=target, value=value)
        ):
            return [(target, value)]
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            return [(target, value)]
        case (
            ast.For(target=target)
            | ast.AsyncFor(target=target)
            | ast.comprehension(target=target)
            | ast.AugAssign(target=target)
        ):
            return [(target, None)]
        case _:
            return []


def _is_main(test: ast.expr) -> bool:
    """Return whether a test is ``__name__ == "__main__"``."""
    return any(
        isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(test)
    )


class Found(t.NamedTuple):
    """A place whose meaning changes.

    Attributes:
        node: the place.
        message: what changes.
        hint: what to write instead.
    """

    node: Located
    message: str
    hint: str
