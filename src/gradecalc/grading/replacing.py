# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's results replaced by others: of a line by itself, or of the lowest in a branch before it is combined.

A line is replaced after it is concluded, and before its branch decides about it; an override is the last word.
"""

from __future__ import annotations

from ..exact import Exact, ratio
from ..gradebook.contributions import WHOLE
from ..gradebook.replacement import ReplacedBy, ReplacedWhen, lowest
from .figures import Figures
from .planned import PlannedLine, Replacing, ReplacingLowest


def replace_line(figures: Figures, planned: PlannedLine, replaced: Replacing) -> None:
    """Replace a line's result by the best of its sources, where its rule takes it (V11 to V14)."""
    if _may_be_replaced(figures, planned, replaced.rule):
        _replace(figures, planned, replaced.rule, replaced.sources)


def replace_lowest(figures: Figures, replacing: ReplacingLowest) -> None:
    """Replace the lowest of a branch's children before anything is decided about them (V15, V16)."""
    lines = [figures.plan.lines[line] for line in replacing.lines]
    open_ = [each for each in lines if _may_be_replaced(figures, each, replacing.rule)]
    percents = [None if figures.exempt[each.line] else _percent(figures, each.line) for each in open_]
    for place in lowest(percents, replacing.count):
        _replace(figures, open_[place], replacing.rule, replacing.sources)


def _may_be_replaced(figures: Figures, planned: PlannedLine, rule: ReplacedBy) -> bool:
    line = planned.line
    if not figures.out_of[line] or figures.is_overridden(line) or figures.lies_in_exempt(line):
        return False
    return rule.takes(exempt=figures.exempt[line], scored=figures.points[line] is not None)


def _replace(figures: Figures, planned: PlannedLine, rule: ReplacedBy, sources: tuple[int, ...]) -> None:
    found = [(percent, -source) for source in sources if (percent := _score(figures, source)) is not None]
    if not found:
        return
    best, source = max(found)
    line, out_of = planned.line, figures.out_of[planned.line]
    points = figures.settled(planned, ratio(rule.worth(best) * out_of, WHOLE), out_of)
    before = None if figures.exempt[line] else figures.points[line]
    if before is None or points > before or (rule.when is ReplacedWhen.ALWAYS and points != before):
        figures.replace(line, points, -source, before)


def _score(figures: Figures, line: int) -> Exact | None:
    return None if figures.exempt[line] else _percent(figures, line)


def _percent(figures: Figures, line: int) -> Exact | None:
    points, out_of = figures.points[line], figures.out_of[line]
    return None if points is None or not out_of else ratio(points * WHOLE, out_of)
