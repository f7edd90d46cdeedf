"""An extension for mkdocstrings: literal blocks of docstrings as Markdown."""

from __future__ import annotations

import typing as t

import griffe


class LiteralBlocks(griffe.Extension):
    """Replaces the ``::`` before an indented block by a colon."""

    def on_object(self, *, obj: griffe.Object, **_: t.Any) -> None:
        """Change the docstring of an object."""
        if obj.docstring:
            obj.docstring.value = obj.docstring.value.replace("::\n", ":\n")
