"""Keys of objects in the database, from their paths."""

from __future__ import annotations

import functools
import hashlib
import typing as t

from crisp_api import wire
from crisp_api.sandbox.refusals import invalid
from crisp_api.sandbox.resource import Object, Path

__all__ = ["AFTER_SEPARATOR", "SEPARATOR", "joined", "number", "row"]

SEPARATOR: t.Final = "\x1f"
AFTER_SEPARATOR: t.Final = "\x20"


def joined(path: Path) -> str:
    """Return the key of an object."""
    text = SEPARATOR.join(path)
    if text.count(SEPARATOR) >= max(len(path), 1) or "\0" in text:
        message = "an identifier has a control character"
        raise invalid(message)
    return text


def row(path: Path, document: Object) -> tuple[object, ...]:
    """Return the number and the key of a parent, the key of an object, and its JSON."""
    return *_parent(path[:-1]), joined(path), wire.plain_text(document)


def number(parent: Path) -> int:
    """Return the number of a parent."""
    return _parent(parent)[0]


@functools.lru_cache(maxsize=4096)
def _parent(parent: Path) -> tuple[int, str]:
    """Return a parent as a number, which makes small indexes, and as a text.

    The number has 64 bits: of a billion parents, no two have the same, but for bad
    luck.
    """
    text = joined(parent)
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True), text
