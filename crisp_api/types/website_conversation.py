"""Website Conversation: a conversation, and the messages in it.

Messages come in nine kinds. `ConversationMessage` is one that was sent, and
`ConversationMessageNew` one to send: unions, of which the ``type`` tells one kind
from the other.
"""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import ConnectionInfo, DeviceInfo, DeviceInfoResponse
from crisp_api.types.values import CustomData, OpenObject, OpenValue


class ConversationNew(TypedDict):
    """A conversation that was created."""

    session_id: str


ConversationState = t.Literal["pending", "unresolved", "resolved"]


class ConversationActive(TypedDict):
    """The presence of a visitor, and the time of the last one."""

    now: bool
    last: int
    """Last time, in milliseconds since 1970."""


ConversationMessageFrom = t.Literal["user", "operator"]
"""Side a message or acknowledgement is from."""


_From = TypedDict("_From", {"from": ConversationMessageFrom})
_MaybeFrom = TypedDict("_MaybeFrom", {"from": ConversationMessageFrom}, total=False)


class ConversationPreviewMessage(_From):
    """The last message of a conversation, in short."""

    type: str
    excerpt: str
    fingerprint: int


class ConversationVerification(TypedDict):
    """An identity of a visitor that was verified."""

    identity: str
    method: str
    annotation: str


class ConversationParticipant(TypedDict, total=False):
    """Someone who takes part in a conversation besides its visitor."""

    type: str  # such as "email"
    target: str


class ConversationParticipantResponse(TypedDict):
    """Someone who takes part in a conversation besides its visitor, in a response."""

    type: str  # such as "email"
    target: str


class ConversationComposeAtomUser(TypedDict):
    """The user who is typing."""

    user_id: str
    nickname: str
    avatar: t.NotRequired[str]


class ConversationComposeAtom(TypedDict, total=False):
    """The typing state of one side."""

    type: t.Required[str]
    excerpt: str
    timestamp: t.Required[int]
    """In milliseconds since 1970."""
    user: ConversationComposeAtomUser
    automated: bool


class ConversationCompose(TypedDict, total=False):
    """The typing state of both sides of a conversation."""

    operator: ConversationComposeAtom
    visitor: ConversationComposeAtom


class ConversationUnread(TypedDict):
    """The number of messages that each side has not read."""

    operator: int
    visitor: int


class ConversationAssigned(TypedDict):
    """The operator to whom a conversation is assigned."""

    user_id: str


class ConversationMeta(TypedDict):
    """The visitor's contact details, device, segments and custom data."""

    nickname: str
    email: str
    phone: str
    ip: str
    avatar: str
    data: CustomData
    connection: t.NotRequired[ConnectionInfo]
    device: DeviceInfoResponse
    segments: list[str]
    address: t.NotRequired[str]
    subject: t.NotRequired[str]
    origin: t.NotRequired[str]


class Conversation(TypedDict):
    """A conversation, in a list or alone."""

    session_id: str
    """Identifies the conversation: ``session_`` and a UUID."""
    website_id: str
    # None is the main inbox, though no client says so
    inbox_id: t.NotRequired[str | None]
    people_id: t.NotRequired[str]
    """The contact that the visitor is."""
    state: ConversationState
    status: int
    is_verified: bool
    is_blocked: bool
    availability: str
    active: ConversationActive
    last_message: str
    preview_message: t.NotRequired[ConversationPreviewMessage]
    topic: t.NotRequired[str]
    verifications: t.NotRequired[list[ConversationVerification]]
    participants: t.NotRequired[list[ConversationParticipantResponse]]
    mentions: t.NotRequired[list[str]]
    compose: t.NotRequired[ConversationCompose]
    unread: ConversationUnread
    assigned: t.NotRequired[ConversationAssigned]
    meta: ConversationMeta
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    waiting_since: t.NotRequired[int]
    """Since when the visitor waits for a reply, in milliseconds since 1970."""


