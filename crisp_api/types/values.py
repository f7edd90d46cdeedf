"""Values that more than one section has: closed sets, and what Crisp leaves open."""

import datetime as dt
import typing as t

Tier = t.Literal["user", "website", "plugin"]
"""What kind of token signs a request."""

RtmMode = t.Literal["websockets", "webhooks"]
"""How events come: over a socket, or as requests."""

CampaignType = t.Literal["one-shot", "automated"]
"""Seen: one-shot; automated is known from a filter's name."""

ConversationSearchType = t.Literal["text", "segment", "filter"]

HelpdeskContentType = t.Literal["articles", "guides", "references", "news"]
"""Go takes any text. Since Node 11.0.0."""

RemoveVerifyMethod = t.Literal["password", "token", "google"]
"""How somebody proves who they are."""

SearchOperator = t.Literal["and", "or"]
"""How criteria are joined; "and" where nothing is said."""

SortOrder = t.Literal["ascending", "descending"]

SpamDecision = t.Literal["accept", "reject"]
"""Seen: reject; accept is known from the reference's words."""

Date = str | dt.datetime | dt.date
"""A date in a query: ISO 8601 text, a datetime with a time zone, or a date."""

Moment = int | dt.datetime | dt.date
"""A timestamp in a query: milliseconds since 1970, a datetime with a time zone, or a
date, which means midnight UTC."""


Flag = bool | t.Literal[0, 1, "0", "1", ""]
"""A boolean as older programs write it; ``""`` is left out."""

CustomData = t.Mapping[str, str | int | float | bool]
"""Data of one's own, under keys of one's own."""

OpenValue = t.Any
"""A JSON value of which Crisp does not say more."""

OpenObject = dict[str, t.Any]
"""A JSON object of which Crisp does not say more."""

Payload = t.Mapping[str, t.Any]
"""A JSON object to send, of which Crisp does not say more."""

PluginSettings = t.Mapping[str, t.Any]
"""Settings of a plugin; its own schema says what stands in them."""
