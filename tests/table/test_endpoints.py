"""The table against the ledger, and every operation on both clients."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import typing as t

import pytest
from uplink.hooks import TransactionHook

from crisp_api import AsyncCrisp, Crisp, table
from crisp_api import types as ty
from crisp_api.endpoints import SERVICES
from tests.support.doubles import AsyncRecorder, Recorder
from tests.support.ledger import Operation, decisions, operations

OPERATIONS = operations()
RESPONSES = decisions().responses
# Further methods for a route of another operation.
VARIANTS = {"website.search_conversations", "website.search_people_profiles"}
# The types of bodies that are not an object of the ledger, or are an open one.
OTHER_BODIES: dict[str, t.Any] = {
    "batch_order_inboxes": ty.WebsiteInboxOrders | list[ty.WebsiteInboxOrder],
    "create_new_conversation": ty.Payload,
    "save_people_data": ty.PeopleData | ty.CustomData,
    "save_subscription_settings": ty.PluginSettings,
    "update_people_data": ty.PeopleData | ty.CustomData,
    "update_subscription_settings": ty.PluginSettings,
}


def declared(operation: Operation) -> table.Operation:
    return table.lookup(operation.id)


def located(operation: Operation, location: str) -> list[str]:
    """The parameters that go to one place, in the order of the declaration."""
    parameters = declared(operation).parameters
    return [p.name for p in parameters if p.location == location]


def query_value(name: str) -> str:
    """A value for a query parameter that needs encoding, or a date."""
    if "date_" in name and not name.startswith("order_"):
        return "2026-01-31T12:00:00+01:00"
    return "1700000000000" if name.startswith("timestamp_") else f"? {name}&"


def arguments(operation: Operation) -> dict[str, t.Any]:
    """A value for every argument: ids that need encoding, a body, all filters."""
    given: dict[str, t.Any] = {}
    for parameter in declared(operation).parameters:
        name = parameter.name
        if parameter.location == "body":
            given[name] = {"of": operation.name}
        elif parameter.location == "query":
            given[name] = query_value(name)
        elif parameter.location == "query_map":
            given[name] = None
        elif name == "path":
            given[name] = "a b/c%.md"
        else:
            given[name] = 7 if parameter.type is int else f"<{name}>/é"
    return given


def each(claim: t.Any) -> t.Any:
    return pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)(claim)


def test_every_operation_is_declared_once_and_nothing_else_is() -> None:
    ids = [operation.id for operation in table.operations()]

    assert len(ids) == len(set(ids))
    assert set(ids) - VARIANTS == {operation.id for operation in OPERATIONS}
    assert set(ids) >= VARIANTS
    assert len(OPERATIONS) == 260


def test_a_route_is_declared_once_but_for_the_variants() -> None:
    routes = [
        (operation.verb, operation.path)
        for operation in table.operations()
        if operation.id not in VARIANTS
    ]

    assert len(routes) == len(set(routes)) == 260


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_a_variant_shares_its_route_with_an_operation(variant: str) -> None:
    (operation,) = [
        o
        for o in OPERATIONS
        for v in o.variants
        if f"{o.service}.{v['name']}" == variant
    ]

    assert table.lookup(variant).path == operation.path
    assert table.lookup(variant).verb == operation.method


@pytest.mark.parametrize("service", SERVICES)
def test_operations_are_declared_in_the_order_of_the_reference(service: str) -> None:
    names = [
        operation.name
        for operation in table.operations()
        if operation.service == service and operation.id not in VARIANTS
    ]

    assert names == [o.name for o in OPERATIONS if o.service == service]


@each
def test_a_declaration_agrees_with_the_ledger(operation: Operation) -> None:
    one = declared(operation)

    assert one.verb == operation.method
    assert one.path == operation.path
    assert located(operation, "path") == operation.path_params
    assert located(operation, "query") == [
        *operation.required_query,
        *(name for name in operation.query if name not in operation.required_query),
    ]
    assert len(located(operation, "body")) == (operation.body is not None)
    assert list(one.tiers) == operation.tiers
    assert {p.name for p in one.parameters if p.required} >= set(
        operation.required_query
    )


def type_of(shape: str, names: dict[str, str] | None = None) -> t.Any:
    """The type for a shape of the ledger; some have another name in responses."""
    if array := re.fullmatch(r"array<(\w+)>", shape):
        item = str if array[1] == "string" else type_of(array[1], names)
        return list[item]  # type: ignore[valid-type]
    return getattr(ty, (names or {}).get(shape, shape))


@each
def test_an_answer_has_the_shape_of_the_ledger(operation: Operation) -> None:
    answer = declared(operation).answer

    if operation.method == "HEAD":
        assert answer is bool
    elif operation.response is None:
        assert answer is None
    else:
        assert answer == type_of(operation.response, RESPONSES)


@each
def test_a_body_has_the_shape_of_the_ledger(operation: Operation) -> None:
    body = declared(operation).body

    if operation.name in OTHER_BODIES:
        assert body == OTHER_BODIES[operation.name]
    elif operation.body:
        assert body == type_of(operation.body)
    else:
        assert body is None


def test_no_declaration_takes_or_returns_just_anything() -> None:
    for operation in table.operations():
        for type_ in (*(p.type for p in operation.parameters), operation.answer):
            assert type_ not in {t.Any, object, dict, t.Mapping}, operation.id


@each
def test_a_replaced_operation_is_deprecated(operation: Operation) -> None:
    one = declared(operation)

    assert one.deprecated is operation.deprecated
    assert list(one.replaced_by) == operation.replaced_by


@each
def test_an_operation_is_documented_by_its_label(operation: Operation) -> None:
    one = declared(operation)

    assert one.label == operation.label
    assert ("Deprecated" in one.description) is operation.deprecated
    assert all(f"`{name}`" in one.description for name in operation.replaced_by)


def aliases() -> t.Iterator[tuple[Operation, str]]:
    """Yield the other names of operations: of other clients, and by their labels."""
    for operation in OPERATIONS:
        yield from ((operation, alias) for alias in operation.aliases)
        # The label of a moved operation is the name of the one before it.
        taken = {
            other.name for other in OPERATIONS if other.service == operation.service
        }
        if operation.label_name not in {*operation.aliases, *taken}:
            yield operation, operation.label_name


@pytest.mark.parametrize(
    ("operation", "alias"),
    list(aliases()),
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_an_alias_is_its_operation(operation: Operation, alias: str) -> None:
    consumer = SERVICES[operation.service]

    assert getattr(consumer, alias).__wrapped__ is declared(operation).function


@each
def test_an_operation_sends_the_same_signed_request_on_both_clients(
    operation: Operation,
) -> None:
    recorder, async_recorder = Recorder(), AsyncRecorder()
    client = Crisp("identifier", "key", tier="plugin", transport=recorder)
    async_client = AsyncCrisp(
        "identifier", "key", tier="plugin", transport=async_recorder
    )
    given = arguments(operation)

    getattr(getattr(client, operation.service), operation.name)(**given)
    asyncio.run(
        getattr(getattr(async_client, operation.service), operation.name)(**given)
    )

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
    assert sent.params == {name: query_value(name) for name in operation.query}
    assert sent.headers["Authorization"] == "Basic aWRlbnRpZmllcjprZXk="
    assert sent.headers["X-Crisp-Tier"] == "plugin"
    if operation.body:
        body = {"of": operation.name}
        is_wrapped = operation.name in {"save_people_data", "update_people_data"}
        assert sent.json == ({"data": body} if is_wrapped else body)
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
def test_no_operation_lets_an_id_leave_its_segment(operation: Operation) -> None:
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
