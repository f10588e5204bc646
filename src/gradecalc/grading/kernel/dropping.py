# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which results of a learner whose marks are not known yet will be dropped: a set of the candidates (D1 to D12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...gradebook.contributions import Divisor
from ...gradebook.drops import DropBy, DropRule, DropTies, how_many
from .amounts import Amount, level
from .expressions import ZERO, Expression, Op, not_, of
from .members import Joining


class Contest(NamedTuple):
    """How many of the lowest and the highest go, by how many candidates are there, and the order among equals.

    The parts are, for each candidate, whether it is there, what it is ranked by, and what comes first among equals.
    """

    lowest: tuple[int, ...]
    highest: tuple[int, ...]
    order: tuple[int, ...]


class Stakes(NamedTuple):
    """What is at stake in a best total: the rule, what the gains are divided by, and who can be dropped.

    The parts are amounts, each above and below its line: what a bonus gains, and then for each child whether it is
    there, what it gains, what it costs, and what it is out of.
    """

    rule: DropRule
    divisor: Divisor
    droppable: tuple[bool, ...]


AmountStake = tuple[Amount, Amount]


def without_dropped(rule: DropRule, members: Sequence[Joining]) -> list[Joining]:
    """Return the children that may count, each as far as it is not dropped by percent or points."""
    by_percent = rule.by is DropBy.PERCENT
    candidates = [each for each in members if each.place.droppable and not (by_percent and each.line.out_of_zero)]
    keys, _, _ = level([each.line.share if by_percent else each.line.points for each in candidates])
    maxima, _, _ = level([each.line.out_of for each in candidates])
    larger = rule.ties is DropTies.LARGER_MAXIMUM
    parts = [
        part
        for each, key, maximum in zip(candidates, keys, maxima, strict=True)
        for part in (each.counted, key, maximum if larger else ZERO)
    ]
    counts = [how_many(rule, present) for present in range(len(candidates) + 1)]
    last = rule.ties is DropTies.LAST
    order = tuple(-place if last else place for place in range(len(candidates)))
    data = Contest(tuple(low for low, _ in counts), tuple(high for _, high in counts), order)
    return _leaving(members, candidates, Expression(Op.LOWEST, tuple(parts), data))


def without_worst(
    rule: DropRule, members: Sequence[Joining], stakes: Sequence[AmountStake], bonus: Amount, divisor: Divisor
) -> list[Joining]:
    """Return the children that may count, each as far as it is not dropped for the best total; stakes are theirs."""
    parts = [bonus.above, bonus.below]
    for each, (gain, cost) in zip(members, stakes, strict=True):
        amounts = (gain, cost, each.line.out_of)
        parts += [each.counted, *(part for amount in amounts for part in (amount.above, amount.below))]
    droppable = tuple(each.place.droppable for each in members)
    chosen = Expression(Op.BEST, tuple(parts), Stakes(rule, divisor, droppable))
    return _leaving(members, [each for each in members if each.place.droppable], chosen)


def _leaving(members: Sequence[Joining], candidates: Sequence[Joining], chosen: Expression) -> list[Joining]:
    stays = {each.place.line: not_(of(chosen, place)) for place, each in enumerate(candidates)}
    return [each.staying(stays[each.place.line]) if each.place.line in stays else each for each in members]
