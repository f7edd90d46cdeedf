"""Events, as they come over real-time and in web hooks, and what a socket sends.

Only Go has ``routing_ids`` on all of them. An ``inbox_id`` that is None is the main
inbox.
"""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import (
    ConnectionInfo,
    GeolocationInfoResponse,
    SystemInfoResponse,
)
from crisp_api.types.values import (
    CustomData,
    OpenObject,
    OpenValue,
    PluginSettings,
    SpamDecision,
    Tier,
)
from crisp_api.types.website_conversation import (
    ConversationAnimationMessageContentResponse,
    ConversationAudioMessageContentResponse,
    ConversationCarouselMessageContentResponse,
    ConversationEventMessageContentResponse,
    ConversationFieldMessageContentResponse,
    ConversationFileMessageContentResponse,
    ConversationMessageContentResponse,
    ConversationMessageFrom,
    ConversationMessageOriginal,
    ConversationMessageReferenceResponse,
    ConversationMessageType,
    ConversationMessageUserResponse,
    ConversationPickerMessageContentResponse,
    ConversationState,
)
from crisp_api.types.website_people import PeopleProfile


class EventsWebsiteGeneric(TypedDict):
    """The fields that all events of a website have."""

    website_id: str


class EventsSessionGeneric(EventsWebsiteGeneric):
    """The fields that all events of a conversation have."""

    session_id: str
    # Absent from Crisp's own example of a web hook.
    inbox_id: t.NotRequired[str | None]


EventsSessionAvailability = t.Literal["online", "offline"]


class _Routed(TypedDict, total=False):
    """To whom conversations are assigned; Go only."""

    routing_ids: list[str]


_From = TypedDict("_From", {"from": ConversationMessageFrom})


class EventsSessionUpdateAvailability(EventsSessionGeneric, _Routed):
    """``session:update_availability``."""

    availability: EventsSessionAvailability


class EventsSessionVerification(TypedDict):
    """An identity of a visitor that was verified."""

    identity: str
    method: str
    annotation: str


class EventsSessionUpdateVerify(EventsSessionGeneric, _Routed):
    """``session:update_verify``."""

    is_verified: bool
    verifications: list[EventsSessionVerification]
    error: t.NotRequired[t.Literal["unknown"]]  # Node only


class EventsSessionRequestInitiated(EventsSessionGeneric, _Routed):
    """``session:request:initiated``."""


class EventsSessionSetEmail(EventsSessionGeneric, _Routed):
    """``session:set_email``."""

    email: str


class EventsSessionSetPhone(EventsSessionGeneric, _Routed):
    """``session:set_phone``."""

    phone: str


class EventsSessionSetAddress(EventsSessionGeneric, _Routed):
    """``session:set_address``."""

    address: str


class EventsSessionSetSubject(EventsSessionGeneric, _Routed):
    """``session:set_subject``."""

    subject: str


class EventsSessionSetAvatar(EventsSessionGeneric, _Routed):
    """``session:set_avatar``."""

    avatar: str


class EventsSessionSetNickname(EventsSessionGeneric, _Routed):
    """``session:set_nickname``."""

    nickname: str


class EventsSessionSetOrigin(EventsSessionGeneric, _Routed):
    """``session:set_origin``."""

    origin: str


class EventsSessionSetData(EventsSessionGeneric, _Routed):
    """``session:set_data``."""

    data: CustomData


class EventsSessionPage(TypedDict):
    """A page that a visitor was on."""

    page_url: str
    page_title: str
    timestamp: int
    """In milliseconds since 1970."""
    page_referrer: t.NotRequired[str]  # Go only


class EventsSessionSyncPages(EventsSessionGeneric, _Routed):
    """``session:sync:pages``."""

    pages: list[EventsSessionPage]


class EventsSessionEvent(TypedDict):
    """An event in the life of a visitor."""

    text: str
    data: t.NotRequired[CustomData]
    color: t.NotRequired[str]
    timestamp: int
    """In milliseconds since 1970."""


class EventsSessionSyncEvents(EventsSessionGeneric, _Routed):
    """``session:sync:events``."""

    events: list[EventsSessionEvent]


class EventsSessionSyncCapabilitiesData(TypedDict):
    """The capabilities of a visitor's device, as Go types them."""

    capabilities: list[str]


class EventsSessionSyncCapabilities(EventsSessionGeneric, _Routed):
    """``session:sync:capabilities``."""

    # Go types it {capabilities: array<string>}.
    capabilities: list[str] | EventsSessionSyncCapabilitiesData


