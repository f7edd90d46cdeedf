"""``python -m crisp_api.sandbox``: a sandbox in the foreground."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading

from crisp_api.sandbox import Sandbox

__all__ = ["main"]

_PORT = 8465


def main(arguments: list[str] | None = None) -> None:
    """Serve a sandbox until it is interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m crisp_api.sandbox", description="Serve a sandbox of Crisp."
    )
    parser.add_argument(
        "--port",
        type=int,
        default=_PORT,
        help=f"where to listen on 127.0.0.1; 0 takes a free one (default {_PORT})",
    )
    port = parser.parse_args(arguments).port
    sandbox = Sandbox()
    # Told to stop, it stops as by Ctrl-C; from before it says that it is there.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), sandbox.serve(port) as url:
        print(f"Crisp's sandbox listens on {url}")
        print(f"website_id: {sandbox.website_id}")
        print(f"user_id: {sandbox.user_id}")
        print("Any identifier and key will do, in any tier. Ctrl-C stops it.")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
