"""The adapter of uplink, which is untyped: all that subclasses it.

Argument annotations say where a value goes; a definition works out once what a
call of its row does to a request; client adapters say how that is carried. Where
nothing hooks in, a call goes straight to its adapter, and all of uplink's way where
something does. Envelope and errors are dealt with in the adapters, below uplink's
hooks, so that a user's ``@uplink.response_handler`` sees the data and an
``@uplink.error_handler`` the error, on both faces.
"""

from __future__ import annotations

import collections
import copy
import dataclasses
import functools
import inspect
import re
import types
import typing as t

import uplink
from uplink.arguments import ArgumentAnnotationHandlerBuilder
from uplink.clients import io
from uplink.commands import URIDefinitionBuilder
from uplink.decorators import MethodAnnotation, MethodAnnotationHandlerBuilder
from uplink.interfaces import Annotation
from uplink.interfaces import RequestDefinitionBuilder as AnyDefinition
from uplink.session import Session

from crisp_api import errors, wire
from crisp_api._version import __version__
from crisp_api.envelope import open_envelope
from crisp_api.errors import QuotaExceededError
from crisp_api.http import Request, Response
from crisp_api.transport.sender import AsyncSender, Options, Sender

if t.TYPE_CHECKING:

    class Untyped:
        """Stands for a class of uplink's, which have no types."""

        def __init__(self, *args: t.Any, **kwargs: t.Any) -> None: ...
        def __getattr__(self, name: str) -> t.Any: ...

    class ConsumerMeta(type):
        """Stands for uplink's."""

    Builder = Untyped
    ConsumerMethod = Untyped
    HttpClientAdapter = Untyped
    PlainConsumer = Untyped
    RequestBuilder = Untyped
    RequestDefinition = Untyped
    RequestDefinitionBuilder = Untyped
    RequestPreparer: t.Any
    get_default_converter_factories: t.Callable[[], t.Any]
else:
    from uplink import Consumer as PlainConsumer
    from uplink.builder import Builder, ConsumerMeta, ConsumerMethod, RequestPreparer
    from uplink.clients.interfaces import HttpClientAdapter
    from uplink.commands import RequestDefinition, RequestDefinitionBuilder
    from uplink.converters import get_default_converter_factories
    from uplink.helpers import RequestBuilder

__all__ = [
    "Adapter",
    "Argument",
    "AwaitingAdapter",
    "BaseURL",
    "BlockingAdapter",
    "Body",
    "CallBuilder",
    "ClientMeta",
    "Consumer",
    "NoAnswer",
    "Path",
    "Query",
    "QueryMap",
    "Resource",
    "Segments",
    "is_annotation",
    "is_definition",
    "is_ours",
    "new_row",
]

_BODIED: t.Final = frozenset({"PATCH", "POST", "PUT"})
_REFUSAL: t.Final = "crisp_api.refusal"
_NO_ANSWER: t.Final = "crisp_api.no_answer"
_KNOWN: t.Final = frozenset({"headers", "json", "params", "timeout", _NO_ANSWER})
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

    def is_silent(self, value: object) -> bool:
        """Tell whether an argument left out at this default changes nothing."""
        return value is None


class Path(Argument, uplink.Path):
    """A path segment that cannot climb out of its place."""

    def modify_request_definition(self, request_definition_builder: t.Any) -> None:
        """Do nothing: that the path has this variable is known."""

    def text(self) -> t.Callable[[object], str]:
        """Give what spells a value as it stands in the path."""
        return functools.partial(wire.encoded, self.label)


class Segments(Path):
    """Path segments, the slashes between them kept; none of them can climb."""

    def text(self) -> t.Callable[[object], str]:
        """Give what spells a value as it stands in the path."""
        return functools.partial(wire.segments, self.label)


class Resource(Path):
    """A whole route, written by hand."""

    def text(self) -> t.Callable[[object], str]:
        """Give what spells the route."""
        return wire.resource


