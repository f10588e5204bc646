# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A learner asks what the final exam must be, and a teacher what another rule would do to the class."""

from gradecalc import Category, DropRule, Gradebook, GradeItem, GradeScheme, WeightedMean, compile_gradebook
from gradecalc.scenarios import bounds, needed, what_if

BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem(f"Quiz {nth}", max_points=10) for nth in (1, 2, 3)], weight=30),
        GradeItem("Midterm", max_points=50, weight=30),
        GradeItem("Final exam", max_points=100, weight=40),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 50, "F": 0}),
    pass_mark=50,
)
CLASS = {
    "Ada": {"Quiz 1": 9, "Quiz 2": 4, "Quiz 3": 10, "Midterm": 42},
    "Bob": {"Quiz 1": 5, "Quiz 2": 6, "Quiz 3": 3, "Midterm": 21},
}


def main() -> None:
    """Print both conversations."""
    plan = compile_gradebook(BOOK)
    for learner, marks in CLASS.items():
        print(f"{learner}: what do I need?")
        print(needed(plan, marks, "Final exam", BOOK.scheme, step=1))
        print(bounds(plan, marks))
        print()
    print("What if the lowest quiz were dropped?")
    for learner, marks in CLASS.items():
        print(f"{learner}: {what_if(plan, marks, settings={'Quizzes': {'drop': DropRule(lowest=1)}})}")


if __name__ == "__main__":
    main()
