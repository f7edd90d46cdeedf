"""A walk through the pages of a plan."""

from __future__ import annotations

import collections
import dataclasses
import math
import typing as t
import warnings

from crisp_api.paging.plans import USUAL_SIZE, NumberedPlan, Plan, Wanted
from crisp_api.pools import Handle
from crisp_api.runners import Runner, Steps

__all__ = ["ListShrankWarning", "Walk"]


class ListShrankWarning(UserWarning):
    """A filtered list lost items while it was walked, so others were not returned."""


@dataclasses.dataclass
class _Page:
    """A page on its way; after a failure it has no handle until it is started again."""

    wanted: Wanted
    handle: Handle | None = None


class Walk:
    """Requests the pages of a plan, some ahead, and keeps the items that are ready.

    Threads or tasks may share it. After an error it can be asked again, and continues
    with the page that failed.

    Args:
        runner: of the client.
        plan: which pages to request.
        limit: how many items to return at most; None for all.
        prefetch: how many pages to request at once.
        snapshot: whether to request all pages before the first item is ready.

    Attributes:
        items: the items that are ready.
        checked: the plan, if it is to be checked at the end whether the list shrank.
    """

    def __init__(
        self,
        runner: Runner,
        plan: Plan,
        limit: int | None,
        prefetch: int,
        *,
        snapshot: bool = False,
    ) -> None:
        self.items: collections.deque[t.Any] = collections.deque()
        self.checked: NumberedPlan | None = None
        self._plan = plan
        self._snapshot = snapshot
        self._kept: list[t.Any] = []
        self._left = math.inf if limit is None else limit
        self._prefetch = prefetch
        self._runner = runner
        self._pages: collections.deque[_Page] = collections.deque()
        self._pool = runner.pool(prefetch)
        self._has_failed = False

    def __repr__(self) -> str:
        return repr(self._plan)

    def fill(self) -> Steps[bool]:
        """Request pages until an item is ready; return whether one is."""
        while self._wants_page():
            yield from self._accept_next()
        if self._left and not self.items:
            yield from self._check()
        # Other threads may have taken the items; then more pages follow.
        return bool(self.items or self._wants_page())

    def _wants_page(self) -> bool:
        return bool(self._left) and not self.items and not self._plan.is_over

    def close(self) -> None:
        """Cancel the pages that are on their way."""
        self._pool.close()

    def _accept_next(self) -> Steps[None]:
        """Wait for the next page, and take its items."""
        page, handle = self._start()
        try:
            items = yield handle.wait()
            items = self._plan.accept(items)
        except BaseException as error:
            page.handle = None
            self._has_failed = True
            if isinstance(error, Exception):
                self._plan.note(page.wanted.query, error)
            else:
                self._abandon()
            raise
        self._pages.popleft()
        if len(items) > self._left:
            del items[int(self._left) :]
        self._left -= len(items)
        if self._snapshot:
            self._kept += items
            if self._left and not self._plan.is_over:
                return
            items, self._kept = self._kept, []
        self.items.extend(items)

    def _check(self) -> Steps[None]:
        """Warn if the list shrank, so that items moved to pages already requested."""
        plan, self.checked = self.checked, None
        wanted = plan.first_again() if plan else None
        if plan is None or wanted is None:
            return
        try:
            page = yield self._pool.start(wanted.call).wait()
        except Exception:  # noqa: BLE001 - the walk itself is complete
            return
        if missed := plan.missed(page):
            message = (
                f"{missed} items or more of a filtered list were not returned: it "
                f"shrank while it was walked, so items moved to pages that had been "
                f"requested before. If your loop changes what the list is filtered "
                f"on, list all items first: paginate(..., snapshot=True)"
            )
            # The caller of the iterator: above are the steps, their driver, and it.
            warnings.warn(message, ListShrankWarning, stacklevel=5)

    def _abandon(self) -> None:
        """Cancel the pages that are on their way; the next iteration requests them.

        After Ctrl-C, the traceback may still refer to the iterator, and the retries of
        these pages would continue.
        """
        self._pool.close()
        for page in self._pages:
            page.handle = None
        self._pool = self._runner.pool(self._prefetch)

    def _start(self) -> tuple[_Page, Handle]:
        """Return the next page, and see that others are on their way behind it."""
        if self._has_failed:
            # Later pages may have failed as well; their errors would be outdated.
            for page in self._pages:
                if page.handle and page.handle.has_failed:
                    page.handle = None
            self._has_failed = False
        pages = self._left / (self._plan.size or USUAL_SIZE)
        while len(self._pages) < min(self._prefetch, max(pages, 1)):
            self._pages.append(_Page(self._plan.next_page()))
        for page in self._pages:
            if page.handle is None:
                page.handle = self._pool.start(page.wanted.call)
        first = self._pages[0]
        return first, t.cast("Handle", first.handle)
