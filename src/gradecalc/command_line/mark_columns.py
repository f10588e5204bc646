# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A class as columns: every mark as it was read, then the final that was computed, as CSV and as Parquet."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Final

from ..errors import MarksError, Problem
from ..exact import Exact, NumberError, read_number
from ..gradebook.items import GradeItem
from ..gradebook.tree import rows
from ..lms.brightspace.cell_text import MarkWriter
from ..marks import EXEMPT, Mark, MarkValue
from ..report.report import Report
from ..spreadsheets import write_csv
from .at_hand import need_extra
from .endings import line_of
from .files import Written
from .grading import GradedClass
from .people import name_of
from .printouts import decimal

_FINAL: Final = ("final", "final symbol", "problem")
_Cells = list[Exact | bool | str | None]


def as_csv(graded: GradedClass, _: Namespace) -> Written:
    """Write a row for each learner: every mark as it was read, then the final that was computed."""
    problems: list[Problem] = []
    items = _items(graded)
    writer = MarkWriter(graded.imported.exempt_token or "Exempt", graded.plan.gradebook.scheme, problems)
    table = [["learner", *(item.id for item in items), *_FINAL]]
    for learner, result in graded.results():
        marks = graded.imported.marks[learner]
        cells = (writer.cell(item, marks.get(item.id), f"marks[{learner!r}][{item.id!r}]") for item in items)
        table.append([learner, *cells, *_final_cells(result)])
    return Written({"grades.csv": write_csv(table, numbers=True)}, tuple(problems))


def as_parquet(graded: GradedClass, _: Namespace) -> Written:
    """Write a column for each item and one for who is exempt from it, then the final, as floats and texts."""
    columns: dict[str, _Cells] = {"learner": list(graded.imported.marks)}
    columns["name"] = [name_of(graded.imported.learners.get(each)) for each in graded.imported.marks]
    for item in _items(graded):
        marks = [marks.get(item.id) for marks in graded.imported.marks.values()]
        columns[item.id] = [_number_or_text(mark) for mark in marks]
        exempt: _Cells = [_is_exempt(mark) for mark in marks]
        if any(exempt):
            columns[f"{item.id} exempt"] = exempt
    results = [result for _, result in graded.results()]
    columns.update(_of_finals(results))
    return Written({"grades.parquet": need_extra("parquet").to_parquet(columns)})


def _of_finals(results: list[Report | MarksError]) -> Iterator[tuple[str, _Cells]]:
    finals = [None if isinstance(result, MarksError) else result.final for result in results]
    yield "final", [None if final is None else final.percent for final in finals]
    yield "final shown", [None if final is None else final.shown for final in finals]
    yield "final symbol", [None if final is None else final.symbol for final in finals]
    yield "problem", [line_of(each.problems[0]) if isinstance(each, MarksError) else None for each in results]


def _items(graded: GradedClass) -> list[GradeItem]:
    return [row.node for row in rows(graded.plan.gradebook) if isinstance(row.node, GradeItem)]


def _number_or_text(mark: MarkValue) -> Exact | str | None:
    recorded = mark.points if isinstance(mark, Mark) else mark
    try:
        return read_number(recorded)
    except NumberError:
        return recorded if isinstance(recorded, str) else None


def _is_exempt(mark: MarkValue) -> bool:
    return mark is EXEMPT or (isinstance(mark, Mark) and mark.exempt)


def _final_cells(result: Report | MarksError) -> tuple[str, str, str]:
    if isinstance(result, MarksError):
        return "", "", line_of(result.problems[0])
    return decimal(result.final.percent), result.final.symbol or "", ""
