"""Declarations: what is accepted, and what is refused."""

from __future__ import annotations

import asyncio
import copy
import functools
import inspect
import typing as t
from typing import Annotated, TypedDict, Unpack

import pytest
import typing_extensions
import uplink

from crisp_api import AsyncCrisp, Crisp, NotFoundError, declare, table
from crisp_api.declare import (
    Body,
    Consumer,
    HasMode,
    Mode,
    Query,
    QueryMap,
    Segments,
    Wrapped,
    delete,
    get,
    post,
)
from tests.support.clients import Side
from tests.support.doubles import Recorder, envelope
from tests.support.plain import Decorated, Plain, Told
from tests.support.servers import Recording


class ReportFilters(TypedDict, total=False):
    year: int
    draft: bool


class Reports(Consumer[Mode]):
    """Reports of a website."""

    @get("website/{website_id}/reports/{page_number}", ("user", "plugin"))
    def list_reports(
        self, website_id: str, page_number: int = 1, **filters: Unpack[ReportFilters]
    ) -> list[str]:
        """List Reports."""
        raise NotImplementedError

    @post("website/{website_id}/report")
    def add_report(
        self,
        website_id: str,
        data: Body[dict[str, t.Any]],
        *,
        notify: Query[bool] = True,
    ) -> dict[str, t.Any]:
        """Add A Report."""
        raise NotImplementedError

    @delete("website/{website_id}/report/{path}")
    def remove_report(self, website_id: str, path: Segments) -> None:
        """Remove A Report."""

    @declare.get("reports")
    def search(
        self,
        query: QueryMap[dict[str, t.Any] | None] = None,
        **filters: Unpack[ReportFilters],
    ) -> object:
        """Search Reports."""

    find = search


def test_a_custom_consumer_sends_through_a_client() -> None:
    recorder = Recorder(envelope(["a"]))
    reports = Reports(Crisp("i", "k", tier="plugin", transport=recorder))

    assert reports.list_reports("w", year=2026, draft=True) == ["a"]
    assert recorder.last.path == "/v1/website/w/reports/1"
    assert recorder.last.params == {"year": "2026", "draft": "1"}
    assert recorder.last.headers["Authorization"] == "Basic aTpr"


def test_a_custom_consumer_sends_only_its_arguments(side: Side) -> None:
    recorder = side.recorder(envelope(["a"]))
    reports = Reports(side.client(transport=recorder))

    assert side.run(lambda: reports.list_reports("w")) == ["a"]
    assert recorder.last.params == {}


def test_a_custom_consumer_raises_the_errors_of_its_client(side: Side) -> None:
    recorder = side.recorder(envelope({}, error=True), 404)
    reports = Reports(side.client(transport=recorder))

    with pytest.raises(NotFoundError):
        side.run(lambda: reports.list_reports("w"))


def test_arguments_go_where_they_say() -> None:
    recorder = Recorder(envelope({"report_id": "r"}))
    reports = Reports(Crisp("i", "k", transport=recorder))

    assert reports.add_report("w", {"name": "x"}) == {"report_id": "r"}
    assert recorder.last.params == {"notify": "1"}
    assert recorder.last.json == {"name": "x"}

    reports.remove_report("w", "2026/may")
    assert recorder.last.path == "/v1/website/w/report/2026/may"

    reports.search({"a": [1], "b": None}, year=2026)
    assert recorder.last.params == {"a": "[1]", "year": "2026"}


def test_an_endpoint_without_an_answer_returns_none() -> None:
    reports = Reports(Crisp("i", "k", transport=Recorder(envelope({"some": "data"}))))

    assert t.cast("object", reports.remove_report("w", "x")) is None


def test_a_consumer_may_have_a_constructor_of_its_own() -> None:
    class Tagged(Reports[Mode]):
        def __init__(self, client: HasMode[Mode], tag: str) -> None:
            super().__init__(client)
            self.session.headers["X-Tag"] = tag

    recorder = Recorder(envelope([]))
    client = Crisp("i", "k", transport=recorder)
    Tagged(client, "t").list_reports("w")
    assert recorder.last.headers["X-Tag"] == "t"

    Reports(client).list_reports("w")
    assert "X-Tag" not in recorder.last.headers


def test_an_endpoint_can_be_declared_on_a_client() -> None:
    class MyCrisp(Crisp):
        @get("website/{website_id}/reports")
        def list_reports(self, website_id: str) -> list[str]:
            """List Reports."""
            raise NotImplementedError

    recorder = Recorder(envelope(["a"]))

    assert MyCrisp("i", "k", transport=recorder).list_reports("w") == ["a"]
    assert recorder.last.headers["Authorization"] == "Basic aTpr"


