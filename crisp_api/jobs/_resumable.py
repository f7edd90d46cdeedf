"""A file of JSON lines that a run can resume after the one before it was killed.

Each line is one item, and begins with the item's key. When the file is opened, its
lines are read, a last line that was cut off is removed, and the keys are remembered, so
that the run can skip the items that are there.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import sqlite3
import typing as t

__all__ = ["Item", "Path", "ResumableFile"]

Item = dict[str, t.Any]
Path = str | os.PathLike[str]


class ResumableFile:
    """A file to which lines are added, one for each key.

    Use it as a context manager. The keys are kept in SQLite, which moves them from
    memory to a temporary file if there are many.

    Args:
        path: the file; it is created if it does not exist.
        key: the field that identifies an item.

    Attributes:
        count: how many lines the file has.

    Raises:
        ValueError: on entering, if the file holds something else.
        BlockingIOError: on entering, if another run is writing the file. On Windows,
            this is not detected.
    """

    def __init__(self, path: Path, key: str) -> None:
        self.count = 0
        self._key = key
        # The first bytes of each line.
        self._start = f'{{"{key}": "'.encode()
        self._path = pathlib.Path(path)

    def __enter__(self) -> t.Self:
        with contextlib.ExitStack() as stack:
            self._file = stack.enter_context(self._path.open("a+b"))
            _lock(self._file, self._path)
            self._known = sqlite3.connect("", isolation_level=None)
            stack.callback(self._known.close)
            # At most 1000 KiB of memory.
            self._known.execute("PRAGMA cache_size = -1000")
            self._known.execute("CREATE TABLE known (key PRIMARY KEY) WITHOUT ROWID")
            self._read()
            self._opened = stack.pop_all()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._opened.close()

    def is_new(self, item: Item) -> bool:
        """Return whether the key of an item is new, and remember it."""
        add = "INSERT OR IGNORE INTO known VALUES (?)"
        return self._known.execute(add, (json.dumps(item[self._key]),)).rowcount == 1

    def write(self, item: Item) -> None:
        """Add a line, and flush it, so that other programs see it whole."""
        self._file.write(_line({self._key: item[self._key], **item}))
        self._file.flush()
        self.count += 1

    def _read(self) -> None:
        """Remember the keys, and remove a last line that was cut off."""
        self._file.seek(0)
        end, line = 0, b"\n"
        for line in self._file:
            if not self._remember(line):
                if self._is_cut_off(line):
                    self._file.truncate(end)
                    return
                message = (
                    f"line {self.count + 1} of {self._path} does not begin with a "
                    f"{self._key}; the file is not an export to resume, choose another"
                )
                raise ValueError(message)
            end += len(line)
            self.count += 1
        if not line.endswith(b"\n"):
            # Only the end of the line was cut off.
            self._file.write(b"\n")

    def _remember(self, line: bytes) -> bool:
        """Remember the key of a line, and return whether it is a whole line of ours."""
        try:
            item = json.loads(line)
        except ValueError:
            return False
        if (
            not isinstance(item, dict)
            or next(iter(t.cast("Item", item)), "") != self._key
        ):
            return False
        self.is_new(t.cast("Item", item))
        return True

    def _is_cut_off(self, line: bytes) -> bool:
        """Return whether a line is the beginning of one of ours.

        Otherwise the file is some other one, and must not be touched.
        """
        start = line[: len(self._start)]
        return not line.endswith(b"\n") and self._start.startswith(start)


def _line(item: Item) -> bytes:
    try:
        return json.dumps(item, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair has no UTF-8, and can only be written as an escape.
        return json.dumps(item).encode() + b"\n"


def _lock(file: t.BinaryIO, path: pathlib.Path) -> None:
    """Lock the file until it is closed, so that no other run writes it."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"another run is writing {path}; wait for it, or choose another file"
    except (ImportError, OSError):
        # Some file systems have no locks. An export without one is better than none.
        return
    else:
        return
    raise BlockingIOError(message)
