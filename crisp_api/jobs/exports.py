"""Exports: all conversations or all contacts of a website, each a line of JSON."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import sqlite3
import sys
import typing as t

from crisp_api.errors import (
    AuthenticationError,
    CrispError,
    LimitError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    TransportError,
)
from crisp_api.paging import history, paginate
from crisp_api.runners import END, Runner, Steps

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["export_conversations", "export_people"]

_PER_PAGE: t.Final = 50
# How many lines are in the making at a time.
_CHUNK: t.Final = 50
# More conversations than this that cannot be read are no fault of theirs.
_FEW: t.Final = 10
# What the next conversation would meet as well.
_FOR_ALL: t.Final = (
    AuthenticationError,
    LimitError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    TransportError,
)

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

    A line is what `list_conversations` gives, with ``messages``, oldest first, and is
    written as soon as they are there. A file that is there already is gone on with:
    what is in it is not asked for again, and a line that was cut off is taken away. So
    a run that was ended, by whatever, is repeated until it ends by itself.

    A conversation whose messages Crisp fails to give is left to the next run, and its
    error raised at the end; of more than ten, before it. Conversations are walked in
    the order in which they were created; one that is removed meanwhile may hide another
    from a run, which the next will find.

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
        BlockingIOError: another run is writing the file; likewise. Not told on Windows.
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

    runner: Runner = client.core.runner

    def complete(conversation: Item) -> Steps[Item | CrispError | None]:
        return _with_messages(client, website_id, conversation)

    steps = _export(runner, source, "session_id", path, complete, prefetch, progress)
    return runner.run(steps)


def _with_messages(
    client: t.Any, website_id: str, conversation: Item
) -> Steps[Item | CrispError | None]:
    """Return a conversation with its messages, None if it is gone, or its error."""
    walk: t.Any = history
    newest_first: list[Item] = []
    try:
        messages = walk(
            client, website_id, conversation["session_id"], stop_on_short_page=True
        )
        while (message := (yield client.core.runner.next(messages))) is not END:
            newest_first.append(message)
    except NotFoundError as error:
        if error.reason != "conversation_not_found":
            raise
        return None
    except _FOR_ALL:
        raise
    except CrispError as error:
        error.add_note(f"This was about {conversation['session_id']}.")
        return error
    return {**conversation, "messages": newest_first[::-1]}


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
        BlockingIOError: another run is writing the file. Not told on Windows.
        CrispError: what stopped it; lines that were written stay.
    """
    pages: t.Any = paginate
    method = client.website.list_people_profiles
    source = pages(method, website_id, per_page=_PER_PAGE)
    runner: Runner = client.core.runner
    return runner.run(_export(runner, source, "people_id", path, None, 1, progress))


def _export(  # noqa: PLR0913, PLR0917 - each is what one job has of its own
    runner: Runner,
    source: t.Any,
    key: str,
    path: Path,
    complete: t.Callable[[Item], Steps[Item | CrispError | None]] | None,
    prefetch: int,
    progress: bool,  # noqa: FBT001 - passed on
) -> Steps[int]:
    """Write a line for each item that has none."""
    if prefetch < 1:
        message = f"prefetch must be 1 or more, not {prefetch}"
        raise ValueError(message)
    with _Lines(path, key) as lines, _bar(str(path), show=progress) as bar:
        failed: list[CrispError] = []

        def done(item: Item | CrispError | None) -> None:
            if isinstance(item, CrispError):
                failed.append(item)
            elif item is not None:
                lines.write(item)
                bar(1)

        bar(lines.count)
        try:
            while items := (yield from _new_items(runner, source, lines)):
                if complete:
                    yield runner.gather([*map(complete, items)], prefetch, done)
                else:
                    for item in items:
                        done(item)
                _check(failed, _FEW)
            _check(failed, 0)
        except Exception as error:
            error.add_note(f"{lines.count} lines are in {path}; the next run adds.")
            raise
        return lines.count


def _check(failed: list[CrispError], most: int) -> None:
    """Raise the first error, if there are more than may be."""
    if len(failed) > most:
        failed[0].add_note(f"It is the first of {len(failed)} that were not read.")
        raise failed[0]


def _new_items(runner: Runner, source: t.Any, lines: _Lines) -> Steps[list[Item]]:
    """Give the next items that have no line."""
    items: list[Item] = []
    while len(items) < _CHUNK:
        item = yield runner.next(source)
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
        # How each line begins.
        self._start = f'{{"{key}": "'.encode()
        self._path = pathlib.Path(path)

    def __enter__(self) -> t.Self:
        with contextlib.ExitStack() as stack:
            self._file = stack.enter_context(self._path.open("a+b"))
            _lock(self._file, self._path)
            self._known = sqlite3.connect("", isolation_level=None)
            stack.callback(self._known.close)
            # In KiB, of memory.
            self._known.execute("PRAGMA cache_size = -1000")
            self._known.execute("CREATE TABLE known (key PRIMARY KEY) WITHOUT ROWID")
            self._read()
            self._opened = stack.pop_all()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._opened.close()

    def _read(self) -> None:
        """Find out what is there, and mend the end of it."""
        self._file.seek(0)
        end, line = 0, b"\n"
        for line in self._file:
            if not self._is_ours(line):
                if self._is_cut_off(line):
                    self._file.truncate(end)
                    return
                message = (
                    f"line {self.count + 1} of {self._path} does not begin with a "
                    f"{self._key}; the file is no export to go on with, name another"
                )
                raise ValueError(message)
            end += len(line)
            self.count += 1
        if not line.endswith(b"\n"):
            self._file.write(b"\n")

    def _is_ours(self, line: bytes) -> bool:
        """Tell whether a line is one of ours, and whole, and remember it."""
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
        """Tell a line of ours without its end from the whole file of another."""
        start = line[: len(self._start)]
        return not line.endswith(b"\n") and self._start.startswith(start)

    def is_new(self, item: Item) -> bool:
        """Tell whether an item is not there, and remember it."""
        add = "INSERT OR IGNORE INTO known VALUES (?)"
        return self._known.execute(add, (json.dumps(item[self._key]),)).rowcount == 1

    def write(self, item: Item) -> None:
        """Add a line, whole, for others to see."""
        self._file.write(_line({self._key: item[self._key], **item}))
        self._file.flush()
        self.count += 1


def _line(item: Item) -> bytes:
    try:
        return json.dumps(item, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half a character, which only an escape can write.
        return json.dumps(item).encode() + b"\n"


def _lock(file: t.BinaryIO, path: pathlib.Path) -> None:
    """Keep other runs from a file for as long as it is open."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"another run is writing {path}; wait for it, or name another file"
    except (ImportError, OSError):
        # Some places where files are have no locks.
        return
    else:
        return
    raise BlockingIOError(message)


@contextlib.contextmanager
def _bar(name: str, *, show: bool) -> t.Generator[t.Callable[[int], object]]:
    """Show how many lines there are, where somebody sees it."""
    screen = t.cast("t.TextIO | None", sys.stderr)
    if not show or screen is None or not screen.isatty():
        yield lambda _: None
        return
    try:
        # An extra, and for a terminal alone.
        from rich import console, progress  # noqa: PLC0415
    except ImportError:
        yield lambda _: None
        return
    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}", markup=False),
        *(progress.TextColumn("{task.completed} lines"), progress.TimeElapsedColumn()),
    )
    with progress.Progress(*columns, console=console.Console(stderr=True)) as shown:
        task = shown.add_task(name, total=None)
        yield lambda lines: shown.advance(task, lines)
