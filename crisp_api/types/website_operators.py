"""Website Operators: lists of operators."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.website_operator import WebsiteOperator


class WebsiteOperatorListOne(TypedDict):
    """An operator in a list."""

    type: str
    """Kind of entry; the list includes operators who have not accepted their invitation
    yet.
    """
    details: WebsiteOperator


class WebsiteOperatorsLastActiveListOne(TypedDict):
    """An operator who answered recently."""

    user_id: str  # Node spells it userID
    avatar: t.NotRequired[str]
    """URL of the avatar."""
    nickname: str
    timestamp: int
    """In milliseconds since 1970."""


class WebsiteOperatorEmailTarget(TypedDict, total=False):
    """A link in an e-mail to operators."""

    label: str
    url: str


class WebsiteOperatorEmail(TypedDict, total=False):
    """An e-mail to send to some or all operators."""

    recipient: str  # such as "owners"
    """Group of operators to write to, such as ``owners``."""
    user_id: str  # Node spells it userID
    subject: str
    message: str
    target: WebsiteOperatorEmailTarget
    """Link to add to the e-mail."""
