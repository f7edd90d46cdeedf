"""Website Settings: the name, domain and chatbox of a website."""

import typing as t

from crisp_api.types._typeddict import TypedDict


class WebsiteSettingsAudit(TypedDict, total=False):
    """The audit settings."""

    log: bool


class WebsiteSettingsContact(TypedDict, total=False):
    """The ways to contact a website other than the chatbox."""

    email: str
    phone: str
    """Phone number with the country code, such as ``+33757905447``."""
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
    """The settings of e-mails."""

    rating: bool
    transcript: bool
    trackers: bool  # Node only; since Node 10.11.0
    junk_filter: bool
    enrich: bool  # Go only


class WebsiteSettingsChatbox(TypedDict, total=False):
    """The appearance and the behavior of the chatbox."""

    tile: str
    """Name of the background tile, such as ``default``."""
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
    """Name of the protection level, such as ``default``."""
    mode_initial: str
    """Name of the mode that the chatbox starts in, such as ``chat``."""
    home: bool
    overlay_search: bool
    overlay_mode: bool
    helpdesk_link: bool
    helpdesk_only: bool
    helpdesk_navigate: str
    """Name of the helpdesk navigation mode, such as ``deep``."""
    status_health_dead: bool
    check_domain: bool
    color_theme: str
    """Name of the color theme, such as ``blue``."""
    color_mode: str
    """Name of the color mode, such as ``auto``."""
    layout_theme: str
    """Name of the layout theme, such as ``default``."""
    text_theme: str
    """Name of the text theme, such as ``default``."""
    welcome_message: str
    """Name of the welcome message, such as ``default``."""
    locale: str
    """Language code, such as ``en``."""
    allowed_pages: list[str]
    blocked_pages: list[str]
    """URL patterns of the pages that do not show the chatbox, with ``*`` as a wildcard,
    such as ``docs.crisp.chat/*``.
    """
    blocked_countries: list[str]
    """Two-letter codes of the countries to block, such as ``IT``."""
    blocked_locales: list[str]
    """Codes of the languages to block, such as ``fa``."""
    blocked_ips: list[str]  # Node only
    """IPv4 or IPv6 addresses and ranges to block, such as ``192.168.1.1/24``."""


class WebsiteSettings(TypedDict):
    """The settings of a website."""

    website_id: str  # Node spells it websiteID
    name: str
    domain: str
    """Domain of the website, such as ``crisp.chat``."""
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
    """Domain of the website, such as ``crisp.chat``."""
    domain_alternates: list[str]  # Node only; since Node 10.11.0
    logo: str
    audit: WebsiteSettingsUpdateAudit
    contact: WebsiteSettingsUpdateContact
    inbox: WebsiteSettingsUpdateInbox
    emails: WebsiteSettingsUpdateEmails
    chatbox: WebsiteSettingsUpdateChatbox
