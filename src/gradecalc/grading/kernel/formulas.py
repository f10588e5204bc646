# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A formula of a learner whose marks are not known yet: each numeric part is an amount and whether it has a score.

What has no score is an amount of 0, so that a sum is a sum and a product a product; only what asks for a score, such as
a comparison or a mean, looks at both (F10 to F27).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Final, NamedTuple

from ...exact import RoundingMode, root
from ...formula import Property
from ...formula.evaluation import bits, own_bits, used
from ...formula.faults import MAX_TOTAL_BITS
from ...formula.functions import PLACES
from ...formula.nodes import Call, Constant, Node, Operation, Reference, Signed
from ...formula.operators import Level, Operator
from ...marks import UngradedPolicy
from ...rounding import Rounding
from ..planned import AnyLine, PlannedCalculation, PlannedFormula
from .amounts import NOTHING, Amount, exactly, is_below, is_same, multiplied, one_of, quotient, scaled, total, when
from .combining import NotLoweredError
from .concluding import in_steps
from .expressions import (
    FALSE,
    TRUE,
    Expression,
    Op,
    all_of,
    any_of,
    count,
    either,
    minus,
    most,
    not_,
)
from .members import Line, Lines, Refuse


class Worth(NamedTuple):
    """What a numeric part comes to: whether it has a score, and the amount, 0 without; a blank may count as zero."""

    has: Expression
    amount: Amount
    as_zero: Expression = FALSE

    @property
    def settled(self) -> Worth:
        """Return it as what is no item itself, which is no blank (F15)."""
        return self._replace(as_zero=FALSE)


NO_SCORE: Final = Worth(FALSE, NOTHING)


def work_out(
    planned: PlannedFormula, policy: UngradedPolicy, plan: Sequence[AnyLine], lines: Lines, refuse: Refuse
) -> Worth:
    """Return what the formula of a line comes to."""
    finder = _Finder(planned, policy, plan, lines, refuse)
    found = {each: finder.find(each) for each in planned.formula.references}
    zero = _blank_is_zero(found, policy)
    values = {each: one.worth(zero) for each, one in found.items()}
    _check_length(planned.formula.root, values)
    return _Formula(values).numeric(planned.formula.root).settled


class _Found(NamedTuple):
    """What a reference finds: a number, or that there is none yet."""

    number: Expression
    blank: Expression
    amount: Amount
    counts: bool
    """Whether it is something that may be graded (F11)."""

    def worth(self, zero: Expression) -> Worth:
        """Return what a reference comes to, where blanks count as zero or not."""
        as_zero = all_of([zero, self.blank])
        return Worth(any_of([self.number, as_zero]), self.amount, as_zero)


class _Finder(NamedTuple):
    """Finds what a formula names, before the policy of any branch touched it (C4 to C7)."""

    planned: PlannedFormula
    policy: UngradedPolicy
    plan: Sequence[AnyLine]
    lines: Lines
    refuse: Refuse

    def find(self, reference: Reference) -> _Found:
        """Find a property of a line."""
        at = self.planned.named[reference.name]
        line = self.lines(at)
        blank = FALSE if isinstance(self.plan[at], (PlannedFormula, PlannedCalculation)) else line.blank
        if reference.property is Property.MAX_POINTS:
            return self._maximum(line, blank)
        if reference.property is Property.POINTS:
            return _Found(line.has, blank, line.points, counts=True)
        return _Found(FALSE if line.out_of_zero else line.has, blank, scaled(line.share, 100), counts=True)

    def _maximum(self, line: Line, blank: Expression) -> _Found:
        if self.policy is UngradedPolicy.LEAVE_OUT:
            return _Found(line.has, blank, when(line.has, line.out_of), counts=False)
        if not line.may_be_blank_zero:
            self.refuse(blank)
            blank = FALSE
        there = any_of([line.has, blank])
        return _Found(there, FALSE, when(there, line.out_of), counts=False)


def _blank_is_zero(found: Mapping[Reference, _Found], policy: UngradedPolicy) -> Expression:
    if policy is not UngradedPolicy.AS_ZERO_ONCE_GRADED:
        return TRUE if policy is UngradedPolicy.AS_ZERO else FALSE
    return any_of(each.number for each in found.values() if each.counts)


