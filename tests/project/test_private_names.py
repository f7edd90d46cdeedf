"""The names of other libraries that are used here without being part of their interface.

They are private, or undocumented. A release of those libraries may change them, and the
test that fails then says which name it was. If the code comes to use another one, add it
to `NAMES`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pathlib
import pkgutil
import re
import textwrap
import typing as t

import pytest

import crisp_api

ROOT = pathlib.Path(crisp_api.__file__).parent

_BUILD = "an endpoint is one, built by us"
_PLAIN_CALL = "a plain call goes past uplink's own path, and does what it would"
_HOOKED_CALL = "a call with hooks goes all of uplink's path"
_HEAD = "the check for a head that is cut off"
_PROXY = "the proxy of the environment, as requests chooses it"
_FRAMES = "a frame is handled before the next one is read, and a connection ends"
_POOLS = "the way from an adapter to our connections"
_SIZE = "a body that came with its head is taken at once"
_ROOT = "Socket.IO at the root of a host"
_ORDER = "handles a frame before it reads the next one"
_TLS = "one thread at a time in a TLS socket"
_END = "notices the end of a connection"

# The owner, the name, its kind, and what it is used for.
NAMES: list[tuple[str, str, str, str]] = [
    (
        "aiohttp.ClientSession",
        "_retry_connection",
        "attribute",
        "no retries of its own",
    ),
    ("aiohttp.ClientSession", "_request", "coroutine", "did a test tool replace it"),
    ("aiohttp.StreamReader", "read_nowait", "function", _SIZE),
    ("aiohttp.StreamReader", "total_bytes", "attribute", _SIZE),
    (
        "aiohttp.StreamReader",
        "total_compressed_bytes",
        "attribute",
        "is an empty body a compressed one that was cut off",
    ),
    ("aiohttp.TCPConnector", "_create_connection", "coroutine", "aborts what it opens"),
    ("aiohttp.TCPConnector", "connect", "coroutine", "tells when a call is connected"),
    ("aiohttp.client_proto.ResponseHandler", "should_close", "property", "is it stale"),
    ("aiohttp.connector.Connection", "protocol", "property", "is it stale"),
    ("engineio.base_client", "connected_clients", "attribute", "forgets a broken one"),
    *(
        (f"engineio.{owner}", name, kind, _FRAMES)
        for owner, function in [("AsyncClient", "coroutine"), ("Client", "function")]
        for name, kind in [
            ("_get_engineio_url", "function"),
            ("_receive_packet", function),
            ("handlers", "attribute"),
            ("read_loop_task", "attribute"),
            ("state", "attribute"),
            ("websocket_extra_options", "attribute"),
            ("write_loop_task", "attribute"),
            ("ws", "attribute"),
        ]
    ),
    ("http.client", "parse_headers", "function", "past 102 and 103"),
    ("http.client.HTTPConnection", "response_class", "attribute", _POOLS),
    ("http.client.HTTPResponse", "_read_status", "function", "past 102 and 103"),
    ("http.client.HTTPResponse", "chunked", "attribute", _HEAD),
    ("http.client.HTTPResponse", "fp", "attribute", "reads until the deadline"),
    ("http.client.HTTPResponse", "length", "attribute", _HEAD),
    ("http.client.HTTPResponse", "will_close", "attribute", "after a 101"),
    ("redis.ConnectionPool", "connection_kwargs", "attribute", "hides the password"),
    ("requests.adapters.HTTPAdapter", "max_retries", "attribute", "may it send again"),
    ("requests.adapters.HTTPAdapter", "poolmanager", "attribute", _POOLS),
    ("requests.utils", "get_environ_proxies", "function", _PROXY),
    ("requests.utils", "prepend_scheme_if_needed", "function", _PROXY),
    ("requests.utils", "select_proxy", "function", _PROXY),
    ("socketio.AsyncClient", "_engineio_client_class", "function", _FRAMES),
    ("socketio.AsyncClient", "_handle_event", "coroutine", _FRAMES),
    ("socketio.Client", "_engineio_client_class", "function", _FRAMES),
    ("socketio.Client", "_handle_event", "function", _FRAMES),
    ("socketio.AsyncClient", "_handle_eio_disconnect", "coroutine", _END),
    ("socketio.Client", "_handle_eio_disconnect", "function", _END),
    ("uplink.arguments", "ArgumentAnnotationHandlerBuilder", "class", _BUILD),
    ("uplink.builder", "Builder", "class", _HOOKED_CALL),
    ("uplink.builder", "ConsumerMeta", "class", _PLAIN_CALL),
    ("uplink.builder", "ConsumerMethod", "class", _PLAIN_CALL),
    ("uplink.builder.ConsumerMeta", "_set_init_handler", "function", "keeps no key"),
    ("uplink.builder.ConsumerMeta", "_wrap_if_definition", "function", _PLAIN_CALL),
    ("uplink.builder.ConsumerMethod", "_request_definition", "attribute", _PLAIN_CALL),
    ("uplink.clients.interfaces", "HttpClientAdapter", "class", _HOOKED_CALL),
    ("uplink.clients.io", "AsyncioStrategy", "class", _HOOKED_CALL),
    ("uplink.clients.io", "BlockingStrategy", "class", _HOOKED_CALL),
    ("uplink.commands", "RequestDefinition", "class", _BUILD),
    ("uplink.commands", "RequestDefinitionBuilder", "class", _BUILD),
    ("uplink.commands", "URIDefinitionBuilder", "class", _BUILD),
    (
        "uplink.commands.RequestDefinition",
        "_argument_handler",
        "attribute",
        _HOOKED_CALL,
    ),
    ("uplink.commands.RequestDefinition", "_method", "attribute", _HOOKED_CALL),
    ("uplink.commands.RequestDefinition", "_method_handler", "attribute", _HOOKED_CALL),
    ("uplink.commands.RequestDefinition", "_return_type", "attribute", _HOOKED_CALL),
    ("uplink.commands.RequestDefinition", "argument_annotations", "property", _BUILD),
    ("uplink.commands.RequestDefinition", "method_annotations", "property", _BUILD),
    *(
        ("uplink.commands.RequestDefinitionBuilder", name, kind, _BUILD)
        for name, kind in [
            ("_argument_handler_builder", "attribute"),
            ("_func", "attribute"),
            ("_method", "attribute"),
            ("_method_handler_builder", "attribute"),
            ("_return_type", "attribute"),
            ("_uri", "attribute"),
            ("update_wrapper", "function"),
        ]
    ),
    ("uplink.decorators", "MethodAnnotationHandlerBuilder", "class", _BUILD),
    ("uplink.interfaces", "Annotation", "class", "is it an annotation of uplink's"),
    ("uplink.interfaces", "RequestDefinitionBuilder", "class", "is it an endpoint"),
    ("uplink.session", "Session", "class", "a consumer's session"),
    ("urllib3.HTTPConnectionPool", "ConnectionCls", "attribute", _POOLS),
    ("urllib3.HTTPConnectionPool", "_put_conn", "function", "a full pool is no news"),
    ("urllib3.HTTPConnectionPool", "pool", "attribute", "a full pool is no news"),
    ("urllib3.PoolManager", "pool_classes_by_scheme", "attribute", _POOLS),
    ("urllib3.response.HTTPResponse", "_original_response", "attribute", _HEAD),
    ("websocket.WebSocket", "_recv", "function", _TLS),
    ("websocket.WebSocket", "_send", "function", _TLS),
]
PRIVATE = re.compile(r"_[a-z]\w*")


def resolved(name: str) -> t.Any:
    """The module or the class of a dotted name."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return getattr(importlib.import_module(module), attribute)


