"""Payloads of events, and of the messages that a real-time connection sends.

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
    """Conversation that the event is about: ``session_`` and a UUID."""
    # Absent from Crisp's own example of a webhook.
    inbox_id: t.NotRequired[str | None]
    """Inbox of the conversation. ``None`` means the main inbox."""


EventsSessionAvailability = t.Literal["online", "offline"]


class _Routed(TypedDict, total=False):
    """The operators that a conversation is assigned to; Go only."""

    routing_ids: list[str]
    """User identifiers of the operators that the conversation is assigned to."""


_From = TypedDict("_From", {"from": ConversationMessageFrom})


class EventsSessionUpdateAvailability(EventsSessionGeneric, _Routed):
    """``session:update_availability``: a visitor came online or went offline."""

    availability: EventsSessionAvailability
    """Either ``online`` or ``offline``."""


class EventsSessionVerification(TypedDict):
    """An identity of a visitor that was verified."""

    identity: str
    """Kind of identity, such as ``email`` or ``phone``."""
    method: str
    """Way in which the identity was verified, such as ``link``."""
    annotation: str


class EventsSessionUpdateVerify(EventsSessionGeneric, _Routed):
    """``session:update_verify``: the verification status of a visitor changed."""

    is_verified: bool
    verifications: list[EventsSessionVerification]
    """Identities that were verified, and how."""
    error: t.NotRequired[t.Literal["unknown"]]  # Node only
    """Error of the verification; the only known value is ``unknown``."""


class EventsSessionRequestInitiated(EventsSessionGeneric, _Routed):
    """``session:request:initiated``: a conversation started."""


class EventsSessionSetEmail(EventsSessionGeneric, _Routed):
    """``session:set_email``: the visitor's e-mail address was set."""

    email: str


class EventsSessionSetPhone(EventsSessionGeneric, _Routed):
    """``session:set_phone``: the visitor's phone number was set."""

    phone: str


class EventsSessionSetAddress(EventsSessionGeneric, _Routed):
    """``session:set_address``: the visitor's address was set."""

    address: str


class EventsSessionSetSubject(EventsSessionGeneric, _Routed):
    """``session:set_subject``: the subject of a conversation was set."""

    subject: str


class EventsSessionSetAvatar(EventsSessionGeneric, _Routed):
    """``session:set_avatar``: the visitor's avatar was set."""

    avatar: str
    """URL of the avatar."""


class EventsSessionSetNickname(EventsSessionGeneric, _Routed):
    """``session:set_nickname``: the visitor's name was set."""

    nickname: str


class EventsSessionSetOrigin(EventsSessionGeneric, _Routed):
    """``session:set_origin``: the origin of a conversation was set."""

    origin: str
    """Channel that the conversation came in by: ``chat``, ``email``, or the URN of a
    plugin.
    """


class EventsSessionSetData(EventsSessionGeneric, _Routed):
    """``session:set_data``: the custom data of a conversation was set."""

    data: CustomData
    """Custom data: text, numbers or booleans by key."""


class EventsSessionPage(TypedDict):
    """A page that a visitor viewed."""

    page_url: str
    page_title: str
    timestamp: int
    """In milliseconds since 1970."""
    page_referrer: t.NotRequired[str]  # Go only
    """Address of the page that led to this one."""


class EventsSessionSyncPages(EventsSessionGeneric, _Routed):
    """``session:sync:pages``: the visitor viewed pages."""

    pages: list[EventsSessionPage]


class EventsSessionEvent(TypedDict):
    """An event recorded for a visitor."""

    text: str
    """Name of the event, such as ``Added item to basket``."""
    data: t.NotRequired[CustomData]
    """Details of the event, under keys of your choice."""
    color: t.NotRequired[str]
    """Name of the color that the event is shown in, such as ``red``."""
    timestamp: int
    """In milliseconds since 1970."""


class EventsSessionSyncEvents(EventsSessionGeneric, _Routed):
    """``session:sync:events``: events were recorded for the visitor."""

    events: list[EventsSessionEvent]


class EventsSessionSyncCapabilitiesData(TypedDict):
    """The capabilities of a visitor's device, as Go types them."""

    capabilities: list[str]


class EventsSessionSyncCapabilities(EventsSessionGeneric, _Routed):
    """``session:sync:capabilities``: the visitor's device was examined."""

    # Go types it {capabilities: array<string>}.
    capabilities: list[str] | EventsSessionSyncCapabilitiesData


