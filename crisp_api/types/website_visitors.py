"""Website Visitors: the visitors who are online."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import CoordinatesResponse, GeolocationInfoResponse


class WebsiteVisitorCount(TypedDict):
    """The number of visitors."""

    count: int
    active: int
    limited: bool


class WebsiteVisitorLastPage(TypedDict):
    """The page that a visitor is on."""

    page_title: str
    page_url: str


WebsiteVisitorGeolocationCoordinates = CoordinatesResponse
WebsiteVisitorGeolocation = GeolocationInfoResponse


class WebsiteVisitor(TypedDict):
    """A visitor the visitors who are online."""

    session_id: str
    inbox_id: t.NotRequired[str | None]
    """Inbox of the conversation. ``None`` means the main inbox."""
    nickname: str
    email: t.NotRequired[str]
    avatar: t.NotRequired[str]
    """URL of the avatar."""
    useragent: str
    """User agent string of the visitor's browser."""
    initiated: bool
    active: bool
    """Whether the visitor is active right now."""
    last_page: t.NotRequired[WebsiteVisitorLastPage]
    """Page that the visitor viewed last."""
    geolocation: WebsiteVisitorGeolocation
    timezone: int
    capabilities: list[str]
    locales: list[str]
    """Languages of the device, as language codes."""


class WebsiteVisitorsMapPointVisitorsSession(TypedDict):
    """A visitor at a point on the map."""

    session_id: str
    nickname: str
    email: t.NotRequired[str]
    avatar: t.NotRequired[str]
    """URL of the avatar."""
    initiated: bool
    active: bool
    """Whether the visitor is active right now."""
    last_page: t.NotRequired[WebsiteVisitorLastPage]
    """Page that the visitor viewed last."""
    timezone: int
    capabilities: list[str]
    locales: list[str]
    """Languages of the device, as language codes."""


class WebsiteVisitorsMapPointVisitors(TypedDict):
    """The visitors at a point on the map."""

    count: int
    threshold: int
    sessions: list[WebsiteVisitorsMapPointVisitorsSession]


WebsiteVisitorsMapPointGeolocationCoordinates = CoordinatesResponse
WebsiteVisitorsMapPointGeolocation = GeolocationInfoResponse


class WebsiteVisitorsMapPoint(TypedDict):
    """A point on the map where visitors are."""

    visitors: WebsiteVisitorsMapPointVisitors
    geolocation: WebsiteVisitorsMapPointGeolocation


class WebsiteVisitorsToken(TypedDict):
    """The conversation that a chatbox token belongs to."""

    session_id: str


class WebsiteVisitorsBlocked(TypedDict):
    """The number of visitors that a block rule has caught."""

    rule: t.NotRequired[list[str]]
    """The block rule that caught the visitors."""
    blocked: int
    """Number of visitors that are blocked."""
