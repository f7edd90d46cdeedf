"""Checks of JSON values against the types of `crisp_api.types`, and their JSON Schema.

    check(message, ty.ConversationMessageNew)

raises a `SchemaError` such as ``data.content should be a string``. The payload types
are the only description of what Crisp takes: type checkers read them, and so does this.
"""

from __future__ import annotations

import collections.abc
import datetime as dt
import functools
import json
import sys
import types
import typing as t

from crisp_api.hints import Field, fields, is_typed_dict

__all__ = [
    "MissingError",
    "NestingError",
    "SchemaError",
    "check",
    "json_schema",
]

_DIALECT: t.Final = "https://json-schema.org/draft/2020-12/schema"


class SchemaError(ValueError):
    """A value does not fit its type.

        SchemaError
        ├── MissingError    a required field is absent
        └── NestingError    the value is nested too deeply to be checked

    Attributes:
        path: where the value is, such as ``data.meta.segments[2]``.
        expected: what should be there, such as ``a string``.
    """

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(path, expected)
        self.path = path
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.path} should be {self.expected}"


class MissingError(SchemaError):
    """A required field is absent."""

    def __str__(self) -> str:
        return f"{self.path} is required"


class NestingError(SchemaError):
    """A value is nested too deeply to be checked."""

    def __str__(self) -> str:
        return f"{self.path} is nested too deeply"


def check(value: object, type_: t.Any, *, path: str = "data") -> None:
    """Check a JSON value against a type.

    A field that the type does not have is accepted. An int is a float; a bool is
    neither an int nor a float. A type is compiled once: later checks against it
    are fast.

    Args:
        value: what `json.loads` returns.
        type_: a type of `crisp_api.types`, or one composed of the same parts:
            TypedDicts, literals, unions, lists, dicts and scalars.
        path: the name of the value in error messages.

    Raises:
        SchemaError: the value does not have the type; the message names the place.
        TypeError: the type has a part that no JSON value can be checked against.
    """
    try:
        mismatch = _checker(type_).find(value)
    except RecursionError:
        mismatch = _Mismatch("", "nested less deeply", NestingError)
    if mismatch is not None:
        raise mismatch.error(path + mismatch.path, mismatch.expected)


def json_schema(type_: t.Any) -> dict[str, t.Any]:
    """Return the JSON Schema (draft 2020-12) of a type.

    Raises:
        ImportError: pydantic is not installed.
    """
    try:
        from pydantic import TypeAdapter  # noqa: PLC0415 - optional
    except ImportError as error:
        message = "json_schema() needs pydantic: pip install pydantic"
        raise ImportError(message) from error
    return {"$schema": _DIALECT, **TypeAdapter[t.Any](type_).json_schema()}


class _Mismatch(t.NamedTuple):
    """A problem inside a value; its path is relative to the value."""

    path: str
    expected: str
    error: type[SchemaError] = SchemaError

    def within(self, step: str) -> _Mismatch:
        """Return the mismatch as seen from the value around this one."""
        return self._replace(path=step + self.path)


class _Checker(t.NamedTuple):
    """A compiled type: its description, and a search for the first mismatch."""

    expected: str
    find: t.Callable[[t.Any], _Mismatch | None]


def _checker(type_: t.Any) -> _Checker:
    """Return the checker of a type, compiled once if the type is hashable."""
    try:
        hash(type_)
    except TypeError:
        # Annotated[...] takes any metadata, a list for example.
        return _compile(type_)
    return _compiled(type_)


def _compile(type_: t.Any) -> _Checker:
    if build := _BUILDERS.get(t.get_origin(type_)):
        return build(*t.get_args(type_))
    if is_typed_dict(type_):
        return _typed_dict(type_)
    if hasattr(type_, "__value__"):
        return _checker(_alias_value(type_))
    if type_ in _PLAIN:
        return _PLAIN[type_]
    message = f"{type_!r} is not a type that a JSON value can be checked against"
    raise TypeError(message)


_compiled = functools.cache(_compile)


def _alias_value(alias: t.Any) -> t.Any:
    """Return the value of a `TypeAliasType`, which may be written as a string."""
    holder = types.SimpleNamespace(__annotations__={"value": alias.__value__})
    scope = vars(sys.modules[alias.__module__])
    return t.get_type_hints(holder, scope, include_extras=True)["value"]


def _deferred(type_: t.Any) -> t.Callable[[], _Checker]:
    """Return a function that compiles a type when first called.

    A type that refers to itself could not be compiled otherwise.
    """
    return functools.cache(lambda: _checker(type_))


def _plain(expected: str, *kinds: type) -> _Checker:
    """Return a checker of values by their Python type."""
    mismatch = _Mismatch("", expected)
    # To Python, a bool is an int.
    takes_bool = bool in kinds

    def find(value: t.Any) -> _Mismatch | None:
        fits = isinstance(value, kinds) and (takes_bool or not isinstance(value, bool))
        return None if fits else mismatch

    return _Checker(expected, find)


def _any() -> _Checker:
    def find(_: t.Any) -> None:
        return None

    return _Checker("any value", find)


def _inner(type_: t.Any, *_: t.Any) -> _Checker:
    """Return the checker of what `Annotated` is wrapped around."""
    return _checker(type_)


def _literal(*values: t.Any) -> _Checker:
    words = ", ".join(map(_word, values))
    expected = f"one of {words}" if len(values) > 1 else words

    def find(value: t.Any) -> _Mismatch | None:
        fits = any(_is_same(value, one) for one in values)
        return None if fits else _Mismatch("", expected)

    return _Checker(expected, find)


