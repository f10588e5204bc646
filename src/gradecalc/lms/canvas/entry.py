# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a grader types, as points, and points as Canvas shows them.

>>> interpret_grade("88.75%", possible=15)
Fraction(213, 16)

All the ways of entering a grade end in a number of points, so a total never asks how they were entered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from ...exact import (
    Number,
    NumberError,
    read_number,
    write_exact,
)
from ..documents import read_decimal
from .calculators import SERVER, TWO_PLACES, Calculator
from .standards import DEFAULT, GradingStandard


class GradingType(Enum):
    """How an assignment's grades are entered and shown."""

    POINTS = "points"
    PERCENT = "percent"
    LETTER_GRADE = "letter_grade"
    GPA_SCALE = "gpa_scale"
    PASS_FAIL = "pass_fail"  # noqa: S105 - a pass, not a password
    NOT_GRADED = "not_graded"


BY_STANDARD: Final = frozenset({GradingType.LETTER_GRADE, GradingType.GPA_SCALE})
"""The grading types whose grades are names of a grading standard."""

_PASSES: Final = ("pass", "complete")
_FAILS: Final = ("fail", "incomplete")


def interpret_grade(
    grade: str,
    *,
    possible: Number | None = None,
    grading_type: GradingType = GradingType.POINTS,
    standard: GradingStandard = DEFAULT,
) -> Fraction | None:
    """Return the points that a grade means for an assignment, None where it means none.

    A percentage is of the points possible; a plain number is points, unless letters or GPAs are due and it is one of
    the standard's names; passing is full points. Pass/fail takes full points and none, and nothing between.
    """
    if grading_type is GradingType.NOT_GRADED:
        return None
    out_of = Fraction(read_number(possible or 0))
    points = _points(grade.strip(), out_of, standard if grading_type in BY_STANDARD else None)
    return None if grading_type is GradingType.PASS_FAIL and points not in (0, out_of) else points


def show_grade(  # noqa: PLR0913 - all that what is shown depends on
    score: Number | None,
    *,
    possible: Number | None = None,
    grading_type: GradingType = GradingType.POINTS,
    standard: GradingStandard = DEFAULT,
    calculator: Calculator = SERVER,
    entered: str = "",
) -> str:
    """Return the grade that Canvas shows for points, empty where there is none; letters as the calculator has them.

    Where nothing is possible, a pass or a fail is as it was `entered`.
    """
    if score is None or grading_type is GradingType.NOT_GRADED:
        return ""
    points, out_of = Fraction(read_number(score)), Fraction(read_number(possible or 0))
    if grading_type is GradingType.PASS_FAIL and not out_of and entered:
        return "complete" if entered.strip().casefold() in _PASSES else "incomplete"
    return _SHOWN[grading_type](points, out_of, standard, calculator)


def _points(grade: str, out_of: Fraction, standard: GradingStandard | None) -> Fraction | None:
    if grade.endswith("%"):
        percent = _number(grade[:-1])
        return None if percent is None else percent * out_of / 100
    score = None if standard is None else standard.score(grade)
    if score is not None:
        return score * out_of / 100
    if grade.casefold() in _PASSES:
        return out_of
    return Fraction(0) if grade.casefold() in _FAILS else _number(grade)


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(read_decimal(text))
    except NumberError:
        return None


def _show_points(points: Fraction, *_: object) -> str:
    return write_exact(points)


def _show_percent(points: Fraction, out_of: Fraction, *_: object) -> str:
    return f"{write_exact(TWO_PLACES.apply(points * 100 / out_of))}%" if out_of else write_exact(points)


def _show_pass(points: Fraction, *_: object) -> str:
    return "complete" if points > 0 else "incomplete"


def _show_name(points: Fraction, out_of: Fraction, standard: GradingStandard, calculator: Calculator) -> str:
    return standard.symbol(points * 100 / out_of, calculator) if out_of else write_exact(points)


_SHOWN: Final[Mapping[GradingType, Callable[[Fraction, Fraction, GradingStandard, Calculator], str]]] = {
    GradingType.POINTS: _show_points,
    GradingType.PERCENT: _show_percent,
    GradingType.PASS_FAIL: _show_pass,
    GradingType.LETTER_GRADE: _show_name,
    GradingType.GPA_SCALE: _show_name,
}
