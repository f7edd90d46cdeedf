"""Website Verify: how the identities of visitors are verified."""

from crisp_api.types._typeddict import TypedDict


class WebsiteVerifySettings(TypedDict):
    """The settings of identity verification."""

    enabled: bool


class WebsiteVerifySettingsUpdate(TypedDict, total=False):
    """The settings of identity verification to change."""

    enabled: bool


class WebsiteVerifyKey(TypedDict):
    """The secret that identities are signed with."""

    secret: str
