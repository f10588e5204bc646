# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Where points stop counting, if that is not at the own maximum.

>>> Cap(percent=110).limit(50)
55
>>> Cap(points=52).limit(50), Cap(with_bonus=True).limit(50, Fraction(1, 10))
(52, 55)
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field

from ..errors import Problem
from ..exact import Exact, lenient, ratio, simplest
from ..fields import join, number, truth
from ..values import frozen


@frozen(kw_only=True)
class Cap:
    """A cap in `points`, or at a `percent` of this learner's own maximum, which is 100 unless stated.

    `with_bonus` lifts it by what the bonus that counts there adds at its full marks. Rules G19 and G20.
    """

    points: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    percent: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    with_bonus: bool = field(default=False, metadata=truth())

    def limit(self, out_of: Exact, bonus: Exact = 0) -> Exact | None:
        """Return the most points that count of what is out of `out_of`; in percent, out of 0, there is no most.

        `bonus` is the part of the maximum that the bonus there can add.
        """
        added = out_of * bonus if self.with_bonus else 0
        if self.points is not None:
            return simplest(Fraction(self.points + added))
        if not out_of:
            return None
        return ratio(out_of * (100 if self.percent is None else simplest(self.percent)) + added * 100, 100)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.points is not None and self.percent is not None:
            yield Problem("contradiction", join(path, "percent"), "a cap is in points or in percent; state one of them")
        if self.points is None and self.percent is None and not self.with_bonus:
            message = "a cap without a figure is the own maximum, which holds without it; state points or percent"
            yield Problem("missing", join(path, "points"), message)