def _check_length(root: Node, values: Mapping[Reference, Worth]) -> None:
    """Refuse what could be longer than a formula works with."""
    size = sum(times * _bits(node, values) for node, times in used(root))
    if size > MAX_TOTAL_BITS:
        raise NotLoweredError("a formula of numbers this long is")


def _bits(node: Node, values: Mapping[Reference, Worth]) -> int:
    if not isinstance(node, Reference):
        return own_bits(node)
    amount = values[node].amount
    return bits(amount.above.most) + bits(amount.below.most)


class _Formula:
    """A formula while it is lowered; each part is lowered once."""

    def __init__(self, values: Mapping[Reference, Worth]) -> None:
        self.values = values

    def numeric(self, node: Node) -> Worth:
        """Return what a numeric part comes to."""
        match node:
            case Constant():
                return Worth(TRUE, exactly(node.value))
            case Reference():
                return self.values[node]
            case Signed():
                operand = self.numeric(node.operand).settled
                sign = 1 if node.sign is Operator.PLUS else -1
                return operand._replace(amount=scaled(operand.amount, sign))
            case Operation():
                return self._chain(node)
            case Call():
                return self._call(node)
            case _:
                raise AssertionError(node)

    def truth(self, node: Node) -> Expression:
        """Return whether a condition holds."""
        if isinstance(node, Call):
            return self._condition(node)
        assert isinstance(node, Operation)  # noqa: S101 - what is a condition is one of both
        if node.level is Level.COMPARISON:
            operator, right = node.rest[0]
            return _compared(operator, self.numeric(node.first), self.numeric(right))
        join = all_of if node.level is Level.AND else any_of
        return join([self.truth(node.first), *(self.truth(each) for _, each in node.rest)])

    def _condition(self, node: Call) -> Expression:
        if node.function.name == "NOT":
            return not_(self.truth(node.arguments[0]))
        raise NotLoweredError(f"the function {node.function.name} is")

    def _chain(self, node: Operation) -> Worth:
        result = self._operand(node.level, node.first)
        for operator, each in node.rest:
            result = _STEPS[operator](result, self._operand(node.level, each))
        return result

    def _operand(self, level: Level, node: Node) -> Worth:
        """Return an operand; only an item itself can be a blank to a division (F15)."""
        worth = self.numeric(node)
        return worth if level is Level.PRODUCT and isinstance(node, Reference) else worth.settled

    def _call(self, node: Call) -> Worth:
        name, arguments = node.function.name, node.arguments
        if name == "IF":
            holds, first, second = self.truth(arguments[0]), *map(self.numeric, arguments[1:])
            return Worth(either(holds, first.has, second.has), one_of(holds, first.amount, second.amount))
        if name == "COUNTIF":
            return Worth(TRUE, Amount(count(self.truth(each) for each in arguments)))
        try:
            function = _FUNCTIONS[name]
        except KeyError:
            raise NotLoweredError(f"the function {name} is") from None
        return function([self.numeric(each).settled for each in arguments])


def _plus(left: Worth, right: Worth) -> Worth:
    return Worth(any_of([left.has, right.has]), total([left.amount, right.amount]))


def _minus(left: Worth, right: Worth) -> Worth:
    return _plus(left, right._replace(amount=scaled(right.amount, -1)))


def _times(left: Worth, right: Worth) -> Worth:
    return Worth(all_of([left.has, right.has]), multiplied(left.amount, right.amount))


def _over(left: Worth, right: Worth) -> Worth:
    divisor = right.amount.above
    there = any_of([is_below(NOTHING, right.amount), is_below(right.amount, NOTHING)])
    negative = is_below(right.amount, NOTHING)
    above = Amount(either(negative, minus(left.amount.above), left.amount.above), left.amount.under, left.amount.over)
    magnitude = right.amount._replace(above=most(divisor, minus(divisor)))
    has = all_of([left.has, right.has, any_of([left.as_zero, right.as_zero, there])])
    return Worth(has, when(all_of([has, there]), quotient(above, magnitude)))


