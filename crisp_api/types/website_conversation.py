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
    """Identifies the conversation: ``session_`` and a UUID. The conversation stays
    invisible until a message from the ``user`` side is sent.
    """


ConversationState = t.Literal["pending", "unresolved", "resolved"]


class ConversationActive(TypedDict):
    """The presence of a visitor."""

    now: bool
    """Whether the visitor is present right now."""
    last: int
    """Last time, in milliseconds since 1970."""


ConversationMessageFrom = t.Literal["user", "operator"]
"""The author of a message or acknowledgement: the visitor or an operator."""


_From = TypedDict("_From", {"from": ConversationMessageFrom})
_MaybeFrom = TypedDict("_MaybeFrom", {"from": ConversationMessageFrom}, total=False)


class ConversationPreviewMessage(_From):
    """An excerpt of the last message of a conversation."""

    type: str
    """Type of the message, such as ``text``."""
    excerpt: str
    fingerprint: int
    """Fingerprint of the message, with which you can read it in full."""


class ConversationVerification(TypedDict):
    """An identity of a visitor that was verified."""

    identity: str
    """Kind of identity, such as ``email`` or ``phone``."""
    method: str
    """Way in which the identity was verified, such as ``link``."""
    annotation: str


class ConversationParticipant(TypedDict, total=False):
    """An external participant of a conversation, such as a person in copy."""

    type: str  # such as "email"
    """Kind of address that ``target`` holds, such as ``email``."""
    target: str
    """Address of the participant, such as an e-mail address."""


class ConversationParticipantResponse(TypedDict):
    """A participant of a conversation, such as a person in copy, in a response."""

    type: str  # such as "email"
    """Kind of address that ``target`` holds, such as ``email``."""
    target: str
    """Address of the participant, such as an e-mail address."""


class ConversationComposeAtomUser(TypedDict):
    """The operator who is typing."""

    user_id: str
    nickname: str
    avatar: t.NotRequired[str]


class ConversationComposeAtom(TypedDict, total=False):
    """The typing state of one side."""

    type: t.Required[str]
    """State: ``start`` while typing, ``stop`` afterwards."""
    excerpt: str
    """Text typed so far."""
    timestamp: t.Required[int]
    """In milliseconds since 1970."""
    user: ConversationComposeAtomUser
    automated: bool
    """Whether the sender is a program, not a person."""


class ConversationCompose(TypedDict, total=False):
    """The typing state of both sides of a conversation."""

    operator: ConversationComposeAtom
    visitor: ConversationComposeAtom


class ConversationUnread(TypedDict):
    """The number of messages that each side has not read."""

    operator: int
    """Messages that the operators have not read."""
    visitor: int
    """Messages that the visitor has not read."""


class ConversationAssigned(TypedDict):
    """The operator to whom a conversation is assigned."""

    user_id: str
    """User identifier of the operator."""


class ConversationMeta(TypedDict):
    """The visitor's contact details, device, segments and custom data."""

    nickname: str
    """Name of the visitor; empty if unknown."""
    email: str
    """E-mail address; empty if unknown."""
    phone: str
    """Phone number; empty if unknown."""
    ip: str
    """IP address; empty if unknown."""
    avatar: str
    """URL of the avatar; empty if unknown."""
    data: CustomData
    """Custom data: text, numbers or booleans by key."""
    connection: t.NotRequired[ConnectionInfo]
    """Network that the visitor comes from; missing if unknown."""
    device: DeviceInfoResponse
    segments: list[str]
    """Names of the segments that the conversation is in."""
    address: t.NotRequired[str]
    subject: t.NotRequired[str]
    origin: t.NotRequired[str]
    """Channel that the conversation came in by, such as ``chat``, ``email`` or the URN
    of a plugin.
    """


