"""Contacts: one that is there, whatever was there before."""

from __future__ import annotations

import typing as t

from crisp_api import wire
from crisp_api.errors import ConflictError
from crisp_api.runners import Steps
from crisp_api.types._typeddict import TypedDict

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["Contact", "upsert_contact"]


class Contact(TypedDict):
    """A contact that is there."""

    people_id: str


@t.overload
def upsert_contact(
    client: Crisp, website_id: str, profile: ty.PeopleProfileUpdateCard
) -> Contact: ...
@t.overload
def upsert_contact(
    client: AsyncCrisp, website_id: str, profile: ty.PeopleProfileUpdateCard
) -> t.Coroutine[None, None, Contact]: ...
def upsert_contact(client: t.Any, website_id: str, profile: t.Any) -> t.Any:
    """Add a contact, or change the one who has the e-mail address already.

    A change keeps what the profile does not name. To do it twice is to do it once, so
    after a `TransportError`, which leaves open whether it was done, it can be called
    again.

    Args:
        client: a `Crisp`; with an `AsyncCrisp` it is awaited.
        website_id: where the contact is.
        profile: what `add_new_people_profile` takes; it must have an ``email``.

    Raises:
        ValueError: it has none; nothing was sent.
        ConflictError: Crisp refuses the profile for another reason than its address.
        NotFoundError: the contact was there, and was removed meanwhile.
    """
    return client.core.runner.run(_upsert(client.website, website_id, profile))


def _upsert(website: t.Any, website_id: str, profile: t.Any) -> Steps[Contact]:
    if not isinstance(profile, t.Mapping):
        message = f"profile must be a dict, not {type(profile).__name__}"
        raise TypeError(message)
    email = t.cast("t.Mapping[str, t.Any]", profile).get("email")
    if not email:
        message = "the profile has no email, by which the contact would be known again"
        raise ValueError(message)
    # It stands in a path, should the contact be there.
    wire.segment("email", email)
    try:
        found = yield website.add_new_people_profile(website_id, profile)
    except ConflictError as error:
        if error.reason != "people_exists":
            raise
        found = None
    if found is None:
        yield website.update_people_profile(website_id, email, profile)
        found = yield website.get_people_profile(website_id, email)
    return {"people_id": found["people_id"]}
