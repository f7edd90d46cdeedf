"""The page of the faults, written from the table."""

from __future__ import annotations

import pathlib
import typing as t

from .table import FAULTS, Cell, Fault

__all__ = ["PAGE", "page"]

PAGE: t.Final = pathlib.Path(__file__).parents[3] / "docs" / "faults.md"
_HEAD: t.Final = """\
# Faults

This page lists what your call returns or raises when the network or the server fails,
and how many times the server received the complete request ("seen"). Unless a cell
names two errors, the result is the same for `Crisp` and `AsyncCrisp`, with and
without TLS.

A read is a GET. It is sent at most four times. A write is a POST; a PATCH behaves the
same. A write is sent again only if it is certain that the server did nothing: there
was no connection, or the response was a rate limit (420 or 429). "7 s later" means
that the client waited 7 seconds between two attempts. The wait is the one that
`Retry-After` requests, or the client's own longest delay if `Retry-After` cannot be read.

`python -m tests.transport.faults` writes this page from the table of expected outcomes
that the tests use for both clients.

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
