"""JSON values against their types, with pydantic as the second opinion."""

from __future__ import annotations

import collections.abc
import datetime as dt
import json
import pickle
import sys
import types
import typing as t

import pydantic
import pytest
import typing_extensions as te

from crisp_api import schema, table
from crisp_api import types as ty
from crisp_api.schema import MissingError, NestingError, SchemaError, check, json_schema
from tests.support.ledger import shapes

NAMES: list[str] = t.cast("t.Any", ty).__all__
OPEN = {"AnalyticsFilter", "OpenValue"}
OBJECTS = [name for name in NAMES if hasattr(getattr(ty, name), "__required_keys__")]
BODIES = {one.id: one.body for one in table.operations() if one.body is not None}
SCALARS: dict[object, object] = {
    str: "text",
    int: 7,
    float: 0.5,
    bool: True,
    types.NoneType: None,
    t.Any: [None],
}
WRONG: list[t.Any] = [None, True, 1, 1.5, "x", [], [None], {}, {"a": None}]


class Node(t.TypedDict, total=False):
    """A type that refers to itself, with hints that are strings."""

    name: t.Required[str]
    children: list[Node]
    parent: Node | None


class Marked(te.TypedDict):
    number: te.NotRequired[float]
    state: t.Annotated[t.Literal["on", "off"], "metadata"]


class Both(Node, total=False):
    size: int


class Circle(t.TypedDict):
    model: t.Literal["v1"]
    kind: t.Literal["circle", "disc"]
    radius: float


class Square(t.TypedDict):
    model: t.Literal["v1"]
    kind: t.Literal["square"]
    sides: list[int]


class Disc(t.TypedDict):
    model: t.Literal["v1"]
    kind: t.Literal["disc"]
    width: int


class Level(t.TypedDict):
    level: t.Literal[1]
    name: str


class Floor(t.TypedDict):
    level: t.Literal[2]
    name: int


class Up(t.TypedDict, total=False):
    way: t.Literal["up"]
    steps: int


class Down(t.TypedDict, total=False):
    way: t.Literal["down"]
    steps: int


Figure = Circle | Square | Disc
JSON_PROBLEM = "data.a[0] should be an array, an object, a string, an integer or null"
Json = te.TypeAliasType("Json", "list[Json] | dict[str, Json] | str | int | None")


def payload(name: str) -> t.Any:
    return getattr(ty, name)


def example(type_: t.Any, skipped: t.Collection[t.Any] = ()) -> t.Any:
    """A value of a type; the types that are skipped have only required fields."""
    origin, args = t.get_origin(type_), t.get_args(type_)
    if origin is t.Literal:
        return args[0]
    if origin in {t.Union, types.UnionType}:
        return example(args[0], skipped)
    if origin is list:
        return [example(args[0], skipped)]
    if origin in {dict, collections.abc.Mapping}:
        return {"key": example(args[1], skipped)}
    if not hasattr(type_, "__required_keys__"):
        return SCALARS[type_]
    names = type_.__required_keys__
    if type_ not in skipped:
        names |= type_.__optional_keys__
    # A type inside itself would have no end.
    inner = {*skipped, type_}
    hints = t.get_type_hints(type_).items()
    return {name: example(hint, inner) for name, hint in hints if name in names}


def minimal(type_: t.Any) -> t.Any:
    """A value of a type that has only required fields."""
    objects = {getattr(ty, name) for name in OBJECTS}
    return example(type_, objects | set(t.get_args(type_)))


def variants(value: t.Any) -> t.Iterator[t.Any]:
    """The value with one thing in it replaced or missing, for all of them."""
    yield from WRONG
    if isinstance(value, dict):
        for name, item in value.items():
            yield {k: v for k, v in value.items() if k != name}
            yield from (value | {name: other} for other in variants(item))
    if isinstance(value, list):
        yield from ([other] for other in variants(value[0]))


def problem(value: object, type_: t.Any) -> str:
    """Return the error of a check, nothing if the value is valid."""
    try:
        check(value, type_)
    except SchemaError as error:
        return str(error)
    return ""


def nested(depth: int) -> t.Any:
    value: t.Any = {"name": "leaf"}
    for _ in range(depth):
        value = {"name": "branch", "children": [value]}
    return value


def test_the_payloads_of_the_ledger_are_among_those_checked() -> None:
    assert {shape.name for shape in shapes()} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_payload_takes_its_examples(name: str) -> None:
    type_ = payload(name)

    assert not problem(example(type_), type_)
    assert not problem(minimal(type_), type_)


