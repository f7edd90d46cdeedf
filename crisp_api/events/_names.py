"""The types that belong to the names of events, for type checkers.

This module is not imported at run time. A test compares it with `EVENTS`.
"""

import typing as t

from crisp_api import types as ty
from crisp_api.events._event import Event, Gap

P = t.TypeVar("P")
R = t.TypeVar("R")


class Options(t.TypedDict, total=False):
    """The options of `Router.on`."""

    website_id: str
    """Only events of this website."""
    where: t.Callable[[Event[t.Any]], bool]
    """Only events that this function accepts."""


class Decorator(t.Protocol[P]):
    """A decorator for handlers of one payload, sync or async."""

    def __call__(
        self, handler: t.Callable[[Event[P]], R], /
    ) -> t.Callable[[Event[P]], R]: ...


class SessionUpdateAvailability(Event[ty.EventsSessionUpdateAvailability]):
    name: t.Literal["session:update_availability"]


class SessionUpdateVerify(Event[ty.EventsSessionUpdateVerify]):
    name: t.Literal["session:update_verify"]


class SessionRequestInitiated(Event[ty.EventsSessionRequestInitiated]):
    name: t.Literal["session:request:initiated"]


class SessionSetEmail(Event[ty.EventsSessionSetEmail]):
    name: t.Literal["session:set_email"]


class SessionSetPhone(Event[ty.EventsSessionSetPhone]):
    name: t.Literal["session:set_phone"]


class SessionSetAddress(Event[ty.EventsSessionSetAddress]):
    name: t.Literal["session:set_address"]


class SessionSetSubject(Event[ty.EventsSessionSetSubject]):
    name: t.Literal["session:set_subject"]


class SessionSetAvatar(Event[ty.EventsSessionSetAvatar]):
    name: t.Literal["session:set_avatar"]


class SessionSetNickname(Event[ty.EventsSessionSetNickname]):
    name: t.Literal["session:set_nickname"]


class SessionSetOrigin(Event[ty.EventsSessionSetOrigin]):
    name: t.Literal["session:set_origin"]


class SessionSetData(Event[ty.EventsSessionSetData]):
    name: t.Literal["session:set_data"]


class SessionSyncPages(Event[ty.EventsSessionSyncPages]):
    name: t.Literal["session:sync:pages"]


class SessionSyncEvents(Event[ty.EventsSessionSyncEvents]):
    name: t.Literal["session:sync:events"]


class SessionSyncCapabilities(Event[ty.EventsSessionSyncCapabilities]):
    name: t.Literal["session:sync:capabilities"]


class SessionSyncGeolocation(Event[ty.EventsSessionSyncGeolocation]):
    name: t.Literal["session:sync:geolocation"]


class SessionSyncSystem(Event[ty.EventsSessionSyncSystem]):
    name: t.Literal["session:sync:system"]


class SessionSyncNetwork(Event[ty.EventsSessionSyncNetwork]):
    name: t.Literal["session:sync:network"]


class SessionSyncTimezone(Event[ty.EventsSessionSyncTimezone]):
    name: t.Literal["session:sync:timezone"]


class SessionSyncLocales(Event[ty.EventsSessionSyncLocales]):
    name: t.Literal["session:sync:locales"]


class SessionSyncRating(Event[ty.EventsSessionSyncRating]):
    name: t.Literal["session:sync:rating"]


class SessionSyncTopic(Event[ty.EventsSessionSyncTopic]):
    name: t.Literal["session:sync:topic"]


class SessionSetState(Event[ty.EventsSessionSetState]):
    name: t.Literal["session:set_state"]


class SessionSetBlock(Event[ty.EventsSessionSetBlock]):
    name: t.Literal["session:set_block"]


class SessionSetSegments(Event[ty.EventsSessionSetSegments]):
    name: t.Literal["session:set_segments"]


class SessionSetOpened(Event[ty.EventsSessionSetOpened]):
    name: t.Literal["session:set_opened"]


class SessionSetClosed(Event[ty.EventsSessionSetClosed]):
    name: t.Literal["session:set_closed"]


class SessionSetParticipants(Event[ty.EventsSessionSetParticipants]):
    name: t.Literal["session:set_participants"]


class SessionSetMentions(Event[ty.EventsSessionSetMentions]):
    name: t.Literal["session:set_mentions"]


