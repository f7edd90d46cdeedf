"""Website Campaigns: campaigns in lists, and templates."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import CampaignType


class WebsiteCampaignExcerpt(TypedDict):
    """A campaign, in short."""

    campaign_id: str
    type: CampaignType
    format: str
    name: str
    subject: t.NotRequired[str]
    tag: t.NotRequired[str]
    ready: bool
    dispatched: bool
    running: bool
    progress: t.NotRequired[int]
    targets: t.NotRequired[int]
    reached: t.NotRequired[int]
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    dispatched_at: t.NotRequired[int]
    """Time of dispatch, in milliseconds since 1970."""


class WebsiteCampaignTemplateExcerpt(TypedDict):
    """A template, in short."""

    template_id: str
    type: str
    name: str
    format: str
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class WebsiteCampaignTemplateNewItem(TypedDict):
    """A template to create."""

    format: str  # such as "html"
    name: str


class WebsiteCampaignTemplateNew(TypedDict):
    """A template that was created."""

    template_id: str


class WebsiteCampaignTemplateItem(TypedDict, total=False):
    """A template, as it is written. Crisp sets some of its fields itself."""

    template_id: str
    type: str
    name: str
    format: str
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    content: str


class WebsiteCampaignTemplateItemResponse(WebsiteCampaignTemplateExcerpt):
    """A template, in a response."""

    content: str
