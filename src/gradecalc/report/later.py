# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Frozen values of which a part is known, and the rest is found when somebody first asks for it.

Such a value is like any other of its class: equal, hashed, copied and pickled by what it holds, all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from attrs import fields

set_field: Final = object.__setattr__
"""Enters a field of a value that is frozen, while it is made."""

NOT_ALONE: Final = object()
"""Said of a field that is found with all others."""


class Later:
    """The base of a frozen attrs value with slots that may be made before all of its fields are found."""

    __slots__ = ()

    def _found(self) -> Self:
        """Return the whole of it."""
        raise NotImplementedError

    def _found_alone(self, name: str) -> Any:
        """Return a field that is found without all others, or `NOT_ALONE`."""
        raise NotImplementedError

    if not TYPE_CHECKING:  # a type checker is to know the fields of a class, and no others

        def __getattr__(self, name: str) -> Any:
            """Find the fields that are not there yet."""
            alone = NOT_ALONE if name.startswith("_") else self._found_alone(name)
            if alone is not NOT_ALONE:
                set_field(self, name, alone)
                return alone
            names = [] if name.startswith("_") else [each.name for each in fields(type(self))]
            if name not in names:
                raise AttributeError(f"{type(self).__name__!r} has no {name!r}")
            found = self._found()
            for each in names:
                set_field(self, each, getattr(found, each))
            return getattr(found, name)
