"""The helpdesk's tree of content: entries and groups by their paths, and pages."""

from __future__ import annotations

import copy
import typing as t

from crisp_api.sandbox import helpdesk_nodes as nodes
from crisp_api.sandbox.call import Item
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.handlers import helpdesk_history as history
from crisp_api.sandbox.handlers.helpdesk_history import Edit
from crisp_api.sandbox.model_helpdesk import ENTRY, GROUP
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object

__all__ = [
    "create_helpdesk_tree_path",
    "delete_helpdesk_tree_path",
    "list_helpdesk_pages",
    "list_helpdesk_tree",
    "resolve_helpdesk_page_entity",
    "resolve_helpdesk_tree_content",
    "resolve_helpdesk_tree_metadata",
    "resolve_helpdesk_tree_page",
    "resolve_helpdesk_tree_path",
    "save_helpdesk_tree_content",
    "update_helpdesk_tree_metadata",
    "update_helpdesk_tree_path",
]

# A position that is surely after all others; SQLite takes no larger integers.
_LAST: t.Final = 2**62


# --- lists


def list_helpdesk_tree(call: Call) -> list[Object]:
    """List groups, and then entries, with all that is below them.

    With a filter, entries are listed that meet it, below the groups that they are in.
    """
    parent, path = call.parent(ENTRY), call.query.get("sub_path")
    group_id = nodes.find_node(call, path).path[-1] if path else ""
    query = query_of(call, ENTRY, "sub_path")
    if query.conditions:
        if group_id:
            query = query.where("? IN (category, section)", group_id)
        return _nested(call, call.page(ENTRY, parent, query), group_id)
    query = Query(order="place").where("above = ?", group_id)
    start, size = call.window()
    groups = call.store.select(GROUP, parent, query, start, size)
    listed = [_group(call, doc) for doc in groups]
    if len(groups) < size:
        start = max(0, start - call.store.count(GROUP, parent, query))
        entries = call.store.select(ENTRY, parent, query, start, size - len(groups))
        listed += [_entry(doc) for doc in entries]
    return listed


def _nested(call: Call, entries: list[Object], below: str) -> list[Object]:
    """Return entries in the groups that they are in, below a group."""
    parent = call.parent(GROUP)
    levels: dict[str, list[Object]] = {"": []}
    for entry in entries:
        ids = [one for one in (entry["category_id"], entry["section_id"]) if one]
        level = levels[""]
        for one in ids[ids.index(below) + 1 if below else 0 :]:
            if one not in levels:
                group = call.store.get(GROUP, (*parent, one)) or {}
                levels[one] = []
                level.append(_node("group", group) | {"children": levels[one]})
            level = levels[one]
        level.append(_entry(entry))
    return levels[""]


def _group(call: Call, doc: Object) -> Object:
    """Return a group, with all that is below it."""
    groups = nodes.children(call, GROUP, doc["group_id"])
    entries = nodes.children(call, ENTRY, doc["group_id"])
    below = [_group(call, one.doc) for one in groups]
    below += [_entry(one.doc) for one in entries]
    return _node("group", doc) | {"children": below}


def _entry(doc: Object) -> Object:
    return _node("entry", doc)


def _node(kind: str, doc: Object) -> Object:
    found = nodes.state(doc)
    node: Object = {"type": kind, "slug": doc["slug"], "title": doc["title"]}
    return node | ({"state": found} if found else {})


# --- paths


def create_helpdesk_tree_path(call: Call) -> None:
    """Create an entry, or a group, at a path, and the groups above if need be."""
    groups, slug = nodes.place(call.arguments["path"])
    ids = _found(call, groups)
    made: list[Item] = []
    for group in groups[len(ids) :]:
        made.append(_new(call, ids, group))
        ids.append(made[-1].path[-1])
    made.append(_new(call, ids, slug))
    edits = [Edit(item.resource, item.path, None, item.doc) for item in made]
    history.commit(call, "Create", *edits)


def _found(call: Call, slugs: list[str]) -> list[str]:
    """Return the identifiers of groups in each other, up to one that does not exist."""
    ids: list[str] = []
    for slug in slugs:
        group = nodes.child(call, "".join(ids[-1:]), slug)
        if group is None:
            break
        ids.append(group.path[-1])
    return ids


def _new(call: Call, ids: list[str], slug: str) -> Item:
    """Return a new node; its title is made from its slug."""
    resource = ENTRY if slug.endswith(nodes.SUFFIX) else GROUP
    words = slug.removesuffix(nodes.SUFFIX).replace("-", " ")
    category_id, section_id = (*ids, "", "")[:2]
    title = words[:1].upper() + words[1:]
    return nodes.new_node(call, resource, title, (category_id, section_id), slug)


def resolve_helpdesk_tree_path(call: Call) -> Object:
    """Return the entry or the group at a path, with all that is below it."""
    item = nodes.find_node(call, call.arguments["path"])
    return _group(call, item.doc) if item.resource is GROUP else _entry(item.doc)


