"""Website Visitors: who is on a website now."""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import Coordinates, GeolocationInfo


class WebsiteVisitorCount(TypedDict, total=False):
    """How many visitors there are."""

    count: int
    active: int
    limited: bool


class WebsiteVisitorLastPage(TypedDict, total=False):
    """The page that a visitor is on."""

    page_title: str
    page_url: str


WebsiteVisitorGeolocationCoordinates = Coordinates
WebsiteVisitorGeolocation = GeolocationInfo


class WebsiteVisitor(TypedDict, total=False):
    """A visitor of a website."""

    session_id: str
    inbox_id: str | None  # None is the main inbox, though no client says so
    nickname: str
    email: str
    avatar: str
    useragent: str
    initiated: bool
    active: bool
    last_page: WebsiteVisitorLastPage
    geolocation: WebsiteVisitorGeolocation
    timezone: int
    capabilities: list[str]
    locales: list[str]


class WebsiteVisitorsMapPointVisitorsSession(TypedDict, total=False):
    """A visitor at a point."""

    session_id: str
    nickname: str
    email: str
    avatar: str
    initiated: bool
    active: bool
    last_page: WebsiteVisitorLastPage
    timezone: int
    capabilities: list[str]
    locales: list[str]


class WebsiteVisitorsMapPointVisitors(TypedDict, total=False):
    """The visitors at a point."""

    count: int
    threshold: int
    sessions: list[WebsiteVisitorsMapPointVisitorsSession]


WebsiteVisitorsMapPointGeolocationCoordinates = Coordinates
WebsiteVisitorsMapPointGeolocation = GeolocationInfo


class WebsiteVisitorsMapPoint(TypedDict, total=False):
    """A point of the map with visitors."""

    visitors: WebsiteVisitorsMapPointVisitors
    geolocation: WebsiteVisitorsMapPointGeolocation


class WebsiteVisitorsToken(TypedDict, total=False):
    """The conversation that a token stands for."""

    session_id: str


class WebsiteVisitorsBlocked(TypedDict, total=False):
    """How many visitors a rule has blocked."""

    rule: list[str]
    blocked: int
