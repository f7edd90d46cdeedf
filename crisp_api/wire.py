"""How values are written on the wire: path segments, queries, JSON bodies.

Everything here is pure, and refuses before anything is sent what would arrive
as something else: an id ``".."`` would turn "remove conversation" into "delete
website" on its way through an HTTP library.
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
    _read_fast: t.Callable[[bytes], object] | None = None
else:
    _read_fast = orjson.loads

__all__ = [
    "base",
    "encoded",
    "header",
    "is_private",
    "is_relative",
    "json_text",
    "json_value",
    "moment",
    "query_text",
    "resource",
    "retry_after",
    "segment",
    "segments",
    "with_query",
]

# Without the semicolon, which urljoin would cut parameters off at.
_RESERVED: t.Final = "/:@!$&'()*+,=~%"
# Text that stays as it is in a path, and does not climb there.
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
    """Give the text of one path argument, or say why it cannot be one.

    Raises:
        ValueError: it is None, empty, ``.``, ``..``, or has a character that
            no URL can carry.
        TypeError: it is neither text nor a whole number (nor a UUID).
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
    """Give one path argument as it stands in a URL, percent-encoded.

    Raises:
        ValueError: it cannot be one, see `segment`.
        TypeError: likewise.
    """
    if type(value) is str and _PLAIN.fullmatch(value):
        return value
    return urllib.parse.quote(segment(name, value), safe="")


def segments(name: str, value: object) -> str:
    """Give a path argument that may hold slashes as it stands in a URL.

    Raises:
        ValueError: a part of it could not be a path argument by itself.
        TypeError: it is not text.
    """
    return "/".join(encoded(name, part) for part in segment(name, value).split("/"))


def resource(value: t.Any) -> str:
    """Give a route written by hand, relative to the base and safe to send.

    A query that it already has is kept; characters that a URL cannot hold are
    percent-encoded, those that are encoded already stay so.

    Raises:
        ValueError: a segment of it is empty, ``.`` or ``..``.
        TypeError: it is no text.
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
    """Spell one query value as Crisp reads it.

    Booleans are ``1`` and ``0``, lists and dicts JSON text, dates ISO 8601.

    Raises:
        ValueError: a number that is not finite, a datetime without a time zone, or text
            that no URL can carry.
        TypeError: a value of another kind.
    """
    if type(value) is str and value.isascii():
        # The usual case, and text that was spelled before.
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
    """Write a value as compact JSON.

    Half a character, as is left where a text is cut within an emoji, is escaped.

    Raises:
        ValueError: a number that is not finite, or a value inside itself.
        TypeError: it holds something that JSON has no form for.
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
    """Return where the first part is that JSON has no form for, such as ``: a[2]``."""
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
    """Read JSON, strictly; with orjson where it is installed (extra ``speed``).

    Raises:
        ValueError: it is none, has NaN or Infinity, or is too deep.
    """
    # For orjson, a whole number of more than 64 bits is a float.
    if _read_fast and _LONG_NUMBER not in body.translate(_DIGITS_ALIKE):
        try:
            return _read_fast(body)
        except ValueError:
            # It may be good all the same: that is for the standard library to say.
            pass
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
        return _DECODER.decode(text)
    except RecursionError:
        message = "the JSON is too deep"
    raise ValueError(message)


def _refuse(constant: str) -> t.NoReturn:
    raise ValueError(constant)


_DECODER: t.Final = json.JSONDecoder(parse_constant=_refuse)
_LONG_NUMBER: t.Final = b"0" * 19
_DIGITS_ALIKE: t.Final = bytes.maketrans(b"123456789", b"000000000")


def with_query(url: str, params: t.Mapping[str, object]) -> str:
    """Add query parameters to a URL, those that are None left out.

    Raises:
        ValueError: a name or a value that no URL can carry.
        TypeError: a name that is no text, or a value of another kind.
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
    """Give the value of a header back.

    Raises:
        ValueError: the name or the value would not arrive as it is, or the header
            says how the request is sent, which is not for a caller to say.
        TypeError: one of them is no text.
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
    """Return a date of HTTP in seconds since 1970; None where it is no date."""
    try:
        date = email.utils.parsedate_to_datetime(text or "")
        # A date without a zone is UTC, as all dates of HTTP are.
        return date.replace(tzinfo=date.tzinfo or dt.UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def retry_after(text: str | None, now: float | None) -> float | None:
    """Return the seconds that a ``Retry-After`` asks for; None where it asks for none.

    Args:
        text: the header, seconds or a date.
        now: seconds since 1970, which a date is counted from; None if it is not known.
    """
    text = (text or "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return float(text)
    date = moment(text)
    return None if date is None or now is None else max(date - now, 0.0)


def base(url: str) -> tuple[str, str]:
    """Split the address of an API into its host and its base path.

    Raises:
        ValueError: it is no ``http`` or ``https`` URL, has a user, a query or a
            fragment, or would not be sent as it is written.
        TypeError: it is no text.
    """
    found = _ADDRESS.fullmatch(_sendable("base_url", url))
    path = (found["path"] or "").strip("/") if found else ""
    port = int(found["port"] or 1) if found else 0
    if found is None or port not in _PORTS or (path and not is_relative(path)):
        # The address itself is not shown: it may hold a password.
        message = "base_url must look like https://api.crisp.chat/v1/"
        raise ValueError(message)
    return found["host"], f"/{path}"


def is_private(host: str) -> bool:
    """Tell whether what is sent there is encrypted, or stays on this machine."""
    parts = urllib.parse.urlsplit(host)
    name = parts.hostname or ""
    local = name == "localhost" or name.endswith(".localhost")
    with contextlib.suppress(ValueError):
        local = local or ipaddress.ip_address(name).is_loopback
    return parts.scheme == "https" or local


def is_relative(path: str) -> bool:
    """Tell whether a path is relative, has no query, and is sent as it is written."""
    try:
        return "?" not in path and resource(path) == path
    except ValueError:
        return False


def _quoted(text: str, safe: str = "") -> str:
    """Percent-encode what a URL cannot hold; what is encoded already stays so."""
    # HTTP libraries would encode the whole URL again for one percent sign alone.
    text = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    return urllib.parse.quote(text, safe=_RESERVED + safe)


def _plain(value: object) -> str:
    # An enum member that is text or a number goes as that, not by its name.
    if isinstance(value, str):
        return str.__str__(value)
    return int.__repr__(value) if isinstance(value, int) else str(value)


def _sendable(name: str, text: object, *, controls: bool = False) -> str:
    """Give the text back, unless a URL could not carry it as it is."""
    if not isinstance(text, str):
        message = f"{name} must be text, not {type(text).__name__}"
        raise TypeError(message)
    for character in "" if text.isascii() and text.isprintable() else text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and not controls):
            message = (
                f"{name} holds {character!r}, which no request can carry; leave it out"
            )
            raise ValueError(message)
    return text
