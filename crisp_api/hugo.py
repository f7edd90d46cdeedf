"""Hugo, Crisp's AI agent: give it instructions for conversations.

Its Workflow API is on another host than Crisp's REST API, and has a token of its own.
"""

from __future__ import annotations

import typing as t

from crisp_api import wire
from crisp_api.auth import hidden
from crisp_api.client import check_client
from crisp_api.envelope import open_envelope
from crisp_api.http import Headers, Request
from crisp_api.runners import Steps

if t.TYPE_CHECKING:
    from crisp_api.client import AsyncCrisp, Crisp
    from crisp_api.core import Core

__all__ = ["trigger_agent"]

_URL: t.Final = "https://app.hugo.ai/api/agent/trigger/"
_LONGEST: t.Final = 2_000


@t.overload
def trigger_agent(
    client: Crisp, token: str, session_id: str, instruction: str, *, url: str = _URL
) -> None: ...
@t.overload
def trigger_agent(
    client: AsyncCrisp,
    token: str,
    session_id: str,
    instruction: str,
    *,
    url: str = _URL,
) -> t.Coroutine[None, None, None]: ...
def trigger_agent(
    client: t.Any, token: str, session_id: str, instruction: str, *, url: str = _URL
) -> t.Any:
    """Instruct Hugo, Crisp's AI agent, to do something in a conversation.

    The request is sent over the client's transport, with this token instead of the
    client's. It is retried as any POST: only if it certainly had no effect.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the call.
        token: the token of the Workflow API.
        session_id: the conversation.
        instruction: what to do, in up to 2,000 characters.
        url: the address of the Workflow API.

    Raises:
        ValueError: the instruction is empty or too long, another argument is not valid,
            or the token would be sent without encryption. Nothing was sent.
        RouteError: the request was refused; also an `InvalidResponseError`, unless the
            response is like Crisp's.
        TransportError: no complete response arrived.
    """
    token = hidden(token)
    check_client("trigger_agent", client)
    return client.core.run(_trigger(client.core, token, session_id, instruction, url))


def _trigger(
    core: Core, token: str, session_id: str, instruction: str, url: str
) -> Steps[None]:
    if not 0 < len(instruction) <= _LONGEST:
        message = (
            f"the instruction has {len(instruction)} characters; it must have 1 to "
            f"{_LONGEST}"
        )
        raise ValueError(message)
    if not wire.is_private(url):
        message = "the URL is not https, so the token would be sent without encryption"
        raise ValueError(message)
    content = {
        "session_id": wire.segment("session_id", session_id),
        "instruction": instruction,
    }
    headers = Headers({"Content-Type": "application/json"})
    headers["Authorization"] = f"Bearer {wire.header('Authorization', token)}"
    request = Request(
        "POST",
        url,
        headers,
        wire.json_text("instruction", content).encode(),
        core.options.timeout,
        core.options.deadline,
        "trigger_agent",
    )
    response = yield from core.sender.steps(request)
    if not 200 <= response.status < 300:
        open_envelope(response)
