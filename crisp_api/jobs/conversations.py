"""Conversations: open one with its first message, and resolve stale ones."""

from __future__ import annotations

import datetime as dt
import typing as t

from crisp_api._send_once import Sending
from crisp_api.client import check_client
from crisp_api.errors import NotFoundError, PermissionDeniedError
from crisp_api.jobs._answers import required
from crisp_api.paging import paginate
from crisp_api.runners import END, Runner, Steps
from crisp_api.types._typeddict import TypedDict

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

__all__ = ["OpenedConversation", "open_conversation", "resolve_stale"]

# The size of a page, and of a batch.
_MANY: t.Final = 50


class OpenedConversation(TypedDict):
    """The IDs of a new conversation and of its first message."""

    session_id: str
    fingerprint: int


@t.overload
def open_conversation(
    client: Crisp,
    website_id: str,
    message: ty.ConversationMessageNew,
    *,
    metas: ty.ConversationMetaUpdate | None = None,
    session_id: str | None = None,
    tries: int = 3,
) -> OpenedConversation: ...
@t.overload
def open_conversation(
    client: AsyncCrisp,
    website_id: str,
    message: ty.ConversationMessageNew,
    *,
    metas: ty.ConversationMetaUpdate | None = None,
    session_id: str | None = None,
    tries: int = 3,
) -> t.Coroutine[None, None, OpenedConversation]: ...
def open_conversation(  # noqa: PLR0913 - named, but for three
    client: t.Any,
    website_id: str,
    message: t.Any,
    *,
    metas: t.Any = None,
    session_id: str | None = None,
    tries: int = 3,
) -> t.Any:
    """Create a conversation, set its metas, and send its first message.

    The message is sent last, and exactly once, as by `send_once`. Crisp shows a
    conversation when it has a message ``from`` the ``user``, so nobody sees one that
    fails before that. A note on the error then names the ``session_id`` and the
    ``fingerprint`` to pass to resume. To resume even after your program has ended,
    create the conversation yourself, and pass both from the start.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: the website of the conversation.
        message: as for `send_message_in_conversation`.
        metas: as for `update_conversation_metas`.
        session_id: an existing conversation to use, instead of a new one.
        tries: how many times to send the message at most.

    Raises:
        TypeError: the message is not a dict; nothing was sent.
        CrispError: a call failed.
    """
    check_client("open_conversation", client)
    steps = _open(client.website, website_id, message, metas, session_id, tries)
    return client.core.run(steps)


def _open(  # noqa: PLR0913, PLR0917 - as above
    website: t.Any,
    website_id: str,
    message: t.Any,
    metas: t.Any,
    session_id: str | None,
    tries: int,
) -> Steps[OpenedConversation]:
    sending = Sending(message, tries)
    if session_id is None:
        created = yield website.create_new_conversation(website_id)
        session_id = required(created, "session_id", "create_new_conversation")
    try:
        if metas is not None:
            yield website.update_conversation_metas(website_id, session_id, metas)
        yield from sending.steps(website, website_id, session_id)
    except BaseException as error:
        error.add_note(
            f"To resume this conversation, pass session_id={session_id!r}, and a "
            f"message with the fingerprint {sending.fingerprint}."
        )
        raise
    return {"session_id": session_id, "fingerprint": sending.fingerprint}


@t.overload
def resolve_stale(
    client: Crisp, website_id: str, *, before: dt.datetime
) -> list[str]: ...
@t.overload
def resolve_stale(
    client: AsyncCrisp, website_id: str, *, before: dt.datetime
) -> t.Coroutine[None, None, list[str]]: ...
def resolve_stale(client: t.Any, website_id: str, *, before: dt.datetime) -> t.Any:
    """Resolve the conversations that have not changed since a moment.

    All of them are listed first, and then resolved, 50 in a request. If Crisp refuses
    batches, which its reference allows for the tier ``user`` only, they are resolved
    one by one. A conversation that changes in the meantime is resolved as well, and one
    that is removed is not an error. The next run finds those that were missed because
    others left the list.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: the website of the conversations.
        before: resolve those last updated before this moment; it has a time zone.

    Returns:
        The ``session_id`` of each conversation that was resolved.

    Raises:
        TypeError: ``before`` is not a datetime; nothing was sent.
        ValueError: it has no time zone; nothing was sent.
        CrispError: a call failed. A note on it says how many were resolved before.
    """
    check_client("resolve_stale", client)
    runner: Runner = client.core.runner
    steps = _resolve_stale(runner, client.website, website_id, before)
    return client.core.run(steps)


def _resolve_stale(
    runner: Runner, website: t.Any, website_id: str, before: dt.datetime
) -> Steps[list[str]]:
    if not isinstance(t.cast("object", before), dt.datetime):
        message = f"before must be a datetime, not {before!r}"
        raise TypeError(message)
    if before.utcoffset() is None:
        message = "before must have a time zone, as in datetime.now(UTC)"
        raise ValueError(message)
    # Not on the way: a list that shrinks would be paged past.
    stale = yield from _find_stale(
        runner, website, website_id, before.timestamp() * 1000
    )
    done, size = 0, _MANY
    try:
        while some := stale[done : done + size]:
            try:
                yield _resolve(website, website_id, some, size)
                done += size
            except PermissionDeniedError:
                if size == 1:
                    raise
                size = 1
            except NotFoundError as error:
                if size > 1 or error.reason != "conversation_not_found":
                    raise
                done += 1
    except Exception as error:
        error.add_note(f"{done} of {len(stale)} were resolved before this.")
        raise
    return stale


def _resolve(website: t.Any, website_id: str, some: list[str], size: int) -> t.Any:
    """Resolve conversations, or the only one."""
    if size == 1:
        state = {"state": "resolved"}
        return website.change_conversation_state(website_id, *some, state)
    # Without sessions, all conversations would be resolved.
    return website.batch_resolve_conversations(website_id, {"sessions": some})


def _find_stale(
    runner: Runner, website: t.Any, website_id: str, before: float
) -> Steps[list[str]]:
    """Find those last updated before a moment, in milliseconds."""
    listing: t.Callable[..., list[ty.Conversation]] = website.list_conversations
    # All are found before the first is resolved.
    found = paginate(
        listing, website_id, per_page=_MANY, filter_not_resolved=True, snapshot=True
    )
    stale: list[str] = []
    while (conversation := (yield runner.next(found))) is not END:
        match conversation:
            case {"session_id": str(), "updated_at": int() | float() as updated_at}:
                if 0 < updated_at < before:
                    stale.append(conversation["session_id"])
            case _:
                # Of unknown age, or nothing that can be resolved.
                pass
    return stale
