# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Some thousand learners at once: a register of the kernel as arrays, and whole numbers that stay whole in them.

A double holds every whole number up to 2^53, so arrays of doubles are exact as long as nothing in them is larger,
and that is proven before the first learner: each step knows how large its numbers can become. One that could pass
2^53 is worked out on arrays of Python's integers, by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import lcm
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...exact import RoundingMode
from ...grading.kernel.expressions import Expression
from ...grading.kernel.program import KernelProgram
from ...rounding import Rounding

Numbers = NDArray[Any]
"""Whole numbers: doubles, or Python's integers where doubles might not hold them."""

Mask = NDArray[np.bool_]

LIMIT: Final = 2**53
"""Every whole number of doubles is below this."""

NARROW: Final = 2**31
"""Every integer of 32 bits is below this."""

ROWS: Final = 8
"""How many columns are read at once, at most."""

_MOST_COMMON: Final = 10**6


class NotCarriedError(Exception):
    """An operation that is not worked out on blocks; the text says which."""


class Proven(NamedTuple):
    """What is proven of a register: no more than `reached` was reached, of what was possible.

    What was possible is `unit` times what varies, which is no more than `over`, and one of `overs` where few come up.
    """

    reached: int
    unit: int = 1
    over: int = 1
    overs: frozenset[int] | None = frozenset({1})

    def common(self) -> int | None:
        """Return a small multiple of everything that what varies can be, if there is one."""
        if self.overs is None:
            return None
        multiple = lcm(*self.overs)
        return multiple if multiple <= _MOST_COMMON else None


class TermPlace(NamedTuple):
    """A place in a list of terms that a sum asks for at once; a few of a `narrow` one add up in 32 bits."""

    list_: int
    nth: int
    narrow: bool


class Surveyed(NamedTuple):
    """A program, and by line the list of terms which alone asks for it."""

    program: KernelProgram
    takers: Mapping[int, TermPlace]


class Pairs(NamedTuple):
    """What a line holds for each learner of a block: 0 was reached out of 1 by whoever has no score.

    `has` says who has one, and is None where all have; `over` is None where what is possible does not vary.
    """

    reached: Numbers
    has: Mask | None
    over: Numbers | None = None

    def of(self, rows: Numbers) -> Pairs:
        """Return those of some learners."""
        has, over = (None if each is None else each[rows] for each in (self.has, self.over))
        return Pairs(self.reached[rows], has, over)


class Asked(NamedTuple):
    """Marks that are asked for: at so many positions from the first on, and none beyond `most`, either way."""

    first: int
    rows: int
    most: int


class Cells(NamedTuple):
    """Columns of marks for a block, a row for each, whole at the scale of a program; 0 where there is none.

    `known` says who has one that counts, `exempt` who is exempt; either is None where that is everybody or nobody.
    No number is below `low` or above `high`. The arrays are lent until marks are read again.
    """

    points: Numbers
    known: Mask | None
    low: float
    high: float
    exempt: Mask | None = None


class Stack(NamedTuple):
    """Registers that were read at once: a row of each, in their order; integers of 32 bits where a sum of them fits."""

    lines: tuple[int, ...]
    reached: Numbers
    has: Mask | None

    def register(self, line: int) -> Pairs:
        """Return one of them."""
        row = self.lines.index(line)
        return Pairs(self.reached[row], None if self.has is None else self.has[row])


class Scratch:
    """Arrays that are used again and again, so that they stay in the cache."""

    __slots__ = ("_free", "_lent", "_size", "_taken")

    def __init__(self, rows: int, size: int) -> None:
        self._size = rows * size
        self._lent: dict[str, Numbers] = {}
        self._free: list[Numbers] = []
        self._taken: list[Numbers] = []

    def lend(self, what: str, kind: Any, rows: int, size: int) -> Any:
        """Return an array until somebody asks for the same again."""
        whole = self._lent.get(what)
        if whole is None or whole.dtype != kind:
            whole = self._lent[what] = np.empty(self._size, kind)
        return whole[: rows * size].reshape(rows, size)

    def take(self, rows: int, size: int) -> Numbers:
        """Return an array that is this block's."""
        whole = self._free.pop() if self._free else np.empty(self._size)
        self._taken.append(whole)
        return whole[: rows * size].reshape(rows, size)

    def clear(self) -> None:
        """Take everything back."""
        self._free += self._taken
        self._taken.clear()


