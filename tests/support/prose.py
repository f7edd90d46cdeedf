"""Find words and phrases that the documentation avoids, and name the ones to use.

It reads Markdown files, and the docstrings and comments of Python files:
``python tests/support/prose.py``.
"""

from __future__ import annotations

import ast
import io
import pathlib
import re
import sys
import tokenize
import typing as t

ROOT: t.Final = pathlib.Path(__file__).parents[2]
FOLDERS: t.Final = ("crisp_api", "tests", "examples", "benchmarks", "docs")

# A pattern, and what to write instead. Case matters only where a sentence begins.
AVOID: t.Final = {
    r"\b(?:is|are|was|were|be|been) (?:told|said)\b": "name, pass or report it",
    r"\btold\b(?! apart)": "passed, notified",
    r"\bcarriers?\b": "sender",
    r"\bpatience\b": "delay, time-out",
    r"\bstorms?\b": "repeated errors",
    r"\bhouses?\b": "name the thing",
    r"\brooms\b(?!``|:|, inboxes)": "queue, space, or name the thing",
    r"\bfaces?\b": "mode, client",
    r"\bgiven up\b": "abandoned",
    r"\b(?:goes|go|gone) on with\b": "resume, continue",
    r"\bof one's own\b": "your own",
    r"\bkeeps? back\b": "block, delay",
    r"\bin vain\b": "will not help",
    r"\bin passing\b": "transient",
    r"\bno envelope\b": "not a Crisp envelope",
    r"\bwhoever\b": "name the reader or the caller",
    r"\b(?:some|no)body who\b": "a user that",
    r"\bwith none (?:said|given)\b": "the default is",
    r"\bmakes? an end of\b": "close, end",
}
# Patterns at the start of a sentence.
OPENINGS: t.Final = {
    r"(?:Gives?|Tells?|Says?)\b": "begin with Return, or with what the call does",
    r"(?:What|Who|One that|Those that|That which)\b(?![^.]*\?)": "begin with the subject",
}


class Text(t.NamedTuple):
    """A piece of prose, and the number of its first line."""

    line: int
    content: str


def findings(path: pathlib.Path) -> t.Iterator[str]:
    """Yield a line for each phrase to avoid in a file: its place, and the advice."""
    source = path.read_text(encoding="utf-8")
    texts = markdown(source) if path.suffix == ".md" else python(source)
    for text in texts:
        for match, advice in avoided(text.content):
            line = text.line + text.content.count("\n", 0, match.start())
            yield f"{path.relative_to(ROOT)}:{line}: {match[0]!r}: {advice}"


def avoided(prose: str) -> t.Iterator[tuple[re.Match[str], str]]:
    """Yield the phrases to avoid in a piece of prose, with what to write instead."""
    for pattern, advice in AVOID.items():
        for match in re.finditer(pattern, prose, re.IGNORECASE):
            yield match, advice
    for pattern, advice in OPENINGS.items():
        for match in re.finditer(rf"(?:\A|(?<=[.!?]\s)|(?<=\n\n)){pattern}", prose):
            yield match, advice


def markdown(source: str) -> t.Iterator[Text]:
    """Yield the prose of a Markdown file: all but code."""
    blank = re.sub(r"^```.*?^```$", _blank, source, flags=re.DOTALL | re.MULTILINE)
    yield Text(1, re.sub(r"`[^`]*`", _blank, blank))


def python(source: str) -> t.Iterator[Text]:
    """Yield the docstrings and comments of a Python file."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
            continue
        if isinstance(node.value.value, str):
            yield Text(node.lineno, _without_code(node.value.value))
    comments: list[Text] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        content, line = token.string.lstrip("#: "), token.start[0]
        alone = token.line.lstrip().startswith("#")
        if comments and alone and line == _end(comments[-1]) + 1:
            content = f"{comments[-1].content}\n{content}"
            line = comments.pop().line
        comments.append(Text(line, content))
    yield from (Text(one.line, _without_code(one.content)) for one in comments)


def _end(text: Text) -> int:
    """Return the number of a text's last line."""
    return text.line + text.content.count("\n")


def _without_code(prose: str) -> str:
    """Blank what is code: ````` ``literals`` and `names`, and ``noqa`` rules."""
    return re.sub(r"`+[^`]*`+|noqa: [A-Z0-9, ]+ - ", _blank, prose)


def _blank(match: re.Match[str]) -> str:
    """Return as many lines as the match, without letters."""
    return re.sub(r"[^\n]", "`", match[0])


def main() -> int:
    """Print the findings in the project's files, and return the exit status."""
    files = [*ROOT.glob("*.md"), *ROOT.glob("*.py")]
    for folder in FOLDERS:
        files += [*(ROOT / folder).rglob("*.md"), *(ROOT / folder).rglob("*.py")]
    ours = [path for path in sorted(files) if "node_modules" not in path.parts]
    found = [line for path in ours for line in findings(path)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
