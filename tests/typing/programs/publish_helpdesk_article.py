# pyright: strict
"""Write an article of the helpdesk, publish it, and print its URL."""

from __future__ import annotations

from crisp_api import Crisp
from crisp_api import types as ty


def publish(
    client: Crisp, website_id: str, locale: str, path: str, *, title: str, text: str
) -> str:
    """Publish an article at a path of the tree, such as ``orders/delivery.md``."""
    web = client.website
    web.create_helpdesk_tree_path(website_id, locale, "articles", path)
    web.save_helpdesk_tree_content(
        website_id, locale, "articles", path, {"content": text}
    )
    metadata: ty.HelpdeskTreeMetadata = {
        "title": title,
        "state": {"published": True, "hidden": False},
    }
    web.update_helpdesk_tree_metadata(website_id, locale, "articles", path, metadata)
    page = web.resolve_helpdesk_tree_page(website_id, locale, "articles", path)
    return page["url"]
