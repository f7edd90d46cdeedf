"""JSON as JavaScript's ``JSON.stringify`` writes it.

Crisp signs the text that its servers send. If a framework has parsed the body already,
that text can only be written again, by the same rules.
"""

from __future__ import annotations

import math
import re
import typing as t

__all__ = ["stringify"]

_ESCAPES: t.Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}
# Other control characters, and lone surrogates.
_ESCAPED: t.Final = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')
# Beyond it, not every whole number has a double of its own.
_MAX_SAFE: t.Final = 2**53
# The first exponent, and the first of small numbers, that are written with an "e".
_LARGE, _SMALL = 21, -6
# Keys that JavaScript takes for the index of an array.
_INDEX: t.Final = re.compile(r"0|[1-9][0-9]{0,9}")
_MAX_INDEX: t.Final = 2**32 - 2


def stringify(value: object) -> str:
    """Return a JSON value as text.

    Raises:
        TypeError: it is not a JSON value.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value)
        case str():
            return f'"{_ESCAPED.sub(_escape, value)}"'
        case list() | tuple():
            items = t.cast("t.Sequence[object]", value)
            return f"[{','.join(map(stringify, items))}]"
        case dict():
            fields = t.cast("dict[object, object]", value)
            return f"{{{','.join(_members(fields))}}}"
        case _:
            message = f"{type(value).__name__} is not a JSON value"
            raise TypeError(message)


def _members(fields: dict[object, object]) -> t.Iterator[str]:
    """Yield the members of an object: keys that are an index come first, in order."""
    for key in fields:
        if not isinstance(key, str):
            message = f"a key of a JSON object must be text, not {key!r}"
            raise TypeError(message)
    names = t.cast("dict[str, object]", fields)
    indexes = sorted(filter(_is_index, names), key=int)
    for name in dict.fromkeys([*indexes, *names]):
        yield f"{stringify(name)}:{stringify(names[name])}"


def _is_index(name: str) -> bool:
    return bool(_INDEX.fullmatch(name)) and int(name) <= _MAX_INDEX


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _number(value: float) -> str:
    """Return a number as JavaScript writes it, which has no whole numbers."""
    if isinstance(value, int) and abs(value) <= _MAX_SAFE:
        return str(value)
    try:
        value = float(value)
    except OverflowError:
        return "null"
    if not math.isfinite(value):
        return "null"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    # The value is 0.digits times ten to the power of this.
    point = len(whole) + int(exponent or 0)
    if whole == "0":
        point -= 1 + len(fraction) - len(fraction.lstrip("0"))
    digits = digits.rstrip("0")
    if not digits:
        return "0"
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Return digits with the decimal point after so many of them."""
    if len(digits) <= point <= _LARGE:
        return digits + "0" * (point - len(digits))
    if 0 < point <= _LARGE:
        return f"{digits[:point]}.{digits[point:]}"
    if _SMALL < point <= 0:
        return f"0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"