class EventsSessionSyncGeolocation(EventsSessionGeneric, _Routed):
    """``session:sync:geolocation``."""

    geolocation: GeolocationInfoResponse


class EventsSessionSyncSystem(EventsSessionGeneric, _Routed):
    """``session:sync:system``."""

    system: SystemInfoResponse


class EventsSessionSyncNetworkInfo(TypedDict):
    """The network that a visitor comes from."""

    ip: str
    connection: t.NotRequired[ConnectionInfo]


class EventsSessionSyncNetwork(EventsSessionGeneric, _Routed):
    """``session:sync:network``."""

    network: EventsSessionSyncNetworkInfo


class EventsSessionSyncTimezoneData(TypedDict):
    """The time zone of a visitor."""

    offset: int


class EventsSessionSyncTimezone(EventsSessionGeneric, _Routed):
    """``session:sync:timezone``."""

    timezone: EventsSessionSyncTimezoneData


class EventsSessionSyncLocalesData(TypedDict):
    """The languages of a visitor."""

    locales: list[str]


class EventsSessionSyncLocales(EventsSessionGeneric, _Routed):
    """``session:sync:locales``."""

    locales: EventsSessionSyncLocalesData


class EventsSessionRating(TypedDict):
    """The rating of a conversation by its visitor."""

    stars: int
    comment: t.NotRequired[str]


class EventsSessionSyncRating(EventsSessionGeneric, _Routed):
    """``session:sync:rating``."""

    rating: EventsSessionRating


class EventsSessionSyncTopic(EventsSessionGeneric, _Routed):
    """``session:sync:topic``."""

    topic: str


class EventsSessionSetState(EventsSessionGeneric, _Routed):
    """``session:set_state``."""

    state: ConversationState


class EventsSessionSetBlock(EventsSessionGeneric, _Routed):
    """``session:set_block``."""

    is_blocked: bool


class EventsSessionSetSegments(EventsSessionGeneric, _Routed):
    """``session:set_segments``."""

    segments: list[str]


class EventsOperator(TypedDict, total=False):
    """An operator."""

    user_id: t.Required[str]
    avatar: str | None  # Node only
    nickname: str  # Node only


class EventsSessionSetOpened(EventsSessionGeneric, _Routed):
    """``session:set_opened``."""

    operator: EventsOperator


class EventsSessionSetClosed(EventsSessionGeneric, _Routed):
    """``session:set_closed``."""

    operator: EventsOperator


class EventsSessionParticipant(TypedDict):
    """Someone who takes part in a conversation besides its visitor."""

    target: str
    type: str


class EventsSessionSetParticipants(EventsSessionGeneric, _Routed):
    """``session:set_participants``."""

    participants: list[EventsSessionParticipant]


class EventsSessionSetMentions(EventsSessionGeneric, _Routed):
    """``session:set_mentions``."""

    mentions: list[str]


class EventsSessionSetRouting(EventsSessionGeneric, _Routed):
    """``session:set_routing``."""

    routing_id: str | None
    previous_routing_id: str | None  # Node only


class EventsSessionSetInbox(EventsSessionGeneric, _Routed):
    """``session:set_inbox``."""

    previous_inbox_id: str | None


class EventsSessionRemoved(EventsSessionGeneric, _Routed):
    """``session:removed``."""


class EventsSessionError(EventsSessionGeneric, _Routed):
    """``session:error``."""

    type: str
    value: str
    previous_value: str


class EventsMessageUpdated(EventsSessionGeneric, _Routed):
    """``message:updated``."""

    fingerprint: int
    # Node types it string or picker content; Go any.
    content: ConversationMessageContentResponse


class EventsMessageRemoved(EventsSessionGeneric, _Routed):
    """``message:removed``."""

    fingerprint: int


class EventsMessageComposeSend(EventsSessionGeneric, _Routed):
    """``message:compose:send``: the visitor is typing."""

    type: t.Literal["start", "stop"]
    excerpt: t.NotRequired[str]
    timestamp: int
    """In milliseconds since 1970."""
    automated: t.NotRequired[bool]  # Go only


class EventsMessageComposeReceive(EventsSessionGeneric, _Routed):
    """``message:compose:receive``: an operator is typing."""

    type: t.Literal["start", "stop"]
    excerpt: t.NotRequired[str]
    timestamp: int
    """In milliseconds since 1970."""
    user: ConversationMessageUserResponse
    automated: t.NotRequired[bool]  # Go only


