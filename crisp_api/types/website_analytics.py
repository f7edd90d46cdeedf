"""Website Analytics: queries and their results; Node has no types for them."""

import typing as t

from crisp_api.types._typeddict import TypedDict


class AnalyticsGenerateQueryDateDay(TypedDict):
    """A range of hours within a day."""

    hour_from: str
    hour_to: str


class AnalyticsGenerateQueryDateDays(TypedDict, total=False):
    """The hours to consider on each day of the week."""

    monday: AnalyticsGenerateQueryDateDay
    tuesday: AnalyticsGenerateQueryDateDay
    wednesday: AnalyticsGenerateQueryDateDay
    thursday: AnalyticsGenerateQueryDateDay
    friday: AnalyticsGenerateQueryDateDay
    saturday: AnalyticsGenerateQueryDateDay
    sunday: AnalyticsGenerateQueryDateDay


_From = TypedDict("_From", {"from": str})


class AnalyticsGenerateQueryDate(_From):
    """The period to analyze, and the intervals to split it into."""

    to: str
    split: str
    timezone: str
    days: t.NotRequired[AnalyticsGenerateQueryDateDays]


class AnalyticsGenerateQueryIf(TypedDict):
    """A metric that must hold for a point to count."""

    metric: str
    split_by: str


AnalyticsFilter = t.Any
"""A filter of an analytics query: any JSON value."""


class AnalyticsGenerateQueryThen(TypedDict, total=False):
    """The aggregation of the points that match."""

    type: str
    filter: AnalyticsFilter


_If = TypedDict("_If", {"if": AnalyticsGenerateQueryIf}, total=False)


class AnalyticsGenerateQuery(_If, total=False):
    """A query to the analytics: a metric and the period to compute it over.

    Typed by Go only; Node takes any object.
    """

    metric: t.Required[str]
    type: t.Required[str]
    aggregator: str
    split_by: str
    filter: AnalyticsFilter
    date: t.Required[AnalyticsGenerateQueryDate]
    then: AnalyticsGenerateQueryThen
    raw_export: bool


class WebsiteAnalyticsGeneratePoint(TypedDict, total=False):
    """A data point of an analytics query."""

    period: str
    value: int
    split_by: str
    hits: int
    unique_hits: int
    sum_value: int
    sum_hits: int