@pytest.mark.parametrize("name", sorted({*NAMES} - OPEN))
def test_a_payload_refuses_what_is_no_json(name: str) -> None:
    assert problem(b"bytes", payload(name)).startswith("data should be ")


@pytest.mark.parametrize("name", NAMES)
def test_a_payload_takes_what_pydantic_takes(name: str) -> None:
    type_ = payload(name)
    adapter = pydantic.TypeAdapter[t.Any](type_)

    for value in variants(example(type_)):
        try:
            adapter.validate_python(value, strict=True)
        except pydantic.ValidationError:
            assert problem(value, type_), value
        else:
            assert not problem(value, type_), value


@pytest.mark.parametrize("operation", BODIES)
def test_an_operation_takes_an_example_of_its_body(operation: str) -> None:
    type_ = BODIES[operation]

    assert not problem(example(type_), type_)
    assert problem(b"bytes", type_)


@pytest.mark.parametrize("name", OBJECTS)
def test_the_json_schema_of_an_object_has_its_fields(name: str) -> None:
    type_ = payload(name)
    written = json.loads(json.dumps(json_schema(type_)))

    assert written["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    # That of a type that refers to itself is among its definitions.
    shape = written["$defs"][name] if "$ref" in written else written
    assert shape["type"] == "object"
    assert shape.get("properties", {}).keys() == t.get_type_hints(type_).keys()
    assert set(shape.get("required", ())) == type_.__required_keys__
    assert shape.get("additionalProperties", True)


@pytest.mark.parametrize("name", sorted({*NAMES} - {*OBJECTS} - OPEN))
def test_the_json_schema_of_any_other_type_limits_it(name: str) -> None:
    written = json.loads(json.dumps(json_schema(payload(name))))

    assert written.keys() & {"type", "enum", "anyOf"}


def test_a_json_schema_needs_pydantic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic", None)

    with pytest.raises(ImportError, match="pip install pydantic"):
        json_schema(ty.Website)


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        (str, 1, "data should be a string"),
        (int, True, "data should be an integer"),
        (int, 1.0, "data should be an integer"),
        (float, False, "data should be a number"),
        (float, "1", "data should be a number"),
        (bool, 1, "data should be a boolean"),
        (None, 0, "data should be null"),
        (list, {}, "data should be an array"),
        (dict, [], "data should be an object"),
        (dt.datetime, "2026-01-01", "data should be a datetime"),
        (dt.date, 1, "data should be a date"),
        (list[str], "ab", "data should be an array"),
        (list[str], ["a", 1], "data[1] should be a string"),
        (dict[str, int], [], "data should be an object"),
        (dict[str, int], {"a": "b"}, "data.a should be an integer"),
        (dict[str, int], {"a-b": "c"}, "data['a-b'] should be an integer"),
        (dict[int, int], {1: "c"}, "data[1] should be an integer"),
        (t.Mapping[str, list[int]], {"a": [0, None]}, "data.a[1] should be an integer"),
        (t.Literal["a"], "b", "data should be 'a'"),
        (t.Literal["a", 1] | None, True, "data should be one of 'a', 1 or null"),
        (t.Literal[True, 0], 1, "data should be one of true, 0"),
        (t.Literal[1], 1.0, "data should be 1"),
        (int | str | None, [], "data should be an integer, a string or null"),
        (t.Optional[int], "x", "data should be an integer or null"),  # noqa: UP045
        (list[int] | None, [""], "data[0] should be an integer"),
        (Node | str, 1, "data should be an object or a string"),
        (Node | Marked, [], "data should be an object"),
        (Node | list[Node], [{}], "data[0].name is required"),
        (Node | Marked, {}, "data.name is required"),
        (Marked, {"state": "off", "number": True}, "data.number should be a number"),
        (Marked, {"state": None}, "data.state should be one of 'on', 'off'"),
        (Both, {"name": "a", "size": "b"}, "data.size should be an integer"),
        (Both, {"size": 1}, "data.name is required"),
        (Node, {"name": "a", "parent": {}}, "data.parent.name is required"),
        (Node, {"name": "a", "parent": 1}, "data.parent should be an object or null"),
        (Json, {"a": [0.5]}, JSON_PROBLEM),
    ],
)
def test_an_error_says_where_and_what(
    type_: t.Any, value: object, message: str
) -> None:
    assert problem(value, type_) == message


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (t.Any, object()),
        (object, object()),
        (float, 1),
        (dt.date, dt.date(2026, 1, 1)),
        (dt.datetime, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        (None, None),
        (list, [1, "a"]),
        (dict, {"a": 1}),
        (t.Literal[1, True], True),
        (t.Annotated[str, "metadata"], "text"),
        (Node, {"name": "a", "other": object()}),
        (Both, {"name": "a", "children": [{"name": "b", "parent": None}]}),
        (Marked, {"state": "on"}),
        (Json, {"a": [{"b": ["c", 1, None]}]}),
        (ty.Date, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_a_value_that_fits_passes(type_: t.Any, value: object) -> None:
    assert not problem(value, type_)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1, "data should be an object"),
        ({}, "data.kind is required"),
        ({"kind": 1}, "data.kind should be one of 'circle', 'disc', 'square'"),
        ({"kind": "square"}, "data.model is required"),
        ({"model": "v1", "kind": "square"}, "data.sides is required"),
        (
            {"model": "v1", "kind": "square", "sides": [True]},
            "data.sides[0] should be an integer",
        ),
        (
            {"model": "v1", "kind": "circle", "radius": "x", "sides": []},
            "data.radius should be a number",
        ),
        ({"model": "v1", "kind": "disc"}, "data.radius is required"),
        ({"model": "v1", "kind": "disc", "radius": "x", "width": 1}, ""),
        ({"model": "v1", "kind": "disc", "radius": 1.5}, ""),
    ],
)
def test_an_error_is_about_the_member_that_the_literal_field_names(
    value: object, message: str
) -> None:
    assert problem(value, Figure) == message


