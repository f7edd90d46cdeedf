"""Measure the library beside others, print tables, and write what was found.

Run by hand, from the root of the repository, with the extra ``test``.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import pathlib
import platform
import sys
import time
import typing as t

from benchmarks.run import Row, setting
from benchmarks.subjects import SUBJECTS

PACKAGES: t.Final = ("aiohttp", "orjson", "requests", "uplink", "urllib3")


def shown(value: str | float | list[float]) -> str:
    """Write a value for a table: of quartiles the median."""
    if isinstance(value, str):
        return value
    number = value[1] if isinstance(value, list) else value
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    return f"{number:,.{digits}f}"


def table(rows: list[Row]) -> str:
    """Print rows under the names of their columns."""
    lines = [list(rows[0]), *([shown(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    marks = ["<" if isinstance(value, str) else ">" for value in rows[0].values()]
    formats = [f"{mark}{width}" for mark, width in zip(marks, widths, strict=True)]
    return "\n".join("  ".join(map(format, line, formats)).rstrip() for line in lines)


def about() -> dict[str, object]:
    """Print the machine and the versions."""
    versions: dict[str, str | None] = dict.fromkeys(PACKAGES)
    for found in importlib.metadata.distributions():
        if found.name in versions:
            versions[found.name] = found.version
    return {"python": sys.version, "machine": platform.platform(), "with": versions}


def main() -> None:
    """Measure what is asked for, or all but the profile."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=", ".join(SUBJECTS))
    parser.add_argument("--quick", action="store_true", help="only try that it runs")
    parser.add_argument("--output", default="benchmarks/results.json")
    options = parser.parse_args()
    names = options.subjects or [name for name in SUBJECTS if name != "profile"]
    if unknown := set(names).difference(SUBJECTS):
        parser.error(f"no subject: {', '.join(unknown)}")
    start = time.perf_counter()
    report: dict[str, t.Any] = {**about(), "quick": options.quick, "subjects": {}}
    with setting(quick=options.quick) as where:
        for name in names:
            outcome = SUBJECTS[name](where)
            print(f"\n{name}: {SUBJECTS[name].__doc__}")
            for rows in filter(None, (outcome.rows, outcome.targets)):
                print(f"\n{table(rows)}")
            for note in outcome.notes:
                print(f"\n{note}")
            report["subjects"][name] = outcome._asdict()
            report["seconds"] = round(time.perf_counter() - start, 1)
            # Each time, so that what was found outlives what fails.
            text = json.dumps(report, indent=1)
            pathlib.Path(options.output).write_text(f"{text}\n", encoding="utf-8")
    print(f"\n{report['seconds']} seconds; all of it is in {options.output}")
    if options.quick:
        print("That was to try that it runs; the numbers mean nothing.")


if __name__ == "__main__":
    main()