ConversationMessageType = t.Literal[
    "text", "file", "animation", "audio", "carousel", "note", "picker", "field", "event"
]


class ConversationFileMessageContent(TypedDict, total=False):
    """A file."""

    name: str
    url: str
    type: str


class ConversationFileMessageContentResponse(TypedDict):
    """A file, in a response."""

    name: str
    url: str
    type: str


class ConversationAnimationMessageContent(TypedDict, total=False):
    """An animated image."""

    url: str
    type: str


class ConversationAnimationMessageContentResponse(TypedDict):
    """An animated image, in a response."""

    url: str
    type: str


class ConversationAudioMessageContent(TypedDict, total=False):
    """A recording."""

    url: str
    type: str
    duration: int


class ConversationAudioMessageContentResponse(TypedDict):
    """A recording, in a response."""

    url: str
    type: str
    duration: int


class ConversationPickerMessageContentChoiceAction(TypedDict, total=False):
    """The action of a choice, when it is picked."""

    type: str
    target: str


class ConversationPickerMessageContentChoiceActionResponse(TypedDict):
    """The action of a choice, when it is picked, in a response."""

    type: str
    target: str


class ConversationPickerMessageContentChoice(TypedDict, total=False):
    """A choice of a picker."""

    value: str
    icon: str
    label: str
    selected: bool
    action: ConversationPickerMessageContentChoiceAction


class ConversationPickerMessageContentChoiceResponse(TypedDict, total=False):
    """A choice of a picker, in a response."""

    value: t.Required[str]
    icon: str
    label: t.Required[str]
    selected: bool
    action: ConversationPickerMessageContentChoiceActionResponse


class ConversationPickerMessageContent(TypedDict, total=False):
    """A question with choices."""

    id: str
    text: str
    choices: list[ConversationPickerMessageContentChoice]
    required: bool


class ConversationPickerMessageContentResponse(TypedDict):
    """A question with choices, in a response."""

    id: str
    text: str
    choices: list[ConversationPickerMessageContentChoiceResponse]
    required: t.NotRequired[bool]


class ConversationFieldMessageContent(TypedDict, total=False):
    """A text field for the visitor to fill in."""

    id: str
    text: str
    explain: str
    value: str
    required: bool


class ConversationFieldMessageContentResponse(TypedDict, total=False):
    """A text field for the visitor to fill in, in a response."""

    id: t.Required[str]
    text: t.Required[str]
    explain: str
    value: str
    required: bool


class ConversationCarouselMessageContentTargetAction(TypedDict, total=False):
    """A button of a card."""

    label: str
    url: str


class ConversationCarouselMessageContentTargetActionResponse(TypedDict):
    """A button of a card, in a response."""

    label: str
    url: str


class ConversationCarouselMessageContentTarget(TypedDict, total=False):
    """A card of a carousel."""

    title: str
    description: str
    image: str
    actions: list[ConversationCarouselMessageContentTargetAction]


class ConversationCarouselMessageContentTargetResponse(TypedDict, total=False):
    """A card of a carousel, in a response."""

    title: t.Required[str]
    description: str
    image: str
    actions: list[ConversationCarouselMessageContentTargetActionResponse]


class ConversationCarouselMessageContent(TypedDict, total=False):
    """A row of cards."""

    text: str
    targets: list[ConversationCarouselMessageContentTarget]


class ConversationCarouselMessageContentResponse(TypedDict):
    """A row of cards, in a response."""

    text: str
    targets: list[ConversationCarouselMessageContentTargetResponse]


class ConversationEventMessageContent(TypedDict, total=False):
    """Something that happened in a conversation."""

    namespace: str
    text: str


class ConversationEventMessageContentResponse(TypedDict):
    """Something that happened in a conversation, in a response."""

    namespace: str
    text: t.NotRequired[str]


