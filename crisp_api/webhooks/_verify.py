"""Verifying that a request comes from Crisp."""

from __future__ import annotations

import dataclasses
import hmac
import json
import time
import typing as t

from crisp_api import signing
from crisp_api.errors import InvalidEventError, SignatureError
from crisp_api.events import parse
from crisp_api.webhooks._javascript import stringify
from crisp_api.webhooks._repeats import delivery_id

if t.TYPE_CHECKING:
    from crisp_api.events import AnyEvent

__all__ = [
    "Headers",
    "Secrets",
    "by_name",
    "check_secrets",
    "sign",
    "sign_identity",
    "unwrap",
    "verify",
    "verify_mcp",
]

Secret = str | bytes
Secrets = Secret | t.Sequence[Secret]
Headers = t.Mapping[str, str] | t.Iterable[tuple[str | bytes, str | bytes]]

TIMESTAMP: t.Final = "x-crisp-request-timestamp"
SIGNATURE: t.Final = "x-crisp-signature"
_ATTEMPT: t.Final = "x-delivery-attempt-count"
_ATTEMPT_LIMIT: t.Final = "x-delivery-attempt-limit"
_HUGO: t.Final = "sha256="
_REQUIRED: t.Final = (
    "pass the signing secret of the plugin's hook as secret=, or, for a hook of a "
    "website, key= and given_key="
)
# A timestamp of so much is in milliseconds: in seconds, it would be in the year 5138.
_MILLISECONDS: t.Final = 1e11
_RAW: t.Final = (
    "the body must be the bytes as they arrived: request.get_data() in Flask, "
    "request.body in Django, await request.body() in FastAPI and Starlette"
)


def sign(secret: Secret, body: bytes, timestamp: str | int) -> str:
    """Return the signature of a plugin's webhook.

    Args:
        secret: the signing secret of the hook.
        body: the bytes of the body.
        timestamp: the header ``X-Crisp-Request-Timestamp``.

    Raises:
        ValueError: the secret is empty.
        TypeError: the body is not bytes.
    """
    (key,) = _keys(secret)
    return signing.hook_signature(key, _raw(body), str(timestamp).encode())


def sign_identity(secret: Secret, identity: str) -> str:
    """Return the signature of a visitor's e-mail address.

    Pass it to the chatbox with the address. Crisp then shows the visitor as verified.

    Args:
        secret: the key that ``client.website.get_verify_key`` returns.
        identity: the e-mail address.

    Raises:
        ValueError: the secret or the address is empty.
    """
    (key,) = _keys(secret)
    if not identity:
        message = "the e-mail address to sign is empty"
        raise ValueError(message)
    return signing.identity_signature(key, identity.encode())


def verify(  # noqa: PLR0913 - options are named
    secret: Secrets,
    body: t.Any,
    timestamp: str | int | None,
    signature: str | None,
    *,
    max_age: float | None = None,
    reserialized: bool = False,
    clock: t.Callable[[], float] = time.time,
) -> None:
    """Check that a plugin's webhook was signed with your secret.

    Args:
        secret: the signing secret of the hook, or several, while you replace one.
        body: the bytes of the body, as they arrived.
        timestamp: the header ``X-Crisp-Request-Timestamp``.
        signature: the header ``X-Crisp-Signature``.
        max_age: how old, and how far in the future, the timestamp may be, in seconds.
            By default, it is not checked: a delivery that Crisp repeats may have the
            timestamp of the first.
        reserialized: accept a body that a framework has parsed. It is written again as
            JavaScript does. Use it only if you cannot get the bytes.
        clock: returns the seconds since 1970.

    Raises:
        SignatureError: the request was not signed with the secret, or is too old.
        ValueError: the secret is empty. It is never taken for "do not check".
        TypeError: the body is not bytes.
    """
    keys = _keys(secret)
    content = stringify(body).encode() if reserialized else _raw(body)
    if timestamp is None or signature is None:
        missing = TIMESTAMP if timestamp is None else SIGNATURE
        message = f"the request has no header {missing}"
        raise SignatureError(message)
    if signature.startswith(_HUGO):
        message = (
            "the signature begins with 'sha256=', as for a request to an MCP server: "
            "use verify_mcp"
        )
        raise SignatureError(message)
    text = str(timestamp).encode("utf-8", "surrogateescape")
    _compare(signature, (signing.hook_signature(key, content, text) for key in keys))
    if max_age is not None:
        _check_age(str(timestamp), max_age, clock)


def verify_mcp(  # noqa: PLR0913 - options are named
    secret: Secrets,
    body: bytes,
    timestamp: str | int | None,
    website_id: str | None,
    signature: str | None,
    *,
    max_age: float | None = 300.0,
    clock: t.Callable[[], float] = time.time,
) -> None:
    """Check that a request to your MCP server was signed with your secret.

    Hugo, Crisp's AI agent, signs its requests. The header ``X-Crisp-Session-Id`` is not
    signed: do not trust it more than the request.

    Args:
        secret: the signing secret of the server, or several.
        body: the bytes of the body, as they arrived.
        timestamp: the header ``X-Crisp-Timestamp``.
        website_id: the header ``X-Crisp-Website-Id``.
        signature: the header ``X-Crisp-Signature``.
        max_age: how old, and how far in the future, the timestamp may be, in seconds;
            None for any.
        clock: returns the seconds since 1970.

    Raises:
        SignatureError: the request was not signed with the secret, or is too old.
        ValueError: the secret is empty.
        TypeError: the body is not bytes.
    """
    keys = _keys(secret)
    content = _raw(body)
    if timestamp is None or website_id is None or signature is None:
        message = (
            "the request needs the headers X-Crisp-Timestamp, X-Crisp-Website-Id and "
            "X-Crisp-Signature"
        )
        raise SignatureError(message)
    if not signature.startswith(_HUGO):
        message = (
            "the signature does not begin with 'sha256=', as for a webhook: use verify"
        )
        raise SignatureError(message)
    parts = (
        content,
        str(timestamp).encode("utf-8", "surrogateescape"),
        website_id.encode("utf-8", "surrogateescape"),
    )
    _compare(
        signature.removeprefix(_HUGO),
        (signing.mcp_signature(key, *parts) for key in keys),
    )
    if max_age is not None:
        _check_age(str(timestamp), max_age, clock)