class EventsMessageAcknowledgeIgnoredDetails(TypedDict):
    """Why messages were not delivered."""

    type: str
    reason: str


class EventsMessageAcknowledge(EventsSessionGeneric, _Routed):
    """``message:acknowledge:*``: messages that were read or delivered."""

    origin: str
    fingerprints: list[int]
    # Go on all acknowledge events; Node on ignored only.
    details: t.NotRequired[EventsMessageAcknowledgeIgnoredDetails]


class EventsMessageAcknowledgeIgnored(EventsMessageAcknowledge):
    """``message:acknowledge:ignored``: messages that were not delivered."""


class EventsMessageNotifyUnread(EventsSessionGeneric, _Routed):
    """``message:notify:unread:*``: messages are waiting to be read."""


class EventsSpamMessage(EventsWebsiteGeneric, _Routed):
    """``spam:message``."""

    spam_id: str
    type: str
    reason: str
    metadata: t.NotRequired[OpenObject]
    headers: t.NotRequired[dict[str, str]]
    timestamp: int
    """In milliseconds since 1970."""


class EventsSpamDecision(EventsWebsiteGeneric, _Routed):
    """``spam:decision``."""

    spam_id: str  # Node only
    action: SpamDecision  # type assumed from the request


class EventsPeopleProfileCreated(EventsWebsiteGeneric, _Routed):
    """``people:profile:created``."""

    people_id: str
    email: t.NotRequired[str]


class EventsPeopleEmployment(TypedDict, total=False):
    """The employment of a contact."""

    domain: str
    name: str
    role: str
    title: str


class EventsPeoplePerson(TypedDict, total=False):
    """The person that a contact is."""

    geolocation: GeolocationInfoResponse
    locales: list[str]
    nickname: str
    timezone: int
    phone: str
    avatar: str
    employment: EventsPeopleEmployment
    address: str
    website: str
    gender: str


class EventsPeopleProfileUpdate(TypedDict):
    """The changed fields of a profile."""

    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    person: EventsPeoplePerson


class EventsPeopleProfileUpdated(EventsWebsiteGeneric, _Routed):
    """``people:profile:updated``."""

    people_id: str
    email: t.NotRequired[str]
    # Go types it a whole profile card.
    update: EventsPeopleProfileUpdate | PeopleProfile


class EventsPeopleProfileRemoved(EventsWebsiteGeneric, _Routed):
    """``people:profile:removed``."""

    people_id: str
    email: t.NotRequired[str]  # Go only


class EventsPeopleBindSession(EventsWebsiteGeneric, _Routed):
    """``people:bind:session``."""

    session_id: str
    inbox_id: t.NotRequired[str | None]  # Node only
    people_id: str


class EventsPeopleCompany(TypedDict, total=False):
    """The company of a contact."""

    description: str
    domain: str
    geolocation: GeolocationInfoResponse
    legal_name: str
    name: str
    url: str


class EventsPeopleSyncProfileIdentity(TypedDict, total=False):
    """The identity of a contact."""

    person: EventsPeoplePerson
    company: EventsPeopleCompany


class EventsPeopleSyncProfile(EventsWebsiteGeneric, _Routed):
    """``people:sync:profile``."""

    session_id: str
    inbox_id: t.NotRequired[str | None]  # Node only
    people_id: str
    # Go types it a whole profile card.
    identity: EventsPeopleSyncProfileIdentity | PeopleProfile


class EventsPeopleImportProgressCount(TypedDict):
    """The number of contacts that were skipped, and that remain."""

    skipped: int
    remaining: int
    total: t.NotRequired[int]  # Go only


class EventsPeopleImportProgressItem(TypedDict, total=False):
    """A contact that was skipped, and why."""

    identifier: str
    reason: str


class EventsPeopleImportProgressItems(TypedDict, total=False):
    """The contacts that were skipped."""

    skipped: list[EventsPeopleImportProgressItem]


class EventsPeopleImportProgress(_Routed, total=False):
    """``people:import:progress``."""

    website_id: t.Required[str]  # Node only
    people_id: str  # Node only
    progress: t.Required[int]
    count: t.Required[EventsPeopleImportProgressCount]
    # Node {skipped: array}; Go a bare array<EventsPeopleImportProgressItem>.
    items: EventsPeopleImportProgressItems | list[EventsPeopleImportProgressItem]
    import_id: str  # Go only


