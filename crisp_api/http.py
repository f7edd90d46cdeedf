"""Requests and responses: plain values, the same for every transport."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import html
import json
import typing as t
import urllib.parse

__all__ = [
    "MAX_SIZE",
    "AsyncTransport",
    "Headers",
    "RawResponse",
    "Request",
    "Response",
    "Transport",
]

MAX_SIZE: t.Final = 64 * 2**20
"""The largest response to accept, in bytes after decompression."""

# Real keys are longer. Masking a short one would also mask words that contain it.
_SHORTEST_PART: t.Final = 8
_SECRET_HEADERS: t.Final = frozenset({"authorization", "proxy-authorization", "cookie"})


class Headers(dict[str, str]):
    """Headers whose repr hides credentials: error reporters print local variables.

    The values are plain text, as tools that record or sign requests expect.
    """

    def __repr__(self) -> str:
        return repr(self.redacted())

    def redacted(self) -> dict[str, str]:
        """Return the headers, with asterisks in place of credentials."""
        return {
            name: "***" if name.lower() in _SECRET_HEADERS else value
            for name, value in self.items()
        }


@dataclasses.dataclass(frozen=True)
class Request:
    """One HTTP request, ready to send.

    Attributes:
        method: the HTTP method, in capitals.
        url: the whole URL, percent-encoded, with its query.
        headers: the headers for Crisp. The transport adds those of HTTP itself.
        body: the bytes to send, None for no body.
        timeout: seconds to wait for a connection, and for each read or write; None
            for no limit.
        deadline: seconds until the whole response must be there; None for no limit.
        operation: the operation that was called, such as ``website.get_website``;
            empty if there is none.
    """

    method: str
    url: str
    # Not in the repr, because they contain credentials.
    headers: t.Mapping[str, str] = dataclasses.field(
        default_factory=dict[str, str], repr=False
    )
    body: bytes | None = None
    timeout: float | None = dataclasses.field(default=10.0, compare=False)
    deadline: float | None = dataclasses.field(default=None, compare=False)
    operation: str = dataclasses.field(default="", compare=False, repr=False)

    def __init__(  # noqa: PLR0913, PLR0917 - the fields
        self,
        method: str,
        url: str,
        headers: t.Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float | None = 10.0,
        deadline: float | None = None,
        operation: str = "",
    ) -> None:
        # The constructor of a frozen dataclass takes four times as long, and each
        # attempt of a call makes a request.
        fields = self.__dict__
        fields["method"] = method
        fields["url"] = url
        fields["headers"] = {} if headers is None else headers
        fields["body"] = body
        fields["timeout"] = timeout
        fields["deadline"] = deadline
        fields["operation"] = operation

    @property
    def label(self) -> str:
        """The name of the request in errors: its operation, or its HTTP method."""
        return self.operation or f"the {self.method} request"

    @property
    def path(self) -> str:
        """The path of the URL, still percent-encoded."""
        return urllib.parse.urlsplit(self.url).path

    @property
    def params(self) -> dict[str, str]:
        """The query of the URL, decoded."""
        query = urllib.parse.urlsplit(self.url).query
        return dict(urllib.parse.parse_qsl(query, keep_blank_values=True))

    @property
    def json(self) -> t.Any:
        """The decoded body, None if there is none."""
        return None if self.body is None else json.loads(self.body)

    def redacted(self) -> Request:
        """Return the request without its credentials."""
        return dataclasses.replace(self, headers=Headers(self.headers).redacted())


@dataclasses.dataclass(frozen=True)
class Response:
    """One HTTP response, read to its end.

    Attributes:
        request: the request that was sent.
        status: the status code.
        body: the bytes, decompressed.
        headers: the headers, their names in lower case.

    Raises:
        TypeError: the status or the body is of another type.
    """

    request: Request
    status: int
    body: bytes = b""
    headers: t.Mapping[str, str] = dataclasses.field(
        default_factory=dict[str, str], repr=False
    )

    def __init__(
        self,
        request: Request,
        status: int,
        body: bytes = b"",
        headers: t.Mapping[str, str] | None = None,
    ) -> None:
        # Fast, as for a request.
        fields = self.__dict__
        fields["request"] = request
        fields["status"] = status
        fields["body"] = body
        fields["headers"] = {} if headers is None else headers
        # Checked here, where the traceback shows the transport that makes it.
        if type(status) is not int or type(body) is not bytes:
            _check_types(status, body)

    def header(self, name: str) -> str | None:
        """Return the value of a header, by its name in lower case."""
        for key, value in self.headers.items():
            if key.lower() == name:
                return value
        return None

    def redacted(self) -> Response:
        """Return the response without the credentials of its request.

        The body or a header may repeat them, as the error pages of some proxies do.
        """
        return dataclasses.replace(self.masked(), request=self.request.redacted())

    def masked(self) -> Response:
        """Return the response without credentials that the server repeats.

        The request keeps them. In a 2xx response, only the whole token is masked, and
        only if it is long: a short one, or the identifier, may be a word of the data.
        """
        body = self.body
        headers: t.Mapping[str, str] = self.headers
        # First, because it fails for a header of another type.
        text = _text(headers)
        secrets = _tokens(self.request.headers)
        if 200 <= self.status < 300:
            secrets = {token for token in secrets if len(token) >= _SHORTEST_PART}
        else:
            secrets |= {part for token in secrets for part in _parts(token)}
            secrets |= {spelling for one in secrets for spelling in _spellings(one)}
        # The longest first: a part would be masked within the token.
        for secret in sorted(secrets, key=len, reverse=True):
            if (sent := secret.encode()) in body:
                body = body.replace(sent, b"***")
            # Names are in lower case; all in one text, as this is for every response.
            small = secret.lower()
            if secret in text or small in text:
                headers = {
                    name.replace(small, "***"): value.replace(secret, "***")
                    for name, value in headers.items()
                }
                text = _text(headers)
        if body is self.body and headers is self.headers:
            return self
        return Response(self.request, self.status, body, headers)


def _check_types(status: t.Any, body: t.Any) -> None:
    """Raise a TypeError for a status or a body of another type."""
    if not isinstance(status, int) or not isinstance(body, bytes):
        message = (
            "a Response needs an int as its status and bytes as its body, not "
            f"{type(status).__name__} and {type(body).__name__}"
        )
        raise TypeError(message)


def _text(headers: t.Mapping[str, str]) -> str:
    """Return all names and values of headers.

    Raises:
        TypeError: one is not text.
    """
    try:
        return "\n".join((*headers, *headers.values()))
    except TypeError:
        message = "the names and the values of a Response's headers must be text"
        raise TypeError(message) from None


def _tokens(headers: t.Mapping[str, str]) -> set[str]:
    """Return the tokens in the headers of a request, without the scheme before them."""
    return {
        value.rpartition(" ")[2]
        for name, value in headers.items()
        if value and value != "***" and name.lower() in _SECRET_HEADERS
    }


def _parts(secret: str) -> set[str]:
    """Return the identifier and the key in a token, unless they are short words."""
    try:
        pair = base64.b64decode(secret, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return set()
    return {part for part in pair.split(":", 1) if len(part) >= _SHORTEST_PART}


def _spellings(secret: str) -> set[str]:
    """Return how JSON, HTML and URLs spell a text."""
    text = json.dumps(secret)[1:-1]
    unescaped = json.dumps(secret, ensure_ascii=False)[1:-1]
    return {
        text,
        text.replace("/", "\\/"),
        unescaped,
        unescaped.replace("/", "\\/"),
        html.escape(secret),
        urllib.parse.quote(secret),
        urllib.parse.quote(secret, safe=""),
    }


T_co = t.TypeVar("T_co", covariant=True)


@dataclasses.dataclass(frozen=True)
class RawResponse(t.Generic[T_co]):
    """The result of a call of ``client.with_raw_response``.

    Attributes:
        data: what the call returns without it.
        status: the status code.
        headers: the headers, their names in lower case.
        request: the request, without its credentials.
    """

    data: T_co
    status: int
    headers: t.Mapping[str, str]
    request: Request


class Transport(t.Protocol):
    """An object that sends a request and returns the response."""

    def send(self, request: Request, /) -> Response:
        """Send one request; raise a `TransportError` if no whole response arrives."""
        ...


class AsyncTransport(t.Protocol):
    """An object that sends a request and returns an awaitable of the response."""

    def send(self, request: Request, /) -> t.Awaitable[Response]:
        """Send one request; raise a `TransportError` if no whole response arrives."""
        ...
