# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a course is graded, as values: a gradebook, its categories and its items.

A definition is built without complaint and judged as a whole by `compile_gradebook`, which reports every problem at
once. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, Final, NamedTuple

from attrs import Attribute, evolve, field, fields, has

from ..digests import digest_of_lines
from ..errors import Problem
from ..exact import describe, lenient, write_exact
from ..fields import (
    as_children,
    choice,
    is_shown_only,
    join,
    number,
    one_of,
    shown_only,
    text,
    truth,
    word,
)
from ..marks import UngradedPolicy
from ..nested import Nested
from ..outline import Explained, Outline
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..values import frozen
from .aggregation import (
    ByFormula,
    Highest,
    Lowest,
    Mean,
    Median,
    Mode,
    SumOfPoints,
)
from .best_of import BestOf, ChildWeight
from .caps import Cap
from .contributions import WHOLE
from .drops import DropRule
from .hurdles import Hurdle
from .items import Empty, Graded, Item, floor_problems
from .moved_weights import WeightMoves
from .policy_texts import clauses, in_words
from .replacement import ReplacedBy, ReplaceLowest
from .weights import WeightedMean, WeightUnit

ROOT_ID: Final = "final"
"""The id of the gradebook itself in marks and reports."""

Combining = WeightedMean | SumOfPoints | Mean | Median | Lowest | Highest | Mode
MAX_DEPTH: Final = 200
"""The deepest that categories may nest."""

MAX_ROWS: Final = 20_000
"""The most items and categories that a gradebook may have."""

AnyAggregation = Combining | BestOf | ByFormula
AGGREGATIONS: Final[Mapping[str, type]] = {
    "weighted_mean": WeightedMean,
    "sum_of_points": SumOfPoints,
    "mean": Mean,
    "median": Median,
    "lowest": Lowest,
    "highest": Highest,
    "mode": Mode,
    "best_of": BestOf,
    "by_formula": ByFormula,
}
"""Every aggregation, by what plain data calls it."""

TYPE: Final = "type"
"""The key under which an aggregation with settings says in plain data which it is."""


class OnlyBonus(Enum):
    """What a branch is in which nothing but bonus has a score."""

    NO_SCORE = "no_score"
    """It has no score of its own: there is nothing to add to."""
    GRADED = "graded"
    """It is graded: the bonus counts as a score in it, beside nothing else."""


def _as_children(children: Iterable[Node]) -> tuple[Node, ...]:
    return as_children(children)


@frozen(eq=False, repr=False)
class Category(Nested, Graded):
    """A branch: children, how they combine, which are dropped, and what the result is to the parent.

    `aggregation` and `ungraded` default to the parent's. `max_points` fixes what the branch is out of; without it,
    points-like aggregations sum what counted and the others are out of 100. Rules G10 to G16.
    """

    children: tuple[Node, ...] = field(default=(), converter=_as_children)
    aggregation: AnyAggregation | None = field(
        default=None, metadata=one_of(*AGGREGATIONS.values(), optional=True), kw_only=True
    )
    ungraded: UngradedPolicy | None = field(default=None, metadata=choice(UngradedPolicy, optional=True), kw_only=True)
    drop: DropRule = field(factory=DropRule, metadata=one_of(DropRule), kw_only=True)
    replace_lowest: ReplaceLowest | None = field(
        default=None, metadata=one_of(ReplaceLowest, optional=True), kw_only=True
    )
    empty: Empty = field(default=Empty.LEAVES, metadata=choice(Empty), kw_only=True)
    only_bonus: OnlyBonus = field(default=OnlyBonus.NO_SCORE, metadata=choice(OnlyBonus), kw_only=True)
    max_points: Fraction | None = field(
        default=None, converter=lenient, metadata=number(above=0, optional=True), kw_only=True
    )
    min_points: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        yield from floor_problems(self.name, self.min_points, self.max_points, path)
        yield from super().cross_problems(path)


