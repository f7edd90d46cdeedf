"""Website Batch: operations on many conversations or contacts at once."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteFilter
from crisp_api.types.values import CustomData


class WebsiteBatchConversationsOperation(TypedDict, total=False):
    """The conversations to resolve, reopen, or mark as read or unread."""

    inbox_id: str | None  # None in a Node example
    """Only conversations in this inbox."""
    sessions: list[str]  # all conversations when left out (resolve and read)
    """Session identifiers of the conversations. To resolve or read all conversations,
    leave it out.
    """


class WebsiteBatchReportOperation(TypedDict):
    """The conversations to report, and the reason."""

    sessions: list[str]
    """Session identifiers of the conversations."""
    flag: str  # such as "spam"
    """Reason for the report, such as ``spam``."""


class WebsiteBatchBlockOperation(TypedDict):
    """The conversations to block or unblock."""

    sessions: list[str]
    """Session identifiers of the conversations."""
    blocked: bool
    """Whether to block the conversations (``True``) or to unblock them."""


class WebsiteBatchRoutingOperationAssigned(TypedDict):
    """The operator to assign conversations to."""

    user_id: str
    """User identifier of the operator."""


class WebsiteBatchRoutingOperation(TypedDict):
    """The conversations to assign or unassign."""

    sessions: list[str]
    """Session identifiers of the conversations."""
    assigned: WebsiteBatchRoutingOperationAssigned | None  # None unassigns
    """Operator to assign the conversations to; ``None`` unassigns them."""


class WebsiteBatchInboxOperation(TypedDict):
    """Conversations to move to an inbox."""

    sessions: list[str]
    """Session identifiers of the conversations."""
    inbox_id: str | None  # None is the main inbox
    """Inbox to move the conversations to. ``None`` means the main inbox."""


class WebsiteBatchPeopleOperationInnerSearch(TypedDict, total=False):
    """A search among contacts."""

    filter: list[WebsiteFilter]
    """Criteria that the contacts must match."""
    operator: str
    """Combination of the criteria: ``and`` or ``or``."""


class WebsiteBatchPeopleOperationInner(TypedDict, total=False):
    """Contacts, selected by their identifiers or by a search."""

    profiles: list[str]
    """The ``people_id`` of each contact."""
    search: WebsiteBatchPeopleOperationInnerSearch | str  # Node types it string
    """Search that selects the contacts."""


class WebsiteBatchSegmentsOperation(TypedDict, total=False):
    """The segments to set on conversations or contacts."""

    sessions: list[str]
    """Session identifiers of the conversations to change. Pass either this or
    ``people``.
    """
    people: WebsiteBatchPeopleOperationInner
    """Contacts to change. Pass either this or ``sessions``."""
    segments: t.Required[list[str]]


class WebsiteBatchDataOperation(TypedDict, total=False):
    """The custom data to set on conversations or contacts."""

    sessions: list[str]
    """Session identifiers of the conversations to change. Pass either this or
    ``people``.
    """
    people: WebsiteBatchPeopleOperationInner
    """Contacts to change. Pass either this or ``sessions``."""
    data: t.Required[CustomData]
    """Custom data: text, numbers or booleans under keys of your choice."""


class WebsiteBatchRemoveOperation(TypedDict, total=False):
    """The conversations or contacts to delete."""

    # Of this inbox only; None in a Node example.
    inbox_id: str | None
    """Only conversations in this inbox."""
    sessions: list[str]
    """Session identifiers of the conversations to delete. Pass either this or
    ``people``.
    """
    people: WebsiteBatchPeopleOperationInner
    """Contacts to delete. Pass either this or ``sessions``."""
