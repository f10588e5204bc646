# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What was compiled of a plan: a kernel for each policy that was asked for, made when a learner is first graded.

A kernel answers with the exact final, or with nothing, and then the exact engine is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ...errors import Problem
from ...marks import MarkValue, NoScore, UngradedPolicy
from ..planned import AnyLine, PlannedHurdle
from .lowering import lower
from .python import BeyondError, Run, compile_program

_KINDS: Final = frozenset({int, float, type(None), NoScore})
"""What the table of a kernel may be asked: a truth value would be taken for the number that it equals."""


class Kernel(NamedTuple):
    """One learner's final in one call; `ids` are those of the marks that it reads, in order."""

    ids: tuple[str, ...]
    known: frozenset[str]
    run: Run

    def final(self, marks: dict[str, MarkValue]) -> tuple[int, int] | None:
        """Return the final as what was reached of what was possible, or None where the exact engine is to be asked."""
        values = [*map(marks.get, self.ids)]
        if not {*map(type, values)} <= _KINDS or not marks.keys() <= self.known:
            return None
        try:
            reached, possible = self.run(values)
        except BeyondError:
            return None
        return None if reached is None else (reached, possible)


class Kernels:
    """The kernels of a plan, by policy; a copy or a pickle of them compiles its own."""

    __slots__ = ("_hurdles", "_lines", "_made")

    def __init__(self, lines: Sequence[AnyLine], hurdles: Sequence[PlannedHurdle]) -> None:
        self._lines, self._hurdles = lines, hurdles
        self._made: dict[UngradedPolicy | None, Kernel | None] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return Kernels, (self._lines, self._hurdles)

    def kernel(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        """Return the kernel for a policy, or None where the plan is not lowered."""
        try:
            return self._made[ungraded]
        except KeyError:
            return self._made.setdefault(ungraded, self._make(ungraded))

    def notes(self) -> tuple[Problem, ...]:
        """Return a notice of each line that is in the way of a kernel."""
        return lower(self._lines, None, hurdles=self._hurdles)[1]

    def _make(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        program, _ = lower(self._lines, ungraded, hurdles=self._hurdles)
        if program is None:
            return None
        ids = tuple(self._lines[line].id for line in program.positions)
        return Kernel(ids, frozenset(ids), compile_program(program))
