# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A summer course with slip days for projects and half credit for late labs: what lateness cost, and what is left."""

from datetime import timedelta

from gradecalc import (
    EXEMPT,
    Category,
    Cover,
    DeductionOf,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    Interval,
    ItemLatePolicy,
    LateBand,
    LateBank,
    LateFacts,
    LatePolicy,
    LateRules,
    MarksError,
    SpendOrder,
    WeightedMean,
    apply_late_rules_to_class,
    grade,
)

LABS = [f"Lab {nth}" for nth in range(1, 5)]
PROJECTS = ["2048", "Gitlet", "Build Your Own World"]

BOOK = Gradebook(
    [
        Category("Labs", [GradeItem(name, max_points=4) for name in LABS], weight=20, drop=DropRule(lowest=1)),
        Category("Projects", [GradeItem(name, max_points=100) for name in PROJECTS], weight=40),
        GradeItem("Midterm", max_points=60, weight=15),
        GradeItem("Final", max_points=90, weight=25),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 90, "B": 80, "C": 70, "D": 60, "F": 0}),
    name="CS 61BL",
)

HALF_FOR_A_WEEK = LatePolicy(
    bands=[LateBand(until=7, deduction=50)], of=DeductionOf.EARNED, interval=Interval.DAY, accepted=7, grace=15 * 60
)
RULES = LateRules(
    LatePolicy(deduction=20, of=DeductionOf.EARNED, interval=Interval.DAY, accepted=5, grace=15 * 60, missing=100),
    bank=LateBank(size=4, most_each=2, order=SpendOrder.DUE, cover=Cover.PART, items=PROJECTS),
    own=[ItemLatePolicy(name, HALF_FOR_A_WEEK) for name in LABS],
    due=[*LABS[:2], PROJECTS[0], LABS[2], PROJECTS[1], LABS[3], PROJECTS[2]],
)

EXAMS = {"Midterm": 48, "Final": 72}
MARKS = {
    "in time": {**dict.fromkeys(LABS, 4), **dict.fromkeys(PROJECTS, 90), **EXAMS},
    "slipping": {**dict.fromkeys(LABS, 4), **dict.fromkeys(PROJECTS, 90), **EXAMS},
    "too late": {**dict.fromkeys(LABS, 4), "2048": 90, "Gitlet": 90, **EXAMS},
    "excused": {**dict.fromkeys(LABS, 4), "2048": EXEMPT, "Gitlet": 90, "Build Your Own World": 90, **EXAMS},
}
FACTS = {
    "slipping": LateFacts(
        {
            "Lab 2": timedelta(days=2),
            "2048": timedelta(hours=30),
            "Gitlet": timedelta(days=3, hours=1),
            "Build Your Own World": timedelta(minutes=10),
        }
    ),
    "too late": LateFacts({"Lab 3": timedelta(days=8), "Gitlet": timedelta(days=6)}, missing=("Build Your Own World",)),
    "excused": LateFacts({"2048": timedelta(days=2), "Gitlet": timedelta(days=1)}),
}


def main() -> None:
    """Print what lateness did to each learner, and the course grade with every deduction on its line."""
    for learner, record in apply_late_rules_to_class(BOOK, RULES, MARKS, FACTS):
        if isinstance(record, MarksError):
            raise record
        report = grade(BOOK, record.marks)
        print(f"{learner}: {report.final.shown} {report.final.symbol}, {record.left} slip days left")
        for id_ in report:
            late = [reason for reason in report[id_].reasons if reason.code.startswith(("late", "missing"))]
            if late:
                print(f"  {id_}: {report[id_].shown}; {'; '.join(late)}")


if __name__ == "__main__":
    main()
