# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The small figures that Canvas's pages show beside a grade.

What is no number, or divides by 0, has no figure here; the browser has infinities and not-a-number in those places.
"""

from __future__ import annotations

from fractions import Fraction

from ...exact import Number, NumberError, read_number
from ...rounding import Rounding
from ..documents import read_decimal


def round_figure(value: Number | str, places: int) -> Fraction | None:
    """Return a number, or the number a text states, to so many places, halves away from zero."""
    try:
        number = read_decimal(value) if isinstance(value, str) else read_number(value)
    except NumberError:
        return None
    return Fraction(Rounding(places).apply(number))


def percentage(score: Number | None, possible: Number) -> Fraction | None:
    """Return a score in percent of the points possible; no score is none of them."""
    return _part_of(score, possible, 100)


def scaled_points(score: Number | None, possible: Number, scaling_factor: Number) -> Fraction | None:
    """Return a score in points of a points-based grading standard; no score is none of them."""
    return _part_of(score, possible, scaling_factor)


def _part_of(score: Number | None, possible: Number, whole: Number) -> Fraction | None:
    points, out_of = Fraction(read_number(score or 0)), Fraction(read_number(possible))
    return points * read_number(whole) / out_of if out_of else None
