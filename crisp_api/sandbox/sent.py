"""Requests that a sandbox has received, to make assertions about."""

from __future__ import annotations

import typing as t

from crisp_api.http import Request
from crisp_api.sandbox.refusals import Refusal, SandboxNotImplementedError
from crisp_api.sandbox.routes import match, named

if t.TYPE_CHECKING:
    from crisp_api.sandbox.resource import Object

__all__ = ["BASE_PATH", "SentRequest", "check_sent", "matching"]

BASE_PATH: t.Final = "/v1/"
_MISSING: t.Final = object()


class SentRequest(Request):
    """A request that a sandbox has received.

    Attributes:
        operation: the operation that it asks for, such as ``website.get_website``;
            empty if there is none.
        json: the decoded body, None if there is none.
        status: the status of the response; 0 if there is none.
    """

    status: int = 0

    @classmethod
    def of(cls, request: Request) -> SentRequest:
        """Return a request with its operation."""
        operation = request.operation
        if not operation:
            try:
                operation = match(request.method, _path(request)).operation.id
            except (Refusal, SandboxNotImplementedError):
                operation = ""
        made = cls(request.method, request.url, request.headers, request.body)
        made.__dict__["operation"] = operation
        return made

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments of the path and of the query, by name."""
        try:
            found = match(self.method, _path(self))
        except (Refusal, SandboxNotImplementedError):
            return self.params
        return {**found.arguments, **self.params}


def _path(request: Request) -> str:
    return request.path.removeprefix(BASE_PATH).removesuffix("/")


def matching(
    requests: t.Iterable[SentRequest], operation: str, expected: t.Mapping[str, t.Any]
) -> list[SentRequest]:
    """Return the requests for an operation that have some values.

    Args:
        requests: the requests to choose from.
        operation: the name of the operation, with or without its service.
        expected: values of the path, of the query or of the body, by name. Of an
            object, only the fields that are named are compared.

    Raises:
        ValueError: there is no such operation.
    """
    ids = named(operation)
    return [
        one
        for one in requests
        if one.operation in ids and not _differences(one, expected)
    ]


def check_sent(
    requests: t.Sequence[SentRequest], operation: str, expected: t.Mapping[str, t.Any]
) -> SentRequest:
    """Return the last request for an operation that has some values.

    Raises:
        AssertionError: there is none; the text names what differs.
        ValueError: there is no such operation.
    """
    __tracebackhide__ = True
    if found := matching(requests, operation, expected):
        return found[-1]
    wanted = ", ".join(f"{name}={value!r}" for name, value in expected.items())
    tries = [one for one in requests if one.operation in named(operation)]
    lines = [f"{operation}({wanted}) was not sent"]
    if tries:
        lines[0] += ", but:"
        for number, request in enumerate(tries, 1):
            found_ = "; ".join(_differences(request, expected))
            lines.append(f"  {number}. {found_}")
    else:
        others = list(dict.fromkeys(one.operation or one.label for one in requests))
        lines.append(f"  sent were: {', '.join(others) or 'no requests'}")
    raise AssertionError("\n".join(lines))


def _differences(request: SentRequest, expected: t.Mapping[str, t.Any]) -> list[str]:
    """Return how a request differs from what is expected."""
    arguments = request.arguments
    try:
        body: t.Any = request.json
    except ValueError:
        return ["the body is no JSON"]
    texts = {name: _text(value) for name, value in expected.items()}
    in_url = {name: value for name, value in texts.items() if name in arguments}
    in_body = {n: value for n, value in expected.items() if n not in arguments}
    fields = t.cast("Object", body if isinstance(body, dict) else {})
    return [*_compared(arguments, in_url), *_compared(fields, in_body)]


def _text(value: object) -> str:
    """Return a value as it is in a path or in a query."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _compared(
    sent: t.Mapping[str, t.Any], expected: t.Mapping[str, t.Any], place: str = ""
) -> t.Iterator[str]:
    for name, wanted in expected.items():
        found, where = sent.get(name, _MISSING), f"{place}{name}"
        if isinstance(found, dict) and isinstance(wanted, dict):
            inner = t.cast("Object", found), t.cast("Object", wanted)
            yield from _compared(*inner, f"{where}.")
        elif found is _MISSING:
            yield f"{where} is missing"
        elif found != wanted or isinstance(found, bool) != isinstance(wanted, bool):
            yield f"{where} is {found!r}"
