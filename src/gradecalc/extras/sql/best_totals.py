# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A drop for the best total in expressions that a statement can say: the steps of the search, one after the other.

At a supposed ratio of gains to costs the best set is that without the least of what each gains beyond it; its own ratio
is the next supposition. Suppositions are soon the same; a learner whose are not after `_STEPS` is for the exact engine,
and so is one of whom nothing is left that costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ...gradebook.contributions import WHOLE, Divisor
from ...gradebook.drops import DropTies, how_many
from ...grading.kernel.amounts import Amount, level
from ...grading.kernel.dropping import Contest, Stakes
from ...grading.kernel.expressions import (
    FALSE,
    ONE,
    ZERO,
    Expression,
    Op,
    all_of,
    any_of,
    below,
    count,
    either,
    gated,
    known,
    least,
    minus,
    not_,
    number,
    of,
    parts_first,
    plus,
    product,
    same,
    times,
)
from ...grading.kernel.program import KernelProgram, Let, Refuse, Step, Tell, roots_of

_STEPS: Final = 4
_LOWEST, _HIGHEST = 0, 1
_PARTS: Final = 7
"""Of so many parts is each child: whether it is there, and three amounts."""


class _Child(NamedTuple):
    """Whether a child is there, what it gains and costs, and its place among equals by its maximum."""

    there: Expression
    gain: Expression
    cost: Expression
    ahead: Expression
    droppable: bool


class _Ratio(NamedTuple):
    """A ratio of gains to costs, or a total."""

    gain: Expression
    cost: Expression


def without_best_totals(program: KernelProgram) -> KernelProgram:
    """Return a program that says its drops for the best total by other operations, as far as that can be."""
    rewriting = _Rewriting()
    steps: list[Step] = []
    for step in program.steps:
        match step:
            case Let():
                steps.append(Let(step.to, *map(rewriting.said, roots_of(step))))
            case Tell():
                steps.append(step._replace(value=rewriting.said(step.value)))
            case Refuse():
                rewriting.refused.append(rewriting.said(step.flag))
            case _:
                steps.append(step)
    refused = any_of(rewriting.refused)
    return program._replace(steps=(*steps, Refuse(refused)) if refused is not FALSE else tuple(steps))


class _Rewriting:
    """Expressions without a drop for the best total, and the truth values of whom the exact engine is asked for."""

    def __init__(self) -> None:
        self.refused: list[Expression] = []
        self._said: dict[Expression, Expression] = {}
        self._gone: dict[Expression, list[Expression]] = {}

    def said(self, root: Expression) -> Expression:
        """Return an expression without such a drop."""
        for each in parts_first(root, self._said):
            self._said[each] = self._rebuilt(each)
        return self._said[root]

    def _rebuilt(self, each: Expression) -> Expression:
        if each.op is Op.OF and each.parts[0] in self._gone:
            gone: int = each.data
            return self._gone[each.parts[0]][gone]
        parts = tuple(self._said[part] for part in each.parts)
        if each.op is Op.BEST and can_be_said(each):
            self._gone[each] = self._dropped(each.data, parts)
        if all(new is old for new, old in zip(parts, each.parts, strict=True)):
            return each
        return Expression(each.op, parts, each.data, each.most)

    def _dropped(self, stakes: Stakes, parts: Sequence[Expression]) -> list[Expression]:
        """Return of each child that may be dropped whether it is."""
        search = _Search(stakes, *_read(stakes, parts))
        gone = search.optimum(search.there, _LOWEST, 1)
        if any(high for _, high in search.counts):
            rest = [all_of([there, not_(drops)]) for there, drops in zip(search.there, gone, strict=True)]
            high = search.optimum(rest, _HIGHEST, -1)
            gone = [any_of(pair) for pair in zip(gone, high, strict=True)]
        self.refused += search.refused
        return gone


def can_be_said(best: Expression) -> bool:
    """Return whether a drop for the best total is not found by halves, as Canvas does."""
    stakes: Stakes = best.data
    return not stakes.rule.unpointed.searches or stakes.divisor is not Divisor.POINTS


