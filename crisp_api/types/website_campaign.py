"""Website Campaign: a campaign, its recipients and its statistics."""

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
    """Either ``one-shot`` for a campaign that is sent once, or ``automated`` for one
    that events trigger.
    """
    name: str


class WebsiteCampaignNew(TypedDict):
    """A campaign that was created."""

    campaign_id: str


class WebsiteCampaignItemSender(TypedDict, total=False):
    """The operator who sends a campaign."""

    user_id: str
    """User identifier of the operator."""


class WebsiteCampaignItemSenderResponse(TypedDict):
    """The operator who sends a campaign, in a response."""

    user_id: str
    """User identifier of the operator."""


class WebsiteCampaignItemRecipients(TypedDict, total=False):
    """The recipients of a campaign."""

    type: str  # such as "all"
    """Way of selecting the recipients, such as ``all``."""
    segments: list[str]
    """Segments whose contacts receive the campaign."""
    people: list[str]
    """The ``people_id`` of each contact that receives the campaign."""
    filter: list[WebsiteFilter]
    """Criteria that contacts must match to receive the campaign."""


class WebsiteCampaignItemRecipientsResponse(TypedDict, total=False):
    """The recipients of a campaign, in a response."""

    type: t.Required[str]  # such as "all"
    """Way of selecting the recipients, such as ``all``."""
    segments: list[str]
    """Segments whose contacts receive the campaign."""
    people: list[str]
    """The ``people_id`` of each contact that receives the campaign."""
    filter: list[WebsiteFilter]
    """Criteria that contacts must match to receive the campaign."""


class WebsiteCampaignItemFlow(TypedDict, total=False):
    """The trigger, conditions and delays of an automated campaign."""

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
    """Either ``one-shot`` for a campaign that is sent once, or ``automated`` for one
    that events trigger.
    """
    format: str
    """Format of the message, such as ``markdown``."""
    name: str
    subject: str
    tag: str
    """Tag that groups campaigns; lists can be filtered by it."""
    ready: bool
    """Whether the campaign is configured and can be sent."""
    dispatched: bool
    """Whether the campaign has been sent."""
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
    """Operator in whose name the campaign is sent."""
    recipients: WebsiteCampaignItemRecipients
    flow: WebsiteCampaignItemFlow
    """Trigger, conditions and delays; for an ``automated`` campaign."""
    message: str
    """Text of the message, in the format that ``format`` names."""
    options: WebsiteCampaignItemOptions
    statistics: WebsiteCampaignItemStatistics


class WebsiteCampaignItemResponse(WebsiteCampaignExcerpt, total=False):
    """A campaign, in a response."""

    sender: WebsiteCampaignItemSenderResponse
    """Operator in whose name the campaign is sent."""
    recipients: WebsiteCampaignItemRecipientsResponse
    flow: WebsiteCampaignItemFlow
    """Trigger, conditions and delays; for an ``automated`` campaign."""
    message: str
    """Text of the message, in the format that ``format`` names."""
    options: WebsiteCampaignItemOptions
    statistics: WebsiteCampaignItemStatistics


class WebsiteCampaignRecipientPerson(TypedDict):
    """The name and avatar of a campaign recipient."""

    nickname: str
    avatar: t.NotRequired[str]


class WebsiteCampaignRecipient(TypedDict):
    """A contact that a campaign would be sent to."""

    people_id: str
    email: t.NotRequired[str]
    person: t.NotRequired[WebsiteCampaignRecipientPerson]
    subscribed: bool
    """Whether the contact accepts e-mails."""


WebsiteCampaignStatisticProfilePersonGeolocationCoordinates = CoordinatesResponse
WebsiteCampaignStatisticProfilePersonGeolocation = GeolocationInfoResponse


class WebsiteCampaignStatisticProfilePerson(TypedDict, total=False):
    """The name, avatar and location of a contact who reacted to a campaign."""

    nickname: t.Required[str]
    avatar: str
    geolocation: WebsiteCampaignStatisticProfilePersonGeolocation


class WebsiteCampaignStatisticProfile(TypedDict, total=False):
    """A contact who reacted to a campaign."""

    people_id: t.Required[str]
    email: str
    person: WebsiteCampaignStatisticProfilePerson


class WebsiteCampaignStatistic(TypedDict):
    """The reaction of a recipient to a campaign."""

    type: str
    profile: WebsiteCampaignStatisticProfile
    data: t.NotRequired[OpenObject]
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
