# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What do I need? The least mark with which a target is reached, for any gradebook, exact or in steps.

>>> from gradecalc import Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Essay", max_points=40), GradeItem("Exam", max_points=60)])
>>> needed(book, {"Essay": 32}, "Exam", target=70).mark
Fraction(38, 1)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import Final, overload

from attrs import field

from ..exact import Number, represent
from ..gradebook.tree import Gradebook
from ..grading.plan import Plan, plan_of
from ..marks import Marks, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import NUMBERS, Reason, ReasonTexts, say
from ..report.report import Report
from ..schemes import GradeScheme
from ..values import frozen
from ..verdicts import Verdict
from .monotone import never_falls
from .targets import Goal, Target, goal, goals
from .thresholds import Threshold, threshold
from .varied import Varied, vary

TEXTS: Final = ReasonTexts(
    "needed",
    {
        "above": "above {0}",
        "asked": "{0} for {1}",
        "for": "for {0}",
        "needed_on": "Needed on {0}",
        "nothing_above": "nothing above the lowest",
        "best": "the best that it can come to is {0} %",
        "falls": "a higher mark can undo it",
        "just_above": "every mark just above it will do, and it will not",
        "no_best": "the final has no score whatever it is",
        "not_proven": "the least that was found; these rules may have one that is less",
        "not_proven_out": "no mark that was tried reaches it; under these rules one between them may",
    },
)
"""What is said of a mark that is needed."""


class Reach(Enum):
    """Whether a target is reached."""

    REACHED = "reached"
    """Whatever the mark is."""
    NEEDED = "needed"
    """With a mark, and not with every one."""
    OUT_OF_REACH = "out of reach"
    """With no mark."""


@frozen
class Needed(Explained):
    """The least `mark` with which a target is reached, in points, or in percent where several items are asked of.

    It is None out of reach, and the lowest mark, mostly 0, where the target is reached whatever it is. Where
    it is not `attained` every mark just above it will do. `best` is the highest percent of the final that was met with.
    `monotone` says whether a higher mark also reaches it: met if that is proven, not met if one was found that does
    not, and undetermined otherwise; there a lower mark may reach it too, if the mark was not asked for in steps.
    """

    items: tuple[str, ...]
    target: str
    outcome: Reach
    mark: Fraction | None = field(repr=represent)
    attained: bool
    best: Fraction | None = field(repr=represent)
    monotone: Verdict
    reasons: tuple[Reason, ...]

    def outline(self) -> Outline:
        """Return the answer as one row."""
        return Outline(TEXTS.phrase("asked", self.items, self.target), self.shown, self.reasons)

    @property
    def shown(self) -> str:
        """The mark as text, or the outcome where it is no matter of a mark."""
        if self.mark is None or self.outcome is Reach.REACHED:
            return say(self.outcome)
        mark = NUMBERS.phrase("percent" if len(self.items) > 1 else "number", self.mark)
        return mark if self.attained else TEXTS.phrase("above", mark)


@frozen
class NeededBySymbol(Explained):
    """What is needed for each symbol of a scheme but the lowest, the best first."""

    rows: tuple[Needed, ...]

    def outline(self) -> Outline:
        """Return a row for each symbol."""
        children = [Outline(TEXTS.phrase("for", row.target), row.shown, row.reasons) for row in self.rows]
        label = ", ".join(self.rows[0].items) if self.rows else TEXTS.phrase("nothing_above")
        return Outline(label, "", (), children)


@overload
def needed(  # noqa: D418 - the house documents every public function
    plan: Plan | Gradebook,
    marks: Marks,
    item: str | Iterable[str],
    target: Target,
    *,
    step: Number | None = None,
    up_to: Number | None = None,
    ungraded: UngradedPolicy | None = None,
) -> Needed:
    """Return what is needed for one target."""


@overload
def needed(  # noqa: D418 - the house documents every public function
    plan: Plan | Gradebook,
    marks: Marks,
    item: str | Iterable[str],
    target: GradeScheme,
    *,
    step: Number | None = None,
    up_to: Number | None = None,
    ungraded: UngradedPolicy | None = None,
) -> NeededBySymbol:
    """Return what is needed for each symbol."""


