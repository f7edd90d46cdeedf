"""Plans: they decide which page to request next, and which of its items are new.

Pure: a plan makes no request. It returns the call for the next page, and accepts the
pages in the same order.
"""

from __future__ import annotations

import collections
import functools
import json
import math
import re
import typing as t

from crisp_api.dates import Cursor
from crisp_api.errors import CrispError, NotFoundError
from crisp_api.types.values import Moment

__all__ = ["USUAL_SIZE", "HistoryPlan", "NumberedPlan", "Plan", "Wanted"]

_MESSAGES_A_PAGE: t.Final = 40
# How many keys of items to remember: one that drifts to a later page reappears in one
# of the next few, if at all.
_REMEMBERED: t.Final = 10_000
# How often a page may come again. Once is possible: as many new conversations as a page
# has may push it down.
_MOST_REPEATS: t.Final = 3
# Milliseconds that no message has reached.
_LATEST: t.Final = 1e15
# The number of items on a page without a per_page.
USUAL_SIZE: t.Final = 20

Call = t.Callable[[], t.Any]


class Wanted(t.NamedTuple):
    """A page to request.

    Attributes:
        query: what identifies the page.
        call: requests it.
    """

    query: dict[str, t.Any]
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

    def note(self, query: dict[str, t.Any], error: Exception) -> None:
        """Add to an error which page it was about."""
        ...


class NumberedPlan:
    """A list in numbered pages, the last of which is empty."""

    def __init__(self, name: str, call: Call, key: str | None) -> None:
        self.is_over: bool = False
        self.number: int = 1
        self.size: int | None = None
        self.stop_on_short_page = False
        self.is_filtered = False
        self._name = name
        self._call = call
        self._key = key
        self._first: int | None = None
        self._accepted = 0
        self._is_long = False
        # The page before, and how often each page has come.
        self._last: list[t.Any] = []
        self._counts = collections.Counter[int]()
        self._seen: dict[t.Any, None] = {}

    def __repr__(self) -> str:
        return f"{self._name}, page {self.number} comes next"

    def next_page(self) -> Wanted:
        """Return the page with the next number."""
        if self._first is None:
            self._first = self.number
        self.number += 1
        return self._page(self.number - 1)

    def _page(self, number: int) -> Wanted:
        query = {"page_number": number}
        return Wanted(query, functools.partial(self._call, **query))

    def accept(self, page: list[t.Any]) -> list[t.Any]:
        """Return the items that were not in the last pages.

        Raises:
            CrispError: the same page came four times, or the page is not a list.
        """
        if not isinstance(t.cast("object", page), list):
            message = f"{self._name} returned {page!r:.100}, which is not a list"
            raise CrispError(message)
        identities = list(map(self._identity, page))
        is_repeated = bool(page) and identities == self._last
        place = hash(repr(identities))
        if page and self._counts[place] == _MOST_REPEATS:
            message = (
                f"{self._name} returned the same page {_MOST_REPEATS + 1} times; "
                f"something between here and Crisp, such as a cache or a proxy, "
                f"ignores the page_number"
            )
            raise CrispError(message)
        self._counts[place] += 1
        self._last = identities
        fewest = (self.size or 1) if self.stop_on_short_page else 1
        self.is_over = len(page) < fewest
        self._accepted += 1
        self._is_long |= len(page) >= (self.size or USUAL_SIZE)
        self._is_long |= self._accepted > 1 and bool(page)
        if is_repeated and self._key is None:
            return []
        return [item for item in page if self._is_new(item)]

    def _identity(self, item: t.Any) -> t.Any:
        """Return what identifies an item; the item itself if it has no key."""
        if self._key is None or not isinstance(item, dict):
            return item
        known = t.cast("t.Any", item).get(self._key)
        return known if isinstance(known, str | int) else t.cast("t.Any", item)

    def _is_new(self, item: t.Any) -> bool:
        known = self._identity(item)
        if self._key is None or not isinstance(known, str | int):
            return True
        is_new = known not in self._seen
        self._seen.pop(known, None)
        self._seen[known] = None
        # `missed` must know all of them.
        if len(self._seen) > _REMEMBERED and not self.is_filtered:
            del self._seen[next(iter(self._seen))]
        return is_new

    def first_again(self) -> Wanted | None:
        """Return the first page again, if the list may have shrunk during the walk.

        That is a filtered list of more than one page, walked to its end.
        """
        may_shrink = self.is_filtered and self.is_over and self._accepted > 1
        if self._first is None or not (may_shrink and self._is_long and self._key):
            return None
        return self._page(self._first)

    def missed(self, page: object) -> int:
        """Return how many items of the first page were there before, and missed.

        Unknown items at its top have arrived since. Behind a known one, or instead of
        all of them, they moved up when others left the list.
        """
        items: list[t.Any] = t.cast("t.Any", page) if isinstance(page, list) else []
        known = [not self._is_new(item) for item in items]
        return known[known.index(True) if True in known else 0 :].count(False)

    def note(self, query: dict[str, t.Any], error: Exception) -> None:
        """Add to an error which page it was about, and how to resume."""
        number = query["page_number"]
        error.add_note(
            f"This was page {number} of {self._name}. Ask the iterator for the next "
            f"item to request it again, or start there with start_page={number}."
        )
        if isinstance(error, CrispError):
            error.page_number = number


