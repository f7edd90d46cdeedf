"""Responses that look cut off and are whole, or the other way round."""

from __future__ import annotations

import socket
import threading

import pytest
import requests

from crisp_api import ConnectionError
from crisp_api.http import Request
from crisp_api.transport import RequestsTransport
from tests.support.clients import Side
from tests.support.servers import raw, scripted
from tests.transport.test_transports import send


@pytest.mark.parametrize(
    "lines", [[], ["Content-Length: 0"], ["Transfer-Encoding: chunked"]]
)
def test_a_check_of_a_compressed_page_is_whole(side: Side, lines: list[str]) -> None:
    head_of_it = ["HTTP/1.1 200 OK", "Content-Encoding: gzip", *lines, "", ""]

    with raw("\r\n".join(head_of_it).encode()) as url:
        assert send(side, Request("HEAD", url)).status == 200


def test_a_custom_session_loses_no_headers() -> None:
    answer = b"HTTP/1.1 200 OK\r\nno header\r\nContent-Length: 0\r\n\r\n"

    with (
        requests.Session() as session,
        raw(answer) as url,
        pytest.raises(ConnectionError, match="cut off within the headers"),
    ):
        RequestsTransport(session).send(Request("POST", url))


@pytest.mark.parametrize("status", [204, 304])
def test_a_response_that_cannot_have_a_body_does_not_wait_for_chunks(
    side: Side, status: int
) -> None:
    def answer(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(
            f"HTTP/1.1 {status} X\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        is_received.wait(60)

    is_received = threading.Event()
    with scripted(answer) as url:
        response = send(side, Request("GET", url, timeout=30.0, deadline=60.0))
        is_received.set()

    assert (response.status, response.body) == (status, b"")
