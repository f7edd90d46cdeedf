"""The tree of a helpdesk's content: slugs, paths, and the order of its nodes.

A node is an entry or a group. Groups are categories, and the sections in them. The
path of a node is its slug, after those of the groups that it is in; the slug of an
entry ends with ``.md``.
"""

from __future__ import annotations

import re
import typing as t

from crisp_api.sandbox.call import Item, merge
from crisp_api.sandbox.model import OPERATOR
from crisp_api.sandbox.model_helpdesk import ENTRY, GROUP, HELPDESK
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import invalid, not_found

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object, Resource

__all__ = [
    "EVERYTHING",
    "ROOT",
    "SUFFIX",
    "TYPES",
    "above",
    "address",
    "basic",
    "child",
    "children",
    "describe",
    "find_entry",
    "find_node",
    "free_slug",
    "host",
    "last_order",
    "metadata",
    "new_node",
    "path_of",
    "place",
    "state",
]

SUFFIX: t.Final = ".md"
EVERYTHING: t.Final = -1
_DEEPEST: t.Final = 3
_LONGEST: t.Final = 80
# The content types, and the words for them in addresses.
TYPES: t.Final = {
    "articles": "article",
    "guides": "guide",
    "references": "reference",
    "news": "news",
}
_METADATA: t.Final = ("format", "title", "description", "author", "color", "image")
ROOT: t.Final = "crisp.help"


# --- where nodes are


def above(doc: Object) -> str:
    """Return the identifier of the group that a node is in; empty if it is in none."""
    return str(doc.get("section_id") or doc["category_id"])


def child(call: Call, group_id: str, slug: str) -> Item | None:
    """Return the node of a group that has a slug, None if there is none."""
    resource = ENTRY if slug.endswith(SUFFIX) else GROUP
    parent = call.parent(ENTRY)
    query = Query().where("above = ? AND slug = ?", group_id, slug)
    for doc in call.store.select(resource, parent, query, 0, 1):
        return Item(resource, (*parent, doc[resource.key]), doc)
    return None


def children(call: Call, resource: Resource, group_id: str) -> list[Item]:
    """Return the entries, or the groups, that are directly in a group, in order."""
    parent = call.parent(resource)
    query = Query(order="place").where("above = ?", group_id)
    found = call.store.select(resource, parent, query, 0, EVERYTHING)
    return [Item(resource, (*parent, doc[resource.key]), doc) for doc in found]


def find_node(call: Call, path: str) -> Item:
    """Return the node at a path.

    Raises:
        Refusal: there is none.
    """
    item: Item | None = None
    for slug in path.split("/"):
        item = child(call, item.path[-1] if item else "", slug)
        if item is None:
            raise not_found(ENTRY.name)
    return t.cast("Item", item)


def find_entry(call: Call) -> Item:
    """Return the entry at the path of the request; a group is not one."""
    item = find_node(call, call.arguments["path"])
    if item.resource is GROUP:
        raise not_found(ENTRY.name)
    return item


def path_of(call: Call, doc: Object) -> str:
    """Return the path of a node."""
    parent = call.parent(GROUP)
    ids = [doc["category_id"], doc.get("section_id", "")]
    groups = [call.store.get(GROUP, (*parent, one)) or {} for one in ids if one]
    return "/".join([*(group["slug"] for group in groups), doc["slug"]])


def place(path: str) -> tuple[list[str], str]:
    """Return the slugs of the groups in a new path, and that of the node.

    Raises:
        Refusal: it is not a path of the tree.
    """
    *groups, slug = path.split("/")
    levels = _DEEPEST if slug.endswith(SUFFIX) else _DEEPEST - 1
    names = [one.removesuffix(SUFFIX).strip(". ") for one in (*groups, slug)]
    is_named = all(names) and path.isprintable()
    if not is_named or len(groups) >= levels or any(map(_is_file, groups)):
        message = (
            "path should be category, optional section, and file name with .md, "
            f"not {path}"
        )
        raise invalid(message)
    return groups, slug


def _is_file(slug: str) -> bool:
    return slug.endswith(SUFFIX)


# --- new nodes


