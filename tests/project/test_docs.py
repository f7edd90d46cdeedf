"""The README, the other pages and the examples, run."""

from __future__ import annotations

import configparser
import dataclasses
import pathlib
import re
import runpy
import subprocess
import sys
import typing as t

import pytest

from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import AiohttpTransport, RequestsTransport
from tests.support import pages

ROOT = pages.ROOT
README = ROOT / "README.md"
WITH_WORKERS = ("webhook_celery", "webhook_dramatiq")


@pytest.mark.parametrize("path", pages.PAGES, ids=lambda path: path.stem)
def test_a_page_has_no_block_that_is_not_run(path: pathlib.Path) -> None:
    text = path.read_text(encoding="utf-8")
    fences = re.findall(r"^```.*$", text, re.MULTILINE)

    # A drawing is text, and no code.
    known = [len(pages.blocks(path, one)) for one in ("python", "sh", "text")]
    assert len(fences) == 2 * sum(known)
    assert not known[2] or path.stem == "CONTRIBUTING"
    # The first is run by nox, and the second by CI.
    assert len(pages.blocks(path, "sh")) == (2 if path == README else 0)


@pytest.mark.parametrize("path", pages.PAGES, ids=lambda path: path.stem)
def test_a_page_links_to_files_and_headings_that_exist(path: pathlib.Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))

    for link in links:
        name, _, heading = link.partition("#")
        if name.startswith("http"):
            continue
        target = path.parent / name if name else path
        assert target.exists(), link
        if heading:
            title = heading.replace("-", " ")
            assert f"# {title}\n" in target.read_text(encoding="utf-8").lower(), link


@pytest.mark.parametrize("path", pages.WITH_CODE, ids=lambda path: path.stem)
def test_the_code_of_a_page_runs(
    path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    sandbox = Sandbox()
    monkeypatch.chdir(tmp_path)

    def send(self: object, request: Request) -> Response:
        # A page makes a sandbox of its own for one client, and not for the others.
        path = request.url.replace(names.get("website_id", ""), sandbox.website_id)
        return sandbox.send(dataclasses.replace(request, url=path))

    async def async_send(self: object, request: Request) -> Response:
        return send(self, request)

    def events(self: object, *_: object) -> t.Iterator[tuple[str, t.Any]]:
        place = {"website_id": sandbox.website_id, "session_id": names["session_id"]}
        message = {**place, "type": "text", "from": "user", "content": "Hello!"}
        yield "message:send", message
        yield "crisp:reconnected", {"since": 1, "until": 2}

    # So that a listener ends, and opens no socket.
    for transport in (Sandbox, RequestsTransport, AiohttpTransport):
        monkeypatch.setattr(transport, "events", events, raising=False)
    # The page on testing replaces the transports itself.
    if path.stem != "testing":
        monkeypatch.setattr(RequestsTransport, "send", send)
        monkeypatch.setattr(AiohttpTransport, "send", async_send)
    names: dict[str, t.Any] = {"__name__": "page"}

    exec(compile(pages.program(path), path.name, "exec"), names)  # noqa: S102 - our own


def test_ci_runs_the_readmes_test_command_and_then_the_heavy_checks() -> None:
    _, command = pages.blocks(README, "sh")

    _, found, after = (
        (ROOT / ".ci" / "run").read_text(encoding="utf-8").partition(command)
    )
    assert found
    assert "nox -s heavy`" in README.read_text(encoding="utf-8")
    assert after.splitlines()[-1] == ".venv/bin/nox -s heavy"


def test_a_message_that_advises_an_installation_names_the_versions_of_an_extra() -> (
    None
):
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "crisp_api").rglob("*.py")
    )
    advised = re.findall(r"\"([\w-]+>=[\w.,<]+)\"", sources)

    # On the package index, crisp-api is another distribution.
    assert "pip install 'crisp-api" not in sources
    assert len(advised) > 3
    assert set(advised) <= set((ROOT / "setup.cfg").read_text("utf-8").split())


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
    "path",
    sorted(
        path
        for path in (ROOT / "examples").glob("*.py")
        # Run by pytest, and with a Redis by tests/workers.
        if not path.name.startswith("test_") and path.stem not in WITH_WORKERS
    ),
    ids=lambda path: path.stem,
)
def test_an_example_runs(path: pathlib.Path) -> None:
    # Not in this process: an example may configure the logs, as MCP servers do.
    done = subprocess.run(
        [sys.executable, "-W", "error", path],
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert (done.returncode, done.stdout != b"") == (0, True), done.stderr.decode()


def test_the_quickstart_says_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "quickstart.py"), run_name="__main__")

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("  ")][:2] == [
        "  user: Where is my parcel?",
        "  operator: On its way!",
    ]
    assert "The conversation is resolved" in lines
    assert [line.partition(",")[0] for line in lines if line.startswith("Page")] == [
        "Page 1: 20",
        "Page 2: 11",
    ]
    assert "Nothing was sent to Crisp: a sandbox on this computer answered." in lines


def test_the_bridge_carries_each_message_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runpy.run_path(str(ROOT / "examples" / "bridge.py"), run_name="__main__")

    assert capsys.readouterr().out.splitlines() == [
        "The conversation:",
        "  user: Where is my parcel?",
        "  operator: On its way!",
        "  user: And the other one?",
        "The channel:",
        "  Jane: On its way!",
        "  bridge: Jane: Where is my parcel?",
        "  bridge: Jane: And the other one?",
    ]


def test_the_bot_answers_a_message_that_it_missed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runpy.run_path(str(ROOT / "examples" / "realtime_bot.py"), run_name="__main__")

    authors = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert authors == ["user", "operator", "user", "operator"]


def test_the_bot_that_polls_answers_once(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "polling_bot.py"), run_name="__main__")

    lines = capsys.readouterr().out.splitlines()
    answered = [re.findall(r": (\d+) answered", line) for line in lines]
    (first,), (second,) = filter(None, answered)
    assert int(first) > 0
    assert second == "0"


def test_the_bot_with_buttons_reacts_to_one(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "picker_bot.py"), run_name="__main__")

    assert capsys.readouterr().out.splitlines() == [
        "user: Hello?",
        "operator: What is it about?",
        "operator: Thank you. A colleague for 'a bill' comes.",
    ]