class Query(Argument, uplink.Query):
    """A query parameter, left out when it is None (or ``omitted``)."""

    omitted: object = None

    def is_silent(self, value: object) -> bool:
        """Tell whether the parameter is left out."""
        return value is None or value == self.omitted

    def modify_request(self, request_builder: t.Any, value: t.Any) -> None:
        """Add the parameter."""
        if not self.is_silent(value):
            text = wire.query_text(self.label, value)
            request_builder.info["params"][self.argument] = text


class QueryMap(Argument, uplink.QueryMap):
    """Many query parameters; those that are None are left out."""

    allowed: t.Collection[str] | None = None

    def modify_request(self, request_builder: t.Any, value: t.Any) -> None:
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

    def modify_request(self, request_builder: t.Any, value: t.Any) -> None:
        """Set the body."""
        if value is None:
            return
        if not isinstance(value, t.Mapping | list):
            message = (
                f"{self.where}: the body must be a dict, not {type(value).__name__}"
            )
            raise TypeError(message)
        # One of its own: a decorator of uplink's may add to it.
        request_builder.info["json"] = value if isinstance(value, list) else {**value}


class NoAnswer(MethodAnnotation):
    """Marks a row that returns None, whatever is answered."""

    def modify_request(self, request_builder: t.Any) -> None:
        """Leave a note for the adapter."""
        request_builder.info[_NO_ANSWER] = True


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
    # Not by what it says of itself: a mock of an endpoint says that it is one.
    return issubclass(type(value), AnyDefinition)


def new_row(
    function: t.Any, method: str, path: str, places: t.Mapping[str, object]
) -> Row:
    """Make an endpoint.

    Args:
        function: what was declared, with a ``__signature__`` of its own.
        method: the verb, in capitals.
        path: the names of its arguments in braces.
        places: for each argument, uplink's annotation that says where it goes.
    """
    names = list(function.__signature__.parameters)
    arguments: t.Any = ArgumentAnnotationHandlerBuilder(function, names)
    uri = URIDefinitionBuilder(path)
    row = Row(function, method, uri, arguments, MethodAnnotationHandlerBuilder())
    arguments.set_annotations(places)
    return row


class Row(RequestDefinitionBuilder):
    """An endpoint, as uplink's decorators find it."""

    def copy(self) -> Row:
        """Give one that can be decorated by itself."""
        arguments = self._argument_handler_builder.copy()
        methods = self._method_handler_builder.copy()
        row: t.Any = Row(self._func, self._method, self._uri, arguments, methods)
        row.return_type = self.return_type
        return t.cast("Row", row)

    def extend(self, *uplinks: object) -> t.NoReturn:  # noqa: ARG002
        """Refuse to make another of it, which would not have our annotations."""
        message = "a row is no decorator; declare the other one whole, under its verb"
        raise TypeError(message)

    def build(self) -> Definition:
        """Work out all that does not depend on a call."""
        return Definition(
            self._method,
            self._uri.template,
            self._return_type,
            self._argument_handler_builder.build(),
            self._method_handler_builder.build(),
            signature=self._func.__signature__,
        )


