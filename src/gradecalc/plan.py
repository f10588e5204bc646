# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook made ready: judged, laid out in lines, weights shared out, so that grading a learner only computes.

Compile once and grade many. A plan is immutable, can be pickled, and holds what every learner shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import field, frozen

from .checks import aggregations, find_definition_problems, ungraded_policies
from .drops import DropRule
from .errors import DefinitionError, Problem, Severity
from .exact import Exact, simplest, total
from .gradebook import (
    AnyAggregation,
    Category,
    Empty,
    Gradebook,
    GradeItem,
    Node,
    OnlyBonus,
    Row,
    digest,
    rows,
)
from .marks import ItemKind, UngradedPolicy
from .pairs import WHOLE, Aggregation, Child, Frame
from .results import Heading, Layout
from .rounding import Rounding
from .schemes import GradeScheme

RULES_VERSION: Final = "1"
"""The version of the rules in `docs/semantics.md`; another where the same definition and marks give another result."""


@frozen
class PlannedItem:
    """An item as the evaluator sees it, at its line of the report."""

    line: int
    id: str
    kind: ItemKind
    max_points: Exact
    min_points: Exact | None
    capped: bool
    rounding: Rounding | None
    symbols: Mapping[str, Exact] = field(eq=False)


@frozen
class Place:
    """How a child stands in its branch: its weight there, and whether that weight follows its points.

    A child `carries` if the branch is out of its maximum too: it counts, is no bonus, and has no weight of zero.
    """

    line: int
    counts: bool
    bonus: bool
    carries: bool
    weight: Exact
    automatic: bool
    droppable: bool
    leaves_if_empty: bool


@frozen
class PlannedBranch:
    """A branch as the evaluator sees it: lines `line + 1` up to `end` lie below it.

    `max_points` is what the branch would be out of with everything in it counted.
    """

    line: int
    end: int
    id: str
    children: tuple[Place, ...]
    aggregation: Aggregation
    ungraded: UngradedPolicy
    drop: DropRule | None
    only_bonus: OnlyBonus
    frame: Frame
    max_points: Exact
    capped: bool
    rounding: Rounding | None


def full_maximum(
    aggregation: Aggregation, maxima: Sequence[Exact], drop: DropRule | None, scale: Exact | None
) -> Exact:
    """Return what a branch is out of with children of these maxima counted.

    Which of unequal children a drop rule will drop is not known before they are graded: the smallest are taken (U6).
    """
    if scale is not None:
        return scale
    if not aggregation.sums_points:
        return WHOLE
    if drop is None:
        return total(maxima)
    most = len(maxima) if drop.keep_highest is None else min(drop.keep_highest, len(maxima))
    kept = max(most - drop.lowest - drop.highest, min(drop.keep_at_least, len(maxima)), 0)
    return total(sorted(maxima, reverse=True)[:kept])


@frozen
class Plan:
    """A compiled gradebook.

    `lines` are in book order; `order` visits every line after those that it needs. `notices` lists what is legal and
    suspicious in the definition.
    """

    gradebook: Gradebook
    layout: Layout = field(eq=False, repr=False)
    lines: tuple[PlannedItem | PlannedBranch, ...] = field(eq=False, repr=False)
    order: tuple[int, ...] = field(eq=False, repr=False)
    notices: tuple[Problem, ...] = field(eq=False)

    @property
    def digest(self) -> str:
        """The digest of the definition, which its reports carry."""
        return self.layout.digest

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that marks may name, in book order; the first is the gradebook's own."""
        return tuple(self.layout.index)


def compile_gradebook(book: Gradebook) -> Plan:
    """Return the plan of a gradebook; raises `DefinitionError` with every problem if there is an error among them."""
    problems = find_definition_problems(book)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise DefinitionError(problem for problem in problems if problem.severity is Severity.ERROR)
    laid_out = rows(book)
    combining = aggregations(laid_out)
    layout = Layout(
        tuple(_heading(row, how) for row, how in zip(laid_out, combining, strict=True)),
        book.shown,
        book.scheme,
        digest(book),
        RULES_VERSION,
    )
    lines = _plan_lines(laid_out, combining, book.scheme)
    return Plan(book, layout, lines, tuple(reversed(range(len(lines)))), problems)


def _heading(row: Row, aggregation: AnyAggregation) -> Heading:
    node = row.node
    how = "" if isinstance(node, GradeItem) else aggregation.name
    scheme = None if isinstance(node, Gradebook) else node.scheme
    return Heading(node.id, node.name, row.parent, bool(how), how, scheme, node.pass_mark, node.must_pass)


def _plan_lines(
    laid_out: Sequence[Row], combining: Sequence[AnyAggregation], scheme: GradeScheme | None
) -> tuple[PlannedItem | PlannedBranch, ...]:
    """Plan from the last row to the first, so that every branch finds its children planned."""
    policies = ungraded_policies(laid_out)
    below: list[list[int]] = [[] for _ in laid_out]
    by_line: dict[int, PlannedItem | PlannedBranch] = {}
    for line in reversed(range(len(laid_out))):
        row = laid_out[line]
        if isinstance(row.node, GradeItem):
            by_line[line] = _plan_item(line, row.node, scheme)
        else:
            children = [(laid_out[child].node, by_line[child]) for child in reversed(below[line])]
            by_line[line] = _plan_branch(line, row.node, children, combining[line], policies[line])
        if row.parent >= 0:
            below[row.parent].append(line)
    return tuple(by_line[line] for line in range(len(laid_out)))


def _plan_item(line: int, item: GradeItem, scheme: GradeScheme | None) -> PlannedItem:
    own = item.scheme or scheme if item.kind is ItemKind.SELECTBOX else None
    symbols = (
        {band.symbol: simplest(band.start if band.value is None else band.value) for band in own.bands} if own else {}
    )
    least = None if item.min_points is None else simplest(item.min_points)
    return PlannedItem(
        line, item.id, item.kind, simplest(item.max_points or 0), least, not item.can_exceed, item.round_result, symbols
    )


def _plan_branch(
    line: int,
    branch: Gradebook | Category,
    children: Sequence[tuple[Gradebook | Node, PlannedItem | PlannedBranch]],
    aggregation: AnyAggregation,
    ungraded: UngradedPolicy,
) -> PlannedBranch:
    counting = [(node, planned) for node, planned in children if node.counts]
    stated = [Child(_weight(node), planned.max_points, node.bonus) for node, planned in counting]
    allotted = dict(zip((planned.line for _, planned in counting), aggregation.allot(stated), strict=True))
    places = tuple(
        Place(
            planned.line,
            node.counts,
            node.bonus,
            node.counts and not node.bonus and not (aggregation.uses_weights and node.weight == 0),
            *allotted.get(planned.line, (0, False)),
            planned.id not in branch.drop.never,
            isinstance(node, Category) and node.empty is Empty.LEAVES,
        )
        for node, planned in children
    )
    maxima = [planned.max_points for place, (_, planned) in zip(places, children, strict=True) if place.carries]
    drop = branch.drop if branch.drop.drops else None
    scale = None if branch.max_points is None else simplest(branch.max_points)
    return PlannedBranch(
        line,
        max((getattr(planned, "end", planned.line + 1) for _, planned in children), default=line + 1),
        branch.id,
        places,
        aggregation,
        ungraded,
        drop,
        branch.only_bonus,
        Frame(scale, total(maxima), len(maxima)),
        full_maximum(aggregation, maxima, drop, scale),
        not branch.can_exceed,
        branch.round_result,
    )


def _weight(node: Gradebook | Node) -> Exact | None:
    return None if node.weight is None else simplest(node.weight)
