# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Items that nobody marks: a formula's value, or the grade so far over chosen items.

Both are shown beside the marks and, unless they say so, move no grade.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from .errors import Problem
from .exact import lenient
from .fields import as_ids, choice, join, many, number, text, truth
from .graded import Graded


class CalculationMethod(Enum):
    """What a calculated item makes of a category of which only a part is graded."""

    FINAL = "final"
    """What is graded carries the category's whole weight: full marks on one of two quizzes are 25 of 25."""
    MILESTONE = "milestone"
    """Only what is graded counts, with its own weight: full marks on one of two quizzes are 12.5 of 12.5."""


@frozen(kw_only=True)
class FormulaItem(Graded):
    """A column whose points, out of `max_points`, are what a formula comes to.

    The formula reads items as they are, dropped and bonus ones too, and branches. Rules C4 to C9.
    """

    formula: str = field(metadata=text())
    max_points: Fraction | None = field(
        default=None, converter=lenient, metadata=number(minimum=0, missing="is missing")
    )
    counts: bool = field(default=False, metadata=truth())


@frozen(kw_only=True)
class CalculatedItem(Graded):
    """The grade over chosen items and categories: what was reached of what they carry in the final grade.

    Drop rules and rescaling are ignored, weights are not. Without `max_points` it is out of the weights (or points)
    that count: 46 out of 60. Rules C10 to C13.
    """

    items: tuple[str, ...] = field(converter=as_ids, metadata=many(str))
    method: CalculationMethod = field(default=CalculationMethod.FINAL, metadata=choice(CalculationMethod))
    max_points: Fraction | None = field(default=None, converter=lenient, metadata=number(above=0, optional=True))
    counts: bool = field(default=False, metadata=truth())

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        yield from super().cross_problems(path)
        if not self.items:
            message = f"calculated item {self.name!r} is over nothing; list the ids of items or categories"
            yield Problem("missing", join(path, "items"), message)
