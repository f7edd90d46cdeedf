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


class HelpdeskCreate(TypedDict):
    """A helpdesk to create."""

    name: str
    domain_basic: str


HelpdeskRemoveVerify = WebsiteRemoveVerify


class HelpdeskRemove(TypedDict):
    """A proof that a helpdesk may be deleted."""

    verify: HelpdeskRemoveVerify


class HelpdeskLocaleStatisticsContent(TypedDict):
    """The amount of one type of content. Since Node 11.0.0."""

    entries: int
    groups: int


class HelpdeskLocaleStatistics(TypedDict):
    """The amount of content in a language, by type. Since Node 11.0.0."""

    articles: HelpdeskLocaleStatisticsContent
    guides: HelpdeskLocaleStatisticsContent
    references: HelpdeskLocaleStatisticsContent
    news: HelpdeskLocaleStatisticsContent


class HelpdeskLocale(TypedDict):
    """A language of a helpdesk."""

    locale_id: str
    locale: str
    url: str
    # Node up to 10.11.0, Go 3.73.1; later versions have statistics instead.
    articles: t.NotRequired[int]
    # Node up to 10.11.0, Go 3.73.1; later versions have statistics instead.
    categories: t.NotRequired[int]
    # In place of articles and categories; since Node 11.0.0.
    statistics: t.NotRequired[HelpdeskLocaleStatistics]


class HelpdeskLocaleAdd(TypedDict):
    """A language to add."""

    locale: str


class HelpdeskLocaleArticle(TypedDict, total=False):
    """An article. Some of its fields are Crisp's to set. Deprecated."""

    article_id: str
    title: str
    description: str | None
    content: str
    status: t.Literal["published", "draft"]
    visibility: t.Literal["visible", "hidden"]
    featured: bool  # Node only
    visits: int
    order: int
    url: str
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
    content: str
    status: t.Required[t.Literal["published", "draft"]]
    visibility: t.Required[t.Literal["visible", "hidden"]]
    featured: bool  # Node only
    visits: int
    order: int
    url: str
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


class HelpdeskLocaleArticleCategory(TypedDict):
    """The category that an article is in. Deprecated."""

    category_id: str
    section_id: t.NotRequired[str]


class HelpdeskLocaleArticleCategoryUpdate(TypedDict):
    """The category to put an article in. Deprecated."""

    category_id: str
    section_id: t.NotRequired[str]


class HelpdeskLocaleArticleAlternate(TypedDict):
    """The same article in another language. Deprecated."""

    locale: str
    article_id: str


class HelpdeskLocaleArticleAlternateSave(TypedDict):
    """The article to link as the same in another language. Deprecated."""

    article_id: str


class HelpdeskLocaleArticlePublish(TypedDict):
    """The public page of a published article. Deprecated."""

    url: str


class HelpdeskLocaleCategory(TypedDict, total=False):
    """A category of articles. Deprecated.

    The fields are those of the Node README; Node and Go type it as
    `HelpdeskLocaleArticleCategory`.
    """

    category_id: str  # in answers
    name: str
    description: str | None
    color: str  # such as #377FEA
    image: str | None
    order: int


class HelpdeskLocaleCategoryResponse(TypedDict, total=False):
    """A category of articles, in a response. Deprecated.

    The fields are those of the Node README; Node and Go type it as
    `HelpdeskLocaleArticleCategory`.
    """

    category_id: t.Required[str]
    name: t.Required[str]
    description: str | None
    color: str  # such as #377FEA
    image: str | None
    order: int


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
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class HelpdeskLocaleSectionResponse(TypedDict):
    """A section of a category, in a response. Deprecated."""

    section_id: str
    name: str
    order: t.NotRequired[int]
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
    """The ratings of articles by readers."""

    ratings: HelpdeskLocaleFeedbackRatingsRatings


class HelpdeskLocaleFeedbackItemArticle(TypedDict):
    """The article that was read."""

    article_id: str
    title: str
    url: str


HelpdeskLocaleFeedbackItemSessionGeolocationCoordinates = CoordinatesResponse
HelpdeskLocaleFeedbackItemSessionGeolocation = GeolocationInfoResponse


class HelpdeskLocaleFeedbackItemSessionAssigned(TypedDict):
    """The operator to whom a reader's conversation is assigned."""

    user_id: str


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
    comment: t.NotRequired[str]
    article: HelpdeskLocaleFeedbackItemArticle
    session: t.NotRequired[HelpdeskLocaleFeedbackItemSession]
    created_at: int
    """Time of creation, in milliseconds since 1970."""


class HelpdeskLocaleExternalImport(TypedDict, total=False):
    """A helpdesk elsewhere, to import."""

    helpdesk_url: t.Required[str]
    # Go on both routes; Node on the new route only; since Node 11.0.0.
    detect_locales: bool
    # Go on both routes; Node on the new route only; since Node 11.0.0.
    other_locales: list[str]


class HelpdeskRedirection(TypedDict):
    """A redirection from an old path."""

    redirection_id: str
    path: str
    target: str
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    updated_at: int
    """Time of the last change, in milliseconds since 1970."""


