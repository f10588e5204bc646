# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Values whose parts are found when somebody first asks for them, each once.

>>> class Square(Later):
...     __slots__ = ("area", "side")
...
...     def __init__(self, side: int) -> None:
...         self.side = side
...
...     def _find(self, name: str) -> object:
...         return self.side**2 if name == "area" else NOT_FOUND
>>> Square(3).area
9

A frozen value made so is like any other of its class: equal, hashed, copied and pickled by what it holds, all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

set_field: Final = object.__setattr__
"""Enters a field of a value that is frozen, while it is made."""

new: Final = object.__new__
"""Makes a value of a class that has nothing in its slots yet."""


def entering(kind: type, name: str) -> Callable[[object, object], None]:
    """Return what enters a field of a frozen value with slots while it is made, twice as fast as `set_field`."""
    enter: Callable[[object, object], None] = kind.__dict__[name].__set__
    return enter


NOT_FOUND: Final = object()
"""Said of a name that there is not."""


class Later:
    """The base of a value with slots of which some are filled when they are first asked for."""

    __slots__ = ()

    def _find(self, name: str) -> Any:
        """Return what belongs into the slot of a name, or `NOT_FOUND`."""
        raise NotImplementedError

    if not TYPE_CHECKING:  # a type checker is to know the fields of a class, and no others

        def __getattr__(self, name: str) -> Any:
            """Find what is not there yet."""
            found = self._find(name)
            if found is NOT_FOUND:  # or it is a property, of which what it raised is raised again
                return object.__getattribute__(self, name)
            set_field(self, name, found)
            return found