class SessionSetRouting(Event[ty.EventsSessionSetRouting]):
    name: t.Literal["session:set_routing"]


class SessionSetInbox(Event[ty.EventsSessionSetInbox]):
    name: t.Literal["session:set_inbox"]


class SessionRemoved(Event[ty.EventsSessionRemoved]):
    name: t.Literal["session:removed"]


class SessionError(Event[ty.EventsSessionError]):
    name: t.Literal["session:error"]


class MessageUpdated(Event[ty.EventsMessageUpdated]):
    name: t.Literal["message:updated"]


class MessageSend(Event[ty.EventsMessageSend]):
    name: t.Literal["message:send"]


class MessageReceived(Event[ty.EventsMessageReceived]):
    name: t.Literal["message:received"]


class MessageRemoved(Event[ty.EventsMessageRemoved]):
    name: t.Literal["message:removed"]


class MessageComposeSend(Event[ty.EventsMessageComposeSend]):
    name: t.Literal["message:compose:send"]


class MessageComposeReceive(Event[ty.EventsMessageComposeReceive]):
    name: t.Literal["message:compose:receive"]


class MessageAcknowledge(Event[ty.EventsMessageAcknowledge]):
    name: t.Literal[
        "message:acknowledge:read:send",
        "message:acknowledge:read:received",
        "message:acknowledge:unread:send",
        "message:acknowledge:delivered",
    ]


class MessageAcknowledgeIgnored(Event[ty.EventsMessageAcknowledgeIgnored]):
    name: t.Literal["message:acknowledge:ignored"]


class MessageNotifyUnread(Event[ty.EventsMessageNotifyUnread]):
    name: t.Literal["message:notify:unread:send", "message:notify:unread:received"]


class SpamMessage(Event[ty.EventsSpamMessage]):
    name: t.Literal["spam:message"]


class SpamDecision(Event[ty.EventsSpamDecision]):
    name: t.Literal["spam:decision"]


class PeopleProfileCreated(Event[ty.EventsPeopleProfileCreated]):
    name: t.Literal["people:profile:created"]


class PeopleProfileUpdated(Event[ty.EventsPeopleProfileUpdated]):
    name: t.Literal["people:profile:updated"]


class PeopleProfileRemoved(Event[ty.EventsPeopleProfileRemoved]):
    name: t.Literal["people:profile:removed"]


class PeopleBindSession(Event[ty.EventsPeopleBindSession]):
    name: t.Literal["people:bind:session"]


class PeopleSyncProfile(Event[ty.EventsPeopleSyncProfile]):
    name: t.Literal["people:sync:profile"]


class PeopleImportProgress(Event[ty.EventsPeopleImportProgress]):
    name: t.Literal["people:import:progress"]


class PeopleImportDone(Event[ty.EventsPeopleImportDone]):
    name: t.Literal["people:import:done"]


class CampaignProgress(Event[ty.EventsCampaignProgress]):
    name: t.Literal["campaign:progress"]


class CampaignDispatched(Event[ty.EventsCampaignDispatched]):
    name: t.Literal["campaign:dispatched"]


class CampaignRunning(Event[ty.EventsCampaignRunning]):
    name: t.Literal["campaign:running"]


class BrowsingRequestInitiated(Event[ty.EventsBrowsingRequestInitiated]):
    name: t.Literal["browsing:request:initiated"]


class BrowsingRequestRejected(Event[ty.EventsBrowsingRequestRejected]):
    name: t.Literal["browsing:request:rejected"]


class CallRequestInitiated(Event[ty.EventsCallRequestInitiated]):
    name: t.Literal["call:request:initiated"]


class CallRequestRejected(Event[ty.EventsCallRequestRejected]):
    name: t.Literal["call:request:rejected"]


class IdentityVerifyRequest(Event[ty.EventsIdentityVerifyRequest]):
    name: t.Literal["identity:verify:request"]


class WidgetActionProcessed(Event[ty.EventsWidgetActionProcessed]):
    name: t.Literal["widget:action:processed"]


class StatusHealthChanged(Event[ty.EventsStatusHealthChanged]):
    name: t.Literal["status:health:changed"]


