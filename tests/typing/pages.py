# pyright: strict
"""Read by mypy and pyright, never run: pages have the items of their call."""

from __future__ import annotations

import typing as t

from crisp_api import AsyncCrisp, Crisp, history, paginate
from crisp_api import types as ty
from crisp_api.declare import Consumer, Mode, get

client = Crisp()
awaited = AsyncCrisp()

t.assert_type(
    paginate(client.website.list_conversations, "w"), t.Iterator[ty.Conversation]
)
t.assert_type(
    paginate(client.website.list_conversations, "w", filter_unread=True, per_page=50),
    t.Iterator[ty.Conversation],
)
t.assert_type(
    paginate(client.website.list_people_profiles, "w", limit=5, prefetch=8),
    t.Iterator[ty.PeopleProfile],
)
t.assert_type(
    paginate(
        client.website.list_visitors,
        "w",
        start_page=2,
        stop_on_short_page=False,
        key="a",
        snapshot=True,
    ),
    t.Iterator[ty.WebsiteVisitor],
)
t.assert_type(
    paginate(client.website.list_people_conversations, "w", "p"), t.Iterator[str]
)
t.assert_type(
    paginate(client.website.search_people_profiles, "w", search_filter=[]),
    t.Iterator[ty.PeopleProfile],
)
t.assert_type(
    paginate(awaited.website.list_conversations, "w"),
    t.AsyncIterator[ty.Conversation],
)
t.assert_type(
    paginate(awaited.website.list_helpdesk_pages, "w", "en", "articles", limit=5),
    t.AsyncIterator[ty.HelpdeskPage],
)
t.assert_type(history(client, "w", "s", limit=5), t.Iterator[ty.ConversationMessage])
t.assert_type(
    history(awaited, "w", "s", oldest_first=True),
    t.AsyncIterator[ty.ConversationMessage],
)


class Reports(Consumer[Mode]):
    """Custom endpoints."""

    @get("reports/{page_number}", key="id")
    def list_reports(self, page_number: int = 1) -> list[dict[str, int]]: ...


t.assert_type(paginate(Reports(client).list_reports), t.Iterator[dict[str, int]])
t.assert_type(
    paginate(Reports(awaited).list_reports, limit=1), t.AsyncIterator[dict[str, int]]
)

# fmt: off
paginate(client.website.get_website, "w")  # type: ignore[arg-type] # pyright: ignore[reportCallIssue, reportArgumentType]
paginate(client.website.list_conversations, "w", limit="5")  # type: ignore[call-arg, arg-type] # pyright: ignore[reportCallIssue]
history(client, "w")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue]