ConversationMessageContent = (
    str
    | ConversationFileMessageContent
    | ConversationAnimationMessageContent
    | ConversationAudioMessageContent
    | ConversationPickerMessageContent
    | ConversationFieldMessageContent
    | ConversationCarouselMessageContent
    | ConversationEventMessageContent
)


ConversationMessageContentResponse = (
    str
    | ConversationFileMessageContentResponse
    | ConversationAnimationMessageContentResponse
    | ConversationAudioMessageContentResponse
    | ConversationPickerMessageContentResponse
    | ConversationFieldMessageContentResponse
    | ConversationCarouselMessageContentResponse
    | ConversationEventMessageContentResponse
)
"""The content of a message, in a response."""


class ConversationMessagePreviewInformation(TypedDict, total=False):
    """The content of a preview."""

    excerpt: str
    image: str
    embed: str


class ConversationMessagePreview(TypedDict, total=False):
    """A preview of a link in a message."""

    url: t.Required[str]
    website: str
    title: str
    preview: ConversationMessagePreviewInformation
    stamped: bool


class ConversationMessageIgnored(TypedDict):
    """Why a message was not delivered."""

    type: str
    reason: str


class ConversationMessageUser(TypedDict, total=False):
    """The author of a message."""

    type: str
    user_id: str  # Go leaves it out of requests
    nickname: str
    avatar: str


class ConversationMessageUserResponse(TypedDict):
    """The author of a message, in a response."""

    type: t.NotRequired[str]
    user_id: str  # Go leaves it out of requests
    nickname: str
    avatar: t.NotRequired[str]


class ConversationMessageReference(TypedDict, total=False):
    """A source that a message refers to."""

    type: str
    name: str
    target: str


class ConversationMessageReferenceResponse(TypedDict):
    """A source that a message refers to, in a response."""

    type: str
    name: t.NotRequired[str]
    target: str


class ConversationMessageOriginal(TypedDict):
    """The identifier of the text that a message was made of."""

    original_id: str


class _Message(_From):
    """The fields of every message, whatever its kind."""

    session_id: str
    website_id: str
    origin: str
    preview: list[ConversationMessagePreview]
    mentions: list[str]
    read: str | None  # where it was read; empty or None until then
    delivered: str | None  # where it was delivered; empty or None until then
    ignored: t.NotRequired[dict[str, ConversationMessageIgnored]]
    edited: t.NotRequired[bool]
    translated: t.NotRequired[bool]
    automated: t.NotRequired[bool]
    stamped: bool  # Node only
    fingerprint: int
    timestamp: int
    """In milliseconds since 1970."""
    user: ConversationMessageUserResponse
    references: t.NotRequired[list[ConversationMessageReferenceResponse]]
    original: t.NotRequired[ConversationMessageOriginal]
    properties: t.NotRequired[CustomData]


class ConversationTextMessage(_Message):
    """A message: text."""

    type: t.Literal["text"]
    content: str


class ConversationNoteMessage(_Message):
    """A message: a private note for the operators."""

    type: t.Literal["note"]
    content: str


class ConversationFileMessage(_Message):
    """A message: a file."""

    type: t.Literal["file"]
    content: ConversationFileMessageContentResponse


class ConversationAnimationMessage(_Message):
    """A message: an animated image."""

    type: t.Literal["animation"]
    content: ConversationAnimationMessageContentResponse


class ConversationAudioMessage(_Message):
    """A message: a recording."""

    type: t.Literal["audio"]
    content: ConversationAudioMessageContentResponse


class ConversationPickerMessage(_Message):
    """A message: a question with choices."""

    type: t.Literal["picker"]
    content: ConversationPickerMessageContentResponse


class ConversationFieldMessage(_Message):
    """A message: a text field to fill in."""

    type: t.Literal["field"]
    content: ConversationFieldMessageContentResponse


class ConversationCarouselMessage(_Message):
    """A message: a row of cards."""

    type: t.Literal["carousel"]
    content: ConversationCarouselMessageContentResponse