class Conversation(TypedDict):
    """A conversation, in a list or alone."""

    session_id: str
    """Identifies the conversation: ``session_`` and a UUID."""
    website_id: str
    # None is the main inbox, though no client says so
    inbox_id: t.NotRequired[str | None]
    """Inbox of the conversation. ``None`` means the main inbox."""
    people_id: t.NotRequired[str]
    """The contact that the visitor is."""
    state: ConversationState
    """One of ``pending``, ``unresolved`` or ``resolved``."""
    status: int
    is_verified: bool
    """Whether the visitor's identity is verified."""
    is_blocked: bool
    """Whether incoming messages of the visitor are blocked."""
    availability: str
    """Availability of the visitor: ``online`` or ``offline``."""
    active: ConversationActive
    last_message: str
    preview_message: t.NotRequired[ConversationPreviewMessage]
    topic: t.NotRequired[str]
    verifications: t.NotRequired[list[ConversationVerification]]
    participants: t.NotRequired[list[ConversationParticipantResponse]]
    """External participants, such as people in copy."""
    mentions: t.NotRequired[list[str]]
    compose: t.NotRequired[ConversationCompose]
    """Current typing state on each side."""
    unread: ConversationUnread
    """Number of unread messages on each side."""
    assigned: t.NotRequired[ConversationAssigned]
    """Operator in charge; missing if the conversation is unassigned."""
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
    """File name, shown to the reader."""
    url: str
    """Public URL of the file, on any host; see ``generate_bucket_url`` to upload one.
    """
    type: str
    """MIME type, such as ``application/pdf``."""


class ConversationFileMessageContentResponse(TypedDict):
    """A file, in a response."""

    name: str
    """File name, shown to the reader."""
    url: str
    """Public URL of the file."""
    type: str
    """MIME type, such as ``application/pdf``."""


class ConversationAnimationMessageContent(TypedDict, total=False):
    """An animated image."""

    url: str
    """Public URL of the image."""
    type: str
    """MIME type, such as ``image/gif``."""


class ConversationAnimationMessageContentResponse(TypedDict):
    """An animated image, in a response."""

    url: str
    """Public URL of the image."""
    type: str
    """MIME type, such as ``image/gif``."""


class ConversationAudioMessageContent(TypedDict, total=False):
    """An audio recording."""

    url: str
    """Public URL of the recording."""
    type: str
    """MIME type, such as ``audio/mpeg``."""
    duration: int


class ConversationAudioMessageContentResponse(TypedDict):
    """An audio recording, in a response."""

    url: str
    """Public URL of the recording."""
    type: str
    """MIME type, such as ``audio/mpeg``."""
    duration: int


class ConversationPickerMessageContentChoiceAction(TypedDict, total=False):
    """The action that picking a choice triggers."""

    type: str
    target: str


class ConversationPickerMessageContentChoiceActionResponse(TypedDict):
    """The action that picking a choice triggers, in a response."""

    type: str
    target: str


class ConversationPickerMessageContentChoice(TypedDict, total=False):
    """A choice of a picker."""

    value: str
    """Identifies the choice within the picker."""
    icon: str
    """Icon shown next to the label."""
    label: str
    """Text of the choice, shown to the visitor."""
    selected: bool
    """Whether the visitor has picked this choice."""
    action: ConversationPickerMessageContentChoiceAction
    """Action that picking the choice triggers."""


class ConversationPickerMessageContentChoiceResponse(TypedDict, total=False):
    """A choice of a picker, in a response."""

    value: t.Required[str]
    """Identifies the choice within the picker."""
    icon: str
    """Icon shown next to the label."""
    label: t.Required[str]
    """Text of the choice, shown to the visitor."""
    selected: bool
    """Whether the visitor has picked this choice."""
    action: ConversationPickerMessageContentChoiceActionResponse
    """Action that picking the choice triggers."""


