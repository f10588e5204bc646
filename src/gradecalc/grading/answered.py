# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a kernel answered of a learner, as the beginning of a report: pairs of whole numbers that become percents.

Whoever looks for more is answered by a second program, which works out all lines of the same marks, and else by the
exact engine; each is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from ..exact import percent_of
from ..lowest_terms import fraction
from ..marks import Mark, Marks, MarkValue, NoScore, Reading
from ..report.ahead import Ahead
from ..report.lines import ReportLines
from ..verdicts import Verdict
from .by_marks import ByMarks
from .kernel.kernels import All, Kernel, Pairs, points_of
from .kernel.program import Told
from .plan import Plan

_NUMBERS: Final = frozenset({int, float})
"""The types of numbers that are looked up."""

_VERDICTS: Final = (Verdict.NOT_MET, Verdict.MET, Verdict.UNDETERMINED, None)


class Answering:
    """Who answers of the learners of a plan: a kernel, and `exactly` the exact engine."""

    __slots__ = ("exactly", "kernel", "layout", "places", "plan")

    def __init__(self, plan: Plan, kernel: Kernel, exactly: Callable[[Marks], ReportLines]) -> None:
        self.plan, self.kernel, self.exactly = plan, kernel, exactly
        self.layout, self.places = plan.layout, kernel.places

    @property
    def by_marks(self) -> ByMarks:
        """What marks alone say of the lines, found once for a plan."""
        kept = self.plan.kernels.kept
        try:
            found: ByMarks = kept[ByMarks]
        except KeyError:
            found = kept[ByMarks] = ByMarks(self.plan.lines)
        return found


class Answered(Ahead):
    """What a kernel worked out of a learner, and what the exact engine does once somebody looks for more."""

    __slots__ = ("_answering", "_everything", "_final", "_marks", "_pairs")

    _everything: All | None

    def __init__(self, answering: Answering, marks: Mapping[str, MarkValue], pairs: Pairs) -> None:
        self._answering, self._marks, self._pairs, self.layout = answering, marks, pairs, answering.layout
        self._final: Fraction | None = None
        self.lines = None

    def percent(self, line: int) -> Fraction | None:
        """Return the percent of a line that is computed, or None where it has none or that is not known."""
        if not line:
            return self._find_final() if self._final is None else self._final
        if self.layout.marked[line]:
            return self._of_item(line)
        place = self._answering.places.get(line)
        reached, possible = self._pair(line) if place is None else self._pairs[place]
        return None if reached is None else fraction(100 * reached, possible)

    def symbol(self) -> str | None:
        """Return the symbol that a missed hurdle gives the final, if one does; raises `LookupError` if not known."""
        plan = self._answering.plan
        place = self._told(Told.SYMBOL) if plan.kernels.tells_symbol else 0
        return plan.hurdles[place - 1].hurdle.final_symbol if place else None

    def passed(self, percent: Fraction) -> Verdict | None:
        """Return whether the final is passed; raises `LookupError` if that is not known."""
        if self._answering.plan.kernels.tells_passed:
            return _VERDICTS[self._told(Told.PASSED)]
        return self.layout.headings[0].passing.judge(percent)

    def without_score(self, line: int) -> NoScore | None:
        """Return `EXEMPT` or `UNGRADED` where a line has no recorded score, and None where it has one (U10)."""
        if self.lines is None:
            try:
                return self._answering.by_marks.without_score(line, self._recorded)
            except LookupError:
                pass
        return super().without_score(line)

    def work_out(self) -> ReportLines:
        """Return the lines that the exact engine makes."""
        return self._answering.exactly({id_: mark for id_, mark in self._marks.items() if mark is not None})

    def _of_item(self, line: int) -> Fraction | None:
        """Return the percent of an item with a number that nothing else may stand in for."""
        plan = self._answering.plan
        item = plan.lines[line]
        mark = self._recorded(item.id)
        if type(mark) not in _NUMBERS or line in self._answering.by_marks.replaced or not item.max_points:
            return None
        settled = plan.settled.of[item.id][mark]
        return None if type(settled) is Reading else percent_of(settled[1], item.max_points)

    def _recorded(self, id_: str) -> object:
        mark = self._marks.get(id_)
        return points_of(mark) if type(mark) is Mark else mark

    def _find_final(self) -> Fraction:
        reached, possible = self._pairs[:2]
        self._final = fraction(100 * reached, possible)
        return self._final

    def _pair(self, line: int) -> tuple[int | None, int]:
        """Return what a line reached of what it could, where the final did not need it."""
        everything = self._all()
        return (None, 1) if everything is None else everything.pairs.get(line, (None, 1))

    def _told(self, what: Told) -> int:
        everything = self._all()
        if everything is None:
            raise LookupError(what)
        return everything.told[what]

    def _all(self) -> All | None:
        try:
            return self._everything
        except AttributeError:
            self._everything = self._answering.kernel.everything(self._marks)
            return self._everything
