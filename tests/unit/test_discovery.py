"""The output of ``dir``, ``repr``, ``help`` and ``python -m crisp_api``."""

from __future__ import annotations

import asyncio
import os
import pydoc
import subprocess
import sys
import typing as t

import pytest

import crisp_api
from crisp_api import (
    AsyncCrisp,
    Crisp,
    Limit,
    RedisLimit,
    __main__,
    history,
    paginate,
    table,
)
from crisp_api.endpoints import Website
from crisp_api.sandbox import Sandbox

SERVICES = ["bucket", "media", "plan", "plugin", "website"]


def test_dir_of_the_package_shows_public_names_alone() -> None:
    names = dir(crisp_api)

    assert {"Crisp", "AsyncCrisp", "paginate", "TimeoutError", "jobs"} <= set(names)
    assert {*crisp_api.__all__} <= set(names)
    assert [name for name in names if name.startswith("_")] == ["__version__"]


def test_each_name_in_dir_of_the_package_can_be_looked_up() -> None:
    for name in dir(crisp_api):
        assert getattr(crisp_api, name) is not None, name


def test_modules_of_the_package_need_no_import_of_their_own() -> None:
    program = "import crisp_api; print(crisp_api.jobs.export_conversations.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout == "export_conversations\n", done.stderr


@pytest.mark.parametrize("kind", [Crisp, AsyncCrisp])
def test_services_are_attributes_of_the_class_and_of_a_client(kind: t.Any) -> None:
    client = kind()

    assert set(SERVICES) <= set(dir(kind))
    assert set(SERVICES) <= set(dir(client))
    assert isinstance(client.website, Website)


def test_help_of_the_client_class_leads_to_the_services() -> None:
    text = pydoc.plain(pydoc.render_doc(Crisp))

    count = len(table.operations(Website))
    assert (
        f"website = <{count} operations, see help(crisp_api.endpoints.Website)>" in text
    )


def test_a_service_can_be_replaced_by_a_double() -> None:
    client, double = Crisp(), object()
    client.website = t.cast("t.Any", double)

    assert client.website is double


def test_dir_of_a_service_shows_its_calls_and_no_internals() -> None:
    names = [name for name in dir(Crisp().website) if not name.startswith("__")]

    assert "get_website" in names
    assert "session" in names
    assert not [name for name in names if name.startswith("_")]
    assert not {"core", "exceptions"} & set(names)


def test_reprs_say_what_a_thing_is() -> None:
    sandbox = Sandbox()
    client = Crisp(transport=sandbox, base_url="https://crisp.test/v1/")
    method = client.website.list_conversations

    assert repr(client.website) == "<Website, sync, at https://crisp.test/v1/>"
    assert repr(AsyncCrisp().plan) == "<Plan, async, at https://api.crisp.chat/v1/>"
    limit = RedisLimit("redis://:s3cret@127.0.0.1:1/", 60, key="plugin")
    assert repr(limit) == "<RedisLimit 'plugin'>"
    assert repr(Limit(60, per=30, daily=900)) == "Limit(60, per=30, daily=900)"
    assert repr(paginate(method, "w")) == (
        "<iterator over WebsiteConversations.list_conversations, page 1 comes next>"
    )
    assert (
        repr(history(client, "w", "session_1"))
        == "<iterator over the messages of session_1>"
    )
    assert (
        repr(sandbox) == f"<Sandbox, website {sandbox.website_id}, 0 requests so far>"
    )


@pytest.mark.parametrize("kind", [Crisp, AsyncCrisp, Website])
def test_an_object_that_was_not_initialized_has_a_repr(kind: t.Any) -> None:
    # Tracebacks with locals show one, and so does a debugger in a constructor.
    assert repr(kind.__new__(kind)) == f"<{kind.__name__}, not initialized>"


def test_an_async_iterator_says_what_it_goes_over() -> None:
    async def main() -> str:
        return repr(paginate(AsyncCrisp().website.list_conversations, "w"))

    text = asyncio.run(main())

    assert text.startswith("<async iterator over WebsiteConversations.list_")


def test_the_package_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    __main__.main()
    text = capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-m", "crisp_api"], check=True, capture_output=True, text=True
    )

    assert done.stdout == text
    for command in ("endpoints", "sandbox", "migrate"):
        assert f"python -m crisp_api.{command}" in text


def test_the_listing_can_be_searched(capsys: pytest.CaptureFixture[str]) -> None:
    table.main(["PATCH", "routing"])

    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("service\t")
    assert lines
    assert all("PATCH" in line and "routing" in line for line in lines)


def test_a_search_that_finds_nothing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        table.main(["list", "nonsense"])

    shown = capsys.readouterr()
    assert caught.value.code == 1
    assert not shown.out
    assert shown.err == "no operation matches 'list nonsense'\n"


def test_the_listing_without_words_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    table.main([])

    assert capsys.readouterr().out.splitlines() == list(table.listing())


def test_the_listing_ends_quietly_at_a_closed_pipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        table.main([])
        # Whatever follows is discarded.
        pipe.write("more")
        pipe.flush()


def test_the_listing_explains_itself() -> None:
    command = [sys.executable, "-m", "crisp_api.endpoints", "--help"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)

    assert "usage: python -m crisp_api.endpoints [-h] [word ...]" in done.stdout
