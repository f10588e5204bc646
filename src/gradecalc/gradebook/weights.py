# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Weights: how the whole is shared out, and what becomes of the shares when something does not count.

With weights 40 and 60 and nothing graded in the first, `Rescale.ALWAYS` makes the 60 the whole: 48 of 60 is 80 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from typing import ClassVar, Final

from attrs import evolve, field

from ..errors import Problem
from ..exact import (
    Exact,
    Number,
    describe,
    lenient,
    ratio,
    simplest,
    total,
)
from ..fields import as_tuple, choice, join, many
from ..quotients import total_of_quotients
from ..reasons import Lack
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


class Distribution(Enum):
    """How children without a weight share what the given weights leave of the whole."""

    EVENLY = "evenly"
    BY_POINTS = "by_points"
    """By their maximum points, worked out for each learner over what counts."""


class Rescale(Enum):
    """Whether the weights that count are scaled to the whole."""

    ALWAYS = "always"
    UP = "up"
    """Only when they are short of it, so that weights beyond 100 are extra credit."""
    NEVER = "never"
    """Not at all, so that weights short of 100 cost and weights beyond 100 are extra credit."""


class Maximum(Enum):
    """What a weighted branch without a fixed maximum is out of."""

    WHOLE = "whole"
    """100."""
    POINTS = "points"
    """The points of the children that count with a weight."""
    WEIGHTS = "weights"
    """The weights that count: 46 out of 60."""
    MEAN = "mean"
    """The mean of the maxima of the children that count with a weight."""


class WeightUnit(Enum):
    """In what the weights of a gradebook are stated."""

    PERCENT = "percent"
    SHARE = "share"
    """Of 1: 0.4 is 40 %."""


class Weightless(Enum):
    """What a weighted branch is in which something counts and all the weights that count are zero."""

    NO_SCORE = "no_score"
    ZERO = "zero"
    """It has nothing of what it is out of."""


_WHOLE: Final = Maximum.WHOLE
_ALWAYS: Final = Rescale.ALWAYS
"""Looked up here once: in its class a choice takes longer to find."""


def _as_numbers(values: Iterable[Number]) -> tuple[Fraction, ...]:
    listed = as_tuple(values)
    return tuple(lenient(each) for each in listed) if isinstance(listed, tuple) else listed  # type: ignore[misc]