class Registers(dict[int, Pairs]):
    """The registers of a block by line; marks are read when first asked for, so that they are still in the cache.

    What is `fleeting` is asked for once, and its array is then another's.
    """

    __slots__ = ("_stacks", "fleeting", "later")

    def __init__(self) -> None:
        super().__init__()
        self.later: dict[int, Callable[[], Stack]] = {}
        self.fleeting: set[int] = set()
        self._stacks: dict[int, Stack] = {}

    def __missing__(self, line: int) -> Pairs:
        register = self[line] = self._stack(line).register(line)
        return register

    def stacks(self, lines: Sequence[int]) -> Iterator[Stack]:
        """Yield what these lines hold: those that were read at once together, the others one by one.

        A stack is to be done with before the next.
        """
        place = 0
        while place < len(lines):
            line = lines[place]
            stack = self.later[line]() if line in self.fleeting else self._whole(lines, place)
            yield stack
            place += len(stack.lines)

    def look(self, line: int) -> None:
        """Have a mark read, if it is not."""
        if line in self.later:
            self._stack(line)

    def finish(self) -> None:
        """Read the marks that nobody asked for, and let go of what reads."""
        for line in self.later.keys() - self.fleeting:
            self.look(line)
        self.later.clear()

    def _whole(self, lines: Sequence[int], place: int) -> Stack:
        line = lines[place]
        stack = None if line in self else self._stack(line)
        if stack is None or stack.lines != tuple(lines[place : place + len(stack.lines)]) or self.keys() & stack.lines:
            register = self[line]
            stack = Stack((line,), register.reached[None], None if register.has is None else register.has[None])
        return stack

    def _stack(self, line: int) -> Stack:
        if line not in self._stacks:
            stack = self.later[line]()
            for each in stack.lines:
                del self.later[each]
                self._stacks[each] = stack
        return self._stacks[line]


class Block:
    """The registers of a block of learners while it is worked out, and who is to be graded by the exact engine."""

    __slots__ = ("exempt", "marks", "proven", "refused", "registers", "scratch", "size", "symbol", "values")

    def __init__(self, size: int, marks: Callable[[Asked, Block], Cells], scratch: Scratch) -> None:
        self.size, self.marks, self.scratch = size, marks, scratch
        self.refused: Mask = np.zeros(size, np.bool_)
        self.registers = Registers()
        self.exempt: dict[int, Mask | None] = {}
        self.values: dict[Expression, Any] = {}
        self.symbol: Any = 0
        """Which hurdle gives the final its symbol, from 1 on, or 0."""
        self.proven: Mapping[int, Proven] = {}


Run = Callable[[Block], None]
"""A step, made ready."""


class Arithmetic:
    """Doubles or Python's integers: what numbers and arrays are turned into before a step computes with them."""

    __slots__ = ("wide",)

    def __init__(self, *most: int) -> None:
        self.wide = max(most) >= LIMIT

    @property
    def dtype(self) -> Any:
        """The type of its arrays."""
        return np.dtype(object if self.wide else np.float64)

    def number(self, value: int) -> Any:
        """Return a whole number as this kind computes with it."""
        return value if self.wide else float(value)

    def array(self, values: Numbers) -> Numbers:
        """Return an array of whole numbers as this kind computes with it."""
        if self.wide:
            return values if values.dtype == object else values.astype(np.int64).astype(object)
        return values.astype(np.float64, copy=False)

    def over(self, register: Pairs) -> Any:
        """Return what varies in a register's possible."""
        return self.number(1) if register.over is None else self.array(register.over)


def rounded(over: Numbers, under: Any, rounding: Rounding, kind: Arithmetic) -> Numbers:
    """Return the quotients rounded to whole numbers, in the mode of a rounding step.

    The quotient of doubles may be taken as it comes: below 2^53 no rounding of it reaches the next whole number.
    """
    below = over.min(initial=0) < 0
    above = np.abs(over) if below else over
    whole: Numbers = above // under if kind.wide else np.floor(above / under)
    rest = above - whole * under
    up = _goes_up(rest, under, whole, rounding, kind)
    if up is not None:
        whole += up
    return np.where(over < 0, -whole, whole) if below else whole


def widest_of_rounding(over: int, under: int, rounding: Rounding) -> int:
    """Return the largest number that rounding such quotients needs."""
    return max(over + under, 2 * under * rounding.up_from.denominator)


def _goes_up(rest: Numbers, under: Any, whole: Numbers, rounding: Rounding, kind: Arithmetic) -> Mask | None:
    if rounding.mode is RoundingMode.DOWN:
        return None
    if rounding.mode is RoundingMode.UP:
        return _as_mask(rest > 0)
    share = rounding.up_from
    part = rest * kind.number(share.denominator)
    turn = under if share.numerator == 1 else under * kind.number(share.numerator)
    if rounding.mode is RoundingMode.HALF_UP:
        return _as_mask(part >= turn)
    if rounding.mode is RoundingMode.HALF_DOWN:
        return _as_mask(part > turn)
    return _as_mask((part > turn) | ((part == turn) & (whole % kind.number(2) == 1)))


def _as_mask(truths: NDArray[Any]) -> Mask:
    return truths.astype(np.bool_, copy=False)
