# pyright: strict
"""Add a contact, or change the one who has the e-mail address already."""

from __future__ import annotations

from crisp_api import ConflictError, Crisp
from crisp_api import types as ty


def upsert(
    client: Crisp, website_id: str, email: str, nickname: str, data: ty.CustomData
) -> ty.PeopleProfile:
    """Add or change a contact, and return it."""
    card: ty.PeopleProfileUpdateCard = {
        "email": email,
        "person": {"nickname": nickname},
        "segments": ["customer"],
    }
    try:
        client.website.add_new_people_profile(website_id, card)
    except ConflictError:
        client.website.update_people_profile(website_id, email, card)
    client.website.update_people_data(website_id, email, {"data": data})
    return client.website.get_people_profile(website_id, email)
