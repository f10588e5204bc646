# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The expressions of a program, for a block of learners: the table `PARTS` has an entry for each operation.

A value is an array, or the same for all. What stands in several places is worked out once for a block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from ...gradebook.aggregation import Highest, Lowest, Median, Mode
from ...grading.kernel.expressions import Expression, Op, parts_first, uses_of
from .best_totals import best
from .blocks import Arithmetic, Block, Mask, NotCarriedError, Proven, rounded, widest_of_rounding
from .choosing import TRUTHS, arithmetic_of, as_kind, everybody, lowest, ranked_out_of
from .roots import root

_INFINITE: Final = float("inf")


def check(whole: Expression, proven: Mapping[int, Proven]) -> None:
    """Refuse an expression in which a number is larger than it says.

    Raises `NotCarriedError`. A register may hold another pair of the same quotient here.
    """
    for each in uses_of([whole]):
        if each.op in (Op.REACHED, Op.POSSIBLE) and _largest(each, proven[each.data]) > each.most:
            raise NotCarriedError("a number that is longer in tables is")


def _largest(part: Expression, proven: Proven) -> int:
    return proven.reached if part.op is Op.REACHED else proven.unit * proven.over


def value(whole: Expression, block: Block) -> Any:
    """Return what an expression comes to for the learners of a block."""
    known = block.values
    for each in parts_first(whole, known):
        known[each] = PARTS[each.op](each, [known[part] for part in each.parts], block)
    return known[whole]


Part = Callable[[Expression, Sequence[Any], Block], Any]


def _numbers(part: Expression, values: Sequence[Any]) -> list[Any]:
    kind = arithmetic_of(part, *part.parts)
    return [as_kind(kind, each) for each in values]


def _folded(function: Callable[[Any, Any], Any]) -> Part:
    return lambda part, values, _: reduce(function, _numbers(part, values))


def _joined(function: Callable[[Any, Any], Any]) -> Part:
    return lambda _part, values, _block: reduce(function, values)


def _number(part: Expression, _values: Sequence[Any], _block: Block) -> Any:
    return arithmetic_of(part).number(part.data)


def _truth(part: Expression, _values: Sequence[Any], _block: Block) -> Any:
    return bool(part.data)


def _reached(part: Expression, _values: Sequence[Any], block: Block) -> Any:
    return block.registers[part.data].reached


def _possible(part: Expression, _values: Sequence[Any], block: Block) -> Any:
    kind = arithmetic_of(part)
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
    if not isinstance(flag, np.ndarray):
        return values[1] if flag else values[2]
    if part.parts[1].op in TRUTHS:
        return np.where(flag, values[1], values[2])
    kind = arithmetic_of(*part.parts[1:])
    first, second = (as_kind(kind, each) for each in values[1:])
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
    divisor = np.maximum(as_kind(kind, values[1]), kind.number(1))
    dividend = everybody(as_kind(kind, values[0]), block) * kind.number(above)
    there = as_kind(kind, values[1]) != 0
    return rounded(dividend, divisor * kind.number(below), part.data, kind) * there


def _lookup(part: Expression, values: Sequence[Any], block: Block) -> Any:
    entries = [int(each) for each in part.data]
    table = np.asarray(entries, arithmetic_of(part).dtype)
    return table[everybody(values[0], block).astype(np.int64)]


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


def _those_there(part: Expression, values: Sequence[Any], block: Block, absent: float) -> tuple[Any, Mask, Arithmetic]:
    """Return the numbers as rows, with something beyond them where they are not there, and where they are."""
    kind = arithmetic_of(part, *part.parts)
    there = np.stack([everybody(each, block) for each in values[::2]])
    numbers = np.stack([everybody(as_kind(kind, each), block) for each in values[1::2]])
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
        Op.ROOT: root,
        Op.LOOKUP: _lookup,
        Op.PICKED: _picked,
        Op.RANKED: _ranked,
        Op.RANKED_OUT_OF: ranked_out_of,
        Op.LOWEST: lowest,
        Op.BEST: best,
        Op.OF: _of,
    }
)
"""What becomes of each operation of an expression."""
