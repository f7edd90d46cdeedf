"""A plugin for pytest: a sandbox, its clients, and a visitor, for each test.

It is loaded where the package is installed, and imports nothing before a test asks for
a fixture::

    def test_the_bot_greets(crisp, crisp_sandbox, crisp_visitor):
        crisp_visitor.say("Hello")
        answer(crisp)  # the program to test
        assert crisp_visitor.sees()[-1] == "Hi!"
        crisp_sandbox.assert_sent("send_message_in_conversation", content="Hi!")
"""

from __future__ import annotations

import typing as t

import pytest

if t.TYPE_CHECKING:
    from crisp_api import AsyncCrisp, Crisp
    from crisp_api.sandbox import Sandbox, Visitor

__all__ = [
    "async_crisp",
    "crisp",
    "crisp_block_network",
    "crisp_sandbox",
    "crisp_visitor",
]


@pytest.fixture
def crisp_sandbox() -> t.Iterator[Sandbox]:
    """Return a `Sandbox` for the test."""
    from crisp_api.sandbox import Sandbox  # noqa: PLC0415 - see above

    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def crisp(crisp_sandbox: Sandbox) -> t.Iterator[Crisp]:
    """Return a `Crisp` of the tier ``plugin`` that calls ``crisp_sandbox``."""
    from crisp_api import Crisp  # noqa: PLC0415

    with Crisp("sandbox", "sandbox", tier="plugin", transport=crisp_sandbox) as client:
        yield client


@pytest.fixture
def async_crisp(crisp_sandbox: Sandbox) -> AsyncCrisp:
    """Return an `AsyncCrisp` of the tier ``plugin`` that calls ``crisp_sandbox``.

    It has no sockets to close.
    """
    from crisp_api import AsyncCrisp  # noqa: PLC0415

    return AsyncCrisp("sandbox", "sandbox", tier="plugin", transport=crisp_sandbox)


@pytest.fixture
def crisp_visitor(crisp_sandbox: Sandbox) -> Visitor:
    """Return a `Visitor` of the website of ``crisp_sandbox``."""
    return crisp_sandbox.visitor()


@pytest.fixture
def crisp_block_network() -> t.Iterator[list[str]]:
    """Fail the test if it would reach the real Crisp.

    To use it in all tests of a module, write
    ``pytestmark = pytest.mark.usefixtures("crisp_block_network")``.

    pytest-recording has a fixture of its own that is named ``block_network``.
    """
    from crisp_api import testing  # noqa: PLC0415

    with testing.block_network() as asked:
        yield asked
    # The program may have ignored the error.
    testing.check_unreached(asked)
