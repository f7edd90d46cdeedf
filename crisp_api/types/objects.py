"""Objects that more than one section has."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, OpenValue, RemoveVerifyMethod


class Coordinates(TypedDict, total=False):
    """A place, in degrees."""

    latitude: float
    """Degrees north of the equator; negative in the south."""
    longitude: float
    """Degrees east of Greenwich; negative in the west."""


class CoordinatesResponse(TypedDict):
    """A place, in degrees, in a response."""

    latitude: float
    """Degrees north of the equator; negative in the south."""
    longitude: float
    """Degrees east of Greenwich; negative in the west."""


class GeolocationInfo(TypedDict, total=False):
    """A location."""

    country: str
    region: str | None
    """Region within the country; ``None`` if unknown."""
    city: str | None
    """City; ``None`` if unknown."""
    coordinates: Coordinates


class GeolocationInfoResponse(TypedDict):
    """A location, in a response."""

    country: str
    region: str | None
    """Region within the country; ``None`` if unknown."""
    city: str | None
    """City; ``None`` if unknown."""
    coordinates: CoordinatesResponse


class OSInfo(TypedDict, total=False):
    """An operating system, by name and version."""

    version: str
    name: str


class OSInfoResponse(TypedDict):
    """An operating system, by name and version, in a response."""

    version: t.NotRequired[str]
    """Version of the system; missing if unknown."""
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
    """Major version, as text."""
    version: str
    """Full version, as text."""
    name: str


class BrowserInfoResponse(TypedDict, total=False):
    """A browser, by name and version, in a response."""

    major: str
    """Major version, as text; missing if unknown."""
    version: str
    """Full version, as text; missing if unknown."""
    name: t.Required[str]


class SystemInfo(TypedDict, total=False):
    """The system of a visitor."""

    os: OSInfo
    engine: EngineInfo
    browser: BrowserInfo
    useragent: str
    """The browser's user agent string."""


class SystemInfoResponse(TypedDict):
    """The system of a visitor, in a response."""

    os: OSInfoResponse
    engine: EngineInfoResponse
    browser: BrowserInfoResponse
    useragent: str
    """The browser's user agent string."""


class ConnectionInfo(TypedDict):
    """The network that a visitor comes from."""

    isp: str
    """Name of the internet service provider."""
    asn: str
    """Number of the autonomous system (AS) that the provider's network belongs to."""


class DeviceInfo(TypedDict, total=False):
    """The device of a visitor."""

    capabilities: list[str]
    geolocation: GeolocationInfo
    system: SystemInfo
    timezone: int
    locales: list[str]
    """Languages of the device, as language codes."""


class DeviceInfoResponse(TypedDict):
    """The device of a visitor, in a response."""

    capabilities: list[str]
    geolocation: GeolocationInfoResponse
    system: SystemInfoResponse
    timezone: int
    locales: list[str]
    """Languages of the device, as language codes."""


class WebsiteFilter(TypedDict, total=False):
    """A criterion that contacts or conversations meet."""

    model: str
    """Kind of object that the field belongs to."""
    criterion: str
    """Name of the field to compare."""
    operator: str
    """Name of the comparison."""
    query: list[OpenValue] | OpenObject  # Node types it as a map
    """Values to compare the field with."""


class WebsiteRemoveVerify(TypedDict):
    """A proof of identity, required before an irreversible or sensitive change."""

    method: RemoveVerifyMethod
    """Kind of proof: ``password``, ``token`` or ``google``."""
    secret: str
    """The proof itself, of the kind that ``method`` names, such as the account's
    password.
    """
