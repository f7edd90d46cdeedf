"""The state of a sandbox, in SQLite.

Each resource has a table, with a row for each object: its path (the identifiers that
lead to it), its JSON document, and the columns that the resource computes from the
document. Filters, orders and pages are queries on those columns.

Two more tables are kept up to date by triggers: ``text`` to search in, and ``tag`` for
the names in lists and dicts, such as segments.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import typing as t

from crisp_api.sandbox import schema_sql
from crisp_api.sandbox.model import RESOURCES, Object, Path, Resource
from crisp_api.sandbox.refusals import invalid

__all__ = ["Query", "Store"]

_SEPARATOR: t.Final = "\x1f"
_AFTER_SEPARATOR: t.Final = "\x20"
_VERSION: t.Final = 1
# "Crsp", to tell a data file of the sandbox from other databases.
_APPLICATION: t.Final = 0x43727370
_REMEMBERED_PAGES: t.Final = 256
_FEW: t.Final = 1000


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


class Store:
    """Objects, by resource and path.

    Args:
        path: the data file; None for a store in memory.
        full_text: use full-text search; otherwise a search compares all texts.

    Raises:
        BlockingIOError: another process uses the data file.
        ValueError: it is not a data file, or one of another version.
    """

    def __init__(self, path: str | None = None, *, full_text: bool = True) -> None:
        # Where pages ended, by the query of the next page.
        self._ends: dict[object, tuple[int, object, int]] = {}
        self._known: set[str] = set()
        self._database = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None, timeout=0
        )
        for name, function in (("has_words", _has_words), ("casefold", _casefold)):
            self._database.create_function(
                name, function.__code__.co_argcount, function, deterministic=True
            )
        try:
            self._open(path, full_text=full_text)
        except BaseException:
            self._database.close()
            raise

    def _open(self, path: str | None, *, full_text: bool) -> None:
        execute = self._database.execute
        try:
            if path is not None:
                execute("PRAGMA locking_mode = EXCLUSIVE")
                # A crash of the machine, not of the program, can lose data.
                execute("PRAGMA synchronous = OFF")
            execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            message = f"the data file {path} cannot be used: {error}"
            raise BlockingIOError(message) from error
        except sqlite3.DatabaseError as error:
            message = f"{path} is not a data file of the sandbox: {error}"
            raise ValueError(message) from error
        with self._finished():
            if execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                self._create(full_text=full_text)
            self._check(path)
        self._full_text = _is_virtual(self._database)

    def _create(self, *, full_text: bool) -> None:
        execute = self._database.execute
        execute(f"PRAGMA application_id = {_APPLICATION}")
        execute(f"PRAGMA user_version = {_VERSION}")
        for statement in schema_sql.BASE:
            execute(statement)
        try:
            execute(schema_sql.FULL_TEXT if full_text else schema_sql.PLAIN_TEXT)
        except sqlite3.OperationalError:
            # This SQLite has no FTS5.
            execute(schema_sql.PLAIN_TEXT)
        for resource in RESOURCES:
            self._add_table(resource)

    def _check(self, path: str | None) -> None:
        """Raise an error if this is not a database of this version."""
        pragmas = [("application_id", _APPLICATION), ("user_version", _VERSION)]
        for name, expected in pragmas:
            if self._database.execute(f"PRAGMA {name}").fetchone() != (expected,):
                message = (
                    f"{path or 'the snapshot'} is not a data file of this version of "
                    "the sandbox; dump() it with the other version, and load() it here"
                )
                raise ValueError(message)

    def close(self) -> None:
        """Close the database; one in memory is gone."""
        self._database.close()

    # --- transactions

    @contextlib.contextmanager
    def transaction(self) -> t.Iterator[None]:
        """Keep all changes of a block, or none if it raises an error."""
        self._database.execute("BEGIN")
        with self._finished():
            yield

    @contextlib.contextmanager
    def _finished(self) -> t.Iterator[None]:
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            self._known.clear()
            raise
        self._database.execute("COMMIT")

    # --- objects

    def get(self, resource: Resource, path: Path) -> Object | None:
        """Return an object, None if there is none."""
        query = f"SELECT doc FROM {self._table(resource)} WHERE path = ?"
        row = self._database.execute(query, (_joined(path),)).fetchone()
        return None if row is None else t.cast("Object", json.loads(row[0]))

    def put(self, resource: Resource, path: Path, document: Object) -> None:
        """Add an object, or replace it."""
        statement = (
            f"INSERT INTO {self._table(resource)} (parent, path, doc) VALUES (?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET doc = excluded.doc"
        )
        row = (_joined(path[:-1]), _joined(path), _dumps(document))
        self._database.execute(statement, row)

    def set(
        self, resource: Resource, parent: Path, query: Query, field: str, value: object
    ) -> None:
        """Set a field of objects; None sets it to their own ``origin``."""
        condition = " AND ".join(("parent = ?", *query.conditions))
        self._database.execute(
            f"UPDATE {self._table(resource)} SET doc = "
            f"json_set(doc, '$.{field}', ifnull(?, doc ->> 'origin')) WHERE {condition}",
            (value, _joined(parent), *query.values),
        )

    def increase(
        self, resource: Resource, parent: Path, query: Query, field: str
    ) -> None:
        """Add 1 to a field of objects."""
        condition = " AND ".join(("parent = ?", *query.conditions))
        self._database.execute(
            f"UPDATE {self._table(resource)} SET doc = "
            f"json_set(doc, '$.{field}', (doc ->> '{field}') + 1) WHERE {condition}",
            (_joined(parent), *query.values),
        )

    def remove(self, path: Path) -> None:
        """Remove an object, and all that is below it."""
        joined = _joined(path)
        below = (joined, joined + _SEPARATOR, joined + _AFTER_SEPARATOR)
        for table in self._tables():
            self._database.execute(
                f'DELETE FROM "{table}" WHERE path = ? OR (path > ? AND path < ?)',
                below,
            )

    def select(
        self, resource: Resource, parent: Path, query: Query, start: int, size: int
    ) -> list[Object]:
        """Return a page of the objects below a parent.

        A page begins where the one before it ended, if nothing was written since;
        otherwise all rows before it are counted, which takes longer for a late page.
        """
        plus = "+" if self._is_for_few(query) else ""
        order, sign = plus + query.order, ">" if query.is_ascending else "<"
        condition = " AND ".join((f"{plus}parent = ?", *query.conditions))
        values: tuple[object, ...] = (_joined(parent), *query.values)
        key = (resource.name, condition, values, order, sign, start)
        version = self._database.total_changes
        offset = start
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
        return [json.loads(row[0]) for row in rows]

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

    def count(self, resource: Resource, parent: Path, query: Query | None = None) -> int:
        """Return the number of objects below a parent."""
        query = query or Query()
        condition = " AND ".join(("parent = ?", *query.conditions))
        statement = f"SELECT count(*) FROM {self._table(resource)} WHERE {condition}"
        values = (_joined(parent), *query.values)
        (number,) = self._database.execute(statement, values).fetchone()
        return int(number)

    def rows(self, statement: str, *values: object) -> list[tuple[t.Any, ...]]:
        """Return the rows of a SELECT; a path among the values is joined."""
        bound = [_joined(t.cast("Path", one)) if isinstance(one, tuple) else one for one in values]
        return self._database.execute(statement, bound).fetchall()

    def next(self, name: str, at_least: int = 1) -> int:
        """Count up a counter, to a number that is at least so large; return it."""
        statement = (
            "INSERT INTO counter VALUES (?1, ?2) ON CONFLICT (name) "
            "DO UPDATE SET value = max(value + 1, ?2) RETURNING value"
        )
        ((value,),) = self._database.execute(statement, (name, at_least)).fetchall()
        return int(value)

    # --- all at once

    def snapshot(self) -> bytes:
        """Return the whole state, as a database of SQLite."""
        return self._database.serialize()

    def restore(self, snapshot: bytes) -> None:
        """Return to the state of a snapshot.

        Raises:
            ValueError: it is not a snapshot of this version.
        """
        self._ends.clear()
        self._known.clear()
        with contextlib.closing(Store()) as other:
            try:
                other._database.deserialize(snapshot)
                other._check(None)
            except sqlite3.DatabaseError as error:
                message = f"this is not a snapshot of the sandbox: {error}"
                raise ValueError(message) from error
            other._database.backup(self._database)
        self._full_text = _is_virtual(self._database)

    def dump(self) -> Object:
        """Return the whole state as JSON."""
        found: Object = {}
        for table in self._tables():
            rows = self.rows(f'SELECT path, doc FROM "{table}" ORDER BY id')
            found[table] = [
                {"path": path.split(_SEPARATOR), "document": json.loads(doc)}
                for path, doc in rows
            ]
        counters = dict(self.rows("SELECT name, value FROM counter ORDER BY name"))
        return {"version": _VERSION, "counters": counters, "objects": found}

    def load(self, dumped: t.Mapping[str, t.Any]) -> None:
        """Add the objects that `dump` returned; those with the same path are replaced.

        Raises:
            ValueError: it was not returned by `dump`, in this version.
        """
        if dumped.get("version") != _VERSION:
            message = f"version should be {_VERSION}, not {dumped.get('version')!r}"
            raise ValueError(message)
        by_name = {resource.name: resource for resource in RESOURCES}
        with self.transaction():
            for name, items in dumped["objects"].items():
                resource = by_name.get(name) or Resource(name, name)
                for item in items:
                    self.put(resource, tuple(item["path"]), item["document"])
            for name, value in dumped["counters"].items():
                statement = (
                    "INSERT INTO counter VALUES (?1, ?2) "
                    "ON CONFLICT (name) DO UPDATE SET value = max(value, ?2)"
                )
                self._database.execute(statement, (name, value))

    # --- search

    def search(self, query: Query, text: str) -> Query:
        """Return the query for objects with some words.

        The last word may be the beginning of one. A text without words finds all.
        """
        if not (words := _words(text)):
            return query
        if self._full_text:
            match = " ".join(f'"{word}"' for word in words) + "*"
            return query.among("SELECT owner FROM text WHERE text MATCH ?", match)
        select = "SELECT owner FROM text WHERE has_words(body, ?)"
        return query.among(select, " ".join(words))

    # --- tables

    def _table(self, resource: Resource) -> str:
        """Return the quoted name of the table of a resource, which is made if need be."""
        if resource.name not in self._known:
            self._add_table(resource)
        return f'"{resource.name}"'

    def _add_table(self, resource: Resource) -> None:
        for statement in schema_sql.table(resource):
            self._database.execute(statement)
        self._known.add(resource.name)

    def _tables(self) -> list[str]:
        statement = "SELECT name FROM sqlite_master WHERE sql LIKE '%doc TEXT NOT NULL%'"
        return [name for (name,) in self._database.execute(statement)]


def _joined(path: Path) -> str:
    joined = _SEPARATOR.join(path)
    if joined.count(_SEPARATOR) >= max(len(path), 1):
        raise invalid("an identifier has a control character")
    return joined


def _dumps(document: Object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _is_virtual(database: sqlite3.Connection) -> bool:
    """Return whether the texts are in a table for full-text search."""
    statement = "SELECT sql FROM sqlite_master WHERE name = 'text'"
    return "VIRTUAL" in database.execute(statement).fetchone()[0]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _casefold(text: object) -> object:
    return text.casefold() if isinstance(text, str) else text


def _has_words(text: str, wanted: str) -> bool:
    """Return whether a text has some words in a row, the last one perhaps cut short."""
    return f" {wanted}" in " " + " ".join(_words(text))
