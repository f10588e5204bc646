# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook and marks become a file that Canvas takes as an upload (I12)."""

from hypothesis import given, settings

from gradecalc import EXEMPT, Category, FormulaItem, Gradebook, GradeItem, ItemKind, Mark, Severity
from gradecalc.gradebook.tree import rows
from gradecalc.grading.exemptions import exempt_by_item
from gradecalc.lms import Learner
from gradecalc.lms.canvas import read_csv, write_csv
from gradecalc.marks import read_mark
from gradecalc.testing import Features, graded_books

BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem("Quiz 1", 10, id="11"), GradeItem("Quiz 2", 20, id="q2")]),
        GradeItem("Done", 5, kind=ItemKind.PASS_FAIL, id="13"),
        FormulaItem("Half", formula="1", max_points=1),
    ]
)


def codes(exported):
    """Return the codes and paths of what is not carried."""
    return [(each.code, each.path) for each in exported.problems]


def test_exempt_blank_and_zero_are_kept_apart():
    """What is exempt is EX, what is ungraded blank, and a zero a zero; reading gives them back (I12)."""
    exported = write_csv(BOOK, {"7": {"11": 0, "q2": EXEMPT}, "8": {"q2": 7.25, "13": True}}, assignments={"q2": "12"})
    assert [
        "Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (11),Quiz 2 (12),Done (13)",
        "    Points Possible,,,,,10,20,5",
        ",7,,,,0,EX,",
        ",8,,,,,7.25,complete",
    ] == exported.text.splitlines()
    assert () == exported.problems
    assert {"7": {"Quiz 1": 0, "Quiz 2": EXEMPT}} == {"7": read_csv(exported.text).marks["7"]}


def test_learners_are_named_as_canvas_names_them():
    """The last name comes first, and sections are joined by and; who could be a formula is text (Y30)."""
    people = {"7": Learner("7", first_name="Ada", last_name="=Byron", username="ada", sections=("A1", "B2"))}
    line = write_csv(BOOK, {"7": {}}, learners=people).text.splitlines()[2]
    assert '"\'=Byron, Ada",7,,ada,A1 and B2,,,' == line


def test_ids_of_others_are_none_of_canvas():
    """A class of another system has its ids in the columns of the institution and the login (I12)."""
    people = {"S1": Learner("S1", institution_id="S1"), "ada": Learner("ada", username="ada")}
    people["a@b.c"] = Learner("a@b.c", email="a@b.c")
    exported = write_csv(BOOK, {id_: {"11": 3} for id_ in people}, learners=people)
    assert [",,S1,,,3,,", ",,,ada,,3,,", ",,,a@b.c,,3,,"] == exported.text.splitlines()[2:]
    assert list(people) == list(read_csv(exported.text).marks)


def test_what_an_upload_cannot_carry_is_reported_where_it_stands():
    """A column that Canvas does not know, overrides, formulas and a maximum of one's own are reported (I12)."""
    marks = {"7": {"11": Mark(5, 8), "13": "x", "Half": 1, "Quizzes": 9, "final": 3, "zz": 1, "q2": Mark(1, by="Eve")}}
    assert [
        ("no_assignment_id", "assignments['q2']"),
        ("no_column", "marks['7']['Half']"),
        ("no_column", "marks['7']['Quizzes']"),
        ("no_column", "marks['7']['final']"),
        ("unknown_id", "marks['7']['zz']"),
        ("own_maximum", "marks['7']['11']"),
        ("circumstances", "marks['7']['q2']"),
        ("unreadable_mark", "marks['7']['13']"),
    ] == codes(write_csv(BOOK, marks))


def test_the_exemption_of_a_category_is_that_of_its_items():
    """Each item of an exempt category is EX, and a number below an exemption is left out with a notice (X15)."""
    exported = write_csv(BOOK, {"7": {"Quizzes": EXEMPT, "11": 4}})
    assert ",7,,,,EX,EX," == exported.text.splitlines()[2]
    assert {Severity.NOTICE} == {each.severity for each in exported.problems}


@settings(max_examples=40)
@given(graded_books(Features(kinds=False, own_maxima=False, overrides=False, symbols=False)))
def test_numbers_and_exemptions_come_back(graded_book):
    """Of any gradebook without overrides, each number and each exemption is read as it was written (I12)."""
    book, marks = graded_book
    exported = write_csv(book, {"7": marks})
    again, spread = read_csv(exported.text).marks["7"], exempt_by_item(book, marks)
    rounded = {each.path for each in exported.problems if each.code == "rounded"}
    for item in [row.node for row in rows(book) if isinstance(row.node, GradeItem)]:
        mark, found = read_mark(spread.get(item.id), item.kind, item.max_points, {}), again.get(item.name)
        if f"marks['7'][{item.id!r}]" not in rounded:
            assert (EXEMPT if mark.exempt else mark.points) == found
    assert not [each for each in exported.problems if each.severity is Severity.ERROR]
