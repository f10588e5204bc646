# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What full marks in single items would add to a final through a result that is no sum of shares.

Of a median, a lowest or a formula nobody can say which part of what it is short of each item costs; so each item is
given full marks alone, and the learner graded again (WI21).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from attrs import field

from ..exact import represent
from ..grading.evaluation import evaluate
from ..grading.grading import GradedFrom
from ..grading.plan import Plan
from ..grading.planned import PlannedCalculation, PlannedFormula, PlannedItem
from ..marks import NOTHING_RECORDED, ItemKind
from ..report.costs import Cost, CostKind
from ..report.report import Report
from ..values import frozen

WHOLES: Final = (CostKind.RESULT, CostKind.SEVERAL)
"""The costs of results as a whole."""


@frozen
class FullMarks:
    """What full marks in one item would change of the final, in points of it; it lies `under` the line with that id."""

    under: str
    id: str
    name: str
    amount: Fraction = field(repr=represent)


def find_full_marks(origin: GradedFrom, report: Report, costs: Iterable[Cost]) -> Iterator[FullMarks]:
    """Yield what full marks would change, of each item that one of the costs lies over and that would change it."""
    readings, lines, final = origin.readings(), report.layout.index, report.final.percent
    for under in dict.fromkeys(each.id for each in costs if each.kind in WHOLES):
        for item in _items(origin.plan, lines[under]):
            most = report.columns.out_of[item.line]
            full = readings.get(item.line, NOTHING_RECORDED)._replace(points=most, changes=())
            columns = evaluate(origin.plan, readings.with_others({item.line: full}), origin.ungraded)
            without_score = item.kind is ItemKind.TEXT or full.exempt
            percent = None if without_score else Report(report.layout, columns).final.percent
            if percent is not None and final is not None and percent != final:
                yield FullMarks(under, item.id, report.layout.headings[item.line].name, percent - final)


def _items(plan: Plan, line: int) -> Iterator[PlannedItem]:
    """Yield the items that a line is made of: what lies below it, and what it reads."""
    waiting, seen = [line], set[int]()
    while waiting:
        planned = plan.lines[waiting.pop()]
        if planned.line in seen:
            continue
        seen.add(planned.line)
        if isinstance(planned, PlannedItem):
            yield planned
        elif isinstance(planned, PlannedFormula):
            waiting.extend(sorted(planned.named.values(), reverse=True))
        elif isinstance(planned, PlannedCalculation):
            waiting.extend(sorted(planned.chosen.leaves(), reverse=True))
        else:
            waiting.extend(place.line for place in reversed(planned.children) if place.counts)
