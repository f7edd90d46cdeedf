"""Website Conversations: what lists of conversations have besides them."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, SpamDecision


class ConversationSuggestedSegment(TypedDict):
    """A segment that conversations are in."""

    segment: str
    count: int


class ConversationSuggestedSegmentDelete(TypedDict):
    """The segment to suggest no more."""

    segment: str


class ConversationSuggestedData(TypedDict):
    """A key of custom data that conversations have."""

    key: str
    count: int


class ConversationSuggestedDataDelete(TypedDict):
    """The key to suggest no more."""

    key: str


class ConversationSpam(TypedDict):
    """A message that was taken for spam."""

    spam_id: str
    type: str
    reason: str
    metadata: t.NotRequired[OpenObject]
    headers: t.NotRequired[OpenObject]
    timestamp: int
    """In milliseconds since 1970."""


class ConversationSpamContent(ConversationSpam):
    """A message that was taken for spam, with what it says."""

    content: OpenObject


class ConversationSpamDecision(TypedDict):
    """The decision on a message in quarantine."""

    action: SpamDecision