class Definition(RequestDefinition):
    """What a call of an endpoint does to a request, worked out once."""

    def __init__(self, *uplinks: t.Any, signature: inspect.Signature) -> None:
        super().__init__(*uplinks)
        self._signature = signature
        # The path, with a place for each text; a percent sign is written twice there.
        self._pattern = re.sub(r"{\w+}", "%s", self._uri.replace("%", "%%"))
        self._texts: dict[str, t.Callable[[object], str]] = {}
        self._changes: dict[str, t.Callable[[t.Any, t.Any], None]] = {}
        self._defaults: dict[str, object] = {}
        self._required: set[str] = set()
        self._by_position: list[str] = []
        self._rest: str | None = None
        _self, *parameters = signature.parameters.values()
        for parameter, place in zip(parameters, self.argument_annotations, strict=True):
            self._add(parameter, place)
        in_path = re.findall(r"{(\w+)}", self._uri)
        self._variables = [(name, self._texts[name]) for name in in_path]
        self._is_decorated = bool(self.method_annotations)
        self._names = self._texts.keys() | self._changes.keys() - {self._rest}
        # Of arguments by position that are enough, if those by name are not needed.
        self._fewest = len(parameters) + 1
        if self._required <= set(self._by_position):
            self._fewest = len(self._required)

    def _add(self, parameter: inspect.Parameter, place: t.Any) -> None:
        """Take note of an argument, and of what is done when it is left out."""
        name, default = parameter.name, parameter.default
        if isinstance(place, Path):
            self._texts[name] = place.text()
        else:
            self._changes[name] = place.modify_request
        if parameter.kind is parameter.VAR_KEYWORD:
            self._rest = name
            return
        if parameter.kind is not parameter.KEYWORD_ONLY:
            self._by_position.append(name)
        if default is parameter.empty:
            self._required.add(name)
        elif not (isinstance(place, Argument) and place.is_silent(default)):
            self._defaults[name] = default

    def define_request(
        self,
        request_builder: t.Any,
        func_args: tuple[t.Any, ...],
        func_kwargs: dict[str, t.Any],
    ) -> None:
        """Put the arguments of a call in their places.

        The client says when a refusal is raised.
        """
        request_builder.method = self._method
        request_builder.return_type = self._return_type
        values: dict[str, t.Any] = dict(zip(self._by_position, func_args, strict=False))
        if func_kwargs or not self._fewest <= len(func_args) <= len(self._by_position):
            values = self._bound(values, func_args, func_kwargs)
        if self._defaults:
            values = {**self._defaults, **values}
        try:
            texts = [text(values[name]) for name, text in self._variables]
            for name, change in self._changes.items():
                if name in values:
                    change(request_builder, values[name])
        except (TypeError, ValueError) as error:
            request_builder.client.refuse(request_builder.info, error)
            return
        request_builder.relative_url = self._pattern % tuple(texts)
        if self._is_decorated:
            self._method_handler.handle_builder(request_builder)

    def _bound(
        self,
        given: dict[str, t.Any],
        args: tuple[t.Any, ...],
        kwargs: dict[str, t.Any],
    ) -> dict[str, t.Any]:
        """Add arguments that are given by name, or say what is wrong with them."""
        given.update(kwargs)
        others = given.keys() - self._names
        if (
            len(given) < len(args) + len(kwargs)
            or not given.keys() >= self._required
            or (others and self._rest is None)
        ):
            # Python's own words for what is wrong.
            given = self._signature.bind(None, *args, **kwargs).arguments
        elif others and self._rest:
            given[self._rest] = {n: given.pop(n) for n in kwargs if n in others}
        return given


class BaseURL:
    """Where a client sends; its text is asked for at each call."""

    def __init__(self, url: str) -> None:
        self.move(*wire.base(url))

    def move(self, host: str, path: str) -> None:
        """Lead to another place."""
        self.host, self.path = host, path
        self.text = f"{host}{path.rstrip('/')}/"

    def __str__(self) -> str:
        return self.text


