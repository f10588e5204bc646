# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Frozen values of which a part is known, and the rest is found when somebody first asks for it.

Such a value is like any other of its class: equal, hashed, copied and pickled by what it holds, all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from attrs import fields

_set = object.__setattr__


class Later:
    """The base of a frozen attrs value with slots that may be made before all of its fields are found."""

    __slots__ = ("_find",)

    _find: Callable[[], Any]

    @classmethod
    def later(cls, find: Callable[[], Self], **known: object) -> Self:
        """Return a value of which only this is known yet; `find` makes the whole of it, when that is asked for."""
        made = cls.__new__(cls)
        _set(made, "_find", find)
        for name, value in known.items():
            _set(made, name, value)
        return made

    if not TYPE_CHECKING:  # a type checker is to know the fields of a class, and no others

        def __getattr__(self, name: str) -> Any:
            """Find the fields that are not there yet."""
            names = [] if name.startswith("_") else [each.name for each in fields(type(self))]
            if name not in names:
                raise AttributeError(f"{type(self).__name__!r} has no {name!r}")
            found = self._find()
            for each in names:
                _set(self, each, getattr(found, each))
            return getattr(found, name)
