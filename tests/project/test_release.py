"""The check before a release, and the workflow that runs it."""

from __future__ import annotations

import pathlib

import pytest

from tests.support import release


@pytest.fixture
def project(tmp_path: pathlib.Path) -> pathlib.Path:
    """A project that is ready to be released as 2.0.0."""
    (tmp_path / "crisp_api").mkdir()
    version = tmp_path / "crisp_api" / "_version.py"
    version.write_text('__version__ = "2.0.0"\n', encoding="utf-8")
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = ours\n", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## [2.0.0]\n", encoding="utf-8")
    return tmp_path


def test_a_project_that_is_ready_is_released(project: pathlib.Path) -> None:
    assert release.problem("2.0.0", project) == ""


@pytest.mark.parametrize("name", ["crisp-api", "Crisp_API", "crisp.api"])
def test_the_name_of_another_distribution_is_refused(
    project: pathlib.Path, name: str
) -> None:
    (project / "setup.cfg").write_text(f"[metadata]\nname={name}\n", encoding="utf-8")

    assert "is Crisp's" in release.problem("2.0.0", project)


def test_another_version_than_that_of_the_source_is_refused(
    project: pathlib.Path,
) -> None:
    assert "does not have the version" in release.problem("2.0.1", project)


def test_a_development_version_is_refused(project: pathlib.Path) -> None:
    version = project / "crisp_api" / "_version.py"
    version.write_text('__version__ = "2.0.0.dev0"\n', encoding="utf-8")

    assert "development" in release.problem("2.0.0.dev0", project)


def test_a_version_without_a_changelog_is_refused(project: pathlib.Path) -> None:
    (project / "CHANGELOG.md").write_text("## [Unreleased]\n", encoding="utf-8")

    assert "no section" in release.problem("2.0.0", project)


def test_this_project_cannot_be_released_yet() -> None:
    assert "is Crisp's" in release.problem("2.0.0")
