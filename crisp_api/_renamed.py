"""Errors for options that have a new name."""

from __future__ import annotations

import functools
import typing as t

__all__ = ["refuse_old_options"]

T = t.TypeVar("T", bound=t.Callable[..., t.Any])


def refuse_old_options(**renamed: str) -> t.Callable[[T], T]:
    """Return a decorator for a function or a class whose options were renamed.

    A call with an old name raises a TypeError that names the new one. Otherwise the
    error would say only that the old name is unexpected, and a function that forwards
    unknown options would raise none. Type checkers and ``inspect.signature`` see the
    function or class unchanged.

    Args:
        renamed: the new name for each old one.
    """

    def decorate(target: T) -> T:
        is_class = isinstance(target, type)
        decorated: t.Any = target
        function = decorated.__init__ if is_class else decorated

        @functools.wraps(function)
        def checked(*args: t.Any, **options: t.Any) -> t.Any:
            for name in options:
                if name in renamed:
                    message = (
                        f"{decorated.__name__}() has no option {name!r}; "
                        f"it is now {renamed[name]!r}"
                    )
                    raise TypeError(message)
            return function(*args, **options)

        if not is_class:
            return t.cast("T", checked)
        decorated.__init__ = checked
        return t.cast("T", decorated)

    return decorate