def update_helpdesk_tree_path(call: Call) -> None:
    """Move an entry or a group, or change its position; the word for it may be any."""
    item = nodes.find_node(call, call.arguments["path"])
    if not {"path", "position"} & call.body.keys():
        message = "data should have required property '.path' or '.position'"
        raise invalid(message)
    if "path" in call.body:
        item = _moved(call, item, call.body["path"]["to"])
    if "position" in call.body:
        _reorder(call, item, min(max(0, call.body["position"]), _LAST))


def _moved(call: Call, item: Item, path: str) -> Item:
    """Move a node to a path; a category, a section and an entry stay what they are.

    Raises:
        Refusal: it cannot be there, or another node is.
    """
    groups, slug = nodes.place(path)
    ids = _found(call, groups)
    if len(ids) < len(groups):
        message = f"there is no group {groups[len(ids)]} for the path {path}"
        raise invalid(message)
    is_category = item.resource is GROUP and not item.doc["category_id"]
    kind = (slug.endswith(nodes.SUFFIX), item.resource is GROUP and not ids)
    if kind != (item.resource is ENTRY, is_category):
        message = f"a category, a section and an entry stay what they are, not {path}"
        raise invalid(message)
    category_id, section_id = (*ids, "", "")[:2]
    after = item.doc | {"slug": slug, "category_id": category_id}
    if item.resource is ENTRY:
        after["section_id"] = section_id
    if nodes.above(after) != nodes.above(item.doc):
        last = nodes.last_order(call, item.resource, nodes.above(after))
        after["order"] = last + 1
    history.update(call, item, after, "Move")
    return item._replace(doc=after)


def _reorder(call: Call, item: Item, position: int) -> None:
    """Put a node at a position in its group; those from there on come after it."""
    group_id, parent = nodes.above(item.doc), item.path[:-1]
    query = Query(order="place").where("above = ?", group_id)
    others = query.where("slug <> ?", item.doc["slug"])
    order = nodes.last_order(call, item.resource, group_id) + 1
    for doc in call.store.select(item.resource, parent, others, position, 1):
        order = doc["order"]
        later = others.where("place <= ?", -order)
        one_on = "json_set(doc, '$.order', (doc ->> 'order') + 1)"
        call.store.edit(item.resource, parent, later, one_on)
    item.doc["order"] = order
    call.save(item)


def delete_helpdesk_tree_path(call: Call) -> None:
    """Remove an entry, or a group with all that is below it."""
    item = nodes.find_node(call, call.arguments["path"])
    removed = [Edit(*one, None) for one in _below(call, item)]
    history.commit(call, "Delete", *removed)


def _below(call: Call, item: Item) -> list[Item]:
    """Return all that is below a node, and then the node."""
    found: list[Item] = []
    if item.resource is GROUP:
        for group in nodes.children(call, GROUP, item.path[-1]):
            found += _below(call, group)
        found += nodes.children(call, ENTRY, item.path[-1])
    return [*found, item]


# --- text, metadata and pages


def resolve_helpdesk_tree_content(call: Call) -> Object:
    """Return the text of an entry."""
    return {"content": nodes.find_entry(call).doc["content"]}


def save_helpdesk_tree_content(call: Call) -> None:
    """Replace the text of an entry."""
    item = nodes.find_entry(call)
    history.update(call, item, item.doc | {"content": call.body["content"]})


def resolve_helpdesk_tree_metadata(call: Call) -> Object:
    """Return the metadata of an entry or a group."""
    return nodes.metadata(nodes.find_node(call, call.arguments["path"]).doc)


def update_helpdesk_tree_metadata(call: Call) -> None:
    """Change the metadata of an entry or a group; objects inside are merged."""
    item = nodes.find_node(call, call.arguments["path"])
    after = copy.deepcopy(item.doc)
    nodes.describe(call, after, call.body)
    history.update(call, item, after)


def resolve_helpdesk_tree_page(call: Call) -> Object:
    """Return the public page of an entry."""
    doc = nodes.find_entry(call).doc
    return {"title": doc["title"], "url": nodes.address(call, doc)}


def list_helpdesk_pages(call: Call) -> list[Object]:
    """List the pages of published entries."""
    query = Query(order="place").where("status = 'published'")
    return [_page(call, doc) for doc in call.page(ENTRY, call.parent(ENTRY), query)]


def resolve_helpdesk_page_entity(call: Call) -> Object:
    """Return the page of an entry, by its identifier."""
    return _page(call, call.find(ENTRY, call.arguments["entity_id"]).doc)


def _page(call: Call, doc: Object) -> Object:
    return {
        "entity_id": doc["article_id"],
        "title": doc["title"],
        "tree_path": nodes.path_of(call, doc),
        "url": nodes.address(call, doc),
    }
