"""The tables of the sandbox's database, from the declarations of `model`."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from crisp_api.sandbox.model import Resource

__all__ = ["BASE", "FULL_TEXT", "PLAIN_TEXT", "table"]

BASE: t.Final = (
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    "CREATE TABLE tag (kind TEXT NOT NULL, website TEXT NOT NULL, "
    "name TEXT NOT NULL COLLATE NOCASE, owner TEXT NOT NULL, PRIMARY KEY (kind, website, name, owner)) WITHOUT ROWID",
    "CREATE INDEX tag_owner ON tag (owner, kind)",
)
# Resources with texts to search, at most.
_SLOTS: t.Final = 8
_WEBSITE: t.Final = "substr(new.path, 1, instr(new.path, char(31)) - 1)"
_COLUMNS: t.Final = "body, owner UNINDEXED"
FULL_TEXT: t.Final = f"CREATE VIRTUAL TABLE text USING fts5 ({_COLUMNS})"
PLAIN_TEXT: t.Final = "CREATE TABLE text (body TEXT, owner TEXT)"


def table(resource: Resource) -> t.Iterator[str]:
    """Yield the statements that make the table of a resource, if it is not there."""
    name = resource.name
    columns = "".join(
        f", {column} GENERATED ALWAYS AS ({expression}) STORED"
        for column, expression in resource.columns.items()
    )
    yield (
        f'CREATE TABLE IF NOT EXISTS "{name}" (id INTEGER PRIMARY KEY, '
        f"parent TEXT NOT NULL, path TEXT NOT NULL UNIQUE, doc TEXT NOT NULL{columns})"
    )
    for at, columns in enumerate(resource.indexes):
        # The age decides between equals. The other columns are there so that the rows
        # before a page need not be read.
        yield (
            f'CREATE INDEX IF NOT EXISTS "{name} {at}" '
            f'ON "{name}" ({", ".join(("parent", *columns, "id", *resource.always))})'
        )
    if resource.texts or resource.tags:
        yield from _triggers(resource)


def _triggers(resource: Resource) -> t.Iterator[str]:
    """Yield the triggers that keep the texts and the tags of a resource up to date."""
    add, remove = _texts(resource) if resource.texts else ([], [])
    for kind, (place, column) in resource.tags.items():
        add.append(
            f"INSERT OR IGNORE INTO tag SELECT '{kind}', {_WEBSITE}, "
            f"cast({column} AS TEXT), new.{resource.tag_owner} "
            f"FROM json_each(new.doc, '{place}')"
        )
        remove.append(
            f"DELETE FROM tag WHERE owner = old.{resource.tag_owner} "
            f"AND kind = '{kind}'"
        )
    places = [*resource.texts, *(place for place, _ in resource.tags.values())]
    # All places in one call, so that the document is parsed once. With one place, the
    # function would return the value itself, not an array.
    listed = ", ".join(f"'{place}'" for place in ("$.none", *places))
    changed = f"json_extract(new.doc, {listed}) <> json_extract(old.doc, {listed})"
    name = resource.name
    start = f'CREATE TRIGGER IF NOT EXISTS "{name}'
    yield f'{start} added" AFTER INSERT ON "{name}" BEGIN {_block(add)} END'
    yield f'{start} removed" AFTER DELETE ON "{name}" BEGIN {_block(remove)} END'
    yield (
        f'{start} changed" AFTER UPDATE OF doc ON "{name}" WHEN {changed} '
        f"BEGIN {_block([*remove, *add])} END"
    )


def _texts(resource: Resource) -> tuple[list[str], list[str]]:
    """Return the statements that add and remove the text of an object.

    The numbers of the rows of ``text`` tell the resources apart.
    """
    rowid = f"{{}}.id * {_SLOTS} + {resource.text_slot}"
    text = " || ' ' || ".join(
        f"iif(json_type(new.doc, '{place}') = 'text', new.doc ->> '{place}', '')"
        for place in resource.texts
    )
    add = (
        "INSERT INTO text (rowid, body, owner) "
        f"SELECT {rowid.format('new')}, {text}, new.{resource.text_owner}"
    )
    return [add], [f"DELETE FROM text WHERE rowid = {rowid.format('old')}"]


def _block(statements: t.Iterable[str]) -> str:
    return "".join(f"{statement}; " for statement in statements)
