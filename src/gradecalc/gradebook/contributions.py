# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What passes between the levels of a gradebook: points out of a maximum, never a bare percent.

Two learners can have different maxima in the same category, after exemptions, drops or missing work, and the parent
uses the learner's own. So a branch is handed `Part`s and hands up a `Combined`, and both are pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from operator import mul
from typing import Final, NamedTuple, Protocol

from attrs import define, evolve

from ..exact import Exact, ratio
from ..quotients import Quotient, over_one, rank_keys, split, total_of_quotients, weighted_total
from ..reasons import Lack
from ..values import frozen

Stake = tuple[Exact, Exact]
"""What a part adds above and below the line of its branch's ratio."""

WHOLE = 100
"""What a branch is out of where nothing else says so, and what weights are a share of."""


_WHOLE_ONLY: Final = frozenset({int})
_IN_FULL: Final[Quotient] = (1, 1)


class ZeroRange(Enum):
    """What a branch does with a child out of 0, which has points and no percent."""

    ADDS = "adds"
    """Its points add; its maximum adds nothing."""
    LEAVES = "leaves"
    """The branch goes on without it."""
    FULL = "full"
    """It counts as though it had full marks."""


class BonusOf(Enum):
    """Against what a bonus is measured."""

    WHOLE = "whole"
    """Its weight is a share of the whole branch, however much of it counted."""
    COUNTED = "counted"
    """It is measured by what counted, and grows with it where what counted is scaled up."""
    PERCENT_POINTS = "percent_points"
    """Each of its points is one percentage point (the printed Brightspace example)."""


class Divisor(Enum):
    """What the gains of a branch's parts are divided by, for the choice of drops."""

    POINTS = "points"
    """The points possible, which are what the parts cost."""
    COSTS = "costs"
    """What the parts cost."""
    COSTS_UP_TO_WHOLE = "costs_up_to_whole"
    """What the parts cost, and never more than the whole."""
    WHOLE = "whole"
    """The whole, whatever the parts cost."""


@define(eq=False)
class Part:
    """A child that counts for a learner: its points out of its maximum, and what it weighs in its branch.

    An `automatic` weight follows the points of what counts; `moved` is what other work handed over beside it. `line`
    and `droppable` mean nothing to an aggregation: by them, whoever decides about the children finds the child again.
    """

    points: Exact
    out_of: Exact
    weight: Exact
    automatic: bool
    line: int = -1
    droppable: bool = True
    moved: Exact = 0
    over: int = 0
    """What it reached of its maximum as a quotient, above the line."""
    under: int = 0
    """Below the line; 0 where that is not worked out yet, or it is out of 0."""


class Parts(list[Part]):
    """The parts of a branch that count, in book order, and what each reached of its maximum, over one divisor.

    Those of a branch mostly come over its usual divisor; others are brought over one when that is asked for.
    """

    __slots__ = ("overs", "pointed", "under")

    overs: list[int]
    """What each reached above the line, where they have come over one divisor."""
    under: int
    """That divisor; 0 until they have."""
    pointed: bool
    """Whether none is out of 0."""

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Parts:
        """Return the parts together."""
        made = cls(parts)
        made.overs, made.under, made.pointed = [], 0, all(part.out_of for part in made)
        return made

    def rank_keys(self) -> Sequence[Exact]:
        """Return numbers that stand in the order of what each reached."""
        return self.overs if self.under or self._come_together() else rank_keys(quotients(self))

    def total(self) -> Quotient:
        """Return the exact sum of what each reached."""
        known = self.under or self._come_together()
        return (sum(self.overs), self.under) if known else total_of_quotients(quotients(self))

    def weighted_total(self, weights: Sequence[Exact]) -> Quotient:
        """Return the exact sum of what each reached, times its weight."""
        if (self.under or self._come_together()) and _WHOLE_ONLY.issuperset(map(type, weights)):
            return sum(map(mul, self.overs, weights)), self.under
        return weighted_total(quotients(self), weights)

    def drop(self, place: int) -> Part:
        """Go on without the one at a place, and return it."""
        if self.under:
            del self.overs[place]
        return self.pop(place)

    def _come_together(self) -> int:
        """Bring what they reached over one divisor where that is cheap, and return this."""
        self.overs, self.under = over_one(quotients(self)) or ([], 0)
        return self.under


