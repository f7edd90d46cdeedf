"""Website Operator: one operator."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteRemoveVerify


class WebsiteOperator(TypedDict, total=False):
    """An operator."""

    user_id: t.Required[str]  # Node spells it userID
    email: t.Required[str]
    avatar: str
    """URL of the avatar."""
    first_name: t.Required[str]  # Node spells it firstName
    last_name: t.Required[str]  # Node spells it lastName
    role: t.Required[str]
    """Role on the website, such as ``owner`` or ``member``."""
    title: str
    """Job title, such as ``CTO``."""
    availability: str
    """Availability of the operator, such as ``online`` or ``offline``."""
    has_token: bool  # Node spells it hasToken
    identifier: str
    key: str


WebsiteOperatorInviteVerify = WebsiteRemoveVerify


class WebsiteOperatorInvite(TypedDict):
    """An operator to invite."""

    email: str
    """E-mail address to send the invitation to."""
    role: str  # such as "member"
    """Role on the website, such as ``owner`` or ``member``."""
    # Node types the argument boolean, its README shows {method, secret}.
    verify: WebsiteOperatorInviteVerify | bool
    """Proof of identity of the person who invites."""


class WebsiteOperatorEdit(TypedDict):
    """The role and title to give an operator."""

    role: str  # such as "owner"
    """Role on the website, such as ``owner`` or ``member``."""
    title: t.NotRequired[str]
    """Job title, such as ``CTO``."""
