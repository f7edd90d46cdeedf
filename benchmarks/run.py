"""Races: clients that make the same calls, in turn, and are compared round by round.

Each client has a process of its own, and only one of them is at work at a time. The
turns are short and the rounds are many, so that a noisy moment of the machine meets
neighbours alike. A process may be a tenth faster than another of the same client, for
as long as it lives, so all of them are started anew some times. A ratio is taken within
a round; shown is the median of the ratios.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import typing as t

ROOT: t.Final = pathlib.Path(__file__).parent.parent
WORKER: t.Final[tuple[str, ...]] = (sys.executable, "-m", "benchmarks.workers")
# Calls of a turn at least, for each that is made at once.
LEAST: t.Final = 4
# Of the environment: some libraries read all of it at each call.
KEPT: t.Final = ("HOME", "LANG", "PATH")

# A cell of a table: text, a number, or three quartiles, of which the middle is shown.
Row = dict[str, str | float | list[float]]


class Setting(t.NamedTuple):
    """The size of a measurement.

    The number of processes of each client, of rounds in each, and the seconds of a
    warm-up and of a turn.
    """

    http: str
    https: str
    environ: dict[str, str]
    quick: bool
    starts: int = 5
    rounds: int = 3
    turn: float = 0.12
    warm: float = 0.3


class Outcome(t.NamedTuple):
    """The result for a subject."""

    rows: list[Row]
    targets: list[Row]
    notes: list[str]


class Entrant(t.NamedTuple):
    """A client in a race; the first of its group is what the others are compared to."""

    group: str
    client: str
    command: tuple[str, ...]
    at_once: int = 1
    # Of a turn; without a number, as many as fit into it.
    calls: int = 0


class Cost(t.NamedTuple):
    """Microseconds of a call, of the clock and of the processor."""

    wall: float
    cpu: float


@contextlib.contextmanager
def setting(*, quick: bool) -> t.Generator[Setting]:
    """Start the server, and end it."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        command = (sys.executable, "-m", "benchmarks.server", folder)
        server = stack.enter_context(_started(command, dict(os.environ)))
        urls = json.loads(_line(server))
        ca = f"{folder}/ca.pem"
        environ = {name: os.environ[name] for name in KEPT if name in os.environ}
        environ |= {"REQUESTS_CA_BUNDLE": ca, "NODE_EXTRA_CA_CERTS": ca}
        where = Setting(urls["http"], urls["https"], environ, quick)
        short = where._replace(starts=2, rounds=1, turn=0, warm=0)
        yield short if quick else where


@contextlib.contextmanager
def _started(
    command: tuple[str, ...], environ: dict[str, str]
) -> t.Generator[subprocess.Popen[str]]:
    """Start a process that is talked to by lines, and end it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environ
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str]) -> str:
    """Read a line that a process prints."""
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(process.args, process.wait())
    return line


def _turn(process: subprocess.Popen[str], calls: int, at_once: int) -> Cost:
    """Let a client make its calls."""
    if process.stdin:
        process.stdin.write(f"{calls} {at_once}\n")
        process.stdin.flush()
    seconds = json.loads(_line(process))
    return Cost(seconds["wall"] / calls * 1e6, seconds["cpu"] / calls * 1e6)


def _warm_up(process: subprocess.Popen[str], at_once: int, where: Setting) -> int:
    """Call until the client is warm, and return the number of calls of a turn.

    Then its connections are open, and its code is specialized.
    """
    calls, spent = LEAST * at_once, 0.0
    while True:
        cost = _turn(process, calls, at_once)
        spent += cost.wall * calls / 1e6
        calls = max(LEAST * at_once, round(where.turn / cost.wall * 1e6))
        if spent >= where.warm:
            return calls


def race(entrants: list[Entrant], where: Setting) -> list[Row]:
    """Let clients make calls in turn, round by round, and return a row for each."""
    costs: list[list[Cost]] = [[] for _ in entrants]
    for _ in range(where.starts):
        _run(entrants, where, costs)
    first: dict[str, list[Cost]] = {}
    return [
        _row(entrant, found, first.setdefault(entrant.group, found))
        for entrant, found in zip(entrants, costs, strict=True)
    ]


def _run(entrants: list[Entrant], where: Setting, costs: list[list[Cost]]) -> None:
    """Let clients make calls in turn, in one process each, and add what they cost."""
    with contextlib.ExitStack() as stack:
        workers = {
            command: stack.enter_context(_started(command, where.environ))
            for command in dict.fromkeys(entrant.command for entrant in entrants)
        }
        turns = [
            entrant.calls or _warm_up(workers[entrant.command], entrant.at_once, where)
            for entrant in entrants
        ]
        for _ in range(where.rounds):
            for entrant, calls, found in zip(entrants, turns, costs, strict=True):
                found.append(_turn(workers[entrant.command], calls, entrant.at_once))


def _row(entrant: Entrant, costs: list[Cost], others: list[Cost]) -> Row:
    """Return the row of a client."""
    walls, cpus = (list(column) for column in zip(*costs, strict=True))
    other_walls, other_cpus = zip(*others, strict=True)
    return {
        "": entrant.group,
        "client": entrant.client,
        "calls/s": 1e6 / statistics.median(walls),
        "us a call": quartiles(walls),
        "of 1st": ratios(walls, other_walls),
        "calls/CPU s": 1e6 / statistics.median(cpus),
        "CPU us a call": quartiles(cpus),
        "CPU of 1st": ratios(cpus, other_cpus),
    }


def quartiles(values: t.Sequence[float]) -> list[float]:
    """Return the quartiles; the middle one is the median."""
    return statistics.quantiles(values, n=4, method="inclusive")


def ratios(values: t.Sequence[float], others: t.Sequence[float]) -> list[float]:
    """Compare round by round."""
    pairs = zip(values, others, strict=True)
    return quartiles([value / other for value, other in pairs])


def ratio(rows: list[Row], group: str, client: str, column: str = "of 1st") -> float:
    """Look up a median ratio in a table."""
    found = (row for row in rows if (row[""], row["client"]) == (group, client))
    return t.cast("list[float]", next(found)[column])[1]


def target(what: str, value: float, sign: t.Literal["<=", ">="], limit: float) -> Row:
    """Return whether a target is reached, as text."""
    met = value <= limit if sign == "<=" else value >= limit
    wanted = f"{sign} {limit:g}"
    return {
        "target": what,
        "found": value,
        "wanted": wanted,
        "met": "yes" if met else "NO",
    }
