"""The controls of a sandbox in the hands of a test: people, faults, assertions."""

from __future__ import annotations

import contextlib
import typing as t

from crisp_api.sandbox.faults import Fault, FaultOptions
from crisp_api.sandbox.hook import Hook, HookOptions, Receiver
from crisp_api.sandbox.operators import Operator
from crisp_api.sandbox.people import Visitor
from crisp_api.sandbox.sent import SentRequest, check_sent, matching

if t.TYPE_CHECKING:
    from crisp_api.events import Event
    from crisp_api.sandbox.engine import Engine
    from crisp_api.sandbox.feed import Subscription

__all__ = ["Controls"]


class Controls:
    """People, assertions, faults and events of a sandbox."""

    _engine: Engine
    requests: list[SentRequest]
    website_id: str

    # --- people

    def visitor(self, website_id: str = "", **metas: t.Any) -> Visitor:
        """Return a new visitor, who has opened the chatbox.

        Args:
            website_id: the website; by default that of the sandbox.
            metas: what is known of them, such as ``nickname`` and ``email``.

        Raises:
            ValueError: the website does not exist, or a meta is not valid.
        """
        return Visitor(self._engine.inside, website_id or self.website_id, metas)

    def operator(self, name: str = "", *, website_id: str = "") -> Operator:
        """Return an operator.

        Args:
            name: their name; an operator whom the website does not have is added. By
                default, the operator that the sandbox starts with.
            website_id: the website; by default that of the sandbox.
        """
        return Operator(self._engine.inside, website_id or self.website_id, name)

    # --- assertions

    def sent(self, operation: str, /, **expected: t.Any) -> list[SentRequest]:
        """Return the requests for an operation that have some values.

        Args:
            operation: its name, with or without the service.
            expected: values of the path, of the query or of the body, by name. Of an
                object, only the fields that are named are compared.

        Raises:
            ValueError: there is no such operation.
        """
        return matching(self.requests, operation, expected)

    def assert_sent(self, operation: str, /, **expected: t.Any) -> SentRequest:
        """Return the last request for an operation that has some values; see `sent`.

        Raises:
            AssertionError: there is none; the text shows what was sent instead.
            ValueError: there is no such operation.
        """
        __tracebackhide__ = True
        return check_sent(self.requests, operation, expected)

    def assert_not_sent(self, operation: str, /, **expected: t.Any) -> None:
        """Make sure that there is no request for an operation; see `sent`.

        Raises:
            AssertionError: there is one.
            ValueError: there is no such operation.
        """
        __tracebackhide__ = True
        if found := self.sent(operation, **expected):
            message = f"{operation} was sent {len(found)} times: {found[-1].json!r}"
            raise AssertionError(message)

    # --- faults

    def fail(self, operation: str = "*", **fault: t.Unpack[FaultOptions]) -> None:
        """Let the next requests for an operation fail.

        Faults of one operation happen one after the other.

        Args:
            operation: its name, with or without the service; ``*`` for all requests.
            fault: what happens: a ``status`` with its ``reason``, ``message`` and
                ``retry_after``; a ``reset`` ("refused", "before" or "after"); a
                ``delay`` in seconds; a ``body`` and ``headers``; and ``times``, which
                is 1 by default. `FaultOptions` has more about each.

        Raises:
            ValueError: there is no such operation, or the fault is not possible.
        """
        if unknown := fault.keys() - FaultOptions.__annotations__.keys():
            known = ", ".join(FaultOptions.__annotations__)
            message = f"a fault has no {', '.join(unknown)}, but {known}"
            raise TypeError(message)
        self._engine.faults.ordered.append(Fault(operation, **fault))

    def limit(
        self, *, quota: int | None = None, rate: tuple[int, float] | None = None
    ) -> None:
        """Limit requests from now on, as Crisp does. By default, nothing is limited.

        Args:
            quota: how many requests a plugin may make in a day (UTC); then the status
                is 423, with the reason ``quota_limit_exceeded``.
            rate: how many requests other tokens may make, in how many seconds; then
                the status is 429, with a ``Retry-After``.

        Raises:
            ValueError: a limit is not possible.
        """
        self._engine.faults.limit(quota, rate)

    def recover(self) -> None:
        """Take back all faults and limits."""
        self._engine.faults.ordered.clear()
        self.limit()

    # --- events

    def events(
        self,
        names: t.Iterable[str],
        rooms: t.Iterable[str] = (),
        inboxes: t.Iterable[str] = (),
        *,
        token: tuple[str, str, str] | None = None,
    ) -> Subscription:
        """Return the events that happen from now on, as ``client.listen`` does.

        Args:
            names: the names of the events.
            rooms: identifiers of websites or conversations, which Crisp names
                ``rooms``; without any, all.
            inboxes: inboxes; without any, all.
            token: an identifier, a key and a tier, to receive what they may; by
                default, everything.

        Raises:
            RouteError: the token is not accepted.
        """
        if token is None:
            return self._engine.feed.subscribe(names, rooms, inboxes)
        return self._engine.listen(token, names, rooms, inboxes)

    @property
    def emitted(self) -> list[Event[t.Any]]:
        """The events that have happened, the last 10,000 at least, oldest first."""
        return self._engine.feed.events

    def hook(self, target: str | Receiver, **options: t.Unpack[HookOptions]) -> Hook:
        """Deliver events to a program as webhooks, from now on.

        Args:
            target: the URL of the program, or a function that receives the body and the
                headers, and returns a status; 200 if it returns none. A function is
                called before the request returns that causes the event, in its thread;
                its errors are raised there. If another thread calls a function at that
                moment, that thread calls this one next.
            options: a ``secret`` for a plugin's webhook, or a ``key`` for a website's;
                ``events``, ``attempts``, ``retry_delay`` and ``copies``. `HookOptions`
                has more about each.

        Raises:
            ValueError: webhooks do not deliver such an event, or the secret is empty.
        """
        return self._engine.hooks.register(target, options)

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until all webhooks are delivered.

        Args:
            timeout: how many seconds to wait.

        Raises:
            TimeoutError: it takes longer.
        """
        self._engine.hooks.settle(timeout)

    @contextlib.contextmanager
    def offline(self) -> t.Generator[None]:
        """Lose the events that happen meanwhile: ``with sandbox.offline(): ...``.

        Real-time connections are ended, and come back afterwards: as on Crisp, they
        hear ``crisp:reconnected``, and not what they have missed. Webhooks of these
        events are not delivered. Requests are answered.
        """
        with self._engine.lost():
            yield
