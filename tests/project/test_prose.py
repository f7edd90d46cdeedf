"""The check for words and phrases that the documentation avoids."""

from __future__ import annotations

import pytest

from tests.support import prose


@pytest.mark.parametrize(
    "text",
    [
        "The hook is told of it.",
        "The carrier sends it.",
        "Retrying is in vain.",
        "Gives the page.",
        "It stops. Who wants more calls again.",
    ],
)
def test_a_phrase_to_avoid_is_found(text: str) -> None:
    assert list(prose.avoided(text))


@pytest.mark.parametrize(
    "text",
    [
        "The hook receives it.",
        "What does it cost?",
        "It returns what the server sends.",
    ],
)
def test_other_text_is_accepted(text: str) -> None:
    assert not list(prose.avoided(text))


def test_code_in_markdown_is_not_prose() -> None:
    source = "Text.\n\n```python\n# told\n```\n\nAnd `Face`, and told.\n"

    texts = list(prose.markdown(source))

    assert [
        (match[0], text.content.count("\n", 0, match.start()))
        for text in texts
        for match, _ in prose.avoided(text.content)
    ] == [("told", 6)]


def test_docstrings_and_comments_of_a_program_are_prose() -> None:
    source = '"""Module."""\n\n# Two lines\n# are one comment.\nNAME = "told"\n'

    assert [tuple(text) for text in prose.python(source)] == [
        (1, "Module."),
        (3, "Two lines\nare one comment."),
    ]
