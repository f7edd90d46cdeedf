"""Website People: contacts."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import Coordinates, GeolocationInfo
from crisp_api.types.values import CampaignType, CustomData, OpenObject, OpenValue


class PeopleStatistics(TypedDict):
    """The number of contacts."""

    total: int
    """Number of contacts of the website."""


class PeopleSuggestedSegment(TypedDict):
    """A segment that is suggested for contacts."""

    segment: str
    count: int
    """Number of contacts in the segment."""


class PeopleSuggestedSegmentDelete(TypedDict):
    """The segment to remove from the suggestions."""

    segment: str


class PeopleSuggestedDataKey(TypedDict):
    """A custom data key that is suggested for contacts."""

    key: str
    count: int
    """Number of contacts with the key."""


class PeopleSuggestedDataDelete(TypedDict):
    """The custom data key to remove from the suggestions."""

    key: str


class PeopleSuggestedEvent(TypedDict):
    """An event that is suggested for contacts."""

    text: str
    """Name of the event, such as ``Removed item from basket``."""
    count: int
    """Number of contacts with the event."""


class PeopleSuggestedEventDelete(TypedDict):
    """The event to remove from the suggestions."""

    text: str
    """Name of the event, such as ``Removed item from basket``."""


class PeopleProfileCardPersonProfile(TypedDict, total=False):
    """A contact's profile on a social network."""

    type: str
    """Name of the network."""
    handle: str
    url: str  # Node only


class PeopleProfileCardPersonEmployment(TypedDict, total=False):
    """The employment of a contact."""

    name: str
    """Name of the employer."""
    domain: str
    """Domain of the employer."""
    title: str
    role: str
    seniority: str


PeopleProfileCardGeolocationCoordinates = Coordinates
PeopleProfileCardGeolocation = GeolocationInfo


class PeopleProfileCardPerson(TypedDict, total=False):
    """The personal details of a contact."""

    nickname: str
    avatar: str
    """URL of the avatar."""
    gender: str
    phone: str
    address: str
    description: str
    website: str
    """URL of the contact's website."""
    timezone: int
    profiles: list[PeopleProfileCardPersonProfile]
    """Profiles on social networks."""
    employment: PeopleProfileCardPersonEmployment
    geolocation: PeopleProfileCardGeolocation
    locales: list[str]
    """Languages of the contact, as language codes."""


class PeopleProfileCardCompanyMetrics(TypedDict, total=False):
    """Key figures of a company."""

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
    """The presence of a contact."""

    now: bool
    """Whether the contact is present right now."""
    last: int
    """Last time, in milliseconds since 1970."""


class PeopleProfile(TypedDict, total=False):
    """A contact of a website."""

    email: str
    """Identifies the contact, together with the ``people_id``."""
    person: PeopleProfileCardPerson
    company: PeopleProfileCardCompany
    segments: list[str]
    """Names of the segments that the contact is in."""
    notepad: str
    """Notes of the operators on the contact."""
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
    """E-mail address. Adding a contact whose address exists already fails with status
    409.
    """
    person: PeopleProfileCardPerson
    company: PeopleProfileCardCompany
    segments: list[str]
    """Names of the segments that the contact is to be in."""
    notepad: str
    """Notes of the operators on the contact."""
    active: int  # milliseconds; a timestamp here, an object in responses
    """Time of the contact's last presence, in milliseconds since 1970; in responses it
    is an object.
    """


class PeopleProfileNew(TypedDict):
    """A contact that was added."""

    people_id: str


class PeopleCampaign(TypedDict):
    """A campaign that reached a contact."""

    campaign_id: str
    type: CampaignType
    """Either ``one-shot`` for a campaign that is sent once, or ``automated`` for one
    that events trigger.
    """
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
    """An event to record for a contact."""

    text: t.Required[str]
    """Name of the event, such as ``Added item to basket``."""
    data: OpenValue
    """Details of the event, under keys of your choice."""
    color: str
    """Name of the color that the event is shown in, such as ``red``."""


class PeopleEvent(TypedDict):
    """An event recorded for a contact."""

    text: str
    """Name of the event, such as ``Added item to basket``."""
    data: t.NotRequired[OpenObject]
    """Details of the event, under keys of your choice."""
    color: t.NotRequired[str]
    """Name of the color that the event is shown in, such as ``red``."""
    timestamp: int
    """In milliseconds since 1970."""


class PeopleData(TypedDict, total=False):
    """The custom data of a contact, under the key ``data``, as Crisp expects it."""

    data: CustomData
    """Text, numbers or booleans under keys of your choice."""


class PeopleDataResponse(TypedDict):
    """The custom data of a contact, under the key ``data``, in a response."""

    data: CustomData
    """Text, numbers or booleans by key."""


class PeopleSubscription(TypedDict):
    """The e-mail subscription of a contact."""

    email: bool
    """Whether the contact accepts e-mails."""


class PeopleSubscriptionUpdate(TypedDict, total=False):
    """The e-mail subscription to set for a contact."""

    email: bool
    """Whether the contact accepts e-mails."""


class PeopleProfileImportSetupMapping(TypedDict, total=False):
    """The profile field that a column of the imported file fills."""

    column: int
    """Number of the column in the file."""
    field: str  # such as "email", "person.nickname"
    """Field to fill, as a dotted path, such as ``email`` or ``person.nickname``."""


class PeopleProfileImportSetupOptions(TypedDict, total=False):
    """The options for reading the imported file."""

    column_separator: str
    """Character between columns, such as ``;``."""
    skip_header: bool
    """Skip the first row."""


class PeopleProfileImportSetup(TypedDict, total=False):
    """A CSV file of contacts to import."""

    url: str
    """URL of the CSV file, uploaded beforehand with ``generate_bucket_url``."""
    mapping: list[PeopleProfileImportSetupMapping]
    """Profile field for each column to import."""
    options: PeopleProfileImportSetupOptions


class PeopleProfileImport(TypedDict):
    """An import of contacts that was started."""

    import_id: str
