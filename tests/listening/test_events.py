"""The table of events, the payloads that type checkers know, and the router."""

from __future__ import annotations

import ast
import asyncio
import functools
import json
import logging
import pathlib
import typing as t

import pytest

from crisp_api import hints
from crisp_api import types as ty
from crisp_api.errors import InvalidEventError
from crisp_api.events import (
    EVENTS,
    RECONNECTED,
    Event,
    Router,
    from_visitor,
    is_own,
    parse,
)

ROOT = pathlib.Path(__file__).parents[2]
LEDGER = json.loads((ROOT / "tests" / "data" / "events.json").read_text("utf-8"))
NAMES = ROOT / "crisp_api" / "events" / "_names.py"


def message(**data: t.Any) -> Event[t.Any]:
    return Event("message:send", {"from": "user", "session_id": "s", **data}, "w")


def literals(node: ast.AST) -> list[str]:
    """Return the texts in an annotation."""
    return [
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


# --- the table


def test_the_table_has_the_events_of_the_ledger_in_its_order() -> None:
    assert [
        (one.name, one.payload_name, list(one.tiers), one.web_hooks, one.scope)
        for one in EVENTS.values()
    ] == [
        (
            one["name"],
            one["payload"],
            one["tiers"],
            one["web_hooks"],
            *([f"{s['scope']}:{s['access']}" for s in one["scopes"]] or [""]),
        )
        for one in LEDGER["events"]
    ]


@pytest.mark.parametrize("name", EVENTS)
def test_the_payload_of_an_event_is_a_type(name: str) -> None:
    payload = EVENTS[name].payload

    members = hints.members(payload)
    assert all(hints.is_typed_dict(one) for one in members)
    assert payload is getattr(ty, EVENTS[name].payload_name)


def test_type_checkers_know_the_payload_of_each_name() -> None:
    classes: dict[str, str] = {}
    overloads: dict[str, str] = {}
    for node in ast.parse(NAMES.read_text("utf-8")).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for inner in node.body:
            if isinstance(inner, ast.AnnAssign) and ast.unparse(inner.target) == "name":
                payload = ast.unparse(node.bases[0]).partition("ty.")[2].rstrip("]")
                classes |= dict.fromkeys(literals(inner.annotation), payload)
            if isinstance(inner, ast.FunctionDef) and node.name == "On":
                (_, *names) = inner.args.posonlyargs
                payload = ast.unparse(inner.returns or inner).partition("ty.")[2]
                for one in names:
                    found = literals(one.annotation or one)
                    overloads |= dict.fromkeys(found, payload.rstrip("]"))

    assert classes == overloads
    # Its payload is not one of Crisp's.
    assert classes.pop(RECONNECTED) == ""
    assert classes == {one.name: one.payload_name for one in EVENTS.values()}


# --- events


def test_an_event_is_read_from_the_body_of_a_web_hook() -> None:
    body = {
        "website_id": "w",
        "event": "message:send",
        "data": {"session_id": "s"},
        "timestamp": 1_700_000_000_000,
    }

    assert parse(body, attempt=2, attempt_limit=3) == Event(
        "message:send", {"session_id": "s"}, "w", 1_700_000_000_000, 2, 3
    )


def test_an_event_of_an_unknown_name_is_read() -> None:
    event = parse({"event": "session:future", "data": {"website_id": "w"}})

    assert (event.name, event.website_id, event.timestamp) == (
        *("session:future", "w"),
        None,
    )


@pytest.mark.parametrize(
    ("resource", "website_id"),
    [
        ({"type": "website", "id": "w"}, "w"),
        ({"type": "user", "id": "u"}, ""),
        ({"type": "website", "id": 3}, ""),
        ("website", ""),
    ],
)
def test_an_event_of_an_upload_belongs_to_the_website_of_its_resource(
    resource: object, website_id: str
) -> None:
    event = parse(
        {"event": "bucket:url:upload:generated", "data": {"resource": resource}}
    )

    assert event.website_id == website_id


@pytest.mark.parametrize("timestamp", [None, "1", True, 1.5])
def test_a_timestamp_that_is_no_whole_number_is_left_out(timestamp: object) -> None:
    event = parse({"event": "e", "data": {}, "website_id": 3, "timestamp": timestamp})

    assert (event.timestamp, event.website_id) == (None, "")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ([], "not a JSON object"),
        ({"data": {}}, "no name of an event"),
        ({"event": "", "data": {}}, "no name of an event"),
        ({"event": 3, "data": {}}, "no name of an event"),
        ({"event": "message:send"}, "no object in 'data'"),
        ({"event": "message:send", "data": []}, "no object in 'data'"),
    ],
)
def test_a_body_that_is_no_event_is_refused(body: object, problem: str) -> None:
    with pytest.raises(InvalidEventError, match=problem):
        parse(body)


@pytest.mark.parametrize(
    ("data", "own"),
    [
        ({}, False),
        ({"automated": True}, True),
        ({"automated": False, "user": {"user_id": "bot"}}, True),
        ({"user": {"user_id": "another"}}, False),
        ({"user": None}, False),
    ],
)
def test_a_bot_knows_its_own_messages(data: dict[str, t.Any], own: object) -> None:
    assert is_own(message(**data), user_id="bot") is own


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, True),
        ({"from": "operator"}, False),
        ({"automated": True}, False),
        ({"user": {"user_id": "visitor"}}, True),
    ],
)
def test_a_message_of_the_visitor_is_known(
    data: dict[str, t.Any], expected: object
) -> None:
    assert from_visitor(message(**data)) is expected


