"""Website Availability: whether operators are online."""

from crisp_api.types._typeddict import TypedDict


class WebsiteAvailabilityStatus(TypedDict):
    """The availability of a website."""

    status: str
    """Availability that visitors see, such as ``online`` or ``away``."""
    since: int


_For = TypedDict("_For", {"for": int})


class WebsiteAvailabilityOperatorTime(_For):
    """The start of an operator's availability, and its duration: ``for`` seconds."""

    since: int


class WebsiteAvailabilityOperator(TypedDict):
    """The availability of an operator."""

    user_id: str
    type: str
    """Availability of the operator, such as ``online`` or ``offline``."""
    time: WebsiteAvailabilityOperatorTime
    """Time since which the availability holds, and how long it is valid."""
