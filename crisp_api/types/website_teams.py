"""Website Teams: teams of operators; since Node 10.11.0."""

import typing as t

from crisp_api.types._typeddict import TypedDict


class WebsiteTeamItem(TypedDict, total=False):
    """A team, as it is written. Since Node 10.11.0.

    Node uses WebsiteTeam.
    """

    name: str
    emoji: str
    """Emoji shown with the name."""
    operators: list[str]  # operator user identifiers
    """User identifiers of the operators in the team."""


class WebsiteTeam(TypedDict):
    """A team of operators. Since Node 10.11.0."""

    team_id: str
    name: str
    emoji: t.NotRequired[str]
    """Emoji shown with the name."""
    operators: t.NotRequired[list[str]]  # operator user identifiers
    """User identifiers of the operators in the team."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class WebsiteTeamNew(TypedDict):
    """A team that was created. Since Node 10.11.0."""

    team_id: str
