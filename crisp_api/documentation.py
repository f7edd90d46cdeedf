"""Docstrings that ``help()`` extends, and types as a reader knows them.

An editor shows the written docstring of an endpoint. ``help()`` formats a docstring
before it prints it, and a `Docstring` then becomes the whole page of
`crisp_api.reference`. That module is loaded by its name, because it stands above the
declarations that have the docstrings; so import time does not grow.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import inspect
import sys
import types
import typing as t

from crisp_api import hints

__all__ = ["Docstring", "field_docs", "readable", "spell"]


class Docstring(str):  # noqa: SLOT000 - they are of no use to a subclass of str
    """The docstring of an endpoint, which ``help()`` prints with all that is known.

    Args:
        text: the written docstring.
        find: returns the endpoint, as it is looked up on its class.
    """

    _find: t.Callable[[], t.Any]

    def __new__(cls, text: str, find: t.Callable[[], t.Any]) -> t.Self:
        """Return the written docstring."""
        docstring = super().__new__(cls, text)
        docstring._find = find
        return docstring

    def expandtabs(self, tabsize: t.SupportsIndex = 8) -> str:
        """Return the whole page: `inspect.cleandoc` starts with this method."""
        text = str(self)
        # If a type cannot be found at run time, the written text has to do.
        with contextlib.suppress(TypeError):
            text = importlib.import_module("crisp_api.reference").page(self._find())
        return text.expandtabs(tabsize)


def readable(signature: inspect.Signature, function: t.Any) -> inspect.Signature:
    """Return a signature whose types are spelled as a reader knows them.

    Args:
        signature: of the function, with ``self`` or without it.
        function: the declared method.
    """
    try:
        found = t.get_type_hints(function, include_extras=True)
    except NameError:
        return inspect.Signature(
            list(signature.parameters.values()),
            return_annotation=signature.return_annotation,
        )
    shown = [
        argument.replace(annotation=_Spelled(spell(found[name])))
        if name in found
        else argument
        for name, argument in signature.parameters.items()
    ]
    answer = _Spelled(spell(found["return"])) if "return" in found else signature.empty
    return inspect.Signature(shown, return_annotation=answer)


class _Spelled(str):
    """A type that shows itself without quotes in a signature."""

    __slots__ = ()
    __repr__ = str.__str__


def spell(type_: t.Any) -> str:
    """Return a type as one writes it, without modules: ``list[Conversation]``."""
    origin, arguments = t.get_origin(type_), t.get_args(type_)
    if origin is t.Annotated or origin is t.Unpack:
        return spell(arguments[0])
    if origin is t.Literal:
        return " | ".join(map(repr, arguments))
    if origin in {t.Union, types.UnionType}:
        return " | ".join(dict.fromkeys(map(spell, arguments)))
    if origin is not None:
        inner = ", ".join("..." if one is ... else spell(one) for one in arguments)
        return f"{origin.__name__}[{inner}]"
    if type_ is type(None):
        return "None"
    return getattr(type_, "__name__", str(type_))


def field_docs(type_: t.Any) -> dict[str, str]:
    """Return the docstrings below the fields of a TypedDict, from its source."""
    module = sys.modules[type_.__module__]
    node = _classes(type_.__module__).get(type_.__name__)
    if node is None:
        return {}
    found: dict[str, str] = {}
    for base in node.bases:
        parent = getattr(module, base.id, None) if isinstance(base, ast.Name) else None
        if hints.is_typed_dict(parent):
            found |= field_docs(parent)
    name = ""
    for statement in node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case ast.Expr(value=ast.Constant(value=str() as text)) if name:
                # A long line leaves the closing quotes on a line of their own.
                found[name] = inspect.cleandoc(text).rstrip()
            case _:
                pass
    return found


@functools.cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """Return the classes in the source of a module; none where it has no source."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (OSError, TypeError):
        return {}
    body = ast.parse(source).body
    return {node.name: node for node in body if isinstance(node, ast.ClassDef)}
