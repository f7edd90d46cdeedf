"""A block of the network, so that no test reaches the real Crisp."""

from __future__ import annotations

import contextlib
import importlib
import socket
import typing as t
import urllib.parse
from unittest import mock

if t.TYPE_CHECKING:
    from crisp_api.http import Request

__all__ = ["NetworkBlockedError", "block_network", "check_unreached"]

_DOMAINS: t.Final = ("crisp.chat", "crisp.im", "hugo.ai")
_TRANSPORTS: t.Final = {
    "crisp_api.transport.requests_": "RequestsTransport",
    "crisp_api.transport.aiohttp_": "AiohttpTransport",
}


class NetworkBlockedError(RuntimeError):
    """A program would have reached the real Crisp."""


@contextlib.contextmanager
def block_network() -> t.Generator[list[str]]:
    """Let no request reach the real Crisp while a ``with`` block runs.

    A request to a host of Crisp raises a `NetworkBlockedError`. Other hosts, such as
    127.0.0.1, can be reached.

    Returns:
        The hosts that were asked for, also if the program ignored the error.
    """
    asked: list[str] = []

    def check(host: object) -> None:
        name = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
        plain = name.rstrip(".").lower()
        if any(plain == one or plain.endswith(f".{one}") for one in _DOMAINS):
            asked.append(name)
            message = f"the test would have reached {name}; pass transport=Sandbox()"
            raise NetworkBlockedError(message)

    def guard(look_up: t.Callable[..., t.Any]) -> t.Callable[..., t.Any]:
        def guarded(host: object, *arguments: t.Any, **options: t.Any) -> t.Any:
            check(host)
            return look_up(host, *arguments, **options)

        return guarded

    with contextlib.ExitStack() as stack:
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            guarded = guard(getattr(socket, name))
            stack.enter_context(mock.patch.object(socket, name, guarded))
        # Also through a proxy, where no name is looked up.
        for module, name in _TRANSPORTS.items():
            with contextlib.suppress(ImportError):
                transport = getattr(importlib.import_module(module), name)
                send = _guarded(transport.send, check)
                stack.enter_context(mock.patch.object(transport, "send", send))
        yield asked


def check_unreached(hosts: list[str]) -> None:
    """Raise an error if hosts of Crisp were asked for.

    Raises:
        NetworkBlockedError: there is one.
    """
    if hosts:
        message = f"the test would have reached {', '.join(hosts)}"
        raise NetworkBlockedError(message)


def _guarded(
    send: t.Callable[..., t.Any], check: t.Callable[[object], None]
) -> t.Callable[..., t.Any]:
    """Return a method of a transport that checks the host first."""

    def guarded(self: object, request: Request, /) -> t.Any:
        check(urllib.parse.urlsplit(request.url).hostname)
        return send(self, request)

    return guarded
