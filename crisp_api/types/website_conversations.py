"""Website Conversations: suggestions, and messages in quarantine."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, SpamDecision


class ConversationSuggestedSegment(TypedDict):
    """A segment that is suggested for conversations."""

    segment: str
    count: int
    """Number of conversations in the segment."""


class ConversationSuggestedSegmentDelete(TypedDict):
    """The segment to remove from the suggestions."""

    segment: str


class ConversationSuggestedData(TypedDict):
    """A custom data key that is suggested for conversations."""

    key: str
    count: int
    """Number of conversations with the key."""


class ConversationSuggestedDataDelete(TypedDict):
    """The custom data key to remove from the suggestions."""

    key: str


class ConversationSpam(TypedDict):
    """A message in quarantine, held as presumed spam."""

    spam_id: str
    type: str
    """Kind of spam, by which lists can be filtered."""
    reason: str
    """Reason why the message was held."""
    metadata: t.NotRequired[OpenObject]
    headers: t.NotRequired[OpenObject]
    """Headers of the e-mail."""
    timestamp: int
    """In milliseconds since 1970."""


class ConversationSpamContent(ConversationSpam):
    """A message in quarantine, with its content."""

    content: OpenObject


class ConversationSpamDecision(TypedDict):
    """A decision on a message in quarantine."""

    action: SpamDecision
    """Decision: ``accept`` turns the message into a conversation; ``reject`` discards
    it for good.
    """
