"""What importing costs: ``python benchmarks/imports.py``.

Each statement is run in interpreters of its own, all of them in turn, so that a
noisy moment of the machine meets them alike. Shown are medians, and ratios to
``import uplink``, which the library cannot be faster than once it is used.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

ROUNDS = 15
STATEMENTS = {
    "nothing": "pass",
    "uplink": "import uplink",
    "crisp_api": "import crisp_api",
    "Crisp": "from crisp_api import Crisp",
    "Crisp, and a payload": "from crisp_api import Crisp, types; types.Website",
}
PROGRAM = """
import resource, sys, time
statement = compile(sys.argv[1], "statement", "exec")
start = time.perf_counter()
exec(statement)
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure(statement: str) -> tuple[float, float]:
    """Give milliseconds, and MiB of peak memory."""
    command = [sys.executable, "-c", PROGRAM, statement]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, kibibytes = map(float, done.stdout.split())
    return seconds * 1000, kibibytes / 1024


def main() -> None:
    """Measure in turn, and print a table."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in STATEMENTS}
    for _ in range(ROUNDS):
        for name, statement in STATEMENTS.items():
            found[name].append(measure(statement))
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in found.items()
    }
    uplink = medians["uplink"][0]
    empty = medians["nothing"][1]
    print(f"{'import of':24}{'ms':>8}{'MiB more':>10}{'of uplink':>11}")
    for name, (milliseconds, mebibytes) in medians.items():
        more = mebibytes - empty
        print(f"{name:24}{milliseconds:8.1f}{more:10.1f}{milliseconds / uplink:10.2f}x")


if __name__ == "__main__":
    main()
