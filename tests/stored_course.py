# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A small course of which reports in every stored format are kept, and what they are compared with."""

import json
from fractions import Fraction
from pathlib import Path

from gradecalc import (
    EXEMPT,
    CalculatedItem,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Rounding,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
)

STORED = Path(__file__).parent / "golden" / "stored"
COURSE = Gradebook(
    [
        Category(
            "Quizzes",
            [GradeItem(f"Quiz {nth}", max_points=10) for nth in range(1, 5)],
            weight=30,
            drop=DropRule(lowest=1),
            scheme=GradeScheme.from_cutoffs({"good": 80, "poor": 0}),
        ),
        Category(
            "Labs",
            [GradeItem("Lab 1", max_points=7), GradeItem("Lab 2", max_points=20, bonus=True)],
            weight=20,
            aggregation=SumOfPoints(),
            round_result=Rounding(1),
        ),
        Category("Project", [GradeItem("Draft", max_points=5), GradeItem("Talk", max_points=5)], weight=20),
        GradeItem("Exam", max_points=90, weight=30, pass_mark=50, must_pass=True),
        FormulaItem("Hurdle", formula="IF{[Exam.Percent] < 50, 0, 100}", max_points=100),
        CalculatedItem("Midterm", items=["Quizzes", "Labs"]),
        GradeItem("Comment", kind=ItemKind.TEXT),
        GradeItem("Attended", max_points=1, kind=ItemKind.PASS_FAIL, counts=False),
    ],
    aggregation=WeightedMean(),
    ungraded=UngradedPolicy.AS_ZERO,
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}),
    shown=Rounding(1),
)
MARKS = {
    "Quiz 1": 9,
    "Quiz 2": Mark(Fraction(25, 3), by="Ada", note="late"),
    "Quiz 3": EXEMPT,
    "Lab 1": 5.5,
    "Lab 2": 1,
    "Draft": 3,
    "Project": Mark(90, by="Bea", note="resit"),
    "Exam": 95,
    "Comment": "well done",
    "Attended": True,
}
PLAN = compile_gradebook(COURSE)
REPORT = grade(PLAN, MARKS)
"""With a drop, an exemption, a bonus, a rounding, an override, a cap, a formula, a text and a truth value."""


def stored(name):
    """Return the plain data of a file that some version wrote."""
    return json.loads((STORED / f"{name}.json").read_text(encoding="utf-8"))
