"""Website Helpdesk: articles, guides, references and news.

Articles, their categories and sections are of the helpdesk as it was before Crisp's
Node client 11; the tree, its pages and its history are what came in their place.
"""

import typing as t

from crisp_api.types._typeddict import TypedDict
from crisp_api.types.objects import (
    CoordinatesResponse,
    GeolocationInfoResponse,
    WebsiteRemoveVerify,
)


class Helpdesk(TypedDict):
    """A helpdesk."""

    name: str
    url: str
    """Public address of the helpdesk."""


class HelpdeskCreate(TypedDict):
    """A helpdesk to create."""

    name: str
    domain_basic: str
    """Name for the helpdesk's basic domain, such as ``acme``."""


HelpdeskRemoveVerify = WebsiteRemoveVerify


class HelpdeskRemove(TypedDict):
    """A proof of identity that authorizes the deletion of a helpdesk."""

    verify: HelpdeskRemoveVerify


class HelpdeskLocaleStatisticsContent(TypedDict):
    """The number of entries and groups of one content type. Since Node 11.0.0."""

    entries: int
    groups: int


class HelpdeskLocaleStatistics(TypedDict):
    """The amount of content in a language, by content type. Since Node 11.0.0."""

    articles: HelpdeskLocaleStatisticsContent
    guides: HelpdeskLocaleStatisticsContent
    references: HelpdeskLocaleStatisticsContent
    news: HelpdeskLocaleStatisticsContent


class HelpdeskLocale(TypedDict):
    """A language of a helpdesk."""

    locale_id: str
    locale: str
    """Language code, such as ``en``."""
    url: str
    """Public address of the helpdesk in this language."""
    # Node up to 10.11.0, Go 3.73.1; later versions have statistics instead.
    articles: t.NotRequired[int]
    # Node up to 10.11.0, Go 3.73.1; later versions have statistics instead.
    categories: t.NotRequired[int]
    # In place of articles and categories; since Node 11.0.0.
    statistics: t.NotRequired[HelpdeskLocaleStatistics]
    """Amount of content by type; replaces ``articles`` and ``categories``."""


class HelpdeskLocaleAdd(TypedDict):
    """A language to add."""

    locale: str
    """Language code, such as ``en``."""


class HelpdeskLocaleArticle(TypedDict, total=False):
    """An article. Some of its fields are Crisp's to set. Deprecated."""

    article_id: str
    title: str
    description: str | None
    """Short summary; ``None`` if there is none."""
    content: str
    """Text of the article, in Markdown."""
    status: t.Literal["published", "draft"]
    """Either ``published`` or ``draft``."""
    visibility: t.Literal["visible", "hidden"]
    """Either ``visible`` or ``hidden``."""
    featured: bool  # Node only
    visits: int
    order: int
    """Position of the article in its list."""
    url: str
    """Public address of the article."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""
    published_at: int
    """Time of publication, in milliseconds since 1970."""


class HelpdeskLocaleArticleResponse(TypedDict, total=False):
    """An article, in a response. Deprecated."""

    article_id: t.Required[str]
    title: t.Required[str]
    description: str | None
    """Short summary; ``None`` if there is none."""
    content: str
    """Text of the article, in Markdown."""
    status: t.Required[t.Literal["published", "draft"]]
    """Either ``published`` or ``draft``."""
    visibility: t.Required[t.Literal["visible", "hidden"]]
    """Either ``visible`` or ``hidden``."""
    featured: bool  # Node only
    visits: int
    order: int
    """Position of the article in its list."""
    url: str
    """Public address of the article."""
    created_at: t.Required[int]
    """Time of creation, in milliseconds since 1970."""
    updated_at: t.Required[int]
    """Time of the last change, in milliseconds since 1970."""
    published_at: int
    """Time of publication, in milliseconds since 1970."""


class HelpdeskLocaleArticleAdd(TypedDict):
    """An article to add. Deprecated."""

    title: str


class HelpdeskLocaleArticleNew(TypedDict):
    """An article that was added. Deprecated."""

    article_id: str


class HelpdeskLocaleArticlePage(TypedDict):
    """The public page of an article. Deprecated."""

    title: str
    url: str
    """Public address of the article."""


class HelpdeskLocaleArticleCategory(TypedDict):
    """The category and section that an article is in. Deprecated."""

    category_id: str
    section_id: t.NotRequired[str]


class HelpdeskLocaleArticleCategoryUpdate(TypedDict):
    """The category and section to put an article in. Deprecated."""

    category_id: str
    section_id: t.NotRequired[str]


class HelpdeskLocaleArticleAlternate(TypedDict):
    """A translation that is linked to an article. Deprecated."""

    locale: str
    """Language code, such as ``en``."""
    article_id: str
    """Identifier of the translation."""


class HelpdeskLocaleArticleAlternateSave(TypedDict):
    """The translation to link to an article. Deprecated."""

    article_id: str
    """Identifier of the translation."""


class HelpdeskLocaleArticlePublish(TypedDict):
    """The public page of a published article. Deprecated."""

    url: str
    """Public address of the article."""


class HelpdeskLocaleCategory(TypedDict, total=False):
    """A category of articles. Deprecated.

    The fields are those of the Node README; Node and Go type it as
    `HelpdeskLocaleArticleCategory`.
    """

    category_id: str  # in answers
    """Set by Crisp; returned in responses."""
    name: str
    description: str | None
    """Short summary; ``None`` if there is none."""
    color: str  # such as #377FEA
    """Color of the category, in hexadecimal form, such as ``#377FEA``."""
    image: str | None
    """URL of the image; ``None`` if there is none."""
    order: int
    """Position of the category in its list."""


