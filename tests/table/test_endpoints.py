"""The table against the ledger, and every row of it on both faces."""

from __future__ import annotations

import asyncio
import inspect
import re
import subprocess
import sys
import typing as t

import pytest
from uplink.hooks import TransactionHook

from crisp_api import AsyncCrisp, Crisp, endpoints
from crisp_api import types as ty
from crisp_api.declare import rows
from crisp_api.endpoints import SERVICES
from tests.support.doubles import AsyncRecorder, Recorder
from tests.support.ledger import Operation, operations

OPERATIONS = operations()
# Further methods over a route that another row has.
VARIANTS = {
    ("website", "search_conversations"),
    ("website", "search_people_profiles"),
}
# What a body is besides an object of the ledger, or where it is an open one.
OTHER_BODIES = {
    "batch_order_inboxes": "ty.WebsiteInboxOrders | list[ty.WebsiteInboxOrder]",
    "batch_remove_items": "ty.WebsiteBatchRemoveOperation | list[str]",
    "create_new_conversation": "ty.Payload",
    "save_people_data": "ty.PeopleData | ty.CustomData",
    "save_subscription_settings": "ty.PluginSettings",
    "update_people_data": "ty.PeopleData | ty.CustomData",
    "update_subscription_settings": "ty.PluginSettings",
}


# Looked up once: that is slow beside a call.
ROWS: dict[str, t.Any] = {
    f"{service}.{name}": definition
    for service, consumer in SERVICES.items()
    for name, definition in rows(consumer).items()
}


def row(operation: Operation) -> t.Any:
    return ROWS[operation.id]


def parameters(operation: Operation) -> list[inspect.Parameter]:
    signature = inspect.signature(row(operation).__wrapped__)
    return list(signature.parameters.values())[1:]


def query_names(operation: Operation) -> list[str]:
    """The query parameters that a row declares, in their order."""
    names = []
    for parameter in parameters(operation):
        hint = parameter.annotation
        if parameter.kind is parameter.VAR_KEYWORD:
            filters = getattr(ty, re.findall(r"ty\.(\w+)", hint)[0])
            names += list(t.get_type_hints(filters))
        elif hint.startswith("Query["):
            names.append(parameter.name)
    return names


def arguments(operation: Operation) -> dict[str, t.Any]:
    """A value for every argument: ids that need encoding, a body, all filters."""
    given: dict[str, t.Any] = {}
    for parameter in parameters(operation):
        name, hint = parameter.name, parameter.annotation
        if hint == "Segments":
            given[name] = "a b/c%.md"
        elif hint.startswith("Body["):
            given[name] = {"of": operation.name}
        elif hint.startswith("QueryMap["):
            given[name] = None
        elif name in operation.path_params:
            given[name] = 7 if hint == "int" else f"<{name}>/é"
    for name in query_names(operation):
        given[name] = f"? {name}&"
    return given


def each(claim: t.Any) -> t.Any:
    return pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)(claim)


def test_every_operation_has_one_row_and_no_row_is_more() -> None:
    declared = {
        (s, name) for s, consumer in SERVICES.items() for name in rows(consumer)
    }

    assert {(o.service, o.name) for o in OPERATIONS} == declared - VARIANTS
    assert declared >= VARIANTS
    assert len(OPERATIONS) == 260


def test_a_route_is_declared_once_but_for_the_variants() -> None:
    routes = [
        (definition.method, definition.path)
        for service, consumer in SERVICES.items()
        for name, definition in rows(consumer).items()
        if (service, name) not in VARIANTS
    ]

    assert len(routes) == len(set(routes)) == 260


@pytest.mark.parametrize(("service", "name"), sorted(VARIANTS))
def test_a_variant_shares_its_route_with_a_row(service: str, name: str) -> None:
    (operation,) = [
        o
        for o in OPERATIONS
        for v in o.variants
        if (o.service, v["name"]) == (service, name)
    ]
    variant = rows(SERVICES[service])[name]

    assert variant.path == operation.path
    assert variant.method == operation.method


@pytest.mark.parametrize("service", SERVICES)
def test_rows_stand_in_the_order_of_the_reference(service: str) -> None:
    names = [
        name for name in rows(SERVICES[service]) if (service, name) not in VARIANTS
    ]

    assert names == [o.name for o in OPERATIONS if o.service == service]


@each
def test_a_row_says_what_the_ledger_says(operation: Operation) -> None:
    definition = row(operation)
    declared = parameters(operation)
    bodies = [p.name for p in declared if p.annotation.startswith("Body[")]

    assert definition.method == operation.method
    assert definition.path == operation.path
    assert query_names(operation) == [
        *operation.required_query,
        *(name for name in operation.query if name not in operation.required_query),
    ]
    assert len(bodies) == (operation.body is not None)
    assert list(definition.tiers) == operation.tiers
    assert [
        p.name for p in declared if p.name in operation.path_params
    ] == operation.path_params
    assert {p.name for p in declared if p.default is p.empty} >= set(
        operation.required_query
    )


def named(shape: str) -> str:
    """A shape of the ledger as rows write it."""
    array = re.fullmatch(r"array<(\w+)>", shape)
    name = "str" if shape == "array<string>" else f"ty.{array[1] if array else shape}"
    return f"list[{name}]" if array else name


@each
def test_a_row_answers_in_the_shape_of_the_ledger(operation: Operation) -> None:
    hint = row(operation).__wrapped__.__annotations__["return"]

    if operation.method == "HEAD":
        assert hint == "bool"
    elif operation.response is None:
        assert hint == "None"
    else:
        assert hint == named(operation.response)


