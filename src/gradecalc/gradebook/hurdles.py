# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of the final grade where something that must be passed is missed.

`GradeItem("Exam", 100, pass_mark=55, must_pass=True, if_missed=Hurdle(final_symbol="F"))` makes the final an F for
whoever has less than 55 % in the exam; `Hurdle(final_at_most=45)` makes it 45 % at the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field

from ..errors import Problem
from ..exact import lenient
from ..fields import join, number, text
from ..values import frozen


@frozen(kw_only=True)
class Hurdle:
    """The consequence of a missed pass mark: the final is at most so many percent, or has a symbol. Rules P4 to P6."""

    final_at_most: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    final_symbol: str = field(default="", metadata=text(optional=True))

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.final_at_most is None and not self.final_symbol:
            message = "a hurdle without a consequence changes nothing; state final_at_most or final_symbol"
            yield Problem("missing", join(path, "final_at_most"), message)
