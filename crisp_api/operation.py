"""One declared operation, compiled once: from arguments to the parts of a request.

Pure, and independent of uplink. An operation is compiled when its class is made, so
that a call only looks up what was worked out then.
"""

from __future__ import annotations

import inspect
import re
import typing as t

from crisp_api.parameters import Parameter, Parts, Path

__all__ = ["CompiledOperation"]


class CompiledOperation:
    """The request of one endpoint, compiled for fast calls.

    Args:
        name: the name of the declared method.
        method: the HTTP method, in capitals.
        path: relative to the base URL, with the names of arguments in braces.
        signature: the signature of the declared method, ``self`` first.
        parameters: the place of each argument in the request, by name. Arguments that
            are missing here are bound, and left to the caller of `bind`.
        has_answer: whether a call returns data; otherwise it returns None.
        tiers: the tiers that may call it; empty if they are not known.
    """

    def __init__(  # noqa: PLR0913 - named, but for five
        self,
        name: str,
        method: str,
        path: str,
        signature: inspect.Signature,
        parameters: t.Mapping[str, Parameter],
        *,
        has_answer: bool = True,
        tiers: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.method = method
        self.tiers = tiers
        self.parameters = parameters
        self.has_answer = has_answer
        self._signature = signature
        # The path with a %s for each variable, its own percent signs doubled.
        self._pattern = re.sub(r"{\w+}", "%s", path.replace("%", "%%"))
        self._texts = [
            (name, t.cast("Path", parameters[name]).text)
            for name in re.findall(r"{(\w+)}", path)
        ]
        self._others = [
            (name, parameter.add_to)
            for name, parameter in parameters.items()
            if not isinstance(parameter, Path)
        ]
        self._names: set[str] = set()
        self._positional: list[str] = []
        self._required: set[str] = set()
        self._defaults: dict[str, object] = {}
        self._keywords: str | None = None
        for argument in list(signature.parameters.values())[1:]:
            self._add(argument)
        # With at least this many positional arguments, no required one is missing. If
        # one is keyword-only, no number is enough.
        self._enough = len(self._required)
        if not self._required <= set(self._positional):
            self._enough = len(signature.parameters)

    def _add(self, argument: inspect.Parameter) -> None:
        """Note how an argument is passed, and its default if it changes a request."""
        name, default = argument.name, argument.default
        if argument.kind is argument.VAR_KEYWORD:
            self._keywords = name
            return
        self._names.add(name)
        if argument.kind is not argument.KEYWORD_ONLY:
            self._positional.append(name)
        parameter = self.parameters.get(name)
        if default is argument.empty:
            self._required.add(name)
        elif parameter is None or not parameter.is_omitted(default):
            self._defaults[name] = default

    def bind(
        self, args: tuple[t.Any, ...], kwargs: dict[str, t.Any]
    ) -> dict[str, t.Any]:
        """Return the arguments of a call by their names, as Python binds them.

        Raises:
            TypeError: Python would not call the method with these arguments.
        """
        values: dict[str, t.Any] = dict(zip(self._positional, args, strict=False))
        if kwargs or not self._enough <= len(args) <= len(self._positional):
            values = self._bind_keywords(values, args, kwargs)
        return {**self._defaults, **values} if self._defaults else values

    def _bind_keywords(
        self,
        values: dict[str, t.Any],
        args: tuple[t.Any, ...],
        kwargs: dict[str, t.Any],
    ) -> dict[str, t.Any]:
        values.update(kwargs)
        unknown = values.keys() - self._names
        if (
            len(values) < len(args) + len(kwargs)
            or not values.keys() >= self._required
            or (unknown and self._keywords is None)
        ):
            # Raises with Python's own words for what is wrong.
            return self._signature.bind(None, *args, **kwargs).arguments
        if unknown and self._keywords:
            values[self._keywords] = {n: values.pop(n) for n in kwargs if n in unknown}
        return values

    def parts(self, values: dict[str, t.Any]) -> Parts:
        """Return the parts of a request for arguments that are bound.

        Raises:
            ValueError: a value would not arrive as it is.
            TypeError: a value of this type cannot be sent where it goes.
        """
        texts = tuple([text(values[name]) for name, text in self._texts])
        parts = Parts(self._pattern % texts)
        for name, add_to in self._others:
            if name in values:
                add_to(parts, values[name])
        return parts
