# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook and marks become a OneRoster archive, and what that cannot carry is said (I9)."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Severity,
    SumOfPoints,
    WeightedMean,
    grade,
)
from gradecalc.lms.oneroster import Placement, read, write
from gradecalc.testing import Features, graded_books

LETTERS = GradeScheme.from_cutoffs({"A": 90, "B": 80, "F": 0}, name="Letters")
BOOK = Gradebook(
    [
        Category(
            "Quizzes",
            [GradeItem("Quiz 1", 10, id="q1"), GradeItem("Quiz 2", 20, id="q2", min_points=0)],
            id="c1",
            weight=40,
            aggregation=SumOfPoints(),
        ),
        GradeItem("Talk", 50, id="talk", kind=ItemKind.SELECTBOX, scheme=LETTERS),
        Category("Exams", [GradeItem("Exam", 100, id="ex")], id="c2", weight=60, aggregation=SumOfPoints()),
    ],
    aggregation=WeightedMean(),
    scheme=LETTERS,
)
MARKS = {
    "s1": {"q1": 0, "q2": EXEMPT, "ex": UNGRADED, "talk": "B"},
    "s2": {"q1": Mark(7, exempt=True, note="ill"), "ex": Mark(81, note="partially graded")},
    "s3": {"q1": Mark(note="submitted"), "q2": Mark(0, note="not submitted"), "ex": Mark(5, note="late, well done")},
}


def codes(written):
    """Return the codes and paths of what is not carried."""
    return [(each.code, each.path) for each in written.problems]


def test_what_oneroster_can_say_comes_back():
    """A gradebook of categories with weights, its scales and everybody's marks are read as they were written (I9)."""
    written = write(BOOK, MARKS, placement=Placement(class_id="math"))
    again = read(written)
    assert () == written.problems
    assert () == again.problems
    assert (BOOK, MARKS) == (again.gradebook, again.marks)


def test_what_stands_beside_the_grades_is_given():
    """The class, the school, the session and the dates are the caller's to say, and the archive is one of 1.2."""
    placement = Placement(
        class_id="math", school_id="sch", session_id="t1", assigned=date(2026, 1, 5), due=date(2026, 1, 12),
        scored=date(2026, 1, 20),
    )  # fmt: skip
    files = write(BOOK, MARKS, placement=placement)
    assert "q1,,,Quiz 1,,2026-01-05,2026-01-12,math,c1,t1,,10,sch" == files["lineItems.csv"].splitlines()[1]
    assert "q1,s1,fully graded,0,2026-01-20,,,math,,,," == files["results.csv"].splitlines()[1].partition(",,,")[2]
    manifest = dict(line.split(",") for line in files["manifest.csv"].splitlines())
    assert ("1.2", "bulk", "absent") == (
        manifest["oneroster.version"],
        manifest["file.results"],
        manifest["file.users"],
    )


def test_the_same_is_written_with_the_same_ids():
    """Writing twice gives the same files, so that who takes them sees what changed."""
    assert write(BOOK, MARKS).files == write(BOOK, MARKS).files


def test_what_cannot_be_said_of_a_gradebook_is_noticed_where_it_stands():
    """Drop rules, formulas and categories in categories are not of OneRoster, and each is said (I9)."""
    book = Gradebook(
        [
            Category("A", [Category("B", [GradeItem("C", 10)]), GradeItem("D", 10)], drop=DropRule(lowest=1)),
            FormulaItem("E", formula="1", max_points=1),
        ]
    )
    written = write(book, {"s": {"C": 5}})
    assert [
        ("not_said", "children[0].drop"),
        ("no_line_item", "children[0].children[0]"),
        ("moved", "children[0].children[0].children[0]"),
        ("no_line_item", "children[1]"),
    ] == codes(written)
    assert {"s": {"C": 5}} == read(written).marks


def test_what_cannot_be_said_of_a_mark_is_reported_where_it_stands():
    """A maximum of one's own, a third, who set a mark and an override are not carried, and each is said (I9)."""
    book = Gradebook([GradeItem("A", 10), GradeItem("B", 10), GradeItem("C", 10)])
    marks = {"s": {"A": Mark(6, 12), "B": "2/3", "C": Mark(5, by="Eve"), "final": 7, "Z": 1}, "t": {}}
    assert [
        ("unknown_id", "marks['s']['Z']"),
        ("unreadable_mark", "marks['s']['B']"),
        ("own_maximum", "marks['s']['A']"),
        ("not_carried", "marks['s']['C']"),
        ("not_carried", "marks['s']['final']"),
        ("no_result", "marks['t']"),
    ] == codes(write(book, marks))


def test_the_exemption_of_a_category_is_that_of_its_items():
    """Results know exemptions of line items alone, so each item of an exempt category is exempt (X15)."""
    written = write(BOOK, {"s": {"c1": EXEMPT}})
    assert {"s": {"q1": EXEMPT, "q2": EXEMPT}} == read(written).marks


def test_a_text_is_text_whatever_scheme_its_item_has():
    """A text item has no scale and no bounds in an archive, so that what is written there is read as text (I5)."""
    book = Gradebook([GradeItem("Remark", 10, kind=ItemKind.TEXT, scheme=LETTERS), GradeItem("Exam", 10)])
    written = write(book, {"s": {"Remark": "0", "Exam": 5}})
    assert [("not_said", "children[0].max_points"), ("not_said", "children[0].scheme")] == sorted(codes(written))
    assert {"s": {"Remark": "0", "Exam": 5}} == read(written).marks


@settings(max_examples=40)
@given(graded_books(), st.booleans())
def test_what_does_not_come_back_is_reported(graded_book, placed):
    """Of any gradebook and marks, what is read again is the same, or a problem says what is not (I9)."""
    book, marks = graded_book
    written = write(book, {"s": marks}, placement=Placement(class_id="math") if placed else None)
    again = read(written)
    if not written.problems:
        assert book == again.gradebook
        assert grade(book, marks).final == grade(again.gradebook, again.marks["s"]).final
    assert {Severity.NOTICE} >= {each.severity for each in again.problems}


SAID = Features(
    aggregations=st.just(SumOfPoints()), bonus=False, drops=False, rounding=False, best_of=False, replacements=False,
    moved_weights=False, kinds=False, uncounted=False, fixed_maxima=False, own_maxima=False, excess=False, caps=False,
    overrides=False, symbols=False, nested=False,
)  # fmt: skip
"""Of what can be drawn, that which OneRoster can say, and a little beside."""


@settings(max_examples=40)
@given(graded_books(SAID))
def test_the_final_of_what_can_be_said_comes_back(graded_book):
    """Where nothing but how figures are shown, passed and named is lost, the final has the same percent (I9)."""
    book, marks = graded_book
    written = write(book, {"s": marks})
    lost = {each.path.rpartition(".")[2] for each in written.problems if each.code != "not_carried"}
    if not lost - {"shown", "pass_mark", "must_pass", "if_missed", "name", "scheme"}:
        again = read(written)
        assert grade(book, marks).final.percent == grade(again.gradebook, again.marks.get("s", {})).final.percent


@settings(max_examples=40)
@given(graded_books())
def test_what_was_read_is_written_without_loss(graded_book):
    """What an archive says, another can: written and read again, it is the same (I9)."""
    book, marks = graded_book
    once = read(write(book, {"s": marks}))
    twice = read(write(once.gradebook, once.marks))
    assert (once.gradebook, once.marks) == (twice.gradebook, twice.marks)
