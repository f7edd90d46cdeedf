"""Website People: contacts."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import Coordinates, GeolocationInfo
from crisp_api.types.values import CampaignType, CustomData, OpenObject, OpenValue


class PeopleStatistics(TypedDict):
    """The number of contacts."""

    total: int


class PeopleSuggestedSegment(TypedDict):
    """A segment that contacts are in."""

    segment: str
    count: int


class PeopleSuggestedSegmentDelete(TypedDict):
    """The segment to remove from the suggestions."""

    segment: str


class PeopleSuggestedDataKey(TypedDict):
    """A key of custom data that contacts have."""

    key: str
    count: int


class PeopleSuggestedDataDelete(TypedDict):
    """The key to remove from the suggestions."""

    key: str


class PeopleSuggestedEvent(TypedDict):
    """An event that contacts have."""

    text: str
    count: int


class PeopleSuggestedEventDelete(TypedDict):
    """The event to remove from the suggestions."""

    text: str


class PeopleProfileCardPersonProfile(TypedDict, total=False):
    """A contact's profile on another network."""

    type: str
    handle: str
    url: str  # Node only


class PeopleProfileCardPersonEmployment(TypedDict, total=False):
    """The employment of a contact."""

    name: str
    domain: str
    title: str
    role: str
    seniority: str


PeopleProfileCardGeolocationCoordinates = Coordinates
PeopleProfileCardGeolocation = GeolocationInfo


class PeopleProfileCardPerson(TypedDict, total=False):
    """The person that a contact is."""

    nickname: str
    avatar: str
    gender: str
    phone: str
    address: str
    description: str
    website: str
    timezone: int
    profiles: list[PeopleProfileCardPersonProfile]
    employment: PeopleProfileCardPersonEmployment
    geolocation: PeopleProfileCardGeolocation
    locales: list[str]


class PeopleProfileCardCompanyMetrics(TypedDict, total=False):
    """Numbers of a company."""

    employees: int
    market_cap: int
    raised: int
    arr: int


class PeopleProfileCardCompany(TypedDict, total=False):
    """The company of a contact."""

    name: str
    legal_name: str
    domain: str
    url: str
    description: str
    timezone: int
    phones: list[str]
    emails: list[str]
    geolocation: PeopleProfileCardGeolocation
    metrics: PeopleProfileCardCompanyMetrics
    tags: list[str]


class PeopleProfileCardActive(TypedDict):
    """The presence of a contact, and the time of the last one."""

    now: bool
    last: int
    """Last time, in milliseconds since 1970."""


class PeopleProfile(TypedDict, total=False):
    """A contact."""

    email: str
    """Identifies the contact, together with the ``people_id``."""
    person: PeopleProfileCardPerson
    company: PeopleProfileCardCompany
    segments: list[str]
    notepad: str
    active: PeopleProfileCardActive
    score: int
    created_at: t.Required[int]
    """Time of creation, in milliseconds since 1970."""
    updated_at: t.Required[int]
    """Time of the last change, in milliseconds since 1970."""
    people_id: t.Required[str]


class PeopleProfileUpdateCard(TypedDict, total=False):
    """A contact, as it is written."""

    email: str
    person: PeopleProfileCardPerson
    company: PeopleProfileCardCompany
    segments: list[str]
    notepad: str
    active: int  # milliseconds; a timestamp here, an object in responses


class PeopleProfileNew(TypedDict):
    """A contact that was added."""

    people_id: str


class PeopleCampaign(TypedDict):
    """A campaign that a contact was part of."""

    campaign_id: str
    type: CampaignType
    name: str
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    dispatched_at: t.NotRequired[int]
    """Time of dispatch, in milliseconds since 1970."""
    occurred_at: t.NotRequired[int]
    """In milliseconds since 1970."""
    statistics: list[str]


class PeopleEventAdd(TypedDict, total=False):
    """An event to add."""

    text: t.Required[str]
    data: OpenValue
    color: str


class PeopleEvent(TypedDict):
    """An event in the life of a contact."""

    text: str
    data: t.NotRequired[OpenObject]
    color: t.NotRequired[str]
    timestamp: int
    """In milliseconds since 1970."""


class PeopleData(TypedDict, total=False):
    """The custom data of a contact, in its wrapping.

    Answers wrap it, and so does the Node README where it is sent; Node and Go send
    it bare.
    """

    data: CustomData


class PeopleDataResponse(TypedDict):
    """The custom data of a contact, in its wrapping, in a response.

    Answers wrap it, and so does the Node README where it is sent; Node and Go send
    it bare.
    """

    data: CustomData


class PeopleSubscription(TypedDict):
    """The consent of a contact to e-mails."""

    email: bool


class PeopleSubscriptionUpdate(TypedDict, total=False):
    """The consent to set."""

    email: bool


class PeopleProfileImportSetupMapping(TypedDict, total=False):
    """The field that a column goes to."""

    column: int
    field: str  # such as "email", "person.nickname"


class PeopleProfileImportSetupOptions(TypedDict, total=False):
    """The options for reading a file."""

    column_separator: str
    skip_header: bool


class PeopleProfileImportSetup(TypedDict, total=False):
    """Contacts to import, from a file of rows and columns."""

    url: str
    mapping: list[PeopleProfileImportSetupMapping]
    options: PeopleProfileImportSetupOptions


class PeopleProfileImport(TypedDict):
    """An import that was begun."""

    import_id: str
