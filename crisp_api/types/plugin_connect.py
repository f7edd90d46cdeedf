"""Plugin Connect: the plugin that a token belongs to, and its websites."""

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import PluginSettings


class PluginConnectAccount(TypedDict, total=False):
    """The plugin that a token belongs to."""

    plugin_id: str


class PluginConnectWebsitePlan(TypedDict, total=False):
    """The plan of a website that has the plugin."""

    id: str
    name: str
    trialing: bool


class PluginConnectWebsite(TypedDict, total=False):
    """A website that has the plugin."""

    website_id: str
    price: int
    token: str
    settings: PluginSettings
    plan: PluginConnectWebsitePlan
    difference: str


class PluginConnectEndpointsSocket(TypedDict, total=False):
    """Addresses of a socket."""

    app: str


class PluginConnectEndpointsRescue(TypedDict, total=False):
    """Where to listen when the first address fails."""

    # Go reads it from the key app, which looks like a slip.
    socket: PluginConnectEndpointsSocket


class PluginConnectEndpoints(TypedDict, total=False):
    """Where a plugin listens for events."""

    socket: PluginConnectEndpointsSocket
    rescue: PluginConnectEndpointsRescue
