# mypy: disable-error-code="empty-body"
# pyright: reportReturnType=false
"""The table: each operation of the Crisp REST API is one declared method.

The first line of a docstring is the title of the operation in Crisp's reference. In
lower case and with hyphens, it is the anchor there:
https://docs.crisp.chat/references/rest-api/v1/#get-a-website

Page numbers start at 1, and a list ends with an empty page. Timestamps are in
milliseconds since 1970. A check returns True or False.

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

# The tiers that may call, as far as the reference names them. It does not mention
# website tokens.
USER: t.Final = ("user",)
PLUGIN: t.Final = ("plugin",)
BOTH: t.Final = ("user", "plugin")


# --- website --------------------------------------------------------------


class WebsiteBase(Consumer[Mode]):
    """Website Base."""

    @head("website", BOTH)
    def check_website_exists(self, domain: Query[str]) -> bool:
        """Check If Website Exists.

        Returns whether a website is registered for the ``domain``.
        """

    check_if_website_exists = check_website_exists

    @post("website", USER)
    def create_website(self, data: Body[ty.WebsiteCreate]) -> ty.Website:
        """Create Website.

        Registers a new workspace, and returns its ``website_id``.
        """

    @get("website/{website_id}", BOTH)
    def get_website(self, website_id: str) -> ty.Website:
        """Get A Website.

        Returns its name, domain and logo. You can use it to check credentials.
        """

    @delete("website/{website_id}", USER)
    def delete_website(
        self, website_id: str, data: Body[ty.WebsiteRemove | None] = None
    ) -> None:
        """Delete A Website.

        Schedules the deletion, which `abort_website_deletion` can cancel. The
        body is required: ``{"verify": {...}}`` proves the identity of the
        caller.
        """

    @delete("website/{website_id}/expunge", USER)
    def abort_website_deletion(self, website_id: str) -> None:
        """Abort Website Deletion.

        Cancels a deletion that is still pending.
        """


class WebsiteConversations(Consumer[Mode]):
    """Website Conversations."""

    @get("website/{website_id}/conversations/{page_number}", BOTH, key="session_id")
    def list_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.ConversationFilters],
    ) -> list[ty.Conversation]:
        """List Conversations.

        A page has 20 conversations, or ``per_page`` (20 to 50), the last
        updated first. Conversations move between pages while you read them;
        `crisp_api.paginate` drops the duplicates. Lists are cached for a
        moment, so one that is read right after a write can be stale.
        """

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
        """List Conversations, with the filters of the original client by place.

        The same call as `list_conversations`, with positional arguments in the
        order of crisp-api 1.1.23.
        """

    @get("website/{website_id}/conversations/suggest/segments/{page_number}", BOTH)
    def list_suggested_conversation_segments(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.ConversationSuggestedSegment]:
        """List Suggested Conversation Segments.

        Returns the segments that the app suggests, with the number of
        conversations in each.
        """

    @delete("website/{website_id}/conversations/suggest/segment", BOTH)
    def delete_suggested_conversation_segment(
        self, website_id: str, data: Body[ty.ConversationSuggestedSegmentDelete]
    ) -> None:
        """Delete Suggested Conversation Segment.

        The segment is not suggested any more.
        """

    @get("website/{website_id}/conversations/suggest/data/{page_number}", BOTH)
    def list_suggested_conversation_data_keys(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.ConversationSuggestedData]:
        """List Suggested Conversation Data Keys.

        Returns the keys of custom data that the app suggests.
        """

    @delete("website/{website_id}/conversations/suggest/data", BOTH)
    def delete_suggested_conversation_data_key(
        self, website_id: str, data: Body[ty.ConversationSuggestedDataDelete]
    ) -> None:
        """Delete Suggested Conversation Data Key.

        The key is not suggested any more.
        """

    @get("website/{website_id}/conversations/spams/{page_number}", USER, key="spam_id")
    def list_spam_conversations(
        self,
        website_id: str,
        page_number: int = 1,
        *,
        filter_type: Query[str | None] = None,
    ) -> list[ty.ConversationSpam]:
        """List Spam Conversations.

        Returns messages in quarantine, which are not conversations yet.
        """

    @get("website/{website_id}/conversations/spam/{spam_id}/content", USER)
    def resolve_spam_conversation_content(
        self, website_id: str, spam_id: str
    ) -> ty.ConversationSpamContent:
        """Resolve Spam Conversation Content.

        Returns the whole content of a message in quarantine.
        """

    @post("website/{website_id}/conversations/spam/{spam_id}/decision", USER)
    def submit_spam_conversation_decision(
        self, website_id: str, spam_id: str, data: Body[ty.ConversationSpamDecision]
    ) -> None:
        """Submit Spam Conversation Decision.

        An accepted message becomes a conversation; a rejected one is removed
        for good.
        """


class WebsiteConversation(Consumer[Mode]):
    """Website Conversation."""

    @post("website/{website_id}/conversation", BOTH)
    def create_new_conversation(
        self, website_id: str, data: Body[ty.Payload | None] = None
    ) -> ty.ConversationNew:
        """Create A New Conversation.

        Returns the ``session_id``. The conversation stays out of lists until it
        has a message ``from`` the ``user``; `crisp_api.jobs.open_conversation`
        does both. Each call creates another conversation.
        """

    @head("website/{website_id}/conversation/{session_id}", BOTH)
    def check_conversation_exists(self, website_id: str, session_id: str) -> bool:
        """Check If Conversation Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_conversation_exists = check_conversation_exists

    @get("website/{website_id}/conversation/{session_id}", BOTH)
    def get_conversation(self, website_id: str, session_id: str) -> ty.Conversation:
        """Get A Conversation.

        Returns its state, its metas and a preview of the last message.
        """

    @delete("website/{website_id}/conversation/{session_id}", BOTH)
    def remove_conversation(self, website_id: str, session_id: str) -> None:
        """Remove A Conversation."""

    @post("website/{website_id}/conversation/{session_id}/initiate", BOTH)
    def initiate_conversation_with_existing_session(
        self, website_id: str, session_id: str
    ) -> None:
        """Initiate A Conversation With Existing Session.

        Opens a conversation with a visitor who is on the website, by the
        session of the chatbox.
        """

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

        Returns up to 40 messages in ascending order: the last ones, or those
        ``timestamp_before``, ``timestamp_after`` or ``timestamp_around`` a
        moment; pass one of the three. `crisp_api.history` walks all of them.
        """

    @post("website/{website_id}/conversation/{session_id}/message", BOTH)
    def send_message_in_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationMessageNew]
    ) -> ty.ConversationMessageDispatched:
        """Send A Message In Conversation.

        Sends a message of any type, ``from`` the ``user`` or the ``operator``,
        and returns its ``fingerprint``. You can choose the fingerprint
        yourself. Each call sends another message; use `crisp_api.send_once` to
        retry safely. With ``stealth``, the message is not sent to the visitor's
        mailbox.
        """

    @get("website/{website_id}/conversation/{session_id}/message/{fingerprint}", BOTH)
    def get_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int
    ) -> ty.ConversationMessage:
        """Get A Message In Conversation.

        Finds the message by its ``fingerprint``.
        """

    @patch("website/{website_id}/conversation/{session_id}/message/{fingerprint}", BOTH)
    def update_message_in_conversation(
        self,
        website_id: str,
        session_id: str,
        fingerprint: int,
        data: Body[ty.ConversationMessageUpdate],
    ) -> None:
        """Update A Message In Conversation.

        Replaces the ``content`` of the message.
        """

    @delete(
        "website/{website_id}/conversation/{session_id}/message/{fingerprint}", BOTH
    )
    def remove_message_in_conversation(
        self, website_id: str, session_id: str, fingerprint: int
    ) -> None:
        """Remove A Message In Conversation.

        Retracts a message that was sent.
        """

    @patch("website/{website_id}/conversation/{session_id}/compose", BOTH)
    def compose_message_in_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationComposeMessageNew],
    ) -> None:
        """Compose A Message In Conversation.

        Shows or hides the typing indicator, with an optional ``excerpt`` of the
        text.
        """

    @patch("website/{website_id}/conversation/{session_id}/read", BOTH)
    def mark_messages_read_in_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationReadMessageMark | None] = None,
    ) -> None:
        """Mark Messages As Read In Conversation.

        Marks the messages with the ``fingerprints`` you pass, or all of them.
        """

    mark_messages_as_read_in_conversation = mark_messages_read_in_conversation

    @patch("website/{website_id}/conversation/{session_id}/unread", BOTH)
    def mark_conversation_as_unread(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationUnreadMessageMark | None] = None,
    ) -> None:
        """Mark Conversation As Unread.

        Marks the conversation as a whole; for many, use `batch_unread_items`.
        """

    @patch("website/{website_id}/conversation/{session_id}/delivered", BOTH)
    def mark_messages_delivered_in_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationReadMessageMark | None] = None,
    ) -> None:
        """Mark Messages As Delivered In Conversation.

        Marks the messages with the ``fingerprints`` you pass, or all of them.
        """

    mark_messages_as_delivered_in_conversation = mark_messages_delivered_in_conversation

    @patch("website/{website_id}/conversation/{session_id}/open", BOTH)
    def update_conversation_open_state(
        self, website_id: str, session_id: str, data: Body[ty.ConversationOpenUpdate]
    ) -> None:
        """Update Conversation Open State.

        Shows other operators whether the authenticated operator has the
        conversation open.
        """

    @get("website/{website_id}/conversation/{session_id}/routing", BOTH)
    def get_conversation_routing_assign(
        self, website_id: str, session_id: str
    ) -> ty.ConversationRoutingAssign:
        """Get Conversation Routing Assign.

        Returns the operator that the conversation is assigned to, if there is
        one.
        """

    @patch("website/{website_id}/conversation/{session_id}/routing", BOTH)
    def assign_conversation_routing(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationRoutingAssignUpdate],
    ) -> None:
        """Assign Conversation Routing.

        Pass ``{"assigned": None}`` to unassign it.
        """

    @patch("website/{website_id}/conversation/{session_id}/inbox", BOTH)
    def update_conversation_inbox(
        self, website_id: str, session_id: str, data: Body[ty.ConversationInboxUpdate]
    ) -> None:
        """Update Conversation Inbox.

        Pass ``{"inbox_id": None}`` to move it back to the main inbox.
        """

    @get("website/{website_id}/conversation/{session_id}/meta", BOTH)
    def get_conversation_metas(
        self, website_id: str, session_id: str
    ) -> ty.ConversationMeta:
        """Get Conversation Metas.

        Returns the visitor's contact details, device, segments and custom data.
        """

    @patch("website/{website_id}/conversation/{session_id}/meta", BOTH)
    def update_conversation_metas(
        self, website_id: str, session_id: str, data: Body[ty.ConversationMetaUpdate]
    ) -> None:
        """Update Conversation Metas.

        Changes the fields you pass, and keeps the others.
        """

    @get("website/{website_id}/conversation/{session_id}/original/{original_id}", BOTH)
    def get_original_message_in_conversation(
        self, website_id: str, session_id: str, original_id: str
    ) -> ty.ConversationOriginal:
        """Get An Original Message In Conversation.

        Returns the message as it was received, such as the HTML of an e-mail.
        """

    @get("website/{website_id}/conversation/{session_id}/pages/{page_number}", BOTH)
    def list_conversation_pages(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.ConversationPage]:
        """List Conversation Pages.

        Returns the web pages that the visitor has viewed.
        """

    @get("website/{website_id}/conversation/{session_id}/events/{page_number}", BOTH)
    def list_conversation_events(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.ConversationEvent]:
        """List Conversation Events.

        Returns the events that were recorded for the visitor.
        """

    @get(
        "website/{website_id}/conversation/{session_id}/files/{page_number}",
        BOTH,
        key="fingerprint",
    )
    def list_conversation_files(
        self, website_id: str, session_id: str, page_number: int = 1
    ) -> list[ty.ConversationFile]:
        """List Conversation Files.

        Returns the files that were sent in the conversation.
        """

    @get("website/{website_id}/conversation/{session_id}/state", BOTH)
    def get_conversation_state(
        self, website_id: str, session_id: str
    ) -> ty.ConversationStateData:
        """Get Conversation State.

        The state is ``pending``, ``unresolved`` or ``resolved``.
        """

    @patch("website/{website_id}/conversation/{session_id}/state", BOTH)
    def change_conversation_state(
        self, website_id: str, session_id: str, data: Body[ty.ConversationStateUpdate]
    ) -> None:
        """Change Conversation State.

        Crisp adds an event message to the conversation, such as
        ``state:resolved``. For many conversations, use `batch_resolve_items`.
        """

    @get("website/{website_id}/conversation/{session_id}/relations", BOTH)
    def get_conversation_relations(
        self, website_id: str, session_id: str
    ) -> ty.ConversationRelations:
        """Get Conversation Relations.

        Returns the conversations that it came from, and those that came from
        it.
        """

    @get("website/{website_id}/conversation/{session_id}/participants", BOTH)
    def get_conversation_participants(
        self, website_id: str, session_id: str
    ) -> ty.ConversationParticipants:
        """Get Conversation Participants.

        Returns people outside the team, such as those in copy of an e-mail.
        """

    @put("website/{website_id}/conversation/{session_id}/participants", BOTH)
    def save_conversation_participants(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationParticipantsSave],
    ) -> None:
        """Save Conversation Participants.

        Replaces all participants. How many are allowed depends on the plan.
        """

    @get("website/{website_id}/conversation/{session_id}/block", BOTH)
    def get_block_status_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.ConversationBlock:
        """Get Block Status For Conversation.

        Returns whether messages of the visitor are blocked.
        """

    @patch("website/{website_id}/conversation/{session_id}/block", BOTH)
    def block_incoming_messages_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationBlockUpdate]
    ) -> None:
        """Block Incoming Messages For Conversation.

        Blocks the visitor's messages, or accepts them again.
        """

    @get("website/{website_id}/conversation/{session_id}/verify", BOTH)
    def get_verify_status_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.ConversationVerify:
        """Get Verify Status For Conversation.

        Returns whether the identity of the visitor is verified.
        """

    @patch("website/{website_id}/conversation/{session_id}/verify", BOTH)
    def update_verify_status_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationVerifyUpdate]
    ) -> None:
        """Update Verify Status For Conversation.

        Marks the visitor as verified or not, without a challenge.
        """

    @post("website/{website_id}/conversation/{session_id}/verify/identity", BOTH)
    def request_identity_verification_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationVerifyIdentityRequest],
    ) -> None:
        """Request Identity Verification For Conversation.

        Sends the visitor a challenge, to prove an e-mail address or a phone
        number.
        """

    @put("website/{website_id}/conversation/{session_id}/verify/identity/link")
    def redeem_identity_verification_link_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationVerifyIdentityRedeem],
    ) -> None:
        """Redeem Identity Verification Link For Conversation.

        Takes the token of the link that the visitor received.
        """

    @post("website/{website_id}/conversation/{session_id}/transcript", BOTH)
    def request_email_transcript_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationTranscriptRequest],
    ) -> None:
        """Request Email Transcript For Conversation.

        Crisp sends the whole conversation by e-mail.
        """

    @post("website/{website_id}/conversation/{session_id}/purge", BOTH)
    def request_chatbox_binding_purge_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Request Chatbox Binding Purge For Conversation.

        The visitor's chatbox forgets its session.
        """

    @post("website/{website_id}/conversation/{session_id}/feedback", BOTH)
    def request_user_feedback_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Request User Feedback For Conversation.

        Asks the visitor for a rating; the visitor must be online.
        """

    @get("website/{website_id}/conversation/{session_id}/browsing", BOTH)
    def list_browsing_sessions_for_conversation(
        self, website_id: str, session_id: str
    ) -> list[ty.ConversationBrowsing]:
        """List Browsing Sessions For Conversation.

        Returns the screen-sharing sessions that an operator can join.
        """

    @post("website/{website_id}/conversation/{session_id}/browsing", BOTH)
    def initiate_browsing_session_for_conversation(
        self, website_id: str, session_id: str
    ) -> None:
        """Initiate Browsing Session For Conversation.

        Starts to share the visitor's screen.
        """

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
        """Send Action To An Existing Browsing Session.

        Starts or stops the stream of a screen-sharing session.
        """

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
        """Assist An Existing Browsing Session.

        Moves the pointer, clicks or scrolls on the visitor's screen.
        """

    @post("website/{website_id}/conversation/{session_id}/call", BOTH)
    def initiate_new_call_session_for_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationCallPayload]
    ) -> ty.ConversationCall:
        """Initiate New Call Session For Conversation.

        Starts an audio or a video call.
        """

    @get("website/{website_id}/conversation/{session_id}/call", BOTH)
    def get_ongoing_call_session_for_conversation(
        self, website_id: str, session_id: str
    ) -> ty.ConversationCall:
        """Get Ongoing Call Session For Conversation.

        Returns the call in progress, if there is one.
        """

    @delete("website/{website_id}/conversation/{session_id}/call/{call_id}", BOTH)
    def abort_ongoing_call_session_for_conversation(
        self,
        website_id: str,
        session_id: str,
        call_id: str,
        data: Body[ty.ConversationCallAbortPayload | None] = None,
    ) -> None:
        """Abort Ongoing Call Session For Conversation.

        Ends the call for both sides.
        """

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
        """Transmit Signaling On Ongoing Call Session.

        Relays a signaling payload to the other side of the call.
        """

    @post("website/{website_id}/conversation/{session_id}/tool")
    def request_tool_call_for_conversation(
        self,
        website_id: str,
        session_id: str,
        data: Body[ty.ConversationToolCallRequest],
    ) -> None:
        """Request Tool Call For Conversation.

        Asks the visitor's chatbox to run a WebMCP tool.
        """

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
        """Deliver Widget Button Action For Conversation.

        Triggers a button in the widget of a plugin.
        """

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
        """Deliver Widget Data Action For Conversation.

        Reads or edits a value in the widget of a plugin.
        """

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
        """Schedule A Reminder For Conversation.

        Reminds the team at a ``date`` to come, with a ``note``.
        """

    @post("website/{website_id}/conversation/{session_id}/report", BOTH)
    def report_conversation(
        self, website_id: str, session_id: str, data: Body[ty.ConversationReportPayload]
    ) -> None:
        """Report Conversation.

        Reports it under a ``flag``, and removes it from the inbox.
        """


class WebsitePeople(Consumer[Mode]):
    """Website People."""

    @get("website/{website_id}/people/stats", BOTH)
    def get_people_statistics(self, website_id: str) -> ty.PeopleStatistics:
        """Get People Statistics.

        Returns how many contacts the website has.
        """

    @get("website/{website_id}/people/suggest/segments/{page_number}", BOTH)
    def list_people_segments(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.PeopleSuggestedSegment]:
        """List Suggested People Segments.

        Returns the segments that the app suggests for contacts. The route is
        the one in the current reference; crisp-api 1.1.23 uses an older one.
        """

    list_suggested_people_segments = list_people_segments

    @delete("website/{website_id}/people/suggest/segment", BOTH)
    def delete_suggested_people_segment(
        self, website_id: str, data: Body[ty.PeopleSuggestedSegmentDelete]
    ) -> None:
        """Delete Suggested People Segment.

        The segment is not suggested any more.
        """

    @get("website/{website_id}/people/suggest/data/{page_number}", BOTH)
    def list_suggested_people_data_keys(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.PeopleSuggestedDataKey]:
        """List Suggested People Data Keys.

        Returns the keys of custom data that the app suggests for contacts.
        """

    @delete("website/{website_id}/people/suggest/data", BOTH)
    def delete_suggested_people_data_key(
        self, website_id: str, data: Body[ty.PeopleSuggestedDataDelete]
    ) -> None:
        """Delete Suggested People Data Key.

        The key is not suggested any more.
        """

    @get("website/{website_id}/people/suggest/events/{page_number}", BOTH)
    def list_suggested_people_events(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.PeopleSuggestedEvent]:
        """List Suggested People Events.

        Returns the texts of events that the app suggests for contacts.
        """

    @delete("website/{website_id}/people/suggest/event", BOTH)
    def delete_suggested_people_event(
        self, website_id: str, data: Body[ty.PeopleSuggestedEventDelete]
    ) -> None:
        """Delete Suggested People Event.

        The event is not suggested any more.
        """

    @get("website/{website_id}/people/profiles/{page_number}", BOTH, key="people_id")
    def list_people_profiles(
        self,
        website_id: str,
        page_number: int = 1,
        **filters: t.Unpack[ty.PeopleProfileFilters],
    ) -> list[ty.PeopleProfile]:
        """List People Profiles.

        A page has 20 contacts, or ``per_page`` (20 to 50). Duplicates can occur
        while contacts are added; `crisp_api.paginate` drops them.
        """

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

        Returns the ``people_id``. Raises a `ConflictError` with the reason
        ``people_exists`` if a contact has this e-mail address;
        `crisp_api.jobs.upsert_contact` updates that one instead.
        """

    @head("website/{website_id}/people/profile/{people_id}", BOTH)
    def check_people_profile_exists(self, website_id: str, people_id: str) -> bool:
        """Check If People Profile Exists.

        The ``people_id`` can be an e-mail address. Returns False if there is
        none; other failures raise an error.
        """

    check_if_people_profile_exists = check_people_profile_exists

    @get("website/{website_id}/people/profile/{people_id}", BOTH)
    def get_people_profile(self, website_id: str, people_id: str) -> ty.PeopleProfile:
        """Get People Profile.

        The ``people_id`` can be an e-mail address.
        """

    @put("website/{website_id}/people/profile/{people_id}", BOTH)
    def save_people_profile(
        self, website_id: str, people_id: str, data: Body[ty.PeopleProfileUpdateCard]
    ) -> None:
        """Save People Profile.

        Replaces the whole profile: to keep some fields, pass them as well. The
        ``people_id`` can be an e-mail address.
        """

    @patch("website/{website_id}/people/profile/{people_id}", BOTH)
    def update_people_profile(
        self, website_id: str, people_id: str, data: Body[ty.PeopleProfileUpdateCard]
    ) -> None:
        """Update People Profile.

        Changes the fields you pass, and keeps the others. The ``people_id`` can
        be an e-mail address.
        """

    @delete("website/{website_id}/people/profile/{people_id}", BOTH)
    def remove_people_profile(self, website_id: str, people_id: str) -> None:
        """Remove People Profile.

        The ``people_id`` can be an e-mail address.
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
        """List People Conversations.

        Returns the ``session_id`` of each conversation with the contact.
        """

    @get(
        "website/{website_id}/people/campaigns/{people_id}/list/{page_number}",
        USER,
        key="campaign_id",
    )
    def list_people_campaigns(
        self, website_id: str, people_id: str, page_number: int = 1
    ) -> list[ty.PeopleCampaign]:
        """List People Campaigns.

        Returns the campaigns that reached the contact.
        """

    @post("website/{website_id}/people/events/{people_id}", BOTH)
    def add_people_event(
        self, website_id: str, people_id: str, data: Body[ty.PeopleEventAdd]
    ) -> None:
        """Add A People Event.

        Each call records another event.
        """

    @get("website/{website_id}/people/events/{people_id}/list/{page_number}", BOTH)
    def list_people_events(
        self, website_id: str, people_id: str, page_number: int = 1
    ) -> list[ty.PeopleEvent]:
        """List People Events.

        Returns the events recorded for the contact.
        """

    @get("website/{website_id}/people/data/{people_id}", BOTH)
    def get_people_data(self, website_id: str, people_id: str) -> ty.PeopleDataResponse:
        """Get People Data.

        Returns the custom data of the contact, under ``data``.
        """

    @put("website/{website_id}/people/data/{people_id}", BOTH)
    def save_people_data(
        self,
        website_id: str,
        people_id: str,
        data: Wrapped[ty.PeopleData | ty.CustomData],
    ) -> None:
        """Save People Data.

        Replaces all custom data of the contact. Pass the keys themselves; they
        are sent under ``data``, as Crisp expects.
        """

    @patch("website/{website_id}/people/data/{people_id}", BOTH)
    def update_people_data(
        self,
        website_id: str,
        people_id: str,
        data: Wrapped[ty.PeopleData | ty.CustomData],
    ) -> None:
        """Update People Data.

        Changes the keys you pass, and keeps the others. Pass the keys
        themselves; they are sent under ``data``, as Crisp expects.
        """

    @get("website/{website_id}/people/subscription/{people_id}", BOTH)
    def get_people_subscription_status(
        self, website_id: str, people_id: str
    ) -> ty.PeopleSubscription:
        """Get People Subscription Status.

        Returns whether the contact accepts e-mail campaigns.
        """

    @patch("website/{website_id}/people/subscription/{people_id}", BOTH)
    def update_people_subscription_status(
        self, website_id: str, people_id: str, data: Body[ty.PeopleSubscriptionUpdate]
    ) -> None:
        """Update People Subscription Status.

        Subscribes the contact to e-mail campaigns, or unsubscribes it.
        """

    @post("website/{website_id}/people/export/profiles", USER)
    def export_people_profiles(self, website_id: str) -> None:
        """Export People Profiles.

        Crisp sends the export to the requester by e-mail.
        `crisp_api.jobs.export_people` writes a file instead.
        """

    @post("website/{website_id}/people/import/profiles", USER)
    def import_people_profiles(
        self, website_id: str, data: Body[ty.PeopleProfileImportSetup]
    ) -> ty.PeopleProfileImport:
        """Import People Profiles.

        Imports contacts from a CSV file that was uploaded, in the background.
        The progress arrives as the events ``people:import:progress`` and
        ``people:import:done``.
        """


class WebsiteVisitors(Consumer[Mode]):
    """Website Visitors."""

    @get("website/{website_id}/visitors/count", BOTH)
    def count_visitors(self, website_id: str) -> ty.WebsiteVisitorCount:
        """Count Visitors.

        Counts those who are on the website now.
        """

    @get("website/{website_id}/visitors/list/{page_number}", BOTH, key="session_id")
    def list_visitors(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.WebsiteVisitor]:
        """List Visitors.

        Returns those who are on the website now.
        """

    @get("website/{website_id}/visitors/map", BOTH)
    def pinpoint_visitors_on_map(
        self,
        website_id: str,
        *,
        center_latitude: Query[float | None] = None,
        center_longitude: Query[float | None] = None,
        center_radius: Query[float | None] = None,
    ) -> list[ty.WebsiteVisitorsMapPoint]:
        """Pinpoint Visitors On A Map.

        Groups current visitors by place. The default area is the whole Earth.
        """

    @get("website/{website_id}/visitors/token/{token_id}", BOTH)
    def get_session_identifier_from_token(
        self, website_id: str, token_id: str
    ) -> ty.WebsiteVisitorsToken:
        """Get Session Identifier From Token.

        Returns the ``session_id`` for the token of a chatbox.
        """

    @get("website/{website_id}/visitors/blocked", USER)
    def count_blocked_visitors(
        self, website_id: str
    ) -> list[ty.WebsiteVisitorsBlocked]:
        """Count Blocked Visitors.

        Returns the number for each block rule.
        """

    @get("website/{website_id}/visitors/blocked/{block_rule}", USER)
    def count_blocked_visitors_in_rule(
        self, website_id: str, block_rule: str
    ) -> ty.WebsiteVisitorsBlocked:
        """Count Blocked Visitors In Rule.

        Returns the number for one block rule.
        """

    @delete("website/{website_id}/visitors/blocked/{block_rule}", USER)
    def clear_blocked_visitors_in_rule(self, website_id: str, block_rule: str) -> None:
        """Clear Blocked Visitors In Rule.

        Unblocks all visitors that the rule has blocked.
        """


class WebsiteAvailability(Consumer[Mode]):
    """Website Availability."""

    @get("website/{website_id}/availability/status", BOTH)
    def get_website_availability_status(
        self, website_id: str
    ) -> ty.WebsiteAvailabilityStatus:
        """Get Website Availability Status.

        Returns whether visitors see the team as online or away.
        """

    @get("website/{website_id}/availability/operators", BOTH)
    def list_website_operator_availabilities(
        self, website_id: str
    ) -> list[ty.WebsiteAvailabilityOperator]:
        """List Website Operator Availabilities.

        Returns the availability of each operator; a duration is in seconds.
        """


class WebsiteOperators(Consumer[Mode]):
    """Website Operators."""

    @get("website/{website_id}/operators/list", BOTH)
    def list_website_operators(
        self, website_id: str
    ) -> list[ty.WebsiteOperatorListOne]:
        """List Website Operators.

        Includes operators who were invited and have not joined yet.
        """

    @get("website/{website_id}/operators/active", BOTH)
    def list_last_active_website_operators(
        self, website_id: str
    ) -> list[ty.WebsiteOperatorsLastActiveListOne]:
        """List Last Active Website Operators.

        Returns the operators who replied last.
        """

    @delete("website/{website_id}/operators/active", USER)
    def flush_last_active_website_operators(self, website_id: str) -> None:
        """Flush Last Active Website Operators.

        Empties the list of operators who replied last.
        """

    @patch("website/{website_id}/operators/email", BOTH)
    def send_email_to_website_operators(
        self, website_id: str, data: Body[ty.WebsiteOperatorEmail]
    ) -> None:
        """Send Email To Website Operators.

        Sends an e-mail to all operators, or to some. Each call sends another
        one.
        """


class WebsiteOperator(Consumer[Mode]):
    """Website Operator."""

    @get("website/{website_id}/operator/{user_id}", BOTH)
    def get_website_operator(self, website_id: str, user_id: str) -> ty.WebsiteOperator:
        """Get A Website Operator.

        Finds the operator by the ``user_id``.
        """

    @post("website/{website_id}/operator", USER)
    def invite_website_operator(
        self, website_id: str, data: Body[ty.WebsiteOperatorInvite]
    ) -> None:
        """Invite A Website Operator.

        Sends an invitation to an e-mail address. A plan has a limited number of
        operators.
        """

    @patch("website/{website_id}/operator/{user_id}", USER)
    def change_operator_membership(
        self, website_id: str, user_id: str, data: Body[ty.WebsiteOperatorEdit]
    ) -> None:
        """Change Operator Membership.

        Changes the role or the title of the operator.
        """

    @delete("website/{website_id}/operator/{user_id}", USER)
    def unlink_operator_from_website(self, website_id: str, user_id: str) -> None:
        """Unlink Operator From Website.

        Removes the operator from the website. The last one cannot be removed.
        """


class WebsiteHelpdesk(Consumer[Mode]):
    """Website Helpdesk."""

    @head("website/{website_id}/helpdesk", BOTH)
    def check_helpdesk_exists(self, website_id: str) -> bool:
        """Check If Helpdesk Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_helpdesk_exists = check_helpdesk_exists

    @get("website/{website_id}/helpdesk", BOTH)
    def resolve_helpdesk(self, website_id: str) -> ty.Helpdesk:
        """Resolve Helpdesk.

        Returns the name and the URL of the helpdesk.
        """

    @post("website/{website_id}/helpdesk", USER)
    def initialize_helpdesk(
        self, website_id: str, data: Body[ty.HelpdeskCreate]
    ) -> None:
        """Initialize Helpdesk.

        Creates the helpdesk of the website, which has at most one.
        """

    @delete("website/{website_id}/helpdesk", USER)
    def delete_helpdesk(self, website_id: str, data: Body[ty.HelpdeskRemove]) -> None:
        """Delete Helpdesk.

        The body proves the identity of the caller.
        """

    @get("website/{website_id}/helpdesk/locales/{page_number}", BOTH, key="locale_id")
    def list_helpdesk_locales(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.HelpdeskLocale]:
        """List Helpdesk Locales.

        Returns the languages of the helpdesk.
        """

    @post("website/{website_id}/helpdesk/locale", BOTH)
    def add_helpdesk_locale(
        self, website_id: str, data: Body[ty.HelpdeskLocaleAdd]
    ) -> None:
        """Add Helpdesk Locale."""

    @head("website/{website_id}/helpdesk/locale/{locale}", BOTH)
    def check_helpdesk_locale_exists(self, website_id: str, locale: str) -> bool:
        """Check If Helpdesk Locale Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_helpdesk_locale_exists = check_helpdesk_locale_exists

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

        Returns the articles of one language.

        Deprecated: it belongs to the helpdesk of 2025. Use `list_helpdesk_tree`
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

        Creates a draft.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns False if there is none; other failures raise an error.

        Deprecated: it belongs to the helpdesk of 2025. Use
        `resolve_helpdesk_tree_path`.
        """

    check_if_helpdesk_locale_article_exists = check_helpdesk_locale_article_exists

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

        Deprecated: it belongs to the helpdesk of 2025. Use
        `resolve_helpdesk_tree_metadata`, `resolve_helpdesk_tree_content` or
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

        Replaces the whole article.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Changes the fields you pass, and keeps the others.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns the title and the public URL of the article.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns the category and the section of the article.

        Deprecated: it belongs to the helpdesk of 2025, and nothing replaces it.
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

        Moves the article to a category and a section.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns the translations that are linked to the article.

        Deprecated: it belongs to the helpdesk of 2025, and nothing replaces it.
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

        Returns False if there is none; other failures raise an error.

        Deprecated: it belongs to the helpdesk of 2025, and nothing replaces it.
        """

    check_if_helpdesk_locale_article_alternate_exists = (
        check_helpdesk_locale_article_alternate_exists
    )

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/article/{article_id}/alternate/{locale_linked}",
        BOTH,
        deprecated=True,
    )
    def resolve_helpdesk_locale_article_alternate(
        self, website_id: str, locale: str, article_id: str, locale_linked: str
    ) -> ty.HelpdeskLocaleArticleAlternate:
        """Resolve Helpdesk Locale Article Alternate.

        Returns the translation that is linked for a language.

        Deprecated: it belongs to the helpdesk of 2025, and nothing replaces it.
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

        Links a translation to the article.

        Deprecated: it belongs to the helpdesk of 2025, and nothing replaces it.
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

        Removes the link; the translation itself stays.

        Deprecated: it belongs to the helpdesk of 2025, and nothing replaces it.
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

        Returns the public URL.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        The article becomes a draft again.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns the categories of one language.

        Deprecated: it belongs to the helpdesk of 2025. Use
        `list_helpdesk_tree`.
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

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns False if there is none; other failures raise an error.

        Deprecated: it belongs to the helpdesk of 2025. Use
        `resolve_helpdesk_tree_path`.
        """

    check_if_helpdesk_locale_category_exists = check_helpdesk_locale_category_exists

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_metadata", "resolve_helpdesk_tree_path"),
    )
    def resolve_helpdesk_locale_category(
        self, website_id: str, locale: str, category_id: str
    ) -> ty.HelpdeskLocaleCategoryResponse:
        """Resolve Helpdesk Locale Category.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Replaces the whole category.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Changes the fields you pass, and keeps the others.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns the sections of a category.

        Deprecated: it belongs to the helpdesk of 2025. Use
        `list_helpdesk_tree`.
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

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns False if there is none; other failures raise an error.

        Deprecated: it belongs to the helpdesk of 2025. Use
        `resolve_helpdesk_tree_path`.
        """

    check_if_helpdesk_locale_section_exists = check_helpdesk_locale_section_exists

    @get(
        "website/{website_id}/helpdesk/locale/{locale}/category/{category_id}/section/{section_id}",
        BOTH,
        replaced_by=("resolve_helpdesk_tree_metadata", "resolve_helpdesk_tree_path"),
    )
    def resolve_helpdesk_locale_section(
        self, website_id: str, locale: str, category_id: str, section_id: str
    ) -> ty.HelpdeskLocaleSectionResponse:
        """Resolve Helpdesk Locale Section.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Replaces the whole section.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Changes the fields you pass, and keeps the others.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Counts helpful and unhelpful votes over a period.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Returns the feedback of readers over a period.

        Deprecated: it belongs to the helpdesk of 2025. Use
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

        Imports another help site, in the background.

        Deprecated: it belongs to the helpdesk of 2025. Use
        `import_external_helpdesk`.
        """

    @post(
        "website/{website_id}/helpdesk/locale/{locale}/export",
        USER,
        replaced_by=("export_helpdesk",),
    )
    def export_helpdesk_locale_articles(self, website_id: str, locale: str) -> None:
        """Export Helpdesk Locale Articles.

        Crisp sends the articles to the requester by e-mail.

        Deprecated: it belongs to the helpdesk of 2025. Use `export_helpdesk`.
        """

    @get(
        "website/{website_id}/helpdesk/redirections/{page_number}",
        BOTH,
        key="redirection_id",
    )
    def list_helpdesk_redirections(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.HelpdeskRedirection]:
        """List Helpdesk Redirections.

        Returns the redirections of paths of the helpdesk.
        """

    @post("website/{website_id}/helpdesk/redirection", BOTH)
    def add_helpdesk_redirection(
        self, website_id: str, data: Body[ty.HelpdeskRedirectionAdd]
    ) -> ty.HelpdeskRedirectionNew:
        """Add Helpdesk Redirection.

        Redirects a path of the helpdesk to a target.
        """

    @head("website/{website_id}/helpdesk/redirection/{redirection_id}", BOTH)
    def check_helpdesk_redirection_exists(
        self, website_id: str, redirection_id: str
    ) -> bool:
        """Check If Helpdesk Redirection Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_helpdesk_redirection_exists = check_helpdesk_redirection_exists

    @get("website/{website_id}/helpdesk/redirection/{redirection_id}", BOTH)
    def resolve_helpdesk_redirection(
        self, website_id: str, redirection_id: str
    ) -> ty.HelpdeskRedirection:
        """Resolve Helpdesk Redirection."""

    @delete("website/{website_id}/helpdesk/redirection/{redirection_id}", BOTH)
    def delete_helpdesk_redirection(self, website_id: str, redirection_id: str) -> None:
        """Delete Helpdesk Redirection.

        The path is not redirected any more.
        """

    @get("website/{website_id}/helpdesk/settings", BOTH)
    def resolve_helpdesk_settings(self, website_id: str) -> ty.HelpdeskSettings:
        """Resolve Helpdesk Settings."""

    @patch("website/{website_id}/helpdesk/settings", BOTH)
    def save_helpdesk_settings(
        self, website_id: str, data: Body[ty.HelpdeskSettings]
    ) -> None:
        """Save Helpdesk Settings.

        Changes the settings you pass.
        """

    @get("website/{website_id}/helpdesk/domain", USER)
    def resolve_helpdesk_domain(self, website_id: str) -> ty.HelpdeskDomain:
        """Resolve Helpdesk Domain.

        Returns the basic and the custom domain of the helpdesk.
        """

    @patch("website/{website_id}/helpdesk/domain", USER)
    def request_helpdesk_domain_change(
        self, website_id: str, data: Body[ty.HelpdeskDomainChangeRequest]
    ) -> None:
        """Request Helpdesk Domain Change.

        Requests another basic or custom domain. A custom one needs DNS records;
        see `generate_helpdesk_domain_setup_flow`.
        """

    @get("website/{website_id}/helpdesk/domain/setup", USER)
    def generate_helpdesk_domain_setup_flow(
        self, website_id: str, *, custom: Query[str | None] = None
    ) -> ty.HelpdeskDomainSetupFlow:
        """Generate Helpdesk Domain Setup Flow.

        Returns the DNS records that a custom domain needs.
        """

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
        """List Helpdesk Pages.

        Returns the public pages of one language and content type.
        """

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
        """Resolve Helpdesk Page Entity.

        Finds a public page by the identifier of its entity.
        """

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
        """List Helpdesk Tree.

        Returns the entries of the content tree, all of them or those below a
        group.
        """

    @post("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def create_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> None:
        """Create Helpdesk Tree Path.

        Creates an empty entry. The ``path`` may contain slashes: category,
        optional section, and file name, such as
        ``orders/delivery/shipping-policy.md``.
        """

    @get("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreeEntry:
        """Resolve Helpdesk Tree Path.

        Returns the entry at a ``path``, which may contain slashes.
        """

    @patch("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def update_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.HelpdeskTreePathUpdate],
    ) -> None:
        """Update Helpdesk Tree Path.

        Moves the entry, or changes its place in the order.
        """

    @delete("website/{website_id}/helpdesk/tree/path/{locale}/{content_type}/{path}")
    def delete_helpdesk_tree_path(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> None:
        """Delete Helpdesk Tree Path.

        Removes the entry, and everything below it.
        """

    @get("website/{website_id}/helpdesk/tree/content/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_content(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreeContent:
        """Resolve Helpdesk Tree Content.

        Returns the text of the entry.
        """

    @put("website/{website_id}/helpdesk/tree/content/{locale}/{content_type}/{path}")
    def save_helpdesk_tree_content(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.HelpdeskTreeContentSave],
    ) -> None:
        """Save Helpdesk Tree Content.

        Replaces the text of the entry.
        """

    @get("website/{website_id}/helpdesk/tree/metadata/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_metadata(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreeMetadataResponse:
        """Resolve Helpdesk Tree Metadata.

        Returns the title, state, author and other details of the entry.
        """

    @patch("website/{website_id}/helpdesk/tree/metadata/{locale}/{content_type}/{path}")
    def update_helpdesk_tree_metadata(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
        data: Body[ty.HelpdeskTreeMetadata],
    ) -> None:
        """Update Helpdesk Tree Metadata.

        Changes the details you pass, such as the title or the state.
        """

    @get("website/{website_id}/helpdesk/tree/page/{locale}/{content_type}/{path}")
    def resolve_helpdesk_tree_page(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        path: Segments,
    ) -> ty.HelpdeskTreePage:
        """Resolve Helpdesk Tree Page.

        Returns the title and the public URL of the entry.
        """

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
        """List Helpdesk History Changes.

        Returns past changes of the content.
        """

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
        """Cancel Helpdesk History Change.

        Reverts a past change.
        """

    @post("website/{website_id}/helpdesk/refresh/{locale}/{content_type}")
    def request_helpdesk_content_refresh(
        self, website_id: str, locale: str, content_type: ty.HelpdeskContentType
    ) -> None:
        """Request Helpdesk Content Refresh.

        Refreshes the content of one language and type, in the background.
        """

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
        """Map Helpdesk Locale Feedback Ratings.

        Counts helpful and unhelpful votes of one content type over a period.
        """

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
        """List Helpdesk Locale Feedbacks.

        Returns the feedback of readers on one content type over a period.
        """

    @post("website/{website_id}/helpdesk/import/{locale}/{content_type}")
    def import_external_helpdesk(
        self,
        website_id: str,
        locale: str,
        content_type: ty.HelpdeskContentType,
        data: Body[ty.HelpdeskLocaleExternalImport],
    ) -> None:
        """Import External Helpdesk To Locale.

        Imports another help site into one content type, in the background.
        """

    @post("website/{website_id}/helpdesk/export/{locale}/{content_type}")
    def export_helpdesk(
        self, website_id: str, locale: str, content_type: ty.HelpdeskContentType
    ) -> None:
        """Export Helpdesk Locale Articles.

        Crisp sends the content of one type to the requester by e-mail.
        """


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
        """List Campaign Tags.

        Returns the tags that campaigns have.
        """

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
        """Create A New Campaign Template.

        Returns the ``template_id``. Each call creates another template.
        """

    @head("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def check_campaign_template_exists(self, website_id: str, template_id: str) -> bool:
        """Check If Campaign Template Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_campaign_template_exists = check_campaign_template_exists

    @get("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def get_campaign_template(
        self, website_id: str, template_id: str
    ) -> ty.WebsiteCampaignTemplateItemResponse:
        """Get A Campaign Template.

        Returns the template with its content.
        """

    @put("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def save_campaign_template(
        self,
        website_id: str,
        template_id: str,
        data: Body[ty.WebsiteCampaignTemplateItem],
    ) -> None:
        """Save A Campaign Template.

        Replaces the whole template; to change some fields, use
        `update_campaign_template`.
        """

    @patch("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def update_campaign_template(
        self,
        website_id: str,
        template_id: str,
        data: Body[ty.WebsiteCampaignTemplateItem],
    ) -> None:
        """Update A Campaign Template.

        Changes the fields you pass, and keeps the others.
        """

    @delete("website/{website_id}/campaigns/template/{template_id}", BOTH)
    def remove_campaign_template(self, website_id: str, template_id: str) -> None:
        """Remove A Campaign Template."""


class WebsiteCampaign(Consumer[Mode]):
    """Website Campaign."""

    @post("website/{website_id}/campaign", USER)
    def create_new_campaign(
        self, website_id: str, data: Body[ty.WebsiteCampaignNewItem]
    ) -> ty.WebsiteCampaignNew:
        """Create A New Campaign.

        Returns the ``campaign_id``. Nothing is sent before `dispatch_campaign`.
        Each call creates another campaign.
        """

    @head("website/{website_id}/campaign/{campaign_id}", USER)
    def check_campaign_exists(self, website_id: str, campaign_id: str) -> bool:
        """Check If Campaign Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_campaign_exists = check_campaign_exists

    @get("website/{website_id}/campaign/{campaign_id}", USER)
    def get_campaign(
        self, website_id: str, campaign_id: str
    ) -> ty.WebsiteCampaignItemResponse:
        """Get A Campaign."""

    @put("website/{website_id}/campaign/{campaign_id}", USER)
    def save_campaign(
        self, website_id: str, campaign_id: str, data: Body[ty.WebsiteCampaignItem]
    ) -> None:
        """Save A Campaign.

        Replaces the whole campaign; to change some fields, use
        `update_campaign`.
        """

    @patch("website/{website_id}/campaign/{campaign_id}", USER)
    def update_campaign(
        self, website_id: str, campaign_id: str, data: Body[ty.WebsiteCampaignItem]
    ) -> None:
        """Update A Campaign.

        Changes the fields you pass, and keeps the others.
        """

    @delete("website/{website_id}/campaign/{campaign_id}", USER)
    def remove_campaign(self, website_id: str, campaign_id: str) -> None:
        """Remove A Campaign."""

    @post("website/{website_id}/campaign/{campaign_id}/dispatch", USER)
    def dispatch_campaign(self, website_id: str, campaign_id: str) -> None:
        """Dispatch A Campaign.

        Sends the campaign, which must be ready. `pause_campaign` interrupts it.
        """

    @post("website/{website_id}/campaign/{campaign_id}/resume", USER)
    def resume_campaign(self, website_id: str, campaign_id: str) -> None:
        """Resume A Campaign.

        Continues a campaign that was paused.
        """

    @post("website/{website_id}/campaign/{campaign_id}/pause", USER)
    def pause_campaign(self, website_id: str, campaign_id: str) -> None:
        """Pause A Campaign.

        Interrupts a campaign that is running; see `resume_campaign`.
        """

    @post("website/{website_id}/campaign/{campaign_id}/test", USER)
    def test_campaign(self, website_id: str, campaign_id: str) -> None:
        """Test A Campaign.

        Sends a test of a campaign that is ready.
        """

    @get(
        "website/{website_id}/campaign/{campaign_id}/recipients/{page_number}",
        USER,
        key="people_id",
    )
    def list_campaign_recipients(
        self, website_id: str, campaign_id: str, page_number: int = 1
    ) -> list[ty.WebsiteCampaignRecipient]:
        """List Campaign Recipients.

        Returns the contacts that a one-shot campaign would reach, before it is
        sent.
        """

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
        """List Campaign Statistics.

        Returns the contacts that did one thing with a campaign, such as opening
        it.
        """


class WebsiteAnalytics(Consumer[Mode]):
    """Website Analytics."""

    @post("website/{website_id}/analytics/generate", USER)
    def generate_analytics(
        self, website_id: str, data: Body[ty.AnalyticsGenerateQuery]
    ) -> list[ty.WebsiteAnalyticsGeneratePoint]:
        """Generate Analytics.

        Computes a metric over a period, split as you request.
        """


class WebsiteBatch(Consumer[Mode]):
    """Website Batch."""

    @patch("website/{website_id}/batch/resolve", USER)
    def batch_resolve_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Resolve Items.

        Resolves the ``sessions`` you pass. Without ``sessions``, it resolves
        all conversations.
        """

    batch_resolve_conversations = batch_resolve_items

    @patch("website/{website_id}/batch/unresolve")
    def batch_unresolve_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Unresolve Items.

        Sets the ``sessions`` you pass to unresolved.
        """

    batch_unresolve_conversations = batch_unresolve_items

    @patch("website/{website_id}/batch/read", USER)
    def batch_read_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Read Items.

        Marks the ``sessions`` you pass as read. Without ``sessions``, it marks
        all conversations.
        """

    batch_read_conversations = batch_read_items

    @patch("website/{website_id}/batch/unread")
    def batch_unread_items(
        self, website_id: str, data: Body[ty.WebsiteBatchConversationsOperation]
    ) -> None:
        """Batch Unread Items.

        Marks the ``sessions`` you pass as unread.
        """

    batch_unread_conversations = batch_unread_items

    @post("website/{website_id}/batch/report")
    def batch_report_items(
        self, website_id: str, data: Body[ty.WebsiteBatchReportOperation]
    ) -> None:
        """Batch Report Items.

        Reports the ``sessions`` you pass under a ``flag``.
        """

    batch_report_conversations = batch_report_items

    @patch("website/{website_id}/batch/block")
    def batch_block_items(
        self, website_id: str, data: Body[ty.WebsiteBatchBlockOperation]
    ) -> None:
        """Batch Block Items.

        Blocks the ``sessions`` you pass, or unblocks them.
        """

    batch_block_conversations = batch_block_items

    @patch("website/{website_id}/batch/routing")
    def batch_routing_items(
        self, website_id: str, data: Body[ty.WebsiteBatchRoutingOperation]
    ) -> None:
        """Batch Routing Items.

        Assigns the ``sessions`` you pass to an operator, or unassigns them.
        """

    batch_routing_conversations = batch_routing_items

    @patch("website/{website_id}/batch/inbox")
    def batch_inbox_items(
        self, website_id: str, data: Body[ty.WebsiteBatchInboxOperation]
    ) -> None:
        """Batch Inbox Items.

        Moves the ``sessions`` you pass to another inbox.
        """

    batch_inbox_conversations = batch_inbox_items

    @patch("website/{website_id}/batch/segments")
    def batch_segments_items(
        self, website_id: str, data: Body[ty.WebsiteBatchSegmentsOperation]
    ) -> None:
        """Batch Segments Items.

        Sets segments on conversations or on contacts.
        """

    batch_update_conversations_segments = batch_segments_items

    batch_update_people_segments = batch_segments_items

    @patch("website/{website_id}/batch/data")
    def batch_data_items(
        self, website_id: str, data: Body[ty.WebsiteBatchDataOperation]
    ) -> None:
        """Batch Data Items.

        Sets custom data on conversations or on contacts.
        """

    batch_update_conversations_data = batch_data_items

    batch_update_people_data = batch_data_items

    @patch("website/{website_id}/batch/remove", USER)
    def batch_remove_items(
        self, website_id: str, data: Body[ty.WebsiteBatchRemoveOperation]
    ) -> None:
        """Batch Remove Items.

        Removes conversations or contacts.
        """

    batch_remove_conversations = batch_remove_items

    batch_remove_people = batch_remove_items


class WebsiteInbox(Consumer[Mode]):
    """Website Inbox."""

    @get("website/{website_id}/inboxes/list/{page_number}", BOTH, key="inbox_id")
    def list_inboxes(
        self, website_id: str, page_number: int = 1
    ) -> list[ty.WebsiteInbox]:
        """List Website Inboxes."""

    list_website_inboxes = list_inboxes

    @patch("website/{website_id}/inboxes/batch/order", USER)
    def batch_order_inboxes(
        self,
        website_id: str,
        data: Body[ty.WebsiteInboxOrders | list[ty.WebsiteInboxOrder]],
    ) -> None:
        """Batch Order Website Inboxes.

        Changes the order of the inboxes you pass.
        """

    batch_order_website_inboxes = batch_order_inboxes

    @post("website/{website_id}/inbox", USER)
    def create_new_inbox(
        self, website_id: str, data: Body[ty.WebsiteInboxItem]
    ) -> ty.WebsiteInboxNew:
        """Create A New Website Inbox.

        Returns the ``inbox_id``. Each call creates another inbox.
        """

    create_new_website_inbox = create_new_inbox

    @head("website/{website_id}/inbox/{inbox_id}", BOTH)
    def check_inbox_exists(self, website_id: str, inbox_id: str) -> bool:
        """Check If Website Inbox Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_website_inbox_exists = check_inbox_exists

    @get("website/{website_id}/inbox/{inbox_id}", BOTH)
    def get_inbox(self, website_id: str, inbox_id: str) -> ty.WebsiteInbox:
        """Get Website Inbox."""

    get_website_inbox = get_inbox

    @put("website/{website_id}/inbox/{inbox_id}", USER)
    def save_inbox(
        self, website_id: str, inbox_id: str, data: Body[ty.WebsiteInboxItem]
    ) -> None:
        """Save Website Inbox.

        Replaces the whole inbox: to keep some fields, pass them as well.
        """

    save_website_inbox = save_inbox

    @delete("website/{website_id}/inbox/{inbox_id}", USER)
    def delete_inbox(self, website_id: str, inbox_id: str) -> None:
        """Delete Website Inbox."""

    delete_website_inbox = delete_inbox


class WebsiteTeams(Consumer[Mode]):
    """Website Teams."""

    @get("website/{website_id}/teams/list/{page_number}", key="team_id")
    def list_teams(self, website_id: str, page_number: int = 1) -> list[ty.WebsiteTeam]:
        """List Teams.

        Returns the teams of operators.
        """

    @post("website/{website_id}/team")
    def create_new_team(
        self, website_id: str, data: Body[ty.WebsiteTeamItem]
    ) -> ty.WebsiteTeamNew:
        """Create A New Team.

        Returns the ``team_id``. Each call creates another team.
        """

    @head("website/{website_id}/team/{team_id}")
    def check_team_exists(self, website_id: str, team_id: str) -> bool:
        """Check If Team Exists.

        Returns False if there is none; other failures raise an error.
        """

    check_if_team_exists = check_team_exists

    @get("website/{website_id}/team/{team_id}")
    def get_team(self, website_id: str, team_id: str) -> ty.WebsiteTeam:
        """Get A Team."""

    @put("website/{website_id}/team/{team_id}")
    def save_team(
        self, website_id: str, team_id: str, data: Body[ty.WebsiteTeamItem]
    ) -> None:
        """Save A Team.

        Replaces the whole team: to keep some fields, pass them as well.
        """

    @delete("website/{website_id}/team/{team_id}")
    def delete_team(self, website_id: str, team_id: str) -> None:
        """Remove A Team."""

    remove_team = delete_team


class WebsiteSettings(Consumer[Mode]):
    """Website Settings."""

    @get("website/{website_id}/settings", BOTH)
    def get_website_settings(self, website_id: str) -> ty.WebsiteSettings:
        """Get Website Settings.

        Returns the settings of the website, its inbox and its chatbox.
        """

    @patch("website/{website_id}/settings", BOTH)
    def update_website_settings(
        self, website_id: str, data: Body[ty.WebsiteSettingsUpdate]
    ) -> None:
        """Update Website Settings.

        Changes the settings you pass, and keeps the others.
        """


class WebsiteVerify(Consumer[Mode]):
    """Website Verify."""

    @get("website/{website_id}/verify/settings", BOTH)
    def get_verify_settings(self, website_id: str) -> ty.WebsiteVerifySettings:
        """Get Verify Settings.

        Returns whether visitors must verify their identity.
        """

    @patch("website/{website_id}/verify/settings", BOTH)
    def update_verify_settings(
        self, website_id: str, data: Body[ty.WebsiteVerifySettingsUpdate]
    ) -> None:
        """Update Verify Settings.

        Makes the verification of identities mandatory, or optional.
        """

    @get("website/{website_id}/verify/key", BOTH)
    def get_verify_key(self, website_id: str) -> ty.WebsiteVerifyKey:
        """Get Verify Key.

        Returns the secret that signs the e-mail addresses of your users
        (HMAC-SHA256). Keep it on your server.
        """

    @post("website/{website_id}/verify/key", BOTH)
    def roll_verify_key(self, website_id: str) -> None:
        """Roll Verify Key.

        Replaces the secret; signatures made with the previous one are not
        accepted any more.
        """


class WebsiteConnect(Consumer[Mode]):
    """Website Connect."""

    @get("website/{website_id}/connect/endpoints")
    def get_connect_endpoints(self, website_id: str) -> ty.WebsiteConnectEndpoints:
        """Get Website Connect Endpoints.

        Returns the URLs of the real-time connection. Request them before each
        connection.
        """

    get_website_connect_endpoints = get_connect_endpoints


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
        """List All Active Subscriptions.

        Returns the subscriptions that the token can access.
        """

    @get("plugins/subscription/{website_id}", USER)
    def list_subscriptions_website(
        self, website_id: str
    ) -> list[ty.PluginSubscription]:
        """List Subscriptions For A Website.

        Returns the plugins that the website has installed.
        """

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

        Installs a plugin. The body is required: ``{"plugin_id": "..."}``.
        """

    subscribe_website_to_plugin = subscribe_plugin_to_website

    @delete("plugins/subscription/{website_id}/{plugin_id}", USER)
    def unsubscribe_plugin_from_website(self, website_id: str, plugin_id: str) -> None:
        """Unsubscribe Plugin From Website.

        Uninstalls the plugin. Its calls for the website then raise a
        `NotFoundError` with the reason ``not_subscribed``.
        """

    @get("plugins/subscription/{website_id}/{plugin_id}/settings", BOTH)
    def get_subscription_settings(
        self, website_id: str, plugin_id: str
    ) -> ty.PluginSubscriptionSettings:
        """Get Subscription Settings.

        Returns the configuration of the plugin on a website.
        """

    @put("plugins/subscription/{website_id}/{plugin_id}/settings", BOTH)
    def save_subscription_settings(
        self, website_id: str, plugin_id: str, settings: Body[ty.PluginSettings]
    ) -> None:
        """Save Subscription Settings.

        Replaces the whole configuration of the plugin on a website.
        """

    @patch("plugins/subscription/{website_id}/{plugin_id}/settings", BOTH)
    def update_subscription_settings(
        self, website_id: str, plugin_id: str, settings: Body[ty.PluginSettings]
    ) -> None:
        """Update Subscription Settings.

        Merges the keys you pass into the configuration of the plugin on a
        website.
        """

    @get("plugins/subscription/{website_id}/{plugin_id}/bill/usage", BOTH)
    def get_plugin_usage_bills(
        self, website_id: str, plugin_id: str
    ) -> list[ty.PluginBillUsage]:
        """Get Plugin Usage Bills.

        Returns the usage that is not settled yet.
        """

    @post("plugins/subscription/{website_id}/{plugin_id}/bill/usage", PLUGIN)
    def report_plugin_usage_to_bill(
        self,
        website_id: str,
        plugin_id: str,
        data: Body[ty.PluginSubscriptionBillUsageReport],
    ) -> None:
        """Report Plugin Usage To Bill.

        Charges a website for its use of the plugin. Each call charges again.
        """

    @get("plugins/subscription/{website_id}/{plugin_id}/attest/provenance", BOTH)
    def get_plugin_attest_provenance(
        self, website_id: str, plugin_id: str
    ) -> ty.PluginAttestProvenance:
        """Get Plugin Attest Provenance.

        Returns a signed proof of which user has opened the plugin.
        """

    @post("plugins/subscription/{website_id}/{plugin_id}/channel", BOTH)
    def forward_plugin_payload_to_channel(
        self,
        website_id: str,
        plugin_id: str,
        data: Body[ty.PluginSubscriptionChannelForward],
    ) -> None:
        """Forward Plugin Payload To Channel.

        Sends a payload to the real-time channel of the plugin.
        """

    @post("plugins/subscription/{website_id}/{plugin_id}/event", BOTH)
    def dispatch_plugin_event(
        self,
        website_id: str,
        plugin_id: str,
        data: Body[ty.PluginSubscriptionEventDispatch],
    ) -> None:
        """Dispatch Plugin Event.

        Emits an event of the plugin, which webhooks receive.
        """


class PluginConnectAccount(Consumer[Mode]):
    """Plugin Connect Account."""

    @get("plugin/connect/account", PLUGIN)
    def get_connect_account(self) -> ty.PluginConnectAccount:
        """Get Connect Account.

        Returns the plugin that the token belongs to. You can use it to check
        credentials.
        """


class PluginConnectSession(Consumer[Mode]):
    """Plugin Connect Session."""

    @head("plugin/connect/session", PLUGIN)
    def check_connect_session_validity(self) -> bool:
        """Check Connect Session Validity.

        Returns whether the token of the plugin is valid.
        """


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
        """List All Connect Websites.

        Returns the websites that have installed the plugin.
        """

    @get("plugin/connect/websites/since", PLUGIN)
    def list_connect_websites_since(
        self,
        date_since: Query[ty.Date],
        filter_configured: Query[bool | None] = None,
        *,
        include_plan: Query[bool | None] = None,
    ) -> list[ty.PluginConnectWebsite]:
        """List Connect Websites Since.

        Returns what has changed among these websites since ``date_since``.
        """


class PluginConnectEndpoints(Consumer[Mode]):
    """Plugin Connect Endpoints."""

    @get("plugin/connect/endpoints", PLUGIN)
    def get_connect_endpoints(self) -> ty.PluginConnectEndpoints:
        """Get Connect Endpoints.

        Returns the URLs of the real-time connection. Request them before each
        connection.
        """


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
        """List All Active Plan Subscriptions.

        Returns the subscriptions that the token can access.
        """

    list_all_active_plan_subscriptions = list_all_active_subscriptions

    @get("plans/subscription/{website_id}", BOTH)
    def get_plan_subscription_for_website(self, website_id: str) -> ty.PlanSubscription:
        """Get Plan Subscription For A Website.

        Returns the plan that the website is on.
        """

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
        """Change Bill Period For Website Plan Subscription.

        Changes between monthly and yearly bills.
        """

    @get("plans/subscription/{website_id}/coupon", USER)
    def check_coupon_availability_for_website_plan_subscription(
        self, website_id: str, code: Query[str]
    ) -> ty.PlanSubscriptionCoupon:
        """Check Coupon Availability For Website Plan Subscription.

        Returns details of the coupon, without using it.
        """

    @patch("plans/subscription/{website_id}/coupon", USER)
    def redeem_coupon_for_website_plan_subscription(
        self, website_id: str, data: Body[ty.PlanSubscriptionCouponRedeem]
    ) -> None:
        """Redeem Coupon For Website Plan Subscription.

        Applies a coupon to the subscription.
        """


class Plan(PlanSubscription[Mode]):
    """All endpoints of the plan service."""

    _service = "plan"


# --- bucket ---------------------------------------------------------------


class BucketURL(Consumer[Mode]):
    """Bucket URL."""

    @post("bucket/url/generate", BOTH)
    def generate_bucket_url(self, data: Body[ty.BucketURLRequest]) -> None:
        """Generate Bucket URL.

        The signed URL arrives as the event
        ``bucket:url:{namespace}:generated``, not in the response.
        `crisp_api.jobs.request_upload` and `crisp_api.jobs.upload` do the rest.
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

        The images arrive as the event ``media:animation:listed``, which only
        the tier ``user`` receives, not in the response.
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
