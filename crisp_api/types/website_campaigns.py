"""Website Campaigns: campaigns in lists, and templates."""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import CampaignType


class WebsiteCampaignExcerpt(TypedDict, total=False):
    """A campaign, in short."""

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
    created_at: int  # milliseconds
    updated_at: int  # milliseconds
    dispatched_at: int  # milliseconds


class WebsiteCampaignTemplateExcerpt(TypedDict, total=False):
    """A template, in short."""

    template_id: str
    type: str
    name: str
    format: str
    created_at: int  # milliseconds
    updated_at: int  # milliseconds


class WebsiteCampaignTemplateNewItem(TypedDict):
    """A template to create."""

    format: str  # such as "html"
    name: str


class WebsiteCampaignTemplateNew(TypedDict, total=False):
    """A template that was created."""

    template_id: str


class WebsiteCampaignTemplateItem(WebsiteCampaignTemplateExcerpt, total=False):
    """A template. Some of its fields are Crisp's to set."""

    content: str
