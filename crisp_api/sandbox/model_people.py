"""The nouns of contacts, visitors and campaigns."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.resource import Object, Resource, contains

__all__ = [
    "BLOCKED",
    "CAMPAIGN",
    "METAS",
    "PEOPLE",
    "PEOPLE_EVENT",
    "PEOPLE_RESOURCES",
    "STATISTIC",
    "TEMPLATE",
    "VISITOR",
]

_PERSON: t.Final = "website/{website_id}/people/profile/{people_id}"
_CAMPAIGN: t.Final = "website/{website_id}/campaign/{campaign_id}"

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
METAS: t.Final[Object] = {
    "nickname": "",
    "email": "",
    "phone": "",
    "avatar": "",
    "ip": "",
    "segments": [],
    "data": {},
    "device": _DEVICE,
}

VISITOR = Resource(
    "visitor",
    "website/{website_id}/visitor/{visitor_id}",
    columns={
        "is_active": "doc ->> 'active'",
        "latitude": "doc ->> '$.geolocation.coordinates.latitude'",
        "longitude": "doc ->> '$.geolocation.coordinates.longitude'",
    },
    indexes=((), ("is_active",), ("latitude",)),
)

BLOCKED = Resource("blocked visitors", "website/{website_id}/visitors/blocked/{rule}")

PEOPLE = Resource(
    "people",
    "website/{website_id}/people/profile/{people_id}",
    noun="people profile",
    alias="email",
    columns={
        "people": "doc ->> 'people_id'",
        "email": "casefold(ifnull(doc ->> 'email', ''))",
        "nickname": "ifnull(doc ->> '$.person.nickname', '')",
        "created": "ifnull(doc ->> 'created_at', 0)",
        "updated": "ifnull(doc ->> 'updated_at', 0)",
        "active": "ifnull(doc ->> '$.active.last', 0)",
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
    columns={"moment": "ifnull(doc ->> 'timestamp', 0)"},
    indexes=(("moment",),),
    order="moment",
    tags={"people event": ("$.text", "value")},
    tag_owner="parent",
)

CAMPAIGN = Resource(
    "campaign",
    "website/{website_id}/campaign/{campaign_id}",
    defaults={"format": "markdown"},
    columns={
        "name": "doc ->> 'name'",
        "type": "doc ->> 'type'",
        "tag": "ifnull(doc ->> 'tag', '')",
        "is_dispatched": "doc ->> 'dispatched'",
        "status": """CASE
            WHEN doc ->> 'progress' = 100 THEN 'done'
            WHEN doc ->> 'running' THEN 'sending'
            WHEN doc ->> 'dispatched' THEN 'paused'
            WHEN doc ->> 'ready' THEN 'ready'
            ELSE 'not_configured'
        END""",
    },
    indexes=((), ("tag",), ("status",)),
    filters={
        "search_name": contains("name"),
        "filter_tag": "tag = :value",
        "filter_type_one_shot": "type = 'one-shot'",
        "filter_type_automated": "type = 'automated'",
        "filter_status_not_configured": "status = 'not_configured'",
        "filter_status_ready": "status = 'ready'",
        "filter_status_paused": "status = 'paused'",
        "filter_status_sending": "status = 'sending'",
        "filter_status_done": "status = 'done'",
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

STATISTIC = Resource(
    "campaign statistic",
    f"{_CAMPAIGN}/statistic/{{statistic_id}}",
    columns={"type": "doc ->> 'type'"},
    indexes=(("type",),),
)

PEOPLE_RESOURCES: t.Final = (
    VISITOR,
    BLOCKED,
    PEOPLE,
    PEOPLE_EVENT,
    CAMPAIGN,
    TEMPLATE,
    STATISTIC,
)
