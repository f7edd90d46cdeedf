"""The database of a sandbox: one in memory, or a data file of one process."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
import typing as t
import unicodedata
import weakref

from crisp_api.sandbox import schema_sql
from crisp_api.sandbox.model import RESOURCES
from crisp_api.sandbox.resource import Resource

__all__ = ["VERSION", "Database", "words"]

VERSION: t.Final = 2
"""The version of the schema. Increase it when a table changes."""

# "Crsp", to tell a data file of the sandbox from other databases.
_APPLICATION: t.Final = 0x43727370


class Database:
    """A database with the tables of all resources.

    Args:
        path: the data file; None for a database in memory.
        full_text: use full-text search; otherwise a search compares all texts.

    Raises:
        BlockingIOError: another process uses the data file.
        OSError: the data file cannot be opened.
        ValueError: it is not a data file, or one of another version.
    """

    def __init__(self, path: str | None = None, *, full_text: bool = True) -> None:
        self._known: set[str] = set()
        self._counters: dict[str, int] = {}
        self._is_file = path is not None
        try:
            self._database = sqlite3.connect(
                path or ":memory:",
                check_same_thread=False,
                isolation_level=None,
                timeout=0,
            )
        except sqlite3.OperationalError as error:
            message = f"the data file {path} cannot be opened: {error}"
            raise OSError(message) from error
        # A sandbox need not be closed: Python 3.13 would warn of the open connection.
        self._finalizer = weakref.finalize(self, self._database.close)
        add = self._database.create_function
        add("words", 1, _joined_words, deterministic=True)
        add("has_words", 2, _has_words, deterministic=True)
        add("casefold", 1, _casefold, deterministic=True)
        add("plain", 1, _plain, deterministic=True)
        add("number", 1, _number, deterministic=True)
        try:
            self._open(path, full_text=full_text)
        except BaseException:
            self.close()
            raise

    def _open(self, path: str | None, *, full_text: bool) -> None:
        execute = self._database.execute
        try:
            # Larger pages than usual: a commit that grows a database in memory looks at
            # each of them.
            execute("PRAGMA page_size = 8192")
            if path is not None:
                execute("PRAGMA locking_mode = EXCLUSIVE")
                # A crash of the machine, not of the program, can lose data.
                execute("PRAGMA synchronous = OFF")
            execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            message = f"the data file {path} cannot be used: {error}"
            raise (BlockingIOError if is_busy else OSError)(message) from error
        except sqlite3.DatabaseError as error:
            message = f"{path} is not a data file of the sandbox: {error}"
            raise ValueError(message) from error
        with self._finished():
            if execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                self._create(full_text=full_text)
            _check(self._database, path or "this")
        self._full_text = _is_virtual(self._database)
        self._load_counters()

    def _create(self, *, full_text: bool) -> None:
        execute = self._database.execute
        execute(f"PRAGMA application_id = {_APPLICATION}")
        execute(f"PRAGMA user_version = {VERSION}")
        for statement in schema_sql.BASE:
            execute(statement)
        try:
            execute(schema_sql.FULL_TEXT if full_text else schema_sql.PLAIN_TEXT)
        except sqlite3.OperationalError:
            # This SQLite has no FTS5.
            execute(schema_sql.PLAIN_TEXT)
        for resource in RESOURCES:
            self._add_table(resource)

    def close(self) -> None:
        """Close the database; one in memory is gone."""
        self._finalizer()

    # --- transactions

    @contextlib.contextmanager
    def transaction(self) -> t.Generator[None]:
        """Keep all changes of a block, or none if it raises an error."""
        self._database.execute("BEGIN")
        with self._finished():
            yield

    @contextlib.contextmanager
    def _finished(self) -> t.Generator[None]:
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            self._forget()
            raise
        if self._is_file:
            self._save_counters()
        self._database.execute("COMMIT")

    def _forget(self) -> None:
        """Forget what was known of the tables: they are as they were before."""
        self._known.clear()

    def next(self, name: str, at_least: int = 1) -> int:
        """Count up a counter, to a number that is at least so large; return it."""
        self._counters[name] = max(self._counters.get(name, 0) + 1, at_least)
        return self._counters[name]

    def _save_counters(self) -> None:
        """Write the counters, which are in memory for speed."""
        statement = "INSERT OR REPLACE INTO counter VALUES (?, ?)"
        self._database.executemany(statement, self._counters.items())

    def _load_counters(self) -> None:
        self._counters = dict(
            self._database.execute("SELECT name, value FROM counter").fetchall()
        )

    def snapshot(self) -> bytes:
        """Return the whole state, as a database of SQLite."""
        self._save_counters()
        return self._database.serialize()

    def restore(self, snapshot: bytes) -> None:
        """Return to the state of a snapshot.

        Raises:
            ValueError: it is not a snapshot of this version.
        """
        with contextlib.closing(sqlite3.connect(":memory:")) as other:
            try:
                other.deserialize(snapshot)
                _check(other, "the snapshot")
                (found,) = other.execute("PRAGMA quick_check(1)").fetchone()
            except (sqlite3.DatabaseError, MemoryError) as error:
                found = str(error)
            if found != "ok":
                message = f"this is not a snapshot of the sandbox: {found}"
                raise ValueError(message)
            other.backup(self._database)
        self._forget()
        self._full_text = _is_virtual(self._database)
        self._load_counters()

    def _add_table(self, resource: Resource) -> None:
        for statement in schema_sql.table(resource):
            self._database.execute(statement)
        self._known.add(resource.name)


def _check(database: sqlite3.Connection, name: str) -> None:
    """Raise an error if this is not a database of this version."""
    if database.execute("PRAGMA application_id").fetchone() != (_APPLICATION,):
        message = f"{name} is not a data file of the sandbox"
        raise ValueError(message)
    if database.execute("PRAGMA user_version").fetchone() != (VERSION,):
        message = (
            f"{name} is not from this version of the sandbox; dump() it with the "
            "other version, and load() it with this one"
        )
        raise ValueError(message)


def _is_virtual(database: sqlite3.Connection) -> bool:
    """Return whether the texts are in a table for full-text search."""
    statement = "SELECT sql FROM sqlite_master WHERE name = 'text'"
    return "VIRTUAL" in database.execute(statement).fetchone()[0]


_ACCENT: t.Final = re.compile("[\u0300-\u036f\u3099\u309a]")
# Chinese and Japanese have no spaces: there, each character is a word.
_IDEOGRAM: t.Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD: t.Final = re.compile(rf"[{_IDEOGRAM}]|[^\W_{_IDEOGRAM}]+")


def words(text: str) -> list[str]:
    """Return the words of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall(_ACCENT.sub("", plain))


def _joined_words(text: str) -> str:
    return " ".join(words(text))


def _casefold(text: str | float | None) -> str | float | None:
    return text.casefold() if isinstance(text, str) else text


def _plain(value: str | float | None) -> str | None:
    """Return a value as a text to compare, without case."""
    return None if value is None else str(value).casefold()


def _number(value: str | float | None) -> float | None:
    """Return a value as a number to compare; a date is in milliseconds since 1970."""
    try:
        return None if value is None else float(value)
    except ValueError:
        return _milliseconds(str(value))


def _milliseconds(text: str) -> float | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp() * 1000


def _has_words(body: str, wanted: str) -> bool:
    """Return whether a text has some words, the last one perhaps cut short."""
    *whole, last = wanted.split()
    found = body.split()
    return set(whole) <= set(found) and any(word.startswith(last) for word in found)
