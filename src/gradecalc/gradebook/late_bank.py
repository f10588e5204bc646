# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A bank of late days, or of late works that are forgiven, and in which order it is spent.

>>> bank = LateBank(size=3)
>>> claims = [Claim(begun=2, saved=(0, 5, 10)), Claim(begun=2, saved=(0, 20, 40))]
>>> [each.cost for each in spend(bank, claims)]
[2, 1]
>>> [each.cost for each in spend(LateBank(size=3, order=SpendOrder.BEST), claims)]
[1, 2]

Each claim is a late work: how many intervals of lateness have begun, and what covering none, one, two, … of them saves.
Nothing here knows what a work is, and no claim is made for work that is exempt, in time or not accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from attrs import field

from ..exact import Exact
from ..fields import (
    as_ids,
    choice,
    many,
    whole_number,
)
from ..values import frozen

MOST_IN_BANK: Final = 366
"""The most that a bank holds, so that the best way to spend it is found quickly (H17)."""


class BankUnit(Enum):
    """What a bank holds."""

    INTERVALS = "intervals"
    """Late days, or hours: each covers one interval of lateness that has begun."""
    WORKS = "works"
    """Late works: each covers all lateness of one work."""


class SpendOrder(Enum):
    """On which works a bank is spent."""

    DUE = "due"
    """On each in turn as they are due, as far as it goes, whether it helps much or little."""
    BEST = "best"
    """So that the most is saved over all works together."""
    STATED = "stated"
    """As the learner asks for, in the order in which the works are due, as far as it goes."""


class Cover(Enum):
    """What becomes of work for which the bank does not hold enough."""

    PART = "part"
    """What is there is spent, and the rest of the lateness counts."""
    WHOLE = "whole"
    """Nothing is spent on it: all its lateness is covered, or none."""


class SavedBy(Enum):
    """In what the best way to spend a bank is measured."""

    POINTS = "points"
    PERCENT = "percent"
    """Of each work's own maximum, so that all works are worth the same."""


@frozen(kw_only=True)
class LateBank:
    """How much lateness a learner has free over all works together, and how it is spent.

    It holds `size` of its `unit`, of which one work can spend `most_each`, None for all. `items` are the ids of the
    works that it is for; none are all. Rules H16 to H22.
    """

    size: int = field(metadata=whole_number(minimum=0, maximum=MOST_IN_BANK))
    unit: BankUnit = field(default=BankUnit.INTERVALS, metadata=choice(BankUnit))
    order: SpendOrder = field(default=SpendOrder.DUE, metadata=choice(SpendOrder))
    cover: Cover = field(default=Cover.PART, metadata=choice(Cover))
    most_each: int | None = field(default=None, metadata=whole_number(minimum=0, maximum=MOST_IN_BANK, optional=True))
    best_by: SavedBy = field(default=SavedBy.POINTS, metadata=choice(SavedBy))
    items: tuple[str, ...] = field(default=(), converter=as_ids, metadata=many(str))


@frozen(kw_only=True)
class Claim:
    """A late work: the intervals begun, what covering none, one, two, … of them saves, and what is asked for it.

    `saved` goes as far as the bank does at least; what would be saved beyond it is not looked at.
    """

    begun: int
    saved: Sequence[Exact]
    asked: int = 0


class Spent(NamedTuple):
    """What a bank spends on one work: how much of its unit, and how many intervals of lateness that covers."""

    cost: int = 0
    covered: int = 0


def spend(bank: LateBank, claims: Sequence[Claim], size: int | None = None) -> list[Spent]:
    """Return what is spent on each claim, of the bank's size or another; the claims stand in the order due (H17)."""
    left = bank.size if size is None else size
    if bank.order is SpendOrder.BEST:
        return _best(bank, claims, left)
    spent: list[Spent] = []
    for claim in claims:
        most = left if bank.order is SpendOrder.DUE else min(left, claim.asked)
        spent.append(max(_choices(bank, claim, most)))
        left -= spent[-1].cost
    return spent


def _choices(bank: LateBank, claim: Claim, most: int) -> list[Spent]:
    """Return what can be spent on a claim with so much left, nothing included."""
    if not claim.begun or most <= 0:
        return [Spent()]
    if bank.unit is BankUnit.WORKS:
        return [Spent(), Spent(1, claim.begun)]
    limit = min(most, claim.begun, most if bank.most_each is None else bank.most_each)
    if bank.cover is Cover.WHOLE:
        return [Spent(), *([Spent(claim.begun, claim.begun)] if limit == claim.begun else [])]
    return [Spent(cost, cost) for cost in range(limit + 1)]


def _best(bank: LateBank, claims: Sequence[Claim], left: int) -> list[Spent]:
    """Return what saves the most; of equal ways the one that spends least, then the one that spends first (H17)."""
    ways: dict[int, tuple[Exact, tuple[Spent, ...]]] = {0: (0, ())}
    for claim in claims:
        further: dict[int, tuple[Exact, tuple[Spent, ...]]] = {}
        for before, (saved, spent) in ways.items():
            for each in _choices(bank, claim, left - before):
                way = (saved + _saving(claim, each), (*spent, each))
                cost = before + each.cost
                further[cost] = max(further.get(cost, way), way)
        ways = further
    best = max(ways, key=lambda cost: (ways[cost][0], -cost))
    return list(ways[best][1])


def _saving(claim: Claim, spent: Spent) -> Exact:
    return claim.saved[min(spent.covered, len(claim.saved) - 1)]
