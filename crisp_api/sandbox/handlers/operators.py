"""Operators of a website."""

from __future__ import annotations

import typing as t

from crisp_api.sandbox.model import OPERATOR
from crisp_api.sandbox.store import Query

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = ["change_operator_membership", "list_website_operators"]

_MOST: t.Final = 1000


def list_website_operators(call: Call) -> list[Object]:
    """List operators, those who were invited too."""
    found = call.store.select(
        OPERATOR, call.parent(OPERATOR), Query(is_ascending=True), 0, _MOST
    )
    return [{"type": "operator", "details": doc} for doc in found]


def change_operator_membership(call: Call) -> None:
    """Change the role or the title of an operator."""
    item = call.find(OPERATOR)
    item.doc.update({k: call.body[k] for k in ("role", "title") if k in call.body})
    call.save(item)
