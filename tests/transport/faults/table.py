"""The faults, and the correct outcome of each."""

from __future__ import annotations

import dataclasses
import gzip
import json
import typing as t

from crisp_api.errors import (
    ConnectionError,
    InvalidResponseError,
    QuotaExceededError,
    RateLimitError,
    RouteError,
    ServerError,
    TimeoutError,
)
from crisp_api.http import MAX_SIZE

from .servers import Answer, End, Manner

__all__ = ["DATA", "FAULTS", "GENEROUS", "NOW", "SHORT", "Cell", "Fault"]

# The time at which dates in `Retry-After` are read.
NOW: t.Final = 1_700_000_000.0
# Seconds, for faults that end in a time-out. Even on a busy machine, a TLS handshake
# must be faster, or the time-out would come too early and mean something else.
SHORT: t.Final = 2.0
# Seconds, for all others. No machine is so slow that a call takes this long.
GENEROUS: t.Final = 60.0
DATA: t.Final = {"name": "Acme"}
_NO_DATA: t.Final = None
_BODY: t.Final = json.dumps(
    {"error": False, "reason": "resolved", "data": DATA}
).encode()
_HALF: t.Final = _BODY[:20]
_ZIPPED: t.Final = gzip.compress(_BODY)


@dataclasses.dataclass(frozen=True)
class Cell:
    """The outcome for the caller, and how often the server received the request.

    Attributes:
        outcome: the data, or the class of the error.
        seen: the number of complete requests that the server received.
        malformed: the error is an ``InvalidResponseError`` too.
        unsent: the error is certain that the request was never sent.
        waited: the total delay between the attempts, in seconds.
    """

    outcome: dict[str, str] | type[Exception] | None
    seen: int = 1
    malformed: bool = False
    unsent: bool = False
    waited: float = 0.0

    def __str__(self) -> str:
        if isinstance(self.outcome, type):
            text = f"`{self.outcome.__name__}`"
        else:
            text = "the data" if self.outcome else "`None`"
        text += ", `InvalidResponseError`" if self.malformed else ""
        text += ", never sent" if self.unsent else ""
        return text + (f", {self.waited:g} s later" if self.waited else "")


@dataclasses.dataclass(frozen=True, eq=False)
class Fault:
    """One way that a call can fail.

    Attributes:
        name: a description, for the page.
        answers: the answers to one request after the other; the last one repeats.
        read: the outcome of a GET.
        write: the outcome of a POST.
        on_async: the outcomes on `AsyncCrisp`, where they differ.
        manner: the point up to which the server behaves normally.
        warm: a call succeeded on the same connection before.
        schemes: the schemes that the fault is possible with.
        patched: also try a PATCH, with the outcome of a POST.
        longest_delays: the random delays between attempts have their longest value,
            not zero.
        size: the length of the message that a POST sends, in characters.
        max_size: the largest response that the client accepts, in bytes.
        timeout: the time-out of the client, in seconds.
        deadline: the deadline of the client, in seconds.
        is_slow: whether the fault ends in a time-out, so that a call takes seconds.
    """

    name: str
    answers: tuple[Answer, ...]
    read: Cell
    write: Cell
    on_async: tuple[Cell, Cell] | None = None
    manner: Manner = Manner.ANSWERS
    warm: bool = False
    schemes: tuple[str, ...] = ("http", "https")
    patched: bool = False
    longest_delays: bool = False
    size: int = 5
    max_size: int = MAX_SIZE
    timeout: float = GENEROUS
    deadline: float = GENEROUS

    @property
    def is_slow(self) -> bool:
        return min(self.timeout, self.deadline) < GENEROUS


def _http(
    body: bytes = _BODY, status: int = 200, *headers: str, length: int | None = None
) -> bytes:
    length = len(body) if length is None else length
    head = (f"HTTP/1.1 {status} Any", *headers, f"Content-Length: {length}", "", "")
    return "\r\n".join(head).encode() + body


