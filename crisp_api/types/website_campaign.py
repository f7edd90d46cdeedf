"""Website Campaign: a campaign, and whom it reaches."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import (
    CoordinatesResponse,
    GeolocationInfoResponse,
    WebsiteFilter,
)
from crisp_api.types.values import CampaignType, OpenObject
from crisp_api.types.website_campaigns import WebsiteCampaignExcerpt


class WebsiteCampaignNewItem(TypedDict):
    """A campaign to create."""

    type: CampaignType
    name: str


class WebsiteCampaignNew(TypedDict):
    """A campaign that was created."""

    campaign_id: str


class WebsiteCampaignItemSender(TypedDict, total=False):
    """The operator who sends a campaign."""

    user_id: str


class WebsiteCampaignItemSenderResponse(TypedDict):
    """The operator who sends a campaign, in a response."""

    user_id: str


class WebsiteCampaignItemRecipients(TypedDict, total=False):
    """To whom a campaign is sent."""

    type: str  # such as "all"
    segments: list[str]
    people: list[str]
    filter: list[WebsiteFilter]


class WebsiteCampaignItemRecipientsResponse(TypedDict, total=False):
    """To whom a campaign is sent, in a response."""

    type: t.Required[str]  # such as "all"
    segments: list[str]
    people: list[str]
    filter: list[WebsiteFilter]


class WebsiteCampaignItemFlow(TypedDict, total=False):
    """The schedule of an automated campaign."""

    launch_event: str
    assert_filter: list[WebsiteFilter]
    assert_delay: int
    deliver_once: bool
    deliver_delay: int


class WebsiteCampaignItemOptions(TypedDict, total=False):
    """The options of a campaign."""

    deliver_to_chatbox: bool
    deliver_to_email: bool
    sender_name_website: bool
    sender_email_reply: bool | None  # None in a Node example
    tracking: bool


class WebsiteCampaignItemStatistics(TypedDict, total=False):
    """The results of a campaign."""

    opened: int
    clicked: int
    unsubscribed: int


class WebsiteCampaignItem(TypedDict, total=False):
    """A campaign, as it is written. Crisp sets some of its fields itself."""

    campaign_id: str
    type: CampaignType
    format: str
    name: str
    subject: str
    tag: str
    ready: bool
    dispatched: bool
    running: bool
    progress: int
    targets: int
    reached: int
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    dispatched_at: int
    """Time of dispatch, in milliseconds since 1970."""
    sender: WebsiteCampaignItemSender
    recipients: WebsiteCampaignItemRecipients
    flow: WebsiteCampaignItemFlow
    message: str
    options: WebsiteCampaignItemOptions
    statistics: WebsiteCampaignItemStatistics


class WebsiteCampaignItemResponse(WebsiteCampaignExcerpt, total=False):
    """A campaign, in a response."""

    sender: WebsiteCampaignItemSenderResponse
    recipients: WebsiteCampaignItemRecipientsResponse
    flow: WebsiteCampaignItemFlow
    message: str
    options: WebsiteCampaignItemOptions
    statistics: WebsiteCampaignItemStatistics


class WebsiteCampaignRecipientPerson(TypedDict):
    """A recipient, by name."""

    nickname: str
    avatar: t.NotRequired[str]


class WebsiteCampaignRecipient(TypedDict):
    """Someone to whom a campaign is sent."""

    people_id: str
    email: t.NotRequired[str]
    person: t.NotRequired[WebsiteCampaignRecipientPerson]
    subscribed: bool


WebsiteCampaignStatisticProfilePersonGeolocationCoordinates = CoordinatesResponse
WebsiteCampaignStatisticProfilePersonGeolocation = GeolocationInfoResponse


class WebsiteCampaignStatisticProfilePerson(TypedDict, total=False):
    """The person who did it."""

    nickname: t.Required[str]
    avatar: str
    geolocation: WebsiteCampaignStatisticProfilePersonGeolocation


class WebsiteCampaignStatisticProfile(TypedDict, total=False):
    """The contact who did it."""

    people_id: t.Required[str]
    email: str
    person: WebsiteCampaignStatisticProfilePerson


class WebsiteCampaignStatistic(TypedDict):
    """The reaction of one recipient to a campaign."""

    type: str
    profile: WebsiteCampaignStatisticProfile
    data: t.NotRequired[OpenObject]
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