def assigned(cls: type) -> set[str]:
    """The attributes that the methods of a class set."""
    try:
        source = inspect.getsource(cls)
    except (OSError, TypeError):
        # Written in C.
        return set()
    return set(re.findall(r"\bself\.(\w+)(?:: [^=\n]+)? = ", source))


def has(owner: t.Any, name: str, kind: str) -> bool:
    """Return whether the owner has the name, as that kind."""
    value = inspect.getattr_static(owner, name, None)
    if kind == "attribute":
        classes = inspect.getmro(owner) if inspect.isclass(owner) else ()
        return value is not None or any(name in assigned(one) for one in classes)
    if kind == "property":
        return value is not None and not callable(value) and hasattr(value, "__get__")
    value = getattr(owner, name, None)
    checks: dict[str, t.Callable[[t.Any], bool]] = {
        "class": inspect.isclass,
        "coroutine": inspect.iscoroutinefunction,
        "function": inspect.isroutine,
    }
    return checks[kind](value)


@pytest.mark.parametrize(
    ("owner", "name", "kind"), [row[:3] for row in NAMES], ids=lambda text: text
)
def test_a_name_is_what_it_was(owner: str, name: str, kind: str) -> None:
    assert has(resolved(owner), name, kind), f"{owner}.{name} is no {kind} any more"


