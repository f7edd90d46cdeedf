"""Answers are read alike, whether orjson is installed or not."""

from __future__ import annotations

import importlib.util
import json
import sys
import types
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisp_api import Crisp, InvalidResponseError, wire
from tests.support.doubles import Recorder, envelope

Kinds = t.Literal["good", "bad"]


def module(*, has_orjson: bool) -> types.ModuleType:
    """Load the module as it is with orjson, or without."""
    with pytest.MonkeyPatch.context() as patch:
        if not has_orjson:
            patch.setitem(sys.modules, "orjson", None)
        spec = importlib.util.spec_from_file_location("a_wire", wire.__file__)
        assert spec is not None
        assert spec.loader is not None
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
    return loaded


FAST, PLAIN = module(has_orjson=True), module(has_orjson=False)


def read(by: types.ModuleType, body: bytes) -> tuple[Kinds, str]:
    """Return the decoded value or the error, as text, so that 1 and 1.0 differ."""
    try:
        return "good", repr(by.json_value(body))
    except ValueError as error:
        return "bad", f"{type(error).__name__}: {error}"


def test_one_is_with_orjson_and_one_is_without() -> None:
    assert FAST._read_fast is not None
    assert PLAIN._read_fast is None


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b" ", b"{", b"[1,]", b"01", b"1.", b"+1", b"nul", b"{'a':1}", b"\x0c1"),
        *(b"NaN", b"Infinity", b"-Infinity", b'{"a": NaN}', b"1e999", b"-1e999"),
        *(b"0", b"-0", b"-0.0", b"1e2", b"0.1", b"5e-324", b"1e-400", b"1E400"),
        *(b"9223372036854775807", b"9223372036854775808", b"18446744073709551615"),
        *(b"18446744073709551616", b"-9223372036854775809", b"1" * 400),
        *(b'["' + b"7" * 30 + b'", 1]', b'{"a": 123456789012345678901234567890}'),
        *(b'{"a": 1, "a": 2}', b'"\\ud800"', b'"\\ud83d\\ude00"', b'"\xff"'),
        *(b'"\xed\xa0\x80"', b'"\x7f"', b'"a\tb"', b'"\x00"', b'"\\u0000"'),
        *(b"\xef\xbb\xbf[1]", "[1]".encode("utf-16"), "[1]".encode("utf-32-le")),
        *(b"[" * 900 + b"]" * 900, b"[" * 1100 + b"]" * 1100),
        *(b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 2000 + b"1" + b"}" * 2000),
    ],
    ids=lambda body: repr(body[:30]),
)
def test_both_give_the_same_or_refuse_the_same(body: bytes) -> None:
    assert read(FAST, body) == read(PLAIN, body)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(values, st.booleans())
def test_both_give_the_same_for_whatever_json_writes(
    value: object, ascii_only: bool
) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")

    assert read(FAST, body) == read(PLAIN, body)


@given(values, st.data())
def test_both_say_the_same_of_what_is_spoilt(
    value: object, data: st.DataObject
) -> None:
    body = bytearray(json.dumps(value).encode())
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] = data.draw(st.integers(0, 255))

    assert read(FAST, bytes(body)) == read(PLAIN, bytes(body))


def test_long_numbers_are_exact() -> None:
    client = Crisp("i", "k", transport=Recorder(envelope({"name": 2**70})))

    assert dict(client.website.get_website("w")) == {"name": 2**70}


def test_a_call_says_what_came_in_place_of_json() -> None:
    client = Crisp("i", "k", transport=Recorder(b'{"data": NaN}'))

    with pytest.raises(InvalidResponseError, match="no JSON"):
        client.website.get_website("w")


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_plain_json_is_written_and_read_alike(value: t.Any) -> None:
    for by in (FAST, PLAIN):
        text = by.plain_text(value)
        assert json.loads(text) == value
        assert PLAIN.plain_value(text) == value


def test_half_of_a_surrogate_pair_is_plain_json() -> None:
    for by in (FAST, PLAIN):
        assert by.plain_value(by.plain_text("\ud800")) == "\ud800"
        assert by.plain_value('"\\ud800"') == "\ud800"
