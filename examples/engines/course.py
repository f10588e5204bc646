# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The course of these examples: five categories of eight items, of each of which the lowest is dropped."""

from gradecalc import (
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mean,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
)
from gradecalc.extras.columns import TableGrader

WEIGHTS = {"Quizzes": 10, "Homework": 15, "Labs": 20, "Projects": 25, "Exams": 30}
ITEMS = [f"{name} {nth}" for name in WEIGHTS for nth in range(1, 9)]

BOOK = Gradebook(
    [
        Category(
            name,
            [GradeItem(f"{name} {nth}", 10) for nth in range(1, 9)],
            weight=weight,
            aggregation=Mean(),
            drop=DropRule(lowest=1),
            ungraded=UngradedPolicy.AS_ZERO,
        )
        for name, weight in WEIGHTS.items()
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "D": 40, "F": 0}),
)
GRADER = TableGrader(compile_gradebook(BOOK))
