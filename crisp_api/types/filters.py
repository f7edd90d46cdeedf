"""Filters: what lists can be narrowed and ordered by.

A date is ISO 8601 text, or one of Python's own dates.
"""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import (
    ConversationSearchType,
    Date,
    Moment,
    SearchOperator,
    SortOrder,
)


class FilterSearchQuery(TypedDict):
    """A criterion of a search among conversations."""

    criterion: str
    query: list[str]
    model: str
    operator: str


class PeopleFilter(TypedDict, total=False):
    """A criterion of a search among contacts."""

    model: str
    criterion: str
    operator: str
    query: list[str]


ConversationSearch = str | list[FilterSearchQuery]
"""Text, the name of a segment, or a list of criteria (or its JSON text)."""

PeopleSearch = str | list[PeopleFilter]
"""A list of criteria, or its JSON text."""


class ConversationFilters(TypedDict, total=False):
    """The filters and the order of a list of conversations.

    ``per_page`` is 20 to 50, 20 by default. The dates are those of the last
    update. ``search_query`` is text or the name of a segment; with the
    ``search_type`` "filter" it is a list of criteria. ``filter_assigned`` is
    the user identifier of an operator.
    """

    per_page: int
    search_query: ConversationSearch
    search_type: ConversationSearchType
    search_operator: SearchOperator
    include_empty: bool
    filter_inbox_id: str
    filter_unread: bool
    filter_resolved: bool
    filter_not_resolved: bool
    filter_mention: bool
    filter_assigned: str
    filter_unassigned: bool
    filter_date_start: Date
    filter_date_end: Date
    order_date_created: bool
    order_date_updated: bool
    order_date_waiting: bool


class MessagesQuery(TypedDict, total=False):
    """The moment to read messages at; pass one of the three."""

    timestamp_before: Moment
    timestamp_after: Moment
    timestamp_around: Moment


class PeopleProfileFilters(TypedDict, total=False):
    """The filters and the order of a list of contacts.

    ``per_page`` is 20 to 50, 20 by default; ``sort_field`` is the name of a
    search field, such as "nickname". The dates are those of creation.
    """

    per_page: int
    sort_field: str
    sort_order: SortOrder
    search_operator: SearchOperator
    search_filter: PeopleSearch
    search_text: str
    filter_date_start: Date
    filter_date_end: Date


class HelpdeskArticleFilters(TypedDict, total=False):
    """The filters and the order of a list of helpdesk articles."""

    order_visits: bool
    search_title: str
    filter_category_id: str
    filter_section_id: str
    filter_status_published: bool
    filter_status_draft: bool
    filter_visibility_visible: bool
    filter_visibility_hidden: bool
    filter_date_start: Date
    filter_date_end: Date


class HelpdeskTreeFilters(TypedDict, total=False):
    """The filters of a helpdesk tree; ``sub_path`` is the entry to start from."""

    sub_path: str
    search_title: str
    filter_date_start: Date
    filter_date_end: Date


class CampaignFilters(TypedDict, total=False):
    """The filters of a list of campaigns."""

    search_name: str
    filter_tag: str
    filter_type_one_shot: bool
    filter_type_automated: bool
    filter_status_not_configured: bool
    filter_status_ready: bool
    filter_status_paused: bool
    filter_status_sending: bool
    filter_status_done: bool
