"""Build the documentation site: ``python docs/make.py FOLDER``.

The site is FOLDER/site. Its sources are the pages in this folder, the project's own
files such as ``CHANGELOG.md``, the programs in ``examples/`` (as recipes), and the
reference, which is written from the table of endpoints. Needs the extra ``docs``.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib
import typing as t

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import reference

HERE: t.Final = pathlib.Path(__file__).parent
ROOT: t.Final = HERE.parent
# The files of the project that are pages of the site.
FILES: t.Final = {
    "MIGRATING.md": "migrating.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "CONTRIBUTING.md": "contributing.md",
    "CODE_OF_CONDUCT.md": "conduct.md",
    "LICENSE": "license.md",
}
_RECIPES: t.Final = """\
Complete programs. Each one runs as it stands, and sends nothing to Crisp unless you set
a token in the environment."""
_HEAD: t.Final = """\
# crisp-api for Python

> A Python client for the REST API of Crisp (crisp.chat): all 260 operations, sync
> and async, typed, with a sandbox to develop against. Import name: crisp_api.
"""


def build(folder: pathlib.Path) -> None:
    """Build the site in a folder, and raise an error for a broken link."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    pages = {**own_pages(), "recipes.md": recipes(), **reference.pages()}
    for name, text in pages.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "zensical.toml").write_text(configuration(), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"], cwd=folder, check=True
    )
    write_markdown(folder, pages)


def own_pages() -> dict[str, str]:
    """Return the written pages, with the links between them as in the site."""
    names = {
        path.relative_to(HERE).as_posix(): path for path in sorted(HERE.rglob("*.md"))
    }
    names |= {name: ROOT / file for file, name in FILES.items()}
    return {name: _relinked(path) for name, path in names.items()}


def _relinked(path: pathlib.Path) -> str:
    """Return a page whose links to files of the project lead to pages of the site."""
    text = path.read_text(encoding="utf-8")
    if path.name == "LICENSE":
        text = f"# Licence\n\n{text}"

    def relinked(match: re.Match[str]) -> str:
        name, heading = match[1], match[2] or ""
        target = (path.parent / name).resolve()
        # The folder of a page of the Python API is below that of the others.
        up = "../" * (len(path.relative_to(ROOT).parts) - 2)
        if target.name == "endpoints.py":
            return f"]({up}reference/index.md)"
        if "examples" in {target.name, target.parent.name}:
            return f"]({up}recipes.md{'#' + target.stem if target.suffix else ''})"
        if target.parent == ROOT:
            return f"]({up}{FILES.get(target.name, 'index.md')}{heading})"
        if target.parent == HERE:
            return f"]({up}{target.name}{heading})"
        return match[0]

    return re.sub(r"\]\((?!https?:)([^)#]+)(#[^)]*)?\)", relinked, text)


def recipes() -> str:
    """Return the page of the recipes: each is a program in ``examples/``."""
    parts = ["# Recipes", _RECIPES]
    for path in sorted((ROOT / "examples").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(source)) or ""
        title, _, text = docstring.partition("\n")
        code = source.split('"""', 2)[2].strip("\n")
        parts += [
            f"## {title.rstrip('.:')} {{ #{path.stem} }}",
            text.strip(),
            f"`examples/{path.name}`:",
            f"```python\n{code}\n```",
        ]
    return "\n\n".join(filter(None, parts)) + "\n"


def configuration() -> str:
    """Return Zensical's configuration, with the pages of the reference in ``nav``."""
    text = (HERE / "zensical.toml").read_text(encoding="utf-8")
    entries = [
        f"{{ {json.dumps(title)} = {json.dumps(name)} }}"
        for name, title in reference.titles().items()
    ]
    text = text.replace('"the reference"', ",\n    ".join(entries))
    return text.replace("PROJECT", ROOT.as_posix())


def write_markdown(folder: pathlib.Path, pages: dict[str, str]) -> None:
    """Write each page as Markdown beside its HTML, and the files of llms.txt."""
    site = folder / "site"
    directive = re.compile(r"^::: ([\w.]+)\n(?:    .*\n)*", re.MULTILINE)
    texts = {
        name: directive.sub(lambda found: documented(found[1]), text)
        for name, text in pages.items()
    }
    for name, text in texts.items():
        (site / name).write_text(text, encoding="utf-8")
    listed = list(_navigation(tomllib.loads(configuration())["project"]["nav"]))
    index = [_HEAD, *(f"- [{title}]({name})" for title, name in listed)]
    (site / "llms.txt").write_text("\n".join(index) + "\n", encoding="utf-8")
    whole = "\n\n".join(texts[name] for _, name in listed)
    (site / "llms-full.txt").write_text(whole, encoding="utf-8")


def _navigation(nav: list[t.Any]) -> t.Iterator[tuple[str, str]]:
    """Yield the titles and files of all pages, in order."""
    for entry in nav:
        for title, value in entry.items():
            if isinstance(value, str):
                yield title, value
            else:
                yield from _navigation(value)


def documented(path: str) -> str:
    """Return the signature and docstring of an object, by its dotted path."""
    module, _, name = path.rpartition(".")
    found: t.Any
    try:
        found = getattr(importlib.import_module(module), name)
    except AttributeError:
        found = importlib.import_module(path)
    try:
        head = f"{name}{inspect.signature(found)}"
    except (TypeError, ValueError):
        head = path
    return f"```python\n{head}\n```\n\n{inspect.getdoc(found) or ''}\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("folder", type=pathlib.Path)
    build(parser.parse_args().folder.resolve())
