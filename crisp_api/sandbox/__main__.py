"""``python -m crisp_api.sandbox``: a sandbox in the foreground."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import threading

from crisp_api.sandbox import LAST_PORT, Sandbox

__all__ = ["main"]

_PORT = 8465


def main(arguments: list[str] | None = None) -> None:
    """Serve a sandbox until it is interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m crisp_api.sandbox", description="Serve a sandbox of Crisp."
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
    options = parser.parse_args(arguments)
    port = options.port
    try:
        sandbox = Sandbox(path=options.data)
    except (OSError, ValueError) as error:
        parser.error(str(error))
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
        lines = (
            f"The sandbox listens on {url}",
            f"website_id: {sandbox.website_id}",
            f"user_id: {sandbox.user_id}",
            "Any identifier and key will do, in any tier. Press Ctrl-C to stop.",
        )
        print(*lines, sep="\n", flush=True)
        threading.Event().wait()


def _port(text: str) -> int:
    """Read the number of a port."""
    if not text.isdecimal() or int(text) > LAST_PORT:
        message = f"{text!r} is not a port, which is a number from 0 to {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


if __name__ == "__main__":
    main()