class HistoryPlan:
    """The messages of a conversation, newest first.

    The next page is requested up to and including the oldest millisecond received so
    far: a page may have ended among messages of the same millisecond.

    Messages are data, and some are odd: without a timestamp or a fingerprint, or not
    even an object. They are kept, next to the message that they came after.
    """

    def __init__(self, call: Call, session_id: str, before: Moment | None) -> None:
        self.is_over: bool = False
        self.size: int | None = _MESSAGES_A_PAGE
        self.oldest_first = False
        self.stop_on_short_page = False
        self._call = call
        self._session_id = session_id
        self._query: dict[str, t.Any] = {}
        if before is not None:
            self._query["timestamp_before"] = before
        # The oldest millisecond received so far, and its fingerprints.
        self._at: float = math.inf
        self._queried_after: float = math.inf
        self._fingerprints: set[object] = set()
        # Those of messages without a timestamp.
        self._undated: set[object] = set()
        self._kept: list[t.Any] = []

    def __repr__(self) -> str:
        return f"the messages of {self._session_id}"

    def next_page(self) -> Wanted:
        """Return the page before the messages received so far."""
        return Wanted(self._query, functools.partial(self._call, **self._query))

    def accept(self, page: list[t.Any]) -> list[t.Any]:
        """Return the new messages, or with oldest_first all of them at the end."""
        if not isinstance(t.cast("object", page), list):
            problem = f"Crisp returned {page!r:.100}, which is not a list of messages"
            raise self._error(problem)
        queried_after = "timestamp_after" in self._query
        full = len(page) >= _MESSAGES_A_PAGE
        if queried_after:
            page = [one for one in page if _timestamp(one) in {None, self._at}]
        new = self._new(page)
        if queried_after and len(page) == len(new) == _MESSAGES_A_PAGE:
            problem = (
                f"{2 * _MESSAGES_A_PAGE} messages or more have the timestamp "
                f"{self._at}, more than Crisp can list; to skip the rest of them, "
                f"continue with timestamp_before={self._at}"
            )
            raise self._error(problem)
        self._next_query(new, full=full, queried_after=queried_after)
        if not self.oldest_first:
            return list(reversed(new))
        self._kept += reversed(new)
        return list(reversed(self._kept)) if self.is_over else []

    def _error(self, problem: str) -> CrispError:
        return CrispError(f"{self._session_id}: {problem}")

    def _new(self, page: list[t.Any]) -> list[t.Any]:
        """Return the new messages of a page, oldest first."""
        timestamps = [_timestamp(message) for message in page]
        place = next((one for one in timestamps if one is not None), 0.0)
        placed: list[tuple[float, t.Any]] = []
        for message, timestamp in zip(page, timestamps, strict=True):
            place = place if timestamp is None else timestamp
            if self._is_new(message, timestamp):
                placed.append((place, message))
        # The sort is stable, so that two runs write the same.
        placed.sort(key=lambda pair: pair[0])
        return [message for _, message in placed]

    def _next_query(self, new: list[t.Any], *, full: bool, queried_after: bool) -> None:
        """Decide which messages to request next."""
        dated = [(at, one) for one in new if (at := _timestamp(one)) is not None]
        if dated and dated[0][0] < self._at:
            self._at = dated[0][0]
            self._fingerprints = set()
        self._fingerprints |= {_fingerprint(one) for at, one in dated if at == self._at}
        self._undated |= {_fingerprint(one) for one in new if _timestamp(one) is None}
        if queried_after:
            self._query = {"timestamp_before": Cursor(self._at)}
        elif self._at == math.inf:
            if full:
                problem = (
                    "no message of a whole page has a timestamp, so those before "
                    "them cannot be requested"
                )
                raise self._error(problem)
            self.is_over = True
        elif new and (full or not self.stop_on_short_page):
            self._query = {"timestamp_before": Cursor(self._at + 1)}
        elif full and not new:
            # A whole page has this millisecond. The first of them can be requested
            # from the other side.
            if self._queried_after == self._at:
                problem = (
                    f"Crisp gives no messages before the timestamp {self._at}; "
                    f"something between here and Crisp, such as a cache or a proxy, "
                    f"may ignore timestamp_before"
                )
                raise self._error(problem)
            self._queried_after = self._at
            self._query = {"timestamp_after": Cursor(self._at - 1)}
        else:
            self.is_over = True

    def _is_new(self, message: t.Any, timestamp: float | None) -> bool:
        if timestamp is None:
            return _fingerprint(message) not in self._undated
        if timestamp == self._at:
            return _fingerprint(message) not in self._fingerprints
        return timestamp < self._at

    def note(self, query: dict[str, t.Any], error: Exception) -> None:
        """Add to an error which messages it was about, and how to resume."""
        if isinstance(error, NotFoundError):
            # There is no such conversation, so requesting it again will not help.
            return
        asked = ", ".join(f"{name}={value}" for name, value in query.items())
        which = f"messages with {asked}" if asked else "newest messages"
        error.add_note(
            f"These were the {which}. "
            "Ask the iterator for the next item to request them again."
        )


def _timestamp(message: t.Any) -> float | None:
    """Return the timestamp of a message, None if it has none that can be compared."""
    match _field(message, "timestamp"):
        case bool():
            return None
        case str() as text if re.fullmatch("[0-9]{1,15}", text):
            return int(text)
        case (int() | float()) as value if 0 <= value < _LATEST:
            return value
        case _:
            return None


def _fingerprint(message: t.Any) -> object:
    """Return what identifies a message: its whole content, without a fingerprint."""
    value = _field(message, "fingerprint")
    if isinstance(value, str | int):
        return value
    return json.dumps(message, sort_keys=True)


def _field(message: t.Any, name: str) -> t.Any:
    return t.cast("t.Any", message).get(name) if isinstance(message, dict) else None
