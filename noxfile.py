"""The checks of the project.

``nox`` runs those that every change must pass, on the Python that runs nox.
``nox -s heavy`` runs those that take longer. ``nox -s lint`` runs one of them.
"""

from __future__ import annotations

import configparser
import functools
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable

import nox

nox.needs_version = ">=2025.2"
# Stop at the first failure, so that its output is the last on the screen.
nox.options.stop_on_first_error = True

HERE = pathlib.Path(__file__).parent
THIS = f"{sys.version_info.major}.{sys.version_info.minor}"
SETUP = configparser.ConfigParser(interpolation=None)
SETUP.read(HERE / "setup.cfg", encoding="utf-8")
SUPPORTED = re.findall(
    r"^Programming Language :: Python :: (3\.\d+)$",
    SETUP["metadata"]["classifiers"],
    re.MULTILINE,
)
# The schemas of the files in .github.
WORKFLOWS = {
    "vendor.github-workflows": "workflows/*.yml",
    "vendor.dependabot": "dependabot.yml",
    "vendor.github-issue-forms": "ISSUE_TEMPLATE/*.yml",
}
# The names of the sessions that ``nox -s heavy`` runs, in their order.
HEAVY: list[str] = []


@functools.cache
def find_python(version: str) -> str | None:
    """Return the command of a Python version, or None if there is none."""
    pyenv = pathlib.Path.home() / ".pyenv" / "versions"
    names = [
        sys.executable if version == THIS else None,
        shutil.which(f"python{version}"),
        *(str(path / "bin" / "python") for path in pyenv.glob(f"{version}.*")),
    ]
    return next((name for name in names if name and _runs(name, version)), None)


def _runs(name: str, version: str) -> bool:
    """Return whether a command runs this Python: a pyenv shim may run none."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run(
        [name, "-c", ask], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() == version


def add(
    version: str = THIS, *, name: str | None = None, heavy: bool = False
) -> Callable[[Callable[[nox.Session], None]], Callable[[nox.Session], None]]:
    """Add a session that runs on one Python version.

    If that Python is not found, the session is skipped, and plain ``nox`` reports
    it as skipped too.

    Args:
        version: The Python version to run on.
        name: The name of the session; the default is the function's.
        heavy: Leave the session to ``nox -s heavy``.
    """
    python = find_python(version)

    def decorate(run: Callable[[nox.Session], None]) -> Callable[[nox.Session], None]:
        @functools.wraps(run)
        def run_or_skip(session: nox.Session) -> None:
            if python is None:
                session.skip(f"Python {version} not found")
            run(session)

        title = name or run.__name__
        default = python is None or not heavy
        nox.session(python=python or False, name=title, default=default)(run_or_skip)
        if heavy:
            HEAVY.append(title)
        return run

    return decorate


@add()
def lint(session: nox.Session) -> None:
    """Check the style, the spelling, the wording and the workflows."""
    session.install("ruff", "codespell", "check-jsonschema")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("codespell")
    session.run("python", "tests/support/prose.py")
    for schema, pattern in WORKFLOWS.items():
        files = sorted(map(str, (HERE / ".github").glob(pattern)))
        session.run("check-jsonschema", "--builtin-schema", schema, *files)


@add()
def types(session: nox.Session) -> None:
    """Check the types with mypy and pyright, those of the documentation too."""
    session.install("-e", ".[dev]")
    session.run("mypy")
    session.run("pyright")
    pages = session.create_tmp()
    session.run("python", "-m", "tests.support.pages", pages)
    session.run("mypy", "--strict", pages)
    session.run("pyright", pages)


def tests(session: nox.Session) -> None:
    """Run the tests; on the Python that runs nox, require that they cover all."""
    session.install("-e", ".[test]")
    if session.posargs or session.python != sys.executable:
        # A selection of the tests cannot cover every branch. On other Pythons, the
        # tests take half the time without measuring.
        session.run("pytest", "-q", *session.posargs)
        return
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q")
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


for _version in dict.fromkeys([*SUPPORTED, THIS]):
    add(_version, name=f"tests-{_version}", heavy=_version != THIS)(tests)


@add(SUPPORTED[0], heavy=True)
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest versions that setup.cfg allows."""
    # Not in create_tmp(): it sets TMPDIR, and the tests would get very long paths.
    constraints = session.cache_dir / "lowest.txt"
    constraints.write_text("\n".join(lowest_versions()), encoding="utf-8")
    session.install("-e", ".[test]", "--constraint", str(constraints))
    session.run("pytest", "-q", *session.posargs)


@add(heavy=True)
def uvloop(session: nox.Session) -> None:
    """Run the tests on uvloop."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "--uvloop", *session.posargs)


@add(heavy=True)
def workers(session: nox.Session) -> None:
    """Run the tests with real workers of Celery and Dramatiq, some of them killed."""
    session.install("-e", ".[workers]")
    session.run("pytest", "-q", "--workers", "tests/workers", *session.posargs)


@add(heavy=True)
def node(session: nox.Session) -> None:
    """Test real-time connections against Node's Socket.IO, with floods in full."""
    if not shutil.which("npm"):
        session.skip("Node and its npm not found")
    session.install("-e", ".[test]")
    with session.chdir(HERE / "tests" / "node"):
        session.run("npm", "ci", external=True)
    arguments = session.posargs or ["tests/realtime/test_listen.py"]
    session.run("pytest", "-q", "--node", *arguments)
    session.run("pytest", "-q", "--node", "--uvloop", *arguments)


