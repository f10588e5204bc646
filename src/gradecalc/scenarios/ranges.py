# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the final grade can still come to: the lowest and the highest, with everything marked that is not yet.

>>> from gradecalc import Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Essay", max_points=40), GradeItem("Exam", max_points=60)])
>>> still = bounds(book, {"Essay": 32})
>>> still.lowest.final.shown, still.highest.final.shown
('32.00', '92.00')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Final

from ..gradebook.tree import Gradebook
from ..grading.exemptions import exempted
from ..grading.grading import Unknown, grade, read_marks
from ..grading.plan import Plan, plan_of
from ..grading.planned import PlannedItem
from ..marks import ItemKind, Marks, MarkValue
from ..outline import Explained, Outline
from ..reasons import Reason, ReasonTexts
from ..report.report import Report
from ..report.rows import figure_of
from ..values import frozen
from .monotone import never_falls
from .varied import filled, span

MOST_CORNERS: Final = 256
"""The most ways of marking what is open that are tried where nothing is proven."""

TEXTS: Final = ReasonTexts(
    "bounds",
    {
        "not_proven": "the ends that were found; under these rules the final may lie beyond them",
        "nothing_open": "nothing is left to be marked",
        "to": "{0} to {1}",
        "open": "still to be marked: {0}",
    },
)
"""What is said of what a final can still come to."""


@frozen
class StillPossible(Explained):
    """The reports with the lowest and the highest final, the items that are still `open`, and whether that is proven.

    Where it is not `proven`, a final may lie beyond them.
    """

    lowest: Report
    highest: Report
    open: tuple[str, ...]
    proven: bool

    def outline(self) -> Outline:
        """Return both ends as one row."""
        low, high = self.lowest.final, self.highest.final
        return Outline(
            low.name, TEXTS.phrase("to", figure_of(low, "number"), figure_of(high, "number")), self._reasons()
        )

    def _reasons(self) -> Iterator[Reason]:
        yield TEXTS.reason("open", ", ".join(self.open)) if self.open else TEXTS.reason("nothing_open")
        if not self.proven:
            yield TEXTS.reason("not_proven")


def bounds(plan: Plan | Gradebook, marks: Marks) -> StillPossible:
    """Return what the final can still come to when every item without a mark is marked, from 0 to its maximum.

    A minimum below 0 is the lowest, and a symbol worth more than the maximum the highest; what is exempt stays so.
    Rules WI12 and WI13. Raises `MarksError` for marks that cannot be read.
    """
    compiled = plan_of(plan)
    spans = dict(_open(compiled, marks))
    lowest = _graded(compiled, marks, spans, [0] * len(spans))
    highest = _graded(compiled, marks, spans, [1] * len(spans))
    scored = {report.final.percent is not None for report in (lowest, highest)}
    proven = len(scored) == 1 and never_falls(compiled, lowest, spans)
    if not proven:
        tried = [lowest, highest, *(_graded(compiled, marks, spans, ends) for ends in _corners(len(spans)))]
        found = [report for report in tried if report.final.percent is not None] or [lowest]
        lowest, highest = min(found, key=_percent), max(found, key=_percent)
    return StillPossible(lowest, highest, tuple(spans), proven)


def _open(plan: Plan, marks: Marks) -> Iterator[tuple[str, tuple[Fraction, Fraction]]]:
    read, gone = read_marks(plan, marks, Unknown.REFUSE), set(exempted(plan, marks))
    for planned in plan.lines:
        if not isinstance(planned, PlannedItem) or planned.kind is ItemKind.TEXT or planned.id in gone:
            continue
        reading = read.get(planned.line)
        if reading is None or reading.points is None:
            low, high, _ = span(plan, planned.line, reading)
            yield planned.id, (low, high)


def _graded(
    plan: Plan, marks: Mapping[str, MarkValue], spans: Mapping[str, tuple[Fraction, Fraction]], ends: Sequence[int]
) -> Report:
    points = {id_: span_[end] for (id_, span_), end in zip(spans.items(), ends, strict=True)}
    return grade(plan, filled(marks, points))


def _corners(count: int) -> Iterator[Sequence[int]]:
    """Yield the ways of having each item at one of its ends, or where they are too many, each apart."""
    if 2**count <= MOST_CORNERS:
        yield from product((0, 1), repeat=count)
        return
    for nth in range(min(count, MOST_CORNERS // 2)):
        yield [int(each == nth) for each in range(count)]
        yield [int(each != nth) for each in range(count)]


def _percent(report: Report) -> Fraction:
    return report.final.percent or Fraction(0)
