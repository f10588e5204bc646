# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: its calculations as records of choices: what is rounded, how far, and which of two equals is dropped.

A subsection is rounded half to even, and a course half away from zero after 0.05 % was added to it. That is why 2/3
and 1/4 of a type that weighs 75 % showed 35 % for six years and show 34 % now.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import frozen

from ....exact import RoundingMode
from ....gradebook.drops import DropTies
from ....rounding import Rounding

FOUR_DECIMALS: Final = Rounding(2, RoundingMode.HALF_EVEN)
"""How a subsection is rounded today: its part of 1 to four decimals, so its percent to two."""

TWO_DECIMALS: Final = Rounding(0, RoundingMode.HALF_EVEN)
"""How a subsection was rounded from 2018 to 2024."""

COURSE_PERCENT: Final = Rounding(0, RoundingMode.HALF_UP, up_from=Fraction(45, 100))
"""How a course is rounded: to a whole percent, upwards from 45 hundredths of one."""


@frozen(kw_only=True)
class Calculation:
    """How a course grade is worked out.

    A subsection in which nothing is possible for a learner leaves, unless it is `nothing_possible_is_zero`.
    """

    subsection: Rounding | None = FOUR_DECIMALS
    course: Rounding | None = COURSE_PERCENT
    ties: DropTies = DropTies.LAST
    nothing_possible_is_zero: bool = False


GRADER: Final = Calculation()
"""What grades a course today."""

TWO_DECIMAL_GRADER: Final = Calculation(subsection=TWO_DECIMALS)
"""What graded a course from 2018 to 2024."""

PROGRESS_PAGE: Final = Calculation(subsection=None, course=None, ties=DropTies.FIRST, nothing_possible_is_zero=True)
"""What the summary of the progress page works out for itself."""
