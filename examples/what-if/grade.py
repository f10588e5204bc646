# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A learner asks what the final exam must be, and a teacher what another rule would do to the class."""

from gradecalc import Category, DropRule, Gradebook, GradeItem, GradeScheme, WeightedMean, compile_gradebook
from gradecalc.certificates.requirements import by_condition, decide
from gradecalc.release_conditions import Comparison, GradeReceived, GradeValue, LearnerFacts, check
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
REQUIREMENTS = (
    by_condition("passing_grade", GradeValue("final", Comparison.AT_LEAST, 50)),
    by_condition("exam_taken", GradeReceived("Final exam")),
)
JUDGES = {
    "Lab 2 opens": lambda report: check(GradeValue("Quiz 2", Comparison.AT_LEAST, 60), LearnerFacts(report=report)),
    "Certificate": lambda report: decide("certificate", REQUIREMENTS, LearnerFacts(report=report)),
}


def main() -> None:
    """Print the three conversations."""
    plan = compile_gradebook(BOOK)
    for learner, marks in CLASS.items():
        print(f"{learner}: what do I need?")
        print(needed(plan, marks, "Final exam", BOOK.scheme, step=1))
        print(bounds(plan, marks))
        print()
    print("What if the lowest quiz were dropped?")
    for learner, marks in CLASS.items():
        print(f"{learner}: {what_if(plan, marks, settings={'Quizzes': {'drop': DropRule(lowest=1)}})}")
    print()
    print("What would a second try at Quiz 2, and 60 in the exam, open?")
    for learner, marks in CLASS.items():
        print(f"{learner}:")
        for flip in what_if(plan, marks, {"Quiz 2": 8, "Final exam": 60}, judges=JUDGES).flips:
            print(f"{flip.name}: {flip.reason}", flip.before, flip.after, sep="\n")


if __name__ == "__main__":
    main()
