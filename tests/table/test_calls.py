"""The way of a call: what is sent for its arguments, plainly and through uplink."""

from __future__ import annotations

import types
import typing as t
from typing import Annotated, TypedDict, Unpack

import pytest
import uplink

from crisp_api import Crisp, RetryPolicy, ServerError
from crisp_api.auth import AuthHook
from crisp_api.core import BaseURL, Core
from crisp_api.declare import (
    Body,
    Consumer,
    Mode,
    Query,
    QueryMap,
    delete,
    get,
    head,
    patch,
    post,
    put,
)
from crisp_api.http import Request, Response
from crisp_api.parameters import Parts
from crisp_api.transport.sender import Options, Sender
from tests.support.doubles import Recorder, envelope


class NoFilters(TypedDict):
    """No filter at all."""


class Reports(Consumer[Mode]):
    """Endpoints of every verb."""

    @get("reports")
    def list_reports(
        self,
        *,
        text: Query[str | None] = "",
        year: Query[int | None] = None,
        more: QueryMap[t.Mapping[str, t.Any] | None] = None,
    ) -> list[str]:
        """List Reports."""
        raise NotImplementedError

    @get("reports/none")
    def list_none(self, **filters: Unpack[NoFilters]) -> list[str]:
        """List None."""
        raise NotImplementedError

    @get("reports/tagged")
    def list_tagged(
        self, tag: Annotated[str, uplink.Header("X-Tag")] = "default"
    ) -> list[str]:
        """List Tagged."""
        raise NotImplementedError

    @head("reports")
    def check(self) -> bool:
        """Check."""
        raise NotImplementedError

    @post("reports")
    def add(self, data: Body[t.Any] = None) -> None:
        """Add."""

    @put("reports")
    def save(self, data: Body[t.Any] = None) -> None:
        """Save."""

    @patch("reports")
    def change(self, data: Body[t.Any] = None) -> None:
        """Change."""

    @delete("reports")
    def remove(self) -> None:
        """Remove."""


PATHS = pytest.mark.parametrize("hooked", [False, True], ids=["plain", "uplink"])


def reports(recorder: Recorder, *, hooked: bool = False) -> t.Any:
    """Return a consumer, whose calls go through uplink if it is hooked."""
    consumer: t.Any = Reports(Crisp("i", "k", transport=recorder, retry=None))
    if hooked:
        consumer.session.headers["X-Hooked"] = "yes"
    return consumer


@PATHS
@pytest.mark.parametrize("name", ["add", "save", "change"])
def test_a_write_without_a_body_sends_an_empty_object(name: str, hooked: bool) -> None:
    recorder = Recorder()

    getattr(reports(recorder, hooked=hooked), name)()

    assert recorder.last.body == b"{}"
    assert recorder.last.headers["Content-Type"] == "application/json"


@PATHS
@pytest.mark.parametrize("name", ["list_reports", "check", "remove"])
def test_a_call_that_takes_no_body_sends_none(name: str, hooked: bool) -> None:
    recorder = Recorder()

    getattr(reports(recorder, hooked=hooked), name)()

    assert recorder.last.body is None
    assert "Content-Type" not in recorder.last.headers


@PATHS
@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ([1, 2], b"[1,2]"),
        ([], b"[]"),
        (types.MappingProxyType({"a": 1}), b'{"a":1}'),
    ],
)
def test_a_body_may_be_a_list_or_any_mapping(
    body: object, sent: bytes, hooked: bool
) -> None:
    recorder = Recorder()

    reports(recorder, hooked=hooked).add(body)

    assert recorder.last.body == sent
    assert recorder.last.headers["Content-Type"] == "application/json"


@PATHS
def test_a_call_without_an_answer_returns_none(hooked: bool) -> None:
    recorder = Recorder(envelope({"a": 1}))
    consumer = reports(recorder, hooked=hooked)

    assert consumer.remove() is None


def test_a_header_of_a_session_replaces_the_usual_one() -> None:
    recorder = Recorder()
    consumer = reports(recorder)
    consumer.session.headers["Accept"] = "text/csv"

    consumer.list_reports()

    assert recorder.last.headers["Accept"] == "text/csv"


