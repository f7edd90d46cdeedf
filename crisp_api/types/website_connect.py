"""Website Connect: where a website listens for events."""

from crisp_api.types._typeddict import TypedDict


class WebsiteConnectEndpointsSocket(TypedDict):
    """Addresses of a socket."""

    app: str
    stream: str


class WebsiteConnectEndpointsRescue(TypedDict):
    """Where to listen when the first address fails."""

    # Go reads it from the key app, which looks like a slip.
    socket: WebsiteConnectEndpointsSocket


class WebsiteConnectEndpoints(TypedDict):
    """Where a website listens for events."""

    socket: WebsiteConnectEndpointsSocket
    rescue: WebsiteConnectEndpointsRescue
