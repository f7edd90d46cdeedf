"""Website Availability: whether there is somebody to answer."""

from crisp_api.types._typeddict import TypedDict


class WebsiteAvailabilityStatus(TypedDict):
    """The availability of a website."""

    status: str
    since: int


_For = TypedDict("_For", {"for": int})


class WebsiteAvailabilityOperatorTime(_For):
    """Since when an operator is online or not, and for how long: ``for`` seconds."""

    since: int


class WebsiteAvailabilityOperator(TypedDict):
    """The availability of an operator."""

    user_id: str
    type: str
    time: WebsiteAvailabilityOperatorTime
