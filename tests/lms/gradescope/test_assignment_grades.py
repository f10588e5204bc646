# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Gradescope's grades of all assignments become a gradebook of points and everybody's marks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Gradebook,
    GradeItem,
    Interval,
    LateFacts,
    LatePolicy,
    LateRules,
    Mark,
    Severity,
    apply_late_rules,
    compile_gradebook,
    grade,
)
from gradecalc.lms.gradescope import read_csv

HEADER = (
    "First Name,Last Name,SID,Email,Sections,"
    "Lab 1,Lab 1 - Max Points,Lab 1 - Submission Time,Lab 1 - Lateness (H:M:S),"
    "Lab 2,Lab 2 - Max Points,Lab 2 - Submission Time,Lab 2 - Lateness (H:M:S),Total Lateness (H:M:S)"
)
ADA = "Ada,Byron,17,ada@example.org,A1,8.5,10.0,2026-01-05 10:00:00 -0700,00:00:00,,20.0,,,225:07:02"
EVE = "Eve,Moon,18,eve@example.org,,9.0,10.0,2026-01-05 10:00:00 -0700,225:07:02,21.0,20.0,x,00:00:00,225:07:02"


def read(*lines, **how):
    """Return what is read of these lines."""
    return read_csv("\ufeff" + "\r\n".join(lines), **how)


def errors(imported):
    """Return the codes and paths of what is no notice."""
    return [(each.code, each.path) for each in imported.problems if each.severity is Severity.ERROR]


def test_each_assignment_is_an_item_and_each_row_a_learner():
    """The four columns of an assignment are one item, and a blank score is ungraded."""
    imported = read(HEADER, ADA, "", EVE)
    assert "gradescope" == imported.system
    assert {"17": {"Lab 1": Fraction(17, 2)}, "18": {"Lab 1": 9, "Lab 2": 21}} == imported.marks
    assert [("Lab 1", 10), ("Lab 2", 20)] == [(each.name, each.max_points) for each in imported.gradebook.children]
    assert ([], {"17": {}, "18": {}}) == (errors(imported), imported.finals)
    assert Fraction(30, 30) * 100 == grade(imported.gradebook, imported.marks["18"]).final.percent


def test_learners_have_names_and_sections_that_no_text_shows():
    """Who somebody is stands in the learner and in no repr."""
    imported = read(HEADER, ADA)
    ada = imported.learners["17"]
    assert ("Ada Byron", "ada@example.org", ("A1",)) == (ada.name, ada.email, ada.sections)
    assert "Byron" not in repr(imported)
    assert "Byron" not in repr(ada)


def test_one_name_and_no_student_id_will_do():
    """A file with whole names has them, and who has no student id is known by email."""
    imported = read("Name,SID,Email,Lab,Lab - Max Points", "Ada Byron,,ada@example.org,1,2")
    assert "Ada Byron" == imported.learners["ada@example.org"].name


def test_a_maximum_of_ones_own_goes_with_the_mark():
    """The item is out of what most are graded out of, and a learner who has another maximum keeps it."""
    imported = read("SID,Lab,Lab - Max Points", "1,5,10", "2,5,10", "3,5,8", "4,,8")
    assert 10 == imported.gradebook.children[0].max_points
    assert {"1": {"Lab": 5}, "2": {"Lab": 5}, "3": {"Lab": Mark(5, 8)}, "4": {}} == imported.marks


def test_an_assignment_of_no_maximum_has_points_and_does_not_count():
    """What nothing states a maximum of is kept and moves no grade, and the way out is named (J23)."""
    imported = read("SID,Lab,Lab - Max Points,Essay,Essay - Max Points", "1,5,,6,8")
    report = grade(imported.gradebook, imported.marks["1"])
    assert (5, None, 75) == (report["Lab"].points, report["Lab"].percent, report.final.percent)
    assert [("no_maximum", "row 1, column 'Lab'")] == [(e.code, e.path) for e in imported.problems][:1]


def test_a_known_gradebook_says_what_the_columns_are():
    """Columns are found by the ids or names of its items; others are not read."""
    book = Gradebook([GradeItem("Lab 1", 10, id="one")])
    imported = read(HEADER, ADA, gradebook=book)
    assert ({"17": {"one": Fraction(17, 2)}}, book) == (imported.marks, imported.gradebook)
    assert [("unknown_column", "row 1, column 'Lab 2'")] == errors(imported)


