"""Both clients work in an event loop of uvloop, with and without TLS."""

from __future__ import annotations

import asyncio
import pathlib
import typing as t

import pytest
import trustme

from crisp_api import AsyncCrisp, Crisp
from crisp_api.http import Request
from crisp_api.transport.aiohttp_ import _translated
from tests.support.servers import Recording, recording

uvloop = pytest.importorskip("uvloop", reason="uvloop does not run on Windows")


@pytest.fixture(params=["http", "https"])
def secured(
    request: pytest.FixtureRequest,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> t.Iterator[Recording]:
    """A server, with and without TLS."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    is_secure = request.param == "https"
    with recording(ca.issue_cert("127.0.0.1") if is_secure else None) as server:
        yield server


def test_async_calls_share_a_connection_under_uvloop(secured: Recording) -> None:
    async def main() -> None:
        async with AsyncCrisp("i", "k", base_url=secured.url) as client:
            for _ in range(3):
                assert dict(await client.website.get_website("w")) == {}

    uvloop.run(main())

    assert (len(secured.seen), secured.connections) == (3, 1)


def test_one_async_client_serves_several_loops_of_uvloop(secured: Recording) -> None:
    client = AsyncCrisp("i", "k", base_url=secured.url)

    async def main() -> None:
        await asyncio.gather(*(client.website.get_website("w") for _ in range(4)))

    uvloop.run(main())
    uvloop.run(main())

    assert len(secured.seen) == 8


def test_a_sync_call_works_in_a_thread_of_uvloop(secured: Recording) -> None:
    def call() -> object:
        with Crisp("i", "k", base_url=secured.url) as client:
            return client.website.get_website("w")

    async def main() -> object:
        return await asyncio.to_thread(call)

    assert uvloop.run(main()) == {}


def test_a_deadline_is_named_although_the_clock_is_a_millisecond_behind() -> None:
    request = Request("GET", "https://127.0.0.1", timeout=60.0, deadline=0.3)

    error = _translated(TimeoutError(), request, 0.2995)

    assert "deadline=" in str(error)
