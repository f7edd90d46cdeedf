"""The adapter of uplink: everything that subclasses it, as it has no types.

uplink declares the endpoints. It runs only if a hook is in use. An endpoint is a
request definition of uplink's, and a consumer is one of uplink's consumers. A call that
nothing of uplink's takes part in goes straight to the core of its client. Any other
call (under a decorator, after something was set on the ``session``, or of a plain
uplink method) goes uplink's own way, unmodified, and reaches the core through
`SyncClient` or `AsyncClient`. These open the envelope below uplink's hooks, so that a
user's ``@uplink.response_handler`` receives the data and an ``@uplink.error_handler``
the error.
"""

from __future__ import annotations

import functools
import inspect
import types
import typing as t

from uplink import form_url_encoded, multipart
from uplink.arguments import ArgumentAnnotationHandlerBuilder
from uplink.clients import io
from uplink.commands import URIDefinitionBuilder
from uplink.decorators import MethodAnnotationHandlerBuilder
from uplink.interfaces import Annotation
from uplink.interfaces import RequestDefinitionBuilder as AnyDefinitionBuilder
from uplink.session import Session

from crisp_api import errors
from crisp_api.auth import SIGNED
from crisp_api.core import Core
from crisp_api.documentation import Docstring
from crisp_api.operation import CompiledOperation

if t.TYPE_CHECKING:

    class Untyped:
        """A typed placeholder for a class of uplink."""

        def __init__(self, *args: t.Any, **kwargs: t.Any) -> None: ...
        def __getattr__(self, name: str) -> t.Any: ...

    class ConsumerMeta(type):
        """A typed placeholder for uplink's class."""

    Builder = Untyped
    ConsumerMethod = Untyped
    HttpClientAdapter = Untyped
    PlainConsumer = Untyped
    RequestDefinition = Untyped
    RequestDefinitionBuilder = Untyped
else:
    from uplink import Consumer as PlainConsumer
    from uplink.builder import Builder, ConsumerMeta, ConsumerMethod
    from uplink.clients.interfaces import HttpClientAdapter
    from uplink.commands import RequestDefinition, RequestDefinitionBuilder

__all__ = ["ClientMeta", "Consumer", "is_annotation", "is_endpoint", "new_definition"]

_OPERATION: t.Final = "crisp_api.operation"
_KNOWN: t.Final = {"headers", "json", "params", "timeout", _OPERATION, SIGNED}


def is_annotation(marker: object) -> bool:
    """Return whether uplink knows this as saying where an argument goes."""
    kind = marker if isinstance(marker, type) else type(marker)
    return issubclass(kind, Annotation)


def is_definition(value: object) -> bool:
    """Return whether this is an endpoint that no consumer class has taken up."""
    # By its type: a mock of an endpoint claims to be an instance of its class.
    return issubclass(type(value), AnyDefinitionBuilder)


def new_definition(
    function: t.Any,
    operation: CompiledOperation,
    path: str,
    annotations: t.Mapping[str, object],
) -> DefinitionBuilder:
    """Return an endpoint, as uplink's decorators find it.

    Args:
        function: the declared method, with a ``__signature__``.
        operation: what a call of it sends.
        path: the names of arguments in braces.
        annotations: uplink's own annotations, of arguments that have one.
    """
    names = list(function.__signature__.parameters)
    arguments: t.Any = ArgumentAnnotationHandlerBuilder(function, names)
    uri, methods = URIDefinitionBuilder(path), MethodAnnotationHandlerBuilder()
    definition = DefinitionBuilder(function, operation.method, uri, arguments, methods)
    definition.operation = operation
    arguments.set_annotations(annotations)
    return definition


class DefinitionBuilder(RequestDefinitionBuilder):
    """An endpoint, as uplink's decorators find it."""

    operation: CompiledOperation

    def copy(self) -> DefinitionBuilder:
        """Return an endpoint that can be decorated by itself."""
        arguments = self._argument_handler_builder.copy()
        methods = self._method_handler_builder.copy()
        other: t.Any = DefinitionBuilder(
            self._func, self._method, self._uri, arguments, methods
        )
        other.operation = self.operation
        other.return_type = self.return_type
        return t.cast("DefinitionBuilder", other)

    def extend(self, *args: object) -> t.NoReturn:  # noqa: ARG002 - all refused
        """Refuse to be a decorator: a copy by uplink would lose our parameters."""
        message = (
            "an endpoint cannot be used as a decorator; declare the other endpoint "
            "completely, under its own verb"
        )
        raise TypeError(message)

    def build(self) -> Definition:
        """Return what uplink builds requests by.

        Raises:
            TypeError: a decorator asks for a body that is not JSON.
        """
        arguments = self._argument_handler_builder.build()
        methods = self._method_handler_builder.build()
        definition = Definition(
            self._method, self._uri.template, self._return_type, arguments, methods
        )
        definition.operation = self.operation
        for decorator in t.cast("t.Any", definition).method_annotations:
            if isinstance(decorator, form_url_encoded | multipart):
                name = type(decorator).__name__
                message = f"{self.operation.name}: Crisp takes JSON, not @{name}"
                raise TypeError(message)
        return definition