class ConversationPickerMessageContent(TypedDict, total=False):
    """A question with choices."""

    id: str
    """Identifier of your choice, with which you recognize the answer."""
    text: str
    """Question to the visitor."""
    choices: list[ConversationPickerMessageContentChoice]
    required: bool
    """Whether the visitor has to answer."""


class ConversationPickerMessageContentResponse(TypedDict):
    """A question with choices, in a response."""

    id: str
    """Identifier of your choice, with which you recognize the answer."""
    text: str
    """Question to the visitor."""
    choices: list[ConversationPickerMessageContentChoiceResponse]
    required: t.NotRequired[bool]
    """Whether the visitor has to answer."""


class ConversationFieldMessageContent(TypedDict, total=False):
    """A text field for the visitor to fill in."""

    id: str
    """Identifier of your choice, with which you recognize the answer."""
    text: str
    """Question to the visitor."""
    explain: str
    value: str
    """Text that the visitor has entered."""
    required: bool
    """Whether the visitor has to answer."""


class ConversationFieldMessageContentResponse(TypedDict, total=False):
    """A text field for the visitor to fill in, in a response."""

    id: t.Required[str]
    """Identifier of your choice, with which you recognize the answer."""
    text: t.Required[str]
    """Question to the visitor."""
    explain: str
    value: str
    """Text that the visitor has entered."""
    required: bool
    """Whether the visitor has to answer."""


class ConversationCarouselMessageContentTargetAction(TypedDict, total=False):
    """A button of a card."""

    label: str
    """Text of the button."""
    url: str
    """Address that the button opens."""


class ConversationCarouselMessageContentTargetActionResponse(TypedDict):
    """A button of a card, in a response."""

    label: str
    """Text of the button."""
    url: str
    """Address that the button opens."""


class ConversationCarouselMessageContentTarget(TypedDict, total=False):
    """A card of a carousel."""

    title: str
    description: str
    image: str
    """URL of the image."""
    actions: list[ConversationCarouselMessageContentTargetAction]
    """Buttons of the card."""


class ConversationCarouselMessageContentTargetResponse(TypedDict, total=False):
    """A card of a carousel, in a response."""

    title: t.Required[str]
    description: str
    image: str
    """URL of the image."""
    actions: list[ConversationCarouselMessageContentTargetActionResponse]
    """Buttons of the card."""


class ConversationCarouselMessageContent(TypedDict, total=False):
    """A row of cards."""

    text: str
    """Text that accompanies the cards."""
    targets: list[ConversationCarouselMessageContentTarget]
    """Cards of the carousel, in order."""


class ConversationCarouselMessageContentResponse(TypedDict):
    """A row of cards, in a response."""

    text: str
    """Text that accompanies the cards."""
    targets: list[ConversationCarouselMessageContentTargetResponse]
    """Cards of the carousel, in order."""


class ConversationEventMessageContent(TypedDict, total=False):
    """An event in the course of a conversation, such as a change of state."""

    namespace: str
    """Kind of event, such as ``state:resolved``."""
    text: str


class ConversationEventMessageContentResponse(TypedDict):
    """An event in the course of a conversation, in a response."""

    namespace: str
    """Kind of event, such as ``state:resolved``."""
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
    """An excerpt and media of a linked page."""

    excerpt: str
    """Excerpt of the page's text."""
    image: str
    """URL of an image of the page."""
    embed: str


class ConversationMessagePreview(TypedDict, total=False):
    """A preview of a link in a message."""

    url: t.Required[str]
    website: str
    """Name of the website that the page is on."""
    title: str
    preview: ConversationMessagePreviewInformation
    """Excerpt and media of the page."""
    stamped: bool


class ConversationMessageIgnored(TypedDict):
    """The reason that a message was not delivered."""

    type: str
    reason: str


class ConversationMessageUser(TypedDict, total=False):
    """The author of a message."""

    type: str
    user_id: str  # Go leaves it out of requests
    """User identifier of an operator; for a visitor, the ``session_id``."""
    nickname: str
    """Name shown with the message."""
    avatar: str
    """URL of the avatar shown with the message."""


