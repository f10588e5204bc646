# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The expressions of a program, for a block of learners: the table `PARTS` has an entry for each operation.

A value is an array, or the same for all. What stands in several places is worked out once for a block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from ...gradebook.aggregation import Highest, Lowest, Median, Mode
from ...grading.kernel.expressions import Expression, Op, parts_first, uses_of
from .blocks import Arithmetic, Block, Mask, NotCarriedError, Proven, rounded, widest_of_rounding

_INFINITE: Final = float("inf")
_TRUTHS: Final = frozenset({Op.TRUTH, Op.HAS, Op.EXEMPT, Op.BELOW, Op.SAME, Op.NOT, Op.ALL, Op.ANY, Op.OF})


def check(root: Expression, proven: Mapping[int, Proven]) -> None:
    """Refuse an expression in which an operation has no entry, or a number is larger than it says.

    Raises `NotCarriedError`. A register may hold another pair of the same quotient here.
    """
    for each in uses_of([root]):
        if each.op not in PARTS:
            raise NotCarriedError(f"{each.op.name.lower()} is")
        if each.op in (Op.REACHED, Op.POSSIBLE) and _largest(each, proven[each.data]) > each.most:
            raise NotCarriedError("a number that is longer in tables is")


def _largest(part: Expression, proven: Proven) -> int:
    return proven.reached if part.op is Op.REACHED else proven.unit * proven.over


def value(root: Expression, block: Block) -> Any:
    """Return what an expression comes to for the learners of a block."""
    known = block.values
    for each in parts_first(root, known):
        known[each] = PARTS[each.op](each, [known[part] for part in each.parts], block)
    return known[root]


def everybody(values: Any, block: Block) -> Any:
    """Return a value as an array with everybody's own."""
    if isinstance(values, np.ndarray):
        return values
    return np.full(block.size, values, np.bool_ if isinstance(values, bool) else None)


Part = Callable[[Expression, Sequence[Any], Block], Any]


def _arithmetic(*every: Expression) -> Arithmetic:
    return Arithmetic(*(0 if each.op in _TRUTHS else each.most for each in every))


def _as(kind: Arithmetic, values: Any) -> Any:
    return kind.array(values) if isinstance(values, np.ndarray) else kind.number(int(values))


def _numbers(part: Expression, values: Sequence[Any]) -> list[Any]:
    kind = _arithmetic(part, *part.parts)
    return [_as(kind, each) for each in values]


def _folded(function: Callable[[Any, Any], Any]) -> Part:
    return lambda part, values, _: reduce(function, _numbers(part, values))


def _joined(function: Callable[[Any, Any], Any]) -> Part:
    return lambda _part, values, _block: reduce(function, values)


def _number(part: Expression, _values: Sequence[Any], _block: Block) -> Any:
    return _arithmetic(part).number(part.data)


def _truth(part: Expression, _values: Sequence[Any], _block: Block) -> Any:
    return bool(part.data)


def _reached(part: Expression, _values: Sequence[Any], block: Block) -> Any:
    return block.registers[part.data].reached


def _possible(part: Expression, _values: Sequence[Any], block: Block) -> Any:
    kind = _arithmetic(part)
    return kind.over(block.registers[part.data]) * kind.number(block.proven[part.data].unit)


def _has(part: Expression, _values: Sequence[Any], block: Block) -> Any:
    has = block.registers[part.data].has
    return True if has is None else has


def _exempt(part: Expression, _values: Sequence[Any], block: Block) -> Any:
    block.registers.look(part.data)
    exempt = block.exempt[part.data]
    return False if exempt is None else exempt


def _if(part: Expression, values: Sequence[Any], _block: Block) -> Any:
    flag, *_ = values
    if part.parts[1].op in _TRUTHS:
        return np.where(flag, values[1], values[2])
    kind = _arithmetic(*part.parts[1:])
    first, second = (_as(kind, each) for each in values[1:])
    return np.where(flag, first, second)


def _count(_part: Expression, values: Sequence[Any], block: Block) -> Any:
    total: Any = np.zeros(block.size)
    for each in values:
        total += each
    return total


def _steps(part: Expression, values: Sequence[Any], block: Block) -> Any:
    over, under = part.parts
    scale = 10 ** abs(part.data.places)
    above, below = (scale, 1) if part.data.places >= 0 else (1, scale)
    kind = Arithmetic(widest_of_rounding(over.most * above, under.most * below, part.data), part.most)
    divisor = np.maximum(_as(kind, values[1]), kind.number(1))
    dividend = everybody(_as(kind, values[0]), block) * kind.number(above)
    there = _as(kind, values[1]) != 0
    return rounded(dividend, divisor * kind.number(below), part.data, kind) * there


def _lookup(part: Expression, values: Sequence[Any], block: Block) -> Any:
    entries = [int(each) for each in part.data]
    table = np.asarray(entries, _arithmetic(part).dtype)
    return table[everybody(values[0], block).astype(np.int64)]


def _lowest(part: Expression, values: Sequence[Any], block: Block) -> tuple[Any, ...]:
    """Return which candidates are among the lowest, and which among the highest of the rest."""
    contest = part.data
    every = sorted(range(len(contest.order)), key=contest.order.__getitem__)
    kind = _arithmetic(*part.parts)
    there = {place: everybody(values[3 * place], block) for place in every}
    keys = {place: (_as(kind, values[3 * place + 1]), _as(kind, values[3 * place + 2])) for place in every}
    count = reduce(np.add, (there[place].astype(np.int64) for place in every))
    gone = _first(every, keys, there, np.asarray(contest.lowest)[count], np.less)
    if any(contest.highest):
        rest = {place: there[place] & ~gone[place] for place in every}
        high = _first(every, keys, rest, np.asarray(contest.highest)[count], np.greater)
        gone = {place: gone[place] | high[place] for place in every}
    return tuple(gone[place] for place in range(len(every)))


