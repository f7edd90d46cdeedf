"""Find the calls of a Crisp client in a program.

A client is recognized by its origin, as far as the file shows it, and otherwise by its
name. The names of operations are distinctive, so a call of one counts unless
its object is known to be something else.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
import typing as t

from crisp_api.migrate.flow import Bound, Function, Program

if t.TYPE_CHECKING:
    from crisp_api import table

__all__ = ["CLIENTS", "VERBS", "Call", "Calls", "Guard"]

CLIENTS: t.Final = frozenset(
    f"crisp_api.{module}{name}"
    for module in ("", "client.")
    for name in ("Crisp", "AsyncCrisp")
)
VERBS: t.Final = ("get", "head", "post", "patch", "put", "remove")
"""The methods of a client that take a route by hand."""


@dataclasses.dataclass(frozen=True)
class Call:
    """A call of a client.

    Attributes:
        node: the call.
        method: the name that it is called by, which may be an alias.
        operation: what it calls; None for a route by hand.
        arguments: by the names of their parameters, as far as they are known.
    """

    node: ast.Call
    method: str
    operation: table.Operation | None
    arguments: dict[str, ast.expr]

    @property
    def is_check(self) -> bool:
        """Whether the call checks that something exists."""
        verb = self.operation.verb if self.operation else self.method.upper()
        return verb == "HEAD"

    @property
    def paths(self) -> dict[str, ast.expr]:
        """The arguments that go into the path."""
        parameters = self.operation.parameters if self.operation else ()
        names = {one.name for one in parameters if one.location == "path"}
        return {k: v for k, v in self.arguments.items() if k in names}

    @property
    def body(self) -> ast.expr | None:
        """The argument that is the body."""
        if not self.operation:
            return self.arguments.get("data")
        for one in self.operation.parameters:
            if one.location == "body":
                return self.arguments.get(one.name)
        return None


@dataclasses.dataclass(frozen=True)
class Guard:
    """Code that runs with some errors caught or expected.

    Attributes:
        node: where the errors are named: an ``except``, an item of a ``with``, or a
            decorator that retries.
        types: the errors.
        body: the statements that may raise them.
        others: the errors that the other clauses of a ``try`` catch.
    """

    node: ast.ExceptHandler | ast.expr
    types: list[ast.expr]
    body: list[ast.stmt]
    others: list[ast.expr]


class Calls:
    """The calls of Crisp clients in a program, and what surrounds them.

    Attributes:
        program: the program.
        all: the calls, in the order of the source.
        guards: where errors are caught.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._verdicts: dict[ast.expr, bool | None] = {}
        self._services: dict[ast.expr, bool | None] = {}
        self._classes: dict[ast.AST | None, bool] = {}
        nodes = [node for node in program.nodes if isinstance(node, ast.Call)]
        self.all: list[Call] = [call for node in nodes if (call := self._call(node))]
        self.guards: list[Guard] = [
            guard for node in program.nodes for guard in self._guards(node)
        ]

    @functools.cached_property
    def _calling(self) -> set[ast.AST]:
        """The functions that call a client, themselves or through each other."""
        inside = {
            node: function
            for node in self.program.nodes
            if isinstance(node, ast.Call) and (function := self._function(node))
        }
        found = {inside[one.node] for one in self.all if one.node in inside}
        size = 0
        while size != len(found):
            size = len(found)
            found |= {inside[node] for node in inside if self._calls(node, found)}
        return found

    def reached_by(self, guard: Guard) -> bool:
        """Return whether the body of a guard calls a client, or what does."""
        clients = {call.node for call in self.all}
        return any(
            isinstance(node, ast.Call)
            and self.program.within(node, guard.body)
            and (node in clients or self._calls(node, self._calling))
            for statement in guard.body
            for node in ast.walk(statement)
        )

    def is_client(self, node: ast.expr) -> bool | None:
        """Return whether an expression is a client, None where that is unknown."""
        if node not in self._verdicts:
            # A name may be bound to itself in a circle.
            self._verdicts[node] = None
            self._verdicts[node] = self._judge(node)
        return self._verdicts[node]

    def is_client_class(self, node: ast.AST | None) -> bool:
        """Return whether an expression is a class of clients."""
        if self.program.full_name(node) in CLIENTS:
            return True
        if not isinstance(node, ast.Name) or node in self._classes:
            return node in self._classes and self._classes[node]
        self._classes[node] = False
        self._classes[node] = any(
            isinstance(one, ast.ClassDef) and any(map(self.is_client_class, one.bases))
            for one in self.program.bindings(node)
        )
        return self._classes[node]

    def _judge(self, node: ast.expr) -> bool | None:
        match node:
            case ast.Call(func=function):
                return self._makes_client(function)
            case ast.Name() | ast.Attribute():
                return _any(map(self._is_client, self.program.bindings(node)))
            case _:
                inner = _choices(node)
                return _any(map(self.is_client, inner)) if inner else False

    def _call(self, node: ast.Call) -> Call | None:
        """Read a call, if it is one of a client."""
        if not isinstance(node.func, ast.Attribute):
            return None
        method, receiver = node.func.attr, node.func.value
        names: tuple[str, ...] = ("resource", "data")
        operation = None
        if method in VERBS:
            if not self._is_surely_client(receiver):
                return None
        else:
            by_service = _operations().get(method)
            if by_service is None or self._is_service(receiver) is False:
                return None
            service = receiver.attr if isinstance(receiver, ast.Attribute) else ""
            operation = by_service.get(service) or next(iter(by_service.values()))
            names = tuple(
                one.name for one in operation.parameters if not one.keyword_only
            )
        return Call(node, method, operation, _arguments(node, names))

    def _is_surely_client(self, node: ast.expr) -> bool:
        """Return whether an object with a method ``get`` is a client."""
        verdict = self.is_client(node)
        return verdict is True or (verdict is None and "crisp" in _last_name(node))

    def _is_service(self, node: ast.expr) -> bool | None:
        """Return whether an expression is a service of a client, or a client."""
        if isinstance(node, ast.Attribute) and node.attr in _services():
            return True
        if node not in self._services:
            self._services[node] = verdict = self.is_client(node)
            if not verdict and isinstance(node, ast.Name | ast.Attribute):
                found = self.program.bindings(node)
                self._services[node] = _any(
                    self._is_service(one)
                    if isinstance(one, ast.Attribute | ast.Name)
                    else self._is_client(one)
                    for one in found
                )
        return self._services[node]

    def _is_client(self, bound: Bound) -> bool | None:
        """Return whether a name that is bound so is a client."""
        match bound:
            case None:
                return None
            case str():
                return None if _is_named_so(bound.rpartition(".")[2]) else False
            case ast.arg():
                return self._is_client_argument(bound)
            case ast.expr():
                return self.is_client(bound)
            case _:
                return False

    def _is_client_argument(self, node: ast.arg) -> bool | None:
        """Return whether a parameter takes a client."""
        function = self.program.parent(t.cast("ast.AST", self.program.parent(node)))
        owner = self.program.parent(function) if function else None
        if isinstance(owner, ast.ClassDef) and node.arg in {"self", "cls"}:
            return any(map(self.is_client_class, owner.bases))
        if node.annotation is None:
            return True if _is_named_so(node.arg) else None
        text = ast.unparse(node.annotation)
        if any(map(self.is_client_class, ast.walk(node.annotation))) or "Crisp" in text:
            return True
        return None if re.search(r"\b(Any|object|Website|Plugin)\b", text) else False

    def _makes_client(self, function: ast.expr) -> bool | None:
        """Return whether a call returns a client."""
        if self.is_client_class(function):
            return True
        if isinstance(function, ast.Attribute):
            if function.attr == "from_env" and self.is_client_class(function.value):
                return True
            if function.attr == "with_options":
                return self.is_client(function.value)
        for bound in self.program.bindings(function):
            if isinstance(bound, Function) and self._returns_client(bound):
                return True
        # A class returns its instance; a function may return anything.
        return False if _last_name(function)[:1].isupper() else None

    def _returns_client(self, function: Function) -> bool:
        if self.is_client_class(function.returns):
            return True
        return any(
            isinstance(one, ast.Return) and one.value and self.is_client(one.value)
            for one in ast.walk(function)
        )

    def _function(self, node: ast.AST) -> ast.AST | None:
        """Return the function that a node is in."""
        around = self.program.ancestors(node)
        return next((one for one in around if isinstance(one, Function)), None)

    def _calls(self, node: ast.Call, functions: set[ast.AST]) -> bool:
        """Return whether a call is of one of these functions of the file."""
        match node.func:
            case ast.Name():
                found = self.program.bindings(node.func)
                return any(
                    one in functions for one in found if isinstance(one, Function)
                )
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                return any(
                    isinstance(one, Function) and one.name == name for one in functions
                )
            case _:
                return False

    def _guards(self, node: ast.AST) -> t.Iterator[Guard]:
        """Yield the guards that a statement is."""
        if isinstance(node, ast.Try | ast.TryStar):
            caught = [self._types(handler.type) for handler in node.handlers]
            for handler, types in zip(node.handlers, caught, strict=True):
                others = [one for each in caught if each is not types for one in each]
                yield Guard(handler, types, node.body, others)
        elif isinstance(node, Function):
            for decorator in node.decorator_list:
                types = [
                    one
                    for one in ast.walk(decorator)
                    if isinstance(one, ast.Attribute | ast.Name)
                    and self.program.full_name(one).startswith("requests.")
                ]
                yield Guard(decorator, [*types], node.body, [])
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                match item.context_expr:
                    case ast.Call(func=function, args=args) if _last_name(function) in {
                        "suppress",
                        "raises",
                        "assertRaises",
                        "assertRaisesRegex",
                    }:
                        types = [one for each in args for one in self._types(each)]
                        yield Guard(item.context_expr, types, node.body, [])
                    case _:
                        pass

    def _types(self, node: ast.expr | None) -> list[ast.expr]:
        """Return the classes of errors in an ``except``; a bare one catches all."""
        if node is None:
            return [ast.Name("BaseException")]
        value = self.program.value(node)
        if isinstance(value, ast.Tuple):
            return [one for each in value.elts for one in self._types(each)]
        return [node]