@each
def test_a_row_takes_the_body_of_the_ledger(operation: Operation) -> None:
    hints = [p.annotation for p in parameters(operation)]
    bodies = [hint for hint in hints if hint.startswith("Body[")]
    taken = [re.sub(r" \| None(?=]$)", "", hint) for hint in bodies]

    if operation.name in OTHER_BODIES:
        assert taken == [f"Body[{OTHER_BODIES[operation.name]}]"]
    else:
        assert taken == [f"Body[ty.{name}]" for name in [operation.body] if name]


def test_no_row_takes_or_gives_just_anything() -> None:
    for consumer in (*SERVICES.values(), endpoints.Routes):
        for name, definition in rows(consumer).items():
            for hint in definition.__wrapped__.__annotations__.values():
                assert not re.search(r"\b(Any|dict|object|Mapping)\b", hint), name


@each
def test_a_row_is_documented_by_its_label(operation: Operation) -> None:
    doc = inspect.getdoc(row(operation).__wrapped__) or ""

    assert doc.splitlines()[0] == f"{operation.label}."
    assert ("Deprecated" in doc) is operation.deprecated
    assert all(f"`{name}`" in doc for name in operation.replaced_by)


@pytest.mark.parametrize(
    ("operation", "alias"),
    [(operation, alias) for operation in OPERATIONS for alias in operation.aliases],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_an_alias_is_its_operation(operation: Operation, alias: str) -> None:
    consumer = SERVICES[operation.service]

    assert getattr(consumer, alias).__wrapped__ is row(operation).__wrapped__


@each
def test_a_row_sends_the_same_signed_request_on_both_faces(
    operation: Operation,
) -> None:
    recorder, async_recorder = Recorder(), AsyncRecorder()
    client = Crisp("identifier", "key", tier="plugin", transport=recorder)
    awaited = AsyncCrisp("identifier", "key", tier="plugin", transport=async_recorder)
    given = arguments(operation)

    getattr(getattr(client, operation.service), operation.name)(**given)
    asyncio.run(getattr(getattr(awaited, operation.service), operation.name)(**given))

    (sent,) = recorder.sent
    assert async_recorder.sent == [sent]
    assert sent.method == operation.method
    assert sent.path == "/v1/" + re.sub(
        r"{(\w+)}",
        lambda m: {"page_number": "7", "fingerprint": "7", "path": "a%20b/c%25.md"}.get(
            m[1], f"%3C{m[1]}%3E%2F%C3%A9"
        ),
        operation.path,
    )
    assert sent.params == {name: f"? {name}&" for name in operation.query}
    assert sent.headers["Authorization"] == "Basic aWRlbnRpZmllcjprZXk="
    assert sent.headers["X-Crisp-Tier"] == "plugin"
    if operation.body:
        assert sent.json == {"of": operation.name}
    elif operation.method in {"PATCH", "POST", "PUT"}:
        assert sent.body == b"{}"
    else:
        assert sent.body is None


@each
def test_a_hook_changes_nothing_but_what_it_changes(operation: Operation) -> None:
    plain, hooked = Recorder(), Recorder()
    given = arguments(operation)

    for recorder in (plain, hooked):
        service = getattr(Crisp("i", "k", transport=recorder), operation.service)
        if recorder is hooked:
            # With a hook, a call goes all the way through uplink.
            service.session.inject(TransactionHook())
        getattr(service, operation.name)(**given)

    assert hooked.sent == plain.sent


@each
def test_no_row_lets_an_id_climb(operation: Operation) -> None:
    recorder = Recorder()
    service = getattr(Crisp("i", "k", transport=recorder), operation.service)

    for name in operation.path_params:
        for bad in ("", None, ".", "..", "a\x00b", "\n", "\x85"):
            with pytest.raises(ValueError, match=rf"{operation.name}: {name} "):
                getattr(service, operation.name)(**{**arguments(operation), name: bad})
    assert recorder.sent == []


@pytest.mark.parametrize("bad", ["a//b", "/a", "a/", "a/../b", "./a", "..", "a/\n/b"])
def test_a_tree_path_is_guarded_segment_by_segment(bad: str) -> None:
    recorder = Recorder()
    website = Crisp("i", "k", transport=recorder).website

    with pytest.raises(ValueError, match="delete_helpdesk_tree_path: path "):
        website.delete_helpdesk_tree_path("w", "en", "articles", bad)
    assert recorder.sent == []


def test_a_delete_carries_a_body_only_where_one_is_given() -> None:
    recorder = Recorder()
    website = Crisp("i", "k", transport=recorder).website

    website.delete_website("w")
    website.delete_website("w", {"verify": {"method": "token", "secret": "s"}})

    assert [request.json for request in recorder.sent] == [
        None,
        {"verify": {"method": "token", "secret": "s"}},
    ]


def test_a_filter_that_is_not_there_is_refused() -> None:
    recorder = Recorder()
    website: t.Any = Crisp("i", "k", transport=recorder).website

    with pytest.raises(TypeError, match="unexpected keyword argument 'filter_unred'"):
        website.list_conversations("w", filter_unred=True)
    assert recorder.sent == []


def test_the_table_prints_itself() -> None:
    command = [sys.executable, "-m", "crisp_api.endpoints"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    head, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert head == ["service", "call", "verb", "path", "label", "tiers"]
    assert len(lines) == len(OPERATIONS) + len(VARIANTS)
    assert [
        "website",
        "get_website_operator(website_id: str, user_id: str) -> ty.WebsiteOperator",
        "GET",
        "website/{website_id}/operator/{user_id}",
        "Get A Website Operator",
        "user, plugin",
    ] in lines
    assert {(service, label) for service, *_, label, _ in lines} >= {
        (operation.service, operation.label) for operation in OPERATIONS
    }
