"""Plugin Subscription: the plugins that a website has installed."""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.values import OpenObject, PluginSettings


class PluginSubscriptionPlan(TypedDict):
    """A pricing plan of a plugin."""

    id: str
    name: str
    price: int


class PluginSubscription(TypedDict):
    """A plugin that a website has installed."""

    id: str
    urn: str
    """URN of the plugin. Messages that it sends carry this as their ``origin``."""
    type: str
    category: str
    name: str
    summary: str
    price: int
    plans: t.NotRequired[list[PluginSubscriptionPlan]]
    icon: str
    """URL of the icon."""
    website_url: str
    contact_url: t.NotRequired[str]
    terms_url: t.NotRequired[str]
    privacy_url: t.NotRequired[str]
    help_url: t.NotRequired[str]
    video_url: t.NotRequired[str]
    configurable: bool
    since: str
    """Start of the subscription, as a date in text form."""
    active: bool
    website_id: str
    """Website that the plugin is installed on."""
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
    """Schema that the settings follow."""
    settings: PluginSettings
    """The settings themselves; the plugin defines their keys."""
    settings_form_url: t.NotRequired[str]
    callback_url: t.NotRequired[str]


class PluginBillUsage(TypedDict):
    """A usage charge of a plugin that has not been settled yet."""

    name: str
    """Item that is charged, such as ``Paid messages sent``."""
    units: int
    price: float


class PluginSubscriptionBillUsageReport(TypedDict):
    """A usage charge of a plugin to bill to a website."""

    name: str
    """Item to charge, such as ``Paid messages sent``."""
    units: int
    """Quantity used, such as ``250``."""
    price: float


class PluginAttestProvenancePayloadWebsite(TypedDict):
    """A website, by its identifier."""

    website_id: str


class PluginAttestProvenancePayloadUser(TypedDict):
    """A user, and their role on the website."""

    user_id: str
    role: str
    """The user's role on the website, such as ``owner`` or ``member``."""


class PluginAttestProvenancePayloadPlugin(TypedDict):
    """A plugin, by its identifier."""

    plugin_id: str


class PluginAttestProvenancePayload(TypedDict):
    """The website, user and plugin that a provenance statement attests."""

    website: PluginAttestProvenancePayloadWebsite
    user: PluginAttestProvenancePayloadUser
    plugin: PluginAttestProvenancePayloadPlugin


class PluginAttestProvenance(TypedDict):
    """A signed statement of the user who opened a plugin, and on which website."""

    payload: PluginAttestProvenancePayload
    """The attested facts."""
    signed: str
    """Signature of the statement."""
    expire_at: int
    """Time of expiry, in milliseconds since 1970."""


class PluginSubscriptionChannelForward(TypedDict, total=False):
    """A payload to push to the plugin's real-time channel."""

    namespace: str
    """Name that tells your kinds of payload apart, such as ``bot:step``."""
    identifier: str
    payload: OpenObject
    """JSON object of your own, delivered in a ``plugin:channel`` event."""


class PluginSubscriptionEventDispatch(TypedDict, total=False):
    """A custom event of the plugin, to be delivered as ``plugin:event``."""

    name: str
    """Name of the event, chosen by the plugin, such as ``bot-is-running``."""
    data: OpenObject
    """Data of the event, chosen by the plugin."""
