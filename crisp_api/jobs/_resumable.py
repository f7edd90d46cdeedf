"""A file of JSON lines that a run can resume after the one before it was killed.

Each line is one item, and begins with the item's key. When the file is opened, its
lines are read, a last line that was cut off is removed, and the keys are remembered
with their ``updated_at``, so that the run can skip the items that are current.

An item that has changed gets another line at the end of the file. When the run ends,
the file is replaced by one without the old lines, in one step. If the run is killed
before, the file has two lines for the item; the later one counts, and the next run
removes the other.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import typing as t

__all__ = ["Item", "Path", "ResumableFile"]

Item = dict[str, t.Any]
Path = str | os.PathLike[str]

# Milliseconds that no update has reached.
_LATEST: t.Final = 1e15
# The last line may be followed by blank lines, or by zeros after a power failure.
_PADDING: t.Final = b" \t\r\n\0"


class ResumableFile:
    """A file to which lines are added, one for each key.

    Use it as a context manager. The keys are kept in SQLite, which moves them from
    memory to a temporary file if there are many.

    Args:
        path: the file; it is created if it does not exist.
        key: the field that identifies an item; its value is text.
        website_id: the website that the items belong to.

    Attributes:
        count: how many items have a line.

    Raises:
        ValueError: on entering, if the file has other content, or items of another
            website.
        BlockingIOError: on entering, if another run is writing the file. On Windows,
            this is not detected.
    """

    def __init__(self, path: Path, key: str, website_id: object) -> None:
        self.count = 0
        self._key = key
        self._website_id = str(website_id)
        # The first bytes of each line.
        self._start = f'{{"{key}": "'.encode()
        self._path = pathlib.Path(path)
        # Where the next line will begin, and where lines begin that were replaced.
        self._end = 0
        self._stale: set[int] = set()

    def __enter__(self) -> t.Self:
        with contextlib.ExitStack() as stack:
            self._file = stack.enter_context(self._path.open("a+b"))
            _lock(self._file, self._path)
            self._known = sqlite3.connect("", isolation_level=None)
            stack.callback(self._known.close)
            # At most 1000 KiB of memory.
            self._known.execute("PRAGMA cache_size = -1000")
            self._known.execute(
                "CREATE TABLE known (key PRIMARY KEY, updated, start) WITHOUT ROWID"
            )
            self._read()
            self._opened = stack.pop_all()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._opened.close()

    def is_of_website(self, item: Item) -> bool:
        """Return whether an item belongs to the website; True if it has no website."""
        found = item.get("website_id")
        return not isinstance(found, str) or found.lower() == self._website_id.lower()

    def is_new(self, item: Item) -> bool:
        """Return whether an item has no line or has changed, and remember it."""
        key, updated = json.dumps(item[self._key]), _updated(item)
        select = "SELECT updated FROM known WHERE key = ?"
        if found := self._known.execute(select, (key,)).fetchone():
            known = found[0]
            if updated is None or (known is not None and updated <= known):
                return False
        self._known.execute(
            "INSERT INTO known VALUES (?, ?, NULL) "
            "ON CONFLICT DO UPDATE SET updated = excluded.updated",
            (key, updated),
        )
        return True

    def write(self, item: Item) -> None:
        """Add a line, and flush it, so that other programs see it whole.

        The line has a ``website_id``, also if the item has none: a run that resumes
        refuses a file of another website by it.

        Raises:
            ValueError: the item contains a number for which JSON has no form.
        """
        first = {self._key: item[self._key], "website_id": self._website_id}
        line = _line({**first, **item})
        self._file.write(line)
        self._file.flush()
        self._add(item, len(line))

    def compact(self) -> None:
        """Remove the lines that were replaced; the last call, after all lines."""
        if not self._stale:
            return
        target = pathlib.Path(os.path.realpath(self._path))
        fresh = target.with_name(f"{target.name}.compact")
        try:
            with fresh.open("wb") as file:
                self._copy(file)
                file.flush()
                # If the machine fails, it must not be the name alone that arrived.
                os.fsync(file.fileno())
            shutil.copymode(target, fresh)
            try:
                fresh.replace(target)
            except PermissionError:
                # Windows does not replace a file that is open.
                self._file.close()
                fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)

    def _copy(self, file: t.BinaryIO) -> None:
        """Copy the lines that were not replaced."""
        self._file.seek(0)
        start = 0
        while start < self._end:
            line = self._file.readline()
            if start not in self._stale:
                file.write(line)
            start += len(line)

    def _add(self, item: Item, size: int) -> None:
        """Remember a line, which replaces any other of the same key."""
        key = json.dumps(item[self._key])
        select = "SELECT start FROM known WHERE key = ?"
        found = self._known.execute(select, (key,)).fetchone()
        if found and found[0] is not None:
            self._stale.add(found[0])
        else:
            self.count += 1
        self._known.execute(
            "INSERT OR REPLACE INTO known VALUES (?, ?, ?)",
            (key, _updated(item), self._end),
        )
        self._end += size

    def _read(self) -> None:
        """Remember the lines, and remove a last line that was cut off or is blank."""
        self._file.seek(0)
        line, size = b"\n", 0
        for number, line in enumerate(self._file, 1):
            size += len(line)
            if not line.strip(_PADDING):
                continue
            # After a blank line, there must be no other.
            is_next = size == self._end + len(line)
            item = self._item(line) if is_next else None
            if item is None:
                if is_next and self._is_cut_off(line):
                    break
                message = (
                    f"line {number} of {self._path} does not begin with a "
                    f"{self._key}; the file is not an export to resume, choose another"
                )
                raise ValueError(message)
            if not self.is_of_website(item):
                message = (
                    f"line {number} of {self._path} is of the website "
                    f"{item['website_id']}, and this export is of "
                    f"{self._website_id}; choose another file"
                )
                raise ValueError(message)
            self._add(item, len(line))
        if size > self._end:
            self._file.truncate(self._end)
        elif not line.endswith(b"\n"):
            # Only the end of the line was cut off.
            self._file.write(b"\n")
            self._end += 1

    def _item(self, line: bytes) -> Item | None:
        """Return the item of a line; None if it is not a whole line of an export."""
        try:
            item = json.loads(line)
        except ValueError:
            return None
        if not isinstance(item, dict):
            return None
        item = t.cast("Item", item)
        return item if next(iter(item), "") == self._key else None

    def _is_cut_off(self, line: bytes) -> bool:
        """Return whether a line is the beginning of a line of an export.

        Otherwise the file is another one, and must not be touched.
        """
        start = line.rstrip(b"\0")[: len(self._start)]
        return not line.endswith(b"\n") and self._start.startswith(start)


def _updated(item: Item) -> float | None:
    """Return when an item was last changed, in milliseconds, if that is known."""
    match item.get("updated_at"):
        case bool():
            return None
        case (int() | float()) as updated if 0 <= updated < _LATEST:
            return updated
        case _:
            return None


def _line(item: Item) -> bytes:
    try:
        return json.dumps(item, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair has no UTF-8, and can only be written as an escape.
        return json.dumps(item, allow_nan=False).encode() + b"\n"


def _lock(file: t.BinaryIO, path: pathlib.Path) -> None:
    """Lock the file until it is closed, so that no other run writes it."""
    message = f"another run is writing {path}; wait for it, or choose another file"
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BlockingIOError(message) from None
    except (ImportError, OSError):
        # Some file systems have no locks. An export without one is better than none.
        return
    # A run that ended just now may have replaced the file since it was opened. Lines
    # that are written to the old one would be lost.
    if not (path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())):
        raise BlockingIOError(message)
