"""``python -m crisp_api.migrate``: list what changes in programs."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
import typing as t

from crisp_api.migrate import check
from crisp_api.migrate.rules import RULES

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Print the findings in files and folders; return the exit status."""
    rules = [f"  {name}  {rule.__doc__}" for name, rule in RULES.items()]
    statuses = (
        "The exit status is 0 without findings, 1 with findings, and 2 if a file\n"
    )
    statuses += "cannot be read."
    parser = argparse.ArgumentParser(
        prog="python -m crisp_api.migrate",
        description="List the places in Python programs whose meaning changes when "
        "they move from crisp-api 1.1.23 to this library. Nothing is run or changed.",
        epilog="\n".join(("rules:", *rules, "", statuses)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="FILE", help="a file or a folder")
    paths = parser.parse_args(arguments).paths
    try:
        status = _report(paths)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python flushes again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    return status


def _report(paths: list[str]) -> int:
    """Print the findings of all files; return the exit status."""
    status = 0
    seen: set[str] = set()
    for path in (one for name in paths for one in _programs(pathlib.Path(name), seen)):
        problem = ""
        try:
            findings = check(path.read_bytes())
        except (RecursionError, MemoryError):
            problem, findings = "it is nested too deeply", []
        except (OSError, SyntaxError, ValueError) as error:
            problem, findings = getattr(error, "strerror", None) or str(error), []
        if problem:
            _print(f"{path}: cannot be read: {problem}", sys.stderr)
            status = 2
        for one in findings:
            _print(f"{path}:{one.line}: {one.rule} {one.message}", sys.stdout)
            _print(f"    {one.hint}", sys.stdout)
        status = max(status, min(len(findings), 1))
    return status


def _programs(path: pathlib.Path, seen: set[str]) -> t.Iterator[pathlib.Path]:
    """Yield a file itself, and the programs in a folder, in the order of their names.

    Hidden folders and virtual environments are left out, and so are the folders that
    were seen before: a link may lead to one.
    """
    if not path.is_dir():
        yield path
        return
    folder = os.path.realpath(path)
    if folder in seen:
        return
    seen.add(folder)
    for one in sorted(path.iterdir()):
        if one.is_dir():
            is_hidden = one.name.startswith(".") or one.name == "site-packages"
            if not is_hidden and not (one / "pyvenv.cfg").exists():
                yield from _programs(one, seen)
        elif one.suffix in {".py", ".pyw"}:
            yield one


def _print(line: str, file: t.TextIO) -> None:
    """Print a line, with escapes for what the terminal cannot show."""
    encoding = file.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=file)


if __name__ == "__main__":
    sys.exit(main())
