"""The rules: what in a program means something else than with crisp-api 1.1.23.

Each rule is a function from the calls of a program to its findings.
"""

from __future__ import annotations

import ast
import typing as t

from crisp_api.migrate.arguments import (
    body_hint,
    kind_of,
    may_be_unset,
    pieces_of,
    query_hint,
    shortened,
)
from crisp_api.migrate.calls import Calls
from crisp_api.migrate.errors import (
    ABSENT,
    caught_names,
    compared_errors,
    is_tested,
    reads_text,
    replacement,
    text_found,
)
from crisp_api.migrate.flow import Found
from crisp_api.migrate.names import (
    INTERNALS,
    REQUEST,
    is_client_or_class,
    is_crisp,
    last_name,
    missing_part,
    patched_names,
    replaced_names,
)

__all__ = ["RULES", "imports_crisp"]

_OURS: t.Final = {
    *("TransportError", "TimeoutError", "ConnectionError"),
    *("InvalidResponseError", "CrispError"),
}


def imports_crisp(calls: Calls) -> bool:
    """Return whether a program imports crisp_api, or patches something in it."""
    imported = any(is_crisp(name) for _, name in calls.program.imports)
    return imported or any(True for _ in patched_names(calls))


def checks(calls: Calls) -> t.Iterator[Found]:
    """Find checks that rely on a RouteError: they return False."""
    for call in calls.all:
        if not call.is_check or is_tested(calls, call.node):
            continue
        guarded = any(
            calls.program.within(call.node, guard.body)
            and caught_names(calls, guard.types) & ABSENT
            for guard in calls.guards
        )
        # A result that is dropped, or compared with None or {}, does not show that
        # something is absent, as the error did.
        parent = calls.program.parent(call.node)
        if guarded or isinstance(parent, ast.Expr | ast.Compare):
            yield Found(
                call.node,
                f"{call.method} returns False for what does not exist; it raised a "
                "RouteError",
                f"Test the result: if not {shortened(call.node)}: ...",
            )


def foreign_errors(calls: Calls) -> t.Iterator[Found]:
    """Find errors of requests around calls: they are never raised."""
    for guard in calls.guards:
        others = {calls.program.full_name(one) for one in guard.others + guard.types}
        is_done = any(is_crisp(one) and last_name(one) in _OURS for one in others)
        if is_done or not calls.reached_by(guard):
            continue
        for one in guard.types:
            name = calls.program.full_name(one)
            if written := replacement(name, guard):
                yield Found(
                    guard.node,
                    f"{name} catches no error of requests here: a failed call raises "
                    "one of crisp_api",
                    f"Write: {written}",
                )


def error_texts(calls: Calls) -> t.Iterator[Found]:
    """Find comparisons of names and texts of errors: they are different."""
    for node in calls.program.nodes:
        if isinstance(node, ast.Compare):
            yield from compared_errors(calls, node)
        elif isinstance(node, ast.Subscript | ast.Call) and reads_text(calls, node):
            yield text_found(node)


def patches(calls: Calls) -> t.Iterator[Found]:
    """Find replacements of `crisp_api.request`, `client.get` and their like."""
    for node, name in (*patched_names(calls), *replaced_names(calls)):
        yield Found(
            node,
            f"calls do not go through {name}: replacing it has no effect on them",
            "Pass a transport, Crisp(transport=...), such as a crisp_api.sandbox."
            "Sandbox; to observe calls, pass on_request= and on_response=",
        )


def bodies(calls: Calls) -> t.Iterator[Found]:
    """Find bodies that are no objects: they are refused."""
    for call in calls.all:
        kind = kind_of(calls, call.body) if call.body else ""
        if not kind:
            continue
        if kind == "list":
            message = (
                f"the body of {call.method} is an object in Crisp's reference; a list "
                "is sent as it is, as before"
            )
        else:
            message = f"{call.method} refuses {kind} as its body with a TypeError"
        yield Found(call.node, message, body_hint(calls, call, kind))


def unset_tokens(calls: Calls) -> t.Iterator[Found]:
    """Find tokens that may be unset on import: only the first call fails."""
    for node in calls.program.nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="authenticate", value=client)):
                values = [*node.args, *(one.value for one in node.keywords)]
                is_foreign = calls.is_client(client) is False
                if is_foreign or not calls.program.runs_on_import(node):
                    continue
                if any(may_be_unset(calls, one) for one in values):
                    yield Found(
                        node,
                        "if the environment does not set the token, this is accepted, "
                        "and the first call raises an AuthenticationError",
                        'Read it with os.environ["..."], which fails at once, or use '
                        "Crisp.from_env()",
                    )
            case _:
                pass


def glued_queries(calls: Calls) -> t.Iterator[Found]:
    """Find queries glued to a path argument: they are encoded."""
    for call in calls.all:
        for name, value in call.paths.items():
            pieces = pieces_of(calls.program.value(value))
            if any("?" in one for one in pieces if isinstance(one, str)):
                text = "".join(
                    one if isinstance(one, str) else f"{{{ast.unparse(one)}}}"
                    for one in pieces
                )
                yield Found(
                    value,
                    f"{name} of {call.method} is encoded as it is: the query in it is "
                    "no query any more",
                    query_hint(call, name, text),
                )


def internals(calls: Calls) -> t.Iterator[Found]:
    """Find modules and names of the original package that do not exist."""
    for statement, name in calls.program.imports:
        missing = missing_part(name)
        if missing and name != REQUEST:
            yield Found(
                statement,
                f"{missing} does not exist in this library",
                "Import Crisp and the errors from crisp_api; operations are methods of "
                "client.website, client.plugin and client.bucket",
            )
    for node in calls.program.nodes:
        if isinstance(node, ast.Attribute):
            name = calls.program.full_name(node)
            is_missing = name.count(".") == 1 and name != REQUEST and missing_part(name)
            is_inside = INTERNALS.fullmatch(node.attr) and (
                is_client_or_class(calls, node.value)
            )
            if is_missing or is_inside:
                yield Found(
                    node,
                    f"{ast.unparse(node)} does not exist in this library",
                    "Use the options of Crisp(...): tier=, base_url=, timeout=, "
                    "transport=; client.session.headers adds a header",
                )


def quoted_ids(calls: Calls) -> t.Iterator[Found]:
    """Find ids that are encoded already: they are encoded again."""
    for call in calls.all:
        for name, value in call.paths.items():
            match calls.program.value(value):
                case ast.Call(func=function, args=[inner, *_]) if last_name(
                    calls.program.full_name(function)
                ) in {"quote", "quote_plus"}:
                    yield Found(
                        value,
                        f"{name} of {call.method} is encoded by the call: encoded "
                        "before, it is encoded twice",
                        f"Pass it as it is: {shortened(inner)}",
                    )
                case _:
                    pass


RULES: t.Final[dict[str, t.Callable[[Calls], t.Iterator[Found]]]] = {
    "C001": checks,
    "C002": foreign_errors,
    "C003": error_texts,
    "C004": patches,
    "C005": bodies,
    "C006": unset_tokens,
    "C007": glued_queries,
    "C008": internals,
    "C009": quoted_ids,
}
