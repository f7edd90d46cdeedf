"""Operations that follow from the table: list, get, check, create, save, and so on.

The path of an operation and its verb say what it does. A path that ends with an
identifier is that of an object; the path without it, or one with the plural of its
noun, is that of all of them. Any other path that is read and written is a part of the
object above it. An operation that returns nothing is accepted.
"""

from __future__ import annotations

import copy
import functools
import re
import typing as t

from crisp_api import hints, schema, table
from crisp_api.sandbox.call import Call, Item, blank, merge, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.model import BY_KEY, PARTS, RESOURCES, Object, Resource

__all__ = [
    "Handler",
    "change",
    "create",
    "new",
    "remove",
    "replace",
    "rule_for",
    "save",
    "type_of",
    "update",
]

Handler = t.Callable[[Call], t.Any]


@functools.cache
def rule_for(operation: table.Operation) -> Handler | None:
    """Return what answers an operation, None if the table does not tell."""
    verb, path = operation.verb, operation.path
    if resource := _object_at(path):
        rules = {
            "GET": get,
            "HEAD": check,
            "PUT": replace,
            "PATCH": update,
            "DELETE": remove,
        }
        return functools.partial(rules[verb], resource) if verb in rules else None
    if verb == "POST" and (resource := _object_at(_with_key(path))):
        return functools.partial(create, resource)
    if verb == "GET" and (resource := _listed_at(path)):
        return functools.partial(list_, resource)
    verbs = {one for one in ("GET", "PATCH", "PUT") if (one, path) in _operations()}
    is_part = "GET" in verbs and len(verbs) > 1 and _owner(path)
    if is_part and verb in verbs:
        return {"GET": read, "PATCH": change, "PUT": save}[verb]
    return accept if operation.answer is None else None


# --- objects


def get(resource: Resource, call: Call) -> Object:
    """Return an object."""
    return shown(call.find(resource).doc, call.operation.answer)


def check(resource: Resource, call: Call) -> None:
    """Refuse a request for an object that does not exist."""
    call.find(resource)


def create(resource: Resource, call: Call) -> Object | None:
    """Create an object, and return its identifier, or all of it."""
    item = new(resource, call, call.body)
    _check(item)
    call.save(item)
    answer = call.operation.answer
    return None if answer is None else shown(item.doc, answer)


def new(resource: Resource, call: Call, body: Object) -> Item:
    """Return a new object, with the fields that its type requires."""
    parent = call.parent(resource)
    kind = resource.name.replace(" ", "_")
    key = str(body.get(resource.key) or resource.prefix + call.state.new_id(kind))
    doc: Object = blank(type_of(resource)) or {}
    doc |= copy.deepcopy(dict(resource.defaults)) | body
    ids = dict(zip(resource.variables, (*parent, key), strict=True))
    if hints.is_typed_dict(type_of(resource)):
        moments = dict.fromkeys(("created_at", "updated_at"), call.now)
        doc |= shown({**ids, **moments}, type_of(resource))
    doc[resource.key] = key
    return Item(resource, (*parent, key), doc)


def replace(resource: Resource, call: Call) -> None:
    """Replace an object; its identifier and its age stay."""
    item = call.find(resource)
    fresh = new(resource, call, call.body | {resource.key: item.path[-1]})
    fresh.doc.update({k: item.doc[k] for k in item.doc.keys() & {"created_at"}})
    _check(fresh)
    call.save(fresh)


def update(resource: Resource, call: Call) -> None:
    """Change an object; objects inside are merged."""
    item = call.find(resource)
    kept = {
        name: item.doc[name]
        for name in (resource.key, "created_at")
        if name in item.doc
    }
    merge(item.doc, call.body | kept)
    _check(item)
    call.touch(item)


def _check(item: Item) -> None:
    """Refuse objects inside that are not complete, which the types of bodies allow."""
    if type_ := type_of(item.resource):
        schema.check(item.doc, type_)


def remove(resource: Resource, call: Call) -> None:
    """Remove an object, with all that is below it."""
    call.store.remove(resource, call.find(resource).path)