@pytest.mark.parametrize(
    ("rows", "found", "marks"),
    [
        (["1,x,10"], [], {"1": {"Lab": "x"}}),
        (["1,x,10", "2,5,10"], [("wrong_value", "row 2, column 'Lab'")], {"1": {"Lab": "x"}, "2": {"Lab": 5}}),
        (["1,5,10", "1,6,10"], [("duplicate_learner", "row 3")], {"1": {"Lab": 5}}),
        ([",5,10"], [("no_learner_id", "row 2")], {}),
        (["1,5,10,9"], [("cell_without_heading", "row 2")], {"1": {"Lab": 5}}),
        (["1,ex,10"], [], {"1": {"Lab": EXEMPT}}),
    ],
)
def test_what_is_odd_is_told_by_row_and_column(rows, found, marks):
    """A row and a column are counted as a spreadsheet shows them; what can be read is read."""
    imported = read("SID,Lab,Lab - Max Points", *rows)
    assert marks == imported.marks
    assert found == [each for each in errors(imported) if each[0] != "symbols_without_scheme"]


def test_a_text_without_such_headings_gives_nothing_and_says_so():
    """There is no learner then, and an error that names the headings."""
    imported = read("a,b", "1,2")
    assert ({}, [("no_header", "row 1")]) == (imported.marks, errors(imported))


def test_a_name_out_of_its_place_is_not_repeated():
    """A row with too many cells may have a name in a column of marks, which no problem shows (J28)."""
    imported = read("Name,SID,Lab,Lab - Max Points", "Byron,Ada,17,Hopper,10", "Moon,18,Moon,10", "Li,19,7,10")
    assert [] == [each for each in imported.problems for name in ("Hopper", "Moon") if name in str(each)]


def test_how_late_work_was_stands_beside_the_marks():
    """Hours, minutes and seconds are seconds, of those who were late, and go to a late policy as they are (J31)."""
    imported = read(HEADER, ADA, EVE)
    assert {"18": {"Lab 1": 225 * 3600 + 7 * 60 + 2}} == imported.late
    assert (9, []) == (imported.marks["18"]["Lab 1"], errors(imported))
    rules = LateRules(LatePolicy(deduction=10, interval=Interval.DAY))
    record = apply_late_rules(imported.gradebook, rules, imported.marks["18"], LateFacts(imported.late["18"]))
    assert 0 == record["Lab 1"].adjusted.points


def test_what_else_is_said_of_an_assignment_is_a_notice():
    """A status is none of the learner's, and is not kept with them."""
    imported = read("SID,Lab,Lab - Max Points,Lab - Status", "1,5,10,Graded")
    assert ({}, {"1": {"Lab": 5}}) == (imported.learners["1"].groups, imported.marks)
    assert "assignment_detail" in [each.code for each in imported.problems]


def test_lateness_that_is_no_time_is_told():
    """A cell of lateness that says no time is a notice of its column, once, and the marks stay."""
    imported = read("SID,Lab,Lab - Max Points,Lab - Lateness (H:M:S)", "1,5,10,late", "2,6,10,0:01:00")
    assert ["row 1, column 'Lab - Lateness (H:M:S)'"] == [
        each.path for each in imported.problems if each.code == "no_lateness"
    ]
    assert [] == errors(imported)
    assert ({"2": {"Lab": 60}}, 5) == (imported.late, imported.marks["1"]["Lab"])


@given(st.binary(max_size=60) | st.text(max_size=60), st.booleans())
def test_no_text_makes_it_raise(text, below):
    """Whatever the bytes are, there is a gradebook that compiles."""
    head = HEADER.encode() + b"\n" if isinstance(text, bytes) else HEADER + "\n"
    compile_gradebook(read_csv(head + text if below else text).gradebook)


def test_a_class_with_hundreds_of_different_scores_is_read_as_any_other():
    """However many values there are, a learner's own maximum is found, and every score stays whose it is."""
    rows = [f"Ada{nth},{nth},a{nth}@example.org,{nth / 4},{200 if nth == 7 else 100}" for nth in range(400)]
    imported = read_csv("\n".join(["Name,SID,Email,Lab 1,Lab 1 - Max Points", *rows]))
    assert 100 == imported.gradebook.children[0].max_points
    assert Mark(Fraction(7, 4), 200) == imported.marks["7"]["Lab 1"]
    others = {str(nth): Fraction(nth, 4) for nth in range(400) if nth != 7}
    assert others == {learner: marks["Lab 1"] for learner, marks in imported.marks.items() if learner != "7"}
