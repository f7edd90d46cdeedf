"""The layout: which module may import which."""

from __future__ import annotations

import ast
import pathlib
import sys

import pytest

import crisp_api

ROOT = pathlib.Path(crisp_api.__file__).parent

# From the ground up: a module imports from those before it only.
ORDER = [
    "crisp_api._version",
    "crisp_api._renamed",
    "crisp_api.dates",
    "crisp_api.wire",
    "crisp_api.http",
    "crisp_api.heard",
    "crisp_api.types._typeddict",
    "crisp_api.types.values",
    "crisp_api.types.filters",
    "crisp_api.types.objects",
    "crisp_api.types.website_base",
    "crisp_api.types.website_conversation",
    "crisp_api.types.website_conversations",
    "crisp_api.types.website_people",
    "crisp_api.types.website_visitors",
    "crisp_api.types.website_availability",
    "crisp_api.types.website_operator",
    "crisp_api.types.website_operators",
    "crisp_api.types.website_helpdesk",
    "crisp_api.types.website_campaigns",
    "crisp_api.types.website_campaign",
    "crisp_api.types.website_analytics",
    "crisp_api.types.website_batch",
    "crisp_api.types.website_inbox",
    "crisp_api.types.website_teams",
    "crisp_api.types.website_settings",
    "crisp_api.types.website_verify",
    "crisp_api.types.website_connect",
    "crisp_api.types.plugin_subscription",
    "crisp_api.types.plugin_connect",
    "crisp_api.types.plan_subscription",
    "crisp_api.types.bucket_url",
    "crisp_api.types.events",
    "crisp_api.types._payloads",
    "crisp_api.types",
    "crisp_api.iterators",
    "crisp_api.pools",
    "crisp_api.runners",
    "crisp_api.errors",
    "crisp_api.errors.route",
    "crisp_api.auth",
    "crisp_api.envelope",
    "crisp_api.hints",
    "crisp_api.documentation",
    "crisp_api.schema",
    "crisp_api.limits._checks",
    "crisp_api.limits.redis_",
    "crisp_api.limits",
    "crisp_api.transport.retry",
    "crisp_api.transport.sender",
    "crisp_api.transport._deadline",
    "crisp_api.transport._early",
    "crisp_api.transport._adapter",
    "crisp_api.transport._failures",
    "crisp_api.transport.requests_",
    "crisp_api.transport._watch",
    "crisp_api.transport.aiohttp_",
    "crisp_api.transport",
    "crisp_api.parameters",
    "crisp_api.operation",
    "crisp_api.core",
    "crisp_api._uplink",
    "crisp_api.declaration",
    "crisp_api.declare",
    "crisp_api.endpoints",
    "crisp_api.table",
    "crisp_api.reference",
    "crisp_api.events._table",
    "crisp_api.events._event",
    "crisp_api.events._names",
    "crisp_api.events._parse",
    "crisp_api.events._router",
    "crisp_api.events",
    "crisp_api.options",
    "crisp_api.client",
    "crisp_api.paging.plans",
    "crisp_api.paging.walk",
    "crisp_api.paging",
    "crisp_api._send_once",
    "crisp_api._catch_up",
    "crisp_api",
    "crisp_api.__main__",
    "crisp_api.hugo",
    "crisp_api.jobs._answers",
    "crisp_api.jobs.contacts",
    "crisp_api.jobs.conversations",
    "crisp_api.jobs._progress",
    "crisp_api.jobs._resumable",
    "crisp_api.jobs.exports",
    "crisp_api.jobs.uploads",
    "crisp_api.jobs",
    "crisp_api.signing",
    "crisp_api.realtime._plan",
    "crisp_api.realtime._options",
    "crisp_api.realtime._links",
    "crisp_api.realtime._link",
    "crisp_api.realtime._async_link",
    "crisp_api.realtime._queues",
    "crisp_api.realtime._sides",
    "crisp_api.realtime._supervisor",
    "crisp_api.realtime._connection",
    "crisp_api.realtime",
    "crisp_api.webhooks._javascript",
    "crisp_api.webhooks._repeats",
    "crisp_api.webhooks._verify",
    "crisp_api.webhooks._once",
    "crisp_api.webhooks._redis",
    "crisp_api.webhooks._receiver",
    "crisp_api.webhooks._asgi",
    "crisp_api.webhooks._mcp",
    "crisp_api.webhooks._wsgi",
    "crisp_api.webhooks",
    "crisp_api.testing._hooks",
    "crisp_api.testing._network",
    "crisp_api.testing",
    "crisp_api.sandbox.refusals",
    "crisp_api.sandbox.resource",
    "crisp_api.sandbox.query",
    "crisp_api.sandbox.model_helpdesk",
    "crisp_api.sandbox.model_people",
    "crisp_api.sandbox.model",
    "crisp_api.sandbox.schema_sql",
    "crisp_api.sandbox.database",
    "crisp_api.sandbox.keys",
    "crisp_api.sandbox.store",
    "crisp_api.sandbox.call",
    "crisp_api.sandbox.filters",
    "crisp_api.sandbox.rules",
    "crisp_api.sandbox.helpdesk_nodes",
    "crisp_api.sandbox.handlers.helpdesk",
    "crisp_api.sandbox.handlers.helpdesk_history",
    "crisp_api.sandbox.handlers.helpdesk_articles",
    "crisp_api.sandbox.handlers.helpdesk_groups",
    "crisp_api.sandbox.handlers.helpdesk_tree",
    "crisp_api.sandbox.handlers.plans",
    "crisp_api.sandbox.handlers.plugins",
    "crisp_api.sandbox.handlers.websites",
    "crisp_api.sandbox.handlers.people",
    "crisp_api.sandbox.handlers.people_search",
    "crisp_api.sandbox.handlers.operators",
    "crisp_api.sandbox.handlers.marks",
    "crisp_api.sandbox.handlers.messages",
    "crisp_api.sandbox.handlers.conversations",
    "crisp_api.sandbox.handlers.sessions",
    "crisp_api.sandbox.handlers.spam",
    "crisp_api.sandbox.handlers.suggestions",
    "crisp_api.sandbox.handlers.batch",
    "crisp_api.sandbox.handlers.visitors",
    "crisp_api.sandbox.handlers.campaigns",
    "crisp_api.sandbox.handlers.analytics",
    "crisp_api.sandbox.handlers.uploads",
    "crisp_api.sandbox.handlers.media",
    "crisp_api.sandbox.handlers",
    "crisp_api.sandbox.routes",
    "crisp_api.sandbox.tokens",
    "crisp_api.sandbox.feed",
    "crisp_api.sandbox.bodies",
    "crisp_api.sandbox.faults",
    "crisp_api.sandbox.sent",
    "crisp_api.sandbox.hook",
    "crisp_api.sandbox.hooks",
    "crisp_api.sandbox.inside",
    "crisp_api.sandbox.engine",
    "crisp_api.sandbox.presence",
    "crisp_api.sandbox.people",
    "crisp_api.sandbox.operators",
    "crisp_api.sandbox.controls",
    "crisp_api.sandbox.server.hosts",
    "crisp_api.sandbox.server.socketio",
    "crisp_api.sandbox.server.html",
    "crisp_api.sandbox.server.page",
    "crisp_api.sandbox.server.http",
    "crisp_api.sandbox.server",
    "crisp_api.sandbox",
    "crisp_api.sandbox.demo",
    "crisp_api.sandbox.__main__",
    "crisp_api.testing.plugin",
    "crisp_api.migrate.flow",
    "crisp_api.migrate.calls",
    "crisp_api.migrate.names",
    "crisp_api.migrate.errors",
    "crisp_api.migrate.arguments",
    "crisp_api.migrate.rules",
    "crisp_api.migrate",
    "crisp_api.migrate.__main__",
]
# The modules that may import each third-party package.
DOORS = {
    "uplink": {"crisp_api._uplink"},
    "requests": {"crisp_api.transport._adapter", "crisp_api.transport.requests_"},
    "urllib3": {
        "crisp_api.transport._adapter",
        "crisp_api.transport._early",
        "crisp_api.transport._watch",
        "crisp_api.transport.requests_",
    },
    "aiohttp": {
        "crisp_api.realtime._async_link",
        "crisp_api.transport._watch",
        "crisp_api.transport.aiohttp_",
        "crisp_api.sandbox.server.hosts",
        "crisp_api.sandbox.server.http",
        "crisp_api.sandbox.server.page",
        "crisp_api.sandbox.server.socketio",
    },
    "engineio": {
        "crisp_api.realtime._async_link",
        "crisp_api.realtime._link",
        "crisp_api.realtime._links",
    },
    "limits": {"crisp_api.limits.redis_"},
    "orjson": {"crisp_api.wire"},
    "pydantic": {"crisp_api.schema"},
    "pytest": {"crisp_api.testing.plugin"},
    "redis": {"crisp_api.limits.redis_"},
    "socketio": {
        "crisp_api.realtime._async_link",
        "crisp_api.realtime._link",
        "crisp_api.sandbox.server.socketio",
    },
    "websocket": {"crisp_api.realtime._link"},
    "rich": {"crisp_api.jobs._progress"},
    "yarl": {"crisp_api.transport.aiohttp_"},
    # For type checkers, which bring it themselves, and where pydantic brought it.
    "typing_extensions": {"crisp_api.declare", "crisp_api.types._typeddict"},
}
# Imported when a method is called, and for type checkers.
LATER = {
    "crisp_api.client": {
        "crisp_api._catch_up",
        "crisp_api.realtime",
    },
    "crisp_api.sandbox": {"crisp_api.sandbox.demo"},
    "crisp_api.sandbox.hook": {"crisp_api.sandbox.hooks"},
}
PURE = {
    "crisp_api.auth",
    "crisp_api.dates",
    "crisp_api.envelope",
    "crisp_api.errors",
    "crisp_api.http",
    "crisp_api.migrate.calls",
    "crisp_api.migrate.flow",
    "crisp_api.operation",
    "crisp_api.paging.plans",
    "crisp_api.parameters",
    "crisp_api.realtime._plan",
    "crisp_api.schema",
    "crisp_api.signing",
    "crisp_api.transport.retry",
    "crisp_api.types",
    "crisp_api.webhooks._javascript",
    "crisp_api.wire",
}
# The sandbox reads the clock that it is given; these serve it, or wait for others.
# The demo chooses at random, always in the same way.
WAITING = {"__main__", "demo", "engine", "feed", "hook", "hooks", "people", "server"}
PURE |= {
    name
    for name in ORDER
    if name.startswith("crisp_api.sandbox.") and name.split(".")[2] not in WAITING
}
INPUT_AND_OUTPUT = {
    "asyncio",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "ssl",
    "subprocess",
    "threading",
    "time",
}


