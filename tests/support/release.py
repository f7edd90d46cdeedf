"""Refuse a release under a name that is not ours, or without a changelog.

The workflow ``release.yml`` runs ``python -m tests.support.release VERSION``.
"""

from __future__ import annotations

import configparser
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parents[2]
# The distribution of Crisp's own client.
TAKEN = "crisp-api"


def problem(version: str, root: pathlib.Path = ROOT) -> str:
    """Return why this version must not be released; empty if it may be."""
    setup = configparser.ConfigParser(interpolation=None)
    setup.read(root / "setup.cfg", encoding="utf-8")
    name = re.sub(r"[-_.]+", "-", setup["metadata"]["name"]).lower()
    if name == TAKEN:
        return f"the name {name} in setup.cfg is Crisp's on the package index"
    source = (root / "crisp_api" / "_version.py").read_text(encoding="utf-8")
    if f'__version__ = "{version}"' not in source:
        return f"crisp_api/_version.py does not have the version {version}"
    if "dev" in version:
        return f"{version} is a development version"
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"## [{version}]" not in changes:
        return f"CHANGELOG.md has no section [{version}]"
    return ""


if __name__ == "__main__":
    sys.exit(problem(sys.argv[1]))