def new_node(
    call: Call, resource: Resource, title: str, groups: tuple[str, str], slug: str = ""
) -> Item:
    """Return a new node, at the end of its group; it is not kept yet.

    Args:
        call: the request.
        resource: what it is.
        title: its title.
        groups: the identifiers of its category and its section; empty for none.
        slug: its slug; by default, it is made from the title.
    """
    key = call.state.new_id(resource.name)
    group_id = groups[1] or groups[0]
    doc: Object = {
        resource.key: key,
        "category_id": groups[0],
        "slug": slug or free_slug(call, resource, group_id, title, key),
        "title": title,
        "description": None,
        "author": {"user_id": call.state.user_id},
        "order": last_order(call, resource, group_id) + 1,
        "created_at": call.now,
        "updated_at": call.now,
    }
    if resource is ENTRY:
        doc |= {"section_id": groups[1], "content": "", "visits": 0, "featured": False}
        doc |= {"status": "draft", "visibility": "visible"}
    return Item(resource, (*call.parent(resource), key), doc)


def free_slug(
    call: Call, resource: Resource, group_id: str, title: str, key: str
) -> str:
    """Return a slug for a title that no other node of the group has."""
    words = re.sub(r"[\W_]+", "-", title.casefold()).strip("-")[:_LONGEST] or "untitled"
    suffix = SUFFIX if resource is ENTRY else ""
    other = child(call, group_id, f"{words}{suffix}")
    if other is None or other.path[-1] == key:
        return f"{words}{suffix}"
    return f"{words}-{key[:8]}{suffix}"


def last_order(call: Call, resource: Resource, group_id: str) -> int:
    """Return the highest order in a group; -1 if it is empty."""
    query = Query(order="place", is_ascending=True).where("above = ?", group_id)
    parent = call.parent(resource)
    for doc in call.store.select(resource, parent, query, 0, 1):
        return int(doc["order"])
    return -1


# --- what is shown of a node


def metadata(doc: Object) -> Object:
    """Return the metadata of a node."""
    shown = {name: doc[name] for name in _METADATA if doc.get(name) is not None}
    found = state(doc)
    return shown | ({"state": found} if found else {})


def describe(call: Call, doc: Object, changes: Object) -> None:
    """Merge metadata into a node.

    Raises:
        Refusal: the author is not an operator of the website.
    """
    user_id = changes.get("author", {}).get("user_id")
    path = (call.arguments["website_id"], user_id)
    if user_id is not None and call.store.get(OPERATOR, path) is None:
        message = f"the operator {user_id} does not exist"
        raise invalid(message)
    merge(doc, {name: changes[name] for name in _METADATA if name in changes})
    merge(found := state(doc), changes.get("state", {}))
    if "status" not in doc:
        doc |= {"state": found} if found else {}
        return
    doc["status"] = "published" if found["published"] else "draft"
    doc["visibility"] = "hidden" if found["hidden"] else "visible"
    doc["featured"] = found["featured"]


def state(doc: Object) -> Object:
    """Return the state of a node; a group has only what was written."""
    if "status" not in doc:
        return dict(doc.get("state", {}))
    return {
        "published": doc["status"] == "published",
        "hidden": doc["visibility"] == "hidden",
        "featured": doc["featured"],
    }


# --- public addresses


def host(helpdesk: Object) -> str:
    """Return the host name of a helpdesk: its custom domain once it is verified."""
    domain = helpdesk["domain"]
    return str(domain["custom"] if domain.get("verified") else basic(helpdesk))


def basic(helpdesk: Object) -> str:
    """Return the basic domain of a helpdesk."""
    return f"{helpdesk['domain']['basic']}.{ROOT}"


def address(call: Call, entry: Object) -> str:
    """Return the public address of an entry."""
    names = call.arguments
    helpdesk = call.find(HELPDESK).doc
    # Slugs are unique in a group only.
    name = f"{entry['slug'].removesuffix(SUFFIX)}-{entry['article_id'][:8]}"
    word = TYPES[names["content_type"]]
    return f"https://{host(helpdesk)}/{names['locale']}/{word}/{name}/"