@frozen(eq=False, repr=False)
class Gradebook(Explained, Nested):
    """How a course is graded: the root branch, whose result is the final grade and whose id is `"final"`.

    Printed, it says in words how the course is graded (G23).
    """

    children: tuple[Node, ...] = field(default=(), converter=_as_children)
    aggregation: AnyAggregation = field(factory=SumOfPoints, metadata=one_of(*AGGREGATIONS.values()), kw_only=True)
    weights_in: WeightUnit = field(default=WeightUnit.PERCENT, metadata=choice(WeightUnit), kw_only=True)
    ungraded: UngradedPolicy = field(default=UngradedPolicy.LEAVE_OUT, metadata=choice(UngradedPolicy), kw_only=True)
    drop: DropRule = field(factory=DropRule, metadata=one_of(DropRule), kw_only=True)
    only_bonus: OnlyBonus = field(default=OnlyBonus.NO_SCORE, metadata=choice(OnlyBonus), kw_only=True)
    max_points: Fraction | None = field(
        default=None, converter=lenient, metadata=number(above=0, optional=True), kw_only=True
    )
    min_points: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True), kw_only=True)
    can_exceed: bool = field(default=False, metadata=truth(), kw_only=True)
    cap: Cap | None = field(default=None, metadata=one_of(Cap, optional=True), kw_only=True)
    pass_mark: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, optional=True), kw_only=True
    )
    round_result: Rounding | None = field(default=None, metadata=one_of(Rounding, optional=True), kw_only=True)
    scheme: GradeScheme | None = field(default=None, metadata=one_of(GradeScheme, optional=True), kw_only=True)
    shown: Rounding = field(factory=Rounding, metadata=shown_only(one_of(Rounding)), kw_only=True)
    name: str = field(default="Final grade", metadata=shown_only(text()), kw_only=True)

    id: ClassVar[str] = ROOT_ID
    weight: ClassVar[Fraction | None] = None
    weight_moves: ClassVar[WeightMoves | None] = None
    replaced_by: ClassVar[ReplacedBy | None] = None
    replace_lowest: ClassVar[ReplaceLowest | None] = None
    bonus: ClassVar[bool] = False
    counts: ClassVar[bool] = True
    must_pass: ClassVar[bool] = False
    if_missed: ClassVar[Hurdle | None] = None

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        yield from floor_problems(self.name, self.min_points, self.max_points, path)

    def outline(self) -> Outline:
        """Return how the course is graded, in words: a row for each category and item with all its policies (G23)."""
        laid_out = rows(self)
        above = aggregations(laid_out)
        below: list[list[Outline]] = [[] for _ in laid_out]
        for place in reversed(range(1, len(laid_out))):
            row = laid_out[place]
            below[row.parent].append(_outline(row.node, above[place], reversed(below[place])))
        return _outline(self, above[0], reversed(below[0]))


Node = Category | Item


class BookRow(NamedTuple):
    """A node of a gradebook in book order: its path, itself, the row number of its branch, and how deep it lies."""

    path: str
    node: Gradebook | Node
    parent: int
    depth: int


def rows(book: Gradebook) -> list[BookRow]:
    """Return the gradebook and everything below it, parents first, in book order, as far as the bounds reach (G15)."""
    found: list[BookRow] = []
    waiting = [BookRow("", book, -1, 0)]
    while waiting and len(found) <= MAX_ROWS:
        row = waiting.pop()
        found.append(row)
        if row.depth > MAX_DEPTH:
            continue
        if isinstance(row.node, (Gradebook, Category)):
            place, prefix = len(found) - 1, join(row.path, "children")
            below = [
                BookRow(f"{prefix}[{nth}]", child, place, row.depth + 1) for nth, child in enumerate(row.node.children)
            ]
            waiting.extend(reversed(below))
    return found