class HelpdeskLocaleCategoryResponse(TypedDict, total=False):
    """A category of articles, in a response. Deprecated.

    The fields are those of the Node README; Node and Go type it as
    `HelpdeskLocaleArticleCategory`.
    """

    category_id: t.Required[str]
    name: t.Required[str]
    description: str | None
    """Short summary; ``None`` if there is none."""
    color: str  # such as #377FEA
    """Color of the category, in hexadecimal form, such as ``#377FEA``."""
    image: str | None
    """URL of the image; ``None`` if there is none."""
    order: int
    """Position of the category in its list."""


class HelpdeskLocaleCategoryAdd(TypedDict):
    """A category to add. Deprecated."""

    name: str


class HelpdeskLocaleArticleCategoryNew(TypedDict):
    """A category that was added. Deprecated."""

    category_id: str


class HelpdeskLocaleSection(TypedDict, total=False):
    """A section of a category. Deprecated."""

    section_id: str
    name: str
    order: int
    """Position of the section in its category."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class HelpdeskLocaleSectionResponse(TypedDict):
    """A section of a category, in a response. Deprecated."""

    section_id: str
    name: str
    order: t.NotRequired[int]
    """Position of the section in its category."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class HelpdeskLocaleSectionAdd(TypedDict):
    """A section to add. Deprecated."""

    name: str


class HelpdeskLocaleSectionNew(TypedDict):
    """A section that was added. Deprecated."""

    section_id: str


class HelpdeskLocaleFeedbackRatingsRatings(TypedDict):
    """The number of helpful and unhelpful votes."""

    helpful: int
    unhelpful: int


class HelpdeskLocaleFeedbackRatings(TypedDict):
    """The ratings that readers gave."""

    ratings: HelpdeskLocaleFeedbackRatingsRatings


class HelpdeskLocaleFeedbackItemArticle(TypedDict):
    """The article or other content that a reader rated."""

    article_id: str
    title: str
    url: str
    """Public address of the article."""


HelpdeskLocaleFeedbackItemSessionGeolocationCoordinates = CoordinatesResponse
HelpdeskLocaleFeedbackItemSessionGeolocation = GeolocationInfoResponse


class HelpdeskLocaleFeedbackItemSessionAssigned(TypedDict):
    """The operator to whom a reader's conversation is assigned."""

    user_id: str
    """User identifier of the operator."""


class HelpdeskLocaleFeedbackItemSession(TypedDict, total=False):
    """The conversation of a reader."""

    session_id: t.Required[str]
    nickname: str
    email: str
    avatar: str
    geolocation: HelpdeskLocaleFeedbackItemSessionGeolocation
    assigned: HelpdeskLocaleFeedbackItemSessionAssigned


