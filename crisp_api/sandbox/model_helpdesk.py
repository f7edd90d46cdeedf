"""The nouns of a helpdesk.

In the store, all of a helpdesk is below (website, ``helpdesk``), so that it can be
removed at once. The content of a locale and a type is a tree: groups are its
categories and their sections, and entries are its articles, of any content type.
The old and the new operations read and write the same entries and groups.
"""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.resource import Resource, contains

__all__ = [
    "CHANGE",
    "CONTENT",
    "ENTRY",
    "FEEDBACK",
    "GROUP",
    "HELPDESK",
    "HELPDESK_RESOURCES",
    "LOCALE",
    "REDIRECTION",
]

_PATH: t.Final = "website/{website_id}/helpdesk"
_IDS: t.Final = ("website_id", "helpdesk")
_CONTENT_IDS: t.Final = (*_IDS, "locale", "content_type")

HELPDESK = Resource("helpdesk", _PATH, ids=_IDS)

LOCALE = Resource(
    "helpdesk locale",
    f"{_PATH}/locale/{{locale}}",
    noun="locale",
    ids=(*_IDS, "locale"),
)

CONTENT = Resource(
    "helpdesk content",
    f"{_PATH}/tree/list/{{locale}}/{{content_type}}",
    noun="content type",
    ids=_CONTENT_IDS,
)

_IN_ORDER: t.Final = {
    "title": "doc ->> 'title'",
    "slug": "doc ->> 'slug'",
    # Lists begin with the highest value.
    "place": "ifnull(-(doc ->> 'order'), 0)",
}

ENTRY = Resource(
    "helpdesk entry",
    f"{_PATH}/locale/{{locale}}/article/{{article_id}}",
    noun="article",
    ids=(*_CONTENT_IDS, "article_id"),
    columns={
        **_IN_ORDER,
        "category": "doc ->> 'category_id'",
        "section": "doc ->> 'section_id'",
        "above": "ifnull(nullif(doc ->> 'section_id', ''), doc ->> 'category_id')",
        "status": "doc ->> 'status'",
        "visibility": "doc ->> 'visibility'",
        "visits": "ifnull(doc ->> 'visits', 0)",
        "updated": "ifnull(doc ->> 'updated_at', 0)",
    },
    indexes=(
        ("place",),
        ("visits",),
        ("updated",),
        ("category", "place"),
        ("section", "place"),
        ("above", "place"),
        ("above", "slug"),
        ("status", "place"),
    ),
    order="place",
    orders={"order_visits": "visits"},
    filters={
        "search_title": contains("title"),
        "filter_category_id": "category = :value",
        "filter_section_id": "section = :value",
        "filter_status_published": "status = 'published'",
        "filter_status_draft": "status = 'draft'",
        "filter_visibility_visible": "visibility = 'visible'",
        "filter_visibility_hidden": "visibility = 'hidden'",
        "filter_date_start": "updated >= :value",
        "filter_date_end": "updated <= :value",
    },
)

GROUP = Resource(
    "helpdesk group",
    f"{_PATH}/locale/{{locale}}/category/{{category_id}}",
    ids=(*_CONTENT_IDS, "group_id"),
    columns={**_IN_ORDER, "above": "doc ->> 'category_id'"},
    indexes=(("above", "place"), ("above", "slug")),
    order="place",
    filters={"search_name": contains("title")},
)

FEEDBACK = Resource(
    "helpdesk feedback",
    f"{_PATH}/feedback/list/{{locale}}/{{content_type}}/{{feedback_id}}",
    ids=(*_CONTENT_IDS, "feedback_id"),
    columns={
        "rating": "doc ->> 'rating'",
        "created": "ifnull(doc ->> 'created_at', 0)",
    },
    indexes=(("created",), ("rating", "created")),
    order="created",
    filters={
        "filter_date_start": "created >= :value",
        "filter_date_end": "created <= :value",
    },
)

CHANGE = Resource(
    "helpdesk change",
    f"{_PATH}/history/change/{{change_id}}",
    noun="change",
    ids=(*_IDS, "change_id"),
    columns={
        "locale": "doc ->> 'locale'",
        "type": "doc ->> 'content_type'",
        "created": "ifnull(doc ->> 'created_at', 0)",
    },
    indexes=(("created",), ("locale", "created"), ("type", "created")),
    order="created",
    filters={
        "filter_locale": "locale = :value",
        "filter_type": "type = :value",
        "filter_tree_path": "tag:helpdesk path",
    },
    # The paths of a change, and those above them.
    tags={"helpdesk path": ("$.paths", "value")},
)

REDIRECTION = Resource(
    "helpdesk redirection",
    f"{_PATH}/redirection/{{redirection_id}}",
    noun="redirection",
    ids=(*_IDS, "redirection_id"),
)

HELPDESK_RESOURCES: t.Final = (
    HELPDESK,
    LOCALE,
    CONTENT,
    ENTRY,
    GROUP,
    FEEDBACK,
    CHANGE,
    REDIRECTION,
)
