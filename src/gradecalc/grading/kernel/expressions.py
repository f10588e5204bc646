# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whole numbers and truth values of one learner that are not known yet: what a program works out, part by part.

>>> has = leaf(Op.HAS, 7)
>>> mark = leaf(Op.REACHED, 7, 10000, has)
>>> plus([times(mark, number(2)), number(5)]).most
20005
>>> gated(has, mark) is mark
True

What is known already is worked out here, so that a sum with nothing and a product with one leave no trace. Every part
has `most`: neither it nor its opposite is ever above that. A part that stands in several places is worked out once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from enum import Enum
from math import lcm
from typing import Any, Final


class Op(Enum):
    """What a part does with its own parts; `data` is what stands in brackets. Truth values are marked with a ?."""

    NUMBER = "the number (data)"
    TRUTH = "? the truth value (data)"
    REACHED = "what the register (data) holds, or 0 where it holds nothing"
    POSSIBLE = "what the register (data) is out of but for its unit; 0 or more, and anything where it holds nothing"
    HAS = "? the register (data) holds a number"
    EXEMPT = "? the register (data) holds an exemption"
    PLUS = "the sum of all"
    TIMES = "the product of both"
    LEAST = "the lesser of both"
    MOST = "the greater of both"
    IF = "the second where the first holds, else the third"
    COUNT = "how many hold"
    BELOW = "? the first is below the second"
    SAME = "? the first is the second"
    NOT = "? it does not hold"
    ALL = "? all hold"
    ANY = "? any holds"
    STEPS = "the first over the second in steps of a rounding (data), rounded by it; 0 where the second is 0"
    ROOT = "the root, of a degree and in units of so many decimals (data), of the first over the second; or 0"
    LOOKUP = "the entry of a table (data) at a number"
    PICKED = "twice what an aggregation (data) picks of the numbers, each after whether it is there; or 0"
    RANKED = (
        "the numbers that are there, each after whether it is, by rank: the best times the first of (data) and so on"
    )
    RANKED_OUT_OF = "the sum of what those are out of that (data) gives a weight; each number after whether it is there"
    LOWEST = "a set: which are the (data) lowest of the candidates, and which the highest of the rest; see `Contest`"
    BEST = "a set: which a best total drops; see `Stakes`"
    OF = "? the candidate (data) is in the set"


_READING: Final = frozenset({Op.REACHED, Op.POSSIBLE, Op.HAS, Op.EXEMPT})


class Expression:
    """A number, a truth value or a set, with what it is made of; two are the same only if they are one."""

    __slots__ = ("data", "most", "nothing_without", "op", "parts")

    def __init__(
        self,
        op: Op,
        parts: tuple[Expression, ...] = (),
        data: Any = None,
        most: int = 1,
        without: Expression | None = None,
    ) -> None:
        self.op, self.parts, self.data, self.most = op, parts, data, most
        self.nothing_without = without
        """The truth value without which this is 0, if there is such a one."""


def number(value: int) -> Expression:
    """Return a number that is known."""
    return Expression(Op.NUMBER, (), value, abs(value))


ZERO: Final = number(0)
ONE: Final = number(1)
TRUE: Final = Expression(Op.TRUTH, (), data=True)
FALSE: Final = Expression(Op.TRUTH, (), data=False)


def leaf(op: Op, register: int, most: int = 1, without: Expression | None = None) -> Expression:
    """Return what is read of a register."""
    return Expression(op, (), register, most, without)


def known(part: Expression) -> int | None:
    """Return the number that a part is known to be."""
    return part.data if part.op is Op.NUMBER else None


def plus(parts: Iterable[Expression]) -> Expression:
    """Return the sum."""
    every = list(parts)
    fixed = sum(each.data for each in every if each.op is Op.NUMBER)
    rest = [each for each in every if each.op is not Op.NUMBER]
    if not rest:
        return number(fixed)
    if fixed:
        rest.append(number(fixed))
    if len(rest) == 1:
        return rest[0]
    return Expression(Op.PLUS, tuple(rest), most=sum(each.most for each in rest))


def times(left: Expression, right: Expression) -> Expression:
    """Return the product; what is known comes last."""
    if left.op is Op.NUMBER:
        left, right = right, left
    if right.op is Op.NUMBER:
        if left.op is Op.NUMBER or not right.data:
            return number(left.data * right.data if right.data else 0)
        if right.data == 1:
            return left
        if left.op is Op.TIMES and left.parts[1].op is Op.NUMBER:
            return times(left.parts[0], number(left.parts[1].data * right.data))
    without = left.nothing_without or right.nothing_without
    return Expression(Op.TIMES, (left, right), most=left.most * right.most, without=without)


def minus(part: Expression) -> Expression:
    """Return the opposite."""
    return times(part, number(-1))


def least(left: Expression, right: Expression) -> Expression:
    """Return the lesser."""
    if left.op is Op.NUMBER and right.op is Op.NUMBER:
        return number(min(left.data, right.data))
    return left if left is right else Expression(Op.LEAST, (left, right), most=max(left.most, right.most))


def most(left: Expression, right: Expression) -> Expression:
    """Return the greater."""
    if left.op is Op.NUMBER and right.op is Op.NUMBER:
        return number(max(left.data, right.data))
    return left if left is right else Expression(Op.MOST, (left, right), most=max(left.most, right.most))