def _no(status: int, *headers: str) -> Answer:
    """An error response of Crisp."""
    body = b'{"error": true, "reason": "any", "data": {}}'
    return Answer(_http(body, status, *headers))


_OPEN: t.Final = b"HTTP/1.1 200 OK\r\n"
_CHUNKED: t.Final = _OPEN + b"Transfer-Encoding: chunked\r\n\r\n"
_HTML: t.Final = b"<html><h1>502 Bad Gateway</h1></html>"
_DEEP: t.Final = b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
_OTHERS: t.Final = b'{"data": "another\'s"}'
_GOOD: t.Final = Answer(_http())

_RIGHT: t.Final = Cell(DATA)
_NOTHING: t.Final = Cell(_NO_DATA)
_WRONG: t.Final = Cell(InvalidResponseError)
_TIMED_OUT: t.Final = Cell(TimeoutError)
_NOT_RECEIVED: t.Final = Cell(TimeoutError, 0)
_NOT_CONNECTED: t.Final = Cell(TimeoutError, 0, unsent=True)
# A read is tried four times, and a write once.
_BROKEN: t.Final = Cell(ConnectionError, 4), Cell(ConnectionError)
# Characters of a message that does not fit into the buffers of the sockets.
_LARGE: t.Final = 8_000_000


def _broken(name: str, data: bytes, end: End) -> Fault:
    return Fault(name, (Answer(data, end=end),), *_BROKEN)


def _answered(name: str, data: bytes, cell: Cell, end: End = End.KEEP) -> Fault:
    return Fault(name, (Answer(data, end=end),), cell, cell)


def _slow(name: str, data: bytes, drip: bytes) -> Fault:
    answer = Answer(data, drip=drip)
    return Fault(name, (answer,), _TIMED_OUT, _TIMED_OUT, deadline=SHORT)


def _unread(name: str, size: int) -> t.Iterator[Fault]:
    fault = Fault(
        name, (), _NOT_RECEIVED, _NOT_RECEIVED, manner=Manner.NEVER_READS, size=size
    )
    yield dataclasses.replace(fault, timeout=SHORT)
    until = f"{name}, and the deadline passes"
    yield dataclasses.replace(fault, name=until, deadline=SHORT)


def _warm(name: str, read: Cell, write: Cell, *answers: Answer) -> Fault:
    return Fault(name, answers, read, write, warm=True)


