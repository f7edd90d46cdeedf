"""Options that have a new name."""

from __future__ import annotations

import inspect
import typing as t

import pytest

from crisp_api._renamed import refuse_old_options


@refuse_old_options(colour="color", size="width")
def draw(*shapes: str, color: str = "red", **options: int) -> dict[str, t.Any]:
    """Draw shapes."""
    return {"shapes": shapes, "color": color, **options}


def test_options_by_their_names_are_passed_on() -> None:
    assert draw("a", "b", color="blue", depth=1) == {
        "shapes": ("a", "b"),
        "color": "blue",
        "depth": 1,
    }


@pytest.mark.parametrize(("old", "new"), [("colour", "color"), ("size", "width")])
def test_an_old_name_is_refused_where_any_name_is_taken(old: str, new: str) -> None:
    options: dict[str, t.Any] = {"depth": 1, old: 3}
    problem = rf"^draw\(\) has no option '{old}'; it is now '{new}'$"

    with pytest.raises(TypeError, match=problem):
        draw("a", **options)


def test_a_decorated_function_looks_as_before() -> None:
    assert draw.__name__ == "draw"
    assert draw.__doc__ == "Draw shapes."
    assert list(inspect.signature(draw).parameters) == ["shapes", "color", "options"]
