# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook made ready: judged, laid out in lines, weights shared out, so that grading a learner only computes.

Compile once and grade many. A plan is immutable, can be pickled, and holds what every learner shares.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, assert_never

from attrs import Factory, evolve, field

from ..errors import DefinitionError, Problem, nearest
from ..exact import Exact, describe, simplest, total
from ..gradebook.aggregation import ByFormula, Highest, Lowest, Mean, Median, Mode, SumOfPoints
from ..gradebook.best_of import BestOf, Weighting
from ..gradebook.contributions import WHOLE, Child, Frame
from ..gradebook.drops import DropRule
from ..gradebook.items import CalculatedItem, CalculationMethod, Empty, FormulaItem, GradeItem
from ..gradebook.replacement import ReplacedBy, ReplaceLowest
from ..gradebook.tree import (
    AnyAggregation,
    BookRow,
    Category,
    Combining,
    Gradebook,
    Node,
    aggregations,
    digest,
    in_percent,
    ungraded_policies,
)
from ..gradebook.weights import WeightedMean
from ..marks import ItemKind, UngradedPolicy
from ..quotients import usual_divisor
from ..report.layouts import Heading, How, Layout
from ..report.passing import PassRule
from ..values import frozen
from .calculated import chosen_tree
from .checks import examine
from .kernel.kernels import Kernels
from .planned import (
    AnyLine,
    Place,
    PlannedBranch,
    PlannedCalculation,
    PlannedFormula,
    PlannedHurdle,
    PlannedItem,
    Replacing,
    ReplacingLowest,
    full_maximum,
)
from .references import References, leaves
from .settled import SettledByItem

RULES_VERSION: Final = "2"
"""The version of the rules in `docs/semantics.md`; another where the same definition and marks give another result."""


@frozen
class Plan:
    """A compiled gradebook.

    `lines` are in book order; `order` visits every line that is worked out after those that it needs. `notices` lists
    what is legal and suspicious in the definition.
    """

    gradebook: Gradebook
    layout: Layout = field(eq=False, repr=False)
    lines: tuple[AnyLine, ...] = field(eq=False, repr=False)
    order: tuple[int, ...] = field(eq=False, repr=False)
    notices: tuple[Problem, ...] = field(eq=False)
    hurdles: tuple[PlannedHurdle, ...] = field(eq=False, repr=False)
    kernels: Kernels = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: Kernels(self.lines, self.hurdles, _passing(self.layout)), takes_self=True),
    )

    maxima: tuple[Exact, ...] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: tuple(line.max_points for line in self.lines), takes_self=True),
    )
    """What each line is out of with everything in it counted."""
    computed: tuple[int, ...] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(
            lambda self: tuple(line.line for line in self.lines if not isinstance(line, PlannedItem)), takes_self=True
        ),
    )
    """The lines that are not marked."""
    settled: SettledByItem = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: SettledByItem(self.lines), takes_self=True),
    )

    @property
    def kernel_notes(self) -> tuple[Problem, ...]:
        """What keeps finals from being worked out by a compiled kernel: a notice with the path of each such line."""
        return self.kernels.notes()

    @property
    def digest(self) -> str:
        """The digest of the definition, which its reports carry."""
        return self.layout.digest

    def layout_dict(self) -> dict[str, Any]:
        """Return what all its reports share as plain data, to be stored once: `Report.from_dict` takes it (Z9)."""
        return self.layout.to_dict()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that marks may name, in book order; the first is the gradebook's own."""
        return tuple(self.layout.index)

    def unknown(self, id_: object) -> Problem:
        """Return what is wrong with an id that marks may not name, with the nearest that they may."""
        message = f"no item or category {describe(id_)} in the gradebook{nearest(id_, self.layout.index)}"
        return Problem("unknown_id", id_[:100] if isinstance(id_, str) else describe(id_), message)