def unwrap(  # noqa: PLR0913 - options are named
    body: t.Any,
    headers: Headers,
    *,
    secret: Secrets | None = None,
    key: str | None = None,
    given_key: str | None = None,
    max_age: float | None = None,
    reserialized: bool = False,
    clock: t.Callable[[], float] = time.time,
) -> AnyEvent:
    """Verify a webhook, and return its event.

    Pass the ``secret`` of a plugin's hook. Hooks of a website are not signed: put a key
    into their URL, as in ``https://example.com/hook?key=...``, and pass it as ``key``,
    and the one in the request as ``given_key``.

    Args:
        body: the bytes of the body, as they arrived.
        headers: the headers of the request; the case of their names does not matter.
        secret: the signing secret of the hook, or several, while you replace one.
        key: the key in the URL that you gave to Crisp.
        given_key: the key in the URL of the request.
        max_age: as for `verify`.
        reserialized: as for `verify`.
        clock: returns the seconds since 1970.

    Raises:
        SignatureError: the request is not from Crisp.
        InvalidEventError: the body is not an event.
        ValueError: the secret or the key is empty, or neither is passed.
        TypeError: the body is not bytes.
    """
    found = by_name(headers)
    if secret is not None:
        if SIGNATURE not in found and "x-crisp-hmac-sha256" in found:
            message = (
                "the request has the header x-crisp-hmac-sha256, which Crisp does not "
                f"send; its header is {SIGNATURE}"
            )
            raise SignatureError(message)
        verify(
            secret,
            body,
            found.get(TIMESTAMP),
            found.get(SIGNATURE),
            max_age=max_age,
            reserialized=reserialized,
            clock=clock,
        )
    elif key is not None:
        check_key(key, given_key)
    else:
        raise ValueError(_REQUIRED)
    event = parse(
        body if reserialized else _decoded(body),
        attempt=_whole(found.get(_ATTEMPT)),
        attempt_limit=_whole(found.get(_ATTEMPT_LIMIT)),
    )
    raw = stringify(body).encode() if reserialized else bytes(body)
    return dataclasses.replace(event, delivery=delivery_id(event, raw))


def check_secrets(secret: Secrets | None, key: str | None) -> None:
    """Check that there is something to verify with.

    Raises:
        ValueError: there is neither a secret nor a key, or it is empty.
        TypeError: it is neither text nor bytes.
    """
    if secret is not None:
        _keys(secret)
    elif key is not None:
        _keys(key, "key")
    else:
        raise ValueError(_REQUIRED)


def check_key(key: str, given_key: str | None) -> None:
    """Check the key in the URL of a website's hook.

    Raises:
        SignatureError: it is another key.
        ValueError: your key is empty.
    """
    (expected,) = _keys(key, "key")
    given = (given_key or "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(expected, given):
        message = "the key in the URL is missing or wrong"
        raise SignatureError(message)


def _keys(secrets: Secrets, name: str = "secret") -> list[bytes]:
    """Return secrets as bytes.

    Raises:
        ValueError: one is empty, or there is none.
        TypeError: one is neither text nor bytes.
    """
    given = [secrets] if isinstance(secrets, str | bytes) else list(secrets or ())
    keys: list[bytes] = []
    for one in given:
        if not isinstance(t.cast("object", one), str | bytes):
            message = f"the {name} must be text or bytes, not {type(one).__name__}"
            raise TypeError(message)
        keys.append(one.encode() if isinstance(one, str) else one)
    if not keys or not all(keys):
        message = f"the {name} is empty, so that nothing could be verified"
        raise ValueError(message)
    return keys


def _raw(body: t.Any) -> bytes:
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(t.cast("bytes", body))
    message = f"{_RAW}; this is {type(body).__name__}"
    raise TypeError(message)


def _compare(signature: str, expected: t.Iterable[str]) -> None:
    """Compare a signature with all expected ones, in constant time."""
    given = signature.encode("utf-8", "surrogateescape")
    # Not any(): it would stop at the first match.
    found = [hmac.compare_digest(one.encode(), given) for one in expected]
    if True not in found:
        message = "the signature does not match: another secret, or a changed body"
        raise SignatureError(message)


def _check_age(text: str, max_age: float, clock: t.Callable[[], float]) -> None:
    try:
        moment = float(text)
    except ValueError:
        moment = float("nan")
    seconds = moment / 1000 if moment >= _MILLISECONDS else moment
    # Also for a timestamp that is not a number.
    if not abs(clock() - seconds) <= max_age:
        message = f"the timestamp is not within {max_age:g} seconds of now"
        raise SignatureError(message)


def by_name(headers: Headers) -> dict[str, str]:
    """Return headers by their names in lower case."""
    given: t.Any = headers
    items = given.items() if isinstance(headers, t.Mapping) else given
    return {_text(name).lower(): _text(value) for name, value in items}


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() else None


def _decoded(body: bytes) -> object:
    try:
        return json.loads(bytes(body))
    except (ValueError, RecursionError):
        message = "the body is not JSON"
        raise InvalidEventError(message) from None
