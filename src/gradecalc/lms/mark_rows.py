# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The marks and the results of one learner, as mappings over a tuple: what the columns are is said once for a class.

>>> row = MarkRow({"Quiz": 0, "Essay": 1}, (7, None))
>>> row, "Essay" in row, row | {"Essay": 9}
({'Quiz': 7}, False, {'Quiz': 7, 'Essay': 9})

A table of a hundred thousand learners is a third of what it would be as dictionaries.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from typing import Any, Generic, TypeVar

from ..marks import MarkValue
from .imported import Recorded

_Value = TypeVar("_Value")

Parts = tuple[tuple[str, int], ...]
"""Where the parts of a result stand among the values of a row, each by its field of `Recorded`."""


class _Row(Mapping[str, _Value], Generic[_Value]):
    """A mapping whose equality and text are those of the dictionary that it stands for."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(dict(self))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return {**self, **other}


class MarkRow(_Row[MarkValue]):
    """The marks of a learner by item; `places` says where each stands among the values, None being no mark."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[Any, ...]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, id_: str) -> MarkValue:
        value: MarkValue = self._values[self._places[id_]]
        if value is None:
            raise KeyError(id_)
        return value

    def __iter__(self) -> Iterator[str]:
        values = self._values
        return (id_ for id_, place in self._places.items() if values[place] is not None)

    def items(self) -> ItemsView[str, MarkValue]:
        """Return the marks as pairs, made at once: grading asks for all of them."""
        values = self._values
        marks = {id_: values[place] for id_, place in self._places.items() if values[place] is not None}
        return marks.items()


class ResultRow(_Row[Recorded]):
    """The results that are recorded of a learner, of which at least one part is stated."""

    __slots__ = ("_parts", "_values")

    def __init__(self, parts: Mapping[str, Parts], values: tuple[Any, ...]) -> None:
        self._parts = parts
        self._values = values

    def __getitem__(self, id_: str) -> Recorded:
        found = {part: self._values[place] for part, place in self._parts[id_] if self._values[place] is not None}
        if not found:
            raise KeyError(id_)
        return Recorded(**found)

    def __iter__(self) -> Iterator[str]:
        values = self._values
        for id_, parts in self._parts.items():
            if any(values[place] is not None for _, place in parts):
                yield id_
