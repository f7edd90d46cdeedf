"""Endpoints are uplink's: its other features keep working with them."""

from __future__ import annotations

import asyncio
import inspect
import typing as t
import unittest.mock

import pytest
import uplink
from uplink.hooks import RequestAuditor

from crisp_api import AsyncCrisp, ConnectionError, Crisp, RetryPolicy, ServerError
from crisp_api.declare import Body, Consumer, Mode, Query, get, post
from crisp_api.endpoints import Website
from crisp_api.http import Request, Response
from tests.support.clients import Side
from tests.support.doubles import AsyncRecorder, Recorder, envelope
from tests.support.plain import Marked, Mixed, Stubborn, signed, swap

Items = list[str]


class Reports(Consumer[Mode]):
    """Endpoints to decorate."""

    @get("website/{website_id}/reports/{page_number}")
    def list_reports(
        self, website_id: str, page_number: int = 1, *, year: Query[int | None] = None
    ) -> Items:
        """List Reports."""
        raise NotImplementedError

    @post("website/{website_id}/100%25/report")
    def add_report(
        self,
        website_id: str,
        data: Body[dict[str, t.Any] | None] = None,
        *,
        kind: Query[str],
    ) -> None:
        """Add A Report."""


def reports(*answers: t.Any) -> tuple[Recorder, t.Any]:
    recorder = Recorder(envelope(["a"]))
    return recorder, Reports(Crisp("i", "k", transport=recorder, retry=None))


def test_arguments_are_bound_as_python_binds_them() -> None:
    recorder, rows = reports()

    rows.list_reports("w", 2, year=2026)
    rows.list_reports(page_number=2, year=2026, website_id="w")
    rows.list_reports("w", year=2026, page_number=2)

    assert recorder.sent[0] == recorder.sent[1] == recorder.sent[2]
    assert recorder.last.path == "/v1/website/w/reports/2"
    assert recorder.last.params == {"year": "2026"}


@pytest.mark.parametrize(
    ("args", "kwargs", "problem"),
    [
        ((), {}, "missing a required argument: 'website_id'"),
        ((), {"page_number": 1}, "missing a required argument: 'website_id'"),
        (("w", 1, 2), {}, "too many positional arguments"),
        (("w",), {"website_id": "w"}, "multiple values for argument 'website_id'"),
        (("w",), {"month": 1}, "got an unexpected keyword argument 'month'"),
    ],
)
def test_arguments_that_python_would_not_bind_are_refused(
    args: t.Any, kwargs: dict[str, t.Any], problem: str
) -> None:
    recorder, rows = reports()

    with pytest.raises(TypeError, match=rf"^Reports\.list_reports\(\) {problem}$"):
        rows.list_reports(*args, **kwargs)
    assert recorder.sent == []


def test_an_argument_by_name_alone_may_be_required() -> None:
    recorder, rows = reports()

    rows.add_report("w", None, kind="a")
    assert recorder.last.path == "/v1/website/w/100%25/report"
    assert recorder.last.body == b"{}"
    with pytest.raises(TypeError, match=r"missing a required.* argument: 'kind'"):
        rows.add_report("w", {})


def test_a_call_looks_like_its_declaration() -> None:
    _, rows = reports()

    assert rows.list_reports.__name__ == "list_reports"
    assert rows.list_reports.__doc__ == "List Reports."
    assert list(inspect.signature(rows.list_reports).parameters) == [
        *("website_id", "page_number", "year")
    ]


def test_a_decorator_of_a_class_applies_to_every_endpoint() -> None:
    @uplink.timeout(3)
    @uplink.params({"kind": "monthly"})
    @uplink.headers({"X-Tag": "t"})
    class Tagged(Reports[Mode]):
        pass

    recorder = Recorder(envelope(["a"]))
    client = Crisp("i", "k", transport=recorder)

    t.cast("t.Any", Tagged)(client).list_reports("w")
    assert recorder.last.headers["X-Tag"] == "t"
    assert recorder.last.params == {"kind": "monthly"}
    assert recorder.last.timeout == 3

    Reports(client).list_reports("w")
    assert "X-Tag" not in recorder.last.headers
    assert recorder.last.params == {}


def test_what_is_set_on_a_session_reaches_the_next_call() -> None:
    recorder, rows = reports()
    call = rows.list_reports

    rows.session.headers["X-Tag"] = "t"
    rows.session.params["kind"] = "monthly"
    rows.session.context["seen"] = True
    assert call("w", year=2026) == ["a"]

    assert rows.session is rows.session
    assert recorder.last.headers["X-Tag"] == "t"
    assert recorder.last.params == {"kind": "monthly", "year": "2026"}
    assert issubclass(ServerError, rows.exceptions.BaseClientException)


