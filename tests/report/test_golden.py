# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Explanations as people see them, kept in `tests/golden/` word by word.

`python tests/test_golden.py` writes them anew, for a look at the difference.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from gradecalc import (
    EXEMPT,
    Band,
    Category,
    DropRule,
    Empty,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Mean,
    Median,
    Rounding,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    grade,
)
from recomputed import recomputed
from small_books import REPORT

GOLDEN = Path(__file__).parents[1] / "golden"

TALK = GradeScheme((Band("Poor", start=0, value=20), Band("Good", start=60)))

BOOK = Gradebook(
    [
        Category(
            "Labs & notes",
            [
                GradeItem("Lab 1", max_points=10),
                GradeItem("Lab 2", max_points=10),
                GradeItem("Lab 3", max_points=20),
                GradeItem("Lab 4", max_points=20),
                GradeItem("Extra", max_points=5, bonus=True),
                GradeItem("Late extra", max_points=0),
            ],
            weight=30,
            drop=DropRule(lowest=1),
            aggregation=SumOfPoints(),
            round_result=Rounding(0),
        ),
        Category(
            "Essays",
            [GradeItem("Essay 1", max_points=30, min_points=0), GradeItem("Essay 2", max_points=30)],
            weight=20,
            aggregation=Median(),
        ),
        Category("Seminar", [GradeItem("Paper", max_points=10)], weight=10, empty=Empty.AS_UNGRADED),
        Category("Project", [GradeItem("Report", max_points=10), GradeItem("Demo", max_points=10)], weight=10),
        Category("Practice", [GradeItem("Mock", max_points=50)], counts=False, aggregation=Mean()),
        GradeItem("Talk", max_points=10, weight=5, kind=ItemKind.SELECTBOX, scheme=TALK),
        GradeItem("Safety", max_points=1, weight=5, kind=ItemKind.PASS_FAIL, pass_mark=100, must_pass=True),
        GradeItem("Exam", max_points=80, weight=20, pass_mark=50),
        GradeItem("Comment", kind=ItemKind.TEXT),
    ],
    aggregation=WeightedMean(),
    ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED,
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
    pass_mark=55,
    name="Chemistry <2>",
)
MARKS = {
    "Lab 1": 9,
    "Lab 2": 4.5,
    "Lab 3": Mark(23, note="two attempts"),
    "Extra": Fraction(7, 3),
    "Late extra": 1,
    "Essay 1": -3,
    "Essay 2": 20,
    "Project": Mark(88, by="Dr Noether"),
    "Report": 6,
    "Demo": EXEMPT,
    "Mock": 31,
    "Talk": "Good",
    "Safety": True,
    "Exam": Mark(41, exempt=True, note="ill"),
    "Comment": "keep going",
}
OUTLINE = grade(BOOK, MARKS).outline()
RENDERED = {
    "report.txt": OUTLINE.text(),
    "report.md": OUTLINE.markdown(),
    "report.html": OUTLINE.html(),
    "syllabus.txt": str(BOOK),
    "syllabus.html": BOOK.outline().html(),
}


@pytest.mark.parametrize("name", RENDERED)
def test_an_explanation_is_as_it_was_agreed(name):
    """An explanation reads word by word as the one that was looked at and kept."""
    assert (GOLDEN / name).read_text(encoding="utf-8") == RENDERED[name] + "\n"


@pytest.mark.parametrize(
    "report", [REPORT, *(grade(BOOK, MARKS, ungraded=policy) for policy in (None, *UngradedPolicy))]
)
def test_a_final_is_recomputed_from_the_report_alone(report):
    """From the plain data of a report alone its final follows, by its shares and what its notes say (Z7)."""
    data = json.loads(json.dumps(report.to_dict()))
    assert report.final.percent == recomputed(data)


if __name__ == "__main__":
    for name, text in RENDERED.items():
        (GOLDEN / name).write_text(text + "\n", encoding="utf-8")
