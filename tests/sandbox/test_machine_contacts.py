"""Contacts, campaigns and articles in any order, against plain Python."""

from __future__ import annotations

import dataclasses
import typing as t

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.sandbox.machine import SETTINGS, Machine

NAMES = st.sampled_from(["Jane", "joe", "Bob Smith", "Zoë"])
SEGMENTS = st.lists(st.sampled_from(["vip", "trial", "bug"]), unique=True)
SEATS = st.integers(0, 5)


@dataclasses.dataclass
class Person:
    """A contact, as it was written."""

    email: str
    name: str
    segments: list[str]
    seats: int | None = None
    events: list[str] = dataclasses.field(default_factory=list[str])
    talks: list[str] = dataclasses.field(default_factory=list[str])


@dataclasses.dataclass
class Campaign:
    """A campaign, as it was written."""

    segment: str = ""
    state: str = "not_configured"


@dataclasses.dataclass
class Article:
    """An article, as it was written."""

    title: str
    status: str = "draft"


class Contacts(Machine):
    """Calls a sandbox, and keeps the same in plain Python."""

    people_ids: Bundle[str] = Bundle("people_ids")
    campaign_ids: Bundle[str] = Bundle("campaign_ids")
    article_ids: Bundle[str] = Bundle("article_ids")

    def __init__(self) -> None:
        super().__init__(legacy_helpdesk=True)
        self.people: dict[str, Person] = {}
        self.campaigns: dict[str, Campaign] = {}
        self.articles: dict[str, Article] = {}

    @initialize()
    def open_helpdesk(self) -> None:
        helpdesk = {"name": "Acme", "domain_basic": "acme"}
        self.call("initialize_helpdesk", helpdesk)
        self.call("add_helpdesk_locale", {"locale": "en"})

    # --- people

    @rule(target=people_ids, name=NAMES, segments=SEGMENTS)
    def add(self, name: str, segments: list[str]) -> str:
        email = f"{len(self.people)}.{self.seconds}@acme.example"
        body = {"email": email, "person": {"nickname": name}, "segments": segments}
        made: str = self.call("add_new_people_profile", body)["people_id"]
        self.people[made] = Person(email, name, segments)
        return made

    @rule(people_id=people_ids, name=NAMES, segments=SEGMENTS, seats=SEATS)
    def change(
        self, people_id: str, name: str, segments: list[str], seats: int
    ) -> None:
        body = {"person": {"nickname": name}, "segments": segments}
        self.call("update_people_profile", people_id, body)
        self.call("update_people_data", people_id, {"data": {"seats": seats}})
        person = self.people[people_id]
        person.name, person.segments, person.seats = name, segments, seats

    @rule(people_id=people_ids, text=st.sampled_from(["Bought", "Sold"]))
    def add_event(self, people_id: str, text: str) -> None:
        self.call("add_people_event", people_id, {"text": text})
        self.people[people_id].events.append(text)

    @rule(people_id=people_ids)
    def write(self, people_id: str) -> None:
        person = self.people[people_id]
        session_id = self.call("create_new_conversation")["session_id"]
        metas = {"email": person.email.upper()}
        self.call("update_conversation_metas", session_id, metas)
        person.talks.append(session_id)

    @rule(people_id=consumes(people_ids))
    def remove(self, people_id: str) -> None:
        self.call("remove_people_profile", people_id)
        del self.people[people_id]

    @rule(people_id=people_ids)
    def get(self, people_id: str) -> None:
        person = self.people[people_id]
        shown = self.call("get_people_profile", person.email)
        data = self.call("get_people_data", people_id).get("data", {})
        events = self.call("list_people_events", people_id)
        talks = self.call("list_people_conversations", people_id)

        assert shown["people_id"] == people_id
        assert shown["person"]["nickname"] == person.name
        assert shown["segments"] == person.segments
        assert data.get("seats") == person.seats
        wanted = person.events[::-1][:20]
        assert [one["text"] for one in events] == wanted
        assert talks == person.talks[::-1][:20]

    @rule(segment=st.sampled_from(["vip", "trial"]), seats=SEATS, either=st.booleans())
    def search(self, segment: str, seats: int, either: bool) -> None:
        criteria = [
            ("segments", "eq", [segment]),
            ("data.seats", "gte", [str(seats)]),
        ]
        found = self.pages(
            "list_people_profiles",
            search_filter=[
                {"model": "people", "criterion": one, "operator": is_, "query": query}
                for one, is_, query in criteria
            ],
            search_operator="or" if either else "and",
            sort_field="email",
            sort_order="ascending",
        )

        test = any if either else all
        wanted = [
            person.email
            for person in self.people.values()
            if test(
                (
                    segment in person.segments,
                    person.seats is not None and person.seats >= seats,
                )
            )
        ]
        assert [one["email"] for one in found] == sorted(wanted)

    @invariant()
    def nobody_is_lost(self) -> None:
        listed = [one["people_id"] for one in self.pages("list_people_profiles")]
        assert listed == [*self.people][::-1]
        assert self.call("get_people_statistics") == {"total": len(self.people)}

    # --- campaigns

    @rule(target=campaign_ids, kind=st.sampled_from(["one-shot", "automated"]))
    def add_campaign(self, kind: str) -> str:
        body = {"type": kind, "name": "Spring"}
        made: str = self.call("create_new_campaign", body)["campaign_id"]
        self.campaigns[made] = Campaign()
        return made

    @rule(campaign_id=campaign_ids, segment=st.sampled_from(["vip", "trial"]))
    def configure(self, campaign_id: str, segment: str) -> None:
        recipients = {"type": "segments", "segments": [segment]}
        body = {"message": "Hi", "recipients": recipients}
        self.call("update_campaign", campaign_id, body)
        campaign = self.campaigns[campaign_id]
        campaign.segment = segment
        if campaign.state == "not_configured":
            campaign.state = "ready"

    @precondition(lambda self: any(c.state == "ready" for c in self.campaigns.values()))
    @rule(data=st.data())
    def dispatch(self, data: st.DataObject) -> None:
        ready = [one for one, c in self.campaigns.items() if c.state == "ready"]
        campaign_id = data.draw(st.sampled_from(ready))
        self.call("dispatch_campaign", campaign_id)
        shown, campaign = self.get_campaign(campaign_id)
        is_once = shown["type"] == "one-shot"
        campaign.state = "done" if is_once else "sending"
        to = [one for one in self.people.values() if campaign.segment in one.segments]

        assert shown["targets"] == len(to)
        assert shown["reached"] == (len(to) if is_once else 0)

    @rule(campaign_id=campaign_ids)
    def pause_or_resume(self, campaign_id: str) -> None:
        _, campaign = self.get_campaign(campaign_id)
        if campaign.state == "sending":
            self.call("pause_campaign", campaign_id)
            campaign.state = "paused"
        elif campaign.state == "paused":
            self.call("resume_campaign", campaign_id)
            campaign.state = "sending"

    @rule(campaign_id=consumes(campaign_ids))
    def remove_campaign(self, campaign_id: str) -> None:
        self.call("remove_campaign", campaign_id)
        del self.campaigns[campaign_id]

    @rule(campaign_id=campaign_ids)
    def list_recipients(self, campaign_id: str) -> None:
        _, campaign = self.get_campaign(campaign_id)
        listed = self.pages("list_campaign_recipients", campaign_id)

        people = self.people.items()
        wanted = {one for one, p in people if campaign.segment in p.segments}
        assert {one["people_id"] for one in listed} == wanted

    @rule()
    def list_campaigns(self) -> None:
        for state in ("not_configured", "ready", "sending", "paused", "done"):
            query: dict[str, t.Any] = {f"filter_status_{state}": True}
            listed = self.pages("list_campaigns", **query)
            wanted = [one for one, c in self.campaigns.items() if c.state == state]
            assert [one["campaign_id"] for one in listed] == wanted[::-1]

    def get_campaign(self, campaign_id: str) -> tuple[dict[str, t.Any], Campaign]:
        return self.call("get_campaign", campaign_id), self.campaigns[campaign_id]

    # --- articles

    @rule(target=article_ids, title=NAMES)
    def add_article(self, title: str) -> str:
        made = self.call("add_new_helpdesk_locale_article", "en", {"title": title})
        article_id: str = made["article_id"]
        self.articles[article_id] = Article(title)
        return article_id

    @rule(article_id=article_ids, title=NAMES)
    def change_article(self, article_id: str, title: str) -> None:
        place = ("en", article_id)
        self.call("update_helpdesk_locale_article", *place, {"title": title})
        self.articles[article_id].title = title

    @rule(article_id=article_ids, is_published=st.booleans())
    def publish(self, article_id: str, is_published: bool) -> None:
        verb = "publish" if is_published else "unpublish"
        self.call(f"{verb}_helpdesk_locale_article", "en", article_id)
        self.articles[article_id].status = "published" if is_published else "draft"

    @rule(article_id=consumes(article_ids))
    def delete_article(self, article_id: str) -> None:
        self.call("delete_helpdesk_locale_article", "en", article_id)
        del self.articles[article_id]

    @rule()
    def list_articles(self) -> None:
        for status in ("draft", "published"):
            listed = self.pages(
                "list_helpdesk_locale_articles",
                "en",
                **{f"filter_status_{status}": True},
            )
            wanted = {
                one: article.title
                for one, article in self.articles.items()
                if article.status == status
            }
            assert {one["article_id"]: one["title"] for one in listed} == wanted


TestContacts = Contacts.TestCase
TestContacts.settings = SETTINGS