def _compared(operator: Operator, left: Worth, right: Worth) -> Expression:
    first, second = left.amount, right.amount
    both = all_of([left.has, right.has])
    alike = any_of([both, not_(any_of([left.has, right.has]))])
    match operator:
        case Operator.EQUAL:
            return all_of([alike, is_same(first, second)])
        case Operator.DIFFERENT:
            return not_(all_of([alike, is_same(first, second)]))
        case Operator.ABOVE:
            return all_of([both, is_below(second, first)])
        case Operator.BELOW:
            return all_of([both, is_below(first, second)])
        case Operator.AT_LEAST:
            return all_of([alike, not_(is_below(first, second))])
        case _:
            return all_of([alike, not_(is_below(second, first))])


_STEPS: Final[Mapping[Operator, Callable[[Worth, Worth], Worth]]] = {
    Operator.PLUS: _plus,
    Operator.MINUS: _minus,
    Operator.TIMES: _times,
    Operator.OVER: _over,
}


def _sum(values: Sequence[Worth]) -> Worth:
    return Worth(any_of(each.has for each in values), total(each.amount for each in values))


def _mean(values: Sequence[Worth]) -> Worth:
    return _sum(values)._replace(
        amount=quotient(total(each.amount for each in values), Amount(count(each.has for each in values)))
    )


def _lowest(values: Sequence[Worth]) -> Worth:
    return reduce(lambda found, each: _better(found, each, is_below(each.amount, found.amount)), values)


def _highest(values: Sequence[Worth]) -> Worth:
    return reduce(lambda found, each: _better(found, each, is_below(found.amount, each.amount)), values)


def _better(found: Worth, each: Worth, better: Expression) -> Worth:
    taken = all_of([each.has, any_of([not_(found.has), better])])
    return Worth(any_of([found.has, each.has]), one_of(taken, each.amount, found.amount))


def _count(values: Sequence[Worth]) -> Worth:
    return Worth(TRUE, Amount(count(each.has for each in values)))


def _power(values: Sequence[Worth]) -> Worth:
    base, exponent = values
    amount = reduce(multiplied, [base.amount] * _whole(exponent), exactly(1))
    return Worth(base.has, when(base.has, amount))


def _root(values: Sequence[Worth]) -> Worth:
    base = values[0]
    degree = _whole(values[1]) if values[1:] else 2
    above, below = base.amount.above, base.amount.below
    most = (int(root(above.most, degree, 0)) + 1) * 10**PLACES
    found = Expression(Op.ROOT, (above, below), (degree, PLACES), most)
    has = all_of([base.has, not_(is_below(base.amount, NOTHING))])
    return Worth(has, when(has, Amount(found, 10**PLACES)))


def _round(values: Sequence[Worth]) -> Worth:
    places = _whole(values[1])
    return _in_steps(values[0], Rounding(places, RoundingMode.HALF_UP), Rounding(places, RoundingMode.HALF_UP))


def _floor(values: Sequence[Worth]) -> Worth:
    return _in_steps(values[0], Rounding(0, RoundingMode.UP), Rounding(0, RoundingMode.DOWN))


def _ceil(values: Sequence[Worth]) -> Worth:
    return _in_steps(values[0], Rounding(0, RoundingMode.DOWN), Rounding(0, RoundingMode.UP))


def _in_steps(value: Worth, below_zero: Rounding, otherwise: Rounding) -> Worth:
    """Return what has a score in whole steps, below zero by a rounding of its own; these go away from and to zero."""
    amount = in_steps(otherwise, value.amount)
    if below_zero != otherwise:
        amount = one_of(is_below(value.amount, NOTHING), in_steps(below_zero, value.amount), amount)
    return Worth(value.has, when(value.has, amount))


def _whole(worth: Worth) -> int:
    value = worth.amount.value
    assert value is not None  # noqa: S101 - it is written as a number
    return int(value)


_FUNCTIONS: Final[Mapping[str, Callable[[Sequence[Worth]], Worth]]] = {
    "SUM": _sum,
    "MIN": _lowest,
    "MAX": _highest,
    "AVG": _mean,
    "COUNT": _count,
    "POWER": _power,
    "ROOT": _root,
    "SQRT": _root,
    "ROUND": _round,
    "FLOOR": _floor,
    "CEIL": _ceil,
}