class ConversationMessageUserResponse(TypedDict):
    """The author of a message, in a response."""

    type: t.NotRequired[str]
    user_id: str  # Go leaves it out of requests
    """User identifier of an operator; for a visitor, the ``session_id``."""
    nickname: str
    """Name shown with the message."""
    avatar: t.NotRequired[str]
    """URL of the avatar shown with the message."""


class ConversationMessageReference(TypedDict, total=False):
    """A source that a message refers to."""

    type: str
    name: str
    """Title of the source."""
    target: str
    """Address or identifier of the source."""


class ConversationMessageReferenceResponse(TypedDict):
    """A source that a message refers to, in a response."""

    type: str
    name: t.NotRequired[str]
    """Title of the source."""
    target: str
    """Address or identifier of the source."""


class ConversationMessageOriginal(TypedDict):
    """The identifier of the text that a message was made of."""

    original_id: str
    """Identifier to pass to ``get_original_message_in_conversation``."""


class _Message(_From):
    """The fields of every message, whatever its kind."""

    session_id: str
    website_id: str
    origin: str
    """Channel that the message came in by: ``chat``, ``email``, or the URN of a plugin.
    """
    preview: list[ConversationMessagePreview]
    """Previews of the links in the message."""
    mentions: list[str]
    """Operators who are mentioned in the message."""
    read: str | None  # where it was read; empty or None until then
    """Channel that the message was read on, such as ``chat``; empty or ``None`` if it
    is unread.
    """
    delivered: str | None  # where it was delivered; empty or None until then
    """Channel that the message was delivered on; empty or ``None`` if it has not been
    delivered.
    """
    ignored: t.NotRequired[dict[str, ConversationMessageIgnored]]
    """Reasons that the message was not delivered, by channel, such as ``email``."""
    edited: t.NotRequired[bool]
    """Whether the content was changed after sending."""
    translated: t.NotRequired[bool]
    """Whether the content was translated."""
    automated: t.NotRequired[bool]
    """Whether a program wrote the message, not a person."""
    stamped: bool  # Node only
    fingerprint: int
    """Identifies the message within the conversation; a whole number of up to 15
    digits.
    """
    timestamp: int
    """In milliseconds since 1970."""
    user: ConversationMessageUserResponse
    references: t.NotRequired[list[ConversationMessageReferenceResponse]]
    """Sources that the message refers to."""
    original: t.NotRequired[ConversationMessageOriginal]
    """Reference to the text that the message was made of, such as the HTML of an
    e-mail.
    """
    properties: t.NotRequired[CustomData]


class ConversationTextMessage(_Message):
    """A text message."""

    type: t.Literal["text"]
    content: str


class ConversationNoteMessage(_Message):
    """A private note, which only operators see."""

    type: t.Literal["note"]
    content: str


class ConversationFileMessage(_Message):
    """A file message."""

    type: t.Literal["file"]
    content: ConversationFileMessageContentResponse


class ConversationAnimationMessage(_Message):
    """An animated image message."""

    type: t.Literal["animation"]
    content: ConversationAnimationMessageContentResponse


class ConversationAudioMessage(_Message):
    """An audio message."""

    type: t.Literal["audio"]
    content: ConversationAudioMessageContentResponse


class ConversationPickerMessage(_Message):
    """A picker message: a question with choices."""

    type: t.Literal["picker"]
    content: ConversationPickerMessageContentResponse


class ConversationFieldMessage(_Message):
    """A field message: a question with a text field."""

    type: t.Literal["field"]
    content: ConversationFieldMessageContentResponse


class ConversationCarouselMessage(_Message):
    """A carousel message: a row of cards."""

    type: t.Literal["carousel"]
    content: ConversationCarouselMessageContentResponse


