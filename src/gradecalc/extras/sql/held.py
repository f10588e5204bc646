# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which columns hold a register now: a step that changes one writes new columns, and nothing is overwritten.

A register is three columns: what was reached, which is 0 where it holds nothing, or of a mark of which the least is
sought the most that it could be; one where it holds a number and else 0; and what is possible, which is above 0.
Nothing is null, and what no database has to look for is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ...grading.kernel.program import Width
from .arithmetic import WholeNumbers, times, total

SURE = "1"
"""What says that a register holds a number for everybody."""


class _Register(NamedTuple):
    reached: str
    there: str
    possible: str | None
    whole: str
    """The type of what was reached, and after it that of what is possible."""
    whole_possible: str
    width: Width
    common: int | None
    absent: int
    """What was reached where it holds nothing."""
    watched: bool


class Held:
    """The columns of the registers, and what is possible where every learner shares it."""

    def __init__(self, constants: Mapping[int, int]) -> None:
        self._constants = constants
        self._registers: dict[int, _Register] = {}
        self._times: dict[int, int] = {}
        self._counts: dict[frozenset[str], str] = {}
        self.all_fastest = True
        """Whether every register so far is held in the fastest type."""

    def names(self, register: int) -> tuple[str, str, str]:
        """Return new names for the columns of a register."""
        nth = self._times[register] = self._times.get(register, 0) + 1
        end = f"{register}" if nth == 1 else f"{register}_{nth}"
        return f"n{end}", f"t{end}", f"d{end}"

    def hold(  # noqa: PLR0913 - what a register is, by its parts' names
        self,
        register: int,
        *,
        reached: str,
        there: str,
        possible: str | None,
        arithmetic: WholeNumbers,
        width: Width,
        common: int | None = None,
        absent: int = 0,
        watched: bool = False,
    ) -> None:
        """Hold a register in columns from now on; `common` is a multiple of all that can be possible, if known."""
        self.all_fastest = self.all_fastest and arithmetic.fastest
        self._registers[register] = _Register(
            reached, there, possible, arithmetic.whole, arithmetic.whole, width, common, absent, watched
        )

    def change(self, register: int, **columns: Any) -> None:
        """Hold a part of a register in another column from now on."""
        self._registers[register] = self._registers[register]._replace(**columns)

    def width(self, register: int) -> Width:
        """Return the most that a register's numbers can be."""
        return self._registers[register].width

    def common(self, register: int) -> int | None:
        """Return a multiple of everything that can be possible, if one is known."""
        return self._registers[register].common

    def absent(self, register: int) -> int:
        """Return as what it reads that was reached where a register holds nothing."""
        return self._registers[register].absent

    def is_watched(self, register: int) -> bool:
        """Return whether who seeks the least of it has to see that it is not too low."""
        return self._registers[register].watched

    def is_constant(self, register: int) -> bool:
        """Return whether every learner shares what is possible."""
        return register in self._constants

    def is_sure(self, register: int) -> bool:
        """Return whether a register holds a number for everybody."""
        return self._registers[register].there == SURE

    def there(self, register: int) -> str:
        """Return the column that is one where a register holds a number."""
        return self._registers[register].there

    def is_there(self, register: int) -> str:
        """Return whether a register holds a number."""
        return "TRUE" if self.is_sure(register) else f"({self.there(register)} = 1)"

    def how_many(self, registers: Iterable[int]) -> str:
        """Return how many of the registers hold a number."""
        every = list(registers)
        sure = sum(map(self.is_sure, every))
        there = dict.fromkeys(self.there(each) for each in every if not self.is_sure(each))
        counts = []
        for known, column in self._counts.items():
            if known <= there.keys():
                counts.append(column)
                there = dict.fromkeys(name for name in there if name not in known)
        return total([*counts, *there, *([str(sure)] if sure or not (counts or there) else [])])

    def count(self, registers: Sequence[int], column: str) -> None:
        """Hold in a column how many of these registers hold a number, unless some always do."""
        if not any(map(self.is_sure, registers)):
            self._counts[frozenset(map(self.there, registers))] = column

    def reached(self, register: int, arithmetic: WholeNumbers) -> str:
        """Return what was reached."""
        now = self._registers[register]
        return arithmetic.widened(now.reached, now.whole)

    def possible(self, register: int, arithmetic: WholeNumbers, factor: int = 1) -> str:
        """Return what is possible times a factor."""
        if register in self._constants:
            return arithmetic.number(self._constants[register] * factor)
        now = self._registers[register]
        return times(arithmetic.widened(now.possible or "1", now.whole_possible), factor)
