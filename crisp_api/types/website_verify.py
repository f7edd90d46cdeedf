"""Website Verify: how the identities of visitors are verified."""

from crisp_api.types._typeddict import TypedDict


class WebsiteVerifySettings(TypedDict):
    """Whether identities are verified."""

    enabled: bool


class WebsiteVerifySettingsUpdate(TypedDict, total=False):
    """Whether to verify identities."""

    enabled: bool


class WebsiteVerifyKey(TypedDict):
    """The secret that identities are signed with."""

    secret: str