class Call(RequestBuilder):
    """A request that is being built, without what few calls need."""

    # Plain attributes here, where uplink has properties.
    base_url: t.Any = None
    client: t.Any = None
    info: t.Any = None
    method: t.Any = None
    relative_url: t.Any = ""
    return_type: t.Any = None
    hooks: t.Sequence[t.Any] = ()
    templates: t.Sequence[t.Any] = ()

    def __init__(self, builder: CallBuilder, definition: t.Any) -> None:
        # Not uplink's constructor: it would take an empty path apart.
        self._builder = builder
        self._definition = definition
        self.base_url = builder.base_url.text
        self.client = builder.client
        self.info = collections.defaultdict(dict)

    def request(self) -> tuple[str, str, dict[str, t.Any]]:
        """Give what an adapter sends; the path is safe to stand behind the base URL."""
        return self.method, self.base_url + self.relative_url, self.info

    @functools.cached_property
    def context(self) -> dict[str, t.Any]:
        """What hooks tell each other."""
        return {}

    def add_transaction_hook(self, hook: t.Any) -> None:
        """Let a hook of uplink's take part."""
        self.hooks = (*self.hooks, hook)

    @property
    def transaction_hooks(self) -> t.Sequence[t.Any]:
        """Give the hooks that take part."""
        return self.hooks

    def add_request_template(self, template: t.Any) -> None:
        """Let a template of uplink's take part."""
        self.templates = (*self.templates, template)

    @property
    def request_template(self) -> t.Any:
        """Give the templates that take part."""
        return io.CompositeRequestTemplate(self.templates)

    def set_url_variable(self, variables: object) -> None:
        """Do nothing: the path has no variables left."""

    def get_converter(self, key: t.Any, *args: t.Any) -> t.Any:
        """Give what turns a value of a user's annotation into text."""
        registry = self._definition.make_converter_registry(self._builder.converters)
        return registry[key](*args)


class CallBuilder(Builder):
    """Starts the calls of a consumer.

    Its calls go the way of uplink's own, but for steps that would do nothing.
    """

    # Plain attributes here, where uplink has properties.
    base_url: t.Any = None
    client: t.Any = None

    def __init__(self, base_url: BaseURL, client: Adapter, auth: t.Any) -> None:
        # Not uplink's constructor: it would open a requests.Session.
        self._auth = auth
        self._hooks: list[t.Any] = []
        self._converters = get_default_converter_factories()
        self.base_url = base_url
        self.client = client
        self.session: t.Any = Session(self)

    def call(
        self,
        consumer: object,
        definition: Definition,
        args: tuple[t.Any, ...],
        kwargs: dict[str, t.Any],
    ) -> t.Any:
        """Build a request, and send it."""
        call = Call(self, definition)
        for hook in self._hooks:
            hook.audit_request(consumer, call)
        definition.define_request(call, args, kwargs)
        if not (self._hooks or call.hooks or call.templates or call.return_type):
            self._auth(call)
            return self.client.send(call.request())
        execution: t.Any = io.RequestExecutionBuilder()
        RequestPreparer(self, consumer).prepare_request(call, execution)
        return execution.build().start(call.request())


class Method(ConsumerMethod):
    """An endpoint on its class."""

    def __init__(self, owner: str, name: str, row: Row) -> None:
        super().__init__(owner, name, row)
        definition = self._request_definition

        def method(consumer: t.Any, /, *args: t.Any, **kwargs: t.Any) -> t.Any:
            return consumer.uplink_builder.call(consumer, definition, args, kwargs)

        row.update_wrapper(method)
        self._method = method

    def __get__(self, instance: object, owner: type) -> t.Any:
        if instance is None:
            declared: t.Any = super()
            return declared.__get__(None, owner)
        return types.MethodType(self._method, instance)


class Meta(ConsumerMeta):
    """The class of consumers."""

    @staticmethod
    def _wrap_if_definition(cls_name: str, key: str, value: object) -> object:
        """Put an endpoint of ours on its class, or one of uplink's."""
        if not is_definition(value):
            return value
        definition: t.Any = value
        kind = Method if isinstance(value, Row) else ConsumerMethod
        method = kind(cls_name, key, definition)
        definition.update_wrapper(method)
        return method


class Consumer(PlainConsumer, metaclass=Meta):
    """A consumer of uplink's whose calls a `CallBuilder` starts."""

    uplink_builder: CallBuilder

    @property
    def session(self) -> t.Any:
        """What uplink keeps for all calls: ``headers``, ``params``, hooks."""
        return self.uplink_builder.session

    @property
    def exceptions(self) -> t.Any:
        """What uplink calls the errors of its clients."""
        return self.uplink_builder.client.exceptions


