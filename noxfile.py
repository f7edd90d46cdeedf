"""The checks of the project: ``nox`` runs them all, ``nox -s tests-3.11`` one."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

import nox

nox.needs_version = ">=2025.2"
nox.options.error_on_missing_interpreters = False

HERE = pathlib.Path(__file__).parent
OTHERS = ("3.12", "3.13")


def interpreters() -> list[str]:
    """Give the Pythons to test on: this one, and the others that can be found."""
    found = [sys.executable]
    for version in OTHERS:
        names = [shutil.which(f"python{version}") or ""]
        pyenv = pathlib.Path.home() / ".pyenv" / "versions"
        names += [str(path / "bin" / "python") for path in pyenv.glob(f"{version}.*")]
        found += [name for name in names if name and _is_python(name, version)][:1]
    return found


def _is_python(name: str, version: str) -> bool:
    """Tell whether a command is this Python, and not the shim of another."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run(
        [name, "-c", ask], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() == version and name != sys.executable


@nox.session(python=sys.executable)
def lint(session: nox.Session) -> None:
    """Check the style."""
    session.install("ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(python=sys.executable)
def types(session: nox.Session) -> None:
    """Check the types, by two checkers, and that the public ones are whole."""
    session.install("-e", ".[dev]")
    session.run("mypy")
    session.run("pyright")
    session.run("pyright", "--ignoreexternal", "--verifytypes", "crisp_api")


@nox.session(python=interpreters())
def tests(session: nox.Session) -> None:
    """Run the tests, every branch covered."""
    session.install("-e", ".[test]")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


@nox.session(python=sys.executable)
def wheel(session: nox.Session) -> None:
    """Try the wheel, alone in a clean environment."""
    built = pathlib.Path(session.create_tmp()) / "dist"
    shutil.rmtree(built, ignore_errors=True)
    session.run("pip", "wheel", "-q", "--no-deps", "-w", str(built), str(HERE))
    session.install(*map(str, built.glob("*.whl")))
    program = shutil.copy(HERE / "examples" / "quickstart.py", built)
    signatures = shutil.copy(HERE / "tests" / "typing" / "signatures.py", built)
    session.chdir(built)
    session.run("python", "-W", "error", program)
    session.install("mypy", "pyright[nodejs]", "types-requests")
    session.run("mypy", "--strict", "--disable-error-code=empty-body", signatures)
    session.run("pyright", "--ignoreexternal", "--verifytypes", "crisp_api")
