"""The operation of a request, and its arguments."""

from __future__ import annotations

import difflib
import functools
import re
import typing as t

from crisp_api import table
from crisp_api.sandbox.refusals import Refusal, SandboxNotImplementedError

__all__ = ["match", "named"]

_VERBS: t.Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# Requests that other clients of Crisp send in another way than the reference: the verb
# and the path that they send, the verb of the reference, and what the path becomes.
_VARIANTS: t.Final = (
    ("POST", r"(website/[^/]+/operators/email)", "PATCH", r"\1"),
    (
        "PATCH",
        r"(website/[^/]+/conversation/[^/]+/call/[^/]+)",
        "PATCH",
        r"\1/signaling",
    ),
    ("GET", "(?:user|website)/connect/endpoints", "GET", "plugin/connect/endpoints"),
    (
        "GET",
        r"(website/[^/]+/people)/segments/([^/]+)",
        "GET",
        r"\1/suggest/segments/\2",
    ),
)


@functools.lru_cache(maxsize=1024)
def match(verb: str, path: str) -> table.Match:
    """Return the operation of a request.

    Raises:
        Refusal: the route takes other verbs.
        SandboxNotImplementedError: the table does not have the route.
    """
    if found := table.find(verb, path) or _variant(verb, path):
        return found
    allowed = ", ".join(other for other in _VERBS if table.find(other, path))
    if allowed:
        message = f"the route takes {allowed}, not {verb}"
        raise Refusal(405, "method_not_allowed", message)
    # Crisp would answer 404, which a program may take for an object that is missing.
    what = f"the route {verb} {path}"
    raise SandboxNotImplementedError(what)


def named(name: str) -> set[str]:
    """Return the identifiers of the operations of a name.

    Args:
        name: with or without the service, such as ``website.get_website``; ``*`` for
            all.

    Raises:
        ValueError: there is none.
    """
    known = [one.id for one in table.operations()]
    found = {one for one in known if name in {"*", one, one.partition(".")[2]}}
    if not found:
        names = [*known, *(one.partition(".")[2] for one in known)]
        similar = difflib.get_close_matches(name, names, 1)
        hint = f"; did you mean {similar[0]!r}?" if similar else ""
        message = f"there is no operation {name!r}{hint}"
        raise ValueError(message)
    return found


def _variant(verb: str, path: str) -> table.Match | None:
    """Return the operation that another client of Crisp means by a request."""
    for sent_verb, pattern, known_verb, known_path in _VARIANTS:
        found = re.fullmatch(pattern, path)
        if verb == sent_verb and found:
            return table.find(known_verb, found.expand(known_path))
    return None
