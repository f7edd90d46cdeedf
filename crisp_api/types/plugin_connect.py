"""Plugin Connect: the plugin of a token, and the websites that installed it."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import PluginSettings


class PluginConnectAccount(TypedDict):
    """The plugin that a token belongs to."""

    plugin_id: str


class PluginConnectWebsitePlan(TypedDict):
    """The Crisp plan of a website that has the plugin."""

    id: str
    name: str
    trialing: bool
    """Whether the plan is in its trial period."""


class PluginConnectWebsite(TypedDict):
    """A website that has the plugin."""

    website_id: str
    price: int
    token: str
    settings: PluginSettings
    plan: t.NotRequired[PluginConnectWebsitePlan]
    """The website's own Crisp plan; only returned with ``include_plan``."""
    difference: t.NotRequired[str]


class PluginConnectEndpointsSocket(TypedDict):
    """The URLs of a real-time connection."""

    app: str
    """Socket.IO URL to connect to for events. It can change, so look it up before each
    connection.
    """


class PluginConnectEndpointsRescue(TypedDict):
    """The endpoints to connect to when the regular ones fail."""

    # Go reads it from the key app, which looks like a slip.
    socket: PluginConnectEndpointsSocket


class PluginConnectEndpoints(TypedDict):
    """The endpoints of a plugin's real-time connection."""

    socket: PluginConnectEndpointsSocket
    """URLs to connect to first."""
    rescue: PluginConnectEndpointsRescue
    """URLs to fall back to if those of ``socket`` fail."""
