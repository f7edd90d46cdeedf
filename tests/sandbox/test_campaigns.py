"""Campaigns, templates, and analytics."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import ConflictError, InvalidRequestError
from crisp_api import types as ty
from crisp_api.sandbox import model
from tests.sandbox.examples import example
from tests.sandbox.here import Here, here

__all__ = ["here"]


def create(here: Here, kind: str = "one-shot", **more: t.Any) -> str:
    campaign = {"type": kind, "name": more.pop("name", "Campaign")}
    made = here.website.create_new_campaign(here.website_id, campaign)
    campaign_id: str = made["campaign_id"]
    if more:
        here.website.update_campaign(here.website_id, campaign_id, more)
    return campaign_id


def ready(here: Here, kind: str = "one-shot", **recipients: t.Any) -> str:
    return create(here, kind, message="Hi", recipients=recipients or {"type": "all"})


def get(here: Here, campaign_id: str) -> t.Any:
    return here.website.get_campaign(here.website_id, campaign_id)


def listed(here: Here, **filters: t.Any) -> list[str]:
    found = here.website.list_campaigns(here.website_id, **filters)
    return [one["campaign_id"] for one in found]


@pytest.fixture
def people(here: Here) -> list[str]:
    return [
        here.website.add_new_people_profile(
            here.website_id,
            {
                "email": f"{name}@acme.example",
                "segments": segments,
                "person": {"nickname": name},
            },
        )["people_id"]
        for name, segments in (("jane", ["vip"]), ("joe", []))
    ]


def test_a_campaign_is_ready_with_a_message_and_recipients(here: Here) -> None:
    campaign_id = create(here, message="Hi")
    assert get(here, campaign_id)["ready"] is False

    body = {"message": "Hi", "recipients": {"type": "all"}}
    here.website.save_campaign(here.website_id, campaign_id, body)

    campaign = get(here, campaign_id)
    assert campaign["ready"] is True
    assert (campaign["type"], campaign["name"]) == ("one-shot", "Campaign")


def test_a_campaign_that_is_sent_once_is_done(here: Here, people: list[str]) -> None:
    campaign_id = ready(here)

    here.website.dispatch_campaign(here.website_id, campaign_id)

    campaign = get(here, campaign_id)
    assert (campaign["targets"], campaign["reached"]) == (2, 2)
    assert campaign["running"] is False
    assert listed(here, filter_status_done=True) == [campaign_id]
    assert listed(here, filter_status_ready=True) == []
    with pytest.raises(ConflictError, match="campaign_dispatched"):
        here.website.dispatch_campaign(here.website_id, campaign_id)
    other = ready(here, type="segments", segments=["vip"])
    here.website.dispatch_campaign(here.website_id, other)
    listed_for = here.website.list_people_campaigns
    found = listed_for(here.website_id, people[0])
    assert [one["campaign_id"] for one in found] == [other, campaign_id]
    (found,) = listed_for(here.website_id, people[1])
    assert found["campaign_id"] == campaign_id


def test_an_automated_campaign_runs_until_it_is_paused(here: Here) -> None:
    campaign_id, website = ready(here, "automated"), here.website
    place = (here.website_id, campaign_id)
    with pytest.raises(ConflictError, match="campaign_not_running"):
        website.pause_campaign(*place)

    website.dispatch_campaign(*place)
    assert listed(here, filter_status_sending=True) == [campaign_id]
    website.pause_campaign(*place)
    assert listed(here, filter_status_paused=True) == [campaign_id]
    website.resume_campaign(*place)
    with pytest.raises(ConflictError, match="campaign_not_paused"):
        website.resume_campaign(*place)


def test_a_campaign_that_is_not_ready_is_not_sent(here: Here) -> None:
    campaign_id = create(here)

    for call in (here.website.dispatch_campaign, here.website.test_campaign):
        with pytest.raises(ConflictError, match="no message, or no recipients"):
            call(here.website_id, campaign_id)
    assert listed(here, filter_status_not_configured=True) == [campaign_id]


def test_campaigns_are_filtered(here: Here) -> None:
    spring = create(here, name="Spring sale", tag="sale")
    hello = create(here, "automated", name="Hello")

    assert listed(here, search_name="SALE") == [spring]
    assert listed(here, filter_tag="sale") == [spring]
    assert listed(here, filter_type_automated=True) == [hello]
    both = {"filter_type_automated": True, "filter_type_one_shot": True}
    assert listed(here, **both) == [hello, spring]
    assert here.website.list_campaign_tags(here.website_id) == ["sale"]


@pytest.mark.parametrize(
    ("recipients", "found"),
    [
        ({"type": "all"}, ["joe", "jane"]),
        ({"type": "segments", "segments": ["vip"]}, ["jane"]),
        ({"type": "people", "people": ["{joe}"]}, ["joe"]),
        (
            {
                "type": "filter",
                "filter": [{"criterion": "email", "operator": "ct", "query": ["jane"]}],
            },
            ["jane"],
        ),
        ({"type": "nobody"}, []),
    ],
)
def test_a_campaign_has_recipients(
    here: Here, people: list[str], recipients: dict[str, t.Any], found: list[str]
) -> None:
    if "people" in recipients:
        recipients = {**recipients, "people": [people[1]]}
    campaign_id = ready(here, **recipients)

    listed = here.website.list_campaign_recipients(here.website_id, campaign_id)

    assert [one["person"]["nickname"] for one in listed] == found


def test_a_recipient_may_be_without_a_name_and_an_address(here: Here) -> None:
    here.website.add_new_people_profile(here.website_id, {})
    campaign_id = ready(here)

    (one,) = here.website.list_campaign_recipients(here.website_id, campaign_id)

    assert one.keys() == {"people_id", "subscribed"}


def test_a_sender_exists(here: Here) -> None:
    campaign_id = create(here, sender={"user_id": here.sandbox.user_id})

    with pytest.raises(InvalidRequestError, match="the operator nobody does not exist"):
        here.website.update_campaign(
            here.website_id, campaign_id, {"sender": {"user_id": "nobody"}}
        )
    assert get(here, campaign_id)["sender"] == {"user_id": here.sandbox.user_id}


def test_statistics_are_listed_by_type(here: Here) -> None:
    campaign_id = create(here)
    doc = example(ty.WebsiteCampaignStatistic, {}) | {"type": "opened"}
    path = (here.website_id, campaign_id, "1")
    here.sandbox._store.put(model.STATISTIC, path, doc)
    statistics = here.website.list_campaign_statistics

    assert len(statistics(here.website_id, campaign_id, "opened")) == 1
    assert statistics(here.website_id, campaign_id, "clicked", per_page=20) == []


def test_templates_are_kept(here: Here) -> None:
    website, here_id = here.website, here.website_id
    template = {"format": "html", "name": "Offer"}
    made = website.create_new_campaign_template(here_id, template)
    template_id = made["template_id"]

    website.update_campaign_template(here_id, template_id, {"content": "<p>"})

    found = website.get_campaign_template(here_id, template_id)
    assert (found["content"], found["type"]) == ("<p>", "custom")
    assert len(website.list_campaign_templates(here_id, search_name="off")) == 1
    assert website.list_campaign_templates(here_id, filter_type_static=True) == []


# --- analytics


def analyze(here: Here, metric: str, **more: t.Any) -> list[dict[str, t.Any]]:
    date = {"from": "2023-11-01", "to": "2023-12-01", "split": "month"}
    date |= {"timezone": "UTC"} | more.pop("date", {})
    query = {"metric": metric, "type": "count", "date": date, **more}
    points: list[dict[str, t.Any]] = here.website.generate_analytics(
        here.website_id, query
    )
    return points


def test_the_state_is_counted(here: Here) -> None:
    here.say(here.open("a"), "Yes?", "operator")
    here.open("b")
    here.website.add_new_people_profile(here.website_id, {})

    assert analyze(here, "conversations") == [{"period": "2023-11", "value": 2}]
    assert analyze(here, "people") == [{"period": "2023-11", "value": 1}]
    assert analyze(here, "messages", split_by="from") == [
        {"period": "2023-11", "value": 1, "split_by": "operator"},
        {"period": "2023-11", "value": 2, "split_by": "user"},
    ]
    later = {"from": "2024-01-01T00:00:00Z", "to": "2024-02-01"}
    assert analyze(here, "messages", date=later) == []


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"metric": "moods"}, r"one of conversations, messages, people at '\.metric'"),
        ({"split_by": "mood"}, r"one of state, inbox, assigned at '\.split_by'"),
        ({"date": {"split": "age"}}, r"at '\.date\.split'"),
        ({"date": {"from": "now"}}, r"an ISO 8601 date at '\.date\.from'"),
    ],
)
def test_a_question_without_an_answer_is_refused(
    here: Here, query: dict[str, t.Any], problem: str
) -> None:
    with pytest.raises(InvalidRequestError, match=problem):
        analyze(here, **({"metric": "conversations"} | query))
