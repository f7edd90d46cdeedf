# mypy: disable-error-code="empty-body"
# pyright: reportReturnType=false
"""The table: every operation of the Crisp REST API, one declared method each.

The first line of a docstring is the operation's label in the REST reference;
in lower case, with hyphens, it is the anchor there:
https://docs.crisp.chat/references/rest-api/v1/#get-a-website

Page numbers start at 1, and a list ends with an empty page. Timestamps are
milliseconds since 1970. A check answers True or False.

``python -m crisp_api.endpoints`` prints the table.
"""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.declare import (
    Body,
    Consumer,
    Mode,
    Query,
    QueryMap,
    Resource,
    Segments,
    Wrapped,
    delete,
    get,
    head,
    patch,
    post,
    put,
)

__all__ = ["SERVICES", "Bucket", "Media", "Plan", "Plugin", "Routes", "Website"]

# Whose tokens may call, where it is known: of website tokens nothing is.
USER: t.Final = ("user",)
PLUGIN: t.Final = ("plugin",)
BOTH: t.Final = ("user", "plugin")


# --- website --------------------------------------------------------------


class WebsiteBase(Consumer[Mode]):
    """Website Base."""

    @head("website", BOTH)
    def check_website_exists(self, domain: Query[str]) -> bool:
        """Check If Website Exists."""

    @post("website", USER)
    def create_website(self, data: Body[ty.WebsiteCreate]) -> ty.Website:
        """Create Website."""

    @get("website/{website_id}", BOTH)
    def get_website(self, website_id: str) -> ty.Website:
        """Get A Website."""

    @delete("website/{website_id}", USER)
    def delete_website(
        self, website_id: str, data: Body[ty.WebsiteRemove | None] = None
    ) -> None:
        """Delete A Website.

        Needs ``{"verify": {...}}``; the original client sent nothing.
        """

    @delete("website/{website_id}/expunge", USER)
    def abort_website_deletion(self, website_id: str) -> None:
        """Abort Website Deletion."""


class WebsiteConversations(Consumer[Mode]):
    """Website Conversations."""

    @get("website/{website_id}/conversations/{page_number}", BOTH, key="session_id")
    def list_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.ConversationFilters],
    ) -> list[ty.Conversation]:
        """List Conversations."""

    @get("website/{website_id}/conversations/{page_number}", BOTH, key="session_id")
    def search_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        search_query: Query[ty.ConversationSearch] = "",
        search_type: Query[ty.ConversationSearchType | t.Literal[""]] = "",
        search_operator: Query[ty.SearchOperator | t.Literal[""]] = "",
        include_empty: Query[ty.Flag] = "",
        filter_unread: Query[ty.Flag] = "",
        filter_resolved: Query[ty.Flag] = "",
        filter_not_resolved: Query[ty.Flag] = "",
        filter_mention: Query[ty.Flag] = "",
        filter_assigned: Query[str] = "",
        filter_unassigned: Query[ty.Flag] = "",
        filter_date_start: Query[ty.Date] = "",
        filter_date_end: Query[ty.Date] = "",
        order_date_created: Query[ty.Flag] = "",
        order_date_updated: Query[ty.Flag] = "",
    ) -> list[ty.Conversation]:
        """List Conversations, with the filters of the original client by place."""

    @get("website/{website_id}/conversations/suggest/segments/{page_number}", BOTH)
    def list_suggested_conversation_segments(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.ConversationSuggestedSegment]:
        """List Suggested Conversation Segments."""

    @delete("website/{website_id}/conversations/suggest/segment", BOTH)
    def delete_suggested_conversation_segment(
        self, website_id: str, data: Body[ty.ConversationSuggestedSegmentDelete]
    ) -> None:
        """Delete Suggested Conversation Segment."""

    @get("website/{website_id}/conversations/suggest/data/{page_number}", BOTH)
    def list_suggested_conversation_data_keys(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.ConversationSuggestedData]:
        """List Suggested Conversation Data Keys."""

    @delete("website/{website_id}/conversations/suggest/data", BOTH)
    def delete_suggested_conversation_data_key(
        self, website_id: str, data: Body[ty.ConversationSuggestedDataDelete]
    ) -> None:
        """Delete Suggested Conversation Data Key."""

    @get("website/{website_id}/conversations/spams/{page_number}", USER, key="spam_id")
    def list_spam_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        filter_type: Query[str | None] = None,
    ) -> list[ty.ConversationSpam]:
        """List Spam Conversations."""

    @get("website/{website_id}/conversations/spam/{spam_id}/content", USER)
    def resolve_spam_conversation_content(
        self, website_id: str, spam_id: str
    ) -> ty.ConversationSpamContent:
        """Resolve Spam Conversation Content."""

    @post("website/{website_id}/conversations/spam/{spam_id}/decision", USER)
    def submit_spam_conversation_decision(
        self, website_id: str, spam_id: str, data: Body[ty.ConversationSpamDecision]
    ) -> None:
        """Submit Spam Conversation Decision."""


