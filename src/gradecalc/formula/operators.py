# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The operators: how tightly each binds, what it takes, and what it makes of operands without a score.

>>> plus(None, 5), minus(None, 5), times(None, 5), at_least(None, None)
(5, -5, None, True)

A value is an exact number, a truth value, or None: no score. The printed table of Brightspace needs no more than
that, once each operand is resolved: exempt is None, and so is ungraded unless it counts as zero (F10 to F19).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, IntEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from ..exact import Exact, ratio

Value = Exact | None
"""What a part of a formula comes to; a truth value is a `bool`, and None is no score."""

Values = Sequence[Value]
"""The values of a formula's references, each in its slot."""

Run = Callable[[Values], Value]
"""A part of a formula, compiled."""

Step = Callable[[Value, Value], Value]

AS_ZERO: Final = Fraction(0)
"""The zero that stands for ungraded work, told from a recorded zero by its identity (F15)."""


class Kind(Enum):
    """What a part of a formula is, and what a place in it takes."""

    NUMERIC = "numeric"
    BOOLEAN = "boolean"


class Level(IntEnum):
    """How tightly a part of a formula binds, from the loosest (F4)."""

    OR = 1
    AND = 2
    COMPARISON = 3
    SUM = 4
    PRODUCT = 5
    SIGN = 6
    OPERAND = 7

    @property
    def takes(self) -> Kind:
        """The kind of both operands of an operator of this level."""
        return Kind.BOOLEAN if self <= Level.AND else Kind.NUMERIC

    @property
    def gives(self) -> Kind:
        """The kind of what an operator of this level makes of them."""
        return Kind.BOOLEAN if self <= Level.COMPARISON else Kind.NUMERIC


class Operator(Enum):
    """The operators, each with the symbol it is written as and its level."""

    OR = "OR", Level.OR
    AND = "AND", Level.AND
    EQUAL = "=", Level.COMPARISON
    DIFFERENT = "<>", Level.COMPARISON
    ABOVE = ">", Level.COMPARISON
    BELOW = "<", Level.COMPARISON
    AT_LEAST = ">=", Level.COMPARISON
    AT_MOST = "<=", Level.COMPARISON
    PLUS = "+", Level.SUM
    MINUS = "-", Level.SUM
    TIMES = "*", Level.PRODUCT
    OVER = "/", Level.PRODUCT

    symbol: str
    level: Level

    def __init__(self, symbol: str, level: Level) -> None:
        self.symbol, self.level = symbol, level


def plus(left: Value, right: Value) -> Value:
    """Return the sum; what has no score adds nothing (F12)."""
    if left is None or right is None:
        return right if left is None else left
    return left + right


def minus(left: Value, right: Value) -> Value:
    """Return the difference; what has no score takes nothing, and is nothing to take from (F12)."""
    if right is None:
        return left
    return -right if left is None else left - right


def times(left: Value, right: Value) -> Value:
    """Return the product; without either score there is none (F13)."""
    return None if left is None or right is None else left * right


def over(left: Value, right: Value) -> Value:
    """Return the quotient; without either score, or over zero, there is none (F13, F14).

    Ungraded work that counts as zero, on either side, gives 0 (F15).
    """
    if left is None or right is None:
        return None
    if left is AS_ZERO or right is AS_ZERO:
        return 0
    return ratio(left, right) if right else None


def equal(left: Value, right: Value) -> bool:
    """Return whether both are one number, or neither is a score (F16)."""
    return left == right


def different(left: Value, right: Value) -> bool:
    """Return whether not `equal` (F16)."""
    return left != right


def above(left: Value, right: Value) -> bool:
    """Return whether the left is above the right, which no score ever is (F17)."""
    return left is not None and right is not None and left > right


def below(left: Value, right: Value) -> bool:
    """Return whether the left is below the right, which no score ever is (F17)."""
    return above(right, left)


def at_least(left: Value, right: Value) -> bool:
    """Return whether the left is the right or above it; two without a score are level (F18)."""
    return left is right if left is None or right is None else left >= right


def at_most(left: Value, right: Value) -> bool:
    """Return whether the left is the right or below it; two without a score are level (F18)."""
    return at_least(right, left)


def both(left: Value, right: Value) -> bool:
    """Return whether both conditions hold."""
    return bool(left and right)


def either(left: Value, right: Value) -> bool:
    """Return whether at least one condition holds."""
    return bool(left or right)


STEPS: Final[Mapping[Operator, Step]] = MappingProxyType(
    {
        Operator.OR: either,
        Operator.AND: both,
        Operator.EQUAL: equal,
        Operator.DIFFERENT: different,
        Operator.ABOVE: above,
        Operator.BELOW: below,
        Operator.AT_LEAST: at_least,
        Operator.AT_MOST: at_most,
        Operator.PLUS: plus,
        Operator.MINUS: minus,
        Operator.TIMES: times,
        Operator.OVER: over,
    }
)
"""What each operator does."""
