# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which results of a block of learners are not counted: the lowest, and then the highest of the rest.

Where terms add alike only what was reached matters: the few lowest are found in one pass each, and taken away from
the sum of all. Where they do not, each is compared with each other, which for the lengths of real categories costs
less than sorting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from ...grading.kernel.program import Drop, Term
from .blocks import LIMIT, NARROW, Arithmetic, Block, Mask, Numbers, Stack

Figures = tuple[Any, Any]
"""What was reached, and what counted: arrays, or numbers where all learners have the same."""

_MOST_EXTREMES: Final = 3
_BYTE: Final = 256
_INFINITE: Final = float("inf")
_BEYOND: Final = MappingProxyType({"i": NARROW // 2, "d": LIMIT})
"""What is above all values that are looked through, by the type of an array."""


def are_alike(terms: Sequence[Term]) -> bool:
    """Return whether terms cost the same, and add as much as they are ranked by, or so many times as much."""
    first = terms[0]
    every = all(term.cost == first.cost and term.gain * first.key == first.gain * term.key for term in terms)
    return bool(first.cost) and every and (first.gain % first.key == 0 or len({term.key for term in terms}) == 1)


def plus(total: Any, more: Any) -> Any:
    """Return the sum of figures, each an array or the same for all."""
    if isinstance(total, np.ndarray) or total:
        return total + more if isinstance(more, np.ndarray) or more else total
    return more


class Total:
    """What stacks come to together, and how many have a score, in as few bytes as will do."""

    __slots__ = ("_always", "_count", "_kind", "_small", "reached")

    def __init__(self, rows: int, kind: Arithmetic) -> None:
        self.reached: Any = None
        self._always, self._kind = 0, kind
        self._count: Any = None
        self._small = np.uint8 if rows < _BYTE else np.uint16

    def add(self, stack: Stack) -> None:
        """Add a stack."""
        reached = self._kind.array(np.add.reduce(stack.reached, axis=0, dtype=stack.reached.dtype))
        self.reached = reached if self.reached is None else np.add(self.reached, reached, out=self.reached)
        if stack.has is None:
            self._always += len(stack.lines)
        else:
            count = np.add.reduce(stack.has.view(np.uint8), axis=0, dtype=self._small)
            self._count = count if self._count is None else np.add(self._count, count, out=self._count)

    def cost(self, cost: int) -> Any:
        """Return what it costs that so many have a score."""
        always = self._kind.number(cost * self._always)
        return always if self._count is None else plus(always, costing(self._count, cost, self._kind))

    def present(self, size: int) -> Any:
        """Return how many have a score, as an array."""
        if self._count is None:
            return np.full(size, self._always, np.uint16)
        return self._count + self._count.dtype.type(self._always) if self._always else self._count


def goes_through_once(terms: Sequence[Term], drop: Drop) -> bool:
    """Return whether a drop goes through terms that add alike, and remembers the few lowest and highest."""
    few = max(drop.lowest) <= _MOST_EXTREMES and max(drop.highest) <= _MOST_EXTREMES
    return few and are_alike(terms)


def ranked(terms: Sequence[Term], drop: Drop, block: Block, kind: Arithmetic) -> Figures:
    """Return the sum of what a drop leaves, and what it costs."""
    return (_without_extremes if goes_through_once(terms, drop) else _compared)(terms, drop, block, kind)


def costing(count: Any, cost: int, kind: Arithmetic) -> Any:
    """Return what it costs that so many are there."""
    if kind.wide:
        return count.astype(object) * cost
    return np.multiply(count, float(cost), dtype=np.float64)


def _without_extremes(terms: Sequence[Term], drop: Drop, block: Block, kind: Arithmetic) -> Figures:
    """Return the sum of terms that add alike, less the few that are dropped."""
    total = Total(len(terms), kind)
    lowest, highest = _Extremes(max(drop.lowest), 1), _Extremes(max(drop.highest), -1)
    keys = {term.register: term.key for term in terms}
    one_key = len(set(keys.values())) == 1
    for read in block.registers.stacks(list(keys)):
        stack = read if one_key else _by_rank(read, keys, block, kind)
        total.add(stack)
        lowest.look(stack, block, kind)
        highest.look(stack, block, kind)
    reached = total.reached
    present = kept = total.present(block.size)
    for extremes, going in ((lowest, drop.lowest), (highest, drop.highest)):
        for nth, extreme in enumerate(extremes.found, 1):
            goes = _where(present, [each >= nth for each in going])
            reached -= np.where(goes, kind.array(extreme), 0) if kind.wide else extreme * goes
            kept = kept - goes
    gain, cost = terms[0].gain if one_key else terms[0].gain // terms[0].key, terms[0].cost or 0
    return reached if gain == 1 else reached * kind.number(gain), costing(kept, cost, kind)


def _by_rank(stack: Stack, keys: Mapping[int, int], block: Block, kind: Arithmetic) -> Stack:
    """Return a stack in which stands what each is ranked by."""
    times = np.array([[kind.number(keys[line])] for line in stack.lines], kind.dtype)
    if kind.wide:
        return stack._replace(reached=kind.array(stack.reached) * times)
    rows = block.scratch.lend("by rank", kind.dtype, *stack.reached.shape)
    return stack._replace(reached=np.multiply(stack.reached, times, out=rows))


def _where(present: Any, answers: Sequence[bool]) -> Mask:
    """Return the answer by how many are present: most often from some number on it is yes."""
    first = answers.index(True)
    upwards = all(answers[first:])
    goes: Mask = np.greater_equal(present, first) if upwards else np.asarray(answers, np.bool_)[present]
    return goes


class _Extremes:
    """As many of the lowest as are asked for, or of the highest: the first, the second, and so on."""

    __slots__ = ("_farther", "_most", "_nearer", "_sign", "found")

    def __init__(self, most: int, sign: int) -> None:
        self._most, self._sign = most, sign
        ways: tuple[np.ufunc, np.ufunc] = (np.minimum, np.maximum)
        self._nearer: np.ufunc
        self._farther: np.ufunc
        self._nearer, self._farther = ways[::sign]
        self.found: list[Numbers] = []

    def look(self, stack: Stack, block: Block, kind: Arithmetic) -> None:
        """Look through a stack."""
        if self._most:
            rows = kind.array(stack.reached) if kind.wide else stack.reached
            self._look(rows if stack.has is None else _beyond(rows, stack.has, self._sign, block))

    def _look(self, rows: Numbers) -> None:
        if self._most > 1:
            for row in rows:
                self._place(row.copy())
        else:
            nearest = self._nearer.reduce(rows, axis=0)
            self.found = [self._nearer(self.found[0], nearest) if self.found else nearest]

    def _place(self, row: Numbers) -> None:
        rest, kept = row, []
        for each in self.found:
            kept.append(self._nearer(each, rest))
            rest = self._farther(each, rest)
        self.found = [*kept, rest][: self._most]


def _beyond(values: Numbers, has: Mask, sign: int, block: Block) -> Numbers:
    """Return the values, and above or below all of them what those have who have none.

    Products know no branches: they are several times as fast as choosing by a mask that nobody foresees.
    """
    if values.dtype == object:
        return np.where(has, values, sign * _INFINITE)
    beyond: Numbers = block.scratch.lend("beyond", values.dtype, *values.shape)
    np.multiply(~has, values.dtype.type(sign * _BEYOND[values.dtype.char]), out=beyond, dtype=values.dtype)
    beyond += values
    return beyond


def _compared(terms: Sequence[Term], drop: Drop, block: Block, kind: Arithmetic) -> Figures:
    """Return the sum of what is left when each term is compared with each other."""
    pairs = [(term, block.registers[term.register]) for term in sorted(terms, key=lambda term: term.order)]
    present = np.zeros(block.size, np.uint16)
    for _, register in pairs:
        present += 1 if register.has is None else register.has
    keys = [kind.array(register.reached) * kind.number(term.key) for term, register in pairs]
    keys = [
        key if each.has is None else np.where(each.has, key, _INFINITE)
        for key, (_, each) in zip(keys, pairs, strict=True)
    ]
    low = np.asarray(drop.lowest)[present]
    gone = [rank < low for rank in _ranks(keys, np.less)]
    if any(drop.highest):
        there = [~out if each.has is None else each.has & ~out for out, (_, each) in zip(gone, pairs, strict=True)]
        rest = [np.where(mask, key, -_INFINITE) for key, mask in zip(keys, there, strict=True)]
        high = np.asarray(drop.highest)[present]
        gone = [out | (rank < high) for out, rank in zip(gone, _ranks(rest, np.greater), strict=True)]
    reached: Any = kind.number(0)
    cost: Any = kind.number(0)
    for (term, register), out in zip(pairs, gone, strict=True):
        kept = ~out if register.has is None else register.has & ~out
        reached = reached + kind.array(register.reached) * kept * kind.number(term.gain)
        cost = cost + costing(kept, term.cost or 0, kind)
    return reached, cost


def _ranks(keys: Sequence[Numbers], before: Any) -> list[Any]:
    """Return how many stand before each: equals in their order."""
    ranks = [np.zeros(len(keys[0]), np.uint16) for _ in keys]
    for first, second in combinations(range(len(keys)), 2):
        later = before(keys[second], keys[first])
        ranks[first] += later
        ranks[second] += ~later
    return ranks
