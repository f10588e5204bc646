# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What stands before what among several, for a block of learners: each is compared with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations
from typing import Any, Final

import numpy as np

from ...grading.kernel.expressions import Expression, Op
from .blocks import Arithmetic, Block, Mask

TRUTHS: Final = frozenset({Op.TRUTH, Op.HAS, Op.EXEMPT, Op.BELOW, Op.SAME, Op.NOT, Op.ALL, Op.ANY, Op.OF})


def everybody(values: Any, block: Block) -> Any:
    """Return a value as an array with everybody's own."""
    if isinstance(values, np.ndarray):
        return values
    return np.full(block.size, values, np.bool_ if isinstance(values, bool) else None)


def arithmetic_of(*every: Expression) -> Arithmetic:
    """Return what computes with all of these."""
    return Arithmetic(*(0 if each.op in TRUTHS else each.most for each in every))


def as_kind(kind: Arithmetic, values: Any) -> Any:
    """Return a number, or an array of them, as a kind computes with them."""
    return kind.array(values) if isinstance(values, np.ndarray) else kind.number(int(values))


def lowest(part: Expression, values: Sequence[Any], block: Block) -> tuple[Any, ...]:
    """Return which candidates are among the lowest, and which among the highest of the rest."""
    contest = part.data
    every = sorted(range(len(contest.order)), key=contest.order.__getitem__)
    kind = arithmetic_of(*part.parts)
    there = {place: everybody(values[3 * place], block) for place in every}
    keys = {place: (as_kind(kind, values[3 * place + 1]), as_kind(kind, values[3 * place + 2])) for place in every}
    count = reduce(np.add, (there[place].astype(np.int64) for place in every))
    gone = first(every, keys, there, np.asarray(contest.lowest)[count], np.less)
    if any(contest.highest):
        rest = {place: there[place] & ~gone[place] for place in every}
        high = first(every, keys, rest, np.asarray(contest.highest)[count], np.greater)
        gone = {place: gone[place] | high[place] for place in every}
    return tuple(gone[place] for place in range(len(every)))


def first(
    every: Sequence[int], keys: Mapping[int, tuple[Any, Any]], there: Mapping[int, Mask], most: Any, before: Any
) -> dict[int, Mask]:
    """Return who is among the first."""
    found = ranks(every, keys, there, before)
    return {place: there[place] & (found[place] < most) for place in every}


def ranks(
    every: Sequence[int], keys: Mapping[int, tuple[Any, Any]], there: Mapping[int, Mask], before: Any
) -> dict[int, Any]:
    """Return how many stand before each; of equals the larger second key is first, and then the order decides."""
    found: dict[int, Any] = {place: np.zeros(len(there[place]), np.uint16) for place in every}
    for one, two in combinations(every, 2):
        tie = (keys[one][0] == keys[two][0]) & (keys[two][1] > keys[one][1])
        later = before(keys[two][0], keys[one][0]) | tie
        found[one] += there[two] & later
        found[two] += there[one] & np.logical_not(later)
    return found


def ranked_out_of(part: Expression, values: Sequence[Any], block: Block) -> Any:
    """Return the sum of what those are out of that have a weight by rank, of equals the first."""
    kind = arithmetic_of(part, *part.parts)
    every = range(len(values) // 3)
    there = {place: everybody(values[3 * place], block) for place in every}
    keys = {place: (as_kind(kind, values[3 * place + 1]), kind.number(0)) for place in every}
    weighty = np.asarray([*part.data, 0], np.bool_)
    total: Any = kind.number(0)
    for place, rank in ranks(every, keys, there, np.greater).items():
        counts = there[place] & weighty[np.minimum(rank, len(part.data))]
        total = total + np.where(counts, as_kind(kind, values[3 * place + 2]), kind.number(0))
    return total
