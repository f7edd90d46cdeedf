"""The nouns of the platform, each declared once.

A `Resource` says where its objects are in the table of endpoints, how lists of them
can be filtered and ordered, and what a new one has. The rest follows from the table:
`rules` lists, gets, checks, creates, saves, updates and removes them.
"""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.model_helpdesk import HELPDESK_RESOURCES
from crisp_api.sandbox.resource import Object, Path, Resource, contains

__all__ = [
    "BY_KEY",
    "CAMPAIGN",
    "CONVERSATION",
    "INBOX",
    "MESSAGE",
    "OPERATOR",
    "PARTS",
    "PEOPLE",
    "PEOPLE_EVENT",
    "RESOURCES",
    "SUBSCRIPTION",
    "TEAM",
    "TEMPLATE",
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

_DEVICE: t.Final[Object] = {
    "capabilities": [],
    "geolocation": {
        "country": "",
        "region": None,
        "city": None,
        "coordinates": {"latitude": 0.0, "longitude": 0.0},
    },
    "system": {
        "os": {"name": ""},
        "engine": {"name": ""},
        "browser": {"name": ""},
        "useragent": "",
    },
    "timezone": 0,
    "locales": [],
}
# Crisp sends these metas even when nothing is known of the visitor.
_META: t.Final[Object] = {
    "nickname": "",
    "email": "",
    "phone": "",
    "avatar": "",
    "ip": "",
    "segments": [],
    "data": {},
    "device": _DEVICE,
}

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
        "meta": _META,
        "participants": [],
        "mentions": [],
        "verifications": [],
    },
    columns={
        "state": "doc ->> 'state'",
        "is_open": "doc ->> 'state' <> 'resolved'",
        "is_empty": "ifnull(doc ->> 'is_empty', 1)",
        "is_unread": "(doc ->> '$.unread.operator') > 0",
        "assignee": "ifnull(doc ->> '$.assigned.user_id', '')",
        "inbox": "ifnull(doc ->> 'inbox_id', '')",
        "people": "doc ->> 'people_id'",
        "created": "doc ->> 'created_at'",
        "updated": "doc ->> 'updated_at'",
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
        ("people",),
    ),
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
        "filter_unassigned": "assignee = ''",
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
        "moment": "doc ->> 'timestamp'",
        "author": "doc ->> 'from'",
        "type": "doc ->> 'type'",
        "is_read": "ifnull(doc ->> 'read', '') <> ''",
    },
    indexes=(("moment",), ("author", "is_read"), ("type", "moment")),
    order="moment",
    texts=("$.content",),
    text_slot=1,
    text_owner="parent",
)

PEOPLE = Resource(
    "people",
    "website/{website_id}/people/profile/{people_id}",
    noun="people profile",
    alias="email",
    columns={
        "email": "doc ->> 'email'",
        "nickname": "doc ->> '$.person.nickname'",
        "created": "doc ->> 'created_at'",
        "updated": "doc ->> 'updated_at'",
        "active": "doc ->> '$.active.last'",
    },
    indexes=((), ("email",), ("nickname",), ("created",), ("updated",), ("active",)),
    filters={
        "filter_date_start": "created >= :value",
        "filter_date_end": "created <= :value",
    },
    texts=("$.email", "$.person.nickname"),
    text_slot=2,
    tags={
        "people segment": ("$.segments", "value"),
        "people data": ('$."people/data".data', "key"),
    },
)

PEOPLE_EVENT = Resource(
    "people event",
    "website/{website_id}/people/profile/{people_id}/event/{event_id}",
    columns={"moment": "doc ->> 'timestamp'"},
    indexes=(("moment",),),
    order="moment",
    tags={"people event": ("$.text", "value")},
    tag_owner="parent",
)

OPERATOR = Resource("operator", "website/{website_id}/operator/{user_id}")

INBOX = Resource("inbox", "website/{website_id}/inbox/{inbox_id}")

TEAM = Resource("team", "website/{website_id}/team/{team_id}")

CAMPAIGN = Resource(
    "campaign",
    "website/{website_id}/campaign/{campaign_id}",
    defaults={"format": "markdown"},
    columns={
        "name": "doc ->> 'name'",
        "type": "doc ->> 'type'",
        "tag": "doc ->> 'tag'",
    },
    indexes=((), ("tag",)),
    filters={
        "search_name": contains("name"),
        "filter_tag": "tag = :value",
        "filter_type_one_shot": "type = 'one-shot'",
        "filter_type_automated": "type = 'automated'",
    },
)

TEMPLATE = Resource(
    "campaign template",
    "website/{website_id}/campaigns/template/{template_id}",
    defaults={"type": "custom", "content": ""},
    columns={"name": "doc ->> 'name'", "type": "doc ->> 'type'"},
    filters={
        "search_name": contains("name"),
        "filter_type_static": "type = 'static'",
        "filter_type_custom": "type = 'custom'",
    },
)

SUBSCRIPTION = Resource(
    "plugin subscription",
    "plugins/subscription/{website_id}/{plugin_id}",
    noun="subscription",
)

RESOURCES: t.Final = (
    WEBSITE,
    CONVERSATION,
    MESSAGE,
    PEOPLE,
    PEOPLE_EVENT,
    OPERATOR,
    INBOX,
    TEAM,
    CAMPAIGN,
    TEMPLATE,
    SUBSCRIPTION,
    *HELPDESK_RESOURCES,
)
BY_KEY: t.Final = {resource.key: resource for resource in RESOURCES}

_SESSION: t.Final = CONVERSATION.path
# Parts of an object that are fields of its document; "" for several of them.
PARTS: t.Final = {
    "website/{website_id}/people/data/{people_id}": "people/data",
    f"{_SESSION}/meta": "meta",
    f"{_SESSION}/participants": "",
    f"{_SESSION}/routing": "",
    f"{_SESSION}/state": "",
}
