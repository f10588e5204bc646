# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks adjusted by the figures of a class: a curve, in two passes that are both to be seen.

>>> from gradecalc import GradeItem, Gradebook
>>> book = Gradebook([GradeItem("Midterm", max_points=50)])
>>> adjusted = adjust(book, {"ada": {"Midterm": 40}, "bob": {"Midterm": 20}}, "Midterm", ScaleToMean(75))
>>> adjusted.figures.mean, adjusted.marks["ada"]["Midterm"].points, adjusted.marks["bob"]["Midterm"].points
(Fraction(60, 1), 50, 25)

First the class is graded and its figures are taken, of the percents that are used and recorded; then each learner's
mark becomes what the curve makes of it. A mark that changed states what it was and how it was adjusted.
"""

from .adjustment import AdjustedClass, Bending, Keep, adjust
from .class_figures import ClassFigures
from .shapes import (
    AddGapToBest,
    Blanks,
    Curve,
    FlatPoints,
    LinearCurve,
    ScaleToMean,
    ShiftToMean,
    SpreadToMean,
    SquareRootCurve,
    ZScoreClobber,
)

__all__ = [
    "AddGapToBest",
    "AdjustedClass",
    "Bending",
    "Blanks",
    "ClassFigures",
    "Curve",
    "FlatPoints",
    "Keep",
    "LinearCurve",
    "ScaleToMean",
    "ShiftToMean",
    "SpreadToMean",
    "SquareRootCurve",
    "ZScoreClobber",
    "adjust",
]