class ClientMeta(Meta):
    """The class of consumers whose constructor uplink leaves alone.

    uplink would keep what it was called with, a key among it, in a hook.
    """

    @staticmethod
    def _set_init_handler(namespace: object) -> None:
        """Do nothing."""


_EXCEPTIONS: t.Final = types.SimpleNamespace(
    BaseClientException=errors.CrispError,
    ConnectionError=errors.ConnectionError,
    ConnectionTimeout=errors.TimeoutError,
    ServerTimeout=errors.TimeoutError,
    SSLError=errors.ConnectionError,
    InvalidURL=ValueError,
)
"""Our errors, by uplink's names."""


class Adapter(HttpClientAdapter):
    """What both faces share: from uplink's request to ours, from answer to data."""

    exceptions = _EXCEPTIONS

    def __init__(self, sender: Sender | AsyncSender, options: Options) -> None:
        self.sender: t.Any = sender
        self.options = options
        self.signed: t.Mapping[str, str] = {}

    def with_options(self, **changes: t.Any) -> t.Self:
        """Give one that waits otherwise, over the same connections."""
        other = copy.copy(self)
        other.options = dataclasses.replace(self.options, **changes)
        if "retry" in changes:
            other.sender = self.sender.with_retry(other.options.retry)
        return other

    def refuse(self, info: dict[str, t.Any], error: Exception) -> None:  # noqa: ARG002
        """Raise what is wrong with an argument."""
        raise error

    def prepare(self, request: tuple[str, str, dict[str, t.Any]]) -> Request:
        """Make the request that a transport sends."""
        method, url, info = request
        if unknown := info.keys() - _KNOWN:
            message = (
                f"{method} {url}: a client of Crisp sends JSON bodies, "
                f"not uplink's {', '.join(unknown)}"
            )
            raise TypeError(message)
        options = self.options
        if "timeout" in info:
            options = dataclasses.replace(options, timeout=info["timeout"])
        headers = {**_HEADERS, **info["headers"]}
        for name, value in info["headers"].items():
            # Those of the auth hook were looked at when it took them.
            if value is not self.signed.get(name):
                wire.header(name, value)
        body = info.get("json", {} if method in _BODIED else None)
        content: bytes | None = None
        if body is not None:
            content = wire.json_text("the body", body).encode()
            headers["Content-Type"] = "application/json"
        if params := info.get("params"):
            url = wire.with_query(url, params)
        return Request(
            method,
            url,
            headers,
            content,
            options.timeout,
            options.deadline,
        )

    def finish(
        self, request: tuple[str, str, dict[str, t.Any]], response: Response
    ) -> t.Any:
        """Open the answer."""
        try:
            data = open_envelope(response)
        except QuotaExceededError as error:
            error.add_note(f"This client has sent {self.sender.sent} requests.")
            raise
        return None if request[2].get(_NO_ANSWER) else data


class BlockingAdapter(Adapter):
    """For a sender that waits."""

    def io(self) -> t.Any:
        """Tell uplink to wait."""
        return io.BlockingStrategy()

    def send(self, request: tuple[str, str, dict[str, t.Any]]) -> t.Any:
        """Carry one request, and give what its row returns."""
        return self.finish(request, self.sender.send(self.prepare(request)))

    def apply_callback(self, callback: t.Any, response: t.Any) -> t.Any:
        """Run a user's response handler."""
        return callback(response)


class AwaitingAdapter(Adapter):
    """For a sender that is awaited."""

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
        response = await self.sender.send(self.prepare(request))
        return self.finish(request, response)

    async def apply_callback(self, callback: t.Any, response: t.Any) -> t.Any:
        """Run a user's response handler."""
        result = callback(response)
        return await result if inspect.isawaitable(result) else result
