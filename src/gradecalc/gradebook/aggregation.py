# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The aggregations that know no weights: sum of points, mean, median, lowest, highest, mode, and by formula.

8 of 10 and 30 of 60 are 38 of 70 as a sum of points (54.29 %), and 65 % as a mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import ClassVar

from attrs import field

from ..exact import (
    Exact,
    ratio,
    total,
)
from ..fields import choice, text
from ..quotients import total_of_quotients
from ..values import frozen
from .contributions import (
    WHOLE,
    BonusOf,
    Child,
    Combined,
    Divisor,
    Frame,
    Part,
    Parts,
    Stake,
    ZeroRange,
    bonus_total,
    fraction,
)


class FixedMaximum(Enum):
    """What a fixed maximum of a branch that sums points does to the points."""

    SCALES = "scales"
    """They are scaled to it: 7 of 10 are 4.2 of 6."""
    KEEPS_POINTS = "keeps_points"
    """They are kept: 5 of 10 are 5 of 6, and 7 of 10 are capped at 6."""


@frozen(kw_only=True)
class SumOfPoints:
    """Points earned out of points possible; the maximum points are the weight. Rules A1, A2, B1, G13 and G22."""

    fixed_maximum: FixedMaximum = field(default=FixedMaximum.SCALES, metadata=choice(FixedMaximum))
    bonus: BonusOf = field(default=BonusOf.COUNTED, metadata=choice(BonusOf))
    zero_range: ZeroRange = field(default=ZeroRange.ADDS, metadata=choice(ZeroRange))

    name: ClassVar[str] = "sum of points"
    takes_bonus: ClassVar[bool] = True
    uses_weights: ClassVar[bool] = False
    sums_points: ClassVar[bool] = True

    def full(self, maxima: Sequence[Exact]) -> Exact:
        """Return the points possible."""
        return total(maxima)

    def divisor(self, frame: Frame) -> Divisor:
        """Return the points possible, or one and the same maximum whatever is dropped."""
        return Divisor.WHOLE if frame.scale is not None and self._keeps_points else Divisor.POINTS

    @property
    def _keeps_points(self) -> bool:
        return self.fixed_maximum is FixedMaximum.KEEPS_POINTS

    def allot(self, children: Sequence[Child]) -> list[tuple[Exact, bool]]:
        """Return each child's maximum: points are the weight."""
        return [(child.max_points, False) for child in children]

    def stakes(self, parts: Sequence[Part]) -> list[Stake]:
        """Return the points and the maximum of each part."""
        return [(part.points, part.out_of) for part in parts]

    def bonus_stake(self, bonuses: Sequence[Part], parts: Sequence[Part]) -> Exact:  # noqa: ARG002
        """Return the bonus points, where they are measured by what counted."""
        return total(bonus.points for bonus in bonuses) if self.bonus is BonusOf.COUNTED else 0

    def combine(self, parts: Parts, bonuses: Sequence[Part], frame: Frame) -> Combined:
        """Return the points of the parts and bonuses out of the maximum of the parts."""
        counts_in_full = self.zero_range is ZeroRange.FULL
        out_of = total(part.out_of for part in parts)
        points = total(part.points for part in parts if part.out_of or not counts_in_full)
        weights = tuple(part.out_of for part in parts)
        measure = out_of or int(not parts)
        keeps = frame.scale is not None and measure and self._keeps_points
        maximum = frame.scale if frame.scale is not None and keeps else out_of
        added = [self._bonus(bonus, maximum, frame.points) for bonus in bonuses]
        points = total([points, *(gain for gain, _ in added)])
        bonus_weights = tuple(weight for _, weight in added)
        if keeps:
            return Combined(points, maximum, weights, bonus_weights, maximum)
        if frame.scale is not None and measure:
            return Combined(ratio(points * frame.scale, measure), frame.scale, weights, bonus_weights, measure)
        return Combined(points, out_of, weights, bonus_weights, out_of)

    def _bonus(self, bonus: Part, out_of: Exact, potential: Exact) -> tuple[Exact, Exact]:
        """Return the points that the bonus adds, and its share in the measure of `out_of`."""
        if self.bonus is BonusOf.COUNTED:
            return bonus.points, bonus.out_of
        measure = WHOLE if self.bonus is BonusOf.PERCENT_POINTS else potential
        return (ratio(bonus.points * out_of, measure), ratio(bonus.out_of * out_of, measure)) if measure else (0, 0)


class _OfPercents:
    """What aggregations of percents have at stake in a drop: of each child the share that it reached, out of one."""

    __slots__ = ()

    uses_weights: ClassVar[bool] = False
    sums_points: ClassVar[bool] = False

    def full(self, maxima: Sequence[Exact]) -> Exact:  # noqa: ARG002
        """Return the whole, whatever the maxima are."""
        return WHOLE

    def divisor(self, frame: Frame) -> Divisor:  # noqa: ARG002
        """Return that each part costs as much as any."""
        return Divisor.COSTS

    def stakes(self, parts: Sequence[Part]) -> list[Stake]:
        """Return the share of its maximum that each part reached, out of one."""
        return [(fraction(part), 1) for part in parts]

    def bonus_stake(self, bonuses: Sequence[Part], parts: Sequence[Part]) -> Exact:  # noqa: ARG002
        """Return nothing: however many are dropped, a bonus weighs the same."""
        return 0


