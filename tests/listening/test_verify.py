"""Verifying webhooks: nothing passes that was not signed with the secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisp_api.errors import InvalidEventError, SignatureError
from crisp_api.testing import signed_request
from crisp_api.webhooks import sign, sign_identity, unwrap, verify, verify_mcp
from crisp_api.webhooks._javascript import stringify

SECRET = "s3cret"
BODY = (
    b'{"website_id":"w","event":"message:send","data":{"session_id":"s"},"timestamp":1}'
)
TIMESTAMP = "1700000000000"


def hexadecimal(secret: str, text: bytes) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


SIGNATURE = hexadecimal(SECRET, b"[" + TIMESTAMP.encode() + b";" + BODY + b"]")
HEADERS = {
    "X-Crisp-Request-Timestamp": TIMESTAMP,
    "X-Crisp-Signature": SIGNATURE,
    "X-Delivery-Attempt-Count": "2",
    "X-Delivery-Attempt-Limit": "3",
}


def flipped(data: bytes, bit: int) -> bytes:
    """Return bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


# --- plugin hooks


def test_a_signature_is_over_the_timestamp_and_the_body_in_brackets() -> None:
    assert sign(SECRET, BODY, TIMESTAMP) == SIGNATURE
    assert sign(SECRET.encode(), BODY, int(TIMESTAMP)) == SIGNATURE
    # Computed by OpenSSL.
    assert (
        sign("secret", b"{}", 1)
        == "87deb6c6cfffca37174b9859b837429107d85ec3d2c09923ac520e417db93873"
    )


def test_a_signed_request_is_an_event() -> None:
    event = unwrap(BODY, HEADERS, secret=SECRET)

    assert (event.name, event.website_id, event.data) == (
        *("message:send", "w"),
        {"session_id": "s"},
    )
    assert (event.timestamp, event.attempt, event.attempt_limit) == (1, 2, 3)
    assert event.delivery == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    "headers",
    [
        {name.lower(): value for name, value in HEADERS.items()},
        [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()],
        list(HEADERS.items()),
    ],
    ids=["lower", "asgi", "pairs"],
)
def test_headers_come_in_any_form(headers: t.Any) -> None:
    assert unwrap(BODY, headers, secret=SECRET).name == "message:send"


@pytest.mark.parametrize("body", [bytearray(BODY), memoryview(BODY)])
def test_a_body_may_be_any_bytes(body: t.Any) -> None:
    assert unwrap(body, HEADERS, secret=SECRET).name == "message:send"


@given(st.integers(0, 8 * len(BODY) - 1))
def test_a_flipped_bit_in_the_body_is_refused(bit: int) -> None:
    with pytest.raises(SignatureError):
        verify(SECRET, flipped(BODY, bit), TIMESTAMP, SIGNATURE)


@given(st.integers(0, 8 * 64 - 1))
def test_a_flipped_bit_in_the_signature_is_refused(bit: int) -> None:
    signature = flipped(SIGNATURE.encode(), bit).decode("latin-1")

    with pytest.raises(SignatureError):
        verify(SECRET, BODY, TIMESTAMP, signature)


@given(st.integers(0, 8 * len(TIMESTAMP) - 1))
def test_a_flipped_bit_in_the_timestamp_is_refused(bit: int) -> None:
    timestamp = flipped(TIMESTAMP.encode(), bit).decode("latin-1")

    with pytest.raises(SignatureError):
        verify(SECRET, BODY, timestamp, SIGNATURE)


@given(st.integers(0, 8 * len(SECRET) - 1))
def test_a_flipped_bit_in_the_secret_is_refused(bit: int) -> None:
    with pytest.raises(SignatureError):
        verify(flipped(SECRET.encode(), bit), BODY, TIMESTAMP, SIGNATURE)


def test_two_secrets_are_accepted_while_one_replaces_the_other() -> None:
    verify(["new", SECRET], BODY, TIMESTAMP, SIGNATURE)
    verify((SECRET, b"new"), BODY, TIMESTAMP, SIGNATURE)
    with pytest.raises(SignatureError):
        verify(["new", "newer"], BODY, TIMESTAMP, SIGNATURE)


@pytest.mark.parametrize("secret", ["", b"", [], [""], [SECRET, ""], ()])
def test_an_empty_secret_is_an_error_and_never_a_pass(secret: t.Any) -> None:
    empty = hexadecimal("", b"[" + TIMESTAMP.encode() + b";" + BODY + b"]")

    with pytest.raises(ValueError, match="the secret is empty"):
        verify(secret, BODY, TIMESTAMP, empty)
    with pytest.raises(ValueError, match="the secret is empty"):
        unwrap(BODY, {**HEADERS, "X-Crisp-Signature": empty}, secret=secret)


