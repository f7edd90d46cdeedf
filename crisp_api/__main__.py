"""``python -m crisp_api``: what else can be run."""

from __future__ import annotations

import crisp_api

__all__ = ["main"]

_TEXT = """\
crisp_api {version}, a Python client for Crisp. Commands:

  python -m crisp_api.endpoints [WORD ...]  list the operations, or search them
  python -m crisp_api.sandbox [--data FILE] serve a sandbox of Crisp on 127.0.0.1
  python -m crisp_api.migrate FILE ...      check a program for crisp-api 1.1.23

In Python, help(crisp_api.Crisp) describes the client."""


def main() -> None:
    """Print the commands of this package."""
    print(_TEXT.format(version=crisp_api.__version__))


if __name__ == "__main__":
    main()