@frozen(kw_only=True)
class Mean(_OfPercents):
    """The plain mean of the children's percents; a bonus counts for as many children as its weight says, or one."""

    bonus: BonusOf = field(default=BonusOf.COUNTED, metadata=choice(BonusOf))
    zero_range: ZeroRange = field(default=ZeroRange.LEAVES, metadata=choice(ZeroRange, without=(ZeroRange.ADDS,)))

    name: ClassVar[str] = "mean"
    takes_bonus: ClassVar[bool] = True

    def allot(self, children: Sequence[Child]) -> list[tuple[Exact, bool]]:
        """Return how many children each counts for: one, or a bonus's weight."""
        return [(child.weight if child.bonus and child.weight is not None else 1, False) for child in children]

    def combine(self, parts: Parts, bonuses: Sequence[Part], frame: Frame) -> Combined:
        """Return the mean of the parts, with the bonuses added."""
        count = len(parts) or 1
        over, under = parts.total()
        added: Sequence[Exact] = ()
        if bonuses:
            added = [self._bonus_weight(bonus, count, frame.children) for bonus in bonuses]
            over, under = total_of_quotients([(over, under), bonus_total(bonuses, added)])
        out_of, under = WHOLE if frame.scale is None else frame.scale, under * count
        points = ratio(over * out_of, under)
        return Combined(points, out_of, (1,) * len(parts), tuple(added), count, None, (over, under))

    def _bonus_weight(self, bonus: Part, counted: int, potential: int) -> Exact:
        if self.bonus is BonusOf.PERCENT_POINTS:
            return ratio(bonus.out_of * counted, 100)
        if self.bonus is BonusOf.COUNTED:
            return bonus.weight
        return ratio(bonus.weight * counted, potential) if potential else 0


@frozen(kw_only=True)
class _Pick(_OfPercents):
    """What the aggregations that pick percents have in common: no weights, no bonus, an equal share for each pick."""

    zero_range: ZeroRange = field(default=ZeroRange.LEAVES, metadata=choice(ZeroRange, without=(ZeroRange.ADDS,)))

    takes_bonus: ClassVar[bool] = False

    def allot(self, children: Sequence[Child]) -> list[tuple[Exact, bool]]:
        """Return one for each child."""
        return [(1, False)] * len(children)

    def combine(self, parts: Parts, bonuses: Sequence[Part], frame: Frame) -> Combined:  # noqa: ARG002
        """Return the mean of the picked percents, out of 100 or the branch's maximum."""
        out_of = WHOLE if frame.scale is None else frame.scale
        fractions = [fraction(part) for part in parts]
        ascending = sorted(range(len(parts)), key=fractions.__getitem__)
        picked = [ascending[place] for place in self.pick([fractions[each] for each in ascending])]
        points = ratio(total(fractions[place] for place in picked) * out_of, len(picked))
        weight = ratio(1, len(picked))
        return Combined(points, out_of, tuple(weight if place in picked else 0 for place in range(len(parts))))

    def pick(self, fractions: Sequence[Exact]) -> Sequence[int]:
        """Return the places of those that stand for all; the fractions come in ascending order."""
        raise NotImplementedError


@frozen(kw_only=True)
class Median(_Pick):
    """The middle percent; of an even number, the mean of the two in the middle. Rule A4."""

    name: ClassVar[str] = "median"

    def pick(self, fractions: Sequence[Exact]) -> Sequence[int]:
        """Return the middle one, or the two in the middle."""
        count = len(fractions)
        return range((count - 1) // 2, count // 2 + 1)


@frozen(kw_only=True)
class Lowest(_Pick):
    """The lowest percent. Rule A5."""

    name: ClassVar[str] = "lowest"

    def pick(self, fractions: Sequence[Exact]) -> Sequence[int]:  # noqa: ARG002
        """Return the first."""
        return (0,)


@frozen(kw_only=True)
class Highest(_Pick):
    """The highest percent. Rule A5."""

    name: ClassVar[str] = "highest"

    def pick(self, fractions: Sequence[Exact]) -> Sequence[int]:
        """Return the last."""
        return (len(fractions) - 1,)


@frozen(kw_only=True)
class Mode(_Pick):
    """The most frequent percent, and of several the highest. Rule A6."""

    name: ClassVar[str] = "mode"

    def pick(self, fractions: Sequence[Exact]) -> Sequence[int]:
        """Return all that are the most frequent, and of several the highest."""
        most = max(Counter(fractions).items(), key=lambda item: (item[1], item[0]))[0]
        return [place for place, each in enumerate(fractions) if each == most]


@frozen
class ByFormula:
    """A formula gives the result: a percent, or points where the branch has a fixed maximum. Rules A7 and C1 to C3.

    It is text here; the plan reads it and finds what it names, which may lie anywhere in the book.
    """

    formula: str = field(metadata=text())

    name: ClassVar[str] = "formula"