class ConversationEventMessage(_Message):
    """A message of the type ``event``, such as a change of state."""

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
"""A message of any kind, told apart by its ``type``."""


class ConversationMessageNewOriginal(TypedDict, total=False):
    """The text that a message is made of, such as the HTML of an e-mail."""

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
    """Sources that the message refers to."""
    # Go sends {type, content}; Node types it {original_id}.
    original: t.NotRequired[
        ConversationMessageNewOriginal | ConversationMessageOriginal
    ]
    """Text that the message is made of, such as the HTML of an e-mail."""
    properties: t.NotRequired[CustomData]
    """Custom data of the message."""
    timestamp: t.NotRequired[int]
    """Time of the message, in milliseconds since 1970."""
    stealth: t.NotRequired[bool]
    """Do not send the message to the visitor's mailbox."""
    translated: t.NotRequired[bool]
    """Whether the content was translated."""
    automated: t.NotRequired[bool]
    """The message was not written by a person."""
    mentions: t.NotRequired[list[str]]  # Go on every type; Node on notes only
    """User identifiers of the operators to mention."""


class ConversationMessageNewBase(_MessageNew):
    """The fields of every message to send.

    To a type checker no kind is one of these: take `ConversationMessageNew`.
    """

    type: ConversationMessageType
    content: ConversationMessageContent


class ConversationTextMessageNew(_MessageNew):
    """A text message to send, or a note if ``type`` is ``note``."""

    type: t.Literal["text", "note"]
    """Either ``text``, or ``note`` for a private note that only operators see."""
    content: str


class ConversationNoteMessageNew(_MessageNew):
    """A private note to send, which only operators see."""

    type: t.Literal["note"]
    content: str


class ConversationFileMessageNew(_MessageNew):
    """A file message to send."""

    type: t.Literal["file"]
    content: ConversationFileMessageContent


class ConversationAnimationMessageNew(_MessageNew):
    """An animated image message to send."""

    type: t.Literal["animation"]
    content: ConversationAnimationMessageContent


class ConversationAudioMessageNew(_MessageNew):
    """An audio message to send."""

    type: t.Literal["audio"]
    content: ConversationAudioMessageContent


class ConversationPickerMessageNew(_MessageNew):
    """A picker message to send: a question with choices."""

    type: t.Literal["picker"]
    content: ConversationPickerMessageContent


class ConversationFieldMessageNew(_MessageNew):
    """A field message to send: a question with a text field."""

    type: t.Literal["field"]
    content: ConversationFieldMessageContent


class ConversationCarouselMessageNew(_MessageNew):
    """A carousel message to send: a row of cards."""

    type: t.Literal["carousel"]
    content: ConversationCarouselMessageContent


class ConversationEventMessageNew(_MessageNew):
    """A message of the type ``event`` to send, such as a change of state."""

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
"""A message to send, of the kind that ``type`` names."""


class ConversationMessageDispatched(TypedDict):
    """The receipt of a message that Crisp accepted for sending."""

    fingerprint: int
    """Fingerprint of the message, with which you can read, change or remove it."""


class ConversationMessageUpdate(TypedDict):
    """The new content of a message."""

    content: ConversationMessageContent
    """New content, of the same kind as that of the message: text for ``text`` and
    ``note``, an object for all others.
    """


class ConversationComposeMessageNew(_From, total=False):
    """A typing state to show."""

    type: t.Required[t.Literal["start", "stop"]]
    """State to show: ``start`` shows the typing indicator, ``stop`` hides it."""
    excerpt: str
    """Text typed so far."""
    stealth: bool
    automated: bool
    """Whether the sender is a program, not a person."""


class ConversationReadMessageMark(_MaybeFrom, total=False):
    """The messages to mark as read or delivered."""

    origin: str
    """Channel that the messages were read or delivered on: ``chat``, ``email``, or the
    URN of a plugin.
    """
    fingerprints: list[int | str]  # text of digits too
    """Fingerprints of the messages, as numbers or as text. To mark all messages as
    read, leave it out.
    """


