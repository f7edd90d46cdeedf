"""Which page to request next, and which of its items are new.

Pure: a plan makes no request. It names the call for a page, and is handed the pages in
the order in which it named them.
"""

from __future__ import annotations

import functools
import math
import typing as t

from crisp_api.errors import CrispError

__all__ = ["HistoryPlan", "NumberedPlan", "Plan", "Wanted"]

_MESSAGES_A_PAGE: t.Final = 40
# How many keys of items to remember: one that drifts to a later page reappears in one
# of the next few, if at all.
_REMEMBERED: t.Final = 10_000

Call = t.Callable[[], t.Any]


class Wanted(t.NamedTuple):
    """A page to request.

    Attributes:
        query: what identifies the page.
        call: requests it.
    """

    query: dict[str, int]
    call: Call


class Plan(t.Protocol):
    """Decides which pages to request, and which of their items are new.

    Attributes:
        is_over: whether the last page was accepted.
        size: how many items a page has, where it is known.
    """

    is_over: bool
    size: int | None

    def next_page(self) -> Wanted:
        """Return the page to request next; call it only while it is not over."""
        ...

    def accept(self, page: list[t.Any]) -> list[t.Any]:
        """Return the new items of a page; pages are passed in the order of requests."""
        ...

    def note(self, query: dict[str, int], error: Exception) -> None:
        """Add to an error which page it was about."""
        ...


class NumberedPlan:
    """A list in numbered pages, the last of which is empty."""

    def __init__(self, name: str, call: Call, key: str | None) -> None:
        self.is_over = False
        self.number = 1
        self.size: int | None = None
        self.stop_on_short_page = False
        self._name = name
        self._call = call
        self._key = key
        self._seen: dict[t.Any, None] = {}

    def next_page(self) -> Wanted:
        """Return the page with the next number."""
        query = {"page_number": self.number}
        self.number += 1
        return Wanted(query, functools.partial(self._call, **query))

    def accept(self, page: list[t.Any]) -> list[t.Any]:
        """Return the items that were not in the last pages."""
        if not isinstance(t.cast("object", page), list):
            message = f"{self._name} gives {page!r:.100}, which is no list of items"
            raise TypeError(message)
        fewest = (self.size or 1) if self.stop_on_short_page else 1
        self.is_over = len(page) < fewest
        return [item for item in page if self._is_new(item)]

    def _is_new(self, item: t.Any) -> bool:
        if self._key is None:
            return True
        is_object = isinstance(item, dict)
        known = t.cast("t.Any", item).get(self._key) if is_object else item
        if known is None:
            return True
        is_new = known not in self._seen
        self._seen.pop(known, None)
        self._seen[known] = None
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return is_new

    def note(self, query: dict[str, int], error: Exception) -> None:
        """Add to an error which page it was about, and how to resume."""
        number = query["page_number"]
        error.add_note(
            f"This was page {number} of {self._name}. Ask the iterator again to go on "
            f"with it, or begin there with start_page={number}."
        )
        if isinstance(error, CrispError):
            error.page_number = number


class HistoryPlan:
    """The messages of a conversation, newest first.

    The next page is requested up to and including the oldest millisecond received so
    far: a page may have ended among messages of the same millisecond.
    """

    def __init__(self, call: Call, before: int | None) -> None:
        self.is_over = False
        self.size: int | None = _MESSAGES_A_PAGE
        self.oldest_first = False
        self.stop_on_short_page = False
        self._call = call
        self._query = {} if before is None else {"timestamp_before": before}
        # The oldest millisecond received so far, and its fingerprints.
        self._at: float = math.inf
        self._queried_after: float = math.inf
        self._fingerprints: set[int] = set()
        self._kept: list[t.Any] = []

    def next_page(self) -> Wanted:
        """Return the page before the messages received so far."""
        return Wanted(self._query, functools.partial(self._call, **self._query))

    def accept(self, page: list[t.Any]) -> list[t.Any]:
        """Return the new messages, or with oldest_first all of them at the end."""
        queried_after = "timestamp_after" in self._query
        full = len(page) >= _MESSAGES_A_PAGE
        if queried_after:
            page = [message for message in page if message["timestamp"] == self._at]
        new = sorted(
            (message for message in page if self._is_new(message)),
            key=lambda message: message["timestamp"],
        )
        if queried_after and len(page) == len(new) == _MESSAGES_A_PAGE:
            message = (
                f"{2 * _MESSAGES_A_PAGE} messages or more have the timestamp "
                f"{self._at}, and not all of them can be asked for; go on before "
                f"them with timestamp_before={self._at}"
            )
            raise CrispError(message)
        self._next_query(new, full=full, queried_after=queried_after)
        if not self.oldest_first:
            return list(reversed(new))
        self._kept += reversed(new)
        return list(reversed(self._kept)) if self.is_over else []

    def _next_query(self, new: list[t.Any], *, full: bool, queried_after: bool) -> None:
        """Decide which messages to request next."""
        if new and new[0]["timestamp"] < self._at:
            self._at = new[0]["timestamp"]
            self._fingerprints = set()
        self._fingerprints |= {
            message["fingerprint"]
            for message in new
            if message["timestamp"] == self._at
        }
        if queried_after:
            self._query = {"timestamp_before": int(self._at)}
        elif new and (full or not self.stop_on_short_page):
            self._query = {"timestamp_before": int(self._at) + 1}
        elif full and not new:
            # A whole page has this millisecond. The first of them can be requested
            # from the other side.
            if self._queried_after == self._at:
                message = f"Crisp gives no messages before the timestamp {self._at}"
                raise CrispError(message)
            self._queried_after = self._at
            self._query = {"timestamp_after": int(self._at) - 1}
        else:
            self.is_over = True

    def _is_new(self, message: t.Any) -> bool:
        if message["timestamp"] == self._at:
            return message["fingerprint"] not in self._fingerprints
        return bool(message["timestamp"] < self._at)

    def note(self, query: dict[str, int], error: Exception) -> None:
        """Add to an error which messages it was about, and how to resume."""
        asked = ", ".join(f"{name}={value}" for name, value in query.items())
        error.add_note(
            f"These were the messages with {asked or 'no timestamp'}. "
            "Ask the iterator again to go on with them."
        )
