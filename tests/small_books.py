# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Small courses that many tests grade, and what they ask of the results."""

from fractions import Fraction

from gradecalc import (
    EXEMPT,
    Category,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mark,
    Rounding,
    SumOfPoints,
    WeightedMean,
    compile_gradebook,
    grade,
)

WEIGHTED = Gradebook(
    [
        Category("Labs", [GradeItem("L1", max_points=10), GradeItem("L2", max_points=10)], weight=40),
        GradeItem("Exam", max_points=100, weight=60),
    ],
    aggregation=WeightedMean(),
)
"""Two labs of 10 points weigh 40, and an exam weighs 60."""

BOOK = Gradebook(
    [
        Category(
            "Labs",
            [GradeItem("L1", max_points=10), GradeItem("L2", max_points=10, bonus=True), GradeItem("L3", max_points=7)],
            weight=40,
            aggregation=SumOfPoints(),
            round_result=Rounding(1),
        ),
        GradeItem("Exam", max_points=90, weight=60, pass_mark=50, must_pass=True),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}),
)
PLAN = compile_gradebook(BOOK)
REPORT = grade(PLAN, {"L1": Mark(Fraction(25, 3), by="Ada", note="late"), "L2": 1, "L3": EXEMPT, "Exam": 100})
"""With a note, a bonus, an exemption, and more than full marks."""


def codes(result):
    """Return the codes of a result's reasons, in order."""
    return [reason.code for reason in result.reasons]