def test_no_secret_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="pass the signing secret"):
        unwrap(BODY, HEADERS)
    wrong: t.Any = [3]
    with pytest.raises(TypeError, match="the secret must be text or bytes, not int"):
        verify(wrong, BODY, TIMESTAMP, SIGNATURE)


@pytest.mark.parametrize("body", [BODY.decode(), json.loads(BODY), None])
def test_a_body_that_is_not_bytes_is_an_error_that_names_the_frameworks(
    body: t.Any,
) -> None:
    for call in (
        lambda: verify(SECRET, body, TIMESTAMP, SIGNATURE),
        lambda: unwrap(body, HEADERS, secret=SECRET),
        lambda: sign(SECRET, body, TIMESTAMP),
    ):
        with pytest.raises(TypeError, match=r"get_data\(\) in Flask.*FastAPI"):
            call()


@pytest.mark.parametrize("name", ["X-Crisp-Request-Timestamp", "X-Crisp-Signature"])
def test_a_missing_header_is_named(name: str) -> None:
    headers = {key: value for key, value in HEADERS.items() if key != name}

    with pytest.raises(SignatureError, match=f"no header {name.lower()}"):
        unwrap(BODY, headers, secret=SECRET)


def test_a_mixed_up_header_or_form_is_named() -> None:
    headers = {"x-crisp-hmac-sha256": SIGNATURE, "x-crisp-request-timestamp": TIMESTAMP}
    with pytest.raises(SignatureError, match="which Crisp does not send"):
        unwrap(BODY, headers, secret=SECRET)
    with pytest.raises(SignatureError, match="use verify_mcp"):
        verify(SECRET, BODY, TIMESTAMP, f"sha256={SIGNATURE}")


def test_an_error_does_not_show_the_right_signature() -> None:
    with pytest.raises(SignatureError) as caught:
        verify(SECRET, BODY, TIMESTAMP, "0" * 64)

    assert SIGNATURE not in f"{caught.value!r} {vars(caught.value)}"
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"[", b"\xff", b"[" * 100_000])
def test_a_signed_body_that_is_not_json_is_refused(body: bytes) -> None:
    headers = {**HEADERS, "X-Crisp-Signature": sign(SECRET, body, TIMESTAMP)}

    with pytest.raises(InvalidEventError):
        unwrap(body, headers, secret=SECRET)


@pytest.mark.parametrize("value", ["-1", "x", "", "²"])
def test_a_malformed_attempt_is_left_out(value: str) -> None:
    headers = {**HEADERS, "X-Delivery-Attempt-Count": value}

    assert unwrap(BODY, headers, secret=SECRET).attempt is None


# --- age


@pytest.mark.parametrize("timestamp", ["1700000000", "1700000000000", 1_700_000_000])
@pytest.mark.parametrize(
    ("now", "is_fresh"),
    [
        (1_700_000_000, True),
        (1_700_000_300, True),
        (1_699_999_700, True),
        (1_700_000_301, False),
        (1_699_999_699, False),
    ],
)
def test_a_timestamp_may_be_in_seconds_or_milliseconds(
    timestamp: str | int, now: int, is_fresh: object
) -> None:
    signature = sign(SECRET, BODY, timestamp)

    def call() -> None:
        verify(
            *(SECRET, BODY, timestamp, signature),
            max_age=300,
            clock=lambda: float(now),
        )

    if is_fresh:
        call()
    else:
        with pytest.raises(SignatureError, match="not within 300 seconds"):
            call()


@pytest.mark.parametrize("timestamp", ["soon", "nan", ""])
def test_a_timestamp_that_is_no_number_has_no_age(timestamp: str) -> None:
    signature = sign(SECRET, BODY, timestamp)

    verify(SECRET, BODY, timestamp, signature)
    with pytest.raises(SignatureError, match="not within 60 seconds"):
        verify(SECRET, BODY, timestamp, signature, max_age=60)


# --- parsed bodies


