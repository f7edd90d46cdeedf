"""Consumers that use uplink's own decorators and annotations.

uplink does not resolve postponed hints, so this module does not postpone them.
"""

from typing import Annotated, Any, TypedDict, Unpack

import uplink
from uplink.hooks import RequestAuditor

from crisp_api.declare import Body, Consumer, Mode, Query, get, post


class Plain(uplink.Consumer):
    """As uplink's documentation writes them."""

    @uplink.returns.json
    @uplink.get("website/{website_id}")
    def get_website(self, website_id: uplink.Path, page: uplink.Query = 1):  # type: ignore[no-untyped-def]
        """Get a website."""

    @uplink.json
    @uplink.post("website/{website_id}")
    def save_website(self, website_id: uplink.Path, data: uplink.Body):  # type: ignore[no-untyped-def]
        """Save a website."""


@uplink.response_handler
def upper(data: list[str]) -> list[str]:
    """Change the result of a call."""
    return [item.upper() for item in data]


@uplink.response_handler
async def async_upper(data: list[str]) -> list[str]:
    """Change what an async call returns."""
    return [item.upper() for item in data]


@uplink.error_handler
def swap(kind: type[Exception], error: Exception, trace: object) -> None:
    """Raise another error."""
    raise LookupError(kind, trace is not None) from error


@uplink.response_handler(requires_consumer=True)
def signed(consumer: object, data: list[str]) -> list[str]:
    """Change the result of a call, with its consumer."""
    return [*data, type(consumer).__name__]


class Decorated(Consumer[Mode]):
    """Our endpoints under uplink's decorators."""

    @swap
    @upper
    @uplink.timeout(3)
    @uplink.headers({"X-Tag": "t"})
    @get("x")
    def list_items(self) -> list[str]:
        """List Items."""
        raise NotImplementedError

    @async_upper
    @get("x")
    def list_items_async(self) -> list[str]:
        """List Items, through an async handler."""
        raise NotImplementedError


class Mixed(Decorated[Mode]):
    """A plain uplink method among our endpoints."""

    @uplink.get("website/{website_id}/plain")
    def list_plain(self, website_id, page: uplink.Query = 1):  # type: ignore[no-untyped-def]
        """List Plain."""


def elsewhere(call: Any) -> None:
    """Ask for something else."""
    call.relative_url = "y"
    call.info["params"]["a"] = "b"


class Stubborn(Consumer[Mode]):
    """Our endpoints under uplink's templates."""

    @uplink.retry(max_attempts=3, backoff=uplink.retry.backoff.fixed(0))
    @get("x")
    def list_items(self) -> list[str]:
        """List Items."""
        raise NotImplementedError

    @uplink.ratelimit(calls=2, period=60, raise_on_limit=True)
    @get("x")
    def list_some(self) -> list[str]:
        """List Some."""
        raise NotImplementedError

    @uplink.inject(RequestAuditor(elsewhere))
    @get("x")
    def list_injected(self) -> list[str]:
        """List Injected."""
        raise NotImplementedError


class Filters(TypedDict, total=False):
    """Query parameters."""

    year: int


class Told(Consumer):
    """Our endpoints, with hints that are not postponed."""

    @get("x/{name}")
    def read(
        self,
        name: str,
        tag: Annotated[str, uplink.Header("X-Tag")],
        page: Query[int] = 1,
        **filters: Unpack[Filters],
    ) -> None:
        """Read."""

    @post("x")
    def write(self, data: Body[dict[str, Any]]) -> None:
        """Write."""

    @get("x")  # type: ignore[arg-type]
    def search(self, **query: Any) -> None:
        """Search, by any query."""

    @uplink.form_url_encoded
    @uplink.post("x")
    def send_form(self, field: uplink.Field) -> object:
        """Send a form."""

    @uplink.get
    def read_any(self, url: uplink.Url) -> object:
        """Read any URL."""


class Marked(Consumer[Mode]):
    """Endpoints under other decorators of uplink."""

    @uplink.retry(
        max_attempts=3,
        on_exception=uplink.retry.CONNECTION_ERROR,
        backoff=uplink.retry.backoff.fixed(0),
    )
    @get("stubborn")
    def find(self) -> str:
        """Find."""
        raise NotImplementedError

    @uplink.returns.schema(int)
    @get("count")
    def count(self) -> int:
        """Count."""
        raise NotImplementedError

    @uplink.json
    @post("added")
    def add(
        self, data: Body[dict[str, Any]], name: Annotated[str, uplink.Field]
    ) -> None:
        """Add."""