class ConversationUnreadMessageMark(_MaybeFrom):
    """The side whose messages become unread."""


class ConversationOpenUpdate(TypedDict):
    """The open state to publish for the authenticated operator."""

    opened: bool  # Go encodes it under the key blocked, which looks like a slip
    """Whether the operator has the conversation open."""


class ConversationRoutingAssign(TypedDict, total=False):
    """The assignment of a conversation."""

    assigned: ConversationAssigned
    """Operator in charge; missing if the conversation is unassigned."""


class ConversationRoutingAssignUpdateAssigned(TypedDict, total=False):
    """The operator to assign a conversation to."""

    user_id: str
    """User identifier of the operator."""


class ConversationRoutingAssignUpdate(TypedDict):
    """The operator to assign a conversation to, if any."""

    # None unassigns; Go always sends it.
    assigned: ConversationRoutingAssignUpdateAssigned | None
    """Operator to assign the conversation to; ``None`` unassigns it."""
    silent: t.NotRequired[bool]


class ConversationInboxUpdate(TypedDict):
    """The inbox to move a conversation to."""

    inbox_id: str | None  # None is the main inbox
    """Inbox to move the conversation to. ``None`` means the main inbox."""


class ConversationMetaUpdate(TypedDict, total=False):
    """The changes of a visitor's contact details, device, segments and custom data.

    Node uses ConversationMeta, which also has connection.
    """

    nickname: str
    email: str
    avatar: str
    """URL of the avatar."""
    ip: str
    phone: str
    address: str
    subject: str
    origin: str
    """Channel that the conversation came in by: ``chat``, ``email``, or the URN of a
    plugin.
    """
    segments: list[str]
    """Names of the segments that the conversation is to be in."""
    data: CustomData  # Go takes any value
    """Custom data: text, numbers or booleans under keys of your choice."""
    device: DeviceInfo


class ConversationOriginal(TypedDict):
    """The raw form of a message, such as the HTML of an e-mail."""

    website_id: str
    session_id: str
    original_id: str
    type: str
    headers: t.NotRequired[OpenObject]
    """Headers of the e-mail."""
    content: str
    """The raw text."""
    timestamp: int
    """In milliseconds since 1970."""


class ConversationPage(TypedDict):
    """A page that a visitor viewed."""

    page_title: str
    page_url: str
    page_referrer: t.NotRequired[str]
    """Address of the page that led to this one."""
    timestamp: int
    """In milliseconds since 1970."""


class ConversationEvent(TypedDict):
    """An event recorded for a visitor."""

    text: str
    """Name of the event, such as ``Added item to basket``."""
    data: t.NotRequired[OpenObject]
    """Details of the event, under keys of your choice."""
    color: t.NotRequired[str]
    """Name of the color that the event is shown in, such as ``red``."""
    timestamp: int
    """In milliseconds since 1970."""


class ConversationFile(TypedDict):
    """A file that was sent in a conversation."""

    name: str
    type: str
    url: str
    fingerprint: int
    """Fingerprint of the message that the file was sent in."""
    timestamp: int
    """In milliseconds since 1970."""


class ConversationStateData(TypedDict):
    """The state of a conversation."""

    state: ConversationState
    """One of ``pending``, ``unresolved`` or ``resolved``."""


class ConversationStateUpdate(TypedDict, total=False):
    """The state to put a conversation in."""

    state: t.Required[ConversationState]
    """One of ``pending``, ``unresolved`` or ``resolved``. The change is recorded in the
    conversation as an ``event`` message.
    """
    user: ConversationMessageUser
    """Person to name as the author of the change, if it is not the authenticated one.
    """
    origin: str
    """Channel that the change is made on: ``chat``, ``email``, or the URN of your
    plugin.
    """


