# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Long tables: a row for each mark in, a row for each learner out."""

import numpy as np
import pyarrow as pa
import pytest

from gradecalc import Category, Gradebook, GradeItem, MarksError, compile_gradebook
from gradecalc.extras.columns import LongTable, grade_batches, grade_table

PLAN = compile_gradebook(
    Gradebook([Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)]), GradeItem("Exam", 30)])
)
ROWS = [
    ("ada", "Quiz 1", 9.0, False),
    ("bob", "Exam", 15.0, None),
    ("ada", "Exam", 30.0, False),
    ("cyd", "Quiz 1", None, True),
    ("bob", "Quiz 2", 10.0, True),
    ("cyd", "Exam", 24.0, False),
    ("dan", "Quiz 1", None, False),
]
FINALS = {"ada": 97.5, "bob": 50.0, "cyd": 80.0, "dan": None}


def table_of(rows, names=("learner", "item", "mark", "exempt")):
    """Return the long table of rows."""
    return pa.table([pa.array(column) for column in zip(*rows, strict=True)], list(names))


def finals(graded):
    """Return the finals of a table by learner."""
    return dict(zip(graded.column(0).to_pylist(), graded["final"].to_pylist(), strict=True))


@pytest.mark.parametrize("grouped", [False, True])
def test_each_learner_has_a_row(grouped):
    """Each learner has one row with all that is computed, in the order in which they first come."""
    rows = sorted(ROWS) if grouped else ROWS
    graded = grade_table(PLAN, table_of(rows), long=LongTable(exempt="exempt", grouped=grouped))
    assert ["learner", "Quizzes", "final", "final shown", "final symbol", "problem"] == graded.column_names
    assert list(FINALS.items()) == list(finals(graded).items())


def test_columns_may_have_other_names_and_types():
    """The columns are called as one says, and learners are of any type, dictionaries too."""
    rows = [(7, "Exam", 15), (3, "Exam", 30), (7, "Quiz 1", 5)]
    table = table_of(rows, ["person", "column", "points"])
    table = table.set_column(1, "column", table["column"].dictionary_encode())
    graded = grade_table(PLAN, table, long=LongTable(learner="person", item="column", mark="points"))
    assert {7: 50.0, 3: 100.0} == finals(graded)


@pytest.mark.parametrize("kind", [pa.dictionary(pa.int32(), pa.string()), pa.string_view()], ids=["dictionary", "view"])
@pytest.mark.parametrize("grouped", [False, True])
def test_learners_and_items_may_be_encoded(kind, grouped):
    """Learners come out without what encodes them, whether or not they may be null (TB9)."""
    rows = [("ada", "Exam", 15), ("ada", "Quiz 1", 5), ("bob", "Exam", 30)]
    learners, items, marks = (list(column) for column in zip(*rows, strict=True))
    fields = [pa.field("learner", kind, nullable=False), pa.field("item", kind), pa.field("mark", pa.int64())]
    arrays = [encoded(learners, kind), encoded(items, kind), pa.array(marks)]
    graded = grade_table(PLAN, pa.table(arrays, schema=pa.schema(fields)), long=LongTable(grouped=grouped))
    assert {"ada": 50.0, "bob": 100.0} == finals(graded)


def encoded(texts, kind):
    """Return texts as an array of a type."""
    return pa.array(texts).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(texts, kind)


def test_a_column_of_no_exemptions():
    """Where nobody is exempt the column of exemptions may have no type (TB5)."""
    table = table_of([("ada", "Exam", 15, None), ("bob", "Exam", 30, None)])
    assert {"ada": 50.0, "bob": 100.0} == finals(grade_table(PLAN, table, long=LongTable(exempt="exempt")))


def test_a_number_for_a_branch_overrides_it():
    """In a long table a mark may be of a category too, which it overrides."""
    graded = grade_table(
        PLAN, table_of([("ada", "Quizzes", 5.0), ("ada", "Exam", 30.0)], ["learner", "item", "mark"]), long=LongTable()
    )
    assert (25.0, 70.0) == (graded["Quizzes"][0].as_py(), graded["final"][0].as_py())


def test_what_is_wrong_with_rows_is_a_learners_problem():
    """A second mark of an item, an unknown item, a missing one, and rows of nobody are problems of one row each."""
    rows = [
        ("ada", "Exam", 15.0),
        ("ada", "Exam", 16.0),
        ("bob", "Exm", 15.0),
        ("cyd", None, 15.0),
        (None, "Exam", 15.0),
        ("dan", "Exam", 15.0),
    ]
    graded = grade_table(PLAN, table_of(rows, ["learner", "item", "mark"]), long=LongTable())
    assert {"ada": None, "bob": None, "cyd": None, "dan": 50.0, None: None} == finals(graded)
    assert [
        "Exam: there are several marks of this item",
        "Exm: no item or category 'Exm' in the gradebook; did you mean 'Exam'?",
        "no item or category None in the gradebook",
        None,
        "these rows are of no learner",
    ] == graded["problem"].to_pylist()


@pytest.mark.parametrize("grouped", [False, True])
def test_many_learners_are_graded_in_pieces(grouped):
    """More learners than fit into one piece come out as if they did."""
    learners = np.repeat(np.arange(70_000), 2)
    marks = np.stack([np.arange(70_000) % 31, np.arange(70_000) % 11], axis=1).ravel().astype(float)
    table = pa.table({"learner": learners, "item": ["Exam", "Quiz 1"] * 70_000, "mark": marks})
    if not grouped:
        table = table.take(pa.array(np.arange(140_000).reshape(2, -1).T.ravel()))
    graded = grade_table(
        PLAN, pa.Table.from_batches(table.to_batches(max_chunksize=9_000)), long=LongTable(grouped=grouped)
    )
    found, expected = finals(graded), (np.arange(70_000) % 31 + np.arange(70_000) % 11) / 40 * 100
    assert 70_000 == len(found)
    assert np.allclose(expected, [found[learner] for learner in range(70_000)])


def test_one_learner_may_fill_a_piece():
    """A learner with more rows than a piece has is waited for."""
    table = pa.table({"learner": ["ada"] * 70_000, "item": ["Exam"] * 70_000, "mark": [1.0] * 70_000})
    graded = grade_table(
        PLAN, pa.Table.from_batches(table.to_batches(max_chunksize=30_000)), long=LongTable(grouped=True)
    )
    assert ["Exam: there are several marks of this item"] == graded["problem"].to_pylist()


def test_no_row_is_no_learner():
    """A long table without rows gives a table without rows."""
    table = table_of(ROWS).slice(0, 0)
    assert [0, 0] == [grade_table(PLAN, table, long=LongTable(grouped=each)).num_rows for each in (False, True)]


@pytest.mark.parametrize(
    ("long", "path"),
    [
        (LongTable(item="items"), "items"),
        (LongTable(exempt="excused"), "excused"),
        (LongTable(exempt="mark"), "mark"),
    ],
)
def test_a_table_without_the_columns_is_refused(long, path):
    """A long table without a column that is named, or whose exemptions are no truth values, is refused at once."""
    with pytest.raises(MarksError) as found:
        grade_batches(PLAN, table_of(ROWS), long=long)
    assert path == found.value.problems[0].path
