"""Changes of a helpdesk's content, and the history of them.

Entries and groups are written here only, so that each change is in the history.
"""

from __future__ import annotations

import collections
import typing as t

from crisp_api.sandbox import helpdesk_nodes as nodes
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.model import OPERATOR
from crisp_api.sandbox.model_helpdesk import CHANGE, ENTRY, GROUP
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object, Path, Resource

__all__ = ["cancel_helpdesk_history_change", "list_helpdesk_history_changes"]

_LARGEST_ORDER: t.Final = 10**9
_BY_NAME: t.Final = {ENTRY.name: ENTRY, GROUP.name: GROUP}
# The fields that every change sets.
_TIMES: t.Final = {"updated_at", "published_at"}


class Edit(t.NamedTuple):
    """A node before and after a change; None if it does not exist."""

    resource: Resource
    path: Path
    before: Object | None
    after: Object | None


def list_helpdesk_history_changes(call: Call) -> list[Object]:
    """List changes, the last one first, without their files."""
    found = call.page(CHANGE, call.parent(CHANGE), query_of(call, CHANGE))
    (type_,) = t.get_args(call.operation.answer)
    changes = [shown(doc, type_) for doc in found]
    return [
        {name: value for name, value in change.items() if name != "files"}
        for change in changes
    ]


def cancel_helpdesk_history_change(call: Call) -> None:
    """Restore the nodes of a change as they were; that is a change itself."""
    change = call.find(CHANGE)
    call.arguments |= {name: change.doc[name] for name in ("locale", "content_type")}
    call.parent(ENTRY)
    edits = [_undone(call, step) for step in reversed(change.doc["undo"])]
    commit(call, "Revert", *filter(None, edits))


def update(call: Call, item: Item, after: Object, verb: str = "Update") -> None:
    """Keep what was changed in a node."""
    commit(call, verb, Edit(item.resource, item.path, item.doc, after))


def commit(call: Call, verb: str, *edits: Edit) -> None:
    """Make a change, and record it in the history, unless it changes nothing.

    Raises:
        Refusal: a node cannot be where it should be.
    """
    edits = tuple(edit for edit in edits if edit.before != edit.after)
    if not edits:
        return
    old = [nodes.path_of(call, edit.before) if edit.before else "" for edit in edits]
    for edit in edits:
        _apply(call, edit)
    new = [nodes.path_of(call, edit.after) if edit.after else "" for edit in edits]
    files = [_file(*each) for each in zip(edits, old, new, strict=True)]
    inserted, deleted = zip(*(_sizes(edit) for edit in edits), strict=True)
    key = call.state.new_id(CHANGE.name)
    names = call.arguments
    change: Object = {
        "change_id": key,
        "message": f"{verb} {files[-1]['path']}",
        "author": _author(call),
        "edits": {"insertions": sum(inserted), "deletions": sum(deleted)},
        "created_at": call.now,
        "files": files,
        "locale": names["locale"],
        "content_type": names["content_type"],
        "paths": sorted({one for path in (*old, *new) for one in _above(path)}),
        "undo": [_undo(edit) for edit in edits],
    }
    call.store.put(CHANGE, (*call.parent(CHANGE), key), change)


# --- nodes


def _apply(call: Call, edit: Edit) -> None:
    """Write a node to the store, or remove it."""
    resource, path, before, after = edit
    if after is None:
        _refuse_children(call, edit)
        call.store.remove(resource, path)
        return
    if abs(after["order"]) > _LARGEST_ORDER:
        message = f"order should be at most {_LARGEST_ORDER}"
        raise invalid(message)
    _refuse_place(call, edit, after)
    after["updated_at"] = call.now
    if after.get("status") == "published":
        after.setdefault("published_at", call.now)
    else:
        after.pop("published_at", None)
    call.store.put(resource, path, after)
    if resource is GROUP and before and before["category_id"] != after["category_id"]:
        # A section takes its entries to another category.
        query = Query().where("section = ?", path[-1])
        category_id = after["category_id"]
        moved = "json_set(doc, '$.category_id', ?)"
        call.store.edit(ENTRY, path[:-1], query, moved, category_id)


