"""The table of events: names, payloads, and who receives them.

Webhooks and real-time connections deliver the same events. The payload of an event is
the class in `crisp_api.types` that its row names.
"""

from __future__ import annotations

import dataclasses
import difflib
import importlib
import typing as t
import warnings

from crisp_api.types import Tier

__all__ = ["EVENTS", "EventType", "check_name", "warn_of_typos"]

_ALL: t.Final[tuple[Tier, ...]] = ("user", "website", "plugin")
_USER: t.Final[tuple[Tier, ...]] = ("user",)
_PLUGIN: t.Final[tuple[Tier, ...]] = ("plugin",)


@dataclasses.dataclass(frozen=True)
class EventType:
    """One kind of event.

    Attributes:
        name: its name, such as ``message:send``.
        payload_name: the name of its payload in `crisp_api.types`.
        scope: the scope that a plugin token needs to receive it; empty if none is
            documented. Without the scope, Crisp sends nothing, and reports no error.
        tiers: the tiers whose tokens receive it over a real-time connection.
        web_hooks: whether webhooks deliver it.
    """

    name: str
    payload_name: str
    scope: str = ""
    tiers: tuple[Tier, ...] = _ALL
    web_hooks: bool = True

    @property
    def payload(self) -> t.Any:
        """The payload, a TypedDict."""
        return getattr(importlib.import_module("crisp_api.types"), self.payload_name)


