# mypy: disable-error-code="empty-body"
# pyright: reportReturnType=false
"""The table: every operation of the Crisp REST API, one declared method each.

The first line of a docstring is the operation's label in the REST reference;
in lower case, with hyphens, it is the anchor there:
https://docs.crisp.chat/references/rest-api/v1/#get-a-website

Page numbers start at 1, and a list ends with an empty page. Timestamps are
milliseconds since 1970. A check answers True or False.
"""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.declare import (
    Body,
    Consumer,
    Face,
    Query,
    QueryMap,
    Resource,
    Segments,
    delete,
    get,
    head,
    patch,
    post,
    put,
)

__all__ = ["Bucket", "Media", "Plan", "Plugin", "Routes", "Website"]


# --- website --------------------------------------------------------------


class WebsiteBase(Consumer[Face]):
    """Website Base."""

    @head("website")
    def check_website_exists(self, domain: Query[str]) -> bool:
        """Check If Website Exists."""

    @post("website")
    def create_website(self, data: Body[ty.Payload]) -> ty.Answer:
        """Create Website."""

    @get("website/{website_id}")
    def get_website(self, website_id: str) -> ty.Answer:
        """Get A Website."""

    @delete("website/{website_id}")
    def delete_website(
        self, website_id: str, data: Body[ty.Payload | None] = None
    ) -> None:
        """Delete A Website.

        Needs ``{"verify": {...}}``; the original client sent nothing.
        """

    @delete("website/{website_id}/expunge")
    def abort_website_deletion(self, website_id: str) -> None:
        """Abort Website Deletion."""