def compile_gradebook(book: Gradebook) -> Plan:
    """Return the plan of a gradebook; raises `DefinitionError` with every problem if there is an error among them."""
    examined = examine(book)
    DefinitionError.refuse(examined.problems)
    laid_out, references = in_percent(examined.laid_out), examined.references
    draft = _Draft(book, laid_out, aggregations(laid_out), ungraded_policies(laid_out), references)
    lines = draft.lines()
    headings = tuple(map(_heading, laid_out, draft.combining, lines))
    layout = Layout(headings, book.shown, book.scheme, digest(book), RULES_VERSION)
    order = tuple(line for line in references.order if _is_worked_out(lines[line]))
    return Plan(book, layout, lines, order, examined.problems, tuple(_hurdles(laid_out)))


def plan_of(book: Plan | Gradebook) -> Plan:
    """Return the plan of what is one already, or of a gradebook, which is compiled."""
    return book if isinstance(book, Plan) else compile_gradebook(book)


def _passing(layout: Layout) -> list[tuple[int, Fraction]]:
    """Return the lines on whose pass marks it depends whether the final is passed, with these."""
    rules = [(line, heading.passing) for line, heading in enumerate(layout.headings)]
    return [
        (line, rule.pass_mark) for line, rule in rules if rule.pass_mark is not None and (rule.must_pass or not line)
    ]


def _hurdles(laid_out: Sequence[BookRow]) -> Iterator[PlannedHurdle]:
    for line, row in enumerate(laid_out):
        hurdle, mark = row.node.if_missed, row.node.pass_mark
        if hurdle is not None and mark is not None:
            yield PlannedHurdle(line, row.node.name, mark, hurdle)


def _heading(row: BookRow, aggregation: AnyAggregation, line: AnyLine) -> Heading:
    node = row.node
    branch = isinstance(node, (Gradebook, Category))
    how = _HOW.get(type(aggregation if branch else node), How.MARKED)
    scheme = None if isinstance(node, Gradebook) else node.scheme
    passing = PassRule(node.pass_mark, node.must_pass)
    return Heading(node.id, node.name, row.parent, branch, how, scheme, passing, line.max_points)


_HOW: Final[Mapping[type, How]] = {
    CalculatedItem: How.CALCULATED,
    FormulaItem: How.FORMULA,
    ByFormula: How.FORMULA,
    WeightedMean: How.WEIGHTED_MEAN,
    SumOfPoints: How.SUM_OF_POINTS,
    Mean: How.MEAN,
    Median: How.MEDIAN,
    Lowest: How.LOWEST,
    Highest: How.HIGHEST,
    Mode: How.MODE,
    BestOf: How.BEST_OF,
}


