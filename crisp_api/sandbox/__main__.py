"""``python -m crisp_api.sandbox``: a sandbox in the foreground."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import threading

from crisp_api.sandbox import LAST_PORT, HookOptions, Sandbox

__all__ = ["main"]

_PORT = 8465
_MOST = 10_000


def main(arguments: list[str] | None = None) -> None:
    """Serve a sandbox until it is interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m crisp_api.sandbox",
        usage="%(prog)s [options]",
        description="Serve a sandbox of Crisp on 127.0.0.1: REST, events, and a page.",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=_PORT,
        help=f"where to listen on 127.0.0.1; 0 takes a free one (default {_PORT})",
    )
    parser.add_argument(
        "--data",
        metavar="FILE",
        help="keep the state in this file; by default it is in memory, and lost",
    )
    parser.add_argument(
        "--demo",
        metavar="N",
        type=_count,
        default=0,
        help="begin with N made-up conversations, unless the file has some",
    )
    parser.add_argument(
        "--hook", metavar="URL", help="deliver events to this URL, as webhooks"
    )
    parser.add_argument(
        "--secret", help="sign them with this secret, as webhooks of a plugin"
    )
    options = parser.parse_args(arguments)
    port = options.port
    if options.secret and not options.hook:
        parser.error("--secret needs --hook")
    try:
        sandbox = Sandbox(path=options.data)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    if options.hook:
        secret: HookOptions = {"secret": options.secret} if options.secret else {}
        try:
            sandbox.hook(options.hook, **secret)
        except ValueError as error:
            parser.error(f"argument --hook: {error}")
    # SIGTERM stops it as Ctrl-C does. Set this first: a program may send the signal
    # as soon as it has read the printed lines.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        stack.enter_context(sandbox)
        try:
            url = stack.enter_context(sandbox.serve(port))
        except OSError as error:
            problem = os.strerror(error.errno) if error.errno else str(error)
            parser.error(f"cannot listen on port {port} of 127.0.0.1: {problem}")
        except ImportError as error:
            parser.error(str(error))
        if options.demo and not _has_conversations(sandbox):
            sandbox.fill(options.demo)
        print(*_greeting(sandbox, url), sep="\n", flush=True)
        threading.Event().wait()


def _has_conversations(sandbox: Sandbox) -> bool:
    website = sandbox.operator().client.website
    return bool(website.list_conversations(sandbox.website_id, include_empty=True))


def _greeting(sandbox: Sandbox, url: str) -> list[str]:
    """Return the lines to begin with."""
    list_ = f"{url}website/{sandbox.website_id}/conversations/1"
    return [
        f"The sandbox listens on {url}",
        f"Look at it on         {url.removesuffix('v1/')}",
        f"website_id: {sandbox.website_id}",
        f"user_id: {sandbox.user_id}",
        "Any identifier and key will do, in any tier. For example:",
        f"  curl -u identifier:key -H 'X-Crisp-Tier: plugin' {list_}",
        "Nothing is sent to Crisp. Press Ctrl-C to stop.",
    ]


def _count(text: str) -> int:
    """Read how many conversations to make."""
    if not text.isdecimal() or int(text) > _MOST:
        message = f"{text!r} is not a number from 0 to {_MOST}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _port(text: str) -> int:
    """Read the number of a port."""
    if not text.isdecimal() or int(text) > LAST_PORT:
        message = f"{text!r} is not a port, which is a number from 0 to {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


if __name__ == "__main__":
    main()
