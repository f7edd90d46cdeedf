"""The rules: what in a program means something else than with crisp-api 1.1.23.

Each rule is a function from the calls of a program to its findings.
"""

from __future__ import annotations

import ast
import copy
import pathlib
import re
import typing as t

import crisp_api
from crisp_api import schema
from crisp_api.migrate.calls import CLIENTS, VERBS, Call, Calls, Guard
from crisp_api.migrate.flow import Function, Located, named

__all__ = ["RULES", "Found", "imports_crisp"]

_REQUEST: t.Final = "crisp_api.request"
_HERE: t.Final = pathlib.Path(crisp_api.__file__).parent
_NAMES: t.Final = {*crisp_api.__all__, "*"}
_ABSENT: t.Final = {"RouteError", "CrispError", "Exception", "BaseException"}
_OURS: t.Final = {
    *("TransportError", "TimeoutError", "ConnectionError"),
    *("InvalidResponseError", "CrispError"),
}
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
# What else raises a ValueError or an OSError, so that its clause may be for that.
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
_INTERNALS: t.Final = re.compile(r"_Crisp__\w+|REQUEST_HEADERS")


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


def imports_crisp(calls: Calls) -> bool:
    """Return whether a program imports crisp_api, or patches something in it."""
    imported = any(_is_crisp(name) for _, name in calls.program.imports)
    return imported or any(True for _ in _patched(calls))


def checks(calls: Calls) -> t.Iterator[Found]:
    """Find checks that rely on a RouteError: they return False."""
    for call in calls.all:
        if not call.is_check or _is_tested(calls, call.node):
            continue
        guarded = any(
            calls.program.within(call.node, guard.body)
            and _caught(calls, guard.types) & _ABSENT
            for guard in calls.guards
        )
        # Neither a result that is dropped nor one that is compared, with None or {},
        # can tell what the error told.
        parent = calls.program.parent(call.node)
        if guarded or isinstance(parent, ast.Expr | ast.Compare):
            yield Found(
                call.node,
                f"{call.method} returns False for what does not exist; it raised a "
                "RouteError",
                f"Test the result: if not {_short(call.node)}: ...",
            )


def foreign_errors(calls: Calls) -> t.Iterator[Found]:
    """Find errors of requests around calls: they are never raised."""
    for guard in calls.guards:
        others = {calls.program.full_name(one) for one in guard.others + guard.types}
        is_done = any(_is_crisp(one) and _tail(one) in _OURS for one in others)
        if is_done or not calls.reached_by(guard):
            continue
        for one in guard.types:
            name = calls.program.full_name(one)
            if written := _instead(name, guard):
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
            yield from _compared(calls, node)
        elif isinstance(node, ast.Subscript | ast.Call) and _reads_text(calls, node):
            yield _text_found(node)


def patches(calls: Calls) -> t.Iterator[Found]:
    """Find replacements of `crisp_api.request`, `client.get` and their like."""
    for node, name in (*_patched(calls), *_replaced(calls)):
        yield Found(
            node,
            f"calls do not go through {name}: replacing it has no effect on them",
            "Pass a transport, Crisp(transport=...), such as a crisp_api.sandbox."
            "Sandbox; to observe calls, pass on_request= and on_response=",
        )


def bodies(calls: Calls) -> t.Iterator[Found]:
    """Find bodies that are no objects: they are refused."""
    for call in calls.all:
        kind = _kind(calls, call.body) if call.body else ""
        if not kind:
            continue
        if kind == "list":
            message = (
                f"the body of {call.method} is an object in Crisp's reference; a list "
                "is sent as it is, as before"
            )
        else:
            message = f"{call.method} refuses {kind} as its body with a TypeError"
        yield Found(call.node, message, _body_hint(calls, call, kind))