class WebsiteConversation(Consumer[Mode]):
    """Website Conversation."""

    @post("website/{website_id}/conversation", BOTH)
    def create_new_conversation(
        self, website_id: str, data: Body[ty.Payload | None] = None
    ) -> ty.ConversationNew:
        """Create A New Conversation.

        The conversation stays out of lists until the visitor has said
        something.
        """

    @head("website/{website_id}/conversation/{session_id}", BOTH)
    def check_conversation_exists(self, website_id: str, session_id: str) -> bool:
        """Check If Conversation Exists."""

    @get("website/{website_id}/conversation/{session_id}", BOTH)
    def get_conversation(self, website_id: str, session_id: str) -> ty.Conversation:
        """Get A Conversation."""

    @delete("website/{website_id}/conversation/{session_id}", BOTH)
    def remove_conversation(self, website_id: str, session_id: str) -> None:
        """Remove A Conversation."""

    @post("website/{website_id}/conversation/{session_id}/initiate", BOTH)
    def initiate_conversation_with_existing_session(
        self, website_id: str, session_id: str
    ) -> None:
        """Initiate A Conversation With Existing Session."""

    @get("website/{website_id}/conversation/{session_id}/messages", BOTH)
    def get_messages_in_conversation(
        self,
        website_id: str,
        session_id: str,
        query: QueryMap[ty.MessagesQuery | None] = None,
        *,
        timestamp_before: Query[ty.Moment | None] = None,
        timestamp_after: Query[ty.Moment | None] = None,
        timestamp_around: Query[ty.Moment | None] = None,
    ) -> list[ty.ConversationMessage]:
        """Get Messages In Conversation.

        Ascending; the timestamps are milliseconds, one of them at a time.
        """

    @post("website/{website_id}/conversation/{session_id}/message", BOTH)
    def send_message_in_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationMessageNew]
    ) -> ty.ConversationMessageDispatched:
        """Send A Message In Conversation."""

    @get("website/{website_id}/conversation/{session_id}/message/{fingerprint}", BOTH)
    def get_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int
    ) -> ty.ConversationMessage:
        """Get A Message In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/message/{fingerprint}", BOTH)
    def update_message_in_conversation(
        self,
        website_id: str,
        session_id: str,
        fingerprint: int,
        data: Body[ty.ConversationMessageUpdate],
    ) -> None:
        """Update A Message In Conversation."""

    @delete(
        "website/{website_id}/conversation/{session_id}/message/{fingerprint}", BOTH
    )
    def remove_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int
    ) -> None:
        """Remove A Message In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/compose", BOTH)
    def compose_message_in_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationComposeMessageNew],
    ) -> None:
        """Compose A Message In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/read", BOTH)
    def mark_messages_read_in_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationReadMessageMark | None] = None,
    ) -> None:
        """Mark Messages As Read In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/unread", BOTH)
    def mark_conversation_as_unread(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationUnreadMessageMark | None] = None,
    ) -> None:
        """Mark Conversation As Unread."""

    @patch("website/{website_id}/conversation/{session_id}/delivered", BOTH)
    def mark_messages_delivered_in_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationReadMessageMark | None] = None,
    ) -> None:
        """Mark Messages As Delivered In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/open", BOTH)
    def update_conversation_open_state(
        self, website_id: str, session_id: str, data: Body[ty.ConversationOpenUpdate]
    ) -> None:
        """Update Conversation Open State."""

    @get("website/{website_id}/conversation/{session_id}/routing", BOTH)
    def get_conversation_routing_assign(
        self, website_id: str, session_id: str
    ) -> ty.ConversationRoutingAssign:
        """Get Conversation Routing Assign."""

    @patch("website/{website_id}/conversation/{session_id}/routing", BOTH)
    def assign_conversation_routing(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationRoutingAssignUpdate],
    ) -> None:
        """Assign Conversation Routing."""

    @patch("website/{website_id}/conversation/{session_id}/inbox", BOTH)
    def update_conversation_inbox(
        self, website_id: str, session_id: str, data: Body[ty.ConversationInboxUpdate]
    ) -> None:
        """Update Conversation Inbox."""

    @get("website/{website_id}/conversation/{session_id}/meta", BOTH)
    def get_conversation_metas(
        self, website_id: str, session_id: str
    ) -> ty.ConversationMeta:
        """Get Conversation Metas."""

    @patch("website/{website_id}/conversation/{session_id}/meta", BOTH)
    def update_conversation_metas(
        self, website_id: str, session_id: str, data: Body[ty.ConversationMetaUpdate]
    ) -> None:
        """Update Conversation Metas."""

    @get("website/{website_id}/conversation/{session_id}/original/{original_id}", BOTH)
    def get_original_message_in_conversation(
        self, website_id: str, session_id: str, original_id: str
    ) -> ty.ConversationOriginal:
        """Get An Original Message In Conversation."""

    @get("website/{website_id}/conversation/{session_id}/pages/{page_number}", BOTH)
    def list_conversation_pages(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.ConversationPage]:
        """List Conversation Pages."""

    @get("website/{website_id}/conversation/{session_id}/events/{page_number}", BOTH)
    def list_conversation_events(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.ConversationEvent]:
        """List Conversation Events."""

    @get(
        "website/{website_id}/conversation/{session_id}/files/{page_number}",
        BOTH,
        key="fingerprint",
    )
    def list_conversation_files(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.ConversationFile]:
        """List Conversation Files."""

    @get("website/{website_id}/conversation/{session_id}/state", BOTH)
    def get_conversation_state(
        self, website_id: str, session_id: str
    ) -> ty.ConversationStateData:
        """Get Conversation State."""

    @patch("website/{website_id}/conversation/{session_id}/state", BOTH)
    def change_conversation_state(
        self, website_id: str, session_id: str, data: Body[ty.ConversationStateUpdate]
    ) -> None:
        """Change Conversation State."""

    @get("website/{website_id}/conversation/{session_id}/relations", BOTH)
    def get_conversation_relations(
        self, website_id: str, session_id: str
    ) -> ty.ConversationRelations:
        """Get Conversation Relations."""

    @get("website/{website_id}/conversation/{session_id}/participants", BOTH)
    def get_conversation_participants(
        self, website_id: str, session_id: str
    ) -> ty.ConversationParticipants:
        """Get Conversation Participants."""

    @put("website/{website_id}/conversation/{session_id}/participants", BOTH)
    def save_conversation_participants(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationParticipantsSave],
    ) -> None:
        """Save Conversation Participants."""

    @get("website/{website_id}/conversation/{session_id}/block", BOTH)
    def get_block_status_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.ConversationBlock:
        """Get Block Status For Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/block", BOTH)
    def block_incoming_messages_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationBlockUpdate]
    ) -> None:
        """Block Incoming Messages For Conversation."""

    @get("website/{website_id}/conversation/{session_id}/verify", BOTH)
    def get_verify_status_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.ConversationVerify:
        """Get Verify Status For Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/verify", BOTH)
    def update_verify_status_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationVerifyUpdate]
    ) -> None:
        """Update Verify Status For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/verify/identity", BOTH)
    def request_identity_verification_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationVerifyIdentityRequest],
    ) -> None:
        """Request Identity Verification For Conversation."""

    @put("website/{website_id}/conversation/{session_id}/verify/identity/link")
    def redeem_identity_verification_link_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationVerifyIdentityRedeem],
    ) -> None:
        """Redeem Identity Verification Link For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/transcript", BOTH)
    def request_email_transcript_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationTranscriptRequest],
    ) -> None:
        """Request Email Transcript For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/purge", BOTH)
    def request_chatbox_binding_purge_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Request Chatbox Binding Purge For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/feedback", BOTH)
    def request_user_feedback_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Request User Feedback For Conversation."""

    @get("website/{website_id}/conversation/{session_id}/browsing", BOTH)
    def list_browsing_sessions_for_conversation(
        self, website_id: str, session_id: str
    ) -> list[ty.ConversationBrowsing]:
        """List Browsing Sessions For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/browsing", BOTH)
    def initiate_browsing_session_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Initiate Browsing Session For Conversation."""

    @patch(
        "website/{website_id}/conversation/{session_id}/browsing/{browsing_id}", BOTH
    )
    def send_action_to_existing_browsing_session(
        self,
        website_id: str,
        session_id: str,
        browsing_id: str,
        data: Body[ty.ConversationBrowsingAction],
    ) -> None:
        """Send Action To An Existing Browsing Session."""

    @patch(
        "website/{website_id}/conversation/{session_id}/browsing/{browsing_id}/assist",
        BOTH,
    )
    def assist_existing_browsing_session(
        self,
        website_id: str,
        session_id: str,
        browsing_id: str,
        data: Body[ty.ConversationBrowsingAssist],
    ) -> None:
        """Assist An Existing Browsing Session."""

    @post("website/{website_id}/conversation/{session_id}/call", BOTH)
    def initiate_new_call_session_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationCallPayload]
    ) -> ty.ConversationCall:
        """Initiate New Call Session For Conversation."""

    @get("website/{website_id}/conversation/{session_id}/call", BOTH)
    def get_ongoing_call_session_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.ConversationCall:
        """Get Ongoing Call Session For Conversation."""

    @delete("website/{website_id}/conversation/{session_id}/call/{call_id}", BOTH)
    def abort_ongoing_call_session_for_conversation(
        self,
        website_id: str,
        session_id: str,
        call_id: str,
        data: Body[ty.ConversationCallAbortPayload | None] = None,
    ) -> None:
        """Abort Ongoing Call Session For Conversation."""

    @patch(
        "website/{website_id}/conversation/{session_id}/call/{call_id}/signaling", BOTH
    )
    def transmit_signaling_on_ongoing_call_session(
        self,
        website_id: str,
        session_id: str,
        call_id: str,
        data: Body[ty.ConversationCallSignalingPayload],
    ) -> None:
        """Transmit Signaling On Ongoing Call Session."""

    @post("website/{website_id}/conversation/{session_id}/tool")
    def request_tool_call_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationToolCallRequest],
    ) -> None:
        """Request Tool Call For Conversation."""

    @post(
        "website/{website_id}/conversation/{session_id}/widget/{plugin_id}/button", USER
    )
    def deliver_widget_button_action_for_conversation(
        self,
        website_id: str,
        session_id: str,
        plugin_id: str,
        data: Body[ty.ConversationWidgetButtonPayload],
    ) -> ty.ConversationWidgetAction:
        """Deliver Widget Button Action For Conversation."""

    @post(
        "website/{website_id}/conversation/{session_id}/widget/{plugin_id}/data", USER
    )
    def deliver_widget_data_action_for_conversation(
        self,
        website_id: str,
        session_id: str,
        plugin_id: str,
        data: Body[ty.ConversationWidgetDataPayload],
    ) -> ty.ConversationWidgetAction:
        """Deliver Widget Data Action For Conversation."""

    deliver_widget_data_fetch_action_for_conversation = (
        deliver_widget_data_action_for_conversation
    )

    deliver_widget_data_edit_action_for_conversation = (
        deliver_widget_data_action_for_conversation
    )

    @post("website/{website_id}/conversation/{session_id}/reminder", BOTH)
    def schedule_reminder_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationReminderPayload],
    ) -> None:
        """Schedule A Reminder For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/report", BOTH)
    def report_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationReportPayload]
    ) -> None:
        """Report Conversation."""


