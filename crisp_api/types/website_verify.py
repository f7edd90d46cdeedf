"""Website Verify: the verification of visitors' identities."""

from crisp_api.types._typeddict import TypedDict


class WebsiteVerifySettings(TypedDict):
    """The settings of identity verification."""

    enabled: bool
    """Whether visitors' identities must be verified."""


class WebsiteVerifySettingsUpdate(TypedDict, total=False):
    """The settings of identity verification to change."""

    enabled: bool
    """Whether visitors' identities must be verified."""


class WebsiteVerifyKey(TypedDict):
    """The secret key that signs the identities of visitors."""

    secret: str
    """Key of the HMAC-SHA256 signature that your server computes over the visitor's
    e-mail address.
    """