@frozen
class _Draft:
    """A gradebook while it is planned, from the last row to the first, so that a branch finds its children planned."""

    book: Gradebook
    laid_out: Sequence[BookRow]
    combining: Sequence[AnyAggregation]
    policies: Sequence[UngradedPolicy]
    references: References

    def lines(self) -> tuple[AnyLine, ...]:
        """Return the lines, in book order."""
        below: list[list[int]] = [[] for _ in self.laid_out]
        planned: dict[int, AnyLine] = {}
        for line in reversed(range(len(self.laid_out))):
            planned[line] = self._plan(line, [planned[child] for child in reversed(below[line])])
            if line:
                below[self.laid_out[line].parent].append(line)
        return tuple(planned[line] for line in range(len(self.laid_out)))

    def _plan(self, line: int, children: Sequence[AnyLine]) -> AnyLine:
        node, aggregation = self.laid_out[line].node, self.combining[line]
        match node:
            case GradeItem():
                return self._item(line, node)
            case FormulaItem():
                return self._formula(line, node, ())
            case CalculatedItem():
                return self._calculation(line, node)
            case Gradebook() | Category() if isinstance(aggregation, ByFormula):
                return self._formula(line, node, children)
            case Gradebook() | Category() if isinstance(aggregation, BestOf):
                return self._best_of(line, node, aggregation, children)
            case Gradebook() | Category():
                nodes = [self.laid_out[child.line].node for child in children]
                return self._branch(line, node, aggregation, children, nodes)
            case _:
                assert_never(node)

    def _item(self, line: int, item: GradeItem) -> PlannedItem:
        own = item.scheme or self.book.scheme if item.kind is ItemKind.SELECTBOX else None
        bands = own.bands if own else ()
        return PlannedItem(
            **self._common(line, item, ()),
            max_points=simplest(item.max_points or 0),
            kind=item.kind,
            symbols={band.symbol: simplest(band.worth) for band in bands},
        )

    def _formula(self, line: int, node: Node | Gradebook, children: Sequence[AnyLine]) -> PlannedFormula:
        names = self.references.named[line]
        assert names.formula is not None  # noqa: S101 - what has a formula names things with it
        named = set(names.rows.values())
        return PlannedFormula(
            **self._common(line, node, children),
            max_points=WHOLE if node.max_points is None else simplest(node.max_points),
            children=tuple(_place_by_formula(child, named) for child in children),
            ungraded=self.policies[line],
            formula=names.formula,
            named=names.rows,
        )

    def _calculation(self, line: int, item: CalculatedItem) -> PlannedCalculation:
        chosen = [leaf for row in self.references.named[line].rows.values() for leaf in leaves(self.laid_out, row)]
        points = not isinstance(self.combining[0], (WeightedMean, BestOf))
        return PlannedCalculation(
            **self._common(line, item, ()),
            max_points=WHOLE if item.max_points is None else simplest(item.max_points),
            ungraded=self.policies[line],
            chosen=chosen_tree(self.laid_out, self.combining, chosen),
            method=CalculationMethod.MILESTONE if points else item.method,
            scale=_simplest(item.max_points),
        )

    def _best_of(
        self, line: int, branch: Gradebook | Category, best: BestOf, children: Sequence[AnyLine]
    ) -> PlannedBranch:
        """Plan the branch once for each weighting, in which nobody counts that it does not name (V6)."""
        ways = []
        for weighting in best.weightings:
            nodes = [_weighed(self.laid_out[child.line].node, weighting) for child in children]
            ways.append((weighting.name, self._branch(line, branch, weighting.mean, children, nodes)))
        return evolve(ways[0][1], ways=tuple(ways))

    def _branch(
        self,
        line: int,
        branch: Gradebook | Category,
        aggregation: Combining,
        children: Sequence[AnyLine],
        nodes: Sequence[Node | Gradebook],
    ) -> PlannedBranch:
        counting = [(node, child) for node, child in zip(nodes, children, strict=True) if node.counts]
        stated = [Child(_simplest(node.weight), child.max_points, node.bonus) for node, child in counting]
        allotted = dict(zip((child.line for _, child in counting), aggregation.allot(stated), strict=True))
        usual = usual_divisor(child.max_points for child in children if child.max_points)
        within = _Within(aggregation, branch.drop, usual)
        places = [
            _place(node, child, within, allotted.get(child.line, (0, False)))
            for node, child in zip(nodes, children, strict=True)
        ]
        if aggregation.uses_weights:
            places = _with_heirs(places, nodes)
        carrying = [(place, child) for place, child in zip(places, children, strict=True) if place.carries]
        maxima = [(child.max_points, place.droppable) for place, child in carrying]
        drop, scale = branch.drop if branch.drop.drops else None, _simplest(branch.max_points)
        return PlannedBranch(
            **self._common(line, branch, children),
            max_points=full_maximum(aggregation, maxima, drop, scale),
            children=tuple(places),
            usual=usual,
            ungraded=self.policies[line],
            aggregation=aggregation,
            drop=drop,
            only_bonus=branch.only_bonus,
            frame=Frame(scale, total(maximum for maximum, _ in maxima), len(maxima)),
            replace_lowest=self._replace_lowest(line, branch.replace_lowest, children),
            kept_maximum=(scale or WHOLE) if _empty(branch) is Empty.KEEPS_WEIGHT else None,
            never_exempt=_empty(branch) is Empty.NEVER_EXEMPT,
            costing=tuple(child.line for node, child in counting if node.bonus and (child.min_points or 0) < 0),
        )

    def _common(self, line: int, node: Node | Gradebook, children: Sequence[AnyLine]) -> dict[str, Any]:
        end = children[-1].end if children else line + 1
        cap = {"capped": node.cap is not None or not node.can_exceed, "cap": node.cap}
        return {
            "line": line,
            "end": end,
            "id": node.id,
            **cap,
            "rounding": node.round_result,
            "replaced": self._replaced(line, node.replaced_by),
            "min_points": _simplest(getattr(node, "min_points", None)),
        }

    def _replaced(self, line: int, rule: ReplacedBy | None) -> Replacing | None:
        return None if rule is None else Replacing(rule, self.references.sources.of_rows[line])

    def _replace_lowest(
        self, line: int, rule: ReplaceLowest | None, nodes: Sequence[AnyLine]
    ) -> ReplacingLowest | None:
        if rule is None:
            return None
        sources = self.references.sources.of_lowest[line]
        candidates = [child.line for child in nodes if self._may_be_lowest(child.line) and child.line not in sources]
        return ReplacingLowest(rule.by, sources, lines=tuple(candidates), count=rule.count)

    def _may_be_lowest(self, line: int) -> bool:
        node = self.laid_out[line].node
        return node.counts and not node.bonus