def unset_tokens(calls: Calls) -> t.Iterator[Found]:
    """Find tokens that may be unset on import: only the first call fails."""
    for node in calls.program.nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="authenticate", value=client)):
                values = [*node.args, *(one.value for one in node.keywords)]
                is_foreign = calls.is_client(client) is False
                if is_foreign or not calls.program.runs_on_import(node):
                    continue
                if any(_may_be_unset(calls, one) for one in values):
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
            pieces = _pieces(calls.program.value(value))
            if any("?" in one for one in pieces if isinstance(one, str)):
                text = "".join(
                    one if isinstance(one, str) else f"{{{ast.unparse(one)}}}"
                    for one in pieces
                )
                yield Found(
                    value,
                    f"{name} of {call.method} is encoded as it is: the query in it is "
                    "no query any more",
                    _query_hint(call, name, text),
                )


def internals(calls: Calls) -> t.Iterator[Found]:
    """Find modules and names of the original package that do not exist."""
    for statement, name in calls.program.imports:
        missing = _missing(name)
        if missing and name != _REQUEST:
            yield Found(
                statement,
                f"{missing} does not exist in this library",
                "Import Crisp and the errors from crisp_api; operations are methods of "
                "client.website, client.plugin and client.bucket",
            )
    for node in calls.program.nodes:
        if isinstance(node, ast.Attribute):
            name = calls.program.full_name(node)
            is_missing = name.count(".") == 1 and name != _REQUEST and _missing(name)
            is_inside = _INTERNALS.fullmatch(node.attr) and (
                _is_client_or_class(calls, node.value)
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
                case ast.Call(func=function, args=[inner, *_]) if _tail(
                    calls.program.full_name(function)
                ) in {"quote", "quote_plus"}:
                    yield Found(
                        value,
                        f"{name} of {call.method} is encoded by the call: encoded "
                        "before, it is encoded twice",
                        f"Pass it as it is: {_short(inner)}",
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


# --- checks and errors


def _is_tested(calls: Calls, node: ast.expr) -> bool:
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
            return _is_tested(calls, parent)
        case ast.Assign(targets=[ast.Name(id=name)]):
            return any(
                isinstance(one, ast.Name)
                and (one.id, isinstance(one.ctx, ast.Load)) == (name, True)
                and any(value is node for value in program.bindings(one))
                and _is_tested(calls, one)
                for one in program.nodes
            )
        case _:
            return False


def _names_bool(node: ast.Compare) -> bool:
    """Return whether something is compared with True or False."""
    sides = (node.left, *node.comparators)
    constants = [one.value for one in sides if isinstance(one, ast.Constant)]
    return any(isinstance(one, bool) for one in constants)


def _caught(calls: Calls, types: list[ast.expr]) -> set[str]:
    """Return the last names of classes."""
    return {_tail(calls.program.full_name(one)) for one in types}


def _instead(name: str, guard: Guard) -> str:
    """Return what to catch for an error of requests, ``""`` for another error."""
    root, last = name.partition(".")[0], _tail(name)
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


def _compared(calls: Calls, node: ast.Compare) -> t.Iterator[Found]:
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
    elif classes and "RouteError" in _caught(calls, sides):
        yield Found(
            node,
            "an error is of a subclass of RouteError here, such as NotFoundError",
            "Write: isinstance(error, crisp_api.RouteError)",
        )
    elif any(_is_error_text(calls, one) for one in sides):
        yield _text_found(node)


def _text_found(node: ast.expr) -> Found:
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
        # Of what `pytest.raises` and `assertRaises` give.
        node = node.value
    found = calls.program.bindings(node)[-1:]
    for guard in calls.guards:
        if guard.node in found:
            caught = _caught(calls, guard.types)
            return "RouteError" in caught or (
                bool(caught & _ABSENT) and calls.reached_by(guard)
            )
    match found:
        case [ast.arg(arg=name, annotation=None)]:
            return name in _ERROR_NAMES
        case [ast.arg(annotation=ast.expr() as annotation)]:
            return "RouteError" in ast.unparse(annotation)
        case _:
            return False


def _reads_text(calls: Calls, node: ast.Subscript | ast.Call) -> bool:
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


# --- what is replaced, and what is imported


def _replaced(calls: Calls) -> t.Iterator[tuple[Located, str]]:
    """Yield what of crisp_api a program uses or replaces without a patch."""
    yield from (one for one in calls.program.imports if one[1] == _REQUEST)
    for node in calls.program.nodes:
        if isinstance(node, ast.ClassDef):
            if any(map(calls.is_client_class, node.bases)):
                for one in node.body:
                    if isinstance(one, Function) and one.name in VERBS:
                        yield one, f"{node.name}.{one.name}"
        elif isinstance(node, ast.Attribute):
            is_set = isinstance(node.ctx, ast.Store) and node.attr in VERBS
            if calls.program.full_name(node) == _REQUEST:
                yield node, _REQUEST
            elif is_set and _is_client_or_class(calls, node.value):
                yield node, ast.unparse(node)


def _is_client_or_class(calls: Calls, node: ast.expr) -> bool:
    return calls.is_client_class(node) or bool(calls.is_client(node))


def _patched(calls: Calls) -> t.Iterator[tuple[Located, str]]:
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
                    if _is_client_or_class(calls, target):
                        base = "crisp_api.Crisp"
                    name = f"{base}.{attribute}"
                case _:
                    continue
            if _is_replaced(name):
                yield node, name


def _is_replaced(name: str) -> bool:
    """Return whether replacing what has this name had an effect that it has no more."""
    if not _is_crisp(name):
        return False
    if name.rpartition(".")[0] in CLIENTS:
        return _tail(name) in VERBS or bool(_INTERNALS.fullmatch(_tail(name)))
    return bool(_missing(name))


def _missing(name: str) -> str:
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


def _is_crisp(name: str) -> bool:
    return name == "crisp_api" or name.startswith("crisp_api.")


def _tail(name: str) -> str:
    return name.rpartition(".")[2]


# --- arguments


def _kind(calls: Calls, node: ast.expr) -> str:
    """Return what a body is that is no object, ``""`` for what may be one."""
    match calls.program.value(node):
        case ast.Constant(value=value):
            return _CONSTANTS.get(type(value), "")
        case ast.Call(func=function):
            name = calls.program.full_name(function)
            return "text" if name in {"json.dumps", "str"} else ""
        case value:
            return _KINDS.get(type(value), "")


def _body_hint(calls: Calls, call: Call, kind: str) -> str:
    """Return what to pass as the body."""
    body = t.cast("ast.expr", call.body)
    match calls.program.value(body):
        case ast.Call(func=ast.Attribute(attr="dumps"), args=[inner, *_]):
            return f"Pass the object itself: {_short(inner)}"
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
    return f"Write: {_short(written)}"


def _field(call: Call, kind: str) -> str:
    """Return the field of the body that a bare value must be, ``""`` if unknown."""
    type_ = call.operation.body if call.operation else None
    # Beside an object, a few operations take a list.
    others = [one for one in t.get_args(type_) if t.get_origin(one) is not list]
    only = others[0] if len(others) == 1 else type_
    fields = schema.fields(only) if schema.is_typed_dict(only) else []
    required = [field.name for field in fields if field.required]
    lists = [field.name for field in fields if t.get_origin(field.hint) is list]
    if not required and kind == "list":
        required = lists
    return required[0] if len(required) == 1 else ""


def _may_be_unset(calls: Calls, node: ast.expr) -> bool:
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


def _pieces(node: ast.expr) -> list[str | ast.expr]:
    """Return what a text is put together from: literal text, and expressions."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return [piece for one in values for piece in _pieces(one)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_pieces(left), *_pieces(right)]
        case (
            ast.BinOp(left=text, op=ast.Mod())
            | ast.Call(func=ast.Attribute(value=text, attr="format"))
        ):
            return _pieces(text)
        case ast.FormattedValue(value=value) | value:
            return [value]


def _query_hint(call: Call, name: str, text: str) -> str:
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


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 120 else f"{text[:117]}..."
