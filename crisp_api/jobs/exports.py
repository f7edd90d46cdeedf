"""Exports: all conversations or all contacts of a website, each a line of JSON."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import pathlib
import sqlite3
import sys
import typing as t

from crisp_api.errors import NotFoundError
from crisp_api.paging import history, paginate
from crisp_api.steps import END, Steps, advance, collect, run, together

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["export_conversations", "export_people"]

_PER_PAGE: t.Final = 50
# How many lines are in the making at a time.
_CHUNK: t.Final = 50

Item = dict[str, t.Any]
Path = str | os.PathLike[str]


@t.overload
def export_conversations(
    client: Crisp,
    website_id: str,
    path: Path,
    *,
    prefetch: int = 8,
    progress: bool = True,
    **filters: t.Unpack[ty.ConversationFilters],
) -> int: ...
@t.overload
def export_conversations(
    client: AsyncCrisp,
    website_id: str,
    path: Path,
    *,
    prefetch: int = 8,
    progress: bool = True,
    **filters: t.Unpack[ty.ConversationFilters],
) -> t.Coroutine[None, None, int]: ...
def export_conversations(
    client: t.Any,
    website_id: str,
    path: Path,
    *,
    prefetch: int = 8,
    progress: bool = True,
    **filters: t.Any,
) -> t.Any:
    """Write the conversations of a website to a file, each with its messages.

    A line is what `list_conversations` gives, with ``messages``, oldest first. A file
    that is there already is gone on with: what is in it is not asked for again, and a
    line that was cut off is taken away. So a run that was ended, by whatever, is
    repeated until it ends by itself. Conversations are walked in the order in which
    they were created; one that is removed meanwhile may hide another from a run, which
    the next will find.

    Args:
        client: a `Crisp`; with an `AsyncCrisp` it is awaited.
        website_id: where the conversations are.
        path: of the file.
        prefetch: of how many conversations to ask for the messages at once.
        progress: show how far it is, if the standard error is a terminal and ``rich``
            is installed (extra ``progress``).
        filters: which conversations, as `list_conversations` takes them.

    Returns:
        How many lines are in the file.

    Raises:
        ValueError: the file holds something else, or ``prefetch`` is below 1; nothing
            was sent.
        CrispError: what stopped it; lines that were written stay.
    """
    query = {
        "per_page": _PER_PAGE,
        "include_empty": True,
        "order_date_created": True,
        **filters,
    }
    pages: t.Any = paginate
    source = pages(client.website.list_conversations, website_id, **query)

    def complete(conversation: Item) -> t.Any:
        session_id = conversation["session_id"]
        return run(client, _with_messages(client, website_id, session_id, conversation))

    steps = _export(client, source, "session_id", path, complete, prefetch, progress)
    return run(client, steps)


def _with_messages(
    client: t.Any, website_id: str, session_id: str, conversation: Item
) -> Steps[Item | None]:
    """Give a conversation with its messages, or None if it is gone."""
    face = t.cast("Crisp", client)
    messages = history(
        face, website_id, session_id, oldest_first=True, short_page_ends=True
    )
    try:
        found = yield collect(messages)
    except NotFoundError as error:
        if error.reason != "conversation_not_found":
            raise
        return None
    return {**conversation, "messages": found}


@t.overload
def export_people(
    client: Crisp, website_id: str, path: Path, *, progress: bool = True
) -> int: ...
@t.overload
def export_people(
    client: AsyncCrisp, website_id: str, path: Path, *, progress: bool = True
) -> t.Coroutine[None, None, int]: ...
def export_people(
    client: t.Any, website_id: str, path: Path, *, progress: bool = True
) -> t.Any:
    """Write the contacts of a website to a file, as `list_people_profiles` gives them.

    A file that is there already is gone on with, see `export_conversations`.

    Args:
        client: a `Crisp`; with an `AsyncCrisp` it is awaited.
        website_id: where the contacts are.
        path: of the file.
        progress: show how far it is, see there.

    Returns:
        How many lines are in the file.

    Raises:
        ValueError: the file holds something else.
        CrispError: what stopped it; lines that were written stay.
    """
    pages: t.Any = paginate
    method = client.website.list_people_profiles
    source = pages(method, website_id, per_page=_PER_PAGE)
    return run(client, _export(client, source, "people_id", path, None, 1, progress))


def _export(  # noqa: PLR0913, PLR0917 - each is what one job has of its own
    client: t.Any,
    source: t.Any,
    key: str,
    path: Path,
    complete: t.Callable[[Item], t.Any] | None,
    prefetch: int,
    progress: bool,  # noqa: FBT001 - passed on
) -> Steps[int]:
    """Write a line for each item that has none."""
    if prefetch < 1:
        message = f"prefetch must be 1 or more, not {prefetch}"
        raise ValueError(message)
    with _Lines(path, key) as lines, _bar(str(path), show=progress) as bar:
        bar(lines.count)
        while items := (yield from _new_items(source, lines)):
            error = None
            if complete:
                calls = [functools.partial(complete, item) for item in items]
                items, error = yield together(client, calls, prefetch)
            for item in items:
                if item is not None:
                    lines.write(item)
                    bar(1)
            if error:
                error.add_note(f"{lines.count} lines are in {path}; the next run adds.")
                raise error
        return lines.count


def _new_items(source: t.Any, lines: _Lines) -> Steps[list[Item]]:
    """Give the next items that have no line."""
    items: list[Item] = []
    while len(items) < _CHUNK:
        item = yield advance(source)
        if item is END:
            break
        if lines.is_new(item):
            items.append(item)
    return items


class _Lines:
    """The lines of a file, told apart by a key of theirs.

    Which keys there are is kept by SQLite, in memory or on disk as it sees fit.

    Attributes:
        count: how many lines there are.
    """

    def __init__(self, path: Path, key: str) -> None:
        self.count = 0
        self._key = key
        self._path = pathlib.Path(path)
        self._known = sqlite3.connect("", isolation_level=None)
        # In KiB, of memory.
        self._known.execute("PRAGMA cache_size = -1000")
        self._known.execute("CREATE TABLE known (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def __enter__(self) -> t.Self:
        self._file = self._path.open("a+b")
        try:
            self._read()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._file.close()
        self._known.close()

    def _read(self) -> None:
        """Find out what is there, and take away what was cut off."""
        self._file.seek(0)
        end = 0
        for line in self._file:
            if not line.endswith(b"\n") and self._is_cut_off(line):
                self._file.truncate(end)
                break
            end += len(line)
            self.count += 1
            try:
                self.is_new(json.loads(line))
            except (ValueError, TypeError, KeyError):
                message = (
                    f"line {self.count} of {self._path} has no {self._key}; "
                    "the file is not an export to go on with, name another"
                )
                raise ValueError(message) from None

    def _is_cut_off(self, line: bytes) -> bool:
        """Tell a line of ours without its end from another's whole file."""
        try:
            found = json.loads(line)
        except ValueError:
            return b'{"'.startswith(line[:2])
        return isinstance(found, dict) and self._key in found

    def is_new(self, item: Item) -> bool:
        """Tell whether an item is not there, and remember it."""
        add = "INSERT OR IGNORE INTO known VALUES (?)"
        return self._known.execute(add, (json.dumps(item[self._key]),)).rowcount == 1

    def write(self, item: Item) -> None:
        """Add a line, whole, for others to see."""
        self._file.write(_line(item))
        self._file.flush()
        self.count += 1


def _line(item: Item) -> bytes:
    try:
        return json.dumps(item, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half a character, which only an escape can write.
        return json.dumps(item).encode() + b"\n"


@contextlib.contextmanager
def _bar(name: str, *, show: bool) -> t.Generator[t.Callable[[int], object]]:
    """Show how many lines there are, where somebody sees it."""
    if not show or not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        # An extra, and for a terminal alone.
        from rich import console, progress  # noqa: PLC0415
    except ImportError:
        yield lambda _: None
        return
    columns = (
        *(progress.SpinnerColumn(), progress.TextColumn("{task.description}")),
        *(progress.TextColumn("{task.completed} lines"), progress.TimeElapsedColumn()),
    )
    with progress.Progress(*columns, console=console.Console(stderr=True)) as shown:
        task = shown.add_task(name, total=None)
        yield lambda lines: shown.advance(task, lines)
