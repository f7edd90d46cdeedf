"""The checks of the project: ``nox`` runs them all, ``nox -s lint`` one of them."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
import sys

import nox

nox.needs_version = ">=2025.2"
# What failed is the last that is printed.
nox.options.stop_on_first_error = True

HERE = pathlib.Path(__file__).parent
THIS = f"{sys.version_info.major}.{sys.version_info.minor}"
VERSIONS = ("3.11", "3.12", "3.13")


def interpreters() -> dict[str, str]:
    """Give the Pythons to test on: this one, and the others that can be found."""
    found = {THIS: sys.executable}
    for version in VERSIONS:
        pyenv = pathlib.Path.home() / ".pyenv" / "versions"
        names = [
            shutil.which(f"python{version}"),
            *(str(path / "bin" / "python") for path in pyenv.glob(f"{version}.*")),
        ]
        for name in filter(None, names):
            if _is_python(name, version):
                found.setdefault(version, name)
    return found


def _is_python(name: str, version: str) -> bool:
    """Tell whether a command is this Python, and not a shim that leads nowhere."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run(
        [name, "-c", ask], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() == version


@nox.session(python=sys.executable)
def lint(session: nox.Session) -> None:
    """Check the style."""
    session.install("ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(python=sys.executable)
def types(session: nox.Session) -> None:
    """Check the types, by two checkers."""
    session.install("-e", ".[dev]")
    session.run("mypy")
    session.run("pyright")


def tests(session: nox.Session) -> None:
    """Run the tests, every branch covered."""
    session.install("-e", ".[test]")
    if session.posargs:
        # Some of them, asked for by hand, cannot cover everything.
        session.run("pytest", *session.posargs)
        return
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q")
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


for _version, _python in interpreters().items():
    nox.session(python=_python, name=f"tests-{_version}")(tests)


@nox.session(python=sys.executable)
def benchmarks(session: nox.Session) -> None:
    """Try that the benchmarks run; what they measure so shortly means nothing."""
    session.install("-e", ".[test]")
    report = str(pathlib.Path(session.create_tmp()) / "results.json")
    session.run("python", "-m", "benchmarks", "--quick", "--output", report)


@nox.session(python=sys.executable)
def wheel(session: nox.Session) -> None:
    """Try the wheel, alone and outside the project, and that its types are whole."""
    copy = _copy(session)
    place = copy.parent
    session.run("pip", "wheel", "-q", "--no-deps", "-w", str(place), str(copy))
    session.install(*map(str, place.glob("*.whl")))
    program = shutil.copy(copy / "examples" / "quickstart.py", place)
    typed = shutil.copytree(copy / "tests" / "typing", place / "typed")
    session.chdir(place)
    session.run("python", "-W", "error", program)
    session.install("mypy", "pyright[nodejs]", "types-requests")
    session.run("mypy", "--strict", "--disable-error-code=empty-body", typed)
    session.run("pyright", typed)
    session.run("pyright", "--ignoreexternal", "--verifytypes", "crisp_api")


@nox.session(python=False)
def readme(session: nox.Session) -> None:
    """Run the README's first command as it stands, in a fresh copy."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    command = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[0]
    session.chdir(_copy(session))
    session.run("bash", "-euc", command, external=True)


def _copy(session: nox.Session) -> pathlib.Path:
    """Copy the project, without what was made in it, to an empty folder."""
    place = pathlib.Path(session.create_tmp()).resolve() / "fresh"
    shutil.rmtree(place, ignore_errors=True)
    made = shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "__pycache__")
    shutil.copytree(HERE, place / "project", ignore=made)
    return place / "project"
