"""People: the contacts of a website."""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.sandbox import rules
from crisp_api.sandbox.call import Item, merge, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.model import CONVERSATION, PEOPLE, PEOPLE_EVENT, WEBSITE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import Refusal, check_email, invalid

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.model import Object

__all__ = [
    "add_new_people_profile",
    "add_people_event",
    "get_people_statistics",
    "get_people_subscription_status",
    "import_people_profiles",
    "list_people_conversations",
    "list_people_events",
    "remove_people_profile",
    "save_people_data",
    "save_people_profile",
    "update_people_data",
    "update_people_profile",
    "update_people_subscription_status",
]

_DATA: t.Final = "people/data"
_SUBSCRIPTION: t.Final = "website/people/subscription"


def get_people_statistics(call: Call) -> Object:
    """Count the people of a website."""
    return {"total": call.store.count(PEOPLE, call.find(WEBSITE).path)}


def find_by_email(call: Call, email: str) -> str | None:
    """Return the identifier of the person with an e-mail address, if there is one."""
    query = Query().where("email = casefold(?)", email)
    website = (call.arguments["website_id"],)
    for person in call.store.select(PEOPLE, website, query, 0, 1):
        return str(person["people_id"])
    return None


# --- profiles


def add_new_people_profile(call: Call) -> Object:
    """Add a person, unless the e-mail address exists."""
    _prepare(call, None)
    item = rules.new(PEOPLE, call, call.body)
    call.save(item)
    website_id, people_id = item.path
    call.emit("people:profile:created", website_id, people_id=people_id, **_email(item))
    _recognize(call, item)
    return {"people_id": people_id}


def save_people_profile(call: Call) -> None:
    """Replace a person; their data and their subscription stay."""
    item = call.find(PEOPLE)
    _prepare(call, item.path[-1])
    fresh = rules.new(PEOPLE, call, call.body | {"people_id": item.path[-1]})
    kept = [name for name in item.doc if "/" in name]
    fresh.doc.update({name: item.doc[name] for name in ("created_at", *kept)})
    save(call, fresh)
    _recognize(call, fresh)


def update_people_profile(call: Call) -> None:
    """Change a person; objects inside are merged."""
    _prepare(call, call.find(PEOPLE).path[-1])
    rules.update(PEOPLE, call)
    item = call.find(PEOPLE)
    save(call, item)
    _recognize(call, item)


def save(call: Call, item: Item) -> None:
    """Keep what was changed in a person."""
    call.touch(item)
    website_id, people_id = item.path
    update = {"updated_at": item.doc["updated_at"], "person": _person(item)}
    fields = {"people_id": people_id, "update": update, **_email(item)}
    call.emit("people:profile:updated", website_id, **fields)


def _email(item: Item) -> Object:
    """Return the e-mail address of a person, if it is known."""
    return {"email": item.doc["email"]} if item.doc.get("email") else {}


def _person(item: Item) -> Object:
    """Return the person, as events have it."""
    person = shown(item.doc.get("person", {}), ty.EventsPeoplePerson)
    if job := person.get("employment"):
        person["employment"] = shown(job, ty.EventsPeopleEmployment)
    return person


def remove_people_profile(call: Call) -> None:
    """Remove a person; their conversations stay."""
    remove(call, call.find(PEOPLE))


def remove(call: Call, item: Item) -> None:
    """Remove a person; their conversations stay."""
    website_id, people_id = item.path
    known = Query().where("people = ?", people_id)
    unknown = "json_remove(doc, '$.people_id')"
    call.store.edit(CONVERSATION, (website_id,), known, unknown)
    call.store.remove(PEOPLE, item.path)
    call.emit("people:profile:removed", website_id, people_id=people_id, **_email(item))


def import_people_profiles(call: Call) -> Object:
    """Accept a file of people; the sandbox does not fetch it."""
    (website_id,) = call.find(WEBSITE).path
    import_id = call.state.new_id("import")
    call.emit("people:import:done", website_id, error=False, import_id=import_id)
    return {"import_id": import_id}


