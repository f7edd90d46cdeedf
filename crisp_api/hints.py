"""Type hints at run time: the fields of a TypedDict, the members of a union."""

from __future__ import annotations

import types
import typing as t

__all__ = ["Field", "fields", "is_typed_dict", "members"]


class Field(t.NamedTuple):
    """A field of a TypedDict.

    Attributes:
        name: the key.
        hint: its type, without ``Required`` and ``NotRequired``.
        required: whether it must be there.
    """

    name: str
    hint: t.Any
    required: bool


def is_typed_dict(type_: t.Any) -> bool:
    """Return whether a type is a TypedDict, of typing or of typing_extensions."""
    return isinstance(type_, type) and hasattr(type_, "__required_keys__")


def fields(type_: t.Any) -> list[Field]:
    """Return the fields of a TypedDict, those of its bases first."""
    found: list[Field] = []
    for name, hint in t.get_type_hints(type_, include_extras=True).items():
        mark, required = t.get_origin(hint), name in type_.__required_keys__
        if mark in {t.Required, t.NotRequired}:
            # The class does not know of marks in postponed hints.
            (hint,), required = t.get_args(hint), mark is t.Required  # noqa: PLW2901
        found.append(Field(name, hint, required))
    return found


def members(type_: t.Any) -> tuple[t.Any, ...]:
    """Return the members of a union, without None, or a type alone."""
    if t.get_origin(type_) not in {t.Union, types.UnionType}:
        return (type_,)
    return tuple(one for one in t.get_args(type_) if one is not types.NoneType)