class EventsPeopleImportDone(_Routed, total=False):
    """``people:import:done``."""

    website_id: t.Required[str]  # Node only
    people_id: str  # Node only
    error: t.Required[bool]
    import_id: str  # Go only


class EventsCampaignProgress(EventsWebsiteGeneric, _Routed):
    """``campaign:progress``."""

    campaign_id: str
    progress: int


class EventsCampaignDispatched(EventsWebsiteGeneric, _Routed):
    """``campaign:dispatched``."""

    campaign_id: str


class EventsCampaignRunning(EventsWebsiteGeneric, _Routed):
    """``campaign:running``."""

    campaign_id: str
    running: bool


class EventsBrowsingRequestInitiated(EventsSessionGeneric, _Routed):
    """``browsing:request:initiated``."""

    browsing_id: str
    browsing_token: str


class EventsBrowsingRequestRejected(EventsSessionGeneric, _Routed):
    """``browsing:request:rejected``."""


class EventsCallRequestInitiated(EventsSessionGeneric, _Routed):
    """``call:request:initiated``."""

    call_id: str


class EventsCallRequestRejected(EventsSessionGeneric, _Routed):
    """``call:request:rejected``."""

    call_id: str


class EventsIdentityVerifyRequest(EventsWebsiteGeneric, _Routed):
    """``identity:verify:request``."""

    plugin_id: str
    session_id: str
    target: str
    code: str
    confirm_url: str
    inbox_id: t.NotRequired[str]  # Go only


class EventsWidgetActionProcessed(EventsSessionGeneric, _Routed):
    """``widget:action:processed``."""

    plugin_id: str
    correlation_id: str
    outcome: t.Literal["success", "failure"]
    result: t.NotRequired[OpenObject]


EventsStatusHealth = t.Literal["healthy", "sick", "dead"]


class EventsStatusNode(TypedDict):
    """A machine that a status page watches."""

    label: str
    replica: str


class EventsStatusHealthChanged(EventsWebsiteGeneric, _Routed):
    """``status:health:changed``."""

    health: EventsStatusHealth
    nodes: list[EventsStatusNode]


class EventsWebsiteUpdateVisitorsCount(EventsWebsiteGeneric, _Routed):
    """``website:update_visitors_count``."""

    visitors_count: int


class EventsWebsiteOperatorAvailability(TypedDict):
    """The availability of an operator."""

    type: EventsSessionAvailability


class EventsWebsiteUpdateOperatorsAvailability(EventsWebsiteGeneric, _Routed):
    """``website:update_operators_availability``."""

    user_id: str
    availability: EventsWebsiteOperatorAvailability


class EventsWebsiteUsersAvailable(EventsWebsiteGeneric, _Routed):
    """``website:users:available``."""

    available: bool


class EventsBucketURLGeneratedResource(TypedDict):
    """The resource that an uploaded file belongs to."""

    type: str
    id: str


class EventsBucketURLGeneratedPolicy(TypedDict):
    """The limits of an upload."""

    size_limit: int


class EventsBucketURLGeneratedURL(TypedDict):
    """The public URL of a file, and the URL to upload it to."""

    resource: str
    signed: str


_FromText = TypedDict("_FromText", {"from": str})


class EventsBucketURLGenerated(_FromText, _Routed):
    """``bucket:url:{namespace}:generated``: where to upload a file."""

    id: str
    identifier: str
    resource: EventsBucketURLGeneratedResource
    policy: EventsBucketURLGeneratedPolicy
    type: str
    url: EventsBucketURLGeneratedURL


class EventsMediaAnimationResult(TypedDict):
    """An animated image that was found."""

    type: str
    url: str


class EventsMediaAnimationListed(_Routed):
    """``media:animation:listed``: the answer to `list_animation_medias`."""

    id: int
    identifier: str
    results: list[EventsMediaAnimationResult]


class EventsEmailSubscribe(EventsWebsiteGeneric, _Routed):
    """``email:subscribe``."""

    email: str
    subscribed: bool


class EventsEmailTrackView(EventsWebsiteGeneric, _Routed):
    """``email:track:view``."""

    type: str
    identifier: str
    mode: str


class EventsPluginChannel(EventsWebsiteGeneric, _Routed):
    """``plugin:channel``."""

    type: t.NotRequired[str]  # Node only
    plugin_id: str
    identifier: str
    namespace: str
    payload: OpenValue


class EventsPluginEvent(EventsWebsiteGeneric, _Routed):
    """``plugin:event``."""

    plugin_id: str
    urn: str
    name: str
    data: OpenObject


