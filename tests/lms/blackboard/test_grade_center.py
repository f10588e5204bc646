# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A file of Blackboard's grade center becomes a gradebook of points and everybody's marks, its totals beside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import EXEMPT, Gradebook, GradeItem, ItemKind, Severity, compile_gradebook, grade
from gradecalc.lms import reconcile
from gradecalc.lms.blackboard import read_csv
from gradecalc.lms.imported import Recorded

WHO = "Last Name,First Name,Username,Student ID,Last Access,Availability"
QUIZ = "Quiz 1 [Total Pts: 10 Score] |51772"
TOTAL = "Weighted Total [Total Pts: up to 11.15 Percentage] |43356"
ADA = "Byron,Ada,ada,17,2026-01-05 10:00:00,Yes"


def read(*headings, rows=(), **how):
    """Return what is read under these headings."""
    return read_csv("\n".join([",".join([WHO, *headings]), *(",".join(row) for row in rows)]), **how)


def one(heading, cell, **how):
    """Return what is read of one cell."""
    return read(heading, rows=[(ADA, cell)], **how)


def errors(imported):
    """Return the codes and paths of what is no notice."""
    return [(each.code, each.path) for each in imported.problems if each.severity is Severity.ERROR]


def test_columns_are_items_and_what_is_worked_out_stands_beside():
    """What is out of points is an item, and a total of up to some points is a final."""
    imported = read(QUIZ, TOTAL, "Homework [Total Pts: up to 20 Score] |9", rows=[(ADA, "7.50", "96.8", "15")])
    assert ("blackboard", {"ada": {"Quiz 1": Fraction(15, 2)}}, []) == (
        imported.system,
        imported.marks,
        errors(imported),
    )
    assert {"ada": {"weighted total": Recorded(percent=Fraction(484, 5))}} == imported.finals
    assert {"ada": {"Homework": Recorded(15)}} == imported.subtotals
    assert 75 == grade(imported.gradebook, imported.marks["ada"]).final.percent


def test_a_total_is_one_also_where_it_says_no_up_to():
    """What is called Total is no item, unless the gradebook has one of that name."""
    total = "Total [Total Pts: 10 Score] |1"
    imported = read(QUIZ, total, rows=[(ADA, "7.50", "7.50")])
    assert ({"ada": {"Quiz 1": Fraction(15, 2)}}, ("ada",)) == (imported.marks, reconcile(imported).agree)
    known = read(total, rows=[(ADA, "7.50")], gradebook=Gradebook([GradeItem("Total", 10)]))
    assert {"ada": {"Total": Fraction(15, 2)}} == known.marks


def test_learners_have_names_that_no_text_shows():
    """The username is the id, and what else stands of a learner is kept."""
    imported = one(QUIZ, "7")
    ada = imported.learners["ada"]
    assert ("Ada Byron", "17", "Yes") == (ada.name, ada.institution_id, ada.groups["Availability"])
    assert "Byron" not in repr(imported)


def test_a_file_of_tabs_in_utf_16_is_read():
    """That is how Blackboard writes for spreadsheets."""
    text = "Username\tStudent ID\tQuiz 1 [Total Pts: 10 Score] |51772\r\nada\t17\t7\r\n"
    assert {"ada": {"Quiz 1": 7}} == read_csv(text.encode("utf-16")).marks


def test_a_file_in_another_language_is_read_by_the_place_of_its_columns():
    """The first four say who somebody is, totals are known by their names, and work in progress by its words (J21)."""
    imported = read_csv(
        "Nachname;Vorname;Benutzername;Studenten-ID;Letzter Zugriff;Gesamt [Gesamtpunkte: bis zu 30 Punktzahl] |5"
        ";Quiz [Gesamtpunkte: 10 Punktzahl] |6;Aufsatz [Gesamtpunkte: 20 Punktzahl] |7\n"
        "Byron;Ada;ada;17;;28,50;9,50;19,00\nMoon;Eve;eve;18;;8,00;8,00;In Bearbeitung\n"
    )
    assert {"ada": {"Quiz": Fraction(19, 2), "Aufsatz": 19}, "eve": {"Quiz": 8}} == imported.marks
    assert ({"gesamt": Recorded(Fraction(57, 2))}, "17") == (
        imported.finals["ada"],
        imported.learners["ada"].institution_id,
    )
    assert ("ada", "eve") == reconcile(imported).agree