def _is_worked_out(line: AnyLine) -> bool:
    return not isinstance(line, PlannedItem) or line.replaced is not None


def _weighed(node: Node | Gradebook, weighting: Weighting) -> Node | Gradebook:
    """Return the child as the weighting has it."""
    weight = weighting.weight_of(node.id)
    if isinstance(node, Gradebook):
        return node
    return evolve(node, weight=weight, counts=node.counts and weight is not None)


class _Within(NamedTuple):
    """What a branch does with all its children."""

    aggregation: Combining
    drop: DropRule
    usual: int


def _place(node: Node | Gradebook, child: AnyLine, within: _Within, allotted: tuple[Exact, bool]) -> Place:
    weight, automatic = allotted
    return Place(
        line=child.line,
        name=node.name,
        counts=node.counts,
        bonus=node.bonus,
        carries=node.counts and not node.bonus and not (within.aggregation.uses_weights and node.weight == 0),
        weight=weight,
        automatic=automatic,
        droppable=child.id not in within.drop.never,
        leaves_if_empty=not isinstance(node, GradeItem) and _empty(node) is Empty.LEAVES,
        keeps_weight=_empty(node) is Empty.KEEPS_WEIGHT,
        usual=within.usual,
        max_points=child.max_points,
    )


def _empty(node: Node | Gradebook) -> Empty:
    return node.empty if isinstance(node, (Category, FormulaItem)) else Empty.LEAVES


def _with_heirs(places: Sequence[Place], nodes: Sequence[Node | Gradebook]) -> list[Place]:
    """Return the places, each with the line that what it weighs goes to when it is missed."""
    lines = {node.id: place.line for node, place in zip(nodes, places, strict=True)}
    return [
        place if node.weight_moves is None else evolve(place, moves=node.weight_moves, heir=lines[node.weight_moves.to])
        for node, place in zip(nodes, places, strict=True)
    ]


def _place_by_formula(child: AnyLine, named: Collection[int]) -> Place:
    """Return a child's place in a branch by formula: it counts if the formula names it, bonus or not."""
    return Place(line=child.line, counts=child.line in named, leaves_if_empty=not isinstance(child, PlannedItem))


def _simplest(value: Fraction | None) -> Exact | None:
    return None if value is None else simplest(value)