class EventsPluginSubscriptionUpdated(EventsWebsiteGeneric, _Routed):
    """``plugin:subscription:updated``."""

    plugin_id: str
    bound: bool
    target: str


class EventsPluginSettingsSaved(EventsWebsiteGeneric, _Routed):
    """``plugin:settings:saved``."""

    plugin_id: str
    settings: PluginSettings


class EventsPlanSubscriptionUpdatedPlan(TypedDict):
    """The plan that a website has."""

    id: str
    name: str
    price: t.NotRequired[int]
    trialing: bool


class EventsPlanSubscriptionUpdated(EventsWebsiteGeneric, _Routed):
    """``plan:subscription:updated``."""

    plan: EventsPlanSubscriptionUpdatedPlan


class _Message(EventsSessionGeneric, _From):
    """The fields that all message events have."""

    origin: str
    fingerprint: int
    timestamp: int
    """In milliseconds since 1970."""
    user: ConversationMessageUserResponse
    mentions: t.NotRequired[list[str]]
    stamped: t.NotRequired[bool]
    automated: t.NotRequired[bool]
    references: t.NotRequired[list[ConversationMessageReferenceResponse]]  # Go only
    original: t.NotRequired[ConversationMessageOriginal]  # Go only
    properties: t.NotRequired[OpenValue]  # Go only
    edited: t.NotRequired[bool]  # Go only
    translated: t.NotRequired[bool]  # Go only


class EventsMessageGeneric(_Message):
    """The fields that all message events have.

    To a type checker no kind is one of these: take `EventsMessageReceived`.
    """

    type: ConversationMessageType


class EventsMessageSendText(_Message, _Routed):
    """A message: text."""

    type: t.Literal["text"]
    content: str


class EventsMessageReceivedNote(_Message, _Routed):
    """A message from an operator: a private note for the operators."""

    type: t.Literal["note"]
    content: str


class EventsMessageSendFile(_Message, _Routed):
    """A message: a file."""

    type: t.Literal["file"]
    content: ConversationFileMessageContentResponse


class EventsMessageSendAnimation(_Message, _Routed):
    """A message: an animated image."""

    type: t.Literal["animation"]
    content: ConversationAnimationMessageContentResponse


class EventsMessageSendAudio(_Message, _Routed):
    """A message: a recording."""

    type: t.Literal["audio"]
    content: ConversationAudioMessageContentResponse


class EventsMessageSendPicker(_Message, _Routed):
    """A message: a question with choices."""

    type: t.Literal["picker"]
    content: ConversationPickerMessageContentResponse


class EventsMessageSendField(_Message, _Routed):
    """A message: a text field to fill in."""

    type: t.Literal["field"]
    content: ConversationFieldMessageContentResponse


class EventsMessageSendCarousel(_Message, _Routed):
    """A message: a row of cards."""

    type: t.Literal["carousel"]
    content: ConversationCarouselMessageContentResponse


class EventsMessageReceivedEvent(_Message, _Routed):
    """A message from an operator: something that happened."""

    type: t.Literal["event"]
    content: ConversationEventMessageContentResponse


EventsMessageSend = (
    EventsMessageSendText
    | EventsMessageSendFile
    | EventsMessageSendAnimation
    | EventsMessageSendAudio
    | EventsMessageSendPicker
    | EventsMessageSendField
    | EventsMessageSendCarousel
)
"""``message:send``: a message from the visitor; its ``type`` tells the kind."""


EventsMessageReceived = (
    EventsMessageSendText
    | EventsMessageReceivedNote
    | EventsMessageSendFile
    | EventsMessageSendAnimation
    | EventsMessageSendAudio
    | EventsMessageSendPicker
    | EventsMessageSendField
    | EventsMessageSendCarousel
    | EventsMessageReceivedEvent
)
"""``message:received``: a message from an operator; its ``type`` tells the kind."""


class EventsSendAuthentication(TypedDict):
    """The credentials and filters that a real-time connection sends."""

    tier: Tier
    username: str
    password: str
    events: list[str]


class EventsSendBind(TypedDict):
    """The events that a socket asks for."""

    events: list[str]


class EventsUnauthorized(TypedDict, total=False):
    """``unauthorized``: why a socket was not let in."""

    message: str


class EventsWebHookBody(TypedDict):
    """The body of a web hook: an event in its envelope."""

    website_id: t.NotRequired[str]
    event: str
    data: OpenObject  # the payload type of the event
    timestamp: t.NotRequired[int]
    """In milliseconds since 1970."""