@add(heavy=True)
def peers(session: nox.Session) -> None:
    """Run Crisp's own clients for Node and Python on the sandbox."""
    if not shutil.which("npm"):
        session.skip("Node and its npm not found")
    session.install("-e", ".[test]")
    with session.chdir(HERE / "tests" / "node"):
        session.run("npm", "ci", external=True)
    # It has the name of our package, so it gets a folder of its own.
    place = str(session.cache_dir / "peers")
    session.install("--upgrade", "--no-deps", "--target", place, "crisp-api==1.1.23")
    tests = ["tests/sandbox/test_peers.py", *session.posargs]
    session.run("pytest", "-q", "--peers", place, *tests)


@add(heavy=True)
def browser(session: nox.Session) -> None:
    """Look at the page of the sandbox with Chromium."""
    if not shutil.which("chromium"):
        session.skip("Chromium not found")
    session.install("-e", ".[test,browser]")
    tests = ["tests/sandbox/test_page.py", *session.posargs]
    session.run("pytest", "-q", "--browser", *tests)


def lowest_versions() -> list[str]:
    """Return setup.cfg's lower bounds as constraints: ``name>=1`` as ``name==1``."""
    requirements = [
        SETUP["options"]["install_requires"],
        *SETUP["options.extras_require"].values(),
    ]
    bounds = re.findall(
        r"^([\w.-]+)(?:\[.*\])?>=([\w.]+)", "\n".join(requirements), re.MULTILINE
    )
    return [f"{name}=={version}" for name, version in dict.fromkeys(bounds)]


@add()
def docs(session: nox.Session) -> None:
    """Build the documentation site; a broken link fails the build."""
    session.install("-e", ".[docs]")
    folder = session.posargs[0] if session.posargs else session.create_tmp()
    session.run("python", "docs/make.py", folder)


@add()
def benchmarks(session: nox.Session) -> None:
    """Run the benchmarks briefly, to see that they work; ignore their figures."""
    session.install("-e", ".[test]")
    report = str(pathlib.Path(session.create_tmp()) / "results.json")
    session.run("python", "-m", "benchmarks", "--quick", "--output", report)


@add()
def wheel(session: nox.Session) -> None:
    """Build the wheel and check it outside the project, its types included."""
    copy = _copy(session)
    place = copy.parent
    _build(session, copy, place)
    session.install(*map(str, place.glob("*.whl")))
    program = shutil.copy(copy / "examples" / "quickstart.py", place)
    typed = shutil.copytree(copy / "tests" / "typing", place / "typed")
    session.chdir(place)
    session.run("python", "-W", "error", program)
    session.install("mypy", "pyright[nodejs]", "types-requests")
    session.run("mypy", "--strict", "--disable-error-code=empty-body", typed)
    session.run("pyright", typed)
    session.run("pyright", "--ignoreexternal", "--verifytypes", "crisp_api")


@add(heavy=True)
def sdist(session: nox.Session) -> None:
    """Build the sdist, and run the tests in it."""
    # Not in create_tmp(): it sets TMPDIR, and the tests would get very long paths.
    place = session.cache_dir / "sdist"
    shutil.rmtree(place, ignore_errors=True)
    _build(session, HERE, place)
    shutil.unpack_archive(next(place.glob("*.tar.gz")), place, filter="data")
    session.chdir(next(path for path in place.iterdir() if path.is_dir()))
    session.install(".[test]")
    session.run("pytest", "-q", *session.posargs)


def _build(session: nox.Session, project: pathlib.Path, place: pathlib.Path) -> None:
    """Build the sdist, and from it the wheel."""
    session.install("build")
    session.run("python", "-m", "build", "-o", str(place), str(project), silent=True)


@nox.session(python=False)
def readme(session: nox.Session) -> None:
    """Run the README's first command, unchanged, in a fresh copy."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    command = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[0]
    session.chdir(_copy(session))
    session.run("bash", "-euc", command, external=True)


@nox.session(python=False, default=False)
def heavy(session: nox.Session) -> None:
    """Run the sessions that take longer: other Pythons, lowest versions."""
    for name in HEAVY:
        session.notify(name)


def _copy(session: nox.Session) -> pathlib.Path:
    """Copy the project, without build output, to an empty folder."""
    place = pathlib.Path(session.create_tmp()).resolve() / "fresh"
    shutil.rmtree(place, ignore_errors=True)
    made = shutil.ignore_patterns(
        ".*", "*.egg-info", "build", "dist", "__pycache__", "node_modules"
    )
    shutil.copytree(HERE, place / "project", ignore=made)
    return place / "project"