_CONNECTIONS: t.Final = (
    Fault(
        "the connection is refused",
        (),
        Cell(ConnectionError, 0, unsent=True),
        Cell(ConnectionError, 0, unsent=True),
        manner=Manner.REFUSES,
    ),
    Fault(
        "connected, but the TLS handshake never completes",
        (),
        _NOT_CONNECTED,
        _NOT_CONNECTED,
        manner=Manner.ACCEPTS,
        schemes=("https",),
        timeout=SHORT,
    ),
    *_unread("a request is never read", 5),
    *_unread("a large request is never read", _LARGE),
    Fault(
        "no response",
        (Answer(end=End.SILENCE),),
        Cell(TimeoutError, 4),
        _TIMED_OUT,
        timeout=SHORT,
    ),
    _broken("reset before the response", b"", End.RESET),
    _broken("closed before the response", b"", End.CLOSE),
    _broken("reset within the status line", _OPEN[:9], End.RESET),
    _broken("reset within the headers", _OPEN + b"X-Any: h", End.RESET),
    _broken("closed within the headers", _OPEN + b"X-Any: h", End.CLOSE),
    _broken("closed between two headers", _OPEN + b"X-Any: header\r\n", End.CLOSE),
    _broken("reset within the body", _http(_HALF, length=len(_BODY)), End.RESET),
    _broken("closed within the body", _http(_HALF, length=len(_BODY)), End.CLOSE),
    _broken("closed within a chunk", _CHUNKED + b"20\r\n" + _HALF, End.CLOSE),
    _broken("closed between two chunks", _CHUNKED + b"2\r\n{}\r\n", End.CLOSE),
    _broken(
        "gzip, cut off within its first bytes",
        _http(_ZIPPED[:10], 200, "Content-Encoding: gzip"),
        End.KEEP,
    ),
    _broken(
        "gzip without a length, cut off within its first bytes",
        _OPEN + b"Content-Encoding: gzip\r\n\r\n" + _ZIPPED[:10],
        End.CLOSE,
    ),
    _broken(
        "gzip in chunks, cut off within its first bytes",
        _CHUNKED[:-2]
        + b"Content-Encoding: gzip\r\n\r\na\r\n"
        + _ZIPPED[:10]
        + b"\r\n0\r\n\r\n",
        End.KEEP,
    ),
    _broken(
        "a header line without a colon",
        _OPEN + b"X-Any header\r\nContent-Length: 0\r\n\r\n",
        End.CLOSE,
    ),
    _slow("the headers arrive one byte at a time", _OPEN, b"X-Any: header\r\n"),
    _slow("the body arrives one byte at a time", _http(b"", length=1_000_000), b" "),
    _slow("the chunks arrive one byte at a time", _CHUNKED, b"1\r\n \r\n"),
    _warm(
        "closed between two calls",
        _RIGHT,
        _RIGHT,
        Answer(_http(), end=End.CLOSE),
        _GOOD,
    ),
    _warm(
        "closed as the next request arrives",
        Cell(DATA, 2),
        Cell(ConnectionError),
        _GOOD,
        Answer(end=End.CLOSE),
        _GOOD,
    ),
    _warm(
        "reset as the next request arrives",
        _RIGHT,
        Cell(ConnectionError, 0),
        Answer(_http(), end=End.RESET_UNREAD),
        _GOOD,
    ),
    _warm(
        "a response without a request",
        _RIGHT,
        _RIGHT,
        Answer(_http() + _http(_OTHERS)),
        _GOOD,
    ),
    _warm(
        "a response without a request, a moment later",
        _RIGHT,
        _RIGHT,
        Answer(_http(), _http(_OTHERS)),
        _GOOD,
    ),
)

_ANSWERS: t.Final = (
    _answered("no length, whole", _OPEN + b"\r\n" + _BODY, _RIGHT, End.CLOSE),
    _answered("no length, cut off", _OPEN + b"\r\n" + _HALF, _WRONG, End.CLOSE),
    _answered("no length, no body", _OPEN + b"\r\n", _NOTHING, End.CLOSE),
    _broken("not HTTP", b"SSH-2.0-OpenSSH_9.2\r\n", End.CLOSE),
    _broken("a chunk without a size", _CHUNKED + b"any\r\n{}\r\n", End.CLOSE),
    Fault(
        "a late chunk without a size",
        (Answer(_CHUNKED, b"any\r\n{}\r\n"),),
        *_BROKEN,
        # aiohttp does not report it.
        on_async=(Cell(TimeoutError, 4), _TIMED_OUT),
        timeout=SHORT,
    ),
    _answered(
        "JSON with the content type of HTML",
        _http(_BODY, 200, "Content-Type: text/html"),
        _RIGHT,
    ),
    _answered(
        "HTML with the content type of JSON",
        _http(_HTML, 200, "Content-Type: application/json"),
        _WRONG,
    ),
    Fault(
        "502, HTML",
        (Answer(_http(_HTML, 502, "Content-Type: text/html")),),
        Cell(ServerError, 4, malformed=True),
        Cell(ServerError, malformed=True),
    ),
    Fault(
        "502, empty",
        (Answer(_http(b"", 502)),),
        Cell(ServerError, 4, malformed=True),
        Cell(ServerError, malformed=True),
    ),
    _answered("200, empty", _http(b""), _NOTHING),
    _answered("204", b"HTTP/1.1 204 No Content\r\n\r\n", _NOTHING),
    _answered(
        "100 before the response", b"HTTP/1.1 100 Continue\r\n\r\n" + _http(), _RIGHT
    ),
    _answered(
        "103 before the response",
        b"HTTP/1.1 103 Hints\r\nLink: <a>\r\n\r\n" + _http(),
        _RIGHT,
    ),
    Fault(
        "103, and the response a moment later",
        (Answer(b"HTTP/1.1 103 Hints\r\nLink: <a>\r\n\r\n", _http()),),
        _RIGHT,
        _RIGHT,
    ),
    Fault(
        "413 before a large request is read",
        (Answer(_http(b"", 413), early=True),),
        Cell(RouteError, malformed=True),
        Cell(RouteError, 0, malformed=True),
        size=_LARGE,
    ),
    Fault(
        "429 before a large request is read, once",
        (dataclasses.replace(_no(429), early=True), _GOOD),
        Cell(DATA, 2),
        _RIGHT,
        size=_LARGE,
    ),
    Fault(
        "a gzip bomb",
        (
            Answer(
                _http(gzip.compress(b" " * 4_000_000), 200, "Content-Encoding: gzip")
            ),
        ),
        _WRONG,
        _WRONG,
        max_size=100_000,
    ),
    _answered("JSON 100,000 deep", _http(_DEEP), _WRONG),
    _answered("`NaN` in the JSON", _http(b'{"data": NaN}'), _WRONG),
    _answered("latin-1", _http('{"data": "é"}'.encode("latin-1")), _WRONG),
    _answered(
        "10,000 headers",
        _OPEN + b"X-Any: header\r\n" * 10_000 + b"\r\n",
        _WRONG,
        End.CLOSE,
    ),
)

