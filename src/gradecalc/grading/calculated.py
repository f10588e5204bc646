# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grade so far over chosen items: final, or milestone.

With items of weight 20, 20 and 20 and a category of 40 of which half is graded, 18/20, 8/20, nothing and 10/10 are 46
of 60 as a milestone; as a final the half stands for the whole category, and they are 66 of 80.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple

from attrs import evolve

from ..exact import (
    Exact,
    ratio,
    simplest,
    total,
    write_short,
)
from ..gradebook.aggregation import ByFormula, SumOfPoints
from ..gradebook.best_of import BestOf
from ..gradebook.contributions import Aggregation, Child
from ..gradebook.items import CalculationMethod
from ..gradebook.tree import (
    AnyAggregation,
    BookRow,
    Category,
    Gradebook,
)
from ..outline import Outline
from ..reasons import NUMBERS, ReasonTexts, Shown
from ..report.sums import apportion
from ..rounding import Rounding
from ..values import frozen

CALCULATIONS: Final = ReasonTexts(
    "calculations",
    {
        "bonus": "a bonus of {0}: reaches {1}",
        "carries": "carries {0}: reaches {1}",
        "whole": "= what is reached of what is carried",
    },
)
"""What is said of the parts of a calculated item."""

Score = tuple[Exact, Exact]
"""Points and their maximum."""


@frozen
class Chosen:
    """A chosen item at its line, or a branch with chosen items below it.

    `weight` is, at the top, what the child carries in the final grade (a weight, or points), and below it the child's
    share of its branch.
    """

    line: int
    weight: Exact
    bonus: bool = False
    children: tuple[Chosen, ...] = ()

    def leaves(self) -> Iterator[int]:
        """Yield the lines of the chosen items."""
        waiting = list(self.children)
        while waiting:
            each = waiting.pop()
            waiting.extend(each.children)
            if not each.children:
                yield each.line


def calculate(chosen: Chosen, method: CalculationMethod, score: Callable[[int], Score | None]) -> Score | None:
    """Return points out of the weights that count, or None where nothing chosen has a score (C10 to C13).

    `score` answers for a line with its points and maximum, or None where it is left out.
    """
    return _sum([*_AMOUNTS[method](chosen, score)])


def tell_parts(
    chosen: Chosen,
    method: CalculationMethod,
    score: Callable[[int], Score | None],
    names: Sequence[str],
    shown: Rounding,
) -> Outline | None:
    """Return what a calculated item is made of: what each part carries, and how much of that is reached (C14, Z6)."""
    carried = [*_AMOUNTS[method](chosen, score)]
    whole = _sum(carried)
    if whole is None:
        return None
    show = partial(write_short, otherwise=shown.show)
    rows, amounts = [], apportion([each.weight * each.part for each in carried], shown)
    for (line, weight, part, bonus), amount in zip(carried, amounts, strict=True):
        reached = Shown(Fraction(weight * part), amount)
        said = CALCULATIONS.reason("bonus" if bonus else "carries", weight, reached, show=show)
        rows.append(Outline(names[line], NUMBERS.phrase("percent", part * 100, show=show), (said,)))
    return Outline(CALCULATIONS.phrase("whole"), NUMBERS.phrase("of", *whole, show=show), (), rows)


class _Part(NamedTuple):
    """What counts: its line, its weight, the part of it that was reached, and whether it is bonus."""

    line: int
    weight: Exact
    part: Exact
    bonus: bool


_Carried = Iterator[_Part]


def _sum(carried: Sequence[_Part]) -> Score | None:
    reached = total(each.weight * each.part for each in carried)
    out_of = total(each.weight for each in carried if not each.bonus)
    return (reached, out_of) if out_of else None


def _milestone(chosen: Chosen, score: Callable[[int], Score | None]) -> _Carried:
    """Yield every item with its own weight."""
    waiting = [(child, child.weight, child.bonus) for child in reversed(chosen.children)]
    while waiting:
        each, weight, bonus = waiting.pop()
        part = None if each.children else _part(each, score)
        if part is not None:
            yield _Part(each.line, weight, part, bonus)
        below = reversed(each.children)
        waiting.extend((child, weight * child.weight, bonus or child.bonus) for child in below)


