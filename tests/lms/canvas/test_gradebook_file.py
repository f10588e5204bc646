# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The gradebook file of Canvas becomes a gradebook of points, everybody's marks, and the scores that it states."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import EXEMPT, Category, Gradebook, GradeItem, ItemKind, Mark, Severity, compile_gradebook, grade
from gradecalc.lms.canvas import read_csv
from gradecalc.lms.imported import Recorded

WHO = "Student,ID,SIS User ID,SIS Login ID,Section"
HEADER = (
    f"{WHO},Essay (11),Talk (12),Work Current Points,Work Unposted Current Score,Current Score,Final Score,Final Grade"
)
POLICY = ",,,,,Manual Posting,,,,,,"
POSSIBLE = "    Points Possible,,,,,10.00,30.00,(read only),(read only),(read only),(read only),(read only)"
ADA = '"Byron, Ada",7,s7,ada@example.org,A1 and B2,8.00,,8.00,80.00,80.00,20.00,F'


def read(*lines, **how):
    """Return what is read of these lines."""
    return read_csv("\r\n".join(lines), **how)


def errors(imported):
    """Return the codes and paths of what is no notice."""
    return [(each.code, each.path) for each in imported.problems if each.severity is Severity.ERROR]


def one(cell, possible="10", **how):
    """Return what is read of one cell of an assignment out of 10, beside a learner with a number in it."""
    return read(f"{WHO},Essay (11)", f"    Points Possible,,,,,{possible}", f"A,1,,,,{cell}", "B,2,,,,5", **how)


@pytest.mark.parametrize("above", [[POSSIBLE], [POLICY, POSSIBLE], [f"Manual Posting{POLICY}", POSSIBLE]])
def test_assignments_are_items_and_what_canvas_worked_out_stands_beside(above):
    """A row of posting policies may stand above that of the points possible; neither is a learner."""
    imported = read(HEADER, *above, ADA)
    assert ("canvas", {"7": {"Essay": 8}}, []) == (imported.system, imported.marks, errors(imported))
    assert {"7": {"current": Recorded(percent=80), "final": Recorded(percent=20, symbol="F")}} == imported.finals
    assert {"7": {"Work": Recorded(8)}} == imported.subtotals
    report = grade(imported.gradebook, imported.marks["7"])
    assert (80, 10) == (report.final.percent, report["Essay"].out_of)


def test_learners_have_names_and_sections_that_no_text_shows():
    """A name is as Canvas sorts it or as it is displayed, or in two columns."""
    imported = read(HEADER, POSSIBLE, ADA, "Eve Moon,8,,,C3")
    ada, eve = imported.learners.values()
    assert ("Ada Byron", "Ada", "Byron", ("A1", "B2")) == (ada.name, ada.first_name, ada.last_name, ada.sections)
    assert ("Eve Moon", ("C3",)) == (eve.name, eve.sections)
    assert "Byron" not in repr(imported)
    two = read("LastName,FirstName,ID,Section,Essay (11)", "Points Possible,,,,10", "Byron,Ada,7,A and B,5")
    assert "Ada Byron" == two.learners["7"].name
    many = read(f"{WHO},Essay (11)", "Points Possible,,,,,10", 'A,7,,,"A1, B2, and C3",5')
    assert ("A1", "B2", "C3") == many.learners["7"].sections


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("7.50", Fraction(15, 2)),
        ("87%", Fraction(87, 10)),
        ("complete", 10),
        ("incomplete", 0),
        ("EX", EXEMPT),
        ("N/A", Mark(exempt=True, note="not assigned")),
        ('"1,234.50"', Fraction(2469, 2)),
    ],
)
def test_a_cell_is_what_the_type_of_the_assignment_shows(cell, mark):
    """Points, a percent of the maximum, complete or not, excused, and not assigned are told apart."""
    imported = one(cell)
    assert ({"Essay": mark}, []) == (imported.marks["1"], errors(imported))


