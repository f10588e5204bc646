# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook as one statement of SQL: readable, exact, and each step with its rule beside it.

>>> from gradecalc import Gradebook, GradeItem, compile_gradebook
>>> plan = compile_gradebook(Gradebook([GradeItem("Essay", 40), GradeItem("Exam", 60)]))
>>> for line in to_sql(plan).splitlines()[:5]:
...     print(line)
-- Final grade: what each learner's marks come to, in whole numbers; rules 2.
WITH
-- marks as doubles; none is 0, or the most where the least is sought; t is 1 where one is there (SQ2, U)
marks_of AS (
    SELECT

Rules SQ1 to SQ8. A database's words stand in a table (`DIALECTS`); nothing of it is imported here.
"""

from .dialects import DIALECTS
from .statement import to_sql

__all__ = ["DIALECTS", "to_sql"]
