# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A calculated item of a learner whose marks are not known yet: `calculated.calculate` (C10 to C13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...exact import Exact
from ...gradebook.items import CalculationMethod
from ...marks import UngradedPolicy
from ..calculated import Chosen
from ..planned import PlannedCalculation
from .amounts import NOTHING, Amount, exactly, is_below, quotient, scaled, total, when
from .expressions import FALSE, TRUE, Expression, all_of, any_of
from .members import Lines


class Carried(NamedTuple):
    """What counts: whether it does, what it weighs, the part of it that was reached, and whether it is bonus."""

    has: Expression
    weight: Exact
    part: Amount
    bonus: bool


def calculate(planned: PlannedCalculation, policy: UngradedPolicy, lines: Lines) -> tuple[Expression, Amount, Amount]:
    """Return whether a calculated item has a score, the share that was reached, and what it is out of."""
    chosen = planned.chosen
    zero = TRUE if policy is UngradedPolicy.AS_ZERO else FALSE
    if policy is UngradedPolicy.AS_ZERO_ONCE_GRADED:
        zero = any_of(lines(line).has for line in chosen.leaves())
    score = _Scores(lines, zero)
    carried = [*(score.milestone(chosen) if planned.method is CalculationMethod.MILESTONE else score.final(chosen))]
    reached = total(scaled(each.part, each.weight) for each in carried)
    weighed = total(when(each.has, exactly(each.weight)) for each in carried if not each.bonus)
    out_of = weighed if planned.scale is None else exactly(planned.scale)
    return is_below(NOTHING, weighed), quotient(reached, weighed), out_of


class _Scores:
    """The scores of the chosen items, where blanks count as zero or not."""

    def __init__(self, lines: Lines, zero: Expression) -> None:
        self.lines, self.zero = lines, zero

    def milestone(self, chosen: Chosen) -> Iterator[Carried]:
        """Yield every item with its own weight."""
        waiting = [(child, child.weight, child.bonus) for child in reversed(chosen.children)]
        while waiting:
            each, weight, bonus = waiting.pop()
            if not each.children:
                has, _, part = self._item(each)
                yield Carried(has, weight, part, bonus)
            waiting.extend((child, weight * child.weight, bonus or child.bonus) for child in reversed(each.children))

    def final(self, chosen: Chosen) -> Iterator[Carried]:
        """Yield every child at the top with its whole weight, however much in it is graded."""
        for child in chosen.children:
            has, _, part = self._part(child)
            yield Carried(has, child.weight, part, child.bonus)

    def _part(self, chosen: Chosen) -> tuple[Expression, Exact, Amount]:
        if not chosen.children:
            return self._item(chosen)
        found = [(child, *self._part(child)) for child in chosen.children]
        whole = total(when(has, exactly(child.weight)) for child, has, _, _ in found if not child.bonus)
        has = is_below(NOTHING, whole)
        share = quotient(total(scaled(part, child.weight) for child, _, _, part in found), whole)
        return has, chosen.weight, when(has, share)

    def _item(self, chosen: Chosen) -> tuple[Expression, Exact, Amount]:
        line = self.lines(chosen.line)
        if line.out_of_zero:
            return FALSE, chosen.weight, NOTHING
        return any_of([line.has, all_of([self.zero, line.blank])]), chosen.weight, line.share
