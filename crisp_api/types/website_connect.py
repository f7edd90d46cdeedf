"""Website Connect: the endpoints of real-time connections."""

from crisp_api.types._typeddict import TypedDict


class WebsiteConnectEndpointsSocket(TypedDict):
    """The URLs of a real-time connection."""

    app: str
    """Socket.IO URL to connect to for events. It can change, so look it up before each
    connection.
    """
    stream: str


class WebsiteConnectEndpointsRescue(TypedDict):
    """The endpoints to connect to when the regular ones fail."""

    # Go reads it from the key app, which looks like a slip.
    socket: WebsiteConnectEndpointsSocket


class WebsiteConnectEndpoints(TypedDict):
    """The endpoints of a website's real-time connection."""

    socket: WebsiteConnectEndpointsSocket
    """URLs to connect to first."""
    rescue: WebsiteConnectEndpointsRescue
    """URLs to fall back to if those of ``socket`` fail."""
