"""Website Base: a website itself."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteRemoveVerify


class WebsiteCreate(TypedDict):
    """A website to create."""

    name: str
    domain: str


class Website(TypedDict):
    """A website."""

    website_id: str
    name: str
    domain: str
    logo: str
    verified: t.NotRequired[bool]  # Node only
    institutional: t.NotRequired[bool]  # Node only


class WebsiteRemove(TypedDict):
    """A proof that a website may be deleted."""

    verify: WebsiteRemoveVerify
