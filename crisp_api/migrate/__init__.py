"""Find what changes for a program written for Crisp's own crisp-api 1.1.23.

`check` reads the text of a program, and never runs it::

    >>> from crisp_api.migrate import check
    >>> check("from crisp_api.resources import website")[0].rule
    'C008'

``python -m crisp_api.migrate`` reads files and folders.
"""

from __future__ import annotations

import ast
import typing as t

from crisp_api.migrate.calls import Calls
from crisp_api.migrate.flow import Program
from crisp_api.migrate.rules import RULES, imports_crisp

__all__ = ["Finding", "check"]


class Finding(t.NamedTuple):
    """A place in a program whose meaning changes.

    Attributes:
        line: counted from 1.
        column: counted from 1.
        rule: the id of the rule, such as ``C001``.
        message: what changes.
        hint: what to write instead.
    """

    line: int
    column: int
    rule: str
    message: str
    hint: str


def check(source: str | bytes) -> list[Finding]:
    """Return the findings in a program, in the order of its lines.

    A program that does not import crisp_api has none.

    Raises:
        SyntaxError: it is not Python.
        ValueError: it contains a null character.
        RecursionError, MemoryError: it is nested too deeply.
    """
    tree = ast.parse(source)
    if "crisp_api" not in _text(source):
        return []
    calls = Calls(Program(tree))
    if not imports_crisp(calls):
        return []
    found = {
        Finding(one.node.lineno, one.node.col_offset + 1, rule, one.message, one.hint)
        for rule, find in RULES.items()
        for one in find(calls)
    }
    return sorted(found)


def _text(source: str | bytes) -> str:
    return source if isinstance(source, str) else source.decode("latin-1")
