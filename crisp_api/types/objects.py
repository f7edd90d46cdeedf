"""Objects that more than one section has."""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, OpenValue, RemoveVerifyMethod


class Coordinates(TypedDict, total=False):
    """A place, in degrees."""

    latitude: float
    longitude: float


class GeolocationInfo(TypedDict, total=False):
    """Where somebody is."""

    country: str
    region: str
    city: str
    coordinates: Coordinates


class OSInfo(TypedDict, total=False):
    """An operating system, by name and version."""

    version: str
    name: str


class EngineInfo(TypedDict, total=False):
    """A browser engine, by name and version."""

    name: str
    version: str


class BrowserInfo(TypedDict, total=False):
    """A browser, by name and version."""

    major: str
    version: str
    name: str


class SystemInfo(TypedDict, total=False):
    """The system of a visitor."""

    os: OSInfo
    engine: EngineInfo
    browser: BrowserInfo
    useragent: str


class ConnectionInfo(TypedDict, total=False):
    """The network that a visitor comes from."""

    isp: str
    asn: str


class DeviceInfo(TypedDict, total=False):
    """The device of a visitor."""

    capabilities: list[str]
    geolocation: GeolocationInfo
    system: SystemInfo
    timezone: int
    locales: list[str]


class WebsiteFilter(TypedDict, total=False):
    """A criterion that contacts or conversations meet."""

    model: str
    criterion: str
    operator: str
    query: list[OpenValue] | OpenObject  # Node types it as a map


class WebsiteRemoveVerify(TypedDict):
    """A proof of who is asking."""

    method: RemoveVerifyMethod
    secret: str
