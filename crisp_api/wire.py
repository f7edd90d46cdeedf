"""The wire format of values: path segments, queries, headers, JSON.

Everything here is pure. A value that would arrive as something else is refused before
anything is sent: HTTP libraries resolve ``..`` in a path, so the ID ``".."`` would turn
"remove conversation" into "delete website".
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import ipaddress
import json
import re
import typing as t
import unicodedata
import urllib.parse
import uuid

try:
    import orjson
except ImportError:
    _read_fast: t.Callable[[bytes | str], object] | None = None
    _write_fast: t.Callable[[object], bytes] | None = None
else:
    _read_fast = orjson.loads
    _write_fast = orjson.dumps

__all__ = [
    "base",
    "encoded",
    "header",
    "is_private",
    "is_relative",
    "json_text",
    "json_value",
    "moment",
    "plain_text",
    "plain_value",
    "query_text",
    "resource",
    "retry_after",
    "segment",
    "segments",
    "with_query",
]

# Without the semicolon: urljoin takes what follows it for parameters.
_RESERVED: t.Final = "/:@!$&'()*+,=~%"
# Text that needs no encoding in a path, and is neither "." nor "..".
_PLAIN: t.Final = re.compile(r"(?!\.\.?\Z)[A-Za-z0-9._~-]+")
_TOKEN: t.Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ENCODER: t.Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
)
_ASCII_ENCODER: t.Final = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
_FRAMING: t.Final = frozenset({"content-length", "host", "transfer-encoding"})
_PORTS: t.Final = range(1, 65536)
_ADDRESS: t.Final = re.compile(
    r"(?P<host>https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?)(?P<path>/[^?#]*)?",
    re.ASCII | re.IGNORECASE,
)


def segment(name: str, value: object) -> str:
    """Return a path argument as text.

    Raises:
        ValueError: the value is None, empty, ``.`` or ``..``, or has a character that
            no URL can hold.
        TypeError: the value is not text, a whole number or a UUID.
    """
    if value is None:
        message = f"{name} is None; it must be the text of an identifier"
        raise ValueError(message)
    if isinstance(value, bool) or not isinstance(value, str | int | uuid.UUID):
        message = f"{name} must be text or a whole number, not {type(value).__name__}"
        raise TypeError(message)
    text = _plain(value)
    if text in {"", ".", ".."}:
        message = (
            f"{name} is {text!r}, which would lead to another route; "
            "it must be the text of an identifier"
        )
        raise ValueError(message)
    return _sendable(name, text)


def encoded(name: str, value: object) -> str:
    """Return a path argument, percent-encoded.

    Raises:
        ValueError: as `segment` does.
        TypeError: as `segment` does.
    """
    if type(value) is str and _PLAIN.fullmatch(value):
        return value
    return urllib.parse.quote(segment(name, value), safe="")


def segments(name: str, value: object) -> str:
    """Return a path argument that may contain slashes, percent-encoded but for these.

    Raises:
        ValueError: a part between slashes is not a valid path argument.
        TypeError: the value is not text.
    """
    return "/".join(encoded(name, part) for part in segment(name, value).split("/"))


def resource(value: t.Any) -> str:
    """Return a route written by hand, relative to the base URL and percent-encoded.

    A query in it is kept. Text that is percent-encoded is not encoded again.

    Raises:
        ValueError: a segment is empty, ``.`` or ``..``.
        TypeError: the value is not text.
    """
    path, _, query = _sendable("resource", value).partition("?")
    relative = path.removeprefix("/")
    for part in relative.removesuffix("/").split("/"):
        if urllib.parse.unquote(part) in {"", ".", ".."}:
            message = (
                f"resource {value!r} has the segment {part!r}, which would lead "
                "to another route; write it as in /website/{website_id}"
            )
            raise ValueError(message)
    # A colon before the first slash would make the route a URL of its own.
    head, slash, tail = relative.partition("/")
    relative = _quoted(head.replace(":", "%3A") + slash + tail)
    return f"{relative}?{_quoted(query, '?')}" if query else relative


def query_text(name: str, value: object) -> str:
    """Return a query value as Crisp reads it.

    Booleans become ``1`` and ``0``, lists and dicts JSON, and dates ISO 8601.

    Raises:
        ValueError: a number is not finite, a datetime has no time zone, or text has a
            character that no URL can hold.
        TypeError: a value of this type cannot be sent in a query.
    """
    if type(value) is str and value.isascii():
        # The usual case, and text that was converted before.
        return value
    match value:
        case bool():
            return "1" if value else "0"
        case str() | int() | uuid.UUID():
            return _sendable(name, _plain(value), controls=True)
        case dt.datetime() if value.utcoffset() is None:
            message = f"{name} has no time zone; pass one, as in datetime.now(UTC)"
            raise ValueError(message)
        case dt.date():
            return value.isoformat()
        case float() if abs(value) < float("inf"):
            return float.__repr__(value)
        case float():
            message = f"{name} is {value}; it must be a finite number"
            raise ValueError(message)
        case list() | tuple() | dict():
            return json_text(name, t.cast("object", value))
        case _:
            message = (
                f"{name} must be text, a number, a boolean, a date, a list or a "
                f"dict, not {type(value).__name__}"
            )
            raise TypeError(message)


def json_text(name: str, value: object) -> str:
    """Return a value as compact JSON.

    A lone surrogate, which remains of an emoji when a text is cut, is escaped.

    Raises:
        ValueError: a number is not finite, or a value contains itself.
        TypeError: a value has no form in JSON.
    """
    try:
        text = _ENCODER.encode(value)
        text.encode()
    except UnicodeEncodeError:
        return _ASCII_ENCODER.encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        where = _unwritable(value) if kind is TypeError else ""
        message = f"{name}{where} cannot be written as JSON: {error}"
        raise kind(message) from None
    return text


def _unwritable(value: t.Any, path: str = "") -> str:
    """Return the place of the first value without a form in JSON, as in ``: a[2]``."""
    items: list[tuple[str, object]]
    if isinstance(value, dict):
        fields = t.cast("dict[object, object]", value).items()
        items = [(f"{path}.{key}", item) for key, item in fields]
    elif isinstance(value, list | tuple):
        known = enumerate(t.cast("list[object]", value))
        items = [(f"{path}[{index}]", item) for index, item in known]
    elif value is None or isinstance(value, str | int | float):
        return ""
    else:
        return f": {path.removeprefix('.')}" if path else ""
    return next((found for at, item in items if (found := _unwritable(item, at))), "")


def json_value(body: bytes) -> object:
    """Return the value of a JSON text; orjson decodes it if it is installed.

    Raises:
        ValueError: the text is not JSON, has NaN or Infinity, or is nested too deep.
    """
    # orjson turns a whole number of more than 64 bits into a float.
    if _read_fast and _LONG_NUMBER not in body.translate(_DIGITS_ALIKE):
        try:
            return _read_fast(body)
        except ValueError:
            # orjson is stricter: it refuses lone surrogates, for example.
            pass
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
        return _DECODER.decode(text)
    except RecursionError:
        message = "the JSON is too deep"
    raise ValueError(message)


def plain_text(value: object) -> str:
    """Return a value that came from JSON as compact JSON.

    orjson writes it if it is installed.
    """
    if _write_fast:
        # orjson is stricter: it refuses lone surrogates, for example.
        with contextlib.suppress(TypeError):
            return _write_fast(value).decode()
    return _PLAIN_ENCODER.encode(value)


def plain_value(text: str) -> t.Any:
    """Return the value of JSON that `plain_text` has written."""
    if _read_fast:
        with contextlib.suppress(ValueError):
            return _read_fast(text)
    return json.loads(text)


# Made once: json.dumps() would make it each time.
_PLAIN_ENCODER: t.Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _refuse(constant: str) -> t.NoReturn:
    raise ValueError(constant)


_DECODER: t.Final = json.JSONDecoder(parse_constant=_refuse)
_LONG_NUMBER: t.Final = b"0" * 19
_DIGITS_ALIKE: t.Final = bytes.maketrans(b"123456789", b"000000000")


def with_query(url: str, params: t.Mapping[str, object]) -> str:
    """Return a URL with query parameters added; those that are None are omitted.

    Raises:
        ValueError: a name or a value has a character that no URL can hold.
        TypeError: a name is not text, or a value cannot be sent in a query.
    """
    pairs = {
        _sendable("the name of a query parameter", name, controls=True): query_text(
            name, value
        )
        for name, value in params.items()
        if value is not None
    }
    if not pairs:
        return url
    query = urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote, safe="")
    return url + ("&" if "?" in url else "?") + query


def header(name: str, value: str) -> str:
    """Return the value of a header, if it can be sent.

    Raises:
        ValueError: the name or the value would not arrive as it is, or the library
            sets this header itself.
        TypeError: the name or the value is not text.
    """
    label = f"the header {name}"
    if not _TOKEN.fullmatch(_sendable("the name of a header", name)):
        message = f"{label}: the name may have letters, digits and hyphens"
        raise ValueError(message)
    if name.lower() in _FRAMING:
        message = f"{label} is set by the library, leave it out"
        raise ValueError(message)
    text = _sendable(label, value)
    if not text.isascii() or text != text.strip():
        message = f"{label} must be ASCII text, without space at its ends"
        raise ValueError(message)
    return text


def moment(text: str | None) -> float | None:
    """Return an HTTP date in seconds since 1970, None if the text is not a date."""
    try:
        date = email.utils.parsedate_to_datetime(text or "")
        # Without a zone it is UTC, as all HTTP dates are.
        return date.replace(tzinfo=date.tzinfo or dt.UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def retry_after(text: str | None, now: float | None) -> float | None:
    """Return the seconds to wait that a ``Retry-After`` asks for, None if it has none.

    Args:
        text: the value of the header: seconds, or a date.
        now: the time, in seconds since 1970; None if it is not known.
    """
    text = (text or "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return float(text)
    date = moment(text)
    return None if date is None or now is None else max(date - now, 0.0)


def base(url: str) -> tuple[str, str]:
    """Return the host and the base path of an API's URL.

    Raises:
        ValueError: the URL is not ``http`` or ``https``, has a user, a query or a
            fragment, or would not be sent as it is written.
        TypeError: the value is not text.
    """
    found = _ADDRESS.fullmatch(_sendable("base_url", url))
    path = (found["path"] or "").strip("/") if found else ""
    port = int(found["port"] or 1) if found else 0
    if found is None or port not in _PORTS or (path and not is_relative(path)):
        # The URL is not shown, because it may contain a password.
        message = "base_url must look like https://api.crisp.chat/v1/"
        raise ValueError(message)
    return found["host"], f"/{path}"


def is_private(host: str) -> bool:
    """Return whether requests to a host are encrypted, or stay on this machine."""
    parts = urllib.parse.urlsplit(host)
    name = parts.hostname or ""
    local = name == "localhost" or name.endswith(".localhost")
    with contextlib.suppress(ValueError):
        local = local or ipaddress.ip_address(name).is_loopback
    return parts.scheme == "https" or local


def is_relative(path: str) -> bool:
    """Return whether a path is relative, has no query, and is sent as it is written."""
    try:
        return "?" not in path and resource(path) == path
    except ValueError:
        return False


def _quoted(text: str, safe: str = "") -> str:
    """Percent-encode a text, but not what is percent-encoded already."""
    # HTTP libraries encode the whole URL again if it has a lone percent sign.
    text = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    return urllib.parse.quote(text, safe=_RESERVED + safe)


def _plain(value: object) -> str:
    # A member of an enum of texts or numbers is sent as its value, not as its name.
    if isinstance(value, str):
        return str.__str__(value)
    return int.__repr__(value) if isinstance(value, int) else str(value)


def _sendable(name: str, text: object, *, controls: bool = False) -> str:
    """Return the text, if a request can hold it as it is."""
    if not isinstance(text, str):
        message = f"{name} must be text, not {type(text).__name__}"
        raise TypeError(message)
    for character in "" if text.isascii() and text.isprintable() else text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and not controls):
            message = (
                f"{name} contains {character!r}, which no request can hold; remove it"
            )
            raise ValueError(message)
    return text
