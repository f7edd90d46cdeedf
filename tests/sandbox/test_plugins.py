"""Plugins, plans, and uploads."""

from __future__ import annotations

import datetime as dt
import typing as t

import pytest

from crisp_api import Crisp, InvalidRequestError, NotFoundError
from tests.sandbox.here import Here, here

__all__ = ["here"]


@pytest.fixture
def user(here: Here) -> t.Any:
    """A client of the user tier, for which plugins are objects as others."""
    return Crisp("i", "k", transport=here.sandbox)


def test_a_plugin_is_installed_once(here: Here, user: t.Any) -> None:
    place = (here.website_id, "other")
    for _ in range(2):
        user.plugin.subscribe_plugin_to_website(here.website_id, {"plugin_id": "other"})

    listed = user.plugin.list_subscriptions_website(here.website_id)

    assert [one["id"] for one in listed] == [here.sandbox.plugin_id, "other"]
    assert len(user.plugin.list_all_active_subscriptions()) == 2
    user.plugin.unsubscribe_plugin_from_website(*place)
    with pytest.raises(NotFoundError, match="the subscription does not exist"):
        user.plugin.get_subscription_details(*place)


def test_a_plugin_sees_only_itself(here: Here, user: t.Any) -> None:
    user.plugin.subscribe_plugin_to_website(here.website_id, {"plugin_id": "other"})

    with pytest.raises(NotFoundError):
        here.client.plugin.get_subscription_details(here.website_id, "other")


def test_a_plugin_has_settings(here: Here) -> None:
    plugin, place = here.client.plugin, (here.website_id, here.sandbox.plugin_id)
    account = plugin.get_connect_account()
    assert account == {"plugin_id": here.sandbox.plugin_id}
    assert plugin.list_all_connect_websites(filter_configured=True) == []

    plugin.save_subscription_settings(*place, {"colors": {"a": 1, "b": 2}})
    plugin.update_subscription_settings(*place, {"colors": {"b": 3}})

    settings = plugin.get_subscription_settings(*place)
    assert settings["settings"] == {"colors": {"a": 1, "b": 3}}
    (website,) = plugin.list_all_connect_websites(filter_configured=True)
    assert website["settings"] == settings["settings"]
    assert website["token"] == settings["token"]


def test_websites_are_listed_since_a_change(here: Here) -> None:
    plugin = here.client.plugin
    later = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)

    assert len(plugin.list_connect_websites_since("2020-01-01")) == 1
    assert plugin.list_connect_websites_since(later) == []


def test_websites_are_listed_page_by_page_with_their_plans(
    here: Here, user: t.Any
) -> None:
    for number in range(22):
        site = {"name": f"{number}", "domain": f"{number}.example"}
        here.website.create_website(site)
    user.plan.subscribe_website_to_plan(here.website_id, {"plan_id": "pro"})
    listed = here.client.plugin.list_all_connect_websites

    first, second = listed(1, include_plan=True), listed(2, include_plan=True)

    assert (len(first), len(second)) == (20, 3)
    plans = [one.get("plan", {}).get("name") for one in first[:2]]
    assert plans == ["Pro", "Free"]


def test_usage_is_billed(here: Here) -> None:
    plugin, place = here.client.plugin, (here.website_id, here.sandbox.plugin_id)
    usage: t.Any = {"name": "Messages", "units": 250, "price": 0.5}
    assert plugin.get_plugin_usage_bills(*place) == []

    plugin.report_plugin_usage_to_bill(*place, usage)

    assert plugin.get_plugin_usage_bills(*place) == [usage]


def test_provenance_is_attested(here: Here) -> None:
    place = (here.website_id, here.sandbox.plugin_id)

    attested = here.client.plugin.get_plugin_attest_provenance(*place)

    assert attested["payload"]["plugin"] == {"plugin_id": here.sandbox.plugin_id}
    assert len(attested["signed"]) == 64


def test_a_website_has_a_plan(here: Here, user: t.Any) -> None:
    plan, here_id = user.plan, here.website_id
    with pytest.raises(NotFoundError, match="the plan subscription does not exist"):
        plan.get_plan_subscription_for_website(here_id)
    assert plan.list_all_active_subscriptions() == []

    plan.subscribe_website_to_plan(here_id, {"plan_id": "pro"})
    plan.change_bill_period_for_website_plan_subscription(here_id, {"period": "yearly"})
    plan.redeem_coupon_for_website_plan_subscription(here_id, {"code": "SANDBOX"})

    (found,) = plan.list_all_active_subscriptions()
    assert found == plan.get_plan_subscription_for_website(here_id)
    assert (found["bill_period"], found["coupon_redeemed"]) == ("yearly", True)
    assert found["owner"]["user_id"] == here.sandbox.user_id
    plan.unsubscribe_plan_from_website(here_id)
    assert plan.list_all_active_subscriptions() == []


def test_an_unknown_coupon_is_not_found(here: Here, user: t.Any) -> None:
    check = user.plan.check_coupon_availability_for_website_plan_subscription

    assert check(here.website_id, "SANDBOX")["policy"]
    with pytest.raises(NotFoundError, match="the coupon does not exist"):
        check(here.website_id, "FREE")


def test_a_file_is_uploaded_for_a_website_that_exists(here: Here) -> None:
    generate = here.client.bucket.generate_bucket_url

    def request(kind: str, key: str) -> None:
        resource = {"type": kind, "id": key}
        file = {"name": "a.png", "type": "image/png"}
        body: t.Any = {"namespace": "upload", "file": file, "resource": resource}
        generate(body)

    request("website", here.website_id)
    request("user", "me")

    with pytest.raises(InvalidRequestError, match="does not exist"):
        request("website", "gone")
