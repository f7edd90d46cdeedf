"""Send a message exactly once, also if a response is lost.

Crisp may have accepted a message whose response was lost, so the library does not send
it again by itself. `send_once` adds a fingerprint to the message, and looks for that
before it sends the message again.
"""

from __future__ import annotations

import secrets
import typing as t

from crisp_api.client import check_client
from crisp_api.errors import (
    InvalidResponseError,
    NotFoundError,
    ServerError,
    TransportError,
)
from crisp_api.runners import Steps

if t.TYPE_CHECKING:
    from crisp_api import types as ty
    from crisp_api.client import AsyncCrisp, Crisp

    Sent = ty.ConversationMessageDispatched

__all__ = ["Sending", "send_once"]

_UNKNOWN: t.Final = (TransportError, ServerError, InvalidResponseError)
# A status: the request, or a part of it, did not arrive in time.
_LATE: t.Final = 408


class Sending:
    """The sending of one message, which is looked for before it is sent again.

    Attributes:
        fingerprint: of the message.
    """

    def __init__(self, message: t.Any, tries: object) -> None:
        if not isinstance(t.cast("object", message), t.Mapping):
            problem = f"message must be a dict, not {message!r:.100}"
            raise TypeError(problem)
        if not isinstance(tries, int) or tries < 1:
            problem = f"tries must be a whole number, 1 or more, not {tries!r}"
            raise ValueError(problem)
        # A message with a fingerprint may have been sent before.
        self._is_in_doubt = message.get("fingerprint") is not None
        # 15 digits, like Crisp's own.
        fingerprint = secrets.randbelow(9 * 10**14) + 10**14
        given = message["fingerprint"] if self._is_in_doubt else fingerprint
        self._message = {**message, "fingerprint": given}
        self.fingerprint: int = given
        self._left = tries

    def steps(self, website: t.Any, website_id: str, session_id: str) -> Steps[Sent]:
        """Send the message to a conversation, until it is there."""
        place = (website_id, session_id)
        while True:
            try:
                if self._is_in_doubt and (yield from self._is_there(website, place)):
                    return {"fingerprint": self.fingerprint}
                sent: Sent | None = yield website.send_message_in_conversation(
                    *place, self._message
                )
            except BaseException as error:
                if not self._is_worth_another(error):
                    raise
            else:
                # An empty response may be that of a proxy, but it is a success.
                return sent or {"fingerprint": self.fingerprint}

    def _is_there(self, website: t.Any, place: tuple[str, str]) -> Steps[bool]:
        try:
            yield website.get_message_in_conversation(*place, self.fingerprint)
        except NotFoundError as error:
            if isinstance(error, InvalidResponseError):
                # The response is not Crisp's, so it does not prove anything.
                raise
            return False
        return True

    def _is_worth_another(self, error: BaseException) -> bool:
        """Note a failed attempt, and return whether to make another."""
        is_late = getattr(error, "status", None) == _LATE
        is_unknown = is_late or isinstance(error, _UNKNOWN)
        # After an interruption, it is unknown what was sent.
        if is_unknown or not isinstance(error, Exception):
            self._is_in_doubt = True
        self._left -= 1
        if is_unknown and self._left:
            return True
        if self._is_in_doubt:
            error.add_note(
                "The message may have been sent. If you call send_once with its "
                f"fingerprint, {self.fingerprint}, it looks for the message first."
            )
        return False


@t.overload
def send_once(
    client: Crisp,
    website_id: str,
    session_id: str,
    message: ty.ConversationMessageNew,
    *,
    tries: int = 3,
) -> Sent: ...
@t.overload
def send_once(
    client: AsyncCrisp,
    website_id: str,
    session_id: str,
    message: ty.ConversationMessageNew,
    *,
    tries: int = 3,
) -> t.Coroutine[None, None, Sent]: ...
def send_once(
    client: t.Any, website_id: str, session_id: str, message: t.Any, *, tries: int = 3
) -> t.Any:
    """Send a message that must arrive, and not arrive twice.

    If the transport or the server fails, or the response is malformed, the message is
    looked for, and sent again only if it is not there. If the message has a
    ``fingerprint``, such as one that you saved before a crash, it is looked for first.
    A message that Crisp accepts only after it was looked for can still be duplicated.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: the website of the conversation.
        session_id: the conversation.
        message: as for `send_message_in_conversation`.
        tries: how many times to send the message at most.

    Raises:
        TypeError: the message is not a dict; nothing was sent.
        CrispError: the last error. If the message may have been sent all the same, a
            note on the error, or on the interruption, names the fingerprint.
    """
    check_client("send_once", client)
    sending = Sending(message, tries)
    steps = sending.steps(client.website, website_id, session_id)
    return client.core.run(steps)
