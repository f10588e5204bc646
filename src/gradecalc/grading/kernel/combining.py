# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a branch makes of its children, of a learner whose marks are not known yet: each aggregation's `combine`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from ...gradebook.aggregation import FixedMaximum, Mean, SumOfPoints
from ...gradebook.contributions import WHOLE, BonusOf
from ...gradebook.drops import DropBy
from ...gradebook.tree import OnlyBonus
from ...gradebook.weights import Maximum, Rescale, WeightedMean, Weightless
from ..planned import Place, PlannedBranch
from .amounts import (
    NOTHING,
    Amount,
    at_least_zero,
    exactly,
    is_below,
    lesser,
    level,
    multiplied,
    quotient,
    scaled,
    total,
    when,
)
from .dropping import AmountStake, without_dropped, without_worst
from .expressions import FALSE, Expression, Op, all_of, any_of, below, count, known, least_common, not_, number
from .members import Joining, Lines, Members, Refuse

_HUNDREDTH: Final = Fraction(1, 100)


class NotLoweredError(Exception):
    """A line that no program says; the text says why."""


class CameTo(NamedTuple):
    """What a branch came to, before it is concluded: its share of `out_of`, and its points where these came first."""

    has: Expression
    out_of: Amount
    share: Amount
    points: Amount | None = None
    bonus: Amount = NOTHING
    """The part of its maximum that bonus can add."""


def combine(branch: PlannedBranch, members: Members, lines: Lines, refuse: Refuse) -> CameTo:
    """Return what a branch makes of its children; a learner whom bonus alone grades is refused."""
    work = _Branch(branch, lines, refuse)
    counted = work.kept(members)
    found = members._replace(counted=counted)
    bonuses = members.bonuses
    if bonuses and branch.only_bonus is OnlyBonus.GRADED:
        refuse(all_of([not_(found.any_counted), any_of(each.line.has for each in bonuses)]))
    match branch.aggregation:
        case SumOfPoints() as points:
            return work.points(points, counted, bonuses)
        case Mean() as mean:
            return work.mean(mean, counted, bonuses)
        case WeightedMean() as weighted:
            return work.weighted(weighted, counted, bonuses)
        case _:
            return work.picked(counted)