def modules() -> dict[str, pathlib.Path]:
    found = {}
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imports(path: pathlib.Path) -> set[str]:
    """All that a module imports, wherever in it, by full names.

    What runs as ``__main__`` is left out: that is a program, and no module.
    """
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if isinstance(tree.body[-1], ast.If) and "__main__" in ast.dump(tree.body[-1].test):
        del tree.body[-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            for alias in node.names:
                full = f"{module}.{alias.name}"
                found.add(full if full in ORDER else module)
    return found


@pytest.mark.parametrize("name", modules())
def test_imports_point_down(name: str) -> None:
    ours = {one for one in imports(modules()[name]) if one.split(".")[0] == "crisp_api"}

    assert ours - LATER.get(name, set()) <= set(ORDER[: ORDER.index(name)])


@pytest.mark.parametrize("name", modules())
def test_what_is_not_ours_comes_in_by_its_door(name: str) -> None:
    ours = {"crisp_api", *sys.stdlib_module_names}
    others = {one.split(".")[0] for one in imports(modules()[name])} - ours

    assert {other for other in others if name not in DOORS[other]} == set()


def test_every_module_has_its_place() -> None:
    assert sorted(modules()) == sorted(ORDER)


def test_the_table_is_written_in_declare_and_types_alone() -> None:
    assert imports(modules()["crisp_api.endpoints"]) == {
        *("__future__", "typing", "crisp_api.declare", "crisp_api.types")
    }


@pytest.mark.parametrize("name", sorted(PURE))
def test_thinking_is_pure(name: str) -> None:
    assert not imports(modules()[name]) & INPUT_AND_OUTPUT
