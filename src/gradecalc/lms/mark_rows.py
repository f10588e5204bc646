# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The marks and the results of a class, as mappings over codes: columns and values are said once for all.

>>> legend = Legend()
>>> table = MarkRows({"Quiz": 0, "Essay": 1}, legend.values, {"ada": pack([legend.code(7), NO_VALUE])}, columns=2)
>>> row = table["ada"]
>>> table, "Essay" in row, row | {"Essay": 9}
({'ada': {'Quiz': 7}}, False, {'Quiz': 7, 'Essay': 9})

A class writes the same few hundred values over and over, so that a mark is a byte or two, and a learner's row is made
when somebody looks: a table of a hundred thousand learners is a sixth of what it would be as dictionaries.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, Final, Generic, NoReturn, TypeVar

from ..marks import Mark, MarkValue
from .imported import Recorded

_Value = TypeVar("_Value")

Codes = Sequence[int]
"""What stands in each column of a row, as codes of a legend."""

Parts = tuple[tuple[str, int], ...]
"""Where the parts of a result stand among the codes of a row, each by its field of `Recorded`."""

NO_VALUE: Final = 0
"""The code of None, which is no mark and no result."""

MOST_REMEMBERED: Final = 100_000
"""How many different texts or values are looked for among those that are there; others are entered as they come."""


_KEPT: Final = (
    "what was read is left as it is: gradecalc.enter, exempt and unexempt give new marks of a learner, and "
    "{**imported.marks, learner: marks} is a class with them"
)
_BYTE: Final = 0xFF
_TWO_BYTES: Final = 0xFFFF


class Legend:
    """The values that stand in a table, by their codes."""

    __slots__ = ("_codes", "values")

    def __init__(self) -> None:
        self.values: list[Any] = [None]
        self._codes: defaultdict[type, dict[Any, int]] = defaultdict(dict, {NoneType: {None: NO_VALUE}})

    def code(self, value: Any) -> int:
        """Return the code of a value, that of an equal one of its type if there is one."""
        code = None if isinstance(value, Mark) else self._codes[type(value)].get(value)
        return self._add(value) if code is None else code

    def _add(self, value: Any) -> int:
        code = len(self.values)
        self.values.append(value)
        if code < MOST_REMEMBERED and not isinstance(value, Mark):
            self._codes[type(value)][value] = code
        return code


def pack(codes: Sequence[int]) -> bytes:
    """Return codes in as little room as they need: a byte each, or two, or four."""
    most = max(codes, default=NO_VALUE)
    if most <= _BYTE:
        return bytes(codes)
    return array("H" if most <= _TWO_BYTES else "I", codes).tobytes()


def unpack(packed: bytes, columns: int) -> Codes:
    """Return the codes of so many columns that were packed."""
    if len(packed) == columns:
        return packed
    return array("H" if len(packed) == 2 * columns else "I", packed)


class _AsDictionary(Mapping[str, _Value], Generic[_Value]):
    """A mapping whose equality and text are those of the dictionary that it stands for."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(dict(self))

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return {**self, **other}

    def __ror__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return {**other, **self}

    def __setitem__(self, key: str, value: object) -> NoReturn:
        raise TypeError(_KEPT)

    def __delitem__(self, key: str) -> NoReturn:
        raise TypeError(_KEPT)


class _Row(_AsDictionary[_Value]):
    """What a learner has, of which what is blank is no part."""

    __slots__ = ()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)


class MarkRow(_Row[MarkValue]):
    """The marks of a learner by item; `places` says where each stands among the codes of the values."""

    __slots__ = ("_codes", "_places", "_values")

    def __init__(self, places: Mapping[str, int], values: Sequence[Any], codes: Codes) -> None:
        self._places = places
        self._values = values
        self._codes = codes

    def __getitem__(self, id_: str) -> MarkValue:
        code = self._codes[self._places[id_]]
        if code == NO_VALUE:
            raise KeyError(id_)
        value: MarkValue = self._values[code]
        return value

    def __iter__(self) -> Iterator[str]:
        codes = self._codes
        return (id_ for id_, place in self._places.items() if codes[place])

    def items(self) -> ItemsView[str, MarkValue]:
        """Return the marks as pairs, made at once: grading asks for all of them."""
        codes, values = self._codes, self._values
        marks = {id_: values[code] for id_, place in self._places.items() if (code := codes[place])}
        return marks.items()


class ResultRow(_Row[Recorded]):
    """The results that are recorded of a learner, of which at least one part is stated."""

    __slots__ = ("_codes", "_parts", "_values")

    def __init__(self, parts: Mapping[str, Parts], values: Sequence[Any], codes: Codes) -> None:
        self._parts = parts
        self._values = values
        self._codes = codes

    def __getitem__(self, id_: str) -> Recorded:
        found = self._find(self._parts[id_])
        if not found:
            raise KeyError(id_)
        return Recorded(**found)

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, parts in self._parts.items() if any(self._codes[place] for _, place in parts))

    def items(self) -> ItemsView[str, Recorded]:
        """Return the results as pairs, made at once."""
        every = ((id_, self._find(parts)) for id_, parts in self._parts.items())
        return {id_: Recorded(**found) for id_, found in every if found}.items()

    def _find(self, parts: Parts) -> dict[str, Any]:
        codes, values = self._codes, self._values
        return {part: values[code] for part, place in parts if (code := codes[place])}


class _Table(_AsDictionary[_Value]):
    """What everybody has, by learner, in the order of the source: packed codes of so many columns."""

    __slots__ = ("_columns", "_packed", "_values")

    def __init__(self, values: Sequence[Any], packed: Mapping[str, bytes], columns: int) -> None:
        self._values = values
        self._packed = packed
        self._columns = columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, learner: object) -> bool:
        return learner in self._packed

    def _codes(self, learner: str) -> Codes:
        return unpack(self._packed[learner], self._columns)


class MarkRows(_Table[MarkRow]):
    """The marks of a class; `places` says where those of each item stand among the codes of a learner."""

    __slots__ = ("_places",)

    def __init__(
        self, places: Mapping[str, int], values: Sequence[Any], packed: Mapping[str, bytes], columns: int
    ) -> None:
        super().__init__(values, packed, columns)
        self._places = places

    def __getitem__(self, learner: str) -> MarkRow:
        return MarkRow(self._places, self._values, self._codes(learner))


class ResultRows(_Table[ResultRow]):
    """The results that are recorded of a class; `parts` says where those of each stand among the codes of a learner."""

    __slots__ = ("_parts",)

    def __init__(
        self, parts: Mapping[str, Parts], values: Sequence[Any], packed: Mapping[str, bytes], columns: int
    ) -> None:
        super().__init__(values, packed, columns)
        self._parts = parts

    def __getitem__(self, learner: str) -> ResultRow:
        return ResultRow(self._parts, self._values, self._codes(learner))
