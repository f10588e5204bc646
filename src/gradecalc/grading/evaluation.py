# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's figures, worked out line by line: the row evaluator, which is the truth.

Every line is visited once, children before their branch. A branch decides what becomes of each child (left out,
counted as zero, dropped, …), combines those that count, and hands up points out of a maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from operator import itemgetter
from typing import Final

from ..errors import FormulaError
from ..exact import (
    Exact,
    Number,
    ratio,
    total,
)
from ..formula import Explanation, Property
from ..gradebook.contributions import (
    Combined,
    Frame,
    Part,
    Stake,
    ZeroRange,
    at_least_zero,
)
from ..gradebook.drops import (
    DropBy,
    Dropped,
    DropRule,
    choose,
)
from ..gradebook.tree import OnlyBonus
from ..marks import (
    EXEMPT,
    UNGRADED,
    NoScore,
    Reading,
    Recorded,
    UngradedPolicy,
)
from ..reasons import Note
from ..report.results import Columns, Treatment
from ..rounding import Rounding, RoundingOf
from .calculated import calculate
from .plan import Plan
from .planned import (
    Place,
    PlannedBranch,
    PlannedCalculation,
    PlannedFormula,
    PlannedItem,
    PlannedLine,
    full_maximum,
)

_Counted = tuple[Place, Part]
_GONE: Final = (Treatment.EXEMPT, Treatment.DROPPED)


def evaluate(plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None) -> Columns:
    """Return the columns of one learner's report; `readings` are by line, and `ungraded` replaces every policy."""
    return _work(plan, readings, ungraded).columns()


def explain_line(
    plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None, line: PlannedFormula
) -> Explanation:
    """Return why the formula of a line comes to what it comes to for this learner."""
    return _work(plan, readings, ungraded).explain(line, ungraded or line.ungraded)


def _work(plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None) -> _Work:
    work = _Work(plan, readings)
    for line, reading in readings.items():
        item = plan.lines[line]
        if isinstance(item, PlannedItem):
            work.grade_item(item, reading)
    for line in plan.order:
        planned = plan.lines[line]
        if isinstance(planned, PlannedBranch):
            work.grade_branch(planned, ungraded or planned.ungraded)
        elif isinstance(planned, PlannedFormula):
            work.grade_formula(planned, ungraded or planned.ungraded)
        elif isinstance(planned, PlannedCalculation):
            work.grade_calculation(planned, ungraded or planned.ungraded)
    return work