class _Branch:
    """A branch while it is combined."""

    def __init__(self, branch: PlannedBranch, lines: Lines, refuse: Refuse) -> None:
        self.branch, self.lines, self.refuse = branch, lines, refuse
        self.scale = branch.frame.scale

    def kept(self, members: Members) -> Sequence[Joining]:
        """Return the children that may count, each as far as it is not dropped."""
        drop, counted = self.branch.drop, members.counted
        if drop is None or not any(each.place.droppable for each in counted):
            return counted
        if drop.by is not DropBy.BEST_TOTAL:
            return without_dropped(drop, counted)
        stakes = self._stakes(counted)
        bonus = self._bonus_stake(counted, members.bonuses)
        return without_worst(drop, counted, stakes, bonus, self.branch.aggregation.divisor(self.branch.frame))

    def _stakes(self, counted: Sequence[Joining]) -> list[AmountStake]:
        aggregation = self.branch.aggregation
        if isinstance(aggregation, SumOfPoints):
            return [(each.line.points, each.out_of) for each in counted]
        one = exactly(1)
        if isinstance(aggregation, WeightedMean) and not aggregation.ranks:
            weights = settled_weights(counted)
            return [
                (multiplied(weight, each.share), when(each.counted, weight))
                for each, weight in zip(counted, weights, strict=True)
            ]
        return [(each.share, when(each.counted, one)) for each in counted]

    def _bonus_stake(self, counted: Sequence[Joining], bonuses: Sequence[Joining]) -> Amount:
        aggregation = self.branch.aggregation
        if isinstance(aggregation, SumOfPoints) and aggregation.bonus is BonusOf.COUNTED:
            return total(at_least_zero(each.points) for each in bonuses)
        if not isinstance(aggregation, WeightedMean) or aggregation.ranks:
            return NOTHING
        measured = [each for each in bonuses if aggregation.bonus is BonusOf.COUNTED or each.place.automatic]
        settled = settled_weights(counted)
        whole = total(when(each.counted, weight) for each, weight in zip(counted, settled, strict=True))
        weights = [self._bonus_weight(each, counted, settled, whole) for each in measured if not each.line.out_of_zero]
        reached = [at_least_zero(each.share) for each in measured if not each.line.out_of_zero]
        return total(multiplied(weight, share) for weight, share in zip(weights, reached, strict=True))

    def points(self, aggregation: SumOfPoints, counted: Sequence[Joining], bonuses: Sequence[Joining]) -> CameTo:
        """Return a sum of points."""
        has = any_of(each.counted for each in counted)
        out_of = total(each.out_of for each in counted)
        keeps = self.scale is not None and aggregation.fixed_maximum is FixedMaximum.KEEPS_POINTS
        maximum = exactly(self.scale) if self.scale is not None and keeps else out_of
        measure = exactly(WHOLE)
        if bonuses and aggregation.bonus is BonusOf.WHOLE:
            measure = total(self._could(each) for each in self.branch.children if each.carries)
        part = exactly(1) if aggregation.bonus is BonusOf.COUNTED else quotient(maximum, measure)
        added = total(multiplied(at_least_zero(each.points), part) for each in bonuses)
        points = total([*(each.points for each in counted), added])
        if known(out_of.above) == 0:
            return CameTo(has, NOTHING, NOTHING, points)
        self._refuse_out_of_zero(has, out_of, counted)
        weights = total(multiplied(when(each.line.has, each.line.out_of), part) for each in bonuses)
        bonus = quotient(weights, maximum)
        if self.scale is None or keeps:
            return CameTo(has, maximum, quotient(points, maximum), points, bonus)
        return CameTo(has, exactly(self.scale), quotient(points, out_of), None, bonus)

    def _could(self, place: Place) -> Amount:
        """Return what a child could add to the maximum of a learner who is not exempt from it."""
        line = self.lines(place.line)
        if not line.may_be_blank_zero:
            self.refuse(line.blank)
        return when(not_(line.exempt), line.out_of)

    def mean(self, aggregation: Mean, counted: Sequence[Joining], bonuses: Sequence[Joining]) -> CameTo:
        """Return a plain mean."""
        how_many = Amount(count(each.counted for each in counted))
        weights = [self._bonus_of_mean(each, aggregation.bonus, how_many) for each in bonuses]
        reached = [
            multiplied(weight, at_least_zero(each.share))
            for each, weight in zip(bonuses, weights, strict=True)
            if not each.line.out_of_zero
        ]
        share = quotient(total([*(each.share for each in counted), *reached]), how_many)
        added = total(when(each.line.has, weight) for each, weight in zip(bonuses, weights, strict=True))
        has = any_of(each.counted for each in counted)
        return CameTo(has, self._whole_or_scale(), share, None, quotient(added, how_many))

    def _bonus_of_mean(self, bonus: Joining, kind: BonusOf, how_many: Amount) -> Amount:
        if kind is BonusOf.PERCENT_POINTS:
            return scaled(multiplied(bonus.line.out_of, how_many), _HUNDREDTH)
        if kind is BonusOf.COUNTED:
            return exactly(bonus.place.weight)
        could = count(not_(self.lines(each.line).exempt) for each in self.branch.children if each.carries)
        return quotient(scaled(how_many, bonus.place.weight), Amount(could))

    def picked(self, counted: Sequence[Joining]) -> CameTo:
        """Return what a median, a lowest, a highest or a mode picks."""
        shares, under, over = level([each.share for each in counted])
        parts = tuple(part for each, share in zip(counted, shares, strict=True) for part in (each.counted, share))
        most = max((share.most for share in shares), default=0)
        picked = Expression(Op.PICKED, parts, self.branch.aggregation, 2 * most)
        has = any_of(each.counted for each in counted)
        return CameTo(has, self._whole_or_scale(), Amount(picked, 2 * under, over))

    def weighted(self, aggregation: WeightedMean, counted: Sequence[Joining], bonuses: Sequence[Joining]) -> CameTo:
        """Return a weighted mean, by the children's own weights or by rank."""
        weights, reached, weighed = (self._ranked if aggregation.ranks else self._weighed)(counted)
        has = any_of(each.counted for each in counted)
        positive = is_below(NOTHING, weighed)
        if aggregation.weightless is Weightless.ZERO:
            self.refuse(all_of([has, not_(positive)]))
        if not all(weight.value for weight in weights):
            has = all_of([has, positive])
        whole = {
            Rescale.ALWAYS: weighed,
            Rescale.UP: lesser(weighed, exactly(WHOLE)),
            Rescale.NEVER: exactly(WHOLE),
        }[aggregation.rescale]
        added = [self._bonus_weight(each, counted, weights, whole) for each in bonuses]
        gains = [
            multiplied(weight, at_least_zero(each.share))
            for each, weight in zip(bonuses, added, strict=True)
            if not each.line.out_of_zero
        ]
        bonus = total(when(each.line.has, weight) for each, weight in zip(bonuses, added, strict=True))
        share = quotient(total([reached, *gains]), whole)
        out_of = self._out_of(aggregation, counted, weights, weighed, has)
        return CameTo(has, out_of, share, None, quotient(bonus, whole))

    def _weighed(self, counted: Sequence[Joining]) -> tuple[list[Amount], Amount, Amount]:
        weights = settled_weights(counted)
        shares = [each.share for each in counted]
        reached = total(multiplied(weight, share) for weight, share in zip(weights, shares, strict=True))
        weighed = total(when(each.counted, weight) for each, weight in zip(counted, weights, strict=True))
        return weights, reached, weighed

    def _ranked(self, counted: Sequence[Joining]) -> tuple[list[Amount], Amount, Amount]:
        """Return what is reached and weighed by rank; whose weight is which nobody knows (W10)."""
        ranks = self.branch.aggregation.ranks  # type: ignore[attr-defined]
        unit = least_common(rank.denominator for rank in ranks)
        whole = [int(rank * unit) for rank in ranks]
        shares, under, over = level([each.share for each in counted])
        parts = tuple(part for each, share in zip(counted, shares, strict=True) for part in (each.counted, share))
        most = sum(whole) * max((share.most for share in shares), default=0)
        reached = Amount(Expression(Op.RANKED, parts, tuple(whole), most), under * unit, over)
        table = tuple(sum(whole[:present]) for present in range(len(counted) + 1))
        weighed = _looked_up(table, count(each.counted for each in counted))
        return [NOTHING] * len(counted), reached, Amount(weighed, unit)

    def _bonus_weight(
        self, bonus: Joining, counted: Sequence[Joining], weights: Sequence[Amount], whole: Amount
    ) -> Amount:
        kind = self.branch.aggregation.bonus  # type: ignore[attr-defined]
        if kind is BonusOf.PERCENT_POINTS:
            return scaled(multiplied(bonus.line.out_of, whole), _HUNDREDTH)
        if bonus.place.automatic:
            flags = _with_weight(counted, weights)
            points = total(when(flag, each.line.out_of) for each, flag in zip(counted, flags, strict=True))
            return quotient(multiplied(bonus.line.out_of, whole), points)
        weight = bonus.place.weight
        return exactly(weight) if kind is BonusOf.COUNTED else scaled(whole, weight * _HUNDREDTH)

    def _out_of(
        self,
        aggregation: WeightedMean,
        counted: Sequence[Joining],
        weights: Sequence[Amount],
        weighed: Amount,
        has: Expression,
    ) -> Amount:
        if self.scale is not None or aggregation.out_of is Maximum.WHOLE:
            return self._whole_or_scale()
        if aggregation.out_of is Maximum.WEIGHTS:  # without a score it is out of the whole (U6)
            return self._whole_or_scale() if has is FALSE else weighed
        if aggregation.ranks:
            return self._ranked_out_of(aggregation, counted, has)
        some = _with_weight(counted, weights)
        maxima = total(when(flag, each.line.out_of) for each, flag in zip(counted, some, strict=True))
        self._refuse_out_of_zero(has, maxima, counted)
        return maxima if aggregation.out_of is Maximum.POINTS else quotient(maxima, Amount(count(some)))

    def _ranked_out_of(self, aggregation: WeightedMean, counted: Sequence[Joining], has: Expression) -> Amount:
        """Return what the results are out of that have a weight by rank, or the mean of that."""
        shares, _, _ = level([each.share for each in counted])
        maxima, under, over = level([each.line.out_of for each in counted])
        flags = [each.counted for each in counted]
        parts = tuple(part for each in zip(flags, shares, maxima, strict=True) for part in each)
        most = sum(each.most for each in maxima)
        weighty = tuple(int(rank > 0) for rank in aggregation.ranks)
        found = Amount(Expression(Op.RANKED_OUT_OF, parts, weighty, most), under, over)
        self._refuse_out_of_zero(has, found, counted)
        if aggregation.out_of is Maximum.POINTS:
            return found
        table = tuple(sum(weighty[:present]) for present in range(len(counted) + 1))
        return quotient(found, Amount(_looked_up(table, count(flags))))

    def _refuse_out_of_zero(self, has: Expression, out_of: Amount, counted: Sequence[Joining]) -> None:
        if any(each.line.out_of_zero for each in counted):
            self.refuse(all_of([has, not_(below(number(0), out_of.above))]))

    def _whole_or_scale(self) -> Amount:
        return exactly(WHOLE if self.scale is None else self.scale)


def _with_weight(counted: Sequence[Joining], weights: Sequence[Amount]) -> list[Expression]:
    """Return of each child whether it counts with a weight."""
    return [all_of([each.counted, is_below(NOTHING, weight)]) for each, weight in zip(counted, weights, strict=True)]


def _looked_up(table: tuple[int, ...], place: Expression) -> Expression:
    fixed = known(place)
    return Expression(Op.LOOKUP, (place,), table, max(table)) if fixed is None else number(table[fixed])


def settled_weights(members: Iterable[Joining]) -> list[Amount]:
    """Return the weights of children that count, as `weights.settle` has them; those of others mean nothing."""
    every = list(members)
    automatic = [each for each in every if each.place.automatic]
    if all(each.line.out_of.value is not None for each in automatic):
        return [total([exactly(each.place.weight), each.moved]) for each in every]
    pool = total(when(each.counted, exactly(each.place.weight)) for each in automatic)
    unit = quotient(pool, total(each.out_of for each in automatic))
    return [
        total([multiplied(unit, each.line.out_of) if each.place.automatic else exactly(each.place.weight), each.moved])
        for each in every
    ]
