# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Exact amounts of one learner that are not known yet: a whole number over what every learner shares, and the rest.

7.5 points at a scale of 1000 are `Amount(7500, 1000)`; what is divided by something of this learner's has that among
`over`. Amounts with the same below the line add at once, others over the least that they have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Final, NamedTuple

from ...exact import Exact
from .expressions import (
    ZERO,
    Expression,
    Op,
    below,
    common_multiple,
    either,
    gated,
    known,
    least,
    most,
    number,
    plus,
    positive,
    product,
    same,
    times,
    without,
)


class Amount(NamedTuple):
    """`above`, over the number `under` and the product of `over`; nothing below the line is ever 0."""

    above: Expression
    under: int = 1
    over: tuple[Expression, ...] = ()

    @property
    def below(self) -> Expression:
        """All that is below the line, as one number."""
        return times(product(self.over), number(self.under))

    @property
    def value(self) -> Exact | None:
        """The amount, if every learner has the same."""
        fixed = known(self.above)
        return None if fixed is None or (self.over and fixed) else Fraction(fixed, self.under)


def exactly(value: Exact) -> Amount:
    """Return an amount that is known."""
    return Amount(number(value.numerator), value.denominator)


NOTHING: Final = Amount(ZERO)


def level(amounts: Sequence[Amount]) -> tuple[list[Expression], int, tuple[Expression, ...]]:
    """Return what is above the line once all have the same below it, and that."""
    under = lcm(*(each.under for each in amounts))
    over = common_multiple([each.over for each in amounts])
    raised = [
        times(times(each.above, number(under // each.under)), product(without(over, each.over))) for each in amounts
    ]
    return raised, under, over


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum."""
    every = [each for each in amounts if known(each.above) != 0]
    if not every:
        return NOTHING
    alike: dict[tuple[Expression, ...], list[Amount]] = {}
    for each in every:
        alike.setdefault(each.over, []).append(each)
    return reduce(_plus, [_level_sum(each) for each in alike.values()])


def _level_sum(amounts: Sequence[Amount]) -> Amount:
    raised, under, over = level(amounts)
    return Amount(plus(raised), under, over)


def _plus(left: Amount, right: Amount) -> Amount:
    return _level_sum([left, right])


def multiplied(left: Amount, right: Amount) -> Amount:
    """Return the product."""
    fixed, other = (left.value, right) if left.value is not None else (right.value, left)
    if fixed is not None:
        return scaled(other, fixed)
    return Amount(times(left.above, right.above), left.under * right.under, (*left.over, *right.over))


def scaled(amount: Amount, by: Exact) -> Amount:
    """Return an amount times a number that is known."""
    if not by:
        return NOTHING
    common = gcd(amount.under, by.numerator)
    above = times(amount.above, number(by.numerator // common))
    return Amount(above, amount.under // common * by.denominator, amount.over)


def quotient(amount: Amount, by: Amount) -> Amount:
    """Return an amount over another, which is above zero, or else of no account."""
    fixed = by.value
    if fixed is not None:
        return scaled(amount, 1 / Fraction(fixed)) if fixed else NOTHING
    shared = gcd(amount.under, by.under)
    above = product([times(amount.above, number(by.under // shared)), *without(by.over, amount.over)])
    return Amount(above, amount.under // shared, (*without(amount.over, by.over), positive(by.above)))


def lesser(left: Amount, right: Amount) -> Amount:
    """Return the lesser of two amounts."""
    (first, second), under, over = level([left, right])
    return Amount(least(first, second), under, over)


def at_least_zero(amount: Amount) -> Amount:
    """Return an amount, or 0 where it is less."""
    return amount._replace(above=most(amount.above, ZERO))


def when(flag: Expression, amount: Amount) -> Amount:
    """Return an amount where a flag holds, and else 0."""
    return amount._replace(above=gated(flag, amount.above))


def one_of(flag: Expression, first: Amount, second: Amount) -> Amount:
    """Return the first amount where a flag holds, and else the second."""
    if flag.op is Op.TRUTH:
        return first if flag.data else second
    under, shared = lcm(first.under, second.under), common_multiple([first.over, second.over])
    if len(shared) <= 1:
        (one, other), under, over = level([first, second])
        return Amount(either(flag, one, other), under, over)
    one, other = (times(each.above, number(under // each.under)) for each in (first, second))
    divisor = either(flag, product(first.over), product(second.over))
    return Amount(either(flag, one, other), under, (divisor,))


def is_below(left: Amount, right: Amount) -> Expression:
    """Return whether the left is below the right."""
    (first, second), _, _ = level([left, right])
    return below(first, second)


def is_same(left: Amount, right: Amount) -> Expression:
    """Return whether both are one amount."""
    (first, second), _, _ = level([left, right])
    return same(first, second)
