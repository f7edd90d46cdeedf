"""Articles of the old helpdesk: the tree's entries of the type ``articles``."""

from __future__ import annotations

import typing as t

from crisp_api import types as ty
from crisp_api.sandbox import helpdesk_nodes as nodes
from crisp_api.sandbox.call import Item, shown
from crisp_api.sandbox.filters import query_of
from crisp_api.sandbox.handlers import helpdesk_history as history
from crisp_api.sandbox.handlers.helpdesk_history import Edit
from crisp_api.sandbox.model_helpdesk import ENTRY, GROUP
from crisp_api.sandbox.refusals import invalid, not_found

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call
    from crisp_api.sandbox.resource import Object

__all__ = [
    "add_new_helpdesk_locale_article",
    "check_helpdesk_locale_article_alternate_exists",
    "delete_helpdesk_locale_article",
    "delete_helpdesk_locale_article_alternate",
    "list_helpdesk_locale_article_alternates",
    "list_helpdesk_locale_articles",
    "publish_helpdesk_locale_article",
    "resolve_helpdesk_locale_article",
    "resolve_helpdesk_locale_article_alternate",
    "resolve_helpdesk_locale_article_category",
    "resolve_helpdesk_locale_article_page",
    "save_helpdesk_locale_article",
    "save_helpdesk_locale_article_alternate",
    "unpublish_helpdesk_locale_article",
    "update_helpdesk_locale_article",
    "update_helpdesk_locale_article_category",
]

# The fields that can be written, and their values if a PUT leaves them out.
_DEFAULTS: t.Final[Object] = {
    "title": "",
    "description": None,
    "content": "",
    "status": "draft",
    "visibility": "visible",
    "featured": False,
}


def list_helpdesk_locale_articles(call: Call) -> list[Object]:
    """List articles, in their order or by visits."""
    found = call.page(ENTRY, call.parent(ENTRY), query_of(call, ENTRY))
    return [_article(call, doc) for doc in found]


def add_new_helpdesk_locale_article(call: Call) -> Object:
    """Add a draft, without a category."""
    item = nodes.new_node(call, ENTRY, call.body["title"], ("", ""))
    history.commit(call, "Create", Edit(item.resource, item.path, None, item.doc))
    return {"article_id": item.path[-1]}


def resolve_helpdesk_locale_article(call: Call) -> Object:
    """Return an article; a draft has no address."""
    return _article(call, call.find(ENTRY).doc)


def save_helpdesk_locale_article(call: Call) -> None:
    """Replace an article; its path and its place in the order stay."""
    _write(call, _DEFAULTS)


def update_helpdesk_locale_article(call: Call) -> None:
    """Change fields of an article."""
    _write(call, {})


def delete_helpdesk_locale_article(call: Call) -> None:
    """Remove an article."""
    history.commit(call, "Delete", Edit(*call.find(ENTRY), None))


def resolve_helpdesk_locale_article_page(call: Call) -> Object:
    """Return the title and the address of an article."""
    doc = call.find(ENTRY).doc
    return {"title": doc["title"], "url": nodes.address(call, doc)}


def publish_helpdesk_locale_article(call: Call) -> Object:
    """Publish an article, and return its address."""
    item = call.find(ENTRY)
    history.update(call, item, item.doc | {"status": "published"}, "Publish")
    return {"url": nodes.address(call, item.doc)}


def unpublish_helpdesk_locale_article(call: Call) -> None:
    """Make an article a draft again."""
    item = call.find(ENTRY)
    history.update(call, item, item.doc | {"status": "draft"}, "Unpublish")


def _article(call: Call, doc: Object) -> Object:
    article = shown(doc, ty.HelpdeskLocaleArticleResponse)
    if doc["status"] == "published":
        article["url"] = nodes.address(call, doc)
    return article


def _write(call: Call, defaults: Object) -> None:
    """Change the fields of an article that are not Crisp's to set."""
    item = call.find(ENTRY)
    written = {n: call.body[n] for n in (*_DEFAULTS, "order") if n in call.body}
    history.update(call, item, item.doc | defaults | written)


# --- categories of articles