def needed(  # noqa: PLR0913 - the question, and what it may be narrowed by, by name
    plan: Plan | Gradebook,
    marks: Marks,
    item: str | Iterable[str],
    target: Target | GradeScheme,
    *,
    step: Number | None = None,
    up_to: Number | None = None,
    ungraded: UngradedPolicy | None = None,
) -> Needed | NeededBySymbol:
    """Return the least mark on an item, or the least equal percent on several, with which a target is reached.

    The target is a percent of the final, a symbol of the gradebook's scheme or a better one, a function from a report
    to a verdict that is to be met, or a scheme: then the answer has a row for each symbol. The mark is exact, or a
    multiple of `step`. What is ungraded beside it is what the policy, or `ungraded`, makes of it. Rules WI6 to WI11.
    Raises `MarksError` for what is no item that takes points, and `DefinitionError` for a target that there is not.
    """
    compiled = plan_of(plan)
    search = _Search.over(vary(compiled, marks, item, ungraded, up_to), step)
    if isinstance(target, GradeScheme):
        return NeededBySymbol(tuple(map(search.least, goals(compiled, target))))
    return search.least(goal(compiled, target))


@frozen(eq=False)
class _Search:
    """The marks that are tried, and what they come to; each is graded once."""

    varied: Varied
    rises: bool
    marks: Sequence[Fraction]
    exact: bool
    known: dict[Fraction, Report]

    @classmethod
    def over(cls, varied: Varied, step: Number | None) -> _Search:
        """Return the search over the multiples of the step, or else over whatever its kind and its range have."""
        rises = never_falls(varied.plan, varied.report_at(varied.lowest), varied.ids)
        if step is not None:
            return cls(varied, rises, varied.steps(step), exact=False, known={})
        if varied.only:
            return cls(varied, rises, varied.only, exact=False, known={})
        return cls(varied, rises, varied.grid(), exact=True, known={})

    def report(self, mark: Fraction) -> Report:
        """Return the report with the mark."""
        if mark not in self.known:
            self.known[mark] = self.varied.report_at(mark)
        return self.known[mark]

    def least(self, target: Goal) -> Needed:
        """Return the least mark with which the target is reached."""
        if self.rises and target.rises:
            return self._by_halves(target)
        return self._one_by_one(target)

    def _by_halves(self, target: Goal) -> Needed:
        marks = self.marks
        best = _percent(self.report(marks[-1]))
        if not target.is_reached(self.report(marks[-1])):
            return self._out_of_reach(target, best, Verdict.MET)
        if target.is_reached(self.report(marks[0])):
            return self._answer(target, Reach.REACHED, Threshold(marks[0], attained=True), best, Verdict.MET)
        if self.exact:
            least = threshold(self._holds(target), marks[0], marks[-1])
            return self._answer(target, Reach.NEEDED, least, best, Verdict.MET)
        low, high = 0, len(marks) - 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if target.is_reached(self.report(marks[middle])) else (middle, high)
        return self._answer(target, Reach.NEEDED, Threshold(marks[high], attained=True), best, Verdict.MET)

    def _one_by_one(self, target: Goal) -> Needed:
        reached = [target.is_reached(self.report(mark)) for mark in self.marks]
        percents = [percent for mark in self.marks if (percent := _percent(self.report(mark))) is not None]
        best = max(percents, default=None)
        otherwise = Verdict.UNDETERMINED if self.exact else Verdict.MET
        if not any(reached):
            return self._out_of_reach(target, best, otherwise)
        first = reached.index(True)
        monotone = otherwise if all(reached[first:]) else Verdict.NOT_MET
        outcome = Reach.REACHED if all(reached) else Reach.NEEDED
        least = Threshold(self.marks[first], attained=True)
        if self.exact and first:
            least = threshold(self._holds(target), self.marks[first - 1], self.marks[first])
        return self._answer(target, outcome, least, best, monotone)

    def _holds(self, target: Goal) -> Callable[[Fraction], bool]:
        return lambda mark: target.is_reached(self.varied.report_at(mark))

    def _out_of_reach(self, target: Goal, best: Fraction | None, monotone: Verdict) -> Needed:
        said = TEXTS.reason("no_best") if best is None else TEXTS.reason("best", best)
        ids, unsure = self.varied.ids, self._unsure(monotone, "not_proven_out")
        return Needed(ids, target.label, Reach.OUT_OF_REACH, None, True, best, monotone, (said, *unsure))  # noqa: FBT003

    def _answer(
        self, target: Goal, outcome: Reach, least: Threshold, best: Fraction | None, monotone: Verdict
    ) -> Needed:
        open_end = () if least.attained else (TEXTS.reason("just_above"),)
        falls = (TEXTS.reason("falls"),) if monotone is Verdict.NOT_MET else ()
        unsure = self._unsure(monotone) if least.mark > self.marks[0] else ()
        reasons = (*open_end, *falls, *unsure)
        return Needed(self.varied.ids, target.label, outcome, least.mark, least.attained, best, monotone, reasons)

    def _unsure(self, monotone: Verdict, code: str = "not_proven") -> tuple[Reason, ...]:
        return (TEXTS.reason(code),) if self.exact and monotone is not Verdict.MET else ()


def _percent(report: Report) -> Fraction | None:
    return report.final.percent