class Definition(RequestDefinition):
    """An endpoint, as uplink builds requests by it."""

    operation: CompiledOperation

    @property
    def is_plain(self) -> bool:
        """Whether a call needs no part of uplink."""
        annotations = self.method_annotations or self.argument_annotations
        return not annotations and self._return_type is None

    def define_request(
        self, builder: t.Any, args: tuple[t.Any, ...], kwargs: dict[str, t.Any]
    ) -> None:
        """Put the arguments of a call where they go, ours first."""
        values = self.operation.bind(args, kwargs)
        parts = self.operation.parts(values)
        builder.method = self._method
        builder.relative_url = parts.path
        builder.return_type = self._return_type
        builder.info[_OPERATION] = self.operation
        if parts.query:
            builder.info["params"].update(parts.query)
        if parts.body is not None:
            builder.info["json"] = parts.body
        self._argument_handler.handle_call_args(builder, values)
        self._method_handler.handle_builder(builder)


class Method(ConsumerMethod):
    """An endpoint on its class."""

    def __init__(self, owner: str, name: str, builder: DefinitionBuilder) -> None:
        super().__init__(owner, name, builder)
        definition: t.Any = self._request_definition
        operation, is_plain = builder.operation, definition.is_plain

        def method(consumer: t.Any, /, *args: t.Any, **kwargs: t.Any) -> t.Any:
            core: Core = consumer.core
            if is_plain and consumer._session is None:  # noqa: SLF001 - of our class
                return core.call(operation, args, kwargs, _service_of(consumer))
            call = consumer.session.create(consumer, definition)
            try:
                return call(*args, **kwargs)
            except (TypeError, ValueError) as error:
                return core.runner.fail(error)

        builder.update_wrapper(method)
        find = functools.partial(self.__get__, None, object)
        method.__doc__ = Docstring(method.__doc__ or "", find)
        self._method = method

    def __get__(self, instance: object, owner: type) -> t.Any:
        if instance is None:
            declared: t.Any = super()
            return declared.__get__(None, owner)
        return types.MethodType(self._method, instance)


def _service_of(consumer: object) -> str:
    """Return what a consumer is called in errors: ``website``, or its class."""
    return getattr(consumer, "_service", "") or type(consumer).__name__


def is_endpoint(value: object) -> t.TypeGuard[DefinitionBuilder]:
    """Return whether this is one of our endpoints, looked up on its class."""
    return issubclass(type(value), DefinitionBuilder)


class Meta(ConsumerMeta):
    """The class of consumers."""

    @staticmethod
    def _wrap_if_definition(cls_name: str, key: str, value: object) -> object:
        """Put one of our endpoints, or one of uplink's, on its class."""
        if not is_definition(value):
            return value
        definition: t.Any = value
        kind = Method if isinstance(value, DefinitionBuilder) else ConsumerMethod
        method = kind(cls_name, key, definition)
        definition.update_wrapper(method)
        return method


class ClientMeta(Meta):
    """The class of consumers whose constructor uplink leaves alone.

    uplink would keep the arguments of a constructor, a key among them, in a hook.
    """

    @staticmethod
    def _set_init_handler(namespace: object) -> None:
        """Do nothing."""


# Our errors, by uplink's names.
_EXCEPTIONS: t.Final = types.SimpleNamespace(
    BaseClientException=errors.CrispError,
    ConnectionError=errors.ConnectionError,
    ConnectionTimeout=errors.TimeoutError,
    ServerTimeout=errors.TimeoutError,
    SSLError=errors.ConnectionError,
    InvalidURL=ValueError,
)


class Consumer(PlainConsumer, metaclass=Meta):
    """A consumer of uplink's that sends through the core of a client."""

    core: Core
    exceptions = _EXCEPTIONS
    # The session of uplink, from its first use on.
    _session: t.Any = None

    @property
    def session(self) -> t.Any:
        """The ``headers``, ``params`` and hooks that uplink adds to all calls.

        From its first use on, calls of this consumer go through uplink.
        """
        if self._session is None:
            builder: t.Any = Builder()
            builder.base_url = self.core.base_url
            builder.auth = self.core.auth
            kind = AsyncClient if self.core.runner.is_async else SyncClient
            builder.client = kind(self.core, _service_of(self))
            # In one step, so that threads that ask at once get the same session.
            vars(self).setdefault("_session", Session(builder))
        return self._session


class SyncClient(HttpClientAdapter):
    """The HTTP client that uplink uses, for a sync client."""

    exceptions = _EXCEPTIONS

    def __init__(self, core: Core, service: str) -> None:
        self._core = core
        self._service = service

    def io(self) -> t.Any:
        """Return uplink's strategy."""
        return io.BlockingStrategy()

    def send(self, request: tuple[str, str, dict[str, t.Any]]) -> t.Any:
        """Send what uplink built, and return the data of the response."""
        method, url, info = request
        if unknown := info.keys() - _KNOWN:
            message = (
                f"{method} {url}: a client of Crisp sends JSON bodies, "
                f"not uplink's {', '.join(unknown)}"
            )
            raise TypeError(message)
        operation: CompiledOperation | None = info.get(_OPERATION)
        return self._core.send(method, url, info, operation, self._service)

    def apply_callback(self, callback: t.Any, response: t.Any) -> t.Any:
        """Run a user's response handler."""
        return callback(response)


class AsyncClient(SyncClient):
    """The HTTP client that uplink uses, for an async client."""

    def io(self) -> t.Any:
        """Return uplink's strategy."""
        return io.AsyncioStrategy()

    async def apply_callback(self, callback: t.Any, response: t.Any) -> t.Any:
        """Run a user's response handler, which may be a coroutine function."""
        result = callback(response)
        return await result if inspect.isawaitable(result) else result
