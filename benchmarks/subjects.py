"""The subjects: what is measured, of whom, and what is to be reached.

``orjson`` is hidden from all clients but those that are named after it, so that the
choice of a decoder, which is a subject of its own, is not taken for anything else.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import pathlib
import pstats
import shutil
import subprocess
import sys
import tempfile
import typing as t

from benchmarks import imports
from benchmarks.run import (
    ROOT,
    WORKER,
    Entrant,
    Outcome,
    Row,
    Setting,
    quartiles,
    race,
    ratio,
    ratios,
    target,
)

HERE: t.Final = ROOT / "benchmarks"
CACHE: t.Final = HERE / ".cache"
OFFICIAL: t.Final = "crisp-api 1.1.23"


def calls(where: Setting) -> Outcome:
    """Make one blocking call after another."""
    commands = {
        "requests": (*WORKER, "requests"),
        "urllib3": (*WORKER, "urllib3"),
        "Crisp": (*WORKER, "ours"),
        "uplink": (*WORKER, "uplink"),
    }
    python = official(where)
    if python:
        commands[OFFICIAL] = (python, "-I", str(HERE / "workers.py"), "official")
    entrants = [
        Entrant(group, client, (*command, f"{host}/v1/"))
        for group, host in (("HTTP", where.http), ("TLS", where.https))
        for client, command in commands.items()
    ]
    entrants += [
        Entrant("POST, TLS", client, (*WORKER, name, f"{where.https}/v1/"))
        for client, name in (("requests", "requests-send"), ("Crisp", "ours-send"))
    ]
    rows = race(entrants, where)
    targets = [
        target(f"Crisp of requests, {group}", ratio(rows, group, "Crisp"), "<=", 1.1)
        for group in ("HTTP", "TLS", "POST, TLS")
    ]
    if not python:
        return Outcome(rows, targets, [f"{OFFICIAL} is not installed"])
    theirs = ratio(rows, "TLS", OFFICIAL) / ratio(rows, "TLS", "Crisp")
    targets.append(target(f"{OFFICIAL} of Crisp, TLS", theirs, ">=", 4))
    return Outcome(rows, targets, [])


def awaited(where: Setting) -> Outcome:
    """Make many async calls at once."""
    clients = {"aiohttp": "aiohttp", "AsyncCrisp": "ours_awaited"}
    entrants = [
        Entrant(f"{n} at once", client, (*WORKER, name, f"{where.http}/v1/"), n)
        for n in ((1, 16) if where.quick else (1, 16, 64, 256))
        for client, name in {**clients, "uplink": "uplink_awaited"}.items()
    ]
    entrants += [
        Entrant("64, TLS", client, (*WORKER, name, f"{where.https}/v1/"), 64)
        for client, name in clients.items()
    ]
    rows = race(entrants, where)
    groups = dict.fromkeys(entrant.group for entrant in entrants)
    speeds = {group: 1 / ratio(rows, group, "AsyncCrisp") for group in groups}
    targets = [
        target(f"speed of aiohttp, {group}", speed, ">=", 0.8)
        for group, speed in speeds.items()
    ]
    return Outcome(rows, targets, [])


def small(where: Setting) -> Outcome:
    """Make calls whose answer has 100 bytes, which hides none of their cost."""
    url = f"{where.http}/small/v1/"
    entrants = [
        Entrant("in turn", client, (*WORKER, name, url))
        for client, name in (
            ("urllib3", "urllib3"),
            ("Session.send", "requests-prepared"),
            ("requests", "requests"),
            ("Crisp", "ours"),
        )
    ]
    entrants += [
        Entrant(f"{n} at once", client, (*WORKER, name, url), n)
        for n in ((1, 16) if where.quick else (1, 16, 64, 256))
        for client, name in (("aiohttp", "aiohttp"), ("AsyncCrisp", "ours_awaited"))
    ]
    rows = race(entrants, where)
    # Crisp sends through Session.send, so the rest is its own share.
    ours = ratio(rows, "in turn", "Crisp", "CPU of 1st")
    share = ours / ratio(rows, "in turn", "Session.send", "CPU of 1st")
    targets = [target("CPU time of Session.send, in turn", share, "<=", 1.1)]
    for group in dict.fromkeys(entrant.group for entrant in entrants[4:]):
        speed = 1 / ratio(rows, group, "AsyncCrisp")
        targets.append(target(f"speed of aiohttp, {group}", speed, ">=", 0.9))
    return Outcome(rows, targets, [])


def node(where: Setting) -> Outcome:
    """Compare with the same work by Crisp's Node client."""
    folder = official_node(where)
    if not folder:
        return Outcome([], [], ["Crisp's Node client is not installed"])
    url = f"{where.http}/v1/"
    theirs = ("node", str(HERE / "node_worker.mjs"), folder, url)
    entrants = [
        Entrant("in turn", "Node", theirs),
        Entrant("in turn", "AsyncCrisp", (*WORKER, "ours_awaited", url)),
        Entrant("in turn", "Crisp", (*WORKER, "ours", url)),
        # The lower bound of the cost of a sync call.
        Entrant("in turn", "urllib3", (*WORKER, "urllib3", url)),
        Entrant("16 at once", "Node", theirs, 16),
        Entrant("16 at once", "AsyncCrisp", (*WORKER, "ours_awaited", url), 16),
    ]
    # Node compiles what is called often, and takes some thousand calls for it.
    rows = race(entrants, where if where.quick else where._replace(starts=3, warm=1.5))
    speeds = {
        f"{entrant.client}, {entrant.group}": 1
        / ratio(rows, entrant.group, entrant.client, "CPU of 1st")
        for entrant in entrants
        if "Crisp" in entrant.client
    }
    targets = [
        target(f"calls/CPU s of Node, {what}", speed, ">=", 1)
        for what, speed in speeds.items()
    ]
    return Outcome(rows, targets, [])


