"""Tokens: tiers, scopes, and websites without the plugin."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import Crisp, NotFoundError, PermissionDeniedError, table
from crisp_api.sandbox import Sandbox, Token
from crisp_api.sandbox.tokens import Tokens, scope_of
from crisp_api.types import Tier


def client(sandbox: Sandbox, tier: Tier) -> t.Any:
    return Crisp("i", "k", tier=tier, transport=sandbox)


def test_a_route_of_another_tier_is_refused() -> None:
    sandbox = Sandbox(tokens=[("i", "k", "plugin")])

    with pytest.raises(PermissionDeniedError, match="is for user tokens") as caught:
        client(sandbox, "plugin").website.list_campaigns(sandbox.website_id)
    assert caught.value.reason == "restricted_route_tier"


def test_a_website_token_may_call_what_plugins_may_on_a_website() -> None:
    sandbox = Sandbox(tokens=[("i", "k", "website")])
    website = client(sandbox, "website").website

    assert website.list_conversations(sandbox.website_id) == []
    with pytest.raises(PermissionDeniedError):
        website.list_campaigns(sandbox.website_id)
    with pytest.raises(PermissionDeniedError):
        client(sandbox, "website").plugin.get_connect_account()


@pytest.mark.parametrize("tier", t.get_args(Tier))
def test_any_token_may_call_everything_by_default(tier: Tier) -> None:
    sandbox = Sandbox()

    assert client(sandbox, tier).website.list_campaigns(sandbox.website_id) == []


def test_a_scope_is_for_reading_or_for_writing() -> None:
    scopes = ["website:conversation:sessions:read"]
    sandbox = Sandbox(tokens=[Token("i", "k", "plugin", scopes=scopes)])
    website = client(sandbox, "plugin").website

    assert website.list_conversations(sandbox.website_id) == []
    with pytest.raises(PermissionDeniedError, match="conversation:initiate") as caught:
        website.create_new_conversation(sandbox.website_id)
    assert caught.value.reason == "token_scope_forbidden"


@pytest.mark.parametrize(
    ("operation", "scope"),
    [
        ("website.create_new_conversation", "website:conversation:initiate:write"),
        ("website.list_conversations", "website:conversation:sessions:read"),
        ("website.get_conversation_metas", "website:conversation:sessions:read"),
        ("website.send_message_in_conversation", "website:conversation:messages:write"),
        ("website.change_conversation_state", "website:conversation:states:write"),
        ("website.list_conversation_pages", "website:conversation:pages:read"),
        ("website.assign_conversation_routing", "website:conversation:routing:write"),
        (
            "website.list_suggested_conversation_segments",
            "website:conversation:suggest:read",
        ),
        (
            "website.get_people_subscription_status",
            "website:people:subscriptions:read",
        ),
        ("website.get_people_profile", "website:people:profiles:read"),
        ("website.check_people_profile_exists", "website:people:profiles:read"),
        ("website.list_website_operators", "website:operators:read"),
        ("website.get_website_settings", "website:settings:read"),
        ("website.get_website", ""),
        ("bucket.generate_bucket_url", "bucket:url:write"),
        ("plan.get_plan_subscription_for_website", "plan:subscription:read"),
        ("plugin.get_connect_account", ""),
    ],
)
def test_an_operation_needs_a_scope(operation: str, scope: str) -> None:
    assert scope_of(table.lookup(operation)) == scope


def test_every_operation_is_allowed_to_its_tiers_alone() -> None:
    tokens = Tokens([])
    # Clients of all tiers ask for this one, with different paths.
    free = table.lookup("plugin.get_connect_endpoints")
    for operation in table.operations():
        for tier in t.get_args(Tier):
            token = Token("i", "k", tier)
            is_known = tier in operation.tiers or not operation.tiers
            is_there = operation.service in {"website", "bucket"}
            is_website = is_there and "plugin" in operation.tiers
            is_free = operation is free
            if is_known or is_free or (tier == "website" and is_website):
                tokens.allow(token, operation)
            else:
                with pytest.raises(Exception, match="restricted_route_tier"):
                    tokens.allow(token, operation)


def test_a_plugin_may_not_call_for_a_website_that_has_removed_it() -> None:
    sandbox = Sandbox()
    plugin = client(sandbox, "plugin")

    plugin.plugin.unsubscribe_plugin_from_website(sandbox.website_id, sandbox.plugin_id)

    with pytest.raises(NotFoundError) as caught:
        plugin.website.get_website(sandbox.website_id)
    assert caught.value.reason == "not_subscribed"
    assert client(sandbox, "website").website.get_website(sandbox.website_id)
    body = {"plugin_id": sandbox.plugin_id}
    plugin.plugin.subscribe_plugin_to_website(sandbox.website_id, body)
    assert plugin.website.get_website(sandbox.website_id)


def test_two_tokens_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="two tokens have the same identifier"):
        Sandbox(tokens=[("i", "k", "plugin"), Token("i", "k", "plugin", ["x"])])