# --- the router


class Calls(list[str]):
    """The names of the handlers that were called, in order."""

    def handler(self, name: str) -> t.Callable[[Event[t.Any]], None]:
        def handle(event: Event[t.Any]) -> None:
            self.append(f"{name} {event.name}")

        return handle


@pytest.fixture(params=["sync", "async"])
def handled(request: pytest.FixtureRequest) -> t.Any:
    """Return a function that lets a router handle an event."""

    def handle(router: Router, event: Event[t.Any]) -> tuple[Exception, ...]:
        if request.param == "sync":
            return router.handle(event)
        return asyncio.run(router.handle_async(event))

    return handle


def test_the_handlers_of_an_event_are_called_in_order(handled: t.Any) -> None:
    router, calls = Router(), Calls()
    router.on("message:send")(calls.handler("first"))
    router.on("message:send", "message:updated")(calls.handler("second"))
    router.on("session:set_state")(calls.handler("other"))
    router.on()(calls.handler("all"))

    assert handled(router, message()) == ()
    assert calls == ["first message:send", "second message:send", "all message:send"]


def test_a_handler_can_be_for_one_website_or_for_some_events(handled: t.Any) -> None:
    router, calls = Router(), Calls()
    router.on("message:send", website_id="w")(calls.handler("mine"))
    router.on("message:send", website_id="other")(calls.handler("other"))
    router.on("message:send", where=from_visitor)(calls.handler("visitor"))
    router.on("message:send", where=lambda event: "x" in event.data)(calls.handler("x"))

    handled(router, message())

    assert calls == ["mine message:send", "visitor message:send"]


def test_sync_and_async_handlers_are_called(handled: t.Any) -> None:
    router, calls = Router(), []

    async def coroutine(event: Event[t.Any], name: str = "coroutine") -> None:
        await asyncio.sleep(0)
        calls.append(name)

    class Handler:
        """An object with an async call."""

        async def __call__(self, event: Event[t.Any]) -> None:
            calls.append(f"object {event.website_id}")

    router.on()(lambda event: calls.append(f"function {event.website_id}"))
    router.on()(coroutine)
    router.on()(functools.partial(coroutine, name="partial"))
    router.on()(Handler())
    router.on()(lambda event: coroutine(event, "returned"))

    assert handled(router, message()) == ()
    assert calls == [
        *("function w", "coroutine", "partial", "object w"),
        "returned",
    ]


def test_an_error_of_a_handler_does_not_stop_the_others(handled: t.Any) -> None:
    seen: list[tuple[str, str]] = []

    def failing(event: Event[t.Any]) -> None:
        message = "no"
        raise ValueError(message)

    def hook(event: Event[t.Any], handler: object, error: Exception) -> None:
        assert callable(handler)
        seen.append((event.name, str(error)))

    router, calls = Router(hook), Calls()
    router.on()(failing)
    router.on(where=lambda event: event.data["missing"])(calls.handler("filtered"))
    router.on()(calls.handler("last"))

    errors = handled(router, message())

    assert [type(one) for one in errors] == [ValueError, KeyError]
    assert seen == [("message:send", "no"), ("message:send", "'missing'")]
    assert calls == ["last message:send"]


def test_an_error_of_a_handler_is_logged(
    handled: t.Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(event: Event[t.Any]) -> None:
        message = "no"
        raise ValueError(message)

    router = Router()
    router.on()(failing)

    with caplog.at_level(logging.ERROR, "crisp_api"):
        handled(router, message())

    assert "a handler of message:send failed" in caplog.text
    assert "ValueError: no" in caplog.text


def test_an_error_of_the_hook_is_logged(
    handled: t.Any, caplog: pytest.LogCaptureFixture
) -> None:
    def hook(event: object, handler: object, error: Exception) -> None:
        raise error

    router = Router(hook)
    router.on()(lambda event: event.data["missing"])

    assert [type(one) for one in handled(router, message())] == [KeyError]
    assert "the hook for errors of handlers failed" in caplog.text


def test_a_decorated_handler_stays_as_it_was() -> None:
    router = Router()

    def handler(event: Event[t.Any]) -> None: ...

    assert router.on("message:send")(handler) is handler
    assert repr(router) == "<Router with 1 handlers>"


def test_a_router_names_the_events_that_it_handles() -> None:
    router = Router()
    assert router.names == frozenset()

    router.on("message:send", "message:updated")(print)
    assert router.names == {"message:send", "message:updated"}

    router.on()(print)
    # As for `listen`, none stands for all.
    assert router.names == frozenset()


def test_a_decorator_without_parentheses_is_refused() -> None:
    router: t.Any = Router()

    with pytest.raises(TypeError, match=r"@router\.on\(\) for all"):
        router.on(print)
    with pytest.raises(TypeError, match="a handler must be a function"):
        router.on("message:send")("message:updated")


def test_in_an_event_loop_the_async_method_is_named() -> None:
    async def main() -> None:
        Router().handle(message())

    with pytest.raises(RuntimeError, match=r"await router\.handle_async"):
        asyncio.run(main())