def pages(where: Setting) -> Outcome:
    """Read pages of 50, one by one or ahead; a "call" is a conversation."""
    total = 200 if where.quick else 10_000
    faces = {"Crisp": "pages", "AsyncCrisp": "pages_awaited"}
    entrants = [
        Entrant(
            face, client, (*WORKER, name, f"{where.http}/slow/v1/"), prefetch, total
        )
        for face, name in faces.items()
        for client, prefetch in (("one by one", 1), ("prefetch=8", 8))
    ]
    rows = race(entrants, where._replace(starts=2, rounds=1))
    speeds = {face: 1 / ratio(rows, face, "prefetch=8") for face in faces}
    targets = [
        target(f"{face}, speed of one by one", speed, ">=", 6)
        for face, speed in speeds.items()
    ]
    return Outcome(rows, targets, [])


def export(where: Setting) -> Outcome:
    """Export conversations with their messages, and look at the memory."""
    sizes = (100, 200) if where.quick else (1_000, 10_000, 100_000)
    rows: list[Row] = []
    more = 0.0
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.memory", str(size)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        found = json.loads(done.stdout)
        more = found["peak MiB"] - (rows or [found])[0]["peak MiB"]
        rows.append({"conversations": float(size), **found, "MiB more": more})
    what = f"MiB more for {sizes[-1]:,} than for {sizes[0]:,}"
    return Outcome(rows, [target(what, more, "<=", 4)], [])


def importing(where: Setting) -> Outcome:
    """Import, and make clients."""
    found = imports.measure_all(where.starts * where.rounds)
    times = {name: [run[0] for run in runs] for name, runs in found.items()}
    memory = {name: quartiles([run[1] for run in runs]) for name, runs in found.items()}
    rows: list[Row] = [
        {
            "import of": name,
            "ms": quartiles(runs),
            "of uplink": ratios(runs, times["uplink"]),
            "MiB more": memory[name][1] - memory["nothing"][1],
        }
        for name, runs in times.items()
    ]
    of_uplink = ratios(times["crisp_api"], times["uplink"])[1]
    targets = [target("import crisp_api of import uplink", of_uplink, "<=", 1.2)]
    targets += [
        target(f"ms of {name}", quartiles(times[name])[1], "<=", 0.5)
        for name in ("the first Crisp()", "another Crisp()")
    ]
    return Outcome(rows, targets, [])


def decoders(where: Setting) -> Outcome:
    """Get answers of 200 KB, read by two decoders."""
    if not importlib.util.find_spec("orjson"):
        return Outcome([], [], ["orjson is not installed"])
    entrants = [
        Entrant(decoder, client, (*WORKER, name, f"{where.http}/large/v1/"))
        for decoder, client, name in (
            ("json", "requests", "requests-json"),
            ("json", "Crisp", "ours"),
            ("orjson", "requests", "requests-orjson"),
            ("orjson", "Crisp", "ours-orjson"),
        )
    ]
    return Outcome(race(entrants, where), [], [])


def hooks(where: Setting) -> Outcome:
    """Receive webhooks, in process; a "call" is a delivery."""
    entrants = [
        Entrant(kind.upper(), client, (*WORKER, f"{kind}{ending}", "none"))
        for kind in ("asgi", "wsgi")
        for client, ending in (("bare", "-bare"), ("ours", ""))
    ]
    rows = race(entrants, where)
    targets = [
        target(f"ours of bare, {group}", ratio(rows, group, "ours"), "<=", 3.5)
        for group in ("ASGI", "WSGI")
    ]
    return Outcome(rows, targets, [])


