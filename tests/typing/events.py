# pyright: strict
"""Read by mypy and pyright, never run: the payload that belongs to the name of an event."""

from __future__ import annotations

from typing import Any, assert_type

from crisp_api import types as ty
from crisp_api.events import AnyEvent, Event, Router
from crisp_api.webhooks import unwrap

router = Router()

# Keep each case on its line: the expected errors are marked by line.
# fmt: off


@router.on("message:send")
def good(event: Event[ty.EventsMessageSend]) -> str:
    return event.data["session_id"]


@router.on("message:send")
async def good_async(event: Event[ty.EventsMessageSend]) -> None:
    assert_type(event.data["session_id"], str)


@router.on("message:acknowledge:read:send", website_id="w")
def good_of_several_names(event: Event[ty.EventsMessageAcknowledge]) -> None: ...


@router.on("message:send", "message:updated")
def good_for_several_names(event: Event[Any]) -> None: ...


@router.on("session:future")
def good_for_an_unknown_name(event: Event[Any]) -> None: ...


@router.on()
def good_for_all(event: Event[Any]) -> None: ...


@router.on("session:set_state")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
def bad(event: Event[ty.EventsMessageSend]) -> None: ...


router.on("session:set_state", where=3)  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]


def narrowed(event: AnyEvent) -> None:
    if event.name == "message:send":
        assert_type(event.data, ty.EventsMessageSend)
    elif event.name == "session:set_state":
        assert_type(event.data["state"], ty.ConversationState)
    elif event.name == "bucket:url:upload:generated":
        assert_type(event.data["url"]["signed"], str)
    elif event.name == "crisp:reconnected":
        assert_type(event.data["since"], int)


def matched(body: bytes) -> None:
    event = unwrap(body, {}, secret="s3cret")
    match event.name:
        case "people:profile:created":
            assert_type(event.data, ty.EventsPeopleProfileCreated)
        case _:
            pass