def test_hooks_of_a_session_see_requests_answers_and_errors() -> None:
    def audit(call: t.Any) -> None:
        call.info["headers"]["X-Tag"] = "t"
        # It runs before the endpoint sets the path.
        call.set_url_variable({"website_id": "other"})

    recorder, rows = reports()
    rows.session.inject(signed, swap, RequestAuditor(audit))

    assert rows.list_reports("w") == ["a", "Reports"]
    assert recorder.last.path == "/v1/website/w/reports/1"
    assert recorder.last.headers["X-Tag"] == "t"
    recorder.status, recorder.body = 500, envelope({}, error=True)
    with pytest.raises(LookupError) as caught:
        rows.list_reports("w")
    assert caught.value.args == (ServerError, True)


def test_another_auth_of_uplinks_signs() -> None:
    recorder, rows = reports()

    rows.session.auth = uplink.auth.BearerToken("token")
    rows.list_reports("w")

    assert recorder.last.headers["Authorization"] == "Bearer token"


def test_a_header_that_a_hook_spoils_is_refused() -> None:
    recorder, rows = reports()

    rows.session.headers["X-Tag"] = "a\r\nAuthorization: b"
    with pytest.raises(ValueError, match="the header X-Tag contains"):
        rows.list_reports("w")
    assert recorder.sent == []


def test_uplinks_retry_and_inject_keep_working(side: Side) -> None:
    recorder = side.recorder(envelope({}, error=True), 500)
    stubborn = Stubborn(side.client(transport=recorder, retry=None))

    with pytest.raises(ServerError):
        side.run(stubborn.list_items)
    assert len(recorder.sent) == 3

    recorder.status, recorder.body = 200, envelope(["a"])
    assert side.run(stubborn.list_injected) == ["a"]
    assert recorder.last.url == "https://api.crisp.chat/v1/y?a=b"
    assert recorder.last.params == {"a": "b"}


def test_uplinks_ratelimit_keeps_working() -> None:
    stubborn = Stubborn(Crisp("i", "k", transport=Recorder(envelope(["a"]))))

    assert [stubborn.list_some(), stubborn.list_some()] == [["a"], ["a"]]
    with pytest.raises(RuntimeError, match="Exceeded rate limit"):
        stubborn.list_some()


def test_uplinks_converters_keep_working() -> None:
    class Converted(Consumer[Mode]):
        @get("x")
        def search(
            self, tag: t.Annotated[t.Any, uplink.Header("X-Tag", type=str)]
        ) -> None:
            """Search."""

    recorder = Recorder()
    Converted(Crisp("i", "k", transport=recorder)).search(7)

    assert recorder.last.headers["X-Tag"] == "7"


def test_a_plain_uplink_method_works_among_ours() -> None:
    recorder = Recorder(envelope(["a"]))
    mixed: t.Any = Mixed(Crisp("i", "k", transport=recorder))

    assert mixed.list_plain("w", page=2) == ["a"]
    assert recorder.last.path == "/v1/website/w/plain"
    assert recorder.last.params == {"page": "2"}
    assert recorder.last.headers["Authorization"] == "Basic aTpr"
    assert mixed.list_items() == ["A"]


def test_a_client_with_other_options_has_a_session_of_its_own() -> None:
    recorder = Recorder(envelope(["a"]))
    client = Crisp("i", "k", transport=recorder)
    client.session.headers["X-Tag"] = "t"

    other = client.with_options(timeout=1)
    other.session.headers["X-Other"] = "o"

    other.get("/a")
    assert recorder.last.headers["X-Other"] == "o"
    assert "X-Tag" not in recorder.last.headers
    client.get("/a")
    assert "X-Other" not in recorder.last.headers
    assert recorder.last.headers["X-Tag"] == "t"


def test_uplinks_own_retry_knows_our_errors() -> None:
    class Broken(Recorder):
        def send(self, request: Request, /) -> Response:
            super().send(request)
            message = "reset"
            raise ConnectionError(message, request)

    broken = Broken()
    rows: t.Any = Marked(Crisp("i", "k", transport=broken, retry=None))

    with pytest.raises(rows.exceptions.ConnectionError):
        rows.find()
    assert len(broken.sent) == 3


def test_an_endpoint_cannot_be_a_decorator() -> None:
    recorder, rows = reports()
    row: t.Any = Reports.list_reports

    with pytest.raises(TypeError, match="declare the other endpoint"):
        row(str)
    with pytest.raises(TypeError, match="declare the other endpoint"):
        row(rows, "w")
    assert recorder.sent == []


