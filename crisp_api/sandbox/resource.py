"""Nouns of the platform: their tables in the store, and their lists."""

from __future__ import annotations

import dataclasses
import re
import typing as t

__all__ = ["Object", "Path", "Resource", "contains"]

Object = dict[str, t.Any]
Path = tuple[str, ...]
Index = tuple[str, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class Resource:
    """A noun: objects with an identifier, below a parent.

    Expressions of SQL refer to the document of an object as ``doc``, and to columns by
    their names. In a filter, ``:value`` is the value of the query parameter, and
    ``:user`` the operator whose token it is.

    Attributes:
        name: the name of its table.
        path: the path of one object in the table of endpoints.
        noun: what it is called in error messages.
        missing: the reason why an object is not found.
        prefix: what an identifier begins with, before a UUID.
        ids: the names of the identifiers that lead to an object in the store, if they
            are not those in ``path``.
        alias: a column that identifies an object as well.
        defaults: what a new object has, besides what its type requires.
        columns: expressions by the name of their column.
        indexes: columns by which pages are found; an object's age follows.
        sparse: columns that few objects have a value in: an index that begins with
            one has only those.
        always: columns that most lists are filtered by.
        order: the column that lists are ordered by, from the highest value.
        is_ascending: order lists from the lowest value.
        orders: other columns, by the flag of the query that asks for them.
        filters: conditions, by the parameter of the query that asks for them. Those of
            one kind, as ``filter_type_...``, are alternatives.
        texts: the places of texts to search in.
        text_slot: a number that no other resource with a text has.
        text_owner: whom it belongs to: ``path``, or ``parent`` for what is above it.
        tags: lists and dicts in a document, by the kind of their names: the place, and
            whether the names are in ``value`` or ``key``.
        tag_owner: whom they belong to, as for the text.
    """

    name: str
    path: str
    noun: str = ""
    missing: str = "not_found"
    prefix: str = ""
    ids: tuple[str, ...] = ()
    alias: str = ""
    defaults: t.Mapping[str, t.Any] = dataclasses.field(
        default_factory=dict[str, t.Any]
    )
    columns: t.Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    indexes: tuple[Index, ...] = ((),)
    sparse: Index = ()
    always: Index = ()
    order: str = "id"
    is_ascending: bool = False
    orders: t.Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    filters: t.Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    texts: tuple[str, ...] = ()
    text_slot: int = 0
    text_owner: str = "path"
    tags: t.Mapping[str, tuple[str, str]] = dataclasses.field(
        default_factory=dict[str, tuple[str, str]]
    )
    tag_owner: str = "path"

    @property
    def variables(self) -> list[str]:
        """The names of the identifiers that lead to an object."""
        return list(self.ids) or re.findall(r"{(\w+)}", self.path)

    @property
    def key(self) -> str:
        """The name of the identifier of an object."""
        return self.variables[-1]


def contains(column: str) -> str:
    """Return the filter for texts that contain a value, in any case of letters."""
    return f"instr(casefold({column}), casefold(:value)) > 0"
