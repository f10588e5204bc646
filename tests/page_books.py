# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course with all that a page must tell apart, a class in it, and the pages of both, kept in `tests/golden/pages`.

`python tests/page_books.py` writes them anew, for a look at the difference.
"""

import datetime
from fractions import Fraction
from pathlib import Path

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Hurdle,
    ItemKind,
    Mark,
    Median,
    Rounding,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.languages import GERMAN
from gradecalc.pages import class_page, outline_page, report_page
from gradecalc.release_conditions import (
    AllOf,
    Comparison,
    GradeReceived,
    GradeValue,
    LearnerFacts,
    check,
)
from gradecalc.scenarios import needed

DAY = datetime.date(2026, 1, 30)
PLAN = compile_gradebook(
    Gradebook(
        [
            Category(
                "Labs & notes",
                [
                    GradeItem("Lab 1", max_points=10),
                    GradeItem("Lab 2", max_points=10),
                    GradeItem("Lab 3", max_points=20),
                    GradeItem("Lab 4", max_points=20),
                    GradeItem("Extra problem", max_points=5, bonus=True),
                ],
                weight=30,
                drop=DropRule(lowest=1),
                round_result=Rounding(0),
            ),
            Category(
                "Essays",
                [GradeItem("Essay 1", 30), GradeItem("Essay 2", 30), GradeItem("Essay 3", 30)],
                weight=20,
                aggregation=Median(),
            ),
            Category(
                "Seminar",
                [
                    Category("Talks", [GradeItem("Talk", max_points=10), GradeItem("Discussion", max_points=10)]),
                    GradeItem("Paper <draft>", max_points=10),
                ],
                weight=10,
            ),
            Category("Practice", [GradeItem("Mock exam", max_points=50)], counts=False),
            FormulaItem(
                "Better exam",
                formula="MAX{[Midterm.Percent], [Exam.Percent]} * 0.9",
                max_points=100,
                weight=10,
            ),
            GradeItem("Midterm", max_points=40, weight=10, pass_mark=50),
            GradeItem(
                "Exam",
                max_points=60,
                weight=20,
                pass_mark=50,
                must_pass=True,
                if_missed=Hurdle(final_at_most=54),
            ),
            GradeItem("Comment", kind=ItemKind.TEXT),
        ],
        aggregation=WeightedMean(),
        ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED,
        scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
        pass_mark=55,
        name="Chemistry <2>",
    )
)
MARKS = {
    "Lab 1": 9,
    "Lab 2": 4.5,
    "Lab 3": Mark(23, note="two attempts"),
    "Lab 4": EXEMPT,
    "Extra problem": Fraction(7, 3),
    "Essay 1": 12,
    "Essay 2": 20,
    "Essay 3": 27,
    "Talk": 8,
    "Mock exam": 31,
    "Midterm": Mark(31, by="Dr Noether"),
    "Exam": 29,
    "Comment": "keep going",
}
"""With drops, an exemption, a bonus, blanks, what a median passes over, a formula, and a hurdle that is missed."""

REPORT = grade(PLAN, MARKS)
NAMES = {"1": "Zoë Ångström", "2": "ben okafor", "3": "Ada <Lovelace>", "10": "Çelik, Deniz", "11": "محمد علي"}
CLASS = dict(
    grade_many(
        PLAN,
        {
            "1": MARKS,
            "2": {**MARKS, "Exam": 55, "Midterm": 38},
            "3": {**MARKS, "Exam": "many"},
            "10": {**MARKS, "Exam": 44},
            "11": {},
        },
    )
)

RELEASE = AllOf(GradeValue("Exam", Comparison.AT_LEAST, 50), GradeReceived("Essay 3"))
PAGES = {
    "report.html": lambda: report_page(REPORT, title="Chemistry 2", learner="Ada Lovelace", date=DAY),
    "report-german.html": lambda: report_page(REPORT, learner="Ada Lovelace", date="30. Januar 2026", language=GERMAN),
    "gradebook.html": lambda: outline_page(PLAN.gradebook, date=DAY),
    "decision.html": lambda: outline_page(check(RELEASE, LearnerFacts(report=REPORT)), learner="Ada Lovelace"),
    "scenario.html": lambda: outline_page(needed(PLAN, MARKS, "Exam", PLAN.gradebook.scheme), title="What is needed"),
    "class.html": lambda: class_page(CLASS, title="Chemistry 2", date=DAY, names=NAMES),
}
"""Each page in a form of its own, by the name of its file."""

GOLDEN = Path(__file__).parent / "golden" / "pages"

if __name__ == "__main__":
    for file, page in PAGES.items():
        (GOLDEN / file).write_text(page(), encoding="utf-8")
