# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: the one unit of grades, cutoffs and minimums here, which is percent, and parts of 1 kept out of it.

>>> Percent.of_share(0.7) == 70
True
>>> find_share(0.7, "pass_at").message
'pass_at is 0.7, which reads as a part of 1; state a percent, or Percent(0.7) if that little is meant'
>>> print(find_share(Percent(0.7), "pass_at"))
None

The platform's documents state parts of 1, and whatever reads them makes percents of these. A pass mark of 0.7 that is
taken for a percent gives everybody a certificate, so a plain number that reads as a part of 1 is refused. Rule K36.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Self

from ...errors import DefinitionError, Problem
from ...exact import Exact, Number, describe, lenient, read_number


class Percent(Fraction):
    """A number that is meant as a percent, however little it is; otherwise as any exact number."""

    __slots__ = ()

    def __new__(cls, number: Number, denominator: int = 1) -> Self:
        """Return the percent, read as any exact number is; the denominator is for copies and pickles."""
        return super().__new__(cls, Fraction(read_number(number)) / denominator)

    @classmethod
    def of_share(cls, share: Number) -> Self:
        """Return the percent that a part of 1 is, as the platform's documents state it: 0.7 is 70."""
        return cls(100 * Fraction(read_number(share)))

    def __reduce__(self) -> tuple[type[Percent], tuple[int, int]]:
        return type(self), (self.numerator, self.denominator)


def as_percent(number: Number | None) -> Fraction | None:
    """Return a number as a definition holds it, still a `Percent` where it is one."""
    return number if isinstance(number, Percent) else lenient(number)


def find_share(number: object, name: str, *, one: bool = False) -> Problem | None:
    """Return why a number is no percent: it reads as a part of 1. What is no number is for others to report.

    The number 1 itself reads so too, unless `one` percent is as likely.
    """
    if not isinstance(number, (int, float, Fraction)) or isinstance(number, Percent):
        return None
    if number <= 0 or number > 1 or (one and number == 1):
        return None
    shown = describe(number)
    meant = f"state a percent, or Percent({shown}) if that little is meant"
    return Problem("share", name, f"{name} is {shown}, which reads as a part of 1; {meant}")


def read_percent(number: Number, name: str, *, one: bool = False) -> Fraction:
    """Return a percent that a caller states; raises `DefinitionError` for what reads as a part of 1."""
    exact = as_percent(number)
    problem = find_share(exact, name, one=one)
    if problem is not None:
        raise DefinitionError([problem])
    return exact if isinstance(exact, Percent) else Fraction(read_number(number))


def pass_mark(cutoffs: Mapping[str, Number]) -> Exact | None:
    """Return the least cut-off above zero, which is what passes, or None where there is none and nobody passes.

    Cut-offs are in percent; raises `DefinitionError` for those that read as parts of 1 (K36).
    """
    starts = [read_percent(start, name) for name, start in cutoffs.items()]
    return min((start for start in starts if start > 0), default=None)
