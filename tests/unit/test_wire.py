"""Values arrive unchanged on the wire, or are not sent."""

from __future__ import annotations

import datetime as dt
import enum
import json
import typing as t
import urllib.parse
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisp_api import wire
from crisp_api.http import Request

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)


class Kind(enum.StrEnum):
    TEXT = "text"


class Half(float, enum.Enum):
    HALF = 0.5


@given(TEXT.filter(lambda text: text not in {".", ".."}))
def test_any_other_text_is_an_id(text: str) -> None:
    assert wire.segment("id", text) == text


@given(st.text())
def test_an_id_is_given_back_or_refused(text: str) -> None:
    try:
        kept = wire.segment("id", text)
    except ValueError:
        assert not text.isprintable() or text in {"", ".", ".."}
    else:
        assert kept == text


@pytest.mark.parametrize("value", [True, 1.5, b"x", ["x"], {"a": 1}, object()])
def test_an_id_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="website_id must be text or a whole number"):
        wire.segment("website_id", value)


class Number(int, enum.Enum):
    SEVEN = 7


def test_an_id_may_be_a_number_a_member_of_an_enum_or_a_uuid() -> None:
    text = "8c842203-7ed8-4e29-a608-7cf78a7d2fcc"

    assert wire.segment("type", Number.SEVEN) == "7"
    assert wire.segment("website_id", uuid.UUID(text)) == text
    assert wire.query_text("inbox_id", uuid.UUID(text)) == text
    assert wire.segment("fingerprint", 150698569649423) == "150698569649423"
    assert wire.segment("type", Kind.TEXT) == "text"


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match=r"id contains '\\ud800'"):
        wire.segment("id", "a\ud800")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "1"),
        (False, "0"),
        (0, "0"),
        (48.85, "48.85"),
        (Half.HALF, "0.5"),
        ("", ""),
        ("a\nb", "a\nb"),
        (Kind.TEXT, "text"),
        ([1, "é"], '[1,"é"]'),
        ((1, 2), "[1,2]"),
        ({"a": [True, None]}, '{"a":[true,null]}'),
        (dt.date(2026, 1, 31), "2026-01-31"),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), "2026-01-31T12:00:00+00:00"),
    ],
)
def test_a_query_value_is_spelt_as_crisp_reads_it(value: object, text: str) -> None:
    assert wire.query_text("name", value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_no_query_value(value: float) -> None:
    with pytest.raises(ValueError, match=r"name is .*; it must be a finite number"):
        wire.query_text("name", value)


@pytest.mark.parametrize("value", [b"x", object(), {1}])
def test_a_query_value_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="name must be text, a number"):
        wire.query_text("name", value)


@given(JSON)
def test_json_arrives_as_it_was_given(value: object) -> None:
    assert json.loads(wire.json_text("the body", value).encode()) == value


def _endless() -> list[object]:
    endless: list[object] = []
    endless.append(endless)
    return endless


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"a": float("nan")}, ValueError),
        ({"a": b"x"}, TypeError),
        ({"a": [{"b": b"x"}]}, TypeError),
        (_endless(), ValueError),
    ],
)
def test_what_is_no_json_is_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"the body.* cannot be written as JSON"):
        wire.json_text("the body", value)


