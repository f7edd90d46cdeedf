"""Website Batch: operations on many conversations or contacts at once."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteFilter
from crisp_api.types.values import CustomData


class WebsiteBatchConversationsOperation(TypedDict, total=False):
    """Conversations to change."""

    inbox_id: str | None  # None in a Node example
    sessions: list[str]  # all conversations when left out (resolve and read)


class WebsiteBatchReportOperation(TypedDict):
    """Conversations to report."""

    sessions: list[str]
    flag: str  # such as "spam"


class WebsiteBatchBlockOperation(TypedDict):
    """Conversations to block."""

    sessions: list[str]
    blocked: bool


class WebsiteBatchRoutingOperationAssigned(TypedDict):
    """The operator to assign conversations to."""

    user_id: str


class WebsiteBatchRoutingOperation(TypedDict):
    """Conversations to assign."""

    sessions: list[str]
    assigned: WebsiteBatchRoutingOperationAssigned | None  # None unassigns


class WebsiteBatchInboxOperation(TypedDict):
    """Conversations to move to an inbox."""

    sessions: list[str]
    inbox_id: str | None  # None is the main inbox


class WebsiteBatchPeopleOperationInnerSearch(TypedDict, total=False):
    """A search among contacts."""

    filter: list[WebsiteFilter]
    operator: str


class WebsiteBatchPeopleOperationInner(TypedDict, total=False):
    """Contacts, by their identifiers or by a search."""

    profiles: list[str]
    search: WebsiteBatchPeopleOperationInnerSearch | str  # Node types it string


class WebsiteBatchSegmentsOperation(TypedDict, total=False):
    """Conversations, or contacts, to put into segments."""

    sessions: list[str]
    people: WebsiteBatchPeopleOperationInner
    segments: t.Required[list[str]]


class WebsiteBatchDataOperation(TypedDict, total=False):
    """Conversations, or contacts, to give custom data to."""

    sessions: list[str]
    people: WebsiteBatchPeopleOperationInner
    data: t.Required[CustomData]


class WebsiteBatchRemoveOperation(TypedDict, total=False):
    """Conversations, or contacts, to remove."""

    # Of this inbox only; None in a Node example.
    inbox_id: str | None
    sessions: list[str]
    people: WebsiteBatchPeopleOperationInner