def _first(
    every: Sequence[int], keys: Mapping[int, tuple[Any, Any]], there: Mapping[int, Mask], most: Any, before: Any
) -> dict[int, Mask]:
    """Return who is among the first."""
    ranks = _ranks(every, keys, there, before)
    return {place: there[place] & (ranks[place] < most) for place in every}


def _ranks(
    every: Sequence[int], keys: Mapping[int, tuple[Any, Any]], there: Mapping[int, Mask], before: Any
) -> dict[int, Any]:
    """Return how many stand before each; of equals the larger second key is first, and then the order decides."""
    ranks: dict[int, Any] = {place: np.zeros(len(there[place]), np.int64) for place in every}
    for one, two in combinations(every, 2):
        tie = (keys[one][0] == keys[two][0]) & (keys[two][1] > keys[one][1])
        later = before(keys[two][0], keys[one][0]) | tie
        ranks[one] += there[two] & later
        ranks[two] += there[one] & np.logical_not(later)
    return ranks


def _picked(part: Expression, values: Sequence[Any], block: Block) -> Any:
    """Return twice the median, the lowest, the highest, or the highest of those that come most often."""
    numbers, there, kind = _those_there(part, values, block, _INFINITE)
    if isinstance(part.data, Mode):
        picked = kind.number(2) * _most_often(numbers, there)
    else:
        numbers.sort(axis=0)
        count = there.sum(axis=0)
        first, second = _PLACES[type(part.data)](np.maximum(count, 1))
        picked = np.take_along_axis(numbers, first[None], 0)[0] + np.take_along_axis(numbers, second[None], 0)[0]
    return np.where(there.any(axis=0), picked, kind.number(0))


_PLACES: Final[Mapping[type, Callable[[Any], tuple[Any, Any]]]] = MappingProxyType(
    {
        Median: lambda count: ((count - 1) // 2, count // 2),
        Lowest: lambda count: (count * 0, count * 0),
        Highest: lambda count: (count - 1, count - 1),
    }
)


def _most_often(numbers: Any, there: Mask) -> Any:
    """Return the number that comes most often, and of several such the highest."""
    found, times = numbers[0], np.zeros(numbers.shape[1], np.int64)
    for row in range(len(numbers)):
        own = ((numbers == numbers[row]) & there).sum(axis=0) * there[row]
        better = (own > times) | ((own == times) & (numbers[row] > found) & there[row])
        found, times = np.where(better, numbers[row], found), np.where(better, own, times)
    return found


def _ranked(part: Expression, values: Sequence[Any], block: Block) -> Any:
    """Return the numbers that are there, the best times the first weight and so on."""
    numbers, there, kind = _those_there(part, values, block, -_INFINITE)
    numbers.sort(axis=0)
    count = there.sum(axis=0)
    total: Any = kind.number(0)
    for rank, (weight, row) in enumerate(zip(part.data, numbers[::-1], strict=False)):
        total = total + np.where(rank < count, row, kind.number(0)) * kind.number(weight)
    return total


def _ranked_out_of(part: Expression, values: Sequence[Any], block: Block) -> Any:
    """Return the sum of what those are out of that have a weight by rank, of equals the first."""
    kind = _arithmetic(part, *part.parts)
    every = range(len(values) // 3)
    there = {place: everybody(values[3 * place], block) for place in every}
    keys = {place: (_as(kind, values[3 * place + 1]), kind.number(0)) for place in every}
    weighty = np.asarray([*part.data, 0], np.bool_)
    total: Any = kind.number(0)
    for place, rank in _ranks(every, keys, there, np.greater).items():
        counts = there[place] & weighty[np.minimum(rank, len(part.data))]
        total = total + np.where(counts, _as(kind, values[3 * place + 2]), kind.number(0))
    return total


def _those_there(part: Expression, values: Sequence[Any], block: Block, absent: float) -> tuple[Any, Mask, Arithmetic]:
    """Return the numbers as rows, with something beyond them where they are not there, and where they are."""
    kind = _arithmetic(part, *part.parts)
    there = np.stack([everybody(each, block) for each in values[::2]])
    numbers = np.stack([everybody(_as(kind, each), block) for each in values[1::2]])
    return np.where(there, numbers, absent), there, kind


def _of(part: Expression, values: Sequence[Any], _block: Block) -> Any:
    return values[0][part.data]


PARTS: Final[Mapping[Op, Part]] = MappingProxyType(
    {
        Op.NUMBER: _number,
        Op.TRUTH: _truth,
        Op.REACHED: _reached,
        Op.POSSIBLE: _possible,
        Op.HAS: _has,
        Op.EXEMPT: _exempt,
        Op.PLUS: _folded(np.add),
        Op.TIMES: _folded(np.multiply),
        Op.LEAST: _folded(np.minimum),
        Op.MOST: _folded(np.maximum),
        Op.BELOW: _folded(np.less),
        Op.SAME: _folded(np.equal),
        Op.IF: _if,
        Op.COUNT: _count,
        Op.NOT: lambda _part, values, _block: np.logical_not(values[0]),
        Op.ALL: _joined(np.logical_and),
        Op.ANY: _joined(np.logical_or),
        Op.STEPS: _steps,
        Op.LOOKUP: _lookup,
        Op.PICKED: _picked,
        Op.RANKED: _ranked,
        Op.RANKED_OUT_OF: _ranked_out_of,
        Op.LOWEST: _lowest,
        Op.OF: _of,
    }
)
"""What becomes of each operation of an expression."""
