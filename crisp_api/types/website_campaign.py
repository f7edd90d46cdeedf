"""Website Campaign: a campaign, and whom it reaches."""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import Coordinates, GeolocationInfo, WebsiteFilter
from crisp_api.types.values import CampaignType, OpenObject
from crisp_api.types.website_campaigns import WebsiteCampaignExcerpt


class WebsiteCampaignNewItem(TypedDict):
    """A campaign to create."""

    type: CampaignType
    name: str


class WebsiteCampaignNew(TypedDict, total=False):
    """A campaign that was created."""

    campaign_id: str


class WebsiteCampaignItemSender(TypedDict, total=False):
    """The operator who sends a campaign."""

    user_id: str


class WebsiteCampaignItemRecipients(TypedDict, total=False):
    """To whom a campaign is sent."""

    type: str  # such as "all"
    segments: list[str]
    people: list[str]
    filter: list[WebsiteFilter]


class WebsiteCampaignItemFlow(TypedDict, total=False):
    """When an automated campaign is sent."""

    launch_event: str
    assert_filter: list[WebsiteFilter]
    assert_delay: int
    deliver_once: bool
    deliver_delay: int


class WebsiteCampaignItemOptions(TypedDict, total=False):
    """How a campaign is sent."""

    deliver_to_chatbox: bool
    deliver_to_email: bool
    sender_name_website: bool
    sender_email_reply: bool | None  # None in a Node example
    tracking: bool


class WebsiteCampaignItemStatistics(TypedDict, total=False):
    """What recipients did with a campaign."""

    opened: int
    clicked: int
    unsubscribed: int


class WebsiteCampaignItem(WebsiteCampaignExcerpt, total=False):
    """A campaign. Some of its fields are Crisp's to set."""

    sender: WebsiteCampaignItemSender
    recipients: WebsiteCampaignItemRecipients
    flow: WebsiteCampaignItemFlow
    message: str
    options: WebsiteCampaignItemOptions
    statistics: WebsiteCampaignItemStatistics


class WebsiteCampaignRecipientPerson(TypedDict, total=False):
    """A recipient, by name."""

    nickname: str
    avatar: str


class WebsiteCampaignRecipient(TypedDict, total=False):
    """Someone to whom a campaign is sent."""

    people_id: str
    email: str
    person: WebsiteCampaignRecipientPerson
    subscribed: bool


WebsiteCampaignStatisticProfilePersonGeolocationCoordinates = Coordinates
WebsiteCampaignStatisticProfilePersonGeolocation = GeolocationInfo


class WebsiteCampaignStatisticProfilePerson(TypedDict, total=False):
    """The person who did it."""

    nickname: str
    avatar: str
    geolocation: WebsiteCampaignStatisticProfilePersonGeolocation


class WebsiteCampaignStatisticProfile(TypedDict, total=False):
    """The contact who did it."""

    people_id: str
    email: str
    person: WebsiteCampaignStatisticProfilePerson


class WebsiteCampaignStatistic(TypedDict, total=False):
    """What a recipient did with a campaign."""

    type: str
    profile: WebsiteCampaignStatisticProfile
    data: OpenObject
    created_at: int  # milliseconds
    updated_at: int  # milliseconds
