"""Plugin Subscription: plugins that a website has."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, PluginSettings


class PluginSubscriptionPlan(TypedDict):
    """A plan of a plugin."""

    id: str
    name: str
    price: int


class PluginSubscription(TypedDict):
    """A plugin that a website has."""

    id: str
    urn: str
    type: str
    category: str
    name: str
    summary: str
    price: int
    plans: t.NotRequired[list[PluginSubscriptionPlan]]
    icon: str
    website_url: str
    contact_url: t.NotRequired[str]
    terms_url: t.NotRequired[str]
    privacy_url: t.NotRequired[str]
    help_url: t.NotRequired[str]
    video_url: t.NotRequired[str]
    configurable: bool
    since: str
    active: bool
    website_id: str
    card_id: t.NotRequired[str]
    bill_period: t.NotRequired[str]  # Go only
    bill_valid_until: t.NotRequired[str]  # Go only


class PluginSubscriptionCreate(TypedDict):
    """The plugin to subscribe to."""

    plugin_id: str


class PluginSubscriptionSettings(TypedDict):
    """The settings of a plugin on a website."""

    plugin_id: str
    website_id: str
    token: str
    schema: t.NotRequired[OpenObject]
    settings: PluginSettings
    settings_form_url: t.NotRequired[str]
    callback_url: t.NotRequired[str]


class PluginBillUsage(TypedDict):
    """The usage of a plugin, and its price."""

    name: str
    units: int
    price: float


class PluginSubscriptionBillUsageReport(TypedDict):
    """Use of a plugin, to bill."""

    name: str
    units: int
    price: float


class PluginAttestProvenancePayloadWebsite(TypedDict):
    """A website, by its identifier."""

    website_id: str


class PluginAttestProvenancePayloadUser(TypedDict):
    """A user, and their role on the website."""

    user_id: str
    role: str


class PluginAttestProvenancePayloadPlugin(TypedDict):
    """A plugin, by its identifier."""

    plugin_id: str


class PluginAttestProvenancePayload(TypedDict):
    """The attested website, user and plugin."""

    website: PluginAttestProvenancePayloadWebsite
    user: PluginAttestProvenancePayloadUser
    plugin: PluginAttestProvenancePayloadPlugin


class PluginAttestProvenance(TypedDict):
    """A signed statement of where a request comes from."""

    payload: PluginAttestProvenancePayload
    signed: str
    expire_at: int
    """Time of expiry, in milliseconds since 1970."""


class PluginSubscriptionChannelForward(TypedDict, total=False):
    """A payload for a channel of the plugin."""

    namespace: str
    identifier: str
    payload: OpenObject


class PluginSubscriptionEventDispatch(TypedDict, total=False):
    """An event of the plugin to dispatch."""

    name: str
    data: OpenObject