class EventsSessionSyncGeolocation(EventsSessionGeneric, _Routed):
    """``session:sync:geolocation``: the visitor's location was detected."""

    geolocation: GeolocationInfoResponse


class EventsSessionSyncSystem(EventsSessionGeneric, _Routed):
    """``session:sync:system``: the visitor's system was detected."""

    system: SystemInfoResponse


class EventsSessionSyncNetworkInfo(TypedDict):
    """The network that a visitor comes from."""

    ip: str
    connection: t.NotRequired[ConnectionInfo]


class EventsSessionSyncNetwork(EventsSessionGeneric, _Routed):
    """``session:sync:network``: the visitor's network was detected."""

    network: EventsSessionSyncNetworkInfo


class EventsSessionSyncTimezoneData(TypedDict):
    """The time zone of a visitor."""

    offset: int
    """Offset from UTC."""


class EventsSessionSyncTimezone(EventsSessionGeneric, _Routed):
    """``session:sync:timezone``: the visitor's time zone was detected."""

    timezone: EventsSessionSyncTimezoneData


class EventsSessionSyncLocalesData(TypedDict):
    """The languages of a visitor."""

    locales: list[str]
    """Language codes."""


class EventsSessionSyncLocales(EventsSessionGeneric, _Routed):
    """``session:sync:locales``: the visitor's languages were detected."""

    locales: EventsSessionSyncLocalesData


class EventsSessionRating(TypedDict):
    """A visitor's rating of a conversation."""

    stars: int
    comment: t.NotRequired[str]
    """Text that the visitor added."""


class EventsSessionSyncRating(EventsSessionGeneric, _Routed):
    """``session:sync:rating``: the visitor rated the conversation."""

    rating: EventsSessionRating


class EventsSessionSyncTopic(EventsSessionGeneric, _Routed):
    """``session:sync:topic``: the topic of a conversation changed."""

    topic: str


class EventsSessionSetState(EventsSessionGeneric, _Routed):
    """``session:set_state``: the state of a conversation changed."""

    state: ConversationState
    """One of ``pending``, ``unresolved`` or ``resolved``."""


class EventsSessionSetBlock(EventsSessionGeneric, _Routed):
    """``session:set_block``: a visitor was blocked or unblocked."""

    is_blocked: bool
    """Whether incoming messages of the visitor are now blocked."""


class EventsSessionSetSegments(EventsSessionGeneric, _Routed):
    """``session:set_segments``: the segments of a conversation changed."""

    segments: list[str]


class EventsOperator(TypedDict, total=False):
    """An operator."""

    user_id: t.Required[str]
    avatar: str | None  # Node only
    """URL of the avatar; ``None`` if there is none."""
    nickname: str  # Node only


class EventsSessionSetOpened(EventsSessionGeneric, _Routed):
    """``session:set_opened``: an operator opened a conversation."""

    operator: EventsOperator


class EventsSessionSetClosed(EventsSessionGeneric, _Routed):
    """``session:set_closed``: an operator no longer has a conversation open."""

    operator: EventsOperator


class EventsSessionParticipant(TypedDict):
    """An external participant of a conversation, such as a person in copy."""

    target: str
    """Address of the participant, such as an e-mail address."""
    type: str
    """Kind of address that ``target`` holds, such as ``email``."""


class EventsSessionSetParticipants(EventsSessionGeneric, _Routed):
    """``session:set_participants``: the participants of a conversation changed."""

    participants: list[EventsSessionParticipant]


class EventsSessionSetMentions(EventsSessionGeneric, _Routed):
    """``session:set_mentions``: the mentioned operators of a conversation changed."""

    mentions: list[str]


class EventsSessionSetRouting(EventsSessionGeneric, _Routed):
    """``session:set_routing``: a conversation was assigned or unassigned."""

    routing_id: str | None
    """User identifier of the operator in charge; ``None`` if the conversation was
    unassigned.
    """
    previous_routing_id: str | None  # Node only
    """User identifier of the operator in charge before; ``None`` if there was none."""


class EventsSessionSetInbox(EventsSessionGeneric, _Routed):
    """``session:set_inbox``: a conversation moved to another inbox."""

    previous_inbox_id: str | None
    """Inbox that the conversation was in before; ``inbox_id`` is the new one. ``None``
    means the main inbox.
    """


class EventsSessionRemoved(EventsSessionGeneric, _Routed):
    """``session:removed``: a conversation was removed."""


