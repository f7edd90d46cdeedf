"""Queries of the store."""

from __future__ import annotations

import typing as t

__all__ = ["Query"]


class Query(t.NamedTuple):
    """The conditions of a query, their values, and its order."""

    conditions: tuple[str, ...] = ()
    values: tuple[object, ...] = ()
    order: str = "id"
    is_ascending: bool = False
    owners: tuple[tuple[str, tuple[object, ...]], ...] = ()

    def where(self, condition: str, *values: object) -> Query:
        """Return the query with one more condition."""
        return self._replace(
            conditions=(*self.conditions, condition), values=(*self.values, *values)
        )

    def among(self, select: str, *values: object) -> Query:
        """Return the query for objects whose paths a SELECT returns."""
        query = self.where(f"path IN ({select})", *values)
        return query._replace(owners=(*self.owners, (select, values)))

    def tagged(self, kind: str, website_id: str, name: object) -> Query:
        """Return the query for objects of a website that have a tag."""
        select = "SELECT owner FROM tag WHERE kind = ? AND website = ? AND name = ?"
        return self.among(select, kind, website_id, name)
