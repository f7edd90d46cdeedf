"""The code blocks of the documentation, as programs to run and to check for types.

``python -m tests.support.pages FOLDER`` writes them into a folder.
"""

from __future__ import annotations

import pathlib
import re
import sys
import textwrap

__all__ = ["PAGES", "ROOT", "WITH_CODE", "blocks", "program", "reference", "site"]

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

# The modules that write the documentation site are programs, not a package.
import make as site  # noqa: E402
import reference  # noqa: E402

PAGES = [
    *(ROOT / name for name in ("README.md", "MIGRATING.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
# The variables that every page except the README starts with.
_START = """
from crisp_api import Crisp
from crisp_api.sandbox import Sandbox

sandbox = Sandbox()
client = Crisp("identifier", "key", tier="plugin", transport=sandbox)
website_id = sandbox.website_id
session_id = client.website.create_new_conversation(website_id)["session_id"]
"""


def blocks(path: pathlib.Path, language: str) -> list[str]:
    """Return the code blocks of a page in one language."""
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


WITH_CODE = [path for path in PAGES if blocks(path, "python")]


def program(path: pathlib.Path) -> str:
    """Return the Python blocks of a page, one after another."""
    start = "" if path.name == "README.md" else _START
    return "\n".join([start, *blocks(path, "python")])


def main(folder: str) -> None:
    """Write the programs, for pyright in its standard and in its strict mode."""
    for path in WITH_CODE:
        for mode in ("standard", "strict"):
            head = f"""\
                # mypy: disable-error-code="empty-body"
                # pyright: {mode}
                """
            text = textwrap.dedent(head) + program(path)
            name = f"{path.stem.lower()}_{mode}.py"
            (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")
    text = f"# pyright: strict\n{reference.program()}"
    (pathlib.Path(folder) / "reference_examples.py").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
