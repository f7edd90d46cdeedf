"""Programs written for the older clients: every call, over real HTTP."""

from __future__ import annotations

import re
import typing as t
import urllib.parse

import pytest

import crisp_api
from crisp_api import Crisp
from crisp_api.errors.route import RouteError
from crisp_api.types import Tier
from tests.support.ledger import OlderCall, official_calls, seed_calls
from tests.support.servers import Recording

SEED = seed_calls()
OFFICIAL = official_calls()
VALUES: dict[str, t.Any] = {
    "page_number": 3,
    "fingerprint": 150698569649423,
    "data": {"some": "thing"},
    "settings": {"some": "setting"},
    "date_since": "2026-01-31T00:00:00Z",
    "filter_date_start": "2026-01-31",
    "filter_date_end": "2026-01-31",
    "search_filter": '[{"criterion":"email"}]',
}


def test_there_are_as_many_calls_as_the_clients_had() -> None:
    assert len({call.target for call in SEED}) == 67
    # One, unsubscribe_plugin_from_website, calls what its client does not have.
    assert len({call.target for call in OFFICIAL}) == 80


def call_it(client: Crisp, call: OlderCall) -> tuple[dict[str, str], bytes]:
    """Make a call as it is written; return the expected query and body."""
    method: t.Any = client
    for part in call.target.split("."):
        method = getattr(method, part)
    operation, values, query, body = call.operation, [], {}, b""
    if operation.method in {"PATCH", "POST", "PUT"}:
        body = b"{}"
    for name in call.arguments:
        value = VALUES.get(name, f"some-{name}")
        if name == "query" and operation.method == "GET":
            value = {"timestamp_before": 1700000000000}
            query = {"timestamp_before": "1700000000000"}
        elif name in {"data", "query", "settings"}:
            value = VALUES["data"]
            body = b'{"some":"thing"}'
            if operation.name.endswith("_people_data"):
                # The live API refuses the bare form.
                body = b'{"data":{"some":"thing"}}'
        elif name not in operation.path_params:
            assert name in operation.query
            query[name] = value
        values.append(value)
    method(*values)
    return query, body


def expected_path(call: OlderCall) -> str:
    return "/v1/" + re.sub(
        r"{(\w+)}",
        lambda found: str(VALUES.get(found[1], f"some-{found[1]}")),
        call.operation.path,
    )


@pytest.mark.parametrize(
    ("call", "tier"),
    [
        *(pytest.param(call, "user", id=f"first-{call.id}") for call in SEED),
        *(pytest.param(call, "website", id=f"official-{call.id}") for call in OFFICIAL),
    ],
)
def test_a_call_goes_out_as_it_is_written(
    call: OlderCall, tier: Tier, server: Recording
) -> None:
    with Crisp(base_url=server.url) as client:
        client.set_tier(tier)
        client.authenticate("identifier", "key")
        query, body = call_it(client, call)

    path, _, sent_query = server.last.target.partition("?")
    assert server.last.method == call.operation.method
    assert path == expected_path(call)
    assert dict(urllib.parse.parse_qsl(sent_query)) == query
    assert server.last.body == body
    assert server.last.headers["authorization"] == "Basic aWRlbnRpZmllcjprZXk="
    assert server.last.headers["x-crisp-tier"] == tier


def test_plugin_calls_of_the_client_are_in_the_service_as_well() -> None:
    direct = [call.target for call in SEED if "." not in call.target]
    client = Crisp()

    assert len(direct) == 13
    for name in direct:
        assert (
            getattr(client.plugin, name).__wrapped__
            is getattr(client, name).__wrapped__
        )


def test_searching_by_place_leaves_out_what_is_empty(server: Recording) -> None:
    with Crisp("i", "k", base_url=server.url) as client:
        client.website.search_conversations("w", 1, "hello", "text", "", "", "1", False)

    assert server.last.target == (
        "/v1/website/w/conversations/1"
        "?search_query=hello&search_type=text&filter_unread=1&filter_resolved=0"
    )


def test_where_it_sends_can_be_set_and_asked(server: Recording) -> None:
    client = Crisp()

    assert client.get_rest_host() == "https://api.crisp.chat"
    assert client.get_rest_base_path() == "/v1"
    assert client.get_timeout() == 10.0

    client.set_rest_host(server.url.removesuffix("/v1/"))
    client.set_rest_base_path("/v2")
    client.set_timeout(3)
    client.website.get_website("w")
    client.close()

    assert server.last.target == "/v2/website/w"
    assert client.get_rest_host() == server.url.removesuffix("/v1/")
    assert client.get_rest_base_path() == "/v2"
    assert client.get_timeout() == 3


def test_any_route_can_be_asked_by_hand(server: Recording) -> None:
    with Crisp("i", "k", base_url=server.url) as client:
        client.get("/website/w/conversations/1", {"filter_unread": "1"})
        client.get("/website/w/conversations/1?filter_unread=1", {"per_page": 20})
        found = client.head("/website/w")
        client.post("/website", {"name": "Acme"})
        client.post("/website/w/conversation")
        client.patch("/website/w/settings", {"name": "Acme"})
        client.put("/website/w/inbox/i", {"name": "Acme"})
        client.remove("/website/w")
        client.remove("/website/w", {"verify": {}})

    assert found is True
    assert [(seen.method, seen.target, seen.body) for seen in server.seen] == [
        ("GET", "/v1/website/w/conversations/1?filter_unread=1", b""),
        ("GET", "/v1/website/w/conversations/1?filter_unread=1&per_page=20", b""),
        ("HEAD", "/v1/website/w", b""),
        ("POST", "/v1/website", b'{"name":"Acme"}'),
        ("POST", "/v1/website/w/conversation", b"{}"),
        ("PATCH", "/v1/website/w/settings", b'{"name":"Acme"}'),
        ("PUT", "/v1/website/w/inbox/i", b'{"name":"Acme"}'),
        ("DELETE", "/v1/website/w", b""),
        ("DELETE", "/v1/website/w", b'{"verify":{}}'),
    ]


def test_an_error_has_the_dict_that_programs_read(server: Recording) -> None:
    server.status = 409
    server.body = b'{"error":true,"reason":"people_exists","data":{"message":"known"}}'

    with (
        Crisp("i", "k", base_url=server.url) as client,
        pytest.raises(RouteError) as caught,
    ):
        client.website.add_new_people_profile("w", {"email": "a@b.c"})

    assert RouteError is crisp_api.RouteError
    assert caught.value.args[0]["message"] == "people_exists"
    assert caught.value.args[0] == {
        "reason": "error",
        "message": "people_exists",
        "code": 409,
        "data": {"namespace": "response", "message": "Got response error: known"},
    }


def test_an_error_can_be_made_as_the_original_is() -> None:
    error = RouteError({"reason": "error", "message": "not_found", "code": 404})

    assert error.args[0]["message"] == "not_found"
    assert (error.status, error.reason, str(error)) == (
        404,
        "not_found",
        "404 not_found",
    )
    assert RouteError("boom").args == ("boom",)


@pytest.mark.parametrize("query", ["x=1", [("x", 1)], 7])
def test_a_query_that_is_no_dict_is_refused(query: t.Any) -> None:
    with pytest.raises(TypeError, match=r"Routes\.get: query must be a dict"):
        Crisp("i", "k").get("/website/w", query)


def test_a_tier_does_not_leak_from_one_client_to_another(server: Recording) -> None:
    first, second = Crisp(base_url=server.url), Crisp(base_url=server.url)

    first.set_tier("plugin")
    second.website.get_website("w")
    second.close()

    assert server.last.headers["x-crisp-tier"] == "user"