def test_a_table_reads_its_own_operations() -> None:
    assert {one.name: (one.verb, one.path) for one in table.operations(Reports)} == {
        "list_reports": ("GET", "website/{website_id}/reports/{page_number}"),
        "add_report": ("POST", "website/{website_id}/report"),
        "remove_report": ("DELETE", "website/{website_id}/report/{path}"),
        "search": ("GET", "reports"),
    }


def test_a_declaration_is_still_a_function_to_read() -> None:
    assert Reports.add_report.__doc__ == "Add A Report."
    assert "data" in inspect.signature(Reports.add_report.__wrapped__).parameters


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "missing a required argument: 'website_id'"),
        (("w", 1, 2), "too many positional arguments"),
    ],
)
def test_a_call_with_other_arguments_names_its_method(
    arguments: tuple[t.Any, ...], problem: str
) -> None:
    reports: t.Any = Reports(Crisp("i", "k", transport=Recorder()))

    with pytest.raises(TypeError, match=rf"^Reports\.list_reports\(\) {problem}$"):
        reports.list_reports(*arguments)


@pytest.mark.parametrize("body", ["text", 7, b"bytes"])
def test_a_body_that_is_no_object_is_refused(body: object) -> None:
    recorder = Recorder()
    reports: t.Any = Reports(Crisp("i", "k", transport=recorder))

    with pytest.raises(TypeError, match=r"Reports\.add_report: data must be a dict"):
        reports.add_report("w", body)
    assert recorder.sent == []


def declared(path: str, function: t.Callable[..., t.Any], verb: t.Any = get) -> None:
    function.__qualname__ = "Reports.broken"
    verb(path)(function)


@pytest.mark.parametrize(
    "path",
    [
        *("/x", "x?a=1", "", "x/../y", "x//y", "./x", "x#y", "x y", "x/é", "x/b}"),
        *("https://elsewhere.example/x", "x/{ a }", "x/{a", "x/{{a}}", "x/%2e%2e/y"),
    ],
)
def test_a_path_that_would_not_arrive_is_refused(path: str) -> None:
    def broken(self: object) -> None: ...

    with pytest.raises(
        TypeError, match=r"^Reports\.broken: the path .* must be relative"
    ):
        declared(path, broken)


@pytest.mark.parametrize("path", ["x/a-{path}.md", "{path}/x", "x/{path}.md"])
def test_an_argument_with_slashes_is_a_whole_segment(path: str) -> None:
    def broken(self: object, path: Segments) -> None: ...

    with pytest.raises(TypeError, match=r"Reports\.broken: 'path' is more than a part"):
        declared(path, broken)


def test_what_is_no_plain_method_is_refused() -> None:
    async def coroutine(self: object) -> None: ...

    def lonely() -> None: ...

    def keywords(*, a: Query[int]) -> None: ...

    cases: list[tuple[t.Any, str]] = [
        (coroutine, "write def"),
        (lonely, "a method takes self"),
        (keywords, "a method takes self"),
        (staticmethod(lonely), "put the verb directly above a method"),
    ]
    for broken, problem in cases:
        with pytest.raises(TypeError, match=rf"Reports\.broken: {problem}"):
            declared("x", broken)
    with pytest.raises(TypeError, match=r"Reports\.broken: a verb takes a path"):
        t.cast("t.Any", get)(lonely)


@pytest.mark.parametrize("tiers", ["plugin", ("admin",), ("plugin", None)])
def test_a_tier_that_is_not_one_is_refused(tiers: t.Any) -> None:
    def broken(self: object) -> None: ...

    with pytest.raises(TypeError, match=r"Reports\.broken: tiers are in a tuple"):
        declared("x", broken, lambda path: get(path, tiers))


def test_a_route_by_hand_is_the_whole_path() -> None:
    def broken(self: object, a: str, rest: declare.Resource) -> None: ...

    with pytest.raises(TypeError, match=r"Reports\.broken: 'rest' is more than a part"):
        declared("x/{a}/{rest}", broken)


def test_many_bodies_are_refused() -> None:
    def broken(self: object, **many: Body[t.Any]) -> None: ...

    with pytest.raises(
        TypeError, match=r"Reports\.broken: 'many' takes any number of arguments"
    ):
        declared("x", broken, post)