_STATUSES: t.Final = {
    408: RouteError,
    420: RateLimitError,
    423: QuotaExceededError,
    429: RateLimitError,
    500: ServerError,
    502: ServerError,
    503: ServerError,
    504: ServerError,
}


def _failing() -> t.Iterator[Fault]:
    for status, error in _STATUSES.items():
        once, always = Cell(error), Cell(error, 4)
        # The server did nothing, so a write can be repeated.
        is_rate_limit = status in {420, 429}
        is_quota = status == 423
        yield Fault(
            f"{status}, always",
            (_no(status),),
            once if is_quota else always,
            always if is_rate_limit else once,
            patched=True,
        )
        yield Fault(
            f"{status}, once",
            (_no(status), _GOOD),
            once if is_quota else Cell(DATA, 2),
            Cell(DATA, 2) if is_rate_limit else once,
            patched=True,
        )


def _after(text: str, waited: float | None) -> Fault:
    """A rate limit with a Retry-After; None is too long to wait for."""
    name = f"429 once, `Retry-After: {text}`"
    cell = Cell(RateLimitError) if waited is None else Cell(DATA, 2, waited=waited)
    answers = (_no(429, f"Retry-After: {text}"), _GOOD)
    return Fault(name, answers, cell, cell, longest_delays=True)


_RETRIES: t.Final = (
    _after("7", 7.0),
    _after("1.5", 1.5),
    _after("0", 0.0),
    _after("Tue, 14 Nov 2023 22:13:27 GMT", 7.0),
    _after("Tue, 14 Nov 2023 22:13:00 GMT", 0.0),
    _after("Tue, 14 Nov 2073 22:13:20 GMT", None),
    _after("31", None),
    _after("99999999999999999999", None),
    # These cannot be read, so the delay is the client's own.
    *(_after(text, 0.5) for text in ("-7", "NaN", "inf", "1e3", "soon")),
    Fault(
        "503 once, `Retry-After: 7`",
        (_no(503, "Retry-After: 7"), _GOOD),
        Cell(DATA, 2, waited=7.0),
        Cell(ServerError),
        longest_delays=True,
    ),
)


def _redirects() -> t.Iterator[Fault]:
    for status in (301, 302, 303, 307, 308):
        for where, place in (("the same host", "<same>"), ("another host", "<other>")):
            answer = _http(b"", status, f"Location: {place}website/w")
            yield _answered(f"{status} to {where}", answer, Cell(RouteError))


FAULTS: t.Final = (
    *_CONNECTIONS,
    *_ANSWERS,
    *_failing(),
    *_RETRIES,
    *_redirects(),
)
