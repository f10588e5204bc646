# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The way of the evaluator through a plan, for a learner whose marks are not known yet.

Where `evaluation` works out figures, this works out expressions of them, line by line and as needed: what becomes of
children, what a branch makes of them, rounding, cap, replacement, hurdles. What comes out is the last of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from ...gradebook.replacement import ReplacedBy, ReplacedWhen
from ...marks import ItemKind, UngradedPolicy
from ...rounding import RoundingOf
from ..planned import (
    AnyLine,
    PlannedBranch,
    PlannedCalculation,
    PlannedFormula,
    PlannedHurdle,
    PlannedItem,
    PlannedLine,
    Replacing,
)
from . import bounds
from .amounts import (
    NOTHING,
    Amount,
    exactly,
    is_below,
    lesser,
    level,
    multiplied,
    one_of,
    quotient,
    scaled,
    when,
)
from .calculating import calculate
from .combining import CameTo, NotLoweredError, combine
from .concluding import in_steps, settled
from .dropping import Contest
from .expressions import (
    FALSE,
    ONE,
    TRUE,
    ZERO,
    Expression,
    Op,
    all_of,
    any_of,
    either,
    leaf,
    not_,
    number,
    of,
    plus,
)
from .formulas import work_out
from .members import Line, gather, members_of
from .sums import Sums

_MOST_MOVING: Final = 30
"""The most weights that move in one branch, each of which may meet any of the others on its way."""

_MOST_WEIGHED: Final = 2000
"""The most children that are weighed in one branch, in all of its weightings together."""


class MissedHurdle(NamedTuple):
    """A hurdle: whether it is missed, and which it is."""

    flag: Expression
    hurdle: PlannedHurdle