class WebsiteConversations(Consumer[Face]):
    """Website Conversations."""

    @get("website/{website_id}/conversations/{page_number}")
    def list_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.ConversationFilters],
    ) -> list[ty.Answer]:
        """List Conversations."""

    @get("website/{website_id}/conversations/{page_number}")
    def search_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        search_query: Query[ty.SearchFilter] = "",
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
    ) -> list[ty.Answer]:
        """List Conversations, with the filters of the original client by place."""

    @get("website/{website_id}/conversations/suggest/segments/{page_number}")
    def list_suggested_conversation_segments(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Suggested Conversation Segments."""

    @delete("website/{website_id}/conversations/suggest/segment")
    def delete_suggested_conversation_segment(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Delete Suggested Conversation Segment."""

    @get("website/{website_id}/conversations/suggest/data/{page_number}")
    def list_suggested_conversation_data_keys(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Suggested Conversation Data Keys."""

    @delete("website/{website_id}/conversations/suggest/data")
    def delete_suggested_conversation_data_key(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Delete Suggested Conversation Data Key."""

    @get("website/{website_id}/conversations/spams/{page_number}")
    def list_spam_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        filter_type: Query[str | None] = None,
    ) -> list[ty.Answer]:
        """List Spam Conversations."""

    @get("website/{website_id}/conversations/spam/{spam_id}/content")
    def resolve_spam_conversation_content(
        self, website_id: str, spam_id: str
    ) -> ty.Answer:
        """Resolve Spam Conversation Content."""

    @post("website/{website_id}/conversations/spam/{spam_id}/decision")
    def submit_spam_conversation_decision(
        self, website_id: str, spam_id: str, data: Body[ty.Payload]
    ) -> None:
        """Submit Spam Conversation Decision."""


class WebsiteConversation(Consumer[Face]):
    """Website Conversation."""

    @post("website/{website_id}/conversation")
    def create_new_conversation(
        self, website_id: str, data: Body[ty.Payload | None] = None
    ) -> ty.Answer:
        """Create A New Conversation.

        The conversation stays out of lists until the visitor has said
        something.
        """

    @head("website/{website_id}/conversation/{session_id}")
    def check_conversation_exists(self, website_id: str, session_id: str) -> bool:
        """Check If Conversation Exists."""

    @get("website/{website_id}/conversation/{session_id}")
    def get_conversation(self, website_id: str, session_id: str) -> ty.Answer:
        """Get A Conversation."""

    @delete("website/{website_id}/conversation/{session_id}")
    def remove_conversation(self, website_id: str, session_id: str) -> None:
        """Remove A Conversation."""

    @post("website/{website_id}/conversation/{session_id}/initiate")
    def initiate_conversation_with_existing_session(
        self, website_id: str, session_id: str
    ) -> None:
        """Initiate A Conversation With Existing Session."""

    @get("website/{website_id}/conversation/{session_id}/messages")
    def get_messages_in_conversation(
        self,
        website_id: str,
        session_id: str,
        query: QueryMap[ty.MessagesQuery | None] = None,
        *,
        timestamp_before: Query[int | None] = None,
        timestamp_after: Query[int | None] = None,
        timestamp_around: Query[int | None] = None,
    ) -> list[ty.Answer]:
        """Get Messages In Conversation.

        Ascending; the timestamps are milliseconds, one of them at a time.
        """

    @post("website/{website_id}/conversation/{session_id}/message")
    def send_message_in_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Send A Message In Conversation."""

    @get("website/{website_id}/conversation/{session_id}/message/{fingerprint}")
    def get_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int
    ) -> ty.Answer:
        """Get A Message In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/message/{fingerprint}")
    def update_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int, data: Body[ty.Payload]
    ) -> None:
        """Update A Message In Conversation."""

    @delete("website/{website_id}/conversation/{session_id}/message/{fingerprint}")
    def remove_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int
    ) -> None:
        """Remove A Message In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/compose")
    def compose_message_in_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Compose A Message In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/read")
    def mark_messages_read_in_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload | None] = None
    ) -> None:
        """Mark Messages As Read In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/unread")
    def mark_conversation_as_unread(
        self, website_id: str, session_id: str, data: Body[ty.Payload | None] = None
    ) -> None:
        """Mark Conversation As Unread."""

    @patch("website/{website_id}/conversation/{session_id}/delivered")
    def mark_messages_delivered_in_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload | None] = None
    ) -> None:
        """Mark Messages As Delivered In Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/open")
    def update_conversation_open_state(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Conversation Open State."""

    @get("website/{website_id}/conversation/{session_id}/routing")
    def get_conversation_routing_assign(
        self, website_id: str, session_id: str
    ) -> ty.Answer:
        """Get Conversation Routing Assign."""

    @patch("website/{website_id}/conversation/{session_id}/routing")
    def assign_conversation_routing(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Assign Conversation Routing."""

    @patch("website/{website_id}/conversation/{session_id}/inbox")
    def update_conversation_inbox(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Conversation Inbox."""

    @get("website/{website_id}/conversation/{session_id}/meta")
    def get_conversation_metas(self, website_id: str, session_id: str) -> ty.Answer:
        """Get Conversation Metas."""

    @patch("website/{website_id}/conversation/{session_id}/meta")
    def update_conversation_metas(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Conversation Metas."""

    @get("website/{website_id}/conversation/{session_id}/original/{original_id}")
    def get_original_message_in_conversation(
        self, website_id: str, session_id: str, original_id: str
    ) -> ty.Answer:
        """Get An Original Message In Conversation."""

    @get("website/{website_id}/conversation/{session_id}/pages/{page_number}")
    def list_conversation_pages(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Conversation Pages."""

    @get("website/{website_id}/conversation/{session_id}/events/{page_number}")
    def list_conversation_events(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Conversation Events."""

    @get("website/{website_id}/conversation/{session_id}/files/{page_number}")
    def list_conversation_files(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Conversation Files."""

    @get("website/{website_id}/conversation/{session_id}/state")
    def get_conversation_state(self, website_id: str, session_id: str) -> ty.Answer:
        """Get Conversation State."""

    @patch("website/{website_id}/conversation/{session_id}/state")
    def change_conversation_state(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Change Conversation State."""

    @get("website/{website_id}/conversation/{session_id}/relations")
    def get_conversation_relations(self, website_id: str, session_id: str) -> ty.Answer:
        """Get Conversation Relations."""

    @get("website/{website_id}/conversation/{session_id}/participants")
    def get_conversation_participants(
        self, website_id: str, session_id: str
    ) -> ty.Answer:
        """Get Conversation Participants."""

    @put("website/{website_id}/conversation/{session_id}/participants")
    def save_conversation_participants(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save Conversation Participants."""

    @get("website/{website_id}/conversation/{session_id}/block")
    def get_block_status_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.Answer:
        """Get Block Status For Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/block")
    def block_incoming_messages_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Block Incoming Messages For Conversation."""

    @get("website/{website_id}/conversation/{session_id}/verify")
    def get_verify_status_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.Answer:
        """Get Verify Status For Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/verify")
    def update_verify_status_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Verify Status For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/verify/identity")
    def request_identity_verification_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Request Identity Verification For Conversation."""

    @put("website/{website_id}/conversation/{session_id}/verify/identity/link")
    def redeem_identity_verification_link_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Redeem Identity Verification Link For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/transcript")
    def request_email_transcript_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Request Email Transcript For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/purge")
    def request_chatbox_binding_purge_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Request Chatbox Binding Purge For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/feedback")
    def request_user_feedback_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Request User Feedback For Conversation."""

    @get("website/{website_id}/conversation/{session_id}/browsing")
    def list_browsing_sessions_for_conversation(
        self, website_id: str, session_id: str
    ) -> list[ty.Answer]:
        """List Browsing Sessions For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/browsing")
    def initiate_browsing_session_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Initiate Browsing Session For Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/browsing/{browsing_id}")
    def send_action_to_existing_browsing_session(
        self, website_id: str, session_id: str, browsing_id: str, data: Body[ty.Payload]
    ) -> None:
        """Send Action To An Existing Browsing Session."""

    @patch(
        "website/{website_id}/conversation/{session_id}/browsing/{browsing_id}/assist"
    )
    def assist_existing_browsing_session(
        self, website_id: str, session_id: str, browsing_id: str, data: Body[ty.Payload]
    ) -> None:
        """Assist An Existing Browsing Session."""

    @post("website/{website_id}/conversation/{session_id}/call")
    def initiate_new_call_session_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Initiate New Call Session For Conversation."""

    @get("website/{website_id}/conversation/{session_id}/call")
    def get_ongoing_call_session_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.Answer:
        """Get Ongoing Call Session For Conversation."""

    @delete("website/{website_id}/conversation/{session_id}/call/{call_id}")
    def abort_ongoing_call_session_for_conversation(
        self,
        website_id: str,
        session_id: str,
        call_id: str,
        data: Body[ty.Payload | None] = None,
    ) -> None:
        """Abort Ongoing Call Session For Conversation."""

    @patch("website/{website_id}/conversation/{session_id}/call/{call_id}/signaling")
    def transmit_signaling_on_ongoing_call_session(
        self, website_id: str, session_id: str, call_id: str, data: Body[ty.Payload]
    ) -> None:
        """Transmit Signaling On Ongoing Call Session."""

    @post("website/{website_id}/conversation/{session_id}/tool")
    def request_tool_call_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Request Tool Call For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/widget/{plugin_id}/button")
    def deliver_widget_button_action_for_conversation(
        self, website_id: str, session_id: str, plugin_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Deliver Widget Button Action For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/widget/{plugin_id}/data")
    def deliver_widget_data_action_for_conversation(
        self, website_id: str, session_id: str, plugin_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Deliver Widget Data Action For Conversation."""

    deliver_widget_data_fetch_action_for_conversation = (
        deliver_widget_data_action_for_conversation
    )

    deliver_widget_data_edit_action_for_conversation = (
        deliver_widget_data_action_for_conversation
    )

    @post("website/{website_id}/conversation/{session_id}/reminder")
    def schedule_reminder_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Schedule A Reminder For Conversation."""

    @post("website/{website_id}/conversation/{session_id}/report")
    def report_conversation(
        self, website_id: str, session_id: str, data: Body[ty.Payload]
    ) -> None:
        """Report Conversation."""


class WebsitePeople(Consumer[Face]):
    """Website People."""

    @get("website/{website_id}/people/stats")
    def get_people_statistics(self, website_id: str) -> ty.Answer:
        """Get People Statistics."""

    @get("website/{website_id}/people/suggest/segments/{page_number}")
    def list_people_segments(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Suggested People Segments."""

    list_suggested_people_segments = list_people_segments

    @delete("website/{website_id}/people/suggest/segment")
    def delete_suggested_people_segment(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Delete Suggested People Segment."""

    @get("website/{website_id}/people/suggest/data/{page_number}")
    def list_suggested_people_data_keys(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Suggested People Data Keys."""

    @delete("website/{website_id}/people/suggest/data")
    def delete_suggested_people_data_key(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Delete Suggested People Data Key."""

    @get("website/{website_id}/people/suggest/events/{page_number}")
    def list_suggested_people_events(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Suggested People Events."""

    @delete("website/{website_id}/people/suggest/event")
    def delete_suggested_people_event(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Delete Suggested People Event."""

    @get("website/{website_id}/people/profiles/{page_number}")
    def list_people_profiles(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.PeopleProfileFilters],
    ) -> list[ty.Answer]:
        """List People Profiles."""

    @get("website/{website_id}/people/profiles/{page_number}")
    def search_people_profiles(
        self, website_id: str, page_number: int, search_filter: Query[ty.SearchFilter]
    ) -> list[ty.Answer]:
        """List People Profiles, narrowed by a search filter alone."""

    @post("website/{website_id}/people/profile")
    def add_new_people_profile(
        self, website_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Add New People Profile.

        Raises `ConflictError`, ``people_exists``, where the e-mail address is
        known.
        """

    @head("website/{website_id}/people/profile/{people_id}")
    def check_people_profile_exists(self, website_id: str, people_id: str) -> bool:
        """Check If People Profile Exists.

        An e-mail address may stand for the identifier.
        """

    @get("website/{website_id}/people/profile/{people_id}")
    def get_people_profile(self, website_id: str, people_id: str) -> ty.Answer:
        """Get People Profile.

        An e-mail address may stand for the identifier.
        """

    @put("website/{website_id}/people/profile/{people_id}")
    def save_people_profile(
        self, website_id: str, people_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save People Profile.

        An e-mail address may stand for the identifier.
        """

    @patch("website/{website_id}/people/profile/{people_id}")
    def update_people_profile(
        self, website_id: str, people_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update People Profile.

        An e-mail address may stand for the identifier.
        """

    @delete("website/{website_id}/people/profile/{people_id}")
    def remove_people_profile(self, website_id: str, people_id: str) -> None:
        """Remove People Profile.

        An e-mail address may stand for the identifier.
        """

    @get("website/{website_id}/people/conversations/{people_id}/list/{page_number}")
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

    @get("website/{website_id}/people/campaigns/{people_id}/list/{page_number}")
    def list_people_campaigns(
        self, website_id: str, people_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List People Campaigns."""

    @post("website/{website_id}/people/events/{people_id}")
    def add_people_event(
        self, website_id: str, people_id: str, data: Body[ty.Payload]
    ) -> None:
        """Add A People Event."""

    @get("website/{website_id}/people/events/{people_id}/list/{page_number}")
    def list_people_events(
        self, website_id: str, people_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List People Events."""

    @get("website/{website_id}/people/data/{people_id}")
    def get_people_data(self, website_id: str, people_id: str) -> ty.Answer:
        """Get People Data."""

    @put("website/{website_id}/people/data/{people_id}")
    def save_people_data(
        self, website_id: str, people_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save People Data."""

    @patch("website/{website_id}/people/data/{people_id}")
    def update_people_data(
        self, website_id: str, people_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update People Data."""

    @get("website/{website_id}/people/subscription/{people_id}")
    def get_people_subscription_status(
        self, website_id: str, people_id: str
    ) -> ty.Answer:
        """Get People Subscription Status."""

    @patch("website/{website_id}/people/subscription/{people_id}")
    def update_people_subscription_status(
        self, website_id: str, people_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update People Subscription Status."""

    @post("website/{website_id}/people/export/profiles")
    def export_people_profiles(self, website_id: str) -> None:
        """Export People Profiles."""

    @post("website/{website_id}/people/import/profiles")
    def import_people_profiles(
        self, website_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Import People Profiles."""


class WebsiteVisitors(Consumer[Face]):
    """Website Visitors."""

    @get("website/{website_id}/visitors/count")
    def count_visitors(self, website_id: str) -> ty.Answer:
        """Count Visitors."""

    @get("website/{website_id}/visitors/list/{page_number}")
    def list_visitors(self, website_id: str, page_number: int = 1) -> list[ty.Answer]:
        """List Visitors."""

    @get("website/{website_id}/visitors/map")
    def pinpoint_visitors_on_map(
        self,
        website_id: str,
        *,
        center_latitude: Query[float | None] = None,
        center_longitude: Query[float | None] = None,
        center_radius: Query[float | None] = None,
    ) -> list[ty.Answer]:
        """Pinpoint Visitors On A Map."""

    @get("website/{website_id}/visitors/token/{token_id}")
    def get_session_identifier_from_token(
        self, website_id: str, token_id: str
    ) -> ty.Answer:
        """Get Session Identifier From Token."""

    @get("website/{website_id}/visitors/blocked")
    def count_blocked_visitors(self, website_id: str) -> list[ty.Answer]:
        """Count Blocked Visitors."""

    @get("website/{website_id}/visitors/blocked/{block_rule}")
    def count_blocked_visitors_in_rule(
        self, website_id: str, block_rule: str
    ) -> ty.Answer:
        """Count Blocked Visitors In Rule."""

    @delete("website/{website_id}/visitors/blocked/{block_rule}")
    def clear_blocked_visitors_in_rule(self, website_id: str, block_rule: str) -> None:
        """Clear Blocked Visitors In Rule."""


class WebsiteAvailability(Consumer[Face]):
    """Website Availability."""

    @get("website/{website_id}/availability/status")
    def get_website_availability_status(self, website_id: str) -> ty.Answer:
        """Get Website Availability Status."""

    @get("website/{website_id}/availability/operators")
    def list_website_operator_availabilities(self, website_id: str) -> list[ty.Answer]:
        """List Website Operator Availabilities."""


class WebsiteOperators(Consumer[Face]):
    """Website Operators."""

    @get("website/{website_id}/operators/list")
    def list_website_operators(self, website_id: str) -> list[ty.Answer]:
        """List Website Operators."""

    @get("website/{website_id}/operators/active")
    def list_last_active_website_operators(self, website_id: str) -> list[ty.Answer]:
        """List Last Active Website Operators."""

    @delete("website/{website_id}/operators/active")
    def flush_last_active_website_operators(self, website_id: str) -> None:
        """Flush Last Active Website Operators."""

    @patch("website/{website_id}/operators/email")
    def send_email_to_website_operators(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Send Email To Website Operators."""


class WebsiteOperator(Consumer[Face]):
    """Website Operator."""

    @get("website/{website_id}/operator/{user_id}")
    def get_website_operator(self, website_id: str, user_id: str) -> ty.Answer:
        """Get A Website Operator."""

    @post("website/{website_id}/operator")
    def invite_website_operator(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Invite A Website Operator."""

    @patch("website/{website_id}/operator/{user_id}")
    def change_operator_membership(
        self, website_id: str, user_id: str, data: Body[ty.Payload]
    ) -> None:
        """Change Operator Membership."""

    @delete("website/{website_id}/operator/{user_id}")
    def unlink_operator_from_website(self, website_id: str, user_id: str) -> None:
        """Unlink Operator From Website."""


class WebsiteHelpdesk(Consumer[Face]):
    """Website Helpdesk."""

    @head("website/{website_id}/helpdesk")
    def check_helpdesk_exists(self, website_id: str) -> bool:
        """Check If Helpdesk Exists."""

    @get("website/{website_id}/helpdesk")
    def resolve_helpdesk(self, website_id: str) -> ty.Answer:
        """Resolve Helpdesk."""

    @post("website/{website_id}/helpdesk")
    def initialize_helpdesk(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Initialize Helpdesk."""

    @delete("website/{website_id}/helpdesk")
    def delete_helpdesk(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Delete Helpdesk."""

    @get("website/{website_id}/helpdesk/locales/{page_number}")
    def list_helpdesk_locales(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Helpdesk Locales."""

    @post("website/{website_id}/helpdesk/locale")
    def add_helpdesk_locale(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Add Helpdesk Locale."""

    @head("website/{website_id}/helpdesk/locale/{locale}")
    def check_helpdesk_locale_exists(self, website_id: str, locale: str) -> bool:
        """Check If Helpdesk Locale Exists."""

    @get("website/{website_id}/helpdesk/locale/{locale}")
    def resolve_helpdesk_locale(self, website_id: str, locale: str) -> ty.Answer:
        """Resolve Helpdesk Locale."""

    @delete("website/{website_id}/helpdesk/locale/{locale}")
    def delete_helpdesk_locale(self, website_id: str, locale: str) -> None:
        """Delete Helpdesk Locale."""

    @get("website/{website_id}/helpdesk/locale/{locale}/articles/{page_number}")
    def list_helpdesk_locale_articles(
        self,
        website_id: str,
        locale: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.HelpdeskArticleFilters],
    ) -> list[ty.Answer]:
        """List Helpdesk Locale Articles.

        Deprecated with the helpdesk of 2025: replaced by `list_helpdesk_tree`
        or `list_helpdesk_pages`.
        """

    @post("website/{website_id}/helpdesk/locale/{locale}/article")
    def add_new_helpdesk_locale_article(
        self, website_id: str, locale: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Add A New Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `create_helpdesk_tree_path`.
        """

    @head("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}")
    def check_helpdesk_locale_article_exists(
        self, website_id: str, locale: str, article_id: str
    ) -> bool:
        """Check If Helpdesk Locale Article Exists.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_path`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}")
    def resolve_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_metadata` or `resolve_helpdesk_tree_content` or
        `resolve_helpdesk_tree_path`.
        """

    @put("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}")
    def save_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `save_helpdesk_tree_content` or `update_helpdesk_tree_metadata`.
        """

    @patch("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}")
    def update_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `save_helpdesk_tree_content`.
        """

    @delete("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}")
    def delete_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> None:
        """Delete Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `delete_helpdesk_tree_path`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/page")
    def resolve_helpdesk_locale_article_page(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk Locale Article Page.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_page` or `resolve_helpdesk_page_entity`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/category")
    def resolve_helpdesk_locale_article_category(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk Locale Article Category.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @patch(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/category"
    )
    def update_helpdesk_locale_article_category(
        self, website_id: str, locale: str, article_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Helpdesk Locale Article Category.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternates"
    )
    def list_helpdesk_locale_article_alternates(
        self, website_id: str, locale: str, article_id: str
    ) -> list[ty.Answer]:
        """List Helpdesk Locale Article Alternates.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @head(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}"
    )
    def check_helpdesk_locale_article_alternate_exists(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> bool:
        """Check If Helpdesk Locale Article Alternate Exists.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}"
    )
    def resolve_helpdesk_locale_article_alternate(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> ty.Answer:
        """Resolve Helpdesk Locale Article Alternate.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @put(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}"
    )
    def save_helpdesk_locale_article_alternate(
        self,
        website_id: str,
        locale: str,
        article_id: str,
        locale_linked: str,
        data: Body[ty.Payload],
    ) -> None:
        """Save Helpdesk Locale Article Alternate.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @delete(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}"
    )
    def delete_helpdesk_locale_article_alternate(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> None:
        """Delete Helpdesk Locale Article Alternate.

        Deprecated with the helpdesk of 2025: nothing replaces it.
        """

    @post("website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/publish")
    def publish_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> ty.Answer:
        """Publish Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/unpublish"
    )
    def unpublish_helpdesk_locale_article(
        self, website_id: str, locale: str, article_id: str
    ) -> None:
        """Unpublish Helpdesk Locale Article.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/categories/{page_number}")
    def list_helpdesk_locale_categories(
        self,
        website_id: str,
        locale: str,
        page_number: int = 1,
        *,
        search_name: Query[str | None] = None,
    ) -> list[ty.Answer]:
        """List Helpdesk Locale Categories.

        Deprecated with the helpdesk of 2025: replaced by `list_helpdesk_tree`.
        """

    @post("website/{website_id}/helpdesk/locale/{locale}/category")
    def add_helpdesk_locale_category(
        self, website_id: str, locale: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Add Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `create_helpdesk_tree_path`.
        """

    @head("website/{website_id}/helpdesk/locale/{locale}/category/{category_id}")
    def check_helpdesk_locale_category_exists(
        self, website_id: str, locale: str, category_id: str
    ) -> bool:
        """Check If Helpdesk Locale Category Exists.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_path`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/category/{category_id}")
    def resolve_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_metadata` or `resolve_helpdesk_tree_path`.
        """

    @put("website/{website_id}/helpdesk/locale/{locale}/category/{category_id}")
    def save_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @patch("website/{website_id}/helpdesk/locale/{locale}/category/{category_id}")
    def update_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @delete("website/{website_id}/helpdesk/locale/{locale}/category/{category_id}")
    def delete_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str
    ) -> None:
        """Delete Helpdesk Locale Category.

        Deprecated with the helpdesk of 2025: replaced by
        `delete_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/sections/{page_number}"
    )
    def list_helpdesk_locale_sections(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        page_number: int = 1,
        *,
        search_name: Query[str | None] = None,
    ) -> list[ty.Answer]:
        """List Helpdesk Locale Sections.

        Deprecated with the helpdesk of 2025: replaced by `list_helpdesk_tree`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section"
    )
    def add_helpdesk_locale_section(
        self, website_id: str, locale: str, category_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Add Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `create_helpdesk_tree_path`.
        """

    @head(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}"
    )
    def check_helpdesk_locale_section_exists(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> bool:
        """Check If Helpdesk Locale Section Exists.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_path`.
        """

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}"
    )
    def resolve_helpdesk_locale_section(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `resolve_helpdesk_tree_metadata` or `resolve_helpdesk_tree_path`.
        """

    @put(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}"
    )
    def save_helpdesk_locale_section(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        section_id: str,
        data: Body[ty.Payload],
    ) -> None:
        """Save Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @patch(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}"
    )
    def update_helpdesk_locale_section(
        self,
        website_id: str,
        locale: str,
        category_id: str,
        section_id: str,
        data: Body[ty.Payload],
    ) -> None:
        """Update Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `update_helpdesk_tree_metadata` or `update_helpdesk_tree_path`.
        """

    @delete(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}"
    )
    def delete_helpdesk_locale_section(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> None:
        """Delete Helpdesk Locale Section.

        Deprecated with the helpdesk of 2025: replaced by
        `delete_helpdesk_tree_path`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/feedback/ratings")
    def map_helpdesk_locale_feedback_ratings(
        self,
        website_id: str,
        locale: str,
        *,
        filter_date_start: Query[ty.Date | None] = None,
        filter_date_end: Query[ty.Date | None] = None,
    ) -> ty.Answer:
        """Map Helpdesk Locale Feedback Ratings.

        Deprecated with the helpdesk of 2025: replaced by
        `map_helpdesk_feedback_ratings`.
        """

    @get("website/{website_id}/helpdesk/locale/{locale}/feedback/list/{page_number}")
    def list_helpdesk_locale_feedbacks(
        self,
        website_id: str,
        locale: str,
        page_number: int = 1,
        *,
        filter_date_start: Query[ty.Date | None] = None,
        filter_date_end: Query[ty.Date | None] = None,
    ) -> list[ty.Answer]:
        """List Helpdesk Locale Feedbacks.

        Deprecated with the helpdesk of 2025: replaced by
        `list_helpdesk_feedbacks`.
        """

    @post("website/{website_id}/helpdesk/locale/{locale}/import")
    def import_external_helpdesk_to_locale(
        self, website_id: str, locale: str, data: Body[ty.Payload]
    ) -> None:
        """Import External Helpdesk To Locale.

        Deprecated with the helpdesk of 2025: replaced by
        `import_external_helpdesk`.
        """

    @post("website/{website_id}/helpdesk/locale/{locale}/export")
    def export_helpdesk_locale_articles(self, website_id: str, locale: str) -> None:
        """Export Helpdesk Locale Articles.

        Deprecated with the helpdesk of 2025: replaced by `export_helpdesk`.
        """

    @get("website/{website_id}/helpdesk/redirections/{page_number}")
    def list_helpdesk_redirections(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Helpdesk Redirections."""

    @post("website/{website_id}/helpdesk/redirection")
    def add_helpdesk_redirection(
        self, website_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Add Helpdesk Redirection."""

    @head("website/{website_id}/helpdesk/redirection/{redirection_id}")
    def check_helpdesk_redirection_exists(
        self, website_id: str, redirection_id: str
    ) -> bool:
        """Check If Helpdesk Redirection Exists."""

    @get("website/{website_id}/helpdesk/redirection/{redirection_id}")
    def resolve_helpdesk_redirection(
        self, website_id: str, redirection_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk Redirection."""

    @delete("website/{website_id}/helpdesk/redirection/{redirection_id}")
    def delete_helpdesk_redirection(self, website_id: str, redirection_id: str) -> None:
        """Delete Helpdesk Redirection."""

    @get("website/{website_id}/helpdesk/settings")
    def resolve_helpdesk_settings(self, website_id: str) -> ty.Answer:
        """Resolve Helpdesk Settings."""

    @patch("website/{website_id}/helpdesk/settings")
    def save_helpdesk_settings(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Save Helpdesk Settings."""

    @get("website/{website_id}/helpdesk/domain")
    def resolve_helpdesk_domain(self, website_id: str) -> ty.Answer:
        """Resolve Helpdesk Domain."""

    @patch("website/{website_id}/helpdesk/domain")
    def request_helpdesk_domain_change(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Request Helpdesk Domain Change."""

    @get("website/{website_id}/helpdesk/domain/setup")
    def generate_helpdesk_domain_setup_flow(
        self, website_id: str, *, custom: Query[str | None] = None
    ) -> ty.Answer:
        """Generate Helpdesk Domain Setup Flow."""

    @get(
        "website/{website_id}/helpdesk/page/list/{locale}/{content_type}/{page_number}"
    )
    def list_helpdesk_pages(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        page_number: int = 1,
    ) -> list[ty.Answer]:
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
    ) -> ty.Answer:
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
    ) -> list[ty.Answer]:
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
    ) -> ty.Answer:
        """Resolve Helpdesk Tree Path."""

    @patch("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def update_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.Payload],
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
    ) -> ty.Answer:
        """Resolve Helpdesk Tree Content."""

    @put("website/{website_id}/helpdesk/tree/content/{locale}/{content_type}/{path}")
    def save_helpdesk_tree_content(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.Payload],
    ) -> None:
        """Save Helpdesk Tree Content."""

    @get("website/{website_id}/helpdesk/tree/metadata/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_metadata(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.Answer:
        """Resolve Helpdesk Tree Metadata."""

    @patch("website/{website_id}/helpdesk/tree/metadata/{locale}/{content_type}/{path}")
    def update_helpdesk_tree_metadata(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.Payload],
    ) -> None:
        """Update Helpdesk Tree Metadata."""

    @get("website/{website_id}/helpdesk/tree/page/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_page(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.Answer:
        """Resolve Helpdesk Tree Page."""

    @get("website/{website_id}/helpdesk/history/changes/{page_number}")
    def list_helpdesk_history_changes(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        filter_locale: Query[str | None] = None,
        filter_type: Query[str | None] = None,
        filter_tree_path: Query[str | None] = None,
    ) -> list[ty.Answer]:
        """List Helpdesk History Changes."""

    @get("website/{website_id}/helpdesk/history/change/{change_id}")
    def resolve_helpdesk_history_change(
        self, website_id: str, change_id: str
    ) -> ty.Answer:
        """Resolve Helpdesk History Change."""

    @delete("website/{website_id}/helpdesk/history/change/{change_id}")
    def cancel_helpdesk_history_change(
        self, website_id: str, change_id: str, data: Body[ty.Payload]
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
    ) -> ty.Answer:
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
    ) -> list[ty.Answer]:
        """List Helpdesk Locale Feedbacks."""

    @post("website/{website_id}/helpdesk/import/{locale}/{content_type}")
    def import_external_helpdesk(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        data: Body[ty.Payload],
    ) -> None:
        """Import External Helpdesk To Locale."""

    @post("website/{website_id}/helpdesk/export/{locale}/{content_type}")
    def export_helpdesk(
        self, website_id: str, locale: str, content_type: ty.HelpdeskContentType
    ) -> None:
        """Export Helpdesk Locale Articles."""


class WebsiteCampaigns(Consumer[Face]):
    """Website Campaigns."""

    @get("website/{website_id}/campaigns/list/{page_number}")
    def list_campaigns(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.CampaignFilters],
    ) -> list[ty.Answer]:
        """List Campaigns."""

    @get("website/{website_id}/campaigns/tags")
    def list_campaign_tags(self, website_id: str) -> list[str]:
        """List Campaign Tags."""

    @get("website/{website_id}/campaigns/templates/{page_number}")
    def list_campaign_templates(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        search_name: Query[str | None] = None,
        filter_type_static: Query[bool | None] = None,
        filter_type_custom: Query[bool | None] = None,
    ) -> list[ty.Answer]:
        """List Campaign Templates."""

    @post("website/{website_id}/campaigns/template")
    def create_new_campaign_template(
        self, website_id: str, data: Body[ty.Payload]
    ) -> ty.Answer:
        """Create A New Campaign Template."""

    @head("website/{website_id}/campaigns/template/{template_id}")
    def check_campaign_template_exists(self, website_id: str, template_id: str) -> bool:
        """Check If Campaign Template Exists."""

    @get("website/{website_id}/campaigns/template/{template_id}")
    def get_campaign_template(self, website_id: str, template_id: str) -> ty.Answer:
        """Get A Campaign Template."""

    @put("website/{website_id}/campaigns/template/{template_id}")
    def save_campaign_template(
        self, website_id: str, template_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save A Campaign Template."""

    @patch("website/{website_id}/campaigns/template/{template_id}")
    def update_campaign_template(
        self, website_id: str, template_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update A Campaign Template."""

    @delete("website/{website_id}/campaigns/template/{template_id}")
    def remove_campaign_template(self, website_id: str, template_id: str) -> None:
        """Remove A Campaign Template."""


class WebsiteCampaign(Consumer[Face]):
    """Website Campaign."""

    @post("website/{website_id}/campaign")
    def create_new_campaign(self, website_id: str, data: Body[ty.Payload]) -> ty.Answer:
        """Create A New Campaign."""

    @head("website/{website_id}/campaign/{campaign_id}")
    def check_campaign_exists(self, website_id: str, campaign_id: str) -> bool:
        """Check If Campaign Exists."""

    @get("website/{website_id}/campaign/{campaign_id}")
    def get_campaign(self, website_id: str, campaign_id: str) -> ty.Answer:
        """Get A Campaign."""

    @put("website/{website_id}/campaign/{campaign_id}")
    def save_campaign(
        self, website_id: str, campaign_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save A Campaign."""

    @patch("website/{website_id}/campaign/{campaign_id}")
    def update_campaign(
        self, website_id: str, campaign_id: str, data: Body[ty.Payload]
    ) -> None:
        """Update A Campaign."""

    @delete("website/{website_id}/campaign/{campaign_id}")
    def remove_campaign(self, website_id: str, campaign_id: str) -> None:
        """Remove A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/dispatch")
    def dispatch_campaign(self, website_id: str, campaign_id: str) -> None:
        """Dispatch A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/resume")
    def resume_campaign(self, website_id: str, campaign_id: str) -> None:
        """Resume A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/pause")
    def pause_campaign(self, website_id: str, campaign_id: str) -> None:
        """Pause A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/test")
    def test_campaign(self, website_id: str, campaign_id: str) -> None:
        """Test A Campaign."""

    @get("website/{website_id}/campaign/{campaign_id}/recipients/{page_number}")
    def list_campaign_recipients(
        self, website_id: str, campaign_id: str, page_number: int = 1
    ) -> list[ty.Answer]:
        """List Campaign Recipients."""

    @get("website/{website_id}/campaign/{campaign_id}/statistics/{type}/{page_number}")
    def list_campaign_statistics(
        self,
        website_id: str,
        campaign_id: str,
        type: str,
        page_number: int = 1,
        *,
        per_page: Query[int | None] = None,
    ) -> list[ty.Answer]:
        """List Campaign Statistics."""


class WebsiteAnalytics(Consumer[Face]):
    """Website Analytics."""

    @post("website/{website_id}/analytics/generate")
    def generate_analytics(
        self, website_id: str, data: Body[ty.Payload]
    ) -> list[ty.Answer]:
        """Generate Analytics."""


class WebsiteBatch(Consumer[Face]):
    """Website Batch."""

    @patch("website/{website_id}/batch/resolve")
    def batch_resolve_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Resolve Items."""

    batch_resolve_conversations = batch_resolve_items

    @patch("website/{website_id}/batch/unresolve")
    def batch_unresolve_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Unresolve Items."""

    batch_unresolve_conversations = batch_unresolve_items

    @patch("website/{website_id}/batch/read")
    def batch_read_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Read Items."""

    batch_read_conversations = batch_read_items

    @patch("website/{website_id}/batch/unread")
    def batch_unread_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Unread Items."""

    batch_unread_conversations = batch_unread_items

    @post("website/{website_id}/batch/report")
    def batch_report_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Report Items."""

    batch_report_conversations = batch_report_items

    @patch("website/{website_id}/batch/block")
    def batch_block_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Block Items."""

    batch_block_conversations = batch_block_items

    @patch("website/{website_id}/batch/routing")
    def batch_routing_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Routing Items."""

    batch_routing_conversations = batch_routing_items

    @patch("website/{website_id}/batch/inbox")
    def batch_inbox_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Inbox Items."""

    batch_inbox_conversations = batch_inbox_items

    @patch("website/{website_id}/batch/segments")
    def batch_segments_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Segments Items."""

    batch_update_conversations_segments = batch_segments_items

    batch_update_people_segments = batch_segments_items

    @patch("website/{website_id}/batch/data")
    def batch_data_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Data Items."""

    batch_update_conversations_data = batch_data_items

    batch_update_people_data = batch_data_items

    @patch("website/{website_id}/batch/remove")
    def batch_remove_items(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Remove Items."""

    batch_remove_conversations = batch_remove_items

    batch_remove_people = batch_remove_items


class WebsiteInbox(Consumer[Face]):
    """Website Inbox."""

    @get("website/{website_id}/inboxes/list/{page_number}")
    def list_inboxes(self, website_id: str, page_number: int = 1) -> list[ty.Answer]:
        """List Website Inboxes."""

    @patch("website/{website_id}/inboxes/batch/order")
    def batch_order_inboxes(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Batch Order Website Inboxes."""

    @post("website/{website_id}/inbox")
    def create_new_inbox(self, website_id: str, data: Body[ty.Payload]) -> ty.Answer:
        """Create A New Website Inbox."""

    @head("website/{website_id}/inbox/{inbox_id}")
    def check_inbox_exists(self, website_id: str, inbox_id: str) -> bool:
        """Check If Website Inbox Exists."""

    @get("website/{website_id}/inbox/{inbox_id}")
    def get_inbox(self, website_id: str, inbox_id: str) -> ty.Answer:
        """Get Website Inbox."""

    @put("website/{website_id}/inbox/{inbox_id}")
    def save_inbox(
        self, website_id: str, inbox_id: str, data: Body[ty.Payload]
    ) -> None:
        """Save Website Inbox."""

    @delete("website/{website_id}/inbox/{inbox_id}")
    def delete_inbox(self, website_id: str, inbox_id: str) -> None:
        """Delete Website Inbox."""


class WebsiteTeams(Consumer[Face]):
    """Website Teams."""

    @get("website/{website_id}/teams/list/{page_number}")
    def list_teams(self, website_id: str, page_number: int = 1) -> list[ty.Answer]:
        """List Teams."""

    @post("website/{website_id}/team")
    def create_new_team(self, website_id: str, data: Body[ty.Payload]) -> ty.Answer:
        """Create A New Team."""

    @head("website/{website_id}/team/{team_id}")
    def check_team_exists(self, website_id: str, team_id: str) -> bool:
        """Check If Team Exists."""

    @get("website/{website_id}/team/{team_id}")
    def get_team(self, website_id: str, team_id: str) -> ty.Answer:
        """Get A Team."""

    @put("website/{website_id}/team/{team_id}")
    def save_team(self, website_id: str, team_id: str, data: Body[ty.Payload]) -> None:
        """Save A Team."""

    @delete("website/{website_id}/team/{team_id}")
    def delete_team(self, website_id: str, team_id: str) -> None:
        """Remove A Team."""


class WebsiteSettings(Consumer[Face]):
    """Website Settings."""

    @get("website/{website_id}/settings")
    def get_website_settings(self, website_id: str) -> ty.Answer:
        """Get Website Settings."""

    @patch("website/{website_id}/settings")
    def update_website_settings(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Update Website Settings."""


class WebsiteVerify(Consumer[Face]):
    """Website Verify."""

    @get("website/{website_id}/verify/settings")
    def get_verify_settings(self, website_id: str) -> ty.Answer:
        """Get Verify Settings."""

    @patch("website/{website_id}/verify/settings")
    def update_verify_settings(self, website_id: str, data: Body[ty.Payload]) -> None:
        """Update Verify Settings."""

    @get("website/{website_id}/verify/key")
    def get_verify_key(self, website_id: str) -> ty.Answer:
        """Get Verify Key."""

    @post("website/{website_id}/verify/key")
    def roll_verify_key(self, website_id: str) -> None:
        """Roll Verify Key."""


class WebsiteConnect(Consumer[Face]):
    """Website Connect."""

    @get("website/{website_id}/connect/endpoints")
    def get_connect_endpoints(self, website_id: str) -> ty.Answer:
        """Get Website Connect Endpoints."""


class Website(
    WebsiteBase[Face],
    WebsiteConversations[Face],
    WebsiteConversation[Face],
    WebsitePeople[Face],
    WebsiteVisitors[Face],
    WebsiteAvailability[Face],
    WebsiteOperators[Face],
    WebsiteOperator[Face],
    WebsiteHelpdesk[Face],
    WebsiteCampaigns[Face],
    WebsiteCampaign[Face],
    WebsiteAnalytics[Face],
    WebsiteBatch[Face],
    WebsiteInbox[Face],
    WebsiteTeams[Face],
    WebsiteSettings[Face],
    WebsiteVerify[Face],
    WebsiteConnect[Face],
):
    """All endpoints of the website service."""


# --- plugin ---------------------------------------------------------------


class PluginSubscription(Consumer[Face]):
    """Plugin Subscription."""

    @get("plugins/subscription")
    def list_all_active_subscriptions(self) -> list[ty.Answer]:
        """List All Active Subscriptions."""

    @get("plugins/subscription/{website_id}")
    def list_subscriptions_website(self, website_id: str) -> list[ty.Answer]:
        """List Subscriptions For A Website."""

    list_subscriptions_for_website = list_subscriptions_website

    @get("plugins/subscription/{website_id}/{plugin_id}")
    def get_subscription_details(self, website_id: str, plugin_id: str) -> ty.Answer:
        """Get Subscription Details."""

    @post("plugins/subscription/{website_id}")
    def subscribe_plugin_to_website(
        self, website_id: str, data: Body[ty.Payload | None] = None
    ) -> None:
        """Subscribe Website To Plugin.

        Needs ``{"plugin_id": "..."}``; the original client sent nothing.
        """

    subscribe_website_to_plugin = subscribe_plugin_to_website

    @delete("plugins/subscription/{website_id}/{plugin_id}")
    def unsubscribe_plugin_from_website(self, website_id: str, plugin_id: str) -> None:
        """Unsubscribe Plugin From Website."""

    @get("plugins/subscription/{website_id}/{plugin_id}/settings")
    def get_subscription_settings(self, website_id: str, plugin_id: str) -> ty.Answer:
        """Get Subscription Settings."""

    @put("plugins/subscription/{website_id}/{plugin_id}/settings")
    def save_subscription_settings(
        self, website_id: str, plugin_id: str, settings: Body[ty.Payload]
    ) -> None:
        """Save Subscription Settings."""

    @patch("plugins/subscription/{website_id}/{plugin_id}/settings")
    def update_subscription_settings(
        self, website_id: str, plugin_id: str, settings: Body[ty.Payload]
    ) -> None:
        """Update Subscription Settings."""

    @get("plugins/subscription/{website_id}/{plugin_id}/bill/usage")
    def get_plugin_usage_bills(
        self, website_id: str, plugin_id: str
    ) -> list[ty.Answer]:
        """Get Plugin Usage Bills."""

    @post("plugins/subscription/{website_id}/{plugin_id}/bill/usage")
    def report_plugin_usage_to_bill(
        self, website_id: str, plugin_id: str, data: Body[ty.Payload]
    ) -> None:
        """Report Plugin Usage To Bill."""

    @get("plugins/subscription/{website_id}/{plugin_id}/attest/provenance")
    def get_plugin_attest_provenance(
        self, website_id: str, plugin_id: str
    ) -> ty.Answer:
        """Get Plugin Attest Provenance."""

    @post("plugins/subscription/{website_id}/{plugin_id}/channel")
    def forward_plugin_payload_to_channel(
        self, website_id: str, plugin_id: str, data: Body[ty.Payload]
    ) -> None:
        """Forward Plugin Payload To Channel."""

    @post("plugins/subscription/{website_id}/{plugin_id}/event")
    def dispatch_plugin_event(
        self, website_id: str, plugin_id: str, data: Body[ty.Payload]
    ) -> None:
        """Dispatch Plugin Event."""


class PluginConnectAccount(Consumer[Face]):
    """Plugin Connect Account."""

    @get("plugin/connect/account")
    def get_connect_account(self) -> ty.Answer:
        """Get Connect Account."""


class PluginConnectSession(Consumer[Face]):
    """Plugin Connect Session."""

    @head("plugin/connect/session")
    def check_connect_session_validity(self) -> bool:
        """Check Connect Session Validity."""


class PluginConnectWebsites(Consumer[Face]):
    """Plugin Connect Websites."""

    @get("plugin/connect/websites/all/{page_number}")
    def list_all_connect_websites(
        self,
        page_number: int = 1,
        filter_configured: Query[bool | None] = None,
        *,
        include_plan: Query[bool | None] = None,
    ) -> list[ty.Answer]:
        """List All Connect Websites."""

    @get("plugin/connect/websites/since")
    def list_connect_websites_since(
        self,
        date_since: Query[ty.Date],
        filter_configured: Query[bool | None] = None,
        *,
        include_plan: Query[bool | None] = None,
    ) -> list[ty.Answer]:
        """List Connect Websites Since."""


class PluginConnectEndpoints(Consumer[Face]):
    """Plugin Connect Endpoints."""

    @get("plugin/connect/endpoints")
    def get_connect_endpoints(self) -> ty.Answer:
        """Get Connect Endpoints."""


class Plugin(
    PluginSubscription[Face],
    PluginConnectAccount[Face],
    PluginConnectSession[Face],
    PluginConnectWebsites[Face],
    PluginConnectEndpoints[Face],
):
    """All endpoints of the plugin service."""


# --- plan -----------------------------------------------------------------


class PlanSubscription(Consumer[Face]):
    """Plan Subscription."""

    @get("plans/subscription")
    def list_all_active_subscriptions(self) -> list[ty.Answer]:
        """List All Active Plan Subscriptions."""

    @get("plans/subscription/{website_id}")
    def get_plan_subscription_for_website(self, website_id: str) -> ty.Answer:
        """Get Plan Subscription For A Website."""

    @post("plans/subscription/{website_id}")
    def subscribe_website_to_plan(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Subscribe Website To Plan."""

    @delete("plans/subscription/{website_id}")
    def unsubscribe_plan_from_website(self, website_id: str) -> None:
        """Unsubscribe Plan From Website."""

    @patch("plans/subscription/{website_id}/bill/period")
    def change_bill_period_for_website_plan_subscription(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Change Bill Period For Website Plan Subscription."""

    @get("plans/subscription/{website_id}/coupon")
    def check_coupon_availability_for_website_plan_subscription(
        self, website_id: str, code: Query[str]
    ) -> ty.Answer:
        """Check Coupon Availability For Website Plan Subscription."""

    @patch("plans/subscription/{website_id}/coupon")
    def redeem_coupon_for_website_plan_subscription(
        self, website_id: str, data: Body[ty.Payload]
    ) -> None:
        """Redeem Coupon For Website Plan Subscription."""


class Plan(PlanSubscription[Face]):
    """All endpoints of the plan service."""


# --- bucket ---------------------------------------------------------------


class BucketURL(Consumer[Face]):
    """Bucket URL."""

    @post("bucket/url/generate")
    def generate_bucket_url(self, data: Body[ty.Payload]) -> None:
        """Generate Bucket URL.

        The address comes as the event ``bucket:url:{namespace}:generated``, not
        here.
        """


class Bucket(BucketURL[Face]):
    """All endpoints of the bucket service."""


# --- media ----------------------------------------------------------------


class MediaAnimation(Consumer[Face]):
    """Media Animation."""

    @get("media/animation/list/{page_number}")
    def list_animation_medias(
        self,
        page_number: int,
        list_id: Query[int | str],
        *,
        per_page: Query[int | None] = None,
        search_query: Query[str | None] = None,
    ) -> None:
        """List Animation Medias.

        The list comes as the event ``media:animation:listed``, not here.
        """


class Media(MediaAnimation[Face]):
    """All endpoints of the media service."""


# --- by hand ---------------------------------------------------------------


class Routes(Consumer[Face]):
    """Any route, by hand: those that the table does not have."""

    @get("{resource}")
    def get(
        self, resource: Resource, query: QueryMap[ty.Payload | None] = None
    ) -> t.Any:
        """Read a route, as in ``client.get("/website/{website_id}")``."""

    @head("{resource}")
    def head(
        self, resource: Resource, query: QueryMap[ty.Payload | None] = None
    ) -> bool:
        """Ask whether a route is there."""

    @post("{resource}")
    def post(self, resource: Resource, data: Body[ty.Payload | None] = None) -> t.Any:
        """Send a JSON object to a route."""

    @patch("{resource}")
    def patch(self, resource: Resource, data: Body[ty.Payload | None] = None) -> t.Any:
        """Change a route by a JSON object."""

    @put("{resource}")
    def put(self, resource: Resource, data: Body[ty.Payload | None] = None) -> t.Any:
        """Replace a route by a JSON object."""

    @delete("{resource}")
    def remove(self, resource: Resource, data: Body[ty.Payload | None] = None) -> t.Any:
        """Remove what is at a route."""