class _Work:
    """The figures while they are worked out, a list for each column of the report."""

    def __init__(self, plan: Plan, readings: Mapping[int, Reading]) -> None:
        count = len(plan.lines)
        self.plan = plan
        self.readings = readings
        self.points: list[Exact | None] = [None] * count
        self.out_of: list[Exact] = [line.max_points for line in plan.lines]
        self.exempt: list[bool] = [False] * count
        self.zeros: list[int] = []
        self.treatments: list[Treatment] = [Treatment.LEFT_OUT] * count
        self.shares: list[Exact] = [0] * count
        self.wholes: list[Exact | None] = [None] * count
        self.recorded: list[Recorded] = [None] * count
        self.computed: list[tuple[int, Exact | None]] = []
        self.notes: list[tuple[int, Note]] = []
        for line in sorted(line for line, reading in readings.items() if reading.exempt):
            self._exempt(line, readings[line])

    def columns(self) -> Columns:
        """Return what was worked out; what counted as zero is a zero only now, for formulas read it as ungraded."""
        for line in self.zeros:
            self.points[line] = 0
        if self.points[0] is not None:
            self.treatments[0] = Treatment.COUNTED
        elif self.exempt[0]:
            self.treatments[0] = Treatment.EXEMPT
        by_line = itemgetter(0)
        return Columns(
            tuple(self.points),
            tuple(self.out_of),
            tuple(self.treatments),
            tuple(self.shares),
            tuple(self.wholes),
            tuple(self.recorded),
            tuple(sorted(self.computed, key=by_line)),
            tuple(sorted(self.notes, key=by_line)),
        )

    def grade_item(self, item: PlannedItem, reading: Reading) -> None:
        """Enter an item's mark, with its floor, its rounding and its cap (R5)."""
        line = item.line
        out_of = item.max_points
        if reading.out_of is not None:
            out_of = self.out_of[line] = reading.out_of
        self.recorded[line] = reading.recorded
        if reading.by is not None or reading.note:
            self._note_circumstances(line, reading)
        points = reading.points
        if points is None or self.exempt[line]:
            return
        if item.min_points is not None and points < item.min_points:
            self._note(line, "floored", points, item.min_points)
            points = item.min_points
        if item.rounding is not None:
            points = self._rounded(line, item.rounding, points, out_of)
        self.points[line] = self._capped(line, points, out_of) if item.capped and points > out_of else points

    def grade_branch(self, branch: PlannedBranch, policy: UngradedPolicy) -> None:
        """Decide what becomes of each child, combine those that count, and settle the branch's own result."""
        zero = self._blank_is_zero(branch.children, policy, with_bonus=branch.only_bonus is OnlyBonus.GRADED)
        counted, bonuses = self._sort_children(branch.children, zero=zero)
        combined = self._combine(branch, counted, bonuses)
        self.wholes[branch.line] = combined.whole
        if combined.reason:
            self._note(branch.line, combined.reason)
        self._conclude(branch, combined.points, combined.out_of)

    def grade_formula(self, planned: PlannedFormula, policy: UngradedPolicy) -> None:
        """Work a formula out, of an item or of a branch."""
        self._sort_children(planned.children, zero=self._blank_is_zero(planned.children, policy, with_bonus=True))
        points: Exact | None = None
        try:
            points = planned.formula.evaluate(partial(self._look_up, planned, policy), ungraded=policy)
            if points is None:
                why = ", ".join(reason.value for reason in self.explain(planned, policy).reasons)
                self._note(planned.line, "formula_without_score", why)
        except FormulaError as error:
            self._note(planned.line, "formula_without_score", error.message)
        if points is None:
            self._exempt_if_all_are(planned.line, planned.named.values())
        self._conclude(planned, points, planned.max_points)

    def grade_calculation(self, planned: PlannedCalculation, policy: UngradedPolicy) -> None:
        """Work out a calculated item."""
        zero = policy is UngradedPolicy.AS_ZERO
        if policy is UngradedPolicy.AS_ZERO_ONCE_GRADED:
            zero = any(self.points[line] is not None for line in planned.chosen.leaves())
        reached = calculate(planned.chosen, planned.method, partial(self._score, zero=zero))
        if reached is None:
            self._note(planned.line, "nothing_chosen_graded")
            self._exempt_if_all_are(planned.line, planned.chosen.leaves())
            self._conclude(planned, None, planned.max_points)
            return
        points, out_of = reached
        if planned.scale is not None:
            points, out_of = ratio(points * planned.scale, out_of), planned.scale
        self._conclude(planned, points, out_of)

    def explain(self, planned: PlannedFormula, policy: UngradedPolicy) -> Explanation:
        """Return the value of every part of a formula, and why where there is none."""
        return planned.formula.explain(partial(self._look_up, planned, policy), ungraded=policy)

    def _look_up(self, planned: PlannedFormula, policy: UngradedPolicy, name: str, asked: Property) -> Number | NoScore:
        """Answer a formula with the value used, before the policy of any branch touched it (C4 to C7)."""
        line = planned.named[name]
        points, out_of = self.points[line], self.out_of[line]
        if self.exempt[line]:
            return EXEMPT
        if points is None and isinstance(self.plan.lines[line], (PlannedFormula, PlannedCalculation)):
            return EXEMPT
        if asked is Property.MAX_POINTS:
            return UNGRADED if points is None and policy is UngradedPolicy.LEAVE_OUT else out_of
        if points is None or asked is Property.POINTS:
            return UNGRADED if points is None else points
        return Fraction(points * 100) / out_of if out_of else EXEMPT

    def _score(self, line: int, *, zero: bool) -> tuple[Exact, Exact] | None:
        points = self.points[line]
        if self.exempt[line] or (points is None and not zero):
            return None
        return points or 0, self.out_of[line]

    def _exempt_if_all_are(self, line: int, named: Iterable[int]) -> None:
        lines = list(named)
        if lines and all(self.exempt[each] for each in lines):
            self._become_exempt(line)

    def _become_exempt(self, line: int) -> None:
        """Exempt a line because all it is made of is exempt, unless somebody overrides it (X3, O1)."""
        reading = self.readings.get(line)
        if reading is None or reading.points is None:
            self.exempt[line] = True
            self.treatments[line] = Treatment.EXEMPT

    def _conclude(self, planned: PlannedLine, points: Exact | None, out_of: Exact) -> None:
        """Settle what was computed: rounding, cap, and an override in its place."""
        line = planned.line
        self.out_of[line] = out_of
        if points is not None and not self.exempt[line]:
            if planned.rounding is not None:
                points = self._rounded(line, planned.rounding, points, out_of)
            self.points[line] = self._capped(line, points, out_of) if planned.capped else points
        reading = self.readings.get(line)
        if reading is not None and not self.exempt[line]:
            self._override(planned, reading)

    def _exempt(self, line: int, reading: Reading) -> None:
        """Exempt an item, or a branch with everything in it (X6)."""
        self.exempt[line] = True
        if reading.points is not None:
            self._note(line, "exempt_keeps_number", reading.points)
        planned = self.plan.lines[line]
        if not isinstance(planned, PlannedItem):
            self.recorded[line] = reading.recorded
            for below in range(line + 1, planned.end):
                if not self.exempt[below]:
                    self.exempt[below] = True
                    self._note(below, "exempt_within", self.plan.layout.headings[line].name)

    def _sort_children(self, children: Sequence[Place], *, zero: bool) -> tuple[list[_Counted], list[_Counted]]:
        """Treat the children that take no part, and return those that count and the bonuses."""
        counted: list[_Counted] = []
        bonuses: list[_Counted] = []
        for place in children:
            line = place.line
            points = self.points[line]
            if self.exempt[line]:
                self.treatments[line] = Treatment.EXEMPT
            elif not place.counts:
                self.treatments[line] = Treatment.NOT_COUNTED
            elif points is not None:
                self.treatments[line] = Treatment.BONUS if place.bonus else Treatment.COUNTED
                part = (points, self.out_of[line], place.weight, place.automatic)
                (bonuses if place.bonus else counted).append((place, part))
            elif zero and not place.bonus and not place.leaves_if_empty:
                self.treatments[line] = Treatment.COUNTED_AS_ZERO
                self.zeros.append(line)
                counted.append((place, (0, self.out_of[line], place.weight, place.automatic)))
            else:
                self.treatments[line] = Treatment.LEFT_OUT
        return counted, bonuses

    def _blank_is_zero(self, children: Sequence[Place], policy: UngradedPolicy, *, with_bonus: bool) -> bool:
        if policy is not UngradedPolicy.AS_ZERO_ONCE_GRADED:
            return policy is UngradedPolicy.AS_ZERO
        return any(
            place.counts
            and self.points[place.line] is not None
            and not self.exempt[place.line]
            and (with_bonus or not place.bonus)
            for place in children
        )

    def _combine(self, branch: PlannedBranch, counted: list[_Counted], bonuses: list[_Counted]) -> Combined:
        if branch.aggregation.zero_range is not ZeroRange.ADDS:
            counted = self._without_zero_ranges(counted, branch.aggregation.zero_range)
        if branch.drop is not None:
            counted = self._without_dropped(branch, branch.drop, counted, bonuses)
        if not counted and not (bonuses and branch.only_bonus is OnlyBonus.GRADED):
            return Combined(None, self._potential(branch), reason=self._why_empty(branch, bonuses))
        frame = self._frame(branch) if bonuses else branch.frame
        combined = branch.aggregation.combine(
            [part for _, part in counted], [at_least_zero(part) for _, part in bonuses], frame
        )
        if combined.points is None:
            return combined._replace(out_of=self._potential(branch))
        for (place, _), weight in zip(counted, combined.weights, strict=False):
            self.shares[place.line] = weight
        for (place, part), weight in zip(bonuses, combined.bonus_weights, strict=False):
            self.shares[place.line] = weight
            if part[0] < 0:
                self._note(place.line, "bonus_never_costs", part[0])
        return combined

    def _frame(self, branch: PlannedBranch) -> Frame:
        """Return what a bonus is measured by: what could count for this learner, without exempt work (B2, X1)."""
        could = [place.line for place in branch.children if place.carries and not self.exempt[place.line]]
        return Frame(branch.frame.scale, total(self.out_of[line] for line in could), len(could))

    def _without_zero_ranges(self, counted: list[_Counted], zero_range: ZeroRange) -> list[_Counted]:
        """Treat the children out of 0, and return those that still count (W6, A2)."""
        left: list[_Counted] = []
        for place, part in counted:
            recorded = self.treatments[place.line] is Treatment.COUNTED
            if part[1]:
                left.append((place, part))
            elif recorded and zero_range is ZeroRange.FULL:
                left.append((place, part))
                self._note(place.line, "out_of_zero_counts_in_full")
            else:
                self.treatments[place.line] = Treatment.NOT_COUNTED
                self._note(place.line, "out_of_zero_leaves")
        return left

    def _without_dropped(
        self, branch: PlannedBranch, rule: DropRule, counted: list[_Counted], bonuses: Sequence[_Counted]
    ) -> list[_Counted]:
        """Drop what the rule says, and return what stays."""
        droppable = [each for each in counted if each[0].droppable]
        if rule.by is DropBy.BEST_TOTAL:
            dropped = self._best_total(branch, rule, counted, bonuses)
        else:
            dropped = choose(rule, [part for _, part in droppable])
        for code, places in (("dropped_lowest", dropped.lowest), ("dropped_highest", dropped.highest)):
            for place in places:
                line = droppable[place][0].line
                self.treatments[line] = Treatment.DROPPED
                self._note(line, code)
        return [each for each in counted if self.treatments[each[0].line] is not Treatment.DROPPED]

    def _best_total(
        self, branch: PlannedBranch, rule: DropRule, counted: Sequence[_Counted], bonuses: Sequence[_Counted]
    ) -> Dropped:
        """Choose among the droppable with what every child, and a bonus measured by what counted, has at stake."""
        parts = [part for _, part in counted]
        stakes = list(zip(counted, branch.aggregation.stakes(parts), strict=True))
        bonus = branch.aggregation.bonus_stake([at_least_zero(part) for _, part in bonuses], parts)
        protected: list[Stake] = [(bonus, 0), *(stake for (place, _), stake in stakes if not place.droppable)]
        droppable = [(part, stake) for (place, part), stake in stakes if place.droppable]
        own = [stake for _, stake in droppable]
        return choose(rule, [part for part, _ in droppable], own, protected, branch.aggregation.divisor)

    def _potential(self, branch: PlannedBranch) -> Exact:
        """Return what a branch without a score is out of (U6)."""
        treated = [(place, self.treatments[place.line]) for place in branch.children if place.carries]
        dropped = any(treatment is Treatment.DROPPED for _, treatment in treated)
        maxima = [(self.out_of[place.line], place.droppable) for place, treatment in treated if treatment not in _GONE]
        return full_maximum(branch.aggregation, maxima, None if dropped else branch.drop, branch.frame.scale)

    def _why_empty(self, branch: PlannedBranch, bonuses: Sequence[_Counted]) -> str:
        treated = [self.treatments[place.line] for place in branch.children if place.counts]
        if treated and all(treatment is Treatment.EXEMPT for treatment in treated):
            self._become_exempt(branch.line)
            return ""
        if Treatment.DROPPED in treated:
            return "all_dropped"
        if bonuses:
            return "only_bonus"
        return "nothing_graded" if Treatment.LEFT_OUT in treated else "nothing_counts"

    def _override(self, planned: PlannedLine, reading: Reading) -> None:
        """Put the recorded number in the place of the computed one, and keep both (O1)."""
        line, points = planned.line, reading.points
        self.recorded[line] = reading.recorded
        if points is None:
            self._note_circumstances(line, reading)
            return
        before, out_of = self.points[line], self.out_of[line]
        percent = ratio(before * 100, out_of) if before is not None and out_of else None
        self.computed.append((line, percent))
        computed = "nothing" if percent is None else f"{self.plan.layout.shown.show(percent)} %"
        self._note(line, "overridden", points, computed)
        self._note_circumstances(line, reading)
        if reading.out_of is not None:
            out_of = self.out_of[line] = reading.out_of
        self.points[line] = self._capped(line, points, out_of) if planned.capped else points

    def _note_circumstances(self, line: int, reading: Reading) -> None:
        if reading.by is not None:
            self._note(line, "set_by", reading.by)
        if reading.note:
            self._note(line, "noted", reading.note)

    def _rounded(self, line: int, rounding: Rounding, points: Exact, out_of: Exact) -> Exact:
        rounded = rounding.apply_to(points, out_of)
        if rounded != points:
            if out_of and rounding.of is RoundingOf.PERCENT:
                self._note(line, "rounded", ratio(points * 100, out_of))
            else:
                self._note(line, "rounded_points", points)
        return rounded

    def _capped(self, line: int, points: Exact, out_of: Exact) -> Exact:
        if not out_of or points <= out_of:
            return points
        self._note(line, "capped", points, out_of)
        return out_of

    def _note(self, line: int, code: str, *arguments: object) -> None:
        self.notes.append((line, (code, *arguments)))