def _final(chosen: Chosen, score: Callable[[int], Score | None]) -> _Carried:
    """Yield every child at the top with its whole weight, however much in it is graded."""
    for child in chosen.children:
        part = _part_of_branch(child, score)
        if part is not None:
            yield _Part(child.line, child.weight, part, child.bonus)


def _part_of_branch(chosen: Chosen, score: Callable[[int], Score | None]) -> Exact | None:
    if not chosen.children:
        return _part(chosen, score)
    found = [(child, _part_of_branch(child, score)) for child in chosen.children]
    whole = total(child.weight for child, part in found if part is not None and not child.bonus)
    return ratio(total(child.weight * part for child, part in found if part is not None), whole) if whole else None


def _part(chosen: Chosen, score: Callable[[int], Score | None]) -> Exact | None:
    found = score(chosen.line)
    return ratio(*found) if found is not None and found[1] else None


_AMOUNTS = {CalculationMethod.FINAL: _final, CalculationMethod.MILESTONE: _milestone}


def chosen_tree(laid_out: Sequence[BookRow], combining: Sequence[AnyAggregation], lines: Sequence[int]) -> Chosen:
    """Return the tree of the chosen items and their branches, with what each carries (C12).

    Where points are summed an item carries its maximum, dropped or not; elsewhere what the branch allots it.
    """
    wanted = _with_branches(laid_out, lines)
    maxima: dict[int, Exact] = {}
    chosen: dict[int, Chosen] = {}
    below: list[list[int]] = [[] for _ in laid_out]
    for line in reversed(range(len(laid_out))):
        row = laid_out[line]
        children = below[line][::-1]
        aggregation = _weighing(combining[line])
        maxima[line] = _maximum(row, aggregation, children, laid_out, maxima)
        if line in wanted:
            carried = _carried(combining[line], children, laid_out, maxima)
            whole = 1 if line == 0 else total(carried[child] for child in children if _counts(laid_out[child])) or 1
            members = [
                evolve(chosen[child], weight=ratio(carried[child], whole)) for child in children if child in wanted
            ]
            chosen[line] = Chosen(line, 0, row.node.bonus, tuple(members))
        if line:
            below[row.parent].append(line)
    return chosen[0]


def _with_branches(laid_out: Sequence[BookRow], lines: Sequence[int]) -> set[int]:
    wanted = {0}
    for start in lines:
        line = start
        while line not in wanted:
            wanted.add(line)
            line = laid_out[line].parent
    return wanted


def _weighing(aggregation: AnyAggregation) -> Aggregation:
    if isinstance(aggregation, BestOf):
        return aggregation.weightings[0].mean
    return SumOfPoints() if isinstance(aggregation, ByFormula) else aggregation


def _counts(row: BookRow) -> bool:
    return row.node.counts and not row.node.bonus


def _maximum(
    row: BookRow,
    aggregation: Aggregation,
    children: Sequence[int],
    laid_out: Sequence[BookRow],
    maxima: Mapping[int, Exact],
) -> Exact:
    """Return what a row is out of with everything in it counted, nothing dropped."""
    if row.node.max_points is not None or not isinstance(row.node, (Gradebook, Category)):
        return simplest(row.node.max_points or 0)
    return aggregation.full([maxima[child] for child in children if _counts(laid_out[child])])


def _carried(
    combining: AnyAggregation, children: Sequence[int], laid_out: Sequence[BookRow], maxima: Mapping[int, Exact]
) -> dict[int, Exact]:
    """Return what each child carries in its branch; what does not count carries its own weight or points."""
    aggregation = _weighing(combining)
    counting = [child for child in children if laid_out[child].node.counts]
    stated = {
        child: Child(_weight(laid_out[child], combining), maxima[child], laid_out[child].node.bonus)
        for child in children
    }
    allotted = aggregation.allot([stated[child] for child in counting])
    carried = {child: weight for child, (weight, _) in zip(counting, allotted, strict=True)}
    own = {child: maxima[child] if aggregation.sums_points else stated[child].weight or 0 for child in children}
    return {**own, **carried}


def _weight(row: BookRow, combining: AnyAggregation) -> Exact | None:
    """Return the weight that is given to a child; a best of weightings gives that of the first."""
    weight = row.node.weight
    if isinstance(combining, BestOf):
        weight = combining.weightings[0].weight_of(row.node.id) or Fraction(0)
    return None if weight is None else simplest(weight)