class EventsSessionError(EventsSessionGeneric, _Routed):
    """``session:error``: an operation on a conversation failed."""

    type: str
    value: str
    previous_value: str


class EventsMessageUpdated(EventsSessionGeneric, _Routed):
    """``message:updated``: the content of a message changed."""

    fingerprint: int
    # Node types it string or picker content; Go any.
    content: ConversationMessageContentResponse
    """New content of the message, text or an object."""


class EventsMessageRemoved(EventsSessionGeneric, _Routed):
    """``message:removed``: a message was removed."""

    fingerprint: int


class EventsMessageComposeSend(EventsSessionGeneric, _Routed):
    """``message:compose:send``: the visitor started or stopped typing."""

    type: t.Literal["start", "stop"]
    """Either ``start`` or ``stop``."""
    excerpt: t.NotRequired[str]
    """Text typed so far."""
    timestamp: int
    """In milliseconds since 1970."""
    automated: t.NotRequired[bool]  # Go only
    """Whether the sender is a program, not a person."""


class EventsMessageComposeReceive(EventsSessionGeneric, _Routed):
    """``message:compose:receive``: an operator started or stopped typing."""

    type: t.Literal["start", "stop"]
    """Either ``start`` or ``stop``."""
    excerpt: t.NotRequired[str]
    """Text typed so far."""
    timestamp: int
    """In milliseconds since 1970."""
    user: ConversationMessageUserResponse
    """Operator who is typing."""
    automated: t.NotRequired[bool]  # Go only
    """Whether the sender is a program, not a person."""


class EventsMessageAcknowledgeIgnoredDetails(TypedDict):
    """The reason that messages were not delivered."""

    type: str
    reason: str


class EventsMessageAcknowledge(EventsSessionGeneric, _Routed):
    """``message:acknowledge:*``: messages were read, marked as unread, or delivered."""

    origin: str
    """Channel that the messages were read or delivered on: ``chat``, ``email``, or the
    URN of a plugin.
    """
    fingerprints: list[int]
    # Go on all acknowledge events; Node on ignored only.
    details: t.NotRequired[EventsMessageAcknowledgeIgnoredDetails]


class EventsMessageAcknowledgeIgnored(EventsMessageAcknowledge):
    """``message:acknowledge:ignored``: messages were not delivered."""


class EventsMessageNotifyUnread(EventsSessionGeneric, _Routed):
    """``message:notify:unread:*``: messages are waiting to be read."""


class EventsSpamMessage(EventsWebsiteGeneric, _Routed):
    """``spam:message``: a message was put in quarantine."""

    spam_id: str
    type: str
    """Kind of spam, by which lists can be filtered."""
    reason: str
    """Reason why the message was held."""
    metadata: t.NotRequired[OpenObject]
    headers: t.NotRequired[dict[str, str]]
    """Headers of the e-mail."""
    timestamp: int
    """In milliseconds since 1970."""


class EventsSpamDecision(EventsWebsiteGeneric, _Routed):
    """``spam:decision``: a message in quarantine was accepted or rejected."""

    spam_id: str  # Node only
    action: SpamDecision  # type assumed from the request
    """Decision: ``accept`` if the message became a conversation, ``reject`` if it was
    discarded.
    """


class EventsPeopleProfileCreated(EventsWebsiteGeneric, _Routed):
    """``people:profile:created``: a contact was created."""

    people_id: str
    email: t.NotRequired[str]


class EventsPeopleEmployment(TypedDict, total=False):
    """The employment of a contact."""

    domain: str
    """Domain of the employer."""
    name: str
    """Name of the employer."""
    role: str
    title: str


class EventsPeoplePerson(TypedDict, total=False):
    """The personal details of a contact."""

    geolocation: GeolocationInfoResponse
    locales: list[str]
    """Languages of the contact, as language codes."""
    nickname: str
    timezone: int
    phone: str
    avatar: str
    """URL of the avatar."""
    employment: EventsPeopleEmployment
    address: str
    website: str
    """URL of the contact's website."""
    gender: str


class EventsPeopleProfileUpdate(TypedDict):
    """The changed fields of a profile."""

    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    person: EventsPeoplePerson


class EventsPeopleProfileUpdated(EventsWebsiteGeneric, _Routed):
    """``people:profile:updated``: a contact changed."""

    people_id: str
    email: t.NotRequired[str]
    # Go types it a whole profile card.
    update: EventsPeopleProfileUpdate | PeopleProfile