class HelpdeskRedirectionAdd(TypedDict):
    """A redirection to add."""

    path: str
    target: str


class HelpdeskRedirectionNew(TypedDict):
    """A redirection that was added."""

    redirection_id: str


class HelpdeskSettingsAppearanceColor(TypedDict, total=False):
    """The color scheme of a helpdesk. Since Node 11.0.0."""

    mode: str
    mode_changeable: bool


class HelpdeskSettingsAppearanceLogos(TypedDict, total=False):
    """The logos of a helpdesk, as addresses."""

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
    """The names of its sections, by kind of content. Since Node 11.0.0."""

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
    """The code that is included in every page."""

    html: str | None  # None in a Node example


class HelpdeskSettingsAccess(TypedDict, total=False):
    """The access to a helpdesk."""

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
    verified: t.NotRequired[bool]


class HelpdeskDomainChangeRequest(TypedDict, total=False):
    """The domains to give a helpdesk."""

    basic: str
    custom: str


class HelpdeskDomainSetupFlowSetupRecord(TypedDict):
    """A DNS record that a domain needs."""

    type: str
    query: str
    name: str
    value: str


class HelpdeskDomainSetupFlowSetup(TypedDict):
    """The requirements of a domain."""

    records: list[HelpdeskDomainSetupFlowSetupRecord]


class HelpdeskDomainSetupFlow(TypedDict):
    """The set-up of a custom domain."""

    custom: str
    setup: HelpdeskDomainSetupFlowSetup


class HelpdeskPage(TypedDict):
    """A page of a helpdesk. Since Node 11.0.0."""

    entity_id: str
    title: str
    tree_path: t.NotRequired[str]  # Node only; since Node 11.2.0
    url: str


class HelpdeskTreeState(TypedDict, total=False):
    """The visibility of an entry. Since Node 11.0.0."""

    published: bool
    hidden: bool
    featured: bool


class HelpdeskTreeEntry(TypedDict):
    """An entry of the tree, with what is below it. Since Node 11.0.0."""

    type: str  # values not stated
    slug: str
    title: str
    state: t.NotRequired[HelpdeskTreeState]
    children: t.NotRequired[list["HelpdeskTreeEntry"]]


class HelpdeskTreePathUpdatePath(TypedDict):
    """The path to move an entry to. Since Node 11.0.0."""

    to: str


class HelpdeskTreePathUpdate(TypedDict, total=False):
    """The move of an entry of the tree. Since Node 11.0.0."""

    # Values not stated; Go speaks of moving and of changing the display order.
    action: t.Required[str]
    path: HelpdeskTreePathUpdatePath
    position: int  # Go lets it be negative


class HelpdeskTreeContent(TypedDict):
    """The text of an entry of the tree. Since Node 11.0.0."""

    content: str


class HelpdeskTreeContentSave(TypedDict):
    """The text to save. Since Node 11.0.0."""

    content: str


class HelpdeskTreeMetadataAuthor(TypedDict, total=False):
    """The author of an entry. Since Node 11.0.0."""

    user_id: str


class HelpdeskTreeMetadataAuthorResponse(TypedDict):
    """The author of an entry, in a response. Since Node 11.0.0."""

    user_id: str


class HelpdeskTreeMetadata(TypedDict, total=False):
    """The details of an entry of the tree. Since Node 11.0.0."""

    format: str  # values not stated
    title: str
    description: str
    state: HelpdeskTreeState
    author: HelpdeskTreeMetadataAuthor
    color: str
    image: str


class HelpdeskTreeMetadataResponse(TypedDict, total=False):
    """The details of an entry of the tree, in a response. Since Node 11.0.0."""

    format: str  # values not stated
    title: t.Required[str]
    description: str
    state: HelpdeskTreeState
    author: HelpdeskTreeMetadataAuthorResponse
    color: str
    image: str


class HelpdeskTreePage(TypedDict):
    """The public page of an entry. Since Node 11.0.0."""

    title: str
    url: str


class HelpdeskHistoryChangeAuthor(TypedDict):
    """The author of a change. Since Node 11.0.0."""

    email: str
    name: str


class HelpdeskHistoryChangeEdits(TypedDict):
    """The number of lines that were changed. Since Node 11.0.0."""

    insertions: int
    deletions: int


class HelpdeskHistoryChangeFile(TypedDict):
    """A file that was changed. Since Node 11.0.0."""

    change: str  # values not stated
    path: str
    metadata: t.NotRequired[HelpdeskTreeMetadataResponse]
    content: t.NotRequired[str]


class HelpdeskHistoryChange(TypedDict):
    """A change that was made to a helpdesk. Since Node 11.0.0."""

    change_id: str
    message: str
    author: HelpdeskHistoryChangeAuthor
    edits: HelpdeskHistoryChangeEdits
    created_at: int
    """Time of creation, in milliseconds since 1970."""
    files: t.NotRequired[list[HelpdeskHistoryChangeFile]]


class HelpdeskHistoryChangeCancel(TypedDict):
    """The cancellation of a change. Since Node 11.0.0."""

    action: str  # values not stated
