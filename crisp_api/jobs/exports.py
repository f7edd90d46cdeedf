"""Exports of all conversations or all contacts of a website, as lines of JSON.

An export that was interrupted resumes if it is run again: `ResumableFile` knows which
lines are there.
"""

from __future__ import annotations

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
from crisp_api.jobs._progress import line_progress
from crisp_api.jobs._resumable import Item, Path, ResumableFile
from crisp_api.paging import history, paginate
from crisp_api.runners import END, Runner, Steps

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["export_conversations", "export_people"]

_PER_PAGE: t.Final = 50
# How many items are collected before their lines are made.
_CHUNK: t.Final = 50
# If more conversations than this cannot be read, the fault is not with them, and the
# export stops.
_MAX_FAILED: t.Final = 10
# Errors that would hit the next conversation as well.
_GENERAL_ERRORS: t.Final = (
    AuthenticationError,
    LimitError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    TransportError,
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
    does not fetch the conversations that are in the file, and replaces a line that was
    cut off.

    A conversation whose messages cannot be fetched does not stop the others. Its error
    is raised at the end, and the next run tries it again. If there are more than ten,
    the export stops. Conversations are listed in the order of their creation; if one is
    removed during a run, the run may miss another, which the next run finds.

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
        ValueError: the file holds something else, or ``prefetch`` is below 1. Nothing
            was sent.
        BlockingIOError: another run is writing the file. Nothing was sent. On Windows,
            this is not detected.
        CrispError: the first error; the lines that were written stay.
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
    """Return a conversation with its messages, None if it was removed, or its error."""
    walk: t.Any = history
    session_id = conversation["session_id"]
    newest_first: list[Item] = []
    try:
        messages = walk(client, website_id, session_id, stop_on_short_page=True)
        while (message := (yield client.core.runner.next(messages))) is not END:
            newest_first.append(message)
    except NotFoundError as error:
        if error.reason != "conversation_not_found":
            raise
        return None
    except _GENERAL_ERRORS:
        raise
    except CrispError as error:
        error.add_note(f"This was about {session_id}.")
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
    """Write the contacts of a website to a file.

    Each contact is one line of JSON, as `list_people_profiles` returns it. If a run is
    interrupted or killed, run it again with the same path, and it resumes.

    Args:
        client: a `Crisp`; with an `AsyncCrisp`, await the call.
        website_id: the website.
        path: the file to write.
        progress: show progress, as in `export_conversations`.

    Returns:
        How many lines the file has.

    Raises:
        ValueError: the file holds something else. Nothing was sent.
        BlockingIOError: another run is writing the file. Nothing was sent. On Windows,
            this is not detected.
        CrispError: what stopped the export; the lines that were written stay.
    """
    pages: t.Any = paginate
    method = client.website.list_people_profiles
    source = pages(method, website_id, per_page=_PER_PAGE)
    runner: Runner = client.core.runner
    return runner.run(_export(runner, source, "people_id", path, None, 1, progress))


def _export(  # noqa: PLR0913, PLR0917 - what the two jobs differ in
    runner: Runner,
    source: t.Any,
    key: str,
    path: Path,
    complete: t.Callable[[Item], Steps[Item | CrispError | None]] | None,
    prefetch: int,
    progress: bool,  # noqa: FBT001 - passed on
) -> Steps[int]:
    """Write a line for each item of a source that has none; return their count.

    Args:
        runner: of the client.
        source: an iterator of items.
        key: the field that identifies an item.
        path: the file to write.
        complete: steps that make the line of an item by further calls. They return
            the item to write, None to omit it, or its error. None to write it as it is.
        prefetch: how many items to complete at the same time.
        progress: whether to show progress.
    """
    if prefetch < 1:
        message = f"prefetch must be 1 or more, not {prefetch}"
        raise ValueError(message)
    with (
        ResumableFile(path, key) as lines,
        line_progress(str(path), show=progress) as add_progress,
    ):
        failed: list[CrispError] = []

        def done(item: Item | CrispError | None) -> None:
            if isinstance(item, CrispError):
                failed.append(item)
            elif item is not None:
                lines.write(item)
                add_progress(1)

        add_progress(lines.count)
        try:
            while items := (yield from _new_items(runner, source, lines)):
                if complete:
                    yield runner.gather([*map(complete, items)], prefetch, done)
                else:
                    for item in items:
                        done(item)
                _check(failed, _MAX_FAILED)
            _check(failed, 0)
        except Exception as error:
            error.add_note(
                f"{lines.count} lines are in {path}; run it again to resume."
            )
            raise
        return lines.count


def _check(failed: list[CrispError], most: int) -> None:
    """Raise the first error, if there are more than ``most``."""
    if len(failed) > most:
        failed[0].add_note(f"It is the first of {len(failed)} that were not read.")
        raise failed[0]


def _new_items(
    runner: Runner, source: t.Any, lines: ResumableFile
) -> Steps[list[Item]]:
    """Return the next items that have no line, an empty list after the last."""
    items: list[Item] = []
    while len(items) < _CHUNK:
        item = yield runner.next(source)
        if item is END:
            break
        if lines.is_new(item):
            items.append(item)
    return items
