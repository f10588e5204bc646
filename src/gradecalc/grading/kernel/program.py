# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A program: the final of one learner in a few steps of the algebra, all of it in whole numbers.

A register is a line of the plan. It holds a pair of whole numbers, reached / possible, or nothing where the line has
no score: 7.5 of 10 points at a scale of 1000 is 7500 / 10000. Nothing is divided before the end, so nothing is lost.
What is possible may have a unit, which every learner shares and the code need not carry: 3 of 10000 each.

A program knows positions and no names, and each of its registers the `Width` that its pair never exceeds.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from ...exact import Exact
from ...gradebook.caps import Cap
from ...gradebook.weights import Rescale
from ...rounding import Rounding
from .expressions import Expression


class Width(NamedTuple):
    """The most that a pair's two numbers can be, either way from zero."""

    reached: int
    possible: int


class Blank(Enum):
    """What reading makes of a blank; of an exemption it makes nothing, if that is no longer asked for."""

    NOTHING = "nothing"
    ZERO = "zero"
    OPEN = "open"
    """Nothing yet: a `Fill` decides, and must still see what is exempt."""


class Settling(NamedTuple):
    """What a mark is turned into at once: floor, rounding, and cap, and then a whole number at a `scale`.

    A number beyond `most` is not read.
    """

    blank: Blank
    scale: int
    max_points: Exact
    floor: Exact | None
    rounding: Rounding | None
    capped: bool
    cap: Cap | None
    most: int

    @property
    def limit(self) -> Exact | None:
        """How many points of a mark count at the most, None where there is no such limit."""
        if not self.capped:
            return None
        return (self.max_points or None) if self.cap is None else self.cap.limit(self.max_points)


class Read(NamedTuple):
    """Read the marks at consecutive positions, from `first`, into registers, all settled alike."""

    first: int
    to: tuple[int, ...]
    settling: Settling


class Fill(NamedTuple):
    """Make blanks zero once one of the `triggers` has a score, and nothing of what is exempt."""

    blanks: tuple[int, ...]
    triggers: tuple[int, ...]


class Demand(NamedTuple):
    """Refuse to go on where a register holds nothing, for what counts as zero there the program cannot say."""

    register: int


class Term(NamedTuple):
    """What a register adds to a sum: `gain` times what it reached, and `cost` to what counted.

    Where `cost` is None it costs what it is possible to reach. One that `varies` is possible out of a number of this
    learner's. `key` times what it reached is its rank, and among equals the one with the lower `order` goes first.
    """

    register: int
    gain: int
    cost: int | None
    varies: bool = False
    key: int = 1
    order: int = 0


class Drop(NamedTuple):
    """How many of the lowest and of the highest go, by how many are there."""

    lowest: tuple[int, ...]
    highest: tuple[int, ...]


class Sum(NamedTuple):
    """Sum the terms that have a score, without what is dropped of `ranked`, out of the whole: a pair in `to`.

    The whole is what counted, as `rescale` says in view of `full`. A bonus costs nothing and never takes
    away; one in `of_whole` is a share of `full`, however much counted.
    """

    to: int
    terms: tuple[Term, ...]
    ranked: tuple[Term, ...]
    drop: Drop | None
    bonuses: tuple[Term, ...]
    of_whole: tuple[Term, ...]
    rescale: Rescale
    full: int


class Limit(NamedTuple):
    """Let a register reach no more than what is possible, times `over` / `under`."""

    register: int
    unit: int
    over: int = 1
    under: int = 1


class Round(NamedTuple):
    """Round a register, which is out of so many points."""

    register: int
    unit: int
    rounding: Rounding
    out_of: Exact


class Refuse(NamedTuple):
    """Refuse to go on where an expression holds, for the program cannot say what follows."""

    flag: Expression


class Let(NamedTuple):
    """Let a register hold the pair that two expressions come to, where a third holds, and else nothing.

    What expressions read of a register is what a `Read` left there; one that stands in several is worked out once.
    """

    to: int
    has: Expression
    reached: Expression
    possible: Expression


class Told(Enum):
    """What a program tells of the final beside its pair, as a number."""

    PASSED = "passed"
    """0 where it is not passed, 1 where it is, 2 where that is open, and 3 where nothing is asked of this learner."""
    SYMBOL = "symbol"
    """Which of the hurdles gives the final its symbol, from 1 on, or 0."""


class Tell(NamedTuple):
    """Tell something of the final."""

    what: Told
    value: Expression


Step = Read | Fill | Demand | Sum | Limit | Round | Refuse | Let | Tell


def roots_of(step: Refuse | Let | Tell) -> tuple[Expression, ...]:
    """Return the expressions of a step that is made of them."""
    if isinstance(step, Let):
        return step.has, step.reached, step.possible
    return (step.flag,) if isinstance(step, Refuse) else (step.value,)


class KernelProgram(NamedTuple):
    """The steps in order, the final in register 0; `constants` are the possible of the registers that have one.

    `positions` are the lines whose marks are read, in the order in which they are handed over.
    """

    steps: tuple[Step, ...]
    positions: tuple[int, ...]
    constants: dict[int, int]
    widths: dict[int, Width]
    units: dict[int, int]
    """What every learner shares of what is possible, for each register."""
