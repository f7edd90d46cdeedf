"""Contacts: create one, or update the one that exists."""

from __future__ import annotations

import typing as t

from crisp_api import wire
from crisp_api.client import check_client
from crisp_api.errors import ConflictError
from crisp_api.jobs._answers import required
from crisp_api.runners import Steps
from crisp_api.types._typeddict import TypedDict

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["Contact", "upsert_contact"]


class Contact(TypedDict):
    """A contact that exists."""

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
    """Create a contact, or update the one with the same e-mail address.

    An update keeps the fields that the profile does not have. You can call it
    again after a `TransportError`: a second call changes nothing.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: the website of the contact.
        profile: as for `add_new_people_profile`, with an ``email``.

    Raises:
        ValueError: the profile has no ``email``; nothing was sent.
        ConflictError: the profile conflicts in another way than by its e-mail address.
        NotFoundError: the contact existed, and was removed in the meantime.
    """
    check_client("upsert_contact", client)
    return client.core.run(_upsert(client.website, website_id, profile))


def _upsert(website: t.Any, website_id: str, profile: t.Any) -> Steps[Contact]:
    if not isinstance(profile, t.Mapping):
        message = f"profile must be a dict, not {type(profile).__name__}"
        raise TypeError(message)
    email = t.cast("t.Mapping[str, t.Any]", profile).get("email")
    if not email:
        message = "the profile must have an email, which identifies the contact"
        raise ValueError(message)
    # If the contact exists, it is a path argument.
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
    return {"people_id": required(found, "people_id", "the call for the contact")}
