"""Exports of all conversations or all contacts of a website, as lines of JSON.

An export that was interrupted resumes if it is run again: `ResumableFile` knows which
lines are there.
"""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api import wire
from crisp_api.client import check_client
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
from crisp_api.jobs._progress import line_progress
from crisp_api.jobs._resumable import Item, Path, ResumableFile
from crisp_api.paging import history, paginate
from crisp_api.runners import END, Runner, Steps

if t.TYPE_CHECKING:
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["export_conversations", "export_people"]

_PER_PAGE: t.Final = 50
# How many items are collected before their lines are made.
_CHUNK: t.Final = 50
# If more conversations in a row than this cannot be read, the fault is not with them,
# and the export stops. Of those that get no whole response, each takes a long time.
_MAX_FAILED: t.Final = 10
_MAX_UNANSWERED: t.Final = 2
# Errors that would hit the next conversation as well.
_GENERAL_ERRORS: t.Final = (
    AuthenticationError,
    LimitError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
)


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

    Each conversation is one line of JSON: what `list_conversations` returns, and
    ``messages``, oldest first. A line is written as soon as its messages are there.

    If a run is interrupted or killed, run it again with the same path. It resumes: it
    fetches the conversations that are not in the file, and those whose ``updated_at``
    is newer than their line. It also replaces a line that was cut off.

    A conversation that has changed gets a new line at the end of the file. When the run
    ends, the file is replaced by one with a single line for each conversation. If the
    run is killed before that, the file can have two lines for a conversation; the later
    one is current. Conversations that were removed from Crisp keep their line.

    A conversation whose messages cannot be fetched does not stop the others. Its error
    is raised at the end, and the next run tries it again. If more than ten in a row
    fail, or three without a whole response, the export stops.

    Conversations are listed in the order of their creation; if one is removed during a
    run, the run may miss another, which the next run finds. With a ``filter_``
    argument, all are listed before the first is fetched.

    Args:
        client: a `Crisp`; with an `AsyncCrisp`, await the call.
        website_id: the website.
        path: the file to write.
        prefetch: for how many conversations to fetch messages at the same time.
        progress: show progress, if the standard error is a terminal and ``rich`` is
            installed (extra ``progress``).
        filters: which conversations to export, as for `list_conversations`.

    Returns:
        How many lines the file has.

    Raises:
        ValueError: the file has other content or another website, or ``prefetch``
            is below 1. Nothing was sent.
        TypeError: there is no such filter. Nothing was sent, and no file created.
        BlockingIOError: another run is writing the file. Nothing was sent. On Windows,
            this is not detected.
        CrispError: the first error; the lines that were written stay.
    """
    check_client("export_conversations", client)
    return client.core.run(
        _export_conversations(client, website_id, path, prefetch, progress, filters)
    )


def _export_conversations(  # noqa: PLR0913, PLR0917 - as above
    client: t.Any,
    website_id: str,
    path: Path,
    prefetch: int,
    progress: bool,  # noqa: FBT001 - passed on
    filters: t.Mapping[str, t.Any],
) -> Steps[int]:
    known = ty.ConversationFilters.__annotations__
    if unknown := sorted(filters.keys() - known.keys()):
        message = f"there is no filter {unknown[0]}; there are {', '.join(known)}"
        raise TypeError(message)
    if prefetch < 1:
        message = f"prefetch must be 1 or more, not {prefetch}"
        raise ValueError(message)
    query = {
        "per_page": _PER_PAGE,
        "include_empty": True,
        "order_date_created": True,
        **filters,
    }
    pages: t.Any = paginate
    source = pages(
        client.website.list_conversations,
        website_id,
        # During a long export, conversations leave a list that is filtered.
        snapshot=any(name.startswith("filter_") for name in filters),
        **query,
    )
    unanswered: list[CrispError] = []

    def complete(conversation: Item) -> Steps[Item | CrispError | None]:
        return _with_messages(client, website_id, conversation, unanswered)

    with ResumableFile(path, "session_id", website_id) as lines:
        run = _Run(client.core.runner, source, lines, "session_id")
        run.complete, run.prefetch = complete, prefetch
        return (yield from _ended(run, path, progress=progress))


def _with_messages(
    client: t.Any,
    website_id: str,
    conversation: Item,
    unanswered: list[CrispError],
) -> Steps[Item | CrispError | None]:
    """Return a conversation with its messages, None if it was removed, or its error.

    Args:
        client: the client.
        website_id: the website.
        conversation: as it is listed.
        unanswered: the errors of the last conversations, if they got no response.
    """
    walk: t.Any = history
    session_id = conversation["session_id"]
    newest_first: list[Item] = []
    try:
        messages = walk(client, website_id, session_id, stop_on_short_page=True)
        while (message := (yield client.core.runner.next(messages))) is not END:
            newest_first.append(message)
    except _GENERAL_ERRORS as error:
        if getattr(error, "reason", "") != "conversation_not_found":
            raise
        return None
    except CrispError as error:
        error.add_note(f"This was about {session_id}.")
        if isinstance(error, TransportError):
            unanswered.append(error)
            if len(unanswered) > _MAX_UNANSWERED:
                raise
        return error
    unanswered.clear()
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
    """Write the contacts of a website to a file.

    Each contact is one line of JSON: what `list_people_profiles` returns, and the
    ``website_id``. If a run is interrupted or killed, run it again with the same path,
    and it resumes. Contacts that have changed since get a new line, as in
    `export_conversations`.

    Args:
        client: a `Crisp`; with an `AsyncCrisp`, await the call.
        website_id: the website.
        path: the file to write.
        progress: show progress, as in `export_conversations`.

    Returns:
        How many lines the file has.

    Raises:
        ValueError: the file has other content or another website. Nothing was sent.
        BlockingIOError: another run is writing the file. Nothing was sent. On Windows,
            this is not detected.
        CrispError: what stopped the export; the lines that were written stay.
    """
    check_client("export_people", client)
    return client.core.run(_export_people(client, website_id, path, progress=progress))


def _export_people(
    client: t.Any, website_id: str, path: Path, *, progress: bool
) -> Steps[int]:
    pages: t.Any = paginate
    method = client.website.list_people_profiles
    source = pages(method, website_id, per_page=_PER_PAGE)
    with ResumableFile(path, "people_id", website_id) as lines:
        run = _Run(client.core.runner, source, lines, "people_id")
        return (yield from _ended(run, path, progress=progress))


def _ended(run: _Run, path: Path, *, progress: bool) -> Steps[int]:
    """Run an export to its end, and return how many lines the file has."""
    lines = run.lines
    try:
        with line_progress(str(path), show=progress) as run.add_progress:
            run.add_progress(lines.count)
            yield from run.steps()
            run.check(0)
        lines.compact()
    except Exception as error:
        error.add_note(f"{lines.count} lines are in {path}; run it again to resume.")
        if isinstance(error, CrispError):
            lines.compact()
        raise
    return lines.count


class _Run:
    """One run of an export: writes a line for each item that has none.

    Args:
        runner: of the client.
        source: an iterator of items.
        lines: the file.
        key: the field that identifies an item.

    Attributes:
        complete: steps that make the line of an item by further calls. They return the
            item to write, None to omit it, or its error. None to write it as it is.
        prefetch: how many items to complete at the same time.
        add_progress: called with the number of lines that were added.
    """

    def __init__(
        self, runner: Runner, source: t.Any, lines: ResumableFile, key: str
    ) -> None:
        self.lines = lines
        self.complete: t.Callable[[Item], Steps[Item | CrispError | None]] | None = None
        self.prefetch = 1
        self.add_progress: t.Callable[[int], object]
        self._runner = runner
        self._source = source
        self._key = key
        self._failed: list[CrispError] = []
        self._failed_in_a_row = 0

    def steps(self) -> Steps[None]:
        """Write the lines of all items."""
        is_over = False
        while not is_over:
            items, error = yield from self._new_items()
            if self.complete and not isinstance(error, _GENERAL_ERRORS):
                jobs = list(map(self.complete, items))
                yield self._runner.gather(jobs, self.prefetch, self._done)
            elif not self.complete:
                for item in items:
                    self._done(item)
            if error:
                raise error
            self.check(_MAX_FAILED)
            is_over = not items

    def check(self, most: int) -> None:
        """Raise the first error, if more than so many items failed in a row."""
        failed = self._failed
        if self._failed_in_a_row > most or (failed and not most):
            failed[0].add_note(f"It is the first of {len(failed)} that were not read.")
            raise failed[0]

    def _new_items(self) -> Steps[tuple[list[Item], Exception | None]]:
        """Return the next items that need a line, and the error that cut them short.

        After the last item, there are none.
        """
        items: list[Item] = []
        while len(items) < _CHUNK:
            try:
                item: t.Any = yield self._runner.next(self._source)
            except Exception as error:  # noqa: BLE001 - raised after these are written
                return items, error
            if item is END:
                break
            found = t.cast("Item", item) if isinstance(item, dict) else {}
            if problem := self._problem(found):
                # It does not count as one in a row: the list itself was answered.
                self._failed.append(CrispError(problem))
            elif self.lines.is_new(found):
                items.append(found)
        return items, None

    def _problem(self, item: Item) -> str:
        """Return why an item cannot have a line; empty if it can."""
        identity = item.get(self._key)
        if not isinstance(identity, str):
            return f"the list has an item whose {self._key} is {identity!r:.99}"
        if not self.lines.is_of_website(item):
            website_id = item["website_id"]
            return f"the list has an item of the website {website_id}: {identity:.99}"
        try:
            if self.complete:
                wire.segment(self._key, identity)
        except ValueError as error:
            return f"an item of the list cannot be requested: {error}"
        return ""

    def _done(self, item: Item | CrispError | None) -> None:
        """Write the line of an item, or note its error."""
        before = self.lines.count
        if item is not None and not isinstance(item, CrispError):
            try:
                self.lines.write(item)
            except ValueError as error:
                item = CrispError(f"{item[self._key]} cannot be written: {error}")
        if isinstance(item, CrispError):
            self._failed.append(item)
            self._failed_in_a_row += 1
            return
        self._failed_in_a_row = 0
        self.add_progress(self.lines.count - before)
