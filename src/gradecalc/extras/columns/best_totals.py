# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which results a best total drops, for a block of learners: the iteration of the exact engine, all at once (D8).

At a supposed ratio the best set is found by comparing each with each other, its own ratio is the next supposition, and
all are done when no learner's rises any more. Canvas's search ends near that ratio: where it is not sure that nothing
lies between, what is dropped is chosen one learner at a time, and so it is where results are out of 0 or weigh nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from math import lcm, prod
from typing import Any, NamedTuple

import numpy as np

from ...gradebook.contributions import WHOLE, Divisor
from ...gradebook.drops import DropTies, Unpointed, how_many
from ...grading.kernel import sets
from ...grading.kernel.dropping import Stakes
from ...grading.kernel.expressions import Expression, Op, common_multiple, without
from .blocks import Arithmetic, Block, Mask, Numbers
from .choosing import as_kind, everybody, first

Dropped = dict[int, Mask]
"""Who drops a candidate, by its place."""

_BONUS, _PARTS = 2, 7


def best(part: Expression, values: Sequence[Any], block: Block) -> tuple[Any, ...]:
    """Return which of the candidates are dropped for the best total; see `Stakes`."""
    contest = _Contest(part, values, block)
    found = contest.dropped()
    for row, chosen in _one_by_one(part.data, values, np.flatnonzero(~contest.usual), block):
        for each, gone in zip(found, chosen, strict=True):
            each[row] = gone
    return tuple(found)


def _one_by_one(
    stakes: Stakes, values: Sequence[Any], rows: Numbers, block: Block
) -> Iterator[tuple[int, tuple[bool, ...]]]:
    """Yield what each of some learners drops, as the kernel finds it for one."""
    columns = [[int(each) for each in everybody(own, block)[rows].tolist()] for own in values]
    for row, *parts in zip(rows.tolist(), *columns, strict=True):
        yield row, sets.best(stakes, *parts)


class _Leveled(NamedTuple):
    """Numbers over one and the same, with the most that each can be, and that."""

    numbers: Sequence[Any]
    most: Sequence[int]
    under: Any
    most_under: int