def test_a_parsed_body_is_accepted_only_if_that_is_said() -> None:
    parsed = json.loads(BODY)

    verify(SECRET, parsed, TIMESTAMP, SIGNATURE, reserialized=True)
    event = unwrap(parsed, HEADERS, secret=SECRET, reserialized=True)
    assert event == unwrap(BODY, HEADERS, secret=SECRET)
    with pytest.raises(SignatureError):
        verify(SECRET, {**parsed, "more": 1}, TIMESTAMP, SIGNATURE, reserialized=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (10**21, "1e+21"),
        (123456789012345680000.0, "123456789012345680000"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-9, "1.5e-9"),
        (-12.5, "-12.5"),
        (5e-324, "5e-324"),
        (2**53 + 1, "9007199254740992"),
        (10**400, "null"),
        (float("inf"), "null"),
        ([None, True, False], "[null,true,false]"),
        ((1, 2), "[1,2]"),
        ("\x00\x1f\x7f\u2028é😀/", '"\\u0000\\u001f\x7f\u2028é😀/"'),
        ('"\\\b\f\n\r\t', '"\\"\\\\\\b\\f\\n\\r\\t"'),
        ("\ud83d", '"\\ud83d"'),
        ({"b": 1, "10": 2, "9": 3, "a": 4}, '{"9":3,"10":2,"b":1,"a":4}'),
        (
            {"4294967295": 1, "01": 2, "-1": 3, "0": 4, "4294967294": 5},
            '{"0":4,"4294967294":5,"4294967295":1,"01":2,"-1":3}',
        ),
    ],
)
def test_json_is_written_as_javascript_writes_it(value: object, text: str) -> None:
    assert stringify(value) == text


@pytest.mark.parametrize("value", [{1: 2}, {"a": {3}}, object()])
def test_a_value_that_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        stringify(value)


# --- website hooks


def test_a_hook_of_a_website_is_verified_by_the_key_in_its_url() -> None:
    event = unwrap(BODY, {}, key="k3y", given_key="k3y")

    assert event.name == "message:send"


@pytest.mark.parametrize("given_key", [None, "", "k3", "k3y ", "K3Y", "\udcff"])
def test_another_key_is_refused(given_key: str | None) -> None:
    with pytest.raises(SignatureError, match="missing or wrong") as caught:
        unwrap(BODY, {}, key="k3y", given_key=given_key)
    assert "k3y" not in str(caught.value)


def test_an_empty_key_is_an_error_and_never_a_pass() -> None:
    with pytest.raises(ValueError, match="the key is empty"):
        unwrap(BODY, {}, key="", given_key="")


# --- identities, and MCP servers


def test_an_identity_is_signed() -> None:
    signature = sign_identity("k", "jane@acme.example")

    assert signature == hexadecimal("k", b"jane@acme.example")
    with pytest.raises(ValueError, match="the secret is empty"):
        sign_identity("", "jane@acme.example")
    with pytest.raises(ValueError, match="address to sign is empty"):
        sign_identity("k", "")


MCP = hexadecimal(SECRET, b"1700000000.w." + BODY)


def mcp(**changes: t.Any) -> None:
    given = {
        "secret": SECRET,
        "body": BODY,
        "timestamp": "1700000000",
        "website_id": "w",
        "signature": f"sha256={MCP}",
        "clock": lambda: 1_700_000_000.0,
        **changes,
    }
    verify_mcp(**given)


def test_a_request_to_an_mcp_server_is_verified() -> None:
    mcp()
    mcp(timestamp=1_700_000_000, secret=["new", SECRET])
    mcp(clock=lambda: 0.0, max_age=None)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"body": BODY + b" "}, "does not match"),
        ({"website_id": "x"}, "does not match"),
        ({"timestamp": "1700000001"}, "does not match"),
        ({"secret": "other"}, "does not match"),
        ({"signature": MCP}, "use verify$"),
        ({"signature": None}, "needs the headers"),
        ({"website_id": None}, "needs the headers"),
        ({"timestamp": None}, "needs the headers"),
        ({"clock": lambda: 1_700_000_301.0}, "not within 300 seconds"),
    ],
)
def test_another_request_to_an_mcp_server_is_refused(
    changes: dict[str, t.Any], problem: str
) -> None:
    with pytest.raises(SignatureError, match=problem):
        mcp(**changes)


def test_an_mcp_server_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="the secret is empty"):
        mcp(secret="")
    with pytest.raises(TypeError, match="must be the bytes"):
        mcp(body="text")


# --- deliveries for tests


def test_a_delivery_for_a_test_is_accepted() -> None:
    delivery = signed_request(
        "message:send", {"website_id": "w", "content": "é"}, secret=SECRET, attempt=2
    )

    event = unwrap(*delivery, secret=SECRET)

    assert (event.website_id, event.attempt, event.attempt_limit) == ("w", 2, 3)
    assert event.data == {"website_id": "w", "content": "é"}
    assert unwrap(
        *signed_request("e", {}, secret=SECRET, website_id="v"), secret=SECRET
    ).website_id == ("v")