def _prepare(call: Call, people_id: str | None) -> None:
    """Refuse an e-mail address of another person; read a moment as an object."""
    email = call.body.get("email")
    check_email(email or "", ".email")
    if email and find_by_email(call, email) not in {None, people_id}:
        raise Refusal(409, "people_exists")
    if "active" in call.body:
        # A moment is written, and an object is read.
        call.body["active"] = {"now": False, "last": call.body["active"]}


def _recognize(call: Call, person: Item) -> None:
    """Note in conversations with the e-mail address of a person who it is."""
    if email := person.doc.get("email"):
        query = Query().where("email = casefold(?)", email)
        website, people_id = person.path[:-1], person.path[-1]
        new = query.where("people IS NOT ?", people_id)
        for doc in call.store.select(CONVERSATION, website, new, 0, -1):
            doc["people_id"] = people_id
            item = Item(CONVERSATION, (*website, doc["session_id"]), doc)
            call.save(item)
            bind(call, item, people_id)


def bind(call: Call, conversation: Item, people_id: str) -> None:
    """Send that the visitor of a conversation is a person."""
    call.emit_of(conversation, "people:bind:session", people_id=people_id)
    person = call.find(PEOPLE, people_id)
    identity = {"person": _person(person)}
    call.emit_of(
        conversation, "people:sync:profile", people_id=people_id, identity=identity
    )


# --- what belongs to a person


def list_people_conversations(call: Call) -> list[str]:
    """List the identifiers of a person's conversations, the last updated first."""
    person = call.find(PEOPLE)
    query = query_of(call, CONVERSATION).where("people = ?", person.path[-1])
    found = call.page(CONVERSATION, person.path[:-1], query)
    return [doc["session_id"] for doc in found]


def add_people_event(call: Call) -> None:
    """Add an event to a person."""
    item = rules.new(PEOPLE_EVENT, call, dict(call.body))
    item.doc["timestamp"] = call.now
    call.save(item)


def list_people_events(call: Call) -> list[Object]:
    """List the events of a person, the last one first."""
    (type_,) = t.get_args(call.operation.answer)
    found = call.page(PEOPLE_EVENT, call.find(PEOPLE).path)
    return [shown(doc, type_) for doc in found]


def get_people_subscription_status(call: Call) -> Object:
    """Return whether a person accepts e-mails, which everybody does at first."""
    return {"email": subscribes(call.find(PEOPLE).doc)}


def subscribes(person: Object) -> bool:
    """Return whether a person accepts e-mails."""
    return bool(person.get(_SUBSCRIPTION, {}).get("email", True))


def update_people_subscription_status(call: Call) -> None:
    """Change whether a person accepts e-mails."""
    rules.change(call)
    item = call.find(PEOPLE)
    if email := item.doc.get("email"):
        fields = {"email": email, "subscribed": subscribes(item.doc)}
        call.emit("email:subscribe", item.path[0], **fields)


def save_people_data(call: Call) -> None:
    """Replace the data of a person."""
    item = call.find(PEOPLE)
    item.doc[_DATA] = {"data": _wrapped(call.body)}
    save(call, item)


def update_people_data(call: Call) -> None:
    """Change the data of a person."""
    item = call.find(PEOPLE)
    add_data(item, _wrapped(call.body))
    save(call, item)


def add_data(item: Item, data: Object) -> None:
    """Merge data into that of a person."""
    merge(item.doc.setdefault(_DATA, {"data": {}}), {"data": data})


def _wrapped(body: Object) -> Object:
    """Return custom data, which Crisp accepts only under ``data``."""
    data = body.get("data")
    if not isinstance(data, dict):
        message = "data should have required property '.data'"
        raise invalid(message)
    return t.cast("Object", data)