class EventsPeopleProfileRemoved(EventsWebsiteGeneric, _Routed):
    """``people:profile:removed``: a contact was removed."""

    people_id: str
    email: t.NotRequired[str]  # Go only


class EventsPeopleBindSession(EventsWebsiteGeneric, _Routed):
    """``people:bind:session``: a conversation was linked to a contact."""

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
    """``people:sync:profile``: a contact was synchronized from a conversation."""

    session_id: str
    inbox_id: t.NotRequired[str | None]  # Node only
    people_id: str
    # Go types it a whole profile card.
    identity: EventsPeopleSyncProfileIdentity | PeopleProfile


class EventsPeopleImportProgressCount(TypedDict):
    """The number of contacts skipped and remaining in an import."""

    skipped: int
    """Contacts that were skipped."""
    remaining: int
    """Contacts still to import."""
    total: t.NotRequired[int]  # Go only
    """Contacts in the whole import."""


class EventsPeopleImportProgressItem(TypedDict, total=False):
    """A contact that an import skipped."""

    identifier: str
    reason: str
    """Reason that the contact was skipped."""


class EventsPeopleImportProgressItems(TypedDict, total=False):
    """The contacts that an import skipped."""

    skipped: list[EventsPeopleImportProgressItem]


class EventsPeopleImportProgress(_Routed, total=False):
    """``people:import:progress``: an import of contacts made progress."""

    website_id: t.Required[str]  # Node only
    people_id: str  # Node only
    progress: t.Required[int]
    count: t.Required[EventsPeopleImportProgressCount]
    # Node {skipped: array}; Go a bare array<EventsPeopleImportProgressItem>.
    items: EventsPeopleImportProgressItems | list[EventsPeopleImportProgressItem]
    import_id: str  # Go only
    """Identifier that ``import_people_profiles`` returned."""


class EventsPeopleImportDone(_Routed, total=False):
    """``people:import:done``: an import of contacts ended."""

    website_id: t.Required[str]  # Node only
    people_id: str  # Node only
    error: t.Required[bool]
    """Whether the import failed."""
    import_id: str  # Go only
    """Identifier that ``import_people_profiles`` returned."""


class EventsCampaignProgress(EventsWebsiteGeneric, _Routed):
    """``campaign:progress``: the sending of a campaign made progress."""

    campaign_id: str
    progress: int


class EventsCampaignDispatched(EventsWebsiteGeneric, _Routed):
    """``campaign:dispatched``: a campaign was sent."""

    campaign_id: str


class EventsCampaignRunning(EventsWebsiteGeneric, _Routed):
    """``campaign:running``: a campaign was paused or resumed."""

    campaign_id: str
    running: bool
    """Whether the campaign was resumed (``True``) or paused."""


class EventsBrowsingRequestInitiated(EventsSessionGeneric, _Routed):
    """``browsing:request:initiated``: a screen sharing session started."""

    browsing_id: str
    """Identifies the session: ``browsing_`` and a UUID."""
    browsing_token: str


class EventsBrowsingRequestRejected(EventsSessionGeneric, _Routed):
    """``browsing:request:rejected``: a screen sharing session was refused."""


class EventsCallRequestInitiated(EventsSessionGeneric, _Routed):
    """``call:request:initiated``: a call started."""

    call_id: str
    """Identifies the call: ``call_`` and a UUID."""


class EventsCallRequestRejected(EventsSessionGeneric, _Routed):
    """``call:request:rejected``: a call was refused."""

    call_id: str
    """Identifies the call: ``call_`` and a UUID."""


class EventsIdentityVerifyRequest(EventsWebsiteGeneric, _Routed):
    """``identity:verify:request``: a visitor is to prove an identity."""

    plugin_id: str
    session_id: str
    target: str
    code: str
    confirm_url: str
    inbox_id: t.NotRequired[str]  # Go only


class EventsWidgetActionProcessed(EventsSessionGeneric, _Routed):
    """``widget:action:processed``: a widget action succeeded or failed."""

    plugin_id: str
    correlation_id: str
    """Identifier that was returned when the action was delivered."""
    outcome: t.Literal["success", "failure"]
    """Either ``success`` or ``failure``."""
    result: t.NotRequired[OpenObject]


EventsStatusHealth = t.Literal["healthy", "sick", "dead"]


class EventsStatusNode(TypedDict):
    """A node that a status page monitors."""

    label: str
    replica: str


