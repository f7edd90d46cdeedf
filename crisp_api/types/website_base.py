"""Website Base: a website itself."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteRemoveVerify


class WebsiteCreate(TypedDict):
    """A website to create."""

    name: str
    domain: str
    """Domain of the website, such as ``crisp.chat``."""


class Website(TypedDict):
    """A website."""

    website_id: str
    name: str
    domain: str
    """Domain of the website, such as ``crisp.chat``."""
    logo: str
    """URL of the logo; empty if the website has none."""
    verified: t.NotRequired[bool]  # Node only
    institutional: t.NotRequired[bool]  # Node only


class WebsiteRemove(TypedDict):
    """A proof of identity that authorizes the deletion of a website."""

    verify: WebsiteRemoveVerify
    """Proof of identity. The deletion is scheduled and can still be canceled before it
    takes place.
    """
