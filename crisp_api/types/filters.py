"""Filters and orders of lists.

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
    """Name of the field to compare."""
    query: list[str]
    """Values to compare the field with."""
    model: str
    """Kind of object that the field belongs to."""
    operator: str
    """Name of the comparison."""


class PeopleFilter(TypedDict, total=False):
    """A criterion of a search among contacts."""

    model: str
    """Kind of object that the field belongs to."""
    criterion: str
    """Name of the field to compare."""
    operator: str
    """Name of the comparison."""
    query: list[str]
    """Values to compare the field with."""


ConversationSearch = str | list[FilterSearchQuery]
"""Text, the name of a segment, or a list of criteria (or its JSON text)."""

PeopleSearch = str | list[PeopleFilter]
"""A list of criteria, or its JSON text."""


class ConversationFilters(TypedDict, total=False):
    """The filters and the order of a list of conversations."""

    per_page: int
    """Conversations on a page: 20 to 50. The default is 20."""
    search_query: ConversationSearch
    """Text, or the name of a segment. With the ``search_type`` "filter", a list of
    criteria.
    """
    search_type: ConversationSearchType
    """The kind of search that ``search_query`` contains."""
    search_operator: SearchOperator
    """Whether all criteria must match, or one of them."""
    include_empty: bool
    """Include conversations without a message."""
    filter_inbox_id: str
    """Only those in this inbox."""
    filter_unread: bool
    """Only those with unread messages."""
    filter_resolved: bool
    """Only resolved ones."""
    filter_not_resolved: bool
    """Only those that are not resolved."""
    filter_mention: bool
    """Only those that mention the operator."""
    filter_assigned: str
    """Only those assigned to the operator with this ``user_id``."""
    filter_unassigned: bool
    """Only those assigned to nobody."""
    filter_date_start: Date
    """Only those updated at this date or later."""
    filter_date_end: Date
    """Only those updated at this date or earlier."""
    order_date_created: bool
    """Order by the time of creation."""
    order_date_updated: bool
    """Order by the time of the last change."""
    order_date_waiting: bool
    """Order by the time that visitors wait."""


class MessagesQuery(TypedDict, total=False):
    """The point in time to read messages from.

    Pass at most one of the three fields; without any, you get the latest messages.
    """

    timestamp_before: Moment
    """Only messages before this moment."""
    timestamp_after: Moment
    """Only messages after this moment."""
    timestamp_around: Moment
    """Messages around this moment."""


class PeopleProfileFilters(TypedDict, total=False):
    """The filters and the order of a list of contacts."""

    per_page: int
    """Contacts on a page: 20 to 50. The default is 20."""
    sort_field: str
    """The name of a search field to sort by, such as "nickname"."""
    sort_order: SortOrder
    """The direction of ``sort_field``."""
    search_operator: SearchOperator
    """Whether all criteria must match, or one of them."""
    search_filter: PeopleSearch
    """A list of criteria."""
    search_text: str
    """Text to search for."""
    filter_date_start: Date
    """Only those created at this date or later."""
    filter_date_end: Date
    """Only those created at this date or earlier."""


class HelpdeskArticleFilters(TypedDict, total=False):
    """The filters and the order of a list of helpdesk articles."""

    order_visits: bool
    """Order by the number of visits."""
    search_title: str
    """Only articles whose title contains this text."""
    filter_category_id: str
    """Only articles in the category with this identifier."""
    filter_section_id: str
    """Only articles in the section with this identifier."""
    filter_status_published: bool
    """Only published articles."""
    filter_status_draft: bool
    """Only drafts."""
    filter_visibility_visible: bool
    """Only visible articles."""
    filter_visibility_hidden: bool
    """Only hidden articles."""
    filter_date_start: Date
    """Start of the period that the articles must fall in."""
    filter_date_end: Date
    """End of the period that the articles must fall in."""


class HelpdeskTreeFilters(TypedDict, total=False):
    """The filters of a list of helpdesk tree entries."""

    sub_path: str
    """The entry to start from."""
    search_title: str
    """Only entries whose title contains this text."""
    filter_date_start: Date
    """Start of the period that the entries must fall in."""
    filter_date_end: Date
    """End of the period that the entries must fall in."""


class CampaignFilters(TypedDict, total=False):
    """The filters of a list of campaigns."""

    search_name: str
    """Only campaigns whose name contains this text."""
    filter_tag: str
    """Only campaigns with this tag."""
    filter_type_one_shot: bool
    """Only campaigns of type ``one-shot``."""
    filter_type_automated: bool
    """Only campaigns of type ``automated``."""
    filter_status_not_configured: bool
    """Only campaigns that are not fully configured yet."""
    filter_status_ready: bool
    """Only campaigns that are ready to be sent."""
    filter_status_paused: bool
    """Only paused campaigns."""
    filter_status_sending: bool
    """Only campaigns that are being sent."""
    filter_status_done: bool
    """Only campaigns that have been sent."""
