"""A request, as rules and handlers see it: with the state that it reads and changes."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import functools
import typing as t
import uuid

from crisp_api import hints
from crisp_api.sandbox.model import BY_KEY, Object, Path, Resource
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, not_found
from crisp_api.sandbox.store import Store

if t.TYPE_CHECKING:
    from crisp_api import table

__all__ = ["Call", "Item", "State", "blank", "merge", "shown"]


NOWHERE: t.Final = "https://sandbox.invalid"


class State:
    """The store, the clock, and the identifiers of what is created.

    Attributes:
        website_id: the website that the sandbox starts with.
        user_id: the operator whose the tokens are.
        plugin_id: the plugin whose the tokens of that tier are.
        origin: where it is served; if it is not, an address that does not exist.
        server: the number of the real-time server: another one after each gap.

    Args:
        store: the objects.
        clock: returns seconds since 1970.
        seed: other seeds give other identifiers.
        legacy_helpdesk: accept writes to the old helpdesk.
    """

    def __init__(
        self,
        store: Store,
        clock: t.Callable[[], float],
        seed: object = "",
        *,
        legacy_helpdesk: bool = False,
    ) -> None:
        self.store = store
        self.legacy_helpdesk = legacy_helpdesk
        self.origin: str = NOWHERE
        self.server: int = 1
        self._clock = clock
        self._moment: int | None = None
        name = f"{seed}sandbox.crisp.chat"
        self._namespace = uuid.uuid5(uuid.NAMESPACE_DNS, name)
        self.user_id: str = self.fixed_id("operator 1")
        self.plugin_id: str = self.fixed_id("plugin")
        self.website_id: str = self.fixed_id("website 2")

    def now(self) -> int:
        """Return the time, in milliseconds since 1970."""
        return int(self._clock() * 1000) if self._moment is None else self._moment

    @contextlib.contextmanager
    def at(self, moment: int) -> t.Generator[t.Callable[[int], None]]:
        """Stop the clock at a moment; the function that is returned puts it forward."""

        def forward(milliseconds: int) -> None:
            self._moment = (self._moment or 0) + milliseconds

        self._moment = moment
        try:
            yield forward
        finally:
            self._moment = None

    def fixed_id(self, name: str) -> str:
        """Return the UUID of a name."""
        return str(uuid.uuid5(self._namespace, name))

    def new_id(self, kind: str) -> str:
        """Return a UUID that was not used before."""
        return self.fixed_id(f"{kind} {self.store.next('id')}")


class Item(t.NamedTuple):
    """An object, and where it is."""

    resource: Resource
    path: Path
    doc: Object


@dataclasses.dataclass
class Call:
    """A request for an operation.

    Attributes:
        state: what it reads and changes.
        operation: what is asked for.
        arguments: those of the path, by name.
        query: those of the query, with the types that the operation declares.
        body: the JSON object; empty if there is none.
        tier: the tier of the token.
        events: the names and payloads of the events to send if the request succeeds.
    """

    state: State
    operation: table.Operation
    arguments: dict[str, str]
    query: Object
    body: Object
    tier: str = "user"
    events: list[tuple[str, Object]] = dataclasses.field(
        default_factory=list[tuple[str, Object]]
    )

    @property
    def store(self) -> Store:
        return self.state.store

    @functools.cached_property
    def now(self) -> int:
        """The time of the request, in milliseconds since 1970."""
        return self.state.now()

    # --- objects

    def find(self, resource: Resource, key: str | None = None) -> Item:
        """Return the object that the path of the request leads to.

        Args:
            resource: what it is.
            key: its identifier, if it is not in the path.

        Raises:
            Refusal: it does not exist, or what it belongs to.
        """
        wanted = self.arguments[resource.key] if key is None else key
        *above, _ = resource.variables
        path = (*(self.arguments[name] for name in above), wanted)
        doc = self.store.get(resource, path)
        if doc is not None:
            return Item(resource, path, doc)
        parent = self.parent(resource)
        if resource.alias:
            query = Query().where(f"{resource.alias} = casefold(?)", wanted)
            for doc in self.store.select(resource, parent, query, 0, 1):
                return Item(resource, (*parent, doc[resource.key]), doc)
        if resource.missing != "not_found":
            raise Refusal(404, resource.missing)
        raise not_found(resource.noun or resource.name)

    def parent(self, resource: Resource) -> Path:
        """Return the path above a resource, where there must be an object."""
        *above, _ = resource.variables
        return self.find(BY_KEY[above[-1]]).path if above else ()

    def save(self, item: Item) -> None:
        """Keep what was changed in an object."""
        self.store.put(item.resource, item.path, item.doc)

    def touch(self, item: Item) -> None:
        """Keep what was changed in an object, and when, if it has the time."""
        if "updated_at" in item.doc:
            item.doc["updated_at"] = self.now
        self.save(item)

    # --- events

    def emit(self, name: str, website_id: str, /, **fields: t.Any) -> None:
        """Note an event of a website, to be sent if the request succeeds."""
        self.events.append((name, {"website_id": website_id, **fields}))

    def emit_of(self, conversation: Item, name: str, /, **fields: t.Any) -> None:
        """Note an event of a conversation, to be sent if the request succeeds."""
        website_id, session_id = conversation.path
        ids = {"session_id": session_id, "inbox_id": conversation.doc["inbox_id"]}
        self.emit(name, website_id, **ids, **fields)

    # --- pages

    def page(
        self, resource: Resource, parent: Path, query: Query | None = None
    ) -> list[Object]:
        """Return the page of a list that the request asks for."""
        start, size = self.window()
        return self.store.select(
            resource, parent, query or Query(order=resource.order), start, size
        )

    def window(self) -> tuple[int, int]:
        """Return the number of items before the page, and on it."""
        size = self.query.get("per_page") or PAGE_SIZES[0]
        number = int(self.arguments.get("page_number", 1))
        return (number - 1) * size, size

    def part(self, items: t.Sequence[t.Any]) -> list[t.Any]:
        """Return the page of a list that is not in the store."""
        start, size = self.window()
        return list(items[start : start + size])


PAGE_SIZES: t.Final = range(20, 51)


def merge(into: Object, changes: t.Mapping[str, t.Any]) -> None:
    """Merge an object into another, with the objects inside."""
    for key, value in changes.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merge(t.cast("Object", old), t.cast("Object", value))
        else:
            into[key] = value


def shown(document: Object, type_: t.Any) -> Object:
    """Return the fields of a document that a type has."""
    names = _names(type_)
    if names is None:
        return document
    return {name: document[name] for name in names if name in document}


@functools.cache
def _names(type_: t.Any) -> tuple[str, ...] | None:
    if not hints.is_typed_dict(type_):
        return None
    return tuple(field.name for field in hints.fields(type_))


def blank(type_: t.Any) -> t.Any:
    """Return the least value of a type: its required fields, with empty values."""
    return copy.deepcopy(_blank(type_))


@functools.cache
def _blank(type_: t.Any) -> t.Any:
    if hints.is_typed_dict(type_):
        return {
            field.name: _blank(field.hint)
            for field in hints.fields(type_)
            if field.required
        }
    origin, members = t.get_origin(type_), hints.members(type_)
    if type(None) in t.get_args(type_) or type_ is None:
        return None
    if len(members) > 1:
        return _blank(members[0])
    if origin is t.Literal:
        return t.get_args(type_)[0]
    return _EMPTY.get(origin or type_, dict)()


_EMPTY: t.Final[dict[t.Any, t.Callable[[], t.Any]]] = {
    str: str,
    int: int,
    float: float,
    bool: bool,
    list: list,
}
