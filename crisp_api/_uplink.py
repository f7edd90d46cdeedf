"""The adapter of uplink, which is untyped: all that subclasses it.

Argument annotations say where a value goes, client adapters how a request is
carried. Envelope and errors are dealt with in the adapters, below uplink's
hooks, so that a user's ``@uplink.response_handler`` sees the data and an
``@uplink.error_handler`` the error, on both faces.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import typing as t

import uplink
from uplink.clients import io
from uplink.decorators import MethodAnnotation
from uplink.interfaces import Annotation, RequestDefinitionBuilder

from crisp_api import wire
from crisp_api._version import __version__
from crisp_api.envelope import open_envelope
from crisp_api.errors import QuotaExceededError
from crisp_api.messages import Request, Response
from crisp_api.transport.carry import AwaitingCarrier, BlockingCarrier, Options

if t.TYPE_CHECKING:

    class ConsumerMeta(type):
        """Stands for uplink's, which has no types."""

    class HttpClientAdapter:
        """Stands for uplink's, which has no types."""

else:
    from uplink.builder import ConsumerMeta
    from uplink.clients.interfaces import HttpClientAdapter

__all__ = [
    "Adapter",
    "Argument",
    "AwaitingAdapter",
    "BlockingAdapter",
    "Body",
    "ClientMeta",
    "NoAnswer",
    "Path",
    "Query",
    "QueryMap",
    "Resource",
    "Segments",
    "is_annotation",
    "is_definition",
    "is_ours",
]

_BODIED: t.Final = frozenset({"PATCH", "POST", "PUT"})
_REFUSAL: t.Final = "crisp_api.refusal"
_NO_ANSWER: t.Final = "crisp_api.no_answer"
_HEADERS: t.Final = {
    "Accept": "application/json",
    "User-Agent": f"python-crisp-api/{__version__}",
}


class Argument:
    """What our annotations share: they name the method when they refuse a value."""

    def __init__(self, where: str, argument: str) -> None:
        super().__init__()
        self.where = where
        self.argument = argument
        self.label = f"{where}: {argument}"

    def modify_request(self, request_builder: t.Any, value: object) -> None:
        """Put the value in its place; the client says when a refusal is raised."""
        try:
            self.put(request_builder, value)
        except (TypeError, ValueError) as error:
            request_builder.client.refuse(request_builder.info, error)

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Put the value in its place, or refuse it."""


class Path(Argument, uplink.Path):
    """A path segment that cannot climb out of its place."""

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Fill in the path variable."""
        text = wire.segment(self.label, value)
        request_builder.set_url_variable({self.argument: text})


class Segments(Argument, uplink.Path):
    """Path segments, the slashes between them kept; none of them can climb."""

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Fill in the path variable."""
        parts = wire.segments(self.label, value)
        request_builder.set_url_variable({self.argument: parts})


class Resource(Argument, uplink.Path):
    """A whole route, written by hand."""

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Take the place of the path."""
        request_builder.relative_url = wire.resource(value)


class Query(Argument, uplink.Query):
    """A query parameter, left out when it is None (or ``omitted``)."""

    omitted: object = None

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Add the parameter."""
        if value is not None and value != self.omitted:
            text = wire.query_text(self.label, value)
            request_builder.info["params"][self.argument] = text


class QueryMap(Argument, uplink.QueryMap):
    """Many query parameters; those that are None are left out."""

    allowed: t.Collection[str] | None = None

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Add the parameters."""
        if value is None:
            return
        if not isinstance(value, t.Mapping):
            message = f"{self.label} must be a dict, not {type(value).__name__}"
            raise TypeError(message)
        params = request_builder.info["params"]
        for name, item in t.cast("t.Mapping[str, object]", value).items():
            if self.allowed is not None and name not in self.allowed:
                message = (
                    f"{self.where}() got an unexpected keyword argument {name!r}; "
                    f"it takes {', '.join(sorted(self.allowed))}"
                )
                raise TypeError(message)
            if item is not None:
                params[name] = wire.query_text(f"{self.where}: {name}", item)


class Body(Argument, uplink.Body):
    """The JSON body."""

    def put(self, request_builder: t.Any, value: t.Any) -> None:
        """Set the body."""
        if value is None:
            return
        if not isinstance(value, t.Mapping | list):
            message = (
                f"{self.where}: the body must be a dict, not {type(value).__name__}"
            )
            raise TypeError(message)
        request_builder.info["json"] = value


