"""Website Visitors: who is on a website now."""

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
    """A visitor of a website."""

    session_id: str
    # None is the main inbox, though no client says so
    inbox_id: t.NotRequired[str | None]
    nickname: str
    email: t.NotRequired[str]
    avatar: t.NotRequired[str]
    useragent: str
    initiated: bool
    active: bool
    last_page: t.NotRequired[WebsiteVisitorLastPage]
    geolocation: WebsiteVisitorGeolocation
    timezone: int
    capabilities: list[str]
    locales: list[str]


class WebsiteVisitorsMapPointVisitorsSession(TypedDict):
    """A visitor at a point."""

    session_id: str
    nickname: str
    email: t.NotRequired[str]
    avatar: t.NotRequired[str]
    initiated: bool
    active: bool
    last_page: t.NotRequired[WebsiteVisitorLastPage]
    timezone: int
    capabilities: list[str]
    locales: list[str]


class WebsiteVisitorsMapPointVisitors(TypedDict):
    """The visitors at a point."""

    count: int
    threshold: int
    sessions: list[WebsiteVisitorsMapPointVisitorsSession]


WebsiteVisitorsMapPointGeolocationCoordinates = CoordinatesResponse
WebsiteVisitorsMapPointGeolocation = GeolocationInfoResponse


class WebsiteVisitorsMapPoint(TypedDict):
    """A point of the map with visitors."""

    visitors: WebsiteVisitorsMapPointVisitors
    geolocation: WebsiteVisitorsMapPointGeolocation


class WebsiteVisitorsToken(TypedDict):
    """The conversation that a token stands for."""

    session_id: str


class WebsiteVisitorsBlocked(TypedDict):
    """The number of visitors that a rule has blocked."""

    rule: t.NotRequired[list[str]]
    blocked: int