def sources() -> list[pathlib.Path]:
    return sorted(ROOT.rglob("*.py"))


def private_reads(tree: ast.AST) -> set[str]:
    """Return the private attributes that are used on anything but ``self``.

    Attributes that a class in the same module defines are left out: a method may use
    them on another object of the same class.
    """
    used: set[str] = set()
    own: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                own.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                own.add(name)
            case ast.Attribute(attr=name):
                used.add(name)
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr" | "hasattr" | "delattr"),
                args=[_, ast.Constant(value=str(name)), *_],
            ):
                used.add(name)
            case _:
                pass
    # Named tuples have public methods whose names only look private.
    public = {"_asdict", "_replace"}
    return {name for name in used - own - public if PRIVATE.fullmatch(name)}


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_no_other_private_name_is_used(path: pathlib.Path) -> None:
    known = {name for _, name, _, _ in NAMES}

    assert private_reads(ast.parse(path.read_text(encoding="utf-8"))) <= known


def test_a_private_name_is_found_however_it_is_used() -> None:
    code = "a._b; self._c; super()._d; a.b._e = 1; getattr(a, '_f', 0); a.__g__; '_h'"

    assert private_reads(ast.parse(code)) == {"_b", "_d", "_e", "_f"}
    assert private_reads(ast.parse("def _a(self): self._b = 1; c._a(); c._b")) == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("_gone", "function"),
        ("begin", "class"),
        ("begin", "property"),
        ("_x", "attribute"),
    ],
)
def test_a_name_that_changed_is_noticed(name: str, kind: str) -> None:
    assert not has(resolved("http.client.HTTPResponse"), name, kind)


def classes() -> list[type]:
    """The classes of this library that have a base of another."""
    found = {}
    for info in pkgutil.walk_packages([str(ROOT)], "crisp_api."):
        if info.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            if inspect.isclass(value) and value.__module__ == info.name:
                found[value.__qualname__] = value
    return [value for value in found.values() if foreign_bases(value)]


def foreign_bases(cls: type) -> list[type]:
    ours = {"crisp_api", "abc", "builtins", "typing", "typing_extensions"}
    return [one for one in cls.__mro__ if one.__module__.split(".")[0] not in ours]


@pytest.mark.parametrize("cls", classes(), ids=lambda cls: cls.__qualname__)
def test_no_other_private_name_of_a_base_is_used(cls: type) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    used |= {node.name for node in ast.walk(tree) if isinstance(node, functions)}
    of_bases: set[str] = set()
    for base in foreign_bases(cls):
        of_bases |= set(vars(base)) | assigned(base)
    known = {name for owner, name, _, _ in NAMES if resolved(owner) in cls.__mro__}

    shared = {name for name in used & of_bases if PRIVATE.fullmatch(name)}
    assert shared <= known, f"{cls.__qualname__} shares a name with a base"


def uplink_imports(tree: ast.AST) -> set[tuple[str, str]]:
    """Return the names imported from modules of uplink, which are not documented."""
    modules: dict[str, str] = {}
    found: set[tuple[str, str]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "uplink."
        ):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if inspect.ismodule(resolved(full)):
                    modules[alias.asname or alias.name] = full
                else:
                    found.add((node.module or "", alias.name))
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in modules:
                found.add((modules[name], attr))
            case _:
                pass
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_no_other_name_is_taken_from_within_uplink(path: pathlib.Path) -> None:
    known = {(owner, name) for owner, name, _, _ in NAMES}

    assert uplink_imports(ast.parse(path.read_text(encoding="utf-8"))) <= known


def test_a_name_is_found_however_it_is_imported() -> None:
    code = (
        "from uplink.clients import io as a, get_client; a.b; from uplink import Path"
    )

    assert uplink_imports(ast.parse(code)) == {
        *[("uplink.clients.io", "b"), ("uplink.clients", "get_client")]
    }


def test_no_name_is_listed_that_is_not_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sources())

    assert [
        name for _, name, _, _ in NAMES if not re.search(rf"\b{name}\b", text)
    ] == []