class WebsitePeople(Consumer[Mode]):
    """Website People."""

    @get("website/{website_id}/people/stats", BOTH)
    def get_people_statistics(self, website_id: str) -> ty.PeopleStatistics:
        """Get People Statistics."""

    @get("website/{website_id}/people/suggest/segments/{page_number}", BOTH)
    def list_people_segments(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.PeopleSuggestedSegment]:
        """List Suggested People Segments."""

    list_suggested_people_segments = list_people_segments

    @delete("website/{website_id}/people/suggest/segment", BOTH)
    def delete_suggested_people_segment(
        self, website_id: str, data: Body[ty.PeopleSuggestedSegmentDelete]
    ) -> None:
        """Delete Suggested People Segment."""

    @get("website/{website_id}/people/suggest/data/{page_number}", BOTH)
    def list_suggested_people_data_keys(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.PeopleSuggestedDataKey]:
        """List Suggested People Data Keys."""

    @delete("website/{website_id}/people/suggest/data", BOTH)
    def delete_suggested_people_data_key(
        self, website_id: str, data: Body[ty.PeopleSuggestedDataDelete]
    ) -> None:
        """Delete Suggested People Data Key."""

    @get("website/{website_id}/people/suggest/events/{page_number}", BOTH)
    def list_suggested_people_events(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.PeopleSuggestedEvent]:
        """List Suggested People Events."""

    @delete("website/{website_id}/people/suggest/event", BOTH)
    def delete_suggested_people_event(
        self, website_id: str, data: Body[ty.PeopleSuggestedEventDelete]
    ) -> None:
        """Delete Suggested People Event."""

    @get("website/{website_id}/people/profiles/{page_number}", BOTH, key="people_id")
    def list_people_profiles(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.PeopleProfileFilters],
    ) -> list[ty.PeopleProfile]:
        """List People Profiles."""

    @get("website/{website_id}/people/profiles/{page_number}", BOTH, key="people_id")
    def search_people_profiles(
        self, website_id: str, page_number: int, search_filter: Query[ty.PeopleSearch]
    ) -> list[ty.PeopleProfile]:
        """List People Profiles, narrowed by a search filter alone."""

    @post("website/{website_id}/people/profile", BOTH)
    def add_new_people_profile(
        self, website_id: str, data: Body[ty.PeopleProfileUpdateCard]
    ) -> ty.PeopleProfileNew:
        """Add New People Profile.

        Raises `ConflictError`, ``people_exists``, where the e-mail address is
        known.
        """

    @head("website/{website_id}/people/profile/{people_id}", BOTH)
    def check_people_profile_exists(self, website_id: str, people_id: str) -> bool:
        """Check If People Profile Exists.

        An e-mail address may stand for the identifier.
        """

    @get("website/{website_id}/people/profile/{people_id}", BOTH)
    def get_people_profile(self, website_id: str, people_id: str) -> ty.PeopleProfile:
        """Get People Profile.

        An e-mail address may stand for the identifier.
        """

    @put("website/{website_id}/people/profile/{people_id}", BOTH)
    def save_people_profile(
        self, website_id: str, people_id: str, data: Body[ty.PeopleProfileUpdateCard]
    ) -> None:
        """Save People Profile.

        An e-mail address may stand for the identifier.
        """

    @patch("website/{website_id}/people/profile/{people_id}", BOTH)
    def update_people_profile(
        self, website_id: str, people_id: str, data: Body[ty.PeopleProfileUpdateCard]
    ) -> None:
        """Update People Profile.

        An e-mail address may stand for the identifier.
        """

    @delete("website/{website_id}/people/profile/{people_id}", BOTH)
    def remove_people_profile(self, website_id: str, people_id: str) -> None:
        """Remove People Profile.

        An e-mail address may stand for the identifier.
        """

    @get(
        "website/{website_id}/people/conversations/{people_id}/list/{page_number}",
        BOTH,
        key="session_id",
    )
    def list_people_conversations(
        self,
        website_id: str,
        people_id: str,
        page_number: int = 1,
        *,
        filter_unread: Query[bool | None] = None,
        filter_resolved: Query[bool | None] = None,
        filter_not_resolved: Query[bool | None] = None,
    ) -> list[str]:
        """List People Conversations."""

    @get(
        "website/{website_id}/people/campaigns/{people_id}/list/{page_number}",
        USER,
        key="campaign_id",
    )
    def list_people_campaigns(
        self, website_id: str, people_id: str, page_number: int = 1
    ) -> list[ty.PeopleCampaign]:
        """List People Campaigns."""

    @post("website/{website_id}/people/events/{people_id}", BOTH)
    def add_people_event(
        self, website_id: str, people_id: str, data: Body[ty.PeopleEventAdd]
    ) -> None:
        """Add A People Event."""

    @get("website/{website_id}/people/events/{people_id}/list/{page_number}", BOTH)
    def list_people_events(
        self, website_id: str, people_id: str, page_number: int = 1
    ) -> list[ty.PeopleEvent]:
        """List People Events."""

    @get("website/{website_id}/people/data/{people_id}", BOTH)
    def get_people_data(self, website_id: str, people_id: str) -> ty.PeopleDataResponse:
        """Get People Data."""

    @put("website/{website_id}/people/data/{people_id}", BOTH)
    def save_people_data(
        self,
        website_id: str,
        people_id: str,
        data: Wrapped[ty.PeopleData | ty.CustomData],
    ) -> None:
        """Save People Data."""

    @patch("website/{website_id}/people/data/{people_id}", BOTH)
    def update_people_data(
        self,
        website_id: str,
        people_id: str,
        data: Wrapped[ty.PeopleData | ty.CustomData],
    ) -> None:
        """Update People Data."""

    @get("website/{website_id}/people/subscription/{people_id}", BOTH)
    def get_people_subscription_status(
        self, website_id: str, people_id: str
    ) -> ty.PeopleSubscription:
        """Get People Subscription Status."""

    @patch("website/{website_id}/people/subscription/{people_id}", BOTH)
    def update_people_subscription_status(
        self, website_id: str, people_id: str, data: Body[ty.PeopleSubscriptionUpdate]
    ) -> None:
        """Update People Subscription Status."""

    @post("website/{website_id}/people/export/profiles", USER)
    def export_people_profiles(self, website_id: str) -> None:
        """Export People Profiles."""

    @post("website/{website_id}/people/import/profiles", USER)
    def import_people_profiles(
        self, website_id: str, data: Body[ty.PeopleProfileImportSetup]
    ) -> ty.PeopleProfileImport:
        """Import People Profiles."""


class WebsiteVisitors(Consumer[Mode]):
    """Website Visitors."""

    @get("website/{website_id}/visitors/count", BOTH)
    def count_visitors(self, website_id: str) -> ty.WebsiteVisitorCount:
        """Count Visitors."""

    @get("website/{website_id}/visitors/list/{page_number}", BOTH, key="session_id")
    def list_visitors(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.WebsiteVisitor]:
        """List Visitors."""

    @get("website/{website_id}/visitors/map", BOTH)
    def pinpoint_visitors_on_map(
        self,
        website_id: str,
        *,
        center_latitude: Query[float | None] = None,
        center_longitude: Query[float | None] = None,
        center_radius: Query[float | None] = None,
    ) -> list[ty.WebsiteVisitorsMapPoint]:
        """Pinpoint Visitors On A Map."""

    @get("website/{website_id}/visitors/token/{token_id}", BOTH)
    def get_session_identifier_from_token(
        self, website_id: str, token_id: str
    ) -> ty.WebsiteVisitorsToken:
        """Get Session Identifier From Token."""

    @get("website/{website_id}/visitors/blocked", USER)
    def count_blocked_visitors(
        self, website_id: str
    ) -> list[ty.WebsiteVisitorsBlocked]:
        """Count Blocked Visitors."""

    @get("website/{website_id}/visitors/blocked/{block_rule}", USER)
    def count_blocked_visitors_in_rule(
        self, website_id: str, block_rule: str
    ) -> ty.WebsiteVisitorsBlocked:
        """Count Blocked Visitors In Rule."""

    @delete("website/{website_id}/visitors/blocked/{block_rule}", USER)
    def clear_blocked_visitors_in_rule(self, website_id: str, block_rule: str) -> None:
        """Clear Blocked Visitors In Rule."""


class WebsiteAvailability(Consumer[Mode]):
    """Website Availability."""

    @get("website/{website_id}/availability/status", BOTH)
    def get_website_availability_status(
        self, website_id: str
    ) -> ty.WebsiteAvailabilityStatus:
        """Get Website Availability Status."""

    @get("website/{website_id}/availability/operators", BOTH)
    def list_website_operator_availabilities(
        self, website_id: str
    ) -> list[ty.WebsiteAvailabilityOperator]:
        """List Website Operator Availabilities."""


class WebsiteOperators(Consumer[Mode]):
    """Website Operators."""

    @get("website/{website_id}/operators/list", BOTH)
    def list_website_operators(
        self, website_id: str
    ) -> list[ty.WebsiteOperatorListOne]:
        """List Website Operators."""

    @get("website/{website_id}/operators/active", BOTH)
    def list_last_active_website_operators(
        self, website_id: str
    ) -> list[ty.WebsiteOperatorsLastActiveListOne]:
        """List Last Active Website Operators."""

    @delete("website/{website_id}/operators/active", USER)
    def flush_last_active_website_operators(self, website_id: str) -> None:
        """Flush Last Active Website Operators."""

    @patch("website/{website_id}/operators/email", BOTH)
    def send_email_to_website_operators(
        self, website_id: str, data: Body[ty.WebsiteOperatorEmail]
    ) -> None:
        """Send Email To Website Operators."""