class EventsStatusHealthChanged(EventsWebsiteGeneric, _Routed):
    """``status:health:changed``: the health of a status page changed."""

    health: EventsStatusHealth
    """One of ``healthy``, ``sick`` or ``dead``."""
    nodes: list[EventsStatusNode]


class EventsWebsiteUpdateVisitorsCount(EventsWebsiteGeneric, _Routed):
    """``website:update_visitors_count``: the number of visitors changed."""

    visitors_count: int


class EventsWebsiteOperatorAvailability(TypedDict):
    """The availability of an operator."""

    type: EventsSessionAvailability
    """Either ``online`` or ``offline``."""


class EventsWebsiteUpdateOperatorsAvailability(EventsWebsiteGeneric, _Routed):
    """``website:update_operators_availability``: an operator's presence changed."""

    user_id: str
    availability: EventsWebsiteOperatorAvailability


class EventsWebsiteUsersAvailable(EventsWebsiteGeneric, _Routed):
    """``website:users:available``: the availability of the website changed."""

    available: bool
    """Whether the website now appears as online to visitors."""


class EventsBucketURLGeneratedResource(TypedDict):
    """The resource that an uploaded file belongs to."""

    type: str
    """Kind of resource, such as ``website``."""
    id: str
    """Identifier of the resource; for a ``website``, its ``website_id``."""


class EventsBucketURLGeneratedPolicy(TypedDict):
    """The limits of an upload."""

    size_limit: int


class EventsBucketURLGeneratedURL(TypedDict):
    """The public URL of a file, and the URL to upload it to."""

    resource: str
    """Public URL of the file after the upload, to use in messages."""
    signed: str
    """URL to upload the file to, with a ``PUT`` request and without Crisp credentials.
    """


_FromText = TypedDict("_FromText", {"from": str})


class EventsBucketURLGenerated(_FromText, _Routed):
    """``bucket:url:{namespace}:generated``: the URL to upload a file to."""

    id: str
    """The ``id`` of the request, by which you match the event with it."""
    identifier: str
    """The ``identifier`` of the request."""
    resource: EventsBucketURLGeneratedResource
    """The ``resource`` of the request. The event has no ``website_id``; for a
    ``website``, take the ``id`` of the resource.
    """
    policy: EventsBucketURLGeneratedPolicy
    """Limits of the upload."""
    type: str
    url: EventsBucketURLGeneratedURL


class EventsMediaAnimationResult(TypedDict):
    """An animated image that was found."""

    type: str
    url: str


class EventsMediaAnimationListed(_Routed):
    """``media:animation:listed``: the result of ``list_animation_medias``."""

    id: int
    """The ``list_id`` of the request, by which you match the event with it."""
    identifier: str
    results: list[EventsMediaAnimationResult]


class EventsEmailSubscribe(EventsWebsiteGeneric, _Routed):
    """``email:subscribe``: an e-mail address was subscribed or unsubscribed."""

    email: str
    subscribed: bool
    """Whether the address now accepts e-mails."""


class EventsEmailTrackView(EventsWebsiteGeneric, _Routed):
    """``email:track:view``: an e-mail was opened."""

    type: str
    """Kind of object that ``identifier`` names, such as ``session``."""
    identifier: str
    """Identifier of the object that the e-mail belongs to; for the type ``session``,
    the ``session_id``.
    """
    mode: str


class EventsPluginChannel(EventsWebsiteGeneric, _Routed):
    """``plugin:channel``: a payload was pushed to a plugin's channel."""

    type: t.NotRequired[str]  # Node only
    plugin_id: str
    identifier: str
    """The ``identifier`` that the plugin passed."""
    namespace: str
    """The ``namespace`` that the plugin passed."""
    payload: OpenValue


class EventsPluginEvent(EventsWebsiteGeneric, _Routed):
    """``plugin:event``: a plugin dispatched a custom event."""

    plugin_id: str
    urn: str
    name: str
    """Name of the event, chosen by the plugin, such as ``bot-is-running``."""
    data: OpenObject
    """Data of the event, chosen by the plugin."""


class EventsPluginSubscriptionUpdated(EventsWebsiteGeneric, _Routed):
    """``plugin:subscription:updated``: a plugin was installed or uninstalled."""

    plugin_id: str
    bound: bool
    target: str


class EventsPluginSettingsSaved(EventsWebsiteGeneric, _Routed):
    """``plugin:settings:saved``: the settings of a plugin changed."""

    plugin_id: str
    settings: PluginSettings
    """The settings; the plugin defines their keys."""


