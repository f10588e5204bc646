# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A plan as a callable from record batches to record batches."""

import pickle

import pyarrow as pa
import pytest

from gradecalc import Gradebook, GradeItem, MarksError, ReplacedBy, SumOfPoints, UngradedPolicy
from gradecalc.extras.columns import TableGrader, Tally

BOOK = Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 30)], aggregation=SumOfPoints())
BATCH = pa.RecordBatch.from_pydict({"Quiz": [7.5, None, float("nan")], "Exam": [24, 30, 3]})


def finals(batches):
    """Return the finals of batches."""
    return [final for batch in batches for final in batch.column("final").to_pylist()]


def test_a_grader_is_pickled_with_its_plan():
    """A grader comes out of a pickle with its plan, its policy and its name of exemptions, and grades the same."""
    grader = TableGrader(BOOK, ungraded=UngradedPolicy.AS_ZERO, exempt="not {}")
    copy = pickle.loads(pickle.dumps(grader))  # noqa: S301 - it was pickled here
    assert (grader.plan, UngradedPolicy.AS_ZERO, "not {}") == (copy.plan, copy.ungraded, copy.exempt)
    assert [78.75, 75.0, None] == finals(copy([BATCH])) == finals(grader([BATCH]))


def test_batches_may_have_other_columns():
    """Batches of several schemas are each graded by what they have, and counted together."""
    tally = Tally()
    other = pa.RecordBatch.from_pydict({"learner": ["ada"], "Exam": [15.0]})
    assert [78.75, 100.0, None, 50.0, 78.75, 100.0, None] == finals(TableGrader(BOOK)([BATCH, other, BATCH], tally))
    assert (7, 2, 2) == (tally.learners, tally.exact, tally.problems)


def test_a_grader_says_what_comes_out():
    """The schema of what comes out is known before the first batch, and a table without marks is refused."""
    grader = TableGrader(BOOK)
    assert grader.schema(BATCH.schema) == next(grader([BATCH])).schema
    with pytest.raises(MarksError):
        grader.schema(pa.schema([("Quizz", pa.float64())]))


def test_notes_say_what_is_left_to_the_exact_engine():
    """A plan that tables carry has no note, and one that the kernel does not say has the kernel's, with its path."""
    assert () == TableGrader(BOOK).notes
    book = Gradebook([GradeItem("Quiz", 0, replaced_by=ReplacedBy("Exam")), GradeItem("Exam", 0)])
    assert ["not_lowered"] == [each.code for each in TableGrader(book).notes]
    assert [None] == finals(TableGrader(book)([pa.RecordBatch.from_pydict({"Quiz": [None]})]))
