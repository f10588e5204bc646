# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether a final grade can never fall while some marks rise, judged by how the course is graded.

Where it cannot, a search by halves is a proof, and all at their lowest is the lowest. It is said only of what these
rules show, so that a plan about which nothing is said may well be one (WI8).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..gradebook.aggregation import Mode
from ..gradebook.weights import WeightedMean
from ..grading.calculated import Chosen
from ..grading.plan import Plan
from ..grading.planned import PlannedBranch, PlannedCalculation, PlannedFormula, PlannedItem
from ..report.report import Report


def never_falls(plan: Plan, report: Report, ids: Iterable[str]) -> bool:
    """Whether the final never falls while these items, all marked in the report, rise.

    No formula, calculated item or replacement reads them or what they are in, and every branch that they are in is
    combined by a rule of which that is known; one that drops results does so among equals.
    """
    moved = _moved(plan, ids)
    return not any(_reads(plan, line, moved) for line in range(len(plan.lines))) and all(
        _rises(plan, report, line) for line in moved
    )


def _moved(plan: Plan, ids: Iterable[str]) -> set[int]:
    moved: set[int] = set()
    for id_ in ids:
        line = plan.layout.index[id_]
        while line not in moved:
            moved.add(line)
            line = plan.layout.headings[line].parent if line else 0
    return moved


def _reads(plan: Plan, line: int, moved: Collection[int]) -> bool:
    """Whether a line depends on what moved otherwise than as its branch."""
    planned = plan.lines[line]
    read = set() if planned.replaced is None else {line, *planned.replaced.sources}
    match planned:
        case PlannedFormula():
            read.update(planned.named.values())
        case PlannedCalculation():
            read.update(_leaves(planned.chosen))
        case PlannedBranch(replace_lowest=lowest) if lowest is not None:
            read.update((line, *lowest.sources, *lowest.lines))
        case _:
            pass
    return not read.isdisjoint(moved)


def _leaves(chosen: Chosen) -> Iterator[int]:
    waiting = [chosen]
    while waiting:
        each = waiting.pop()
        waiting.extend(each.children)
        if not each.children:
            yield each.line


def _rises(plan: Plan, report: Report, line: int) -> bool:
    planned = plan.lines[line]
    if isinstance(planned, PlannedItem):
        return True
    if not isinstance(planned, PlannedBranch) or planned.ways or isinstance(planned.aggregation, Mode):
        return False
    if isinstance(planned.aggregation, WeightedMean) and planned.aggregation.ranks:
        return False
    return planned.drop is None or _drops_among_equals(planned, report)


def _drops_among_equals(branch: PlannedBranch, report: Report) -> bool:
    """Whether all that may be dropped is out of the same, weighs the same, and moves no weight."""
    places = [place for place in branch.children if place.counts and not place.bonus and place.droppable]
    maxima = {report.columns.out_of[place.line] for place in places}
    weights = {(place.weight, place.automatic) for place in places} if branch.aggregation.uses_weights else {None}
    moving = any(place.moves is not None for place in branch.children)
    return not moving and len(maxima) <= 1 and len(weights) <= 1 and 0 not in maxima
