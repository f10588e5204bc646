# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The leaves of a gradebook: items that somebody marks, and items that are worked out from others.

What is worked out, a formula's value or the grade so far over chosen items, is shown beside the marks and, unless it
says so, moves no grade. What every line states, item or category, is in `Graded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from attrs import Factory, field

from ..errors import Problem
from ..exact import describe, lenient
from ..fields import (
    as_ids,
    choice,
    join,
    many,
    number,
    one_of,
    shown_only,
    text,
    truth,
)
from ..marks import ItemKind
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..values import frozen
from .caps import Cap
from .hurdles import Hurdle
from .moved_weights import WeightMoves
from .replacement import ReplacedBy


@frozen
class Graded:
    """A line of a gradebook.

    `weight` is a share of the branch's 100, or relative where weights are scaled; `weight_moves` says where it goes
    when this is missed. A `bonus` adds and never costs, but where it states a least below 0 (B1).
    What does not count (`counts`) has a result of its own and moves no other. `can_exceed` lifts the cap at the
    maximum, and `cap` puts another in its place. `pass_mark` is in percent. `round_result` changes the value here. The
    `id` defaults to the name.
    Each field says for itself whether it is by keyword: the versions of attrs differ on what a class says of those that
    it inherits.
    """

    name: str = field(metadata=shown_only(text()))
    weight: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, optional=True), kw_only=True
    )
    weight_moves: WeightMoves | None = field(default=None, metadata=one_of(WeightMoves, optional=True), kw_only=True)
    replaced_by: ReplacedBy | None = field(default=None, metadata=one_of(ReplacedBy, optional=True), kw_only=True)
    bonus: bool = field(default=False, metadata=truth(), kw_only=True)
    counts: bool = field(default=True, metadata=truth(), kw_only=True)
    can_exceed: bool = field(default=False, metadata=truth(), kw_only=True)
    cap: Cap | None = field(default=None, metadata=one_of(Cap, optional=True), kw_only=True)
    pass_mark: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, optional=True), kw_only=True
    )
    must_pass: bool = field(default=False, metadata=truth(), kw_only=True)
    if_missed: Hurdle | None = field(default=None, metadata=one_of(Hurdle, optional=True), kw_only=True)
    round_result: Rounding | None = field(default=None, metadata=one_of(Rounding, optional=True), kw_only=True)
    scheme: GradeScheme | None = field(default=None, metadata=one_of(GradeScheme, optional=True), kw_only=True)
    id: str = field(default=Factory(lambda self: self.name, takes_self=True), metadata=text(), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.must_pass and self.pass_mark is None:
            message = f"{describe(self.name)} must be passed and has no pass_mark; state it, in percent"
            yield Problem("missing", join(path, "pass_mark"), message)
        elif self.if_missed is not None and self.pass_mark is None:
            message = f"{self.name!r} has no pass_mark that could be missed; state it, in percent"
            yield Problem("missing", join(path, "pass_mark"), message)
        elif self.if_missed is not None and self.if_missed.final_symbol and not self.must_pass:
            message = f"a symbol of the final hangs on {self.name!r}, so the final's passing does too; state must_pass"
            yield Problem("missing", join(path, "must_pass"), message)


def floor_problems(name: str, least: Fraction | None, most: Fraction | None, path: str) -> Iterator[Problem]:
    """Yield what is wrong between the least and the most that an item or a branch counts for (G2, G16)."""
    if least is not None and most is not None and least > most:
        message = f"min_points of {describe(name)} is {describe(least)}, above its maximum {describe(most)}"
        yield Problem("contradiction", join(path, "min_points"), message)


@frozen
class GradeItem(Graded):
    """One column: what a learner can be given points, a pass, a symbol or a text for.

    `max_points` and `min_points` are in points. Points above the maximum count as the maximum unless `can_exceed`;
    below, there is no floor unless `min_points` states one. `counts` is true unless the item takes text.
    Rules G1 to G9.
    """

    max_points: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    kind: ItemKind = field(default=ItemKind.NUMERIC, metadata=choice(ItemKind), kw_only=True)
    counts: bool = field(
        default=Factory(lambda self: self.kind is not ItemKind.TEXT, takes_self=True), metadata=truth(), kw_only=True
    )
    min_points: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.kind is ItemKind.TEXT:
            if self.counts or self.bonus:
                message = f"text item {describe(self.name)} cannot count: it has no number"
                yield Problem("text_counts", join(path, "counts"), message)
            if self.replaced_by is not None:
                message = f"text item {self.name!r} cannot be replaced: it has no number"
                yield Problem("text_replaced", join(path, "replaced_by"), message)
            return
        if self.max_points is None:
            message = f"max_points of {describe(self.name)} is missing; state how many points it is out of"
            yield Problem("missing", join(path, "max_points"), message)
        yield from floor_problems(self.name, self.min_points, self.max_points, path)
        yield from super().cross_problems(path)


class CalculationMethod(Enum):
    """What a calculated item makes of a category of which only a part is graded."""

    FINAL = "final"
    """What is graded carries the category's whole weight: full marks on one of two quizzes are 25 of 25."""
    MILESTONE = "milestone"
    """Only what is graded counts, with its own weight: full marks on one of two quizzes are 12.5 of 12.5."""


class Empty(Enum):
    """What a branch in which nothing is left, or a formula item without a value, is to its parent."""

    LEAVES = "leaves"
    """The parent goes on without it."""
    AS_UNGRADED = "as_ungraded"
    """The parent's ungraded policy applies to it."""
    KEEPS_WEIGHT = "keeps_weight"
    """The same, also where all in it is exempt or what counts is out of 0, so that where blanks count it costs."""
    NEVER_EXEMPT = "never_exempt"
    """As ungraded, also where all in it is exempt, but not where it is exempt itself."""


@frozen
class FormulaItem(Graded):
    """A column whose points, out of `max_points`, are what a formula comes to.

    The formula reads items as they are, dropped and bonus ones too, and branches. Rules C4 to C9.
    """

    formula: str = field(metadata=text(), kw_only=True)
    max_points: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, missing="is missing"), kw_only=True
    )
    empty: Empty = field(default=Empty.LEAVES, metadata=choice(Empty), kw_only=True)
    counts: bool = field(default=False, metadata=truth(), kw_only=True)


@frozen
class CalculatedItem(Graded):
    """The grade over chosen items and categories: what was reached of what they carry in the final grade.

    Drop rules and rescaling are ignored, weights are not. Without `max_points` it is out of the weights (or points)
    that count: 46 out of 60. Rules C10 to C13.
    """

    items: tuple[str, ...] = field(converter=as_ids, metadata=many(str), kw_only=True)
    method: CalculationMethod = field(default=CalculationMethod.FINAL, metadata=choice(CalculationMethod), kw_only=True)
    max_points: Fraction | None = field(
        default=None, converter=lenient, metadata=number(above=0, optional=True), kw_only=True
    )
    counts: bool = field(default=False, metadata=truth(), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        yield from super().cross_problems(path)
        if not self.items:
            message = f"calculated item {describe(self.name)} is over nothing; list the ids of items or categories"
            yield Problem("missing", join(path, "items"), message)


Item = GradeItem | FormulaItem | CalculatedItem
