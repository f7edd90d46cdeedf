"""The tables of the sandbox's database, from the declarations of `model`."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from crisp_api.sandbox.model import Resource

__all__ = ["BASE", "FULL_TEXT", "PLAIN_TEXT", "refreshed", "table"]

BASE: t.Final = (
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    """CREATE TABLE tag (
        kind TEXT NOT NULL,
        website TEXT NOT NULL,
        name TEXT NOT NULL COLLATE NOCASE,
        owner TEXT NOT NULL,
        PRIMARY KEY (kind, website, name, owner)
    ) WITHOUT ROWID""",
    """CREATE TABLE stale (
        slot INTEGER, id INTEGER, PRIMARY KEY (slot, id)
    ) WITHOUT ROWID""",
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
        "parent_id INTEGER NOT NULL, parent TEXT NOT NULL, path TEXT NOT NULL UNIQUE, "
        f"doc TEXT NOT NULL{columns})"
    )
    for at, index in enumerate(resource.indexes):
        # The age decides between equals. The other columns are there so that the rows
        # before a page need not be read.
        yield (
            f'CREATE INDEX IF NOT EXISTS "{name} {at}" '
            f'ON "{name}" ({", ".join(("parent_id", *index, "id", *resource.always))})'
            + "".join(
                f" WHERE {one} NOT NULL" for one in index if one in resource.sparse
            )
        )
    if resource.texts or resource.tags:
        yield from _triggers(resource)


def _triggers(resource: Resource) -> t.Iterator[str]:
    """Yield the triggers that note changes of texts, and keep the tags up to date.

    INSERT OR IGNORE would not do: the statement that fires a trigger overrules it.
    """
    add: list[str] = []
    remove: list[str] = []
    if resource.texts:
        note = (
            f"INSERT INTO stale VALUES ({resource.text_slot}, {{}}.id) "
            "ON CONFLICT DO NOTHING"
        )
        add.append(note.format("new"))
        remove.append(note.format("old"))
    for kind, (place, column) in resource.tags.items():
        add.append(
            f"INSERT INTO tag SELECT '{kind}', {_WEBSITE}, "
            f"cast({column} AS TEXT), new.{resource.tag_owner} "
            f"FROM json_each(new.doc, '{place}') WHERE TRUE ON CONFLICT DO NOTHING"
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


def refreshed(resource: Resource) -> tuple[str, ...]:
    """Return the statements that search in the changed texts of a resource from now on.

    The numbers of the rows of ``text`` tell the resources apart.
    """
    slot = resource.text_slot
    text = " || ' ' || ".join(
        f"CASE json_type(doc, '{place}') WHEN 'text' THEN doc ->> '{place}' ELSE '' END"
        for place in resource.texts
    )
    stale = f"FROM stale WHERE slot = {slot}"
    rowid = f"id * {_SLOTS} + {slot}"
    remove = f"DELETE FROM text WHERE rowid IN (SELECT {rowid} {stale})"
    add = (
        f"INSERT INTO text (rowid, body, owner) "
        f"SELECT {rowid}, words({text}), {resource.text_owner} "
        f'FROM "{resource.name}" WHERE id IN (SELECT id {stale})'
    )
    return remove, add, f"DELETE {stale}"


def _block(statements: t.Iterable[str]) -> str:
    return "".join(f"{statement}; " for statement in statements)
