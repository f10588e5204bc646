# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's figures, worked out line by line: the row evaluator, which is the truth.

Every line is visited once, children before their branch. A branch decides what becomes of each child (left out,
counted as zero, dropped, …), combines those that count, and hands up points out of a maximum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from .drops import Candidate, DropBy, DropRule, choose
from .exact import Exact, ratio
from .gradebook import OnlyBonus
from .marks import Reading, Recorded, UngradedPolicy
from .pairs import Combined, Part, Stake, ZeroRange, at_least_zero
from .plan import Place, Plan, PlannedBranch, PlannedItem, full_maximum
from .reasons import Note
from .results import Columns, Treatment

_Counted = tuple[Place, Part]
_GONE = (Treatment.EXEMPT, Treatment.DROPPED)


def evaluate(plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None) -> Columns:
    """Return the columns of one learner's report; `readings` are by line, and `ungraded` replaces every policy."""
    work = _Work(plan, readings)
    for line in plan.order:
        planned = plan.lines[line]
        if isinstance(planned, PlannedItem):
            work.grade_item(planned)
        else:
            work.grade_branch(planned, ungraded or planned.ungraded)
    return work.columns()


class _Work:
    """The figures while they are worked out, a list for each column of the report."""

    def __init__(self, plan: Plan, readings: Mapping[int, Reading]) -> None:
        count = len(plan.lines)
        self.plan = plan
        self.readings = readings
        self.points: list[Exact | None] = [None] * count
        self.out_of: list[Exact] = [0] * count
        self.exempt: list[bool] = [False] * count
        self.treatments: list[Treatment] = [Treatment.LEFT_OUT] * count
        self.shares: list[Exact] = [0] * count
        self.wholes: list[Exact | None] = [None] * count
        self.recorded: list[Recorded] = [None] * count
        self.computed: list[tuple[int, Exact | None]] = []
        self.notes: list[tuple[int, Note]] = []
        for line, reading in readings.items():
            if reading.exempt:
                self._exempt(line, reading)

    def columns(self) -> Columns:
        """Return what was worked out, the root's own treatment settled last."""
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

    def grade_item(self, item: PlannedItem) -> None:
        """Enter an item's mark, with its floor, its rounding and its cap (R5)."""
        line = item.line
        reading = self.readings.get(line)
        if reading is None:
            self.out_of[line] = item.max_points
            return
        out_of = self.out_of[line] = item.max_points if reading.out_of is None else reading.out_of
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
            points = self._rounded(line, item.rounding.apply_to(points, out_of), points, out_of)
        self.points[line] = self._capped(line, points, out_of) if item.capped and points > out_of else points

    def grade_branch(self, branch: PlannedBranch, policy: UngradedPolicy) -> None:
        """Decide what becomes of each child, combine those that count, and settle the branch's own result."""
        line = branch.line
        counted, bonuses = self._sort_children(branch, policy)
        combined = self._combine(branch, counted, bonuses)
        self.out_of[line] = combined.out_of
        self.wholes[line] = combined.whole
        if combined.points is not None:
            self.points[line] = self._settled(branch, combined.points, combined.out_of)
        elif combined.reason:
            self._note(line, combined.reason)
        reading = self.readings.get(line)
        if reading is not None and not self.exempt[line]:
            self._override(branch, reading)

    def _exempt(self, line: int, reading: Reading) -> None:
        """Exempt an item, or a branch with everything in it (X6)."""
        self.exempt[line] = True
        if reading.points is not None:
            self._note(line, "exempt_keeps_number", reading.points)
        planned = self.plan.lines[line]
        if isinstance(planned, PlannedBranch):
            self.recorded[line] = reading.recorded
            for below in range(line + 1, planned.end):
                self.exempt[below] = True
                self._note(below, "exempt_within", self.plan.layout.headings[line].name)

    def _sort_children(self, branch: PlannedBranch, policy: UngradedPolicy) -> tuple[list[_Counted], list[_Counted]]:
        """Treat the children that take no part, and return those that count and the bonuses."""
        counted: list[_Counted] = []
        bonuses: list[_Counted] = []
        zero = self._blank_is_zero(branch, policy)
        for place in branch.children:
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
                self.points[line] = 0
                counted.append((place, (0, self.out_of[line], place.weight, place.automatic)))
            else:
                self.treatments[line] = Treatment.LEFT_OUT
        return counted, bonuses

    def _blank_is_zero(self, branch: PlannedBranch, policy: UngradedPolicy) -> bool:
        if policy is not UngradedPolicy.AS_ZERO_ONCE_GRADED:
            return policy is UngradedPolicy.AS_ZERO
        with_bonus = branch.only_bonus is OnlyBonus.GRADED
        return any(
            place.counts
            and self.points[place.line] is not None
            and not self.exempt[place.line]
            and (with_bonus or not place.bonus)
            for place in branch.children
        )

    def _combine(self, branch: PlannedBranch, counted: list[_Counted], bonuses: list[_Counted]) -> Combined:
        if branch.aggregation.zero_range is not ZeroRange.ADDS:
            counted = self._without_zero_ranges(counted, branch.aggregation.zero_range)
        if branch.drop is not None:
            counted = self._without_dropped(branch, branch.drop, counted, bonuses)
        if not counted and not (bonuses and branch.only_bonus is OnlyBonus.GRADED):
            return Combined(None, self._potential(branch), reason=self._why_empty(branch, bonuses))
        combined = branch.aggregation.combine(
            [part for _, part in counted], [at_least_zero(part) for _, part in bonuses], branch.frame
        )
        for (place, _), weight in zip(counted, combined.weights, strict=False):
            self.shares[place.line] = weight
        for (place, part), weight in zip(bonuses, combined.bonus_weights, strict=False):
            self.shares[place.line] = weight
            if part[0] < 0:
                self._note(place.line, "bonus_never_costs", part[0])
        return combined

    def _without_zero_ranges(self, counted: list[_Counted], zero_range: ZeroRange) -> list[_Counted]:
        """Treat the children out of 0, and return those that still count (W6, A2)."""
        left: list[_Counted] = []
        for place, part in counted:
            if part[1] or zero_range is ZeroRange.FULL:
                left.append((place, part))
            else:
                self.treatments[place.line] = Treatment.NOT_COUNTED
            if not part[1]:
                leaves = zero_range is ZeroRange.LEAVES
                self._note(place.line, "out_of_zero_leaves" if leaves else "out_of_zero_counts_in_full")
        return left

    def _without_dropped(
        self, branch: PlannedBranch, rule: DropRule, counted: list[_Counted], bonuses: Sequence[_Counted]
    ) -> list[_Counted]:
        """Drop what the rule says, and return what stays."""
        parts = [part for _, part in counted]
        stakes: Sequence[Stake] = [(0, 0)] * len(parts)
        protected = []
        if rule.by is DropBy.BEST_TOTAL:
            stakes = branch.aggregation.stakes(parts)
            bonus = branch.aggregation.bonus_stake([at_least_zero(part) for _, part in bonuses], parts)
            protected.append(Candidate(0, 0, bonus, 0))
        results = [Candidate(part[0], part[1], *stake) for part, stake in zip(parts, stakes, strict=True)]
        droppable = [nth for nth, (place, _) in enumerate(counted) if place.droppable]
        protected += [results[nth] for nth, (place, _) in enumerate(counted) if not place.droppable]
        dropped = choose(rule, [results[nth] for nth in droppable], protected, branch.aggregation.divisor)
        for code, places in (("dropped_lowest", dropped.lowest), ("dropped_highest", dropped.highest)):
            for place in places:
                line = counted[droppable[place]][0].line
                self.treatments[line] = Treatment.DROPPED
                self._note(line, code)
        return [each for each in counted if self.treatments[each[0].line] is not Treatment.DROPPED]

    def _potential(self, branch: PlannedBranch) -> Exact:
        """Return what a branch without a score is out of (U6)."""
        treated = [(place, self.treatments[place.line]) for place in branch.children if place.carries]
        dropped = any(treatment is Treatment.DROPPED for _, treatment in treated)
        maxima = [self.out_of[place.line] for place, treatment in treated if treatment not in _GONE]
        return full_maximum(branch.aggregation, maxima, None if dropped else branch.drop, branch.frame.scale)

    def _why_empty(self, branch: PlannedBranch, bonuses: Sequence[_Counted]) -> str:
        treated = [self.treatments[place.line] for place in branch.children if place.counts]
        if treated and all(treatment is Treatment.EXEMPT for treatment in treated):
            self.exempt[branch.line] = True
            return ""
        if Treatment.DROPPED in treated:
            return "all_dropped"
        if bonuses:
            return "only_bonus"
        return "nothing_graded" if Treatment.LEFT_OUT in treated else "nothing_counts"

    def _settled(self, branch: PlannedBranch, points: Exact, out_of: Exact) -> Exact:
        if branch.rounding is not None:
            points = self._rounded(branch.line, branch.rounding.apply_to(points, out_of), points, out_of)
        return self._capped(branch.line, points, out_of) if branch.capped else points

    def _override(self, branch: PlannedBranch, reading: Reading) -> None:
        """Put the recorded number in the place of the computed one, and keep both (O1)."""
        line, points = branch.line, reading.points
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
        self.points[line] = self._capped(line, points, out_of) if branch.capped else points

    def _note_circumstances(self, line: int, reading: Reading) -> None:
        if reading.by is not None:
            self._note(line, "set_by", reading.by)
        if reading.note:
            self._note(line, "noted", reading.note)

    def _rounded(self, line: int, rounded: Exact, points: Exact, out_of: Exact) -> Exact:
        if rounded != points:
            if out_of:
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
