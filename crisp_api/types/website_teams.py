"""Website Teams: teams of operators; since Node 10.11.0."""

from crisp_api.types._typeddict import TypedDict


class WebsiteTeamItem(TypedDict, total=False):
    """A team, as it is written. Since Node 10.11.0.

    Node uses WebsiteTeam.
    """

    name: str
    emoji: str
    operators: list[str]  # operator user identifiers


class WebsiteTeam(WebsiteTeamItem, total=False):
    """A team of operators. Since Node 10.11.0."""

    team_id: str
    created_at: int  # milliseconds
    updated_at: int  # milliseconds


class WebsiteTeamNew(TypedDict, total=False):
    """A team that was created. Since Node 10.11.0."""

    team_id: str