def resolve_helpdesk_locale_article_category(call: Call) -> Object:
    """Return the category and the section of an article; empty without a category."""
    doc = call.find(ENTRY).doc
    found = {"category_id": doc["category_id"], "section_id": doc["section_id"]}
    return found if found["section_id"] else {"category_id": doc["category_id"]}


def update_helpdesk_locale_article_category(call: Call) -> None:
    """Move an article to the end of a category or a section."""
    item = call.find(ENTRY)
    category_id, section_id = call.body["category_id"], call.body.get("section_id", "")
    _require_group(call, "category", category_id, "")
    if section_id:
        _require_group(call, "section", section_id, category_id)
    put_in(call, item, (category_id, section_id))


def put_in(call: Call, item: Item, groups: tuple[str, str]) -> None:
    """Move an article to the end of a group; its slug is made to be free there."""
    after = item.doc | {"category_id": groups[0], "section_id": groups[1]}
    group_id = nodes.above(after)
    if group_id != nodes.above(item.doc):
        other = nodes.child(call, group_id, after["slug"])
        if other is not None:
            title = after["slug"].removesuffix(nodes.SUFFIX)
            after["slug"] = nodes.free_slug(call, ENTRY, group_id, title, item.path[-1])
        after["order"] = nodes.last_order(call, ENTRY, group_id) + 1
    history.update(call, item, after, "Move")


def _require_group(call: Call, noun: str, group_id: str, category_id: str) -> None:
    """Refuse a group, in a body, that does not exist in a category."""
    group = call.store.get(GROUP, (*call.parent(GROUP), group_id))
    if group is None or group["category_id"] != category_id:
        message = f"the {noun} {group_id} does not exist"
        raise invalid(message)


# --- alternates: the same article in other languages


def list_helpdesk_locale_article_alternates(call: Call) -> list[Object]:
    """List the articles that are linked to an article."""
    return [
        {"locale": locale, "article_id": other.path[-1]}
        for locale, other in _alternates(call).items()
    ]


def resolve_helpdesk_locale_article_alternate(call: Call) -> Object:
    """Return the article of a language that is linked to an article."""
    locale = call.arguments["locale_linked"]
    other = _alternates(call).get(locale)
    if other is None:
        noun = "alternate"
        raise not_found(noun)
    return {"locale": locale, "article_id": other.path[-1]}


check_helpdesk_locale_article_alternate_exists = (
    resolve_helpdesk_locale_article_alternate
)


def save_helpdesk_locale_article_alternate(call: Call) -> None:
    """Link two articles to each other; that replaces the links that they have."""
    item, locale = call.find(ENTRY), call.arguments["locale_linked"]
    other = _translation(call, item, locale, call.body["article_id"])
    if other is None:
        message = f"the article {call.body['article_id']} does not exist in {locale}"
        raise invalid(message)
    for one, translation in ((item, other), (other, item)):
        links = one.doc.setdefault("alternates", {})
        links[translation.path[2]] = translation.path[-1]
        call.save(one)


def delete_helpdesk_locale_article_alternate(call: Call) -> None:
    """Remove the link between two articles."""
    resolve_helpdesk_locale_article_alternate(call)
    item = call.find(ENTRY)
    del item.doc["alternates"][call.arguments["locale_linked"]]
    call.save(item)


def _alternates(call: Call) -> dict[str, Item]:
    """Return the articles that are linked to an article, by locale.

    An article may still have a link to one that was removed, or that has another link
    now; only links in both directions are valid.
    """
    item = call.find(ENTRY)
    found: dict[str, Item] = {}
    for locale, article_id in sorted(item.doc.get("alternates", {}).items()):
        other = _translation(call, item, locale, article_id)
        if other and other.doc.get("alternates", {}).get(item.path[2]) == item.path[-1]:
            found[locale] = other
    return found


def _translation(call: Call, item: Item, locale: str, article_id: str) -> Item | None:
    """Return an article in another language, None if there is none."""
    path = (*item.path[:2], locale, item.path[3], article_id)
    doc = None if locale == item.path[2] else call.store.get(ENTRY, path)
    return None if doc is None else Item(ENTRY, path, doc)
