"""Website Connect: where a website listens for events."""

from crisp_api.types._typeddict import TypedDict


class WebsiteConnectEndpointsSocket(TypedDict):
    """Addresses of a socket."""

    app: str
    stream: str


class WebsiteConnectEndpointsRescue(TypedDict):
    """The endpoints to connect to when the first ones fail."""

    # Go reads it from the key app, which looks like a slip.
    socket: WebsiteConnectEndpointsSocket


class WebsiteConnectEndpoints(TypedDict):
    """The endpoints of a website's real-time connection."""

    socket: WebsiteConnectEndpointsSocket
    rescue: WebsiteConnectEndpointsRescue