class EventsPlanSubscriptionUpdatedPlan(TypedDict):
    """The plan that a website has."""

    id: str
    name: str
    price: t.NotRequired[int]
    trialing: bool
    """Whether the plan is in its trial period."""


class EventsPlanSubscriptionUpdated(EventsWebsiteGeneric, _Routed):
    """``plan:subscription:updated``: the plan of a website changed."""

    plan: EventsPlanSubscriptionUpdatedPlan


class _Message(EventsSessionGeneric, _From):
    """The fields that all message events have."""

    origin: str
    """Channel that the message came in by: ``chat``, ``email``, or the URN of a plugin.
    """
    fingerprint: int
    """Identifies the message within the conversation; a whole number of up to 15
    digits.
    """
    timestamp: int
    """In milliseconds since 1970."""
    user: ConversationMessageUserResponse
    mentions: t.NotRequired[list[str]]
    """Operators who are mentioned in the message."""
    stamped: t.NotRequired[bool]
    automated: t.NotRequired[bool]
    """Whether a program wrote the message, not a person."""
    references: t.NotRequired[list[ConversationMessageReferenceResponse]]  # Go only
    """Sources that the message refers to."""
    original: t.NotRequired[ConversationMessageOriginal]  # Go only
    """Reference to the text that the message was made of, such as the HTML of an
    e-mail.
    """
    properties: t.NotRequired[OpenValue]  # Go only
    edited: t.NotRequired[bool]  # Go only
    """Whether the content was changed after sending."""
    translated: t.NotRequired[bool]  # Go only
    """Whether the content was translated."""


class EventsMessageGeneric(_Message):
    """The fields that all message events have.

    To a type checker no kind is one of these: take `EventsMessageReceived`.
    """

    type: ConversationMessageType


class EventsMessageSendText(_Message, _Routed):
    """A text message, in an event."""

    type: t.Literal["text"]
    content: str


class EventsMessageReceivedNote(_Message, _Routed):
    """A private note, in an event; only operators see it."""

    type: t.Literal["note"]
    content: str


class EventsMessageSendFile(_Message, _Routed):
    """A file message, in an event."""

    type: t.Literal["file"]
    content: ConversationFileMessageContentResponse


class EventsMessageSendAnimation(_Message, _Routed):
    """An animated image message, in an event."""

    type: t.Literal["animation"]
    content: ConversationAnimationMessageContentResponse


class EventsMessageSendAudio(_Message, _Routed):
    """An audio message, in an event."""

    type: t.Literal["audio"]
    content: ConversationAudioMessageContentResponse


class EventsMessageSendPicker(_Message, _Routed):
    """A picker message, in an event: a question with choices."""

    type: t.Literal["picker"]
    content: ConversationPickerMessageContentResponse


class EventsMessageSendField(_Message, _Routed):
    """A field message, in an event: a question with a text field."""

    type: t.Literal["field"]
    content: ConversationFieldMessageContentResponse


class EventsMessageSendCarousel(_Message, _Routed):
    """A carousel message, in an event: a row of cards."""

    type: t.Literal["carousel"]
    content: ConversationCarouselMessageContentResponse


class EventsMessageReceivedEvent(_Message, _Routed):
    """A message of the type ``event``, such as a change of state."""

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
"""``message:send``: a message from the visitor, of the kind that ``type`` names."""


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
"""``message:received``: a message from an operator, of the kind that ``type`` names."""


class EventsSendAuthentication(TypedDict):
    """The credentials and event names that a real-time connection sends."""

    tier: Tier
    """Kind of token: ``user``, ``website`` or ``plugin``."""
    username: str
    """Identifier of the token."""
    password: str
    """Key of the token."""
    events: list[str]
    """Names of the events to receive. An event that the scopes of the token do not
    allow never arrives, without an error.
    """


class EventsSendBind(TypedDict):
    """The events that a real-time connection subscribes to."""

    events: list[str]


class EventsUnauthorized(TypedDict, total=False):
    """``unauthorized``: a real-time connection failed to authenticate."""

    message: str
    """Reason for the refusal."""


class EventsWebHookBody(TypedDict):
    """The body of a webhook request: an event in its envelope."""

    website_id: t.NotRequired[str]
    event: str
    """Name of the event, such as ``message:send``."""
    data: OpenObject  # the payload type of the event
    """Payload of the event, as over the real-time connection."""
    timestamp: t.NotRequired[int]
    """In milliseconds since 1970."""