def listen(where: Setting) -> Outcome:
    """Receive events in real time; a "call" is an event."""
    kinds = {
        ("sync", "python-socketio"): "bare",
        ("sync", "Crisp.listen"): "ours",
        ("async", "python-socketio"): "bare_awaited",
        ("async", "AsyncCrisp.listen"): "ours_awaited",
        ("async", "a bare codec"): "codec",
    }
    entrants = [
        Entrant(group, client, (*WORKER, f"listen-{kind}", "none"))
        for (group, client), kind in kinds.items()
    ]
    rows = race(entrants, where)
    targets = [
        target(f"ours of python-socketio, {group}", ratio(rows, group, client), "<=", 1)
        for group, client in (("sync", "Crisp.listen"), ("async", "AsyncCrisp.listen"))
    ]
    return Outcome(rows, targets, [])


def sandboxes(where: Setting) -> Outcome:
    """Call a sandbox with more and more conversations, in process."""
    sizes = (100, 200) if where.quick else (100, 10_000, 100_000)
    kinds = ("first", "pages", "filtered", "search", "get", "send", "resolve")
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = str(pathlib.Path(folder, str(size)))
            command = [sys.executable, "-m", "benchmarks.sandboxes", str(size), path]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
            found = json.loads(done.stdout).items()
            told = ", ".join(f"{name} {value:.2f}" for name, value in found)
            notes.append(f"{size:,} conversations: {told}")
        entrants = [
            Entrant(kind, f"{size:,}", (*WORKER, f"sandbox-{kind}", f"{folder}/{size}"))
            for kind in kinds
            for size in sizes
        ]
        rows = race(entrants, where._replace(starts=min(where.starts, 3)))
    largest = f"{sizes[-1]:,}"
    targets = [
        target(f"{kind}, {largest} of 100", ratio(rows, kind, largest), "<=", 1.5)
        for kind in kinds
    ]
    for row in rows:
        if row[""] in {"get", "send"}:
            what = f"us of {row['']}, {row['client']}"
            cost = t.cast("list[float]", row["us a call"])[1]
            targets.append(target(what, cost, "<=", 300))
    return Outcome(rows, targets, notes)


def profile(where: Setting) -> Outcome:
    """Print where the time goes, and how much is left without a network."""
    faces = {"Crisp": "ours", "AsyncCrisp": "ours_awaited"}
    url = f"{where.http}/v1/"
    entrants = [
        Entrant(face, "no network", (*WORKER, f"{name}-instant", url))
        for face, name in faces.items()
    ]
    number = 50 if where.quick else 5000
    texts = [profiled(where, name, number) for name in faces.values()]
    return Outcome(race(entrants, where), [], texts)


def profiled(where: Setting, client: str, number: int) -> str:
    """Return the functions that take the most time themselves, in so many calls."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder, "profile"))
        subprocess.run(
            [*WORKER, client, f"{where.http}/v1/", path],
            cwd=ROOT,
            env=where.environ,
            input=f"{number} 1\n".encode(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        stats = pstats.Stats(path, stream=out).strip_dirs()
    stats.sort_stats("tottime").print_stats(25)
    return f"{client}, {number} calls under the profiler\n{out.getvalue().strip()}\n"


def official(where: Setting) -> str:
    """Return the Python that Crisp's own client is installed in, if it is."""
    place = CACHE / "official"
    python = str(place / "bin" / "python")
    install = (python, "-m", "pip", "install", "-q", OFFICIAL.replace(" ", "=="))
    made = cached(place, where, (sys.executable, "-m", "venv", str(place)), install)
    return python if made else ""


def official_node(where: Setting) -> str:
    """Return the folder that Crisp's own Node client is installed in, if it is."""
    place = CACHE / "node"
    install = ("npm", "install", "--silent", "--prefix", str(place), "crisp-api@11")
    return str(place) if shutil.which("node") and cached(place, where, install) else ""


def cached(place: pathlib.Path, where: Setting, *commands: tuple[str, ...]) -> bool:
    """Make a folder, unless it exists or time is short; return whether it exists."""
    if place.exists() or where.quick:
        return place.exists()
    CACHE.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="ascii")
    with contextlib.ExitStack() as half_made:
        half_made.callback(shutil.rmtree, place, ignore_errors=True)
        try:
            for command in commands:
                subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        except (OSError, subprocess.CalledProcessError):
            return False
        half_made.pop_all()
    return True


SUBJECTS: dict[str, t.Callable[[Setting], Outcome]] = {
    "calls": calls,
    "awaited": awaited,
    "small": small,
    "node": node,
    "pages": pages,
    "export": export,
    "imports": importing,
    "decoders": decoders,
    "hooks": hooks,
    "listen": listen,
    "sandbox": sandboxes,
    "profile": profile,
}
