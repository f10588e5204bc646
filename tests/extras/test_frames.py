# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Data frames in and out, of each kind that people have."""

import duckdb
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings

from gradecalc import (
    EXEMPT,
    Band,
    Category,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    Treatment,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.extras.frames import (
    grades_to_long,
    grades_to_wide,
    marks_from_long,
    marks_from_wide,
    marks_to_long,
    marks_to_wide,
)
from gradecalc.testing import graded_books

KINDS = {
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "pyarrow": pyarrow.Table,
    "duckdb": duckdb.DuckDBPyRelation,
}
PLAN = compile_gradebook(
    Gradebook(
        [
            Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)]),
            GradeItem("Exam", 80),
            GradeItem("Oral", 20, kind=ItemKind.PASS_FAIL),
            GradeItem("Talk", 5, kind=ItemKind.SELECTBOX, scheme=GradeScheme((Band("Poor", 0), Band("Good", 60)))),
            GradeItem("Remark", kind=ItemKind.TEXT),
        ],
        scheme=GradeScheme.from_cutoffs({"A": 80, "B": 0}),
        pass_mark=50,
    )
)
CLASS = {
    "ada": {"Quiz 1": 9, "Quiz 2": EXEMPT, "Exam": 72.5, "Talk": "Good", "Remark": "late"},
    "bob": {"Quiz 1": Mark(3, exempt=True), "Exam": 0, "Oral": 20},
    "cy": {},
}


def rows(frame):
    """Return the rows of a frame of any kind, with None for nulls."""
    table = frame if isinstance(frame, pyarrow.Table) else None
    match frame:
        case pandas.DataFrame():
            table = pyarrow.Table.from_pandas(frame, preserve_index=False)
        case polars.DataFrame():
            table = frame.to_arrow()
        case duckdb.DuckDBPyRelation():
            table = pyarrow.table(frame.to_arrow_table())
    return table.to_pylist()


def finals(class_):
    """Return everybody's final percent."""
    return {learner: grade(PLAN, marks).final.percent for learner, marks in class_.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_marks_come_back_from_a_wide_frame(kind):
    """What is written wide grades the same when it is read, exempt and ungraded apart, in every kind (FR1, FR2)."""
    frame = marks_to_wide(PLAN, CLASS, like=kind)
    assert isinstance(frame, KINDS[kind])
    first, second, third = rows(frame)
    assert (9.0, False, None, True) == (
        first["Quiz 1"],
        first["Quiz 1 exempt"],
        first["Quiz 2"],
        first["Quiz 2 exempt"],
    )
    assert (3.0, True, 0.0) == (second["Quiz 1"], second["Quiz 1 exempt"], second["Exam"])
    assert third["Exam"] is None
    back = marks_from_wide(PLAN, frame)
    assert finals(CLASS) == finals(back)
    assert (EXEMPT, "Good", "late") == (back["ada"]["Quiz 2"], back["ada"]["Talk"], back["ada"]["Remark"])
    assert Mark(3.0, exempt=True) == back["bob"]["Quiz 1"]


@pytest.mark.parametrize("kind", KINDS)
def test_marks_come_back_from_a_long_frame(kind):
    """What is written long comes back with its circumstances (FR3)."""
    own = {"cy": {"Exam": Mark(30, out_of=40, by="dean", note="half"), "Quizzes": Mark(symbol="B", without_score=True)}}
    class_ = {**CLASS, **own}
    frame = marks_to_long(class_, like=kind)
    assert isinstance(frame, KINDS[kind])
    back = marks_from_long(PLAN, frame)
    assert {who: {id_: mark for id_, mark in marks.items() if mark != {}} for who, marks in class_.items()} == back


@pytest.mark.parametrize("kind", KINDS)
def test_grades_have_the_kind_of_the_marks(kind):
    """Reports come out in the kind of frame that the marks came in, in numbers, and nobody is lost (FR4)."""
    frame = marks_to_wide(PLAN, CLASS, like=kind)
    graded = [*grade_many(PLAN, marks_from_wide(PLAN, frame)), *grade_many(PLAN, {"di": {"Exam": "well"}})]
    wide = grades_to_wide(PLAN, graded, like=frame)
    assert isinstance(wide, KINDS[kind])
    ada, bob, cy, di = rows(wide)
    report = grade(PLAN, CLASS["ada"])
    assert {
        "learner": "ada",
        "Quizzes": 90.0,
        "final": float(report.final.percent),
        "final shown": report.final.shown,
        "final symbol": "A",
        "final passed": "met",
        "problem": None,
    } == ada
    assert bob["final passed"] == "not met"
    assert (None, "undetermined", None) == (cy["final"], cy["final passed"], cy["problem"])
    assert (None, None) == (di["final"], di["final passed"])
    assert "Exam" in di["problem"]
    long = grades_to_long(graded, like=frame)
    assert isinstance(long, KINDS[kind])
    lines = rows(long)
    assert 3 * len(report) + 1 == len(lines)
    assert ["final", "Quizzes", "Quiz 1"] == [line["id"] for line in lines[:3]]
    quiz = next(line for line in lines if line["learner"] == "ada" and line["id"] == "Quiz 2")
    assert ("exempt", None, 0.0) == (quiz["treatment"], quiz["percent"], quiz["weight"])
    assert "Exam" in lines[-1]["problem"]


def test_pandas_has_numeric_columns():
    """No column of numbers or of truth values is one of objects in pandas (FR4)."""
    marks = marks_to_wide(PLAN, CLASS, like="pandas")
    grades = grades_to_wide(PLAN, grade_many(PLAN, CLASS), like=marks)
    assert {"float64", "bool"} == {
        str(marks[name].dtype) for name in marks if name not in {"learner", "Talk", "Remark"}
    }
    assert {"float64"} == {str(grades[name].dtype) for name in ("Quizzes", "final")}


def test_not_a_number_is_ungraded():
    """Not-a-number, a null, and pandas' own missing value are ungraded, a zero is not (FR1)."""
    frame = pandas.DataFrame(
        {"learner": [1, 2], "Exam": [float("nan"), 0.0], "Quiz 1": pandas.array([None, 5], "Int64")}
    )
    assert {1: {"Quiz 1": None, "Exam": None}, 2: {"Quiz 1": 5, "Exam": 0.0}} == marks_from_wide(PLAN, frame)


def test_columns_of_others_are_left():
    """Columns that name no line are left, and an exemption may stand without a column of marks (FR1)."""
    frame = polars.DataFrame({"id": ["x"], "Exam exempt": [True], "Section": ["B"], "Quiz 1": ["7,5"]})
    assert {"x": {"Quiz 1": "7,5", "Exam": EXEMPT}} == marks_from_wide(PLAN, frame, learner="id")


def test_numbers_as_learner_ids_stay_numbers():
    """Whole numbers as ids come out as whole numbers, and other ids as text (FR5)."""
    numbers = marks_to_wide(PLAN, {1: {}, 2: {}}, like="polars")
    assert [1, 2] == numbers["learner"].to_list()
    assert ["1", "b"] == marks_to_wide(PLAN, {1: {}, "b": {}}, like="polars")["learner"].to_list()


def test_a_category_that_is_overridden_has_a_column():
    """An override of a branch stands in a column of its own, where there is one (FR2)."""
    frame = marks_to_wide(PLAN, {"ada": {"Quizzes": 15}}, like="polars")
    assert {"ada": 15.0} == {who: marks["Quizzes"] for who, marks in marks_from_wide(PLAN, frame).items()}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"who": ["a"], "Exam": [1]}, "missing_column"),
        ({"learner": ["a", "a"], "Exam": [1, 2]}, "duplicate_learner"),
        ({"learner": ["a", None], "Exam": [1, 2]}, "no_learner"),
    ],
)
def test_a_wide_frame_that_cannot_be_used(data, code):
    """A frame without learners, or with one twice, is refused by name (FR6)."""
    with pytest.raises(MarksError) as raised:
        marks_from_wide(PLAN, polars.DataFrame(data))
    assert code == raised.value.problems[0].code