def positive(part: Expression) -> Expression:
    """Return what a divisor of 0 or more is where something is divided by it, and else one."""
    if part.op is Op.NUMBER:
        return part if part.data else ONE
    return Expression(Op.MOST, (part, ONE), most=max(part.most, 1))


def either(flag: Expression, first: Expression, second: Expression) -> Expression:
    """Return the first where the flag holds, and else the second: both numbers, or both truth values."""
    if flag.op is Op.TRUTH:
        return first if flag.data else second
    if first is second:
        return first
    if first.op is Op.NUMBER and second.op is Op.NUMBER and first.data == second.data:
        return first
    if first.op is Op.TRUTH or second.op is Op.TRUTH:
        return any_of([all_of([flag, first]), all_of([not_(flag), second])])
    without = flag if second.op is Op.NUMBER and not second.data else None
    return Expression(Op.IF, (flag, first, second), most=max(first.most, second.most), without=without)


def gated(flag: Expression, part: Expression) -> Expression:
    """Return the number where the flag holds, and else 0."""
    return part if part.nothing_without is flag else either(flag, part, ZERO)


def count(flags: Iterable[Expression]) -> Expression:
    """Return how many hold."""
    every = list(flags)
    sure = sum(each.data for each in every if each.op is Op.TRUTH)
    rest = tuple(each for each in every if each.op is not Op.TRUTH)
    return plus([*([Expression(Op.COUNT, rest, most=len(rest))] if rest else []), number(sure)])


def below(left: Expression, right: Expression) -> Expression:
    """Return whether the left is below the right."""
    if left.op is Op.NUMBER and right.op is Op.NUMBER:
        return _truth(left.data < right.data)
    return Expression(Op.BELOW, (left, right))


def same(left: Expression, right: Expression) -> Expression:
    """Return whether both are one number."""
    if left.op is Op.NUMBER and right.op is Op.NUMBER:
        return _truth(left.data == right.data)
    return Expression(Op.SAME, (left, right))


def not_(flag: Expression) -> Expression:
    """Return whether it does not hold."""
    if flag.op is Op.TRUTH:
        return _truth(not flag.data)
    return flag.parts[0] if flag.op is Op.NOT else Expression(Op.NOT, (flag,))


def all_of(flags: Iterable[Expression]) -> Expression:
    """Return whether all hold."""
    return _joined(Op.ALL, flags, sure=True)


def any_of(flags: Iterable[Expression]) -> Expression:
    """Return whether any holds."""
    return _joined(Op.ANY, flags, sure=False)


def of(chosen: Expression, place: int) -> Expression:
    """Return whether a candidate is in a set."""
    return Expression(Op.OF, (chosen,), place)


def _joined(op: Op, flags: Iterable[Expression], *, sure: bool) -> Expression:
    rest = dict.fromkeys(flags)
    decided = next((each for each in rest if each.op is Op.TRUTH and each.data is not sure), None)
    if decided is not None:
        return decided
    rest = dict.fromkeys(each for each in rest if each.op is not Op.TRUTH)
    if not rest:
        return _truth(sure)
    return next(iter(rest)) if len(rest) == 1 else Expression(op, tuple(rest))


def _truth(value: bool) -> Expression:  # noqa: FBT001 - the value itself
    return TRUE if value else FALSE


def common_multiple(factors: Sequence[tuple[Expression, ...]]) -> tuple[Expression, ...]:
    """Return the fewest factors among which are those of each, as often as they stand there."""
    most_of: dict[int, list[Expression]] = {}
    for each in factors:
        own: dict[int, list[Expression]] = {}
        for factor in each:
            own.setdefault(id(factor), []).append(factor)
        for key, found in own.items():
            if len(found) > len(most_of.get(key, ())):
                most_of[key] = found
    return tuple(factor for found in most_of.values() for factor in found)


def leaves_of(roots: Iterable[Expression]) -> set[Expression]:
    """Return all that is read of registers in what these are made of."""
    return {each for each in uses_of(roots) if each.op in _READING}


def uses_of(roots: Iterable[Expression]) -> dict[Expression, int]:
    """Return everything that these are made of, themselves included, with in how many places it stands."""
    uses: dict[Expression, int] = {}
    waiting = list(roots)
    while waiting:
        each = waiting.pop()
        uses[each] = uses.get(each, 0) + 1
        if uses[each] == 1:
            waiting += each.parts
    return uses


def parts_first(root: Expression, done: Container[Expression]) -> Iterator[Expression]:
    """Yield what is not done yet of an expression, every part before what it is part of; who takes one does it."""
    waiting = [root]
    while waiting:
        each = waiting[-1]
        missing = [part for part in each.parts if part not in done]
        waiting += missing
        if not missing:
            waiting.pop()
            if each not in done:
                yield each


def without(factors: Iterable[Expression], taken: Iterable[Expression]) -> tuple[Expression, ...]:
    """Return the factors but for those that are taken from them, each once for each time that it is taken."""
    left = list(factors)
    for each in taken:
        place = next((place for place, factor in enumerate(left) if factor is each), None)
        if place is not None:
            del left[place]
    return tuple(left)


def product(factors: Iterable[Expression]) -> Expression:
    """Return the product of all."""
    result = ONE
    for each in factors:
        result = times(result, each)
    return result


def least_common(unders: Iterable[int]) -> int:
    """Return the least common multiple of whole numbers above zero."""
    return lcm(*unders)