@frozen(kw_only=True)
class WeightedMean:
    """Each child's percent counts by its weight, or by its rank: the best by the first of `ranks`. Rules W1 to W11."""

    distribution: Distribution = field(default=Distribution.EVENLY, metadata=choice(Distribution))
    rescale: Rescale = field(default=Rescale.ALWAYS, metadata=choice(Rescale))
    out_of: Maximum = field(default=Maximum.WHOLE, metadata=choice(Maximum))
    bonus: BonusOf = field(default=BonusOf.WHOLE, metadata=choice(BonusOf))
    weightless: Weightless = field(default=Weightless.NO_SCORE, metadata=choice(Weightless))
    zero_range: ZeroRange = field(default=ZeroRange.LEAVES, metadata=choice(ZeroRange, without=(ZeroRange.ADDS,)))
    ranks: tuple[Fraction, ...] = field(default=(), converter=_as_numbers, metadata=many(Fraction))

    takes_bonus: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """The aggregation in a word or two."""
        return "weighted mean by rank" if self.ranks else "weighted mean"

    @property
    def uses_weights(self) -> bool:
        """Whether a child has a weight of its own; by rank only a bonus has."""
        return not self.ranks

    @property
    def sums_points(self) -> bool:
        """Whether the branch is out of what its children are out of."""
        return self.out_of is Maximum.POINTS

    def full(self, maxima: Sequence[Exact]) -> Exact:
        """Return the whole, or what the children's points make of it."""
        if self.out_of is Maximum.MEAN:
            return _mean(maxima)
        return total(maxima) if self.sums_points else WHOLE

    def divisor(self, frame: Frame) -> Divisor:  # noqa: ARG002
        """Return what the weighted shares are divided by."""
        return Divisor.COSTS if self.ranks else _DIVISORS[self.rescale]

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the weights by rank."""
        for place, weight in enumerate(self.ranks):
            if weight < 0:
                where = f"{join(path, 'ranks')}[{place}]"
                yield Problem("too_small", where, f"a weight by rank is {describe(weight)}; it must be 0 or more")

    def in_percent(self) -> WeightedMean:
        """Return it with its weights by rank, which were shares, in percent."""
        return evolve(self, ranks=[weight * WHOLE for weight in self.ranks])

    def allot(self, children: Sequence[Child]) -> list[tuple[Exact, bool]]:
        """Return each child's weight before anybody is graded, and whether it follows the points that count.

        By rank nobody's is known, and an even share stands for it.
        """
        if self.ranks:
            even = ratio(WHOLE, sum(not child.bonus for child in children) or 1)
            return [(child.weight or 0 if child.bonus else even, False) for child in children]
        sharing = [child for child in children if child.weight is None and not child.bonus]
        rest = max(WHOLE - total(child.weight for child in children if child.weight is not None and not child.bonus), 0)
        by_points = self.distribution is Distribution.BY_POINTS
        base = total(child.max_points for child in sharing) if by_points else len(sharing)
        unit = ratio(rest, base) if base else 0
        return [
            (child.weight, False)
            if child.weight is not None
            else (unit * (child.max_points if by_points else 1), by_points)
            for child in children
        ]

    def stakes(self, parts: Sequence[Part]) -> list[Stake]:
        """Return the weighted share of each part, and its weight."""
        if self.ranks:
            return [(fraction(part), 1) for part in parts]
        return [(weight * fraction(part), weight) for part, weight in zip(parts, settle(parts), strict=True)]

    def bonus_stake(self, bonuses: Sequence[Part], parts: Sequence[Part]) -> Exact:
        """Return the weighted shares of the bonuses, where they are measured by what counted."""
        if self.ranks:
            return 0
        measured = [bonus for bonus in bonuses if self.bonus is BonusOf.COUNTED or bonus.automatic]
        weights = settle(parts)
        added = self._bonus_weights(measured, parts, weights, total(weights))
        return total(weight * fraction(bonus) for bonus, weight in zip(measured, added, strict=True) if bonus.out_of)

    def combine(self, parts: Parts, bonuses: Sequence[Part], frame: Frame) -> Combined:
        """Return the weighted mean of the parts, with the bonuses added."""
        weights = self._by_rank(parts) if self.ranks else settle(parts)
        counted = total(weights)
        out_of = self._out_of(parts, weights, counted, frame.scale)
        if counted == 0 and parts and self.weightless is Weightless.NO_SCORE:
            return Combined(None, out_of, lack=Lack.ALL_WEIGHTS_ZERO)
        whole = self._whole(counted) or WHOLE
        over, under = parts.weighted_total(weights)
        added: Sequence[Exact] = ()
        if bonuses:
            added = self._bonus_weights(bonuses, parts, weights, whole)
            over, under = total_of_quotients([(over, under), bonus_total(bonuses, added)])
        over, under = over * whole.denominator, under * whole.numerator
        points = ratio(over * out_of, under)
        return Combined(points, out_of, tuple(weights), tuple(added), whole, None, (over, under))

    def _by_rank(self, parts: Sequence[Part]) -> list[Exact]:
        """Return the weights of the parts: the best has the first, of equals the first in the book (W10)."""
        reached = [fraction(part) for part in parts]
        best_first = sorted(range(len(parts)), key=lambda place: -reached[place])
        weights: list[Exact] = [0] * len(parts)
        for place, weight in zip(best_first, self.ranks, strict=False):
            weights[place] = simplest(weight)
        return weights

    def _whole(self, counted: Exact) -> Exact:
        if self.rescale is _ALWAYS:
            return counted
        return WHOLE if self.rescale is Rescale.NEVER else min(counted, WHOLE)

    def _out_of(self, parts: Sequence[Part], weights: Sequence[Exact], counted: Exact, scale: Exact | None) -> Exact:
        if scale is not None:
            return scale
        if self.out_of is _WHOLE:
            return WHOLE
        if self.out_of is Maximum.WEIGHTS:
            return counted
        maxima = [part.out_of for part, weight in zip(parts, weights, strict=True) if weight]
        return total(maxima) if self.out_of is Maximum.POINTS else _mean(maxima)

    def _bonus_weights(
        self, bonuses: Sequence[Part], parts: Sequence[Part], weights: Sequence[Exact], whole: Exact
    ) -> list[Exact]:
        """Return each bonus's weight in the measure of `whole`; one by points is of those that count with a weight."""
        points: Exact = 0
        if any(bonus.automatic for bonus in bonuses):
            points = total(part.out_of for part, weight in zip(parts, weights, strict=True) if weight)
        return [self._bonus_weight(bonus, points, whole, alone=not parts) for bonus in bonuses]

    def _bonus_weight(self, bonus: Part, points: Exact, whole: Exact, *, alone: bool) -> Exact:
        if self.bonus is BonusOf.PERCENT_POINTS:
            return ratio(bonus.out_of * whole, 100)
        if bonus.automatic:
            return ratio(bonus.out_of * whole, points) if points else 0
        if self.bonus is BonusOf.COUNTED:
            return 0 if alone else bonus.weight
        return ratio(bonus.weight * whole, WHOLE)


_DIVISORS = {
    Rescale.ALWAYS: Divisor.COSTS,
    Rescale.UP: Divisor.COSTS_UP_TO_WHOLE,
    Rescale.NEVER: Divisor.WHOLE,
}


def _mean(maxima: Sequence[Exact]) -> Exact:
    return ratio(total(maxima), len(maxima)) if maxima else 0


def settle(parts: Sequence[Part]) -> list[Exact]:
    """Return the weights of the parts that count: what follows points shares its pool by this learner's maxima."""
    if True not in [part.automatic for part in parts]:
        return [part.weight + part.moved if part.moved else part.weight for part in parts]
    pool = total(part.weight for part in parts if part.automatic)
    points = total(part.out_of for part in parts if part.automatic)
    unit = ratio(pool, points) if points else 0
    return [(unit * part.out_of if part.automatic else part.weight) + part.moved for part in parts]
