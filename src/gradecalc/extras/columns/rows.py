# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The learners of a table that the exact engine grades: their marks as it reads them, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from ...errors import MarksError
from ...grading.grading import grade
from ...grading.plan import Plan
from ...marks import EXEMPT, Mark, MarkValue, UngradedPolicy
from ...report.report import Report
from .layout import TableColumns


def marks_of(
    arrays: Mapping[int, pa.Array], size: int, columns: TableColumns, ids: Sequence[str]
) -> Iterator[dict[str, MarkValue]]:
    """Yield the marks of each learner; a null is none, and an exempt mark keeps its number."""
    marks = {ids[line]: _values(arrays[place]) for line, place in columns.marks.items()}
    exempt = {ids[line]: arrays[place].to_pylist() for line, place in columns.exempt.items()}
    for row in range(size):
        own: dict[str, Any] = {id_: values[row] for id_, values in marks.items() if values[row] is not None}
        for id_, values in exempt.items():
            if values[row]:
                own[id_] = Mark(own[id_], exempt=True) if id_ in own else EXEMPT
        yield own


class ExactEngine:
    """What grades one learner after the other; those who have nothing but the same exemptions once."""

    def __init__(self, plan: Plan, ungraded: UngradedPolicy | None) -> None:
        self._plan, self._ungraded = plan, ungraded
        self._of_exemptions: dict[tuple[str, ...], Report | str] = {}

    def __call__(self, marks: dict[str, MarkValue]) -> Report | str:
        """Return the report of a learner, or the problem that their marks are."""
        if any(mark is not EXEMPT for mark in marks.values()):
            return self._graded(marks)
        alike = tuple(marks)
        if alike not in self._of_exemptions:
            self._of_exemptions[alike] = self._graded(marks)
        return self._of_exemptions[alike]

    def _graded(self, marks: dict[str, MarkValue]) -> Report | str:
        try:
            return grade(self._plan, marks, ungraded=self._ungraded)
        except MarksError as error:
            return "; ".join(map(str, error.problems))


def _values(array: pa.Array) -> list[Any]:
    """Return the values of a column, floats of fewer digits as such: they state their own shortest text."""
    kind = array.type
    if not pa.types.is_floating(kind) or pa.types.is_float64(kind):
        values: list[Any] = array.to_pylist()
        return values
    own = np.dtype(kind.to_pandas_dtype()).type
    return [None if each is None else own(each) for each in array.to_pylist()]
