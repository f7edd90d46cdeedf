"""Website Availability: whether there is somebody to answer."""

from crisp_api.types._typeddict import TypedDict


class WebsiteAvailabilityStatus(TypedDict, total=False):
    """Whether a website is online."""

    status: str
    since: int


_For = TypedDict("_For", {"for": int}, total=False)


class WebsiteAvailabilityOperatorTime(_For, total=False):
    """Since when an operator is online or not, and for how long: ``for`` seconds."""

    since: int


class WebsiteAvailabilityOperator(TypedDict, total=False):
    """Whether an operator is online."""

    user_id: str
    type: str
    time: WebsiteAvailabilityOperatorTime