def _refuse_children(call: Call, edit: Edit) -> None:
    """Refuse to remove a group that has entries or groups."""
    for resource in (GROUP, ENTRY):
        query = Query().where("above = ?", edit.path[-1])
        if call.store.select(resource, edit.path[:-1], query, 0, 1):
            raise Refusal(409, "path_not_empty", "the group has entries or groups")


def _refuse_place(call: Call, edit: Edit, after: Object) -> None:
    """Refuse a path that another node has, or whose groups do not exist."""
    for group_id in (after["category_id"], after.get("section_id")):
        parent = edit.path[:-1]
        if group_id and call.store.get(GROUP, (*parent, group_id)) is None:
            raise Refusal(409, "path_not_found", "the group does not exist any more")
    other = nodes.child(call, nodes.above(after), after["slug"])
    if other and other.path != edit.path:
        raise Refusal(409, "path_exists", "there is an entry at this path")


# --- changes


def _undo(edit: Edit) -> Object:
    """Return what cancels an edit: what a node was, or the fields that were changed."""
    before, after = edit.before, edit.after
    if before is not None and after is not None:
        changed = {name for name in before | after if name not in _TIMES}
        before = {
            name: before.get(name)
            for name in sorted(changed)
            if before.get(name) != after.get(name)
        }
    return {
        "resource": edit.resource.name,
        "path": list(edit.path),
        "before": before,
        "is_removed": after is None,
    }


def _undone(call: Call, step: Object) -> Edit | None:
    """Return the edit that cancels one of a change; None if it is cancelled already.

    Raises:
        Refusal: what was changed does not exist any more.
    """
    resource, path = _BY_NAME[step["resource"]], tuple(step["path"])
    now, before = call.store.get(resource, path), step["before"]
    if before is None or step["is_removed"]:
        is_done = (now is None) == (before is None)
        return None if is_done else Edit(resource, path, now, before)
    if now is None:
        raise Refusal(409, "path_not_found", "the entry does not exist any more")
    unset = {name for name, value in before.items() if value is None}
    after = {name: v for name, v in (now | before).items() if name not in unset}
    return Edit(resource, path, now, after)


def _file(edit: Edit, old: str, new: str) -> Object:
    """Return a file of a change, as it is after the change, or was before it."""
    if edit.before is None or edit.after is None:
        word = "removed" if edit.before else "added"
    else:
        word = "modified" if old == new else "moved"
    doc = edit.after or edit.before or {}
    file: Object = {"change": word, "path": new or old, "metadata": nodes.metadata(doc)}
    return file | ({"content": doc["content"]} if "content" in doc else {})


def _sizes(edit: Edit) -> tuple[int, int]:
    """Return the number of lines that an edit inserts and deletes."""
    before, after = _lines(edit.before), _lines(edit.after)
    return (after - before).total(), (before - after).total()


def _lines(doc: Object | None) -> collections.Counter[str]:
    """Return the lines of a node: those of its metadata, and those of its text."""
    if doc is None:
        return collections.Counter()
    details = [f"{name}: {value}" for name, value in nodes.metadata(doc).items()]
    return collections.Counter([*details, *doc.get("content", "").splitlines()])


def _above(path: str) -> list[str]:
    """Return a path, and those of the groups above it."""
    slugs = path.split("/") if path else []
    return ["/".join(slugs[: end + 1]) for end in range(len(slugs))]


def _author(call: Call) -> Object:
    """Return the operator in whose name a change is made."""
    path = (call.arguments["website_id"], call.state.user_id)
    operator = call.store.get(OPERATOR, path) or {}
    names = [operator.get(name, "") for name in ("first_name", "last_name")]
    return {"email": operator.get("email", ""), "name": " ".join(filter(None, names))}