def test_an_endpoint_can_be_mocked_by_its_signature() -> None:
    recorder = Recorder()
    web: t.Any = Crisp("i", "k", transport=recorder).website

    with unittest.mock.patch.object(Website, "get_website", autospec=True) as mock:
        mock.return_value = 6
        assert web.get_website("w") == 6

    assert recorder.sent == []
    web.get_website("w")
    assert recorder.last.path == "/v1/website/w"


def test_the_return_type_outlives_a_decorator_of_the_class() -> None:
    class Headed(Marked[Mode]):
        """Under a decorator."""

    recorder = Recorder(envelope(7))
    headed: t.Any = uplink.headers({"X-Tag": "t"})(Headed)

    assert headed(Crisp("i", "k", transport=recorder)).count() == 7
    assert recorder.last.headers["X-Tag"] == "t"


@pytest.mark.parametrize("seconds", [0, -1, "2", (1, 2)])
def test_a_timeout_of_uplinks_is_one_of_ours(seconds: t.Any) -> None:
    class Timed(Reports[Mode]):
        """Under a decorator."""

    recorder = Recorder()
    timed: t.Any = uplink.timeout(seconds)(Timed)

    with pytest.raises(ValueError, match="timeout must be a number of seconds above 0"):
        timed(Crisp("i", "k", transport=recorder)).list_reports("w")
    assert recorder.sent == []


def test_a_body_is_not_added_to_by_a_decorator() -> None:
    recorder, given = Recorder(), {"k": 1}

    Marked(Crisp("i", "k", transport=recorder)).add(given, "n")

    assert recorder.last.json == {"k": 1, "name": "n"}
    assert given == {"k": 1}


def test_arguments_are_read_when_an_async_call_is_made() -> None:
    recorder = AsyncRecorder()

    async def main() -> None:
        client = AsyncCrisp("i", "k", transport=recorder)
        body: dict[str, t.Any] = {}
        calls: list[t.Any] = []
        for number in range(3):
            body["n"] = number
            calls.append(client.post("/a", body))
        client.set_rest_host("https://other.example")
        await asyncio.gather(*calls)

    asyncio.run(main())

    assert [request.json["n"] for request in recorder.sent] == [0, 1, 2]
    assert {request.url for request in recorder.sent} == {"https://api.crisp.chat/v1/a"}


def test_a_retry_of_a_call_through_uplink_is_signed_anew() -> None:
    class Busy(Recorder):
        def send(self, request: Request, /) -> Response:
            super().send(request)
            status = 429 if len(self.sent) == 1 else 200
            client.authenticate("second", "k")
            return Response(request, status, self.body, {"retry-after": "0"})

    busy = Busy()
    client = Crisp("first", "k", transport=busy)
    client.website.session.headers["X-Tag"] = "t"

    client.website.get_website("w")

    first, second = [request.headers["Authorization"] for request in busy.sent]
    assert first != second
    assert [request.headers["X-Tag"] for request in busy.sent] == ["t", "t"]


def test_a_retry_keeps_a_header_that_a_hook_changed_after_signing() -> None:
    def own(call: t.Any) -> None:
        call.info["headers"]["Authorization"] = "Own o"

    inject: t.Any = uplink.inject(RequestAuditor(own))

    class Changed(Consumer[Mode]):
        @inject  # type: ignore[untyped-decorator]
        @get("x")
        def read(self) -> None:
            """Read."""

    recorder = Recorder(envelope({}, error=True), 500)
    client = Crisp("i", "k", transport=recorder, retry=RetryPolicy(initial_delay=0))

    with pytest.raises(ServerError):
        t.cast("t.Any", Changed(client)).read()

    assert {request.headers["Authorization"] for request in recorder.sent} == {"Own o"}
    assert {request.headers["X-Crisp-Tier"] for request in recorder.sent} == {"user"}
    assert len(recorder.sent) == 4


def test_an_argument_error_of_a_hooked_async_call_is_raised_at_its_await() -> None:
    recorder = AsyncRecorder()
    website = AsyncCrisp("i", "k", transport=recorder).website
    website.session.headers["X-Tag"] = "t"

    call = website.get_website("..")

    with pytest.raises(ValueError, match="website_id is"):
        asyncio.run(call)
    assert recorder.sent == []


def test_an_endpoint_may_not_be_named_as_what_sends_it() -> None:
    def core(self: t.Any) -> None:
        """Core."""

    with pytest.raises(TypeError, match=r"Cored\.core: the name is one"):
        type("Cored", (Consumer,), {"core": get("core")(core)})
