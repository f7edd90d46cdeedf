"""Plugin Connect: the plugin that a token belongs to, and its websites."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import PluginSettings


class PluginConnectAccount(TypedDict):
    """The plugin that a token belongs to."""

    plugin_id: str


class PluginConnectWebsitePlan(TypedDict):
    """The plan of a website that has the plugin."""

    id: str
    name: str
    trialing: bool


class PluginConnectWebsite(TypedDict):
    """A website that has the plugin."""

    website_id: str
    price: int
    token: str
    settings: PluginSettings
    plan: t.NotRequired[PluginConnectWebsitePlan]
    difference: t.NotRequired[str]


class PluginConnectEndpointsSocket(TypedDict):
    """Addresses of a socket."""

    app: str


class PluginConnectEndpointsRescue(TypedDict):
    """The endpoints to connect to when the first ones fail."""

    # Go reads it from the key app, which looks like a slip.
    socket: PluginConnectEndpointsSocket


class PluginConnectEndpoints(TypedDict):
    """The endpoints of a plugin's real-time connection."""

    socket: PluginConnectEndpointsSocket
    rescue: PluginConnectEndpointsRescue