@functools.cache
def _services() -> frozenset[str]:
    """Return the names of the services."""
    return frozenset(service for one in _operations().values() for service in one)


@functools.cache
def _operations() -> dict[str, dict[str, table.Operation]]:
    """Return the operations by every name that they have, and by service."""
    # Heavy: not before a program is read that has to do with Crisp.
    from crisp_api import table  # noqa: PLC0415
    from crisp_api.endpoints import SERVICES  # noqa: PLC0415

    found: dict[str, dict[str, table.Operation]] = {}
    for service, consumer in SERVICES.items():
        for name in dir(consumer):
            declared: t.Any = getattr(consumer, name)
            if hasattr(declared, "path"):
                operation = table.lookup(f"{service}.{declared.__name__}")
                found.setdefault(name, {})[service] = operation
    return found


def _arguments(node: ast.Call, names: tuple[str, ...]) -> dict[str, ast.expr]:
    """Return the arguments of a call by name, up to the first ``*args``."""
    found: dict[str, ast.expr] = {}
    for name, value in zip(names, node.args, strict=False):
        if isinstance(value, ast.Starred):
            break
        found[name] = value
    return found | {one.arg: one.value for one in node.keywords if one.arg}


def _choices(node: ast.expr) -> list[ast.expr]:
    """Return the expressions that the value of an expression may be that of."""
    match node:
        case ast.Await(value=inner) | ast.NamedExpr(value=inner):
            return [inner]
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BoolOp(values=values):
            return values
        case _:
            return []


def _last_name(node: ast.expr) -> str:
    """Return the last name of a dotted expression, ``""`` for others."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _is_named_so(name: str) -> bool:
    """Return whether a name is usual for a client."""
    return re.search("(^|_)(crisp|client)$", name) is not None


def _any(verdicts: t.Iterable[bool | None]) -> bool | None:
    """Return True if one is, False if all are known and none is, else None."""
    known = list(verdicts)
    if any(known):
        return True
    return None if None in known or not known else False