def test_a_total_whose_heading_says_no_more_is_a_final():
    """`Overall Grade` alone is a percent."""
    assert {"ada": {"overall grade": Recorded(percent=70)}} == read(
        "Overall Grade", QUIZ, rows=[(ADA, "70 %", "7")]
    ).finals


@pytest.mark.parametrize("dash", ["-", "--", "—"])
def test_a_dash_is_no_grade(dash):
    """It is read as blank, with a notice of its column (J21)."""
    imported = one(QUIZ, dash)
    assert ({"ada": {}}, []) == (imported.marks, errors(imported))
    assert ["dash"] == [each.code for each in imported.problems if each.path.startswith("row 2")]


@pytest.mark.parametrize("shown", ["Score", "Percentage"])
def test_work_of_which_a_part_is_graded_is_ungraded(shown):
    """Points behind the word that more is to be graded are no mark, for the work is not graded yet (J21)."""
    imported = one(f"Quiz 1 [Total Pts: 10 {shown}] |51772", "Needs Grading(7.00)")
    assert ({"ada": {}}, []) == (imported.marks, errors(imported))


@pytest.mark.parametrize(
    ("heading", "cell", "mark"),
    [
        (QUIZ, "7", 7),
        (QUIZ, "EXEMPT", EXEMPT),
        ("Quiz 1 [Total Pts: 10 Percentage] |51772", "87", Fraction(87, 10)),
        ("Quiz 1 [Total Pts: 10 Percentage] |51772", "87%", Fraction(87, 10)),
        ("Quiz 1 [Total Pts: 10 Complete/Incomplete] |51772", "Complete", 10),
        ("Quiz 1 [Total Pts: 10 Complete/Incomplete] |51772", "Incomplete", 0),
        ("Quiz 1 [Total Pts: 10 Text] |51772", "well done", "well done"),
        ("Quiz 1 [Puntos totales: 10 Puntuación] |51772", "7", 7),
        ("Quiz 1 [Total Pts: 10]", "7", 7),
    ],
)
def test_a_heading_says_how_its_cells_are_shown(heading, cell, mark):
    """Points, percents, completion and texts are told apart, in any language."""
    imported = one(heading, cell)
    assert ({"ada": {"Quiz 1": mark}}, []) == (imported.marks, errors(imported))


@pytest.mark.parametrize("cell", ["Needs Grading", "In Progress"])
def test_a_state_is_no_grade(cell):
    """What is not graded yet is ungraded, with a notice at the cell."""
    imported = one(QUIZ, cell)
    assert ({"ada": {}}, []) == (imported.marks, errors(imported))
    assert ("not_graded_yet", f"row 2, column {QUIZ!r}") in [(each.code, each.path) for each in imported.problems]


def test_letters_are_kept_as_text():
    """What a letter is worth is not in the file."""
    imported = one("Quiz 1 [Total Pts: 10 Letter] |51772", "A-")
    assert (ItemKind.TEXT, {"ada": {"Quiz 1": "A-"}}) == (imported.gradebook.children[0].kind, imported.marks)
    assert ["symbols_without_scheme"] == [code for code, _ in errors(imported)]


def test_two_columns_of_one_name_have_ids_apart():
    """The second has the number of its column in its id."""
    imported = read(QUIZ, QUIZ.replace("51772", "9"), rows=[(ADA, "7", "8")])
    assert {"Quiz 1": 7, "Quiz 1 (9)": 8} == imported.marks["ada"]


def test_a_known_gradebook_is_found_by_ids_and_names():
    """The number of a column is an id, too."""
    book = Gradebook([GradeItem("First quiz", 20, id="51772")])
    assert {"ada": {"51772": 7}} == one(QUIZ, "7", gradebook=book).marks


@given(st.binary(max_size=60) | st.text(max_size=60), st.booleans())
def test_no_text_makes_it_raise(text, below):
    """Whatever the bytes are, there is a gradebook that compiles."""
    head = f"{WHO},{QUIZ},{TOTAL}\n"
    head = head.encode() if isinstance(text, bytes) else head
    compile_gradebook(read_csv(head + text if below else text).gradebook)