def test_a_union_of_one_kind_and_others_takes_the_others() -> None:
    assert not problem(None, Figure | list[str] | None)
    assert problem(1, Figure | list[str]) == "data should be an object or an array"


def test_numbers_do_not_distinguish_members() -> None:
    assert not problem({"level": 2, "name": 1}, Level | Floor)
    assert problem({"level": 2, "name": "x"}, Level | Floor) == "data.level should be 1"


def test_an_optional_literal_field_does_not_distinguish_members() -> None:
    assert not problem({"steps": 1}, Up | Down)
    assert problem({"steps": "x"}, Up | Down) == "data.steps should be an integer"


def test_a_message_is_checked_as_of_its_type() -> None:
    message = {"type": "file", "from": "user", "origin": "chat", "content": {"url": 1}}

    assert problem(message, ty.ConversationMessageNew) == (
        "data.content.url should be a string"
    )


def test_an_error_knows_its_path_and_what_was_expected() -> None:
    with pytest.raises(SchemaError) as wrong:
        check({"segments": ["a", "b", 3]}, ty.ConversationMetaUpdate, path="data.meta")
    with pytest.raises(MissingError) as missing:
        check({}, ty.ConversationStateUpdate)

    assert str(wrong.value) == "data.meta.segments[2] should be a string"
    assert wrong.value.path == "data.meta.segments[2]"
    assert wrong.value.expected == "a string"
    assert missing.value.path == "data.state"
    assert missing.value.expected == "one of 'pending', 'unresolved', 'resolved'"


@pytest.mark.parametrize("kind", [SchemaError, MissingError, NestingError])
def test_an_error_survives_pickling(kind: type[SchemaError]) -> None:
    error = kind("data.a", "a string")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert type(copy) is kind
    assert (str(copy), copy.path, copy.expected) == (
        str(error),
        "data.a",
        "a string",
    )


@pytest.mark.parametrize("type_", [Node, Json])
def test_a_value_nested_too_deeply_is_refused(type_: t.Any) -> None:
    assert not problem(nested(50), type_)
    with pytest.raises(NestingError, match=r"^data is nested too deeply$") as caught:
        check(nested(10_000), type_)
    assert (caught.value.path, caught.value.expected) == ("data", "nested less deeply")


def test_a_value_inside_itself_is_refused() -> None:
    value: dict[str, t.Any] = {"name": "a"}
    value["parent"] = value

    assert problem(value, Node) == "data is nested too deeply"


def test_depth_below_an_open_value_does_not_count() -> None:
    assert not problem({"data": nested(10_000)}, dict[str, t.Any])


def test_a_type_is_compiled_once() -> None:
    check(example(ty.Conversation), ty.Conversation)
    before = schema._compiled.cache_info().misses

    check(example(ty.Conversation), ty.Conversation)

    assert schema._compiled.cache_info().misses == before


def test_metadata_need_not_be_hashable() -> None:
    type_ = list[t.Annotated[str, ["metadata"]]]

    assert not problem(["a"], type_)
    assert problem([1], type_) == "data[0] should be a string"


@pytest.mark.parametrize("type_", [bytes, "str", set[str], t.TypeVar("T"), 1])
def test_a_type_that_no_json_value_has_is_refused(type_: t.Any) -> None:
    with pytest.raises(TypeError, match="not a type that a JSON value"):
        check("text", type_)
