"""Website Operator: one who answers."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteRemoveVerify


class WebsiteOperator(TypedDict, total=False):
    """An operator."""

    user_id: t.Required[str]  # Node spells it userID
    email: t.Required[str]
    avatar: str
    first_name: t.Required[str]  # Node spells it firstName
    last_name: t.Required[str]  # Node spells it lastName
    role: t.Required[str]
    title: str
    availability: str
    has_token: bool  # Node spells it hasToken
    identifier: str
    key: str


WebsiteOperatorInviteVerify = WebsiteRemoveVerify


class WebsiteOperatorInvite(TypedDict):
    """An operator to invite."""

    email: str
    role: str  # such as "member"
    # Node types the argument boolean, its README shows {method, secret}.
    verify: WebsiteOperatorInviteVerify | bool


class WebsiteOperatorEdit(TypedDict):
    """The changes of an operator."""

    role: str  # such as "owner"
    title: t.NotRequired[str]
