"""Website Verify: how the identities of visitors are verified."""

from crisp_api.types._typeddict import TypedDict


class WebsiteVerifySettings(TypedDict, total=False):
    """Whether identities are verified."""

    enabled: bool


WebsiteVerifySettingsUpdate = WebsiteVerifySettings


class WebsiteVerifyKey(TypedDict, total=False):
    """The secret that identities are signed with."""

    secret: str