class ConversationRelationsConversations(TypedDict):
    """The session identifiers of the parent and child conversations."""

    parent: str | None
    """Session identifier of the parent conversation; ``None`` if there is none."""
    children: list[str]
    """Session identifiers of the child conversations."""


class ConversationRelations(TypedDict):
    """The relations of a conversation to others."""

    conversations: ConversationRelationsConversations


class ConversationParticipants(TypedDict):
    """The external participants of a conversation, such as people in copy."""

    participants: list[ConversationParticipantResponse]


class ConversationParticipantsSave(TypedDict, total=False):
    """The external participants to set on a conversation, such as people in copy."""

    participants: list[ConversationParticipant]
    """All external participants; the list replaces the present one."""
    user: ConversationMessageUser
    """Person to name as the author of the change, if it is not the authenticated one.
    """
    origin: str
    """Channel that the change is made on: ``chat``, ``email``, or the URN of your
    plugin.
    """


class ConversationBlock(TypedDict):
    """The block state of a conversation."""

    blocked: bool
    """Whether incoming messages of the visitor are blocked."""


class ConversationBlockUpdate(TypedDict, total=False):
    """The block state to set."""

    blocked: t.Required[bool]
    """Whether to block (``True``) or unblock incoming messages of the visitor."""
    user: ConversationMessageUser
    """Person to name as the author of the change, if it is not the authenticated one.
    """
    origin: str
    """Channel that the change is made on: ``chat``, ``email``, or the URN of your
    plugin.
    """


class ConversationVerify(TypedDict):
    """The verification status of a visitor."""

    verified: bool
    """Whether the visitor's identity is verified."""
    verifications: list[ConversationVerification]
    """Identities that were verified, and how."""


class ConversationVerifyUpdate(TypedDict):
    """The verification status to set by hand."""

    verified: bool
    """Whether to show the visitor's identity as verified."""


# The two are there for editors to complete.
ConversationVerifyIdentity = t.Literal["email", "phone"] | str  # noqa: PYI051
"""A kind of identity: one of these two, or text that begins with ``urn:``."""


ConversationVerifyMethod = t.Literal["link"]


class ConversationVerifyIdentityRequest(TypedDict, total=False):
    """The identity that a visitor is asked to prove."""

    identity: t.Required[ConversationVerifyIdentity]
    """Kind of identity: ``email``, ``phone``, or a URN (text that begins with
    ``urn:``).
    """
    method: ConversationVerifyMethod
    """Way to prove the identity: ``link``."""
    recipient: str


class ConversationVerifyIdentityRedeem(TypedDict):
    """A token that proves an identity."""

    identity: ConversationVerifyIdentity
    """Kind of identity: ``email``, ``phone``, or a URN (text that begins with
    ``urn:``).
    """
    token: str
    """Token of the verification link."""
    recipient: t.NotRequired[str]


class ConversationTranscriptRequest(TypedDict):
    """The recipient of an e-mail transcript."""

    to: str  # such as "operator"
    """Side that receives the transcript, such as ``operator``."""
    email: t.NotRequired[str]
    """E-mail address to send the transcript to."""


class ConversationBrowsing(TypedDict):
    """A screen sharing session with a visitor."""

    browsing_id: str
    """Identifies the session: ``browsing_`` and a UUID."""
    browsing_token: str
    useragent: str
    """User agent string of the visitor's browser."""


class ConversationBrowsingAction(TypedDict):
    """An action on a screen sharing session."""

    action: str  # such as "start"
    """Action to take, such as ``start``."""


class ConversationBrowsingAssistMouse(TypedDict, total=False):
    """A point on the visitor's screen."""

    x: int
    y: int


ConversationBrowsingAssistClick = ConversationBrowsingAssistMouse
ConversationBrowsingAssistScroll = ConversationBrowsingAssistMouse


