"""The objects of a sandbox, in its database.

Each resource has a table, with a row for each object: its path (the identifiers that
lead to it), its JSON document, and the columns that the resource computes from the
document. Filters, orders and pages are queries on those columns.

Two more tables are derived. ``tag`` has the names in lists and dicts, such as segments;
triggers keep it up to date. ``text`` has the texts to search in. Most of them are never
searched, so a change is only noted in ``stale``, and applied by the next search.
"""

from __future__ import annotations

import sqlite3
import typing as t

from crisp_api import wire
from crisp_api.sandbox import keys, schema_sql
from crisp_api.sandbox.database import Database, words
from crisp_api.sandbox.model import RESOURCES, Object, Path, Resource
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal

__all__ = ["Store"]

# Of what dump() returns: it does not change with the tables.
_FORMAT: t.Final = 1
_REMEMBERED_PAGES: t.Final = 256
_FEW: t.Final = 1000
# SQLite limits the number of words in a search.
_MOST_WORDS: t.Final = 100
# The number of the last row that SQLite can have.
_LAST_ROW: t.Final = 2**63 - 1


class Store(Database):
    """Objects, by resource and path.

    The arguments and the errors are those of a `Database`.
    """

    def __init__(self, path: str | None = None, *, full_text: bool = True) -> None:
        # Where pages ended, by the query of the next page.
        self._ends: dict[object, tuple[int, object, int]] = {}
        self._resources = {resource.name: resource for resource in RESOURCES}
        super().__init__(path, full_text=full_text)

    def get(self, resource: Resource, path: Path) -> Object | None:
        """Return an object, None if there is none."""
        query = f"SELECT doc FROM {self._table(resource)} WHERE path = ?"
        row = self._database.execute(query, (keys.joined(path),)).fetchone()
        return None if row is None else t.cast("Object", wire.plain_value(row[0]))

    def has(self, resource: Resource, path: Path) -> bool:
        """Return whether an object exists."""
        query = f"SELECT 1 FROM {self._table(resource)} WHERE path = ?"
        return (
            self._database.execute(query, (keys.joined(path),)).fetchone() is not None
        )

    def add(self, resource: Resource, path: Path, document: Object) -> bool:
        """Add an object, unless there is one; return whether it was added."""
        statement = (
            f"INSERT OR IGNORE INTO {self._table(resource)} "
            "(parent_id, parent, path, doc) VALUES (?, ?, ?, ?)"
        )
        row = keys.row(path, document)
        return self._database.execute(statement, row).rowcount == 1

    def put(self, resource: Resource, path: Path, document: Object) -> None:
        """Add an object, or replace it."""
        row = keys.row(path, document)
        # ON CONFLICT DO UPDATE takes longer: it computes the columns twice.
        statement = f"UPDATE {self._table(resource)} SET doc = ? WHERE path = ?"
        if not self._database.execute(statement, row[:1:-1]).rowcount:
            statement = (
                f"INSERT INTO {self._table(resource)} (parent_id, parent, path, doc) "
                "VALUES (?, ?, ?, ?)"
            )
            self._database.execute(statement, row)

    def edit(
        self,
        resource: Resource,
        parent: Path,
        query: Query,
        expression: str,
        *values: object,
    ) -> None:
        """Change all objects that match a query.

        Args:
            resource: their resource.
            parent: the path above them.
            query: its order does not matter.
            expression: SQL for the new document; ``doc`` is the old one.
            values: those of the expression.
        """
        condition = " AND ".join(("parent_id = ?", *query.conditions))
        self._database.execute(
            f"UPDATE {self._table(resource)} SET doc = {expression} WHERE {condition}",
            (*values, keys.number(parent), *query.values),
        )

    def delete(self, resource: Resource, path: Path) -> None:
        """Remove an object, and nothing else."""
        statement = f"DELETE FROM {self._table(resource)} WHERE path = ?"
        self._database.execute(statement, (keys.joined(path),))

    def every(self, resource: Resource, query: Query) -> list[Object]:
        """Return all objects of a resource, whatever their parents, in their order."""
        condition = " AND ".join(query.conditions) or "TRUE"
        statement = (
            f"SELECT doc FROM {self._table(resource)} WHERE {condition} ORDER BY id"
        )
        rows = self._database.execute(statement, query.values).fetchall()
        return [wire.plain_value(doc) for (doc,) in rows]

    def remove(self, resource: Resource, path: Path) -> None:
        """Remove an object, and all that is below it."""
        self.delete(resource, path)
        joined, ids = keys.joined(path), resource.variables
        below = (joined + keys.SEPARATOR, joined + keys.AFTER_SEPARATOR)
        for name in self._tables():
            other = self._resources.get(name)
            # The resources that were not declared are all of websites.
            is_below = other.variables[: len(ids)] == ids if other else len(ids) == 1
            if is_below:
                statement = f'DELETE FROM "{name}" WHERE path > ? AND path < ?'
                self._database.execute(statement, below)

    def _forget(self) -> None:
        super()._forget()
        self._ends.clear()

    def select(
        self, resource: Resource, parent: Path, query: Query, start: int, size: int
    ) -> list[Object]:
        """Return a page of the objects below a parent.

        A page begins where the one before it ended, if nothing was written since;
        otherwise all rows before it are counted, which takes longer for a late page.
        """
        plus = "+" if self._is_for_few(query) else ""
        order, sign = plus + query.order, ">" if query.is_ascending else "<"
        condition = " AND ".join((f"{plus}parent_id = ?", *query.conditions))
        values: tuple[object, ...] = (keys.number(parent), *query.values)
        key = (resource.name, condition, values, order, sign, start)
        version = self._database.total_changes
        offset = min(start, _LAST_ROW)
        if (end := self._ends.pop(key, None)) and end[0] == version:
            condition += f" AND ({order}, id) {sign} (?, ?)"
            values, offset = (*values, *end[1:]), 0
        direction = "ASC" if query.is_ascending else "DESC"
        rows = self._database.execute(
            f"SELECT doc, {order}, id FROM {self._table(resource)} WHERE {condition} "
            f"ORDER BY {order} {direction}, id {direction} LIMIT ? OFFSET ?",
            (*values, size, offset),
        ).fetchall()
        if len(rows) == size:
            while len(self._ends) >= _REMEMBERED_PAGES:
                del self._ends[next(iter(self._ends))]
            self._ends[(*key[:-1], start + size)] = (version, *rows[-1][1:])
        return [wire.plain_value(row[0]) for row in rows]

    def _is_for_few(self, query: Query) -> bool:
        """Return whether few objects match a query.

        SQLite goes through the objects in their order, and leaves out those that do not
        match. If few match, it is better to find those, and to sort them; a plus sign
        keeps SQLite from using the index of the order.
        """
        for select, values in query.owners:
            statement = f"SELECT count(*) FROM ({select} LIMIT {_FEW})"
            if self._database.execute(statement, values).fetchone() < (_FEW,):
                return True
        return False

    def count(
        self, resource: Resource, parent: Path, query: Query | None = None
    ) -> int:
        """Return the number of objects below a parent."""
        query = query or Query()
        condition = " AND ".join(("parent_id = ?", *query.conditions))
        statement = f"SELECT count(*) FROM {self._table(resource)} WHERE {condition}"
        values = (keys.number(parent), *query.values)
        (number,) = self._database.execute(statement, values).fetchone()
        return int(number)

    def rows(self, statement: str, *values: object) -> list[tuple[t.Any, ...]]:
        """Return the rows of a SELECT; a path among the values is joined."""
        bound = [
            keys.joined(t.cast("Path", one)) if isinstance(one, tuple) else one
            for one in values
        ]
        return self._database.execute(statement, bound).fetchall()

    def dump(self) -> Object:
        """Return the whole state as JSON."""
        found: Object = {}
        for table in self._tables():
            rows = self.rows(f'SELECT path, doc FROM "{table}" ORDER BY id')
            found[table] = [
                {"path": path.split(keys.SEPARATOR), "document": wire.plain_value(doc)}
                for path, doc in rows
            ]
        counters = dict(sorted(self._counters.items()))
        return {"version": _FORMAT, "counters": counters, "objects": found}

    def load(self, dumped: t.Mapping[str, t.Any]) -> None:
        """Add the objects that `dump` returned; those with the same path are replaced.

        Raises:
            ValueError: it was not returned by `dump`.
        """
        if dumped.get("version") != _FORMAT:
            message = f"version should be {_FORMAT}, not {dumped.get('version')!r}"
            raise ValueError(message)
        try:
            with self.transaction():
                for name, items in dumped["objects"].items():
                    resource = self._resources.get(name) or Resource(name, name)
                    for item in items:
                        self._load(resource, item)
                for name, value in dumped["counters"].items():
                    self._counters[name] = max(self._counters.get(name, 0), value)
        except (
            LookupError,
            TypeError,
            AttributeError,
            sqlite3.Error,
            Refusal,
        ) as error:
            message = f"this is not what dump() returns: {error!r}"
            raise ValueError(message) from error

    def _load(self, resource: Resource, item: Object) -> None:
        path, document = tuple(item["path"]), item["document"]
        is_path = len(path) == len(resource.variables) or not resource.variables
        if not (is_path and isinstance(document, dict) and '"' not in resource.name):
            raise TypeError(resource.name, path)
        self.put(resource, path, t.cast("Object", document))

    def search(self, query: Query, text: str) -> Query:
        """Return the query for objects with some words.

        The last word may be the beginning of one. An empty text finds all.
        """
        if not text:
            return query
        if not (wanted := words(text)[:_MOST_WORDS]):
            return query.where("FALSE")
        for resource in filter(lambda one: one.texts, RESOURCES):
            for statement in schema_sql.refreshed(resource):
                self._database.execute(statement)
        if self._full_text:
            match = " ".join(f'"{word}"' for word in wanted) + "*"
            return query.among("SELECT owner FROM text WHERE text MATCH ?", match)
        select = "SELECT owner FROM text WHERE has_words(body, ?)"
        return query.among(select, " ".join(wanted))

    def _table(self, resource: Resource) -> str:
        """Return the quoted name of a table, which is made if need be."""
        if resource.name not in self._known:
            self._resources[resource.name] = resource
            self._add_table(resource)
        return f'"{resource.name}"'

    def _tables(self) -> list[str]:
        statement = (
            "SELECT name FROM sqlite_master WHERE sql LIKE '%doc TEXT NOT NULL%'"
        )
        return [name for (name,) in self._database.execute(statement)]
