"""Website Inbox: inboxes, and the conditions that route conversations to them."""

import typing as t

from crisp_api.types._typeddict import TypedDict


class WebsiteInboxCondition(TypedDict, total=False):
    """A condition that routes conversations to an inbox."""

    model: t.Literal["session"]
    """Kind of object to test: ``session``, a conversation."""
    criterion: str
    """Name of the field to compare, such as ``segments``."""
    operator: t.Literal["eq", "neq", "gte", "lte", "gt", "lt"]
    """Comparison: ``eq`` (equal), ``neq`` (not equal), ``gt`` (greater), ``gte``
    (greater or equal), ``lt`` (less) or ``lte`` (less or equal).
    """
    query: list[str]
    """Values to compare the field with."""


class WebsiteInboxConditionResponse(TypedDict):
    """A condition that routes conversations to an inbox, in a response."""

    model: t.Literal["session"]
    """Kind of object to test: ``session``, a conversation."""
    criterion: str
    """Name of the field to compare, such as ``segments``."""
    operator: t.Literal["eq", "neq", "gte", "lte", "gt", "lt"]
    """Comparison: ``eq`` (equal), ``neq`` (not equal), ``gt`` (greater), ``gte``
    (greater or equal), ``lt`` (less) or ``lte`` (less or equal).
    """
    query: list[str]
    """Values to compare the field with."""


class WebsiteInboxItem(TypedDict, total=False):
    """An inbox, as it is written."""

    name: str
    emoji: str
    """Emoji shown with the name."""
    order: int
    """Position in the list of inboxes, such as ``1``."""
    operators: list[str]
    """User identifiers of the operators of the inbox."""
    teams: list[str]  # team identifiers, not in Go 3.73.1; since Node 10.11.0
    """Identifiers of the teams of the inbox."""
    # Meaning not stated, not in Go 3.73.1; since Node 10.11.0.
    team_operators: list[str]
    operator: str  # such as "and"
    """Combination of the conditions, such as ``and``."""
    conditions: list[WebsiteInboxCondition]
    """Conditions that a conversation must meet to enter the inbox."""


class WebsiteInbox(TypedDict):
    """An inbox."""

    inbox_id: str
    name: str
    emoji: t.NotRequired[str]
    """Emoji shown with the name."""
    order: t.NotRequired[int]
    """Position in the list of inboxes, such as ``1``."""
    operators: t.NotRequired[list[str]]
    """User identifiers of the operators of the inbox."""
    # Team identifiers, not in Go 3.73.1; since Node 10.11.0.
    teams: t.NotRequired[list[str]]
    """Identifiers of the teams of the inbox."""
    # Meaning not stated, not in Go 3.73.1; since Node 10.11.0.
    team_operators: t.NotRequired[list[str]]
    operator: t.NotRequired[str]  # such as "and"
    """Combination of the conditions, such as ``and``."""
    conditions: t.NotRequired[list[WebsiteInboxConditionResponse]]
    """Conditions that a conversation must meet to enter the inbox."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class WebsiteInboxOrder(TypedDict, total=False):
    """The position of an inbox in the list."""

    inbox_id: str
    order: int
    """Position in the list of inboxes, such as ``1``."""


class WebsiteInboxOrders(TypedDict):
    """The positions of several inboxes in the list."""

    # Go always sends it; the Node README example passes the bare list.
    orders: list[WebsiteInboxOrder]


class WebsiteInboxNew(TypedDict):
    """An inbox that was created."""

    inbox_id: str
