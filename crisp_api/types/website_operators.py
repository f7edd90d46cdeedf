"""Website Operators: those who answer, in lists."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.website_operator import WebsiteOperator


class WebsiteOperatorListOne(TypedDict):
    """An operator in a list."""

    type: str
    details: WebsiteOperator


class WebsiteOperatorsLastActiveListOne(TypedDict):
    """An operator who was active."""

    user_id: str  # Node spells it userID
    avatar: t.NotRequired[str]
    nickname: str
    timestamp: int
    """In milliseconds since 1970."""


class WebsiteOperatorEmailTarget(TypedDict, total=False):
    """A button in an e-mail."""

    label: str
    url: str


class WebsiteOperatorEmail(TypedDict, total=False):
    """An e-mail to operators."""

    recipient: str  # such as "owners"
    user_id: str  # Node spells it userID
    subject: str
    message: str
    target: WebsiteOperatorEmailTarget
