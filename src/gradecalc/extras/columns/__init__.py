# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Tables of learners, exact and faster than hand-written column code; needs NumPy and PyArrow.

>>> import pyarrow
>>> from gradecalc import GradeItem, Gradebook
>>> book = Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 30)])
>>> table = pyarrow.table({"learner": ["ada", "bob"], "Quiz": [7.5, None], "Exam": [24, 30]})
>>> grade_table(book, table).select(["final", "final shown"]).to_pylist()
[{'final': 78.75, 'final shown': '78.75'}, {'final': 100.0, 'final shown': '100.00'}]

The program of the kernel is carried by arrays of doubles that hold whole numbers (`blocks`), each operation by its
entry in a table (`operations`). What comes out are the nearest doubles to the exact percents.
"""

from .grader import TableGrader, Tally
from .long_tables import LongTable
from .tables import METADATA, ArrowStream, GradedStream, grade_batches, grade_table

__all__ = [
    "METADATA",
    "ArrowStream",
    "GradedStream",
    "LongTable",
    "TableGrader",
    "Tally",
    "grade_batches",
    "grade_table",
]