class ConversationEventMessage(_Message):
    """A message: something that happened."""

    type: t.Literal["event"]
    content: ConversationEventMessageContentResponse


ConversationMessage = (
    ConversationTextMessage
    | ConversationNoteMessage
    | ConversationFileMessage
    | ConversationAnimationMessage
    | ConversationAudioMessage
    | ConversationPickerMessage
    | ConversationFieldMessage
    | ConversationCarouselMessage
    | ConversationEventMessage
)
"""A message of any kind; its ``type`` tells which."""


class ConversationMessageNewOriginal(TypedDict, total=False):
    """The text that a message was made of, such as an e-mail."""

    type: str
    content: str


class _MessageNew(_From):
    """The fields of every message to send."""

    origin: str
    """The channel: ``chat``, ``email``, or the URN of your plugin."""
    fingerprint: t.NotRequired[int]
    """Identifies the message; a whole number of up to 15 digits. Crisp chooses one if
    you pass none.
    """
    user: t.NotRequired[ConversationMessageUser]
    """The author, if it is not the visitor or the authenticated operator."""
    references: t.NotRequired[list[ConversationMessageReference]]
    # Go sends {type, content}; Node types it {original_id}.
    original: t.NotRequired[
        ConversationMessageNewOriginal | ConversationMessageOriginal
    ]
    properties: t.NotRequired[CustomData]
    """Custom data of the message."""
    timestamp: t.NotRequired[int]
    """Time of the message, in milliseconds since 1970."""
    stealth: t.NotRequired[bool]
    """Do not send the message to the visitor's mailbox."""
    translated: t.NotRequired[bool]
    automated: t.NotRequired[bool]
    """The message was not written by a person."""
    mentions: t.NotRequired[list[str]]  # Go on every type; Node on notes only


class ConversationMessageNewBase(_MessageNew):
    """The fields of every message to send.

    To a type checker no kind is one of these: take `ConversationMessageNew`.
    """

    type: ConversationMessageType
    content: ConversationMessageContent


class ConversationTextMessageNew(_MessageNew):
    """A message to send: text."""

    type: t.Literal["text", "note"]
    content: str


class ConversationNoteMessageNew(_MessageNew):
    """A message to send: a private note for the operators."""

    type: t.Literal["note"]
    content: str


class ConversationFileMessageNew(_MessageNew):
    """A message to send: a file."""

    type: t.Literal["file"]
    content: ConversationFileMessageContent


class ConversationAnimationMessageNew(_MessageNew):
    """A message to send: an animated image."""

    type: t.Literal["animation"]
    content: ConversationAnimationMessageContent


class ConversationAudioMessageNew(_MessageNew):
    """A message to send: a recording."""

    type: t.Literal["audio"]
    content: ConversationAudioMessageContent


class ConversationPickerMessageNew(_MessageNew):
    """A message to send: a question with choices."""

    type: t.Literal["picker"]
    content: ConversationPickerMessageContent


class ConversationFieldMessageNew(_MessageNew):
    """A message to send: a text field to fill in."""

    type: t.Literal["field"]
    content: ConversationFieldMessageContent


class ConversationCarouselMessageNew(_MessageNew):
    """A message to send: a row of cards."""

    type: t.Literal["carousel"]
    content: ConversationCarouselMessageContent


class ConversationEventMessageNew(_MessageNew):
    """A message to send: something that happened."""

    type: t.Literal["event"]
    content: ConversationEventMessageContent


ConversationMessageNew = (
    ConversationTextMessageNew
    | ConversationNoteMessageNew
    | ConversationFileMessageNew
    | ConversationAnimationMessageNew
    | ConversationAudioMessageNew
    | ConversationPickerMessageNew
    | ConversationFieldMessageNew
    | ConversationCarouselMessageNew
    | ConversationEventMessageNew
)
"""A message to send, of any kind; its ``type`` tells which."""


class ConversationMessageDispatched(TypedDict):
    """A message that was taken for sending."""

    fingerprint: int


