# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Drop the lowest, or keep the highest: which results of a category stay.

>>> [each.id for each in keep([Result("a", 0, 110), Result("b", 5, 100), Result("c", 0, 100)], drop_low=1)]
['b', 'c']
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ...exact import Exact
from ...gradebook.drops import (
    DropBy,
    DropRule,
    DropTies,
    choose,
)
from .methods import Method


@frozen
class Result:
    """A result among which some are dropped: its value, its maximum, and whether it is extra credit."""

    id: str
    value: Exact
    maximum: Exact
    extra_credit: bool = False


def limit_rule(drop_low: int, keep_high: int, by: DropBy = DropBy.PERCENT) -> DropRule:
    """Return the rule of a category: the two exclude each other, and dropping goes first.

    Of equally low results the one with the larger maximum is dropped; of equally high ones the first is kept.
    """
    if drop_low:
        return DropRule(lowest=drop_low, by=by, ties=DropTies.LARGER_MAXIMUM)
    return DropRule(keep_highest=keep_high, by=by, ties=DropTies.LAST) if keep_high else DropRule()


def keep(
    results: Sequence[Result], *, drop_low: int = 0, keep_high: int = 0, method: Method = Method.MEAN
) -> list[Result]:
    """Return the results that stay, compared by value; extra credit always does, where a method has any."""
    rule = limit_rule(drop_low, keep_high, DropBy.POINTS)
    ranked = [each for each in results if not (each.extra_credit and method.takes_extra_credit)]
    if not rule.drops:
        return list(results)
    dropped = choose(rule, [(each.value, each.maximum, 0, False) for each in ranked]).lowest
    gone = {id(ranked[place]) for place in dropped}
    return [each for each in results if id(each) not in gone]
