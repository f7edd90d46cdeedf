"""Messages that are sent once, although nobody knows whether they were.

Crisp may have taken a message whose answer was lost, so the library does not send it
again by itself. `send_once` gives it a fingerprint, and asks for that before it does.
"""

from __future__ import annotations

import secrets
import typing as t

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
# A status: the request did not come in time, or not all of it.
_LATE: t.Final = 408


class Sending:
    """A message on its way: it is sent, or first looked for.

    Attributes:
        fingerprint: of the message.
    """

    def __init__(self, message: t.Any, tries: object) -> None:
        if not isinstance(tries, int) or tries < 1:
            problem = f"tries must be a whole number, 1 or more, not {tries!r}"
            raise ValueError(problem)
        # One that has a fingerprint may have been sent before.
        self._is_in_doubt = "fingerprint" in message
        # Like Crisp's own, of 15 digits.
        fingerprint = secrets.randbelow(9 * 10**14) + 10**14
        self._message = {"fingerprint": fingerprint, **message}
        self.fingerprint: int = self._message["fingerprint"]
        self._left = tries

    def steps(self, website: t.Any, website_id: str, session_id: str) -> Steps[Sent]:
        """Send it to a conversation, until it is there."""
        place = (website_id, session_id)
        while True:
            try:
                if self._is_in_doubt and (yield from self._is_there(website, place)):
                    return {"fingerprint": self.fingerprint}
                sent: Sent = yield website.send_message_in_conversation(
                    *place, self._message
                )
            except BaseException as error:
                if not self._is_worth_another(error):
                    raise
            else:
                return sent

    def _is_there(self, website: t.Any, place: tuple[str, str]) -> Steps[bool]:
        try:
            yield website.get_message_in_conversation(*place, self.fingerprint)
        except NotFoundError as error:
            if isinstance(error, InvalidResponseError):
                # Not Crisp says so, but something before it.
                raise
            return False
        return True

    def _is_worth_another(self, error: BaseException) -> bool:
        """Take note of a failed try, and tell whether to go on."""
        is_late = getattr(error, "status", None) == _LATE
        is_unknown = is_late or isinstance(error, _UNKNOWN)
        # An interruption says nothing of what was sent.
        if is_unknown or not isinstance(error, Exception):
            self._is_in_doubt = True
        self._left -= 1
        if is_unknown and self._left:
            return True
        if self._is_in_doubt:
            error.add_note(
                "The message may have been sent. With its fingerprint, "
                f"{self.fingerprint}, send_once looks for it first."
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

    After a broken transport, a failure of the server or an answer that is none, the
    message is looked for, and sent again only if it is not there. With a
    ``fingerprint`` of one's own, such as one that was kept from before a crash, it is
    looked for first. What no client can see is a message that Crisp takes only after
    it was looked for.

    Args:
        client: a `Crisp`, or an `AsyncCrisp` to await the result.
        website_id: where the conversation is.
        session_id: the conversation.
        message: what `send_message_in_conversation` takes.
        tries: how often it is sent at most.

    Raises:
        CrispError: the last error. A note on it, or on what interrupted the call, tells
            the fingerprint where the message may have been sent all the same.
    """
    sending = Sending(message, tries)
    steps = sending.steps(client.website, website_id, session_id)
    return client.core.run(steps)