class ConversationMessageUpdate(TypedDict):
    """The new content of a message."""

    content: ConversationMessageContent


class ConversationComposeMessageNew(_From, total=False):
    """A typing state to show."""

    type: t.Required[t.Literal["start", "stop"]]
    excerpt: str
    stealth: bool
    automated: bool


class ConversationReadMessageMark(_MaybeFrom, total=False):
    """The messages that were read, or delivered."""

    origin: str
    fingerprints: list[int | str]  # text of digits too


class ConversationUnreadMessageMark(_MaybeFrom):
    """The side whose messages become unread."""


class ConversationOpenUpdate(TypedDict):
    """The state to show: whether the user has the conversation open."""

    opened: bool  # Go encodes it under the key blocked, which looks like a slip


class ConversationRoutingAssign(TypedDict, total=False):
    """To whom a conversation is assigned."""

    assigned: ConversationAssigned


class ConversationRoutingAssignUpdateAssigned(TypedDict, total=False):
    """The operator to assign a conversation to."""

    user_id: str


class ConversationRoutingAssignUpdate(TypedDict):
    """To whom to assign a conversation."""

    # None unassigns; Go always sends it.
    assigned: ConversationRoutingAssignUpdateAssigned | None
    silent: t.NotRequired[bool]


class ConversationInboxUpdate(TypedDict):
    """The inbox to move a conversation to."""

    inbox_id: str | None  # None is the main inbox


class ConversationMetaUpdate(TypedDict, total=False):
    """The changes of a visitor's contact details, device, segments and custom data.

    Node uses ConversationMeta, which also has connection.
    """

    nickname: str
    email: str
    avatar: str
    ip: str
    phone: str
    address: str
    subject: str
    origin: str
    segments: list[str]
    data: CustomData  # Go takes any value
    device: DeviceInfo


class ConversationOriginal(TypedDict):
    """The text that a message was made of, such as an e-mail."""

    website_id: str
    session_id: str
    original_id: str
    type: str
    headers: t.NotRequired[OpenObject]
    content: str
    timestamp: int
    """In milliseconds since 1970."""


class ConversationPage(TypedDict):
    """A page that a visitor was on."""

    page_title: str
    page_url: str
    page_referrer: t.NotRequired[str]
    timestamp: int
    """In milliseconds since 1970."""


class ConversationEvent(TypedDict):
    """An event in the life of a visitor."""

    text: str
    data: t.NotRequired[OpenObject]
    color: t.NotRequired[str]
    timestamp: int
    """In milliseconds since 1970."""


class ConversationFile(TypedDict):
    """A file that was sent in a conversation."""

    name: str
    type: str
    url: str
    fingerprint: int
    timestamp: int
    """In milliseconds since 1970."""


class ConversationStateData(TypedDict):
    """The state of a conversation."""

    state: ConversationState


class ConversationStateUpdate(TypedDict, total=False):
    """The state to put a conversation in."""

    state: t.Required[ConversationState]
    user: ConversationMessageUser
    origin: str


class ConversationRelationsConversations(TypedDict):
    """The session identifiers of related conversations."""

    parent: str | None
    children: list[str]


class ConversationRelations(TypedDict):
    """The relations of a conversation to others."""

    conversations: ConversationRelationsConversations


class ConversationParticipants(TypedDict):
    """All who take part in a conversation besides its visitor."""

    participants: list[ConversationParticipantResponse]


class ConversationParticipantsSave(TypedDict, total=False):
    """All who shall take part in a conversation besides its visitor."""

    participants: list[ConversationParticipant]
    user: ConversationMessageUser
    origin: str


class ConversationBlock(TypedDict):
    """The block state of a conversation."""

    blocked: bool


class ConversationBlockUpdate(TypedDict, total=False):
    """The block state to set."""

    blocked: t.Required[bool]
    user: ConversationMessageUser
    origin: str