_ROWS: t.Final = (
    EventType(
        "session:update_availability",
        "EventsSessionUpdateAvailability",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:update_verify",
        "EventsSessionUpdateVerify",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:request:initiated",
        "EventsSessionRequestInitiated",
        "website:conversation:initiate:write",
    ),
    EventType(
        "session:set_email",
        "EventsSessionSetEmail",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_phone",
        "EventsSessionSetPhone",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_address",
        "EventsSessionSetAddress",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_subject",
        "EventsSessionSetSubject",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_avatar",
        "EventsSessionSetAvatar",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_nickname",
        "EventsSessionSetNickname",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_origin",
        "EventsSessionSetOrigin",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_data", "EventsSessionSetData", "website:conversation:sessions:read"
    ),
    EventType(
        "session:sync:pages",
        "EventsSessionSyncPages",
        "website:conversation:pages:read",
    ),
    EventType(
        "session:sync:events",
        "EventsSessionSyncEvents",
        "website:conversation:events:read",
    ),
    EventType("session:sync:capabilities", "EventsSessionSyncCapabilities"),
    EventType(
        "session:sync:geolocation",
        "EventsSessionSyncGeolocation",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:sync:system",
        "EventsSessionSyncSystem",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:sync:network",
        "EventsSessionSyncNetwork",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:sync:timezone",
        "EventsSessionSyncTimezone",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:sync:locales",
        "EventsSessionSyncLocales",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:sync:rating",
        "EventsSessionSyncRating",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:sync:topic",
        "EventsSessionSyncTopic",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_state", "EventsSessionSetState", "website:conversation:states:read"
    ),
    EventType(
        "session:set_block",
        "EventsSessionSetBlock",
        "website:conversation:actions:read",
    ),
    EventType(
        "session:set_segments",
        "EventsSessionSetSegments",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_opened",
        "EventsSessionSetOpened",
        "website:conversation:actions:read",
    ),
    EventType(
        "session:set_closed",
        "EventsSessionSetClosed",
        "website:conversation:actions:read",
    ),
    EventType(
        "session:set_participants",
        "EventsSessionSetParticipants",
        "website:conversation:participants:read",
    ),
    EventType(
        "session:set_mentions",
        "EventsSessionSetMentions",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:set_routing",
        "EventsSessionSetRouting",
        "website:conversation:routing:read",
    ),
    EventType(
        "session:set_inbox",
        "EventsSessionSetInbox",
        "website:conversation:sessions:read",
    ),
    EventType(
        "session:removed", "EventsSessionRemoved", "website:conversation:sessions:read"
    ),
    EventType(
        "session:error", "EventsSessionError", "website:conversation:sessions:read"
    ),
    EventType(
        "message:updated", "EventsMessageUpdated", "website:conversation:messages:read"
    ),
    EventType(
        "message:send", "EventsMessageSend", "website:conversation:messages:read"
    ),
    EventType(
        "message:received",
        "EventsMessageReceived",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:removed", "EventsMessageRemoved", "website:conversation:messages:read"
    ),
    EventType(
        "message:compose:send",
        "EventsMessageComposeSend",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:compose:receive",
        "EventsMessageComposeReceive",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:acknowledge:read:send",
        "EventsMessageAcknowledge",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:acknowledge:read:received",
        "EventsMessageAcknowledge",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:acknowledge:unread:send",
        "EventsMessageAcknowledge",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:acknowledge:delivered",
        "EventsMessageAcknowledge",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:acknowledge:ignored",
        "EventsMessageAcknowledgeIgnored",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:notify:unread:send",
        "EventsMessageNotifyUnread",
        "website:conversation:messages:read",
    ),
    EventType(
        "message:notify:unread:received",
        "EventsMessageNotifyUnread",
        "website:conversation:messages:read",
    ),
    EventType("spam:message", "EventsSpamMessage", tiers=_USER, web_hooks=False),
    EventType("spam:decision", "EventsSpamDecision", tiers=_USER, web_hooks=False),
    EventType(
        "people:profile:created",
        "EventsPeopleProfileCreated",
        "website:people:profiles:read",
    ),
    EventType(
        "people:profile:updated",
        "EventsPeopleProfileUpdated",
        "website:people:profiles:read",
    ),
    EventType(
        "people:profile:removed",
        "EventsPeopleProfileRemoved",
        "website:people:profiles:read",
    ),
    EventType(
        "people:bind:session", "EventsPeopleBindSession", "website:people:profiles:read"
    ),
    EventType(
        "people:sync:profile", "EventsPeopleSyncProfile", "website:people:profiles:read"
    ),
    EventType(
        "people:import:progress",
        "EventsPeopleImportProgress",
        tiers=_USER,
        web_hooks=False,
    ),
    EventType(
        "people:import:done", "EventsPeopleImportDone", tiers=_USER, web_hooks=False
    ),
    EventType("campaign:progress", "EventsCampaignProgress", tiers=_USER),
    EventType("campaign:dispatched", "EventsCampaignDispatched", tiers=_USER),
    EventType("campaign:running", "EventsCampaignRunning", tiers=_USER),
    EventType(
        "browsing:request:initiated",
        "EventsBrowsingRequestInitiated",
        "website:conversation:browsing:write",
    ),
    EventType(
        "browsing:request:rejected",
        "EventsBrowsingRequestRejected",
        "website:conversation:browsing:write",
    ),
    EventType(
        "call:request:initiated",
        "EventsCallRequestInitiated",
        "website:conversation:calls:write",
    ),
    EventType(
        "call:request:rejected",
        "EventsCallRequestRejected",
        "website:conversation:calls:write",
    ),
    EventType("identity:verify:request", "EventsIdentityVerifyRequest", tiers=_PLUGIN),
    EventType(
        "widget:action:processed",
        "EventsWidgetActionProcessed",
        tiers=_USER,
        web_hooks=False,
    ),
    EventType("status:health:changed", "EventsStatusHealthChanged", tiers=_USER),
    EventType(
        "website:update_visitors_count",
        "EventsWebsiteUpdateVisitorsCount",
        "website:visitors:read",
    ),
    EventType(
        "website:update_operators_availability",
        "EventsWebsiteUpdateOperatorsAvailability",
        "website:operators:read",
    ),
    EventType(
        "website:users:available",
        "EventsWebsiteUsersAvailable",
        "website:availability:read",
    ),
    EventType(
        "bucket:url:upload:generated", "EventsBucketURLGenerated", "bucket:url:write"
    ),
    EventType(
        "bucket:url:avatar:generated", "EventsBucketURLGenerated", "bucket:url:write"
    ),
    EventType(
        "bucket:url:website:generated", "EventsBucketURLGenerated", "bucket:url:write"
    ),
    EventType(
        "bucket:url:campaign:generated", "EventsBucketURLGenerated", "bucket:url:write"
    ),
    EventType(
        "bucket:url:helpdesk:generated", "EventsBucketURLGenerated", "bucket:url:write"
    ),
    EventType(
        "bucket:url:status:generated", "EventsBucketURLGenerated", "bucket:url:write"
    ),
    EventType(
        "bucket:url:processing:generated",
        "EventsBucketURLGenerated",
        "bucket:url:write",
    ),
    EventType(
        "media:animation:listed",
        "EventsMediaAnimationListed",
        tiers=_USER,
        web_hooks=False,
    ),
    EventType(
        "email:subscribe", "EventsEmailSubscribe", "website:people:subscriptions:read"
    ),
    EventType(
        "email:track:view", "EventsEmailTrackView", "website:people:subscriptions:read"
    ),
    EventType("plugin:channel", "EventsPluginChannel"),
    EventType("plugin:event", "EventsPluginEvent"),
    EventType("plugin:subscription:updated", "EventsPluginSubscriptionUpdated"),
    EventType("plugin:settings:saved", "EventsPluginSettingsSaved"),
    EventType(
        "plan:subscription:updated",
        "EventsPlanSubscriptionUpdated",
        "plan:subscription:read",
    ),
)

EVENTS: t.Final[t.Mapping[str, EventType]] = {row.name: row for row in _ROWS}


def check_name(name: object) -> None:
    """Check the name of an event; an unknown one may be newer than the table.

    Raises:
        TypeError: it is not text.
    """
    if not isinstance(name, str) or not name:
        message = (
            f"the name of an event must be text, not {name!r}; pass several names one "
            "by one"
        )
        raise TypeError(message)


def warn_of_typos(names: t.Iterable[str], stacklevel: int) -> None:
    """Warn of unknown names that are similar to a known one."""
    for name in names:
        if name not in EVENTS and ":" in name:
            similar = difflib.get_close_matches(name, EVENTS, 1, 0.85)
            if similar:
                message = f"{name!r} is not a known event; did you mean {similar[0]!r}?"
                # Blame the line that passes the name.
                warnings.warn(message, UserWarning, stacklevel=stacklevel + 1)
