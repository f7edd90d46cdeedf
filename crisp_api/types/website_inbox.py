"""Website Inbox: inboxes, and which conversations go to them."""

import typing as t

from crisp_api.types._typeddict import TypedDict


class WebsiteInboxCondition(TypedDict, total=False):
    """A condition on which conversations go to an inbox."""

    model: t.Literal["session"]
    criterion: str
    operator: t.Literal["eq", "neq", "gte", "lte", "gt", "lt"]
    query: list[str]


class WebsiteInboxConditionResponse(TypedDict):
    """A condition on which conversations go to an inbox, in a response."""

    model: t.Literal["session"]
    criterion: str
    operator: t.Literal["eq", "neq", "gte", "lte", "gt", "lt"]
    query: list[str]


class WebsiteInboxItem(TypedDict, total=False):
    """An inbox, as it is written."""

    name: str
    emoji: str
    order: int
    operators: list[str]
    teams: list[str]  # team identifiers, not in Go 3.73.1; since Node 10.11.0
    # Meaning not stated, not in Go 3.73.1; since Node 10.11.0.
    team_operators: list[str]
    operator: str  # such as "and"
    conditions: list[WebsiteInboxCondition]


class WebsiteInbox(TypedDict):
    """An inbox."""

    inbox_id: str
    name: str
    emoji: t.NotRequired[str]
    order: t.NotRequired[int]
    operators: t.NotRequired[list[str]]
    # Team identifiers, not in Go 3.73.1; since Node 10.11.0.
    teams: t.NotRequired[list[str]]
    # Meaning not stated, not in Go 3.73.1; since Node 10.11.0.
    team_operators: t.NotRequired[list[str]]
    operator: t.NotRequired[str]  # such as "and"
    conditions: t.NotRequired[list[WebsiteInboxConditionResponse]]
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class WebsiteInboxOrder(TypedDict, total=False):
    """The place of an inbox."""

    inbox_id: str
    order: int


class WebsiteInboxOrders(TypedDict):
    """The places of inboxes."""

    # Go always sends it; the Node README example passes the bare list.
    orders: list[WebsiteInboxOrder]


class WebsiteInboxNew(TypedDict):
    """An inbox that was created."""

    inbox_id: str