class HelpdeskLocaleFeedbackItem(TypedDict):
    """The feedback of a reader on an article."""

    rating: str
    """Vote of the reader, such as ``helpful``."""
    comment: t.NotRequired[str]
    """Text that the reader added."""
    article: HelpdeskLocaleFeedbackItemArticle
    """Content that was rated, of any content type."""
    session: t.NotRequired[HelpdeskLocaleFeedbackItemSession]
    """Conversation of the reader, if there is one."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""


class HelpdeskLocaleExternalImport(TypedDict, total=False):
    """An external help site to import."""

    helpdesk_url: t.Required[str]
    """Address of the help site, such as ``https://docs.acme.com/``. It is crawled in
    the background.
    """
    # Go on both routes; Node on the new route only; since Node 11.0.0.
    detect_locales: bool
    """Detect the languages of the help site."""
    # Go on both routes; Node on the new route only; since Node 11.0.0.
    other_locales: list[str]
    """Codes of further languages to import."""


class HelpdeskRedirection(TypedDict):
    """A redirection from a path of the helpdesk to another."""

    redirection_id: str
    path: str
    """Path to redirect from, such as ``/en/article/old-name/``."""
    target: str
    """Path to redirect to, such as ``/en/article/new-name/``."""
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class HelpdeskRedirectionAdd(TypedDict):
    """A redirection to add."""

    path: str
    """Path to redirect from, such as ``/en/article/old-name/``."""
    target: str
    """Path to redirect to, such as ``/en/article/new-name/``."""


class HelpdeskRedirectionNew(TypedDict):
    """A redirection that was added."""

    redirection_id: str


class HelpdeskSettingsAppearanceColor(TypedDict, total=False):
    """The color scheme of a helpdesk. Since Node 11.0.0."""

    mode: str
    mode_changeable: bool


class HelpdeskSettingsAppearanceLogos(TypedDict, total=False):
    """The URLs of the logos of a helpdesk."""

    favicon: str  # since Node 11.0.0
    header: str | None  # None in a Node example
    footer: str | None  # None in a Node example


class HelpdeskSettingsAppearance(TypedDict, total=False):
    """The appearance of a helpdesk."""

    color: HelpdeskSettingsAppearanceColor  # since Node 11.0.0
    logos: HelpdeskSettingsAppearanceLogos
    banner: str | None  # None in a Node example


class HelpdeskSettingsLocalization(TypedDict, total=False):
    """The languages of a helpdesk. Since Node 11.0.0."""

    writing_locale: str
    translated_automatic: bool
    translated_locales_readonly: bool


class HelpdeskSettingsSection(TypedDict, total=False):
    """The display names of the content types. Since Node 11.0.0."""

    articles: str
    guides: str
    references: str
    news: str


class HelpdeskSettingsBehavior(TypedDict, total=False):
    """The behavior of a helpdesk."""

    frequently_read: bool  # Node up to 10.11.0 spells it frequentlyRead
    show_category_images: bool  # Node up to 10.11.0 spells it showCategoryImages
    show_chatbox: bool  # Node up to 10.11.0 spells it showChatbox
    ask_feedback: bool  # Node up to 10.11.0 spells it askFeedback
    report_incorrect: bool  # since Node 11.0.0
    serve_markdown: bool  # since Node 11.0.0
    agent_chat_bar: bool  # since Node 11.0.0
    agent_copy_button: bool  # since Node 11.0.0
    table_of_contents: bool  # since Node 11.0.0
    locale_picker: bool  # Node up to 10.11.0 spells it localePicker
    refer_link: bool  # Node up to 10.11.0 spells it referLink
    forbid_indexing: bool  # Node up to 10.11.0 spells it forbidIndexing
    status_health_dead: bool  # Node up to 10.11.0 spells it statusHealthDead


class HelpdeskSettingsService(TypedDict, total=False):
    """The services of a helpdesk besides its pages. Since Node 11.0.0."""

    mcp_server: bool


class HelpdeskSettingsInclude(TypedDict, total=False):
    """The code that is inserted into every page."""

    html: str | None  # None in a Node example


class HelpdeskSettingsAccess(TypedDict, total=False):
    """The access restrictions of a helpdesk."""

    restrict_mode: str  # values not stated; since Node 11.0.0
    password: str | None  # None in a Node example
    jwt_secret: str  # since Node 11.0.0


class HelpdeskSettings(TypedDict, total=False):
    """The settings of a helpdesk."""

    name: str
    appearance: HelpdeskSettingsAppearance
    localization: HelpdeskSettingsLocalization  # since Node 11.0.0
    section: HelpdeskSettingsSection  # since Node 11.0.0
    behavior: HelpdeskSettingsBehavior
    service: HelpdeskSettingsService  # since Node 11.0.0
    include: HelpdeskSettingsInclude
    access: HelpdeskSettingsAccess


class HelpdeskDomain(TypedDict):
    """The domains of a helpdesk."""

    root: str
    basic: str
    custom: t.NotRequired[str]
    """Domain of your own, such as ``help.acme.com``."""
    verified: t.NotRequired[bool]
    """Whether the custom domain is verified."""


class HelpdeskDomainChangeRequest(TypedDict, total=False):
    """The domains to give a helpdesk."""

    basic: str
    """Name for the basic domain, such as ``acme``."""
    custom: str
    """Domain of your own, such as ``help.acme.com``."""


class HelpdeskDomainSetupFlowSetupRecord(TypedDict):
    """A DNS record that a custom domain needs."""

    type: str
    """Type of the DNS record, such as ``CNAME``."""
    query: str
    name: str
    value: str
    """Value that the record must have."""


class HelpdeskDomainSetupFlowSetup(TypedDict):
    """The DNS records that a custom domain needs."""

    records: list[HelpdeskDomainSetupFlowSetupRecord]


class HelpdeskDomainSetupFlow(TypedDict):
    """The steps to set up a custom domain."""

    custom: str
    setup: HelpdeskDomainSetupFlowSetup


class HelpdeskPage(TypedDict):
    """A public page of a helpdesk. Since Node 11.0.0."""

    entity_id: str
    """Identifier to pass to ``resolve_helpdesk_page_entity``."""
    title: str
    tree_path: t.NotRequired[str]  # Node only; since Node 11.2.0
    """Path in the tree, such as ``orders/delivery/shipping-policy.md``: category,
    optional section, and file name.
    """
    url: str
    """Public address of the page."""


class HelpdeskTreeState(TypedDict, total=False):
    """The publication state of a tree entry. Since Node 11.0.0."""

    published: bool
    hidden: bool
    featured: bool


class HelpdeskTreeEntry(TypedDict):
    """An entry of a helpdesk tree, with the entries below it. Since Node 11.0.0."""

    type: str  # values not stated
    slug: str
    """Last part of the entry's path."""
    title: str
    state: t.NotRequired[HelpdeskTreeState]
    children: t.NotRequired[list["HelpdeskTreeEntry"]]
    """Entries below this one."""


