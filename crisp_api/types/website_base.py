"""Website Base: a website itself."""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import WebsiteRemoveVerify


class WebsiteCreate(TypedDict):
    """A website to create."""

    name: str
    domain: str


class Website(TypedDict, total=False):
    """A website."""

    website_id: str
    name: str
    domain: str
    logo: str
    verified: bool  # Node only
    institutional: bool  # Node only


class WebsiteRemove(TypedDict):
    """A proof that a website may be deleted."""

    verify: WebsiteRemoveVerify
