"""Website Campaigns: campaigns in lists, and templates."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import CampaignType


class WebsiteCampaignExcerpt(TypedDict):
    """A campaign in a list, without its content."""

    campaign_id: str
    type: CampaignType
    """Either ``one-shot`` for a campaign that is sent once, or ``automated`` for one
    that events trigger.
    """
    format: str
    """Format of the message, such as ``markdown``."""
    name: str
    subject: t.NotRequired[str]
    tag: t.NotRequired[str]
    """Tag that groups campaigns; lists can be filtered by it."""
    ready: bool
    """Whether the campaign is configured and can be sent."""
    dispatched: bool
    """Whether the campaign has been sent."""
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
    """A campaign template in a list, without its content."""

    template_id: str
    type: str
    """Kind of template: ``static`` or ``custom``."""
    name: str
    format: str
    """Format of the content, such as ``html``."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class WebsiteCampaignTemplateNewItem(TypedDict):
    """A campaign template to create."""

    format: str  # such as "html"
    """Format of the content, such as ``html``."""
    name: str


class WebsiteCampaignTemplateNew(TypedDict):
    """A campaign template that was created."""

    template_id: str


class WebsiteCampaignTemplateItem(TypedDict, total=False):
    """A campaign template, as it is written. Crisp sets some of its fields itself."""

    template_id: str
    type: str
    """Kind of template: ``static`` or ``custom``."""
    name: str
    format: str
    """Format of the content, such as ``html``."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    content: str
    """Content of the template. Placeholders stand in double braces, such as
    ``{{url.unsubscribe}}``.
    """


class WebsiteCampaignTemplateItemResponse(WebsiteCampaignTemplateExcerpt):
    """A campaign template, in a response."""

    content: str
    """Content of the template. Placeholders stand in double braces, such as
    ``{{url.unsubscribe}}``.
    """
