# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Into what an export can be converted: a table of writers, each from a graded class to files and what they lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from ..errors import MarksError, Problem
from ..gradebook.items import GradeItem
from ..gradebook.tree import rows
from ..lms import brightspace, canvas, oneroster
from ..lms.brightspace.cell_text import MarkWriter
from ..report.report import Report
from ..spreadsheets import write_csv
from .endings import line_of
from .grading import GradedClass
from .printouts import decimal

_BRIGHTSPACE: Final = "brightspace"
_FINAL: Final = ("final", "final symbol", "problem")


@frozen
class Written:
    """The files that were written, by their names, and what they do not carry."""

    files: Mapping[str, str | bytes]
    problems: tuple[Problem, ...] = ()


def _brightspace(graded: GradedClass) -> Written:
    imported = graded.imported
    exported = brightspace.write(
        graded.plan,
        imported.marks,
        learners=imported.learners,
        headings=brightspace.Headings.EXPORT,
        exempt=imported.exempt_token if imported.system == _BRIGHTSPACE else "",
    )
    return Written({"grades.csv": exported.text}, exported.problems)


def _csv(graded: GradedClass) -> Written:
    """Write a row for each learner: every mark as it was read, then the final that was computed."""
    problems: list[Problem] = []
    book = graded.plan.gradebook
    items = [row.node for row in rows(book) if isinstance(row.node, GradeItem)]
    writer = MarkWriter(graded.imported.exempt_token or "Exempt", book.scheme, problems)
    table = [["learner", *(item.id for item in items), *_FINAL]]
    for learner, result in graded.results():
        marks = graded.imported.marks[learner]
        cells = (writer.cell(item, marks.get(item.id), f"marks[{learner!r}][{item.id!r}]") for item in items)
        table.append([learner, *cells, *_final_cells(result)])
    return Written({"grades.csv": write_csv(table, numbers=True)}, tuple(problems))


def _canvas(graded: GradedClass) -> Written:
    exported = canvas.write_csv(graded.plan, graded.imported.marks, learners=graded.imported.learners)
    return Written({"grades.csv": exported.text}, exported.problems)


def _oneroster(graded: GradedClass) -> Written:
    archive = oneroster.write(graded.plan, graded.imported.marks)
    return Written(archive.files, archive.problems)


def _final_cells(result: Report | MarksError) -> tuple[str, str, str]:
    if isinstance(result, MarksError):
        return "", "", line_of(result.problems[0])
    return decimal(result.final.percent), result.final.symbol or "", ""


WRITERS: Final[Mapping[str, Callable[[GradedClass], Written]]] = {
    _BRIGHTSPACE: _brightspace,
    "canvas": _canvas,
    "csv": _csv,
    "oneroster": _oneroster,
}
"""What can be written, by the name that it has on the command line."""
