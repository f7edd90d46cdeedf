"""The nouns of the platform, each declared once.

A `Resource` says where its objects are in the table of endpoints, how lists of them
can be filtered and ordered, and what a new one has. The rest follows from the table:
`rules` lists, gets, checks, creates, saves, updates and removes them.
"""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.model_helpdesk import HELPDESK_RESOURCES
from crisp_api.sandbox.model_people import (
    BLOCKED,
    CAMPAIGN,
    METAS,
    PEOPLE,
    PEOPLE_EVENT,
    PEOPLE_RESOURCES,
    STATISTIC,
    TEMPLATE,
    VISITOR,
)
from crisp_api.sandbox.resource import Object, Path, Resource

__all__ = [
    "ACTIVE",
    "BLOCKED",
    "BROWSING",
    "BY_KEY",
    "CALL",
    "CAMPAIGN",
    "CONVERSATION",
    "EVENT",
    "INBOX",
    "MESSAGE",
    "OPERATOR",
    "ORIGINAL",
    "PAGE",
    "PARTS",
    "PEOPLE",
    "PEOPLE_EVENT",
    "RESOURCES",
    "SPAM",
    "STATISTIC",
    "SUBSCRIPTION",
    "TEAM",
    "TEMPLATE",
    "UPLOAD",
    "VISITOR",
    "WEBSITE",
    "Object",
    "Path",
    "Resource",
]

WEBSITE = Resource(
    "website",
    "website/{website_id}",
    columns={"domain": "doc ->> 'domain'"},
    indexes=((), ("domain",)),
)

CONVERSATION = Resource(
    "conversation",
    "website/{website_id}/conversation/{session_id}",
    missing="conversation_not_found",
    prefix="session_",
    defaults={
        "inbox_id": None,
        "state": "pending",
        "status": 0,
        "availability": "offline",
        "meta": METAS,
        "participants": [],
        "mentions": [],
        "verifications": [],
    },
    columns={
        "state": "doc ->> 'state'",
        "is_open": "doc ->> 'state' <> 'resolved'",
        "is_empty": "ifnull(doc ->> 'is_empty', 1)",
        "is_unread": "nullif((doc ->> '$.unread.operator') > 0, 0)",
        "assignee": "doc ->> '$.assigned.user_id'",
        "inbox": "doc ->> 'inbox_id'",
        "people": "doc ->> 'people_id'",
        "email": "nullif(casefold(doc ->> '$.meta.email'), '')",
        "created": "ifnull(doc ->> 'created_at', 0)",
        "updated": "ifnull(doc ->> 'updated_at', 0)",
        "waiting": "ifnull(-(doc ->> 'waiting_since'), -9000000000000000)",
    },
    indexes=(
        ("created",),
        ("updated",),
        ("waiting",),
        ("is_open", "updated"),
        ("is_unread", "updated"),
        ("assignee", "updated"),
        ("inbox", "updated"),
        ("people", "updated"),
        ("email",),
    ),
    sparse=("is_unread", "assignee", "inbox", "people", "email"),
    always=("is_empty",),
    order="updated",
    orders={
        "order_date_created": "created",
        "order_date_updated": "updated",
        "order_date_waiting": "waiting",
    },
    filters={
        "filter_inbox_id": "inbox = :value",
        "filter_unread": "is_unread = 1",
        "filter_resolved": "is_open = 0",
        "filter_not_resolved": "is_open = 1",
        "filter_mention": "tag:mention",
        "filter_assigned": "assignee = :value",
        "filter_unassigned": "assignee IS NULL",
        "filter_date_start": "updated >= :value",
        "filter_date_end": "updated <= :value",
    },
    texts=("$.meta.nickname", "$.meta.email"),
    text_slot=0,
    tags={
        "mention": ("$.mentions", "value"),
        "conversation segment": ("$.meta.segments", "value"),
        "conversation data": ("$.meta.data", "key"),
    },
)

_MOMENT: t.Final = "ifnull(doc ->> 'timestamp', 0)"