class WebsiteUpdateVisitorsCount(Event[ty.EventsWebsiteUpdateVisitorsCount]):
    name: t.Literal["website:update_visitors_count"]


class WebsiteUpdateOperatorsAvailability(
    Event[ty.EventsWebsiteUpdateOperatorsAvailability]
):
    name: t.Literal["website:update_operators_availability"]


class WebsiteUsersAvailable(Event[ty.EventsWebsiteUsersAvailable]):
    name: t.Literal["website:users:available"]


class BucketURLGenerated(Event[ty.EventsBucketURLGenerated]):
    name: t.Literal[
        "bucket:url:upload:generated",
        "bucket:url:avatar:generated",
        "bucket:url:website:generated",
        "bucket:url:campaign:generated",
        "bucket:url:helpdesk:generated",
        "bucket:url:status:generated",
        "bucket:url:processing:generated",
    ]


class MediaAnimationListed(Event[ty.EventsMediaAnimationListed]):
    name: t.Literal["media:animation:listed"]


class EmailSubscribe(Event[ty.EventsEmailSubscribe]):
    name: t.Literal["email:subscribe"]


class EmailTrackView(Event[ty.EventsEmailTrackView]):
    name: t.Literal["email:track:view"]


class PluginChannel(Event[ty.EventsPluginChannel]):
    name: t.Literal["plugin:channel"]


class PluginEvent(Event[ty.EventsPluginEvent]):
    name: t.Literal["plugin:event"]


class PluginSubscriptionUpdated(Event[ty.EventsPluginSubscriptionUpdated]):
    name: t.Literal["plugin:subscription:updated"]


class PluginSettingsSaved(Event[ty.EventsPluginSettingsSaved]):
    name: t.Literal["plugin:settings:saved"]


class PlanSubscriptionUpdated(Event[ty.EventsPlanSubscriptionUpdated]):
    name: t.Literal["plan:subscription:updated"]


class CrispReconnected(Event[Gap]):
    name: t.Literal["crisp:reconnected"]


AnyEvent = (
    SessionUpdateAvailability
    | SessionUpdateVerify
    | SessionRequestInitiated
    | SessionSetEmail
    | SessionSetPhone
    | SessionSetAddress
    | SessionSetSubject
    | SessionSetAvatar
    | SessionSetNickname
    | SessionSetOrigin
    | SessionSetData
    | SessionSyncPages
    | SessionSyncEvents
    | SessionSyncCapabilities
    | SessionSyncGeolocation
    | SessionSyncSystem
    | SessionSyncNetwork
    | SessionSyncTimezone
    | SessionSyncLocales
    | SessionSyncRating
    | SessionSyncTopic
    | SessionSetState
    | SessionSetBlock
    | SessionSetSegments
    | SessionSetOpened
    | SessionSetClosed
    | SessionSetParticipants
    | SessionSetMentions
    | SessionSetRouting
    | SessionSetInbox
    | SessionRemoved
    | SessionError
    | MessageUpdated
    | MessageSend
    | MessageReceived
    | MessageRemoved
    | MessageComposeSend
    | MessageComposeReceive
    | MessageAcknowledge
    | MessageAcknowledgeIgnored
    | MessageNotifyUnread
    | SpamMessage
    | SpamDecision
    | PeopleProfileCreated
    | PeopleProfileUpdated
    | PeopleProfileRemoved
    | PeopleBindSession
    | PeopleSyncProfile
    | PeopleImportProgress
    | PeopleImportDone
    | CampaignProgress
    | CampaignDispatched
    | CampaignRunning
    | BrowsingRequestInitiated
    | BrowsingRequestRejected
    | CallRequestInitiated
    | CallRequestRejected
    | IdentityVerifyRequest
    | WidgetActionProcessed
    | StatusHealthChanged
    | WebsiteUpdateVisitorsCount
    | WebsiteUpdateOperatorsAvailability
    | WebsiteUsersAvailable
    | BucketURLGenerated
    | MediaAnimationListed
    | EmailSubscribe
    | EmailTrackView
    | PluginChannel
    | PluginEvent
    | PluginSubscriptionUpdated
    | PluginSettingsSaved
    | PlanSubscriptionUpdated
    | CrispReconnected
)