class HelpdeskTreePathUpdatePath(TypedDict):
    """The path to move a tree entry to. Since Node 11.0.0."""

    to: str
    """New path in the tree, such as ``orders/delivery/shipping-policy.md``: category,
    optional section, and file name.
    """


class HelpdeskTreePathUpdate(TypedDict, total=False):
    """A change of path or display order of a tree entry. Since Node 11.0.0."""

    # Values not stated; Go speaks of moving and of changing the display order.
    action: t.Required[str]
    """Kind of change: of the path, or of the display order."""
    path: HelpdeskTreePathUpdatePath
    """New path, to move the entry."""
    position: int  # Go lets it be negative
    """New position in the display order."""


class HelpdeskTreeContent(TypedDict):
    """The text of a tree entry. Since Node 11.0.0."""

    content: str


class HelpdeskTreeContentSave(TypedDict):
    """The text to save in a tree entry. Since Node 11.0.0."""

    content: str
    """The whole text; it replaces the present one."""


class HelpdeskTreeMetadataAuthor(TypedDict, total=False):
    """The author of a tree entry. Since Node 11.0.0."""

    user_id: str
    """User identifier of an operator."""


class HelpdeskTreeMetadataAuthorResponse(TypedDict):
    """The author of a tree entry, in a response. Since Node 11.0.0."""

    user_id: str
    """User identifier of an operator."""


class HelpdeskTreeMetadata(TypedDict, total=False):
    """The metadata of a tree entry. Since Node 11.0.0."""

    format: str  # values not stated
    title: str
    description: str
    state: HelpdeskTreeState
    """Whether the entry is published, hidden or featured."""
    author: HelpdeskTreeMetadataAuthor
    color: str
    image: str
    """URL of the image."""


class HelpdeskTreeMetadataResponse(TypedDict, total=False):
    """The metadata of a tree entry, in a response. Since Node 11.0.0."""

    format: str  # values not stated
    title: t.Required[str]
    description: str
    state: HelpdeskTreeState
    """Whether the entry is published, hidden or featured."""
    author: HelpdeskTreeMetadataAuthorResponse
    color: str
    image: str
    """URL of the image."""


class HelpdeskTreePage(TypedDict):
    """The public page of a tree entry. Since Node 11.0.0."""

    title: str
    url: str
    """Public address of the page."""


class HelpdeskHistoryChangeAuthor(TypedDict):
    """The author of a helpdesk change. Since Node 11.0.0."""

    email: str
    name: str


class HelpdeskHistoryChangeEdits(TypedDict):
    """The size of a helpdesk change. Since Node 11.0.0."""

    insertions: int
    deletions: int


class HelpdeskHistoryChangeFile(TypedDict):
    """A file that a helpdesk change affects. Since Node 11.0.0."""

    change: str  # values not stated
    path: str
    """Path in the tree, such as ``orders/delivery/shipping-policy.md``: category,
    optional section, and file name.
    """
    metadata: t.NotRequired[HelpdeskTreeMetadataResponse]
    content: t.NotRequired[str]


class HelpdeskHistoryChange(TypedDict):
    """A past change of the helpdesk's content. Since Node 11.0.0."""

    change_id: str
    message: str
    """Description of the change."""
    author: HelpdeskHistoryChangeAuthor
    edits: HelpdeskHistoryChangeEdits
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    files: t.NotRequired[list[HelpdeskHistoryChangeFile]]
    """Files that the change affects."""


class HelpdeskHistoryChangeCancel(TypedDict):
    """The way to take back a change. Since Node 11.0.0."""

    action: str  # values not stated
