# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The columns of a report, made of one learner's figures: points at once, and all others when somebody looks.

Then the figures are let go, which take several times the space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import Any, Final

from ..exact import Exact
from ..marks import Recorded
from ..reasons import Note
from ..report.results import Columns, Override, Treatment
from .figures import Figures

_BONUS: Final = Treatment.BONUS
_COUNTED: Final = Treatment.COUNTED
_COUNTED_AS_ZERO: Final = Treatment.COUNTED_AS_ZERO
_EXEMPT: Final = Treatment.EXEMPT
_LEFT_OUT: Final = Treatment.LEFT_OUT
_BY_LINE: Final = itemgetter(0)


def make_columns(figures: Figures) -> Columns:
    """Return the columns of one learner's report."""
    figures.let_parts_go()
    return Columns.of(_points(figures), tuple(figures.out_of), partial(_others, figures))


def _others(figures: Figures) -> dict[str, tuple[Any, ...]]:
    return {name: find(figures) for name, find in _OTHERS.items()}


def _points(figures: Figures) -> tuple[Exact | None, ...]:
    """Return the points; what counted as zero is a zero only now, for formulas read it as ungraded."""
    points = [*figures.points]
    for line in figures.blanks:
        points[line] = 0
    return tuple(points)


def _treatments(figures: Figures) -> tuple[Treatment, ...]:
    found = [_LEFT_OUT] * len(figures.points)
    for _, children, _ in figures.became:
        for part in children.counted:
            found[part.line] = _COUNTED
        for line in children.blanks:
            found[line] = _COUNTED_AS_ZERO
        for part in children.bonuses:
            found[part.line] = _BONUS
        for line, treatment in children.others.items():
            found[line] = treatment
    if figures.points[0] is not None:
        found[0] = _COUNTED
    elif figures.exempt[0]:
        found[0] = _EXEMPT
    return tuple(found)


def _shares(figures: Figures) -> tuple[Exact, ...]:
    found: list[Exact] = [0] * len(figures.points)
    for _, children, combined in figures.became:
        if combined is not None:
            for part, weight in zip(children.counted, combined.weights, strict=False):
                found[part.line] = weight
            for bonus, weight in zip(children.bonuses, combined.bonus_weights, strict=False):
                found[bonus.line] = weight
    return tuple(found)


def _wholes(figures: Figures) -> tuple[Exact | None, ...]:
    found: list[Exact | None] = [None] * len(figures.points)
    for line, _, combined in figures.became:
        found[line] = None if combined is None else combined.whole
    return tuple(found)


def _recorded(figures: Figures) -> tuple[Recorded, ...]:
    found: list[Recorded] = [None] * len(figures.points)
    marked = figures.plan.layout.marked
    for line, reading in figures.readings.items():
        if marked[line]:
            found[line] = reading.recorded
    for line, recorded in figures.recorded.items():
        found[line] = recorded
    return tuple(found)


def _overrides(figures: Figures) -> tuple[tuple[int, Override], ...]:
    return tuple(sorted(figures.overrides, key=_BY_LINE))


def _notes(figures: Figures) -> tuple[tuple[int, Note], ...]:
    """Return the notes by line; of a line's own, what its branch says of it comes last."""
    return tuple(sorted([*figures.notes, *_said_by_branches(figures)], key=_BY_LINE))


def _said_by_branches(figures: Figures) -> Iterator[tuple[int, Note]]:
    for line, children, combined in figures.became:
        yield from children.notes
        if combined is not None:
            for bonus, _ in zip(children.bonuses, combined.bonus_weights, strict=False):
                if bonus.points < 0 and bonus.line not in figures.plan.lines[line].costing:
                    yield bonus.line, ("bonus_never_costs", bonus.points)


_OTHERS: Final[Mapping[str, Callable[[Figures], tuple[Any, ...]]]] = {
    "treatments": _treatments,
    "shares": _shares,
    "wholes": _wholes,
    "recorded": _recorded,
    "overrides": _overrides,
    "notes": _notes,
}