class Follower:
    """The way through a plan: every line that was needed so far, and what is to be refused."""

    def __init__(
        self,
        plan: Sequence[AnyLine],
        ungraded: UngradedPolicy | None,
        hurdles: Sequence[PlannedHurdle],
        sums: Sums,
        apart: Collection[int],
    ) -> None:
        self.plan, self.ungraded, self.hurdles, self.sums, self._apart = plan, ungraded, hurdles, sums, apart
        self.refused: list[Expression] = []
        self.zeroed: dict[int, Expression] = {}
        self.missed: list[MissedHurdle] = []
        self._concluded: dict[int, Line] = {}
        self._bonus: dict[int, Amount] = {}
        self._lines: dict[int, Line] = {}
        self._under_way: list[int] = []
        self._opened: set[int] = set()
        self._lowest = {
            line: each
            for each in plan
            if isinstance(each, PlannedBranch) and each.replace_lowest is not None
            for line in each.replace_lowest.lines
        }

    def line(self, line: int) -> Line:
        """Return what is known of a line once all that stands in for it does."""
        if line not in self._lines:
            self._lines[line] = self._concluded_line(line)
            if line in self._lowest:
                self._replace_lowest(self._lowest[line])
        return self._lines[line]

    @property
    def stands_at(self) -> int:
        """The line that it is at."""
        return self._under_way[-1] if self._under_way else 0

    def percent_share(self, line: int) -> tuple[Expression, Expression, Amount]:
        """Return whether a line has a percent, whether it is exempt, and its share; a blank zero has one of 0."""
        found = self.line(line)
        if not line:
            return found.has, FALSE, found.share
        if found.out_of_zero:
            return FALSE, found.exempt, NOTHING
        self._decide_blank(line)
        return any_of([found.has, self.zeroed.get(line, FALSE)]), found.exempt, found.share

    def pair(self, line: int) -> tuple[Expression, Expression, Expression]:
        """Return whether a line has a percent, and its share above and below the line."""
        has, _, share = self.percent_share(line)
        return has, share.above, share.below

    def is_sum(self, line: int) -> bool:
        """Return whether a line is no more than its sum."""
        if line not in self.sums.known:
            self.line(line)
        return line in self.sums.known and bool(line or not self.hurdles)

    def passed(self, passing: Sequence[tuple[int, Fraction]]) -> Expression:
        """Return whether all that must be passed is, as the program tells it (P1 to P3)."""
        met, missed, all_exempt = [], [], []
        for line, mark in passing:
            there, exempt, share = self.percent_share(line)
            below = is_below(share, exactly(mark / 100))
            all_exempt.append(exempt)
            met.append(any_of([exempt, all_of([there, not_(below)])]))
            missed.append(all_of([there, below]))
        of_somebody = either(any_of(missed), ZERO, either(all_of(met), ONE, number(2)))
        return either(all_of(all_exempt), number(3), of_somebody)

    def symbol(self) -> Expression:
        """Return which hurdle gives the final its symbol, as the program tells it (P5)."""
        found = ZERO
        for place, (flag, each) in reversed(list(enumerate(self.missed, start=1))):
            found = either(flag, number(place), found) if each.hurdle.final_symbol else found
        return found

    def _decide_blank(self, line: int) -> None:
        """Follow the branch of a line, though nothing else may need it: there a blank is said to be a zero."""
        above = max(each.line for each in self.plan if each.line < line < each.end)
        if above not in self._under_way:
            self.line(above)

    def _refuse(self, flag: Expression) -> None:
        if flag is TRUE:
            raise NotLoweredError("what every learner would be refused for is")
        if flag is not FALSE:
            self.refused.append(flag)

    def _concluded_line(self, line: int) -> Line:
        """Return what is known of a line before it may be among the lowest that are replaced."""
        if line in self._concluded:
            return self._concluded[line]
        if line in self._under_way:
            raise NotLoweredError("what waits for itself is")
        self._under_way.append(line)
        planned = self.plan[line]
        found = self._worked_out(planned)
        if planned.replaced is not None:
            found = self._replaced(planned, found, planned.replaced)
        self._under_way.pop()
        return self._concluded.setdefault(line, found)

    def _worked_out(self, planned: AnyLine) -> Line:
        if isinstance(planned, PlannedItem):
            return self._item(planned)
        if planned.min_points is not None or planned.costing:
            raise NotLoweredError("a branch with a least, or with a bonus that may cost, is")
        policy = self.ungraded or planned.ungraded
        if isinstance(planned, PlannedBranch):
            return self._branch(planned, policy)
        if isinstance(planned, PlannedFormula):
            return self._formula(planned, policy)
        return self._calculation(planned, policy)

    def _item(self, item: PlannedItem) -> Line:
        self._opened.add(item.line)
        if item.kind is ItemKind.TEXT:  # of a text there is no score, and who has a mark there is graded exactly
            return Line(FALSE, FALSE, NOTHING, exactly(item.max_points), NOTHING)
        scale, most = self.sums.readings.read_open(item)
        has, exempt = leaf(Op.HAS, item.line), leaf(Op.EXEMPT, item.line)
        reached = leaf(Op.REACHED, item.line, most, has)
        full = int(item.max_points * scale)
        share = Amount(reached, full) if full else NOTHING
        return Line(has, exempt, Amount(reached, scale), exactly(item.max_points), share)

    def _branch(self, branch: PlannedBranch, policy: UngradedPolicy) -> Line:
        if branch.frame.scale == 0:
            raise NotLoweredError("a branch out of 0 is")
        if sum(place.moves is not None for place in branch.children) > _MOST_MOVING:
            raise NotLoweredError(f"more than {_MOST_MOVING} weights that move are")
        if len(branch.ways) * len(branch.children) > _MOST_WEIGHED:
            raise NotLoweredError("so many weightings of so many children are")
        if branch.ways:
            return self._best(branch, policy)
        summed = self._summed(branch)
        if summed is not None:
            return summed
        result, exempt, zeroed = self._way(branch, policy)
        self.zeroed |= zeroed
        return self._conclude(branch, result, exempt)

    def _summed(self, branch: PlannedBranch) -> Line | None:
        """Return a branch that is a sum all through, is not replaced, and of which nobody looks at a part."""
        own = range(branch.line, branch.end)
        if branch.line in self._lowest or any(line in own for line in (*self._apart, *self._opened)):
            return None
        line = self.sums.line(branch.line)
        if line is None or branch.line or not self.hurdles:
            return line
        share = when(line.has, self._after_hurdles(line.has, line.share))
        return line._replace(share=share, points=multiplied(share, line.out_of))

    def _way(self, branch: PlannedBranch, policy: UngradedPolicy) -> tuple[CameTo, Expression, dict[int, Expression]]:
        members = members_of(branch, policy, self.line, self._refuse)
        counting = [self.line(place.line).exempt for place in branch.children if place.counts]
        exempt = all_of(counting) if counting and not branch.never_exempt else FALSE
        result = combine(branch, members, self.line, self._refuse)
        if result.out_of.value == 0 and branch.kept_maximum is not None:
            result = CameTo(FALSE, exactly(branch.kept_maximum), NOTHING)
        return result, exempt, dict(members.zeroed)

    def _best(self, branch: PlannedBranch, policy: UngradedPolicy) -> Line:
        """Return what the best of several weightings makes of a branch (V6 to V8)."""
        ways = [self._way(way, policy) for _, way in branch.ways]
        best, better = ways[0][0], [ways[0][0].has]
        for result, _, _ in ways[1:]:
            ahead = all_of([result.has, any_of([not_(best.has), is_below(best.share, result.share)])])
            better.append(ahead)
            best = CameTo(
                any_of([best.has, result.has]),
                best.out_of,
                one_of(ahead, result.share, best.share),
                None,
                one_of(ahead, result.bonus, best.bonus),
            )
        exempt = [each for _, each, _ in ways]
        for place, (_, _, zeroed) in enumerate(ways):
            usual = any_of([not_(exempt[place]), *([all_of(exempt)] if not place else [])])
            without = all_of([not_(best.has), usual, *exempt[:place]])
            chosen = any_of([all_of([better[place], not_(any_of(better[place + 1 :]))]), without])
            for line, flag in zeroed.items():
                self.zeroed[line] = any_of([self.zeroed.get(line, FALSE), all_of([chosen, flag])])
        return self._conclude(branch, best, all_of(exempt))

    def _formula(self, planned: PlannedFormula, policy: UngradedPolicy) -> Line:
        if not planned.max_points:
            raise NotLoweredError("a formula out of 0 is")
        members = gather(planned.children, policy, self.line, self._refuse, with_bonus=True)
        self.zeroed |= members.zeroed
        worth = work_out(planned, policy, self.plan, self.line, self._refuse)
        named = [self.line(each).exempt for each in planned.named.values()]
        out_of = exactly(planned.max_points)
        result = CameTo(worth.has, out_of, quotient(worth.amount, out_of), worth.amount)
        return self._conclude(planned, result, all_of(named) if named else FALSE)

    def _calculation(self, planned: PlannedCalculation, policy: UngradedPolicy) -> Line:
        has, share, out_of = calculate(planned, policy, self.line)
        leaves = [self.line(line).exempt for line in planned.chosen.leaves()]
        return self._conclude(planned, CameTo(has, out_of, share), all_of(leaves) if leaves else FALSE)

    def _conclude(self, planned: PlannedLine, result: CameTo, exempt: Expression) -> Line:
        """Round and cap what was computed, and at the top look to the hurdles; without a score it is 0."""
        if result.out_of.value == 0:
            return self._out_of_zero(planned, result, exempt)
        bonus = NOTHING if planned.cap is None else when(result.has, result.bonus)
        self._bonus[planned.line] = bonus
        share, points = settled(planned, result.share, result.points, result.out_of, bonus)
        if not planned.line:
            share, points = self._after_hurdles(result.has, share), None
        share = when(result.has, share)
        points = multiplied(share, result.out_of) if points is None else when(result.has, points)
        _check_length(share, points, result.out_of)
        exempt = all_of([exempt, not_(result.has)])
        fixed = result.out_of.value is not None
        return Line(result.has, exempt, points, result.out_of, share, may_be_blank_zero=fixed)

    def _out_of_zero(self, planned: PlannedLine, result: CameTo, exempt: Expression) -> Line:
        """Return a line that has points and no percent; only a rounding and a cap in points change them."""
        if not planned.line:
            raise NotLoweredError("a final out of 0 is")
        points = NOTHING if result.points is None else result.points
        if planned.rounding is not None and planned.rounding.of is RoundingOf.POINTS:
            points = in_steps(planned.rounding, points)
        if planned.cap is not None and planned.cap.points is not None:
            points = lesser(points, exactly(planned.cap.points))
        plain = isinstance(planned, PlannedBranch) and planned.frame.scale is None
        exempt = all_of([exempt, not_(result.has)])
        return Line(result.has, exempt, when(result.has, points), NOTHING, NOTHING, may_be_blank_zero=plain)

    def _after_hurdles(self, has: Expression, share: Amount) -> Amount:
        """Return the final's share with the consequences of the hurdles that are missed (P4 to P6)."""
        for each in self.hurdles:
            there, _, reached = self.percent_share(each.line)
            mark = Fraction(each.pass_mark) / 100
            flag = all_of([has, there, is_below(reached, exactly(mark))])
            self.missed.append(MissedHurdle(flag, each))
            if each.hurdle.final_at_most is not None:
                most = exactly(Fraction(each.hurdle.final_at_most) / 100)
                share = one_of(flag, lesser(share, most), share)
        return share

    def _replaced(self, planned: PlannedLine, line: Line, replacing: Replacing, only: Expression = TRUE) -> Line:
        """Return a line whose result is replaced by the best of its sources, where the rule takes it (V11 to V14)."""
        rule = replacing.rule
        if line.out_of_zero:
            return line
        source, best = self._best_source(replacing)
        worth = scaled(best, rule.counts_at / 100)
        if rule.at_most is not None:
            worth = lesser(worth, exactly(rule.at_most / 100))
        new, _ = settled(planned, worth, None, line.out_of, self._bonus.get(planned.line, NOTHING))
        taken = all_of([only, source, _may_be_replaced(line, rule)])
        if not line.may_be_blank_zero:
            self._refuse(all_of([taken, not_(line.has)]))
        if rule.when is not ReplacedWhen.ALWAYS:
            taken = all_of([taken, any_of([not_(line.has), is_below(line.share, new)])])
        share = one_of(taken, new, line.share)
        has = any_of([line.has, taken])
        _check_length(share)
        return Line(
            has,
            all_of([line.exempt, not_(taken)]),
            multiplied(share, line.out_of),
            line.out_of,
            share,
            line.may_be_blank_zero,
        )

    def _best_source(self, replacing: Replacing) -> tuple[Expression, Amount]:
        has, best = FALSE, NOTHING
        for each in replacing.sources:
            source = self.line(each)
            if not source.out_of_zero:
                ahead = all_of([source.has, any_of([not_(has), is_below(best, source.share)])])
                best, has = one_of(ahead, source.share, best), any_of([has, source.has])
        return has, best

    def _replace_lowest(self, branch: PlannedBranch) -> None:
        """Replace the lowest of a branch's children, what has no score first (V15, V16)."""
        replacing = branch.replace_lowest
        assert replacing is not None  # noqa: S101 - it is one with a rule
        before = {line: self._concluded_line(line) for line in replacing.lines}
        open_ = [line for line in replacing.lines if not before[line].out_of_zero]
        shares, _, _ = level([before[line].share for line in open_])
        above_nothing = number(1 + max((share.most for share in shares), default=0))
        parts: list[Expression] = []
        for line, share in zip(open_, shares, strict=True):
            key = either(before[line].has, plus([share, above_nothing]), ZERO)
            parts += [_may_be_replaced(before[line], replacing.rule), key, ZERO]
        counts = tuple(min(replacing.count, present) for present in range(len(open_) + 1))
        lowest = Expression(Op.LOWEST, tuple(parts), Contest(counts, (0,) * len(counts), tuple(range(len(open_)))))
        self._lines |= before
        for place, line in enumerate(open_):
            self._lines[line] = self._replaced(self.plan[line], before[line], replacing, of(lowest, place))


def _may_be_replaced(line: Line, rule: ReplacedBy) -> Expression:
    exempt = line.exempt if rule.even_exempt else FALSE
    blank = line.blank if rule.when is not ReplacedWhen.BETTER else FALSE
    return any_of([line.has, blank, exempt])


def _check_length(*amounts: Amount) -> None:
    longest = max(max(each.above.most, each.below.most) for each in amounts)
    if longest > bounds.WIDEST:
        raise NotLoweredError("numbers this long, which the exact engine reduces at each level, are")
