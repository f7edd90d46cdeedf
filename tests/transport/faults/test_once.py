"""A message is in the sandbox once, whatever became of its first request."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest

from crisp_api import Crisp, CrispError, RetryPolicy, RouteError, send_once
from crisp_api import types as ty
from crisp_api.envelope import open_envelope
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import RequestsTransport
from tests.support.clients import Side

from .servers import Server, serving
from .table import FAULTS, GENEROUS, Fault

MESSAGE: ty.ConversationTextMessageNew = {
    "type": "text",
    "from": "operator",
    "origin": "chat",
    "content": "On its way!",
}
POLICY = RetryPolicy(initial_delay=0, max_retry_after=0)
# Seconds until a slow fault is a time-out. Nothing has to fit in: a message that the
# server has not read by then is sent again.
SOON = 0.2


class Way:
    """Sends the first message to a failing server, and other requests to a sandbox.

    The sandbox has that message if the server confirmed it. If the outcome is unknown,
    ``taken`` decides.
    """

    def __init__(self, server: Server, sandbox: Sandbox, fault: Fault, *, taken: bool):
        self.server = server
        self.sandbox = sandbox
        self.transport = RequestsTransport(max_size=fault.max_size)
        self.taken = taken
        self.timeout = SOON if fault.is_slow else GENEROUS
        self.is_first = True

    def send(self, request: Request, /) -> Response:
        if request.method != "POST" or not self.is_first:
            return self.sandbox.send(request)
        self.is_first = False
        there = dataclasses.replace(
            request,
            url=f"{self.server.url}message",
            timeout=self.timeout,
            deadline=self.timeout,
        )
        taken = self.taken
        try:
            response = self.transport.send(there)
            with contextlib.suppress(CrispError):
                open_envelope(response)
                taken = True
            # The response means that Crisp did nothing.
            taken = taken and not 300 <= response.status < 500
        finally:
            if taken and self.server.seen:
                self.sandbox.send(request)
        return response


@pytest.mark.filterwarnings("ignore:this call of Crisp blocks the event loop")
@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_message_is_sent_once_or_refused(
    fault: Fault, taken: bool, side: Side
) -> None:
    sandbox = Sandbox()
    web = Crisp("i", "k", transport=sandbox).website
    session_id = web.create_new_conversation(sandbox.website_id)["session_id"]
    refused = 0

    with (
        serving(fault.answers, fault.manner, secure=False) as server,
        serving((), secure=False) as other,
    ):
        server.elsewhere = other.url
        way = Way(server, sandbox, fault, taken=taken)
        client = side.client(transport=way, retry=POLICY)
        place = (sandbox.website_id, session_id)
        with contextlib.closing(way.transport):
            try:
                side.run_closing(client, lambda: send_once(client, *place, MESSAGE))
            except RouteError as error:
                refused = error.status

    messages = web.get_messages_in_conversation(sandbox.website_id, session_id)
    assert len(messages) == (0 if refused else 1)
    assert not refused or 300 <= refused < 500
