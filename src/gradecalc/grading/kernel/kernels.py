# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What was compiled of a plan: a kernel for each policy that was asked for, made when a learner is first graded.

A kernel answers with the exact final, or with nothing, and then the exact engine is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final, NamedTuple

from ...errors import Problem
from ...marks import MarkValue, NoScore, UngradedPolicy
from ..planned import AnyLine, PlannedHurdle, PlannedItem
from .lowering import lower
from .program import Told
from .python import Run, RunAll, compile_all, compile_program
from .tables import BeyondError

_KINDS: Final = frozenset({int, float, Fraction, type(None), NoScore})
"""What the table of a kernel may be asked: a truth value would be taken for the number that it equals."""


_FIRST_FEW: Final = 2
"""So many learners of a plan are graded before a kernel is made of it."""


class All(NamedTuple):
    """What a kernel found of all lines: the pair of each that has a percent, and what is told of the final."""

    pairs: dict[int, tuple[int | None, int]]
    told: dict[Told, int]


class Kernel:
    """One learner's final in one call; `ids` are those of the marks that it reads, in order."""

    __slots__ = ("_all", "_blank", "_count", "_make_all", "hurdles", "ids", "run")

    def __init__(
        self, ids: tuple[str, ...], run: Run, make_all: Callable[[], RunAll | None], hurdles: Sequence[PlannedHurdle]
    ) -> None:
        self.ids, self.run, self.hurdles = ids, run, hurdles
        self._blank: dict[str, MarkValue] = dict.fromkeys(ids)
        self._count = len(ids)
        self._make_all = make_all
        self._all: list[RunAll | None] = []

    def final(self, marks: dict[str, MarkValue]) -> tuple[int, int] | None:
        """Return the final as what was reached of what was possible, or None where the exact engine is to be asked."""
        found = self.answer(marks)
        return None if found is None else found[1:]

    def answer(self, marks: dict[str, MarkValue]) -> tuple[list[Any], int, int] | None:
        """Return the marks that are read, in order, a fraction as its ratio, and the final's pair; None as above."""
        values: list[Any] = [*(self._blank | marks).values()]
        kinds = {*map(type, values)}
        if len(values) > self._count or not kinds <= _KINDS:
            return None
        if Fraction in kinds:  # one may equal a float whose text states another number
            values = [each.as_integer_ratio() if type(each) is Fraction else each for each in values]
        try:
            reached, possible = self.run(values)
        except BeyondError:
            return None
        return None if reached is None else (values, reached, possible)

    def everything(self, values: Sequence[Any]) -> All | None:
        """Return all that a program says of a learner whose final was answered, or None; made when first asked for."""
        if not self._all:
            self._all.append(self._make_all())
        run = self._all[0]
        try:
            return None if run is None else All(*run(values))
        except BeyondError:
            return None


class Kernels:
    """The kernels of a plan, by policy; a copy or a pickle of them compiles its own.

    `passing` are the lines that must be passed, and at which percent.
    """

    __slots__ = ("_asked", "_hurdles", "_lines", "_made", "_passing", "kept")

    def __init__(
        self,
        lines: Sequence[AnyLine],
        hurdles: Sequence[PlannedHurdle] = (),
        passing: Sequence[tuple[int, Fraction]] = (),
    ) -> None:
        self._lines, self._hurdles, self._passing = lines, hurdles, passing
        self._made: dict[UngradedPolicy | None, Kernel | None] = {}
        self.kept: dict[object, Any] = {}
        """What others made ready of the plan, each under a key of its own."""
        self._asked = 0

    def __reduce__(self) -> tuple[object, ...]:
        return Kernels, (self._lines, self._hurdles, self._passing)

    def kernel(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        """Return the kernel for a policy, or None where the plan is not lowered."""
        try:
            return self._made[ungraded]
        except KeyError:
            return self._made.setdefault(ungraded, self._make(ungraded))

    def kernel_when_worth_it(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        """Return the kernel for a policy, or None where there is none; nor for the first few learners, if not made yet.

        To make one costs as much as to grade some by the exact engine.
        """
        if ungraded in self._made:
            return self._made[ungraded]
        self._asked += 1
        return None if self._asked <= _FIRST_FEW else self.kernel(ungraded)

    def notes(self) -> tuple[Problem, ...]:
        """Return a notice of each line that is in the way of a kernel."""
        return lower(self._lines, None, hurdles=self._hurdles)[1]

    def _make(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        program, _ = lower(self._lines, ungraded, hurdles=self._hurdles)
        if program is None:
            return None
        ids = tuple(self._lines[line].id for line in program.positions)
        return Kernel(
            ids, compile_program(program), partial(self._make_all, ungraded, program.positions), self._hurdles
        )

    def _make_all(self, ungraded: UngradedPolicy | None, positions: tuple[int, ...]) -> RunAll | None:
        """Return what works out all lines of the same marks, or None where one of them is in the way."""
        lines = [each.line for each in self._lines if not isinstance(each, PlannedItem)]
        program, _ = lower(self._lines, ungraded, hurdles=self._hurdles, also=lines, passing=self._passing)
        return None if program is None or program.positions != positions else compile_all(program, lines)