@pytest.mark.parametrize("name", ["text", "year", "more"])
def test_a_query_parameter_that_is_none_is_omitted(name: str) -> None:
    recorder = Recorder()

    reports(recorder).list_reports(**{name: None})

    assert recorder.last.url.endswith("/v1/reports")


def test_an_empty_text_is_omitted_where_it_is_the_default() -> None:
    recorder = Recorder()

    reports(recorder).list_reports(text="")

    assert recorder.last.url.endswith("/v1/reports")


def test_a_dict_of_query_parameters_may_be_any_mapping() -> None:
    recorder = Recorder()

    reports(recorder).list_reports(more=types.MappingProxyType({"a": 1, "b": None}))

    assert recorder.last.params == {"a": "1"}


def test_query_parameters_that_are_not_a_dict_are_refused() -> None:
    recorder = Recorder()

    with pytest.raises(TypeError, match="more must be a dict, not list"):
        reports(recorder).list_reports(more=[("a", 1)])
    assert recorder.sent == []


def test_a_bad_query_parameter_in_a_dict_is_named() -> None:
    recorder = Recorder()

    with pytest.raises(TypeError, match="list_reports: size must be text"):
        reports(recorder).list_reports(more={"size": object()})
    assert recorder.sent == []


def test_filters_without_names_allow_none() -> None:
    recorder = Recorder()

    with pytest.raises(TypeError, match="unexpected keyword argument 'year'"):
        reports(recorder).list_none(year=2026)
    assert recorder.sent == []


def test_an_annotation_of_uplink_keeps_its_default() -> None:
    recorder = Recorder()

    reports(recorder).list_tagged()

    assert recorder.last.headers["X-Tag"] == "default"


class Rotating(Recorder):
    """Has the credentials changed while it refuses the first attempt."""

    client: Crisp

    def send(self, request: Request, /) -> Response:
        super().send(request)
        if len(self.sent) > 1:
            return Response(request, 200, envelope({}))
        self.client.authenticate("new", "key")
        return Response(request, 503, envelope({}, error=True))


def test_a_retry_is_signed_with_the_credentials_of_its_time() -> None:
    rotating = Rotating()
    retry = RetryPolicy(initial_delay=0.001, max_delay=0.001)
    rotating.client = Crisp("old", "key", transport=rotating, retry=retry)

    rotating.client.website.get_website("w")

    first, second = (request.headers["Authorization"] for request in rotating.sent)
    assert str.__str__(first) == "Basic b2xkOmtleQ=="
    assert str.__str__(second) == "Basic bmV3OmtleQ=="


def test_a_header_that_an_auth_hook_adds_is_checked() -> None:
    class Tracing(AuthHook):
        """Adds a header that no request can carry."""

        def __call__(self, request_builder: t.Any) -> None:
            super().__call__(request_builder)
            request_builder.info["headers"]["X-Trace"] = "two\nlines"

    options = Options(timeout=10, deadline=60, retry=None)
    sender = Sender(Recorder(), None)
    core = Core(BaseURL("https://h/v1/"), Tracing(), sender, options)

    with pytest.raises(ValueError, match="the header X-Trace"):
        core.sign(Request("GET", "https://h/v1/website"))


def test_other_timeouts_keep_the_retry_budget() -> None:
    recorder = Recorder(envelope({}, error=True), 503)
    retry = RetryPolicy(max_attempts=2, initial_delay=0.001, max_delay=0.001, budget=1)
    client = Crisp("i", "k", transport=recorder, retry=retry)

    for _ in range(2):
        with pytest.raises(ServerError):
            client.with_options(timeout=60).website.get_website("w")

    # One attempt and its retry, and one attempt with no budget left.
    assert len(recorder.sent) == 3


def test_parts_collect_their_query_parameters() -> None:
    parts = Parts("website")

    parts.add_query("a", "1")
    parts.add_query("b", "2")

    assert parts.query == {"a": "1", "b": "2"}
