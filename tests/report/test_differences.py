# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is another between two reports is found without looking at the lines that are as they were."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mark,
    Mean,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.report.differences import Aspect, differences, differences_of_line

PLAN = compile_gradebook(
    Gradebook(
        [
            Category(
                "Quizzes",
                [GradeItem(f"Quiz {nth}", 10, pass_mark=50) for nth in range(4)],
                weight=30,
                aggregation=Mean(),
                drop=DropRule(lowest=1),
            ),
            Category("Labs", [GradeItem("Lab 1", 10), GradeItem("Lab 2", 30, bonus=True)], weight=20),
            GradeItem("Exam", 60, weight=50, must_pass=True, pass_mark=50),
        ],
        aggregation=WeightedMean(),
        scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}),
        pass_mark=50,
    )
)
MARKS = {"Quiz 0": 7, "Quiz 1": 8.5, "Quiz 2": 4, "Quiz 3": 9, "Lab 1": 8, "Lab 2": 10, "Exam": 45}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Quiz 0": 7.0},
        {"Quiz 0": 3},
        {"Quiz 2": 10},
        {"Quiz 1": EXEMPT},
        {"Quizzes": EXEMPT},
        {"Labs": 90},
        {"Labs": Mark(90, note="by hand")},
        {"Labs": Mark(50, symbol="A")},
        {"final": 40},
        {"Exam": 20},
        {"Exam": None},
        {"Exam": Mark(30, out_of=40)},
        {"Lab 2": Fraction(1, 3)},
        {"Quiz 0": None, "Quiz 1": None, "Quiz 2": None, "Quiz 3": None},
    ],
)
def test_the_differences_are_those_of_all_lines(changes):
    """Whatever changes, a mark, an exemption, an override or a symbol, no line that differs is passed over (WI2)."""
    before, after = grade(PLAN, MARKS), grade(PLAN, MARKS | changes)
    every = [each for id_ in after for each in differences_of_line(before[id_], after[id_])]
    assert every == list(differences(before, after))


def test_a_share_that_changes_above_changes_below():
    """An exempt category hands its weight on, and so every line of the others weighs more, its figures as they were."""
    before, after = grade(PLAN, MARKS), grade(PLAN, MARKS | {"Quizzes": EXEMPT})
    weighs = [each.id for each in differences(before, after) if each.aspect is Aspect.WEIGHT]
    assert {"Lab 1", "Lab 2", "Labs", "Exam"} <= {*weighs}
