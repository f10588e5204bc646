# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The lines of a plan, as the evaluator sees them: what every learner shares about a row, worked out once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import Factory, field

from ..exact import Exact
from ..formula import Formula
from ..gradebook.caps import Cap
from ..gradebook.contributions import Aggregation, Frame, Part
from ..gradebook.drops import DropRule, how_many
from ..gradebook.hurdles import Hurdle
from ..gradebook.items import CalculationMethod
from ..gradebook.moved_weights import WeightMoves
from ..gradebook.replacement import ReplacedBy
from ..gradebook.tree import OnlyBonus
from ..marks import ItemKind, UngradedPolicy
from ..quotients import Quotient, split
from ..rounding import Rounding
from ..values import frozen
from .calculated import Chosen

_UNKNOWN: Final = (0, 0)


@frozen
class Replacing:
    """Whose results replace what: the rule, and the lines of its sources."""

    rule: ReplacedBy
    sources: tuple[int, ...]


@frozen
class ReplacingLowest(Replacing):
    """As many of these lines as are to be replaced, the lowest first."""

    lines: tuple[int, ...] = field(kw_only=True)
    count: int = field(kw_only=True)


@frozen(kw_only=True)
class PlannedLine:
    """What every line has: lines `line + 1` up to `end` lie below it.

    `max_points` is what it is out of with everything in it counted.
    """

    line: int
    end: int
    id: str
    max_points: Exact
    capped: bool
    """Whether it is capped at its own maximum, or where `cap` says."""
    cap: Cap | None
    rounding: Rounding | None
    replaced: Replacing | None = None
    min_points: Exact | None = None
    costing: Collection[int] = ()
    """The lines of the bonuses in it of which points below 0 take away (B1)."""


@frozen(kw_only=True)
class PlannedItem(PlannedLine):
    """An item that is marked."""

    kind: ItemKind
    symbols: Mapping[str, Exact] = field(eq=False)


@frozen
class PlannedHurdle:
    """A line whose missed pass mark has a consequence for the final."""

    line: int
    name: str
    pass_mark: Fraction
    hurdle: Hurdle


@frozen(kw_only=True)
class Place:
    """How a child stands in its branch: its weight there, and whether that weight follows its points.

    A child `carries` if the branch is out of its maximum too: it counts, is not a bonus, and has some weight. What it
    weighs goes to the line `heir` when its `moves` applies.
    """

    line: int
    name: str = ""
    counts: bool
    bonus: bool = False
    carries: bool = False
    weight: Exact = 0
    automatic: bool = False
    droppable: bool = False
    leaves_if_empty: bool
    keeps_weight: bool = False
    moves: WeightMoves | None = None
    heir: int = -1
    usual: int = 0
    """Over what most results in the branch say what was reached, whatever their maxima are."""
    max_points: Exact = 0
    blank: Part = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: self.part(0, self.max_points), takes_self=True)
    )
    """What it is of the branch where nothing counts as zero, out of all that it can be."""

    def part(self, points: Exact, out_of: Exact, reached: Quotient | None = None) -> Part:
        """Return the part that points out of a maximum are of the branch; what was reached of that may be known."""
        over, under = reached or (split(points, out_of, self.usual) if out_of else _UNKNOWN)
        return Part(points, out_of, self.weight, self.automatic, self.line, self.droppable, 0, over, under)


@frozen(kw_only=True)
class PlannedBranch(PlannedLine):
    """A branch that combines its children; where it has `ways`, by the best of these, each with its name."""

    children: tuple[Place, ...]
    usual: int = 0
    """Over what divisor most children say what they reached; 0 where there is none."""
    ungraded: UngradedPolicy
    aggregation: Aggregation
    drop: DropRule | None
    only_bonus: OnlyBonus
    frame: Frame
    ways: tuple[tuple[str, PlannedBranch], ...] = ()
    replace_lowest: ReplacingLowest | None = None
    movers: Mapping[int, Place] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(
            lambda self: {place.line: place for place in self.children if place.moves is not None}, takes_self=True
        ),
    )
    """The children whose weight may move, by line."""
    kept_maximum: Exact | None = None
    """What it is out of without a percent, where it keeps its weight all the same (U11)."""
    never_exempt: bool = False
    """Whether it is ungraded, and not exempt, where all in it is exempt (U12)."""


@frozen(kw_only=True)
class PlannedFormula(PlannedLine):
    """A formula item, or a branch whose result a formula gives; `named` is the line of each name in the formula."""

    children: tuple[Place, ...]
    ungraded: UngradedPolicy
    formula: Formula
    named: Mapping[str, int] = field(eq=False)


@frozen(kw_only=True)
class PlannedCalculation(PlannedLine):
    """A calculated item; `scale` is its fixed maximum, if any."""

    ungraded: UngradedPolicy
    chosen: Chosen
    method: CalculationMethod
    scale: Exact | None


AnyLine = PlannedItem | PlannedBranch | PlannedFormula | PlannedCalculation


def full_maximum(
    aggregation: Aggregation, maxima: Sequence[tuple[Exact, bool]], drop: DropRule | None, scale: Exact | None
) -> Exact:
    """Return what a branch is out of with children of these maxima counted, each with whether it may be dropped.

    Which of unequal children a drop rule will drop is not known before they are graded: the smallest are taken (U6).
    """
    if scale is not None:
        return scale
    if drop is None:
        return aggregation.full([maximum for maximum, _ in maxima])
    droppable = sorted(maximum for maximum, may_drop in maxima if may_drop)
    protected = [maximum for maximum, may_drop in maxima if not may_drop]
    return aggregation.full([*protected, *droppable[sum(how_many(drop, len(droppable))) :]])