MESSAGE = Resource(
    "message",
    "website/{website_id}/conversation/{session_id}/message/{fingerprint}",
    defaults={
        "preview": [],
        "mentions": [],
        "stamped": True,
        "read": "",
        "delivered": "",
    },
    columns={
        "moment": _MOMENT,
        "author": "doc ->> 'from'",
        "type": "doc ->> 'type'",
        "is_unread": "nullif(ifnull(doc ->> 'read', '') = '', 0)",
        "is_file": "nullif(doc ->> 'type' = 'file', 0)",
    },
    indexes=(("moment",), ("is_unread", "author"), ("is_file", "moment")),
    sparse=("is_unread", "is_file"),
    order="moment",
    texts=("$.content",),
    text_slot=1,
    text_owner="parent",
)

# Nothing in the API adds pages and events: the sandbox's own visitors do.
PAGE = Resource(
    "conversation page",
    "website/{website_id}/conversation/{session_id}/page/{page_id}",
    columns={"moment": _MOMENT},
    indexes=(("moment",),),
    order="moment",
)

EVENT = Resource(
    "conversation event",
    "website/{website_id}/conversation/{session_id}/event/{event_id}",
    columns={"moment": _MOMENT},
    indexes=(("moment",),),
    order="moment",
)

ORIGINAL = Resource(
    "original",
    "website/{website_id}/conversation/{session_id}/original/{original_id}",
)

BROWSING = Resource(
    "browsing",
    "website/{website_id}/conversation/{session_id}/browsing/{browsing_id}",
    noun="browsing session",
    prefix="browsing_",
)

CALL = Resource(
    "call",
    "website/{website_id}/conversation/{session_id}/call/{call_id}",
    prefix="call_",
)

SPAM = Resource(
    "spam",
    "website/{website_id}/conversations/spam/{spam_id}",
    columns={"type": "doc ->> 'type'", "moment": _MOMENT},
    indexes=(("moment",), ("type", "moment")),
    order="moment",
    filters={"filter_type": "type = :value"},
)

OPERATOR = Resource(
    "operator",
    "website/{website_id}/operator/{user_id}",
    columns={"email": "casefold(doc ->> 'email')"},
    indexes=((), ("email",)),
)

# The operators who wrote messages.
ACTIVE = Resource(
    "active operator",
    "website/{website_id}/operators/active/{active_id}",
    columns={"moment": _MOMENT},
    indexes=(("moment",),),
    order="moment",
)

INBOX = Resource(
    "inbox",
    "website/{website_id}/inbox/{inbox_id}",
    # Those without a place are the last.
    columns={"place": "ifnull(doc ->> 'order', 9000000000000000)"},
    indexes=(("place",),),
    order="place",
    is_ascending=True,
)

TEAM = Resource("team", "website/{website_id}/team/{team_id}")

SUBSCRIPTION = Resource(
    "plugin subscription",
    "plugins/subscription/{website_id}/{plugin_id}",
    noun="subscription",
    columns={
        "plugin": "doc ->> 'id'",
        "is_configured": "doc ->> 'settings' <> '{}'",
        "changed": "doc ->> 'changed_at'",
    },
)

UPLOAD = Resource("upload", "website/{website_id}/upload/{upload_id}")

RESOURCES: t.Final = (
    WEBSITE,
    CONVERSATION,
    MESSAGE,
    PAGE,
    EVENT,
    ORIGINAL,
    BROWSING,
    CALL,
    SPAM,
    OPERATOR,
    ACTIVE,
    INBOX,
    TEAM,
    SUBSCRIPTION,
    UPLOAD,
    *PEOPLE_RESOURCES,
    *HELPDESK_RESOURCES,
)
BY_KEY: t.Final = {resource.key: resource for resource in RESOURCES}

_SESSION: t.Final = CONVERSATION.path
# Parts of an object that are fields of its document; "" for several of them.
PARTS: t.Final = {
    "website/{website_id}/settings": "",
    "website/{website_id}/people/data/{people_id}": "people/data",
    f"{_SESSION}/meta": "meta",
    f"{_SESSION}/participants": "",
    f"{_SESSION}/routing": "",
    f"{_SESSION}/state": "",
}