@pytest.mark.parametrize(
    ("learners", "items", "code"), [(["a", "a"], ["Exam", "Exam"], "duplicate_mark"), ([None], ["Exam"], "no_learner")]
)
def test_a_long_frame_that_cannot_be_used(learners, items, code):
    """A mark that stands twice, and one of nobody, is refused with its row (FR6)."""
    frame = polars.DataFrame({"learner": learners, "item": items, "mark": [1.0] * len(items)})
    with pytest.raises(MarksError) as raised:
        marks_from_long(PLAN, frame)
    assert code == raised.value.problems[0].code


def test_what_is_no_frame():
    """What narwhals does not know is refused (FR6)."""
    with pytest.raises(MarksError) as raised:
        marks_from_wide(PLAN, {"learner": ["a"]})
    assert "not_a_frame" == raised.value.problems[0].code


@pytest.mark.parametrize("mark", [Mark(5, out_of=8), Mark(5, symbol="A")])
def test_what_a_wide_frame_cannot_say(mark):
    """A maximum or a symbol of a learner's own is refused in a wide frame rather than lost (FR2)."""
    with pytest.raises(MarksError) as raised:
        marks_to_wide(PLAN, {"ada": {"Quizzes": mark}}, like="polars")
    assert "not_wide" == raised.value.problems[0].code


@given(graded_books())
@settings(max_examples=40)
def test_a_long_frame_loses_nothing(drawn):
    """A long frame keeps who is exempt from what, and read twice is the same, whatever the gradebook (FR3)."""
    book, marks = drawn
    plan = compile_gradebook(book)
    once = trip(plan, marks)
    assert trip(plan, once) == once
    assert exempt_lines(grade(plan, marks)) == exempt_lines(grade(plan, once))


def trip(plan, marks):
    """Return marks that went through a long frame."""
    return marks_from_long(plan, marks_to_long({"x": marks}, like="polars")).get("x", {})


def exempt_lines(report):
    """Return the ids of the lines that are exempt."""
    return {id_ for id_ in report if report[id_].treatment is Treatment.EXEMPT}
