from __future__ import annotations

import asyncio
import typing as t

import pytest

from crisp_api.sandbox import Sandbox
from tests.support.clients import ASYNC_SIDE, SYNC_SIDE, Side
from tests.support.doubles import Clock
from tests.support.servers import Recording, recording

_ENVIRONMENT = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "NETRC"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"),
    *("CRISP_IDENTIFIER", "CRISP_KEY", "CRISP_TIER", "CRISP_BASE_URL"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--uvloop", action="store_true", help="run the tests' event loops on uvloop"
    )
    parser.addoption(
        "--workers", action="store_true", help="run the tests with Celery and Dramatiq"
    )
    parser.addoption(
        "--node",
        action="store_true",
        help="fail without Node's Socket.IO server, and send floods in full",
    )
    parser.addoption(
        "--browser", action="store_true", help="look at the page with Chromium"
    )
    parser.addoption(
        "--peers",
        metavar="FOLDER",
        help="fail without Crisp's own clients; the one for Python is in this folder",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("uvloop"):
        import uvloop  # noqa: PLC0415 - not on Windows

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the proxies and tokens of the machine's environment."""
    for name in _ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(params=[SYNC_SIDE, ASYNC_SIDE], ids=["sync", "async"])
def side(request: pytest.FixtureRequest) -> Side:
    """One kind of client: a test that takes this fixture runs on both."""
    side: Side = request.param
    return side


@pytest.fixture
def server() -> t.Iterator[Recording]:
    """A recording HTTP server."""
    with recording() as record:
        yield record


@pytest.fixture
def clock() -> Clock:
    """The time of the sandbox."""
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Sandbox:
    """A sandbox whose clock does not advance."""
    return Sandbox(clock=clock)
