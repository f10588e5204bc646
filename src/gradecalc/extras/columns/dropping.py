# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which results of a block of learners are not counted: the lowest, and then the highest of the rest.

Where terms add alike only what was reached matters: the few lowest are found in one pass each, and taken away from
the sum of all. Where they do not, each is compared with each other, which for the lengths of real categories costs
less than sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from ...grading.kernel.program import Drop, Term
from .blocks import Arithmetic, Block, Mask, Numbers, Stack

Figures = tuple[Any, Any]
"""What was reached, and what counted: arrays, or numbers where all learners have the same."""

_MOST_EXTREMES: Final = 3
_INFINITE: Final = float("inf")
_BEYOND: Final = 2.0**53


def are_alike(terms: Sequence[Term]) -> bool:
    """Return whether terms add and cost the same, and are ranked by what was reached."""
    return len({(term.gain, term.cost, term.key) for term in terms}) == 1 and bool(terms[0].cost)


def added(stacks: Iterable[Stack], kind: Arithmetic) -> Numbers:
    """Return what was reached together, in an array of its own."""
    sums: list[Numbers] = [np.add.reduce(kind.array(each.reached), axis=0) for each in stacks]
    for each in sums[1:]:
        sums[0] += each
    return sums[0]


def plus(total: Any, more: Any) -> Any:
    """Return the sum of figures, each an array or the same for all."""
    if isinstance(total, np.ndarray) or total:
        return total + more if isinstance(more, np.ndarray) or more else total
    return more


def counted(masks: Iterable[tuple[int, Mask | None]], cost: int, kind: Arithmetic) -> Any:
    """Return what it costs that so many have a score, of rows of masks."""
    every = list(masks)
    always = kind.number(cost * sum(rows for rows, mask in every if mask is None))
    some = [mask for _, mask in every if mask is not None]
    return plus(always, _times(_count(some), cost, kind)) if some else always


def ranked(terms: Sequence[Term], drop: Drop, block: Block, kind: Arithmetic) -> Figures:
    """Return the sum of what a drop leaves, and what it costs."""
    few = max(drop.lowest) <= _MOST_EXTREMES and max(drop.highest) <= _MOST_EXTREMES
    if few and are_alike(terms):
        stacks = list(block.registers.stacks([term.register for term in terms]))
        return _without_extremes(terms[0], stacks, drop, block, kind)
    return _compared(terms, drop, block, kind)


def _count(masks: Sequence[Mask]) -> Any:
    """Return how many have a score, in as few bytes as will do."""
    small = np.uint8 if sum(map(len, masks)) <= np.iinfo(np.uint8).max else np.uint16
    total = np.add.reduce(masks[0].view(np.uint8), axis=0, dtype=small)
    for each in masks[1:]:
        total += np.add.reduce(each.view(np.uint8), axis=0, dtype=small)
    return total


def _times(count: Any, cost: int, kind: Arithmetic) -> Any:
    if kind.wide:
        return count.astype(object) * cost
    return np.multiply(count, float(cost), dtype=np.float64)


def _number_present(masks: Sequence[tuple[int, Mask | None]], size: int) -> Any:
    some = [mask for _, mask in masks if mask is not None]
    always = sum(rows for rows, mask in masks if mask is None)
    if not some:
        return np.full(size, always, np.uint16)
    count = _count(some)
    return count.astype(np.uint16) + np.uint16(always) if always else count


def _without_extremes(term: Term, stacks: Sequence[Stack], drop: Drop, block: Block, kind: Arithmetic) -> Figures:
    """Return the sum of terms that add alike, less the few that are dropped."""
    present = _number_present([(len(each.lines), each.has) for each in stacks], block.size)
    reached, kept = added(stacks, kind), present
    for going, absent in ((drop.lowest, _BEYOND), (drop.highest, -_BEYOND)):
        for nth, extreme in enumerate(_extremes(stacks, max(going), absent, block, kind), 1):
            goes = _where(present, [each >= nth for each in going])
            np.copyto(extreme, 0, where=~goes)
            reached -= extreme
            kept = kept - goes
    return reached if term.gain == 1 else reached * kind.number(term.gain), _times(kept, term.cost or 0, kind)


def _where(present: Any, answers: Sequence[bool]) -> Mask:
    """Return the answer by how many are present: most often from some number on it is yes."""
    first = answers.index(True)
    upwards = all(answers[first:])
    goes: Mask = np.greater_equal(present, first) if upwards else np.asarray(answers, np.bool_)[present]
    return goes


def _extremes(stacks: Sequence[Stack], most: int, absent: float, block: Block, kind: Arithmetic) -> list[Numbers]:
    """Return as many of the lowest as are asked for, or of the highest: the first, the second, and so on."""
    if most == 0:
        return []
    nearer, farther = (np.minimum, np.maximum) if absent > 0 else (np.maximum, np.minimum)
    found: list[Numbers] = []
    for stack in stacks:
        values = kind.array(stack.reached)
        if stack.has is not None:
            values = _beyond(values, stack.has, absent, block)
        if most == 1:
            lowest = nearer.reduce(values, axis=0)
            found = [nearer(found[0], lowest) if found else lowest]
        else:
            found = _nearest(found, values, most, nearer, farther)
    return found[:most]


def _nearest(found: list[Numbers], rows: Iterable[Numbers], most: int, nearer: Any, farther: Any) -> list[Numbers]:
    """Return the few nearest, in order, of those that were found and these."""
    for row in rows:
        rest, kept = row.copy(), []
        for each in found:
            kept.append(nearer(each, rest))
            rest = farther(each, rest)
        found = [*kept, rest][:most]
    return found


def _beyond(values: Numbers, has: Mask, absent: float, block: Block) -> Numbers:
    """Return the values, and beyond all of them what those have who have none.

    Products know no branches: in doubles that is several times as fast as choosing by a mask that nobody foresees.
    """
    if values.dtype == object:
        return np.where(has, values, absent)
    beyond = np.multiply(~has, absent, out=block.scratch.spare[: len(values), : block.size])
    beyond += values
    return beyond


def _compared(terms: Sequence[Term], drop: Drop, block: Block, kind: Arithmetic) -> Figures:
    """Return the sum of what is left when each term is compared with each other."""
    pairs = [(term, block.registers[term.register]) for term in sorted(terms, key=lambda term: term.order)]
    masks = [(1, None if register.has is None else register.has[None]) for _, register in pairs]
    present = _number_present(masks, block.size)
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
        cost = cost + _times(kept, term.cost or 0, kind)
    return reached, cost


def _ranks(keys: Sequence[Numbers], before: Any) -> list[Any]:
    """Return how many stand before each: equals in their order."""
    ranks = [np.zeros(len(keys[0]), np.uint16) for _ in keys]
    for first, second in combinations(range(len(keys)), 2):
        later = before(keys[second], keys[first])
        ranks[first] += later
        ranks[second] += ~later
    return ranks