def test_work_that_is_not_assigned_is_told():
    """It is read as exempt, once for the column, with the first row that has it (J21)."""
    imported = one("N/A")
    assert ("not_assigned", "row 3, column 'Essay (11)'") in [(each.code, each.path) for each in imported.problems]


def test_a_blank_is_ungraded_and_a_text_a_problem_of_its_cell():
    """A text among numbers stays as it is, so that this learner alone has no grade (J22)."""
    assert {} == one("").marks["1"]
    assert [("wrong_value", "row 3, column 'Essay (11)'")] == errors(one("see me"))


def test_what_assignments_are_out_of_is_known_in_any_language():
    """The row is that of nobody, and has numbers; a learner's row is none."""
    imported = read("Student,ID,SIS Login ID,Section,Essay (11)", "    Puntos posibles,,,,10.00", "A,1,a,S,7")
    assert (10, {"1": {"Essay": 7}}, []) == (
        imported.gradebook.children[0].max_points,
        imported.marks,
        errors(imported),
    )
    assert {"1": {"Essay": 7}} == read("Student,ID,Section,Essay (11)", "A,1,S,7").marks


def test_letters_alone_are_kept_as_text():
    """A column of letters says nothing of what they are worth, once; a definition may."""
    lines = (f"{WHO},Essay (11)", "Points Possible,,,,,10", "A,1,,,,A-", "B,2,,,,B")
    imported = read(*lines)
    assert [("symbols_without_scheme", "row 1, column 'Essay (11)'")] == errors(imported)
    assert (ItemKind.TEXT, {"Essay": "A-"}) == (imported.gradebook.children[0].kind, imported.marks["1"])
    known = Gradebook([GradeItem("Essay", 10, kind=ItemKind.SELECTBOX, id="11")])
    assert ({"11": "A-"}, []) == (read(*lines, gradebook=known).marks["1"], errors(read(*lines, gradebook=known)))


def test_the_test_student_is_no_learner():
    """Whether sorted or displayed, it is left out with a notice."""
    imported = read(HEADER, POSSIBLE, '"Student, Test",9,,,,0,0', "Test Student,0,,,,0,0")
    assert {} == imported.marks
    assert ["test_student"] * 2 == [each.code for each in imported.problems if each.code == "test_student"]


def test_assignments_are_in_the_only_group_and_else_in_none():
    """What is in which of several groups is nowhere where no figures tell it, and a notice says how to say it."""
    assert ["Work"] == [each.id for each in read(HEADER, POSSIBLE).gradebook.children]
    two = read(f"{WHO},Essay (11),Work Final Points,Exams Final Points", "Points Possible,,,,,10,,", "A,1,,,,5,4,0")
    assert ["Essay"] == [each.id for each in two.gradebook.children]
    assert {"Work (final)": Recorded(4), "Exams (final)": Recorded(0)} == two.subtotals["1"]
    assert ["not_in_export"] == [each.code for each in two.problems]


GROUPS = ",".join(
    f"{group} {which} {what}"
    for group in ("Work", "Exams")
    for which in ("Current", "Final")
    for what in ("Points", "Score")
)


@pytest.mark.parametrize(
    ("first", "second", "members"),
    [
        ("8,6,EX,40,,14,70,14,70,40,80,40,80", "5,,7,30,,12,60,12,40,30,60,30,60", ["Quiz 1", "Quiz 2", "Quiz 3"]),
        ("8,6,2,40,,14,70,14,70,40,80,40,80", "5,4,7,30,,12,60,12,60,30,60,30,60", ["Quiz 1", "Quiz 2", "Quiz 3"]),
    ],
)
def test_assignments_are_in_the_groups_whose_figures_they_have(first, second, members):
    """Also where the lowest result is dropped (J34)."""
    imported = read(
        f"{WHO},Quiz 1 (11),Quiz 2 (12),Quiz 3 (13),Exam (14),Bonus (15),{GROUPS}",
        f"Points Possible,,,,,10,10,10,50,0{',(read only)' * 8}",
        f"A,1,,,,{first}",
        f"B,2,,,,{second}",
    )
    work, exams = imported.gradebook.children
    assert (members, ["Exam", "Bonus"]) == ([each.id for each in work.children], [each.id for each in exams.children])
    assert "groups_found" in [each.code for each in imported.problems]


