# mypy: disable-error-code="empty-body"
# pyright: reportReturnType=false
"""Endpoints that were added to the table, on the sandbox."""

from __future__ import annotations

import typing as t

import pytest

from crisp_api import Crisp, table
from crisp_api.declare import Body, Consumer, Mode, delete, get, head, patch, post, put
from crisp_api.sandbox import Sandbox, SandboxNotImplementedError, routes, rules
from crisp_api.sandbox.call import blank
from crisp_api.types import filters


class Widget(t.TypedDict):
    """A widget."""

    widget_id: str
    name: str
    size: t.NotRequired[int]
    created_at: int
    updated_at: int


class WidgetNew(t.TypedDict):
    """A widget to create."""

    name: str


class Theme(t.TypedDict):
    """How widgets look."""

    color: str
    sizes: list[int]


HERE: t.Final = "website/{website_id}"


class Widgets(Consumer[Mode]):
    """Endpoints that Crisp might add."""

    @post(f"{HERE}/widget")
    def create_widget(self, website_id: str, data: Body[WidgetNew]) -> Widget:
        """Create A Widget."""

    @get(f"{HERE}/widgets/{{page_number}}")
    def list_widgets(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[filters.CampaignFilters],
    ) -> list[Widget]:
        """List Widgets."""

    @head(f"{HERE}/widget/{{widget_id}}")
    def check_widget_exists(self, website_id: str, widget_id: str) -> bool:
        """Check If Widget Exists."""

    @get(f"{HERE}/widget/{{widget_id}}")
    def get_widget(self, website_id: str, widget_id: str) -> Widget:
        """Get A Widget."""

    @put(f"{HERE}/widget/{{widget_id}}")
    def save_widget(
        self, website_id: str, widget_id: str, data: Body[WidgetNew]
    ) -> None:
        """Save A Widget."""

    @patch(f"{HERE}/widget/{{widget_id}}")
    def update_widget(
        self, website_id: str, widget_id: str, data: Body[dict[str, t.Any]]
    ) -> None:
        """Update A Widget."""

    @delete(f"{HERE}/widget/{{widget_id}}")
    def remove_widget(self, website_id: str, widget_id: str) -> None:
        """Remove A Widget."""

    @get(f"{HERE}/widgets/theme")
    def get_theme(self, website_id: str) -> Theme:
        """Get Theme."""

    @put(f"{HERE}/widgets/theme")
    def save_theme(self, website_id: str, data: Body[Theme]) -> None:
        """Save Theme."""

    @post(f"{HERE}/widgets/refresh")
    def refresh_widgets(self, website_id: str) -> None:
        """Refresh Widgets."""

    @post("widgets/refresh")
    def refresh_everything(self) -> None:
        """Refresh Everything."""

    @get(f"{HERE}/widgets/weather")
    def get_weather(self, website_id: str) -> Theme:
        """Get Weather."""


@pytest.fixture
def widgets(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[Widgets[t.Any]]:
    """The endpoints, in the table, on a sandbox."""
    known = (*table.operations(), *table.operations(Widgets))
    caches = (
        *(table._by_id, table._patterns, routes.match),
        *(rules.rule_for, rules._operations, rules.type_of),
    )
    monkeypatch.setattr(table, "_table", lambda: known)
    for cache in caches:
        cache.cache_clear()
    sandbox = Sandbox(clock=lambda: 1_700_000_000)
    yield Widgets(Crisp("i", "k", transport=sandbox))
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def here() -> str:
    return Sandbox().website_id


def test_objects_are_kept(widgets: t.Any, here: str) -> None:
    made = widgets.create_widget(here, {"name": "A"})
    place = (here, made["widget_id"])

    assert made["created_at"] == 1_700_000_000_000
    assert widgets.get_widget(*place) == made
    assert widgets.check_widget_exists(*place) is True
    assert widgets.list_widgets(here) == [made]
    widgets.update_widget(*place, {"size": 3, "widget_id": "other"})
    assert widgets.get_widget(*place) == {**made, "size": 3}
    widgets.save_widget(*place, {"name": "B"})
    assert widgets.get_widget(*place) == {**made, "name": "B"}
    widgets.remove_widget(*place)
    assert widgets.check_widget_exists(*place) is False
    assert widgets.list_widgets(here) == []


def test_a_part_of_an_object_is_kept(widgets: t.Any, here: str) -> None:
    assert widgets.get_theme(here) == {"color": "", "sizes": []}

    widgets.save_theme(here, {"color": "red", "sizes": [1]})

    assert widgets.get_theme(here) == {"color": "red", "sizes": [1]}


def test_a_request_that_returns_nothing_is_accepted(widgets: t.Any, here: str) -> None:
    assert widgets.refresh_widgets(here) is None
    assert widgets.refresh_everything() is None


def test_what_cannot_be_derived_is_refused(widgets: t.Any, here: str) -> None:
    with pytest.raises(SandboxNotImplementedError, match=r"Widgets\.get_weather yet"):
        widgets.get_weather(here)
    with pytest.raises(SandboxNotImplementedError, match="the query 'search_name' yet"):
        widgets.list_widgets(here, search_name="A")


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (Theme, {"color": "", "sizes": []}),
        (t.Literal["a", "b"], "a"),
        (str | None, None),
        (int | str, 0),
        (float, 0.0),
        (bool, False),
        (dict[str, int], {}),
        (None, None),
    ],
)
def test_the_least_value_of_a_type(type_: t.Any, value: object) -> None:
    assert blank(type_) == value
