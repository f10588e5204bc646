# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Frozen values as attrs makes them, but compared, hashed and shown by what is written here once.

attrs writes, compiles and runs a text for each method of each class. With some 90 classes in the core, and 350 in all,
that was a third of the time that importing takes; which fields count is all that differs between their methods.

>>> from attrs import field
>>> @frozen
... class Lap:
...     seconds: int
...     note: str = field(default="", eq=False)
>>> Lap(62) == Lap(62, note="rain"), len({Lap(62), Lap(62, note="rain")}), Lap(62) == 62
(True, 1, False)
>>> Lap(62), Lap(62, note="rain")
(Lap(seconds=62), Lap(seconds=62, note='rain'))

What a field holds by default is not shown: a gradebook in a traceback is as long as what was said of it.
To who reads a class, and to a type checker, this is `attrs.frozen`; a field says what is not compared or shown. It
knows no `cache_hash` and no key by which a field is compared, and a value that holds itself cannot be shown.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

__all__ = ["frozen", "holds_default"]


def holds_default(self: Any, field: Any) -> bool:
    """Return whether a field of a value holds what it does where nothing is said, in the very type."""
    value, default = getattr(self, field.name), field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a function to type checkers
        default = default.factory(self) if default.takes_self else default.factory()
    return type(value) is type(default) and value == default


def _value(of: type | None = None, /, **options: Any) -> Any:
    """Make a class frozen as `attrs.frozen` does, with the methods below where it is to have them and has none."""
    shared = {**(_COMPARED if options.get("eq", True) else {}), **(_SHOWN if options.get("repr", True) else {})}

    def _made(of: type) -> Any:
        for name, method in shared.items():
            if name not in vars(of):
                setattr(of, name, method)
        value: Any = attrs.frozen(of, **options)
        fields = attrs.fields(value)
        value.__compared__ = _getter([each.name for each in fields if each.eq])
        value.__hashed__ = _getter([each.name for each in fields if (each.eq if each.hash is None else each.hash)])
        value.__shown__ = [each for each in fields if each.repr]
        return value

    return _made if of is None else _made(of)


def _getter(names: list[str]) -> attrgetter[Any]:
    return attrgetter(*names or ["__class__"])


def _equals(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    of = self.__compared__
    return of(self) == of(other)


def _hash(self: Any) -> int:
    return hash((self.__class__, self.__hashed__(self)))


def _repr(self: Any) -> str:
    shown = ", ".join([_written(self, each) for each in self.__shown__ if not holds_default(self, each)])
    return f"{self.__class__.__qualname__.rsplit('>.', 1)[-1]}({shown})"


def _written(self: Any, field: Any) -> str:
    write = repr if field.repr is True else field.repr
    return f"{field.name}={write(getattr(self, field.name))}"


_COMPARED = {"__eq__": _equals, "__hash__": _hash}
_SHOWN = {"__repr__": _repr}

if TYPE_CHECKING:
    from attrs import frozen
else:
    frozen = _value
