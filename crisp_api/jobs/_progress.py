"""A progress bar on a terminal, if ``rich`` is installed (extra ``progress``)."""

from __future__ import annotations

import contextlib
import sys
import typing as t

__all__ = ["line_progress"]


@contextlib.contextmanager
def line_progress(name: str, *, show: bool) -> t.Generator[t.Callable[[int], object]]:
    """Show how many lines are done, and yield a function that adds some.

    Nothing is shown if the standard error is not a terminal, since the output would
    end up in a log, or if ``rich`` is not installed.

    Args:
        name: the text beside the count.
        show: False to show nothing in any case.
    """
    # In a Python without a console, on Windows, it is None.
    stderr = t.cast("t.TextIO | None", sys.stderr)
    if not show or stderr is None or not stderr.isatty():
        yield lambda _: None
        return
    try:
        # rich is an extra, and slow to import.
        from rich import console, progress  # noqa: PLC0415
    except ImportError:
        yield lambda _: None
        return
    columns = (
        progress.SpinnerColumn(),
        # The name of a file may look like markup.
        progress.TextColumn("{task.description}", markup=False),
        progress.TextColumn("{task.completed} lines"),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=console.Console(stderr=True)) as shown:
        task = shown.add_task(name, total=None)
        yield lambda lines: shown.advance(task, lines)
