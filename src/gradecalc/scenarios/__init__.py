# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What if, what do I need, and what is still possible: questions about marks that are not there yet.

>>> from gradecalc import Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Essay", max_points=40), GradeItem("Exam", max_points=60)])
>>> what_if(book, {"Essay": 32}, {"Exam": 45}).after.final.shown
'77.00'
>>> needed(book, {"Essay": 32}, "Exam", target=70).mark
Fraction(38, 1)

Every answer is made of reports: nothing here calculates a grade in a way of its own.
"""

from ..report.costs import Cost, CostKind
from ..report.differences import Aspect, Difference
from .effects import Effect, Policy
from .full_marks import FullMarks
from .influences import Influence, ItemInfluence, influence
from .judges import Judge
from .needs import Needed, NeededBySymbol, Reach, needed
from .ranges import StillPossible, bounds
from .shortfalls import Obstacle, Shortfall, why
from .standings import ClassRisk, ClassWhatIf, LearnerRisk, Prospect, risk, what_if_class
from .suppositions import WhatIf, what_if
from .sweeps import CurvePiece, CurvePoint, MarkCurve, sweep
from .targets import passes

__all__ = [
    "Aspect",
    "ClassRisk",
    "ClassWhatIf",
    "Cost",
    "CostKind",
    "CurvePiece",
    "CurvePoint",
    "Difference",
    "Effect",
    "FullMarks",
    "Influence",
    "ItemInfluence",
    "Judge",
    "LearnerRisk",
    "MarkCurve",
    "Needed",
    "NeededBySymbol",
    "Obstacle",
    "Policy",
    "Prospect",
    "Reach",
    "Shortfall",
    "StillPossible",
    "WhatIf",
    "bounds",
    "influence",
    "needed",
    "passes",
    "risk",
    "sweep",
    "what_if",
    "what_if_class",
    "why",
]
