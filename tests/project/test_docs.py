"""The README and the examples, run."""

from __future__ import annotations

import configparser
import pathlib
import re
import runpy

import pytest

from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import AiohttpTransport, RequestsTransport

ROOT = pathlib.Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_readme_has_no_block_of_another_kind() -> None:
    assert len(re.findall(r"^```\w*$", README, re.MULTILINE)) == 2 * (
        len(blocks("python")) + len(blocks("sh"))
    )
    assert len(blocks("sh")) == 2


def test_a_first_call_takes_five_lines() -> None:
    assert len(blocks("python")[0].splitlines()) == 5


def test_the_code_of_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    sandbox = Sandbox()
    monkeypatch.chdir(tmp_path)

    def send(self: object, request: Request) -> Response:
        return sandbox.send(request)

    async def async_send(self: object, request: Request) -> Response:
        return sandbox.send(request)

    monkeypatch.setattr(RequestsTransport, "send", send)
    monkeypatch.setattr(AiohttpTransport, "send", async_send)
    names = {"website_id": sandbox.website_id, "__name__": "readme"}

    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102 - our own
    assert len(sandbox.requests) > 10


def test_ci_runs_the_readmes_test_command_and_then_the_heavy_checks() -> None:
    _, command = blocks("sh")

    _, found, after = (
        (ROOT / ".ci" / "run").read_text(encoding="utf-8").partition(command)
    )
    assert found
    assert "`nox -s heavy`" in README
    assert after.splitlines()[-1] == ".venv/bin/nox -s heavy"


def test_every_requirement_names_its_lowest_version() -> None:
    setup = configparser.ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    requirements = [
        *setup["options"]["install_requires"].split(),
        *"\n".join(setup["options.extras_require"].values()).split(),
    ]
    named = [one for one in requirements if not one.startswith("crisp-api[")]

    assert len(named) > 10
    # `nox -s lowest` installs exactly these; it would overlook another form.
    assert [one for one in named if not re.match(r"[\w.-]+(\[\w+\])?>=\d", one)] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.stem
)
def test_an_example_runs(
    path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(path), run_name="__main__")

    assert capsys.readouterr().out


def test_the_quickstart_says_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "quickstart.py"), run_name="__main__")

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("  ")] == [
        "  user: Where is my parcel?",
        "  operator: On its way!",
    ]
    assert "The conversation is resolved" in lines
    assert [line.partition(",")[0] for line in lines[-2:]] == [
        "Page 1: 20",
        "Page 2: 11",
    ]