def _word(value: t.Any) -> str:
    return repr(value) if isinstance(value, str) else json.dumps(value)


def _is_same(value: t.Any, literal: t.Any) -> bool:
    """Return whether a value is a literal; 1 is not True, and 1.0 is not 1."""
    return (
        value == literal
        and isinstance(value, type(literal))
        and isinstance(value, bool) is isinstance(literal, bool)
    )


def _list(item_type: t.Any) -> _Checker:
    item = _deferred(item_type)

    def find(value: t.Any) -> _Mismatch | None:
        if not isinstance(value, list):
            return _Mismatch("", "an array")
        items = t.cast("t.Iterable[t.Any]", value)
        find_in_item = item().find
        for index, one in enumerate(items):
            if mismatch := find_in_item(one):
                return mismatch.within(f"[{index}]")
        return None

    return _Checker("an array", find)


def _dict(_: t.Any, item_type: t.Any) -> _Checker:
    item = _deferred(item_type)

    def find(value: t.Any) -> _Mismatch | None:
        if not isinstance(value, dict):
            return _Mismatch("", "an object")
        items = t.cast("dict[str, t.Any]", value)
        find_in_item = item().find
        for name, one in items.items():
            if mismatch := find_in_item(one):
                return mismatch.within(_step(name))
        return None

    return _Checker("an object", find)


def _typed_dict(type_: t.Any) -> _Checker:
    return _object(lambda: fields(type_))


def _object(fields: t.Callable[[], t.Iterable[Field]]) -> _Checker:
    """Return the checker of an object with some fields, which are read when used."""

    @functools.cache
    def compiled() -> list[tuple[str, bool, _Checker]]:
        return [(one.name, one.required, _checker(one.hint)) for one in fields()]

    def find(value: t.Any) -> _Mismatch | None:
        if not isinstance(value, dict):
            return _Mismatch("", "an object")
        items = t.cast("dict[str, t.Any]", value)
        for name, required, checker in compiled():
            if name not in items:
                if required:
                    return _Mismatch(_step(name), checker.expected, MissingError)
            elif mismatch := checker.find(items[name]):
                return mismatch.within(_step(name))
        return None

    return _Checker("an object", find)


def _step(name: object) -> str:
    """Return the part of a path that leads to a field."""
    is_plain = isinstance(name, str) and name.isidentifier()
    return f".{name}" if is_plain else f"[{name!r}]"


def _union(*members: t.Any) -> _Checker:
    """Return the checker of a union, whose errors are about the right member."""
    objects = [one for one in members if is_typed_dict(one)]
    if not (tag := _tag(objects)):
        return _either([_checker(one) for one in members])
    others = [_checker(one) for one in members if one not in objects]
    return _either([_tagged(tag, objects), *others])


def _either(checkers: list[_Checker]) -> _Checker:
    """Return a checker of values that fit one of several checkers.

    The mismatch of a value of the right kind is inside it; if no checker finds
    one there, the value is of none of the kinds.
    """
    *first, last = dict.fromkeys(checker.expected for checker in checkers)
    expected = f"{', '.join(first)} or {last}" if first else last

    def find(value: t.Any) -> _Mismatch | None:
        inside = None
        for checker in checkers:
            mismatch = checker.find(value)
            if mismatch is None:
                return None
            if inside is None and mismatch.path:
                inside = mismatch
        return inside or _Mismatch("", expected)

    return _Checker(expected, find)


def _tagged(tag: str, objects: list[t.Any]) -> _Checker:
    """Return the checker of objects that a literal field distinguishes."""
    members: dict[str, list[_Checker]] = {}
    for one in objects:
        for word in _tags(one)[tag]:
            members.setdefault(word, []).append(_checker(one))
    by_word = {word: _either(checkers) for word, checkers in members.items()}
    has_tag = _object(lambda: [Field(tag, t.Literal[tuple(by_word)], required=True)])

    def find(value: t.Any) -> _Mismatch | None:
        return has_tag.find(value) or by_word[value[tag]].find(value)

    return _Checker(has_tag.expected, find)


def _tag(objects: list[t.Any]) -> str:
    """Return the literal field that distinguishes several TypedDicts, if one does."""
    first, *others = map(_tags, objects) if objects else [{}]
    for name, words in first.items():
        all_words = [one.get(name) for one in others]
        if all(all_words) and any(one != words for one in all_words):
            return name
    return ""


def _tags(type_: t.Any) -> dict[str, tuple[str, ...]]:
    """Return the words that the required fields of a TypedDict are limited to."""
    return {
        field.name: t.get_args(field.hint)
        for field in fields(type_)
        if field.required
        and t.get_origin(field.hint) is t.Literal
        and all(isinstance(word, str) for word in t.get_args(field.hint))
    }


_PLAIN: t.Final[dict[t.Any, _Checker]] = {
    t.Any: _any(),
    object: _any(),
    None: _plain("null", types.NoneType),
    types.NoneType: _plain("null", types.NoneType),
    bool: _plain("a boolean", bool),
    dict: _plain("an object", dict),
    dt.date: _plain("a date", dt.date),
    dt.datetime: _plain("a datetime", dt.datetime),
    float: _plain("a number", int, float),
    int: _plain("an integer", int),
    list: _plain("an array", list),
    str: _plain("a string", str),
}
_BUILDERS: t.Final[dict[t.Any, t.Callable[..., _Checker]]] = {
    t.Annotated: _inner,
    t.Literal: _literal,
    t.Union: _union,
    collections.abc.Mapping: _dict,
    dict: _dict,
    list: _list,
    types.UnionType: _union,
}
