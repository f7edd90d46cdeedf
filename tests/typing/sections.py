# pyright: strict
"""Read by mypy and pyright, never run: operations of all sections, on both clients."""

from __future__ import annotations

from typing import Any, assert_type

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty

web = Crisp().website
plugin = Crisp().plugin
plan = Crisp().plan
bucket = Crisp().bucket
media = Crisp().media

# Website Base
assert_type(web.create_website({"name": "Acme", "domain": "acme.com"}), ty.Website)
assert_type(web.get_website("w")["logo"], str)
web.create_website({"name": "Acme"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]
web.create_website({"name": "Acme", "domain": 1})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Conversations
assert_type(web.list_conversations("w", 1, per_page=50), list[ty.Conversation])
assert_type(web.list_spam_conversations("w"), list[ty.ConversationSpam])
web.list_conversations("w", 1, filter_unraed=True)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
web.list_conversations("w", 1, search_type="segmet")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
web.submit_spam_conversation_decision("w", "s", {"action": "keep"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Conversation
assert_type(web.create_new_conversation("w"), ty.ConversationNew)
assert_type(web.get_conversation_metas("w", "s"), ty.ConversationMeta)
assert_type(web.change_conversation_state("w", "s", {"state": "resolved"}), None)
web.change_conversation_state("w", "s", {"state": "closed"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]
web.update_conversation_metas("w", "s", {"nick": "Jane"})  # type: ignore[typeddict-unknown-key] # pyright: ignore[reportArgumentType]
web.assign_conversation_routing("w", "s", {"assigned": None, "silent": True})
web.mark_messages_read_in_conversation("w", "s", {"fingerprints": [1, "2"]})

# A response has what a request may leave out.
metas = web.get_conversation_metas("w", "s")
assert_type(metas["device"]["geolocation"]["city"], str | None)
assert_type(metas["device"]["geolocation"]["coordinates"]["latitude"], float)
web.update_conversation_metas("w", "s", {"device": {"geolocation": {"city": None}}})
conversation = web.get_conversation("w", "s")
assert_type(conversation["meta"]["nickname"], str)
assert_type((conversation["status"], conversation["updated_at"]), tuple[int, int])
conversation["people_id"]  # pyright: ignore[reportTypedDictNotRequiredAccess]

# Website People
assert_type(web.list_people_profiles("w"), list[ty.PeopleProfile])
assert_type(web.add_new_people_profile("w", {"email": "e"}), ty.PeopleProfileNew)
web.save_people_data("w", "p", {"data": {"plan": "pro", "seats": 3, "trial": False}})
web.save_people_data("w", "p", {"plan": "pro"})
web.save_people_profile("w", "p", {"person": {"nick": "Jane"}})  # type: ignore[typeddict-unknown-key] # pyright: ignore[reportArgumentType]

# Website Visitors
assert_type(web.list_visitors("w"), list[ty.WebsiteVisitor])
assert_type(web.count_visitors("w"), ty.WebsiteVisitorCount)

# Website Availability
assert_type(web.get_website_availability_status("w"), ty.WebsiteAvailabilityStatus)

# Website Operators, Website Operator
assert_type(web.list_website_operators("w"), list[ty.WebsiteOperatorListOne])
assert_type(web.get_website_operator("w", "u"), ty.WebsiteOperator)
web.change_operator_membership("w", "u", {"title": "CTO"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Helpdesk
assert_type(web.resolve_helpdesk("w"), ty.Helpdesk)
assert_type(
    web.resolve_helpdesk_tree_content("w", "en", "articles", "a/b.md"),
    ty.HelpdeskTreeContent,
)
web.save_helpdesk_tree_content("w", "en", "articles", "a/b.md", {"contents": "x"})  # type: ignore[typeddict-item, typeddict-unknown-key] # pyright: ignore[reportArgumentType]
web.resolve_helpdesk_tree_content("w", "en", "article", "a/b.md")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

# Website Campaigns, Website Campaign
assert_type(web.list_campaign_tags("w"), list[str])
assert_type(web.list_campaigns("w", filter_tag="x"), list[ty.WebsiteCampaignExcerpt])
assert_type(web.get_campaign("w", "c"), ty.WebsiteCampaignItemResponse)
campaign = web.get_campaign("w", "c")
assert_type((campaign["campaign_id"], campaign["created_at"]), tuple[str, int])
web.update_campaign("w", "c", {"sender": {}})
web.save_campaign("w", "c", {"name": campaign["name"], "ready": True})
web.create_new_campaign("w", {"type": "one_shot", "name": "Hello"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Analytics
query: ty.AnalyticsGenerateQuery = {
    "metric": "conversation",
    "type": "total",
    "date": {"from": "2026-01-01", "to": "2026-02-01", "split": "day", "timezone": "Z"},
    "if": {"metric": "message", "split_by": "day"},
}
points = web.generate_analytics("w", query)
assert_type(points, list[ty.WebsiteAnalyticsGeneratePoint])
web.generate_analytics("w", {"metric": "conversation", "type": "total"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Batch
assert_type(web.batch_resolve_items("w", {"sessions": ["s"]}), None)
web.batch_remove_items("w", ["s"])  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
web.batch_resolve_items("w", {"session": ["s"]})  # type: ignore[typeddict-unknown-key] # pyright: ignore[reportArgumentType]

# Website Inbox
assert_type(web.list_inboxes("w"), list[ty.WebsiteInbox])
web.create_new_inbox("w", {"conditions": [{"model": "session", "operator": "eq"}]})
web.create_new_inbox("w", {"conditions": [{"model": "session", "operator": "="}]})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Teams
assert_type(web.create_new_team("w", {"name": "Sales"}), ty.WebsiteTeamNew)

# Website Settings
assert_type(web.get_website_settings("w"), ty.WebsiteSettings)
web.update_website_settings("w", {"chatbox": {"wait_game": False}})
web.update_website_settings("w", {**web.get_website_settings("w"), "name": "Acme"})
web.update_website_settings("w", {"chatbox": {"wait_game": "no"}})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Website Verify
assert_type(web.get_verify_key("w"), ty.WebsiteVerifyKey)

# Website Connect
assert_type(web.get_connect_endpoints("w"), ty.WebsiteConnectEndpoints)

# Plugin Subscription
assert_type(plugin.list_all_active_subscriptions(), list[ty.PluginSubscription])
plugin.save_subscription_settings("w", "p", {"any": {"thing": 1}})
plugin.report_plugin_usage_to_bill("w", "p", {"name": "x", "units": 1, "price": "1"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Plugin Connect
assert_type(plugin.get_connect_account(), ty.PluginConnectAccount)
assert_type(plugin.check_connect_session_validity(), bool)
assert_type(plugin.list_all_connect_websites(), list[ty.PluginConnectWebsite])
assert_type(plugin.get_connect_endpoints(), ty.PluginConnectEndpoints)

# Plan Subscription
assert_type(plan.get_plan_subscription_for_website("w"), ty.PlanSubscription)
plan.change_bill_period_for_website_plan_subscription("w", {"period": "weekly"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

# Bucket URL, Media Animation
assert_type(bucket.generate_bucket_url({"namespace": "upload", "id": "i"}), None)
bucket.generate_bucket_url({"from": "plugin", "identifier": "i", "id": "7"})
bucket.generate_bucket_url({"namespace": "uploads", "id": "i"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]
assert_type(media.list_animation_medias(1, 7), None)
media.list_animation_medias(1, 7, search_query={"text": "cat"})

# Written by hand, without a statement of Crisp
assert_type(Crisp().get("/website/w"), Any)


async def main() -> None:
    client = AsyncCrisp()
    web, plugin = client.website, client.plugin

    # Website Base
    assert_type(await web.get_website("w"), ty.Website)
    await web.create_website({"name": "Acme"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

    # Website Conversations
    assert_type(await web.list_conversations("w", 1), list[ty.Conversation])
    await web.list_conversations("w", 1, search_type="segmet")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    # Website Conversation
    assert_type(await web.get_conversation_metas("w", "s"), ty.ConversationMeta)
    await web.change_conversation_state("w", "s", {"state": "closed"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

    # Website People
    assert_type(await web.list_people_profiles("w"), list[ty.PeopleProfile])
    await web.save_people_profile("w", "p", {"person": {"nick": "Jane"}})  # type: ignore[typeddict-unknown-key] # pyright: ignore[reportArgumentType]

    # Website Visitors, Website Availability
    assert_type(await web.list_visitors("w"), list[ty.WebsiteVisitor])
    status = await web.get_website_availability_status("w")
    assert_type(status, ty.WebsiteAvailabilityStatus)

    # Website Operators, Website Operator
    operators = await web.list_website_operators("w")
    assert_type(operators, list[ty.WebsiteOperatorListOne])
    assert_type(await web.get_website_operator("w", "u"), ty.WebsiteOperator)
    await web.change_operator_membership("w", "u", {"title": "CTO"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

    # Website Helpdesk
    assert_type(await web.resolve_helpdesk("w"), ty.Helpdesk)
    await web.resolve_helpdesk_tree_content("w", "en", "article", "a/b.md")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    # Website Campaigns, Website Campaign
    assert_type(await web.list_campaigns("w"), list[ty.WebsiteCampaignExcerpt])
    assert_type(await web.get_campaign("w", "c"), ty.WebsiteCampaignItemResponse)
    await web.create_new_campaign("w", {"type": "one_shot", "name": "Hello"})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]

    # Website Analytics, Website Batch
    points = await web.generate_analytics("w", query)
    assert_type(points, list[ty.WebsiteAnalyticsGeneratePoint])
    assert_type(await web.batch_resolve_items("w", {"sessions": ["s"]}), None)
    await web.batch_resolve_items("w", {"session": ["s"]})  # type: ignore[typeddict-unknown-key] # pyright: ignore[reportArgumentType]

    # Website Inbox, Website Teams
    assert_type(await web.list_inboxes("w"), list[ty.WebsiteInbox])
    assert_type(await web.list_teams("w"), list[ty.WebsiteTeam])

    # Website Settings, Website Verify, Website Connect
    assert_type(await web.get_website_settings("w"), ty.WebsiteSettings)
    await web.update_website_settings("w", {"chatbox": {"wait_game": "no"}})  # type: ignore[typeddict-item] # pyright: ignore[reportArgumentType]
    assert_type(await web.get_verify_key("w"), ty.WebsiteVerifyKey)
    assert_type(await web.get_connect_endpoints("w"), ty.WebsiteConnectEndpoints)

    # Plugin Subscription, Plugin Connect
    details = await plugin.get_subscription_details("w", "p")
    assert_type(details, ty.PluginSubscription)
    assert_type(await plugin.get_connect_account(), ty.PluginConnectAccount)
    assert_type(await plugin.check_connect_session_validity(), bool)
    websites = await plugin.list_all_connect_websites()
    assert_type(websites, list[ty.PluginConnectWebsite])
    assert_type(await plugin.get_connect_endpoints(), ty.PluginConnectEndpoints)

    # Plan Subscription, Bucket URL, Media Animation
    subscribed = await client.plan.get_plan_subscription_for_website("w")
    assert_type(subscribed, ty.PlanSubscription)
    assert_type(await client.bucket.generate_bucket_url({"id": "i"}), None)
    assert_type(await client.media.list_animation_medias(1, 7), None)

    # Written by hand, without a statement of Crisp
    assert_type(await client.get("/website/w"), Any)
