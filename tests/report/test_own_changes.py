# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What of one line of a report somebody changed (Z12)."""

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Mean,
    compare,
    grade,
)

LABS = Category("Labs", [GradeItem("L1", 10), GradeItem("L2", 10)])
EXAM = GradeItem("Exam", 80, pass_mark=50)
DONE = GradeItem("Done", 1, kind=ItemKind.PASS_FAIL)
BOOK = Gradebook([LABS, EXAM, DONE])
MARKS = {"L1": 8, "L2": 6, "Exam": 60, "Done": True}
BEFORE = grade(BOOK, MARKS)


def causes(after, id_, before=BEFORE):
    """Return the code and the text of each cause of a line."""
    return [(each.code, str(each)) for each in compare(before, after)[id_].causes]


@pytest.mark.parametrize(
    ("id_", "mark", "cause"),
    [
        ("L1", 9, "its mark is 9, was 8"),
        ("L1", None, "its mark is nothing, was 8"),
        ("L1", EXEMPT, "its mark is exempt, was 8"),
        ("L1", Mark(8, exempt=True), "its mark is exempt, was 8"),
        ("L1", Mark(8, out_of=9), "its mark is 8 of 9, was 8"),
        ("L1", Mark(8, note="late"), "what is noted of its mark is another"),
        ("Done", False, "its mark is False, was True"),
        ("Done", 1, "its mark is 1, was True"),
        ("Labs", EXEMPT, "its mark is exempt, was nothing"),
        ("Labs", 15, "set by hand to 15"),
    ],
)
def test_what_was_recorded_is_told(id_, mark, cause):
    """A mark, an exemption, a maximum of one's own, a note and an override are the causes on their lines (Z12)."""
    assert [cause] == [text for _, text in causes(grade(BOOK, {**MARKS, id_: mark}), id_)]


def test_an_override_that_is_another_is_told():
    """An override is set, is another, is another's, or is lifted, whatever it replaced (Z12)."""
    first = grade(BOOK, {**MARKS, "Labs": Mark(15, by="Ada")})
    assert [("override", "set by hand to 16, was 15")] == causes(grade(BOOK, {**MARKS, "Labs": 16}), "Labs", first)
    assert "override" == causes(grade(BOOK, {**MARKS, "Labs": Mark(15, by="Eve")}), "Labs", first)[0][0]
    assert [("override_lifted", "no longer set by hand")] == causes(BEFORE, "Labs", first)
    unchanged = compare(first, grade(BOOK, {**MARKS, "L1": 9, "Labs": Mark(15, by="Ada")}))
    assert "override" not in {each.code for each in unchanged["Labs"].causes}


def test_what_is_exempt_with_its_branch_has_no_mark_of_its_own():
    """The exemption of a category is its mark, and none of what is in it (X6, Z12)."""
    after = grade(BOOK, {**MARKS, "Labs": EXEMPT})
    assert ["above"] == [code for code, _ in causes(after, "L1")]
    each = grade(BOOK, {**MARKS, "L1": EXEMPT, "L2": EXEMPT})
    assert ["parts"] == [code for code, _ in causes(each, "Labs")]


@pytest.mark.parametrize(
    ("id_", "children", "cause"),
    [
        ("Exam", [LABS, evolve(EXAM, max_points=100), DONE], "usually out of 100, was 80"),
        ("Exam", [LABS, evolve(EXAM, pass_mark=60), DONE], "passed from 60 %, was from 50 %"),
        ("Exam", [LABS, evolve(EXAM, pass_mark=None), DONE], "passed from no percent, was from 50 %"),
        ("Exam", [LABS, evolve(EXAM, must_pass=True), DONE], "has to be passed"),
        ("Exam", [LABS, evolve(EXAM, scheme=GradeScheme.from_cutoffs({"A": 0})), DONE], "has another scheme"),
        ("Exam", [LABS, Category("Exams", [EXAM]), DONE], "stands in Exams, was in final"),
        ("Labs", [evolve(LABS, aggregation=Mean()), EXAM, DONE], "mean, was sum of points"),
    ],
)
def test_what_was_defined_is_told(id_, children, cause):
    """What a report knows of how a line is defined is told where it is another (Z12)."""
    assert cause in [text for _, text in causes(grade(Gradebook(children), MARKS), id_)]


def test_what_need_not_be_passed_any_more_is_told():
    """Both ways of having to be passed are told (Z12)."""
    strict = grade(Gradebook([LABS, evolve(EXAM, must_pass=True), DONE]), MARKS)
    assert [("need_not_pass", "has not to be passed")] == causes(BEFORE, "Exam", strict)


def test_an_item_that_becomes_a_formula_is_told():
    """A mark in the place of a formula is another line of the same id (Z12)."""
    formula = FormulaItem("Done", formula="1", max_points=1)
    after = grade(Gradebook([LABS, EXAM, formula]), {key: mark for key, mark in MARKS.items() if key != "Done"})
    assert ("how", "formula, was marked") in causes(after, "Done")
