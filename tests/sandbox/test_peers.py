"""Crisp's own clients accept the answers of the sandbox."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import pydantic
import pytest

from crisp_api import table
from crisp_api.http import Request
from crisp_api.sandbox import Sandbox
from tests.sandbox.examples import Seeded, seeded
from tests.support import peers

if t.TYPE_CHECKING:
    from collections.abc import Iterator

DATA: t.Final = pathlib.Path(__file__).parents[1] / "data" / "endpoints.json"
LEDGER: t.Final[list[dict[str, t.Any]]] = json.loads(DATA.read_text(encoding="utf-8"))
# Node's client 11 has no methods for the old helpdesk any more.
NODE: t.Final = [
    (
        entry["service"],
        entry["name"],
        (entry["body"] or {}).get("type"),
        *method.values(),
    )
    for entry in LEDGER
    if entry["generation"] != "helpdesk-2025"
    for method in entry["node"] or []
]
PYTHON: t.Final = [
    (entry["service"], entry["name"], entry["official_python"])
    for entry in LEDGER
    if entry["official_python"]
]
# Arguments that are the whole body, although a field of it has their name.
WHOLE: t.Final = {
    ("transmit_signaling_on_ongoing_call_session", "payload"),
    ("save_people_data", "peopleData"),
    ("update_people_data", "peopleData"),
}
# Arguments of Node's methods that are in no body and no path of the reference.
NODE_VALUES: t.Final[dict[str, t.Any]] = {
    "options": {},
    "filterConfigured": False,
    "includePlan": True,
    "searchQuery": {},
}


@pytest.fixture(scope="module")
def here() -> Seeded:
    return seeded()


@pytest.fixture(scope="module")
def node(here: Seeded, pytestconfig: pytest.Config) -> Iterator[peers.Peer]:
    yield from _peer("node", here, pytestconfig)


@pytest.fixture(scope="module")
def python(here: Seeded, pytestconfig: pytest.Config) -> Iterator[peers.Peer]:
    yield from _peer("python", here, pytestconfig)


def _peer(name: str, here: Seeded, config: pytest.Config) -> Iterator[peers.Peer]:
    folder = config.getoption("peers")
    if reason := peers.missing(name, folder):
        assert not folder, reason
        pytest.skip(reason)
    with here.sandbox.serve() as url, peers.running(name, folder, url) as peer:
        yield peer


@pytest.mark.parametrize(
    ("service", "name", "body_type", "method", "params", "_returns"),
    NODE,
    ids=[one[3] for one in NODE],
)
def test_node_accepts_every_answer(  # noqa: PLR0917 - what the ledger says
    here: Seeded,
    node: peers.Peer,
    service: str,
    name: str,
    body_type: str | None,
    method: str,
    params: list[str],
    _returns: str | None,
) -> None:
    operation = table.lookup(f"{service}.{name}")
    here.reset(operation)
    body = here.body(operation) or {}

    def argument(param: str) -> t.Any:
        """Return the value of a parameter, such as ``user?: User``."""
        name, _, type_ = param.partition(": ")
        is_optional, name = name.endswith("?"), name.removesuffix("?")
        snake = re.sub(r"(?<=[a-z])(ID|Id)?([A-Z]|$)", _snake, name).lower()
        if type_ == body_type or (operation.name, name) in WHOLE:
            return body
        path = here.path(operation)
        for known in (path, body, here.values):
            for key in (snake, snake.rpartition("_")[2]):
                if key in known:
                    return known[key]
        if name in NODE_VALUES or is_optional:
            return NODE_VALUES.get(name)
        return body

    result = node.call(method, *map(argument, params))

    assert "error" not in result, result
    check(operation, result["data"])


def check(operation: table.Operation, data: object) -> None:
    """Check the data that a client returned against the type of the answer."""
    if operation.answer not in {None, bool}:
        pydantic.TypeAdapter[object](operation.answer).validate_python(data)


def _snake(found: re.Match[str]) -> str:
    return ("_id" if found[1] else "") + (f"_{found[2]}" if found[2] else "")


@pytest.mark.parametrize(
    ("service", "name", "signature"), PYTHON, ids=[one[2] for one in PYTHON]
)
def test_python_accepts_every_answer(
    here: Seeded, python: peers.Peer, service: str, name: str, signature: str
) -> None:
    operation = table.lookup(f"{service}.{name}")
    here.reset(operation)
    method, _, rest = signature.removesuffix(")").partition("(")
    values = here.values | {"filter_configured": False, "query": {}}
    body = here.body(operation) or {}
    arguments = [values.get(one, body) for one in rest.split(", ") if one]

    result = python.call(method, *arguments)

    if signature in REFUSED:
        assert REFUSED[signature] in str(result["error"])
        return
    assert "error" not in result, result
    check(operation, result["data"])


# Calls that the client itself cannot make, or that Crisp refuses.
REFUSED: t.Final = {
    # It does not name the plugin.
    "plugin.subscribe_plugin_to_website(website_id)": "invalid_data",
    # It sends no proof of identity.
    "website.delete_website(website_id)": "invalid_data",
    # It calls a method of itself that does not exist.
    "plugin.unsubscribe_plugin_from_website(website_id, plugin_id)": "AttributeError",
}


def test_node_lives_through_a_support_day(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.getoption("peers")
    if reason := peers.missing("node", folder):
        assert not folder, reason
        pytest.skip(reason)
    sandbox = Sandbox()
    visitor = sandbox.visitor(nickname="Jane")
    with sandbox.serve() as url, peers.day(url, sandbox.website_id) as day:
        day.wait_for("listening")
        visitor.say("Where is my parcel?")
        steps = day.wait_for("written")
        _, answer, file = visitor.messages()
        label = sandbox.send(Request("GET", file["content"]["url"])).body

    assert steps == {
        "heard": "Where is my parcel?",
        "found": [visitor.session_id],
        "stored": 200,
        "state": "resolved",
        "written": "Tomorrow.",
    }
    assert (answer["content"], label) == ("On its way!", b"a label")
    website = visitor.client.website
    found = website.get_conversation(sandbox.website_id, visitor.session_id)
    assert (found["state"], found["meta"]["segments"]) == ("resolved", ["parcel"])
