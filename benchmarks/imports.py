"""Measure imports: ``python benchmarks/imports.py``.

Each statement runs in its own interpreters, in turn with the others, so that noise
affects all of them alike. It prints medians, and ratios to
``import uplink``, which the library cannot be faster than once it is used. Memory is
read from ``/proc``, so it is for Linux.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

ROUNDS = 15
HIDDEN = "sys.modules['aiohttp'] = None"
IMPORTED = "from crisp_api import Crisp"
# The imports that come before, and those that are measured.
STATEMENTS = {
    "nothing": ("", "pass"),
    "uplink": ("", "import uplink"),
    "uplink, no aiohttp": (HIDDEN, "import uplink"),
    "crisp_api": ("", "import crisp_api"),
    "Crisp": ("", IMPORTED),
    "Crisp, no aiohttp": (HIDDEN, IMPORTED),
    "Crisp, and a payload": ("", "from crisp_api import Crisp, types; types.Website"),
    "the first Crisp()": (IMPORTED, "Crisp()"),
    "another Crisp()": (f"{IMPORTED}; Crisp()", "Crisp()"),
}
PROGRAM = """
import pathlib, re, sys, time
exec(sys.argv[1])
statement = compile(sys.argv[2], "statement", "exec")
start = time.perf_counter()
exec(statement)
seconds = time.perf_counter() - start
peak = re.findall(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())
print(seconds, peak[0])
"""


def measure(before: str, statement: str) -> tuple[float, float]:
    """Return milliseconds, and MiB of peak memory."""
    command = [sys.executable, "-c", PROGRAM, before, statement]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, kibibytes = map(float, done.stdout.split())
    return seconds * 1000, kibibytes / 1024


def measure_all(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Measure in turn, round by round."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in STATEMENTS}
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            found[name].append(measure(*statement))
    return found


def main() -> None:
    """Measure, and print a table."""
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in measure_all(ROUNDS).items()
    }
    uplink = medians["uplink"][0]
    empty = medians["nothing"][1]
    print(f"{'import of':24}{'ms':>8}{'MiB more':>10}{'of uplink':>11}")
    for name, (milliseconds, mebibytes) in medians.items():
        more = mebibytes - empty
        print(f"{name:24}{milliseconds:8.2f}{more:10.1f}{milliseconds / uplink:10.2f}x")


if __name__ == "__main__":
    main()
