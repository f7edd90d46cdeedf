"""Operations that the table of endpoints does not describe, one module a section.

A function that a module exports answers the operation of its name.
"""

from __future__ import annotations

import types
import typing as t

from crisp_api.sandbox.handlers import (
    analytics,
    batch,
    campaigns,
    conversations,
    helpdesk,
    helpdesk_articles,
    helpdesk_groups,
    helpdesk_history,
    helpdesk_tree,
    marks,
    media,
    messages,
    operators,
    people,
    people_search,
    plans,
    plugins,
    sessions,
    spam,
    suggestions,
    uploads,
    visitors,
    websites,
)

if t.TYPE_CHECKING:
    from crisp_api.sandbox.rules import Handler

__all__ = ["HANDLERS", "MODULES"]

MODULES: t.Final[dict[str, tuple[types.ModuleType, ...]]] = {
    "website": (
        *(websites, conversations, messages, marks, sessions, spam, batch),
        *(
            people,
            people_search,
            suggestions,
            visitors,
            operators,
            campaigns,
            analytics,
        ),
        *(helpdesk, helpdesk_articles, helpdesk_groups),
        *(helpdesk_tree, helpdesk_history),
    ),
    "plugin": (plugins,),
    "plan": (plans,),
    "bucket": (uploads,),
    "media": (media,),
}
HANDLERS: t.Final[dict[str, Handler]] = {
    f"{service}.{name}": getattr(module, name)
    for service, modules in MODULES.items()
    for module in modules
    for name in module.__all__
}