@define(eq=False)
class Combined:
    """What a branch made of its children: points out of a maximum, and each child's share of it.

    The share of a part is `weights[i] / whole`. Where the result is no sum of shares `whole` is None, and the weights
    are those of the parts that were picked, together 1. Without `points` there is no score, and `lack` says why.
    """

    points: Exact | None
    out_of: Exact
    weights: tuple[Exact, ...] = ()
    bonus_weights: tuple[Exact, ...] = ()
    whole: Exact | None = None
    lack: Lack | None = None
    reached: Quotient | None = None
    """The part of the maximum that was reached, if that is worked out already."""


@frozen
class Frame:
    """What a branch is measured by, whatever a learner has: its fixed maximum, if any, and what could count in it."""

    scale: Exact | None
    points: Exact
    """The maximum points of the children that could count."""
    children: int
    """How many children could count."""


class Child(NamedTuple):
    """A child as a definition states it, for the sharing of weights: its weight if given, its maximum, bonus or not."""

    weight: Exact | None
    max_points: Exact
    bonus: bool


class Aggregation(Protocol):
    """How a branch combines the children that count; parts and bonuses come in book order."""

    @property
    def name(self) -> str:
        """The aggregation in a word or two, for explanations."""

    @property
    def zero_range(self) -> ZeroRange:
        """What is done with a child out of 0."""

    @property
    def takes_bonus(self) -> bool:
        """Whether a bonus has anything to add to."""

    @property
    def uses_weights(self) -> bool:
        """Whether the children's weights mean anything here."""

    @property
    def sums_points(self) -> bool:
        """Whether a branch without a fixed maximum is out of what its children are out of."""

    def allot(self, children: Sequence[Child]) -> list[tuple[Exact, bool]]:
        """Return each child's weight before anybody is graded, and whether it follows the points that count."""

    def stakes(self, parts: Sequence[Part]) -> list[Stake]:
        """Return what each part adds above and below the line of the branch's ratio, by which drops are chosen."""

    def bonus_stake(self, bonuses: Sequence[Part], parts: Sequence[Part]) -> Exact:
        """Return what the bonuses add above the line, where that weighs more the less there is below it."""

    def divisor(self, frame: Frame) -> Divisor:
        """Return what the gains are divided by."""

    def full(self, maxima: Sequence[Exact]) -> Exact:
        """Return what a branch without a fixed maximum is out of when children of these maxima count."""

    def combine(self, parts: Parts, bonuses: Sequence[Part], frame: Frame) -> Combined:
        """Return the branch's result from at least one part or, in a branch that bonus alone grades, one bonus."""


def quotient(part: Part) -> Quotient:
    """Return the part of its maximum that was reached; a part out of 0 that still counts, counts in full."""
    if part.under:
        return part.over, part.under
    return split(part.points, part.out_of) if part.out_of else _IN_FULL


def quotients(parts: Iterable[Part]) -> list[Quotient]:
    """Return the same of several parts."""
    return [(part.over, part.under) if part.under else quotient(part) for part in parts]


def fraction(part: Part) -> Exact:
    """Return the same as a number."""
    return ratio(*quotient(part))


def bonus_total(bonuses: Sequence[Part], weights: Sequence[Exact]) -> Quotient:
    """Return the same of bonuses, of which one out of 0 reaches nothing."""
    pairs = [(quotient(bonus), weight) for bonus, weight in zip(bonuses, weights, strict=True) if bonus.out_of]
    return weighted_total([reached for reached, _ in pairs], [weight for _, weight in pairs])


def at_least_zero(part: Part) -> Part:
    """Return a bonus that never costs: fewer than 0 points add nothing."""
    return part if part.points >= 0 else evolve(part, points=0, over=0)