class ConversationVerify(TypedDict):
    """The verification of a visitor, and its method."""

    verified: bool
    verifications: list[ConversationVerification]


class ConversationVerifyUpdate(TypedDict):
    """The verification to set."""

    verified: bool


# The two are there for editors to complete.
ConversationVerifyIdentity = t.Literal["email", "phone"] | str  # noqa: PYI051
"""What is verified: these two, or text that begins with ``urn:``."""


ConversationVerifyMethod = t.Literal["link"]


class ConversationVerifyIdentityRequest(TypedDict, total=False):
    """An identity to ask a proof for."""

    identity: t.Required[ConversationVerifyIdentity]
    method: ConversationVerifyMethod
    recipient: str


class ConversationVerifyIdentityRedeem(TypedDict):
    """A token that proves an identity."""

    identity: ConversationVerifyIdentity
    token: str
    recipient: t.NotRequired[str]


class ConversationTranscriptRequest(TypedDict):
    """To whom to send a transcript."""

    to: str  # such as "operator"
    email: t.NotRequired[str]


class ConversationBrowsing(TypedDict):
    """A session of browsing together with a visitor."""

    browsing_id: str
    browsing_token: str
    useragent: str


class ConversationBrowsingAction(TypedDict):
    """The action on a browsing session."""

    action: str  # such as "start"


class ConversationBrowsingAssistMouse(TypedDict, total=False):
    """A point to show the mouse at."""

    x: int
    y: int


ConversationBrowsingAssistClick = ConversationBrowsingAssistMouse
ConversationBrowsingAssistScroll = ConversationBrowsingAssistMouse


class ConversationBrowsingAssist(TypedDict, total=False):
    """Help for a visitor in their page: where to point, click or scroll."""

    # Such as "mouse"; by the other fields also "click" and "scroll".
    action: t.Required[str]
    mouse: ConversationBrowsingAssistMouse
    click: ConversationBrowsingAssistClick
    scroll: ConversationBrowsingAssistScroll


CallMode = t.Literal["audio", "video"]


class ConversationCallPayload(TypedDict, total=False):
    """A call to begin."""

    mode: t.Required[CallMode]
    user: ConversationMessageUser
    origin: str


class ConversationCall(TypedDict):
    """A call that goes on."""

    call_id: str


class ConversationCallAbortPayload(TypedDict, total=False):
    """By whom a call is ended."""

    user: ConversationMessageUser
    origin: str


class ConversationCallSignalingPayload(TypedDict):
    """A signal between the ends of a call."""

    type: str  # such as "sdp"
    payload: OpenValue


class ConversationToolCallRequest(TypedDict):
    """A call of a tool."""

    command: str  # such as "list_tools"
    payload: t.NotRequired[OpenObject]


class ConversationWidgetButtonPayload(TypedDict):
    """A button of a widget that was pressed."""

    section_id: str
    item_id: str
    data: OpenValue
    value: t.NotRequired[OpenValue]  # Node types it string


class ConversationWidgetActionStrategy(TypedDict):
    """The number of attempts to deliver."""

    attempts: int
    exhaustion: int


class ConversationWidgetAction(TypedDict):
    """A widget action that was taken for delivery."""

    correlation_id: str
    strategy: ConversationWidgetActionStrategy


WidgetDataAction = t.Literal["fetch", "edit"]


class ConversationWidgetDataPayload(TypedDict, total=False):
    """Data of a widget to fetch, or to edit."""

    section_id: t.Required[str]
    item_id: t.Required[str]
    # Shown by the Node README; neither Node nor Go sends it.
    action: WidgetDataAction
    data: OpenValue  # for a fetch
    value: str  # for an edit


class ConversationReminderPayload(TypedDict):
    """A reminder to schedule."""

    date: str
    note: str
    user: t.NotRequired[ConversationMessageUser]
    origin: t.NotRequired[str]


class ConversationReportPayload(TypedDict):
    """The flag to report a conversation under."""

    flag: str  # such as "spam"
