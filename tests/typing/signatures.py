# pyright: strict
"""Read by mypy and pyright, never run: the result of a call on each client."""

from __future__ import annotations

import asyncio
from typing import Any, assert_type

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty
from crisp_api.declare import Async, Body, Consumer, Mode, Query, Sync, get, post
from crisp_api.endpoints import Website
from crisp_api.transport import RawResponse

Object = dict[str, Any]

crisp = Crisp("identifier", "key", tier="plugin")

assert_type(crisp.website.get_website("w"), ty.Website)
assert_type(crisp.website.check_website_exists("acme.com"), bool)
conversations = crisp.website.list_conversations("w", 2, filter_unread=True)
assert_type(conversations, list[ty.Conversation])
assert_type(crisp.website.delete_website("w"), None)
assert_type(crisp.get_connect_account(), ty.PluginConnectAccount)
assert_type(crisp.head("/website/w"), bool)
assert_type(crisp.website.batch_resolve_conversations("w", {"sessions": []}), None)

crisp.website.get_website(1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
crisp.website.get_website()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
crisp.website.list_conversations("w", nope=1)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
crisp.website.get_websit("w")  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
assert_type(Crisp.from_env(timeout=5, tier="plugin"), Crisp)
assert_type(AsyncCrisp.from_env(deadline=None), AsyncCrisp)
Crisp.from_env(tiemout=5)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
crisp.set_tier("admin")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


class Reports(Consumer[Mode]):
    """A custom consumer, for both clients."""

    @get("website/{website_id}/reports")
    def list_reports(
        self, website_id: str, *, year: Query[int | None] = None
    ) -> list[str]:
        """List Reports."""
        raise NotImplementedError

    @post("website/{website_id}/report")
    def add_report(self, website_id: str, data: Body[Object]) -> Object:
        """Add A Report."""
        raise NotImplementedError


class Plain(Consumer):
    """A consumer without a mode."""

    @get("plain/{name}")
    def plain(self, name: str) -> Object:
        """Plain."""
        raise NotImplementedError


reports = Reports(crisp)
assert_type(reports.list_reports("w", year=2026), list[str])
assert_type(reports, Reports[Sync])
assert_type(Plain(crisp).plain("x"), Object)
assert_type(Reports.list_reports.path, str)
reports.list_reports("w", 2026)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]


class MyCrisp(Crisp):
    """A client with its own endpoint."""

    @get("website/{website_id}/reports")
    def list_reports(self, website_id: str) -> list[str]:
        """List Reports."""
        raise NotImplementedError


assert_type(MyCrisp().list_reports("w"), list[str])


def read(web: Website[Sync]) -> ty.Website:
    return web.get_website("w")


async def read_awaited(web: Website[Async]) -> ty.Website:
    return await web.get_website("w")


assert_type(read(crisp.website), ty.Website)
read_awaited(crisp.website)  # type: ignore[arg-type, unused-coroutine] # pyright: ignore[reportArgumentType, reportUnusedCoroutine]


async def main() -> None:
    crisp = AsyncCrisp("identifier", "key", tier="plugin")

    assert_type(await crisp.website.get_website("w"), ty.Website)
    assert_type(await crisp.website.check_website_exists("acme.com"), bool)
    conversations = await crisp.website.list_conversations("w")
    assert_type(conversations, list[ty.Conversation])
    assert_type(await crisp.get_connect_account(), ty.PluginConnectAccount)
    assert_type(await crisp.head("/website/w"), bool)
    assert_type(await read_awaited(crisp.website), ty.Website)
    both = await asyncio.gather(
        crisp.website.get_website("w"), crisp.website.list_website_operators("w")
    )
    assert_type(both, tuple[ty.Website, list[ty.WebsiteOperatorListOne]])
    task = asyncio.create_task(crisp.website.get_website("w"))
    assert_type(await task, ty.Website)

    reports = Reports(crisp)
    assert_type(reports, Reports[Async])
    assert_type(await reports.list_reports("w"), list[str])
    Plain(crisp)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


raw = crisp.with_raw_response
assert_type(raw.website.get_website("w"), RawResponse[ty.Website])
assert_type(raw.website.delete_website("w"), RawResponse[None])
assert_type(raw.website.get_website("w").data["name"], str)
assert_type(raw.get_connect_account(), RawResponse[ty.PluginConnectAccount])


async def read_raw(client: AsyncCrisp) -> None:
    """Return status and headers too."""
    answer = await client.with_raw_response.website.get_website("w")
    assert_type(answer, RawResponse[ty.Website])
