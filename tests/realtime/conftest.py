from __future__ import annotations

import typing as t

import pytest

from tests.support.relay import Relay, relay


@pytest.fixture
def server() -> t.Iterator[Relay]:
    """A Socket.IO server, with the REST calls that lead to it."""
    with relay() as made:
        yield made