class ClientMeta(ConsumerMeta):
    """The class of consumers whose constructor uplink leaves alone.

    uplink would keep what it was called with, a key among it, in a hook.
    """

    @staticmethod
    def _set_init_handler(namespace: object) -> None:
        """Do nothing."""


def is_annotation(marker: object) -> bool:
    """Tell whether uplink knows this as saying where an argument goes."""
    return isinstance(marker, Annotation) or (
        isinstance(marker, type) and issubclass(marker, Annotation)
    )


def is_ours(marker: object) -> bool:
    """Tell whether this is one of the annotations here, which are told their row."""
    return isinstance(marker, type) and issubclass(marker, Argument)


def is_definition(value: object) -> bool:
    """Tell whether this is an endpoint that no consumer class has taken up."""
    return isinstance(value, RequestDefinitionBuilder)


class NoAnswer(MethodAnnotation):
    """Marks a row that returns None, whatever is answered."""

    def modify_request(self, request_builder: t.Any) -> None:
        """Leave a note for the adapter."""
        request_builder.info[_NO_ANSWER] = True


class Adapter(HttpClientAdapter):
    """What both faces share: from uplink's request to ours, from answer to data."""

    def __init__(
        self, carrier: BlockingCarrier | AwaitingCarrier, options: Options
    ) -> None:
        self.carrier: t.Any = carrier
        self.options = options

    def with_options(self, **changes: t.Any) -> t.Self:
        """Give one that waits otherwise, over the same connections."""
        other = copy.copy(self)
        other.options = dataclasses.replace(self.options, **changes)
        if "retry" in changes:
            other.carrier = self.carrier.with_retry(other.options.retry)
        return other

    def refuse(self, info: dict[str, t.Any], error: Exception) -> None:  # noqa: ARG002
        """Raise what is wrong with an argument."""
        raise error

    def prepare(self, request: tuple[str, str, dict[str, t.Any]]) -> Request:
        """Make the request that a transport sends."""
        method, url, info = request
        known = {"headers", "json", "params", "timeout", _NO_ANSWER}
        if unknown := [key for key in info if key not in known]:
            message = (
                f"{method} {url}: a client of Crisp sends JSON bodies, "
                f"not uplink's {', '.join(unknown)}"
            )
            raise TypeError(message)
        headers = {
            name: wire.header(name, value)
            for name, value in {**_HEADERS, **info["headers"]}.items()
        }
        body = info.get("json", {} if method in _BODIED else None)
        content: bytes | None = None
        if body is not None:
            content = wire.json_text("the body", body).encode()
            headers["Content-Type"] = "application/json"
        return Request(
            method,
            wire.with_query(url, info["params"]),
            headers,
            content,
            info.get("timeout", self.options.timeout),
            self.options.deadline,
        )

    def finish(
        self, request: tuple[str, str, dict[str, t.Any]], response: Response
    ) -> t.Any:
        """Open the answer."""
        try:
            data = open_envelope(response)
        except QuotaExceededError as error:
            error.add_note(f"This client has sent {self.carrier.sent} requests.")
            raise
        return None if request[2].get(_NO_ANSWER) else data


class BlockingAdapter(Adapter):
    """For a carrier that waits."""

    def io(self) -> t.Any:
        """Tell uplink to wait."""
        return io.BlockingStrategy()

    def send(self, request: tuple[str, str, dict[str, t.Any]]) -> t.Any:
        """Carry one request, and give what its row returns."""
        return self.finish(request, self.carrier.send(self.prepare(request)))

    def apply_callback(self, callback: t.Any, response: t.Any) -> t.Any:
        """Run a user's response handler."""
        return callback(response)


class AwaitingAdapter(Adapter):
    """For a carrier that is awaited."""

    def io(self) -> t.Any:
        """Tell uplink to await."""
        return io.AsyncioStrategy()

    def refuse(self, info: dict[str, t.Any], error: Exception) -> None:
        """Keep what is wrong with an argument until the call is awaited."""
        info.setdefault(_REFUSAL, error)

    async def send(self, request: tuple[str, str, dict[str, t.Any]]) -> t.Any:
        """Carry one request, and give what its row returns."""
        if refusal := request[2].get(_REFUSAL):
            raise refusal
        response = await self.carrier.send(self.prepare(request))
        return self.finish(request, response)

    async def apply_callback(self, callback: t.Any, response: t.Any) -> t.Any:
        """Run a user's response handler."""
        result = callback(response)
        return await result if inspect.isawaitable(result) else result
