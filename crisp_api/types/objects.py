"""Objects that more than one section has."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, OpenValue, RemoveVerifyMethod


class Coordinates(TypedDict, total=False):
    """A place, in degrees."""

    latitude: float
    longitude: float


class CoordinatesResponse(TypedDict):
    """A place, in degrees, in a response."""

    latitude: float
    longitude: float


class GeolocationInfo(TypedDict, total=False):
    """A location."""

    country: str
    region: str | None
    city: str | None
    coordinates: Coordinates


class GeolocationInfoResponse(TypedDict):
    """A location, in a response."""

    country: str
    region: str | None
    city: str | None
    coordinates: CoordinatesResponse


class OSInfo(TypedDict, total=False):
    """An operating system, by name and version."""

    version: str
    name: str


class OSInfoResponse(TypedDict):
    """An operating system, by name and version, in a response."""

    version: t.NotRequired[str]
    name: str


class EngineInfo(TypedDict, total=False):
    """A browser engine, by name and version."""

    name: str
    version: str


class EngineInfoResponse(TypedDict):
    """A browser engine, by name and version, in a response."""

    name: str
    version: t.NotRequired[str]


class BrowserInfo(TypedDict, total=False):
    """A browser, by name and version."""

    major: str
    version: str
    name: str


class BrowserInfoResponse(TypedDict, total=False):
    """A browser, by name and version, in a response."""

    major: str
    version: str
    name: t.Required[str]


class SystemInfo(TypedDict, total=False):
    """The system of a visitor."""

    os: OSInfo
    engine: EngineInfo
    browser: BrowserInfo
    useragent: str


class SystemInfoResponse(TypedDict):
    """The system of a visitor, in a response."""

    os: OSInfoResponse
    engine: EngineInfoResponse
    browser: BrowserInfoResponse
    useragent: str


class ConnectionInfo(TypedDict):
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


class DeviceInfoResponse(TypedDict):
    """The device of a visitor, in a response."""

    capabilities: list[str]
    geolocation: GeolocationInfoResponse
    system: SystemInfoResponse
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