def logged(function: t.Any) -> t.Any:
    """A decorator above a verb, which is refused."""

    @functools.wraps(function)
    def wrapper(*args: t.Any, **kwargs: t.Any) -> t.Any:
        return function(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize("above", [logged, staticmethod, classmethod, property])
def test_a_decorator_above_a_verb_is_refused(above: t.Any) -> None:
    with pytest.raises(
        TypeError, match=r"Above\.remove: nothing but uplink's decorators"
    ):

        class Above(Consumer):
            @above  # type: ignore[untyped-decorator]
            @delete("website/{website_id}")
            def remove(self, website_id: str) -> None: ...


def test_an_endpoint_of_a_class_that_is_no_consumer_is_refused() -> None:
    class Mixin:
        @get("x")
        def list_items(self) -> None: ...

    with pytest.raises(TypeError, match=r"Mixed\.list_items: nothing but uplink's"):

        class Mixed(Mixin, Consumer):
            pass


def test_a_name_that_uplink_uses_is_refused() -> None:
    with pytest.raises(
        TypeError, match=r"Named\.session: the name is one that uplink's"
    ):

        class Named(Consumer):
            @get("x")
            def session(self) -> None: ...


def test_a_hint_that_cannot_be_read_is_refused_by_name() -> None:
    def broken(self: object, a: Annotated[Unknown, uplink.Header]) -> None: ...  # type: ignore[name-defined] # noqa: F821

    def lost(self: object, **filters: Unpack[Lost]) -> None: ...  # type: ignore[name-defined, misc] # noqa: F821

    with pytest.raises(
        TypeError, match=r"Reports\.broken: the hint of 'a' cannot be read"
    ):
        declared("x", broken)
    with pytest.raises(
        TypeError, match=r"Reports\.broken: Lost cannot be found at run time"
    ):
        declared("x", lost)


def test_types_need_not_exist_at_run_time() -> None:
    class Typed(Consumer):
        @get("x/{a}")
        def read(
            self,
            a: Annotated[str, "the id"],
            tag: Annotated[str, uplink.Header("X-Tag")],
            at: Query[Unknown] = 1,  # type: ignore[name-defined] # noqa: F821
        ) -> None:
            """Read."""

    recorder = Recorder()
    Typed(Crisp("i", "k", transport=recorder)).read("a", "t")

    assert recorder.last.params == {"at": "1"}


def test_a_path_variable_without_argument_is_refused() -> None:
    def broken(self: object) -> None: ...

    with pytest.raises(
        TypeError, match=r"Reports\.broken: the path .* names 'a', which is no"
    ):
        declared("x/{a}", broken)


def test_a_path_variable_named_twice_is_refused() -> None:
    def broken(self: object, a: str) -> None: ...

    with pytest.raises(
        TypeError, match=r"Reports\.broken: the path .* names an argument twice"
    ):
        declared("x/{a}/{a}", broken)


def test_an_argument_without_a_place_is_refused() -> None:
    def broken(self: object, a: str, lost: int) -> None: ...

    with pytest.raises(
        TypeError,
        match=r"Reports\.broken: the argument 'lost' must have exactly one place",
    ):
        declared("x/{a}", broken)


def test_an_argument_in_two_places_is_refused() -> None:
    def broken(self: object, a: Query[str]) -> None: ...

    with pytest.raises(
        TypeError,
        match=r"Reports\.broken: the argument 'a' must have exactly one place",
    ):
        declared("x/{a}", broken)


def test_two_bodies_are_refused() -> None:
    def broken(self: object, a: Body[t.Any], b: Body[t.Any]) -> None: ...

    with pytest.raises(TypeError, match=r"Reports\.broken: a and b are two bodies"):
        declared("x", broken, post)


def test_a_read_with_a_body_is_refused() -> None:
    def broken(self: object, a: Body[t.Any]) -> None: ...

    with pytest.raises(TypeError, match=r"Reports\.broken: a GET request has no body"):
        declared("x", broken)


def test_many_arguments_without_names_are_refused() -> None:
    def broken(self: object, *many: str) -> None: ...

    with pytest.raises(
        TypeError, match=r"Reports\.broken: 'many' takes any number of arguments"
    ):
        declared("x", broken)


def test_a_bad_declaration_fails_as_its_class_is_made() -> None:
    with pytest.raises(
        TypeError, match=r"Bad\.lost: the argument 'lost' must have exactly one place"
    ):

        class Bad(Consumer):
            @get("x")
            def lost(self, lost: int) -> None: ...


def test_hints_that_are_not_postponed_are_read_too() -> None:
    recorder = Recorder()
    told = Told(Crisp("i", "k", transport=recorder))

    told.read("a", "tag", 2, year=2026)
    assert recorder.last.path == "/v1/x/a"
    assert recorder.last.params == {"page": "2", "year": "2026"}
    assert recorder.last.headers["X-Tag"] == "tag"
    with pytest.raises(TypeError, match="unexpected keyword argument 'month'"):
        t.cast("t.Any", told).read("a", "tag", month=1)

    t.cast("t.Any", told).search(anything=1)
    assert recorder.last.params == {"anything": "1"}

    told.write({"a": 1})
    assert recorder.last.json == {"a": 1}


def test_an_annotation_of_uplink_works_in_a_postponed_hint() -> None:
    class Tagged(Consumer):
        @get("x")
        def tagged(self, tag: Annotated[str, uplink.Header("X-Tag")]) -> None:
            """Tagged."""

    recorder = Recorder()
    Tagged(Crisp("i", "k", transport=recorder)).tagged("t")

    assert recorder.last.headers["X-Tag"] == "t"


def test_keywords_without_names_are_any_query() -> None:
    class Free(Consumer):
        @get("x")  # type: ignore[arg-type]
        def search(self, **query: t.Any) -> None:
            """Search."""

    recorder = Recorder()
    free: t.Any = Free(Crisp("i", "k", transport=recorder))
    free.search(anything=True)

    assert recorder.last.params == {"anything": "1"}


def test_uplinks_own_decorators_keep_working(side: Side) -> None:
    recorder = Recorder(envelope(["a"]))
    decorated = Decorated(side.client(transport=recorder))

    assert side.run(decorated.list_items) == ["A"]
    assert recorder.last.timeout == 3
    assert recorder.last.headers["X-Tag"] == "t"

    recorder.status, recorder.body = 404, envelope({}, error=True)
    with pytest.raises(LookupError) as caught:
        side.run(decorated.list_items)
    assert caught.value.args == (NotFoundError, True)


def test_an_async_response_handler_of_uplink_changes_the_response() -> None:
    recorder = Recorder(envelope(["a"]))
    decorated = Decorated(AsyncCrisp("i", "k", transport=recorder))

    assert asyncio.run(decorated.list_items_async()) == ["A"]


def test_a_form_is_refused() -> None:
    recorder = Recorder()

    with pytest.raises(
        TypeError, match="a client of Crisp sends JSON bodies, not uplink's data"
    ):
        Told(Crisp("i", "k", transport=recorder)).send_form("a")
    assert recorder.sent == []


@pytest.mark.parametrize("decorator", [uplink.form_url_encoded, uplink.multipart])
def test_a_declaration_with_another_body_than_json_is_refused(decorator: t.Any) -> None:
    with pytest.raises(TypeError, match="add: Crisp takes JSON, not @"):

        class _Forms(Consumer[Mode]):
            @decorator  # type: ignore[untyped-decorator]
            @post("x")
            def add(self, data: Body[dict[str, t.Any]]) -> None:
                """Add."""


def test_a_url_that_would_show_the_token_is_warned_of() -> None:
    recorder = Recorder()
    plain: t.Any = Told(Crisp("i", "k", transport=recorder))

    with pytest.warns(UserWarning, match=r"to http://other.example are not encrypted"):
        plain.read_any("http://other.example:80/x")
    # Warnings are errors, so these do not warn.
    plain.read_any("https://other.example/x")
    plain.read_any("https://api.crisp.chat/v1/x")

    assert len(recorder.sent) == 3


def test_a_url_on_a_host_that_only_begins_alike_is_warned_of() -> None:
    client = Crisp("i", "k", base_url="http://127.0.0.1", transport=Recorder())
    plain: t.Any = Told(client)

    with pytest.warns(UserWarning, match=r"to http://127.0.0.1.example are not"):
        plain.read_any("http://127.0.0.1.example/x")


def test_a_plain_uplink_consumer_keeps_working_beside_it(server: Recording) -> None:
    plain: t.Any = Plain(base_url=server.url)

    assert plain.get_website("w") == {"error": False, "reason": "resolved", "data": {}}
    assert server.last.target == "/v1/website/w?page=1"


class LaterFilters(typing_extensions.TypedDict, total=False):
    year: int


def test_filters_may_be_written_by_typing_extensions() -> None:
    class Later(Consumer):
        @get("x")
        def search(self, **filters: Unpack[LaterFilters]) -> object:
            """Search."""
            raise NotImplementedError

    recorder = Recorder()
    later: t.Any = Later(Crisp("i", "k", transport=recorder))

    later.search(year=2026)
    assert recorder.last.params == {"year": "2026"}
    with pytest.raises(TypeError, match="unexpected keyword argument 'month'"):
        later.search(month=1)


def test_custom_endpoints_can_be_listed() -> None:
    call = (
        "list_reports(website_id: str, page_number: int = 1, "
        "**filters: Unpack[ReportFilters]) -> list[str]"
    )

    postponed = list(table.listing(table.operations(Reports)))
    evaluated = list(table.listing(table.operations(Told)))

    assert Reports.list_reports.tiers == ("user", "plugin")
    assert Reports.add_report.tiers == ()
    assert postponed[0] == evaluated[0] == ("service\tcall\tverb\tpath\tlabel\ttiers")
    assert postponed[1].split("\t") == [
        "Reports",
        call,
        "GET",
        "website/{website_id}/reports/{page_number}",
        "List Reports",
        "user, plugin",
    ]
    assert "Told\tread(name: str, tag: " in evaluated[1]
    assert evaluated[1].endswith("\tGET\tx/{name}\tRead\t")


@pytest.mark.parametrize(
    ("name", "args", "shape"),
    [
        (
            "change_conversation_state",
            ("w", "s", "unresolved"),
            '{"state": ...}, not str',
        ),
        (
            "update_message_in_conversation",
            ("w", "s", 1, "Hey"),
            '{"content": ...}, not',
        ),
        (
            "block_incoming_messages_for_conversation",
            ("w", "s", True),
            '{"blocked": ...}, not bool',
        ),
        ("batch_remove_items", ("w", ["session_1"]), r'"sessions": .*\}, not list'),
        ("save_people_data", ("w", "p", 7), "not int"),
    ],
)
def test_an_error_for_a_bare_body_shows_the_object_to_pass(
    name: str, args: tuple[t.Any, ...], shape: str
) -> None:
    recorder = Recorder()
    website: t.Any = Crisp("i", "k", transport=recorder).website

    with pytest.raises(TypeError, match=rf"\.{name}: data must be a dict.*{shape}"):
        getattr(website, name)(*args)
    assert recorder.sent == []


def test_a_list_is_a_body_where_its_type_says_so() -> None:
    recorder = Recorder()
    client: t.Any = Crisp("i", "k", transport=recorder)

    client.website.batch_order_inboxes("w", [{"inbox_id": "i", "order": 1}])
    client.post("/a", [1, 2])

    assert [request.json for request in recorder.sent] == [
        [{"inbox_id": "i", "order": 1}],
        [1, 2],
    ]
    with pytest.raises(TypeError, match="data must be a dict or a list, not str"):
        client.post("/a", "text")


def test_a_body_of_an_unknown_type_may_be_a_list() -> None:
    class Unknown(Consumer[Mode]):
        @post("x")
        def save(self, data: Body[Nowhere]) -> None:  # type: ignore[name-defined] # noqa: F821
            """Save."""

    recorder = Recorder()
    unknown: t.Any = Unknown(Crisp("i", "k", transport=recorder))

    unknown.save([1])

    assert recorder.last.json == [1]
    with pytest.raises(TypeError, match="data must be a dict, not str"):
        unknown.save("text")


@pytest.mark.parametrize("verb", ["save_people_data", "update_people_data"])
@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"plan": "pro"}, {"data": {"plan": "pro"}}),
        ({"data": {"plan": "pro"}}, {"data": {"plan": "pro"}}),
        ({"data": "mine"}, {"data": {"data": "mine"}}),
        ({"data": {}, "plan": 1}, {"data": {"data": {}, "plan": 1}}),
        ({}, {"data": {}}),
    ],
)
def test_the_data_of_a_contact_is_sent_wrapped(
    verb: str, given: dict[str, t.Any], sent: dict[str, t.Any]
) -> None:
    recorder, before = Recorder(), copy.deepcopy(given)
    website: t.Any = Crisp("i", "k", transport=recorder).website

    getattr(website, verb)("w", "p", given)

    assert recorder.last.json == sent
    assert given == before


def test_data_that_is_left_out_is_not_wrapped() -> None:
    class Optional(Consumer[Mode]):
        @post("x")
        def save(self, data: Wrapped[dict[str, t.Any] | None] = None) -> None:
            """Save."""

    recorder = Recorder()
    optional: t.Any = Optional(Crisp("i", "k", transport=recorder))

    optional.save(None)
    optional.save()
    optional.save({"a": 1})

    assert [request.json for request in recorder.sent] == [{}, {}, {"data": {"a": 1}}]