def _outline(node: object, aggregation: AnyAggregation, below: Iterable[Outline]) -> Outline:
    """Return a node in words; what is no node, which a gradebook that was not judged may hold, is described."""
    if not isinstance(node, (Gradebook, Category, Graded)):
        return Outline(describe(node))
    return Outline(in_words(node.name), "", clauses(node, aggregation), tuple(below))


def aggregations(laid_out: Sequence[BookRow]) -> list[AnyAggregation]:
    """Return how each row combines its children, or would: a category without an aggregation has its parent's.

    Below a formula, which cannot be inherited, it has a sum of points, and below a best of weightings a weighted mean.
    """
    found: list[AnyAggregation] = []
    for row in laid_out:
        above = _inheritable(found[row.parent]) if found else SumOfPoints()
        own = row.node.aggregation if isinstance(row.node, (Gradebook, Category)) else None
        found.append(own or above)
    return found


def _inheritable(aggregation: AnyAggregation) -> Combining:
    if isinstance(aggregation, ByFormula):
        return SumOfPoints()
    return WeightedMean() if isinstance(aggregation, BestOf) else aggregation


def in_percent(laid_out: Sequence[BookRow]) -> Sequence[BookRow]:
    """Return the rows with every weight in percent, those by rank too, if the gradebook states shares (W11)."""
    book = laid_out[0].node
    if not isinstance(book, Gradebook) or book.weights_in is WeightUnit.PERCENT:
        return laid_out
    above = aggregations(laid_out)
    return [row._replace(node=_in_percent(row.node, above[row.parent] if row.depth else None)) for row in laid_out]


def _in_percent(node: Gradebook | Node, above: AnyAggregation | None) -> Gradebook | Node:
    if isinstance(node, (Gradebook, Category)) and isinstance(node.aggregation, (WeightedMean, BestOf)):
        node = evolve(node, aggregation=node.aggregation.in_percent())
    if isinstance(above, WeightedMean) and node.weight is not None and not isinstance(node, Gradebook):
        return evolve(node, weight=node.weight * WHOLE)
    return node


def ungraded_policies(laid_out: Sequence[BookRow]) -> list[UngradedPolicy]:
    """Return each row's ungraded policy: a category without one has its parent's."""
    found: list[UngradedPolicy] = []
    for row in laid_out:
        own = row.node.ungraded if isinstance(row.node, (Gradebook, Category)) else None
        found.append(own or found[row.parent])
    return found


def digest(book: Gradebook) -> str:
    """Return a short text that two definitions share if they grade alike whatever the marks, as far as can be told.

    It is made of all that can move a grade and of nothing that is only shown, and of nothing at its default (G24).
    """
    return digest_of_lines(map(_line_of_digest, rows(book)))


def _line_of_digest(row: BookRow) -> dict[str, object]:
    node = row.node
    own = dict(_moving_grades(node))
    if isinstance(node, (Gradebook, Category)):
        own["children"] = len(node.children)
    return own if isinstance(node, Gradebook) else {**own, "id": node.id}


def _moving_grades(value: object) -> Iterator[tuple[str, object]]:
    """Yield what of a definition can move a grade and is not at its default, as its document says it."""
    kind: type[Any] = type(value)
    for each in fields(kind):
        held = getattr(value, each.name)
        if each.name != "children" and not is_shown_only(each) and held != _default(value, each):
            yield each.name, _plain(held)


def _default(value: object, attribute: Attribute[Any]) -> object:
    default: Any = attribute.default
    takes_self = getattr(default, "takes_self", None)
    if takes_self is None:
        return default
    return default.factory(value) if takes_self else default.factory()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return word(value)
    if isinstance(value, Fraction):
        return write_exact(value)
    if isinstance(value, tuple):
        weights = {each.id: write_exact(each.weight) for each in value if isinstance(each, ChildWeight)}
        return weights or [_plain(each) for each in value]
    if not has(type(value)):
        return value
    own = dict(_moving_grades(value))
    name = next((name for name, each in AGGREGATIONS.items() if each is type(value)), None)
    if name is None:
        return own
    return {TYPE: name, **own} if own else name