class On(t.Protocol):
    """The method `Router.on`, which knows the payload that belongs to a name."""

    @t.overload
    def __call__(
        self,
        name: t.Literal["session:update_availability"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsSessionUpdateAvailability]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:update_verify"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionUpdateVerify]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["session:request:initiated"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsSessionRequestInitiated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_email"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetEmail]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_phone"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetPhone]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_address"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetAddress]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_subject"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetSubject]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_avatar"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetAvatar]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_nickname"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetNickname]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_origin"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetOrigin]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_data"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetData]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:pages"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncPages]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:events"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncEvents]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["session:sync:capabilities"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsSessionSyncCapabilities]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["session:sync:geolocation"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsSessionSyncGeolocation]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:system"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncSystem]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:network"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncNetwork]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:timezone"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncTimezone]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:locales"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncLocales]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:rating"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncRating]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:sync:topic"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSyncTopic]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_state"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetState]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_block"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetBlock]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_segments"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetSegments]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_opened"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetOpened]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_closed"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetClosed]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["session:set_participants"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsSessionSetParticipants]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_mentions"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetMentions]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_routing"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetRouting]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:set_inbox"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionSetInbox]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:removed"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionRemoved]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["session:error"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSessionError]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["message:updated"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsMessageUpdated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["message:send"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsMessageSend]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["message:received"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsMessageReceived]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["message:removed"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsMessageRemoved]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["message:compose:send"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsMessageComposeSend]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["message:compose:receive"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsMessageComposeReceive]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal[
            "message:acknowledge:read:send",
            "message:acknowledge:read:received",
            "message:acknowledge:unread:send",
            "message:acknowledge:delivered",
        ],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsMessageAcknowledge]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["message:acknowledge:ignored"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsMessageAcknowledgeIgnored]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["message:notify:unread:send", "message:notify:unread:received"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsMessageNotifyUnread]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["spam:message"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSpamMessage]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["spam:decision"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsSpamDecision]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:profile:created"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleProfileCreated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:profile:updated"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleProfileUpdated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:profile:removed"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleProfileRemoved]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:bind:session"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleBindSession]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:sync:profile"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleSyncProfile]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:import:progress"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleImportProgress]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["people:import:done"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPeopleImportDone]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["campaign:progress"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsCampaignProgress]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["campaign:dispatched"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsCampaignDispatched]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["campaign:running"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsCampaignRunning]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["browsing:request:initiated"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsBrowsingRequestInitiated]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["browsing:request:rejected"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsBrowsingRequestRejected]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["call:request:initiated"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsCallRequestInitiated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["call:request:rejected"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsCallRequestRejected]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["identity:verify:request"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsIdentityVerifyRequest]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["widget:action:processed"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsWidgetActionProcessed]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["status:health:changed"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsStatusHealthChanged]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["website:update_visitors_count"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsWebsiteUpdateVisitorsCount]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["website:update_operators_availability"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsWebsiteUpdateOperatorsAvailability]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["website:users:available"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsWebsiteUsersAvailable]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal[
            "bucket:url:upload:generated",
            "bucket:url:avatar:generated",
            "bucket:url:website:generated",
            "bucket:url:campaign:generated",
            "bucket:url:helpdesk:generated",
            "bucket:url:status:generated",
            "bucket:url:processing:generated",
        ],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsBucketURLGenerated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["media:animation:listed"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsMediaAnimationListed]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["email:subscribe"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsEmailSubscribe]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["email:track:view"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsEmailTrackView]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["plugin:channel"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPluginChannel]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["plugin:event"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPluginEvent]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["plugin:subscription:updated"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsPluginSubscriptionUpdated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["plugin:settings:saved"], /, **options: t.Unpack[Options]
    ) -> Decorator[ty.EventsPluginSettingsSaved]: ...
    @t.overload
    def __call__(
        self,
        name: t.Literal["plan:subscription:updated"],
        /,
        **options: t.Unpack[Options],
    ) -> Decorator[ty.EventsPlanSubscriptionUpdated]: ...
    @t.overload
    def __call__(
        self, name: t.Literal["crisp:reconnected"], /, **options: t.Unpack[Options]
    ) -> Decorator[Gap]: ...
    @t.overload
    def __call__(
        self, /, *names: str, **options: t.Unpack[Options]
    ) -> Decorator[t.Any]: ...
