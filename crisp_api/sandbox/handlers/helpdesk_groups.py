"""Categories and sections of the old helpdesk: the tree's groups of articles.

Both are groups, so that one function answers for both; the path says which it is.
"""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.sandbox import helpdesk_nodes as nodes
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.handlers import helpdesk_history as history
from crisp_api.sandbox.handlers.helpdesk_articles import put_in
from crisp_api.sandbox.handlers.helpdesk_history import Edit
from crisp_api.sandbox.model_helpdesk import ENTRY, GROUP
from crisp_api.sandbox.refusals import not_found

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object

__all__ = [
    "add_helpdesk_locale_category",
    "add_helpdesk_locale_section",
    "check_helpdesk_locale_category_exists",
    "check_helpdesk_locale_section_exists",
    "delete_helpdesk_locale_category",
    "delete_helpdesk_locale_section",
    "list_helpdesk_locale_categories",
    "list_helpdesk_locale_sections",
    "resolve_helpdesk_locale_category",
    "resolve_helpdesk_locale_section",
    "save_helpdesk_locale_category",
    "save_helpdesk_locale_section",
    "update_helpdesk_locale_category",
    "update_helpdesk_locale_section",
]

# The fields that can be written, and their values if a PUT leaves them out.
_DEFAULTS: t.Final[Object] = {"name": "", "description": None, "image": None}


def list_helpdesk_locale_categories(call: Call) -> list[Object]:
    """List categories, or the sections of a category, in their order."""
    parent, query = call.parent(GROUP), query_of(call, GROUP)
    found = call.page(GROUP, parent, query.where("above = ?", _category_id(call)))
    return [_shown(doc) for doc in found]


def add_helpdesk_locale_category(call: Call) -> Object:
    """Add a category, or a section to a category."""
    groups = (_category_id(call), "")
    item = nodes.new_node(call, GROUP, call.body["name"], groups)
    history.commit(call, "Create", Edit(item.resource, item.path, None, item.doc))
    return shown(_shown(item.doc), call.operation.answer)


def resolve_helpdesk_locale_category(call: Call) -> Object:
    """Return a category or a section."""
    return _shown(_find(call).doc)


def save_helpdesk_locale_category(call: Call) -> None:
    """Replace a category or a section; its path and its place in the order stay."""
    item = _find(call)
    kept = {name: value for name, value in item.doc.items() if name != "color"}
    _write(call, item, kept, _DEFAULTS | call.body)


def update_helpdesk_locale_category(call: Call) -> None:
    """Change fields of a category or a section."""
    item = _find(call)
    _write(call, item, item.doc, call.body)


def delete_helpdesk_locale_category(call: Call) -> None:
    """Remove a category with its sections, or a section; the articles stay."""
    item = _find(call)
    for section in nodes.children(call, GROUP, item.path[-1]):
        _remove(call, section, "")
    _remove(call, item, item.doc["category_id"])


add_helpdesk_locale_section = add_helpdesk_locale_category
check_helpdesk_locale_category_exists = resolve_helpdesk_locale_category
check_helpdesk_locale_section_exists = resolve_helpdesk_locale_category
delete_helpdesk_locale_section = delete_helpdesk_locale_category
list_helpdesk_locale_sections = list_helpdesk_locale_categories
resolve_helpdesk_locale_section = resolve_helpdesk_locale_category
save_helpdesk_locale_section = save_helpdesk_locale_category
update_helpdesk_locale_section = update_helpdesk_locale_category


def _find(call: Call) -> Item:
    """Return the category, or the section, that the path of the request leads to."""
    names = call.arguments
    if "section_id" not in names:
        return _in(call, "category", names["category_id"], "")
    return _in(call, "section", names["section_id"], _category_id(call))


def _category_id(call: Call) -> str:
    """Return the category in a path about sections; empty for one about categories."""
    if "section" not in call.operation.path:
        return ""
    return _in(call, "category", call.arguments["category_id"], "").path[-1]


def _in(call: Call, noun: str, group_id: str, category_id: str) -> Item:
    """Return a group in a category; refuse one that is not there."""
    path = (*call.parent(GROUP), group_id)
    doc = call.store.get(GROUP, path)
    if doc is None or doc["category_id"] != category_id:
        raise not_found(noun)
    return Item(GROUP, path, doc)


def _write(call: Call, item: Item, kept: Object, written: Object) -> None:
    names = {"name": "title", "description": "description", "color": "color"}
    names |= {"image": "image", "order": "order"}
    changes = {new: written[old] for old, new in names.items() if old in written}
    history.update(call, item, kept | changes)


def _remove(call: Call, item: Item, category_id: str) -> None:
    """Remove a group; its articles go to a category, or to none."""
    for entry in nodes.children(call, ENTRY, item.path[-1]):
        put_in(call, entry, (category_id, ""))
    history.commit(call, "Delete", Edit(*item, None))


def _shown(doc: Object) -> Object:
    """Return a group as a category or a section."""
    known = doc | {"name": doc["title"]}
    if doc["category_id"]:
        known["section_id"] = doc["group_id"]
        return shown(known, ty.HelpdeskLocaleSectionResponse)
    known["category_id"] = doc["group_id"]
    return shown(known, ty.HelpdeskLocaleCategoryResponse)