@given(st.dictionaries(TEXT, st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_query_arrives_as_it_was_given(params: dict[str, str]) -> None:
    request = Request("GET", wire.with_query("http://h/v1/x", params))

    assert request.params == params
    assert request.path == "/v1/x"


@pytest.mark.parametrize(
    ("name", "error"), [(None, TypeError), (7, TypeError), ("\ud800", ValueError)]
)
def test_the_name_of_a_query_parameter_is_text(
    name: t.Any, error: type[Exception]
) -> None:
    with pytest.raises(error, match="the name of a query parameter"):
        wire.with_query("http://h/", {name: "x"})


def test_a_query_is_added_to_the_one_that_is_there() -> None:
    assert wire.with_query("http://h/x?a=1", {"b": "2 &"}) == "http://h/x?a=1&b=2%20%26"
    assert wire.with_query("http://h/x", {}) == "http://h/x"


@pytest.mark.parametrize(
    ("given_text", "sent"),
    [
        ("/website/w", "website/w"),
        ("website/w/", "website/w/"),
        ("/people/profile/a%40b.c", "people/profile/a%40b.c"),
        ("/people/profile/é ü", "people/profile/%C3%A9%20%C3%BC"),
        ("/x/{y}#z", "x/%7By%7D%23z"),
        ("http:x/y", "http%3Ax/y"),
        ("/a/..;x", "a/..%3Bx"),
        ("/a%40b/100%", "a%40b/100%25"),
        ("/x?note=100%&a=%2F", "x?note=100%25&a=%2F"),
        ("/x?a=1&b=é", "x?a=1&b=%C3%A9"),
    ],
)
def test_a_route_by_hand_is_made_safe_to_send(given_text: str, sent: str) -> None:
    assert wire.resource(given_text) == sent


@pytest.mark.parametrize(
    "bad",
    [
        *("", "/", "//evil.example/x", "/a/../b", "/a/./b", "/a//b", "/a/%2e%2E/b"),
        *("https://evil.example/x", "/a/%2e", "/a/..?x=1", "/a\nb", "/a//"),
    ],
)
def test_a_route_by_hand_cannot_lead_away(bad: str) -> None:
    with pytest.raises(ValueError, match="resource"):
        wire.resource(bad)


@pytest.mark.parametrize("bad", [None, b"/x", 7])
def test_a_route_by_hand_is_text(bad: t.Any) -> None:
    with pytest.raises(TypeError, match="resource must be text"):
        wire.resource(bad)


@given(st.text())
def test_a_route_by_hand_stays_below_the_base(text: str) -> None:
    base = "https://api.crisp.chat/v1/"
    try:
        sent = wire.resource(text)
    except ValueError:
        return

    url = urllib.parse.urljoin(base, sent)
    assert url == base + sent
    assert sent.isascii()
    assert not {".", ".."} & set(urllib.parse.urlsplit(url).path.split("/"))


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://api.crisp.chat/v1/", ("https://api.crisp.chat", "/v1")),
        ("http://127.0.0.1:8465", ("http://127.0.0.1:8465", "/")),
        ("https://h/a/b", ("https://h", "/a/b")),
        ("http://[::1]:8465/v1", ("http://[::1]:8465", "/v1")),
        ("https://h/a%2Fb//", ("https://h", "/a%2Fb")),
    ],
)
def test_the_address_of_an_api_is_a_host_and_a_path(
    url: str, parts: tuple[str, str]
) -> None:
    assert wire.base(url) == parts


@pytest.mark.parametrize(
    "bad",
    [
        *(
            "",
            "api.crisp.chat",
            "ftp://h/",
            "https:///v1",
            "https://h/?q=1",
            "https://h/#f",
        ),
        *("https://user:secret@h/", "https://h/\n", "https://u:secret@ex℀mple.com/"),
        *("https://h/v 1/", "https://h/é/", "https://h/a/../b", "https://h/%2e%2e/"),
        *(
            "https://h/100%",
            "https://a b/",
            "https://h:0/",
            "https://h:65536/",
            "https://h:x",
        ),
    ],
)
def test_another_address_is_refused_without_being_shown(bad: str) -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        wire.base(bad)
    assert "secret" not in str(caught.value)


def test_a_request_shows_no_credentials() -> None:
    request = Request(
        "GET", "http://h/", {"Authorization": "Basic c2VjcmV0", "X-Crisp-Tier": "user"}
    )

    assert "c2VjcmV0" not in repr(request)
    assert request.redacted().headers == {
        "Authorization": "***",
        "X-Crisp-Tier": "user",
    }


def test_a_request_decodes_what_it_holds() -> None:
    request: t.Any = Request("POST", "http://h/v1/x%2Fy?a=%20&b=", {}, b'{"c":1}')

    assert (request.path, request.params, request.json) == (
        "/v1/x%2Fy",
        {"a": " ", "b": ""},
        {"c": 1},
    )
    assert Request("GET", "http://h/").json is None


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": b"x"}, "the body: a cannot"),
        ({"a": {"b": [1, {"c": b"x"}]}}, r"the body: a\.b\[1\]\.c cannot"),
        ({"a": [None, {1, 2}]}, r"the body: a\[1\] cannot"),
        (b"x", "the body cannot"),
    ],
)
def test_a_value_without_a_json_form_is_named(value: object, where: str) -> None:
    with pytest.raises(TypeError, match=where):
        wire.json_text("the body", value)


def test_half_a_character_is_escaped() -> None:
    text = wire.json_text("the body", {"content": "caf\u00e9 \ud83d"})

    assert text == '{"content":"caf\\u00e9 \\ud83d"}'
    assert wire.json_value(text.encode()) == {"content": "caf\u00e9 \ud83d"}
