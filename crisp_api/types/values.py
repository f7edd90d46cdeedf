"""Values that several sections share: literals, and types of open values."""

import datetime as dt
import typing as t

Tier = t.Literal["user", "website", "plugin"]
"""The tier of the token that authenticates a request."""

RtmMode = t.Literal["websockets", "webhooks"]
"""The delivery of events: over a real-time connection, or as webhooks."""

CampaignType = t.Literal["one-shot", "automated"]
"""``one-shot`` is known from responses, ``automated`` from the name of a filter."""

ConversationSearchType = t.Literal["text", "segment", "filter"]

HelpdeskContentType = t.Literal["articles", "guides", "references", "news"]
"""Go accepts any text. Since Node 11.0.0."""

RemoveVerifyMethod = t.Literal["password", "token", "google"]
"""The method to prove an identity."""

SearchOperator = t.Literal["and", "or"]
"""The combination of criteria; the default is ``and``."""

SortOrder = t.Literal["ascending", "descending"]

SpamDecision = t.Literal["accept", "reject"]
"""``reject`` is known from an example, ``accept`` from the text of the reference."""

Date = str | dt.datetime | dt.date
"""A date in a query: ISO 8601 text, a datetime with a time zone, or a date."""

Moment = int | dt.datetime | dt.date
"""A timestamp in a query: milliseconds since 1970, a datetime with a time zone, or a
date, which means midnight UTC."""


Flag = bool | t.Literal[0, 1, "0", "1", ""]
"""A boolean, or its text as older programs write it; ``""`` is omitted."""

CustomData = t.Mapping[str, str | int | float | bool]
"""Custom data, under keys of your choice."""

OpenValue = t.Any
"""A JSON value whose type Crisp does not document."""

OpenObject = dict[str, t.Any]
"""A JSON object whose fields Crisp does not document."""

Payload = t.Mapping[str, t.Any]
"""A JSON object to send, whose fields Crisp does not document."""

PluginSettings = t.Mapping[str, t.Any]
"""The settings of a plugin; the schema of the plugin defines their fields."""