def test_a_title_like_a_score_is_an_assignment():
    """What has an id in its heading is an assignment, whatever it is called."""
    imported = read(f"{WHO},Final Score (11)", "Points Possible,,,,,10", "A,1,,,,5")
    assert {"1": {"Final Score": 5}} == imported.marks


def test_two_assignments_of_one_title_have_ids_apart():
    """The second has Canvas's id in its own (J20)."""
    imported = read(f"{WHO},Essay (11),Essay (12)", "Points Possible,,,,,10,10", "A,1,,,,5,6")
    assert {"Essay": 5, "Essay (12)": 6} == imported.marks["1"]


def test_a_column_that_stands_twice_is_read_once():
    """The first holds, and twenty thousand of them are soon told."""
    imported = read(f"{WHO},Essay (11),Essay (11)", "Points Possible,,,,,10,10", "A,1,,,,5,6")
    assert ({"Essay": 5}, ["duplicate_column"]) == (imported.marks["1"], [code for code, _ in errors(imported)])
    many = read(f"{WHO}{',Essay (11)' * 20_000}", "Points Possible")
    assert 19_999 == len(errors(many))


def test_points_without_a_maximum_count_as_canvas_counts_them():
    """A blank maximum is 0: the points add, since Canvas takes them for extra credit (J23)."""
    imported = read(f"{WHO},Essay (11),Extra (12)", "Points Possible,,,,,10,", "A,1,,,,5,2")
    assert 70 == grade(imported.gradebook, imported.marks["1"]).final.percent


def test_without_points_possible_nothing_counts_until_it_is_said():
    """Who has cut the row off says the maxima, or has points and no percent."""
    lines = (f"{WHO},Essay (11)", "A,1,,,,5")
    imported = read(*lines)
    assert [("no_points_possible", "")] == errors(imported)
    report = grade(imported.gradebook, imported.marks["1"])
    assert (5, None) == (report["Essay"].points, report.final.percent)
    said = read(*lines, maxima={"Essay": 20})
    assert 25 == grade(said.gradebook, said.marks["1"]).final.percent


def test_a_known_gradebook_is_found_by_ids_and_names():
    """What the API says of the course, or a definition, holds; the file has the marks."""
    book = Gradebook([Category("Work", [GradeItem("Essay", 10, id="11")], id="group 1"), GradeItem("Talk", 30)])
    imported = read(HEADER, POSSIBLE, ADA.replace("8.00,,", "8.00,15,"), gradebook=book)
    assert (book, {"7": {"11": 8, "Talk": 15}}) == (imported.gradebook, imported.marks)
    assert {"group 1": Recorded(8)} == imported.subtotals["7"]


def test_other_columns_are_kept_with_the_learners():
    """A column of notes is no assignment, and no text shows it."""
    imported = read(f"{WHO},Notes,Essay (11)", "Points Possible,,,,,,10", "A,1,,,,likes tea,5")
    assert {"Notes": "likes tea"} == imported.learners["1"].groups
    assert "tea" not in repr(imported)


def test_a_file_of_semicolons_has_decimal_commas():
    """What a spreadsheet made of the file in another country is read alike."""
    text = "Student;ID;Section;Essay (11)\nPoints Possible;;;10,00\nA;1;;7,50\n"
    assert {"1": {"Essay": Fraction(15, 2)}} == read_csv(text.encode("utf-16")).marks


@given(st.binary(max_size=60) | st.text(max_size=60), st.booleans())
def test_no_text_makes_it_raise(text, below):
    """Whatever the bytes are, there is a gradebook that compiles."""
    head = HEADER.encode() + b"\n" if isinstance(text, bytes) else HEADER + "\n"
    compile_gradebook(read_csv(head + text if below else text).gradebook)
