"""Website Settings: what a website is, and how its chatbox behaves."""

import typing as t

from crisp_api.types._typeddict import TypedDict


class WebsiteSettingsAudit(TypedDict, total=False):
    """The settings of audits."""

    log: bool


class WebsiteSettingsContact(TypedDict, total=False):
    """The other ways to contact a website."""

    email: str
    phone: str
    messenger: str
    telegram: str
    twitter: str
    whatsapp: str
    instagram: str


class WebsiteSettingsInbox(TypedDict, total=False):
    """The settings of the inbox."""

    lock_removal: bool
    force_operator_token: bool
    locale: str


class WebsiteSettingsEmails(TypedDict, total=False):
    """The e-mails that are sent."""

    rating: bool
    transcript: bool
    trackers: bool  # Node only; since Node 10.11.0
    junk_filter: bool
    enrich: bool  # Go only


class WebsiteSettingsChatbox(TypedDict, total=False):
    """The appearance and the behavior of the chatbox."""

    tile: str
    conversations: bool
    wait_game: bool
    website_logo: bool
    last_operator_face: bool
    ongoing_operator_face: bool
    activity_metrics: bool
    operator_privacy: bool
    visitor_privacy: bool
    availability_tooltip: bool
    hide_vacation: bool
    hide_on_away: bool
    hide_on_mobile: bool
    position_reverse: bool
    email_visitors: bool
    phone_visitors: bool
    force_identify: bool
    ignore_privacy: bool
    visitor_compose: bool
    file_transfer: bool
    audio_record: bool
    guard_level: str  # Node only; such as "default"; since Node 10.11.0
    mode_initial: str
    home: bool
    overlay_search: bool
    overlay_mode: bool
    helpdesk_link: bool
    helpdesk_only: bool
    helpdesk_navigate: str
    status_health_dead: bool
    check_domain: bool
    color_theme: str
    color_mode: str
    layout_theme: str
    text_theme: str
    welcome_message: str
    locale: str
    allowed_pages: list[str]
    blocked_pages: list[str]
    blocked_countries: list[str]
    blocked_locales: list[str]
    blocked_ips: list[str]  # Node only


class WebsiteSettings(TypedDict):
    """The settings of a website."""

    website_id: str  # Node spells it websiteID
    name: str
    domain: str
    domain_alternates: t.NotRequired[list[str]]  # Node only; since Node 10.11.0
    logo: str
    audit: WebsiteSettingsAudit
    contact: WebsiteSettingsContact
    inbox: WebsiteSettingsInbox
    emails: WebsiteSettingsEmails
    chatbox: WebsiteSettingsChatbox


WebsiteSettingsUpdateAudit = WebsiteSettingsAudit
WebsiteSettingsUpdateContact = WebsiteSettingsContact
WebsiteSettingsUpdateInbox = WebsiteSettingsInbox
WebsiteSettingsUpdateEmails = WebsiteSettingsEmails
WebsiteSettingsUpdateChatbox = WebsiteSettingsChatbox


class WebsiteSettingsUpdate(TypedDict, total=False):
    """The settings of a website to change."""

    website_id: str  # Node spells it websiteID
    name: str
    domain: str
    domain_alternates: list[str]  # Node only; since Node 10.11.0
    logo: str
    audit: WebsiteSettingsUpdateAudit
    contact: WebsiteSettingsUpdateContact
    inbox: WebsiteSettingsUpdateInbox
    emails: WebsiteSettingsUpdateEmails
    chatbox: WebsiteSettingsUpdateChatbox