class _Search:
    """The search for the set without which the total is best, and then for that without which it is worst."""

    def __init__(self, stakes: Stakes, bonus: Expression, children: Sequence[_Child], whole: Expression) -> None:
        self._divisor, self._last = stakes.divisor, stakes.rule.ties is DropTies.LAST
        self._children = [child for child in children if child.droppable]
        kept = [child for child in children if not child.droppable]
        self._kept = _Ratio(plus([bonus, *(gated(child.there, child.gain) for child in kept)]), _costs(kept))
        self._whole = whole
        self.there = [child.there for child in self._children]
        self.counts = [how_many(stakes.rule, present) for present in range(len(self._children) + 1)]
        self.refused: list[Expression] = []

    def optimum(self, there: Sequence[Expression], which: int, sign: int) -> list[Expression]:
        """Return who goes of those that are there (D8 to D11)."""
        gone = self._searched(there, which, sign)
        left = self._left(there, gone)
        none_left = same(count(self._staying(there, gone)), ZERO)
        self.refused.append(all_of([same(left.cost, ZERO), not_(none_left)]))
        return gone

    def _searched(self, there: Sequence[Expression], which: int, sign: int) -> list[Expression]:
        plain = _Ratio(ZERO, ONE)
        if self._divisor is Divisor.WHOLE:
            return self._dropped_at(plain, there, which, sign)
        by_ratio = self._iterated(there, which, sign)
        if self._divisor is not Divisor.COSTS_UP_TO_WHOLE or sign < 0:
            return by_ratio
        by_gain = self._dropped_at(plain, there, which, sign)
        first, second = (self._up_to_whole(self._left(there, gone)) for gone in (by_ratio, by_gain))
        better = below(times(first.gain, second.cost), times(second.gain, first.cost))
        return [either(better, *pair) for pair in zip(by_gain, by_ratio, strict=True)]

    def _iterated(self, there: Sequence[Expression], which: int, sign: int) -> list[Expression]:
        at = _known_ratio(self._left(there, [FALSE] * len(there)))
        gone: list[Expression] = []
        for _ in range(_STEPS):
            gone = self._dropped_at(at, there, which, sign)
            before, left = at, self._left(there, gone)
            at = _known_ratio(left)
        settled = any_of([same(left.cost, ZERO), _is_same_ratio(before, left)])
        self.refused.append(not_(settled))
        return gone

    def _dropped_at(self, at: _Ratio, there: Sequence[Expression], which: int, sign: int) -> list[Expression]:
        """Return who goes at a ratio: the least by what they gain beyond it, or the most."""
        keys = [
            plus([times(child.gain, at.cost), minus(times(at.gain, child.cost))])
            if sign > 0
            else plus([times(at.gain, child.cost), minus(times(child.gain, at.cost))])
            for child in self._children
        ]
        gone_before = [all_of([child.there, not_(still)]) for child, still in zip(self._children, there, strict=True)]
        beyond = number(max(key.most for key in keys) + 1)
        parts = [
            part
            for child, key, before in zip(self._children, keys, gone_before, strict=True)
            for part in (child.there, either(before, beyond, key), child.ahead)
        ]
        places = range(len(self._children))
        order = tuple(-place if self._last else place for place in places)
        many = tuple(pair[which] for pair in self.counts)
        lowest = Expression(Op.LOWEST, tuple(parts), Contest(many, (0,) * len(many), order))
        return [of(lowest, place) for place in places]

    def _left(self, there: Sequence[Expression], gone: Sequence[Expression]) -> _Ratio:
        """Return what those gain and cost together that stay."""
        staying = self._staying(there, gone)
        gains = [gated(flag, child.gain) for flag, child in zip(staying, self._children, strict=True)]
        costs = [gated(flag, child.cost) for flag, child in zip(staying, self._children, strict=True)]
        return _Ratio(plus([self._kept.gain, *gains]), plus([self._kept.cost, *costs]))

    def _staying(self, there: Sequence[Expression], gone: Sequence[Expression]) -> list[Expression]:
        return [all_of([still, not_(drops)]) for still, drops in zip(there, gone, strict=True)]

    def _up_to_whole(self, left: _Ratio) -> _Ratio:
        """Return a total that is out of the whole at the most; without costs it is 0."""
        has = not_(same(left.cost, ZERO))
        return _Ratio(gated(has, left.gain), either(has, least(left.cost, self._whole), ONE))


def _read(stakes: Stakes, parts: Sequence[Expression]) -> tuple[Expression, list[_Child], Expression]:
    """Return what the bonus gains, the children, and the whole as a cost."""
    starts = range(2, len(parts), _PARTS)
    gains, _, _ = level([_amount(*parts[:2]), *(_amount(*parts[start + 1 : start + 3]) for start in starts)])
    costs, unit, over = level([_amount(*parts[start + 3 : start + 5]) for start in starts])
    maxima, _, _ = level([_amount(*parts[start + 5 : start + 7]) for start in starts])
    larger = stakes.rule.ties is DropTies.LARGER_MAXIMUM
    children = [
        _Child(parts[start], gain, cost, maximum if larger else ZERO, droppable)
        for start, gain, cost, maximum, droppable in zip(
            starts, gains[1:], costs, maxima, stakes.droppable, strict=True
        )
    ]
    return gains[0], children, times(product(over), number(WHOLE * unit))


def _amount(above: Expression, under: Expression) -> Amount:
    """Return an amount of its two parts: the number that everybody shares, and the factors that are a learner's own."""
    factors, fixed = [under], 1
    while any(each.op is Op.TIMES for each in factors):
        factors = [part for each in factors for part in (each.parts if each.op is Op.TIMES else (each,))]
    for each in factors:
        fixed *= known(each) or 1
    return Amount(above, fixed, tuple(each for each in factors if known(each) is None))


def _costs(children: Iterable[_Child]) -> Expression:
    return plus(gated(child.there, child.cost) for child in children)


def _known_ratio(left: _Ratio) -> _Ratio:
    """Return a ratio, which is 0 where nothing costs."""
    none = same(left.cost, ZERO)
    return _Ratio(either(none, ZERO, left.gain), either(none, ONE, left.cost))


def _is_same_ratio(left: _Ratio, right: _Ratio) -> Expression:
    return same(times(left.gain, right.cost), times(right.gain, left.cost))