class _Contest:
    """The candidates of a best total, with what each gains and costs, and what is gained and costs beside them."""

    def __init__(self, part: Expression, values: Sequence[Any], block: Block) -> None:
        self.rule, self.divisor, self.droppable = part.data
        starts = range(_BONUS, len(values), _PARTS)
        gains = _leveled(part, [0, *(start + 1 for start in starts)], values, block)
        costs = _leveled(part, [start + 3 for start in starts], values, block)
        out_of = _leveled(part, [start + 5 for start in starts], values, block)
        whole = WHOLE * costs.most_under if self.divisor is Divisor.COSTS_UP_TO_WHOLE else 0
        most, under = sum(gains.most) * max(sum(costs.most), whole), costs.most_under * gains.most_under
        self.halves = self.rule.unpointed.searches and self.divisor is Divisor.POINTS
        near = 8 * len(starts) * max(most, under) * sum(costs.most) ** 2 if self.halves else 0
        kind = self.kind = Arithmetic(2 * most, near, *out_of.most)
        self.there = [everybody(values[start], block) for start in starts]
        bonus, *own = (kind.array(everybody(each, block)) for each in gains.numbers)
        self.gains = [np.where(there, each, kind.number(0)) for there, each in zip(self.there, own, strict=True)]
        self.costs = [
            np.where(there, kind.array(everybody(each, block)), kind.number(0))
            for there, each in zip(self.there, costs.numbers, strict=True)
        ]
        self.whole: Any = as_kind(kind, costs.under) * kind.number(WHOLE) if whole else kind.number(0)
        larger = self.rule.ties is DropTies.LARGER_MAXIMUM
        self.second = [as_kind(kind, each) if larger else kind.number(0) for each in out_of.numbers]
        self.places = [place for place, can in enumerate(self.droppable) if can]
        self.order = self.places[::-1] if self.rule.ties is DropTies.LAST else self.places
        self.unders = as_kind(kind, gains.under) * as_kind(kind, costs.under)
        watched = range(len(starts)) if self.halves else self.places
        free = [self.there[place] & (self.costs[place] <= 0) for place in watched]
        self.usual: Mask = ~reduce(np.logical_or, [*free, bonus != 0] if self.halves else free)
        """Who has no candidate that costs nothing, and whose best total is known to be what is asked for."""
        if self.rule.unpointed is Unpointed.BROWSER and self.halves:
            self.usual &= False
        staying = [place for place, can in enumerate(self.droppable) if not can]
        self.costs_beside = reduce(np.maximum, (self.costs[place] for place in staying), bonus * kind.number(0))
        """The most that anything costs which stays."""
        self.protected = (
            reduce(np.add, (self.gains[place] for place in staying), bonus),
            reduce(np.add, (self.costs[place] for place in staying), bonus * kind.number(0)),
        )

    def dropped(self) -> list[Mask]:
        """Return who drops each candidate: the lowest, and then the highest of the rest."""
        there = {place: self.there[place] for place in self.places}
        count = reduce(np.add, (each.astype(np.int64) for each in there.values()))
        how = np.asarray([how_many(self.rule, present) for present in range(len(there) + 1)])[count]
        low = self._optimum(there, how[:, 0], np.less)
        rest = {place: there[place] & ~low[place] for place in self.places}
        high = self._optimum(rest, how[:, 1], np.greater) if how[:, 1].any() else low
        return [low[place] | high[place] for place in self.places]

    def _optimum(self, there: Dropped, most: Numbers, before: np.ufunc) -> Dropped:
        """Return what is dropped so that the total is best, or where greater ones go before lesser, worst."""
        at = self.kind.array(np.zeros(len(most))), self.kind.array(np.ones(len(most)))
        by_gain = self._dropped_at(*at, there, most, before)
        if self.divisor is Divisor.WHOLE:
            return by_gain
        by_ratio, gain, cost = self._iterate(there, most, before)
        if self.halves:
            self.usual &= self._are_apart(by_ratio, gain, cost, there)
        if self.divisor is not Divisor.COSTS_UP_TO_WHOLE or before is np.greater:
            return by_ratio
        (gain, cost), (other, its_cost) = (self._sums(there, each) for each in (by_ratio, by_gain))
        better = gain * np.minimum(its_cost, self.whole) < other * np.minimum(cost, self.whole)
        return {place: np.where(better, by_gain[place], by_ratio[place]) for place in there}

    def _iterate(self, there: Dropped, most: Numbers, before: np.ufunc) -> tuple[Dropped, Any, Any]:
        """Return the optimum of the ratio of gains to costs: from a ratio to that of its best set, until it is one."""
        gain, cost = self._sums(there, {})
        gain, cost = np.where(cost == 0, 0, gain), np.where(cost == 0, 1, cost)
        while True:
            dropped = self._dropped_at(gain, cost, there, most, before)
            its_gain, its_cost = self._sums(there, dropped)
            goes_on = self.usual & (its_cost != 0) & (its_gain * cost != gain * its_cost)
            if not goes_on.any():
                return dropped, gain, cost
            gain, cost = np.where(goes_on, its_gain, gain), np.where(goes_on, its_cost, cost)

    def _are_apart(self, dropped: Dropped, gain: Any, cost: Any, there: Dropped) -> Mask:
        """Return whose dropped and kept are so far apart at the best ratio that Canvas's search ends with the same.

        It ends nearer to that ratio than one by four times the number kept and the square of the largest cost (D12).
        """
        kept = reduce(np.add, (self.kind.array((there[place] & ~dropped[place]).astype(np.float64)) for place in there))
        largest = reduce(np.maximum, (np.where(there[place], self.costs[place], self.costs_beside) for place in there))
        steps = self.kind.number(4) * kept * largest * largest
        apart = np.ones(len(kept), np.bool_)
        keys = {place: self.gains[place] * cost - gain * self.costs[place] for place in there}
        for one, other in combinations(there, 2):
            parted = there[one] & there[other] & (dropped[one] ^ dropped[other])
            between = np.abs(self.costs[one] - self.costs[other]) * self.unders * cost
            apart &= ~parted | (between == 0) | (np.abs(keys[one] - keys[other]) * steps >= between)
        return apart

    def _sums(self, there: Dropped, dropped: Dropped) -> tuple[Any, Any]:
        """Return what all gain and cost who are not dropped."""
        gain, cost = self.protected
        for place, present in there.items():
            kept = present & ~dropped[place] if dropped else present
            gain = gain + np.where(kept, self.gains[place], self.kind.number(0))
            cost = cost + np.where(kept, self.costs[place], self.kind.number(0))
        return gain, cost

    def _dropped_at(self, gain: Any, cost: Any, there: Dropped, most: Numbers, before: np.ufunc) -> Dropped:
        """Return what is dropped for the most, or the least, that is gained beyond what it costs at a ratio."""
        keys = {
            place: (self.gains[place] * cost - gain * self.costs[place], self.second[place]) for place in self.order
        }
        return first(self.order, keys, there, most, before)


def _leveled(part: Expression, places: Sequence[int], values: Sequence[Any], block: Block) -> _Leveled:
    """Return amounts, each before what it stands over, over one and the same."""
    belows = [_factors(part.parts[place + 1]) for place in places]
    over = common_multiple([atoms for _, atoms in belows])
    under = lcm(*(constant for constant, _ in belows))
    numbers, most = [], []
    for place, (constant, atoms) in zip(places, belows, strict=True):
        lacking = without(over, atoms)
        largest = part.parts[place].most * (under // constant) * prod(each.most for each in lacking)
        kind = Arithmetic(largest)
        raised = as_kind(kind, values[place]) * kind.number(under // constant)
        numbers.append(reduce(lambda product, each: product * as_kind(kind, block.values[each]), lacking, raised))
        most.append(largest)
    most_under = under * prod(each.most for each in over)
    kind = Arithmetic(most_under)
    below = reduce(lambda product, each: product * as_kind(kind, block.values[each]), over, kind.number(under))
    return _Leveled(numbers, most, below, most_under)


def _factors(below: Expression) -> tuple[int, tuple[Expression, ...]]:
    """Return a product as what is known of it, and the rest."""
    if below.op is Op.NUMBER:
        return below.data, ()
    if below.op is not Op.TIMES:
        return 1, (below,)
    (one, ones), (two, twos) = map(_factors, below.parts)
    return one * two, (*ones, *twos)