def list_(resource: Resource, call: Call) -> list[t.Any]:
    """Return a page of objects."""
    (type_,) = t.get_args(call.operation.answer)
    query = query_of(call, resource)
    found = call.page(resource, call.parent(resource), query)
    return [shown(doc, type_) for doc in found]


# --- parts of objects


def read(call: Call) -> Object:
    """Return a part of an object; what was never written is empty."""
    item, place = _part(call)
    type_ = call.operation.answer
    part: Object = item.doc.get(place, {}) if place else item.doc
    empty: Object = blank(type_)
    return shown(empty | part, type_)


def change(call: Call) -> None:
    """Change a part of an object; objects inside are merged."""
    item, place = _part(call)
    part = item.doc.setdefault(place, {}) if place else item.doc
    body = shown(call.body, call.operation.body)
    merge(part, {name: body[name] for name in body if name not in call.arguments})
    _check_part(call, part)
    call.touch(item)


def save(call: Call) -> None:
    """Replace a part of an object."""
    item, place = _part(call)
    body = shown(call.body, call.operation.body)
    _check_part(call, body)
    item.doc.update({place: body} if place else body)
    call.touch(item)


def _check_part(call: Call, part: Object) -> None:
    """Refuse objects inside that are not complete."""
    type_ = _operations()["GET", call.operation.path].answer
    empty: Object = blank(type_)
    schema.check(shown(empty | part, type_), type_)


def accept(call: Call) -> None:
    """Accept a request, if what it is about exists."""
    if owner := _owner(call.operation.path):
        call.find(owner)


def _part(call: Call) -> tuple[Item, str]:
    """Return the object that a part belongs to, and the field that holds it."""
    path = call.operation.path
    owner = t.cast("Resource", _owner(path))
    return call.find(owner), PARTS.get(path, "/".join(_literals(path)))


# --- paths


def _object_at(path: str) -> Resource | None:
    """Return the resource whose objects have a path."""
    for resource in RESOURCES:
        if resource.path == path:
            return resource
    found = re.fullmatch(r".*/{(\w+)}", path)
    is_read = any((verb, path) in _operations() for verb in ("GET", "HEAD"))
    if not found or found[1] == "page_number" or found[1] in BY_KEY or not is_read:
        return None
    return Resource(" ".join(_literals(path)), path, path.split("/")[-2])


def _with_key(path: str) -> str:
    """Return the path of the objects that a path creates; empty if there is none."""
    pattern = re.compile(re.escape(path) + r"/{\w+}")
    known = [resource.path for resource in RESOURCES]
    known += [operation.path for operation in table.operations()]
    return next((one for one in known if pattern.fullmatch(one)), "")


def _listed_at(path: str) -> Resource | None:
    """Return the resource that a path lists: the plural of its noun."""
    start, _, noun = re.sub(r"(/list)?(/{page_number})?$", "", path).rpartition("/")
    known = [*RESOURCES]
    known += filter(None, (_object_at(one.path) for one in table.operations()))
    for resource in known:
        above, _, singular = resource.path.rpartition("/")[0].rpartition("/")
        if above == start and noun in _plurals(singular):
            return resource
    return None


def _plurals(noun: str) -> set[str]:
    return {f"{noun}s", f"{noun}es", f"{noun[:-1]}ies"}


@functools.cache
def type_of(resource: Resource) -> t.Any:
    """Return the type of an object."""
    found = _operations().get(("GET", resource.path))
    return found.answer if found else None


@functools.cache
def _operations() -> dict[tuple[str, str], table.Operation]:
    """Return the operations by verb and path."""
    return {(one.verb, one.path): one for one in reversed(table.operations())}


def _literals(path: str) -> list[str]:
    """Return the parts of a path that are not variables."""
    return [part for part in path.split("/") if not part.startswith("{")]


def _owner(path: str) -> Resource | None:
    """Return the resource that the last identifier in a path is of."""
    names = [name for name in re.findall(r"{(\w+)}", path) if name in BY_KEY]
    return BY_KEY[names[-1]] if names else None
