# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Everybody's marks after a curve: the figures are taken of all, and then each mark is adjusted by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final, get_args

from attrs import evolve, field

from ..errors import DefinitionError, MarksError, Problem, nearest
from ..exact import Exact, describe, ratio
from ..fields import find_problems
from ..gradebook.tree import Gradebook
from ..grading.grading import grade_many
from ..grading.plan import Plan, plan_of
from ..grading.planned import PlannedItem
from ..marks import Change, ChangeKind, Mark, Marks, MarkValue
from ..outline import Explained, Outline
from ..reasons import NUMBERS, Lack, Reason
from ..report.report import Report
from ..report.results import Result
from ..values import frozen
from .class_figures import CURVES, ClassFigures, Seen, has_score
from .shapes import Blanks, Curve, ZScoreClobber

_HUNDRED: Final = 100


class Keep(Enum):
    """Which of the two marks a learner keeps."""

    ADJUSTED = "adjusted"
    BETTER = "better"
    """The adjusted one only where it is better."""


@frozen
class Bending(Explained):
    """What became of one learner: the percent before and after, None for no score, and why."""

    before: Fraction | None
    after: Fraction | None
    reasons: tuple[Reason, ...]

    @property
    def changed(self) -> bool:
        """Whether the mark is another."""
        return self.before != self.after

    def outline(self) -> Outline:
        """Return the percent after with every reason."""
        after = "–" if self.after is None else NUMBERS.phrase("number", self.after)
        return Outline(CURVES.phrase("percent"), after, self.reasons)


@frozen
class AdjustedClass(Explained):
    """Everybody's marks after a curve, the figures that it went by, and what became of each learner.

    `obstacles` say why nobody was adjusted, if nobody could be. `problems` are of learners whose marks cannot be read.
    """

    marks: Mapping[str, Marks] = field(hash=False)
    figures: ClassFigures | None
    learners: Mapping[str, Bending] = field(hash=False)
    obstacles: tuple[Reason, ...] = ()
    problems: tuple[Problem, ...] = ()

    def outline(self) -> Outline:
        """Return the figures and a row for each learner."""
        rows = [evolve(each.outline(), label=learner) for learner, each in self.learners.items()]
        figures = (
            () if self.figures is None else (evolve(self.figures.outline(), label=CURVES.phrase("figures_before")),)
        )
        value = NUMBERS.phrase("number", len(rows))
        return Outline(CURVES.phrase("adjusted"), value, self.obstacles, (*figures, *rows))


def adjust(
    plan: Plan | Gradebook,
    marks: Mapping[str, Marks],
    id: str,  # noqa: A002 - the word of the domain
    curve: Curve,
    *,
    keep: Keep = Keep.ADJUSTED,
) -> AdjustedClass:
    """Return everybody's marks with those of an item, or the result of a branch, adjusted (FC1 to FC11).

    A branch that changes is overridden. Raises `DefinitionError` for a gradebook, an id or a curve that cannot be used.
    """
    compiled = plan_of(plan)
    other = curve.by if isinstance(curve, ZScoreClobber) else None
    _check(compiled, id, other, curve)
    reports = dict(grade_many(compiled, marks))
    standings = {
        learner: Seen(report[id], None if other is None else report[other])
        for learner, report in reports.items()
        if isinstance(report, Report)
    }
    figures = ClassFigures.of(list(_percents(each.result for each in standings.values())))
    others = ClassFigures.of(list(_percents(each.other for each in standings.values() if each.other)))
    obstacle = CURVES.reason("nobody") if figures is None else curve.obstacle(figures, others)
    bend = _Bend(compiled, id, curve, keep, figures if obstacle is None else None, others)
    found: dict[str, tuple[Marks, Bending]] = {}
    problems: list[Problem] = []
    for learner, report in reports.items():
        if isinstance(report, MarksError):
            problems += [Problem(each.code, f"{learner}.{each.path}", each.message) for each in report.problems]
            found[learner] = marks[learner], Bending(None, None, (CURVES.reason("unreadable"),))
        else:
            found[learner] = bend.learner(marks[learner], standings[learner], obstacle)
    return AdjustedClass(
        {learner: each for learner, (each, _) in found.items()},
        figures,
        {learner: each for learner, (_, each) in found.items()},
        () if obstacle is None else (obstacle,),
        tuple(problems),
    )


@frozen
class _Bend:
    """How one learner after the other is adjusted: of what, by which curve, and by which figures, if by any."""

    plan: Plan
    id: str
    curve: Curve
    keep: Keep
    figures: ClassFigures | None
    others: ClassFigures | None

    def learner(self, marks: Marks, standing: Seen, obstacle: Reason | None) -> tuple[Marks, Bending]:
        """Return the marks of one learner, and what became of them."""
        before = standing.result.percent if has_score(standing.result) else None
        if self.figures is None or (before is None and not self._fills(standing.result)):
            why = _why_none(standing.result) if before is None else obstacle or CURVES.reason("unchanged", before)
            return marks, Bending(before, before, (why,))
        percent, why = self.curve.bend(standing, self.figures, self.others)
        if percent is None or percent == before:
            return marks, Bending(before, before, (why,))
        if self.keep is Keep.BETTER and before is not None and percent < before:
            return marks, Bending(before, before, (CURVES.reason("not_better", percent, before),))
        mark = self._adjusted(marks.get(self.id), standing.result, percent, why)
        reasons = (why,) if before is None else (CURVES.reason("changed", before, percent), why)
        return {**marks, self.id: mark}, Bending(before, percent, reasons)

    def _fills(self, result: Result) -> bool:
        fills = isinstance(self.curve, ZScoreClobber) and self.curve.blanks is Blanks.FILLED
        return fills and result.lack is not Lack.EXEMPT and result.out_of > 0

    def _adjusted(self, mark: MarkValue, result: Result, percent: Fraction, why: Reason) -> Mark:
        """Return the mark that a percent is of this learner's maximum, with the change at it (FC3)."""
        kept = mark if isinstance(mark, Mark) else Mark(mark)
        before = CURVES.phrase("none") if result.points is None or result.lack is not None else result.points
        marked = isinstance(self.plan.lines[self.plan.layout.index[self.id]], PlannedItem)
        return evolve(
            kept,
            points=ratio(percent * result.out_of, _HUNDRED),
            out_of=kept.out_of if marked else result.out_of,
            changes=(*kept.changes, Change(ChangeKind.CLASS, (before, why))),
        )


def _percents(results: Iterator[Result | None]) -> Iterator[Exact]:
    """Yield the percents of those that have a score of their own (FC2)."""
    for result in results:
        if result is not None and has_score(result) and result.percent is not None:
            yield result.percent


def _why_none(result: Result) -> Reason:
    if result.lack is None:
        return CURVES.reason("no_percent")
    return CURVES.reason("exempt" if result.lack is Lack.EXEMPT else "no_score")


def _check(plan: Plan, id_: str, other: str | None, curve: Curve) -> None:
    if not isinstance(curve, Curve):
        kinds = ", ".join(kind.__name__ for kind in get_args(Curve))
        message = f"curve is {describe(curve)}; it must be one of: {kinds}"
        raise DefinitionError([Problem("wrong_type", "curve", message)])
    problems = list(find_problems(curve, "curve"))
    named = [("id", id_), *([("curve.by", other)] if other is not None else [])]
    problems += [
        Problem("unknown_id", path, f"there is no item or category {describe(each)}{nearest(each, plan.ids)}")
        for path, each in named
        if each not in plan.layout.index
    ]
    if problems:
        raise DefinitionError(problems)