class WebsiteOperator(Consumer[Mode]):
    """Website Operator."""

    @get("website/{website_id}/operator/{user_id}", BOTH)
    def get_website_operator(self, website_id: str, user_id: str) -> ty.WebsiteOperator:
        """Get A Website Operator."""

    @post("website/{website_id}/operator", USER)
    def invite_website_operator(
        self, website_id: str, data: Body[ty.WebsiteOperatorInvite]
    ) -> None:
        """Invite A Website Operator."""

    @patch("website/{website_id}/operator/{user_id}", USER)
    def change_operator_membership(
        self, website_id: str, user_id: str, data: Body[ty.WebsiteOperatorEdit]
    ) -> None:
        """Change Operator Membership."""

    @delete("website/{website_id}/operator/{user_id}", USER)
    def unlink_operator_from_website(self, website_id: str, user_id: str) -> None:
        """Unlink Operator From Website."""


class WebsiteHelpdesk(Consumer[Mode]):
    """Website Helpdesk."""

    @head("website/{website_id}/helpdesk", BOTH)
    def check_helpdesk_exists(self, website_id: str) -> bool:
        """Check If Helpdesk Exists."""

    @get("website/{website_id}/helpdesk", BOTH)
    def resolve_helpdesk(self, website_id: str) -> ty.Helpdesk:
        """Resolve Helpdesk."""

    @post("website/{website_id}/helpdesk", USER)
    def initialize_helpdesk(
        self, website_id: str, data: Body[ty.HelpdeskCreate]
    ) -> None:
        """Initialize Helpdesk."""

    @delete("website/{website_id}/helpdesk", USER)
    def delete_helpdesk(self, website_id: str, data: Body[ty.HelpdeskRemove]) -> None:
        """Delete Helpdesk."""

    @get("website/{website_id}/helpdesk/locales/{page_number}", BOTH, key="locale_id")
    def list_helpdesk_locales(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.HelpdeskLocale]:
        """List Helpdesk Locales."""

    @post("website/{website_id}/helpdesk/locale", BOTH)
    def add_helpdesk_locale(
        self, website_id: str, data: Body[ty.HelpdeskLocaleAdd]
    ) -> None:
        """Add Helpdesk Locale."""

    @head("website/{website_id}/helpdesk/locale/{locale}", BOTH)
    def check_helpdesk_locale_exists(self, website_id: str, locale: str) -> bool:
        """Check If Helpdesk Locale Exists."""

    @get("website/{website_id}/helpdesk/locale/{locale}", BOTH)
    def resolve_helpdesk_locale(
        self, website_id: str, locale: str
    ) -> ty.HelpdeskLocale:
        """Resolve Helpdesk Locale."""

    @delete("website/{website_id}/helpdesk/locale/{locale}", BOTH)
    def delete_helpdesk_locale(self, website_id: str, locale: str) -> None:
        """Delete Helpdesk Locale."""

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/articles/{page_number}",
        BOTH,
        key="article_id",
        replaced_by=("list_helpdesk_tree", "list_helpdesk_pages"),
    )
    def list_helpdesk_locale_articles(
        self,
        website_id: str,
        locale: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.HelpdeskArticleFilters],
    ) -> list[ty.HelpdeskLocaleArticleResponse]:
        """List Helpdesk Locale Articles.

        Deprecated with the helpdesk of 2025: replaced by `list_helpdesk_tree`
        or `list_helpdesk_pages`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/article",
        BOTH,
        replaced_by=("create_helpdesk_tree_path",),
    )
    def add_new_helpdesk_locale_article(
        self, website_id: str, locale: str, data: Body[ty.HelpdeskLocaleArticleAdd]
    ) -> ty.HelpdeskLocaleArticleNew:
        """Add A New Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `create_helpdesk_tree_path`.
        """

    @head(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_path",),
    )
    def check_helpdesk_locale_article_exists(
        self, website_id: str, locale: str, article_id: str
    ) -> bool:
        """Check If Helpdesk Locale Article Exists.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}",
        BOTH,
        replaced_by=(
            "resolve_helpdesk_tree_metadata",
            "resolve_helpdesk_tree_content",
            "resolve_helpdesk_tree_path",
        ),
    )
    def resolve_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.HelpdeskLocaleArticleResponse:
        """Resolve Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_metadata` or `resolve_helpdesk_tree_content` or
        `resolve_helpdesk_tree_path`.
        """

    @put(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}",
        BOTH,
        replaced_by=("save_helpdesk_tree_content", "update_helpdesk_tree_metadata"),
    )
    def save_helpdesk_locale_article(
        self,
        website_id: str,
        locale: str,
        article_id: str,
        data: Body[ty.HelpdeskLocaleArticle],
    ) -> None:
        """Save Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `save_helpdesk_tree_content` or `update_helpdesk_tree_metadata`.
        """

    @patch(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata", "save_helpdesk_tree_content"),
    )
    def update_helpdesk_locale_article(
        self,
        website_id: str,
        locale: str,
        article_id: str,
        data: Body[ty.HelpdeskLocaleArticle],
    ) -> None:
        """Update Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `save_helpdesk_tree_content`.
        """

    @delete(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}",
        BOTH,
        replaced_by=("delete_helpdesk_tree_path",),
    )
    def delete_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> None:
        """Delete Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `delete_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/page",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_page", "resolve_helpdesk_page_entity"),
    )
    def resolve_helpdesk_locale_article_page(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.HelpdeskLocaleArticlePage:
        """Resolve Helpdesk Locale Article Page.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_page` or `resolve_helpdesk_page_entity`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/category",
        BOTH,
        deprecated=True,
    )
    def resolve_helpdesk_locale_article_category(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.HelpdeskLocaleArticleCategory:
        """Resolve Helpdesk Locale Article Category.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @patch(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/category",
        BOTH,
        replaced_by=("update_helpdesk_tree_path",),
    )
    def update_helpdesk_locale_article_category(
        self,
        website_id: str,
        locale: str,
        article_id: str,
        data: Body[ty.HelpdeskLocaleArticleCategoryUpdate],
    ) -> None:
        """Update Helpdesk Locale Article Category.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternates",
        BOTH,
        deprecated=True,
    )
    def list_helpdesk_locale_article_alternates(
        self, website_id: str, locale: str, article_id: str
    ) -> list[ty.HelpdeskLocaleArticleAlternate]:
        """List Helpdesk Locale Article Alternates.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @head(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}",
        BOTH,
        deprecated=True,
    )
    def check_helpdesk_locale_article_alternate_exists(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> bool:
        """Check If Helpdesk Locale Article Alternate Exists.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}",
        BOTH,
        deprecated=True,
    )
    def resolve_helpdesk_locale_article_alternate(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> ty.HelpdeskLocaleArticleAlternate:
        """Resolve Helpdesk Locale Article Alternate.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @put(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}",
        BOTH,
        deprecated=True,
    )
    def save_helpdesk_locale_article_alternate(
        self,
        website_id: str,
        locale: str,
        article_id: str,
        locale_linked: str,
        data: Body[ty.HelpdeskLocaleArticleAlternateSave],
    ) -> None:
        """Save Helpdesk Locale Article Alternate.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @delete(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}",
        BOTH,
        deprecated=True,
    )
    def delete_helpdesk_locale_article_alternate(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> None:
        """Delete Helpdesk Locale Article Alternate.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/publish",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata",),
    )
    def publish_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.HelpdeskLocaleArticlePublish:
        """Publish Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/unpublish",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata",),
    )
    def unpublish_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> None:
        """Unpublish Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/categories/{page_number}",
        BOTH,
        key="category_id",
        replaced_by=("list_helpdesk_tree",),
    )
    def list_helpdesk_locale_categories(
        self,
        website_id: str,
        locale: str,
        page_number: int = 1,
        *,
        search_name: Query[str | None] = None,
    ) -> list[ty.HelpdeskLocaleCategoryResponse]:
        """List Helpdesk Locale Categories.

        Deprecated with the helpdesk of 2025: replaced by `list_helpdesk_tree`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/category",
        BOTH,
        replaced_by=("create_helpdesk_tree_path",),
    )
    def add_helpdesk_locale_category(
        self, website_id: str, locale: str, data: Body[ty.HelpdeskLocaleCategoryAdd]
    ) -> ty.HelpdeskLocaleArticleCategoryNew:
        """Add Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `create_helpdesk_tree_path`.
        """

    @head(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_path",),
    )
    def check_helpdesk_locale_category_exists(
        self, website_id: str, locale: str, category_id: str
    ) -> bool:
        """Check If Helpdesk Locale Category Exists.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_metadata", "resolve_helpdesk_tree_path"),
    )
    def resolve_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str
    ) -> ty.HelpdeskLocaleCategoryResponse:
        """Resolve Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_metadata` or `resolve_helpdesk_tree_path`.
        """

    @put(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata", "update_helpdesk_tree_path"),
    )
    def save_helpdesk_locale_category(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        data: Body[ty.HelpdeskLocaleCategory],
    ) -> None:
        """Save Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @patch(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata", "update_helpdesk_tree_path"),
    )
    def update_helpdesk_locale_category(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        data: Body[ty.HelpdeskLocaleCategory],
    ) -> None:
        """Update Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @delete(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}",
        BOTH,
        replaced_by=("delete_helpdesk_tree_path",),
    )
    def delete_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str
    ) -> None:
        """Delete Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `delete_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/sections/{page_number}",
        BOTH,
        key="section_id",
        replaced_by=("list_helpdesk_tree",),
    )
    def list_helpdesk_locale_sections(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        page_number: int = 1,
        *,
        search_name: Query[str | None] = None,
    ) -> list[ty.HelpdeskLocaleSectionResponse]:
        """List Helpdesk Locale Sections.

        Deprecated with the helpdesk of 2025: replaced by `list_helpdesk_tree`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section",
        BOTH,
        replaced_by=("create_helpdesk_tree_path",),
    )
    def add_helpdesk_locale_section(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        data: Body[ty.HelpdeskLocaleSectionAdd],
    ) -> ty.HelpdeskLocaleSectionNew:
        """Add Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `create_helpdesk_tree_path`.
        """

    @head(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_path",),
    )
    def check_helpdesk_locale_section_exists(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> bool:
        """Check If Helpdesk Locale Section Exists.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_metadata", "resolve_helpdesk_tree_path"),
    )
    def resolve_helpdesk_locale_section(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> ty.HelpdeskLocaleSectionResponse:
        """Resolve Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_metadata` or `resolve_helpdesk_tree_path`.
        """

    @put(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata", "update_helpdesk_tree_path"),
    )
    def save_helpdesk_locale_section(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        section_id: str,
        data: Body[ty.HelpdeskLocaleSection],
    ) -> None:
        """Save Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @patch(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}",
        BOTH,
        replaced_by=("update_helpdesk_tree_metadata", "update_helpdesk_tree_path"),
    )
    def update_helpdesk_locale_section(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        section_id: str,
        data: Body[ty.HelpdeskLocaleSection],
    ) -> None:
        """Update Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @delete(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}",
        BOTH,
        replaced_by=("delete_helpdesk_tree_path",),
    )
    def delete_helpdesk_locale_section(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> None:
        """Delete Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `delete_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/feedback/ratings",
        BOTH,
        replaced_by=("map_helpdesk_feedback_ratings",),
    )
    def map_helpdesk_locale_feedback_ratings(
        self,
        website_id: str,
        locale: str,
        *,
        filter_date_start: Query[ty.Date | None] = None,
        filter_date_end: Query[ty.Date | None] = None,
    ) -> ty.HelpdeskLocaleFeedbackRatings:
        """Map Helpdesk Locale Feedback Ratings.

        Deprecated with the helpdesk of 2025: replaced by
        `map_helpdesk_feedback_ratings`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/feedback/list/{page_number}",
        BOTH,
        replaced_by=("list_helpdesk_feedbacks",),
    )
    def list_helpdesk_locale_feedbacks(
        self,
        website_id: str,
        locale: str,
        page_number: int = 1,
        *,
        filter_date_start: Query[ty.Date | None] = None,
        filter_date_end: Query[ty.Date | None] = None,
    ) -> list[ty.HelpdeskLocaleFeedbackItem]:
        """List Helpdesk Locale Feedbacks.

        Deprecated with the helpdesk of 2025: replaced by
        `list_helpdesk_feedbacks`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/import",
        USER,
        replaced_by=("import_external_helpdesk",),
    )
    def import_external_helpdesk_to_locale(
        self, website_id: str, locale: str, data: Body[ty.HelpdeskLocaleExternalImport]
    ) -> None:
        """Import External Helpdesk To Locale.

        Deprecated with the helpdesk of 2025: replaced by
        `import_external_helpdesk`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/export",
        USER,
        replaced_by=("export_helpdesk",),
    )
    def export_helpdesk_locale_articles(self, website_id: str, locale: str) -> None:
        """Export Helpdesk Locale Articles.

        Deprecated with the helpdesk of 2025: replaced by `export_helpdesk`.
        """

    @get(
        "website/{website_id}/helpdesk/redirections/{page_number}",
        BOTH,
        key="redirection_id",
    )
    def list_helpdesk_redirections(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.HelpdeskRedirection]:
        """List Helpdesk Redirections."""

    @post("website/{website_id}/helpdesk/redirection", BOTH)
    def add_helpdesk_redirection(
        self, website_id: str, data: Body[ty.HelpdeskRedirectionAdd]
    ) -> ty.HelpdeskRedirectionNew:
        """Add Helpdesk Redirection."""

    @head("website/{website_id}/helpdesk/redirection/{redirection_id}", BOTH)
    def check_helpdesk_redirection_exists(
        self, website_id: str, redirection_id: str
    ) -> bool:
        """Check If Helpdesk Redirection Exists."""

    @get("website/{website_id}/helpdesk/redirection/{redirection_id}", BOTH)
    def resolve_helpdesk_redirection(
        self, website_id: str, redirection_id: str
    ) -> ty.HelpdeskRedirection:
        """Resolve Helpdesk Redirection."""

    @delete("website/{website_id}/helpdesk/redirection/{redirection_id}", BOTH)
    def delete_helpdesk_redirection(self, website_id: str, redirection_id: str) -> None:
        """Delete Helpdesk Redirection."""

    @get("website/{website_id}/helpdesk/settings", BOTH)
    def resolve_helpdesk_settings(self, website_id: str) -> ty.HelpdeskSettings:
        """Resolve Helpdesk Settings."""

    @patch("website/{website_id}/helpdesk/settings", BOTH)
    def save_helpdesk_settings(
        self, website_id: str, data: Body[ty.HelpdeskSettings]
    ) -> None:
        """Save Helpdesk Settings."""

    @get("website/{website_id}/helpdesk/domain", USER)
    def resolve_helpdesk_domain(self, website_id: str) -> ty.HelpdeskDomain:
        """Resolve Helpdesk Domain."""

    @patch("website/{website_id}/helpdesk/domain", USER)
    def request_helpdesk_domain_change(
        self, website_id: str, data: Body[ty.HelpdeskDomainChangeRequest]
    ) -> None:
        """Request Helpdesk Domain Change."""

    @get("website/{website_id}/helpdesk/domain/setup", USER)
    def generate_helpdesk_domain_setup_flow(
        self, website_id: str, *, custom: Query[str | None] = None
    ) -> ty.HelpdeskDomainSetupFlow:
        """Generate Helpdesk Domain Setup Flow."""

    @get(
        "website/{website_id}/helpdesk/page/list/{locale}/{content_type}/{page_number}",
        key="entity_id",
    )
    def list_helpdesk_pages(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        page_number: int = 1,
    ) -> list[ty.HelpdeskPage]:
        """List Helpdesk Pages."""

    @get(
        "website/{website_id}/helpdesk/page/entity/{locale}/{content_type}/{entity_id}"
    )
    def resolve_helpdesk_page_entity(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        entity_id: str,
    ) -> ty.HelpdeskPage:
        """Resolve Helpdesk Page Entity."""

    @get(
        "website/{website_id}/helpdesk/tree/list/{locale}/{content_type}/{page_number}"
    )
    def list_helpdesk_tree(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        page_number: int = 1,
        **filters: t.Unpack[ty.HelpdeskTreeFilters],
    ) -> list[ty.HelpdeskTreeEntry]:
        """List Helpdesk Tree."""

    @post("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def create_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> None:
        """Create Helpdesk Tree Path."""

    @get("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreeEntry:
        """Resolve Helpdesk Tree Path."""

    @patch("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def update_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.HelpdeskTreePathUpdate],
    ) -> None:
        """Update Helpdesk Tree Path."""

    @delete("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def delete_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> None:
        """Delete Helpdesk Tree Path."""

    @get("website/{website_id}/helpdesk/tree/content/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_content(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreeContent:
        """Resolve Helpdesk Tree Content."""

    @put("website/{website_id}/helpdesk/tree/content/{locale}/{content_type}/{path}")
    def save_helpdesk_tree_content(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.HelpdeskTreeContentSave],
    ) -> None:
        """Save Helpdesk Tree Content."""

    @get("website/{website_id}/helpdesk/tree/metadata/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_metadata(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreeMetadataResponse:
        """Resolve Helpdesk Tree Metadata."""

    @patch("website/{website_id}/helpdesk/tree/metadata/{locale}/{content_type}/{path}")
    def update_helpdesk_tree_metadata(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.HelpdeskTreeMetadata],
    ) -> None:
        """Update Helpdesk Tree Metadata."""

    @get("website/{website_id}/helpdesk/tree/page/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_page(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreePage:
        """Resolve Helpdesk Tree Page."""

    @get("website/{website_id}/helpdesk/history/changes/{page_number}", key="change_id")
    def list_helpdesk_history_changes(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        filter_locale: Query[str | None] = None,
        filter_type: Query[str | None] = None,
        filter_tree_path: Query[str | None] = None,
    ) -> list[ty.HelpdeskHistoryChange]:
        """List Helpdesk History Changes."""

    @get("website/{website_id}/helpdesk/history/change/{change_id}")
    def resolve_helpdesk_history_change(
        self, website_id: str, change_id: str
    ) -> ty.HelpdeskHistoryChange:
        """Resolve Helpdesk History Change."""

    @delete("website/{website_id}/helpdesk/history/change/{change_id}")
    def cancel_helpdesk_history_change(
        self,
        website_id: str,
        change_id: str,
        data: Body[ty.HelpdeskHistoryChangeCancel],
    ) -> None:
        """Cancel Helpdesk History Change."""

    @post("website/{website_id}/helpdesk/refresh/{locale}/{content_type}")
    def request_helpdesk_content_refresh(
        self, website_id: str, locale: str, content_type: ty.HelpdeskContentType
    ) -> None:
        """Request Helpdesk Content Refresh."""

    @get("website/{website_id}/helpdesk/feedback/ratings/{locale}/{content_type}")
    def map_helpdesk_feedback_ratings(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        *,
        filter_date_start: Query[ty.Date | None] = None,
        filter_date_end: Query[ty.Date | None] = None,
    ) -> ty.HelpdeskLocaleFeedbackRatings:
        """Map Helpdesk Locale Feedback Ratings."""

    @get(
        "website/{website_id}/helpdesk/feedback/list/{locale}/{content_type}/{page_number}"
    )
    def list_helpdesk_feedbacks(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        page_number: int = 1,
        *,
        filter_date_start: Query[ty.Date | None] = None,
        filter_date_end: Query[ty.Date | None] = None,
    ) -> list[ty.HelpdeskLocaleFeedbackItem]:
        """List Helpdesk Locale Feedbacks."""

    @post("website/{website_id}/helpdesk/import/{locale}/{content_type}")
    def import_external_helpdesk(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        data: Body[ty.HelpdeskLocaleExternalImport],
    ) -> None:
        """Import External Helpdesk To Locale."""

    @post("website/{website_id}/helpdesk/export/{locale}/{content_type}")
    def export_helpdesk(
        self, website_id: str, locale: str, content_type: ty.HelpdeskContentType
    ) -> None:
        """Export Helpdesk Locale Articles."""


class WebsiteCampaigns(Consumer[Mode]):
    """Website Campaigns."""

    @get("website/{website_id}/campaigns/list/{page_number}", USER, key="campaign_id")
    def list_campaigns(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.CampaignFilters],
    ) -> list[ty.WebsiteCampaignExcerpt]:
        """List Campaigns."""

    @get("website/{website_id}/campaigns/tags", USER)
    def list_campaign_tags(self, website_id: str) -> list[str]:
        """List Campaign Tags."""

    @get(
        "website/{website_id}/campaigns/templates/{page_number}",
        BOTH,
        key="template_id",
    )
    def list_campaign_templates(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        search_name: Query[str | None] = None,
        filter_type_static: Query[bool | None] = None,
        filter_type_custom: Query[bool | None] = None,
    ) -> list[ty.WebsiteCampaignTemplateExcerpt]:
        """List Campaign Templates."""

    @post("website/{website_id}/campaigns/template", BOTH)
    def create_new_campaign_template(
        self, website_id: str, data: Body[ty.WebsiteCampaignTemplateNewItem]
    ) -> ty.WebsiteCampaignTemplateNew:
        """Create A New Campaign Template."""

    @head("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def check_campaign_template_exists(self, website_id: str, template_id: str) -> bool:
        """Check If Campaign Template Exists."""

    @get("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def get_campaign_template(
        self, website_id: str, template_id: str
    ) -> ty.WebsiteCampaignTemplateItemResponse:
        """Get A Campaign Template."""

    @put("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def save_campaign_template(
        self,
        website_id: str,
        template_id: str,
        data: Body[ty.WebsiteCampaignTemplateItem],
    ) -> None:
        """Save A Campaign Template."""

    @patch("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def update_campaign_template(
        self,
        website_id: str,
        template_id: str,
        data: Body[ty.WebsiteCampaignTemplateItem],
    ) -> None:
        """Update A Campaign Template."""

    @delete("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def remove_campaign_template(self, website_id: str, template_id: str) -> None:
        """Remove A Campaign Template."""


class WebsiteCampaign(Consumer[Mode]):
    """Website Campaign."""

    @post("website/{website_id}/campaign", USER)
    def create_new_campaign(
        self, website_id: str, data: Body[ty.WebsiteCampaignNewItem]
    ) -> ty.WebsiteCampaignNew:
        """Create A New Campaign."""

    @head("website/{website_id}/campaign/{campaign_id}", USER)
    def check_campaign_exists(self, website_id: str, campaign_id: str) -> bool:
        """Check If Campaign Exists."""

    @get("website/{website_id}/campaign/{campaign_id}", USER)
    def get_campaign(
        self, website_id: str, campaign_id: str
    ) -> ty.WebsiteCampaignItemResponse:
        """Get A Campaign."""

    @put("website/{website_id}/campaign/{campaign_id}", USER)
    def save_campaign(
        self, website_id: str, campaign_id: str, data: Body[ty.WebsiteCampaignItem]
    ) -> None:
        """Save A Campaign."""

    @patch("website/{website_id}/campaign/{campaign_id}", USER)
    def update_campaign(
        self, website_id: str, campaign_id: str, data: Body[ty.WebsiteCampaignItem]
    ) -> None:
        """Update A Campaign."""

    @delete("website/{website_id}/campaign/{campaign_id}", USER)
    def remove_campaign(self, website_id: str, campaign_id: str) -> None:
        """Remove A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/dispatch", USER)
    def dispatch_campaign(self, website_id: str, campaign_id: str) -> None:
        """Dispatch A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/resume", USER)
    def resume_campaign(self, website_id: str, campaign_id: str) -> None:
        """Resume A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/pause", USER)
    def pause_campaign(self, website_id: str, campaign_id: str) -> None:
        """Pause A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/test", USER)
    def test_campaign(self, website_id: str, campaign_id: str) -> None:
        """Test A Campaign."""

    @get(
        "website/{website_id}/campaign/{campaign_id}/recipients/{page_number}",
        USER,
        key="people_id",
    )
    def list_campaign_recipients(
        self, website_id: str, campaign_id: str, page_number: int = 1
    ) -> list[ty.WebsiteCampaignRecipient]:
        """List Campaign Recipients."""

    @get(
        "website/{website_id}/campaign/{campaign_id}/statistics/{type}/{page_number}",
        USER,
    )
    def list_campaign_statistics(
        self,
        website_id: str,
        campaign_id: str,
        type: str,
        page_number: int = 1,
        *,
        per_page: Query[int | None] = None,
    ) -> list[ty.WebsiteCampaignStatistic]:
        """List Campaign Statistics."""


class WebsiteAnalytics(Consumer[Mode]):
    """Website Analytics."""

    @post("website/{website_id}/analytics/generate", USER)
    def generate_analytics(
        self, website_id: str, data: Body[ty.AnalyticsGenerateQuery]
    ) -> list[ty.WebsiteAnalyticsGeneratePoint]:
        """Generate Analytics."""


class WebsiteBatch(Consumer[Mode]):
    """Website Batch."""

    @patch("website/{website_id}/batch/resolve", USER)
    def batch_resolve_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Resolve Items."""

    batch_resolve_conversations = batch_resolve_items

    @patch("website/{website_id}/batch/unresolve")
    def batch_unresolve_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Unresolve Items."""

    batch_unresolve_conversations = batch_unresolve_items

    @patch("website/{website_id}/batch/read", USER)
    def batch_read_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Read Items."""

    batch_read_conversations = batch_read_items

    @patch("website/{website_id}/batch/unread")
    def batch_unread_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Unread Items."""

    batch_unread_conversations = batch_unread_items

    @post("website/{website_id}/batch/report")
    def batch_report_items(
        self, website_id: str, data: Body[ty.WebsiteBatchReportOperation]
    ) -> None:
        """Batch Report Items."""

    batch_report_conversations = batch_report_items

    @patch("website/{website_id}/batch/block")
    def batch_block_items(
        self, website_id: str, data: Body[ty.WebsiteBatchBlockOperation]
    ) -> None:
        """Batch Block Items."""

    batch_block_conversations = batch_block_items

    @patch("website/{website_id}/batch/routing")
    def batch_routing_items(
        self, website_id: str, data: Body[ty.WebsiteBatchRoutingOperation]
    ) -> None:
        """Batch Routing Items."""

    batch_routing_conversations = batch_routing_items

    @patch("website/{website_id}/batch/inbox")
    def batch_inbox_items(
        self, website_id: str, data: Body[ty.WebsiteBatchInboxOperation]
    ) -> None:
        """Batch Inbox Items."""

    batch_inbox_conversations = batch_inbox_items

    @patch("website/{website_id}/batch/segments")
    def batch_segments_items(
        self, website_id: str, data: Body[ty.WebsiteBatchSegmentsOperation]
    ) -> None:
        """Batch Segments Items."""

    batch_update_conversations_segments = batch_segments_items

    batch_update_people_segments = batch_segments_items

    @patch("website/{website_id}/batch/data")
    def batch_data_items(
        self, website_id: str, data: Body[ty.WebsiteBatchDataOperation]
    ) -> None:
        """Batch Data Items."""

    batch_update_conversations_data = batch_data_items

    batch_update_people_data = batch_data_items

    @patch("website/{website_id}/batch/remove", USER)
    def batch_remove_items(
        self, website_id: str, data: Body[ty.WebsiteBatchRemoveOperation]
    ) -> None:
        """Batch Remove Items."""

    batch_remove_conversations = batch_remove_items

    batch_remove_people = batch_remove_items


class WebsiteInbox(Consumer[Mode]):
    """Website Inbox."""

    @get("website/{website_id}/inboxes/list/{page_number}", BOTH, key="inbox_id")
    def list_inboxes(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.WebsiteInbox]:
        """List Website Inboxes."""

    @patch("website/{website_id}/inboxes/batch/order", USER)
    def batch_order_inboxes(
        self,
        website_id: str,
        data: Body[ty.WebsiteInboxOrders | list[ty.WebsiteInboxOrder]],
    ) -> None:
        """Batch Order Website Inboxes."""

    @post("website/{website_id}/inbox", USER)
    def create_new_inbox(
        self, website_id: str, data: Body[ty.WebsiteInboxItem]
    ) -> ty.WebsiteInboxNew:
        """Create A New Website Inbox."""

    @head("website/{website_id}/inbox/{inbox_id}", BOTH)
    def check_inbox_exists(self, website_id: str, inbox_id: str) -> bool:
        """Check If Website Inbox Exists."""

    @get("website/{website_id}/inbox/{inbox_id}", BOTH)
    def get_inbox(self, website_id: str, inbox_id: str) -> ty.WebsiteInbox:
        """Get Website Inbox."""

    @put("website/{website_id}/inbox/{inbox_id}", USER)
    def save_inbox(
        self, website_id: str, inbox_id: str, data: Body[ty.WebsiteInboxItem]
    ) -> None:
        """Save Website Inbox."""

    @delete("website/{website_id}/inbox/{inbox_id}", USER)
    def delete_inbox(self, website_id: str, inbox_id: str) -> None:
        """Delete Website Inbox."""


class WebsiteTeams(Consumer[Mode]):
    """Website Teams."""

    @get("website/{website_id}/teams/list/{page_number}", key="team_id")
    def list_teams(self, website_id: str, page_number: int = 1) -> list[ty.WebsiteTeam]:
        """List Teams."""

    @post("website/{website_id}/team")
    def create_new_team(
        self, website_id: str, data: Body[ty.WebsiteTeamItem]
    ) -> ty.WebsiteTeamNew:
        """Create A New Team."""

    @head("website/{website_id}/team/{team_id}")
    def check_team_exists(self, website_id: str, team_id: str) -> bool:
        """Check If Team Exists."""

    @get("website/{website_id}/team/{team_id}")
    def get_team(self, website_id: str, team_id: str) -> ty.WebsiteTeam:
        """Get A Team."""

    @put("website/{website_id}/team/{team_id}")
    def save_team(
        self, website_id: str, team_id: str, data: Body[ty.WebsiteTeamItem]
    ) -> None:
        """Save A Team."""

    @delete("website/{website_id}/team/{team_id}")
    def delete_team(self, website_id: str, team_id: str) -> None:
        """Remove A Team."""


class WebsiteSettings(Consumer[Mode]):
    """Website Settings."""

    @get("website/{website_id}/settings", BOTH)
    def get_website_settings(self, website_id: str) -> ty.WebsiteSettings:
        """Get Website Settings."""

    @patch("website/{website_id}/settings", BOTH)
    def update_website_settings(
        self, website_id: str, data: Body[ty.WebsiteSettingsUpdate]
    ) -> None:
        """Update Website Settings."""


class WebsiteVerify(Consumer[Mode]):
    """Website Verify."""

    @get("website/{website_id}/verify/settings", BOTH)
    def get_verify_settings(self, website_id: str) -> ty.WebsiteVerifySettings:
        """Get Verify Settings."""

    @patch("website/{website_id}/verify/settings", BOTH)
    def update_verify_settings(
        self, website_id: str, data: Body[ty.WebsiteVerifySettingsUpdate]
    ) -> None:
        """Update Verify Settings."""

    @get("website/{website_id}/verify/key", BOTH)
    def get_verify_key(self, website_id: str) -> ty.WebsiteVerifyKey:
        """Get Verify Key."""

    @post("website/{website_id}/verify/key", BOTH)
    def roll_verify_key(self, website_id: str) -> None:
        """Roll Verify Key."""


class WebsiteConnect(Consumer[Mode]):
    """Website Connect."""

    @get("website/{website_id}/connect/endpoints")
    def get_connect_endpoints(self, website_id: str) -> ty.WebsiteConnectEndpoints:
        """Get Website Connect Endpoints."""


class Website(
    WebsiteBase[Mode],
    WebsiteConversations[Mode],
    WebsiteConversation[Mode],
    WebsitePeople[Mode],
    WebsiteVisitors[Mode],
    WebsiteAvailability[Mode],
    WebsiteOperators[Mode],
    WebsiteOperator[Mode],
    WebsiteHelpdesk[Mode],
    WebsiteCampaigns[Mode],
    WebsiteCampaign[Mode],
    WebsiteAnalytics[Mode],
    WebsiteBatch[Mode],
    WebsiteInbox[Mode],
    WebsiteTeams[Mode],
    WebsiteSettings[Mode],
    WebsiteVerify[Mode],
    WebsiteConnect[Mode],
):
    """All endpoints of the website service."""

    _service = "website"


# --- plugin ---------------------------------------------------------------


class PluginSubscription(Consumer[Mode]):
    """Plugin Subscription."""

    @get("plugins/subscription", USER)
    def list_all_active_subscriptions(self) -> list[ty.PluginSubscription]:
        """List All Active Subscriptions."""

    @get("plugins/subscription/{website_id}", USER)
    def list_subscriptions_website(
        self, website_id: str
    ) -> list[ty.PluginSubscription]:
        """List Subscriptions For A Website."""

    list_subscriptions_for_website = list_subscriptions_website

    @get("plugins/subscription/{website_id}/{plugin_id}", BOTH)
    def get_subscription_details(
        self, website_id: str, plugin_id: str
    ) -> ty.PluginSubscription:
        """Get Subscription Details."""

    @post("plugins/subscription/{website_id}", USER)
    def subscribe_plugin_to_website(
        self, website_id: str, data: Body[ty.PluginSubscriptionCreate | None] = None
    ) -> None:
        """Subscribe Website To Plugin.

        Needs ``{"plugin_id": "..."}``; the original client sent nothing.
        """

    subscribe_website_to_plugin = subscribe_plugin_to_website

    @delete("plugins/subscription/{website_id}/{plugin_id}", USER)
    def unsubscribe_plugin_from_website(self, website_id: str, plugin_id: str) -> None:
        """Unsubscribe Plugin From Website."""

    @get("plugins/subscription/{website_id}/{plugin_id}/settings", BOTH)
    def get_subscription_settings(
        self, website_id: str, plugin_id: str
    ) -> ty.PluginSubscriptionSettings:
        """Get Subscription Settings."""

    @put("plugins/subscription/{website_id}/{plugin_id}/settings", BOTH)
    def save_subscription_settings(
        self, website_id: str, plugin_id: str, settings: Body[ty.PluginSettings]
    ) -> None:
        """Save Subscription Settings."""

    @patch("plugins/subscription/{website_id}/{plugin_id}/settings", BOTH)
    def update_subscription_settings(
        self, website_id: str, plugin_id: str, settings: Body[ty.PluginSettings]
    ) -> None:
        """Update Subscription Settings."""

    @get("plugins/subscription/{website_id}/{plugin_id}/bill/usage", BOTH)
    def get_plugin_usage_bills(
        self, website_id: str, plugin_id: str
    ) -> list[ty.PluginBillUsage]:
        """Get Plugin Usage Bills."""

    @post("plugins/subscription/{website_id}/{plugin_id}/bill/usage", PLUGIN)
    def report_plugin_usage_to_bill(
        self,
        website_id: str,
        plugin_id: str,
        data: Body[ty.PluginSubscriptionBillUsageReport],
    ) -> None:
        """Report Plugin Usage To Bill."""

    @get("plugins/subscription/{website_id}/{plugin_id}/attest/provenance", BOTH)
    def get_plugin_attest_provenance(
        self, website_id: str, plugin_id: str
    ) -> ty.PluginAttestProvenance:
        """Get Plugin Attest Provenance."""

    @post("plugins/subscription/{website_id}/{plugin_id}/channel", BOTH)
    def forward_plugin_payload_to_channel(
        self,
        website_id: str,
        plugin_id: str,
        data: Body[ty.PluginSubscriptionChannelForward],
    ) -> None:
        """Forward Plugin Payload To Channel."""

    @post("plugins/subscription/{website_id}/{plugin_id}/event", BOTH)
    def dispatch_plugin_event(
        self,
        website_id: str,
        plugin_id: str,
        data: Body[ty.PluginSubscriptionEventDispatch],
    ) -> None:
        """Dispatch Plugin Event."""


class PluginConnectAccount(Consumer[Mode]):
    """Plugin Connect Account."""

    @get("plugin/connect/account", PLUGIN)
    def get_connect_account(self) -> ty.PluginConnectAccount:
        """Get Connect Account."""


class PluginConnectSession(Consumer[Mode]):
    """Plugin Connect Session."""

    @head("plugin/connect/session", PLUGIN)
    def check_connect_session_validity(self) -> bool:
        """Check Connect Session Validity."""


class PluginConnectWebsites(Consumer[Mode]):
    """Plugin Connect Websites."""

    @get("plugin/connect/websites/all/{page_number}", PLUGIN, key="website_id")
    def list_all_connect_websites(
        self,
        page_number: int = 1,
        filter_configured: Query[bool | None] = None,
        *,
        include_plan: Query[bool | None] = None,
    ) -> list[ty.PluginConnectWebsite]:
        """List All Connect Websites."""

    @get("plugin/connect/websites/since", PLUGIN)
    def list_connect_websites_since(
        self,
        date_since: Query[ty.Date],
        filter_configured: Query[bool | None] = None,
        *,
        include_plan: Query[bool | None] = None,
    ) -> list[ty.PluginConnectWebsite]:
        """List Connect Websites Since."""


class PluginConnectEndpoints(Consumer[Mode]):
    """Plugin Connect Endpoints."""

    @get("plugin/connect/endpoints", PLUGIN)
    def get_connect_endpoints(self) -> ty.PluginConnectEndpoints:
        """Get Connect Endpoints."""


class Plugin(
    PluginSubscription[Mode],
    PluginConnectAccount[Mode],
    PluginConnectSession[Mode],
    PluginConnectWebsites[Mode],
    PluginConnectEndpoints[Mode],
):
    """All endpoints of the plugin service."""

    _service = "plugin"


# --- plan -----------------------------------------------------------------


class PlanSubscription(Consumer[Mode]):
    """Plan Subscription."""

    @get("plans/subscription", USER)
    def list_all_active_subscriptions(self) -> list[ty.PlanSubscription]:
        """List All Active Plan Subscriptions."""

    @get("plans/subscription/{website_id}", BOTH)
    def get_plan_subscription_for_website(self, website_id: str) -> ty.PlanSubscription:
        """Get Plan Subscription For A Website."""

    @post("plans/subscription/{website_id}", USER)
    def subscribe_website_to_plan(
        self, website_id: str, data: Body[ty.PlanSubscriptionCreate]
    ) -> None:
        """Subscribe Website To Plan."""

    @delete("plans/subscription/{website_id}", USER)
    def unsubscribe_plan_from_website(self, website_id: str) -> None:
        """Unsubscribe Plan From Website."""

    @patch("plans/subscription/{website_id}/bill/period", USER)
    def change_bill_period_for_website_plan_subscription(
        self, website_id: str, data: Body[ty.PlanSubscriptionBillPeriodUpdate]
    ) -> None:
        """Change Bill Period For Website Plan Subscription."""

    @get("plans/subscription/{website_id}/coupon", USER)
    def check_coupon_availability_for_website_plan_subscription(
        self, website_id: str, code: Query[str]
    ) -> ty.PlanSubscriptionCoupon:
        """Check Coupon Availability For Website Plan Subscription."""

    @patch("plans/subscription/{website_id}/coupon", USER)
    def redeem_coupon_for_website_plan_subscription(
        self, website_id: str, data: Body[ty.PlanSubscriptionCouponRedeem]
    ) -> None:
        """Redeem Coupon For Website Plan Subscription."""


class Plan(PlanSubscription[Mode]):
    """All endpoints of the plan service."""

    _service = "plan"


# --- bucket ---------------------------------------------------------------


class BucketURL(Consumer[Mode]):
    """Bucket URL."""

    @post("bucket/url/generate", BOTH)
    def generate_bucket_url(self, data: Body[ty.BucketURLRequest]) -> None:
        """Generate Bucket URL.

        The address comes as the event ``bucket:url:{namespace}:generated``, not
        here.
        """


class Bucket(BucketURL[Mode]):
    """All endpoints of the bucket service."""

    _service = "bucket"


# --- media ----------------------------------------------------------------


class MediaAnimation(Consumer[Mode]):
    """Media Animation."""

    @get("media/animation/list/{page_number}", USER)
    def list_animation_medias(
        self,
        page_number: int,
        list_id: Query[int | str],
        *,
        per_page: Query[int | None] = None,
        search_query: Query[str | ty.OpenObject | None] = None,
    ) -> None:
        """List Animation Medias.

        The list comes as the event ``media:animation:listed``, not here.
        """


class Media(MediaAnimation[Mode]):
    """All endpoints of the media service."""

    _service = "media"


SERVICES: t.Final[dict[str, type[Consumer]]] = {
    "website": Website,
    "plugin": Plugin,
    "plan": Plan,
    "bucket": Bucket,
    "media": Media,
}


# --- by hand ---------------------------------------------------------------


class Routes(Consumer[Mode]):
    """Any route, by hand: those that the table does not have."""

    @get("{resource}")
    def get(
        self, resource: Resource, query: QueryMap[ty.Payload | None] = None
    ) -> ty.OpenValue:
        """Read a route, as in ``client.get("/website/{website_id}")``."""

    @head("{resource}")
    def head(
        self, resource: Resource, query: QueryMap[ty.Payload | None] = None
    ) -> bool:
        """Ask whether a route is there."""

    @post("{resource}")
    def post(
        self,
        resource: Resource,
        data: Body[ty.Payload | list[ty.OpenValue] | None] = None,
    ) -> ty.OpenValue:
        """Send a JSON object to a route."""

    @patch("{resource}")
    def patch(
        self,
        resource: Resource,
        data: Body[ty.Payload | list[ty.OpenValue] | None] = None,
    ) -> ty.OpenValue:
        """Change a route by a JSON object."""

    @put("{resource}")
    def put(
        self,
        resource: Resource,
        data: Body[ty.Payload | list[ty.OpenValue] | None] = None,
    ) -> ty.OpenValue:
        """Replace a route by a JSON object."""

    @delete("{resource}")
    def remove(
        self,
        resource: Resource,
        data: Body[ty.Payload | list[ty.OpenValue] | None] = None,
    ) -> ty.OpenValue:
        """Remove what is at a route."""


if __name__ == "__main__":
    from crisp_api.table import main

    main()