class ConversationBrowsingAssist(TypedDict, total=False):
    """A pointer movement, click or scroll to perform on the visitor's screen."""

    # Such as "mouse"; by the other fields also "click" and "scroll".
    action: t.Required[str]
    """Kind of assistance, such as ``mouse``; the field of the same name holds the
    position.
    """
    mouse: ConversationBrowsingAssistMouse
    click: ConversationBrowsingAssistClick
    scroll: ConversationBrowsingAssistScroll


CallMode = t.Literal["audio", "video"]


class ConversationCallPayload(TypedDict, total=False):
    """A call to start."""

    mode: t.Required[CallMode]
    """Either ``audio`` or ``video``."""
    user: ConversationMessageUser
    """Person to name as the author, if it is not the authenticated one."""
    origin: str
    """Channel that the request is made on: ``chat``, ``email``, or the URN of your
    plugin.
    """


class ConversationCall(TypedDict):
    """A call in progress."""

    call_id: str
    """Identifies the call: ``call_`` and a UUID."""


class ConversationCallAbortPayload(TypedDict, total=False):
    """The author to name when a call is ended."""

    user: ConversationMessageUser
    """Person to name as the author, if it is not the authenticated one."""
    origin: str
    """Channel that the request is made on: ``chat``, ``email``, or the URN of your
    plugin.
    """


class ConversationCallSignalingPayload(TypedDict):
    """A signaling payload to relay to the other side of a call."""

    type: str  # such as "sdp"
    """Kind of payload, such as ``sdp``."""
    payload: OpenValue


class ConversationToolCallRequest(TypedDict):
    """A WebMCP tool command for the visitor's chatbox to run."""

    command: str  # such as "list_tools"
    """Name of the command, such as ``list_tools``."""
    payload: t.NotRequired[OpenObject]


class ConversationWidgetButtonPayload(TypedDict):
    """A press of a button in a plugin widget."""

    section_id: str
    """Section of the widget, as the plugin names it, such as ``payments``."""
    item_id: str
    """Item within the section, as the plugin names it, such as ``refund_on_stripe``."""
    data: OpenValue
    """Data that the plugin gave the button, such as an invoice number."""
    value: t.NotRequired[OpenValue]  # Node types it string


class ConversationWidgetActionStrategy(TypedDict):
    """The delivery strategy of a widget action."""

    attempts: int
    exhaustion: int


class ConversationWidgetAction(TypedDict):
    """The receipt of a widget action that Crisp accepted for delivery."""

    correlation_id: str
    """Identifies the action, also in the ``widget:action:processed`` event that reports
    its outcome.
    """
    strategy: ConversationWidgetActionStrategy


WidgetDataAction = t.Literal["fetch", "edit"]


class ConversationWidgetDataPayload(TypedDict, total=False):
    """A value of a plugin widget to fetch or edit."""

    section_id: t.Required[str]
    """Section of the widget, as the plugin names it, such as ``payments``."""
    item_id: t.Required[str]
    """Item within the section, as the plugin names it, such as ``unpaid_balance``."""
    # Shown by the Node README; neither Node nor Go sends it.
    action: WidgetDataAction
    """Either ``fetch`` or ``edit``."""
    data: OpenValue  # for a fetch
    """Data that goes with a ``fetch``."""
    value: str  # for an edit
    """New value, for an ``edit``."""


class ConversationReminderPayload(TypedDict):
    """A reminder to schedule."""

    date: str
    """Time of the reminder, as ISO 8601 text, such as ``2018-05-29T09:00:00Z``."""
    note: str
    user: t.NotRequired[ConversationMessageUser]
    """Person to name as the author, if it is not the authenticated one."""
    origin: t.NotRequired[str]
    """Channel that the reminder is set on: ``chat``, ``email``, or the URN of your
    plugin.
    """


class ConversationReportPayload(TypedDict):
    """The reason to report a conversation."""

    flag: str  # such as "spam"
    """Reason for the report, such as ``spam``."""
