# pyright: strict
"""Read by mypy and pyright, never run: the result of a job on each client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Coroutine
from typing import assert_type

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty
from crisp_api.jobs import (
    Contact,
    OpenedConversation,
    open_conversation,
    request_upload,
    resolve_stale,
    upload,
    upsert_contact,
)

NOW = dt.datetime.now(dt.UTC)
card: ty.PeopleProfileUpdateCard = {"email": "jane@acme.example"}
question: ty.ConversationMessageNew = {
    "type": "text",
    "from": "user",
    "origin": "chat",
    "content": "Hello?",
}
event: ty.EventsBucketURLGenerated = {
    "from": "plugin",
    "id": "i",
    "identifier": "x",
    "resource": {"type": "website", "id": "w"},
    "policy": {"size_limit": 3},
    "type": "image/png",
    "url": {"resource": "https://a/", "signed": "https://a/?b"},
}

# Keep each case on its line: the expected errors are marked by line.
# fmt: off

crisp = Crisp("identifier", "key", tier="plugin")
assert_type(upsert_contact(crisp, "w", card), Contact)
assert_type(upsert_contact(crisp, "w", card)["people_id"], str)
upsert_contact(crisp, "w", {"mail": "jane@acme.example"})  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]

opened = open_conversation(crisp, "w", question, metas={"nickname": "Jane"})
assert_type(opened, OpenedConversation)
assert_type(opened["session_id"], str)
assert_type(opened["fingerprint"], int)
assert_type(open_conversation(crisp, "w", question, session_id="s", tries=1), OpenedConversation)
open_conversation(crisp, "w", question, metas={"nick": "Jane"})  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]
open_conversation(crisp, "w", {"type": "text"})  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]

assert_type(resolve_stale(crisp, "w", before=NOW), list[str])
resolve_stale(crisp, "w", NOW)  # type: ignore[call-overload] # pyright: ignore[reportCallIssue]
resolve_stale(crisp, "w", before=7)  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]

assert_type(request_upload(crisp, "w", "cat.png", "image/png", namespace="avatar"), str)
assert_type(upload(crisp, event, b"cat"), str)
request_upload(crisp, "w", "cat.png", "image/png", namespace="cat")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]
upload(crisp, event, "cat")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]


async def main() -> None:
    client = AsyncCrisp("identifier", "key", tier="plugin")

    job = upsert_contact(client, "w", card)
    assert_type(await assert_type(job, Coroutine[None, None, Contact]), Contact)
    assert_type(await open_conversation(client, "w", question), OpenedConversation)
    assert_type(await resolve_stale(client, "w", before=NOW), list[str])
    assert_type(await request_upload(client, "w", "cat.png", "image/png"), str)
    assert_type(await upload(client, event, b"cat"), str)
    await upsert_contact(client, "w", {"mail": "jane@acme.example"})  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]
