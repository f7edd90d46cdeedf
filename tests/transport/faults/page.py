"""The page of the faults, written from the table."""

from __future__ import annotations

import pathlib
import typing as t

from .table import FAULTS, Cell, Fault

__all__ = ["PAGE", "page"]

PAGE: t.Final = pathlib.Path(__file__).parents[3] / "docs" / "faults.md"
_HEAD: t.Final = """\
# Faults

This page lists what a call returns or raises when the network or the server fails. The
columns "seen" say how many times the server received the complete request.

"Read" is a GET, which is sent at most four times. PUT and DELETE are retried like a read.
"Write" is a POST, and a PATCH behaves in the same way. A write is sent again only if it is
certain that the server did nothing: there was no connection, or the response was a rate
limit (420 or 429).

| in a cell | means |
|---|---|
| the data | the call returns the `data` of the response |
| `None` | the call returns `None` |
| `ServerError`, `InvalidResponseError` | the call raises an error that is an instance of both classes |
| `ConnectionError` or `TimeoutError` | `Crisp` raises the first, `AsyncCrisp` the second; all other results are the same for both |
| never sent | the `certainly_unsent` of the error is `True` |
| 7 s later | the client waited 7 seconds before it sent the request again |

The wait is the one that `Retry-After` requests. The client's clock was set to Tue, 14 Nov
2023 22:13:20 GMT. If `Retry-After` cannot be read, the client waits for a random time, and
the table shows the longest.

In the names of faults, "reset" and "closed" say how the server ends the connection, and
"no length" is a response without a `Content-Length`. Each fault is caused with and without
TLS, where both are possible.

The tests check every line of this table with both clients. `python -m tests.transport.faults`
writes this page from the table that the tests use.

| fault | read | seen | write | seen |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page, as Markdown."""
    return _HEAD + "".join(f"{_line(fault)}\n" for fault in FAULTS)


def _line(fault: Fault) -> str:
    on_async = fault.on_async or (fault.read, fault.write)
    read, write = zip((fault.read, fault.write), on_async, strict=True)
    return f"| {fault.name} | {_columns(read)} | {_columns(write)} |"


def _columns(cells: tuple[Cell, ...]) -> str:
    """Return the outcome and the count, of both clients where they differ."""
    texts = [str(cell) for cell in cells], [str(cell.seen) for cell in cells]
    return " | ".join(" or ".join(dict.fromkeys(one)) for one in texts)
